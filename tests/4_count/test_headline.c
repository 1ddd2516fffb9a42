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

INB_TEST_MAIN("4_count/headline", netherlands)
