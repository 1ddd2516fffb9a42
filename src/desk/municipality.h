// SPDX-License-Identifier: EUPL-1.2
// Municipalities by name: what people write, and the code that stands open in the store. The list
// is data (data/municipalities.csv).
#ifndef INB_DESK_MUNICIPALITY_H
#define INB_DESK_MUNICIPALITY_H

#include <stdbool.h>
#include <stddef.h>

enum { INB_MUNICIPALITY_CODE = 7, INB_MUNICIPALITY_NAME = 64 };

// One of the list: begin with *at = 0; false after the last.
typedef struct inb_municipality {
    char code[INB_MUNICIPALITY_CODE]; // "GM0599"
    char name[INB_MUNICIPALITY_NAME];
    bool also; // another way to write one that stands in the list
} inb_municipality;
bool inb_municipality_next(size_t *at, inb_municipality *ret_one);

// The code of what somebody typed: a name of the list, capitals or not, or a code, also of a year
// that the list does not know. False: neither.
bool inb_municipality_code(const char *typed, char ret_code[INB_MUNICIPALITY_CODE]);
// The name of a code, or the code itself where the list lacks it.
void inb_municipality_name(const char *code, char ret_name[INB_MUNICIPALITY_NAME]);

#endif
