// SPDX-License-Identifier: EUPL-1.2
// Out-of-memory sweep over base and weigh with real inputs: every allocation of every piece of work
// is refused in turn (from the nth on), and it must end with INB_NO_MEMORY and a message, or, where
// the input is wrong, with a complaint as ever (its place may be lost: the walk that finds the
// place of a JSON value needs memory too). Leaks and stray reads show under ASan.
//
//   torture ROOT SECONDS SEED
//
// A sweep that reaches its time says which SEED goes on where it stopped; it begins at work number
// SEED and goes round. Prints TAP, one case a kind of work.

#include <inbeeld/buffer.h>
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

enum kind { CATALOGUE, CSV, FACTS, BAD_FACTS, KINDS };
enum { MOST_WORKS = 4096, MOST_BYTES = 1 << 20 };

static const char *const kind_names[KINDS] = {
    "the norm is loaded", "CSV is read", "facts are weighed and told", "wrong facts are refused"};

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

static inb_status run(const struct work *work, inb_error *err) {
    switch (work->kind) {
    case CATALOGUE:
        return load_norm(err);
    case CSV:
        return read_csv(work->name, err);
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
    keep_folder(argv[1], "catalogue", ".csv", CSV);
    keep_folder(argv[1], "data/lists", ".csv", CSV);
    keep_folder(argv[1], "tests/data/vignettes", ".json", FACTS);
    keep_folder(argv[1], "tests/data/facts_bad", ".json", BAD_FACTS);

    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    size_t refused[KINDS] = {0};
    size_t done[KINDS] = {0};
    size_t all[KINDS] = {0};
    bool good[KINDS] = {true, true, true, true};
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
    for (size_t i = 0; i < work_count; i++) {
        free(works[i].name);
        inb_free(works[i].text);
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
