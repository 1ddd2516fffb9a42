// SPDX-License-Identifier: EUPL-1.2
// The log: whatever is altered, deleted, moved or cut is found, at its first row.

#include "store_help.h"

#include "store_i.h"

static inb_store *with_rows(int rows) {
    help_setup();
    inb_store *store = help_open();
    for (int i = 0; i < rows; i++) {
        inb_work work = help_work(INB_WORK_LOG, NULL);
        work.log.at += i;
        INB_OK_IS(inb_store_write(store, &work, NULL, err));
    }
    return store;
}

static void expect(const char *sql, bool anchored, inb_log_fault fault, int64_t sequence) {
    inb_store *store = with_rows(6);
    inb_log_anchor anchor;
    INB_OK_IS(inb_log_head(store, NULL, &anchor, err));
    ck_assert_int_eq(anchor.sequence, 6);
    ck_assert_int_eq(help_verify(store, &anchor).fault, INB_LOG_WHOLE);
    INB_OK_IS(store->driver->script(store->connection, sql, err));
    inb_log_verdict verdict = help_verify(store, anchored ? &anchor : NULL);
    ck_assert_msg(verdict.fault == fault && verdict.sequence == sequence, "%s: %s at %d", sql,
        inb_log_fault_text(verdict.fault), (int)verdict.sequence);
    inb_store_free(store);
    help_teardown();
}

INB_TEST(altered) {
    static const char *const columns[] = {"at", "actor", "action", "object", "result", "purpose"};
    for (size_t i = 0; i < 6; i++) {
        char sql[96];
        snprintf(sql, sizeof sql, "update log set %s = '7' where sequence = 3", columns[i]);
        expect(sql, false, INB_LOG_ALTERED, 3);
    }
    expect("update log set hash = zeroblob(32) where sequence = 2", false, INB_LOG_ALTERED, 2);
    expect("update log set before = zeroblob(32) where sequence = 2", false, INB_LOG_ALTERED, 2);
    expect("update log set actor = 'user.1k', action = 'eep' where sequence = 4", false,
        INB_LOG_ALTERED, 4);
}
INB_END

INB_TEST(missing_moved_cut) {
    expect("delete from log where sequence = 1", false, INB_LOG_MISSING, 1);
    expect("delete from log where sequence = 4", false, INB_LOG_MISSING, 4);
    expect("delete from log where sequence > 4", false, INB_LOG_WHOLE, 0); // needs an anchor
    expect("delete from log where sequence > 4", true, INB_LOG_CUT, 5);
    expect("delete from log", true, INB_LOG_CUT, 1);
    expect("update log set sequence = 99 where sequence = 3;"
           "update log set sequence = 3 where sequence = 5;"
           "update log set sequence = 5 where sequence = 99",
        false, INB_LOG_REORDERED, 3);
}
INB_END

// All rows made anew, each right by itself: only the anchor shows it.
INB_TEST(hashed_anew) {
    inb_store *store = with_rows(6);
    inb_log_anchor anchor;
    INB_OK_IS(inb_log_head(store, NULL, &anchor, err));
    INB_OK_IS(store->driver->script(store->connection, "delete from log", err));
    for (int i = 0; i < 7; i++) {
        inb_work work = help_work(INB_WORK_LOG, NULL);
        INB_OK_IS(inb_store_write(store, &work, NULL, err));
    }
    ck_assert_int_eq(help_verify(store, NULL).fault, INB_LOG_WHOLE);
    inb_log_verdict verdict = help_verify(store, &anchor);
    ck_assert_int_eq(verdict.fault, INB_LOG_ALTERED);
    ck_assert_int_eq(verdict.sequence, 6);
    inb_store_free(store);
    help_teardown();
}
INB_END

// One row altered and hashed again by itself: the row after it tells.
INB_TEST(one_row_hashed_anew) {
    inb_store *store = with_rows(6);
    INB_OK_IS(store->driver->script(store->connection,
        "create temp table kept as select * from log where sequence > 3;"
        "delete from log where sequence > 2",
        err));
    inb_work work = help_work(INB_WORK_LOG, NULL);
    work.log.purpose = "another";
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
    INB_OK_IS(store->driver->script(store->connection, "insert into log select * from kept", err));
    inb_log_verdict verdict = help_verify(store, NULL);
    ck_assert_int_eq(verdict.fault, INB_LOG_ALTERED);
    ck_assert_int_eq(verdict.sequence, 3);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/log_chain", altered, missing_moved_cut, hashed_anew, one_row_hashed_anew)
