// SPDX-License-Identifier: EUPL-1.2
// Speed, size and accuracy of station 3 on made-up people whose truth is known, made with a fixed
// seed: CPU seconds of one thread from the text of the files to the clusters, the largest memory,
// and F1 over pairs. "write DIR" writes the files instead, for other programs, and "list FILE
// RECORDS [SEED]" one large list (peers/scale.py); a number as the only word links one of that
// many.

#include "base/alloc.h"

#include "inb_made_people.h"
#include "linked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum kind { TWO, WEAK, HEAVY, LARGE };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void demand(inb_status status, const inb_error *err) {
    if (status != INB_OK) {
        fprintf(stderr, "bench_link: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

static size_t make(enum kind kind, uint64_t seed, uint32_t records, inb_buffer files[2]) {
    if (kind == TWO) {
        inb_made_two(seed, records, &files[0], &files[1]);
        return 2;
    }
    (kind == WEAK       ? inb_made_weak
        : kind == HEAVY ? inb_made_heavy
                        : inb_made_large)(seed, records, &files[0]);
    return 1;
}

// The person of each record: the second column.
static uint32_t *truth_of(const inb_buffer *files, size_t count, size_t records) {
    uint32_t *entity = inb_alloc(records, sizeof *entity);
    size_t r = 0;
    for (size_t f = 0; f < count; f++) {
        const char *at = strchr(files[f].data, '\n');
        for (; at[1] != '\0' && r < records; r++) {
            entity[r] = (uint32_t)strtoul(strchr(at, ',') + 1, NULL, 10);
            at = strchr(at + 1, '\n');
        }
    }
    return entity;
}

static int by_both(const void *a, const void *b) {
    const uint64_t *x = a;
    const uint64_t *y = b;
    return *x < *y ? -1 : *x > *y ? 1 : 0;
}

static double pairs_of(uint64_t *keys, size_t count) {
    qsort(keys, count, sizeof *keys, by_both);
    double pairs = 0;
    for (size_t i = 0; i < count;) {
        size_t same = i;
        while (same < count && keys[same] == keys[i]) {
            same++;
        }
        double size = (double)(same - i);
        pairs += size * (size - 1) / 2;
        i = same;
    }
    return pairs;
}

static void accuracy(const inb_linked *linked, const uint32_t *entity, char *out, size_t size) {
    size_t count = linked->people->count;
    uint64_t *keys = inb_alloc(count, sizeof *keys);
    double value[3];
    for (size_t what = 0; what < 3; what++) {
        for (size_t r = 0; r < count; r++) {
            keys[r] =
                (what != 1 ? (uint64_t)linked->person[r] << 32 : 0) | (what != 0 ? entity[r] : 0);
        }
        value[what] = pairs_of(keys, count); // said, true, both
    }
    inb_free(keys);
    snprintf(out, size, "F1 %.4f (precision %.4f, recall %.4f)",
        2 * value[2] / (value[0] + value[1]), value[2] / value[0], value[2] / value[1]);
}

// In a process of its own, so that its memory is its own.
static bool run(const char *name, enum kind kind, uint64_t seed, uint32_t records, size_t threads,
    double most_seconds, double most_megabytes) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        inb_buffer files[2] = {INB_BUFFER_INIT((size_t)1 << 34), INB_BUFFER_INIT((size_t)1 << 34)};
        size_t count = make(kind, seed, records, files);
        const char *const names[] = {"a.csv", "b.csv"};
        const char *const data[] = {files[0].data, files[1].data};
        const size_t lengths[] = {files[0].length, files[1].length};
        inb_people *people = NULL;
        inb_linked *linked = NULL;
        inb_error err = INB_ERROR_INIT;
        inb_link_options options = {1, threads};
        double began = now();
        demand(inb_people_read_memory(names, data, lengths, count, NULL, NULL, 0, 1, &people, &err),
            &err);
        demand(inb_link_run(people, &options, &linked, &err), &err);
        double seconds = now() - began;
        struct rusage used;
        getrusage(RUSAGE_SELF, &used);
        double megabytes = (double)used.ru_maxrss / 1024;
        uint32_t *entity = truth_of(files, count, people->count);
        char text[128];
        accuracy(linked, entity, text, sizeof text);
        bool ok = seconds <= most_seconds && megabytes <= most_megabytes;
        printf("%-28s %7.2f CPU s (demand %.1f) %6.0f MB (demand %.0f)  %s %s\n", name, seconds,
            most_seconds, megabytes, most_megabytes, text, ok ? "ok" : "TOO MUCH");
        fflush(stdout);
        _exit(ok ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    int state = 1;
    return child > 0 && waitpid(child, &state, 0) == child && state == 0;
}

static void write_file(const char *path, const inb_buffer *text) {
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(text->data, 1, text->length, file) != text->length ||
        fclose(file) != 0) {
        fprintf(stderr, "bench_link: %s: writing failed\n", path);
        exit(EXIT_FAILURE);
    }
}

static void write_all(const char *folder, uint64_t seed) {
    static const struct {
        enum kind kind;
        uint32_t records;
        const char *names[2];
    } kinds[] = {{TWO, 5000, {"two_a", "two_b"}}, {WEAK, 10000, {"weak", NULL}},
        {HEAVY, 50000, {"heavy", NULL}}, {LARGE, 1000000, {"large", NULL}}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        inb_buffer files[2] = {INB_BUFFER_INIT((size_t)1 << 34), INB_BUFFER_INIT((size_t)1 << 34)};
        size_t count = make(kinds[i].kind, seed, kinds[i].records, files);
        for (size_t f = 0; f < count; f++) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s.csv", folder, kinds[i].names[f]);
            write_file(path, &files[f]);
        }
        inb_buffer_clear(&files[0]);
        inb_buffer_clear(&files[1]);
    }
}

int main(int argc, char **argv) {
    if (argc > 2 && strcmp(argv[1], "write") == 0) {
        write_all(argv[2], argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
        return EXIT_SUCCESS;
    }
    if (argc > 3 && strcmp(argv[1], "list") == 0) {
        inb_buffer list = INB_BUFFER_INIT((size_t)1 << 34);
        inb_made_large(argc > 4 ? strtoull(argv[4], NULL, 10) : 1,
            (uint32_t)strtoul(argv[3], NULL, 10), &list);
        write_file(argv[2], &list);
        inb_buffer_clear(&list);
        return EXIT_SUCCESS;
    }
    bool ok = true;
    if (argc > 1 && strtoul(argv[1], NULL, 10) > 0) {
        uint32_t records = (uint32_t)strtoul(argv[1], NULL, 10);
        ok = run("one large list", LARGE, 1, records, 2, 600, 4096);
        return ok ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    // Memory holds the text of the files as well.
    for (uint64_t seed = 1; seed <= 3; seed++) {
        ok = run("5,000 x 5,000, all pairs", TWO, seed, 5000, 1, 1.5, 50) && ok;
        ok = run("10,000, five weak columns", WEAK, seed, 10000, 1, 0.5, 40) && ok;
        ok = run("50,000, ten records a person", HEAVY, seed, 50000, 1, 3, 150) && ok;
    }
    ok = run("1,000,000, a fifth doubles", LARGE, 1, 1000000, 2, 30, 500) && ok;
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
