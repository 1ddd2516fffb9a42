// SPDX-License-Identifier: EUPL-1.2
// The study of coverage against a plain one of the same kind, where the right answer is known (two
// independent lists seen often enough: the intervals hold what they say), and what has to be the
// same for any number of threads.

#include "base/alloc.h"
#include "inb_sweep.h"
#include "tables.h"

#include <inbeeld/coverage.h>

static inb_histories *table_of_lists(size_t lists, const int64_t *counts) {
    static const char *const names[] = {"a", "b", "c"};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(names, lists, counts, &histories, err));
    return histories;
}

static const int64_t three[] = {0, 400, 300, 60, 350, 70, 55, 12};

INB_TEST(a_true_model_is_covered_as_it_says) {
    inb_histories *histories = table_of_lists(3, three);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_INDEPENDENCE;
    inb_coverage_options study = {1000, 100};
    inb_coverage coverage;
    INB_OK_IS(inb_coverage_run(histories, &options, &study, &coverage, err));
    const inb_coverage_truth *truth = &coverage.truths[INB_TRUTH_FITTED];
    ck_assert(truth->given);
    ck_assert_uint_eq(truth->without, 0);
    INB_NEAR_ABS(truth->error, 0, 0.02);
    INB_NEAR_ABS(truth->intervals[0].share, 0.95, 0.03); // four standard errors
    INB_NEAR_ABS(truth->intervals[1].share, 0.95, 0.03);
    INB_NEAR_ABS(truth->intervals[2].share, 0.94, 0.05);
    INB_NEAR_REL(truth->intervals[0].se,
        sqrt(truth->intervals[0].share * (1 - truth->intervals[0].share) / 1000), 1e-12);
    // What the method cannot see costs it.
    const inb_coverage_truth *mixed = &coverage.truths[INB_TRUTH_HETEROGENEITY];
    ck_assert(mixed->given && mixed->error < -0.04);
    ck_assert(mixed->intervals[0].share < truth->intervals[0].share - 0.1);
    const inb_coverage_truth *pair = &coverage.truths[INB_TRUTH_PAIR];
    ck_assert(pair->given && __builtin_popcount(pair->added) == 2);
    inb_histories_free(histories);
}
INB_END

INB_TEST(threads_change_nothing) {
    inb_histories *histories = table_of_lists(3, three);
    inb_coverage kept;
    for (size_t threads = 1; threads <= 3; threads++) {
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        options.threads = threads;
        options.parametric = true;
        options.bootstrap = 10;
        inb_coverage_options study = {40, 20};
        inb_coverage coverage;
        memset(&coverage, 0, sizeof coverage);
        INB_OK_IS(inb_coverage_run(histories, &options, &study, &coverage, err));
        if (threads == 1) {
            kept = coverage;
        }
        for (size_t i = 0; i < INB_TRUTH_COUNT; i++) {
            for (size_t k = 0; k < INB_COVERAGE_KINDS; k++) {
                ck_assert_uint_eq(
                    coverage.truths[i].intervals[k].covered, kept.truths[i].intervals[k].covered);
                ck_assert(
                    coverage.truths[i].intervals[k].width == kept.truths[i].intervals[k].width);
            }
        }
    }
    inb_histories_free(histories);
}
INB_END

INB_TEST(every_selector_can_be_studied) {
    inb_histories *histories = table_of_lists(3, three);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_coverage_options study = {20, 0};
    inb_coverage coverage;
    options.method = INB_COUNT_BIC;
    INB_OK_IS(inb_coverage_run(histories, &options, &study, &coverage, err));
    ck_assert(coverage.truths[0].given);
    ck_assert_uint_eq(coverage.truths[0].intervals[2].given, 0);
    options.method = INB_COUNT_MODEL;
    options.model = "axb";
    INB_OK_IS(inb_coverage_run(histories, &options, &study, &coverage, err));
    ck_assert(coverage.truths[0].given);
    options.method = INB_COUNT_DECOMPOSABLE;
    options.model = NULL;
    INB_FAILS(
        inb_coverage_run(histories, &options, &study, &coverage, err), INB_USAGE, "decomposable");
    options.method = INB_COUNT_STEPWISE;
    study.replicates = 1;
    INB_FAILS(
        inb_coverage_run(histories, &options, &study, &coverage, err), INB_USAGE, "replicates");
    inb_histories_free(histories);
    // What can be known before anything is computed can be asked before.
    static const char text[] = "a,b,g,count\n1,0,x,9\n0,1,y,9\n1,1,x,4\n";
    static const char *const by[] = {"g"};
    INB_OK_IS(inb_histories_read_memory("t.csv", text, strlen(text), by, 1, &histories, err));
    study.replicates = 10;
    INB_FAILS(
        inb_coverage_check(histories, &options, &study, err), INB_USAGE, "does not go with groups");
    inb_histories_free(histories);
}
INB_END

INB_TEST(no_estimate_no_truth) {
    const int64_t counts[] = {0, 10, 10, 0};
    inb_histories *histories = table_of_lists(2, counts);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_coverage_options study = {10, 10};
    inb_coverage coverage;
    INB_OK_IS(inb_coverage_run(histories, &options, &study, &coverage, err));
    for (size_t i = 0; i < INB_TRUTH_COUNT; i++) {
        ck_assert(!coverage.truths[i].given);
    }
    inb_histories_free(histories);
}
INB_END

static inb_status once(const inb_histories *histories, inb_error *err) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_coverage_options study = {2, 2};
    inb_coverage coverage;
    return inb_coverage_run(histories, &options, &study, &coverage, err);
}

INB_TEST(memory_may_run_out) {
    inb_histories *histories = table_of_lists(3, three);
    INB_SWEEP(once(histories, err));
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/coverage_study", a_true_model_is_covered_as_it_says, threads_change_nothing,
    every_selector_can_be_studied, no_estimate_no_truth, memory_may_run_out)
