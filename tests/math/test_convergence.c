// SPDX-License-Identifier: EUPL-1.2
// R-hat and effective draws on chains whose autocorrelation is known, on chains that disagree, and
// on chains that disagree only in their spread.

#include "inb_sweep.h"
#include "inb_test.h"
#include "math/convergence.h"
#include "math/gamma.h"

enum { CHAINS = 4, LENGTH = 4000 };

static double draws[CHAINS * LENGTH];

// Autoregressive chains of first order, variance 1, around shift[c], times scale[c].
static void fill(double rho, const double *shift, const double *scale, uint64_t seed) {
    for (size_t c = 0; c < CHAINS; c++) {
        inb_rng rng = inb_rng_make(seed, c);
        double x = inb_normal_draw(&rng);
        for (size_t i = 0; i < LENGTH; i++) {
            x = rho * x + sqrt(1 - rho * rho) * inb_normal_draw(&rng);
            draws[c * LENGTH + i] = shift[c] + scale[c] * x;
        }
    }
}

static const double none[CHAINS] = {0};
static const double ones[CHAINS] = {1, 1, 1, 1};

static inb_convergence look(void) {
    inb_convergence result = {0};
    INB_OK_IS(inb_convergence_of(draws, CHAINS, LENGTH, &result, err));
    return result;
}

INB_TEST(known_autocorrelation) {
    const double rhos[] = {0, 0.5, 0.9, -0.4};
    for (size_t r = 0; r < 4; r++) {
        fill(rhos[r], none, ones, 7 + r);
        inb_convergence found = look();
        double expected = CHAINS * LENGTH * (1 - rhos[r]) / (1 + rhos[r]);
        INB_NEAR_REL(found.ess_bulk, expected, 0.15);
        ck_assert_double_lt(found.r_hat, 1.02);
        ck_assert_double_gt(found.ess_tail, 0.2 * expected);
    }
}
INB_END

INB_TEST(disagreement_shows) {
    fill(0.3, (double[]){0, 0, 0, 1}, ones, 20);
    ck_assert_double_gt(look().r_hat, 1.05);
    // The same middle, another spread: only the folded draws tell.
    fill(0.3, none, (double[]){1, 1, 1, 4}, 21);
    ck_assert_double_gt(look().r_hat, 1.05);
    // One chain drifts: only its halves tell.
    fill(0, none, ones, 22);
    for (size_t i = 0; i < CHAINS * LENGTH; i++) {
        draws[i] += i % LENGTH < LENGTH / 2 ? 0 : 1;
    }
    ck_assert_double_gt(look().r_hat, 1.05);
}
INB_END

INB_TEST(ranks_alone_count) {
    fill(0.5, none, ones, 23);
    inb_convergence before = look();
    for (size_t i = 0; i < CHAINS * LENGTH; i++) {
        draws[i] = exp(5 * draws[i]); // heavy tails
    }
    inb_convergence after = look();
    INB_NEAR_REL(after.ess_bulk, before.ess_bulk, 1e-9);
    INB_NEAR_REL(after.ess_tail, before.ess_tail, 1e-9);
}
INB_END

INB_TEST(odd_cases) {
    inb_convergence result = {.r_hat = 7};
    INB_FAILS(inb_convergence_of(draws, 2, 7, &result, err), INB_RANGE, "too few");
    ck_assert_double_eq(result.r_hat, 7);
    for (size_t i = 0; i < 40; i++) {
        draws[i] = 3;
    }
    INB_OK_IS(inb_convergence_of(draws, 4, 10, &result, err));
    ck_assert(isnan(result.r_hat)); // nothing moves: nothing is known
    fill(0, none, ones, 24);
    INB_SWEEP(inb_convergence_of(draws, CHAINS, 101, &result, err));
}
INB_END

INB_TEST_MAIN(
    "math/convergence", known_autocorrelation, disagreement_shows, ranks_alone_count, odd_cases)
