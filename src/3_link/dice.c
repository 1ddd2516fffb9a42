// SPDX-License-Identifier: EUPL-1.2
// Filters in blocks, the portable kernels, the choice of a kernel at run time, and the search for
// the best filters above a threshold. Dice 1945; bit counts by carry-save adders after Warren,
// Hacker's Delight, 5-1, and Mula, Kurz, Lemire 2018, doi:10.1093/comjnl/bxx046.

#include "dice.h"

#include "base/alloc.h"

#include <string.h>

enum { ALIGN = 64, CHUNK = 512 };

void inb_dice_set_clear(inb_dice_set *set) {
    inb_free(set->memory);
    inb_free(set->ones);
    inb_free(set->fewest);
    *set = (inb_dice_set){0};
}

// Where four words of 16 bits of a filter are, for word w of 64.
static uint16_t *narrow_at(const inb_dice_set *set, size_t index, size_t w) {
    uint16_t *rows = (uint16_t *)(void *)set->blocks;
    return rows + (index / INB_DICE_BLOCK * set->words + w) * 4 * INB_DICE_BLOCK +
           index % INB_DICE_BLOCK;
}

static void put_word(const inb_dice_set *set, size_t index, size_t w, uint64_t word) {
    for (size_t k = 0; set->narrow && k < 4; k++) {
        narrow_at(set, index, w)[k * INB_DICE_BLOCK] = (uint16_t)(word >> 16 * k);
    }
    if (!set->narrow) {
        set->blocks[(index / INB_DICE_BLOCK * set->words + w) * INB_DICE_BLOCK +
                    index % INB_DICE_BLOCK] = word;
    }
}

inb_status inb_dice_set_make(inb_dice_kernel kernel, const unsigned char *filters, size_t stride,
    size_t count, size_t words, inb_dice_set *ret_set, inb_error *err) {
    if (words != INB_DICE_WORDS_MOST && words != INB_DICE_WORDS_MOST / 2) {
        return inb_fail(err, INB_RANGE, "filters have 512 or 1,024 bits");
    }
    size_t blocks = (count + INB_DICE_BLOCK - 1) / INB_DICE_BLOCK;
    INB_CLEANUP(inb_dice_set_clear)
    inb_dice_set set = {.count = count, .words = words, .narrow = kernel == INB_DICE_PORTABLE};
    size_t lines = words * INB_DICE_BLOCK * sizeof(uint64_t) / ALIGN;
    if (blocks <= SIZE_MAX / lines - 1) {
        set.memory = inb_alloc(blocks * lines + 1, ALIGN);
        set.ones = inb_alloc(blocks * INB_DICE_BLOCK, sizeof *set.ones);
        set.fewest = inb_alloc(blocks, sizeof *set.fewest);
    }
    if (set.memory == NULL || set.ones == NULL || set.fewest == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for filters");
    }
    uintptr_t at = (uintptr_t)set.memory;
    set.blocks = (uint64_t *)((at + ALIGN - 1) / ALIGN * ALIGN);
    for (size_t i = 0; i < count; i++) {
        unsigned ones = 0;
        for (size_t w = 0; w < words; w++) {
            uint64_t word;
            memcpy(&word, filters + i * stride + w * sizeof word, sizeof word);
            put_word(&set, i, w, word);
            ones += (unsigned)__builtin_popcountll(word);
        }
        set.ones[i] = (uint16_t)ones;
        uint16_t *fewest = &set.fewest[i / INB_DICE_BLOCK];
        *fewest = i % INB_DICE_BLOCK == 0 || ones < *fewest ? (uint16_t)ones : *fewest;
    }
    *ret_set = set;
    set = (inb_dice_set){0};
    return INB_OK;
}

