// SPDX-License-Identifier: EUPL-1.2
// Probabilities, tails and bounded moments against plain summation in long double, and the two ways
// of computing large tails against each other at the place where one takes over.

#include "inb_test.h"
#include "math/poisson.h"

#include <string.h>

static long double plain(int count, double mean) {
    long double p = expl(-(long double)mean);
    for (int i = 1; i <= count; i++) {
        p *= (long double)mean / i;
    }
    return p;
}

static const double means[] = {0.001, 0.3, 1, 2.5, 7, 15.5, 40, 123.4};
enum { MEANS = sizeof means / sizeof means[0] };

INB_TEST(probabilities) {
    for (size_t m = 0; m < MEANS; m++) {
        for (int x = 0; x < 300; x += 1 + x / 8) {
            INB_NEAR_ABS(inb_poisson_log(x, means[m]), (double)logl(plain(x, means[m])),
                1e-12 * (1 + fabs(inb_poisson_log(x, means[m]))));
        }
    }
    ck_assert_double_eq(inb_poisson_log(0, 0), 0);
    ck_assert(isinf(inb_poisson_log(3, 0)));
}
INB_END

INB_TEST(tails) {
    for (size_t m = 0; m < MEANS; m++) {
        for (int x = 0; x < 300; x += 1 + x / 8) {
            long double below = 0;
            for (int i = 0; i <= x; i++) {
                below += plain(i, means[m]);
            }
            long double above = 0;
            for (int i = x; i < x + 600; i++) {
                above += plain(i, means[m]);
            }
            INB_NEAR_ABS(inb_poisson_log_most(x, means[m]), (double)logl(below),
                1e-12 * (1 + fabs((double)logl(below))));
            INB_NEAR_ABS(inb_poisson_log_least(x, means[m]), (double)logl(above),
                1e-12 * (1 + fabs((double)logl(above))));
        }
    }
    ck_assert_double_eq(inb_poisson_log_most(0, 0), 0);
    ck_assert_double_eq(inb_poisson_log_least(0, 0), 0);
    ck_assert(isinf(inb_poisson_log_least(2, 0)));
}
INB_END

INB_TEST(large_tails_meet) {
    // Just under and just over 1e8, the same number of standard deviations out.
    for (double z = -6; z <= 6; z += 0.75) {
        double under = 0.999999e8;
        double over = 1.000001e8;
        double near_under = floor(under + z * sqrt(under));
        double near_over = floor(over + z * sqrt(over));
        double shift = (near_over - over) / sqrt(over) - (near_under - under) / sqrt(under);
        double slope = 7 * fabs(shift) + 1e-4;
        INB_NEAR_ABS(
            inb_poisson_log_most(near_over, over), inb_poisson_log_most(near_under, under), slope);
        INB_NEAR_ABS(inb_poisson_log_least(near_over, over),
            inb_poisson_log_least(near_under, under), slope);
    }
}
INB_END

INB_TEST(bounded_moments) {
    for (size_t m = 0; m < MEANS; m++) {
        for (int bound = 0; bound < 250; bound += 1 + bound / 8) {
            long double p = 0;
            long double first = 0;
            long double second = 0;
            for (int x = 0; x <= bound; x++) {
                p += plain(x, means[m]);
                first += x * plain(x, means[m]);
                second += (long double)x * x * plain(x, means[m]);
            }
            inb_poisson_bounded got = inb_poisson_bound(bound, means[m]);
            INB_NEAR_ABS(got.log_probability, (double)logl(p), 1e-11 * (1 + fabs((double)logl(p))));
            INB_NEAR_REL(got.mean, (double)(first / p), 1e-9);
            INB_NEAR_ABS(got.variance, (double)(second / p - first * first / p / p),
                1e-9 * (1 + got.variance));
        }
    }
    inb_poisson_bounded far = inb_poisson_bound(5, 1e12);
    INB_NEAR_REL(far.mean, 5, 1e-9);
    INB_NEAR_REL(far.variance, 5e-12, 1e-6);
    inb_poisson_bounded big = inb_poisson_bound(1e9, 1e9);
    INB_NEAR_REL(big.mean, 1e9 - sqrt(2 / M_PI * 1e9), 1e-6);
}
INB_END

INB_TEST_MAIN("math/poisson", probabilities, tails, large_tails_meet, bounded_moments)
