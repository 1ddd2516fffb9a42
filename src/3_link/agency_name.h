// SPDX-License-Identifier: EUPL-1.2
// An agency's name as words without its legal form, shared by its exact value and its comparison.
#ifndef INB_LINK_AGENCY_NAME_H
#define INB_LINK_AGENCY_NAME_H

#include <inbeeld/normalise.h>

#include <stdint.h>

enum { INB_AGENCY_WORDS = 16 };

typedef struct inb_agency_word {
    uint8_t at, length; // in the text
} inb_agency_word;

typedef struct inb_agency_name {
    char text[192]; // the words without gaps, folded
    inb_agency_word words[INB_AGENCY_WORDS];
    size_t count;
} inb_agency_name;

// Reads text[0..length): *ret_name before "trading as", *ret_other after it (count 0 where there is
// none). False where nothing but a legal form is left, or the text is too long.
bool inb_agency_read(const char *text, size_t length, inb_agency_name *ret_name,
    inb_agency_name *ret_other) INB_NODISCARD;

// The words joined, NUL-ended; returns their bytes, SIZE_MAX where they do not fit.
size_t inb_agency_join(const inb_agency_name *name, char ret_joined[INB_EXACT_SIZE]) INB_NODISCARD;

// Whether a joined word is a legal form that stands at the start (else: the end) of a name.
bool inb_legal_form(const char *text, size_t length, bool at_start) INB_NODISCARD;

#endif
