// SPDX-License-Identifier: EUPL-1.2
// Arenas: pieces are aligned, zeroed and apart; the limit holds; a reset gives back what was there.

#include <inbeeld/arena.h>
#include <inbeeld/rng.h>

#include "inb_sweep.h"

#include <stdalign.h>
#include <stdint.h>

INB_TEST(aligned_zeroed_apart) {
    enum { PIECES = 2000 };
    static struct {
        unsigned char *bytes;
        size_t length;
    } pieces[PIECES];
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_rng rng = inb_rng_make(1, 1);
    for (size_t round = 0; round < 3; round++) { // after a reset the blocks hold old bytes
        for (size_t i = 0; i < PIECES; i++) {
            size_t length = inb_rng_below(&rng, i % 100 == 0 ? 20000 : 200);
            unsigned char *bytes = inb_arena_get(arena, length, 1);
            INB_HOLDS(bytes != NULL, "piece %zu", i);
            INB_HOLDS((uintptr_t)bytes % alignof(max_align_t) == 0, "piece %zu", i);
            for (size_t at = 0; at < length; at++) {
                INB_HOLDS(bytes[at] == 0, "piece %zu byte %zu", i, at);
            }
            memset(bytes, (int)(i % 255 + 1), length);
            pieces[i].bytes = bytes;
            pieces[i].length = length;
        }
        for (size_t i = 0; i < PIECES; i++) { // nobody wrote into another's piece
            for (size_t at = 0; at < pieces[i].length; at++) {
                INB_HOLDS(pieces[i].bytes[at] == i % 255 + 1, "piece %zu byte %zu", i, at);
            }
        }
        inb_arena_reset(arena);
        ck_assert_uint_eq(inb_arena_used(arena), 0);
    }
    inb_arena_free(arena);
}
INB_END

INB_TEST(used_is_what_was_handed_out) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    ck_assert_uint_eq(inb_arena_used(arena), 0);
    size_t unit = alignof(max_align_t);
    ck_assert_ptr_nonnull(inb_arena_get(arena, 1, 1));
    ck_assert_uint_eq(inb_arena_used(arena), unit);
    ck_assert_ptr_nonnull(inb_arena_get(arena, 0, 8)); // nothing is a piece of its own too
    ck_assert_uint_eq(inb_arena_used(arena), 2 * unit);
    ck_assert_ptr_nonnull(inb_arena_get(arena, 3, unit));
    ck_assert_uint_eq(inb_arena_used(arena), 5 * unit);
    inb_arena_free(arena);
    inb_arena_free(NULL);
}
INB_END

INB_TEST(limit) {
    static const size_t limits[] = {16, 100, 4096, 5000, 12288, 100000};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        inb_arena *arena = NULL;
        INB_OK_IS(inb_arena_new(limits[i], &arena, err));
        size_t first = 0;
        for (int round = 0; round < 3; round++) {
            size_t pieces = 0;
            while (inb_arena_get(arena, 16, 1) != NULL) {
                pieces++;
                INB_HOLDS(pieces * 16 <= limits[i], "limit %zu", limits[i]);
            }
            first = round == 0 ? pieces : first;
            // Every block may leave less than one unit unused; a reset loses nothing.
            ck_assert_uint_gt(pieces * 16 + 16 * 2, limits[i] - 16);
            ck_assert_uint_eq(pieces, first);
            inb_arena_reset(arena);
        }
        inb_arena_free(arena);
    }
}
INB_END

// Whatever was asked for before a reset, a piece as large as the limit fits after it.
INB_TEST(kept_block_does_not_eat_the_limit) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(5008, &arena, err));
    for (size_t round = 0; round < 4; round++) {
        ck_assert_ptr_nonnull(inb_arena_get(arena, 1 + round * 1000, 1));
        ck_assert_ptr_null(inb_arena_get(arena, 5008, 1));
        ck_assert_ptr_nonnull(inb_arena_get(arena, 16, 1)); // a refusal harms nothing
        inb_arena_reset(arena);
        ck_assert_ptr_nonnull(inb_arena_get(arena, 5008, 1));
        ck_assert_ptr_null(inb_arena_get(arena, 1, 1));
        inb_arena_reset(arena);
    }
    inb_arena_free(arena);
}
INB_END

