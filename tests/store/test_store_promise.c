// SPDX-License-Identifier: EUPL-1.2
// Promises of an answer: found by day, kept once, replaced by passing on anew, gone with their
// signal; and for signals that an older program passed on, without a day.

#include "store_help.h"

#include "store_i.h"

static void pass(inb_store *store, const char *organisation, const char *id, inb_date by) {
    inb_stored_signal signal = help_signal(organisation, id);
    signal.status = INB_SIGNAL_PASSED_ON;
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    work.answer_by = by;
    inb_error fault = INB_ERROR_INIT;
    inb_status status = inb_store_write(store, &work, NULL, &fault);
    if (status == INB_BAD_INPUT) { // it stands: a new version of it
        work.kind = INB_WORK_CORRECT;
        INB_OK_IS(inb_store_write(store, &work, NULL, err));
        return;
    }
    ck_assert_msg(status == INB_OK, "%s", fault.message);
}

static inb_status answer(inb_store *store, const char *id, int64_t at, inb_error *err) {
    const inb_stored_signal signal = {.organisation = "o", .id = id};
    inb_work work = help_work(INB_WORK_ANSWER, &signal);
    work.log.at = at;
    return inb_store_write(store, &work, NULL, err);
}

// The numbers that are due on a day, as text.
static const char *due(inb_store *store, inb_date until, size_t most) {
    static char text[128];
    inb_arena *arena = NULL;
    const int64_t *numbers = NULL;
    size_t count = 0;
    size_t length = 0;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_store_due(store, arena, "o", until, most, &numbers, &count, err));
    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%lld ", (long long)numbers[i]);
    }
    inb_arena_free(arena);
    return text;
}

static const inb_date december = {2026, 12, 31};

INB_TEST(by_day_until_it_is_kept) {
    help_setup();
    inb_store *store = help_open();
    inb_stored_promise promise;
    pass(store, "o", "1", (inb_date){2026, 12, 10});
    pass(store, "o", "2", (inb_date){2026, 12, 1});
    pass(store, "other", "3", (inb_date){2026, 12, 2});
    help_write(store, INB_WORK_APPEND, help_signal("o", "4")); // was not passed on
    pass(store, "o", "5", (inb_date){2026, 12, 10});
    ck_assert_str_eq(due(store, december, 9), "2 1 5 ");
    ck_assert_str_eq(due(store, december, 2), "2 1 ");
    ck_assert_str_eq(due(store, (inb_date){2026, 12, 9}, 9), "2 ");
    ck_assert_str_eq(due(store, (inb_date){2026, 12, 1}, 9), "2 ");
    ck_assert_str_eq(due(store, (inb_date){2026, 11, 30}, 9), "");
    INB_OK_IS(inb_store_promise(store, 1, &promise, err));
    ck_assert(promise.version == 1 && promise.answered == 0 && promise.by.day == 10);
    INB_OK_IS(answer(store, "1", 1796000000, err));
    ck_assert_str_eq(due(store, december, 9), "2 5 ");
    INB_OK_IS(inb_store_promise(store, 1, &promise, err));
    ck_assert_int_eq(promise.answered, 1796000000);
    INB_FAILS(answer(store, "1", 1796000001, err), INB_BAD_INPUT, "no answer is due");
    INB_FAILS(answer(store, "4", 1, err), INB_BAD_INPUT, "no answer is due");
    INB_FAILS(answer(store, "3", 1, err), INB_NOT_FOUND, "no such signal"); // another's
    INB_OK_IS(inb_store_promise(store, 4, &promise, err));
    ck_assert_uint_eq(promise.version, 0);
    // Passing on anew promises anew; a correction leaves the promise; a retraction ends it.
    pass(store, "o", "1", (inb_date){2026, 12, 20});
    ck_assert_str_eq(due(store, december, 9), "2 5 1 ");
    inb_stored_signal corrected = help_signal("o", "5");
    corrected.status = INB_SIGNAL_CORRECTED;
    help_write(store, INB_WORK_CORRECT, corrected);
    ck_assert_str_eq(due(store, december, 9), "2 5 1 ");
    help_write(store, INB_WORK_RETRACT, help_signal("o", "2"));
    ck_assert_str_eq(due(store, december, 9), "5 1 ");
    // Kept or refused, each has its row; what was refused has none.
    ck_assert_int_eq(help_verify(store, NULL).rows, 9);
    inb_stored_signal signal = help_signal("o", "6");
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    work.answer_by = (inb_date){2026, 12, 0};
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "expected a day");
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(goes_with_its_signal) {
    help_setup();
    inb_store *store = help_open();
    inb_stored_promise promise;
    pass(store, "o", "1", (inb_date){2026, 12, 10});
    const inb_stored_purge purge = {.month = {2028, 10, 0}};
    inb_work work = help_work(INB_WORK_PURGE, NULL);
    work.purge = &purge;
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
    INB_OK_IS(inb_store_promise(store, 1, &promise, err));
    ck_assert_uint_eq(promise.version, 0);
    ck_assert_str_eq(due(store, december, 9), "");
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(of_an_older_program) {
    help_setup();
    inb_store *store = help_open();
    pass(store, "o", "1", (inb_date){2026, 12, 10});
    help_write(store, INB_WORK_APPEND, help_signal("o", "2"));
    INB_OK_IS(store->driver->script(store->connection, "drop table promise;", err));
    INB_OK_IS(store->driver->set_schema(store->connection, 4, err));
    inb_store_free(store);
    store = help_open();
    inb_stored_promise promise;
    INB_OK_IS(inb_store_promise(store, 1, &promise, err));
    ck_assert(promise.version == 1 && promise.by.year == 0 && promise.answered == 0);
    pass(store, "o", "3", (inb_date){2026, 12, 1});
    ck_assert_str_eq(due(store, december, 9), "1 3 "); // without a day: somebody has to look
    INB_OK_IS(answer(store, "1", 5, err));
    ck_assert_str_eq(due(store, december, 9), "3 ");
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST_MAIN(
    "store/store_promise", by_day_until_it_is_kept, goes_with_its_signal, of_an_older_program)
