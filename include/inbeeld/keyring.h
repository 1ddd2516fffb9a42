// SPDX-License-Identifier: EUPL-1.2
// Seal, third part: keys that go. Each kept signal's parts are sealed under a key of its own; that
// key lies in the store, wrapped under the team's key and a bucket key of the month in which the
// signal ends. Bucket keys stand in a keyring, a file apart from store and backups. Erasing one
// entry of it erases what went with it wherever a copy of the store may lie.
//
// A keyring belongs to one store and one team key. It may be used by several programs at once: each
// change is made under a lock, as a whole new file, and is durable when the function returns.
#ifndef INBEELD_KEYRING_H
#define INBEELD_KEYRING_H

#include <inbeeld/keys.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    INB_RECORD_KEY_BYTES = 32,
    INB_WRAPPED_BYTES = 76,  // a record key, wrapped
    INB_KEYRING_NAME = 33,   // 32 lower-case hexadecimal digits and a NUL
    INB_KEYRING_MOST = 4096, // entries, erased ones too
    INB_KEYRING_PATH_MOST = 4000
};

// The key of one record's parts, and the version from which they are sealed under it: parts of an
// older one are sealed under the team's key. Wipe it after use.
typedef struct inb_record_key {
    unsigned char bytes[INB_RECORD_KEY_BYTES];
    uint32_t since;
} inb_record_key;

void inb_record_key_make(uint32_t since, inb_record_key *ret_key);
void inb_record_key_wipe(inb_record_key *key);

// As inb_seal and inb_unseal (keys.h), under a record's key and bound to a version of the record
// too: a part of an earlier version does not open in a later one. inb_unseal_part refuses what
// inb_seal sealed, and the other way round. ret_sealed[inb_sealed_size(length)].
inb_status inb_seal_part(const inb_record_key *key, const char *record, uint32_t version,
    const char *field, const void *plain, size_t length, unsigned char *ret_sealed,
    inb_error *err) INB_NODISCARD;
inb_status inb_unseal_part(const inb_record_key *key, const char *record, uint32_t version,
    const char *field, const unsigned char *sealed, size_t length, char *ret_plain,
    size_t *ret_length, inb_error *err) INB_NODISCARD;

// A new name for a keyring.
inb_status inb_keyring_name(char ret_name[INB_KEYRING_NAME], inb_error *err) INB_NODISCARD;
// The folder of the keyrings of a key file, "KEYFILE.rings". INB_USAGE: too long.
inb_status inb_keyring_folder(
    const char *key, char ret_folder[INB_KEYRING_PATH_MOST], inb_error *err) INB_NODISCARD;

// Removes the keyrings of a key file that is of no use any more, with their folder: of something
// half-made, say. What they hold cannot be had back.
void inb_keyring_drop(const char *key);

typedef struct inb_keyring inb_keyring;

// Opens the keyring `name` in `folder`; with `create` makes folder (mode 0700) and file (0600)
// where there are none. team: its key, borrowed, outlives the ring. INB_NOT_FOUND: there is none;
// INB_BAD_INPUT: others can use it, or it is damaged, of another store or of another key. Owner of
// *ret_ring: the caller. Any thread may use it.
inb_status inb_keyring_open(const char *folder, const char *name, const inb_keys *team, bool create,
    inb_keyring **ret_ring, inb_error *err) INB_NODISCARD;
void inb_keyring_free(inb_keyring *ring); // accepts NULL
void inb_keyring_freep(inb_keyring **ring);

// The bucket key of a month (its day is 0), made where there is none or the last one was erased.
// *ret_bucket: its id, above 0.
inb_status inb_keyring_bucket(
    inb_keyring *ring, inb_date month, int64_t *ret_bucket, inb_error *err) INB_NODISCARD;

// Wraps a record's key; the name of the record and the id of the bucket are bound in. INB_ERASED,
// INB_NOT_FOUND as below.
inb_status inb_keyring_wrap(inb_keyring *ring, int64_t bucket, const char *record,
    const inb_record_key *key, unsigned char ret_wrapped[INB_WRAPPED_BYTES],
    inb_error *err) INB_NODISCARD;
// INB_ERASED: the bucket's key was erased; INB_NOT_FOUND: this ring never had it, an old copy say;
// INB_BAD_INPUT: changed, moved, or of another key.
inb_status inb_keyring_unwrap(inb_keyring *ring, int64_t bucket, const char *record,
    const unsigned char wrapped[INB_WRAPPED_BYTES], inb_record_key *ret_key,
    inb_error *err) INB_NODISCARD;

typedef enum inb_bucket_state {
    INB_BUCKET_UNKNOWN, // this ring never had it
    INB_BUCKET_ALIVE,
    INB_BUCKET_ERASED
} inb_bucket_state;

typedef struct inb_bucket {
    int64_t id;
    inb_date month;
    inb_bucket_state state;
} inb_bucket;

// All entries as the file has them now: at most `most` into ret_buckets, *ret_count in all.
inb_status inb_keyring_list(inb_keyring *ring, inb_bucket *ret_buckets, size_t most,
    size_t *ret_count, inb_error *err) INB_NODISCARD;

// Erases these keys, all or none; those that are erased or unknown already are left. The file's old
// bytes are overwritten after the new file stands. What a disk keeps of overwritten blocks, and
// copies of the file, are out of reach. *ret_erased: how many were.
inb_status inb_keyring_erase(inb_keyring *ring, const int64_t *buckets, size_t count,
    size_t *ret_erased, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
