// SPDX-License-Identifier: EUPL-1.2
// Keyrings in memory: the key of a record is wrapped under the team's key and a bucket key together
// (XChaCha20-Poly1305 under BLAKE2b keyed with the bucket's key over the team's share), so that
// either one alone opens nothing. What another program changed in the file is read again.

#include "keyring_i.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum {
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    CODE_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    CONTENT = INB_RECORD_KEY_BYTES + 4, // the key, and from which version on
    RECORD_MOST = 200
};
_Static_assert(NONCE_BYTES + CONTENT + CODE_BYTES == INB_WRAPPED_BYTES, "the header says so");

struct inb_keyring {
    const inb_keys *team;
    char folder[INB_KEYRING_PATH_MOST];
    char path[INB_KEYRING_PATH_MOST + INB_KEYRING_NAME + 8];
    char name[INB_KEYRING_NAME];
    pthread_mutex_t lock; // of all below
    inb_i_ring *ring;
    struct stat info; // of the file that `ring` was read from
};

void inb_record_key_make(uint32_t since, inb_record_key *ret_key) {
    randombytes_buf(ret_key->bytes, sizeof ret_key->bytes);
    ret_key->since = since;
}

void inb_record_key_wipe(inb_record_key *key) {
    sodium_memzero(key, sizeof *key);
}

inb_status inb_keyring_name(char ret_name[INB_KEYRING_NAME], inb_error *err) {
    unsigned char bytes[(INB_KEYRING_NAME - 1) / 2];
    INB_TRY(inb_i_sodium_start(err));
    randombytes_buf(bytes, sizeof bytes);
    (void)sodium_bin2hex(ret_name, INB_KEYRING_NAME, bytes, sizeof bytes);
    return INB_OK;
}

inb_status inb_keyring_folder(
    const char *key, char ret_folder[INB_KEYRING_PATH_MOST], inb_error *err) {
    int length = snprintf(ret_folder, INB_KEYRING_PATH_MOST, "%s.rings", key);
    if (length < 0 || length >= INB_KEYRING_PATH_MOST) {
        return inb_fail(err, INB_USAGE, "found a path of a key that is too long");
    }
    return INB_OK;
}

// ---- the file ----

static void close_file(int *file) {
    if (*file >= 0) {
        (void)close(*file); // and its lock goes
    }
}

// Opens the folder and locks it. A reader shares the lock: an old file is overwritten under it.
static inb_status lock_folder(const inb_keyring *ring, int how, int *ret_folder, inb_error *err) {
    int folder = open(ring->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return inb_fail(err, errno == ENOENT ? INB_NOT_FOUND : INB_IO,
            "%s: the folder of the keyring cannot be opened: %s", ring->folder, strerror(errno));
    }
    int code;
    do {
        code = flock(folder, how);
    } while (code != 0 && errno == EINTR);
    if (code != 0) {
        int reason = errno;
        (void)close(folder);
        return inb_fail(err, INB_IO, "%s: the folder of the keyring cannot be locked: %s",
            ring->folder, strerror(reason));
    }
    *ret_folder = folder;
    return INB_OK;
}

static inb_status read_ring(inb_keyring *ring, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(INB_I_RING_TEXT_MOST);
    INB_CLEANUP(inb_i_ring_freep) inb_i_ring *fresh = NULL;
    struct stat info;
    INB_TRY(inb_i_ring_read_file(ring->path, &text, &info, err));
    INB_TRY(inb_i_ring_new(&fresh, err));
    INB_TRY(
        inb_i_ring_parse(ring->team, ring->path, inb_buffer_get(&text), text.length, fresh, err));
    if (strcmp(fresh->name, ring->name) != 0) {
        return inb_fail(err, INB_BAD_INPUT, "%s: found the keyring of another store", ring->path);
    }
    sodium_free(ring->ring);
    ring->ring = INB_TAKE(fresh);
    ring->info = info;
    return INB_OK;
}

static bool same_time(struct timespec one, struct timespec other) {
    return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec;
}

