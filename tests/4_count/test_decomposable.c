// SPDX-License-Identifier: EUPL-1.2
// Averaging over decomposable graphs: the published answers, the same posterior as a slow sum over
// graphs written out by hand for three lists, and what the options do.

#include "decomposable.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include "math/chordal.h"

#include <inbeeld/rng.h>

#include <stdio.h>
#include <string.h>

static int64_t counts[64];

static size_t published(const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", getenv("INBEELD_SOURCE"), name);
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read(path, NULL, 0, &histories, err));
    size_t lists = histories->list_count;
    for (size_t h = 0; h < (size_t)1 << lists; h++) {
        counts[h] = histories->pooled.cells[h].count;
    }
    inb_histories_free(histories);
    return lists;
}

static inb_decomposable run(size_t lists, inb_decomposable_options options) {
    inb_decomposable result = {0};
    INB_OK_IS(inb_decomposable_run(counts, lists, &options, &result, err));
    return result;
}

static void is_about(const inb_decomposable *r, double median, double low, double high) {
    INB_NEAR_REL(r->median, median, 1e-4);
    INB_NEAR_REL(r->low, low, 1e-4);
    INB_NEAR_REL(r->high, high, 1e-4);
}

// dga 1.2 on the same tables (figures: stations/count.md).
INB_TEST(published_values) {
    size_t lists = published("UKdat_5");
    inb_decomposable r = run(lists, (inb_decomposable_options){.level = .95, .parity = true});
    is_about(&r, 22365, 10343, 29446);
    ck_assert_uint_eq(r.graph_count, 822);
    ck_assert_int_eq(r.grid, 27440);
    r = run(lists, (inb_decomposable_options){.level = .95});
    is_about(&r, 22990, 10387, 33510);
    ck_assert(r.converged);
    ck_assert_uint_eq(r.graph_count, 821);
    r = run(lists, (inb_decomposable_options){.level = .95, .delta = 0.1});
    is_about(&r, 12521, 9820, 29799);
    // With delta = 1 the complete graph would take all the weight.
    r = run(lists, (inb_decomposable_options){.level = .95, .delta = 1});
    INB_NEAR_REL(r.median, 4194, 1e-4);
    ck_assert_double_gt(r.complete_weight, 0.999);
    r = run(lists, (inb_decomposable_options){.level = .95, .delta = 1, .parity = true});
    INB_NEAR_REL(r.median, 2807, 1e-4);
    lists = published("Ned_5");
    r = run(lists, (inb_decomposable_options){.level = .95, .parity = true});
    is_about(&r, 47903, 40845, 55456);
}
INB_END

// ---- three lists, slowly ----

// log of prod over cells of the rising factorial a (a+1) .. (a+n-1), as an urn would fill them.
static long double rising(long double a, int64_t n) {
    long double sum = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += logl(a + (long double)i);
    }
    return sum;
}

static long double log_set(unsigned set, const int64_t *cells, long double delta) {
    long double a = delta * (long double)(8 >> __builtin_popcount(set));
    long double sum = 0;
    int64_t all = 0;
    for (unsigned cell = 0; cell < 8; cell++) {
        if ((cell & ~set) != 0) {
            continue;
        }
        int64_t margin = 0;
        for (unsigned h = 0; h < 8; h++) {
            margin += (h & set) == cell ? cells[h] : 0;
        }
        sum += rising(a, margin);
        all += margin;
    }
    return sum - rising(delta * 8, all);
}

// The eight graphs on three vertices: cliques and separators by hand.
static const struct {
    unsigned plus[3];
    unsigned minus;
} by_hand[8] = {{{1, 2, 4}, 0}, {{3, 4, 0}, 0}, {{5, 2, 0}, 0}, {{6, 1, 0}, 0}, {{3, 5, 0}, 1},
    {{3, 6, 0}, 2}, {{5, 6, 0}, 4}, {{7, 0, 0}, 0}};

