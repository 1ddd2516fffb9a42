// SPDX-License-Identifier: EUPL-1.2
// What every estimate says about its own weakness: empty overlaps, cells that nobody counted, no
// finite estimate at all (Chan, Silverman, Vincent 2021, table 2).

#include "estimates.h"

INB_TEST(no_finite_estimate_is_no_number) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(
        abc(), 3, (int64_t[]){0, 40, 30, 6, 20, 0, 0, 0}, &histories, err));
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
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 40, 30, 0}, &histories, err));
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(!estimate->total.has_estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 0, 0, 30}, &histories, err));
    estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(!estimate->total.has_estimate);
    ck_assert(has_warning(&estimate->total, "identical_lists"));
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

INB_TEST_MAIN("4_count/caveats", no_finite_estimate_is_no_number, missing_and_structural_cells)
