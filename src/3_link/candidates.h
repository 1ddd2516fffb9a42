// SPDX-License-Identifier: EUPL-1.2
// Pairs of records compared: every pair where there are few enough, else those that share a block.
// All patterns are counted; the pairs that might match are kept.
#ifndef INB_3_LINK_CANDIDATES_H
#define INB_3_LINK_CANDIDATES_H

#include "blocking.h"
#include "pattern.h"

#include <inbeeld/spread.h>

// a stands before b in the order of the files.
typedef struct inb_pair {
    uint32_t a;
    uint32_t b;
    uint64_t pattern : 56;
    uint64_t keys : 8; // keys of blocking in common; 0 where all pairs were compared
} inb_pair;

static inline inb_pair inb_pair_make(uint32_t a, uint32_t b, uint64_t pattern, unsigned keys) {
    return (inb_pair){a, b, pattern & (((uint64_t)1 << 56) - 1), keys & 255U};
}

typedef struct inb_candidates {
    inb_pair *pairs; // kept
    size_t count;
    inb_pattern_counts counts; // of all pairs that were compared, also of those not kept
    double compared;
} inb_candidates;

void inb_candidates_clear(inb_candidates *candidates);

enum inb_scope { INB_ALL_PAIRS, INB_ACROSS_FILES, INB_WITHIN_FILES };

typedef struct inb_compare_plan {
    const inb_people *people;
    const inb_fit *fit;  // weights to judge by what is kept
    double least_weight; // kept: log(m / u) at least this
    enum inb_scope scope;
    const inb_spread *spread;
} inb_compare_plan;

// Random pairs of a scope that has some, with their patterns; as many as wanted.
inb_status inb_compare_random(const inb_people *people, enum inb_scope scope, uint64_t seed,
    size_t wanted, inb_candidates *ret_candidates, inb_error *err) INB_NODISCARD;

// Every pair of records of different files, or of the only file.
inb_status inb_compare_all(
    const inb_compare_plan *plan, inb_candidates *ret_candidates, inb_error *err) INB_NODISCARD;

// The pairs of all blocks, each once.
inb_status inb_compare_blocks(const inb_compare_plan *plan, const inb_blocks *blocks,
    inb_candidates *ret_candidates, inb_error *err) INB_NODISCARD;

#endif
