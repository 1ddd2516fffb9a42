// SPDX-License-Identifier: EUPL-1.2
// Recognises a column of citizen service numbers (burgerservicenummer), which the law reserves for
// those it names and which has no place here: counts per column, in constant memory.
#ifndef INB_OBSERVE_CITIZEN_NUMBER_H
#define INB_OBSERVE_CITIZEN_NUMBER_H

#include <inbeeld/citizen.h>

// Whether text[0..length) is a value of nine digits, blanks, points and dashes between them aside
// ("123456782", "123.456.782", "1234.56.782"). Nine zeros are a filler, not a value.
bool inb_citizen_nine(const char *text, size_t length, char ret_digits[static 9]);

// The eleven-test on nine digits.
bool inb_citizen_passes(const char digits[static 9]);

#endif
