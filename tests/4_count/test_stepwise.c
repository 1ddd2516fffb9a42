// SPDX-License-Identifier: EUPL-1.2
// Stepwise selection against the same definition put together from the oracles (proportional
// fitting, plain tails, exact existence), and under permutation of the lists.

#include "inb_test.h"
#include "oracle.h"
#include "stepwise.h"

static inb_list_set room_of[1024];

static inb_terms choose(size_t lists, const inb_cell *cells, double threshold) {
    inb_fit_room *room = NULL;
    inb_terms terms = {.list_count = lists, .terms = room_of};
    INB_OK_IS(inb_fit_room_new(lists, inb_stepwise_most(lists), &room, err));
    INB_OK_IS(inb_stepwise(room, cells, threshold, &terms, err));
    inb_fit_room_freep(&room);
    return terms;
}

static long double tail(double count, double mean) {
    long double p = expl(-(long double)mean);
    long double below = 0;
    long double above = 0;
    for (int x = 0; x < 2000; x++) {
        below += x <= count ? p : 0;
        above += x >= count ? p : 0;
        p *= (long double)mean / (x + 1);
    }
    return below < above ? below : above;
}

// The definition, slowly. Returns the pairs in the order in which they came in. *near tells of a
// choice that rounding could turn.
static size_t slow(oracle *o, double threshold, unsigned *pairs, bool *near) {
    unsigned terms[ORACLE_TERMS] = {0};
    size_t count = 1;
    double means[ORACLE_CELLS];
    for (size_t j = 0; j < o->lists; j++) {
        terms[count++] = 1U << j;
    }
    size_t added = 0;
    *near = oracle_status(o, terms, count) != 0; // the slow way cannot fit a limit
    while (!*near) {
        oracle_fit(o, terms, count, means);
        bool keep[ORACLE_CELLS];
        memcpy(keep, o->keep, sizeof keep);
        unsigned best = 0;
        long double least = 1;
        for (unsigned a = 0; a < o->lists; a++) {
            for (unsigned b = a + 1; b < o->lists; b++) {
                unsigned pair = 1U << a | 1U << b;
                bool absent = true;
                for (size_t i = 0; i < count; i++) {
                    absent = absent && terms[i] != pair;
                }
                double observed = 0;
                double expected = 0;
                for (size_t h = 1; h < o->size; h++) {
                    observed += (h & pair) == pair ? o->counts[h] : 0;
                    expected += keep[h] && (h & pair) == pair ? means[h] : 0;
                }
                long double p = tail(observed, expected);
                terms[count] = pair;
                if (!absent || oracle_status(o, terms, count + 1) != 0) {
                    continue;
                }
                *near = *near || (best != 0 && fabsl(p - least) < 1e-7L * least);
                if (p < least) {
                    least = p;
                    best = pair;
                }
            }
        }
        *near = *near || fabsl(least - (long double)threshold) < 1e-6L;
        if (best == 0 || least >= (long double)threshold) {
            break;
        }
        terms[count++] = best;
        pairs[added++] = best;
    }
    return added;
}

