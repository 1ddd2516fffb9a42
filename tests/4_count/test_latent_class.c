// SPDX-License-Identifier: EUPL-1.2
// Latent classes: the posterior of a small table against weighted draws from the prior (which know
// nothing of chains, classes of people or tempering), a simulated population of two kinds with a
// known number, the same bytes for any threads, refusals.

#include "inb_sweep.h"
#include "inb_test.h"
#include "latent_class.h"
#include "math/gamma.h"

#include <string.h>

static inb_latent_class run(
    const int64_t *counts, size_t lists, size_t least, size_t most, size_t threads, uint64_t seed) {
    inb_spread spread = inb_spread_threads(threads);
    inb_latent_options options = {
        .level = 0.95, .seed = seed, .least_sweeps = least, .most_sweeps = most, .spread = &spread};
    inb_latent_class result = {0};
    INB_OK_IS(inb_latent_class_run(counts, lists, &options, &result, err));
    return result;
}

// Share of the posterior at or below `limits`, by draws from the prior with the conditional
// multinomial likelihood as weight.
static void from_prior(
    const int64_t *counts, size_t lists, const double *limits, double *shares, size_t limit_count) {
    inb_rng rng = inb_rng_make(77, 0);
    double sum = 0;
    double people = 0;
    for (size_t h = 1; h < (size_t)1 << lists; h++) {
        people += (double)counts[h];
    }
    memset(shares, 0, limit_count * sizeof *shares);
    for (size_t d = 0; d < 100000; d++) {
        double concentration = inb_gamma_draw(&rng, 0.25) / 0.25;
        double p[8] = {0};
        double left = 1;
        for (size_t k = 0; k < INB_LATENT_CLASSES; k++) {
            // Beta(1, a) by inversion.
            double v = k + 1 == INB_LATENT_CLASSES
                           ? 1
                           : -expm1(log(inb_rng_uniform(&rng)) / fmax(concentration, 1e-8));
            double on[3];
            for (size_t j = 0; j < lists; j++) {
                on[j] = inb_rng_uniform(&rng);
            }
            for (size_t h = 0; h < (size_t)1 << lists; h++) {
                double part = left * v;
                for (size_t j = 0; j < lists; j++) {
                    part *= h >> j & 1 ? on[j] : 1 - on[j];
                }
                p[h] += part;
            }
            left *= 1 - v;
        }
        double log_weight = 0;
        for (size_t h = 1; h < (size_t)1 << lists; h++) {
            log_weight += counts[h] > 0 ? (double)counts[h] * log(p[h] / (1 - p[0])) : 0;
        }
        double weight = exp(log_weight);
        double rate = inb_gamma_draw(&rng, people) * p[0] / (1 - p[0]);
        double all = people + (double)inb_poisson_draw(&rng, rate);
        sum += weight;
        for (size_t i = 0; i < limit_count; i++) {
            shares[i] += all <= limits[i] ? weight : 0;
        }
    }
    for (size_t i = 0; i < limit_count; i++) {
        shares[i] /= sum;
    }
}

INB_TEST(small_tables_against_the_prior) {
    static const int64_t tables[][8] = {
        {0, 4, 3, 2, 3, 1, 1, 1}, {0, 6, 2, 3, 0, 0, 1, 0}, {0, 2, 2, 5, 3, 4, 2, 6}};
    for (size_t t = 0; t < 3; t++) {
        inb_latent_class found = run(tables[t], 3, 2000, 8000, 2, 5);
        ck_assert(found.converged);
        // Whole people: half of the posterior lies at or below the median, not below the one
        // before.
        const double limits[] = {found.median, ceil(found.median) - 1, found.high, found.low};
        double shares[4];
        from_prior(tables[t], 3, limits, shares, 4);
        ck_assert_msg(shares[0] >= 0.47 && shares[1] <= 0.53, "%.3f %.3f", shares[0], shares[1]);
        INB_NEAR_ABS(shares[2], 0.975, 0.01);
        ck_assert_double_ge(shares[3], 0.02);
    }
}
INB_END

INB_TEST(two_kinds_of_people) {
    // 3,000 people of two kinds, five times: the interval holds the truth in at least four (95 %
    // each: three or fewer would happen once in forty), where independence finds far too few.
    size_t covered = 0;
    for (uint64_t population = 0; population < 5; population++) {
        int64_t counts[32] = {0};
        inb_rng rng = inb_rng_make(11, population);
        for (size_t i = 0; i < 3000; i++) {
            double chance = i < 1000 ? 0.5 : 0.08;
            size_t h = 0;
            for (size_t j = 0; j < 5; j++) {
                h |= inb_rng_uniform(&rng) < chance ? (size_t)1 << j : 0;
            }
            counts[h]++;
        }
        inb_latent_class found = run(counts, 5, 400, 400, 2, 1);
        covered += found.low <= 3000 && found.high >= 3000;
        ck_assert_double_lt(found.high, 2 * found.low);
        ck_assert_uint_ge(found.mode_count, 1);
        ck_assert(found.least[0] <= found.modes[0].weight + 1e-12);
        ck_assert(found.most[0] >= found.modes[0].weight - 1e-12 && found.most[0] <= 1);
    }
    ck_assert_msg(covered >= 4, "%zu covered", covered);
}
INB_END

INB_TEST(same_bytes_for_any_threads) {
    static const int64_t counts[8] = {0, 40, 30, 9, 25, 6, 7, 3};
    inb_latent_class one = run(counts, 3, 300, 300, 1, 3);
    inb_latent_class three = run(counts, 3, 300, 300, 3, 3);
    inb_latent_class other = run(counts, 3, 300, 300, 3, 4);
    ck_assert_double_eq(one.median, three.median);
    ck_assert_double_eq(one.r_hat, three.r_hat);
    ck_assert_double_eq(one.high, three.high);
    ck_assert(one.r_hat != other.r_hat);
    ck_assert(!one.converged && one.sweeps == 300);
}
INB_END

INB_TEST(refused_and_memory) {
    int64_t counts[8] = {0};
    inb_spread spread = inb_spread_threads(1);
    double sample[16];
    inb_latent_options options = {.level = 0.95,
        .seed = 1,
        .least_sweeps = 64,
        .most_sweeps = 128,
        .spread = &spread,
        .sample = sample,
        .sample_count = 16};
    inb_latent_class result = {.median = 7};
    INB_FAILS(inb_latent_class_run(counts, 3, &options, &result, err), INB_RANGE, "out of range");
    ck_assert_double_eq(result.median, 7);
    counts[1] = 5;
    counts[3] = 2;
    counts[6] = 1;
    INB_SWEEP(inb_latent_class_run(counts, 3, &options, &result, err));
    for (size_t i = 1; i < 16; i++) {
        ck_assert_double_ge(sample[i], sample[i - 1]);
    }
    ck_assert_double_ge(sample[0], 8);
}
INB_END

INB_TEST_MAIN("4_count/latent_class", small_tables_against_the_prior, two_kinds_of_people,
    same_bytes_for_any_threads, refused_and_memory)