// Reads the file again where it is another one than was read. Under ring->lock.
static inb_status refresh(inb_keyring *ring, inb_error *err) {
    struct stat now;
    if (ring->ring != NULL && stat(ring->path, &now) == 0 && now.st_ino == ring->info.st_ino &&
        now.st_dev == ring->info.st_dev && now.st_size == ring->info.st_size &&
        same_time(now.st_mtim, ring->info.st_mtim) && same_time(now.st_ctim, ring->info.st_ctim)) {
        return INB_OK;
    }
    INB_CLEANUP(close_file) int folder = -1;
    INB_TRY(lock_folder(ring, LOCK_SH, &folder, err));
    return read_ring(ring, err);
}

// Writes `ring->ring` as it stands now; where that fails, what the file holds is read again.
static inb_status store_ring(inb_keyring *ring, int folder, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(INB_I_RING_TEXT_MOST);
    inb_status status = inb_i_ring_write(ring->team, ring->ring, &text, err);
    if (status == INB_OK) {
        status = inb_i_ring_replace_file(folder, ring->path, text.data, text.length, err);
    }
    if (status != INB_OK || stat(ring->path, &ring->info) != 0) {
        sodium_free(ring->ring);
        ring->ring = NULL; // read again at the next use
    }
    return status;
}

// Under the folder's lock: somebody may have been first.
static inb_status make_ring(inb_keyring *ring, inb_error *err) {
    if (mkdir(ring->folder, 0700) != 0 && errno != EEXIST) {
        return inb_fail(err, INB_IO, "%s: the folder of the keyring cannot be made: %s",
            ring->folder, strerror(errno));
    }
    INB_CLEANUP(close_file) int folder = -1;
    INB_TRY(lock_folder(ring, LOCK_EX, &folder, err));
    if (access(ring->path, F_OK) == 0) {
        return read_ring(ring, err);
    }
    INB_TRY(inb_i_ring_new(&ring->ring, err));
    memcpy(ring->ring->name, ring->name, sizeof ring->name);
    return store_ring(ring, folder, err);
}

inb_status inb_keyring_open(const char *folder, const char *name, const inb_keys *team, bool create,
    inb_keyring **ret_ring, inb_error *err) {
    INB_CLEANUP(inb_keyring_freep) inb_keyring *ring = inb_alloc(1, sizeof *ring);
    if (ring == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a keyring");
    }
    (void)pthread_mutex_init(&ring->lock, NULL);
    ring->team = team;
    if (strlen(folder) >= sizeof ring->folder || strlen(name) != INB_KEYRING_NAME - 1 ||
        strspn(name, "0123456789abcdef") != INB_KEYRING_NAME - 1) {
        return inb_fail(err, INB_BAD_INPUT, "found a name that no keyring has");
    }
    memcpy(ring->folder, folder, strlen(folder) + 1);
    memcpy(ring->name, name, INB_KEYRING_NAME);
    (void)snprintf(ring->path, sizeof ring->path, "%s/%s.ring", folder, name);
    inb_error why = INB_ERROR_INIT;
    inb_status status = refresh(ring, &why);
    if (status == INB_NOT_FOUND && create) {
        INB_TRY(make_ring(ring, err));
    } else if (status != INB_OK) {
        return inb_fail(err, status, "%s", why.message);
    }
    *ret_ring = INB_TAKE(ring);
    return INB_OK;
}

void inb_keyring_free(inb_keyring *ring) {
    if (ring != NULL) {
        sodium_free(ring->ring);
        (void)pthread_mutex_destroy(&ring->lock);
        inb_free(ring);
    }
}

void inb_keyring_freep(inb_keyring **ring) {
    inb_keyring_free(*ring);
}

// ---- entries; all under ring->lock ----

static inb_i_ring_entry *entry_of(inb_keyring *ring, int64_t id) {
    for (size_t i = 0; i < ring->ring->count; i++) {
        if (ring->ring->entries[i].id == id) {
            return &ring->ring->entries[i];
        }
    }
    return NULL;
}

static const inb_i_ring_entry *entry_of_month(const inb_keyring *ring, inb_date month) {
    for (size_t i = 0; i < ring->ring->count; i++) {
        const inb_i_ring_entry *entry = &ring->ring->entries[i];
        if (!entry->erased && entry->month.year == month.year &&
            entry->month.month == month.month) {
            return entry;
        }
    }
    return NULL;
}

