// SPDX-License-Identifier: EUPL-1.2
// A growing pool of bytes with an open-addressing table over it, so that a million values cost two
// allocations and not a million.

#include "words.h"

#include "base/alloc.h"

#include <string.h>

enum { FIRST_WORDS = 64, FIRST_BYTES = 1024 }; // of these INB_WORDS_SLACK stay free

uint64_t inb_hash_bytes(const char *text, size_t length) {
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3U;
    }
    return inb_mix(hash);
}

static uint32_t marks_of(const char *text, size_t length) {
    uint32_t marks = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        unsigned bit = c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') : 26U + c % 6U;
        marks |= 1U << bit;
    }
    return marks;
}

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the distinct values of a column");
}

static inb_status grow(void **array, size_t count, size_t size, inb_error *err) {
    void *grown = inb_realloc(*array, count, size);
    if (grown == NULL) {
        return no_room(err);
    }
    *array = grown;
    return INB_OK;
}

static void place(const inb_words *words, uint32_t *slots, size_t slot_count, uint32_t code) {
    size_t at = inb_hash_bytes(inb_word(words, code), inb_word_length(words, code));
    for (at &= slot_count - 1; slots[at] != 0; at = (at + 1) & (slot_count - 1)) {
    }
    slots[at] = code;
}

static inb_status grow_slots(inb_words *words, size_t slot_count, inb_error *err) {
    uint32_t *slots = inb_alloc(slot_count, sizeof *slots);
    if (slots == NULL) {
        return no_room(err);
    }
    for (uint32_t code = 1; code < words->count; code++) {
        place(words, slots, slot_count, code);
    }
    inb_free(words->slots);
    words->slots = slots;
    words->slot_count = slot_count;
    return INB_OK;
}

inb_status inb_words_begin(inb_words *words, inb_error *err) {
    *words = (inb_words){0};
    INB_TRY(grow((void **)&words->bytes, FIRST_BYTES, 1, err));
    words->byte_size = FIRST_BYTES;
    INB_TRY(grow((void **)&words->starts, FIRST_WORDS + 1, sizeof *words->starts, err));
    INB_TRY(grow((void **)&words->marks, FIRST_WORDS, sizeof *words->marks, err));
    words->size = FIRST_WORDS;
    INB_TRY(grow_slots(words, (size_t)2 * FIRST_WORDS, err));
    words->starts[0] = 0;
    words->starts[1] = 0;
    words->marks[0] = 0;
    words->count = 1;
    return INB_OK;
}

void inb_words_clear(inb_words *words) {
    inb_free(words->bytes);
    inb_free(words->starts);
    inb_free(words->marks);
    inb_free(words->slots);
    *words = (inb_words){0};
}

void inb_words_seal(inb_words *words) {
    inb_free(words->slots);
    words->slots = NULL;
}

static inb_status make_room(inb_words *words, size_t length, inb_error *err) {
    size_t used = words->starts[words->count];
    if (length > UINT32_MAX - used || words->count == UINT32_MAX - 1) {
        return inb_fail(err, INB_TOO_LARGE, "a column has more than 4 GB of distinct values");
    }
    size_t needed = used + length + INB_WORDS_SLACK;
    if (needed > words->byte_size) {
        size_t size = words->byte_size * 2 > needed ? words->byte_size * 2 : needed;
        INB_TRY(grow((void **)&words->bytes, size, 1, err));
        words->byte_size = size;
    }
    if (words->count == words->size) {
        size_t size = words->size * 2;
        INB_TRY(grow((void **)&words->starts, size + 1, sizeof *words->starts, err));
        INB_TRY(grow((void **)&words->marks, size, sizeof *words->marks, err));
        words->size = size;
    }
    return INB_OK;
}

inb_status inb_words_add(
    inb_words *words, const char *text, size_t length, uint32_t *ret_code, inb_error *err) {
    if (length == 0) {
        *ret_code = 0;
        return INB_OK;
    }
    if (words->slots == NULL) {
        INB_TRY(grow_slots(words, words->slot_count, err));
    }
    size_t mask = words->slot_count - 1;
    size_t at = inb_hash_bytes(text, length) & mask;
    for (; words->slots[at] != 0; at = (at + 1) & mask) {
        uint32_t code = words->slots[at];
        if (inb_word_length(words, code) == length &&
            memcmp(inb_word(words, code), text, length) == 0) {
            *ret_code = code;
            return INB_OK;
        }
    }
    INB_TRY(make_room(words, length, err));
    if ((size_t)words->count * 2 > words->slot_count) {
        INB_TRY(grow_slots(words, words->slot_count * 2, err));
        mask = words->slot_count - 1;
        at = inb_hash_bytes(text, length) & mask;
        for (; words->slots[at] != 0; at = (at + 1) & mask) {
        }
    }
    uint32_t code = words->count++;
    memcpy(words->bytes + words->starts[code], text, length);
    words->starts[code + 1] = words->starts[code] + (uint32_t)length;
    words->marks[code] = marks_of(text, length);
    words->slots[at] = code;
    *ret_code = code;
    return INB_OK;
}
