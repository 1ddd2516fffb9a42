// SPDX-License-Identifier: EUPL-1.2
// One-to-one assignment against trying out every one, and a chain that a greedy choice misses.

#include "assign.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/rng.h>

enum { MOST = 6 };

static double best(
    size_t left, size_t right, double score[MOST][MOST], size_t row, unsigned taken) {
    if (row == left) {
        return 0;
    }
    double most = best(left, right, score, row + 1, taken);
    for (size_t j = 0; j < right; j++) {
        if (score[row][j] > 0 && (taken >> j & 1) == 0) {
            double value = score[row][j] + best(left, right, score, row + 1, taken | 1U << j);
            most = value > most ? value : most;
        }
    }
    return most;
}

INB_TEST(as_good_as_trying_all) {
    inb_rng rng = inb_rng_make(3, 0);
    for (size_t round = 0; round < 3000; round++) {
        size_t left = 1 + inb_rng_below(&rng, MOST);
        size_t right = 1 + inb_rng_below(&rng, MOST);
        double score[MOST][MOST] = {{0}};
        inb_edge edges[MOST * MOST];
        size_t count = 0;
        for (uint32_t i = 0; i < left; i++) {
            for (uint32_t j = 0; j < right; j++) {
                if (inb_rng_below(&rng, 2) == 0) {
                    score[i][j] = (double)inb_rng_below(&rng, 20) - 5;
                    edges[count++] = (inb_edge){i, j, (float)score[i][j]};
                }
            }
        }
        uint32_t partner[MOST];
        INB_OK_IS(inb_assign(left, right, edges, count, partner, err));
        double sum = 0;
        unsigned taken = 0;
        for (size_t i = 0; i < left; i++) {
            if (partner[i] != UINT32_MAX) {
                ck_assert_uint_lt(partner[i], right);
                ck_assert_uint_eq(taken >> partner[i] & 1, 0);
                taken |= 1U << partner[i];
                ck_assert(score[i][partner[i]] > 0);
                sum += score[i][partner[i]];
            }
        }
        INB_NEAR_ABS(sum, best(left, right, score, 0, 0), 1e-6);
    }
}
INB_END

INB_TEST(a_long_chain) {
    enum { LONG = 5000 };
    static inb_edge edges[2 * LONG];
    static uint32_t partner[LONG];
    size_t count = 0;
    for (uint32_t i = 0; i < LONG; i++) {
        edges[count++] = (inb_edge){i, i, 1.0F};
        if (i + 1 < LONG) {
            edges[count++] = (inb_edge){i, i + 1, 1.5F}; // tempting, and worse in the end
        }
    }
    INB_OK_IS(inb_assign(LONG, LONG, edges, count, partner, err));
    size_t with = 0;
    for (size_t i = 0; i < LONG; i++) {
        with += partner[i] != UINT32_MAX ? 1 : 0;
    }
    ck_assert_uint_ge(with, LONG - 1);
}
INB_END

static inb_status once(inb_error *err) {
    inb_edge edges[] = {{0, 0, 1}, {0, 1, 2}, {1, 1, 3}};
    uint32_t partner[2];
    return inb_assign(2, 2, edges, 3, partner, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/assign", as_good_as_trying_all, a_long_chain, memory_refused)
