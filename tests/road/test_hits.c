// SPDX-License-Identifier: EUPL-1.2
// Hits from end to end of the road: both sides see whom to ask and nothing else; across regimes
// nothing without grounds on both sides; what is undone, retracted or corrected is out; a quota
// that is told of; one person as victim here and suspect there is one in the picture and never
// told.

#include "hits_help.h"

#include "inb_sweep.h"

#include <inbeeld/situations.h>
#include <inbeeld/store_picture.h>

#define BOY .name = "Jan van der Made", .born = "2011-03-01"
#define BOY_MISSPELT .name = "MADEN, Jan van der", .born = "2011-03-01"

INB_TEST(both_sides_and_no_more) {
    road_setup();
    inb_road *road = hits_open();
    hits_quota(road, "youth-b", 5);
    int64_t first = hits_keep(
        road, &(hits_case){"school-a", "1", INB_REPORTER_SCHOOL, BOY, .phone = "0612345678"});
    HITS_ARE(road, first, "");
    int64_t second = hits_keep(road, &(hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY});
    int64_t third =
        hits_keep(road, &(hits_case){"health-c", "9", INB_REPORTER_HEALTH, BOY_MISSPELT});
    HITS_ARE(road, first, "health-c,youth-b");
    HITS_ARE(road, second, "health-c,school-a");
    HITS_ARE(road, third, "school-a,youth-b");
    int64_t other = hits_keep(
        road, &(hits_case){"health-c", "8", INB_REPORTER_HEALTH, .phone = "+31 6 12345678"});
    HITS_ARE(road, other, "school-a"); // a phone alone
    inb_arena *arena = NULL;
    inb_ticket *ticket = NULL;
    inb_hits hits;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    int64_t rows = hits_log_rows(road);
    inb_road_actor actor = hits_actor("school-a");
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_HITS, NULL, &ticket, err));
    INB_OK_IS(inb_road_hits(road, ticket, arena, "1", &hits, err));
    ck_assert_uint_eq(hits.count, 2);
    ck_assert_ptr_null(hits.list[0].contact); // nobody told whom to ask
    ck_assert_str_eq(hits.list[1].contact, "desk@example.invalid");
    ck_assert_int_eq(hits_log_rows(road), rows + 1); // that it was read
    INB_FAILS(inb_road_hits(road, ticket, arena, "1", &hits, err), INB_UNAVAILABLE, "no row");
    inb_ticket_free(ticket);
    // Of one's own signals alone.
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_HITS, NULL, &ticket, err));
    INB_FAILS(inb_road_hits(road, ticket, arena, "9", &hits, err), INB_NOT_FOUND, "organisation");
    inb_ticket_free(ticket);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A hit arises only from a kept signal with an observation, on both sides.
INB_TEST(no_hit_without_an_observation) {
    road_setup();
    inb_road *road = hits_open();
    int64_t probe =
        hits_keep(road, &(hits_case){"school-a", "p", INB_REPORTER_SCHOOL, BOY, .unseen = true});
    int64_t told = hits_keep(road, &(hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY});
    HITS_ARE(road, probe, "nothing");
    HITS_ARE(road, told, "");
    int64_t bare = hits_keep(road, &(hits_case){"school-a", "b", INB_REPORTER_SCHOOL, .name = "J"});
    HITS_ARE(road, bare, "nothing"); // nothing to go by
    inb_road_free(road);
    road_teardown();
}
INB_END

