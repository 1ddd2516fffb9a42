// SPDX-License-Identifier: EUPL-1.2
// Draws against the exact probabilities (chi-squared), moments at large numbers, and what a
// multinomial must keep.

#include "inb_test.h"
#include "math/binomial.h"

#include <string.h>

INB_TEST(draws_have_the_exact_probabilities) {
    enum { DRAWS = 200000 };
    static const struct {
        int64_t n;
        double p;
    } cases[] = {{1, 0.3}, {5, 0.5}, {30, 0.1}, {30, 0.9}, {40, 0.3}, {100, 0.25}, {400, 0.5},
        {1000, 0.02}, {5000, 0.0001}, {60, 0.97}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        static double seen[5001];
        memset(seen, 0, sizeof seen);
        inb_rng rng = inb_rng_make(11, c);
        for (int i = 0; i < DRAWS; i++) {
            int64_t k = inb_binomial_draw(&rng, cases[c].n, cases[c].p);
            INB_HOLDS(k >= 0 && k <= cases[c].n, "draw %d", (int)k);
            seen[k]++;
        }
        // Cells with fewer than ten expected are taken together.
        double rest_seen = 0;
        double rest_expected = 0;
        double chi = 0;
        double freedom = -1;
        for (int64_t k = 0; k <= cases[c].n; k++) {
            double n = (double)cases[c].n;
            double x = (double)k;
            double expected = DRAWS * exp(lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1) +
                                          x * log(cases[c].p) + (n - x) * log1p(-cases[c].p));
            if (expected < 10) {
                rest_seen += seen[k];
                rest_expected += expected;
            } else {
                chi += (seen[k] - expected) * (seen[k] - expected) / expected;
                freedom++;
            }
        }
        if (rest_expected > 1) {
            chi += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected;
            freedom++;
        }
        ck_assert_msg(chi < freedom + 5 * sqrt(2 * freedom) + 5,
            "n = %d, p = %g: chi-squared %.1f on %.0f", (int)cases[c].n, cases[c].p, chi, freedom);
    }
}
INB_END

INB_TEST(large_numbers_have_the_right_moments) {
    enum { DRAWS = 100000 };
    const int64_t n = 1000000000000;
    const double chances[] = {1e-13, 1e-9, 0.2, 0.999};
    for (size_t c = 0; c < sizeof chances / sizeof chances[0]; c++) {
        inb_rng rng = inb_rng_make(12, c);
        double mean = (double)n * chances[c];
        double variance = mean * (1 - chances[c]);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double d = ((double)inb_binomial_draw(&rng, n, chances[c]) - mean) / sqrt(variance);
            sum += d;
            squares += d * d;
        }
        INB_NEAR_ABS(sum / DRAWS, 0, 5 / sqrt(DRAWS));
        INB_NEAR_ABS(squares / DRAWS, 1, 0.06);
    }
}
INB_END

INB_TEST(certain_outcomes) {
    inb_rng rng = inb_rng_make(13, 1);
    ck_assert_int_eq(inb_binomial_draw(&rng, 0, 0.5), 0);
    ck_assert_int_eq(inb_binomial_draw(&rng, 9, 0), 0);
    ck_assert_int_eq(inb_binomial_draw(&rng, 9, 1), 9);
    ck_assert_uint_eq(rng.counter, inb_rng_make(13, 1).counter);
}
INB_END

INB_TEST(a_multinomial_keeps_its_number) {
    const double weights[] = {0, 3, 0, 5, 1, 1, 0};
    double sums[7] = {0};
    double product = 0;
    inb_rng rng = inb_rng_make(14, 1);
    enum { DRAWS = 50000, N = 60 };
    for (int i = 0; i < DRAWS; i++) {
        int64_t counts[7];
        int64_t total = 0;
        inb_multinomial_draw(&rng, N, weights, 7, counts);
        for (size_t j = 0; j < 7; j++) {
            total += counts[j];
            sums[j] += (double)counts[j];
            INB_HOLDS(weights[j] > 0 || counts[j] == 0, "cell %zu", j);
        }
        product += ((double)counts[1] - 18) * ((double)counts[3] - 30);
        INB_HOLDS(total == N, "%d people", (int)total);
    }
    for (size_t j = 0; j < 7; j++) {
        INB_NEAR_ABS(sums[j] / DRAWS, N * weights[j] / 10, 0.1);
    }
    INB_NEAR_ABS(product / DRAWS, -N * 0.3 * 0.5, 0.4); // covariance
}
INB_END

INB_TEST_MAIN("math/binomial", draws_have_the_exact_probabilities,
    large_numbers_have_the_right_moments, certain_outcomes, a_multinomial_keeps_its_number)
