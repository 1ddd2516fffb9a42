// SPDX-License-Identifier: EUPL-1.2
// Truths against proportional fitting and by definition: what is added is what the data speak most
// for, heterogeneity keeps the people seen and hides more.

#include "truths.h"

#include "base/alloc.h"
#include "inb_sweep.h"
#include "tables.h"

static inb_list_set storage[32];

static inb_terms independence(void) {
    inb_terms terms = {5, storage, 0};
    inb_terms_independence(&terms);
    return terms;
}

static double seen(const double *means) {
    double sum = 0;
    for (size_t h = 1; h < 32; h++) {
        sum += means[h];
    }
    return sum;
}

INB_TEST(the_fitted_model_by_proportional_fitting) {
    test_table table = table_named("UKdat_5");
    inb_terms terms = independence();
    bool given;
    inb_list_set added;
    double means[32];
    INB_OK_IS(inb_truth_build(INB_TRUTH_FITTED, table.cells, &terms, &given, means, &added, err));
    ck_assert(given && added == 0);
    oracle o = table_oracle(&table);
    const unsigned plain[] = {0, 1, 2, 4, 8, 16};
    double expected[32];
    oracle_fit(&o, plain, 6, expected);
    for (size_t h = 0; h < 32; h++) {
        INB_NEAR_REL(means[h], expected[h], 1e-8);
    }
}
INB_END

// Of all pairs (triples) the one with the least deviance by proportional fitting.
INB_TEST(what_is_added_is_what_the_data_speak_for) {
    test_table table = table_named("UKdat_5");
    inb_terms terms = independence();
    for (size_t size = 2; size <= 3; size++) {
        bool given;
        inb_list_set added;
        double means[32];
        INB_OK_IS(inb_truth_build(size == 2 ? INB_TRUTH_PAIR : INB_TRUTH_THREE, table.cells, &terms,
            &given, means, &added, err));
        ck_assert(given);
        ck_assert_uint_eq(inb_set_size(added), size);
        double least = INFINITY;
        unsigned best = 0;
        for (unsigned set = 1; set < 32; set++) {
            if ((size_t)__builtin_popcount(set) != size) {
                continue;
            }
            oracle o = table_oracle(&table);
            unsigned with[16] = {0, 1, 2, 4, 8, 16};
            size_t count = 6;
            for (unsigned part = set; part > 0; part = (part - 1) & set) {
                if (__builtin_popcount(part) > 1) {
                    with[count++] = part;
                }
            }
            double fitted[32];
            oracle_fit(&o, with, count, fitted);
            double deviance = oracle_deviance(&o, fitted);
            if (deviance < least) {
                least = deviance;
                best = set;
            }
        }
        ck_assert_uint_eq(added, best);
        INB_NEAR_REL(seen(means), 2744, 1e-8);
    }
}
INB_END

INB_TEST(heterogeneity_hides_more) {
    test_table table = table_named("UKdat_5");
    inb_terms terms = independence();
    bool given;
    inb_list_set added;
    double plain[32];
    double mixed[32];
    INB_OK_IS(inb_truth_build(INB_TRUTH_FITTED, table.cells, &terms, &given, plain, &added, err));
    INB_OK_IS(
        inb_truth_build(INB_TRUTH_HETEROGENEITY, table.cells, &terms, &given, mixed, &added, err));
    ck_assert(given && added == 0);
    INB_NEAR_REL(seen(mixed), 2744, 1e-9);
    // Two halves: exp(-x/2) and exp(x/2) for each list; the odds of one list and of two.
    double ratio = (mixed[3] / mixed[1]) / (plain[3] / plain[1]);
    INB_NEAR_REL(ratio, (exp(1) + exp(-1)) / (exp(0.5) + exp(-0.5)), 1e-9);
    // An independence fit of it finds fewer than there are: (A+AB)(B+AB)/AB against the whole.
    ck_assert(mixed[0] / mixed[1] * mixed[3] / mixed[2] > 1.05);
}
INB_END

INB_TEST(nothing_to_add_is_said) {
    test_table table = {.lists = 2, .cells = {{0, INB_CELL_MISSING}, {50, 0}, {40, 0}, {9, 0}}};
    inb_list_set few[4];
    inb_terms terms = {2, few, 0};
    inb_terms_independence(&terms);
    bool given = true;
    inb_list_set added;
    double means[4];
    INB_OK_IS(inb_truth_build(INB_TRUTH_PAIR, table.cells, &terms, &given, means, &added, err));
    ck_assert(!given);
    INB_OK_IS(inb_truth_build(INB_TRUTH_THREE, table.cells, &terms, &given, means, &added, err));
    ck_assert(!given);
    ck_assert_str_eq(inb_truth_name(INB_TRUTH_THREE), "omitted_three_way");
}
INB_END

static inb_status once(const test_table *table, const inb_terms *terms, inb_error *err) {
    bool given;
    inb_list_set added;
    double means[32];
    return inb_truth_build(INB_TRUTH_FITTED, table->cells, terms, &given, means, &added, err);
}

INB_TEST(memory_may_run_out) {
    test_table table = table_named("UKdat_5");
    inb_terms terms = independence();
    INB_SWEEP(once(&table, &terms, err));
}
INB_END

INB_TEST_MAIN("4_count/truths", the_fitted_model_by_proportional_fitting,
    what_is_added_is_what_the_data_speak_for, heterogeneity_hides_more, nothing_to_add_is_said,
    memory_may_run_out)
