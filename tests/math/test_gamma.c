// SPDX-License-Identifier: EUPL-1.2
// Draws against the moments and the distribution functions they should have.

#include "inb_test.h"
#include "math/gamma.h"
#include "math/normal.h"
#include "math/poisson.h"

#include <string.h>

enum { DRAWS = 200000 };

// Mean and variance of draws against what they should be, to five standard errors; kurtosis bounds
// the error of the variance.
static void check_moments(const double *draws, double mean, double variance, double fourth) {
    double sum = 0;
    double square = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        sum += draws[i] / DRAWS;
    }
    for (size_t i = 0; i < DRAWS; i++) {
        square += (draws[i] - sum) * (draws[i] - sum) / DRAWS;
    }
    INB_NEAR_ABS(sum, mean, 5 * sqrt(variance / DRAWS));
    INB_NEAR_ABS(square, variance, 5 * sqrt((fourth - variance * variance) / DRAWS));
}

static double draws[DRAWS];

INB_TEST(normal) {
    inb_rng rng = inb_rng_make(1, 1);
    size_t below = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        draws[i] = inb_normal_draw(&rng);
        below += draws[i] < 1;
    }
    check_moments(draws, 0, 1, 3);
    INB_NEAR_ABS((double)below / DRAWS, inb_normal_below(1), 0.005);
}
INB_END

INB_TEST(gamma_of_any_shape) {
    const double shapes[] = {0.05, 0.25, 1, 1.5, 8, 300};
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        double a = shapes[s];
        inb_rng rng = inb_rng_make(2, s);
        for (size_t i = 0; i < DRAWS; i++) {
            draws[i] = inb_gamma_draw(&rng, a);
        }
        check_moments(draws, a, a, 3 * a * a + 6 * a);
    }
    // A shape so small that nearly every draw is below what a double holds.
    inb_rng rng = inb_rng_make(3, 0);
    double sum = 0;
    for (size_t i = 0; i < 20000; i++) {
        double log_draw = inb_gamma_log_draw(&rng, 1e-4);
        ck_assert(isfinite(log_draw));
        sum += log_draw / 20000;
    }
    INB_NEAR_REL(sum, -1e4, 0.05); // digamma(1e-4) = -10000.6
}
INB_END

INB_TEST(beta_and_what_is_left) {
    const double shapes[][2] = {{1, 1}, {0.3, 2}, {5, 0.5}, {40, 700}};
    for (size_t s = 0; s < 4; s++) {
        double a = shapes[s][0];
        double b = shapes[s][1];
        inb_rng rng = inb_rng_make(4, s);
        for (size_t i = 0; i < DRAWS; i++) {
            double log_b;
            double log_rest;
            inb_beta_log_draw(&rng, a, b, &log_b, &log_rest);
            draws[i] = exp(log_b);
            INB_HOLDS(fabs(exp(log_b) + exp(log_rest) - 1) < 1e-12, "sum of parts");
        }
        double mean = a / (a + b);
        double variance = mean * (1 - mean) / (a + b + 1);
        check_moments(draws, mean, variance, variance); // a fourth moment in [0, 1] is smaller
    }
}
INB_END

INB_TEST(poisson) {
    const double means[] = {0.01, 1, 9.9, 10, 15, 400, 1e6};
    for (size_t m = 0; m < sizeof means / sizeof means[0]; m++) {
        double mean = means[m];
        inb_rng rng = inb_rng_make(5, m);
        size_t below = 0;
        double limit = floor(mean);
        for (size_t i = 0; i < DRAWS; i++) {
            draws[i] = (double)inb_poisson_draw(&rng, mean);
            below += draws[i] <= limit;
        }
        check_moments(draws, mean, mean, 3 * mean * mean + mean);
        INB_NEAR_ABS((double)below / DRAWS, exp(inb_poisson_log_most(limit, mean)), 0.006);
    }
    inb_rng rng = inb_rng_make(6, 0);
    ck_assert_int_eq(inb_poisson_draw(&rng, 0), 0);
    ck_assert_int_eq(inb_poisson_draw(&rng, -1), 0);
    ck_assert_int_eq(inb_poisson_draw(&rng, (double)NAN), 0);
    ck_assert_int_gt(inb_poisson_draw(&rng, 1e300), INT64_C(1000000000000000));
}
INB_END

INB_TEST_MAIN("math/gamma", normal, gamma_of_any_shape, beta_and_what_is_left, poisson)
