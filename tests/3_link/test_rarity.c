// SPDX-License-Identifier: EUPL-1.2
// Frequencies over files and over persons, and what they take from the weight of common values.

#include "inb_link_case.h"
#include "inb_test.h"
#include "rarity.h"

static inb_people *people;

static void read(const char *text) {
    INB_OK_IS(inb_case_read(text, NULL, NULL, 0, &people, err));
}

static inb_pair pair_of(uint32_t a, uint32_t b) {
    inb_level_cache *cache = NULL;
    INB_OK_IS(inb_level_cache_new(&cache, err));
    inb_pair pair = inb_pair_make(a, b, inb_pattern_of(people, cache, a, b), 0);
    inb_level_cache_freep(&cache);
    return pair;
}

static const char list[] =
    "id,surname\n1,common\n2,common\n3,common\n4,common\n5,common\n6,common\n"
    "7,rare\n8,rare\n9,blue\n10,green\n";

// Oracle: the adjustment is log of (sum of squared shares / own share).
INB_TEST(adjustment_of_equal_values) {
    read(list);
    inb_rarity *rarity = NULL;
    INB_OK_IS(inb_rarity_new(people, NULL, 0, &rarity, err));
    inb_pair common = pair_of(0, 1);
    inb_pair rare = pair_of(6, 7);
    double single = (2 * 1 + .5) / 3 / 10;
    double agree = .6 * .6 + .2 * .2 + 2 * .1 * single;
    INB_NEAR_REL(rarity->exact_u[INB_SURNAME], agree, 1e-6);
    INB_NEAR_REL(inb_rarity_adjust(rarity, &common), log(agree / .6), 1e-6);
    INB_NEAR_REL(inb_rarity_adjust(rarity, &rare), log(agree / .2), 1e-6);
    inb_pair different = pair_of(0, 6);
    INB_NEAR_ABS(inb_rarity_adjust(rarity, &different), 0, 0);
    inb_rarity_freep(&rarity);
    inb_people_freep(&people);
}
INB_END

INB_TEST(persons_count_not_records) {
    read(list);
    inb_rarity *rarity = NULL;
    // The six common records are of one person: the name is no commoner than green.
    uint32_t person[] = {0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
    INB_OK_IS(inb_rarity_new(people, person, 5, &rarity, err));
    const float *chance = rarity->chance[INB_SURNAME];
    const uint32_t *rank = rarity->rank[INB_SURNAME];
    INB_NEAR_REL((double)chance[rank[1]], (double)chance[rank[4]], 1e-6);
    INB_NEAR_REL((double)chance[rank[2]], .4, 1e-6);
    for (size_t w = 1; w <= 4; w++) {
        INB_NEAR_ABS(rarity->log_chance[INB_SURNAME][rank[w]], log((double)chance[rank[w]]), 0);
    }
    inb_rarity_freep(&rarity);
    inb_people_freep(&people);
}
INB_END

// Counts 1, 2, 3, 5 and 40 of a word: ranks keep their order and stand for their shares.
INB_TEST(ranks_are_counts) {
    static const unsigned counts[] = {3, 1, 40, 2, 5, 3};
    inb_buffer text = INB_BUFFER_INIT(1 << 16);
    inb_buffer_text(&text, "id,surname\n");
    unsigned id = 0;
    for (unsigned w = 0; w < 6; w++) {
        for (unsigned i = 0; i < counts[w]; i++) {
            inb_buffer_format(&text, "%u,n%u\n", id++, w);
        }
    }
    read(inb_buffer_get(&text));
    inb_rarity *rarity = NULL;
    INB_OK_IS(inb_rarity_new(people, NULL, 0, &rarity, err));
    for (unsigned w = 0; w < 6; w++) {
        double chance = (double)rarity->chance[INB_SURNAME][rarity->rank[INB_SURNAME][w + 1]];
        // Good-Turing for what was seen once: (2 * 1 + 0.5) / (1 + 1), at most one.
        INB_NEAR_REL(chance, counts[w] / 54.0, 1e-6);
    }
    inb_pair near = inb_pair_make(0, 4, (uint64_t)4 << (3 * INB_SURNAME), 0);
    rarity->usual[INB_SURNAME][4] = -1;
    // The commoner of both counts, whichever side it is on.
    INB_NEAR_REL(inb_rarity_adjust(rarity, &near), -1 - log(40 / 54.0), 1e-6);
    near = inb_pair_make(4, 53, (uint64_t)4 << (3 * INB_SURNAME), 0);
    INB_NEAR_REL(inb_rarity_adjust(rarity, &near), -1 - log(40 / 54.0), 1e-6);
    inb_rarity_freep(&rarity);
    inb_people_freep(&people);
    inb_buffer_clear(&text);
}
INB_END

INB_TEST(heaped_days_weigh_less) {
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "id,birth_date\n");
    for (unsigned i = 0; i < 1000; i++) {
        inb_buffer_format(&text, "%u,%u-%02u-%02u\n", i, 1950 + i % 50, i < 400 ? 1 : 1 + i % 12,
            i < 400 ? 1 : 1 + i % 28);
    }
    read(inb_buffer_get(&text));
    inb_rarity *rarity = NULL;
    INB_OK_IS(inb_rarity_new(people, NULL, 0, &rarity, err));
    inb_pair heaped = pair_of(0, 50);
    inb_pair plain = pair_of(500, 500 + 84);
    double less = inb_rarity_adjust(rarity, &heaped);
    double more = inb_rarity_adjust(rarity, &plain);
    ck_assert_msg(less < -0.5 && more > 0.5 && less < more - 3, "%g %g", less, more);
    inb_rarity_freep(&rarity);
    inb_people_freep(&people);
    inb_buffer_clear(&text);
}
INB_END

INB_TEST_MAIN("3_link/rarity", adjustment_of_equal_values, persons_count_not_records,
    ranks_are_counts, heaped_days_weigh_less)