void inb_dice_get(const inb_dice_set *set, size_t index, uint64_t ret_words[INB_DICE_WORDS_MOST]) {
    const uint64_t *block =
        set->blocks + index / INB_DICE_BLOCK * set->words * INB_DICE_BLOCK + index % INB_DICE_BLOCK;
    for (size_t w = 0; w < set->words; w++) {
        ret_words[w] = set->narrow ? 0 : block[w * INB_DICE_BLOCK];
        for (size_t k = 0; set->narrow && k < 4; k++) {
            ret_words[w] |= (uint64_t)narrow_at(set, index, w)[k * INB_DICE_BLOCK] << 16 * k;
        }
    }
}

static void plain(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out) {
    for (size_t i = 0; i < block_count * INB_DICE_BLOCK; i++) {
        const uint64_t *block =
            blocks + i / INB_DICE_BLOCK * stride * INB_DICE_BLOCK + i % INB_DICE_BLOCK;
        unsigned common = 0;
        for (size_t w = 0; w < words; w++) {
            for (uint64_t both = query[w] & block[w * INB_DICE_BLOCK]; both != 0;
                 both &= both - 1) {
                common++;
            }
        }
        out[i] = (uint16_t)common;
    }
}

// Eight words of 16 bits, one of each filter of a block: what every 64-bit machine has, and the
// compiler splits them where not.
typedef uint16_t row __attribute__((vector_size(16), may_alias));

static inline row all(unsigned value) {
    return (row){0} + (uint16_t)value;
}

// Three bits of one weight to one of it and one of twice it.
#define ADD(high, low, a, b, c)                                                                    \
    do {                                                                                           \
        row half_ = (a) ^ (b);                                                                     \
        row third_ = (c);                                                                          \
        (high) = ((a) & (b)) | (half_ & third_);                                                   \
        (low) = half_ ^ third_;                                                                    \
    } while (0)

struct sums {
    row ones, twos, fours, eights;
};

// Eight words of a block and of the query: adds to the bits of weight one, two and four, and
// returns those of weight eight.
static inline __attribute__((always_inline)) row eight(
    struct sums *sums, const row *query, const row *at) {
#define BOTH(w) (at[w] & query[w])
    row twos_a;
    row twos_b;
    row fours_a;
    row fours_b;
    row eights;
    ADD(twos_a, sums->ones, sums->ones, BOTH(0), BOTH(1));
    ADD(twos_b, sums->ones, sums->ones, BOTH(2), BOTH(3));
    ADD(fours_a, sums->twos, sums->twos, twos_a, twos_b);
    ADD(twos_a, sums->ones, sums->ones, BOTH(4), BOTH(5));
    ADD(twos_b, sums->ones, sums->ones, BOTH(6), BOTH(7));
    ADD(fours_b, sums->twos, sums->twos, twos_a, twos_b);
    ADD(eights, sums->fours, sums->fours, fours_a, fours_b);
    return eights;
#undef BOTH
}

// Sixteen words; returns the bits of weight sixteen.
static inline __attribute__((always_inline)) row sixteen(
    struct sums *sums, const row *query, const row *at) {
    row first = eight(sums, query, at);
    row second = eight(sums, query + 8, at + 8);
    row sixteens;
    ADD(sixteens, sums->eights, sums->eights, first, second);
    return sixteens;
}

// Bits of each nibble, in the nibble (0..4).
static inline row nibbles(row v) {
    v -= (v >> 1) & all(0x5555);
    return (v & all(0x3333)) + ((v >> 2) & all(0x3333));
}

// Nibble counts to byte counts. A nibble has at most four bits of a weight, so that two weights
// fit: 4 + 2 * 4 < 16.
static inline row bytes(row one, row two) {
    row sum = nibbles(one) + (nibbles(two) << 1);
    return (sum & all(0x0f0f)) + ((sum >> 4) & all(0x0f0f));
}

static inline row both_bytes(row v) {
    return (v & all(0x00ff)) + (v >> 8);
}

