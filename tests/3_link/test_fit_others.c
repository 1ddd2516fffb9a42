// SPDX-License-Identifier: EUPL-1.2
// Chances of levels among pairs that do not match, found again where a part of the random pairs
// matches and other columns are often blank.

#include "fit.h"
#include "inb_test.h"

enum { FEATURES = 2, LEVELS = 3, PATTERNS = 9 };

static const double true_m = 0.9;
static const double true_u[FEATURES] = {1e-7, 1e-3};
static const double blank[FEATURES] = {0.6, 0};

// Levels 0 (blank), 1 (different), 2 (equal).
static void count(double pairs, double share, uint64_t *patterns, double *counts) {
    for (size_t i = 0; i < PATTERNS; i++) {
        double m = share;
        double u = 1 - share;
        patterns[i] = 0;
        for (size_t f = 0, at = i; f < FEATURES; f++, at /= LEVELS) {
            size_t level = at % LEVELS;
            patterns[i] |= (uint64_t)level << (3 * f);
            m *= level == 0 ? blank[f] : (1 - blank[f]) * (level == 2 ? true_m : 1 - true_m);
            u *= level == 0   ? blank[f]
                 : level == 2 ? (1 - blank[f]) * true_u[f]
                              : (1 - blank[f]) * (1 - true_u[f]);
        }
        counts[i] = pairs * (m + u);
    }
}

// Of the pairs that are equal on the last column one in five matches; where the other one is blank
// nothing but that column says so.
INB_TEST(blanks_elsewhere_do_not_hide_matches) {
    static uint64_t patterns[PATTERNS];
    static double counts[PATTERNS];
    const double pairs = 1e7;
    inb_fit_layout layout = {.features = FEATURES, .group_count = FEATURES};
    for (unsigned f = 0; f < FEATURES; f++) {
        layout.exact[f] = layout.top[f] = 2;
        layout.groups[f] = (inb_fit_group){f, 1};
    }
    count(pairs, 2.5e-4, patterns, counts);
    inb_pattern_counts all = {patterns, counts, PATTERNS};
    inb_fit_input input = {&layout, &all, &all, pairs, pairs, NULL};
    inb_fit *fit = NULL;
    INB_OK_IS(inb_fit_run(&input, &fit, err));
    INB_NEAR_REL(fit->u_level[1][2], true_u[1], 0.01);
    inb_fit_freep(&fit);
}
INB_END

// Pairs of one date were all taken off as matches: u stays what the parts of a date say, also where
// day and month are exchanged, and chances still sum to 1.
INB_TEST(equal_dates_are_not_all_of_one_person) {
    static const double chance[3][4] = {
        {0, 0.99, 0.01, 0}, {0, 0.918, 0.08, 0.002}, {0, 0.968, 0.03, 0.002}};
    inb_fit_layout layout = {.features = 3, .exact = {2, 2, 2}, .top = {2, 3, 3}, .group_count = 1};
    layout.groups[0] = (inb_fit_group){0, 3};
    uint64_t patterns[16];
    double counts[16];
    size_t count = 0;
    const double pairs = 2e6;
    for (uint64_t year = 1; year <= 2; year++) {
        for (uint64_t month = 1; month <= 3; month++) {
            for (uint64_t day = 1; day <= 3; day++) {
                bool turned = month == 3;
                if (turned == (day == 3)) {
                    bool same = year == 2 && month == day && month >= 2;
                    patterns[count] = year | month << 3 | day << 6;
                    counts[count++] = same ? 0
                                           : pairs * chance[0][year] * chance[1][month] *
                                                 (turned ? 1 : chance[2][day]);
                }
            }
        }
    }
    inb_pattern_counts all = {patterns, counts, count};
    inb_fit_input input = {&layout, &all, &all, pairs, pairs, NULL};
    inb_fit *fit = NULL;
    INB_OK_IS(inb_fit_start(&input, &fit, err));
    double equal = fit->u_level[0][2] * fit->u_level[1][2] * fit->u_level[2][2];
    INB_NEAR_REL(fit->u[0][2 | 2 << 3 | 2 << 6], equal, 1e-9);
    INB_NEAR_REL(fit->u[0][2 | 3 << 3 | 3 << 6], fit->u_level[0][2] * fit->u_level[1][3], 1e-9);
    double sum = 0;
    for (size_t at = 0; at < 512; at++) {
        sum += (at & 7) != 0 && (at >> 3 & 7) != 0 && at >> 6 != 0 ? fit->u[0][at] : 0;
    }
    INB_NEAR_ABS(sum, 1, 1e-9);
    inb_fit_freep(&fit);
}
INB_END

INB_TEST_MAIN("3_link/fit_others", blanks_elsewhere_do_not_hide_matches,
    equal_dates_are_not_all_of_one_person)
