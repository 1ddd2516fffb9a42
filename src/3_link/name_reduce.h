// SPDX-License-Identifier: EUPL-1.2
// One part of a name as the sounds that its spelling may stand for, in up to three readings, so
// that romanisations of one name meet.
#ifndef INB_LINK_NAME_REDUCE_H
#define INB_LINK_NAME_REDUCE_H

#include <stddef.h>
#include <stdint.h>

// How ambiguous letters are read. Dutch, German and Slavic: j is a glide, ch is kh, oe is u.
// English: j and ch as in "Jack" and "Chuck". French: ch as sh, j as zh.
enum inb_reading { INB_CONTINENTAL, INB_ENGLISH, INB_FRENCH, INB_READINGS };

enum { INB_REDUCED_SIZE = 64 };

// Writes the reduced form of text[0..length) (a-z; other bytes are kept) and returns its bytes
// (at most INB_REDUCED_SIZE - 1; the rest is left out). Sounds: a-z, C (tsh), S (sh), J (zh, dzh),
// X (shch), c (ts). Not NUL-ended.
size_t inb_name_reduce(
    const char *text, size_t length, enum inb_reading reading, char out[static INB_REDUCED_SIZE]);

// The consonants of a reduced form without v, i and a last h (which Arabic spellings leave out or
// write as vowels); returns how many.
size_t inb_name_skeleton(const char *reduced, size_t length, char out[static INB_REDUCED_SIZE]);

// Whether readings other than the first can give another result.
int inb_name_ambiguous(const char *text, size_t length);

// A number for a short text, never 0 (FNV-1a, folded to 32 bits).
uint32_t inb_name_number(const char *text, size_t length);

#endif
