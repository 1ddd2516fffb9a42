// SPDX-License-Identifier: EUPL-1.2
// Comparisons of 1,024-bit filters a second on one core, threshold and the ten best included, for
// every kernel of this machine, filters being about as full as each other (no length tells them
// apart). Fails below 450 million with VPOPCNTDQ and 170 million with any other. Told beside it:
// counts alone and of whole filters, as linking takes them, and a threshold under which half of a
// filter decides nothing.

#include "dice.h"

#include <inbeeld/rng.h>

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILTERS = 10000, QUERIES = 2000, BYTES = 128, TOP = 10, CHUNK = 512, ROUNDS = 3 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); // others may use the core too
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// Millions a second, the best of some rounds; least below 0: counts of whole filters alone.
static double rate_of(
    inb_dice_kernel kernel, const inb_dice_set *set, double least, size_t *ret_found) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        *ret_found = 0;
        double began = now();
        for (size_t q = 0; q < QUERIES; q++) {
            uint64_t query[INB_DICE_WORDS_MOST];
            inb_dice_hit hits[TOP];
            uint16_t common[CHUNK];
            inb_dice_get(set, q, query);
            for (size_t first = 0; least < 0 && first < FILTERS; first += CHUNK) {
                size_t count = FILTERS - first < CHUNK ? FILTERS - first : CHUNK;
                inb_dice_common(kernel, query, set, first, count, common);
                *ret_found += common[0] > BYTES ? 1 : 0;
            }
            *ret_found += least < 0 ? 0 : inb_dice_top(kernel, query, set, least, TOP, hits);
        }
        double rate = (double)FILTERS * QUERIES / (now() - began) / 1e6;
        best = rate > best ? rate : best;
    }
    return best;
}

int main(void) {
    static unsigned char filters[FILTERS * BYTES];
    inb_rng rng = inb_rng_make(1, 0);
    for (size_t i = 0; i < FILTERS; i++) {
        for (int bit = 0; bit < 400; bit++) { // about a third of the bits
            uint32_t at = inb_rng_below(&rng, BYTES * 8);
            filters[i * BYTES + at / 8] |= (unsigned char)(1 << at % 8);
        }
        if (i % 5 == 4) { // a near double of the one before
            memcpy(filters + i * BYTES, filters + (i - 1) * BYTES, BYTES - 8);
        }
    }
    int failed = 0;
    size_t hits_of_first = 0;
    for (int k = INB_DICE_PORTABLE; k < INB_DICE_KERNELS; k++) {
        if (!inb_dice_has((inb_dice_kernel)k)) {
            continue;
        }
        inb_dice_set set;
        inb_error err = INB_ERROR_INIT;
        if (inb_dice_set_make((inb_dice_kernel)k, filters, BYTES, FILTERS, BYTES / 8, &set, &err) !=
            INB_OK) {
            fprintf(stderr, "bench_dice: %s\n", err.message);
            return EXIT_FAILURE;
        }
        size_t found;
        size_t aside;
        double whole = rate_of((inb_dice_kernel)k, &set, -1, &aside);
        double low = rate_of((inb_dice_kernel)k, &set, 0.5, &aside);
        double best = rate_of((inb_dice_kernel)k, &set, 0.8, &found);
        inb_dice_set_clear(&set);
        hits_of_first = k == INB_DICE_PORTABLE ? found : hits_of_first;
        double goal = k == INB_DICE_AVX512 ? 450 : 170;
        printf("dice: %-9s %6.0f M comparisons/s a core from 0.8 (goal %.0f), %zu hits; "
               "from 0.5 %.0f M, whole counts %.0f M\n",
            inb_dice_name((inb_dice_kernel)k), best, goal, found, low, whole);
        failed |= best < goal || found != hits_of_first;
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
