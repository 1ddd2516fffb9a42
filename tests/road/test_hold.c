// SPDX-License-Identifier: EUPL-1.2
// A hold: its reason and owner, that it outlives the term and not itself, and that it is logged.

#include "term_help.h"

#include "road_i.h"

static bool is(inb_date date, int year, int month) {
    return date.year == year && date.month == month && date.day == 0;
}

INB_TEST(outlives_the_term) {
    road_setup();
    inb_road *road = term_open();
    inb_arena *arena = NULL;
    inb_road_signal got;
    const inb_date until = {2029, 3, 0};
    INB_OK_IS(inb_arena_new(0, &arena, err));
    term_keep(road, "1");
    term_keep(road, "2");
    TERM_DONE(
        inb_road_hold(road, &road_actor, "1", "proceedings", "uid-7", until, term_told, &o, err),
        INB_OK);
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert(is(got.stored->ends, 2029, 3) && is(got.stored->hold.before, 2028, 10));
    ck_assert_str_eq(got.stored->hold.owner, "uid-7");
    ck_assert_int_eq(term_number(road_store,
                         "select count(*) from log where action = 'hold' and object = 'school-a/1' "
                         "and purpose = 'proceedings'"),
        1);
    TERM_DONE(inb_road_hold(road, &road_actor, "1", "court", "uid-7", (inb_date){2030, 1, 0},
                  term_told, &o, err),
        INB_BAD_INPUT); // one at most
    // November 2028: the other one goes, this one opens still.
    ck_assert_int_eq(term_purge(road, 730).signals, 1);
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert_str_eq(got.signal->text, "Canarytext of what was seen");
    // Corrected meanwhile: the end behind the hold is counted anew.
    inb_signal signal = road_signal("1");
    inb_road_actor later = term_actor(800);
    TERM_DONE(inb_road_correct(road, &later, &signal, 0, term_told, &o, err), INB_OK);
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert(is(got.stored->hold.before, 2030, 12) && is(got.stored->ends, 2030, 12));
    TERM_DONE(inb_road_retract(road, &later, "1", 0, term_told, &o, err), INB_OK);
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert(is(got.stored->hold.before, 2029, 6) && is(got.stored->ends, 2029, 6));
    // Its month over, the hold ends with it.
    ck_assert_int_eq(term_purge(road, 960).signals, 1);
    INB_FAILS(term_read(road, arena, "1", &got, err), INB_NOT_FOUND, "no such signal");
    ck_assert_int_eq(term_number(road_store, "select count(*) from hold"), 0);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST(lifted) {
    road_setup();
    inb_road *road = term_open();
    inb_arena *arena = NULL;
    inb_road_signal got;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    term_keep(road, "1");
    INB_FAILS(inb_road_release(road, &road_actor, "1", NULL, NULL, err), INB_BAD_INPUT, "not held");
    static const inb_date wrong[] = {
        {2028, 10, 0}, {2028, 9, 0}, {2036, 12, 0}, {2029, 1, 1}, {2029, 0, 0}, {0, 0, 0}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        INB_FAILS(inb_road_hold(road, &road_actor, "1", "court", "u", wrong[i], NULL, NULL, err),
            INB_BAD_INPUT, "a hold ends in a month");
    }
    TERM_DONE(inb_road_hold(road, &road_actor, "1", "because of somebody", "u",
                  (inb_date){2029, 3, 0}, term_told, &o, err),
        INB_BAD_INPUT); // no free text: a name would stand open
    TERM_DONE(inb_road_hold(
                  road, &road_actor, "1", "court", "u", (inb_date){2029, 3, 0}, term_told, &o, err),
        INB_OK);
    // Lifted long after its term: it stays this month, and goes with it.
    inb_road_actor later = term_actor(780); // January 2029
    TERM_DONE(inb_road_release(road, &later, "1", term_told, &o, err), INB_OK);
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert(is(got.stored->ends, 2029, 1) && got.stored->hold.reason == NULL);
    ck_assert_int_eq(term_purge(road, 780).signals, 0);
    ck_assert_int_eq(term_purge(road, 810).signals, 1);
    // Reviewed: the month to look again is gone, its end is not.
    inb_signal child = road_signal("2");
    inb_person person = {.ref = "a",
        .age = {INB_AGE_CHILD, 17},
        .observations = road_observed,
        .observation_count = 3};
    child.persons = &person;
    child.person_count = 1;
    TERM_DONE(inb_road_keep(road, &road_actor, &child, NULL, term_told, &o, err), INB_OK);
    INB_OK_IS(term_read(road, arena, "2", &got, err));
    ck_assert(is(got.stored->review, 2027, 11));
    TERM_DONE(inb_road_reviewed(road, &road_actor, "2", term_told, &o, err), INB_OK);
    INB_OK_IS(term_read(road, arena, "2", &got, err));
    ck_assert(got.stored->review.year == 0 && is(got.stored->ends, 2028, 10));
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/hold", outlives_the_term, lifted)