// R13: that a hit with police data exists is police data.
INB_TEST(regimes) {
    road_setup();
    inb_road *road = hits_open();
    int64_t care = hits_keep(road, &(hits_case){"school-a", "1", INB_REPORTER_SCHOOL, BOY});
    int64_t police =
        hits_keep(road, &(hits_case){"police-b", "1", INB_REPORTER_POLICE_BEAT, BOY_MISSPELT});
    HITS_ARE(road, care, "");
    HITS_ARE(road, police, "");
    int64_t rows = hits_log_rows(road);
    // A ground on one side alone shows nothing to either: who probes could write it.
    int64_t probing = hits_keep(
        road, &(hits_case){"school-a", "2", INB_REPORTER_SCHOOL, BOY, .ground = "WGS art. 2"});
    HITS_ARE(road, probing, "");
    HITS_ARE(road, police, "");
    ck_assert_int_eq(hits_log_rows(road), rows + 1); // kept, and no row of a hit
    int64_t grounded = hits_keep(road, &(hits_case){"police-b", "2", INB_REPORTER_POLICE_EXPERT,
                                           BOY_MISSPELT, .ground = "Wpg art. 20"});
    HITS_ARE(road, probing, "police-b");
    HITS_ARE(road, grounded, "school-a");
    HITS_ARE(road, care, "");
    HITS_ARE(road, police, "");
    ck_assert_int_eq(hits_log_rows(road), rows + 3); // kept, and the hit
    // Recorded for a pair, with who and when.
    inb_road_actor keeper = {"keeper.1", "police-b", "case 7", ROAD_NOW};
    INB_FAILS(inb_road_ground(road, &keeper, care, police, "  ", err), INB_BAD_INPUT, "in words");
    INB_FAILS(inb_road_ground(road, &keeper, care, 99, "x", err), INB_NOT_FOUND, "number");
    INB_FAILS(
        inb_road_ground(road, &keeper, care, probing, "x", err), INB_BAD_INPUT, "organisation");
    INB_OK_IS(inb_road_ground(road, &keeper, care, police, "WGS art. 2, table of 11-18", err));
    HITS_ARE(road, care, "police-b");
    HITS_ARE(road, police, "school-a");
    ck_assert_int_eq(hits_log_rows(road), rows + 4);
    inb_road_free(road);
    // The ground's words stand in no file.
    char *bytes = NULL;
    FILE *file = fopen(road_store, "rb");
    ck_assert_ptr_nonnull(file);
    bytes = calloc(1, 4 << 20);
    size_t length = fread(bytes, 1, 4 << 20, file);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_uint_gt(length, 4096);
    ck_assert_ptr_null(memmem(bytes, length, "table of 11-18", 14));
    ck_assert_ptr_nonnull(memmem(bytes, length, "keeper.1", 8));
    free(bytes);
    road_teardown();
}
INB_END

// With no ground everything that the other side can ask for is the same as with no hit at all.
INB_TEST(hidden_is_like_none) {
    char seen[2][512];
    int64_t rows[2];
    for (int turn = 0; turn < 2; turn++) {
        road_setup();
        inb_road *road = hits_open();
        inb_arena *arena = NULL;
        inb_ticket *ticket = NULL;
        inb_hit_page page;
        inb_situation_group group;
        INB_OK_IS(inb_arena_new(0, &arena, err));
        for (int i = 0; i < 12; i++) { // a hub too: it may not count
            char id[8];
            snprintf(id, sizeof id, "p%d", i);
            hits_case told = {"police-b", id, INB_REPORTER_POLICE_BEAT, BOY,
                .address = "Kerkstraat 12, 1017 GA Amsterdam", .ground = i == 0 ? "x" : NULL};
            told.name = turn == 0 ? told.name : "Piet Ander Iemand";
            told.address = turn == 0 ? told.address : "Dorpsweg 3, 1234 AB Elders";
            (void)hits_keep(road, &told);
        }
        int64_t care = hits_keep(road, &(hits_case){"school-a", "1", INB_REPORTER_SCHOOL, BOY,
                                           .address = "Kerkstraat 12, 1017 GA Amsterdam"});
        (void)hits_keep(road, &(hits_case){"youth-c", "1", INB_REPORTER_YOUTH_WORK,
                                  .address = "Kerkstraat 12, 1017 GA Amsterdam"});
        inb_road_actor actor = hits_actor("school-a");
        INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_HITS, NULL, &ticket, err));
        INB_OK_IS(inb_road_hits_list(road, ticket, arena, 0, 5, 0, ROAD_NOW, &page, err));
        inb_ticket_free(ticket);
        INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_SITUATIONS, NULL, &ticket, err));
        INB_OK_IS(inb_road_situation(road, ticket, arena, "1", &group, err));
        inb_ticket_free(ticket);
        snprintf(seen[turn], sizeof seen[0], "%s / %zu %lld %lld %lld %lld / %zu",
            hits_list(road, care), page.count, (long long)page.next, (long long)page.waiting,
            (long long)page.quota, (long long)page.used, group.count);
        rows[turn] = hits_log_rows(road);
        inb_arena_free(arena);
        inb_road_free(road);
        road_teardown();
    }
    ck_assert_str_eq(seen[0], seen[1]);
    ck_assert_str_eq(seen[0], "youth-c / 1 0 0 100 1 / 1");
    ck_assert_int_eq(rows[0], rows[1]);
}
INB_END

