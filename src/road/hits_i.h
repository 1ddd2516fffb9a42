// SPDX-License-Identifier: EUPL-1.2
// What the files of hits share: comparing a version that was written, and the rule. Private to
// road.
#ifndef INB_ROAD_HITS_I_H
#define INB_ROAD_HITS_I_H

#include "regimes.h"

#include <inbeeld/hits.h>

// Compares; made once for a handle, used by one thread at a time (it has a lock).
typedef struct inb_i_comparer inb_i_comparer;

// keys and ring: borrowed until it is freed.
inb_status inb_i_comparer_new(const inb_keys *keys, inb_keyring *ring,
    inb_i_comparer **ret_comparer, inb_error *err) INB_NODISCARD;
void inb_i_comparer_free(inb_i_comparer *comparer); // accepts NULL
const inb_regimes *inb_i_comparer_regimes(const inb_i_comparer *comparer);

// Looks at the standing version of a signal, within a group: it takes part afterwards, waits, or
// has nothing to go by. Hits that come of it get a row of the log. ret_state may be NULL.
inb_status inb_i_compare(inb_i_comparer *comparer, inb_store *store, int64_t number,
    const char *actor, int64_t now, inb_compared_state *ret_state, inb_error *err) INB_NODISCARD;

// An inb_work_then with an inb_i_then as its payload.
typedef struct inb_i_then {
    inb_i_comparer *comparer;
    const char *actor;
    int64_t now;
} inb_i_then;
inb_status inb_i_compare_then(
    inb_store *store, int64_t number, uint32_t version, void *payload, inb_error *err);

// Whom a signal that takes part is in a hit with, by number.
typedef struct inb_i_hit_pair {
    int64_t number;
    const char *organisation;
    bool ground; // across regimes
} inb_i_hit_pair;
// everything: as if all were of one regime, for undoing.
inb_status inb_i_hit_pairs(inb_store *store, const inb_regimes *regimes, inb_arena *arena,
    const inb_stored_signal *signal, bool everything, const inb_i_hit_pair **ret_pairs,
    size_t *ret_count, inb_error *err) INB_NODISCARD;

// Whether a token of this kind makes a hit, by itself or with another.
bool inb_i_hit_kind(const char *kind);

#endif