static inb_status alive(
    inb_keyring *ring, int64_t id, const inb_i_ring_entry **ret_entry, inb_error *err) {
    const inb_i_ring_entry *entry = entry_of(ring, id);
    if (entry == NULL) {
        return inb_fail(err, INB_NOT_FOUND,
            "%s: the keyring lacks the key that this signal goes with: it is older than the store",
            ring->path);
    }
    if (entry->erased) {
        return inb_fail(
            err, INB_ERASED, "this signal was erased: the key that it went with is gone");
    }
    *ret_entry = entry;
    return INB_OK;
}

static inb_status add_bucket(
    inb_keyring *ring, inb_date month, int64_t *ret_bucket, inb_error *err) {
    INB_CLEANUP(close_file) int folder = -1;
    INB_TRY(lock_folder(ring, LOCK_EX, &folder, err));
    INB_TRY(read_ring(ring, err)); // nobody changes it any more
    const inb_i_ring_entry *other = entry_of_month(ring, month);
    if (other != NULL) {
        *ret_bucket = other->id;
        return INB_OK;
    }
    if (ring->ring->count == INB_KEYRING_MOST) {
        return inb_fail(err, INB_TOO_LARGE, "%s: the keyring is full", ring->path);
    }
    inb_i_ring_entry *entry = &ring->ring->entries[ring->ring->count];
    *entry = (inb_i_ring_entry){.month = month};
    do {
        randombytes_buf(&entry->id, sizeof entry->id);
        entry->id &= INT64_MAX;
    } while (entry->id == 0 || entry_of(ring, entry->id) != NULL);
    randombytes_buf(entry->key, sizeof entry->key);
    ring->ring->count++;
    int64_t id = entry->id;
    INB_TRY(store_ring(ring, folder, err));
    *ret_bucket = id;
    return INB_OK;
}

inb_status inb_keyring_bucket(
    inb_keyring *ring, inb_date month, int64_t *ret_bucket, inb_error *err) {
    if (month.year < 1 || month.month < 1 || month.day != 0) {
        return inb_fail(err, INB_INTERNAL, "a key of the keyring is for a month");
    }
    (void)pthread_mutex_lock(&ring->lock);
    inb_status status = refresh(ring, err);
    if (status == INB_OK) {
        const inb_i_ring_entry *entry = entry_of_month(ring, month);
        if (entry != NULL) {
            *ret_bucket = entry->id;
        } else {
            status = add_bucket(ring, month, ret_bucket, err);
        }
    }
    (void)pthread_mutex_unlock(&ring->lock);
    return status;
}

// ---- wrapping ----

// The key that wraps, and what is bound in: "record\0" and the bucket's id.
struct wrapping {
    unsigned char key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    unsigned char bound[RECORD_MOST + 1 + 8];
    size_t length;
};

static void wipe_wrapping(struct wrapping *wrapping) {
    sodium_memzero(wrapping, sizeof *wrapping);
}

static inb_status wrapping_of(inb_keyring *ring, int64_t bucket, const char *record,
    struct wrapping *wrapping, inb_error *err) {
    const inb_i_ring_entry *entry = NULL;
    size_t length = strlen(record);
    if (length > RECORD_MOST) {
        return inb_fail(err, INB_RANGE, "the name of a record is too long");
    }
    (void)pthread_mutex_lock(&ring->lock);
    inb_status status = refresh(ring, err);
    if (status == INB_OK) {
        status = alive(ring, bucket, &entry, err);
    }
    if (status == INB_OK) {
        (void)crypto_generichash(wrapping->key, sizeof wrapping->key, ring->team->wrap,
            sizeof ring->team->wrap, entry->key, sizeof entry->key);
    }
    (void)pthread_mutex_unlock(&ring->lock);
    memcpy(wrapping->bound, record, length + 1);
    wrapping->length = length + 1;
    for (int shift = 56; shift >= 0; shift -= 8) {
        wrapping->bound[wrapping->length++] = (unsigned char)((uint64_t)bucket >> shift);
    }
    return status;
}

