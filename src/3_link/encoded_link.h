// SPDX-License-Identifier: EUPL-1.2
// Encoded lists linked by what their filters and tokens say: similarities become levels, levels
// patterns, and the rest is what plain lists go through (fit, prior, persons).
#ifndef INB_3_LINK_ENCODED_LINK_H
#define INB_3_LINK_ENCODED_LINK_H

#include "candidates.h"
#include "dice.h"

#include <inbeeld/encoded.h>

// All records of all lists, in the order of the lists, ready to compare.
typedef struct inb_codes {
    size_t count;
    size_t file_count;
    size_t *file_starts; // [file_count + 1]
    size_t groups;
    bool salted; // the birth year is part of every filter
    inb_dice_set sets[INB_ENCODED_GROUPS_MOST];
    size_t token_count;
    uint32_t *tokens[INB_ENCODED_EXACTS]; // a record: number of its token, 0 = none
    inb_fit_layout layout;                // groups, then tokens
} inb_codes;

inb_status inb_codes_new(const inb_encoded *lists, size_t list_count, inb_codes *ret_codes,
    inb_error *err) INB_NODISCARD;
void inb_codes_clear(inb_codes *codes);

// The level of a similarity: 1 (far) to 7 (the same).
enum { INB_CODES_SALTED = 3 }; // up to this level salted filters count as different
unsigned inb_codes_level(unsigned common, unsigned ones_a, unsigned ones_b, bool salted);

// The pattern of two records, slowly: the oracle.
uint64_t inb_codes_pattern(const inb_codes *codes, size_t a, size_t b);

// All pairs of a scope: patterns counted, pairs kept whose weight under `fit` is `least_weight` or
// more (fit == NULL: none). Same result for any number of threads.
inb_status inb_codes_compare(const inb_codes *codes, enum inb_scope scope, const inb_fit *fit,
    double least_weight, const inb_spread *spread, inb_candidates *ret_candidates,
    inb_error *err) INB_NODISCARD;

#endif
