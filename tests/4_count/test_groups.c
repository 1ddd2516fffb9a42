// SPDX-License-Identifier: EUPL-1.2
// Groups that are fitted apart: the joint total and its interval, a group that is too small, bounds
// in some cells, on two made regions and on Scotland (Overstall et al. 2014).

#include "estimates.h"

INB_TEST(groups_and_their_joint_total) {
    inb_histories *histories = read_regions(regions());
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
    snprintf(text, sizeof text, "%s1,0,0,E,1\n1,0,1,E,1\n", regions());
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

// a sees x, b sees y: the table of all has no overlap to speak of and gives far more.
INB_TEST(groups_and_table_that_differ_are_told) {
    static const char *const by[] = {"g"};
    static const char apart[] = "a,b,g,count\n1,0,x,800\n0,1,x,20\n1,1,x,80\n1,0,y,20\n"
                                "0,1,y,800\n1,1,y,80\n";
    static const char alike[] = "a,b,g,count\n1,0,x,400\n0,1,x,400\n1,1,x,80\n1,0,y,410\n"
                                "0,1,y,400\n1,1,y,80\n";
    for (size_t i = 0; i < 2; i++) {
        const char *text = i == 0 ? apart : alike;
        inb_histories *histories = NULL;
        INB_OK_IS(inb_histories_read_memory("t.csv", text, strlen(text), by, 1, &histories, err));
        inb_estimate *estimate = run(histories, INB_COUNT_INDEPENDENCE, NULL);
        ck_assert(has_warning(&estimate->total, "groups_and_table_apart") == (i == 0));
        inb_estimate_free(estimate);
        inb_histories_free(histories);
    }
}
INB_END

INB_TEST_MAIN("4_count/groups", groups_and_table_that_differ_are_told, groups_and_their_joint_total,
    a_small_group_is_told_so, scotland_with_groups_and_bounds)
