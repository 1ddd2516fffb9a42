// SPDX-License-Identifier: EUPL-1.2
// Tokens of exact identifiers: keyed BLAKE2b over "kind\0value", 16 bytes.

#include "keys_i.h"

#include <string.h>

void inb_token(const inb_keys *keys, const char *kind, const void *value, size_t length,
    unsigned char ret_token[INB_TOKEN_BYTES]) {
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, keys->token, sizeof keys->token, INB_TOKEN_BYTES);
    (void)crypto_generichash_update(&state, (const unsigned char *)kind, strlen(kind) + 1);
    (void)crypto_generichash_update(&state, value, length);
    (void)crypto_generichash_final(&state, ret_token, INB_TOKEN_BYTES);
    sodium_memzero(&state, sizeof state);
}