INB_TEST(taken_apart_for_good) {
    road_setup();
    inb_road *road = hits_open();
    size_t parted = 0;
    int64_t care = hits_keep(road, &(hits_case){"school-a", "1", INB_REPORTER_SCHOOL, BOY});
    int64_t near =
        hits_keep(road, &(hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY_MISSPELT});
    int64_t police = hits_keep(road, &(hits_case){"police-c", "1", INB_REPORTER_POLICE_BEAT, BOY});
    inb_road_actor actor = hits_actor("school-a");
    // By its own team: what it knows of.
    INB_OK_IS(inb_road_undo_hits(road, &actor, "1", hits_done, NULL, err));
    HITS_ARE(road, care, "");
    HITS_ARE(road, near, "");
    INB_FAILS(inb_road_undo_hits(road, &actor, "1", NULL, NULL, err), INB_NOT_FOUND, "no hit");
    // A correction of either brings nothing back.
    hits_case again = {"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY};
    inb_signal corrected = hits_signal(&again);
    inb_road_actor other = hits_actor("youth-b");
    INB_OK_IS(inb_road_correct(road, &other, &corrected, 0, hits_done, NULL, err));
    ck_assert_int_eq(hits_status, INB_OK);
    HITS_ARE(road, care, "");
    // A hit that nobody may know of yet stands, until whoever looks after the store undoes it.
    inb_road_actor keeper = {"keeper.1", "police-c", "", ROAD_NOW};
    INB_OK_IS(inb_road_ground(road, &keeper, care, police, "WGS art. 2", err));
    HITS_ARE(road, care, "police-c");
    INB_OK_IS(inb_situation_undo(road->store, &keeper, police, &parted, err));
    ck_assert_uint_eq(parted, 2);
    HITS_ARE(road, care, "");
    HITS_ARE(road, police, "");
    INB_OK_IS(inb_situation_undo(road->store, &keeper, police, &parted, err));
    ck_assert_uint_eq(parted, 0);
    // Another signal of the same boy is a new question.
    int64_t later = hits_keep(road, &(hits_case){"youth-b", "2", INB_REPORTER_YOUTH_CARE, BOY});
    HITS_ARE(road, later, "school-a");
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST(retracted_and_corrected) {
    road_setup();
    inb_road *road = hits_open();
    int64_t care = hits_keep(road, &(hits_case){"school-a", "1", INB_REPORTER_SCHOOL, BOY});
    int64_t near =
        hits_keep(road, &(hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY_MISSPELT});
    HITS_ARE(road, care, "youth-b");
    inb_road_actor actor = hits_actor("youth-b");
    hits_case told = {
        "youth-b", "1", INB_REPORTER_YOUTH_CARE, .name = "Ander Iemand", .born = "2001-01-02"};
    inb_signal corrected = hits_signal(&told);
    INB_OK_IS(inb_road_correct(road, &actor, &corrected, 0, hits_done, NULL, err));
    ck_assert_int_eq(hits_status, INB_OK);
    HITS_ARE(road, care, "");
    HITS_ARE(road, near, "");
    told = (hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY};
    corrected = hits_signal(&told);
    INB_OK_IS(inb_road_correct(road, &actor, &corrected, 0, hits_done, NULL, err));
    HITS_ARE(road, care, "youth-b");
    const inb_road_passing passing = {"fairwork", {2026, 11, 18}, {2026, 12, 1}};
    INB_OK_IS(inb_road_pass_on(road, &actor, "1", 0, &passing, hits_done, NULL, err));
    ck_assert_int_eq(hits_status, INB_OK);
    HITS_ARE(road, near, "school-a");
    INB_OK_IS(inb_road_retract(road, &actor, "1", 0, hits_done, NULL, err));
    ck_assert_int_eq(hits_status, INB_OK);
    HITS_ARE(road, care, "");
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST(quota) {
    road_setup();
    inb_road *road = hits_open();
    hits_quota(road, "school-a", 2);
    int64_t last = 0;
    inb_road_actor actor = hits_actor("school-a");
    (void)hits_keep(road, &(hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY});
    for (int i = 0; i < 4; i++) {
        char id[4] = {(char)('1' + i), '\0'};
        last = hits_keep(road, &(hits_case){"school-a", id, INB_REPORTER_SCHOOL, BOY});
    }
    HITS_ARE(road, 2, "youth-b");
    HITS_ARE(road, 3, "youth-b");
    HITS_ARE(road, 4, "waits");
    HITS_ARE(road, last, "waits");
    HITS_ARE(road, 1, "school-a");
    // What changes nothing that can be found costs nothing; what does waits.
    hits_case told = {"school-a", "1", INB_REPORTER_SCHOOL, BOY, .ground = "x"};
    inb_signal corrected = hits_signal(&told);
    INB_OK_IS(inb_road_correct(road, &actor, &corrected, 0, hits_done, NULL, err));
    HITS_ARE(road, 2, "youth-b");
    told.name = "Jan Anders";
    corrected = hits_signal(&told);
    INB_OK_IS(inb_road_correct(road, &actor, &corrected, 0, hits_done, NULL, err));
    HITS_ARE(road, 2, "waits");
    // One that waits takes no part: nobody finds it.
    int64_t late = hits_keep(road, &(hits_case){"health-c", "1", INB_REPORTER_HEALTH,
                                       .name = "Jan Anders", .born = "2011-03-01"});
    HITS_ARE(road, late, "");
    inb_arena *arena = NULL;
    inb_ticket *ticket = NULL;
    inb_hit_page page;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_HITS, NULL, &ticket, err));
    INB_OK_IS(inb_road_hits_list(road, ticket, arena, 0, 5, 0, ROAD_NOW, &page, err));
    inb_ticket_free(ticket);
    ck_assert_int_eq(page.waiting, 3);
    ck_assert(page.quota == 2 && page.used == 2 && page.count == 1 && page.next == 0);
    ck_assert_int_eq(page.signals[0].number, 3);
    // The next day two more, oldest first.
    size_t compared = 0;
    int64_t rows = hits_log_rows(road);
    INB_OK_IS(inb_road_catch_up(road, &actor, &compared, err));
    ck_assert_uint_eq(compared, 0);
    ck_assert_int_eq(hits_log_rows(road), rows); // it was told that it waits
    actor.now += 86400;
    INB_OK_IS(inb_road_catch_up(road, &actor, &compared, err));
    ck_assert_uint_eq(compared, 2);
    HITS_ARE(road, 2, "health-c");
    HITS_ARE(road, 4, "youth-b");
    HITS_ARE(road, last, "waits");
    // The list in pieces.
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_HITS, NULL, &ticket, err));
    INB_OK_IS(inb_road_hits_list(road, ticket, arena, 0, 1, 0, ROAD_NOW, &page, err));
    inb_ticket_free(ticket);
    ck_assert(page.count == 1 && page.signals[0].number == 4 && page.next == 4);
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_HITS, NULL, &ticket, err));
    INB_OK_IS(inb_road_hits_list(road, ticket, arena, page.next, 9, 1, ROAD_NOW, &page, err));
    inb_ticket_free(ticket);
    ck_assert(page.count == 1 && page.signals[0].number == 3 && page.next == 3);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// R3: one person in the picture, with a misspelt name and without the key too; undone, two.
