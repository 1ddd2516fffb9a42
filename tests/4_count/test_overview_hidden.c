// SPDX-License-Identifier: EUPL-1.2
// Hidden numbers of groups: equal to `estimate` on the same counts, sources that saw nobody left
// out, and near the truth where sources are independent.

#include <inbeeld/overview.h>
#include <inbeeld/rng.h>

#include "support/inb_sweep.h"
#include "support/inb_test.h"

static inb_overview overview;

static void put(inb_age_class age, inb_sex sex, unsigned history, int64_t count) {
    overview.histories[age][sex][history] = count;
}

// Police, youth and health; the two groups are seen differently.
static void fill(void) {
    overview = (inb_overview){.linked = true};
    enum { P = 1 << INB_SOURCE_POLICE, Y = 1 << INB_SOURCE_YOUTH, H = 1 << INB_SOURCE_HEALTH };
    static const unsigned histories[] = {P, Y, H, P | Y, P | H, Y | H, P | Y | H};
    static const int64_t boys[] = {60, 120, 70, 30, 15, 32, 8};
    static const int64_t women[] = {200, 0, 150, 0, 40, 0, 0};
    for (size_t i = 0; i < 7; i++) {
        put(INB_AGE_CHILD, INB_SEX_MALE, histories[i], boys[i]);
        put(INB_AGE_ADULT, INB_SEX_FEMALE, histories[i], women[i]);
    }
}

INB_TEST(groups_equal_estimate) {
    fill();
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates found;
    INB_OK_IS(inb_overview_hidden(&overview, &options, &found, err));
    ck_assert_int_eq(found.all.observed, 725);
    ck_assert_uint_eq(found.all.lists, 3);
    ck_assert_uint_eq(found.by_age[INB_AGE_ADULT].lists, 2); // youth saw none of the women
    static const char *const names[] = {"police", "youth", "health"};
    static const int64_t boys[] = {0, 60, 120, 30, 70, 15, 32, 8};
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    INB_CLEANUP(inb_estimate_freep) inb_estimate *direct = NULL;
    INB_OK_IS(inb_histories_from_counts(names, 3, boys, &histories, err));
    INB_OK_IS(inb_estimate_run(histories, &options, &direct, err));
    ck_assert(direct->total.has_estimate);
    INB_NEAR_REL(found.by_sex[INB_SEX_MALE].estimate, direct->total.estimate, 1e-12);
    INB_NEAR_REL(found.by_age[INB_AGE_CHILD].low, direct->total.interval.low, 1e-12);
    // Two lists, Lincoln and Petersen: 240 * 190 / 40.
    INB_NEAR_REL(found.by_sex[INB_SEX_FEMALE].estimate, 240.0 * 190 / 40, 1e-6);
}
INB_END

INB_TEST(what_carries_no_estimate) {
    overview = (inb_overview){.linked = true};
    put(INB_AGE_CHILD, INB_SEX_MALE, 1 << INB_SOURCE_POLICE, 40);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates found;
    INB_OK_IS(inb_overview_hidden(&overview, &options, &found, err));
    ck_assert(!found.all.has_estimate && found.all.observed == 40 && found.all.lists == 1);
    ck_assert(!found.by_age[INB_AGE_ADULT].has_estimate);
    ck_assert_int_eq(found.by_age[INB_AGE_ADULT].observed, 0);
    // No overlap at all: nothing finite.
    put(INB_AGE_CHILD, INB_SEX_MALE, 1 << INB_SOURCE_YOUTH, 40);
    INB_OK_IS(inb_overview_hidden(&overview, &options, &found, err));
    ck_assert(!found.all.has_estimate && found.all.lists == 2);
    // Not linked: whatever the counts, nothing is estimated.
    fill();
    overview.linked = false;
    INB_OK_IS(inb_overview_hidden(&overview, &options, &found, err));
    ck_assert(!found.all.has_estimate && found.all.observed == 725);
}
INB_END

// 2,000 people, each seen by three sources with .2, .3 and .25 by chance: the truth lies within.
INB_TEST(truth_lies_within) {
    overview = (inb_overview){.linked = true};
    inb_rng rng = inb_rng_make(77, 0);
    enum { TRUTH = 2000 };
    static const uint32_t chance[] = {20, 30, 25};
    static const int source[] = {INB_SOURCE_POLICE, INB_SOURCE_YOUTH, INB_SOURCE_HEALTH};
    for (int i = 0; i < TRUTH; i++) {
        unsigned history = 0;
        for (size_t list = 0; list < 3; list++) {
            history |= inb_rng_below(&rng, 100) < chance[list] ? 1u << source[list] : 0;
        }
        overview.histories[INB_AGE_CHILD][INB_SEX_MALE][history] += history == 0 ? 0 : 1;
    }
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates found;
    INB_OK_IS(inb_overview_hidden(&overview, &options, &found, err));
    ck_assert(found.all.low < TRUTH && TRUTH < found.all.high);
    INB_NEAR_REL(found.all.estimate, TRUTH, 0.15);
}
INB_END

static inb_status once(inb_error *err) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates found;
    return inb_overview_hidden(&overview, &options, &found, err);
}

INB_TEST(memory_may_run_out) {
    fill();
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("4_count/overview_hidden", groups_equal_estimate, what_carries_no_estimate,
    truth_lies_within, memory_may_run_out)
