// SPDX-License-Identifier: EUPL-1.2
// Speed of station 4: fits of one model, stepwise estimates on the tables of data/lists, ten lists
// of 200,000 people, made with a fixed seed, searches of all models and bootstraps that choose
// anew. CPU seconds of one thread; fails below its demands, which leave a slow or busy machine ten
// times and more of what it needs. With `growth`: how cost grows with lists and replicates.

#include <inbeeld/count.h>
#include <inbeeld/rng.h>

#include "base/alloc.h"
#include "loglinear.h"
#include "stepwise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool failed;

static void report(const char *what, double seconds, size_t times, double most_seconds) {
    double each = seconds / (double)times;
    bool within = each <= most_seconds;
    printf("%-44s %10.6f ms  (%zu times; demand %.3f ms) %s\n", what, each * 1e3, times,
        most_seconds * 1e3, within ? "ok" : "TOO SLOW");
    failed = failed || !within;
}

static void demand(inb_status status, const inb_error *err) {
    if (status != INB_OK) {
        fprintf(stderr, "bench_count: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

// Stepwise estimates of one file, text and all, and fits of the chosen model.
static void bench_file(
    const char *folder, const char *name, double most_estimate, double most_fit) {
    char path[4096];
    char what[128];
    inb_error err = INB_ERROR_INIT;
    inb_histories *histories = NULL;
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", folder, name);
    demand(inb_histories_read(path, NULL, 0, &histories, &err), &err);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_estimate *estimate = NULL;
    enum { ESTIMATES = 200, FITS = 20000 };
    double began = now();
    for (size_t i = 0; i < ESTIMATES; i++) {
        inb_estimate_free(estimate);
        estimate = NULL;
        demand(inb_estimate_run(histories, &options, &estimate, &err), &err);
    }
    snprintf(what, sizeof what, "%s: stepwise estimate", name);
    report(what, now() - began, ESTIMATES, most_estimate);
    inb_fit_room *room = NULL;
    inb_fit fit;
    demand(inb_fit_room_new(histories->list_count, estimate->total.term_count, &room, &err), &err);
    began = now();
    for (size_t i = 0; i < FITS; i++) {
        demand(inb_fit_model(room, histories->groups[0].cells, estimate->total.terms,
                   estimate->total.term_count, &fit, &err),
            &err);
    }
    snprintf(what, sizeof what, "%s: one fit with its checks", name);
    report(what, now() - began, FITS, most_fit);
    inb_fit_room_freep(&room);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}

enum { LISTS = 10, PEOPLE = 200000 };
static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
static int64_t counts[1 << LISTS];

// Ten lists over 200,000 people who differ in how easily they are seen.
static void make_ten_lists(void) {
    static const double chances[] = {.02, .05, .03, .1, .04, .01, .06, .02, .03, .05};
    inb_rng rng = inb_rng_make(1, 1);
    for (size_t person = 0; person < PEOPLE; person++) {
        double ease = 0.5 + inb_rng_uniform(&rng);
        unsigned history = 0;
        for (unsigned j = 0; j < LISTS; j++) {
            history |= inb_rng_uniform(&rng) < ease * chances[j] ? 1U << j : 0;
        }
        counts[history]++;
    }
}

// CPU seconds of one estimate of the first `lists` of the ten.
static double cost(size_t lists, inb_count_method method, size_t order, size_t replicates) {
    int64_t fewer[1 << LISTS] = {0};
    for (size_t h = 0; h < 1 << LISTS; h++) {
        fewer[h & (((size_t)1 << lists) - 1)] += counts[h];
    }
    inb_error err = INB_ERROR_INIT;
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    options.order = order;
    options.bootstrap = replicates;
    demand(inb_histories_from_counts(names, lists, fewer, &histories, &err), &err);
    double began = now();
    demand(inb_estimate_run(histories, &options, &estimate, &err), &err);
    double seconds = now() - began;
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    return seconds;
}

// How cost grows with lists and replicates: one row for each number of lists.
static void bench_growth(void) {
    printf("lists  stepwise   BCa 100  BCa 1000  bic pairs  bic all (ms)\n");
    for (size_t lists = 2; lists <= LISTS; lists++) {
        printf("%5zu %9.2f %9.1f", lists, 1e3 * cost(lists, INB_COUNT_STEPWISE, 0, 0),
            1e3 * cost(lists, INB_COUNT_STEPWISE, 0, 100));
        if (lists <= 8) {
            printf(" %9.1f", 1e3 * cost(lists, INB_COUNT_STEPWISE, 0, 1000));
        }
        if (lists <= 6) {
            printf(" %10.2f %8.2f", 1e3 * cost(lists, INB_COUNT_BIC, 2, 0),
                1e3 * cost(lists, INB_COUNT_BIC, 0, 0));
        }
        printf("\n");
        fflush(stdout);
    }
}

static void bench_ten_lists(void) {
    inb_error err = INB_ERROR_INIT;
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    demand(inb_histories_from_counts(names, LISTS, counts, &histories, &err), &err);
    double began = now();
    demand(inb_estimate_run(histories, &options, &estimate, &err), &err);
    report("ten lists, 200,000 people: stepwise estimate", now() - began, 1, 60);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}

// The best of all models by bic, with proof; `order` 0 = all orders. Then, or for stepwise instead,
// a bootstrap. The demands here are those of the design.
static void bench_method(const char *folder, const char *name, inb_count_method method,
    size_t order, size_t replicates, double most_seconds) {
    char path[4096];
    char what[128];
    inb_error err = INB_ERROR_INIT;
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", folder, name);
    demand(inb_histories_read(path, NULL, 0, &histories, &err), &err);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    options.order = order;
    options.bootstrap = replicates;
    double began = now();
    demand(inb_estimate_run(histories, &options, &estimate, &err), &err);
    double seconds = now() - began;
    int used = snprintf(what, sizeof what, "%s: %s", name, inb_count_method_name(method));
    if (estimate->total.has_search) {
        used += snprintf(what + used, sizeof what - (size_t)used, ", all %llu models",
            (unsigned long long)estimate->total.search.models);
        failed = failed || !estimate->total.search.proved;
    }
    if (replicates > 0) {
        snprintf(what + used, sizeof what - (size_t)used, ", BCa %zu", replicates);
    }
    report(what, seconds, 1, most_seconds);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}

int main(int argc, char **argv) {
    const char *folder = argc > 1 ? argv[1] : ".";
    make_ten_lists();
    if (strcmp(folder, "growth") == 0) {
        bench_growth();
        return EXIT_SUCCESS;
    }
    bench_file(folder, "UKdat_5", 0.05, 0.0005);
    bench_file(folder, "UKdat", 0.2, 0.001);
    bench_file(folder, "Ned_5", 0.05, 0.0005);
    bench_file(folder, "Ned", 0.2, 0.001);
    bench_ten_lists();
    bench_method(folder, "UKdat_5", INB_COUNT_BIC, 0, 0, 0.10);
    bench_method(folder, "Ned_5", INB_COUNT_BIC, 0, 0, 0.10);
    bench_method(folder, "UKdat", INB_COUNT_BIC, 2, 0, 0.5);
    bench_method(folder, "UKdat", INB_COUNT_BIC, 0, 0, 3);
    bench_method(folder, "Ned", INB_COUNT_BIC, 0, 0, 3);
    bench_method(folder, "UKdat_5", INB_COUNT_STEPWISE, 0, 1000, 0.15);
    bench_method(folder, "UKdat_5", INB_COUNT_BIC, 2, 1000, 6);
    bench_method(folder, "UKdat_5", INB_COUNT_BIC, 0, 1000, 12);
    bench_method(folder, "UKdat", INB_COUNT_BIC, 0, 200, 30);
    bench_method(folder, "UKdat_5", INB_COUNT_DECOMPOSABLE, 0, 0, 0.5);
    bench_method(folder, "Ned_5", INB_COUNT_DECOMPOSABLE, 0, 0, 2);
    bench_method(folder, "UKdat_5", INB_COUNT_LATENT_CLASS, 0, 0, 60);
    bench_method(folder, "UKdat_5", INB_COUNT_ENSEMBLE, 0, 0, 20); // ten seconds on two cores
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