INB_TEST(victim_here_suspect_there) {
    static inb_overview overview;
    road_setup();
    inb_road *road = hits_open();
    (void)hits_keep(road, &(hits_case){"school-a", "1", INB_REPORTER_SCHOOL, BOY,
                              .roles = 1 << INB_ROLE_POSSIBLE_VICTIM});
    int64_t there = hits_keep(road, &(hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE,
                                        BOY_MISSPELT, .roles = 1 << INB_ROLE_SUSPECT});
    INB_OK_IS(
        inb_picture_count(road->store, road_norm, NULL, NULL, NULL, NULL, &overview, NULL, err));
    ck_assert_int_eq(overview.persons, 1);
    ck_assert_int_eq(overview.overlap[INB_AGE_CHILD].over_organisations, 1);
    size_t parted = 0;
    inb_road_actor keeper = {"keeper.1", "youth-b", "", ROAD_NOW};
    INB_OK_IS(inb_situation_undo(road->store, &keeper, there, &parted, err));
    INB_OK_IS(
        inb_picture_count(road->store, road_norm, NULL, NULL, NULL, NULL, &overview, NULL, err));
    ck_assert_int_eq(overview.persons, 2);
    ck_assert_int_eq(overview.overlap[INB_AGE_CHILD].over_organisations, 0);
    inb_road_free(road);
    road_teardown();
}
INB_END

static inb_status once(inb_road *road, inb_error *err) {
    inb_arena *arena = NULL;
    inb_hits hits;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_status status = inb_hits_of(road->store, arena, 1, &hits, err);
    ck_assert(status != INB_OK || hits.count == 2);
    inb_arena_free(arena);
    return status;
}

INB_TEST(memory_may_run_out) {
    road_setup();
    inb_road *road = hits_open();
    (void)hits_keep(
        road, &(hits_case){"school-a", "1", INB_REPORTER_SCHOOL, BOY, .kvk = "12345678"});
    (void)hits_keep(road, &(hits_case){"youth-b", "1", INB_REPORTER_YOUTH_CARE, BOY_MISSPELT});
    (void)hits_keep(road, &(hits_case){"ngo-c", "1", INB_REPORTER_NGO, .kvk = "12345678"});
    INB_SWEEP(once(road, err));
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/hits", both_sides_and_no_more, no_hit_without_an_observation, regimes,
    hidden_is_like_none, taken_apart_for_good, retracted_and_corrected, quota,
    victim_here_suspect_there, memory_may_run_out)
