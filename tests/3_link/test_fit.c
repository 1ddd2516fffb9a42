// SPDX-License-Identifier: EUPL-1.2
// EM against a slow plain version on small cases, simulated truth found again, and refusals.

#include "fit.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/rng.h>

enum { FEATURES = 4, PATTERNS = 81 };

// Features of levels 1 (different), 2 (near), 3 (equal), each a group of its own.
static inb_fit_layout layout_of(void) {
    inb_fit_layout layout = {.features = FEATURES, .group_count = FEATURES};
    for (unsigned f = 0; f < FEATURES; f++) {
        layout.exact[f] = layout.top[f] = 3;
        layout.groups[f] = (inb_fit_group){f, 1};
    }
    return layout;
}

static const double true_m[4] = {0, .08, .12, .8};
static const double true_u[4] = {0, .93, .05, .02};

struct data {
    uint64_t patterns[PATTERNS];
    double candidates[PATTERNS];
    double random[PATTERNS];
};

static void expected_counts(double pairs, double share, struct data *data) {
    for (size_t i = 0; i < PATTERNS; i++) {
        double m = 1;
        double u = 1;
        size_t at = i;
        data->patterns[i] = 0;
        for (unsigned f = 0; f < FEATURES; f++, at /= 3) {
            data->patterns[i] |= (uint64_t)(at % 3 + 1) << (3 * f);
            m *= true_m[at % 3 + 1];
            u *= true_u[at % 3 + 1];
        }
        data->candidates[i] = pairs * (share * m + (1 - share) * u);
        data->random[i] = 200000 * u;
    }
}

static inb_status fit_of(struct data *data, double pairs, inb_fit **ret_fit, inb_error *err) {
    inb_fit_layout layout = layout_of();
    inb_pattern_counts candidates = {data->patterns, data->candidates, PATTERNS};
    inb_pattern_counts random = {data->patterns, data->random, PATTERNS};
    inb_fit_input input = {&layout, &candidates, &random, pairs, pairs, NULL};
    return inb_fit_run(&input, ret_fit, err);
}

INB_TEST(the_truth_is_found_again) {
    static struct data data;
    const double pairs = 1e6;
    expected_counts(pairs, .002, &data);
    inb_fit *fit = NULL;
    INB_OK_IS(fit_of(&data, pairs, &fit, err));
    INB_NEAR_REL(fit->prior, .002, .02);
    for (unsigned f = 0; f < FEATURES; f++) {
        for (unsigned level = 1; level <= 3; level++) {
            INB_NEAR_ABS(fit->m_level[f][level], true_m[level], .01);
            INB_NEAR_ABS(fit->u_level[f][level], true_u[level], .001);
        }
    }
    inb_fit_freep(&fit);
}
INB_END

// The same model by probabilities of whole pairs, without logs, tables or groups.
INB_TEST(as_a_slow_plain_version) {
    static struct data data;
    const double pairs = 20000;
    expected_counts(pairs, .01, &data);
    for (size_t i = 0; i < PATTERNS; i++) {
        data.candidates[i] = floor(data.candidates[i]);
    }
    inb_fit *fit = NULL;
    INB_OK_IS(fit_of(&data, pairs, &fit, err));
    double m[FEATURES][4];
    double prior = fit->rule / pairs;
    for (unsigned f = 0; f < FEATURES; f++) {
        m[f][1] = .1;
        m[f][2] = .15;
        m[f][3] = .75;
    }
    for (size_t step = 0; step < 3000; step++) {
        double count[FEATURES][4] = {{0}};
        double matches = 0;
        for (size_t i = 0; i < PATTERNS; i++) {
            double p = prior;
            double q = 1 - prior;
            for (unsigned f = 0; f < FEATURES; f++) {
                unsigned level = (unsigned)(data.patterns[i] >> (3 * f)) & 7;
                p *= m[f][level];
                q *= fit->u_level[f][level];
            }
            double share = data.candidates[i] * p / (p + q);
            matches += share;
            for (unsigned f = 0; f < FEATURES; f++) {
                count[f][data.patterns[i] >> (3 * f) & 7] += share;
            }
        }
        prior = matches / pairs;
        for (unsigned f = 0; f < FEATURES; f++) {
            m[f][1] = (count[f][1] + 8 * .1) / (matches + 8);
            m[f][2] = (count[f][2] + 8 * .15) / (matches + 8);
            m[f][3] = (count[f][3] + 8 * .75) / (matches + 8);
        }
    }
    INB_NEAR_REL(fit->prior, prior, 1e-3);
    for (unsigned f = 0; f < FEATURES; f++) {
        for (unsigned level = 1; level <= 3; level++) {
            INB_NEAR_ABS(fit->m_level[f][level], m[f][level], 1e-3);
        }
    }
    inb_fit_freep(&fit);
}
INB_END

