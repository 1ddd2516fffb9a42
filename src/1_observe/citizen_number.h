// SPDX-License-Identifier: EUPL-1.2
// Recognises a column of citizen service numbers (burgerservicenummer), which the law reserves for
// those it names and which has no place here: counts per column, in constant memory.
#ifndef INB_OBSERVE_CITIZEN_NUMBER_H
#define INB_OBSERVE_CITIZEN_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { INB_CITIZEN_MANY = 20 };

typedef struct inb_citizen_count {
    size_t nine;    // values of nine digits
    size_t passing; // of those, that pass the eleven-test
} inb_citizen_count;

// Whether text[0..length) is a value of nine digits, blanks, points and dashes between them aside
// ("123456782", "123.456.782", "1234.56.782"). Nine zeros are a filler, not a value.
bool inb_citizen_nine(const char *text, size_t length, char ret_digits[static 9]);

// The eleven-test on nine digits.
bool inb_citizen_passes(const char digits[static 9]);

// Counts one value of a column; values that are not nine digits change nothing.
void inb_citizen_add(inb_citizen_count *count, const char *text, size_t length);

// Whether a column with these counts is refused: at least half of twenty or more nine-digit values
// pass, or all of fewer. A column of arbitrary numbers passes 1 in 11.
bool inb_citizen_refuses(const inb_citizen_count *count);

#endif
