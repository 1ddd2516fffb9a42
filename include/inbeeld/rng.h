// SPDX-License-Identifier: EUPL-1.2
// Counter-based random numbers: number i of stream s under seed k depends on (k, s, i) alone, so
// the same seed gives the same bytes for any number of threads. Philox4x32-10 (Salmon, Moraes,
// Dror, Shaw 2011, doi:10.1145/2063384.2063405), by the Random123 library.
#ifndef INBEELD_RNG_H
#define INBEELD_RNG_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct inb_rng {
    uint64_t seed;
    uint64_t stream;  // replicate, chain, block …
    uint64_t counter; // blocks of four 32-bit words used
    uint32_t words[4];
    unsigned left; // unused words
} inb_rng;

// Stream `stream` of seed `seed`, from its beginning.
inb_rng inb_rng_make(uint64_t seed, uint64_t stream);

uint32_t inb_rng_u32(inb_rng *rng);
uint64_t inb_rng_u64(inb_rng *rng);

// Uniform on the open interval (0, 1), 52 bits.
double inb_rng_uniform(inb_rng *rng);

// Uniform on 0 .. n-1, unbiased (Lemire 2019, doi:10.1145/3230636); n > 0.
uint32_t inb_rng_below(inb_rng *rng, uint32_t n);

#ifdef __cplusplus
}
#endif
#endif