INB_TEST(a_feature_that_says_nothing_is_refused) {
    static struct data data;
    expected_counts(1e6, .002, &data);
    // Equal on the last feature ten times as often by chance as within matches: the class swaps.
    for (size_t i = 0; i < PATTERNS; i++) {
        data.random[i] *= i / 27 == 2 ? 1000 : .1;
    }
    inb_fit *fit = NULL;
    INB_OK_IS(fit_of(&data, 1e6, &fit, err));
    ck_assert(fit->refused[3]);
    ck_assert(!fit->refused[0]);
    INB_NEAR_ABS(fit->weight[3][3], 0, 0);
    inb_fit_freep(&fit);
}
INB_END

INB_TEST(nothing_to_tell_them_apart_is_refused) {
    static struct data data;
    expected_counts(1e6, .002, &data);
    for (size_t i = 0; i < PATTERNS; i++) {
        data.random[i] = i == PATTERNS - 1 ? 1e6 : 0; // random pairs are always equal
        data.candidates[i] = data.random[i];
    }
    inb_fit *fit = NULL;
    INB_FAILS(fit_of(&data, 1e6, &fit, err), INB_NOT_IDENTIFIED, "no column tells");
    ck_assert_ptr_null(fit);
}
INB_END

INB_TEST(dependent_features_weigh_once) {
    // Two features of one address: equal together or not at all, also by chance.
    inb_fit_layout layout = {.features = 3, .group_count = 2};
    for (unsigned f = 0; f < 3; f++) {
        layout.exact[f] = layout.top[f] = 2;
    }
    layout.groups[0] = (inb_fit_group){0, 2};
    layout.groups[1] = (inb_fit_group){2, 1};
    uint64_t patterns[] = {
        1 | 1 << 3 | 1 << 6, 2 | 2 << 3 | 1 << 6, 1 | 1 << 3 | 2 << 6, 2 | 2 << 3 | 2 << 6};
    double candidates[] = {979000, 9990, 9990, 1020};
    double random[] = {97900, 990, 990, 10};
    inb_pattern_counts found = {patterns, candidates, 4};
    inb_pattern_counts drawn = {patterns, random, 4};
    inb_fit_input input = {&layout, &found, &drawn, 1e6, 1e6, NULL};
    inb_fit *fit = NULL;
    INB_OK_IS(inb_fit_run(&input, &fit, err));
    // By themselves both would count: 1 in 100 twice. Together they are 1 in 100 once.
    INB_NEAR_REL(fit->u[0][2 | 2 << 3], 0.01, 0.5);
    inb_fit_freep(&fit);
}
INB_END

static inb_status once(inb_error *err) {
    static struct data data;
    expected_counts(1e5, .002, &data);
    inb_fit *fit = NULL;
    inb_status status = fit_of(&data, 1e5, &fit, err);
    inb_fit_freep(&fit);
    return status;
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/fit", the_truth_is_found_again, as_a_slow_plain_version,
    a_feature_that_says_nothing_is_refused, nothing_to_tell_them_apart_is_refused,
    dependent_features_weigh_once, memory_refused)
