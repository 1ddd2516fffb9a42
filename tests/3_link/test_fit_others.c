// SPDX-License-Identifier: EUPL-1.2
// Chances of levels among pairs that do not match, found again where a part of the random pairs
// matches and other columns are often blank.

#include "fit.h"
#include "inb_test.h"

#include <string.h>

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

// A date and a name that says little: most pairs of one date match, and the name could not tell
// that some do not. u of the date stays what its parts say, also where day and month are exchanged.
INB_TEST(equal_dates_are_not_all_of_one_person) {
    static const double year = 0.01;
    static const double part[2] = {0.08, 0.03};
    static const double exchanged = 0.002;
    inb_fit_layout layout = {.features = 4, .group_count = 2};
    const unsigned exact[4] = {2, 2, 2, 2};
    const unsigned top[4] = {2, 2, 3, 3};
    memcpy(layout.exact, exact, sizeof exact);
    memcpy(layout.top, top, sizeof top);
    layout.groups[0] = (inb_fit_group){0, 1};
    layout.groups[1] = (inb_fit_group){1, 3};
    uint64_t patterns[64];
    double counts[64];
    size_t count = 0;
    const double pairs = 1e6;
    const double matches = 400;
    for (uint64_t name = 1; name <= 2; name++) {
        for (uint64_t at = 0; at < 10;
             at++) { // eight by parts, then exchanged with and without year
            uint64_t y = 1 + (at & 1);
            uint64_t month = at < 8 ? 1 + (at >> 1 & 1) : 3;
            uint64_t day = at < 8 ? 1 + (at >> 2 & 1) : 3;
            double u = y == 2 ? year : 1 - year;
            u *= month == 3 ? exchanged : month == 2 ? part[0] : 1 - part[0] - exchanged;
            u *= day == 3 ? 1 : day == 2 ? part[1] : 1 - part[1];
            double m = at == 7 ? 0.8 : at == 9 ? 0.15 : 0.05 / 8;
            patterns[count] = name | y << 3 | month << 6 | day << 9;
            counts[count++] = matches * m * (name == 2 ? 0.6 : 0.4) +
                              (pairs - matches) * u * (name == 2 ? 0.01 : 0.99);
        }
    }
    inb_pattern_counts all = {patterns, counts, count};
    inb_fit_input input = {&layout, &all, &all, pairs, pairs, NULL};
    inb_fit *fit = NULL;
    INB_OK_IS(inb_fit_run(&input, &fit, err));
    double equal = fit->u[1][2 | 2 << 3 | 2 << 6];
    double turned = fit->u[1][2 | 3 << 3 | 3 << 6];
    ck_assert_msg(equal > 0.9 * year * part[0] * part[1], "%g", equal);
    ck_assert_msg(turned > 0.9 * year * exchanged, "%g", turned);
    double sum = 0;
    for (size_t at = 0; at < 512; at++) {
        sum += (at & 7) != 0 && (at >> 3 & 7) != 0 && at >> 6 != 0 ? fit->u[1][at] : 0;
    }
    INB_NEAR_ABS(sum, 1, 1e-9);
    ck_assert_double_lt(fit->matches, 1.2 * matches);
    inb_fit_freep(&fit);
}
INB_END

INB_TEST_MAIN("3_link/fit_others", blanks_elsewhere_do_not_hide_matches,
    equal_dates_are_not_all_of_one_person)
