// SPDX-License-Identifier: EUPL-1.2
// A fresh store and key for each case, and a signal whose every secret is a word that can be sought
// for in files. All of it is made up.
#ifndef INB_ROAD_HELP_H
#define INB_ROAD_HELP_H

#include "inb_test.h"

#include <inbeeld/road.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char road_folder[64];
static char road_store[96]; // path
static char road_where[112];
static char road_key[96];
static inb_catalogue *road_norm;

static inline void road_setup(void) {
    memcpy(road_folder, "/tmp/inb_road_XXXXXX", sizeof "/tmp/inb_road_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(road_folder));
    snprintf(road_store, sizeof road_store, "%s/s.db", road_folder);
    snprintf(road_where, sizeof road_where, "sqlite:%s", road_store);
    snprintf(road_key, sizeof road_key, "%s/key", road_folder);
    INB_OK_IS(inb_keyfile_new(road_key, err));
    INB_OK_IS(inb_catalogue_load(NULL, &road_norm, err));
}

// The keyrings of a key file, as many as there are.
static inline void road_forget_rings(const char *key) {
    char folder[128];
    char path[400];
    snprintf(folder, sizeof folder, "%s.rings", key);
    DIR *rings = opendir(folder);
    for (struct dirent *entry; rings != NULL && (entry = readdir(rings)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)unlink(path);
    }
    if (rings != NULL) {
        (void)closedir(rings);
        (void)rmdir(folder);
    }
}

static inline void road_teardown(void) {
    road_forget_rings(road_key);
    static const char *const names[] = {"s.db", "s.db-wal", "s.db-shm", "key", "other"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", road_folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(road_folder);
    inb_catalogue_free(road_norm);
}

static inline inb_road_options road_options(void) {
    return (inb_road_options){.store = road_where,
        .key = road_key,
        .catalogue = road_norm,
        .create = true,
        .writer = true};
}

enum { ROAD_NOW = 1795000000 }; // 2026-11-18

static const inb_road_actor road_actor = {"user.1", "school-a", "protection", ROAD_NOW};

static const inb_observation road_observed[] = {
    {"D1-01", INB_ANSWER_YES}, {"CR-11", INB_ANSWER_YES}, {"CR-03", INB_ANSWER_UNKNOWN}};
static const char *const road_circumstances[] = {"CI-01"};
static const inb_person road_persons[] = {{.ref = "a",
                                              .age = {INB_AGE_CHILD, 15},
                                              .roles = 1 << INB_ROLE_POSSIBLE_VICTIM,
                                              .name = "Zwaluwtje Canaryname",
                                              .given_name = "Zwaluwtje",
                                              .prefix = "van der Canaryprefix",
                                              .surname = "Canaryname",
                                              .birth_date = "2011-03-01",
                                              .sex = "meisje",
                                              .nationality = "Canaryland",
                                              .phone = "06-12345678",
                                              .observations = road_observed,
                                              .observation_count = 3,
                                              .circumstances = road_circumstances,
                                              .circumstance_count = 1},
    {.ref = "b",
        .age = {INB_AGE_ADULT, INB_YEARS_UNKNOWN},
        .roles = 1 << INB_ROLE_PARENT,
        .sex = "m"}};
static const inb_party road_parties[] = {{INB_PARTY_AGENCY, "Canaryflex B.V.", "12345678"},
    {INB_PARTY_EMPLOYER, NULL, "87654321"},
    {INB_PARTY_ADDRESS, "Canarystraat 12, 1017 GA Amsterdam", NULL},
    {INB_PARTY_VEHICLE, "XX-123-Y", NULL}, {INB_PARTY_HANDLE, "@canary_handle", NULL}};

// The words that may stand in no file; each is a part of a value of road_signal.
static const char *const road_secrets[] = {"Zwaluwtje", "Canary", "canary", "CANARY", "2011-03-01",
    "meisje", "12345678", "87654321", "1017 GA", "1017GA", "1017ga", "XX-123-Y", "XX123Y", "xx123y",
    "2026-11-03", "2026-11-04"};

static inline inb_signal road_signal(const char *id) {
    return (inb_signal){.id = id,
        .source_kind = INB_REPORTER_SCHOOL,
        .organisation = "school-a",
        .seen = {2026, 11, 3},
        .noted = {2026, 11, 4},
        .municipality = "GM0599",
        .place_detail = "behind Canaryplein",
        .persons = road_persons,
        .person_count = 2,
        .parties = road_parties,
        .party_count = sizeof road_parties / sizeof road_parties[0],
        .situation = {.denies = true, .profits = 1 << INB_PROFIT_OTHER},
        .text = "Canarytext of what was seen",
        .ground = "Canaryground"};
}

#endif