static void slow_quantiles(long double delta, int64_t most, bool with_complete, double ret[3]) {
    static long double mass[5000];
    long double top = -1e30L;
    int64_t people = 0;
    for (unsigned h = 1; h < 8; h++) {
        people += counts[h];
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t unseen = 1; unseen <= most; unseen++) {
            int64_t cells[8];
            memcpy(cells, counts, sizeof cells);
            cells[0] = unseen;
            long double common = lgammal((long double)(people + unseen) + 1) -
                                 lgammal((long double)unseen + 1) -
                                 logl((long double)(people + unseen));
            mass[unseen] = 0;
            for (int g = 0; g < (with_complete ? 8 : 7); g++) {
                long double value = common;
                for (int i = 0; i < 3 && by_hand[g].plus[i] != 0; i++) {
                    value += log_set(by_hand[g].plus[i], cells, delta);
                }
                value -= by_hand[g].minus != 0 ? log_set(by_hand[g].minus, cells, delta) : 0;
                top = pass == 0 && value > top ? value : top;
                mass[unseen] += pass == 1 ? expl(value - top) : 0;
            }
        }
    }
    long double sum = 0;
    for (int64_t unseen = 1; unseen <= most; unseen++) {
        sum += mass[unseen];
    }
    static const long double levels[3] = {0.025L, 0.5L, 0.975L};
    for (int q = 0; q < 3; q++) {
        long double below = 0;
        int64_t unseen = 0;
        while (unseen < most && below < levels[q] * sum) {
            below += mass[++unseen];
        }
        ret[q] = (double)(people + unseen);
    }
}

INB_TEST(the_slow_way_agrees) {
    inb_rng rng = inb_rng_make(4, 0);
    for (int round = 0; round < 6; round++) {
        int64_t people = 0;
        for (unsigned h = 1; h < 8; h++) {
            counts[h] = inb_rng_below(&rng, h == 7 ? 4 : 9);
            people += counts[h];
        }
        double delta = round % 2 == 0 ? 0.125 : 0.7;
        double slow[3];
        slow_quantiles((long double)delta, 10 * people, true, slow);
        inb_decomposable r =
            run(3, (inb_decomposable_options){.level = .95, .delta = delta, .parity = true});
        ck_assert_uint_eq(r.graph_count, 8);
        INB_NEAR_ABS(r.low, slow[0], 0.5);
        INB_NEAR_ABS(r.median, slow[1], 0.5);
        INB_NEAR_ABS(r.high, slow[2], 0.5);
        slow_quantiles((long double)delta, 10 * people, false, slow);
        r = run(3, (inb_decomposable_options){.level = .95, .delta = delta, .most = 10 * people});
        ck_assert(!r.converged); // not allowed to double
        ck_assert_int_eq(r.grid, 10 * people);
        INB_NEAR_ABS(r.median, slow[1], 0.5);
        INB_NEAR_ABS(r.high, slow[2], 0.5);
    }
}
INB_END

// A permutation of the lists changes nothing but the names.
INB_TEST(permuting_the_lists) {
    size_t lists = published("UKdat_5");
    inb_decomposable before = run(lists, (inb_decomposable_options){.level = .9, .parity = true});
    int64_t turned[64] = {0};
    for (unsigned h = 0; h < 32; h++) {
        turned[(h << 1 & 31) | h >> 4] = counts[h];
    }
    memcpy(counts, turned, sizeof turned);
    inb_decomposable after = run(lists, (inb_decomposable_options){.level = .9, .parity = true});
    INB_NEAR_ABS(after.median, before.median, 0.5);
    INB_NEAR_ABS(after.low, before.low, 0.5);
    INB_NEAR_ABS(after.high, before.high, 0.5);
    INB_NEAR_REL(after.best_weight, before.best_weight, 1e-9);
}
INB_END

INB_TEST(refused) {
    memset(counts, 0, sizeof counts);
    inb_decomposable_options options = {.level = .95};
    inb_decomposable result = {.grid = 7};
    INB_FAILS(inb_decomposable_run(counts, 5, &options, &result, err), INB_RANGE, "out of range");
    INB_FAILS(inb_decomposable_run(counts, 7, &options, &result, err), INB_RANGE, "found 7 lists");
    INB_FAILS(inb_decomposable_run(counts, 1, &options, &result, err), INB_RANGE, "found 1 lists");
    counts[1] = INT64_C(1) << 40;
    INB_FAILS(inb_decomposable_run(counts, 3, &options, &result, err), INB_RANGE, "out of range");
    ck_assert_int_eq(result.grid, 7); // untouched
}
INB_END

INB_TEST(memory_runs_out) {
    memset(counts, 0, sizeof counts);
    counts[1] = 20;
    counts[2] = 15;
    counts[3] = 5;
    counts[4] = 9;
    counts[6] = 3;
    inb_decomposable_options options = {.level = .95};
    inb_decomposable result = {0};
    INB_SWEEP(inb_decomposable_run(counts, 3, &options, &result, err));
    ck_assert_double_gt(result.median, 52);
}
INB_END

INB_TEST_MAIN("4_count/decomposable", published_values, the_slow_way_agrees, permuting_the_lists,
    refused, memory_runs_out)
