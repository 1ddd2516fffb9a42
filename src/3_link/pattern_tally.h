// SPDX-License-Identifier: EUPL-1.2
// Counting patterns and keeping pairs, a thread each; put together in an order that does not
// depend on the threads.
#ifndef INB_3_LINK_PATTERN_TALLY_H
#define INB_3_LINK_PATTERN_TALLY_H

#include "candidates.h"

typedef struct inb_tally_entry {
    uint64_t pattern; // + 1; 0 = free
    uint64_t count;
    bool kept;
} inb_tally_entry;

// Patterns of one worker.
typedef struct inb_tally {
    const inb_fit *fit;
    double least_weight;
    inb_tally_entry *entries;
    size_t size; // a power of two
    size_t used;
    inb_status status; // the first failure: adding goes on without effect
} inb_tally;

// Pairs of one piece of work.
typedef struct inb_pair_list {
    inb_pair *pairs;
    size_t count;
    size_t size;
} inb_pair_list;

inb_status inb_tally_begin(
    inb_tally *tally, const inb_fit *fit, double least_weight, inb_error *err) INB_NODISCARD;
void inb_tally_clear(inb_tally *tally);

// Counts a pattern; true where pairs of it are kept.
bool inb_tally_grow(inb_tally *tally, uint64_t pattern, size_t at);
static inline bool inb_tally_add(inb_tally *tally, uint64_t pattern) {
    size_t at = (size_t)inb_mix(pattern) & (tally->size - 1);
    while (tally->entries[at].pattern != 0) {
        if (tally->entries[at].pattern == pattern + 1) {
            tally->entries[at].count++;
            return tally->entries[at].kept;
        }
        at = (at + 1) & (tally->size - 1);
    }
    return inb_tally_grow(tally, pattern, at);
}

inb_status inb_pair_list_add(inb_pair_list *list, inb_pair pair, inb_error *err) INB_NODISCARD;

// Sums of several tallies, patterns in ascending order.
inb_status inb_tally_sum(const inb_tally *tallies, size_t count, inb_pattern_counts *ret_counts,
    inb_error *err) INB_NODISCARD;

#endif
