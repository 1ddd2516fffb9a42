// SPDX-License-Identifier: EUPL-1.2
// Situations from a store: the one of each signal, found from itself, equals that of the walk over
// all, after every signal that comes in (incremental = batch); retracted signals leave; joins that
// were undone stay undone, with a row of the log.

#include "joins_help.h"
#include "road_help.h"

#include "inb_sweep.h"

static inb_store *open_store(void) {
    const inb_store_options options = {.create = true, .hash = inb_hash};
    inb_store *store = NULL;
    INB_OK_IS(inb_store_open(road_where, &options, &store, err));
    return store;
}

static inb_stored_signal whole(const joins_signal *signal, const char *id) {
    inb_stored_signal stored = joins_stored(signal);
    stored.organisation = "o";
    stored.id = id;
    stored.kept_at = ROAD_NOW;
    stored.catalogue = "1";
    stored.ends = (inb_date){2028, 10, 0};
    return stored;
}

static void write_work(inb_store *store, inb_work_kind kind, const inb_stored_signal *signal) {
    const inb_work work = {
        .kind = kind, .signal = signal, .log = {ROAD_NOW, "u", "keep", "", "done", ""}};
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
}

static void keep(inb_store *store, const joins_signal *signal) {
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)signal->number);
    inb_stored_signal stored = whole(signal, id);
    write_work(store, INB_WORK_APPEND, &stored);
}

static int64_t lowest_of(inb_store *store, int64_t number) {
    inb_arena *arena = NULL;
    inb_situation_group group = {0};
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_situation_of(store, arena, number, &group, err));
    ck_assert_uint_gt(group.count, 0);
    ck_assert_uint_eq(group.join_count, group.count - 1);
    int64_t lowest = group.numbers[0];
    inb_arena_free(arena);
    return lowest;
}

INB_TEST(one_as_all) {
    enum { COUNT = 150 };
    static joins_signal signals[COUNT];
    static joins_labels labels;
    road_setup();
    inb_store *store = open_store();
    joins_random(signals, COUNT, 5, 40);
    for (size_t i = 0; i < COUNT; i++) {
        keep(store, &signals[i]);
        if (i % 10 != 9) {
            continue;
        }
        memset(&labels, 0, sizeof labels);
        INB_OK_IS(inb_situations_each(store, joins_label, &labels, err));
        for (int64_t number = 1; number <= (int64_t)i + 1; number++) {
            ck_assert_int_eq(lowest_of(store, number), labels.of[number]);
        }
    }
    ck_assert_uint_gt(labels.joins, 20);
    // Now with joins undone, one after the other.
    const inb_road_actor actor = {"u", "o", "", ROAD_NOW};
    size_t undone = 0;
    for (int64_t number = 7; number <= COUNT; number += 7) {
        size_t parted = 0;
        inb_error error = INB_ERROR_INIT;
        ck_assert_int_eq(inb_situation_undo(store, &actor, number, &parted, &error), INB_OK);
        undone += parted > 0;
    }
    ck_assert_uint_gt(undone, 3);
    memset(&labels, 0, sizeof labels);
    INB_OK_IS(inb_situations_each(store, joins_label, &labels, err));
    for (int64_t number = 1; number <= COUNT; number++) {
        ck_assert_int_eq(lowest_of(store, number), labels.of[number]);
        ck_assert(number % 7 != 0 || labels.of[number] == number);
    }
    inb_store_free(store);
    road_teardown();
}
INB_END

INB_TEST(undone_and_kept) {
    road_setup();
    inb_store *store = open_store();
    joins_signal s[4] = {{.number = 1}, {.number = 2}, {.number = 3}, {.number = 4}};
    for (size_t i = 0; i < 4; i++) {
        joins_give(&s[i], "handle", 1);
        keep(store, &s[i]);
    }
    ck_assert_int_eq(lowest_of(store, 4), 1);
    const inb_road_actor actor = {"u", "o", "", ROAD_NOW};
    size_t parted = 0;
    INB_OK_IS(inb_situation_undo(store, &actor, 2, &parted, err));
    ck_assert_uint_eq(parted, 3);
    inb_store_free(store);
    store = open_store();
    ck_assert_int_eq(lowest_of(store, 2), 2);
    ck_assert_int_eq(lowest_of(store, 4), 1);
    INB_OK_IS(inb_situation_undo(store, &actor, 2, &parted, err));
    ck_assert_uint_eq(parted, 0);
    // A new signal with the same token joins the three, not the one that was taken out, whatever it
    // would bridge.
    joins_signal fifth = {.number = 5};
    joins_give(&fifth, "handle", 1);
    keep(store, &fifth);
    ck_assert_int_eq(lowest_of(store, 5), 1);
    ck_assert_int_ne(lowest_of(store, 2), lowest_of(store, 1));
    inb_log_verdict verdict;
    INB_OK_IS(inb_log_verify(store, NULL, NULL, &verdict, err));
    ck_assert(verdict.fault == INB_LOG_WHOLE && verdict.rows == 7); // 5 kept, undone twice
    inb_store_free(store);
    road_teardown();
}
INB_END

