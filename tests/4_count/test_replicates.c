// SPDX-License-Identifier: EUPL-1.2
// Replicates as part of an estimate: of groups together, of a group without an estimate, of the
// pooled table.

#include "caveats.h"
#include "estimates.h"
#include "replicates.h"

#include <math.h>

INB_TEST(groups_are_drawn_together) {
    inb_histories *histories = read_regions(regions());
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
    snprintf(text, sizeof text, "%s1,0,0,E,1\n1,0,1,E,1\n", regions());
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

INB_TEST(limits_that_rest_on_few_replicates_say_so) {
    // The bias correction takes the lower limit to the outermost replicates (0025).
    inb_histories *histories = table("UKdat_5", NULL, 0);
    for (size_t i = 0; i < 2; i++) {
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        options.bootstrap = 400;
        options.level = i == 0 ? 0.95 : 0.6; // the same replicates; limits further in
        inb_estimate *estimate = NULL;
        INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
        ck_assert(has_warning(&estimate->total, "few_beyond") == (i == 0));
        inb_estimate_free(estimate);
    }
    inb_histories_free(histories);
}
INB_END

INB_TEST(no_limit_below_those_seen) {
    // Parametric replicates of a table in which nearly all are seen may have fewer people than it.
    const char *text = "A,B,count\n1,1,100\n1,0,15\n0,1,15\n";
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", text, strlen(text), NULL, 0, &histories, err));
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_INDEPENDENCE;
    options.bootstrap = 400;
    options.parametric = true;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    ck_assert_int_eq(estimate->total.interval.kind, INB_INTERVAL_BCA);
    INB_NEAR_REL(estimate->total.interval.low, 130, 1e-12);
    ck_assert_double_gt(estimate->total.interval.high, 130);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

// --prove is about the table: replicates of it keep an end.
INB_TEST(a_proof_is_of_the_table) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    int64_t counts[64];
    for (size_t h = 0; h < 64; h++) {
        counts[h] = 5;
    }
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(names, 6, counts, &histories, err));
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_BIC;
    inb_choice_plan plan = inb_i_plan_of(histories, &options, NULL);
    ck_assert(isfinite(plan.search.operations));
    options.prove = true;
    plan = inb_i_plan_of(histories, &options, NULL);
    ck_assert(isinf(plan.search.operations));
    ck_assert(isfinite(inb_i_replicate_plan(&plan, NULL).search.operations));
    inb_histories_free(histories);
}
INB_END

INB_TEST(no_limit_lies_below_the_people_seen) {
    // Parametric replicates vary in how many are seen: where nearly everybody is, both limits can.
    inb_i_run of = {.text = INB_BUFFER_INIT(1 << 16)};
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    of.options = &options;
    INB_OK_IS(inb_arena_new(0, &of.arena, err));
    inb_i_notes notes;
    INB_OK_IS(inb_i_notes_new(&of, 8, &notes, err));
    inb_figures figures = {.observed = 100, .has_estimate = true, .estimate = 102};
    const inb_bca bca = {.given = true, .low = 80, .high = 95, .beyond = 9};
    INB_OK_IS(inb_i_take_bca(&of, &bca, &figures, &notes, err));
    ck_assert_double_eq(figures.interval.low, 100);
    ck_assert_double_eq(figures.interval.high, 100);
    inb_arena_free(of.arena);
    inb_buffer_clear(&of.text);
}
INB_END

INB_TEST_MAIN("4_count/replicates", groups_are_drawn_together,
    limits_that_rest_on_few_replicates_say_so, a_proof_is_of_the_table, no_limit_below_those_seen,
    no_limit_lies_below_the_people_seen)
