// SPDX-License-Identifier: EUPL-1.2
// Dice's similarity 2|A & B| / (|A| + |B|) of bit filters of 512 or 1,024 bits, one against many.
// Filters lie in blocks of eight with their words side by side (word 0 of all eight, then word 1
// …), so that one vector holds the same word of several filters and nothing is summed across lanes.
// For the portable kernel a word has 16 bits, since eight counts then come out of one vector.
#ifndef INB_3_LINK_DICE_H
#define INB_3_LINK_DICE_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

enum { INB_DICE_BLOCK = 8, INB_DICE_WORDS_MOST = 16, INB_DICE_TOP_MOST = 256 };

typedef enum inb_dice_kernel {
    INB_DICE_PLAIN,    // a loop over bits' words: the oracle
    INB_DICE_PORTABLE, // carry-save adders on vectors of the compiler's (Harley and Seal)
    INB_DICE_POPCNT,   // the bit count of x86-64 since 2008
    INB_DICE_AVX2,     // nibble look-up (Mula, Kurz, Lemire 2018, doi:10.1093/comjnl/bxx046)
    INB_DICE_AVX512,   // VPOPCNTDQ
    INB_DICE_KERNELS
} inb_dice_kernel;

typedef struct inb_dice_set {
    size_t count;
    size_t words; // of a filter: 8 or 16
    // [blocks of eight][words][8], at a multiple of 64 bytes; narrow: each word as four of 16 bits,
    // [blocks of eight][words * 4][8]. Owned by `memory`.
    uint64_t *blocks;
    bool narrow;
    uint16_t *ones;   // bits set in each filter, padded with zeros to whole blocks
    uint16_t *fewest; // the fewest of a block's
    void *memory;
} inb_dice_set;

// Filter i at filters + i * stride, `words` * 8 bytes, little endian words, laid out for a kernel:
// the portable one, or all others. Owner: the caller.
inb_status inb_dice_set_make(inb_dice_kernel kernel, const unsigned char *filters, size_t stride,
    size_t count, size_t words, inb_dice_set *ret_set, inb_error *err) INB_NODISCARD;
void inb_dice_set_clear(inb_dice_set *set); // accepts an empty one
// Words of filter `index`, one after the other.
void inb_dice_get(const inb_dice_set *set, size_t index, uint64_t ret_words[INB_DICE_WORDS_MOST]);

bool inb_dice_has(inb_dice_kernel kernel) INB_NODISCARD; // whether this machine can run it
inb_dice_kernel inb_dice_best(void) INB_NODISCARD;
const char *inb_dice_name(inb_dice_kernel kernel);

// |query & filter| for filters first .. first + count of the set; `first` is a multiple of eight
// and ret_common has room for count rounded up to whole blocks. Same numbers from every kernel; the
// set was laid out for it.
void inb_dice_common(inb_dice_kernel kernel, const uint64_t *query, const inb_dice_set *set,
    size_t first, size_t count, uint16_t *ret_common);

typedef struct inb_dice_hit {
    uint32_t index;
    float dice;
} inb_dice_hit;

// The at most `top` (1..INB_DICE_TOP_MOST) filters with a similarity of `least` or more, best
// first, equal ones in order of index; returns how many. Two empty filters have similarity 0. Of
// 1,024 bits the first half is counted first: where no filter of a block can reach `least` even if
// all other bits of the query were in it, that is all (exact; left off where it hardly ever is so).
size_t inb_dice_top(inb_dice_kernel kernel, const uint64_t *query, const inb_dice_set *set,
    double least, size_t top, inb_dice_hit *ret_hits);

// Kernels of one machine; dice.c alone calls them. The first `words` (8 or 16) of filters of
// `stride` words are counted.
typedef void (*inb_dice_run)(const uint64_t *query, const uint64_t *blocks, size_t stride,
    size_t words, size_t block_count, uint16_t *out);
void inb_i_dice_popcnt(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out);
void inb_i_dice_avx2(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out);
void inb_i_dice_avx512(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out);
bool inb_i_dice_x86(inb_dice_kernel kernel);

#endif
