// SPDX-License-Identifier: EUPL-1.2
// Sealing and opening: version, nonce, then the padded value encrypted with XChaCha20-Poly1305; the
// names of record and field are authenticated with it, and of a part the version of the record too.
// Padding to whole blocks hides how long a name or a text is.

#include "keys_i.h"

#include <inbeeld/keyring.h>

#include "base/alloc.h"

#include <stdbool.h>
#include <string.h>

// What the first byte says: sealed under the team's key, or as a part under its record's key.
enum { BY_TEAM = 1, BY_RECORD = 2 };

enum {
    KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    CODE_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    NAMES_MOST = 256,
    BOUND_MOST = NAMES_MOST + 4
};
_Static_assert(1 + NONCE_BYTES + CODE_BYTES == INB_SEAL_OVERHEAD, "the header says so");
_Static_assert((int)INB_RECORD_KEY_BYTES == (int)KEY_BYTES, "a record's key seals");

// Under which key, and what is bound in.
struct binding {
    unsigned char first;
    const unsigned char *key;
    unsigned char bound[BOUND_MOST];
    size_t length;
};

size_t inb_sealed_size(size_t length) {
    return INB_SEAL_OVERHEAD +
           (length / INB_SEAL_BLOCK + 1) * INB_SEAL_BLOCK; // 1..BLOCK of padding
}

// "record\0field\0": no record and field run into each other.
static inb_status bind_names(
    const char *record, const char *field, struct binding *binding, inb_error *err) {
    size_t first = strlen(record) + 1;
    size_t second = strlen(field) + 1;
    if (first + second > NAMES_MOST) {
        return inb_fail(err, INB_RANGE, "the names of a record and its field are too long");
    }
    memcpy(binding->bound, record, first);
    memcpy(binding->bound + first, field, second);
    binding->length = first + second;
    return INB_OK;
}

static inb_status bind_team(const inb_keys *keys, const char *record, const char *field,
    struct binding *binding, inb_error *err) {
    binding->first = BY_TEAM;
    binding->key = keys->seal;
    return bind_names(record, field, binding, err);
}

static inb_status bind_record(const inb_record_key *key, const char *record, uint32_t version,
    const char *field, struct binding *binding, inb_error *err) {
    binding->first = BY_RECORD;
    binding->key = key->bytes;
    INB_TRY(bind_names(record, field, binding, err));
    for (int shift = 24; shift >= 0; shift -= 8) {
        binding->bound[binding->length++] = (unsigned char)(version >> shift);
    }
    return INB_OK;
}

static inb_status seal(const struct binding *binding, const void *plain, size_t length,
    unsigned char *ret_sealed, inb_error *err) {
    if (length > INB_SEAL_MOST) {
        return inb_fail(err, INB_TOO_LARGE, "a value of more than %d bytes cannot be sealed",
            (int)INB_SEAL_MOST);
    }
    size_t padded_length = inb_sealed_size(length) - INB_SEAL_OVERHEAD;
    unsigned char *nonce = ret_sealed + 1;
    unsigned char *body = nonce + NONCE_BYTES;
    // In place: the padded value, then its encryption over it.
    if (length > 0) {
        memcpy(body, plain, length);
    }
    size_t padded;
    if (sodium_pad(&padded, body, length, INB_SEAL_BLOCK, padded_length) != 0 ||
        padded != padded_length) {
        return inb_fail(err, INB_INTERNAL, "a value could not be padded");
    }
    ret_sealed[0] = binding->first;
    randombytes_buf(nonce, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(
        body, NULL, body, padded, binding->bound, binding->length, NULL, nonce, binding->key);
    return INB_OK;
}

static inb_status unseal(const struct binding *binding, const unsigned char *sealed, size_t length,
    char *ret_plain, size_t *ret_length, inb_error *err) {
    if (length < INB_SEAL_OVERHEAD + INB_SEAL_BLOCK || sealed[0] != binding->first) {
        return inb_fail(err, INB_BAD_INPUT, "a sealed value is damaged or of another version");
    }
    const unsigned char *nonce = sealed + 1;
    const unsigned char *body = nonce + NONCE_BYTES;
    size_t body_length = length - 1 - NONCE_BYTES;
    size_t padded = body_length - CODE_BYTES;
    size_t value = 0;
    bool open = crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)ret_plain, NULL, NULL,
                    body, body_length, binding->bound, binding->length, nonce, binding->key) == 0;
    if (!open ||
        sodium_unpad(&value, (const unsigned char *)ret_plain, padded, INB_SEAL_BLOCK) != 0) {
        sodium_memzero(ret_plain, padded);
        return inb_fail(err, INB_BAD_INPUT,
            "a sealed value does not open: it was changed or moved, or the key is another one");
    }
    sodium_memzero(ret_plain + value, padded - value); // the padding, which begins with a NUL now
    *ret_length = value;
    return INB_OK;
}

inb_status inb_seal(const inb_keys *keys, const char *record, const char *field, const void *plain,
    size_t length, unsigned char *ret_sealed, inb_error *err) {
    struct binding binding;
    INB_TRY(bind_team(keys, record, field, &binding, err));
    return seal(&binding, plain, length, ret_sealed, err);
}

inb_status inb_unseal(const inb_keys *keys, const char *record, const char *field,
    const unsigned char *sealed, size_t length, char *ret_plain, size_t *ret_length,
    inb_error *err) {
    struct binding binding;
    INB_TRY(bind_team(keys, record, field, &binding, err));
    return unseal(&binding, sealed, length, ret_plain, ret_length, err);
}

inb_status inb_seal_part(const inb_record_key *key, const char *record, uint32_t version,
    const char *field, const void *plain, size_t length, unsigned char *ret_sealed,
    inb_error *err) {
    struct binding binding;
    INB_TRY(bind_record(key, record, version, field, &binding, err));
    return seal(&binding, plain, length, ret_sealed, err);
}

inb_status inb_unseal_part(const inb_record_key *key, const char *record, uint32_t version,
    const char *field, const unsigned char *sealed, size_t length, char *ret_plain,
    size_t *ret_length, inb_error *err) {
    struct binding binding;
    INB_TRY(bind_record(key, record, version, field, &binding, err));
    return unseal(&binding, sealed, length, ret_plain, ret_length, err);
}
