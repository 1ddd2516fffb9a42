// SPDX-License-Identifier: EUPL-1.2
// Dice kernels: every kernel of this machine gives the plain one's numbers, and the search gives
// what sorting everything would.

#include "dice.h"

#include "inb_sweep.h"

#include <inbeeld/rng.h>

enum { MOST = 700 };

static unsigned char filters[MOST * 128];
static uint16_t common[MOST + 8];
static uint16_t wanted[MOST + 8];

// Filters from empty to full, by index.
static void fill(size_t count, size_t bytes, uint64_t seed) {
    inb_rng rng = inb_rng_make(seed, 0);
    for (size_t i = 0; i < count; i++) {
        uint32_t share = inb_rng_below(&rng, 257);
        for (size_t b = 0; b < bytes; b++) {
            unsigned char byte = 0;
            for (int bit = 0; bit < 8; bit++) {
                byte = (unsigned char)(byte << 1 | (inb_rng_below(&rng, 256) < share));
            }
            filters[i * bytes + b] = byte;
        }
        if (i == 0 || i == 3) {
            memset(filters + i * bytes, i == 0 ? 0 : 0xff, bytes);
        }
    }
}

// Bit by bit, from the bytes as they were given.
static unsigned count_common(size_t i, size_t j, size_t bytes) {
    unsigned sum = 0;
    for (size_t bit = 0; bit < bytes * 8; bit++) {
        sum +=
            filters[i * bytes + bit / 8] >> bit % 8 & filters[j * bytes + bit / 8] >> bit % 8 & 1;
    }
    return sum;
}

INB_TEST(every_kernel_is_the_plain_one) {
    static const size_t counts[] = {1, 7, 8, 9, 16, 17, 120};
    for (size_t words = 8; words <= 16; words += 8) {
        for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
            size_t count = counts[c];
            fill(count, words * 8, count);
            inb_dice_set set;
            INB_OK_IS(
                inb_dice_set_make(INB_DICE_PLAIN, filters, words * 8, count, words, &set, err));
            for (size_t q = 0; q < count; q++) {
                uint64_t query[INB_DICE_WORDS_MOST];
                inb_dice_get(&set, q, query);
                ck_assert_mem_eq(query, filters + q * words * 8, words * 8);
                inb_dice_common(INB_DICE_PLAIN, query, &set, 0, count, wanted);
                for (size_t i = 0; i < count; i++) {
                    INB_HOLDS(wanted[i] == count_common(q, i, words * 8), "%zu %zu", q, i);
                }
                ck_assert_uint_eq(set.ones[q], wanted[q]);
                for (int k = INB_DICE_PORTABLE; k < INB_DICE_KERNELS; k++) {
                    if (!inb_dice_has((inb_dice_kernel)k)) {
                        continue;
                    }
                    INB_CLEANUP(inb_dice_set_clear) inb_dice_set own = {0};
                    INB_OK_IS(inb_dice_set_make(
                        (inb_dice_kernel)k, filters, words * 8, count, words, &own, err));
                    uint64_t again[INB_DICE_WORDS_MOST];
                    inb_dice_get(&own, q, again);
                    ck_assert_mem_eq(again, query, words * 8);
                    memset(common, 0xee, sizeof common);
                    inb_dice_common((inb_dice_kernel)k, query, &own, 0, count, common);
                    for (size_t i = 0; i < count; i++) {
                        INB_HOLDS(common[i] == wanted[i], "%s: %u for %u at %zu of %zu",
                            inb_dice_name((inb_dice_kernel)k), common[i], wanted[i], i, count);
                    }
                    // Nothing is written beyond whole blocks.
                    ck_assert_uint_eq(common[(count + 7) / 8 * 8], 0xeeee);
                    if (count > 8) {
                        inb_dice_common((inb_dice_kernel)k, query, &own, 8, count - 8, common);
                        ck_assert_mem_eq(common, wanted + 8, (count - 8) * sizeof *common);
                    }
                }
            }
            inb_dice_set_clear(&set);
        }
    }
}
INB_END

