// SPDX-License-Identifier: EUPL-1.2
// The reference bound against published values and against coordinate ascent.

#include "bound.h"
#include "tables.h"

static inb_bound bound_of(const test_table *table) {
    inb_bound bound;
    INB_OK_IS(inb_bound_reference(table->lists, table->cells, &bound, err));
    return bound;
}

INB_TEST(published_bounds) {
    static const struct {
        const char *table;
        double bound;
    } published[] = {{"UKdat_5", 13570.03}, {"UKdat", 12298.51}, {"Ned_5", 53714.11},
        {"NewOrl", 1206.30}, {"NewOrl_5", 1294.10}, {"HIV_rome", 11700.99}};
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        test_table table = table_named(published[i].table);
        inb_bound bound = bound_of(&table);
        ck_assert(bound.given);
        INB_NEAR_ABS(bound.estimate, published[i].bound, 0.006);
    }
}
INB_END

// exp(b0) by Newton's method on one coefficient at a time, until nothing moves.
static double ascend(const test_table *table, bool with_effect, double *ret_effect) {
    size_t lists = table->lists;
    size_t count = 1 + lists + (with_effect ? 1 : 0);
    double beta[8] = {3};
    for (int sweep = 0; sweep < 100000; sweep++) {
        double moved = 0;
        for (size_t i = 0; i < count; i++) {
            double gradient = 0;
            double curvature = 0;
            for (size_t h = 1; h < (size_t)1 << lists; h++) {
                double x[8] = {1};
                double eta = 0;
                for (size_t j = 0; j < lists; j++) {
                    x[1 + j] = (double)(h >> j & 1);
                }
                x[1 + lists] = fmax(__builtin_popcount((unsigned)h) - 2, 0);
                for (size_t j = 0; j < count; j++) {
                    eta += beta[j] * x[j];
                }
                gradient += x[i] * ((double)table->cells[h].count - exp(eta));
                curvature += x[i] * x[i] * exp(eta);
            }
            double step = gradient / curvature;
            step = step > 1 ? 1 : step < -1 ? -1 : step;
            beta[i] += step;
            moved = fmax(moved, fabs(step));
        }
        if (moved < 1e-13) {
            break;
        }
    }
    *ret_effect = with_effect ? beta[1 + lists] : 0;
    return exp(beta[0]);
}

INB_TEST(coordinate_ascent_agrees) {
    inb_rng rng = inb_rng_make(81, 1);
    size_t kept = 0;
    size_t removed = 0;
    for (int round = 0; round < 60; round++) {
        test_table table = table_random(&rng, 3, 100, 1 + inb_rng_uniform(&rng));
        bool positive = true;
        for (size_t h = 1; h < 8; h++) {
            positive = positive && table.cells[h].count > 0;
        }
        if (!positive) {
            continue;
        }
        double effect;
        double hidden = ascend(&table, true, &effect);
        if (effect < 0) {
            hidden = ascend(&table, false, &effect);
            removed++;
        } else {
            kept++;
        }
        inb_bound bound = bound_of(&table);
        ck_assert(bound.given);
        INB_NEAR_REL(bound.estimate, (double)table.observed + hidden, 1e-6);
    }
    ck_assert_uint_gt(kept, 5);
    ck_assert_uint_gt(removed, 5);
}
INB_END

INB_TEST(without_an_effect_it_is_independence) {
    // Two lists: nothing to add. Nobody on three lists: the effect has no finite value below.
    const test_row rows[] = {{"10", 40}, {"01", 30}, {"11", 5}};
    test_table two = table_of(2, rows, 3);
    inb_bound bound = bound_of(&two);
    ck_assert(bound.given);
    ck_assert_uint_eq(bound.effects, 0);
    INB_NEAR_REL(bound.estimate, 45.0 * 35 / 5, 1e-9);
    const test_row three[] = {
        {"100", 40}, {"010", 30}, {"001", 20}, {"110", 5}, {"011", 7}, {"101", 3}};
    test_table none = table_of(3, three, 6);
    bound = bound_of(&none);
    double ignored;
    ck_assert(bound.given);
    ck_assert_uint_eq(bound.effects, 0);
    INB_NEAR_REL(bound.estimate, 105 + ascend(&none, false, &ignored), 1e-7);
}
INB_END

INB_TEST(not_given_without_overlap_or_people) {
    const test_row rows[] = {{"100", 40}, {"010", 30}, {"001", 20}};
    test_table apart = table_of(3, rows, 3);
    ck_assert(!bound_of(&apart).given);
    test_table nobody = {.lists = 4, .cells = {{0, INB_CELL_MISSING}}};
    ck_assert(!bound_of(&nobody).given);
    // A list without people plays no part.
    const test_row empty[] = {{"100", 40}, {"010", 30}, {"110", 5}};
    test_table two = table_of(3, empty, 3);
    inb_bound bound = bound_of(&two);
    ck_assert(bound.given);
    INB_NEAR_REL(bound.estimate, 45.0 * 35 / 5, 1e-9);
}
INB_END

INB_TEST_MAIN("4_count/bound", published_bounds, coordinate_ascent_agrees,
    without_an_effect_it_is_independence, not_given_without_overlap_or_people)
