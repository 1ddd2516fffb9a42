// SPDX-License-Identifier: EUPL-1.2
// The whole station on published tables (Silverman 2014, 2020; Chan, Silverman, Vincent 2021; van
// Dijk et al. 2017; Bales, Murphy, Silverman 2020; Abeni et al. 1994): values to a relative 1e-4;
// groups, headline, two lists, options, and memory running out at every allocation.

#include "base/alloc.h"
#include "inb_test.h"

#include <inbeeld/count.h>

#include <stdio.h>
#include <string.h>

static const double NEAR = 1e-4;

// The table `name`: from the tree where it is part of it, else from the shared folder. NULL where
// that is absent and may be.
static inb_histories *table(const char *name, const char *const *groups, size_t group_count) {
    const char *source = getenv("INBEELD_SOURCE");
    const char *shared = getenv("INBEELD_SHARED");
    ck_assert_ptr_nonnull(source);
    char path[4096];
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", source, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        if (shared != NULL) {
            snprintf(path, sizeof path, "%s/data/lists/%s.csv", shared, name);
        } else {
            snprintf(path, sizeof path, "%s/../shared/data/lists/%s.csv", source, name);
        }
        file = fopen(path, "r");
    }
    const char *required = getenv("INBEELD_REQUIRE_SHARED");
    if (file == NULL && (required == NULL || strcmp(required, "1") != 0)) {
        return NULL;
    }
    ck_assert_msg(file != NULL, "%s is not there and INBEELD_REQUIRE_SHARED=1", path);
    fclose(file);
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read(path, groups, group_count, &histories, err));
    return histories;
}

static inb_estimate *run(
    const inb_histories *histories, inb_count_method method, const char *model) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    options.model = model;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    return estimate;
}

