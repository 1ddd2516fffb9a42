// SPDX-License-Identifier: EUPL-1.2
// How common each value is among persons: agreement on a rare value says more than on a common one
// (a heaped date, the address of a shelter, a shared phone says little).
#ifndef INB_3_LINK_RARITY_H
#define INB_3_LINK_RARITY_H

#include "candidates.h"

typedef struct inb_rarity {
    const inb_people *people;
    // A word: how many persons have it, as a number into the two after it, in the same order. NULL
    // of what no adjustment looks at.
    uint32_t *rank[INB_FEATURES];
    float *chance[INB_FEATURES];      // that another person has a word of that rank
    double *log_chance[INB_FEATURES]; // a pair costs no logarithm
    double exact_u[INB_FEATURES]; // chance that two random persons have equal words; -1 = not known
    // Log of the usual commonness of words that agree at a level; a pair's adjustment is this less
    // the log of its own. NAN where a level is not adjusted.
    double usual[INB_FEATURES][INB_FIT_LEVELS];
    double slope[INB_FEATURES][INB_FIT_LEVELS]; // how much of the log of its own counts, 0 .. 1
    float *month_day; // 100 * month + day: chance, for heaped days; NULL without dates
    double month_day_u;
    unsigned home; // features, one bit each, on which two persons of one household agree
} inb_rarity;

// person: which person each record is of, numbers below `persons` (NULL: not known yet; then the
// file in which a word is most common stands for its persons).
inb_status inb_rarity_new(const inb_people *people, const uint32_t *person, size_t persons,
    inb_rarity **ret_rarity, inb_error *err) INB_NODISCARD;
void inb_rarity_freep(inb_rarity **rarity);

// Learns how common words usually are that are near each other by chance: from random pairs, each
// taken for a pair that does not match with chance 1 - match[i] (NULL = all).
void inb_rarity_learn(inb_rarity *rarity, const inb_candidates *random, const double *match);

// Log of the chance of the commoner of a pair's values, which are not blank.
double inb_rarity_log_chance(const inb_rarity *rarity, const inb_pair *pair, size_t feature);

// What to add to the weight of a household: of the features of `home` alone.
double inb_rarity_adjust_home(const inb_rarity *rarity, const inb_pair *pair);
// What to add to a pair's weight.
double inb_rarity_adjust(const inb_rarity *rarity, const inb_pair *pair);
// Of one feature, for the explanation.
double inb_rarity_adjust_feature(
    const inb_rarity *rarity, const inb_pair *pair, enum inb_feature feature);

#endif
