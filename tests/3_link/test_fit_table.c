// SPDX-License-Identifier: EUPL-1.2
// Tables out of counts: independence is kept, dependence believed once it is seen, sums are 1.

#include "fit_table.h"
#include "inb_test.h"

INB_TEST(a_ratio_holds_to_the_margins_until_it_is_seen) {
    INB_NEAR_ABS(inb_fit_ratio(0, 1e-6), 1, 1e-9);
    ck_assert_double_gt(inb_fit_ratio(0, 0.01), 0.9); // not seen, nor to be expected
    ck_assert_double_gt(inb_fit_ratio(24, 0.05), 50); // seen often
    ck_assert_double_lt(inb_fit_ratio(0, 50), 0.1);   // should have been seen
    INB_NEAR_ABS(inb_fit_ratio(104, 100), 1.04, 0.02);
    INB_NEAR_REL(inb_fit_ratio(1e6, 1e5), 10, 0.01);
}
INB_END

// Two features of two levels: 1 different, 2 equal.
static void table_of(const double counts[4], double table[64]) {
    inb_fit_layout layout = {.features = 2, .exact = {2, 2}, .top = {2, 2}, .group_count = 1};
    layout.groups[0] = (inb_fit_group){0, 2};
    double room[64] = {0};
    double level[2][INB_FIT_LEVELS] = {{0}};
    double total = counts[0] + counts[1] + counts[2] + counts[3];
    for (size_t i = 0; i < 4; i++) {
        room[(i % 2 + 1) | (i / 2 + 1) << 3] = counts[i];
        level[0][i % 2 + 1] += counts[i] / total;
        level[1][i / 2 + 1] += counts[i] / total;
    }
    inb_fit_fill_table(
        &layout, &layout.groups[0], (const double(*)[INB_FIT_LEVELS])level, room, table);
}

INB_TEST(tables) {
    double table[64];
    table_of((const double[]){810, 90, 90, 10}, table);
    INB_NEAR_REL(table[2 | 2 << 3], 0.01, 0.02);
    INB_NEAR_ABS(
        table[1 | 1 << 3] + table[2 | 1 << 3] + table[1 | 2 << 3] + table[2 | 2 << 3], 1, 1e-12);
    table_of((const double[]){900, 0, 0, 100}, table); // equal together or not at all
    ck_assert_double_gt(table[2 | 2 << 3], 0.09);
    ck_assert_double_lt(table[2 | 1 << 3], 0.002);
    INB_NEAR_REL(table[2], 0.1, 1e-9); // the second feature blank: the margin
    INB_NEAR_ABS(table[3 | 1 << 3], 0, 0);
}
INB_END

// Day and month exchanged are one thing and not two.
INB_TEST(exchanged_features_count_once) {
    inb_fit_layout layout = {.features = 2, .exact = {2, 2}, .top = {3, 3}, .group_count = 1};
    layout.groups[0] = (inb_fit_group){0, 2};
    const double level[2][INB_FIT_LEVELS] = {{0, 0.7, 0.2, 0.1}, {0, 0.6, 0.3, 0.1}};
    INB_NEAR_REL(inb_fit_product(&layout, &layout.groups[0], level, 2 | 2 << 3), 0.06, 1e-12);
    INB_NEAR_REL(inb_fit_product(&layout, &layout.groups[0], level, 3 | 3 << 3), 0.1, 1e-12);
    INB_NEAR_REL(inb_fit_product(&layout, &layout.groups[0], level, 3 << 3), 0.1, 1e-12);
    INB_NEAR_REL(inb_fit_product(&layout, &layout.groups[0], level, 3 | 2 << 3), 0.03, 1e-12);
}
INB_END

INB_TEST_MAIN("3_link/fit_table", a_ratio_holds_to_the_margins_until_it_is_seen, tables,
    exchanged_features_count_once)
