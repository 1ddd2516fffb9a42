// SPDX-License-Identifier: EUPL-1.2
// The writer: eight threads append through it, wrong work fails alone, a failed store fails all in
// words, and what waits at the end is written.

#include "store_help.h"

#include "store_i.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { THREADS = 8, EACH = 60 };

static inb_writer *new_writer(void) {
    inb_writer *writer = NULL;
    INB_OK_IS(inb_writer_new(help_where, &help_options, &writer, err));
    return writer;
}

struct part_of {
    inb_writer *writer;
    int number;
    int failed;
};

static void *append_many(void *payload) {
    struct part_of *part = payload;
    for (int i = 0; i < EACH; i++) {
        char id[32];
        snprintf(id, sizeof id, "%d-%d", part->number, i);
        inb_stored_signal signal = help_signal("o", id);
        inb_work work = help_work(INB_WORK_APPEND, &signal);
        inb_error error = INB_ERROR_INIT;
        part->failed += inb_writer_wait(part->writer, &work, NULL, &error) == INB_OK ? 0 : 1;
    }
    return NULL;
}

INB_TEST(eight_threads) {
    help_setup();
    inb_writer *writer = new_writer();
    pthread_t threads[THREADS];
    struct part_of parts[THREADS];
    for (int i = 0; i < THREADS; i++) {
        parts[i] = (struct part_of){writer, i, 0};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, append_many, &parts[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_int_eq(parts[i].failed, 0);
    }
    inb_writer_free(writer);
    inb_store *store = help_open();
    inb_log_verdict verdict = help_verify(store, NULL);
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    ck_assert_int_eq(verdict.rows, THREADS * EACH);
    inb_store_free(store);
    help_teardown();
}
INB_END

static atomic_int done_well;
static atomic_int done_badly;

static void tally(inb_status status, const char *message, uint32_t version, void *payload) {
    (void)version;
    (void)payload;
    ck_assert((status == INB_OK) == (message[0] == '\0'));
    atomic_fetch_add(status == INB_OK ? &done_well : &done_badly, 1);
}

INB_TEST(told_once_each) {
    enum { MOST = 3000 };
    help_setup();
    inb_writer *writer = new_writer();
    inb_work work = help_work(INB_WORK_LOG, NULL);
    inb_stored_signal wrong = help_signal("o", "");
    inb_work bad = help_work(INB_WORK_APPEND, &wrong);
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    for (int i = 0; i < MOST; i++) {
        INB_OK_IS(inb_writer_add(writer, i % 100 == 0 ? &bad : &work, tally, NULL, err));
    }
    inb_writer_free(writer);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    ck_assert_int_eq(done_well, MOST - MOST / 100);
    ck_assert_int_eq(done_badly, MOST / 100);
    double seconds =
        (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) * 1e-9;
    printf("# %.0f rows of the log a second\n", MOST / seconds);
    inb_store *store = help_open();
    ck_assert_int_eq(help_verify(store, NULL).rows, MOST - MOST / 100);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(a_failed_store_fails_all) {
    help_setup();
    inb_writer *writer = new_writer();
    inb_store *other = help_open();
    INB_OK_IS(other->driver->script(other->connection, "alter table log rename to gone", err));
    inb_stored_signal signal = help_signal("o", "1");
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    INB_FAILS(inb_writer_wait(writer, &work, NULL, err), INB_IO, "the store failed");
    int well = done_well;
    int badly = done_badly;
    inb_work row = help_work(INB_WORK_LOG, NULL);
    for (int i = 0; i < 40; i++) { // groups of more than one: all of each fail
        INB_OK_IS(inb_writer_add(writer, &row, tally, NULL, err));
    }
    INB_FAILS(inb_writer_wait(writer, &work, NULL, err), INB_IO, "the store failed"); // the last
    ck_assert_int_eq(done_well, well);
    ck_assert_int_eq(done_badly, badly + 40);
    INB_OK_IS(other->driver->script(other->connection, "alter table gone rename to log", err));
    INB_OK_IS(inb_writer_wait(writer, &work, NULL, err));
    inb_writer_free(writer);
    inb_store_free(other);
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/writer", eight_threads, told_once_each, a_failed_store_fails_all)
