// SPDX-License-Identifier: EUPL-1.2
// Zeta transforms over the lattice of subsets, one bit at a time (Yates 1937, "The design and
// analysis of factorial experiments"): after bit b the sums run over bits 0..b.

#include "math/lattice.h"

void inb_subset_sums(double *values, size_t bits) {
    size_t size = (size_t)1 << bits;
    for (size_t step = 1; step < size; step <<= 1) {
        for (size_t block = 0; block < size; block += 2 * step) {
            for (size_t i = block; i < block + step; i++) {
                values[i + step] += values[i];
            }
        }
    }
}

void inb_superset_sums(double *values, size_t bits) {
    size_t size = (size_t)1 << bits;
    for (size_t step = 1; step < size; step <<= 1) {
        for (size_t block = 0; block < size; block += 2 * step) {
            for (size_t i = block; i < block + step; i++) {
                values[i] += values[i + step];
            }
        }
    }
}
