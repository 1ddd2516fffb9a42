// SPDX-License-Identifier: EUPL-1.2
// Hidden numbers of groups: equal to `estimate` on the same counts, sources that saw nobody left
// out, and near the truth where sources are independent.

#include <inbeeld/draws.h>
#include <inbeeld/overview.h>
#include <inbeeld/rng.h>

#include "support/inb_sweep.h"
#include "support/inb_test.h"

static inb_overview overview;

static void put(inb_age_class age, inb_sex sex, unsigned history, int64_t count) {
    overview.seen.histories[age][sex][history] = count;
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
    INB_OK_IS(inb_overview_hidden(&overview, NULL, &options, &found, err));
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
    INB_OK_IS(inb_overview_hidden(&overview, NULL, &options, &found, err));
    ck_assert(!found.all.has_estimate && found.all.observed == 40 && found.all.lists == 1);
    ck_assert(!found.by_age[INB_AGE_ADULT].has_estimate);
    ck_assert_int_eq(found.by_age[INB_AGE_ADULT].observed, 0);
    // No overlap at all: nothing finite.
    put(INB_AGE_CHILD, INB_SEX_MALE, 1 << INB_SOURCE_YOUTH, 40);
    INB_OK_IS(inb_overview_hidden(&overview, NULL, &options, &found, err));
    ck_assert(!found.all.has_estimate && found.all.lists == 2);
    // Not linked: whatever the counts, nothing is estimated.
    fill();
    overview.linked = false;
    INB_OK_IS(inb_overview_hidden(&overview, NULL, &options, &found, err));
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
        overview.seen.histories[INB_AGE_CHILD][INB_SEX_MALE][history] += history == 0 ? 0 : 1;
    }
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates found;
    INB_OK_IS(inb_overview_hidden(&overview, NULL, &options, &found, err));
    ck_assert(found.all.low < TRUTH && TRUTH < found.all.high);
    INB_NEAR_REL(found.all.estimate, TRUTH, 0.15);
}
INB_END

// Twelve draws: of each, as many of the boys whom police and youth saw apart are one boy.
static void fill_draws(inb_overview_draws *draws) {
    enum { P = 1 << INB_SOURCE_POLICE, Y = 1 << INB_SOURCE_YOUTH, N = 1 << INB_SOURCE_NGO };
    static inb_overview_table tables[12];
    for (int64_t k = 0; k < 12; k++) {
        tables[k] = overview.seen;
        int64_t *boys = tables[k].histories[INB_AGE_CHILD][INB_SEX_MALE];
        boys[P] -= k;
        boys[Y] -= k;
        boys[P | Y] += k;
        boys[Y | N] += 1; // nobody stood on that list as made: one more whom youth saw
    }
    *draws = (inb_overview_draws){12, tables};
}

INB_TEST(what_the_links_leave_open) {
    fill();
    for (size_t h = 0; h < 1 << INB_SOURCE_GROUP_COUNT; h++) {
        overview.seen.of_form[INB_FORM_CRIMINAL][h] =
            overview.seen.histories[INB_AGE_CHILD][INB_SEX_MALE][h];
    }
    inb_overview_draws draws;
    fill_draws(&draws);
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates plain, found;
    INB_OK_IS(inb_overview_hidden(&overview, NULL, &options, &plain, err));
    INB_OK_IS(inb_overview_hidden(&overview, &draws, &options, &found, err));
    const inb_hidden *boys = &found.by_age[INB_AGE_CHILD];
    ck_assert(boys->mixture && !plain.by_age[INB_AGE_CHILD].mixture);
    ck_assert_int_eq(boys->observed, plain.by_age[INB_AGE_CHILD].observed);
    ck_assert(boys->low < boys->estimate && boys->estimate < boys->high);
    // More links are fewer hidden people.
    ck_assert(boys->estimate < plain.by_age[INB_AGE_CHILD].estimate);
    ck_assert(boys->high > boys->low + 50);
    // The group's own lists alone: by hand over three lists.
    enum { P = 1, Y = 2, H = 4 };
    inb_cell cells[12][8];
    const inb_cell *tables[12];
    int64_t observed[12];
    for (int k = 0; k < 12; k++) {
        int64_t counts[] = {0, 60 - k, 120 - k + 1, 30 + k, 70, 15, 32, 8};
        observed[k] = 0;
        for (size_t h = 0; h < 8; h++) {
            cells[k][h] = (inb_cell){counts[h], h == 0 ? INB_CELL_MISSING : INB_CELL_COUNTED};
            observed[k] += counts[h];
        }
        tables[k] = cells[k];
    }
    inb_draws by_hand = {
        .list_count = 3, .count = 12, .group_count = 1, .tables = tables, .observed = observed};
    options.draws = &by_hand;
    options.bootstrap = 120;
    static const char *const names[] = {"police", "youth", "health"};
    static const int64_t made[] = {0, 60, 120, 30, 70, 15, 32, 8};
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    INB_CLEANUP(inb_estimate_freep) inb_estimate *direct = NULL;
    INB_OK_IS(inb_histories_from_counts(names, 3, made, &histories, err));
    INB_OK_IS(inb_estimate_run(histories, &options, &direct, err));
    ck_assert(direct->total.has_mixture);
    INB_NEAR_REL(boys->estimate, direct->total.mixture.estimate, 1e-12);
    INB_NEAR_REL(boys->low, direct->total.interval.low, 1e-12);
    INB_NEAR_REL(boys->high, direct->total.interval.high, 1e-12);
    // A form has a table of its own, here without draws of anybody: no interval over them.
    ck_assert(plain.of_form[INB_FORM_CRIMINAL].has_estimate);
    INB_NEAR_REL(
        plain.of_form[INB_FORM_CRIMINAL].estimate, plain.by_age[INB_AGE_CHILD].estimate, 1e-12);
    ck_assert(!plain.of_form[INB_FORM_SEXUAL].has_estimate);
}
INB_END

static inb_status once(inb_error *err) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates found;
    return inb_overview_hidden(&overview, NULL, &options, &found, err);
}

INB_TEST(memory_may_run_out) {
    fill();
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("4_count/overview_hidden", groups_equal_estimate, what_carries_no_estimate,
    truth_lies_within, what_the_links_leave_open, memory_may_run_out)
