// SPDX-License-Identifier: EUPL-1.2
// A folder with a store, a key and files of signals, for commands that work on a store. Everything
// is made up; what may stand in no file of the store holds the word "Canary".
#ifndef INB_IMPORT_HELP_H
#define INB_IMPORT_HELP_H

#include "inb_command.h"
#include "inb_file.h"

#include <inbeeld/road.h>

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static char place[64];
static char where[96];   // --store
static char keyfile[96]; // --key

static inline void place_setup(void) {
    memcpy(place, "/tmp/inb_import_XXXXXX", sizeof "/tmp/inb_import_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    snprintf(where, sizeof where, "sqlite:%s/s.db", place);
    snprintf(keyfile, sizeof keyfile, "%s/keys/team.key", place);
}

static inline void place_teardown(void) {
    char words[128];
    ck_assert_int_eq(strncmp(place, "/tmp/inb_import_", 16), 0);
    snprintf(words, sizeof words, "rm -rf -- %s", place);
    ck_assert_int_eq(system(words), 0);
}

// The path of a file in the folder; sixteen of them at a time.
static inline const char *in_place(const char *name) {
    static char paths[16][384];
    static size_t turn;
    char *path = paths[turn++ % 16];
    snprintf(path, sizeof paths[0], "%s/%s", place, name);
    return path;
}

static inline const char *put_file(const char *name, const char *content) {
    const char *path = in_place(name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(content, 1, strlen(content), file), strlen(content));
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

static inline bool stands(const char *name) {
    return access(in_place(name), F_OK) == 0;
}

#define IMPORT_HEADER                                                                              \
    "id,source.kind,source.organisation,seen,noted,place.municipality,place.detail,person.ref,"    \
    "person.age,roles,person.name,person.sex,person.nationality,person.phone,observations,"        \
    "circumstances,party.agency,party.agency.kvk,party.address,text,ground\n"
// A row with every secret.
#define IMPORT_ROW(id)                                                                             \
    id ",school,school-a,2026-11-03,2026-11-04,GM0599,Canaryplein 3,a,15,possible_victim,"         \
       "Canary Name,meisje,Canaryland,06-12345678,D1-01=yes;CR-11=yes,CI-01,Canaryflex "           \
       "BV,12345678,\"Canarystraat 12, 1017 GA Amsterdam\",Canarytext,Canaryground\n"
#define IMPORT_WRONG(id)                                                                           \
    id ",school,school-a,2026-11-03,,GM0599,,a,15,possible_victim,Canary "                         \
       "Wrong,,,,D1-01=maybe,,,,,,\n"

static inline inb_road *open_place(inb_catalogue **ret_catalogue) {
    inb_road *road = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, ret_catalogue, err));
    const inb_road_options options = {.store = where, .key = keyfile, .catalogue = *ret_catalogue};
    INB_OK_IS(inb_road_open(&options, &road, err));
    return road;
}

// How many signals stand in the store of school-a; -1 = there is no store.
static inline int kept_signals(void) {
    if (!stands("s.db")) {
        return -1;
    }
    inb_catalogue *catalogue = NULL;
    inb_road *road = open_place(&catalogue);
    inb_arena *arena = NULL;
    inb_ticket *ticket = NULL;
    const inb_road_signal *list = NULL;
    size_t count = 0;
    const inb_road_actor actor = {"test", "school-a", "", 1795000000};
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_LIST, NULL, &ticket, err));
    INB_OK_IS(inb_road_list(road, ticket, arena, 0, 1000000, &list, &count, err));
    inb_ticket_free(ticket);
    inb_arena_free(arena);
    inb_road_free(road);
    inb_catalogue_free(catalogue);
    return (int)count;
}

// No secret stands in any file of the folder whose name begins with `prefix`; returns their number.
static inline int no_secret_in(const char *prefix) {
    static const char *const secrets[] = {"Canary", "canary", "CANARY", "12345678", "1017 GA",
        "1017GA", "1017ga", "meisje", "2026-11-03", "2026-11-04"};
    DIR *dir = opendir(place);
    int files = 0;
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0) {
            continue;
        }
        size_t length;
        char *content = inb_file_content(in_place(entry->d_name), &length);
        ck_assert_ptr_nonnull(content);
        for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
            ck_assert_msg(memmem(content, length, secrets[i], strlen(secrets[i])) == NULL,
                "secret %zu stands in %s", i, entry->d_name);
        }
        free(content);
        files++;
    }
    closedir(dir);
    return files;
}

#endif
