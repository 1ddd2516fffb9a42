// SPDX-License-Identifier: EUPL-1.2
// A fresh store for each case, a signal with a bit of everything, and a hash for the log.
#ifndef INB_STORE_HELP_H
#define INB_STORE_HELP_H

#include "inb_test.h"

#include <inbeeld/store.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char help_path[64];
static char help_where[80];

static inline void help_hash(
    const void *data, size_t length, unsigned char ret_hash[INB_STORE_HASH_BYTES]) {
    (void)crypto_generichash(ret_hash, INB_STORE_HASH_BYTES, data, length, NULL, 0);
}

static const inb_store_options help_options = {.create = true, .hash = help_hash};

static inline void help_setup(void) {
    char folder[] = "/tmp/inb_store_XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(help_path, sizeof help_path, "%s/s.db", folder);
    snprintf(help_where, sizeof help_where, "sqlite:%s", help_path);
}

static inline void help_teardown(void) {
    char path[80];
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", help_path, ends[i]);
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s", help_path);
    *strrchr(path, '/') = '\0';
    (void)rmdir(path);
}

static inline inb_store *help_open(void) {
    inb_store *store = NULL;
    INB_OK_IS(inb_store_open(help_where, &help_options, &store, err));
    return store;
}

static const inb_observation help_observations[] = {
    {"D1-01", INB_ANSWER_YES}, {"CR-03", INB_ANSWER_UNKNOWN}};
static const char *const help_circumstances[] = {"CI-01", "CI-23"};
static const inb_stored_person help_persons[] = {
    {"a", INB_AGE_CHILD, 1 << INB_ROLE_POSSIBLE_VICTIM | 1 << INB_ROLE_SUSPECT, "m",
        help_observations, 2, help_circumstances, 2},
    {.ref = "b", .age_class = INB_AGE_ADULT, .roles = 1 << INB_ROLE_PARENT}};
static const inb_stored_part help_parts[] = {{"person.a.name", (const unsigned char *)"\1\0\2", 3},
    {"text", (const unsigned char *)"xy", 2}};
static const inb_stored_token help_tokens[] = {
    {"phone", "person.a", "0123456789abcde"}, {"kvk", "party.1", "fedcba987654321"}};

static inline inb_stored_signal help_signal(const char *organisation, const char *id) {
    return (inb_stored_signal){.organisation = organisation,
        .id = id,
        .source_kind = INB_REPORTER_SCHOOL,
        .kept_at = 1795000000,
        .seen = {2026, 11, 0},
        .municipality = "GM0599",
        .situation = {.denies = true,
            .profits = 1 << INB_PROFIT_PARENT,
            .consent = INB_CONSENT_REFUSED},
        .catalogue = "2026.11.1",
        .persons = help_persons,
        .person_count = 2,
        .parts = help_parts,
        .part_count = 2,
        .tokens = help_tokens,
        .token_count = 2,
        .ends = {2028, 10, 0}};
}

static inline inb_work help_work(inb_work_kind kind, const inb_stored_signal *signal) {
    return (inb_work){.kind = kind,
        .signal = signal,
        .log = {1795000000, "user.1", "keep", "signal", "done", "protection"}};
}

static inline void help_write(inb_store *store, inb_work_kind kind, inb_stored_signal signal) {
    inb_work work = help_work(kind, &signal);
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
}

static inline inb_log_verdict help_verify(inb_store *store, const inb_log_anchor *anchor) {
    inb_log_verdict verdict = {0};
    INB_OK_IS(inb_log_verify(store, NULL, anchor, &verdict, err));
    return verdict;
}

#endif
