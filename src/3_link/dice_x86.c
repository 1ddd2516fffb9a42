// SPDX-License-Identifier: EUPL-1.2
// Dice kernels for x86-64: POPCNT word by word, AVX2 by look-up of nibbles, AVX-512 by VPOPCNTDQ.
// Each is compiled for its own machine and called only where dice.c found that it can run.

#include "dice.h"

#if defined(__x86_64__)

#include <immintrin.h>

bool inb_i_dice_x86(inb_dice_kernel kernel) {
    __builtin_cpu_init();
    if (kernel == INB_DICE_POPCNT) {
        return __builtin_cpu_supports("popcnt") != 0;
    }
    if (kernel == INB_DICE_AVX2) {
        return __builtin_cpu_supports("avx2") != 0;
    }
    return __builtin_cpu_supports("avx512vpopcntdq") != 0 &&
           __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0;
}

__attribute__((target("popcnt"))) void inb_i_dice_popcnt(const uint64_t *query,
    const uint64_t *blocks, size_t stride, size_t words, size_t block_count, uint16_t *out) {
    for (size_t b = 0; b < block_count; b++) {
        const uint64_t *block = blocks + b * stride * INB_DICE_BLOCK;
        uint64_t sums[INB_DICE_BLOCK] = {0};
        for (size_t w = 0; w < words; w++) {
#pragma GCC unroll 8
            for (size_t lane = 0; lane < INB_DICE_BLOCK; lane++) {
                uint64_t both = query[w] & block[w * INB_DICE_BLOCK + lane];
                sums[lane] += (uint64_t)__builtin_popcountll(both);
            }
        }
        for (size_t lane = 0; lane < INB_DICE_BLOCK; lane++) {
            out[b * INB_DICE_BLOCK + lane] = (uint16_t)sums[lane];
        }
    }
}

// Bytes of bit counts of sixteen words at most reach 16 * 8 = 128: no byte runs over.
__attribute__((target("avx2"))) static inline __m256i add_counts(__m256i sum, __m256i both) {
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
        2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(15);
    __m256i first = _mm256_shuffle_epi8(table, _mm256_and_si256(both, low));
    __m256i second = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(both, 4), low));
    return _mm256_add_epi8(sum, _mm256_add_epi8(first, second));
}

__attribute__((target("avx2"))) void inb_i_dice_avx2(const uint64_t *query, const uint64_t *blocks,
    size_t stride, size_t words, size_t block_count, uint16_t *out) {
    for (size_t b = 0; b < block_count; b++) {
        const uint64_t *block = blocks + b * stride * INB_DICE_BLOCK;
        __m256i left = _mm256_setzero_si256();
        __m256i right = _mm256_setzero_si256();
        for (size_t w = 0; w < words; w++) {
            __m256i word = _mm256_set1_epi64x((long long)query[w]);
            const __m256i *at = (const __m256i *)(const void *)(block + w * INB_DICE_BLOCK);
            left = add_counts(left, _mm256_and_si256(word, _mm256_load_si256(at)));
            right = add_counts(right, _mm256_and_si256(word, _mm256_load_si256(at + 1)));
        }
        left = _mm256_sad_epu8(left, _mm256_setzero_si256());
        right = _mm256_sad_epu8(right, _mm256_setzero_si256());
        // Four counts in lanes of 64 bits each; 16 bits of each are wanted, in order.
        __m256i four =
            _mm256_packus_epi32(left, right); // l0 . l1 . r0 . r1 . | l2 . l3 . r2 . r3 .
        __m256i order =
            _mm256_permutevar8x32_epi32(four, _mm256_setr_epi32(0, 1, 4, 5, 2, 3, 6, 7));
        __m256i packed = _mm256_packus_epi32(order, order);
        __m256i done = _mm256_permute4x64_epi64(packed, 0x08);
        _mm_storeu_si128(
            (__m128i *)(void *)(out + b * INB_DICE_BLOCK), _mm256_castsi256_si128(done));
    }
}

#define TARGET_512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vpopcntdq")))

// The query stays in registers: `words` is a constant in each of the two calls below.
TARGET_512 static inline __attribute__((always_inline)) void run_512(const uint64_t *query,
    const uint64_t *blocks, size_t stride, size_t words, size_t block_count, uint16_t *out) {
    __m512i word[INB_DICE_WORDS_MOST];
    for (size_t w = 0; w < words; w++) {
        word[w] = _mm512_set1_epi64((long long)query[w]);
    }
    for (size_t b = 0; b < block_count; b++) {
        const uint64_t *block = blocks + b * stride * INB_DICE_BLOCK;
        __m512i sum = _mm512_setzero_si512();
        __m512i other = _mm512_setzero_si512();
#pragma GCC unroll 16
        for (size_t w = 0; w < words; w += 2) {
            __m512i first = _mm512_load_si512(block + w * INB_DICE_BLOCK);
            __m512i second = _mm512_load_si512(block + (w + 1) * INB_DICE_BLOCK);
            sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(_mm512_and_si512(word[w], first)));
            other =
                _mm512_add_epi64(other, _mm512_popcnt_epi64(_mm512_and_si512(word[w + 1], second)));
        }
        __m128i counts = _mm512_cvtepi64_epi16(_mm512_add_epi64(sum, other));
        _mm_storeu_si128((__m128i *)(void *)(out + b * INB_DICE_BLOCK), counts);
    }
}

TARGET_512 void inb_i_dice_avx512(const uint64_t *query, const uint64_t *blocks, size_t stride,
    size_t words, size_t block_count, uint16_t *out) {
    if (words == INB_DICE_WORDS_MOST) {
        run_512(query, blocks, stride, INB_DICE_WORDS_MOST, block_count, out);
    } else {
        run_512(query, blocks, stride, INB_DICE_WORDS_MOST / 2, block_count, out);
    }
}

#else

void inb_i_dice_popcnt(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out) {
    (void)query, (void)blocks, (void)stride, (void)words, (void)block_count, (void)out;
}

bool inb_i_dice_x86(inb_dice_kernel kernel) {
    (void)kernel;
    return false;
}

void inb_i_dice_avx2(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out) {
    (void)query, (void)blocks, (void)stride, (void)words, (void)block_count, (void)out;
}

void inb_i_dice_avx512(const uint64_t *query, const uint64_t *blocks, size_t stride, size_t words,
    size_t block_count, uint16_t *out) {
    (void)query, (void)blocks, (void)stride, (void)words, (void)block_count, (void)out;
}

#endif
