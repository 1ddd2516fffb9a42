// SPDX-License-Identifier: EUPL-1.2
// No single number where the methods lie more than a factor two apart (Netherlands: van Dijk et al.
// 2017).

#include "estimates.h"

INB_TEST(netherlands) {
    check_value("Ned_5", INB_COUNT_INDEPENDENCE, 52924, 0.5);
    check_value("Ned_5", INB_COUNT_STEPWISE, 121521.6137, 1e-2);
    check_value("Ned", INB_COUNT_INDEPENDENCE, 52823, 0.5);
    check_value("Ned", INB_COUNT_STEPWISE, 111139.3712, 1e-2);
    inb_histories *histories = table("Ned_5", NULL, 0);
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(!estimate->headline.given); // a factor 2.3 apart
    INB_NEAR_REL(estimate->headline.low, 52924, NEAR);
    INB_NEAR_REL(estimate->headline.high, 121521.6137, NEAR);
    ck_assert(estimate->total.has_estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

static inb_estimate *averaged(
    const inb_histories *histories, inb_count_method method, const char *model) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    options.model = model;
    options.averaged = true;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    return estimate;
}

INB_TEST(a_poor_fit_that_better_models_contradict) {
    // Hepatitis A at a college in Taiwan (Chao and others 2001): 271 on three lists, 545 found by
    // testing everybody. Stepwise stays with independence, 388, all pairs together give 1,313.
    inb_histories *histories = NULL;
    const int64_t hepatitis[] = {0, 69, 55, 21, 63, 17, 18, 28};
    INB_OK_IS(inb_histories_from_counts(abc(), 3, hepatitis, &histories, err));
    inb_estimate *estimate = averaged(histories, INB_COUNT_STEPWISE, NULL);
    INB_NEAR_REL(estimate->total.estimate, 388.4835, NEAR);
    ck_assert(has_warning(&estimate->total, "poor_fit"));
    ck_assert(!estimate->headline.given);
    ck_assert_ptr_nonnull(strstr(estimate->headline.reason, "models that fit better"));
    INB_NEAR_REL(estimate->headline.low, 388.4835, NEAR);
    ck_assert_double_gt(estimate->headline.high, 545);
    inb_estimate_free(estimate);
    estimate = averaged(histories, INB_COUNT_MODEL, "AxB,AxC,BxC");
    ck_assert(!has_warning(&estimate->total, "poor_fit")); // nothing is left over to judge it by
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(a_list_within_another_has_no_headline) {
    // B made from A: its pair has no finite estimate, so that stepwise leaves it out.
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(
        abc(), 3, (int64_t[]){0, 400, 0, 60, 200, 50, 0, 5}, &histories, err));
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(estimate->total.has_estimate && estimate->total.status == 0);
    ck_assert(!estimate->headline.given);
    ck_assert_ptr_nonnull(
        strstr(estimate->headline.reason, "everybody on list B is also on list A"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    // Three people who happen to be on the large list too are chance.
    INB_OK_IS(inb_histories_from_counts(
        abc(), 3, (int64_t[]){0, 400, 0, 2, 20, 30, 0, 1}, &histories, err));
    estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(estimate->headline.given);
    ck_assert(has_warning(&estimate->total, "nested_lists"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/headline", netherlands, a_poor_fit_that_better_models_contradict,
    a_list_within_another_has_no_headline)
