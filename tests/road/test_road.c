// SPDX-License-Identifier: EUPL-1.2
// The handle: kept, passed on, corrected, retracted with their rows of the log; no row, no result;
// one key a store; a group is all or nothing; and no word of a signal in any file of it.

#include "road_help.h"

#include "inb_file.h"
#include "inb_sweep.h"

#include <semaphore.h>

struct outcome {
    sem_t told;
    inb_status status;
    uint32_t version;
};

static void told(inb_status status, const char *message, uint32_t version, void *payload) {
    struct outcome *outcome = payload;
    (void)message;
    outcome->status = status;
    outcome->version = version;
    sem_post(&outcome->told);
}

// Waits for what `call` hands to the writer; `call` uses `o`.
#define DONE(call, wanted, wanted_version)                                                         \
    do {                                                                                           \
        struct outcome outcome = {.status = INB_INTERNAL};                                         \
        struct outcome *o = &outcome;                                                              \
        sem_init(&outcome.told, 0, 0);                                                             \
        INB_OK_IS(call);                                                                           \
        sem_wait(&outcome.told);                                                                   \
        ck_assert_int_eq(outcome.status, wanted);                                                  \
        ck_assert_uint_eq(outcome.version, wanted_version);                                        \
        sem_destroy(&outcome.told);                                                                \
    } while (0)

static inb_road *open_road(bool writer) {
    inb_road_options options = road_options();
    options.writer = writer;
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    return road;
}

static void read_one(inb_road *road, inb_arena *arena, const char *id, inb_road_signal *ret) {
    inb_ticket *ticket = NULL;
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_READ, id, &ticket, err));
    INB_OK_IS(inb_road_read(road, ticket, arena, 0, ret, err));
    INB_FAILS(inb_road_read(road, ticket, arena, 0, ret, err), INB_UNAVAILABLE, "no row");
    inb_ticket_free(ticket);
}

static const inb_road_passing passing = {"fairwork", {2026, 11, 18}, {2026, 12, 2}};

static void walk(bool writer) {
    road_setup();
    inb_road *road = open_road(writer);
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_signal signal = road_signal("1");
    DONE(inb_road_keep(road, &road_actor, &signal, NULL, told, o, err), INB_OK, 1);
    DONE(inb_road_keep(road, &road_actor, &signal, NULL, told, o, err), INB_BAD_INPUT,
        0); // it is kept already
    DONE(inb_road_pass_on(road, &road_actor, "1", 1, &passing, told, o, err), INB_OK, 2);
    DONE(inb_road_pass_on(road, &road_actor, "1", 1, &passing, told, o, err), INB_BAD_INPUT,
        0); // changed
    inb_road_signal got = {0};
    read_one(road, arena, "1", &got);
    ck_assert_int_eq(got.stored->status, INB_SIGNAL_PASSED_ON);
    ck_assert_str_eq(got.passing.to, "fairwork");
    ck_assert(got.passing.on.day == 18 && got.passing.answer_by.month == 12);
    ck_assert_str_eq(got.signal->persons[0].surname, "Canaryname");
    signal.text = "Canarytext anew";
    DONE(inb_road_correct(road, &road_actor, &signal, 2, told, o, err), INB_OK, 3);
    read_one(road, arena, "1", &got);
    ck_assert_str_eq(got.signal->text, "Canarytext anew");
    ck_assert_str_eq(got.passing.to, "fairwork"); // stays with a correction
    DONE(inb_road_retract(road, &road_actor, "1", 0, told, o, err), INB_OK, 4);
    read_one(road, arena, "1", &got);
    ck_assert(got.stored->status == INB_SIGNAL_RETRACTED && got.signal->person_count == 0);
    DONE(inb_road_note(road, &road_actor, "look", "x", "refused", told, o, err), INB_OK, 0);
    inb_ticket *ticket = NULL;
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_LIST, NULL, &ticket, err));
    const inb_road_signal *list = NULL;
    size_t count = 0;
    INB_OK_IS(inb_road_list(road, ticket, arena, 0, 10, &list, &count, err));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(list[0].stored->id, "1");
    inb_ticket_free(ticket);
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert(verdict.fault == INB_LOG_WHOLE && verdict.rows == 9);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}

INB_TEST(with_a_writer) {
    walk(true);
}
INB_END