inb_status inb_keyring_wrap(inb_keyring *ring, int64_t bucket, const char *record,
    const inb_record_key *key, unsigned char ret_wrapped[INB_WRAPPED_BYTES], inb_error *err) {
    INB_CLEANUP(wipe_wrapping) struct wrapping wrapping = {.length = 0};
    unsigned char content[CONTENT];
    INB_TRY(wrapping_of(ring, bucket, record, &wrapping, err));
    memcpy(content, key->bytes, INB_RECORD_KEY_BYTES);
    for (int i = 0; i < 4; i++) {
        content[INB_RECORD_KEY_BYTES + i] = (unsigned char)(key->since >> (8 * (3 - i)));
    }
    randombytes_buf(ret_wrapped, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret_wrapped + NONCE_BYTES, NULL, content,
        sizeof content, wrapping.bound, wrapping.length, NULL, ret_wrapped, wrapping.key);
    sodium_memzero(content, sizeof content);
    return INB_OK;
}

inb_status inb_keyring_unwrap(inb_keyring *ring, int64_t bucket, const char *record,
    const unsigned char wrapped[INB_WRAPPED_BYTES], inb_record_key *ret_key, inb_error *err) {
    INB_CLEANUP(wipe_wrapping) struct wrapping wrapping = {.length = 0};
    unsigned char content[CONTENT];
    INB_TRY(wrapping_of(ring, bucket, record, &wrapping, err));
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(content, NULL, NULL, wrapped + NONCE_BYTES,
            INB_WRAPPED_BYTES - NONCE_BYTES, wrapping.bound, wrapping.length, wrapped,
            wrapping.key) != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "the key of a signal does not open: it was changed or moved, or the key is another "
            "one");
    }
    memcpy(ret_key->bytes, content, INB_RECORD_KEY_BYTES);
    ret_key->since = 0;
    for (int i = 0; i < 4; i++) {
        ret_key->since = ret_key->since << 8 | content[INB_RECORD_KEY_BYTES + i];
    }
    sodium_memzero(content, sizeof content);
    return INB_OK;
}

// ---- telling and erasing ----

inb_status inb_keyring_list(
    inb_keyring *ring, inb_bucket *ret_buckets, size_t most, size_t *ret_count, inb_error *err) {
    (void)pthread_mutex_lock(&ring->lock);
    inb_status status = refresh(ring, err);
    if (status == INB_OK) {
        for (size_t i = 0; i < ring->ring->count && i < most; i++) {
            const inb_i_ring_entry *entry = &ring->ring->entries[i];
            ret_buckets[i] = (inb_bucket){
                entry->id, entry->month, entry->erased ? INB_BUCKET_ERASED : INB_BUCKET_ALIVE};
        }
        *ret_count = ring->ring->count;
    }
    (void)pthread_mutex_unlock(&ring->lock);
    return status;
}

static inb_status erase(
    inb_keyring *ring, const int64_t *buckets, size_t count, size_t *ret_erased, inb_error *err) {
    INB_CLEANUP(close_file) int folder = -1;
    size_t erased = 0;
    INB_TRY(lock_folder(ring, LOCK_EX, &folder, err));
    INB_TRY(read_ring(ring, err));
    for (size_t i = 0; i < count; i++) {
        inb_i_ring_entry *entry = entry_of(ring, buckets[i]);
        if (entry != NULL && !entry->erased) {
            sodium_memzero(entry->key, sizeof entry->key);
            entry->erased = true;
            erased++;
        }
    }
    if (erased > 0) {
        INB_TRY(store_ring(ring, folder, err));
    }
    *ret_erased = erased;
    return INB_OK;
}

inb_status inb_keyring_erase(
    inb_keyring *ring, const int64_t *buckets, size_t count, size_t *ret_erased, inb_error *err) {
    (void)pthread_mutex_lock(&ring->lock);
    inb_status status = erase(ring, buckets, count, ret_erased, err);
    (void)pthread_mutex_unlock(&ring->lock);
    return status;
}
