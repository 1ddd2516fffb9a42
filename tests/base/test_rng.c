// SPDX-License-Identifier: EUPL-1.2
// Random numbers: the published known answers of Philox4x32-10 (Random123, kat_vectors), an
// independent writing of the algorithm, and the statistics that the helpers promise.

#include <inbeeld/rng.h>

#include "inb_test.h"

#include <string.h>

// Philox4x32-10 as the paper's table 2 and section 3.3 write it (Salmon and others 2011).
static void philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]};
    uint32_t k[2] = {key[0], key[1]};
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xD2511F53U * c[0];
        uint64_t b = (uint64_t)0xCD9E8D57U * c[2];
        uint32_t next[4] = {(uint32_t)(b >> 32) ^ c[1] ^ k[0], (uint32_t)b,
            (uint32_t)(a >> 32) ^ c[3] ^ k[1], (uint32_t)a};
        memcpy(c, next, sizeof c);
        k[0] += 0x9E3779B9U;
        k[1] += 0xBB67AE85U;
    }
    memcpy(out, c, sizeof c);
}

static const struct {
    uint32_t counter[4], key[2], words[4];
} known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
        {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
        {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static uint64_t join(const uint32_t words[2]) {
    return words[0] | (uint64_t)words[1] << 32;
}

INB_TEST(known_answers) {
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t words[4];
        philox(known[i].counter, known[i].key, words);
        inb_rng rng = inb_rng_make(join(known[i].key), join(known[i].counter + 2));
        rng.counter = join(known[i].counter);
        for (size_t j = 0; j < 4; j++) {
            ck_assert_uint_eq(words[j], known[i].words[j]); // the oracle itself
            ck_assert_uint_eq(inb_rng_u32(&rng), known[i].words[j]);
        }
    }
}
INB_END

INB_TEST(every_word_from_seed_stream_and_counter) {
    inb_rng choose = inb_rng_make(11, 1);
    for (int round = 0; round < 200; round++) {
        uint64_t seed = inb_rng_u64(&choose);
        uint64_t stream = inb_rng_u64(&choose);
        inb_rng rng = inb_rng_make(seed, stream);
        for (uint32_t block = 0; block < 50; block++) {
            uint32_t counter[4] = {block, 0, (uint32_t)stream, (uint32_t)(stream >> 32)};
            uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
            uint32_t words[4];
            philox(counter, key, words);
            for (size_t i = 0; i < 4; i++) {
                uint32_t got = inb_rng_u32(&rng);
                INB_HOLDS(got == words[i], "block %u word %zu", block, i);
            }
        }
    }
}
INB_END

// The counter carries into its upper half.
INB_TEST(counter_carries) {
    inb_rng rng = inb_rng_make(5, 6);
    rng.counter = 0xFFFFFFFFU;
    for (int i = 0; i < 4; i++) {
        (void)inb_rng_u32(&rng);
    }
    uint32_t words[4];
    philox((const uint32_t[4]){0, 1, 6, 0}, (const uint32_t[2]){5, 0}, words);
    ck_assert_uint_eq(inb_rng_u32(&rng), words[0]);
}
INB_END

INB_TEST(streams_do_not_depend_on_order) {
    enum { STREAMS = 8, DRAWS = 101 };
    static uint32_t one_by_one[STREAMS][DRAWS];
    for (uint64_t s = 0; s < STREAMS; s++) {
        inb_rng rng = inb_rng_make(42, s);
        for (size_t i = 0; i < DRAWS; i++) {
            one_by_one[s][i] = inb_rng_u32(&rng);
        }
    }
    inb_rng all[STREAMS];
    for (uint64_t s = 0; s < STREAMS; s++) {
        all[s] = inb_rng_make(42, s);
    }
    for (size_t i = 0; i < DRAWS; i++) {
        for (size_t s = STREAMS; s-- > 0;) {
            ck_assert_uint_eq(inb_rng_u32(&all[s]), one_by_one[s][i]);
        }
    }
    for (size_t s = 1; s < STREAMS; s++) {
        ck_assert_int_ne(memcmp(one_by_one[0], one_by_one[s], sizeof one_by_one[0]), 0);
    }
}
INB_END

INB_TEST(u64_is_two_words_low_first) {
    inb_rng a = inb_rng_make(7, 7);
    inb_rng b = inb_rng_make(7, 7);
    for (int i = 0; i < 20; i++) {
        uint64_t low = inb_rng_u32(&a);
        uint64_t high = inb_rng_u32(&a);
        ck_assert_uint_eq(inb_rng_u64(&b), low | high << 32);
    }
}
INB_END

INB_TEST(uniform) {
    enum { DRAWS = 1000000, CELLS = 1000 };
    static unsigned cells[CELLS];
    memset(cells, 0, sizeof cells);
    inb_rng rng = inb_rng_make(2026, 1);
    inb_rng words = rng;
    double sum = 0;
    double squares = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        double u = inb_rng_uniform(&rng);
        uint64_t w = inb_rng_u64(&words);
        INB_HOLDS(u > 0 && u < 1, "draw %zu", i);
        // In the middle of the cell of width 2^-52 that the upper 52 bits name.
        INB_HOLDS(ldexp(u, 53) == (double)(w >> 12) * 2 + 1, "draw %zu", i);
        sum += u;
        squares += u * u;
        cells[(size_t)(u * CELLS)]++;
    }
    INB_NEAR_ABS(sum / DRAWS, 0.5, 4 * sqrt(1.0 / 12 / DRAWS));
    INB_NEAR_ABS(squares / DRAWS, 1.0 / 3, 4 * sqrt(4.0 / 45 / DRAWS));
    double chi = 0;
    for (size_t i = 0; i < CELLS; i++) {
        double d = cells[i] - (double)DRAWS / CELLS;
        chi += d * d * CELLS / DRAWS;
    }
    // 999 degrees of freedom: mean 999, standard deviation 44.7.
    INB_NEAR_ABS(chi, 999, 4 * 44.7);
}
INB_END