INB_TEST(without_a_writer) {
    walk(false);
}
INB_END

INB_TEST(own_signals_only) {
    road_setup();
    inb_road *road = open_road(false);
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_signal signal = road_signal("1");
    inb_road_actor other = road_actor;
    other.organisation = "school-b";
    INB_FAILS(inb_road_keep(road, &other, &signal, NULL, NULL, NULL, err), INB_BAD_INPUT,
        "another organisation");
    DONE(inb_road_keep(road, &road_actor, &signal, NULL, told, o, err), INB_OK, 1);
    inb_ticket *ticket = NULL;
    inb_road_signal got;
    INB_OK_IS(inb_road_ask_wait(road, &other, INB_ROAD_READ, "1", &ticket, err));
    INB_FAILS(inb_road_read(road, ticket, arena, 0, &got, err), INB_NOT_FOUND, "no such signal");
    inb_ticket_free(ticket);
    // The refused look stands in the log too.
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.rows, 2);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST(passed_on_from_the_start) {
    road_setup();
    inb_road *road = open_road(false);
    INB_OK_IS(inb_road_start_writer(road, err)); // afterwards, as the desk does
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_signal signal = road_signal("1");
    inb_road_passing wrong = passing;
    wrong.to = "two words";
    INB_FAILS(inb_road_keep(road, &road_actor, &signal, &wrong, told, NULL, err), INB_BAD_INPUT,
        "no route and days");
    wrong = passing;
    wrong.answer_by.day = 0;
    INB_FAILS(inb_road_keep(road, &road_actor, &signal, &wrong, told, NULL, err), INB_BAD_INPUT,
        "no route and days");
    DONE(inb_road_keep(road, &road_actor, &signal, &passing, told, o, err), INB_OK, 1);
    inb_road_passing again = passing;
    again.to = "comensha";
    DONE(inb_road_pass_on(road, &road_actor, "1", 1, &again, told, o, err), INB_OK, 2);
    inb_road_signal got = {0};
    read_one(road, arena, "1", &got);
    ck_assert_int_eq(got.stored->status, INB_SIGNAL_PASSED_ON);
    ck_assert_str_eq(got.passing.to, "comensha"); // in the place of the one before
    // From its number to its id and back, for its organisation alone.
    const char *id = NULL;
    int64_t number = 0;
    INB_OK_IS(inb_road_id_of(road, "school-a", got.stored->number, arena, &id, err));
    ck_assert_str_eq(id, "1");
    INB_OK_IS(inb_road_number_of(road, "school-a", "1", arena, &number, err));
    ck_assert_int_eq(number, got.stored->number);
    INB_FAILS(inb_road_id_of(road, "school-b", number, arena, &id, err), INB_NOT_FOUND, "no such");
    INB_FAILS(
        inb_road_id_of(road, "school-a", number + 1, arena, &id, err), INB_NOT_FOUND, "no such");
    INB_FAILS(inb_road_id_of(road, "school-a", 0, arena, &id, err), INB_NOT_FOUND, "no such");
    INB_FAILS(
        inb_road_number_of(road, "school-b", "1", arena, &number, err), INB_NOT_FOUND, "no such");
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A row that cannot be written gives no ticket.
INB_TEST(no_row_no_result) {
    road_setup();
    inb_road *road = open_road(true);
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_road_actor nobody = road_actor;
    nobody.name = ""; // a row of the log needs one
    inb_ticket *ticket = NULL;
    INB_FAILS(inb_road_ask_wait(road, &nobody, INB_ROAD_LIST, NULL, &ticket, err), INB_BAD_INPUT,
        "actor");
    ck_assert_ptr_null(ticket);
    DONE(inb_road_ask(road, &nobody, INB_ROAD_LIST, NULL, told, o, &ticket, err), INB_BAD_INPUT, 0);
    const inb_road_signal *list = NULL;
    size_t count = 0;
    INB_FAILS(
        inb_road_list(road, ticket, arena, 0, 10, &list, &count, err), INB_UNAVAILABLE, "no row");
    inb_ticket_free(ticket);
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_LIST, NULL, &ticket, err));
    inb_road_signal got;
    INB_FAILS(inb_road_read(road, ticket, arena, 0, &got, err), INB_UNAVAILABLE, "no row");
    inb_ticket_free(ticket);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST(another_key) {
    road_setup();
    inb_road_free(open_road(false));
    (void)unlink(road_key);
    INB_OK_IS(inb_keyfile_new(road_key, err));
    inb_road_options options = road_options();
    inb_road *road = NULL;
    INB_FAILS(inb_road_open(&options, &road, err), INB_BAD_INPUT, "found another key");
    ck_assert_ptr_null(road);
    road_teardown();
}
INB_END

