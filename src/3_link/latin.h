// SPDX-License-Identifier: EUPL-1.2
// Any text as small ASCII letters, the way passports do it: marks are dropped, Cyrillic by the
// official table of its language, Arabic consonant by consonant, Ethiopic by syllable.
#ifndef INB_LINK_LATIN_H
#define INB_LINK_LATIN_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

// Which language's table Cyrillic letters follow.
typedef enum inb_alphabet {
    INB_ALPHABET_UKRAINIAN, // also where the text does not tell
    INB_ALPHABET_RUSSIAN,
    INB_ALPHABET_BULGARIAN,
    INB_ALPHABET_BELARUSIAN,
    INB_ALPHABET_SERBIAN // Macedonian too
} inb_alphabet;

// What was met on the way.
typedef struct inb_latin_notes {
    bool cyrillic;
    bool bare;     // Arabic letters: short vowels are not written
    bool ethiopic; // no family names; the sixth order may or may not have a vowel
    bool foreign;  // letters of a script without a table here, kept as they are
} inb_latin_notes;

// Writes text[0..length) (UTF-8, invalid bytes are passed over) to out[size], NUL-ended: a-z, 0-9
// and ASCII punctuation; other separators as a blank; other scripts' letters folded, as UTF-8.
// Returns the bytes written, SIZE_MAX where they do not fit. ret_notes may be NULL. O(length).
size_t inb_latin(const char *text, size_t length, inb_alphabet alphabet, char *out, size_t size,
    inb_latin_notes *ret_notes) INB_NODISCARD;

// The alphabet that the letters of a text tell; *ret_certain says whether any did.
inb_alphabet inb_alphabet_of(const char *text, size_t length, bool *ret_certain);

// Tables (latin_tables.c). A letter in small form; NULL where the table has none; "" = no sound.
const char *inb_cyrillic_letter(uint32_t c, inb_alphabet alphabet, bool begins);
const char *inb_arabic_letter(uint32_t c);
const char *inb_special_letter(uint32_t c); // of Latin, without a decomposition: ł, ø, ß …

// An Ethiopic syllable as consonant and vowel, both static; false where c is none.
bool inb_ethiopic_syllable(uint32_t c, const char **ret_consonant, const char **ret_vowel);

#endif
