// SPDX-License-Identifier: EUPL-1.2
// The best of all models on six sparse lists: thirty tables made with a fixed seed, six of each of
// five kinds, by bic, aic and aicc. Prints for each how many of the models were fitted, CPU seconds
// and whether the optimum is proved; fails where one is not, unless less patience was asked for.
//
//     bench_search [MULTIPLICATIONS A SEARCH MAY TAKE]

#include <inbeeld/rng.h>

#include "base/alloc.h"
#include "search.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LISTS = 6, CELLS = 1 << LISTS, EACH = 6, KINDS = 5, CRITERIA = 3 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double between(inb_rng *rng, double low, double high) {
    return low + (high - low) * inb_rng_uniform(rng);
}

// One person's history, by the odds of each list times `ease`.
static unsigned draw_history(inb_rng *rng, const double odds[LISTS], double ease) {
    unsigned history = 0;
    for (unsigned j = 0; j < LISTS; j++) {
        double x = odds[j] * ease;
        history |= inb_rng_uniform(rng) < x / (1 + x) ? 1U << j : 0;
    }
    return history;
}

static const char *const kind_names[KINDS] = {"few people, independent lists",
    "people who differ in ease", "100 people, no cell above three", "thousands, tiny overlaps",
    "two kinds of people"};

static void make_table(unsigned kind, unsigned number, inb_cell cells[CELLS]) {
    static const double chances[KINDS][2] = {{.05, .25}, {.03, .2}, {0, 0}, {.005, .05}, {.02, .3}};
    static const double most[KINDS][2] = {{200, 600}, {300, 1500}, {0, 0}, {5e3, 2e4}, {300, 2000}};
    inb_rng rng = inb_rng_make(1 + number, kind);
    for (unsigned h = 0; h < CELLS; h++) {
        cells[h] = (inb_cell){0, h == 0 ? INB_CELL_MISSING : INB_CELL_COUNTED};
    }
    if (kind == 2) {
        for (unsigned people = 0; people < 100;) {
            unsigned h = 1 + inb_rng_below(&rng, CELLS - 1);
            people += cells[h].count < 3;
            cells[h].count += cells[h].count < 3;
        }
        return;
    }
    double odds[2][LISTS];
    for (unsigned j = 0; j < 2 * LISTS; j++) {
        double p = between(&rng, chances[kind][0], chances[kind][1]);
        odds[j / LISTS][j % LISTS] = p / (1 - p);
    }
    size_t people = (size_t)between(&rng, most[kind][0], most[kind][1]);
    for (size_t i = 0; i < people; i++) {
        double normal = sqrt(-2 * log(1 - inb_rng_uniform(&rng))) *
                        cos(6.283185307179586 * inb_rng_uniform(&rng));
        double ease = kind == 1 ? exp(normal) : kind == 3 ? exp(0.7 * normal) : 1;
        unsigned h = draw_history(&rng, odds[kind == 4 ? i % 2 : 0], ease);
        cells[h].count += h != 0;
    }
}

int main(int argc, char **argv) {
    static const char *const names[CRITERIA] = {"bic", "aic", "aicc"};
    double patience = argc > 1 ? strtod(argv[1], NULL) : inb_search_patience(LISTS);
    size_t proved[CRITERIA] = {0};
    double spent[CRITERIA] = {0};
    double longest[CRITERIA] = {0};
    inb_error err = INB_ERROR_INIT;
    unsigned only = argc > 2 ? (unsigned)atoi(argv[2]) : 99;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        if (only < 99 && only != kind) {
            continue;
        }
        printf("%s\n", kind_names[kind]);
        for (unsigned number = 0; number < EACH; number++) {
            inb_cell cells[CELLS];
            make_table(kind, number, cells);
            long long people = 0;
            unsigned occupied = 0;
            for (unsigned h = 1; h < CELLS; h++) {
                people += cells[h].count;
                occupied += cells[h].count > 0;
            }
            printf("  %5lld people, %2u histories", people, occupied);
            for (int c = 0; c < CRITERIA; c++) {
                inb_search_options options = {(inb_search_criterion)c, 0, patience, 0, NULL};
                inb_search *search = NULL;
                inb_list_set array[CELLS];
                inb_terms terms = {LISTS, array, 0};
                inb_search_result result;
                double began = now();
                if (inb_search_new(LISTS, &options, &search, &err) != INB_OK ||
                    inb_search_run(search, cells, NULL, &terms, &result, &err) != INB_OK) {
                    fprintf(stderr, "bench_search: %s\n", err.message);
                    return EXIT_FAILURE;
                }
                double seconds = now() - began;
                inb_search_freep(&search);
                spent[c] += seconds;
                longest[c] = fmax(longest[c], seconds);
                proved[c] += result.proved;
                printf(" | %s %.4f %8llu fits %7.2f s %s", names[c], result.value,
                    (unsigned long long)result.fitted, seconds, result.proved ? "" : "gap");
                if (!result.proved) {
                    printf(" %.2f", result.gap);
                }
                fflush(stdout);
            }
            printf("\n");
        }
    }
    bool all = true;
    for (int c = 0; c < CRITERIA; c++) {
        all = all && proved[c] == KINDS * EACH;
        printf("%s: %zu of %d proved, %.2f CPU s in all, the longest %.2f\n", names[c], proved[c],
            KINDS * EACH, spent[c], longest[c]);
    }
    return all || argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
