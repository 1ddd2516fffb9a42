// SPDX-License-Identifier: EUPL-1.2
// Which ids a file has shown so far, as 64-bit hashes, to see one come back: a table that is at
// most seven eighths full, so 9 to 19 bytes an id.
#ifndef INB_OBSERVE_ID_SET_H
#define INB_OBSERVE_ID_SET_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

typedef struct inb_id_set {
    uint64_t *slots; // 0 = empty
    size_t size;     // a power of two
    size_t count;
} inb_id_set;

// The hash of (organisation, id); never 0.
uint64_t inb_id_hash(const char *organisation, const char *id);

// Adds `hash`; *ret_new = false where it was there.
inb_status inb_id_set_add(
    inb_id_set *set, uint64_t hash, bool *ret_new, inb_error *err) INB_NODISCARD;

void inb_id_set_clear(inb_id_set *set); // releases; can be used again

#endif
