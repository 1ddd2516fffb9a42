// SPDX-License-Identifier: EUPL-1.2
// The clock moved: what has ended is found nowhere, not in store, log, WAL, shared memory or
// keyring, and a copy of the store made before no longer opens; what stays, stays. A full disk and
// refused memory leave all or nothing, and the next purge completes.

#include "term_help.h"

#include "inb_file.h"
#include "inb_sweep.h"
#include "road_i.h"

#include <signal.h>
#include <sys/resource.h>

enum { AFTER = 730 }; // days: November 2028; ends of November 2026 are over

static void nowhere(const char *word) {
    char path[400];
    char folder[128];
    snprintf(folder, sizeof folder, "%s.rings", road_key);
    const char *const folders[] = {road_folder, folder};
    for (size_t f = 0; f < 2; f++) {
        DIR *all = opendir(folders[f]);
        ck_assert_ptr_nonnull(all);
        for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
            size_t length = 0;
            snprintf(path, sizeof path, "%s/%s", folders[f], entry->d_name);
            char *content = entry->d_name[0] == '.' ? NULL : inb_file_content(path, &length);
            ck_assert_msg(content == NULL || memmem(content, length, word, strlen(word)) == NULL,
                "a secret stands in %s", entry->d_name);
            free(content);
        }
        (void)closedir(all);
    }
}

static void nothing_of_it_anywhere(void) {
    for (size_t i = 0; i < sizeof road_secrets / sizeof road_secrets[0]; i++) {
        nowhere(road_secrets[i]);
    }
}

INB_TEST(gone_everywhere) {
    road_setup();
    inb_road *road = term_open();
    inb_arena *arena = NULL;
    inb_road_signal got;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    term_keep(road, "1");
    term_keep(road, "2");
    inb_signal stays = road_signal("3");
    inb_road_actor later = term_actor(60);
    TERM_DONE(inb_road_keep(road, &later, &stays, NULL, term_told, &o, err), INB_OK);
    inb_stored_parting parting = {1, 3};
    const inb_work part = {.kind = INB_WORK_PART,
        .log = {ROAD_NOW, "u", "part", "", "done", ""},
        .partings = &parting,
        .parting_count = 1};
    INB_OK_IS(inb_store_write(road->store, &part, NULL, err));
    term_backup("backup.db");
    const inb_stored_signal *before = NULL;
    INB_OK_IS(inb_store_read(road->store, arena, "school-a", "1", 0, &before, err));
    inb_log_anchor anchor = {0};
    INB_OK_IS(inb_log_head(road->store, NULL, &anchor, err));
    // Not yet: in the month itself nothing goes; a dry run only tells.
    ck_assert_int_eq(term_purge(road, 713).signals, 0); // 31 October 2028
    inb_purge_report report;
    inb_road_actor now = term_actor(AFTER);
    const inb_purge_options dry = {.dry_run = true};
    INB_OK_IS(inb_road_purge(road, &now, &dry, &report, err));
    ck_assert(report.signals == 2 && report.keys == 1 && report.month_count == 1);
    INB_OK_IS(term_read(road, arena, "1", &got, err));
    report = term_purge(road, AFTER);
    ck_assert(report.signals == 2 && report.keys == 1 && report.month_count == 1);
    ck_assert(report.months[0].month.year == 2028 && report.months[0].month.month == 10);
    ck_assert(report.scrubbed && report.months[0].signals == 2 && report.settled == 0);
    // Sealed bytes of it and its wrapped key too (its tokens: those of the third signal are equal).
    for (size_t i = 0; i < before->part_count; i++) {
        size_t length = 0;
        char *content = inb_file_content(road_store, &length);
        ck_assert_ptr_null(
            memmem(content, length, before->parts[i].bytes, before->parts[i].length));
        ck_assert_ptr_null(memmem(content, length, before->wrapped, INB_STORE_WRAPPED_BYTES));
        free(content);
    }
    nothing_of_it_anywhere();
    INB_FAILS(term_read(road, arena, "1", &got, err), INB_NOT_FOUND, "no such signal");
    INB_OK_IS(term_read(road, arena, "3", &got, err));
    ck_assert_str_eq(got.signal->text, "Canarytext of what was seen");
    ck_assert_int_eq(term_number(road_store, "select count(*) from parting"), 0);
    ck_assert_int_eq(term_number(road_store, "select count(*) from token where number < 3"), 0);
    ck_assert_int_eq(term_number(road_store,
                         "select count(*) from log where action = 'purge' and object = '2028-10' "
                         "and purpose = '2 signals'"),
        1);
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, &anchor, &verdict, err));
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    ck_assert_int_eq(term_purge(road, AFTER).signals, 0); // again: nothing
    inb_road_free(road);

    // The copy of before, put back: its signals do not open, which is said as what it is, and the
    // next purge takes their rows.
    term_restore("backup.db");
    road = term_open();
    INB_FAILS(term_read(road, arena, "1", &got, err), INB_ERASED, "was erased");
    inb_signal first = road_signal("1");
    INB_FAILS(
        inb_road_correct(road, &road_actor, &first, 0, NULL, NULL, err), INB_ERASED, "was erased");
    inb_keyring_fit fit;
    INB_OK_IS(inb_keyring_compare(road->store, road->ring, &fit, err));
    ck_assert(fit.erased == 2 && fit.lacking == 0);
    report = term_purge(road, 60); // long before their month: rows of a key that is gone
    ck_assert(report.signals == 2 && report.remains == 2);
    INB_OK_IS(term_read(road, arena, "3", &got, err));
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST(early_only_when_told) {
    road_setup();
    inb_road *road = term_open();
    term_keep(road, "1");
    inb_purge_report report;
    inb_purge_options options = {.until = {2028, 10, 0}};
    INB_FAILS(inb_road_purge(road, &road_actor, &options, &report, err), INB_USAGE, "not over");
    options.until = (inb_date){2028, 10, 3};
    INB_FAILS(inb_road_purge(road, &road_actor, &options, &report, err), INB_USAGE, "in a month");
    options.until = (inb_date){2028, 10, 0};
    options.early = true;
    INB_OK_IS(inb_road_purge(road, &road_actor, &options, &report, err));
    ck_assert_int_eq(report.signals, 1);
    ck_assert_int_eq(
        term_number(road_store, "select count(*) from log where action = 'purge_early'"), 1);
    // The same month again, under a key of its own.
    term_keep(road, "2");
    inb_arena *arena = NULL;
    inb_road_signal got;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(term_read(road, arena, "2", &got, err));
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// With the desk's writer, which others keep using.
INB_TEST(beside_a_writer) {
    road_setup();
    inb_road_options options = road_options();
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    inb_signal signal = road_signal("1");
    const inb_road_actor now = term_actor(AFTER);
    INB_OK_IS(inb_road_keep(road, &road_actor, &signal, NULL, NULL, NULL, err));
    inb_ticket *ticket = NULL;
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_LIST, NULL, &ticket, err));
    inb_ticket_free(ticket); // durable by now
    const inb_purge_options all = {.early = false};
    inb_purge_report report;
    INB_OK_IS(inb_road_purge(road, &now, &all, &report, err));
    ck_assert(report.signals == 1 && report.scrubbed);
    INB_OK_IS(inb_road_keep(road, &now, &signal, NULL, NULL, NULL, err)); // the statements go on
    inb_road_free(road);
    ck_assert_int_eq(term_number(road_store, "select count(*) from record"), 1);
    road_teardown();
}
INB_END