static int by_order(const void *a, const void *b) {
    const inb_dice_hit *x = a;
    const inb_dice_hit *y = b;
    if (x->dice != y->dice) {
        return x->dice > y->dice ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

// Every kernel, filters of both lengths; of 1,024 bits, filters as full as each other too, so that
// half of a filter decides, and some that are decided by their last bits.
static void fill_for_search(size_t bytes, bool even, uint64_t seed) {
    fill(MOST, bytes, seed);
    if (even) {
        inb_rng rng = inb_rng_make(seed, 1);
        for (size_t i = 0; i < MOST * bytes; i++) {
            filters[i] = (unsigned char)(inb_rng_u32(&rng) & inb_rng_u32(&rng));
        }
        for (size_t i = 0; i < 40; i++) { // nothing, or all but a few, in common in one half
            size_t from = i % 2 == 0 ? bytes / 2 : 0;
            memcpy(filters + (i + 200) * bytes + from, filters + i * bytes + from, bytes / 2);
            memcpy(filters + (i + 300) * bytes, filters + i * bytes, bytes - i % 20);
        }
    }
    memcpy(filters + 100 * bytes, filters + 10 * bytes, bytes); // equal ones, in order of index
    memcpy(filters + 600 * bytes, filters + 10 * bytes, bytes);
}

static size_t all_above(
    const inb_dice_set *set, const uint16_t *both, size_t q, double least, inb_dice_hit all[MOST]) {
    size_t count = 0;
    for (size_t i = 0; i < MOST; i++) {
        unsigned sum = set->ones[q] + set->ones[i];
        double dice = sum == 0 ? 0 : 2.0 * both[i] / sum;
        if (dice >= least) {
            all[count++] = (inb_dice_hit){(uint32_t)i, (float)dice};
        }
    }
    qsort(all, count, sizeof all[0], by_order);
    return count;
}

static void search(inb_dice_kernel kernel, size_t bytes) {
    inb_dice_set set;
    INB_OK_IS(inb_dice_set_make(kernel, filters, bytes, MOST, bytes / 8, &set, err));
    static const double leasts[] = {0.0, 0.3, 0.5, 2.0 / 3.0, 0.8, 0.99, 1.0};
    static const size_t tops[] = {1, 2, 10, 256};
    for (size_t q = 0; q < 12; q++) {
        uint64_t query[INB_DICE_WORDS_MOST];
        static uint16_t both[MOST];
        inb_dice_get(&set, q, query);
        for (size_t i = 0; i < MOST; i++) {
            both[i] = 0;
            for (size_t w = 0; w < bytes; w++) {
                both[i] = (uint16_t)(both[i] + __builtin_popcount(filters[q * bytes + w] &
                                                                  filters[i * bytes + w]));
            }
        }
        for (size_t l = 0; l < sizeof leasts / sizeof leasts[0]; l++) {
            static inb_dice_hit all[MOST];
            size_t count = all_above(&set, both, q, leasts[l], all);
            for (size_t t = 0; t < sizeof tops / sizeof tops[0]; t++) {
                inb_dice_hit hits[INB_DICE_TOP_MOST];
                size_t found = inb_dice_top(kernel, query, &set, leasts[l], tops[t], hits);
                ck_assert_uint_eq(found, count < tops[t] ? count : tops[t]);
                for (size_t i = 0; i < found; i++) {
                    INB_HOLDS(hits[i].index == all[i].index && hits[i].dice == all[i].dice,
                        "%s: hit %zu of query %zu is %u, expected %u", inb_dice_name(kernel), i, q,
                        hits[i].index, all[i].index);
                }
            }
        }
    }
    inb_dice_set_clear(&set);
}

INB_TEST(the_best_above_a_threshold) {
    for (size_t kind = 0; kind < 4; kind++) {
        size_t bytes = kind < 2 ? 64 : 128;
        fill_for_search(bytes, kind % 2 == 1, 5 + kind);
        for (int k = INB_DICE_PLAIN; k < INB_DICE_KERNELS; k++) {
            bool slow = k == INB_DICE_PLAIN && kind < 3;
            if (inb_dice_has((inb_dice_kernel)k) && !slow) {
                search((inb_dice_kernel)k, bytes);
            }
        }
    }
}
INB_END

static inb_status make_once(inb_error *err) {
    inb_dice_set set = {0};
    inb_status status = inb_dice_set_make(inb_dice_best(), filters, 128, 20, 16, &set, err);
    inb_dice_set_clear(&set);
    return status;
}

INB_TEST(out_of_memory_and_odd_sizes) {
    INB_SWEEP(make_once(err));
    inb_dice_set set = {0};
    INB_FAILS(inb_dice_set_make(inb_dice_best(), filters, 128, 20, 12, &set, err), INB_RANGE,
        "512 or 1,024");
    INB_OK_IS(inb_dice_set_make(inb_dice_best(), filters, 128, 0, 16, &set, err));
    inb_dice_hit hits[1];
    uint64_t query[INB_DICE_WORDS_MOST] = {1};
    ck_assert_uint_eq(inb_dice_top(inb_dice_best(), query, &set, 0.0, 1, hits), 0);
    inb_dice_set_clear(&set);
    ck_assert(inb_dice_has(inb_dice_best()));
}
INB_END

INB_TEST_MAIN("3_link/dice", every_kernel_is_the_plain_one, the_best_above_a_threshold,
    out_of_memory_and_odd_sizes)
