// SPDX-License-Identifier: EUPL-1.2
// Groups that are seen very differently: how far off, how wide and how often right are the table
// without groups (pooled), groups fitted apart (split) and groups that lend to each other
// (partial). Six groups of 4,000 down to 120 people, three lists; how much groups differ in being
// seen is the scenario. Prints a table; says nothing about speed.
//
//   bench_groups [DEVIATION [TABLES [REPLICATES [independence]]]]

#include "base/alloc.h"
#include "bootstrap.h"
#include "math/binomial.h"
#include "math/normal.h"

#include <inbeeld/pooling.h>
#include <inbeeld/rng.h>
#include <inbeeld/spread.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 6, LISTS = 3, CELLS = 1 << LISTS, KINDS = 3, WORKERS = 2, MOST_TABLES = 5000 };

static const int64_t people[GROUPS] = {4000, 2000, 1000, 500, 250, 120};
static const char *const kinds[KINDS] = {"pooled", "split", "partial"};

static void demand(inb_status status, const inb_error *err) {
    if (status != INB_OK) {
        fprintf(stderr, "bench_groups: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

// One kind's answer on one population: column g of a group, GROUPS of the total. NAN = none.
typedef struct answer {
    double number[GROUPS + 1];
    double low[GROUPS + 1];
    double high[GROUPS + 1];
} answer;

struct study {
    double deviation;
    size_t replicates;
    inb_count_method method;
    answer (*answers)[KINDS]; // [tables]
};

// A population and who of it is on which lists, as a table.
static void make_table(const struct study *study, inb_rng *rng, inb_buffer *text) {
    static const double seen[LISTS] = {-1.4, -1.8, -2.1}; // log odds of each list in the middle
    inb_buffer_text(text, "a,b,c,g,count\n");
    for (size_t g = 0; g < GROUPS; g++) {
        double weights[CELLS];
        int64_t counts[CELLS];
        double chance[LISTS];
        for (size_t j = 0; j < LISTS; j++) {
            double x = seen[j] + study->deviation * inb_normal_quantile(inb_rng_uniform(rng));
            chance[j] = 1 / (1 + exp(-x));
        }
        for (size_t h = 0; h < CELLS; h++) {
            weights[h] = 1;
            for (size_t j = 0; j < LISTS; j++) {
                weights[h] *= (h >> j & 1) != 0 ? chance[j] : 1 - chance[j];
            }
        }
        inb_multinomial_draw(rng, people[g], weights, CELLS, counts);
        for (size_t h = 1; h < CELLS; h++) {
            inb_buffer_format(text, "%zu,%zu,%zu,%zu,%lld\n", h & 1, h >> 1 & 1, h >> 2 & 1, g,
                (long long)counts[h]);
        }
    }
}

static void take_figures(const inb_figures *figures, size_t column, answer *to) {
    bool given = figures->has_estimate && figures->has_interval && figures->status == 0;
    to->number[column] = given ? figures->estimate : NAN;
    to->low[column] = given ? figures->interval.low : NAN;
    to->high[column] = given ? figures->interval.high : NAN;
}

static void take_pooling(const inb_pooling *pooling, answer *to) {
    for (size_t g = 0; g < GROUPS; g++) {
        const inb_pooled_group *group = &pooling->groups[g];
        bool given = pooling->given && group->given;
        to->number[g] = given ? group->estimate : NAN;
        to->low[g] = given ? group->low : NAN;
        to->high[g] = given ? group->high : NAN;
    }
    to->number[GROUPS] = pooling->given ? pooling->estimate : NAN;
    to->low[GROUPS] = pooling->given ? pooling->low : NAN;
    to->high[GROUPS] = pooling->given ? pooling->high : NAN;
}

static inb_status do_table(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)worker;
    static const char *const by[] = {"g"};
    struct study *study = context;
    inb_rng rng = inb_rng_make(20261124, piece);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 16);
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    INB_CLEANUP(inb_estimate_freep) inb_estimate *estimate = NULL;
    INB_CLEANUP(inb_pooling_freep) inb_pooling *pooling = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = study->method;
    options.seed = piece;
    answer *answers = study->answers[piece];
    for (size_t k = 0; k < KINDS; k++) {
        for (size_t g = 0; g <= GROUPS; g++) {
            answers[k].number[g] = NAN;
        }
    }
    make_table(study, &rng, &text);
    INB_TRY(inb_histories_read_memory(
        "t.csv", inb_buffer_get(&text), text.length, by, 1, &histories, err));
    INB_TRY(inb_estimate_run(histories, &options, &estimate, err));
    options.bootstrap = study->replicates;
    INB_TRY(inb_pooling_run(histories, &options, &pooling, err));
    take_figures(&estimate->pooled, GROUPS, &answers[0]);
    for (size_t g = 0; g < GROUPS; g++) {
        take_figures(&estimate->groups[g], g, &answers[1]);
    }
    take_figures(&estimate->total, GROUPS, &answers[1]);
    take_pooling(pooling, &answers[2]);
    return INB_OK;
}

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_line(const struct study *study, size_t tables, size_t kind, size_t column) {
    static double off[MOST_TABLES];
    static double wide[MOST_TABLES];
    double truth = 0;
    for (size_t g = 0; g < GROUPS; g++) {
        truth += column == GROUPS || column == g ? (double)people[g] : 0;
    }
    size_t found = 0;
    size_t covered = 0;
    double squares = 0;
    for (size_t i = 0; i < tables; i++) {
        const answer *given = &study->answers[i][kind];
        if (isfinite(given->number[column])) {
            covered += given->low[column] <= truth && truth <= given->high[column];
            wide[found] = (given->high[column] - given->low[column]) / truth;
            off[found++] = given->number[column] / truth - 1;
            squares += pow(log(given->number[column] / truth), 2);
        }
    }
    if (found == 0) {
        return;
    }
    qsort(off, found, sizeof *off, compare_numbers);
    qsort(wide, found, sizeof *wide, compare_numbers);
    double share = (double)covered / (double)tables;
    char name[32] = "all";
    if (column < GROUPS) {
        snprintf(name, sizeof name, "of %lld", (long long)people[column]);
    }
    printf("  %-8s %-8s %5.1f %%  %+6.1f %%  %5.2f  %6.0f %%   %5.1f %% (+- %.1f)\n", name,
        kinds[kind], 100 * (double)found / (double)tables, 100 * inb_quantile_8(off, found, 0.5),
        sqrt(squares / (double)found), 100 * inb_quantile_8(wide, found, 0.5), 100 * share,
        100 * sqrt(share * (1 - share) / (double)tables));
}

int main(int argc, char **argv) {
    inb_error err = INB_ERROR_INIT;
    struct study study = {.deviation = argc > 1 ? strtod(argv[1], NULL) : 0.6,
        .replicates = argc > 3 ? (size_t)strtoul(argv[3], NULL, 10) : 200,
        .method = argc > 4 ? INB_COUNT_INDEPENDENCE : INB_COUNT_STEPWISE};
    size_t tables = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 400;
    if (tables == 0 || tables > MOST_TABLES || study.replicates < 2) {
        fprintf(
            stderr, "bench_groups: expected 1 to %d tables, 2 replicates or more\n", MOST_TABLES);
        return EXIT_FAILURE;
    }
    study.answers = inb_alloc(tables, sizeof *study.answers);
    inb_spread spread = inb_spread_threads(WORKERS);
    demand(study.answers == NULL ? INB_NO_MEMORY : INB_OK, &err);
    demand(spread.run(&spread, tables, do_table, &study, &err), &err);
    printf("groups differ by sd %.1f in the log odds of being on a list; %s, %zu populations, %zu "
           "replicates\n  group    kind     given    median   rms    median   coverage\n"
           "                             off     log    width\n",
        study.deviation, inb_count_method_name(study.method), tables, study.replicates);
    for (size_t column = 0; column <= GROUPS; column++) {
        for (size_t kind = 0; kind < KINDS; kind++) {
            print_line(&study, tables, kind, column);
        }
    }
    inb_free(study.answers);
    return EXIT_SUCCESS;
}
