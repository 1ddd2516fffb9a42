// SPDX-License-Identifier: EUPL-1.2
// Sealing and opening: version, nonce, then the padded value encrypted with XChaCha20-Poly1305; the
// names of record and field are authenticated with it. Padding to whole blocks hides how long a
// name or a text is.

#include "keys_i.h"

#include "base/alloc.h"

#include <stdbool.h>
#include <string.h>

enum {
    VERSION = 1,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    CODE_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    NAMES_MOST = 256
};
_Static_assert(1 + NONCE_BYTES + CODE_BYTES == INB_SEAL_OVERHEAD, "the header says so");

size_t inb_sealed_size(size_t length) {
    return INB_SEAL_OVERHEAD +
           (length / INB_SEAL_BLOCK + 1) * INB_SEAL_BLOCK; // 1..BLOCK of padding
}

// "record\0field\0": no record and field run into each other.
static inb_status names_of(const char *record, const char *field, unsigned char *ret_names,
    size_t *ret_length, inb_error *err) {
    size_t first = strlen(record) + 1;
    size_t second = strlen(field) + 1;
    if (first + second > NAMES_MOST) {
        return inb_fail(err, INB_RANGE, "the names of a record and its field are too long");
    }
    memcpy(ret_names, record, first);
    memcpy(ret_names + first, field, second);
    *ret_length = first + second;
    return INB_OK;
}

inb_status inb_seal(const inb_keys *keys, const char *record, const char *field, const void *plain,
    size_t length, unsigned char *ret_sealed, inb_error *err) {
    unsigned char names[NAMES_MOST];
    size_t names_length;
    INB_TRY(names_of(record, field, names, &names_length, err));
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
    ret_sealed[0] = VERSION;
    randombytes_buf(nonce, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(
        body, NULL, body, padded, names, names_length, NULL, nonce, keys->seal);
    return INB_OK;
}

inb_status inb_unseal(const inb_keys *keys, const char *record, const char *field,
    const unsigned char *sealed, size_t length, char *ret_plain, size_t *ret_length,
    inb_error *err) {
    unsigned char names[NAMES_MOST];
    size_t names_length;
    INB_TRY(names_of(record, field, names, &names_length, err));
    if (length < INB_SEAL_OVERHEAD + INB_SEAL_BLOCK || sealed[0] != VERSION) {
        return inb_fail(err, INB_BAD_INPUT, "a sealed value is damaged or of another version");
    }
    const unsigned char *nonce = sealed + 1;
    const unsigned char *body = nonce + NONCE_BYTES;
    size_t body_length = length - 1 - NONCE_BYTES;
    size_t padded = body_length - CODE_BYTES;
    size_t value = 0;
    bool open = crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)ret_plain, NULL, NULL,
                    body, body_length, names, names_length, nonce, keys->seal) == 0;
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
