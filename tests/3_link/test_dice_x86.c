// SPDX-License-Identifier: EUPL-1.2
// Kernels of x86-64 called directly: counts at both ends of every byte, and lanes in their order.

#include "dice.h"

#include "inb_test.h"

#include <stdio.h>
#include <string.h>

static _Alignas(64) uint64_t blocks[2 * INB_DICE_WORDS_MOST * INB_DICE_BLOCK];

static void run(inb_dice_kernel kernel, size_t words, const uint64_t *query, uint16_t out[16]) {
    if (kernel == INB_DICE_POPCNT) {
        inb_i_dice_popcnt(query, blocks, words, words, 2, out);
    } else if (kernel == INB_DICE_AVX2) {
        inb_i_dice_avx2(query, blocks, words, words, 2, out);
    } else {
        inb_i_dice_avx512(query, blocks, words, words, 2, out);
    }
}

// Filter i has its first 3 i + 1 words' worth of bits; all sixteen counts differ.
INB_TEST(lanes_in_order) {
    for (int k = INB_DICE_POPCNT; k <= INB_DICE_AVX512; k++) {
        if (!inb_i_dice_x86((inb_dice_kernel)k)) {
            printf("# %s: not on this machine\n", inb_dice_name((inb_dice_kernel)k));
            continue;
        }
        for (size_t words = 8; words <= 16; words += 8) {
            memset(blocks, 0, sizeof blocks);
            uint64_t query[INB_DICE_WORDS_MOST];
            memset(query, 0xff, sizeof query);
            for (size_t i = 0; i < 16; i++) {
                for (size_t bit = 0; bit < i * words * 4 + 1; bit++) {
                    blocks[i / 8 * words * 8 + bit / 64 * 8 + i % 8] |= (uint64_t)1 << bit % 64;
                }
            }
            uint16_t out[16];
            run((inb_dice_kernel)k, words, query, out);
            for (size_t i = 0; i < 16; i++) {
                ck_assert_uint_eq(out[i], i * words * 4 + 1);
            }
            memset(blocks, 0xff, sizeof blocks);
            run((inb_dice_kernel)k, words, query, out);
            for (size_t i = 0; i < 16; i++) {
                ck_assert_uint_eq(out[i], words * 64);
            }
        }
    }
}
INB_END

INB_TEST_MAIN("3_link/dice_x86", lanes_in_order)
