// SPDX-License-Identifier: EUPL-1.2
// Tallies: counts of patterns whatever the order and the number of them.

#include "inb_test.h"
#include "pattern_tally.h"

#include "base/alloc.h"

INB_TEST(counts_add_up) {
    inb_tally tallies[2];
    INB_OK_IS(inb_tally_begin(&tallies[0], NULL, 0, err));
    INB_OK_IS(inb_tally_begin(&tallies[1], NULL, 0, err));
    for (uint64_t i = 0; i < 50000; i++) {
        ck_assert(inb_tally_add(&tallies[i % 2], (i * i) % 4999 << 7));
    }
    inb_pattern_counts counts = {0};
    INB_OK_IS(inb_tally_sum(tallies, 2, &counts, err));
    double sum = 0;
    for (size_t i = 0; i < counts.count; i++) {
        INB_HOLDS(i == 0 || counts.patterns[i] > counts.patterns[i - 1], "order");
        sum += counts.counts[i];
    }
    INB_NEAR_ABS(sum, 50000, 0);
    uint64_t expected = 0;
    for (uint64_t i = 0; i < 50000; i++) {
        expected += (i * i) % 4999 == 4 ? 1 : 0;
    }
    for (size_t i = 0; i < counts.count; i++) {
        if (counts.patterns[i] == 4 << 7) {
            INB_NEAR_ABS(counts.counts[i], (double)expected, 0);
        }
    }
    inb_pattern_counts_clear(&counts);
    inb_tally_clear(&tallies[0]);
    inb_tally_clear(&tallies[1]);
}
INB_END

INB_TEST(lists_grow) {
    inb_pair_list list = {0};
    for (uint32_t i = 0; i < 1000; i++) {
        INB_OK_IS(inb_pair_list_add(&list, inb_pair_make(i, i + 1, (uint64_t)i << 3, 3), err));
    }
    for (uint32_t i = 0; i < 1000; i++) {
        ck_assert(list.pairs[i].a == i && list.pairs[i].pattern == (uint64_t)i << 3);
        ck_assert_uint_eq(list.pairs[i].keys, 3);
    }
    inb_free(list.pairs);
}
INB_END

INB_TEST_MAIN("3_link/pattern_tally", counts_add_up, lists_grow)
