// SPDX-License-Identifier: EUPL-1.2
// The derived keys, seen by seal alone.
#ifndef INB_SEAL_KEYS_I_H
#define INB_SEAL_KEYS_I_H

#include <inbeeld/keys.h>

#include <sodium.h>

struct inb_keys {
    unsigned char seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    unsigned char token[crypto_generichash_KEYBYTES];
};

#endif
