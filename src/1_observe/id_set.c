// SPDX-License-Identifier: EUPL-1.2
// A set of hashes by open addressing with linear probing. The hash is FNV-1a (Fowler, Noll, Vo;
// 64 bits) with the finaliser of MurmurHash3 (Appleby), so that its low bits can be used.

#include "id_set.h"

#include "base/alloc.h"

#include <string.h>

enum { FIRST_SIZE = 1024 };

static uint64_t add_bytes(uint64_t hash, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

uint64_t inb_id_hash(const char *organisation, const char *id) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    hash = add_bytes(hash, organisation, strlen(organisation) + 1); // the NUL parts the two
    hash = add_bytes(hash, id, strlen(id));
    hash = (hash ^ (hash >> 33)) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ (hash >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
    hash ^= hash >> 33;
    return hash == 0 ? 1 : hash;
}

// Where `hash` stands, or the empty slot where it would.
static size_t slot_of(const uint64_t *slots, size_t size, uint64_t hash) {
    size_t at = (size_t)hash & (size - 1);
    while (slots[at] != 0 && slots[at] != hash) {
        at = (at + 1) & (size - 1);
    }
    return at;
}

static inb_status grow(inb_id_set *set, inb_error *err) {
    size_t size = set->size == 0 ? FIRST_SIZE : set->size * 2;
    uint64_t *slots = inb_alloc(size, sizeof *slots);
    if (slots == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the ids of a file");
    }
    for (size_t i = 0; i < set->size; i++) {
        if (set->slots[i] != 0) {
            slots[slot_of(slots, size, set->slots[i])] = set->slots[i];
        }
    }
    inb_free(set->slots);
    set->slots = slots;
    set->size = size;
    return INB_OK;
}

inb_status inb_id_set_add(inb_id_set *set, uint64_t hash, bool *ret_new, inb_error *err) {
    if (set->count + 1 > set->size / 8 * 7) {
        INB_TRY(grow(set, err));
    }
    size_t at = slot_of(set->slots, set->size, hash);
    *ret_new = set->slots[at] == 0;
    set->slots[at] = hash;
    set->count += *ret_new ? 1 : 0;
    return INB_OK;
}

void inb_id_set_clear(inb_id_set *set) {
    inb_free(set->slots);
    *set = (inb_id_set){NULL, 0, 0};
}
