// SPDX-License-Identifier: EUPL-1.2
// Distinct values of a column, each once, numbered from 1 in the order of appearance; number 0 is
// the blank. Everything that compares works on these numbers.
#ifndef INB_3_LINK_WORDS_H
#define INB_3_LINK_WORDS_H

#include <inbeeld/status.h>

#include <stdint.h>

struct inb_name_table;

// So many bytes can be read from any word on, whatever its length.
enum { INB_WORDS_SLACK = 8 };

typedef struct inb_words {
    char *bytes;      // the words one after another, then INB_WORDS_SLACK bytes that are no word's
    uint32_t *starts; // word i is bytes[starts[i] .. starts[i + 1])
    uint32_t *marks;  // which characters word i has: bit 0-25 letters, then others
    uint32_t *slots;  // open addressing; 0 = free; NULL once sealed
    size_t byte_size;
    size_t size;                        // words that fit
    size_t slot_count;                  // a power of two
    uint32_t count;                     // words, the blank included
    const struct inb_name_table *names; // of words that are names; borrowed, NULL = of others
} inb_words;

// Holds the blank alone.
inb_status inb_words_begin(inb_words *words, inb_error *err) INB_NODISCARD;
// Accepts a zeroed struct.
void inb_words_clear(inb_words *words);

// The number of text[0..length), new or known; 0 where length is 0.
inb_status inb_words_add(inb_words *words, const char *text, size_t length, uint32_t *ret_code,
    inb_error *err) INB_NODISCARD;

// Frees what only adding needs; the next one added makes it again.
void inb_words_seal(inb_words *words);

static inline const char *inb_word(const inb_words *words, uint32_t code) {
    return words->bytes + words->starts[code];
}

static inline size_t inb_word_length(const inb_words *words, uint32_t code) {
    return words->starts[code + 1] - words->starts[code];
}

// 64 bits of FNV-1a with a final mix: for tables, not for secrets.
uint64_t inb_hash_bytes(const char *text, size_t length);
// Mixes 64 bits (the finaliser of SplitMix64).
static inline uint64_t inb_mix(uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

#endif
