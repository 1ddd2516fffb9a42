// SPDX-License-Identifier: EUPL-1.2
// Seal, second half: a team's keys and what they do. Names, exact dates, addresses, contact details
// and free text leave memory only through inb_seal; exact identifiers are compared only as tokens.
// Whoever has the store without the key file has neither.
#ifndef INBEELD_KEYS_H
#define INBEELD_KEYS_H

#include <inbeeld/date.h>
#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The keys derived from one key file, a team's say; in guarded memory, locked against swapping,
// wiped on release. Read-only after opening: may be shared by threads.
typedef struct inb_keys inb_keys;

// What a key is for. A file opens only as its own kind: keys of two kinds never mix.
typedef enum inb_key_kind {
    INB_KEY_TEAM,   // a team's own: seals, and its tokens inside one server
    INB_KEY_HIT,    // shared by the members of a hit register: stands, a new version each year
    INB_KEY_COUNT,  // shared by the members of one study: destroyed when it ends
    INB_KEY_HOLDER, // the key holder's alone: evaluates blinded points (oprf.h)
    INB_KEY_CLIENT, // lets one member ask a key holder
    INB_KEY_KINDS
} inb_key_kind;

enum {
    INB_KEY_NAME_MOST = 40,   // a to z, A to Z, digits, '.', '_' and '-'
    INB_FINGERPRINT_TEXT = 40 // "0123-4567-89ab-cdef-0123-4567-89ab-cdef" with its NUL
};

// All that may be told of a key.
typedef struct inb_key_about {
    inb_key_kind kind;
    uint32_t version;                       // from 1; of a hit key say the year
    inb_date made;                          // year 0: the first format, which does not say
    char name[INB_KEY_NAME_MOST + 1];       // of the study, register or member; "" = none
    char fingerprint[INB_FINGERPRINT_TEXT]; // tells keys apart and says nothing of the key;
                                            // of a client: that of its key holder
} inb_key_about;

// "team", "hit", "count", "holder", "client"; and back, false where it is none of them.
const char *inb_key_kind_text(inb_key_kind kind);
bool inb_key_kind_parse(const char *text, inb_key_kind *ret_kind) INB_NODISCARD;

// Writes a new random team key to `path` (mode 0600, flushed to disk); refuses where something
// stands there already: a lost key is lost data.
inb_status inb_keyfile_new(const char *path, inb_error *err) INB_NODISCARD;

// The same for any kind; about->fingerprint is not read. A client key comes out of its holder's key
// (`holder`, NULL for the other kinds) and its name: the holder needs no list of secrets.
inb_status inb_keyfile_make(const char *path, const inb_key_about *about, const inb_keys *holder,
    inb_error *err) INB_NODISCARD;

// Reads a key file of `kind`. Refused: not a plain file (a link, say), readable or writable by
// others, owned by somebody else, another version of the format, a wrong check sum, another kind.
// Owner of *ret_keys: the caller.
inb_status inb_keyfile_open(
    const char *path, inb_key_kind kind, inb_keys **ret_keys, inb_error *err) INB_NODISCARD;
// The same for a file of any kind.
inb_status inb_keyfile_open_any(
    const char *path, inb_keys **ret_keys, inb_error *err) INB_NODISCARD;
const inb_key_about *inb_keys_about(const inb_keys *keys);

// Overwrites a key file with random bytes, flushes and removes it. Copies, backups and what a disk
// keeps of overwritten blocks are out of its reach.
inb_status inb_keyfile_destroy(const char *path, inb_error *err) INB_NODISCARD;

// A team's key file, inb_keyfile_open with INB_KEY_TEAM.
inb_status inb_keys_open(const char *path, inb_keys **ret_keys, inb_error *err) INB_NODISCARD;
void inb_keys_free(inb_keys *keys); // accepts NULL
void inb_keys_freep(inb_keys **keys);

enum {
    INB_SEAL_BLOCK = 64,     // lengths are hidden up to this many bytes
    INB_SEAL_OVERHEAD = 41,  // version, nonce and code
    INB_SEAL_MOST = 1 << 20, // bytes that can be sealed at once
    INB_TOKEN_BYTES = 16
};

// Bytes of the sealed form of `length` bytes.
size_t inb_sealed_size(size_t length) INB_NODISCARD;

// Seals plain[0..length) for `field` of `record` (NUL-ended names): XChaCha20-Poly1305 with a
// random nonce (Nir, Langley, RFC 8439; draft-irtf-cfrg-xchacha). The names are bound in: a sealed
// value moved to another record or field does not open. ret_sealed[inb_sealed_size(length)].
inb_status inb_seal(const inb_keys *keys, const char *record, const char *field, const void *plain,
    size_t length, unsigned char *ret_sealed, inb_error *err) INB_NODISCARD;

// Opens. ret_plain[length]; *ret_length of it are the value, and a NUL follows it. Anything that
// was changed, moved or sealed under another key is INB_BAD_INPUT.
inb_status inb_unseal(const inb_keys *keys, const char *record, const char *field,
    const unsigned char *sealed, size_t length, char *ret_plain, size_t *ret_length,
    inb_error *err) INB_NODISCARD;

// The token of an exact identifier: keyed BLAKE2b (RFC 7693) over kind and value. Equal values of a
// kind give equal tokens under one key and unrelated ones under another. The value is normalised by
// the caller. A shared key alone does not protect short identifiers against whoever holds it: see
// SECURITY.md.
void inb_token(const inb_keys *keys, const char *kind, const void *value, size_t length,
    unsigned char ret_token[INB_TOKEN_BYTES]);

enum { INB_HASH_BYTES = 32 };

// BLAKE2b-256 (RFC 7693) of data[0..length), without a key: what the store's chain wants
// (inb_store_hash). For order and completeness only, never for a value that could be guessed.
void inb_hash(const void *data, size_t length, unsigned char ret_hash[INB_HASH_BYTES]);

#ifdef __cplusplus
}
#endif
#endif
