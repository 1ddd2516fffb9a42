// SPDX-License-Identifier: EUPL-1.2
// Writing: ends by what came of a signal, counted anew with each version; parts bound to their
// version; and signals of an older program, sealed by the team's key alone, that go on.

#include "term_help.h"

#include "inb_sweep.h"
#include "road_i.h"

static bool is(inb_date date, int year, int month) {
    return date.year == year && date.month == month && date.day == 0;
}

static const inb_stored_signal *stored_of(inb_road *road, inb_arena *arena, const char *id) {
    const inb_stored_signal *stored = NULL;
    INB_OK_IS(inb_store_read(road->store, arena, "school-a", id, 0, &stored, err));
    return stored;
}

static const inb_road_passing passing = {"fairwork", {2026, 11, 18}, {2026, 12, 2}};

INB_TEST(ends) {
    road_setup();
    inb_road *road = term_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    term_keep(road, "1"); // a school, something was seen: 24 months
    ck_assert(is(stored_of(road, arena, "1")->ends, 2028, 10));
    ck_assert_int_eq(stored_of(road, arena, "1")->review.year, 0); // eighteen after its end
    // Nothing was seen: the short term. Whoever asks before keeping is told the same.
    inb_signal nothing = road_signal("2");
    inb_person persons[1] = {{.ref = "a", .age = {INB_AGE_CHILD, 17}}};
    nothing.persons = persons;
    nothing.person_count = 1;
    ck_assert(is(inb_road_would_end(road, &nothing, (inb_date){2026, 11, 18}, false), 2027, 4));
    ck_assert(is(inb_road_would_end(road, &nothing, (inb_date){2026, 11, 18}, true), 2028, 10));
    TERM_DONE(inb_road_keep(road, &road_actor, &nothing, NULL, term_told, &o, err), INB_OK);
    ck_assert(is(stored_of(road, arena, "2")->ends, 2027, 4));
    // Passed on, half a year later: the whole term from then, and a review that fits in it.
    inb_road_actor later = term_actor(150);
    TERM_DONE(inb_road_pass_on(road, &later, "2", 0, &passing, term_told, &o, err), INB_OK);
    ck_assert(is(stored_of(road, arena, "2")->ends, 2029, 3));
    // Corrected: it stays passed on; seventeen in 2026 is eighteen by then.
    TERM_DONE(inb_road_correct(road, &later, &nothing, 0, term_told, &o, err), INB_OK);
    ck_assert(is(stored_of(road, arena, "2")->ends, 2029, 3));
    ck_assert(is(stored_of(road, arena, "2")->review, 2027, 11));
    // Retracted: soon, and never later than it would have.
    TERM_DONE(inb_road_retract(road, &later, "1", 0, term_told, &o, err), INB_OK);
    ck_assert(is(stored_of(road, arena, "1")->ends, 2027, 9));
    term_keep(road, "3");
    inb_road_actor last = term_actor(700); // October 2028
    TERM_DONE(inb_road_retract(road, &last, "3", 0, term_told, &o, err), INB_OK);
    ck_assert(is(stored_of(road, arena, "3")->ends, 2028, 10));
    // An agency alone, without a person, is no nothing; the police has a term of its own.
    inb_signal agency = road_signal("4");
    agency.person_count = 0;
    agency.source_kind = INB_REPORTER_POLICE_BEAT;
    TERM_DONE(inb_road_keep(road, &road_actor, &agency, NULL, term_told, &o, err), INB_OK);
    ck_assert(is(stored_of(road, arena, "4")->ends, 2027, 10));
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A part of version 1 put into version 2 does not open: decisions, docs/methods/keeping.md.
INB_TEST(bound_to_the_version) {
    road_setup();
    inb_road *road = term_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    term_keep(road, "1");
    TERM_DONE(inb_road_pass_on(road, &road_actor, "1", 1, &passing, term_told, &o, err), INB_OK);
    inb_road_signal got;
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert_str_eq(got.signal->text, "Canarytext of what was seen");
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(road_store, &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database,
                         "update sealed set bytes = (select bytes from sealed as old where "
                         "old.number = sealed.number and old.field = sealed.field and old.version "
                         "= 1) where version = 2 and field = 'text'",
                         NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
    INB_FAILS(term_read(road, arena, "1", &got, err), INB_BAD_INPUT, "does not open");
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A signal as a program of schema 2 kept it: parts sealed with the team's key, no key of its own.
static void keep_as_before(inb_road *road, inb_arena *arena, const char *id) {
    inb_signal signal = road_signal(id);
    inb_stored_signal stored;
    inb_record_key key;
    char record[INB_I_RECORD_SIZE];
    inb_record_key_make(1, &key);
    INB_OK_IS(inb_intake(road->keys, road->catalogue, &signal, inb_road_day(ROAD_NOW), &key, 1,
        arena, &stored, NULL, err));
    inb_i_record_name(road->keys, "school-a", id, record);
    for (size_t i = 0; i < stored.part_count; i++) {
        inb_stored_part *part = (inb_stored_part *)(uintptr_t)&stored.parts[i];
        const char *text = NULL;
        size_t length = 0;
        INB_OK_IS(inb_i_open_part(road->keys, &key, 1, record, part, arena, &text, &length, err));
        unsigned char *bytes = inb_arena_get(arena, part->length, 1);
        INB_OK_IS(inb_seal(road->keys, record, part->field, text, length, bytes, err));
        part->bytes = bytes;
    }
    stored.kept_at = ROAD_NOW;
    stored.ends = (inb_date){2028, 10, 0};
    const inb_work work = {
        .kind = INB_WORK_APPEND, .signal = &stored, .log = {ROAD_NOW, "u", "keep", "", "done", ""}};
    INB_OK_IS(inb_store_write(road->store, &work, NULL, err));
}

static void forget_ends(void) {
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(road_store, &database), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(database, "update record set ends = null", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

INB_TEST(of_an_older_program) {
    road_setup();
    inb_road *road = term_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    static const char *const ids[] = {"1", "2", "3", "4"};
    for (size_t i = 0; i < 4; i++) {
        keep_as_before(road, arena, ids[i]);
    }
    forget_ends();
    inb_road_signal got;
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert_str_eq(got.signal->persons[0].surname, "Canaryname");
    // Each way on: from the new version on it has a key of its own; the old version still opens.
    inb_signal corrected = road_signal("1");
    corrected.text = "Canarytext anew";
    TERM_DONE(inb_road_correct(road, &road_actor, &corrected, 1, term_told, &o, err), INB_OK);
    TERM_DONE(inb_road_pass_on(road, &road_actor, "2", 0, &passing, term_told, &o, err), INB_OK);
    TERM_DONE(inb_road_retract(road, &road_actor, "3", 0, term_told, &o, err), INB_OK);
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    ck_assert_str_eq(got.signal->text, "Canarytext anew");
    ck_assert_ptr_nonnull(got.stored->wrapped);
    INB_OK_IS(term_read(road, arena, "2", &got, err));
    ck_assert_str_eq(got.signal->text, "Canarytext of what was seen");
    ck_assert_str_eq(got.passing.to, "fairwork");
    inb_ticket *ticket = NULL;
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_READ, "1", &ticket, err));
    INB_OK_IS(inb_road_read(road, ticket, arena, 1, &got, err));
    ck_assert_str_eq(got.signal->text, "Canarytext of what was seen");
    inb_ticket_free(ticket);
    // A part of the older version, sealed by the team's key, does not pass for one of the newer.
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(road_store, &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database,
                         "update sealed set bytes = (select bytes from sealed as old where "
                         "old.number = sealed.number and old.field = sealed.field and old.version "
                         "= 1) where version = 2 and field = 'text'",
                         NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
    INB_FAILS(term_read(road, arena, "1", &got, err), INB_BAD_INPUT, "another version");
    // The fourth and the third are settled by the first purge: next month at the earliest.
    inb_purge_report report = term_purge(road, 900);
    ck_assert_int_eq(report.settled, 1); // the third got its end by being retracted
    ck_assert_int_eq(report.signals, 3);
    ck_assert(is(stored_of(road, arena, "4")->ends, 2029, 6));
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

static inb_road *sweep_road;
static int sweep_turn;

static void count_outcome(inb_status status, const char *message, uint32_t version, void *payload) {
    (void)version;
    inb_error *err = payload;
    if (status != INB_OK) {
        (void)inb_fail(err, status, "%s", message);
    }
}

// Kept, passed on, corrected, held, let go, retracted: any refusal is said.
static inb_status once(inb_error *err) {
    char id[24];
    inb_error told = INB_ERROR_INIT;
    snprintf(id, sizeof id, "s%d", sweep_turn++);
    inb_signal signal = road_signal(id);
    const inb_road_actor *a = &road_actor;
    INB_TRY(inb_road_keep(sweep_road, a, &signal, &passing, count_outcome, &told, err));
    if (told.status == INB_OK) {
        INB_TRY(inb_road_pass_on(sweep_road, a, id, 0, &passing, count_outcome, &told, err));
    }
    if (told.status == INB_OK) {
        INB_TRY(inb_road_correct(sweep_road, a, &signal, 0, count_outcome, &told, err));
    }
    if (told.status == INB_OK) {
        INB_TRY(inb_road_hold(sweep_road, a, id, "court", "uid-1", (inb_date){2029, 1, 0},
            count_outcome, &told, err));
    }
    if (told.status == INB_OK) {
        INB_TRY(inb_road_release(sweep_road, a, id, count_outcome, &told, err));
    }
    if (told.status == INB_OK) {
        INB_TRY(inb_road_retract(sweep_road, a, id, 0, count_outcome, &told, err));
    }
    return told.status == INB_OK ? INB_OK : inb_fail(err, told.status, "%s", told.message);
}

INB_TEST(out_of_memory) {
    road_setup();
    sweep_road = term_open();
    INB_SWEEP(once(err));
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(sweep_road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    inb_road_free(sweep_road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/road_write", ends, bound_to_the_version, of_an_older_program, out_of_memory)
