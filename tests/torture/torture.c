// SPDX-License-Identifier: EUPL-1.2
// Out-of-memory sweep over base, weigh, intake and store with real inputs: every allocation of
// every piece of work is refused in turn (from the nth on), and it must end with INB_NO_MEMORY and
// a message, or, where the input is wrong, with a complaint as ever (its place may be lost: the
// walk that finds the place of a JSON value needs memory too). Leaks and stray reads show under
// ASan.
//
//   torture ROOT SECONDS SEED
//
// A sweep that reaches its time says which SEED goes on where it stopped; it begins at work number
// SEED and goes round. Prints TAP, one case a kind of work.

#include <inbeeld/buffer.h>
#include <inbeeld/situations.h>
#include <inbeeld/weigh.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/json.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum kind { CATALOGUE, CSV, FACTS, BAD_FACTS, SIGNALS, KINDS };
enum { MOST_WORKS = 4096, MOST_BYTES = 1 << 20 };

static const char *const kind_names[KINDS] = {"the norm is loaded", "CSV is read",
    "facts are weighed and told", "wrong facts are refused",
    "signals are read, sealed, kept, joined and read again"};

struct work {
    enum kind kind;
    char *name; // path of a file
    char *text; // FACTS.json where it is about facts
};

static struct work works[MOST_WORKS];
static size_t work_count;
static inb_catalogue *norm;

static inb_status read_csv(const char *path, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open(path, &csv, err));
    for (bool more = true; more;) {
        INB_TRY(inb_csv_next(csv, &more, err));
    }
    return INB_OK;
}

static inb_status load_norm(inb_error *err) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    return inb_catalogue_load(NULL, &catalogue, err);
}

static inb_status weigh_and_tell(const struct work *work, inb_error *err) {
    static inb_facts facts; // large, and there is one thread
    static inb_finding finding;
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)MOST_BYTES);
    INB_TRY(inb_facts_parse(norm, work->name, work->text, strlen(work->text), &facts, err));
    inb_weigh(norm, &facts, &finding);
    inb_finding_json(norm, &finding, "nl", &text);
    INB_TRY(inb_buffer_check(&text, err));
    inb_buffer_clear(&text);
    inb_finding_text(norm, &facts, &finding, "nl", &text);
    inb_finding_text(norm, &facts, &finding, "en", &text);
    return inb_buffer_check(&text, err);
}

// ---- signals, through the whole of intake ----

static char store_folder[] = "/tmp/inb_torture_XXXXXX";
static char store_path[64];
static char store_where[80];
static char store_key[64];

static const char signals_text[] =
    "id,source.kind,source.organisation,seen,noted,place.municipality,place.detail,person.ref,"
    "person.age,roles,person.name,person.birth_date,person.sex,person.phone,observations,"
    "circumstances,party.agency,party.agency.kvk,party.address,party.vehicle,text,ground\n"
    "1,ngo,o,2026-11-03,2026-11-04,GM0599,Plein 1,a,15,possible_victim,A Voorbeeld,2011-03-01,f,"
    "0612345678,D1-01=yes;CR-11=no,CI-01,Flex BV,12345678,\"Dijk 3, 3011 AB Stad\",XX-12-YY,t,g\n"
    "2,ngo,o,2026-11-03,,,,a,,,B Voorbeeld,,,0612345678,D1-01=yes,,Flex BV,,,XX12YY,,\n";

static void forget_store(void) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char path[80];
        snprintf(path, sizeof path, "%s%s", store_path, ends[i]);
        (void)unlink(path);
    }
    inb_keyring_drop(store_key); // each store has a keyring of its own
}

static bool make_store(void) {
    bool made = mkdtemp(store_folder) != NULL;
    snprintf(store_path, sizeof store_path, "%s/s.db", store_folder);
    snprintf(store_where, sizeof store_where, "sqlite:%s", store_path);
    snprintf(store_key, sizeof store_key, "%s/key", store_folder);
    return made && inb_keyfile_new(store_key, NULL) == INB_OK;
}

static inb_status keep_and_read(inb_error *err) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    INB_CLEANUP(inb_road_freep) inb_road *road = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = NULL;
    INB_CLEANUP(inb_ticket_freep) inb_ticket *other = NULL;
    const inb_road_options options = {
        .store = store_where, .key = store_key, .catalogue = norm, .create = true};
    const inb_road_actor actor = {"torture", "o", "", 1795000000};
    const inb_signal *signal = NULL;
    INB_TRY(inb_signal_reader_open_memory("signals", signals_text, sizeof signals_text - 1, NULL,
        inb_catalogue_knows, norm, &reader, err));
    INB_TRY(inb_road_open(&options, &road, err));
    INB_TRY(inb_road_begin(road, err));
    for (;;) {
        INB_TRY(inb_signal_reader_next(reader, &signal, err));
        if (signal == NULL) {
            break;
        }
        INB_TRY(inb_road_keep_one(road, &actor, signal, NULL, err));
    }
    INB_TRY(inb_road_commit(road, err));
    inb_road_signal got;
    inb_situation_group group;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_road_ask_wait(road, &actor, INB_ROAD_READ, "1", &ticket, err));
    INB_TRY(inb_road_read(road, ticket, arena, 0, &got, err));
    INB_TRY(inb_road_ask_wait(road, &actor, INB_ROAD_SITUATIONS, NULL, &other, err));
    INB_TRY(inb_road_situation(road, other, arena, "1", &group, err));
    return group.count == 2 ? INB_OK : inb_fail(err, INB_INTERNAL, "the signals are not joined");
}

