// SPDX-License-Identifier: EUPL-1.2
// Profile intervals against published ones, and against the likelihood written out in closed form
// and searched point by point.

#include "model_terms.h"
#include "profile.h"
#include "search.h"
#include "tables.h"

static inb_profile profile_of(const test_table *table, const inb_terms *terms, double level) {
    inb_fit_room *room = NULL;
    inb_fit fit;
    inb_profile profile;
    INB_OK_IS(inb_fit_room_new(table->lists, terms->count, &room, err));
    INB_OK_IS(inb_fit_model(room, table->cells, terms->terms, terms->count, &fit, err));
    inb_fit_room_freep(&room);
    INB_OK_IS(inb_profile_interval(
        table->lists, table->cells, terms->terms, terms->count, fit.hidden, level, &profile, err));
    return profile;
}

INB_TEST(published_intervals) {
    static const struct {
        const char *table;
        double low;
        double high;
        double best; // 0 = not published
        double near; // half a unit of the last digit published
    } published[] = {
        {"UKdat_5", 19389.30, 34111.02, 25279.50, 0.006},
        {"UKdat_4", 10507, 13781, 0, 0.6},
        {"Ned_5", 116618, 194421, 0, 0.6},
        {"NewOrl_5", 666, 1762, 0, 0.6},
        {"HIV_rome", 9532, 13114, 0, 0.6},
    };
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        test_table table = table_named(published[i].table);
        inb_search *search = NULL;
        inb_search_options options = {INB_SEARCH_BIC, 0, INFINITY, 0, NULL};
        inb_list_set array[TABLE_CELLS];
        inb_terms terms = {table.lists, array, 0};
        inb_search_result result;
        INB_OK_IS(inb_search_new(table.lists, &options, &search, err));
        INB_OK_IS(inb_search_run(search, table.cells, NULL, &terms, &result, err));
        inb_search_freep(&search);
        inb_profile profile = profile_of(&table, &terms, 0.95);
        double n = (double)table.observed;
        ck_assert(profile.given);
        INB_NEAR_ABS(n + profile.low, published[i].low, published[i].near);
        INB_NEAR_ABS(n + profile.high, published[i].high, published[i].near);
        if (published[i].best > 0) {
            INB_NEAR_ABS(n + profile.best, published[i].best, published[i].near);
        }
    }
}
INB_END

// Three lists, [12,13]: given list 1, lists 2 and 3 are independent, so the complete table has
// closed means: m(h) = (with h's 1 and 2) (with h's 1 and 3) / (with h's 1).
static double closed_likelihood(const inb_cell *cells, double x) {
    double counts[8];
    double n = 0;
    for (size_t h = 0; h < 8; h++) {
        counts[h] = h == 0 ? x : (double)cells[h].count;
        n += h == 0 ? 0 : counts[h];
    }
    double value = 0;
    for (size_t h = 0; h < 8; h++) {
        double m12 = 0;
        double m13 = 0;
        double m1 = 0;
        for (size_t g = 0; g < 8; g++) {
            m12 += (g & 3) == (h & 3) ? counts[g] : 0;
            m13 += (g & 5) == (h & 5) ? counts[g] : 0;
            m1 += (g & 1) == (h & 1) ? counts[g] : 0;
        }
        value -= counts[h] > 0 ? counts[h] * log(counts[h] * m1 / (m12 * m13)) : 0;
    }
    return value + x - (n + x) - 0.5 * log(x / (n + x));
}

INB_TEST(direct_maximisation_agrees) {
    inb_rng rng = inb_rng_make(71, 1);
    size_t compared = 0;
    for (int round = 0; round < 60; round++) {
        test_table table = table_random(&rng, 3, 30 + 200 * inb_rng_uniform(&rng), 1);
        inb_list_set array[8];
        inb_terms terms = {3, array, 0};
        inb_terms_independence(&terms);
        inb_terms_add(&terms, 3);
        inb_terms_add(&terms, 5);
        bool positive = true;
        for (size_t h = 1; h < 8; h++) {
            positive = positive && table.cells[h].count > 0;
        }
        if (!positive) {
            continue;
        }
        inb_profile profile = profile_of(&table, &terms, 0.9);
        ck_assert(profile.given);
        // Fine grid over factors of 1.0005, then the ends by where the likelihood is.
        double best = -INFINITY;
        double at = 0;
        for (double x = profile.best / 4; x < profile.best * 4; x *= 1.0005) {
            double value = closed_likelihood(table.cells, x);
            at = value > best ? x : at;
            best = value > best ? value : best;
        }
        INB_NEAR_REL(profile.best, at, 1e-3);
        best = closed_likelihood(table.cells, profile.best);
        const double half = 2.705543454095404 / 2; // chi-squared, one degree, 90 %
        INB_NEAR_ABS(closed_likelihood(table.cells, profile.high), best - half, 1e-6);
        if (profile.low > 0) {
            INB_NEAR_ABS(closed_likelihood(table.cells, profile.low), best - half, 1e-6);
        }
        ck_assert(profile.low < profile.best && profile.best < profile.high);
        compared++;
    }
    ck_assert_uint_gt(compared, 30);
}
INB_END

INB_TEST(not_given_where_it_cannot_be) {
    const test_row rows[] = {{"10", 40}, {"01", 30}, {"11", 5}};
    test_table table = table_of(2, rows, 3);
    inb_list_set array[4];
    inb_terms terms = {2, array, 0};
    inb_terms_independence(&terms);
    ck_assert(profile_of(&table, &terms, 0.95).given);
    // Almost everybody on both lists: less than half a person hidden.
    const test_row seen[] = {{"10", 1}, {"01", 1}, {"11", 500}};
    test_table known = table_of(2, seen, 3);
    ck_assert(!profile_of(&known, &terms, 0.95).given);
    // A cell that is not known.
    const test_row three[] = {{"100", 40}, {"010", 30}, {"001", 20}, {"110", 5}, {"011", 7}};
    test_table open = table_of(3, three, 5);
    open.cells[7].kind = INB_CELL_MISSING;
    inb_list_set more[8];
    inb_terms independence = {3, more, 0};
    inb_terms_independence(&independence);
    ck_assert(!profile_of(&open, &independence, 0.95).given);
    open.cells[7].kind = INB_CELL_STRUCTURAL;
    ck_assert(profile_of(&open, &independence, 0.95).given);
}
INB_END

INB_TEST_MAIN("4_count/profile", published_intervals, direct_maximisation_agrees,
    not_given_where_it_cannot_be)
