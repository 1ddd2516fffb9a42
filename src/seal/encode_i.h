// SPDX-License-Identifier: EUPL-1.2
// How much of a filter each field gets, seen by seal and its tests.
#ifndef INB_SEAL_ENCODE_I_H
#define INB_SEAL_ENCODE_I_H

#include "keys_i.h"

#include <inbeeld/encode.h>

// Bits that an element of a field sets. Whole values weigh about as much as a match on them says
// (log of how rare a value is); names and streets by their pairs of letters.
typedef struct inb_i_field_weight {
    unsigned pair;   // each pair of letters, ends included
    unsigned whole;  // the whole value
    unsigned digit;  // the last digit where it stands
    unsigned digit2; // the one before it
} inb_i_field_weight;

extern const inb_i_field_weight inb_i_field_weights[INB_ENCODED_FIELDS];

// Filter sizes of a layout.
static inline unsigned inb_i_encode_bits(unsigned groups) {
    return groups == 1 ? 1024 : 512;
}

#endif
