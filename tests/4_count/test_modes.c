// SPDX-License-Identifier: EUPL-1.2
// Peaks of draws that have one, two or five, and of draws that do not move.

#include "inb_test.h"
#include "math/gamma.h"
#include "modes.h"

#include <string.h>

enum { DRAWS = 20000 };

static double draws[DRAWS];

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

// Draws around exp(centre[i]) in turn, by weight.
static void fill(const double *centres, const double *weights, size_t count, double spread) {
    inb_rng rng = inb_rng_make(9, count);
    for (size_t i = 0; i < DRAWS; i++) {
        double u = inb_rng_uniform(&rng);
        size_t c = 0;
        while (c + 1 < count && u > weights[c]) {
            u -= weights[c++];
        }
        draws[i] = exp(centres[c] + spread * inb_normal_draw(&rng));
    }
    qsort(draws, DRAWS, sizeof draws[0], compare_numbers);
}

INB_TEST(one) {
    inb_mode modes[INB_MODES_MOST];
    fill((double[]){8}, (double[]){1}, 1, 0.3);
    ck_assert_uint_eq(inb_modes_of(draws, DRAWS, 100, modes, NULL), 1);
    INB_NEAR_REL(modes[0].estimate, 100 + exp(8), 0.06);
    ck_assert_double_eq(modes[0].weight, 1);
}
INB_END

INB_TEST(two_with_their_weights) {
    inb_mode modes[INB_MODES_MOST];
    double dips[INB_MODES_MOST][2];
    fill((double[]){8, 10}, (double[]){0.3, 0.7}, 2, 0.2);
    ck_assert_uint_eq(inb_modes_of(draws, DRAWS, 0, modes, dips), 2);
    for (size_t m = 0; m < 2; m++) { // the dips are those the weights were counted between
        INB_NEAR_ABS(inb_modes_share(draws, DRAWS, dips[m]), modes[m].weight, 1e-12);
    }
    ck_assert(isinf(dips[0][1]) && isinf(dips[1][0]) && dips[0][0] == dips[1][1]);
    ck_assert(dips[0][0] > 8 && dips[0][0] < 10);
    const double apart[] = {exp(8), exp(8.1), exp(9.9), exp(10)};
    INB_NEAR_ABS(inb_modes_share(apart, 4, dips[0]), 0.5, 1e-12);
    INB_NEAR_ABS(inb_modes_share(apart + 2, 2, dips[1]), 0, 1e-12);
    INB_NEAR_REL(modes[0].estimate, exp(10), 0.06);
    INB_NEAR_ABS(modes[0].weight, 0.7, 0.02);
    INB_NEAR_REL(modes[1].estimate, exp(8), 0.06);
    INB_NEAR_ABS(modes[1].weight, 0.3, 0.02);
}
INB_END

INB_TEST(too_many_keep_the_heaviest) {
    inb_mode modes[INB_MODES_MOST];
    fill((double[]){4, 6, 8, 10, 12}, (double[]){0.1, 0.3, 0.15, 0.2, 0.25}, 5, 0.1);
    ck_assert_uint_eq(inb_modes_of(draws, DRAWS, 0, modes, NULL), INB_MODES_MOST);
    const double expected[] = {0.3, 0.25, 0.2, 0.15};
    for (size_t m = 0; m < INB_MODES_MOST; m++) {
        INB_NEAR_ABS(modes[m].weight, expected[m], 0.02);
    }
}
INB_END

INB_TEST(no_spread) {
    inb_mode modes[INB_MODES_MOST];
    for (size_t i = 0; i < 100; i++) {
        draws[i] = 5;
    }
    ck_assert_uint_eq(inb_modes_of(draws, 100, 10, modes, NULL), 1);
    ck_assert_double_eq(modes[0].estimate, 15);
    ck_assert_uint_eq(inb_modes_of(draws, 0, 10, modes, NULL), 0);
}
INB_END

INB_TEST_MAIN("4_count/modes", one, two_with_their_weights, too_many_keep_the_heaviest, no_spread)
