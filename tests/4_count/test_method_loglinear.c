// SPDX-License-Identifier: EUPL-1.2
// The methods that fit one log-linear model, on published tables: given models, the best of all,
// and none.

#include "estimates.h"

static const char GROUPED[] = "A,B,C,sex,count\n"
                              "1,0,0,f,60\n0,1,0,f,50\n0,0,1,f,40\n1,1,0,f,20\n1,0,1,f,15\n"
                              "0,1,1,f,12\n1,1,1,f,6\n"
                              "1,0,0,m,70\n0,1,0,m,45\n0,0,1,m,30\n1,1,0,m,25\n1,0,1,m,10\n"
                              "0,1,1,m,9\n1,1,1,m,5\n";

INB_TEST(one_given_model) {
    inb_histories *histories = table("UKdat_5", NULL, 0);
    inb_estimate *estimate = run(histories, INB_COUNT_MODEL,
        "LAxNG,LAxPFNCA,NGxPFNCA,NGxGP,PFNCAxGO"); // [12,13,23,25,34]: 22,991.3 published
    INB_NEAR_ABS(estimate->total.estimate, 22991.3, 0.05);
    ck_assert_uint_eq(estimate->compared_count, 3);
    ck_assert(!estimate->headline.given);
    inb_estimate_free(estimate);
    estimate = run(histories, INB_COUNT_MODEL, "LAxNGxPFNCA,NGxGP,PFNCAxGO"); // [123,25,34]
    INB_NEAR_ABS(estimate->total.estimate, 25311.29, 0.005);
    const char *const model[] = {"LAxNGxPFNCA", "NGxGP", "PFNCAxGO", NULL};
    check_model(&estimate->total, model);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(best_model_with_its_intervals) {
    inb_histories *histories = table("UKdat_5", NULL, 0);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_BIC;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    const inb_figures *total = &estimate->total;
    INB_NEAR_ABS(total->estimate, 25311.29, 0.006);
    check_model(total, (const char *const[]){"LAxNGxPFNCA", "NGxGP", "PFNCAxGO", NULL});
    ck_assert_int_eq(total->interval.kind, INB_INTERVAL_PROFILE);
    INB_NEAR_ABS(total->interval.low, 19389.30, 0.006);
    INB_NEAR_ABS(total->interval.high, 34111.02, 0.006);
    INB_NEAR_ABS(total->profile_estimate, 25279.50, 0.006);
    INB_NEAR_ABS(total->bound, 13570.03, 0.006);
    ck_assert_uint_eq(total->interval_count, 2); // that over models was not asked for
    ck_assert(total->has_search && total->search.proved);
    ck_assert_uint_eq(total->search.models, 6893);
    ck_assert_uint_eq(estimate->compared_count, 3);
    ck_assert(!estimate->headline.given); // 11,313 to 25,311
    ck_assert(has_warning(total, "selection"));
    inb_estimate_free(estimate);
    estimate = NULL;
    // Replicates: the bca interval leads, and nothing is said of a model taken as given.
    options.bootstrap = 200;
    options.threads = 2;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    total = &estimate->total;
    ck_assert_int_eq(total->interval.kind, INB_INTERVAL_BCA);
    ck_assert_uint_eq(total->interval_count, 3);
    ck_assert_uint_eq(total->replicates, 200);
    ck_assert(!has_warning(total, "selection"));
    ck_assert(total->interval.low < total->estimate && total->interval.high > total->estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

// Over models only where it is asked for, of one table without groups, and by a method that
// chooses.
INB_TEST(over_models_where_asked_for) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    ck_assert(!options.averaged);
    static const inb_count_method methods[] = {
        INB_COUNT_STEPWISE, INB_COUNT_BIC, INB_COUNT_INDEPENDENCE};
    inb_histories *histories = table("Ned_5", NULL, 0);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        options.method = methods[i];
        inb_estimate *plain = NULL;
        inb_estimate *asked = NULL;
        options.averaged = false;
        INB_OK_IS(inb_estimate_run(histories, &options, &plain, err));
        options.averaged = true;
        INB_OK_IS(inb_estimate_run(histories, &options, &asked, err));
        size_t more = methods[i] == INB_COUNT_INDEPENDENCE ? 0 : 1;
        ck_assert_uint_eq(asked->total.interval_count, plain->total.interval_count + more);
        ck_assert_int_eq(asked->total.interval.kind, plain->total.interval.kind);
        if (more > 0) {
            const inb_interval *last = &asked->total.intervals[asked->total.interval_count - 1];
            ck_assert_str_eq(last->over, "pair models by aic");
        }
        ck_assert(has_warning(&asked->total, "other_models") == (more > 0));
        ck_assert(!has_warning(&plain->total, "other_models"));
        inb_estimate_free(plain);
        inb_estimate_free(asked);
    }
    inb_histories_free(histories);
    const char *by[] = {"sex"};
    INB_OK_IS(
        inb_histories_read_memory("t.csv", GROUPED, sizeof GROUPED - 1, by, 1, &histories, err));
    inb_estimate *grouped = NULL;
    options.method = INB_COUNT_STEPWISE;
    INB_OK_IS(inb_estimate_run(histories, &options, &grouped, err));
    ck_assert(grouped->groups[0].has_estimate && grouped->has_pooled);
    ck_assert(grouped->groups[0].intervals[grouped->groups[0].interval_count - 1].over == NULL);
    ck_assert(grouped->pooled.intervals[grouped->pooled.interval_count - 1].over == NULL);
    inb_estimate_free(grouped);
    inb_histories_free(histories);
}
INB_END

INB_TEST(no_model_of_all_has_an_estimate) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(
        abc(), 3, (int64_t[]){0, 40, 30, 0, 20, 0, 0, 0}, &histories, err));
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_BIC;
    options.bootstrap = 10;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    ck_assert(!estimate->total.has_estimate && !estimate->headline.given);
    ck_assert(has_warning(&estimate->total, "no_model"));
    ck_assert_uint_eq(estimate->total.interval_count, 0);
    ck_assert_uint_eq(estimate->total.replicates, 0);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/method_loglinear", one_given_model, best_model_with_its_intervals,
    over_models_where_asked_for, no_model_of_all_has_an_estimate)