static inb_status run(const struct work *work, inb_error *err) {
    switch (work->kind) {
    case CATALOGUE:
        return load_norm(err);
    case CSV:
        return read_csv(work->name, err);
    case SIGNALS: {
        inb_status status = keep_and_read(err);
        forget_store();
        return status;
    }
    default:
        return weigh_and_tell(work, err);
    }
}

static double seconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

// Sweeps one work; returns how many allocations were refused, and says what is wrong.
static size_t sweep(const struct work *work, bool *ret_good) {
    inb_error plain = INB_ERROR_INIT;
    inb_alloc_fail_from(0);
    inb_status usual = run(work, &plain);
    size_t total = inb_alloc_count();
    if (usual != (work->kind == BAD_FACTS ? INB_BAD_INPUT : INB_OK)) {
        fprintf(stderr, "%s: status %d: %s\n", work->name, (int)usual, plain.message);
        *ret_good = false;
        return 0;
    }
    for (size_t nth = 1; nth <= total; nth++) {
        inb_error err = INB_ERROR_INIT;
        inb_alloc_fail_from(nth);
        inb_status status = run(work, &err);
        inb_alloc_fail_from(0);
        bool expected = status == INB_NO_MEMORY || (work->kind == BAD_FACTS && status == usual);
        if (!expected || err.message[0] == '\0') {
            fprintf(stderr, "%s: allocation %zu of %zu refused: status %d: %s\n", work->name, nth,
                total, (int)status, err.message);
            *ret_good = false;
        }
    }
    return total;
}

static void keep(enum kind kind, const char *name, char *text) {
    if (work_count == MOST_WORKS) {
        fprintf(stderr, "torture: more than %d works\n", MOST_WORKS);
        exit(3);
    }
    works[work_count++] = (struct work){kind, strdup(name), text};
}

// The member "facts" of a vignette as text.
static char *facts_of(const char *path) {
    json_error_t problem;
    json_t *vignette = json_load_file(path, 0, &problem);
    json_t *facts = json_object_get(vignette, "facts");
    char *text = facts == NULL ? NULL : json_dumps(facts, JSON_INDENT(2));
    json_decref(vignette);
    return text;
}

static char *file_text(const char *path) {
    char *text = NULL;
    size_t length;
    return inb_read_file(path, MOST_BYTES, &text, &length, NULL) == INB_OK ? text : NULL;
}

static void keep_folder(const char *root, const char *folder, const char *end, enum kind kind) {
    char path[2048];
    snprintf(path, sizeof path, "%s/%s", root, folder);
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort); // the same order on every machine
    for (int i = 0; i < count; i++) {
        char inner[4096];
        size_t length = strlen(entries[i]->d_name);
        snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        if (length > strlen(end) && strcmp(entries[i]->d_name + length - strlen(end), end) == 0) {
            char *text = kind == FACTS       ? facts_of(inner)
                         : kind == BAD_FACTS ? file_text(inner)
                                             : NULL;
            if (kind == CSV || text != NULL) {
                keep(kind, inner, text);
            }
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fputs("usage: torture ROOT SECONDS SEED\n", stderr);
        return 2;
    }
    double seconds = strtod(argv[2], NULL);
    inb_json_door();
    inb_error err = INB_ERROR_INIT;
    if (inb_catalogue_load(NULL, &norm, &err) != INB_OK) {
        printf("1..1\nnot ok 1 - the norm: %s\n", err.message);
        return 1;
    }
    keep(CATALOGUE, "catalogue", NULL);
    if (!make_store()) {
        printf("1..1\nnot ok 1 - no folder for a store\n");
        return 1;
    }
    keep(SIGNALS, "signals", NULL);
    keep_folder(argv[1], "catalogue", ".csv", CSV);
    keep_folder(argv[1], "data/lists", ".csv", CSV);
    keep_folder(argv[1], "tests/data/vignettes", ".json", FACTS);
    keep_folder(argv[1], "tests/data/facts_bad", ".json", BAD_FACTS);

    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    size_t refused[KINDS] = {0};
    size_t done[KINDS] = {0};
    size_t all[KINDS] = {0};
    bool good[KINDS] = {true, true, true, true, true};
    for (size_t i = 0; i < work_count; i++) {
        all[works[i].kind]++;
    }
    size_t first = (size_t)strtoull(argv[3], NULL, 10) % work_count;
    size_t count = 0;
    for (; count < work_count && seconds_since(&start) < seconds; count++) {
        const struct work *work = &works[(first + count) % work_count];
        refused[work->kind] += sweep(work, &good[work->kind]);
        done[work->kind]++;
    }
    printf("1..%d\n", KINDS);
    int failed = 0;
    for (int kind = 0; kind < KINDS; kind++) {
        failed += !good[kind];
        printf("%s %d - %s: %zu allocations refused in %zu of %zu works%s\n",
            good[kind] ? "ok" : "not ok", kind + 1, kind_names[kind], refused[kind], done[kind],
            all[kind], done[kind] == 0 ? " # SKIP not in this run's time" : "");
    }
    if (count < work_count) {
        printf("# the time was over; SEED %zu goes on here\n", (first + count) % work_count);
    }
    inb_catalogue_free(norm);
    (void)unlink(store_key);
    (void)rmdir(store_folder);
    for (size_t i = 0; i < work_count; i++) {
        free(works[i].name);
        inb_free(works[i].text);
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
