// SPDX-License-Identifier: EUPL-1.2
// A pair of records as a pattern: three bits a feature, 0 where either side is blank, 1 where they
// differ, more for every level of agreement. A blank never agrees with anything.
#ifndef INB_3_LINK_PATTERN_H
#define INB_3_LINK_PATTERN_H

#include "fit.h"
#include "records.h"

// The level of two different words of a feature, 1 .. top. Exact is top (of a surname, a month and
// a day one more stands above: exchanged with the given name, the day, the month).
unsigned inb_level(enum inb_feature feature, const inb_words *words, uint32_t a, uint32_t b);

// Level of equal values, and of exchanged ones (0 where there is no such level).
extern const unsigned inb_level_exact[INB_FEATURES];
extern const unsigned inb_level_exchanged[INB_FEATURES];

// What a level means, in words.
const char *inb_level_text(enum inb_feature feature, unsigned level);

static inline unsigned inb_pattern_level(uint64_t pattern, size_t feature) {
    return (unsigned)(pattern >> (3 * feature)) & 7U;
}

// Which features depend on each other: parts of the date, parts of the address. Only features that
// a file has are in a group.
inb_fit_layout inb_pattern_layout(const inb_people *people);

// Levels of pairs of words that were compared lately; one a thread.
typedef struct inb_level_cache inb_level_cache;
inb_status inb_level_cache_new(inb_level_cache **ret_cache, inb_error *err) INB_NODISCARD;
void inb_level_cache_freep(inb_level_cache **cache);

// The pattern of two records.
uint64_t inb_pattern_of(
    const inb_people *people, inb_level_cache *cache, size_t record_a, size_t record_b);

// Numbers of values with those of one record together, where many pairs of records that are
// anywhere are compared: [count x width], the last of a record always blank.
typedef struct inb_code_rows {
    uint32_t *codes;
    size_t width;
    unsigned char at[INB_FEATURES]; // of a feature; the last where no file has it
} inb_code_rows;
inb_status inb_code_rows_new(
    const inb_people *people, inb_code_rows *ret_rows, inb_error *err) INB_NODISCARD;
void inb_code_rows_clear(inb_code_rows *rows); // accepts an empty one
// As inb_pattern_of.
uint64_t inb_pattern_of_rows(const inb_people *people, inb_level_cache *cache,
    const inb_code_rows *rows, size_t record_a, size_t record_b);

// Given name and surname exchanged, known to be so: the pattern with that put in.
uint64_t inb_pattern_exchange_names(uint64_t pattern);
// Whether given and surname of a stand exchanged in b: one exact, the other exact or one edit off.
bool inb_names_exchanged(const inb_people *people, size_t a, size_t b);
// Day and month exchanged.
uint64_t inb_pattern_exchange_day(uint64_t pattern);

#endif
