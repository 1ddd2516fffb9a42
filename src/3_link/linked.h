// SPDX-License-Identifier: EUPL-1.2
// A finished link: everything that was estimated, every candidate pair with its pattern, weight and
// probability, and the persons. What draws structures or explains a pair reads it here.
#ifndef INB_3_LINK_LINKED_H
#define INB_3_LINK_LINKED_H

#include "candidates.h"
#include "rarity.h"

#include <inbeeld/link.h>

struct inb_linked {
    const inb_people *people;
    inb_link_options options;
    bool all_pairs;      // no blocking was needed
    bool one_to_one;     // two lists, each person at most once in each
    bool *unique;        // a file: each person at most once in it
    double pairs_across; // pairs of records that may match: across files, or all of the one file
    double pairs_within; // pairs within files, where there are several
    double prior_across; // share of those that match
    double prior_within;
    double compared;
    inb_fit *fit;              // chances of levels (m, u), expected counts behind them, weights
    inb_rarity *rarity;        // frequencies of values
    inb_pattern_counts counts; // of all pairs that were compared
    inb_pattern_counts random; // of random pairs, where not all were; count 0 otherwise
    double most_matches;
    inb_pair *pairs; // candidates kept, those across files first
    size_t pair_count;
    size_t across_count;
    float *weight;      // a pair: log of m / u, frequencies in, prior not
    float *probability; // a pair: that it matches, given the others where lists are one-to-one
    uint32_t *person;   // a record
    size_t persons;
    // Blocking; key_count 0 where all pairs were compared.
    size_t key_count;
    struct {
        const char *text;
        double pairs;
        size_t split;
    } keys[INB_KEYS_MOST];
    double lost; // estimated share of matching pairs that no key gave; 0 where all were compared
};

static inline bool inb_linked_across(const struct inb_linked *linked, size_t pair) {
    return pair < linked->across_count;
}

// Log of the odds of the prior that a pair stands under.
double inb_linked_prior_logit(const struct inb_linked *linked, size_t pair);

// Probabilities, persons and what depends on them, from weights and priors.
inb_status inb_linked_resolve(struct inb_linked *linked, inb_error *err) INB_NODISCARD;

// Where records are clustered: minus the log of the share of pairs of one person that do not look
// like a match, and the most that a pair's score may be.
#define INB_LINKED_MOST_SCORE 6.0
inb_status inb_linked_miss(
    const struct inb_linked *linked, double *ret_miss, inb_error *err) INB_NODISCARD;

// Codes of the groups of each person: values[person * width + first + group].
inb_status inb_linked_groups(const struct inb_linked *linked, size_t width, size_t first,
    uint32_t *values, inb_error *err) INB_NODISCARD;

#endif
