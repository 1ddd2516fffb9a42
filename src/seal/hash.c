// SPDX-License-Identifier: EUPL-1.2
// The hash of the log's chain: BLAKE2b with 32 bytes (RFC 7693), without a key. It protects order
// and completeness of what is written, never a value: a short identifier can be guessed back from
// it.

#include <inbeeld/keys.h>

#include <sodium.h>

_Static_assert(INB_HASH_BYTES == crypto_generichash_BYTES, "BLAKE2b-256");

void inb_hash(const void *data, size_t length, unsigned char ret_hash[INB_HASH_BYTES]) {
    (void)crypto_generichash(ret_hash, INB_HASH_BYTES, data, length, NULL, 0);
}
