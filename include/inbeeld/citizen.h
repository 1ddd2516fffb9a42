// SPDX-License-Identifier: EUPL-1.2
// Citizen service numbers (burgerservicenummer) have no place here: a column of them is recognised
// by the eleven-test and refused, on every way into the program.
#ifndef INBEELD_CITIZEN_H
#define INBEELD_CITIZEN_H

#include <inbeeld/status.h>

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_CITIZEN_MANY = 20 };

typedef struct inb_citizen_count {
    size_t nine;    // values of nine digits
    size_t passing; // of those, that pass the eleven-test
} inb_citizen_count;

// Counts one value of a column; values that are not nine digits change nothing.
void inb_citizen_add(inb_citizen_count *count, const char *text, size_t length);

// Whether a column with these counts is refused: at least half of twenty or more nine-digit values
// pass, or all of fewer. A column of arbitrary numbers passes 1 in 11.
bool inb_citizen_refuses(const inb_citizen_count *count);

#ifdef __cplusplus
}
#endif
#endif
