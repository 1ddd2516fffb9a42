// SPDX-License-Identifier: EUPL-1.2
// Comparisons of 1,024-bit filters a second on one core, threshold and the ten best included, for
// every kernel of this machine. Fails below 450 million with VPOPCNTDQ and 170 million with what
// any x86-64 of today has; the kernel for other machines is told.

#include "dice.h"

#include <inbeeld/rng.h>

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILTERS = 10000, QUERIES = 2000, BYTES = 128, TOP = 10, ROUNDS = 3 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); // others may use the core too
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
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
        double best = 0;
        size_t found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            found = 0;
            double began = now();
            for (size_t q = 0; q < QUERIES; q++) {
                uint64_t query[INB_DICE_WORDS_MOST];
                inb_dice_hit hits[TOP];
                inb_dice_get(&set, q, query);
                found += inb_dice_top((inb_dice_kernel)k, query, &set, 0.8, TOP, hits);
            }
            double rate = (double)FILTERS * QUERIES / (now() - began);
            best = rate > best ? rate : best;
        }
        inb_dice_set_clear(&set);
        hits_of_first = k == INB_DICE_PORTABLE ? found : hits_of_first;
        double goal = k == INB_DICE_AVX512 ? 450e6 : 170e6;
        printf("dice: %-9s %6.0f M comparisons/s a core (goal %.0f), %zu hits\n",
            inb_dice_name((inb_dice_kernel)k), best / 1e6, goal / 1e6, found);
        failed |= (k != INB_DICE_PORTABLE && best < goal) || found != hits_of_first;
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
