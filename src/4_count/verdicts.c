// SPDX-License-Identifier: EUPL-1.2
// A hash table with open addressing (Knuth 1998, The Art of Computer Programming 3, section 6.4)
// over whole keys: equal keys are equal questions, so no verdict is ever taken for another's. When
// it is three quarters full, further verdicts are not kept.

#include "verdicts.h"

#include "base/alloc.h"

#include <string.h>

enum { VERDICTS = 1 << 13 };

inb_status inb_verdicts_new(
    size_t list_count, size_t most_terms, inb_verdicts **ret_verdicts, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_verdicts *verdicts = inb_arena_get(arena, 1, sizeof *verdicts);
    if (verdicts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to examine models");
    }
    verdicts->size = (size_t)1 << list_count;
    verdicts->words = 2 * ((verdicts->size + 63) / 64);
    verdicts->keys = inb_arena_get(arena, VERDICTS * verdicts->words, sizeof *verdicts->keys);
    verdicts->found = inb_arena_get(arena, VERDICTS, sizeof *verdicts->found);
    verdicts->key = inb_arena_get(arena, verdicts->words, sizeof *verdicts->key);
    if (verdicts->keys == NULL || verdicts->found == NULL || verdicts->key == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to examine models");
    }
    memset(verdicts->found, -1, VERDICTS * sizeof *verdicts->found);
    INB_TRY(inb_fit_room_new(list_count, most_terms, &verdicts->room, err));
    verdicts->arena = INB_TAKE(arena);
    *ret_verdicts = verdicts;
    return INB_OK;
}

void inb_verdicts_freep(inb_verdicts **verdicts) {
    if (*verdicts != NULL) {
        inb_fit_room_freep(&(*verdicts)->room);
        inb_arena_free((*verdicts)->arena);
    }
    *verdicts = NULL;
}

static void set_bit(uint64_t *words, size_t bit) {
    words[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static void make_key(
    inb_verdicts *verdicts, const inb_cell *cells, const inb_list_set *terms, size_t term_count) {
    memset(verdicts->key, 0, verdicts->words * sizeof *verdicts->key);
    for (size_t i = 0; i < term_count; i++) {
        set_bit(verdicts->key, terms[i]);
    }
    for (size_t h = 1; h < verdicts->size; h++) {
        if (cells[h].kind == INB_CELL_COUNTED && cells[h].count > 0) {
            set_bit(verdicts->key + verdicts->words / 2, h);
        }
    }
}

// The place of verdicts->key, or the empty one where it belongs.
static size_t find_place(const inb_verdicts *verdicts) {
    uint64_t hash = 0;
    for (size_t i = 0; i < verdicts->words; i++) {
        hash = (hash ^ verdicts->key[i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    size_t place = (size_t)(hash >> 32) % VERDICTS;
    while (verdicts->found[place] >= 0 &&
           memcmp(verdicts->keys + place * verdicts->words, verdicts->key,
               verdicts->words * sizeof *verdicts->key) != 0) {
        place = (place + 1) % VERDICTS;
    }
    return place;
}

inb_status inb_verdicts_ask(inb_verdicts *verdicts, const inb_cell *cells,
    const inb_list_set *terms, size_t term_count, int *ret_status, inb_error *err) {
    make_key(verdicts, cells, terms, term_count);
    size_t place = find_place(verdicts);
    if (verdicts->found[place] >= 0) {
        *ret_status = verdicts->found[place];
        return INB_OK;
    }
    verdicts->examined++;
    INB_TRY(inb_fit_examine(verdicts->room, cells, terms, term_count, ret_status, err));
    if (verdicts->used < VERDICTS / 4 * 3) {
        memcpy(verdicts->keys + place * verdicts->words, verdicts->key,
            verdicts->words * sizeof *verdicts->key);
        verdicts->found[place] = (signed char)*ret_status;
        verdicts->used++;
    }
    return INB_OK;
}
