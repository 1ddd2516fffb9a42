// SPDX-License-Identifier: EUPL-1.2
// Arena: a list of blocks, the newest first; each piece is cut from the newest block. Blocks double
// in size, so n bytes cost O(log n) allocations. What was handed out may be a name that was opened
// for one page: it is wiped before its memory goes back.

#include <inbeeld/arena.h>

#include "base/alloc.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, ALIGNMENT = alignof(max_align_t) };

struct block {
    struct block *older;
    size_t size; // bytes in data
    size_t used;
    alignas(ALIGNMENT) unsigned char data[];
};

struct inb_arena {
    struct block *newest;
    size_t used;
    size_t reserved; // bytes in all blocks
    size_t max_bytes;
};

inb_status inb_arena_new(size_t max_bytes, inb_arena **ret_arena, inb_error *err) {
    inb_arena *arena = inb_alloc(1, sizeof *arena);
    if (arena == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for an arena");
    }
    arena->max_bytes = max_bytes;
    *ret_arena = arena;
    return INB_OK;
}

static void wipe(struct block *block) {
    explicit_bzero(block->data, block->used);
    block->used = 0;
}

static void free_block(struct block *block) {
    wipe(block);
    inb_free(block);
}

void inb_arena_reset(inb_arena *arena) {
    struct block *kept = arena->newest;
    if (kept == NULL) {
        return;
    }
    // Sizes grow, but for one block that fills the limit.
    for (struct block *block = kept->older; block != NULL; block = block->older) {
        kept = block->size > kept->size ? block : kept;
    }
    for (struct block *block = arena->newest; block != NULL;) {
        struct block *older = block->older;
        if (block != kept) {
            free_block(block);
        }
        block = older;
    }
    kept->older = NULL;
    arena->newest = kept;
    wipe(kept);
    arena->used = 0;
    arena->reserved = kept->size;
}

void inb_arena_free(inb_arena *arena) {
    if (arena == NULL) {
        return;
    }
    while (arena->newest != NULL) {
        struct block *older = arena->newest->older;
        free_block(arena->newest);
        arena->newest = older;
    }
    inb_free(arena);
}

void inb_arena_freep(inb_arena **arena) {
    inb_arena_free(*arena);
}

static bool add_block(inb_arena *arena, size_t wanted) {
    if (arena->newest != NULL && arena->newest->used == 0) { // kept by a reset, and too small
        arena->reserved -= arena->newest->size;
        inb_free(arena->newest);
        arena->newest = NULL;
    }
    size_t size = arena->newest == NULL ? FIRST_BLOCK : arena->newest->size;
    if (arena->newest != NULL && __builtin_mul_overflow(size, (size_t)2, &size)) {
        return false;
    }
    size = size < wanted ? wanted : size;
    size_t reserved;
    size_t bytes;
    if (__builtin_add_overflow(arena->reserved, size, &reserved) ||
        __builtin_add_overflow(size, sizeof(struct block), &bytes)) {
        return false;
    }
    if (arena->max_bytes != 0 && reserved > arena->max_bytes) {
        if (wanted > arena->max_bytes - arena->reserved) {
            return false;
        }
        size = arena->max_bytes - arena->reserved; // the last block fills the limit exactly
        reserved = arena->max_bytes;
        bytes = size + sizeof(struct block);
    }
    struct block *block = inb_alloc(1, bytes);
    if (block == NULL) {
        return false;
    }
    block->size = size;
    block->older = arena->newest;
    arena->newest = block;
    arena->reserved = reserved;
    return true;
}

void *inb_arena_get(inb_arena *arena, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - ALIGNMENT) {
        return NULL;
    }
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    bytes = bytes == 0 ? ALIGNMENT : bytes;
    if (arena->newest == NULL || bytes > arena->newest->size - arena->newest->used) {
        if (!add_block(arena, bytes)) {
            return NULL;
        }
    }
    void *piece = arena->newest->data + arena->newest->used;
    arena->newest->used += bytes;
    arena->used += bytes;
    return piece; // zero: blocks begin so, and what was used is wiped
}

char *inb_arena_text(inb_arena *arena, const char *text, size_t length) {
    if (length == SIZE_MAX) {
        return NULL;
    }
    char *copy = inb_arena_get(arena, length + 1, 1);
    if (copy != NULL && length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}

size_t inb_arena_used(const inb_arena *arena) {
    return arena->used;
}