INB_TEST(retracted) {
    road_setup();
    inb_store *store = open_store();
    joins_signal s[3] = {{.number = 1}, {.number = 2}, {.number = 3}};
    joins_give(&s[0], "handle", 1);
    joins_give(&s[1], "handle", 1);
    joins_give(&s[1], "vehicle", 1);
    joins_give(&s[2], "vehicle", 1);
    for (size_t i = 0; i < 3; i++) {
        keep(store, &s[i]);
    }
    ck_assert_int_eq(lowest_of(store, 3), 1); // by way of 2
    inb_stored_signal second = whole(&s[1], "2");
    write_work(store, INB_WORK_RETRACT, &second);
    ck_assert_int_eq(lowest_of(store, 3), 3);
    ck_assert_int_eq(lowest_of(store, 1), 1);
    inb_arena *arena = NULL;
    inb_situation_group group;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_FAILS(inb_situation_of(store, arena, 2, &group, err), INB_NOT_FOUND, "was retracted");
    INB_FAILS(inb_situation_of(store, arena, 9, &group, err), INB_NOT_FOUND, "no signal");
    inb_arena_free(arena);
    inb_store_free(store);
    road_teardown();
}
INB_END

static void ignore(inb_status status, const char *message, uint32_t version, void *payload) {
    (void)message;
    (void)version;
    *(inb_status *)payload = status;
}

// By a handle, from real signals: one phone alone joins nothing, one plate does.
INB_TEST(by_a_handle) {
    road_setup();
    inb_road_options options = road_options();
    options.writer = false;
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    const inb_party plate = {INB_PARTY_VEHICLE, "xx 123 y", NULL};
    const inb_party phone = {INB_PARTY_PHONE, "+31 6 12345678", NULL};
    const inb_person person = {.ref = "a", .phone = "0612345678"};
    inb_signal signals[] = {road_signal("1"), road_signal("2"), road_signal("3")};
    signals[1].persons = &person;
    signals[1].person_count = 1;
    signals[1].parties = &plate;
    signals[1].party_count = 1;
    signals[2].person_count = 0;
    signals[2].parties = &phone;
    signals[2].party_count = 1;
    for (size_t i = 0; i < 3; i++) {
        inb_status status = INB_INTERNAL;
        INB_OK_IS(inb_road_keep(road, &road_actor, &signals[i], NULL, ignore, &status, err));
        ck_assert_int_eq(status, INB_OK);
    }
    inb_arena *arena = NULL;
    inb_ticket *ticket = NULL;
    inb_situation_group group = {0};
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_SITUATIONS, NULL, &ticket, err));
    INB_OK_IS(inb_road_situation(road, ticket, arena, "2", &group, err));
    ck_assert_uint_eq(group.count, 2);
    ck_assert(group.numbers[0] == 1 && group.numbers[1] == 2);
    ck_assert_uint_eq(group.joins[0].kinds, 1U << INB_JOIN_VEHICLE | 1U << INB_JOIN_PHONE);
    INB_FAILS(inb_road_situation(road, ticket, arena, "2", &group, err), INB_UNAVAILABLE, "no row");
    inb_ticket_free(ticket);
    const inb_stored_signal *stored = NULL;
    INB_OK_IS(inb_road_stored(road, arena, group.numbers[0], &stored, err));
    ck_assert_str_eq(stored->id, "1");
    inb_status status = INB_INTERNAL;
    INB_OK_IS(inb_road_undo(road, &road_actor, "2", ignore, &status, err));
    ck_assert_int_eq(status, INB_OK);
    INB_FAILS(
        inb_road_undo(road, &road_actor, "2", ignore, &status, err), INB_NOT_FOUND, "nothing to");
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_SITUATIONS, NULL, &ticket, err));
    INB_OK_IS(inb_road_situation(road, ticket, arena, "1", &group, err));
    ck_assert_uint_eq(group.count, 1);
    inb_ticket_free(ticket);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A name and a full date of birth are enough, however the name is written.
INB_TEST(same_person) {
    road_setup();
    inb_road_options options = road_options();
    options.writer = false;
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    const inb_person persons[] = {
        {.ref = "a", .name = "Sanne van Voorbeeld", .birth_date = "2009-05-17"},
        {.ref = "b",
            .given_name = "SANNE",
            .prefix = "van",
            .surname = "Voorbeeld",
            .birth_date = "20090517"},
        {.ref = "c", .name = "Sanne van Voorbeeld", .birth_date = "2009-05"}};
    for (size_t i = 0; i < 3; i++) {
        const char *const ids[] = {"1", "2", "3"};
        inb_signal signal = {
            .id = ids[i], .organisation = "school-a", .persons = &persons[i], .person_count = 1};
        inb_status status = INB_INTERNAL;
        INB_OK_IS(inb_road_keep(road, &road_actor, &signal, NULL, ignore, &status, err));
        ck_assert_int_eq(status, INB_OK);
    }
    inb_road_free(road);
    inb_store *store = open_store();
    ck_assert_int_eq(lowest_of(store, 2), 1);
    ck_assert_int_eq(lowest_of(store, 3), 3); // a month of birth is not exact
    inb_store_free(store);
    road_teardown();
}
INB_END

static inb_status once(inb_store *store, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_situation_group group;
    joins_labels labels = {0};
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_situation_of(store, arena, 1, &group, err));
    return inb_situations_each(store, joins_label, &labels, err);
}

INB_TEST(out_of_memory) {
    static joins_signal signals[20];
    road_setup();
    inb_store *store = open_store();
    joins_random(signals, 20, 2, 10);
    for (size_t i = 0; i < 20; i++) {
        keep(store, &signals[i]);
    }
    INB_SWEEP(once(store, err));
    inb_store_free(store);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/situations", one_as_all, undone_and_kept, retracted, by_a_handle, same_person,
    out_of_memory)
