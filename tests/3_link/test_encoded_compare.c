// SPDX-License-Identifier: EUPL-1.2
// All pairs of encoded records against one pair at a time: the same patterns, the same counts, for
// one, two and many lists, with blanks and tokens, for any number of threads.

#include "encoded_link.h"
#include "pattern_tally.h"

#include "inb_sweep.h"

#include "base/alloc.h"

#include <inbeeld/rng.h>

enum { LISTS = 3, MOST = 1500 };

static inb_encoded lists[LISTS];

// Near doubles, blanks and shared tokens by chance.
static void make_lists(const size_t counts[LISTS], unsigned groups) {
    inb_rng rng = inb_rng_make(3, groups);
    for (size_t l = 0; l < LISTS; l++) {
        inb_encoded *list = &lists[l];
        *list = (inb_encoded){.count = counts[l], .token_count = l == 1 ? 1 : 2};
        list->about.groups = groups;
        list->about.bits = 512;
        list->about.exacts = l == 1 ? 8 : 9; // number; phone and number
        list->filter_bytes = groups * 64;
        list->filters = inb_alloc(counts[l], list->filter_bytes);
        list->tokens = inb_alloc(counts[l], list->token_count * INB_ENCODED_TOKEN_BYTES);
        for (size_t i = 0; i < counts[l] * groups; i++) {
            inb_rng same = inb_rng_make(77, inb_rng_below(&rng, 60));
            unsigned char *filter = list->filters + i * 64;
            for (int bit = 0; bit < 120 && i % 11 != 0; bit++) {
                uint32_t at = inb_rng_below(bit < 90 + (int)(i % 31) ? &same : &rng, 512);
                filter[at / 8] |= (unsigned char)(1 << at % 8);
            }
        }
        for (size_t i = 0; i < counts[l] * list->token_count; i++) {
            list->tokens[i * INB_ENCODED_TOKEN_BYTES] = (unsigned char)inb_rng_below(&rng, 20);
        }
    }
}

static void clear_lists(void) {
    for (size_t l = 0; l < LISTS; l++) {
        inb_free(lists[l].filters);
        inb_free(lists[l].tokens);
    }
}

static size_t file_of(const inb_codes *codes, size_t record) {
    size_t file = 0;
    while (codes->file_starts[file + 1] <= record) {
        file++;
    }
    return file;
}

static void compare(size_t list_count, enum inb_scope scope, size_t threads) {
    inb_codes codes;
    INB_OK_IS(inb_codes_new(lists, list_count, &codes, err));
    inb_spread spread = inb_spread_threads(threads);
    inb_candidates got;
    INB_OK_IS(inb_codes_compare(&codes, scope, NULL, 0, &spread, &got, err)); // keeps every pair
    size_t at = 0;
    double counted = 0;
    for (size_t a = 0; a < codes.count; a++) {
        for (size_t b = a + 1; b < codes.count; b++) {
            bool same = file_of(&codes, a) == file_of(&codes, b);
            if ((scope == INB_ACROSS_FILES && same) || (scope == INB_WITHIN_FILES && !same)) {
                continue;
            }
            INB_HOLDS(at < got.count && got.pairs[at].a == a && got.pairs[at].b == b,
                "pair %zu is not %zu %zu", at, a, b);
            uint64_t pattern = inb_codes_pattern(&codes, a, b);
            INB_HOLDS(got.pairs[at].pattern == pattern, "%zu %zu: %llx for %llx", a, b,
                (unsigned long long)got.pairs[at].pattern, (unsigned long long)pattern);
            at++;
        }
    }
    ck_assert_uint_eq(at, got.count);
    for (size_t i = 0; i < got.counts.count; i++) {
        counted += got.counts.counts[i];
    }
    ck_assert(counted == (double)at && got.compared == (double)at);
    inb_candidates_clear(&got);
    inb_codes_clear(&codes);
}

INB_TEST(as_one_by_one) {
    static const size_t counts[LISTS] = {150, 1, 93};
    for (unsigned groups = 3; groups <= 5; groups++) {
        make_lists(counts, groups);
        for (size_t threads = 1; threads <= 7; threads += 3) {
            compare(1, INB_ALL_PAIRS, threads);
            compare(3, INB_ALL_PAIRS, threads);
            compare(3, INB_ACROSS_FILES, threads);
            compare(3, INB_WITHIN_FILES, threads);
        }
        clear_lists();
    }
}
INB_END

// Longer than one strip of the inner loop.
INB_TEST(long_rows) {
    static const size_t counts[LISTS] = {MOST, 3, 5};
    make_lists(counts, 4);
    compare(2, INB_ACROSS_FILES, 2);
    clear_lists();
}
INB_END

// Phone of lists 0 and 2 (list 1 has none): equal 2, different 1, not there 0, from the bytes.
INB_TEST(levels_of_tokens) {
    static const size_t counts[LISTS] = {40, 5, 30};
    make_lists(counts, 4);
    inb_codes codes;
    INB_OK_IS(inb_codes_new(lists, 3, &codes, err));
    ck_assert_uint_eq(codes.layout.features, 6);
    size_t seen[3] = {0};
    for (size_t i = 0; i < 40; i++) {
        for (size_t j = 0; j < 30; j++) {
            unsigned x = lists[0].tokens[2 * i * INB_ENCODED_TOKEN_BYTES];
            unsigned y = lists[2].tokens[2 * j * INB_ENCODED_TOKEN_BYTES];
            unsigned wanted = x == 0 || y == 0 ? 0 : x == y ? 2 : 1;
            ck_assert_uint_eq(inb_codes_pattern(&codes, i, 45 + j) >> 12 & 7, wanted);
            seen[wanted]++;
        }
        ck_assert_uint_eq(inb_codes_pattern(&codes, i, 40) >> 12 & 7, 0);
    }
    ck_assert(seen[0] > 0 && seen[1] > 0 && seen[2] > 0);
    inb_codes_clear(&codes);
    clear_lists();
}
INB_END

INB_TEST(levels_in_order) {
    ck_assert_uint_eq(inb_codes_level(100, 100, 100, false), 7);
    ck_assert_uint_eq(inb_codes_level(0, 100, 100, false), 1);
    unsigned before = 1;
    for (unsigned common = 0; common <= 100; common++) {
        unsigned level = inb_codes_level(common, 100, 100, false);
        ck_assert_uint_ge(level, before);
        before = level;
        unsigned salted = inb_codes_level(common, 100, 100, true);
        ck_assert_uint_eq(salted, level <= INB_CODES_SALTED ? 1 : level);
    }
}
INB_END

static inb_status once(inb_error *err) {
    inb_codes codes = {0};
    inb_candidates got = {0};
    inb_spread spread = inb_spread_threads(1);
    inb_status status = inb_codes_new(lists, 2, &codes, err);
    if (status == INB_OK) {
        status = inb_codes_compare(&codes, INB_ALL_PAIRS, NULL, 0, &spread, &got, err);
    }
    inb_candidates_clear(&got);
    inb_codes_clear(&codes);
    return status;
}

INB_TEST(out_of_memory) {
    static const size_t counts[LISTS] = {20, 7, 0};
    make_lists(counts, 4);
    INB_SWEEP(once(err));
    clear_lists();
}
INB_END

INB_TEST_MAIN("3_link/encoded_compare", as_one_by_one, long_rows, levels_of_tokens, levels_in_order,
    out_of_memory)
