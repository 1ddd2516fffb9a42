// SPDX-License-Identifier: EUPL-1.2
// What equal and near values say, learnt: ratios of chances have the mean that they must have.

#include "inb_link_case.h"
#include "inb_test.h"
#include "rarity_match.h"

#include <math.h>

enum { MANY = 4000 };

static inb_people *people;
static inb_rarity *rarity;
static inb_pair common; // two pairs of one level
static inb_pair rare;

static const char list[] =
    "id,surname\n1,teldraan\n2,teldraan\n3,teldraan\n4,teldraan\n5,teldraan\n6,teldraan\n"
    "7,brandelor\n8,brandelor\n9,teldran\n10,brandellor\n11,kelsam\n12,ostrivar\n13,wik\n";

static inb_pair pair_of(uint32_t a, uint32_t b) {
    inb_level_cache *cache = NULL;
    INB_OK_IS(inb_level_cache_new(&cache, err));
    inb_pair pair = inb_pair_make(a, b, inb_pattern_of(people, cache, a, b), 0);
    inb_level_cache_freep(&cache);
    return pair;
}

// Random pairs, of which `share` is the common one, and likely matches, of which `matching` is.
static void learn(double share, double matching) {
    static inb_pair random[MANY];
    static inb_pair pairs[MANY];
    static double other[MANY];
    static float match[MANY];
    for (size_t i = 0; i < MANY; i++) {
        random[i] = (double)i < share * MANY ? common : rare;
        pairs[i] = (double)i < matching * MANY ? common : rare;
        other[i] = 0;
        match[i] = 0.9F;
    }
    inb_candidates some = {.pairs = random, .count = MANY};
    INB_OK_IS(inb_rarity_new(people, NULL, 0, &rarity, err));
    inb_rarity_learn(rarity, &some, other);
    INB_OK_IS(inb_rarity_match(rarity, pairs, MANY, match, &some, other, err));
}

static double adjusted(const inb_pair *pair) {
    return inb_rarity_adjust(rarity, pair);
}

INB_TEST(equal_values) {
    INB_OK_IS(inb_case_read(list, NULL, NULL, 0, &people, err));
    common = pair_of(0, 1);
    rare = pair_of(6, 7);
    learn(0.9, 0.8); // half of the records are misspelt: six in ten would be the common name
    INB_NEAR_REL(0.8 * exp(-adjusted(&common)) + 0.2 * exp(-adjusted(&rare)), 1, 0.01);
    // The ratio of both says what it did.
    INB_NEAR_REL(adjusted(&rare) - adjusted(&common), log(6.0 / 2), 1e-6);
    inb_rarity_freep(&rarity);
    inb_people_freep(&people);
}
INB_END

INB_TEST(near_values) {
    INB_OK_IS(inb_case_read(list, NULL, NULL, 0, &people, err));
    common = pair_of(0, 8);
    rare = pair_of(6, 9);
    unsigned level = inb_pattern_level(common.pattern, INB_SURNAME);
    ck_assert_uint_lt(level, inb_level_exact[INB_SURNAME]);
    ck_assert_uint_eq(level, inb_pattern_level(rare.pattern, INB_SURNAME));
    // As rare among matches as among others: it says nothing.
    learn(0.9, 0.9);
    ck_assert_double_lt(rarity->slope[INB_SURNAME][level], 0.05);
    INB_NEAR_ABS(adjusted(&rare), 0, 0.05);
    inb_rarity_freep(&rarity);
    // Three times as rare counts three times as much: 0.9 to 0.1 becomes 0.9 to 0.3.
    learn(0.9, 0.75);
    ck_assert_double_gt(rarity->slope[INB_SURNAME][level], 0.95);
    inb_rarity_freep(&rarity);
    learn(0.9, 0.85);
    double slope = rarity->slope[INB_SURNAME][level];
    ck_assert_double_gt(slope, 0.2);
    ck_assert_double_lt(slope, 0.8);
    INB_NEAR_REL(adjusted(&rare) - adjusted(&common), slope * log(6.0 / 2), 1e-6);
    INB_NEAR_REL(0.9 * exp(adjusted(&common)) + 0.1 * exp(adjusted(&rare)), 1, 1e-6);
    inb_rarity_freep(&rarity);
    inb_people_freep(&people);
}
INB_END

INB_TEST_MAIN("3_link/rarity_match", equal_values, near_values)
