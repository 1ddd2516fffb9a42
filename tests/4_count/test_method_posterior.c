// SPDX-License-Identifier: EUPL-1.2
// What both methods of the posterior kind say in the same way: median, limits and sample belong
// together, and where the prior alone would speak there is no number and a word why.

#include <inbeeld/count.h>

#include "base/alloc.h"
#include "support/inb_test.h"

#include <string.h>

static const char *const lists[] = {"A", "B", "C"};
static const inb_count_method methods[] = {INB_COUNT_DECOMPOSABLE, INB_COUNT_LATENT_CLASS};

static inb_estimate *estimate_of(const int64_t *counts, inb_count_method method) {
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    INB_OK_IS(inb_histories_from_counts(lists, 3, counts, &histories, err));
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    return estimate;
}

INB_TEST(median_limits_and_sample_agree) {
    static const int64_t counts[] = {0, 90, 110, 40, 80, 30, 45, 20};
    for (size_t i = 0; i < 2; i++) {
        INB_CLEANUP(inb_estimate_freep) inb_estimate *estimate = estimate_of(counts, methods[i]);
        const inb_figures *total = &estimate->total;
        ck_assert(total->has_estimate && total->has_posterior && total->has_interval);
        ck_assert_int_eq(total->interval.kind, INB_INTERVAL_POSTERIOR);
        ck_assert(total->interval.low <= total->estimate);
        ck_assert(total->estimate <= total->interval.high);
        INB_NEAR_REL(total->hidden, total->estimate - 415, 1e-9);
        ck_assert_uint_gt(total->sample_count, 100);
        INB_NEAR_REL(total->sample[total->sample_count / 2], total->estimate, 0.02);
        ck_assert(total->sample[0] >= 415);
    }
}
INB_END

INB_TEST(no_number_from_the_prior_alone) {
    static const int64_t counts[] = {0, 90, 110, 0, 80, 0, 0, 0}; // nobody on two lists
    for (size_t i = 0; i < 2; i++) {
        INB_CLEANUP(inb_estimate_freep) inb_estimate *estimate = estimate_of(counts, methods[i]);
        const inb_figures *total = &estimate->total;
        ck_assert(!total->has_estimate && !total->has_posterior && total->sample_count == 0);
        ck_assert_int_eq(total->status, INB_FIT_NOT_IDENTIFIED);
        bool said = false;
        for (size_t w = 0; w < total->warning_count; w++) {
            said = said || strcmp(total->warnings[w].code, "no_estimate") == 0;
        }
        ck_assert(said);
    }
}
INB_END

INB_TEST_MAIN(
    "4_count/method_posterior", median_limits_and_sample_agree, no_number_from_the_prior_alone)