static inline __attribute__((always_inline)) void run_portable(const uint64_t *query,
    const uint64_t *blocks, size_t stride, size_t words, size_t block_count, uint16_t *out) {
    row same[INB_DICE_WORDS_MOST * 4];
    for (size_t w = 0; w < words * 4; w++) {
        same[w] = all((uint16_t)(query[w / 4] >> 16 * (w % 4)));
    }
    for (size_t b = 0; b < block_count; b++) {
        const row *at = (const row *)(const void *)(blocks + b * stride * INB_DICE_BLOCK);
        struct sums sums = {.ones = {0}};
        row first = sixteen(&sums, same, at);
        row second = sixteen(&sums, same + 16, at + 16);
        row sixteens = first ^ second;
        row twice = first & second; // weight 32
        row most = {0};             // and 64
        if (words == INB_DICE_WORDS_MOST) {
            row third = sixteen(&sums, same + 32, at + 32);
            row fourth = sixteen(&sums, same + 48, at + 48);
            row more;
            ADD(more, sixteens, sixteens, third, fourth);
            most = twice & more;
            twice ^= more;
        }
        // Bytes: 24 + 4 * 24 and 24 + 4 * 8 at most.
        row low = bytes(sums.ones, sums.twos) + (bytes(sums.fours, sums.eights) << 2);
        row high = bytes(sixteens, twice) + (bytes(most, (row){0}) << 2);
        row total = both_bytes(low) + (both_bytes(high) << 4);
        memcpy(out + b * INB_DICE_BLOCK, &total, sizeof total);
    }
}

static void portable(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out) {
    if (words == INB_DICE_WORDS_MOST) {
        run_portable(query, blocks, stride, INB_DICE_WORDS_MOST, block_count, out);
    } else {
        run_portable(query, blocks, stride, INB_DICE_WORDS_MOST / 2, block_count, out);
    }
}

bool inb_dice_has(inb_dice_kernel kernel) {
    return kernel <= INB_DICE_PORTABLE || inb_i_dice_x86(kernel);
}

inb_dice_kernel inb_dice_best(void) {
    if (inb_dice_has(INB_DICE_AVX512)) {
        return INB_DICE_AVX512;
    }
    if (inb_dice_has(INB_DICE_AVX2)) {
        return INB_DICE_AVX2;
    }
    return inb_dice_has(INB_DICE_POPCNT) ? INB_DICE_POPCNT : INB_DICE_PORTABLE;
}

const char *inb_dice_name(inb_dice_kernel kernel) {
    static const char *const names[INB_DICE_KERNELS] = {
        "plain", "portable", "POPCNT", "AVX2", "VPOPCNTDQ"};
    return names[kernel];
}

static inb_dice_run run_of(inb_dice_kernel kernel) {
    static const inb_dice_run kernels[INB_DICE_KERNELS] = {
        plain, portable, inb_i_dice_popcnt, inb_i_dice_avx2, inb_i_dice_avx512};
    return kernels[kernel];
}

void inb_dice_common(inb_dice_kernel kernel, const uint64_t *query, const inb_dice_set *set,
    size_t first, size_t count, uint16_t *ret_common) {
    run_of(kernel)(query, set->blocks + first * set->words, set->words, set->words,
        (count + INB_DICE_BLOCK - 1) / INB_DICE_BLOCK, ret_common);
}

// Hits as a heap with the worst on top: less similar, or as similar and of a higher index.
static bool worse(const inb_dice_hit *a, const inb_dice_hit *b) {
    return a->dice < b->dice || (a->dice == b->dice && a->index > b->index);
}

static void sink(inb_dice_hit *hits, size_t count, size_t at) {
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count) {
            return;
        }
        if (child + 1 < count && worse(&hits[child + 1], &hits[child])) {
            child++;
        }
        if (!worse(&hits[child], &hits[at])) {
            return;
        }
        inb_dice_hit kept = hits[at];
        hits[at] = hits[child];
        hits[child] = kept;
        at = child;
    }
}

static size_t keep(inb_dice_hit *hits, size_t count, size_t top, inb_dice_hit hit) {
    if (count < top) {
        hits[count] = hit;
        size_t at = count;
        while (at > 0 && worse(&hits[at], &hits[(at - 1) / 2])) {
            inb_dice_hit kept = hits[at];
            hits[at] = hits[(at - 1) / 2];
            hits[(at - 1) / 2] = kept;
            at = (at - 1) / 2;
        }
        return count + 1;
    }
    if (worse(&hits[0], &hit)) {
        hits[0] = hit;
        sink(hits, count, 0);
    }
    return count;
}

