// SPDX-License-Identifier: EUPL-1.2
// A name as it is compared: parts with the numbers of everything that they may be read as.
#ifndef INB_LINK_NAME_FORM_H
#define INB_LINK_NAME_FORM_H

#include "name_reduce.h"
#include "nicknames.h"

#include <inbeeld/normalise.h>

enum {
    INB_NAME_PARTS = 8,    // of one variant
    INB_NAME_VARIANTS = 3, // the name and two aliases
    INB_NAME_KEYS = 8,     // readings of a part
    INB_NAME_LETTERS = 256
};

enum {
    INB_PART_BARE = 1,     // written without its short vowels
    INB_PART_OPTIONAL = 2, // a patronymic
    INB_PART_INITIAL = 4   // one letter
};

typedef struct inb_name_unit {
    uint8_t at, length; // in the letters
    uint8_t flags;
    uint8_t key_count;
    uint8_t skeleton_sizes[INB_READINGS]; // consonants; 0 = no such skeleton
    uint32_t keys[INB_NAME_KEYS];
    uint32_t skeletons[INB_READINGS];
    uint32_t with_next; // this part and the next joined; 0 for the last of a variant
    uint16_t groups[INB_NICK_GROUPS];
} inb_name_unit;

struct inb_name_form {
    uint64_t marks[4]; // a bit for each number above
    uint32_t joined;   // all parts of the name in one
    uint8_t variants;
    uint8_t starts[INB_NAME_VARIANTS + 1]; // variant v is units starts[v] .. starts[v + 1]
    const char *letters;                   // parts and particles, parted by blanks, NUL-ended
    inb_name_unit units[];
};

#endif
