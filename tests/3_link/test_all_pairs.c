// SPDX-License-Identifier: EUPL-1.2
// All pairs by the quick way against the pattern of every pair, one file and two, any threads.

#include "candidates.h"
#include "inb_link_case.h"
#include "inb_made_people.h"
#include "inb_test.h"

static void check(const char *a, const char *b, size_t threads) {
    inb_people *people = NULL;
    inb_candidates found = {0};
    inb_level_cache *cache = NULL;
    INB_OK_IS(inb_case_read(a, b, NULL, 0, &people, err));
    INB_OK_IS(inb_level_cache_new(&cache, err));
    inb_spread spread = inb_spread_threads(threads);
    inb_compare_plan plan = {
        people, NULL, 0, b == NULL ? INB_ALL_PAIRS : INB_ACROSS_FILES, &spread};
    INB_OK_IS(inb_compare_all(&plan, &found, err));
    size_t at = 0;
    size_t from = b == NULL ? 0 : people->file_starts[1];
    size_t to = b == NULL ? people->count : people->file_starts[1];
    for (size_t x = 0; x < to; x++) {
        for (size_t y = b == NULL ? x + 1 : from; y < people->count; y++, at++) {
            INB_HOLDS(found.pairs[at].a == x && found.pairs[at].b == y, "order");
            uint64_t pattern = inb_pattern_of(people, cache, x, y);
            INB_HOLDS(found.pairs[at].pattern == pattern, "records %zu %zu: %lo, expected %lo", x,
                y, (unsigned long)found.pairs[at].pattern, (unsigned long)pattern);
        }
    }
    ck_assert_uint_eq(found.count, at);
    inb_level_cache_freep(&cache);
    inb_candidates_clear(&found);
    inb_people_freep(&people);
}

// Three files: every pair of records of different files, once.
INB_TEST(pairs_across_three_files) {
    const char *const names[] = {"a.csv", "b.csv", "c.csv"};
    const char *const data[] = {inb_case_a, inb_case_b, inb_case_a};
    const size_t lengths[] = {strlen(inb_case_a), strlen(inb_case_b), strlen(inb_case_a)};
    inb_people *people = NULL;
    inb_candidates found = {0};
    inb_level_cache *cache = NULL;
    INB_OK_IS(inb_level_cache_new(&cache, err));
    INB_OK_IS(inb_people_read_memory(names, data, lengths, 3, NULL, NULL, 0, 1, &people, err));
    inb_spread spread = inb_spread_threads(1);
    inb_compare_plan plan = {people, NULL, 0, INB_ACROSS_FILES, &spread};
    INB_OK_IS(inb_compare_all(&plan, &found, err));
    ck_assert_uint_eq(found.count, 48);
    for (size_t i = 0; i < found.count; i++) {
        size_t a = found.pairs[i].a;
        size_t b = found.pairs[i].b;
        ck_assert(a < b && a / 4 != b / 4);
        ck_assert_uint_eq(found.pairs[i].pattern, inb_pattern_of(people, cache, a, b));
        for (size_t k = 0; k < i; k++) {
            ck_assert(found.pairs[k].a != a || found.pairs[k].b != b);
        }
    }
    inb_level_cache_freep(&cache);
    inb_candidates_clear(&found);
    inb_people_freep(&people);
}
INB_END

INB_TEST(as_every_pair_by_itself) {
    check(inb_case_a, inb_case_b, 1);
    check(inb_case_a, NULL, 1);
    inb_buffer a = INB_BUFFER_INIT(1 << 22);
    inb_buffer b = INB_BUFFER_INIT(1 << 22);
    inb_made_two(5, 700, &a, &b);
    check(inb_buffer_get(&a), inb_buffer_get(&b), 3);
    check(inb_buffer_get(&b), NULL, 2);
    inb_buffer_clear(&a);
    inb_made_heavy(5, 800, &a);
    check(inb_buffer_get(&a), NULL, 1);
    inb_buffer_clear(&a);
    inb_buffer_clear(&b);
}
INB_END

INB_TEST_MAIN("3_link/all_pairs", pairs_across_three_files, as_every_pair_by_itself)
