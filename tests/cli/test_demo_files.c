// SPDX-License-Identifier: EUPL-1.2
// What a demo writes, read by the stations that it is for: the store holds every signal sealed and
// opens with the key, no name or phone stands readable in it, station 1 reads signals.json, and the
// truth adds up with the histories.

#include "cli/demo_files.h"

#include "demo_help.h"

#include <inbeeld/count.h>
#include <inbeeld/keyring.h>
#include <inbeeld/keys.h>
#include <inbeeld/road.h>

#include "base/alloc.h"

enum { PEOPLE = 1500 };
static const inb_world_options region = {.people = PEOPLE,
    .seed = 5,
    .referral = 1,
    .reach = 0.3,
    .split = 0.05,
    .faults = INB_WORLD_FAULTS_INIT,
    .from = {2025, 1, 1},
    .days = 365};
static const int64_t now = 1793000000; // October 2026

static inb_status write_demo(const char *name, inb_demo_sums *ret_sums, inb_error *err) {
    INB_CLEANUP(inb_world_freep) inb_world *world = NULL;
    INB_CLEANUP(inb_folder_clear) inb_folder folder = INB_FOLDER_INIT;
    INB_TRY(inb_world_new(&region, &world, err));
    INB_TRY(inb_folder_begin(&folder, help_path(name), err));
    char key[600];
    snprintf(key, sizeof key, "%s.key", help_path(name));
    INB_TRY(inb_keyfile_new(key, err));
    INB_TRY(inb_demo_write(world, &region, &folder, key, now, NULL, ret_sums, err));
    return inb_folder_commit(&folder, err);
}

static inb_status count_stored(const inb_stored_signal *signal, void *payload, inb_error *err) {
    size_t *counts = payload;
    (void)err;
    counts[0]++;
    counts[1] += signal->token_count;
    return INB_OK;
}

static void hash(const void *data, size_t length, unsigned char ret_hash[INB_STORE_HASH_BYTES]) {
    inb_hash(data, length, ret_hash);
}

INB_TEST(every_file_serves_its_station) {
    help_setup_place();
    inb_demo_sums sums;
    INB_OK_IS(write_demo("d", &sums, err));
    ck_assert_uint_eq(sums.people, PEOPLE);
    // the store
    char where[600];
    snprintf(where, sizeof where, "sqlite:%s", help_path("d/inbeeld.db"));
    inb_store_options options = {.hash = hash};
    inb_store *store = NULL;
    INB_OK_IS(inb_store_open(where, &options, &store, err));
    size_t counts[2] = {0};
    INB_OK_IS(inb_store_each(store, count_stored, counts, err));
    ck_assert_uint_eq(counts[0], sums.signals);
    ck_assert_uint_gt(counts[1], sums.signals / 4);
    inb_log_verdict verdict;
    INB_OK_IS(inb_log_verify(store, NULL, NULL, &verdict, err));
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    inb_store_free(store);
    struct stat found;
    ck_assert_int_eq(stat(help_path("d.key"), &found), 0);
    ck_assert_uint_eq(found.st_mode & 0777, 0600);
    // station 1
    inb_catalogue *norm = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, &norm, err));
    inb_signal_count read;
    INB_OK_IS(
        inb_signal_scan(help_path("d/signals.json"), NULL, inb_catalogue_knows, norm, &read, err));
    ck_assert_uint_eq(read.signals, sums.signals);
    ck_assert_uint_eq(read.bad, 0);
    ck_assert(read.whole && read.refusal.status == INB_OK);
    inb_catalogue_free(norm);
    // station 4
    static const char *const groups[] = {"form", "age_class", "sex"};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read(help_path("d/histories.csv"), groups, 3, &histories, err));
    inb_estimate_options how = INB_ESTIMATE_OPTIONS_INIT;
    how.method = INB_COUNT_INDEPENDENCE;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &how, &estimate, err));
    ck_assert_int_eq(estimate->total.observed, (int64_t)(sums.people - sums.unseen));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    help_remove_place();
}
INB_END

// Every column `column` (from 0) of a list, looked for in the bytes of the store.
static void demand_absent(const char *list, size_t column, const char *store, size_t size) {
    size_t length;
    char *text = help_content(list, &length);
    size_t looked = 0;
    for (char *line = strchr(text, '\n') + 1; *line != '\0' && looked < 150;) {
        char *end = strchr(line, '\n');
        *end = '\0';
        char *field = line;
        for (size_t i = 0; i < column && field != NULL; i++) {
            field = strchr(field, ',');
            field = field == NULL ? NULL : field + 1;
        }
        size_t width = field == NULL ? 0 : strcspn(field, ",");
        if (width >= 6) { // shorter ones can stand anywhere by chance
            looked++;
            ck_assert_msg(memmem(store, size, field, width) == NULL, "readable in the store");
        }
        line = end + 1;
    }
    ck_assert_uint_gt(looked, 10);
    free(text);
}

