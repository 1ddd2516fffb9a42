// SPDX-License-Identifier: EUPL-1.2
// The published contrast as the two by two that it is: two selectors, stepwise and order-2 bic,
// each with the interval that takes the model as given and with the one that chooses anew in every
// replicate, on the same tables, from the model that either selector chooses on UKdat_5 (Chan,
// Silverman, Vincent 2021: order-2 bic with a profile interval 61.4 %, stepwise with BCa 90 %, on
// tables of the stepwise model). And the study that the program offers, against its demand.
//
//   bench_coverage SOURCE [contrast [TABLES [REPLICATES]]]

#include "base/alloc.h"

#include <inbeeld/coverage.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void demand(inb_status status, const inb_error *err) {
    if (status != INB_OK) {
        fprintf(stderr, "bench_coverage: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static inb_estimate_options selector(bool stepwise) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = stepwise ? INB_COUNT_STEPWISE : INB_COUNT_BIC;
    options.order = stepwise ? 0 : 2;
    options.threads = 2;
    options.seed = 20261124;
    return options;
}

// The model that a selector chooses on the table, as text.
static void model_of(const inb_histories *histories, bool stepwise, char *text, size_t size) {
    inb_error err = INB_ERROR_INIT;
    inb_estimate_options options = selector(stepwise);
    inb_estimate *estimate = NULL;
    demand(inb_estimate_run(histories, &options, &estimate, &err), &err);
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < estimate->total.model_count; i++) {
        length += (size_t)snprintf(
            text + length, size - length, "%s%s", i > 0 ? "," : "", estimate->total.model_texts[i]);
    }
    inb_estimate_free(estimate);
}

static void contrast(const inb_histories *histories, size_t tables, size_t replicates) {
    for (int truth = 0; truth < 2; truth++) {
        char model[512];
        model_of(histories, truth == 0, model, sizeof model);
        printf("truth: %s (%s), %zu tables, %zu replicates\n", model,
            truth == 0 ? "stepwise" : "order-2 bic", tables, replicates);
        for (int chooser = 0; chooser < 2; chooser++) {
            inb_error err = INB_ERROR_INIT;
            inb_estimate_options options = selector(chooser == 0);
            inb_coverage_options study = {tables, replicates, model, true};
            inb_coverage coverage;
            double began = now();
            demand(inb_coverage_run(histories, &options, &study, &coverage, &err), &err);
            const inb_coverage_truth *found = &coverage.truths[INB_TRUTH_FITTED];
            printf("  %-11s N %.0f, median off by %+.1f %%, %zu tables without (%.0f CPU s)\n",
                chooser == 0 ? "stepwise" : "order-2 bic", found->people, 100 * found->error,
                found->without, now() - began);
            for (size_t k = 0; k < INB_COVERAGE_KINDS; k++) {
                printf("    %-8s %5.1f %% (+- %.1f), %.0f %% of N wide\n",
                    inb_interval_kind_name(found->intervals[k].kind),
                    100 * found->intervals[k].share, 100 * found->intervals[k].se,
                    100 * found->intervals[k].width);
            }
            fflush(stdout);
        }
    }
}

static size_t number(int argc, char **argv, int at, size_t otherwise) {
    return argc > at ? (size_t)strtoul(argv[at], NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
    char path[4096];
    inb_error err = INB_ERROR_INIT;
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    snprintf(path, sizeof path, "%s/data/lists/UKdat_5.csv", argc > 1 ? argv[1] : ".");
    demand(inb_histories_read(path, NULL, 0, &histories, &err), &err);
    if (argc > 2 && strcmp(argv[2], "contrast") == 0) {
        contrast(histories, number(argc, argv, 3, 500), number(argc, argv, 4, 200));
        return EXIT_SUCCESS;
    }
    inb_estimate_options options = selector(true);
    inb_coverage_options study = INB_COVERAGE_OPTIONS_INIT;
    study.fitted_only = true;
    inb_coverage coverage;
    double began = now();
    demand(inb_coverage_run(histories, &options, &study, &coverage, &err), &err);
    double seconds = now() - began;
    const double most = 120; // CPU: a minute on two cores
    printf("coverage of 500 tables x BCa 200, stepwise: %.1f CPU s (demand %.0f) %s\n", seconds,
        most, seconds <= most ? "ok" : "TOO SLOW");
    return seconds <= most ? EXIT_SUCCESS : EXIT_FAILURE;
}