// Whether any of eight has `need` bits in common or more.
static inline bool any_of_block(const uint16_t *common, uint16_t need) {
    typedef uint64_t pair __attribute__((vector_size(16)));
    row counts;
    memcpy(&counts, common, sizeof counts);
    pair reached = (pair)(counts >= all(need));
    return (reached[0] | reached[1]) != 0;
}

enum { HALF = INB_DICE_WORDS_MOST / 2 };

static unsigned ones_of(const uint64_t *words, size_t count) {
    unsigned ones = 0;
    for (size_t w = 0; w < count; w++) {
        ones += (unsigned)__builtin_popcountll(words[w]);
    }
    return ones;
}

// Adds what the second half of a block's filters has in common with the query's.
static void add_rest(inb_dice_run run, const uint64_t *query, const inb_dice_set *set, size_t first,
    uint16_t *common) {
    uint16_t rest[INB_DICE_BLOCK];
    run(query + HALF, set->blocks + first * set->words + HALF * INB_DICE_BLOCK, set->words, HALF, 1,
        rest);
    for (size_t i = 0; i < INB_DICE_BLOCK; i++) {
        common[i] = (uint16_t)(common[i] + rest[i]);
    }
}

size_t inb_dice_top(inb_dice_kernel kernel, const uint64_t *query, const inb_dice_set *set,
    double least, size_t top, inb_dice_hit *ret_hits) {
    uint16_t common[CHUNK];
    const inb_dice_run run = run_of(kernel);
    const unsigned query_ones = ones_of(query, set->words);
    const bool long_enough = set->words == INB_DICE_WORDS_MOST;
    const uint32_t rest = long_enough ? ones_of(query + HALF, HALF) : 0;
    double bounded = least < 0.0 ? 0.0 : least > 1.0 ? 1.0 : least;
    uint32_t scaled = (uint32_t)(bounded * (1 << 14)); // rounded down: a bound, no verdict
    size_t found = 0;
    size_t halved = 0; // blocks of which the first half was counted first
    size_t done = 0;   // of these, with which that was all
    for (size_t first = 0; first < set->count; first += CHUNK) {
        size_t left = set->count - first < CHUNK ? set->count - first : CHUNK;
        bool halve = long_enough && done * 2 >= halved;
        run(query, set->blocks + first * set->words, set->words, halve ? HALF : set->words,
            (left + INB_DICE_BLOCK - 1) / INB_DICE_BLOCK, common);
        for (size_t b = 0; b < left; b += INB_DICE_BLOCK) {
            // 2 common >= least (ones + query_ones) needs at least this, with the fewest ones.
            uint32_t fewest = set->fewest[(first + b) / INB_DICE_BLOCK];
            uint32_t need = scaled * (fewest + query_ones) >> 15;
            if (halve) {
                halved++;
                if (!any_of_block(common + b, (uint16_t)(need > rest ? need - rest : 0))) {
                    done++;
                    continue;
                }
                add_rest(run, query, set, first + b, common + b);
            }
            if (!any_of_block(common + b, (uint16_t)need)) {
                continue;
            }
            size_t end = left - b < INB_DICE_BLOCK ? left : b + INB_DICE_BLOCK;
            for (size_t i = b; i < end; i++) {
                unsigned sum = query_ones + set->ones[first + i];
                double dice = sum == 0 ? 0.0 : 2.0 * common[i] / sum;
                if (dice >= least) {
                    found = keep(
                        ret_hits, found, top, (inb_dice_hit){(uint32_t)(first + i), (float)dice});
                }
            }
        }
    }
    for (size_t left = found; left > 1; left--) { // the worst goes to the end
        inb_dice_hit worst = ret_hits[0];
        ret_hits[0] = ret_hits[left - 1];
        ret_hits[left - 1] = worst;
        sink(ret_hits, left - 1, 0);
    }
    return found;
}