// A disk without room at any point: all or nothing of a month, the keys stand as long as something
// failed, and with room the next purge completes.
INB_TEST(full_disk) {
    road_setup();
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    inb_road *road = term_open();
    char id[16];
    for (int i = 0; i < 30; i++) {
        snprintf(id, sizeof id, "%d", i);
        term_keep(road, id);
    }
    inb_road_actor now = term_actor(AFTER);
    const inb_purge_options all = {.early = false};
    int failed = 0;
    for (rlim_t room = 0;; room += 16384) {
        inb_purge_report report = {.signals = -1};
        inb_error error = INB_ERROR_INIT;
        struct rlimit limit = {room, before.rlim_max};
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        inb_status status = inb_road_purge(road, &now, &all, &report, &error);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
        int64_t left = term_number(road_store, "select count(*) from record");
        ck_assert(left == 0 || left == 30);
        ck_assert_int_eq(
            term_number(road_store, "select count(*) from log where action = 'purge'"), left == 0);
        if (status == INB_OK) {
            break;
        }
        ck_assert_msg(status == INB_IO, "it failed with %d: %s", (int)status, error.message);
        failed++;
    }
    ck_assert_int_gt(failed, 2);
    ck_assert_int_eq(term_number(road_store, "select count(*) from unscrubbed"), 0);
    inb_bucket list[4];
    size_t count = 0;
    INB_OK_IS(inb_keyring_list(road->ring, list, 4, &count, err));
    ck_assert(count == 1 && list[0].state == INB_BUCKET_ERASED);
    nothing_of_it_anywhere();
    inb_road_free(road);
    road_teardown();
}
INB_END

static inb_road *sweep_road;

static inb_status once(inb_error *err) {
    static inb_purge_report report;
    const inb_purge_options all = {.early = false};
    inb_road_actor now = term_actor(AFTER);
    return inb_road_purge(sweep_road, &now, &all, &report, err);
}

INB_TEST(out_of_memory) {
    road_setup();
    sweep_road = term_open();
    for (int turn = 0; turn < 3; turn++) { // work for the sweep to do at some of its turns
        char id[16];
        snprintf(id, sizeof id, "%d", turn);
        term_keep(sweep_road, id);
        INB_SWEEP(once(err));
        ck_assert_int_eq(term_number(road_store, "select count(*) from record"), 0);
    }
    inb_road_free(sweep_road);
    road_teardown();
}
INB_END

INB_TEST_MAIN(
    "road/purge", gone_everywhere, early_only_when_told, beside_a_writer, full_disk, out_of_memory)
