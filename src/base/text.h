// SPDX-License-Identifier: EUPL-1.2
// UTF-8 text and numbers, free of locale. Validity follows Unicode 15 table 3-7 (no surrogates, no
// overlong forms, at most U+10FFFF), decided by ICU's macros.
#ifndef INB_BASE_TEXT_H
#define INB_BASE_TEXT_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

// Bytes of the code point at text[0], 0 where text[0..length) does not begin with a valid one.
size_t inb_utf8_width(const char *text, size_t length) INB_NODISCARD;

// First byte that is not valid UTF-8, or `length`.
size_t inb_utf8_valid(const char *text, size_t length) INB_NODISCARD;

// Number of code points; invalid bytes count as one each.
size_t inb_utf8_count(const char *text, size_t length) INB_NODISCARD;

// Writes code point c (valid scalar value) and returns its bytes, 1..4.
size_t inb_utf8_put(uint32_t c, char out[static 4]);

// Windows-1252 byte to code point; the five unassigned bytes give U+FFFD.
uint32_t inb_windows1252(unsigned char byte) INB_NODISCARD;

// Whole of text[0..length) as a base-ten integer: optional '-', digits. False where it is not one
// or does not fit.
bool inb_parse_int64(const char *text, size_t length, int64_t *ret_value) INB_NODISCARD;

// Whole of text as a finite decimal number with a point ("3", "-0.5", "1e-9"); no hexadecimal,
// infinity, NaN or surrounding blanks, and at most 63 characters.
bool inb_parse_double(const char *text, size_t length, double *ret_value) INB_NODISCARD;

enum { INB_DOUBLE_SIZE = 32 };

// Writes a finite value as %.<digits>g with a point; digits 1..17, 17 reads back as the same value.
void inb_format_double(double value, int digits, char out[static INB_DOUBLE_SIZE]);

// True where text[0..length) equals the NUL-ended `word`.
bool inb_equals(const char *text, size_t length, const char *word) INB_NODISCARD;

#endif
