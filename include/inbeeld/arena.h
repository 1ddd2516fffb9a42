// SPDX-License-Identifier: EUPL-1.2
// Memory by lifetime: many small pieces that are released together (a request, a catalogue, a
// report). Pieces are handed out from growing blocks; a reset keeps the largest block for reuse.
// What was handed out is wiped before its memory is used for anything else.
#ifndef INBEELD_ARENA_H
#define INBEELD_ARENA_H

#include <inbeeld/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct inb_arena inb_arena;

// A new, empty arena. max_bytes: refuses to grow beyond it (0 = no limit). Owner: the caller.
inb_status inb_arena_new(size_t max_bytes, inb_arena **ret_arena, inb_error *err) INB_NODISCARD;

// Releases everything handed out, wiped; keeps one block.
void inb_arena_reset(inb_arena *arena);

// Accepts NULL.
void inb_arena_free(inb_arena *arena);
void inb_arena_freep(inb_arena **arena);

// count * size bytes, zeroed, aligned for any type; NULL when memory or the limit is out.
// Owner: the arena. O(bytes).
void *inb_arena_get(inb_arena *arena, size_t count, size_t size) INB_NODISCARD;

// A NUL-ended copy of text[0..length). NULL as above.
char *inb_arena_text(inb_arena *arena, const char *text, size_t length) INB_NODISCARD;

// Bytes handed out since the last reset, padding included.
size_t inb_arena_used(const inb_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
