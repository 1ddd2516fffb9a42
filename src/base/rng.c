// SPDX-License-Identifier: EUPL-1.2
// Philox4x32-10 from Random123, wrapped as named streams; see rng.h for the source of the method.

#include <inbeeld/rng.h>

#include <Random123/philox.h>

inb_rng inb_rng_make(uint64_t seed, uint64_t stream) {
    return (inb_rng){.seed = seed, .stream = stream};
}

uint32_t inb_rng_u32(inb_rng *rng) {
    if (rng->left == 0) {
        philox4x32_ctr_t counter = {{(uint32_t)rng->counter, (uint32_t)(rng->counter >> 32),
            (uint32_t)rng->stream, (uint32_t)(rng->stream >> 32)}};
        philox4x32_key_t key = {{(uint32_t)rng->seed, (uint32_t)(rng->seed >> 32)}};
        philox4x32_ctr_t block = philox4x32(counter, key);
        for (unsigned i = 0; i < 4; i++) {
            rng->words[i] = block.v[i];
        }
        rng->counter++;
        rng->left = 4;
    }
    return rng->words[4 - rng->left--];
}

uint64_t inb_rng_u64(inb_rng *rng) {
    uint64_t low = inb_rng_u32(rng);
    uint64_t high = inb_rng_u32(rng);
    return low | high << 32;
}

double inb_rng_uniform(inb_rng *rng) {
    return ((double)(inb_rng_u64(rng) >> 12) + 0.5) * 0x1p-52; // never 0, never 1
}

uint32_t inb_rng_below(inb_rng *rng, uint32_t n) {
    uint64_t product = (uint64_t)inb_rng_u32(rng) * n;
    if ((uint32_t)product < n) {
        uint32_t threshold = (uint32_t)(-n) % n;
        while ((uint32_t)product < threshold) {
            product = (uint64_t)inb_rng_u32(rng) * n;
        }
    }
    return (uint32_t)(product >> 32);
}