static bool has_warning(const inb_figures *figures, const char *code) {
    for (size_t i = 0; i < figures->warning_count; i++) {
        if (strcmp(figures->warnings[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static void check_model(const inb_figures *figures, const char *const *expected) {
    for (size_t i = 0; i < figures->model_count; i++) {
        ck_assert_ptr_nonnull(expected[i]);
        ck_assert_str_eq(figures->model_texts[i], expected[i]);
    }
    ck_assert_ptr_null(expected[figures->model_count]);
}

static void check_value(
    const char *name, inb_count_method method, double expected, double tolerance) {
    inb_histories *histories = table(name, NULL, 0);
    if (histories == NULL) {
        return;
    }
    inb_estimate *estimate = run(histories, method, NULL);
    ck_assert_int_eq(estimate->total.status, 0);
    ck_assert_msg(fabs(estimate->total.estimate - expected) <= tolerance, "%s: %.6f, expected %.4f",
        name, estimate->total.estimate, expected);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}

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

INB_TEST(new_orleans_and_rome) {
    check_value("NewOrl", INB_COUNT_INDEPENDENCE, 997, 0.5);
    check_value("NewOrl", INB_COUNT_STEPWISE, 1183.6923, 1e-3);
    check_value("NewOrl_5", INB_COUNT_INDEPENDENCE, 1034.15, 5e-3);
    check_value("HIV_rome", INB_COUNT_STEPWISE, 11125, 0.5);
}
INB_END

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

static const char *const abc[] = {"A", "B", "C"};

INB_TEST(no_finite_estimate_is_no_number) {
    inb_histories *histories = NULL;
    INB_OK_IS(
        inb_histories_from_counts(abc, 3, (int64_t[]){0, 40, 30, 6, 20, 0, 0, 0}, &histories, err));
    const char *const models[] = {"AxB,AxC,BxC", "AxB,C", "AxC,BxC"};
    const int statuses[] = {2, 1, 0};
    for (size_t i = 0; i < 3; i++) {
        inb_estimate *estimate = run(histories, INB_COUNT_MODEL, models[i]);
        ck_assert_int_eq(estimate->total.status, statuses[i]);
        ck_assert_int_eq(estimate->total.has_estimate, statuses[i] == 0);
        ck_assert_int_eq(estimate->total.parameters_identified, statuses[i] != 2);
        ck_assert(has_warning(&estimate->total, "empty_overlaps"));
        if (statuses[i] != 0) {
            ck_assert(!estimate->headline.given);
            ck_assert(has_warning(&estimate->total, "no_estimate"));
            ck_assert_double_eq(estimate->total.estimate, 0);
        } else {
            INB_NEAR_REL(estimate->total.estimate, 96 + 40.0 * 30 / 6, 1e-9);
        }
        inb_estimate_free(estimate);
    }
    inb_histories_free(histories);
    // Two lists that never meet; identical lists.
    INB_OK_IS(inb_histories_from_counts(abc, 2, (int64_t[]){0, 40, 30, 0}, &histories, err));
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(!estimate->total.has_estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    INB_OK_IS(inb_histories_from_counts(abc, 2, (int64_t[]){0, 0, 0, 30}, &histories, err));
    estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(!estimate->total.has_estimate);
    ck_assert(has_warning(&estimate->total, "identical_lists"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(two_lists_mention_chapman) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc, 2, (int64_t[]){0, 200, 300, 50}, &histories, err));
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

static const char regions[] =
    "A,B,C,region,count\n1,0,0,N,120\n0,1,0,N,80\n0,0,1,N,60\n1,1,0,N,30\n1,0,1,N,25\n0,1,1,N,15\n"
    "1,1,1,N,5\n1,0,0,S,90\n0,1,0,S,70\n0,0,1,S,50\n1,1,0,S,9\n1,0,1,S,12\n0,1,1,S,8\n1,1,1,S,3\n";

static inb_histories *read_regions(const char *text) {
    const char *by[] = {"region"};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", text, strlen(text), by, 1, &histories, err));
    return histories;
}

INB_TEST(groups_and_their_joint_total) {
    inb_histories *histories = read_regions(regions);
    inb_estimate *estimate = run(histories, INB_COUNT_INDEPENDENCE, NULL);
    ck_assert_uint_eq(estimate->group_count, 2);
    const inb_figures *north = &estimate->groups[0];
    const inb_figures *south = &estimate->groups[1];
    ck_assert_str_eq(north->group_values[0], "N");
    INB_NEAR_REL(estimate->total.estimate, north->estimate + south->estimate, 1e-12);
    ck_assert_int_eq(estimate->total.observed, north->observed + south->observed);
    // The joint interval is that of one model with everything crossed with region: the same as by
    // the delta method on the sum.
    double se = sqrt(pow(north->hidden * north->log_hidden_se, 2) +
                     pow(south->hidden * south->log_hidden_se, 2)) /
                (north->hidden + south->hidden);
    double n = (double)estimate->total.observed;
    INB_NEAR_REL(estimate->total.interval.low,
        n + estimate->total.hidden * exp(-1.959963984540054 * se), 1e-10);
    ck_assert_double_gt(estimate->total.interval.high, estimate->total.estimate);
    ck_assert_double_lt(estimate->total.interval.high - estimate->total.interval.low,
        north->interval.high - north->interval.low + south->interval.high - south->interval.low);
    ck_assert(estimate->has_pooled);
    ck_assert_int_eq(estimate->pooled.observed, estimate->total.observed);
    ck_assert_uint_eq(estimate->total.model_count, 0);
    ck_assert(has_warning(&estimate->total, "groups_apart"));
    inb_histories_free(histories); // the estimate stands on its own
    ck_assert_str_eq(estimate->groups[1].group_values[0], "S");
    ck_assert_str_eq(estimate->lists[2], "C");
    inb_estimate_free(estimate);
}
INB_END

INB_TEST(a_small_group_is_told_so) {
    char text[1024];
    snprintf(text, sizeof text, "%s1,0,0,E,1\n1,0,1,E,1\n", regions);
    inb_histories *histories = read_regions(text);
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert_uint_eq(estimate->group_count, 3);
    ck_assert(has_warning(&estimate->groups[2], "small_group"));
    ck_assert(has_warning(&estimate->groups[2], "list_without_people"));
    ck_assert(!estimate->groups[2].has_estimate);
    ck_assert(!estimate->total.has_estimate); // no sum without it
    ck_assert(!estimate->headline.given);
    ck_assert(estimate->has_pooled && estimate->pooled.has_estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(scotland_with_groups_and_bounds) {
    const char *by[] = {"region", "gender"};
    inb_histories *histories = table("ScotPWID", by, 2);
    if (histories == NULL) {
        return;
    }
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert_uint_eq(estimate->group_count, 4);
    ck_assert_int_eq(estimate->total.observed, 5670);
    double sum = 0;
    for (size_t g = 0; g < 4; g++) {
        ck_assert_int_eq(estimate->groups[g].status, 0);
        sum += estimate->groups[g].estimate;
    }
    INB_NEAR_REL(estimate->total.estimate, sum, 1e-12);
    inb_estimate_free(estimate);
    // The S4-only cells as bounds: fewer seen, and not more hidden behind the bound than it says.
    int64_t bound = 0;
    for (size_t g = 0; g < 4; g++) {
        histories->groups[g].cells[8].kind = INB_CELL_CENSORED;
        bound += histories->groups[g].cells[8].count;
        histories->groups[g].observed -= histories->groups[g].cells[8].count;
    }
    ck_assert_int_eq(bound, 684);
    estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert_int_eq(estimate->total.observed, 5670 - 684);
    ck_assert_double_gt(estimate->total.uncounted, 0);
    ck_assert_double_le(estimate->total.uncounted, 684);
    ck_assert(has_warning(&estimate->groups[0], "censored_cells"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(missing_and_structural_cells) {
    // Independence on three lists; AC cannot occur, BC was not delivered.
    static const char text[] = "A,B,C,count\n1,0,0,1000\n0,1,0,500\n0,0,1,400\n1,1,0,50\n1,0,1,-\n"
                               "0,1,1,\n1,1,1,2\n";
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", text, strlen(text), NULL, 0, &histories, err));
    inb_estimate *estimate = run(histories, INB_COUNT_INDEPENDENCE, NULL);
    ck_assert_int_eq(estimate->total.status, 0);
    ck_assert_int_eq(estimate->total.observed, 1952);
    ck_assert_double_gt(estimate->total.uncounted, 0);
    ck_assert_double_gt(estimate->total.hidden, estimate->total.uncounted);
    ck_assert(has_warning(&estimate->total, "missing_cells"));
    ck_assert(has_warning(&estimate->total, "structural_cells"));
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
    ck_assert_uint_eq(total->interval_count, 2);
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

INB_TEST(no_model_of_all_has_an_estimate) {
    inb_histories *histories = NULL;
    INB_OK_IS(
        inb_histories_from_counts(abc, 3, (int64_t[]){0, 40, 30, 0, 20, 0, 0, 0}, &histories, err));
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

INB_TEST(groups_are_drawn_together) {
    inb_histories *histories = read_regions(regions);
    const inb_count_method methods[] = {INB_COUNT_INDEPENDENCE, INB_COUNT_STEPWISE, INB_COUNT_BIC};
    for (size_t i = 0; i < 3; i++) {
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        options.method = methods[i];
        options.bootstrap = 400;
        inb_estimate *estimate = NULL;
        INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
        const inb_figures *total = &estimate->total;
        const inb_figures *north = &estimate->groups[0];
        const inb_figures *south = &estimate->groups[1];
        ck_assert_int_eq(total->interval.kind, INB_INTERVAL_BCA);
        ck_assert_int_eq(north->interval.kind, INB_INTERVAL_BCA);
        ck_assert_int_eq(estimate->pooled.interval.kind, INB_INTERVAL_BCA);
        ck_assert_uint_eq(total->replicates, 400);
        // A sum of independent parts: narrower than the parts end to end.
        double width = total->interval.high - total->interval.low;
        double parts =
            north->interval.high - north->interval.low + south->interval.high - south->interval.low;
        ck_assert_double_lt(width, parts);
        ck_assert_double_gt(width, 0.5 * parts);
        INB_NEAR_REL(total->bound, north->bound + south->bound, 1e-12);
        inb_estimate_free(estimate);
    }
    // A group without an estimate: the others have their intervals, the sum has none.
    char text[1024];
    snprintf(text, sizeof text, "%s1,0,0,E,1\n1,0,1,E,1\n", regions);
    inb_histories *small = read_regions(text);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.bootstrap = 100;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(small, &options, &estimate, err));
    ck_assert_int_eq(estimate->groups[0].interval.kind, INB_INTERVAL_BCA);
    ck_assert_uint_eq(estimate->groups[2].replicates, 0);
    ck_assert(!estimate->total.has_interval);
    inb_estimate_free(estimate);
    inb_histories_free(small);
    inb_histories_free(histories);
}
INB_END

INB_TEST(options_are_checked) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc, 2, (int64_t[]){0, 200, 300, 50}, &histories, err));
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

// Allocation 1, 2, ... refused until the run needs no more; returns how many it took.
static size_t refuse_every_allocation(
    const inb_histories *histories, const inb_estimate_options *options) {
    size_t fail = 1;
    for (;; fail++) {
        inb_estimate *estimate = NULL;
        inb_error err = INB_ERROR_INIT;
        inb_buffer out = INB_BUFFER_INIT((size_t)1 << 20);
        inb_alloc_fail_from(fail);
        inb_status status = inb_estimate_run(histories, options, &estimate, &err);
        if (status == INB_OK) {
            inb_estimate_text(estimate, &out);
            inb_estimate_json(estimate, &out);
            status = inb_buffer_check(&out, &err);
        }
        inb_alloc_fail_from(0);
        inb_buffer_clear(&out);
        inb_estimate_free(estimate);
        if (status == INB_OK) {
            break;
        }
        ck_assert_int_eq(status, INB_NO_MEMORY);
    }
    return fail;
}

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

INB_TEST_MAIN("4_count/estimate", united_kingdom, netherlands, new_orleans_and_rome,
    one_given_model, no_finite_estimate_is_no_number, two_lists_mention_chapman,
    groups_and_their_joint_total, a_small_group_is_told_so, scotland_with_groups_and_bounds,
    missing_and_structural_cells, best_model_with_its_intervals, no_model_of_all_has_an_estimate,
    groups_are_drawn_together, options_are_checked, memory_running_out)
