// SPDX-License-Identifier: EUPL-1.2
// Which records are worth comparing when there are too many pairs: a union of keys, each record in
// at most one block a key, blanks in none; blocks that are too large are split, so that a hub does
// not cost the square of its size.
#ifndef INB_3_LINK_BLOCKING_H
#define INB_3_LINK_BLOCKING_H

#include "records.h"

#include <inbeeld/spread.h>

enum { INB_KEYS_MOST = 24 };

typedef struct inb_block_key {
    const char *text; // what the key is made of, static
    uint32_t blocks;  // blocks have numbers 1 .. blocks
    double pairs;     // within its blocks
    size_t split;     // blocks that were too large
    double left_out;  // pairs of records with one key that splitting parted
} inb_block_key;

typedef struct inb_blocks {
    size_t count; // of records
    size_t key_count;
    inb_block_key keys[INB_KEYS_MOST];
    // [count x key_count], 0 = in no block. Keys of one record stand together: pairs are of records
    // that are anywhere, and all their keys are looked at.
    uint32_t *block_of;
} inb_blocks;

// budget: about how many pairs all keys together may give. Keys are made side by side; the blocks
// do not depend on who makes them.
inb_status inb_blocks_new(const inb_people *people, double budget, const inb_spread *spread,
    inb_blocks **ret_blocks, inb_error *err) INB_NODISCARD;
void inb_blocks_freep(inb_blocks **blocks);

// Records of a key in the order of their blocks: block b has order[starts[b]] .. starts[b + 1].
// starts has blocks + 2 entries, order as many as there are records.
void inb_blocks_order(const inb_blocks *blocks, size_t key, uint32_t *starts, uint32_t *order);

static inline const uint32_t *inb_blocks_of(const inb_blocks *blocks, size_t record) {
    return blocks->block_of + record * blocks->key_count;
}

// How many keys two records have in common, and the first of them (SIZE_MAX = none).
static inline size_t inb_blocks_first(const inb_blocks *blocks, uint32_t a, uint32_t b) {
    const uint32_t *of_a = inb_blocks_of(blocks, a);
    const uint32_t *of_b = inb_blocks_of(blocks, b);
    for (size_t k = 0; k < blocks->key_count; k++) {
        if (of_a[k] != 0 && of_a[k] == of_b[k]) {
            return k;
        }
    }
    return SIZE_MAX;
}

unsigned inb_blocks_shared(const inb_blocks *blocks, uint32_t a, uint32_t b);

// A code of how a name sounds: its first letter's class and up to four consonants' classes, without
// vowels and repeats. 0 where nothing is left.
uint32_t inb_sound(const char *text, size_t length);

#endif