// The same work after a reset asks the heap for nothing, once one block holds it all.
INB_TEST(reset_keeps_the_largest_block) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    ck_assert_ptr_nonnull(inb_arena_get(arena, 100000, 1));
    ck_assert_ptr_nonnull(inb_arena_get(arena, 64, 1));
    inb_arena_reset(arena);
    inb_alloc_fail_from(0);
    for (int round = 0; round < 10; round++) {
        ck_assert_ptr_nonnull(inb_arena_get(arena, 90000, 1));
        inb_arena_reset(arena);
    }
    ck_assert_uint_eq(inb_alloc_count(), 0);
    inb_arena_free(arena);

    // A last block that fills the limit is smaller than the one before it.
    INB_OK_IS(inb_arena_new(5000, &arena, err));
    ck_assert_ptr_nonnull(inb_arena_get(arena, 4096, 1));
    ck_assert_ptr_nonnull(inb_arena_get(arena, 16, 1));
    inb_arena_reset(arena);
    inb_alloc_fail_from(0);
    ck_assert_ptr_nonnull(inb_arena_get(arena, 4096, 1));
    ck_assert_uint_eq(inb_alloc_count(), 0);
    inb_arena_free(arena);
}
INB_END

INB_TEST(few_allocations) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_alloc_fail_from(0);
    for (size_t i = 0; i < 100000; i++) {
        INB_HOLDS(inb_arena_get(arena, 2, 8) != NULL, "piece %zu", i);
    }
    ck_assert_uint_le(inb_alloc_count(), 12); // 1.6 MB in doubling blocks from 4 kB
    inb_arena_free(arena);
}
INB_END

INB_TEST(products_that_overflow) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    volatile size_t huge = SIZE_MAX;
    ck_assert_ptr_null(inb_arena_get(arena, huge / 2 + 1, 2));
    ck_assert_ptr_null(inb_arena_get(arena, huge, 1));
    ck_assert_ptr_null(inb_arena_get(arena, huge - 20, 1));
    ck_assert_ptr_null(inb_arena_text(arena, "", huge));
    ck_assert_ptr_nonnull(inb_arena_get(arena, 1, 1));
    inb_arena_free(arena);
}
INB_END

INB_TEST(text_is_copied) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    char source[] = "caf\xC3\xA9 and more";
    char *copy = inb_arena_text(arena, source, 5);
    char *empty = inb_arena_text(arena, NULL, 0);
    source[0] = 'X';
    ck_assert_str_eq(copy, "caf\xC3\xA9");
    ck_assert_str_eq(empty, "");
    inb_arena_free(arena);
}
INB_END

static void *or_no_memory(void *piece, inb_status *status, inb_error *err) {
    if (piece == NULL && *status == INB_OK) {
        *status = inb_fail(err, INB_NO_MEMORY, "no piece");
    }
    return piece;
}

static inb_status work(inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_status status = INB_OK;
    for (size_t i = 0; i < 40; i++) {
        unsigned char *piece = or_no_memory(inb_arena_get(arena, 1 + i * 300, 1), &status, err);
        if (piece != NULL) {
            memset(piece, 1, 1 + i * 300); // a refusal before left the arena whole
        }
        if (i == 20) {
            inb_arena_reset(arena);
        }
    }
    return status;
}

INB_TEST(memory_refused) {
    INB_SWEEP(work(err));
}
INB_END

INB_TEST_MAIN("base/arena", aligned_zeroed_apart, used_is_what_was_handed_out, limit,
    kept_block_does_not_eat_the_limit, reset_keeps_the_largest_block, few_allocations,
    products_that_overflow, text_is_copied, memory_refused)
