// SPDX-License-Identifier: EUPL-1.2
// The key of one signal's parts: opened and wrapped by the keyring, and parts sealed anew for a
// version that follows. The keyring of a store, and whether the two fit.

#include "road_i.h"

#include "base/alloc.h"

#include <string.h>

inb_status inb_i_open_key(const inb_keys *keys, inb_keyring *ring, const inb_stored_signal *stored,
    inb_i_key *ret_key, inb_error *err) {
    char record[INB_I_RECORD_SIZE];
    ret_key->given = false;
    if (stored->wrapped == NULL) {
        return INB_OK; // of an older program: the team's key alone
    }
    inb_i_record_name(keys, stored->organisation, stored->id, record);
    INB_TRY(inb_keyring_unwrap(ring, stored->bucket, record, stored->wrapped, &ret_key->key, err));
    ret_key->given = true;
    return INB_OK;
}

void inb_i_key_wipe(inb_i_key *key) {
    inb_record_key_wipe(&key->key);
}

inb_status inb_i_wrap_key(const inb_keys *keys, inb_keyring *ring, const inb_record_key *key,
    inb_arena *arena, inb_stored_signal *stored, inb_error *err) {
    char record[INB_I_RECORD_SIZE];
    int64_t bucket = 0;
    unsigned char *wrapped = inb_arena_get(arena, INB_STORE_WRAPPED_BYTES, 1);
    if (wrapped == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the key of a signal");
    }
    inb_i_record_name(keys, stored->organisation, stored->id, record);
    INB_TRY(inb_keyring_bucket(ring, stored->ends, &bucket, err));
    INB_TRY(inb_keyring_wrap(ring, bucket, record, key, wrapped, err));
    stored->bucket = bucket;
    stored->wrapped = wrapped;
    return INB_OK;
}

inb_status inb_i_open_part(const inb_keys *keys, const inb_record_key *key, uint32_t version,
    const char *record, const inb_stored_part *part, inb_arena *arena, const char **ret_text,
    size_t *ret_length, inb_error *err) {
    char *plain = inb_arena_get(arena, part->length, 1);
    if (plain == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to read a signal");
    }
    if (key != NULL && version >= key->since) {
        INB_TRY(inb_unseal_part(
            key, record, version, part->field, part->bytes, part->length, plain, ret_length, err));
    } else {
        INB_TRY(inb_unseal(
            keys, record, part->field, part->bytes, part->length, plain, ret_length, err));
    }
    *ret_text = plain;
    return INB_OK;
}

inb_status inb_i_seal_anew(const inb_keys *keys, const inb_i_key *old, const inb_record_key *key,
    const inb_stored_signal *stored, uint32_t version, const inb_stored_part *part,
    inb_arena *arena, inb_stored_part *ret_part, inb_error *err) {
    char record[INB_I_RECORD_SIZE];
    const char *text = NULL;
    size_t length = 0;
    inb_i_record_name(keys, stored->organisation, stored->id, record);
    INB_TRY(inb_i_open_part(keys, old->given ? &old->key : NULL, stored->version, record, part,
        arena, &text, &length, err));
    size_t size = inb_sealed_size(length);
    unsigned char *bytes = inb_arena_get(arena, size, 1);
    if (bytes == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to seal a signal");
    }
    inb_status status = inb_seal_part(key, record, version, part->field, text, length, bytes, err);
    explicit_bzero((char *)(uintptr_t)text, length);
    INB_TRY(status);
    *ret_part = (inb_stored_part){part->field, bytes, size};
    return INB_OK;
}

// ---- store and ring ----

// Whether something of this store goes with a key that was not erased.
static inb_status in_use(inb_store *store, bool *ret_used, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    const inb_stored_bucket *buckets = NULL;
    size_t count = 0;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_store_buckets(store, arena, &buckets, &count, err));
    *ret_used = false;
    for (size_t i = 0; i < count; i++) {
        *ret_used = *ret_used || !buckets[i].erased;
    }
    return INB_OK;
}

inb_status inb_keyring_of_store(inb_store *store, const char *key, const inb_keys *team,
    inb_keyring **ret_ring, inb_error *err) {
    char proposed[INB_KEYRING_NAME];
    char name[INB_STORE_CODE_MOST + 1];
    char folder[INB_KEYRING_PATH_MOST];
    bool used = false;
    inb_error why = INB_ERROR_INIT;
    INB_TRY(inb_keyring_folder(key, folder, err));
    INB_TRY(inb_keyring_name(proposed, err));
    INB_TRY(inb_store_keyring(store, proposed, name, err));
    inb_status status = inb_keyring_open(folder, name, team, false, ret_ring, &why);
    if (status == INB_OK) {
        return INB_OK;
    }
    if (status != INB_NOT_FOUND) {
        return inb_fail(err, status, "%s", why.message);
    }
    INB_TRY(in_use(store, &used, err));
    if (used) {
        return inb_fail(err, INB_NOT_FOUND,
            "%.300s: there is no keyring here, expected %s.ring: without it nobody can read the "
            "names of this store again",
            folder, name);
    }
    return inb_keyring_open(folder, name, team, true, ret_ring, err);
}

static inb_bucket_state state_of(const inb_bucket *list, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return list[i].state;
        }
    }
    return INB_BUCKET_UNKNOWN;
}

inb_status inb_keyring_compare(
    inb_store *store, inb_keyring *ring, inb_keyring_fit *ret_fit, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_keyring_fit fit = {0};
    const inb_stored_bucket *stored = NULL;
    const inb_stored_end *ends = NULL;
    size_t stored_count = 0;
    size_t end_count = 0;
    size_t count = 0;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_bucket *list = inb_arena_get(arena, INB_KEYRING_MOST, sizeof *list);
    if (list == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a keyring");
    }
    INB_TRY(inb_store_buckets(store, arena, &stored, &stored_count, err));
    INB_TRY(inb_store_ends(store, arena, &ends, &end_count, err));
    INB_TRY(inb_keyring_list(ring, list, INB_KEYRING_MOST, &count, err));
    for (size_t i = 0; i < stored_count; i++) {
        inb_bucket_state state = state_of(list, count, stored[i].id);
        fit.erased += state == INB_BUCKET_ERASED ? stored[i].signals : 0;
        fit.lacking += state == INB_BUCKET_UNKNOWN && !stored[i].erased ? stored[i].signals : 0;
        fit.overdue += state == INB_BUCKET_ALIVE && stored[i].erased;
    }
    for (size_t i = 0; i < count; i++) {
        fit.keys += list[i].state == INB_BUCKET_ALIVE;
    }
    for (size_t i = 0; i < end_count; i++) {
        fit.plain += ends[i].plain;
    }
    *ret_fit = fit;
    return INB_OK;
}