INB_TEST(nothing_readable_in_the_store) {
    help_setup_place();
    inb_demo_sums sums;
    INB_OK_IS(write_demo("d", &sums, err));
    size_t size;
    char *store = help_content("d/inbeeld.db", &size);
    for (size_t column = 1; column <= 9; column++) {
        if (column == 1 || column == 3 || column == 4 || column == 6 || column == 9) {
            demand_absent("d/lists/police.csv", column, store, size);
        }
    }
    ck_assert_ptr_nonnull(memmem(store, size, "care_coordinators", 17)); // what is open is found
    free(store);
    help_remove_place();
}
INB_END

INB_TEST(the_same_bytes_again) {
    static const char *const files[] = {"lists/police.csv", "lists/border_police.csv",
        "lists/labour_inspectorate.csv", "lists/care_coordinators.csv", "lists/helpline.csv",
        "lists/local_team.csv", "signals.json", "histories.csv", "truth.csv", "true_clusters.csv",
        "true_signals.csv", "README.txt"};
    help_setup_place();
    inb_demo_sums sums;
    INB_OK_IS(write_demo("a", &sums, err));
    INB_OK_IS(write_demo("b", &sums, err));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char a[128], b[128];
        snprintf(a, sizeof a, "a/%s", files[i]);
        snprintf(b, sizeof b, "b/%s", files[i]);
        size_t length[2];
        char *text[2] = {help_content(a, &length[0]), help_content(b, &length[1])};
        ck_assert_msg(length[0] == length[1] && memcmp(text[0], text[1], length[0]) == 0,
            "another %s", files[i]);
        free(text[0]);
        free(text[1]);
    }
    help_remove_place();
}
INB_END

INB_TEST(a_clock_before_the_signals_fails_whole) {
    help_setup_place();
    inb_world *world = NULL;
    INB_OK_IS(inb_world_new(&region, &world, err));
    inb_folder folder = INB_FOLDER_INIT;
    INB_OK_IS(inb_folder_begin(&folder, help_path("d"), err));
    INB_OK_IS(inb_keyfile_new(help_path("k"), err));
    inb_demo_sums sums = {.people = 7};
    INB_FAILS(inb_demo_write(world, &region, &folder, help_path("k"), 0, NULL, &sums, err),
        INB_BAD_INPUT, "in the future");
    ck_assert_uint_eq(sums.people, 7);
    inb_folder_clear(&folder);
    ck_assert_int_eq(unlink(help_path("k")), 0);
    inb_keyring_drop(help_path("k"));
    ck_assert_int_eq(rmdir(help_place), 0); // nothing else in it
    inb_world_free(world);
}
INB_END

// Memory that runs out, now here, now there: nothing is left, and no other status is given.
INB_TEST(memory_refused) {
    help_setup_place();
    inb_world_options few = region;
    few.people = 40;
    size_t failed = 0;
    for (size_t nth = 1;; nth += 1 + nth / 6) {
        inb_error error = INB_ERROR_INIT;
        inb_alloc_fail_from(0);
        inb_world *world = NULL;
        INB_OK_IS(inb_world_new(&few, &world, err));
        inb_folder folder = INB_FOLDER_INIT;
        INB_OK_IS(inb_keyfile_new(help_path("k"), err));
        INB_OK_IS(inb_folder_begin(&folder, help_path("d"), err));
        inb_alloc_fail_from(nth);
        inb_demo_sums sums;
        inb_status status =
            inb_demo_write(world, &few, &folder, help_path("k"), now, NULL, &sums, &error);
        inb_alloc_fail_from(0);
        inb_folder_clear(&folder);
        inb_world_free(world);
        ck_assert_int_eq(unlink(help_path("k")), 0);
        inb_keyring_drop(help_path("k"));
        if (status == INB_OK) {
            break;
        }
        ck_assert_msg(status == INB_NO_MEMORY, "allocation %zu: %s", nth, error.message);
        failed++;
    }
    ck_assert_uint_gt(failed, 20);
    ck_assert_int_eq(rmdir(help_place), 0); // nothing is left
}
INB_END

INB_TEST_MAIN("cli/demo_files", every_file_serves_its_station, nothing_readable_in_the_store,
    the_same_bytes_again, a_clock_before_the_signals_fails_whole, memory_refused)