// The ends of the interval, by the words that give them.
INB_TEST(uniform_is_open) {
    inb_rng rng = {.words = {0, 0, 0xffffffff, 0xffffffff}, .left = 4};
    ck_assert(inb_rng_uniform(&rng) == 0x1p-53);
    ck_assert(inb_rng_uniform(&rng) == 1 - 0x1p-53);
}
INB_END

INB_TEST(below_is_in_range) {
    inb_rng rng = inb_rng_make(3, 3);
    static const uint32_t sizes[] = {1, 2, 3, 7, 1000, 0x80000000U, 0x80000001U, 0xFFFFFFFFU};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (int draw = 0; draw < 10000; draw++) {
            INB_HOLDS(inb_rng_below(&rng, sizes[i]) < sizes[i], "n = %u", sizes[i]);
        }
    }
}
INB_END

// n = 3 * 2^30 is where a method without rejection shows most: of each three values in a row, one
// would come twice as often.
INB_TEST(below_is_unbiased) {
    enum { DRAWS = 300000 };
    static const uint32_t sizes[] = {3, 6, 10, 3U << 30};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        uint32_t n = sizes[s];
        uint32_t cells = n > 10 ? 3 : n;
        unsigned counts[10] = {0};
        inb_rng rng = inb_rng_make(8, s);
        for (int draw = 0; draw < DRAWS; draw++) {
            uint32_t got = inb_rng_below(&rng, n);
            counts[got % cells]++;
        }
        double chi = 0;
        for (uint32_t i = 0; i < cells; i++) {
            double expected = (double)DRAWS / cells;
            chi += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        ck_assert_msg(chi < 30, "n = %u: chi-square %g over %u cells", n, chi, cells);
    }
}
INB_END

// A word that would bias is thrown away: 2^32 mod 3 = 1, so only the product 0 is.
INB_TEST(below_rejects) {
    inb_rng rng = {.words = {0, 0xffffffff, 0, 0}, .left = 4};
    ck_assert_uint_eq(inb_rng_below(&rng, 3), 2);
    ck_assert_uint_eq(rng.left, 2);
}
INB_END

INB_TEST_MAIN("base/rng", known_answers, every_word_from_seed_stream_and_counter, counter_carries,
    streams_do_not_depend_on_order, u64_is_two_words_low_first, uniform, uniform_is_open,
    below_is_in_range, below_is_unbiased, below_rejects)
