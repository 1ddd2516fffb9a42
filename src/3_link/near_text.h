// SPDX-License-Identifier: EUPL-1.2
// How near two short pieces of text are: edits (optimal string alignment) and Jaro-Winkler. On
// bytes of the plain form, which is lower-case Latin wherever a transliteration exists.
#ifndef INB_3_LINK_NEAR_TEXT_H
#define INB_3_LINK_NEAR_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whether b follows from a by at most `most` (1 or 2) insertions, deletions, substitutions or
// exchanges of neighbours, no part being edited twice (Damerau 1964, doi:10.1145/363958.363994;
// optimal string alignment). O(length) after equal ends are taken off.
bool inb_edits_within(const char *a, size_t a_length, const char *b, size_t b_length, int most);

// Jaro-Winkler similarity in [0, 1], prefix at most 4 bytes, weight 0.1 (Winkler 1990). Of a longer
// text the first 64 bytes count.
double inb_jaro_winkler(const char *a, size_t a_length, const char *b, size_t b_length);

// An upper bound of inb_jaro_winkler from lengths, marks (which characters stand in each) and the
// number of equal bytes at the beginning; cheap, to leave most pairs out.
double inb_jaro_winkler_most(
    size_t a_length, uint32_t a_marks, size_t b_length, uint32_t b_marks, size_t prefix);

// Equal bytes at the beginning, at most `most`.
size_t inb_same_prefix(const char *a, size_t a_length, const char *b, size_t b_length, size_t most);

#endif