INB_TEST(the_slow_definition_agrees) {
    inb_rng rng = inb_rng_make(31, 1);
    inb_cell cells[ORACLE_CELLS];
    size_t compared = 0;
    size_t with_pairs = 0;
    for (int round = 0; round < 400; round++) {
        size_t lists = 3 + inb_rng_below(&rng, 2);
        oracle o = {.lists = lists, .size = (size_t)1 << lists};
        double level = 60 * inb_rng_uniform(&rng) + 3;
        cells[0] = (inb_cell){0, INB_CELL_MISSING};
        for (size_t h = 1; h < o.size; h++) {
            o.known[h] = true;
            double mean = level * exp(-1.2 * (double)(__builtin_popcount((unsigned)h) - 1)) *
                          exp(2 * (inb_rng_uniform(&rng) - 0.5));
            o.counts[h] = (double)oracle_poisson(&rng, mean);
            cells[h] = (inb_cell){(int64_t)o.counts[h], INB_CELL_COUNTED};
        }
        unsigned pairs[16];
        bool near;
        double threshold = round % 2 == 0 ? 0.02 : 0.2;
        size_t added = slow(&o, threshold, pairs, &near);
        if (near) {
            continue;
        }
        inb_terms terms = choose(lists, cells, threshold);
        ck_assert_uint_eq(terms.count, 1 + lists + added);
        for (size_t i = 0; i < added; i++) {
            ck_assert(inb_terms_hold(&terms, (inb_list_set)pairs[i]));
        }
        compared++;
        with_pairs += added > 0;
    }
    ck_assert_uint_gt(compared, 200);
    ck_assert_uint_gt(with_pairs, 100);
}
INB_END

INB_TEST(permuted_lists_give_the_permuted_model) {
    inb_rng rng = inb_rng_make(32, 1);
    enum { LISTS = 6, SIZE = 1 << LISTS };
    for (int round = 0; round < 50; round++) {
        inb_cell cells[SIZE] = {{0, INB_CELL_MISSING}};
        inb_cell turned[SIZE] = {{0, INB_CELL_MISSING}};
        size_t to[LISTS] = {0, 1, 2, 3, 4, 5};
        for (size_t i = LISTS; i-- > 1;) {
            size_t j = inb_rng_below(&rng, (uint32_t)i + 1);
            size_t kept = to[i];
            to[i] = to[j];
            to[j] = kept;
        }
        for (size_t h = 1; h < SIZE; h++) {
            double mean = 300 * exp(-1.8 * (double)(__builtin_popcount((unsigned)h) - 1)) *
                          exp(1.5 * (inb_rng_uniform(&rng) - 0.5));
            cells[h] = (inb_cell){oracle_poisson(&rng, mean), INB_CELL_COUNTED};
            size_t image = 0;
            for (size_t j = 0; j < LISTS; j++) {
                image |= (h >> j & 1) << to[j];
            }
            turned[image] = cells[h];
        }
        inb_terms terms = choose(LISTS, cells, 0.02);
        inb_list_set first[64];
        size_t count = terms.count;
        memcpy(first, terms.terms, count * sizeof *first);
        inb_terms other = choose(LISTS, turned, 0.02);
        ck_assert_uint_eq(other.count, count);
        for (size_t i = 0; i < count; i++) {
            unsigned image = 0;
            for (size_t j = 0; j < LISTS; j++) {
                image |= (unsigned)(first[i] >> j & 1) << to[j];
            }
            ck_assert(inb_terms_hold(&other, (inb_list_set)image));
        }
    }
}
INB_END

INB_TEST(ties_go_to_the_first_pair) {
    // Three lists alike: all pairs tie, and after the first the other two still do. Nobody is on
    // all three, so the third pair would leave no maximum: the model shows which two came first.
    inb_cell cells[8] = {
        {0, INB_CELL_MISSING}, {100, 0}, {100, 0}, {30, 0}, {100, 0}, {30, 0}, {30, 0}, {0, 0}};
    inb_terms terms = choose(3, cells, 0.9);
    ck_assert_uint_eq(terms.count, 6);
    ck_assert(inb_terms_hold(&terms, 3));
    ck_assert(inb_terms_hold(&terms, 5));
}
INB_END

INB_TEST(two_lists_stay_independent) {
    inb_cell cells[4] = {{0, INB_CELL_MISSING}, {100, 0}, {80, 0}, {0, 0}};
    inb_terms terms = choose(2, cells, 0.5);
    ck_assert_uint_eq(terms.count, 3);
}
INB_END

INB_TEST_MAIN("4_count/stepwise", the_slow_definition_agrees,
    permuted_lists_give_the_permuted_model, ties_go_to_the_first_pair, two_lists_stay_independent)
