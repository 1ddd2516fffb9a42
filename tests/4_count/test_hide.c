// SPDX-License-Identifier: EUPL-1.2
// One table to what remains hidden: lists that saw nobody take no part, draws of one table are a
// mixture about that table's number, and without links nothing is said.

#include "hide.h"

#include "support/inb_sweep.h"
#include "support/inb_test.h"

static const char *const names[] = {"a", "nobody", "b"};
static inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;

// Bits a = 1, nobody = 2, b = 4: 200 on a, 150 on b, 40 on both.
static const int64_t full[8] = {0, 160, 0, 0, 110, 40, 0, 0};

INB_TEST(lincoln_petersen) {
    inb_i_hide_input input = {
        .lists = 3, .names = names, .full = full, .linked = true, .options = &options};
    inb_hidden hidden;
    INB_OK_IS(inb_i_hide(&input, &hidden, err));
    ck_assert_uint_eq(hidden.lists, 2);
    ck_assert_int_eq(hidden.observed, 310);
    ck_assert(hidden.has_estimate && !hidden.mixture);
    INB_NEAR_REL(hidden.estimate, 200.0 * 150 / 40, 1e-6);
    input.linked = false;
    INB_OK_IS(inb_i_hide(&input, &hidden, err));
    ck_assert(!hidden.has_estimate && hidden.observed == 310);
}
INB_END

INB_TEST(over_draws) {
    static int64_t draws[20][8];
    for (int k = 0; k < 20; k++) {
        int64_t more = k % 2 == 0 ? 5 : -5;
        int64_t one[8] = {
            0, 160 - more, 3, 0, 110 - more, 40 + more, 0, 0}; // 3: of a list left out
        for (int h = 0; h < 8; h++) {
            draws[k][h] = one[h];
        }
    }
    inb_i_hide_input input = {.lists = 3,
        .names = names,
        .full = full,
        .draw_count = 20,
        .draws = draws[0],
        .linked = true,
        .options = &options};
    inb_hidden with;
    inb_hidden without;
    INB_OK_IS(inb_i_hide(&input, &with, err));
    input.draw_count = 1; // says nothing of what is open
    INB_OK_IS(inb_i_hide(&input, &without, err));
    ck_assert(with.mixture && !without.mixture);
    // Half of the draws have 45 on both, half 35.
    ck_assert(with.estimate > 200.0 * 150 / 45 && with.estimate < 200.0 * 150 / 35);
    ck_assert(with.high - with.low > 0.8 * (without.high - without.low));
    ck_assert_int_eq(with.observed, 310); // of the links as made
}
INB_END

static inb_status once(inb_error *err) {
    inb_i_hide_input input = {.lists = 3,
        .names = names,
        .full = full,
        .draw_count = 2,
        .draws = (const int64_t[16]){0, 160, 0, 0, 110, 40, 0, 0, 0, 150, 0, 0, 100, 50, 0, 0},
        .linked = true,
        .options = &options};
    inb_hidden hidden;
    return inb_i_hide(&input, &hidden, err);
}

INB_TEST(memory_may_run_out) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("4_count/hide", lincoln_petersen, over_draws, memory_may_run_out)
