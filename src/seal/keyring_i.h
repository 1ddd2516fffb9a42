// SPDX-License-Identifier: EUPL-1.2
// What the files of a keyring share: its entries, its text, and the file on disk.
#ifndef INB_SEAL_KEYRING_I_H
#define INB_SEAL_KEYRING_I_H

#include "keys_i.h"

#include <inbeeld/buffer.h>
#include <inbeeld/keyring.h>

#include <sys/stat.h>

enum { INB_I_RING_TEXT_MOST = 256 * (INB_KEYRING_MOST + 2) };

typedef struct inb_i_ring_entry {
    int64_t id; // above 0, none twice
    inb_date month;
    bool erased;
    unsigned char key[INB_RECORD_KEY_BYTES]; // zeroes of an erased one
} inb_i_ring_entry;

// In guarded memory: inb_i_ring_new, sodium_free.
typedef struct inb_i_ring {
    char name[INB_KEYRING_NAME];
    size_t count;
    inb_i_ring_entry entries[INB_KEYRING_MOST];
} inb_i_ring;

inb_status inb_i_ring_new(inb_i_ring **ret_ring, inb_error *err) INB_NODISCARD;
void inb_i_ring_freep(inb_i_ring **ring);

// The text of a file, and back. `path` is for complaints. What does not begin as a keyring does, is
// cut off, was changed, or is of another team's key, is INB_BAD_INPUT; *ring is then of no use.
inb_status inb_i_ring_parse(const inb_keys *team, const char *path, const char *text, size_t length,
    inb_i_ring *ring, inb_error *err) INB_NODISCARD;
inb_status inb_i_ring_write(
    const inb_keys *team, const inb_i_ring *ring, inb_buffer *out, inb_error *err) INB_NODISCARD;
// Adds the last line, which shows that all before it is ours and whole.
void inb_i_ring_check(const inb_keys *team, inb_buffer *out);

// Reads a whole file that nobody else could have read or put there; what tells that it was changed
// since goes into *ret_info. INB_NOT_FOUND: there is none.
inb_status inb_i_ring_read_file(
    const char *path, inb_buffer *text, struct stat *ret_info, inb_error *err) INB_NODISCARD;
// Puts a whole new file in the place of the old one, durably, and then overwrites what the old one
// held. `folder` is open, and locked by the caller.
inb_status inb_i_ring_replace_file(
    int folder, const char *path, const char *text, size_t length, inb_error *err) INB_NODISCARD;

#endif
