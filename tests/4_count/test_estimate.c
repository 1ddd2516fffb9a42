// SPDX-License-Identifier: EUPL-1.2
// The whole station on published tables (Silverman 2014, 2020; Chan, Silverman, Vincent 2021; van
// Dijk et al. 2017; Bales, Murphy, Silverman 2020; Abeni et al. 1994): values to a relative 1e-4;
// groups, headline, two lists, options, and memory running out at every allocation.

#include "estimates.h"

INB_TEST(united_kingdom) {
    inb_histories *histories = table("UKdat_5", NULL, 0);
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert_int_eq(estimate->total.observed, 2744);
    INB_NEAR_REL(estimate->total.estimate, 11312.9903, NEAR / 1e3);
    INB_NEAR_REL(estimate->total.interval.low, 9884.40, NEAR / 1e1);
    INB_NEAR_REL(estimate->total.interval.high, 13027.40, NEAR / 1e1);
    INB_NEAR_REL(estimate->total.hidden, 11312.9903 - 2744, NEAR);
    const char *const model[] = {"LAxNG", "LAxPFNCA", "NGxGO", "NGxGP", "PFNCAxGP", "GOxGP", NULL};
    check_model(&estimate->total, model);
    ck_assert(estimate->headline.given);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    check_value("UKdat_5", INB_COUNT_INDEPENDENCE, 13444, 0.5);
    check_value("UKdat", INB_COUNT_STEPWISE, 11417.9911, 1e-3);
    check_value("UKdat_4", INB_COUNT_STEPWISE, 11015.2445, 1e-3);
}
INB_END

INB_TEST(new_orleans_and_rome) {
    check_value("NewOrl", INB_COUNT_INDEPENDENCE, 997, 0.5);
    check_value("NewOrl", INB_COUNT_STEPWISE, 1183.6923, 1e-3);
    check_value("NewOrl_5", INB_COUNT_INDEPENDENCE, 1034.15, 5e-3);
    check_value("HIV_rome", INB_COUNT_STEPWISE, 11125, 0.5);
}
INB_END

INB_TEST(two_lists_mention_chapman) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 200, 300, 50}, &histories, err));
    inb_estimate *estimate = run(histories, INB_COUNT_INDEPENDENCE, NULL);
    INB_NEAR_REL(estimate->total.estimate, 250.0 * 350 / 50, 1e-9);
    ck_assert(estimate->has_chapman);
    INB_NEAR_REL(estimate->chapman.estimate, 251.0 * 351 / 51 - 1, 1e-12);
    INB_NEAR_REL(estimate->chapman.se, sqrt(251.0 * 351 * 200 * 300 / (51.0 * 51 * 52)), 1e-12);
    ck_assert(has_warning(&estimate->total, "two_lists"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(options_are_checked) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 200, 300, 50}, &histories, err));
    inb_estimate *estimate = NULL;
    const double bad[] = {0, 1, -1, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        options.level = bad[i];
        INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "level");
        options = (inb_estimate_options)INB_ESTIMATE_OPTIONS_INIT;
        options.threshold = bad[i];
        INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "threshold");
    }
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.model = "AxB";
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "model");
    options.method = INB_COUNT_MODEL;
    options.model = "AxZ";
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "AxZ");
    options = (inb_estimate_options)INB_ESTIMATE_OPTIONS_INIT;
    options.order = 2;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "bic");
    options = (inb_estimate_options)INB_ESTIMATE_OPTIONS_INIT;
    options.bootstrap = (size_t)INB_REPLICATES_MOST + 1;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "bootstrap");
    ck_assert_ptr_null(estimate);
    // A wider level is a wider interval around the same number.
    inb_estimate *narrow = NULL;
    options = (inb_estimate_options)INB_ESTIMATE_OPTIONS_INIT;
    options.level = 0.5;
    INB_OK_IS(inb_estimate_run(histories, &options, &narrow, err));
    options.level = 0.99;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    ck_assert_double_gt(estimate->total.interval.high, narrow->total.interval.high);
    ck_assert_double_lt(estimate->total.interval.low, narrow->total.interval.low);
    ck_assert_double_eq(estimate->total.estimate, narrow->total.estimate);
    inb_estimate_free(narrow);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(memory_running_out) {
    // A sparse table, so that the linear program is met as well.
    const char *by[] = {"region"};
    static const char text[] = "A,B,C,region,count\n1,0,0,N,40\n0,1,0,N,30\n0,0,1,N,20\n1,1,0,N,6\n"
                               "1,0,0,S,90\n0,1,0,S,70\n0,0,1,S,50\n1,0,1,S,9\n";
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", text, strlen(text), by, 1, &histories, err));
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_MODEL;
    options.model = "AxB,AxC";
    ck_assert_uint_gt(refuse_every_allocation(histories, &options), 20);
    options = (inb_estimate_options)INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_BIC;
    options.bootstrap = 3;
    options.threads = 2;
    ck_assert_uint_gt(refuse_every_allocation(histories, &options), 60);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/estimate", united_kingdom, new_orleans_and_rome, two_lists_mention_chapman,
    options_are_checked, memory_running_out)
