// SPDX-License-Identifier: EUPL-1.2
// Method decomposable in an estimate: published values (stations' gold table; the R package dga),
// the settings, groups as sums of posteriors, and tables it has no answer for.

#include "estimates.h"

static inb_estimate *average(const inb_histories *histories, double delta, bool parity) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_DECOMPOSABLE;
    options.delta = delta;
    options.parity = parity;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    return estimate;
}

static void check_published(
    const char *name, double delta, bool parity, double median, double low, double high) {
    inb_histories *histories = table(name, NULL, 0);
    if (histories == NULL) {
        return;
    }
    inb_estimate *estimate = average(histories, delta, parity);
    const inb_figures *total = &estimate->total;
    INB_NEAR_REL(total->estimate, median, NEAR);
    ck_assert_int_eq(total->interval.kind, INB_INTERVAL_POSTERIOR);
    INB_NEAR_REL(total->interval.low, low, NEAR);
    INB_NEAR_REL(total->interval.high, high, NEAR);
    ck_assert(total->has_posterior && total->posterior.converged);
    ck_assert_uint_eq(total->posterior.graphs, parity ? 822 : 821);
    ck_assert_int_eq(total->posterior.parity, parity);
    // The sample is the posterior: its quantiles are the limits.
    ck_assert_uint_gt(total->sample_count, 1000);
    size_t middle = total->sample_count / 2;
    INB_NEAR_REL(total->sample[middle], median, 0.01);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}

INB_TEST(published) {
    check_published("UKdat_5", 0, true, 22365, 10343, 29446);
    check_published("UKdat_5", 0, false, 22990, 10387, 33510);
    check_published("UKdat_5", 0.1, false, 12521, 9820, 29799);
    check_published("Ned_5", 0, true, 47903, 40845, 55456);
    check_published("NewOrl_5", 0, false, 869, 511, 1762);
}
INB_END

INB_TEST(groups_are_sums_of_posteriors) {
    inb_histories *histories = read_regions(regions());
    inb_estimate *estimate = average(histories, 0, false);
    const inb_figures *north = &estimate->groups[0];
    const inb_figures *south = &estimate->groups[1];
    const inb_figures *total = &estimate->total;
    ck_assert(total->has_estimate);
    // Mean of a sum is the sum of means, whatever the shape; its spread is that of independent
    // ones.
    double mean[3] = {0};
    double square[3] = {0};
    const inb_figures *all[] = {north, south, total};
    for (size_t i = 0; i < 3; i++) {
        for (size_t s = 0; s < all[i]->sample_count; s++) {
            mean[i] += all[i]->sample[s] / (double)all[i]->sample_count;
        }
        for (size_t s = 0; s < all[i]->sample_count; s++) {
            square[i] += pow(all[i]->sample[s] - mean[i], 2) / (double)all[i]->sample_count;
        }
    }
    INB_NEAR_REL(mean[2], mean[0] + mean[1], 1e-9);
    INB_NEAR_REL(square[2], square[0] + square[1], 0.1);
    ck_assert_double_lt(total->interval.low, total->estimate);
    ck_assert_double_gt(total->interval.high, total->estimate);
    ck_assert(has_warning(total, "groups_apart"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(identical_and_nested_lists) {
    static const int64_t tables[][8] = {
        {0, 0, 0, 0, 0, 0, 0, 50}, {0, 10, 0, 5, 0, 4, 0, 3}}; // the same; all on the first
    for (size_t t = 0; t < 2; t++) {
        inb_histories *histories = NULL;
        INB_OK_IS(inb_histories_from_counts(abc(), 3, tables[t], &histories, err));
        inb_estimate *estimate = average(histories, 0, false);
        ck_assert(!estimate->total.has_estimate && !estimate->headline.given);
        ck_assert(has_warning(&estimate->total, "no_estimate"));
        inb_estimate_free(estimate);
        inb_histories_free(histories);
    }
}
INB_END

INB_TEST(no_answer_is_said) {
    static const char missing[] = "A,B,C,count\n1,0,0,100\n0,1,0,50\n0,0,1,\n1,1,0,9\n1,0,1,5\n"
                                  "0,1,1,3\n";
    inb_histories *histories = NULL;
    INB_OK_IS(
        inb_histories_read_memory("h.csv", missing, strlen(missing), NULL, 0, &histories, err));
    inb_estimate *estimate = average(histories, 0, false);
    ck_assert(!estimate->total.has_estimate && !estimate->headline.given);
    ck_assert(has_warning(&estimate->total, "no_estimate"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 40, 30, 0}, &histories, err));
    estimate = average(histories, 0, false);
    ck_assert(!estimate->total.has_estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 4000000, 3, 20}, &histories, err));
    estimate = average(histories, 0, false);
    ck_assert(!estimate->total.has_estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(options_belong_here) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 40, 30, 9}, &histories, err));
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.parity = true;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "parity");
    options.method = INB_COUNT_DECOMPOSABLE;
    options.delta = -1;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "delta");
    options.delta = 0;
    options.bootstrap = 10;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "bootstrap");
    inb_histories_free(histories);
    const char *const seven[] = {"A", "B", "C", "D", "E", "F", "G"};
    int64_t counts[128];
    for (size_t h = 0; h < 128; h++) {
        counts[h] = h == 0 ? 0 : 3;
    }
    INB_OK_IS(inb_histories_from_counts(seven, 7, counts, &histories, err));
    options.bootstrap = 0;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "found 7 lists");
    inb_histories_free(histories);
}
INB_END

INB_TEST(memory_running_out) {
    inb_histories *histories = read_regions(regions());
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_DECOMPOSABLE;
    options.parity = true;
    ck_assert_uint_gt(refuse_every_allocation(histories, &options), 20);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/method_decomposable", published, groups_are_sums_of_posteriors,
    no_answer_is_said, identical_and_nested_lists, options_belong_here, memory_running_out)
