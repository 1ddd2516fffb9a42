// SPDX-License-Identifier: EUPL-1.2
// Opening, groups of work, and that work and its row of the log stand or fall together.

#include "store_help.h"

#include "store_i.h"

#include "inb_sweep.h"

INB_TEST(newer_is_refused) {
    help_setup();
    inb_store *store = help_open();
    inb_store *other = help_open();
    ck_assert_int_eq(inb_store_schema(store), 5);
    INB_OK_IS(store->driver->set_schema(store->connection, 6, err));
    inb_stored_signal signal = help_signal("o", "1");
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    INB_FAILS(inb_store_write(other, &work, NULL, err), INB_BAD_INPUT, "newer inbeeld");
    inb_store *third = NULL;
    INB_FAILS(
        inb_store_open(help_where, &help_options, &third, err), INB_BAD_INPUT, "newer inbeeld");
    INB_FAILS(inb_store_open("file:x", &help_options, &third, err), INB_USAGE, "sqlite:PATH");
    inb_store_free(store);
    inb_store_free(other);
    help_teardown();
}
INB_END

// A store is begun with one key; another one is noticed, whoever comes first.
INB_TEST(one_key) {
    help_setup();
    inb_store *store = help_open();
    const unsigned char mark[INB_STORE_TOKEN_BYTES] = "mark of one key";
    const unsigned char other[INB_STORE_TOKEN_BYTES] = "mark of another";
    bool same = false;
    INB_OK_IS(inb_store_key_mark(store, mark, &same, err));
    ck_assert(same);
    inb_store_free(store);
    store = help_open();
    INB_OK_IS(inb_store_key_mark(store, other, &same, err));
    ck_assert(!same);
    INB_OK_IS(inb_store_key_mark(store, mark, &same, err));
    ck_assert(same);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(no_row_no_work) {
    help_setup();
    inb_store *store = help_open();
    inb_stored_signal signal = help_signal("o", "1");
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    work.log.actor = "";
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "actor of a row");
    work.log.actor = "user.1";
    INB_OK_IS(store->driver->script(store->connection, "alter table log rename to gone", err));
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_IO, "failed");
    INB_OK_IS(store->driver->script(store->connection, "alter table gone rename to log", err));
    INB_OK_IS(inb_store_write(store, &work, NULL, err)); // the id is free: nothing was kept
    ck_assert_int_eq(help_verify(store, NULL).rows, 1);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(a_wrong_piece_fails_alone) {
    help_setup();
    inb_store *store = help_open();
    inb_stored_signal signals[] = {
        help_signal("o", "1"), help_signal("o", "1"), help_signal("o", "2")};
    INB_OK_IS(inb_store_begin(store, err));
    for (size_t i = 0; i < 3; i++) {
        inb_work work = help_work(INB_WORK_APPEND, &signals[i]);
        inb_error e = INB_ERROR_INIT;
        inb_status status = inb_store_apply(store, &work, NULL, &e);
        ck_assert_int_eq(status, i == 1 ? INB_BAD_INPUT : INB_OK);
    }
    INB_OK_IS(inb_store_commit(store, err));
    INB_OK_IS(inb_store_begin(store, err));
    inb_stored_signal third = help_signal("o", "3");
    inb_work work = help_work(INB_WORK_APPEND, &third);
    INB_OK_IS(inb_store_apply(store, &work, NULL, err));
    inb_store_rollback(store);
    inb_log_verdict verdict = help_verify(store, NULL);
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    ck_assert_int_eq(verdict.rows, 2);
    inb_store_free(store);
    help_teardown();
}
INB_END

static inb_status open_write_read(inb_error *err) {
    inb_store *store = NULL;
    inb_arena *arena = NULL;
    inb_stored_signal signal = help_signal("o", "1");
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    const inb_stored_signal *back = NULL;
    help_teardown();
    char folder[64];
    snprintf(folder, sizeof folder, "%s", help_path);
    *strrchr(folder, '/') = '\0';
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    inb_status status = inb_store_open(help_where, &help_options, &store, err);
    if (status == INB_OK) {
        status = inb_store_write(store, &work, NULL, err);
    }
    work.kind = INB_WORK_RETRACT;
    if (status == INB_OK) {
        status = inb_store_write(store, &work, NULL, err);
    }
    if (status == INB_OK) {
        status = inb_arena_new(0, &arena, err);
    }
    if (status == INB_OK) {
        status = inb_store_read(store, arena, "o", "1", 1, &back, err);
    }
    inb_arena_free(arena);
    inb_store_free(store);
    return status;
}

INB_TEST(out_of_memory) {
    help_setup();
    INB_SWEEP(open_write_read(err));
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/store", newer_is_refused, one_key, no_row_no_work, a_wrong_piece_fails_alone,
    out_of_memory)
