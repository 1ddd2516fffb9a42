// SPDX-License-Identifier: EUPL-1.2
// Quick fits against proportional fitting, their bound against the deviance it bounds, and closed
// forms with people in the all-zero cell.

#include "model_terms.h"
#include "quick_fit.h"
#include "tables.h"

// A random hierarchy, not saturated.
static inb_terms random_model(inb_rng *rng, size_t lists, inb_list_set *array) {
    inb_terms terms = {lists, array, 0};
    inb_terms_independence(&terms);
    for (uint32_t i = inb_rng_below(rng, 4); i > 0; i--) {
        unsigned term = 1 + inb_rng_below(rng, (1U << lists) - 2);
        inb_terms_add(&terms, (inb_list_set)term);
    }
    return terms;
}

INB_TEST(proportional_fitting_agrees_and_the_bound_holds) {
    inb_rng rng = inb_rng_make(51, 1);
    size_t compared = 0;
    size_t stopped = 0;
    inb_quick *quick[5] = {NULL};
    for (size_t lists = 2; lists <= 4; lists++) {
        INB_OK_IS(inb_quick_new(lists, (size_t)1 << lists, &quick[lists], err));
    }
    for (int round = 0; round < 400; round++) {
        size_t lists = 2 + inb_rng_below(&rng, 3);
        test_table table = table_random(&rng, lists, 2 + 80 * inb_rng_uniform(&rng), 1.3);
        inb_list_set array[16];
        inb_terms terms = random_model(&rng, lists, array);
        oracle o = table_oracle(&table);
        unsigned plain[16];
        for (size_t i = 0; i < terms.count; i++) {
            plain[i] = terms.terms[i];
        }
        if (oracle_status(&o, plain, terms.count) != 0) {
            continue;
        }
        double means[ORACLE_CELLS];
        oracle_fit(&o, plain, terms.count, means);
        double deviance = oracle_deviance(&o, means);
        inb_quick_table(quick[lists], table.cells);
        inb_quick_result full =
            inb_quick_fit(quick[lists], terms.terms, terms.count, INFINITY, INFINITY);
        ck_assert(full.converged);
        INB_NEAR_ABS(full.deviance, deviance, 1e-6 * (1 + deviance));
        INB_NEAR_REL(full.hidden, means[0], 1e-5);
        for (int i = 0; i < 5; i++) {
            double cutoff = deviance * (0.2 + 1.5 * inb_rng_uniform(&rng)) - 0.1;
            inb_quick_result part =
                inb_quick_fit(quick[lists], terms.terms, terms.count, cutoff, cutoff);
            ck_assert(part.lower <= deviance + 1e-6 * (1 + deviance));
            ck_assert(part.converged || part.lower > cutoff);
            stopped += !part.converged;
        }
        compared++;
    }
    for (size_t lists = 2; lists <= 4; lists++) {
        inb_quick_freep(&quick[lists]);
    }
    ck_assert_uint_gt(compared, 150);
    ck_assert_uint_gt(stopped, 100);
}
INB_END

// Where no finite maximum exists the deviance is the limit: a larger model never has a larger one,
// and the bound stays one.
INB_TEST(limits_are_monotone) {
    inb_rng rng = inb_rng_make(52, 1);
    inb_quick *quick = NULL;
    INB_OK_IS(inb_quick_new(5, 32, &quick, err));
    size_t shorter = 0;
    double most_steps = 0;
    for (int round = 0; round < 300; round++) {
        test_table table = table_random(&rng, 5, 1 + 10 * inb_rng_uniform(&rng), 1.2);
        inb_quick_table(quick, table.cells);
        inb_list_set array[32];
        inb_terms terms = random_model(&rng, 5, array);
        inb_quick_result smaller =
            inb_quick_fit(quick, terms.terms, terms.count, INFINITY, INFINITY);
        inb_terms_add(&terms, (inb_list_set)(1 + inb_rng_below(&rng, 30)));
        inb_quick_result larger =
            inb_quick_fit(quick, terms.terms, terms.count, INFINITY, INFINITY);
        ck_assert(larger.deviance <= smaller.deviance + 1e-6);
        inb_quick_result cut = inb_quick_fit(
            quick, terms.terms, terms.count, larger.deviance / 2, larger.deviance / 2);
        ck_assert(cut.lower <= larger.deviance + 1e-6);
        // Of no interest as it is: how much worse is known to 0.02, in fewer steps.
        double before = quick->operations;
        inb_quick_result near =
            inb_quick_fit(quick, terms.terms, terms.count, larger.deviance / 2, INFINITY);
        ck_assert(near.lower <= larger.deviance + 1e-6);
        ck_assert(near.lower >= larger.deviance - 0.021);
        shorter += !near.converged;
        double p = (double)quick->kept_count;
        double steps = (quick->operations - before) / (p * p * (p / 6 + 2) + 12.0 * 32);
        most_steps = fmax(most_steps, steps);
    }
    ck_assert_uint_gt(shorter, 30);
    ck_assert_double_lt(most_steps, 20); // one unit of log mean a step took 26
    inb_quick_freep(&quick);
}
INB_END

INB_TEST(people_held_on_no_list_are_fitted) {
    // Two lists: the mean of a cell of a complete table is row times column over all.
    const test_row rows[] = {{"10", 40}, {"01", 30}, {"11", 5}};
    test_table table = table_of(2, rows, 3);
    inb_quick *quick = NULL;
    INB_OK_IS(inb_quick_new(2, 3, &quick, err));
    inb_quick_table(quick, table.cells);
    const inb_list_set terms[] = {0, 1, 2};
    for (double held = 3; held < 1e6; held *= 7) {
        inb_quick_hold(quick, held);
        inb_quick_result fit = inb_quick_fit(quick, terms, 3, INFINITY, INFINITY);
        double all = 75 + held;
        double expected = (30 + held) * (40 + held) / all;
        INB_NEAR_REL(fit.hidden, expected, 1e-9);
        const double means[] = {
            expected, (45 * (40 + held)) / all, 35 * (30 + held) / all, 45.0 * 35 / all};
        const double counts[] = {held, 40, 30, 5};
        double deviance = 0;
        for (size_t h = 0; h < 4; h++) {
            deviance += 2 * counts[h] * log(counts[h] / means[h]);
        }
        INB_NEAR_ABS(fit.deviance, deviance, 1e-8 * (1 + all));
    }
    inb_quick_freep(&quick);
}
INB_END

INB_TEST(huge_and_tiny_counts) {
    test_table table = {.lists = 3, .cells = {{0, INB_CELL_MISSING}}};
    const int64_t counts[] = {0, 1000000000000, 1, 0, 900000000000, 3, 1, 1};
    for (size_t h = 1; h < 8; h++) {
        table_put(&table, h, counts[h]);
    }
    inb_quick *quick = NULL;
    INB_OK_IS(inb_quick_new(3, 8, &quick, err));
    inb_quick_table(quick, table.cells);
    const inb_list_set terms[] = {0, 1, 2, 4, 3};
    inb_quick_result fit = inb_quick_fit(quick, terms, 5, INFINITY, INFINITY);
    ck_assert(isfinite(fit.deviance));
    ck_assert(fit.lower <= fit.deviance);
    inb_quick_freep(&quick);
}
INB_END

INB_TEST_MAIN("4_count/quick_fit", proportional_fitting_agrees_and_the_bound_holds,
    limits_are_monotone, people_held_on_no_list_are_fitted, huge_and_tiny_counts)