INB_TEST(group) {
    road_setup();
    inb_road *road = open_road(false);
    inb_signal signals[] = {road_signal("1"), road_signal("1"), road_signal("2")};
    INB_OK_IS(inb_road_begin(road, err));
    INB_OK_IS(inb_road_keep_one(road, &road_actor, &signals[0], NULL, err));
    inb_road_rollback(road);
    INB_OK_IS(inb_road_begin(road, err));
    inb_intake_levels levels;
    INB_OK_IS(inb_road_keep_one(road, &road_actor, &signals[0], &levels, err));
    INB_FAILS(inb_road_keep_one(road, &road_actor, &signals[1], NULL, err), INB_BAD_INPUT,
        "kept already");
    INB_OK_IS(inb_road_keep_one(road, &road_actor, &signals[2], NULL, err));
    INB_OK_IS(inb_road_commit(road, err));
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.rows, 2);
    inb_road_free(road);
    road_teardown();
}
INB_END

static void no_secret_in(const char *path) {
    size_t length;
    char *content = inb_file_content(path, &length);
    if (content == NULL) {
        return; // a log file that was folded in
    }
    for (size_t i = 0; i < sizeof road_secrets / sizeof road_secrets[0]; i++) {
        ck_assert_msg(memmem(content, length, road_secrets[i], strlen(road_secrets[i])) == NULL,
            "secret %zu stands in %s", i, path);
    }
    free(content);
}

// While it is open: the store, its write-ahead log and its index.
INB_TEST(no_secret_in_any_file) {
    road_setup();
    inb_road *road = open_road(true);
    inb_signal signal = road_signal("1");
    DONE(inb_road_keep(road, &road_actor, &signal, NULL, told, o, err), INB_OK, 1);
    DONE(inb_road_correct(road, &road_actor, &signal, 1, told, o, err), INB_OK, 2);
    for (int closed = 0; closed < 2; closed++) {
        static const char *const ends[] = {"", "-wal", "-shm"};
        for (size_t i = 0; i < 3; i++) {
            char path[128];
            snprintf(path, sizeof path, "%s%s", road_store, ends[i]);
            no_secret_in(path);
        }
        if (closed == 0) {
            inb_road_free(road);
        }
    }
    road_teardown();
}
INB_END

INB_TEST(days) {
    inb_date day = inb_road_day(ROAD_NOW);
    ck_assert(day.year == 2026 && day.month == 11 && day.day == 18);
    day = inb_road_day(1795046399); // 23:59:59 UTC: the next day has begun in the Netherlands
    ck_assert_int_eq(day.day, 19);
}
INB_END

static inb_status once(inb_error *err) {
    inb_road_options options = road_options();
    options.writer = false;
    INB_CLEANUP(inb_road_freep) inb_road *road = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = NULL;
    static int turn;
    char id[24];
    (void)snprintf(id, sizeof id, "%d", ++turn);
    inb_signal signal = road_signal(id);
    inb_road_signal got;
    INB_TRY(inb_road_open(&options, &road, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_road_begin(road, err));
    INB_TRY(inb_road_keep_one(road, &road_actor, &signal, NULL, err));
    INB_TRY(inb_road_commit(road, err));
    INB_TRY(inb_road_ask_wait(road, &road_actor, INB_ROAD_READ, id, &ticket, err));
    return inb_road_read(road, ticket, arena, 0, &got, err);
}

INB_TEST(out_of_memory) {
    road_setup();
    INB_SWEEP(once(err));
    // What was refused left nothing half: the log is whole and each row has its work.
    inb_road *road = open_road(false);
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/road", with_a_writer, without_a_writer, own_signals_only,
    passed_on_from_the_start, no_row_no_result, another_key, group, no_secret_in_any_file, days,
    out_of_memory)
