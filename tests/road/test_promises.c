// SPDX-License-Identifier: EUPL-1.2
// Answers that are due, through the road: with their row of the log, of one's own signals alone,
// and the day of the answer stands open while to whom the signal went does not.

#include "road_help.h"

#include <stdlib.h>

struct ended {
    inb_status status;
    int times;
};

static void tell(inb_status status, const char *message, uint32_t version, void *payload) {
    struct ended *ended = payload;
    (void)message;
    (void)version;
    ended->status = status;
    ended->times++;
}

static bool store_holds(const char *word) {
    static const char *const ends[] = {"", "-wal"};
    bool holds = false;
    for (size_t i = 0; i < 2; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", road_store, ends[i]);
        FILE *file = fopen(path, "re");
        char *bytes = file == NULL ? NULL : malloc(4 << 20);
        size_t length = bytes == NULL ? 0 : fread(bytes, 1, 4 << 20, file);
        holds = holds || (length > 0 && memmem(bytes, length, word, strlen(word)) != NULL);
        free(bytes);
        if (file != NULL) {
            fclose(file);
        }
    }
    return holds;
}

static size_t due(inb_road *road, const inb_road_actor *actor, inb_arena *arena,
    const inb_road_signal **ret_list) {
    inb_ticket *ticket = NULL;
    size_t count = 0;
    INB_OK_IS(inb_road_ask_wait(road, actor, INB_ROAD_DUE, NULL, &ticket, err));
    INB_OK_IS(inb_road_due(road, ticket, arena, 9, ret_list, &count, err));
    INB_FAILS(inb_road_due(road, ticket, arena, 9, ret_list, &count, err), INB_UNAVAILABLE,
        "no row in the log"); // used up
    inb_ticket_free(ticket);
    return count;
}

INB_TEST(due_and_answered) {
    road_setup();
    inb_road *road = NULL;
    inb_arena *arena = NULL;
    inb_road_options options = road_options();
    options.writer = false; // then `done` is called before the function returns
    INB_OK_IS(inb_road_open(&options, &road, err));
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_signal signal = road_signal("s1");
    const inb_road_passing passing = {"safe_home", {2026, 11, 18}, {2026, 12, 2}};
    const inb_road_actor other = {"user.2", "school-b", "", ROAD_NOW};
    struct ended ended = {.status = INB_INTERNAL};
    INB_OK_IS(inb_road_keep(road, &road_actor, &signal, &passing, tell, &ended, err));
    ck_assert_int_eq(ended.status, INB_OK);
    const inb_road_signal *list = NULL;
    ck_assert_uint_eq(due(road, &road_actor, arena, &list), 1);
    ck_assert(list[0].promise.by.month == 12 && list[0].promise.by.day == 2);
    ck_assert(list[0].stored->number == 1 && list[0].signal->person_count == 2);
    ck_assert_ptr_null(list[0].signal->text); // as of a list: nothing was opened
    ck_assert_ptr_null(list[0].passing.to);
    ck_assert_uint_eq(due(road, &other, arena, &list), 0);
    ck_assert(store_holds("2026-12-02") && !store_holds("safe_home"));
    // In the list and on its own too.
    inb_ticket *ticket = NULL;
    size_t count = 0;
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_LIST, NULL, &ticket, err));
    INB_OK_IS(inb_road_list(road, ticket, arena, 0, 9, &list, &count, err));
    inb_ticket_free(ticket);
    ck_assert(count == 1 && list[0].promise.by.day == 2 && list[0].promise.answered == 0);
    // Another organisation cannot say so; the own one once.
    INB_OK_IS(inb_road_answered(road, &other, "s1", tell, &ended, err));
    ck_assert_int_eq(ended.status, INB_NOT_FOUND);
    INB_OK_IS(inb_road_answered(road, &road_actor, "s1", tell, &ended, err));
    ck_assert_int_eq(ended.status, INB_OK);
    INB_OK_IS(inb_road_answered(road, &road_actor, "s1", tell, &ended, err));
    ck_assert_int_eq(ended.status, INB_BAD_INPUT);
    ck_assert_uint_eq(due(road, &road_actor, arena, &list), 0);
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_READ, "s1", &ticket, err));
    inb_road_signal found;
    INB_OK_IS(inb_road_read(road, ticket, arena, 0, &found, err));
    inb_ticket_free(ticket);
    ck_assert_int_eq(found.promise.answered, ROAD_NOW);
    ck_assert_uint_eq(found.stored->version, 1); // no new version
    ck_assert_str_eq(found.passing.to, "safe_home");
    // Rows: keep, due, due, list, answer, due, read; and the one of hits where there is one.
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert(verdict.fault == INB_LOG_WHOLE && verdict.rows == 7);
    ck_assert(store_holds("answer"));
    INB_OK_IS(inb_road_pass_on(road, &road_actor, "s1", 0, &passing, tell, &ended, err));
    ck_assert_int_eq(ended.status, INB_OK);
    ck_assert_uint_eq(due(road, &road_actor, arena, &list), 1);
    ck_assert_uint_eq(list[0].promise.version, 2);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/promises", due_and_answered)
