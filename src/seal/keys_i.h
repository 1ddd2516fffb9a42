// SPDX-License-Identifier: EUPL-1.2
// The derived keys and what stands in a key file, seen by seal alone.
#ifndef INB_SEAL_KEYS_I_H
#define INB_SEAL_KEYS_I_H

#include <inbeeld/keys.h>

#include <sodium.h>

enum {
    INB_I_MASTER_BYTES = crypto_kdf_KEYBYTES,
    INB_I_POINT_BYTES = crypto_core_ristretto255_BYTES,
    INB_I_SCALAR_BYTES = crypto_core_ristretto255_SCALARBYTES,
    INB_I_CLIENT_BYTES = crypto_auth_KEYBYTES
};

struct inb_keys {
    inb_key_about about;
    unsigned char seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    unsigned char token[crypto_generichash_KEYBYTES];
    unsigned char encode[crypto_generichash_KEYBYTES]; // positions in filters, noise, dummies
    unsigned char input[crypto_generichash_KEYBYTES];  // what goes into the oblivious function
    unsigned char clients[crypto_kdf_KEYBYTES];        // of a holder: makes its clients' keys
    unsigned char scalar[INB_I_SCALAR_BYTES];          // of a holder
    unsigned char public[INB_I_POINT_BYTES];           // of a holder, and known to its clients
    unsigned char client[INB_I_CLIENT_BYTES];          // of a client
    unsigned char ring[crypto_generichash_KEYBYTES];   // shows that a keyring is ours and whole
    unsigned char wrap[crypto_generichash_KEYBYTES];   // its share in wrapping a record's key
};

// The content of a key file. `public`: of a client's file alone.
struct inb_i_key_content {
    inb_key_about about;
    unsigned char master[INB_I_MASTER_BYTES];
    unsigned char public[INB_I_POINT_BYTES];
};

inb_status inb_i_key_write(
    const char *path, const struct inb_i_key_content *content, inb_error *err) INB_NODISCARD;
// *ret_content is in guarded memory of the caller's.
inb_status inb_i_key_read(
    const char *path, struct inb_i_key_content *ret_content, inb_error *err) INB_NODISCARD;

// The line of a file, NUL-ended, for key_line.c's parser; `path` is for complaints.
enum { INB_I_KEY_LINE_MOST = 320 };
inb_status inb_i_key_line_parse(const char *line, const char *path,
    struct inb_i_key_content *ret_content, inb_error *err) INB_NODISCARD;
size_t inb_i_key_line_make(
    const struct inb_i_key_content *content, char ret_line[INB_I_KEY_LINE_MOST]);

// Opens a file that nobody else could have read or put there; `what` is it for complaints.
inb_status inb_i_private_open(
    const char *path, int mode, const char *what, int *ret_file, inb_error *err) INB_NODISCARD;

// Sees to it that libsodium works.
inb_status inb_i_sodium_start(inb_error *err) INB_NODISCARD;
// The secret of the client called `name` of a holder.
void inb_i_client_secret(
    const inb_keys *holder, const char *name, unsigned char ret_secret[INB_I_CLIENT_BYTES]);

#endif
