// SPDX-License-Identifier: EUPL-1.2
// Random pairs within their scope; pairs of blocks each once, against looking at every pair.

#include "candidates.h"
#include "inb_link_case.h"
#include "inb_made_people.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include "base/alloc.h"

INB_TEST(random_pairs_stay_in_their_scope) {
    inb_people *people = NULL;
    inb_candidates random = {0};
    INB_OK_IS(inb_case_read(inb_case_a, inb_case_b, NULL, 0, &people, err));
    INB_OK_IS(inb_compare_random(people, INB_ACROSS_FILES, 1, 2000, &random, err));
    size_t seen[8] = {0};
    for (size_t i = 0; i < random.count; i++) {
        ck_assert(random.pairs[i].a < 4 && random.pairs[i].b >= 4);
        seen[random.pairs[i].a]++;
        seen[random.pairs[i].b]++;
    }
    for (size_t r = 0; r < 8; r++) {
        ck_assert(seen[r] > 400 && seen[r] < 600);
    }
    inb_candidates_clear(&random);
    inb_people_freep(&people);
}
INB_END

INB_TEST(pairs_of_blocks_once_each) {
    inb_buffer text = INB_BUFFER_INIT(1 << 22);
    inb_made_weak(4, 1500, &text);
    inb_people *people = NULL;
    inb_blocks *blocks = NULL;
    inb_candidates found = {0};
    INB_OK_IS(inb_case_read(inb_buffer_get(&text), NULL, NULL, 0, &people, err));
    inb_spread spread = inb_spread_threads(3);
    INB_OK_IS(inb_blocks_new(people, 90000, &spread, &blocks, err));
    inb_compare_plan plan = {people, NULL, 0, INB_ALL_PAIRS, &spread};
    INB_OK_IS(inb_compare_blocks(&plan, blocks, &found, err));
    size_t count = people->count;
    bool *seen = inb_alloc(count * count, sizeof *seen);
    for (size_t i = 0; i < found.count; i++) {
        size_t at = found.pairs[i].a * count + found.pairs[i].b;
        INB_HOLDS(found.pairs[i].a < found.pairs[i].b && !seen[at], "a pair twice");
        seen[at] = true;
    }
    size_t expected = 0;
    for (uint32_t a = 0; a < count; a++) {
        for (uint32_t b = a + 1; b < count; b++) {
            bool shares = inb_blocks_first(blocks, a, b) != SIZE_MAX;
            expected += shares ? 1 : 0;
            INB_HOLDS(shares == seen[a * count + b], "pair %u %u", a, b);
        }
    }
    ck_assert_uint_eq(found.count, expected);
    INB_NEAR_ABS(found.compared, (double)expected, 0);
    inb_free(seen);
    inb_candidates_clear(&found);
    inb_blocks_freep(&blocks);
    inb_people_freep(&people);
    inb_buffer_clear(&text);
}
INB_END

// Blocks, keys of sketches, splits, random pairs and pairs of blocks on two threads.
static inb_status once(const char *text, inb_error *err) {
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_blocks_freep) inb_blocks *blocks = NULL;
    INB_CLEANUP(inb_candidates_clear) inb_candidates found = {0};
    INB_CLEANUP(inb_candidates_clear) inb_candidates random = {0};
    inb_spread spread = inb_spread_threads(2);
    INB_TRY(inb_case_read(text, NULL, NULL, 0, &people, err));
    INB_TRY(inb_blocks_new(people, 200, &spread, &blocks, err));
    inb_compare_plan plan = {people, NULL, 0, INB_ALL_PAIRS, &spread};
    INB_TRY(inb_compare_blocks(&plan, blocks, &found, err));
    return inb_compare_random(people, INB_ALL_PAIRS, 1, 50, &random, err);
}

INB_TEST(memory_refused) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_made_heavy(4, 60, &text);
    INB_SWEEP(once(inb_buffer_get(&text), err));
}
INB_END

INB_TEST_MAIN("3_link/candidates", random_pairs_stay_in_their_scope, pairs_of_blocks_once_each,
    memory_refused)
