// SPDX-License-Identifier: EUPL-1.2
// Lines of the key holder's protocol, both sides, without a socket.
//
//   holder  inbeeld-holder 1 FINGERPRINT NONCE
//   client  evaluate NAME COUNT MAC, then COUNT lines of one point each
//   holder  evaluated COUNT PROOF NONCE, then COUNT lines; or: refused WORDS, and the end
//
// Points, codes and nonces are in base64 (URL-safe, no padding). MAC: HMAC-SHA512-256 under the
// client's key over nonce, name, NUL, count in eight bytes, points.
#ifndef INB_SEAL_HOLDER_I_H
#define INB_SEAL_HOLDER_I_H

#include "keys_i.h"

#include <inbeeld/holder.h>

enum {
    INB_I_NONCE_BYTES = 24,
    INB_I_POINT_TEXT = 43, // a point's characters
    INB_I_LINE_MOST = 256,
    INB_I_MESSAGE_MOST = INB_I_LINE_MOST + INB_OPRF_BATCH_MOST * (INB_I_POINT_TEXT + 1)
};

// Length of a whole message at the beginning of text, 0 where more is to come, SIZE_MAX where it
// can be none. `word`: "evaluate", whose COUNT is the third word, or "evaluated", the second.
size_t inb_i_message_length(const char *text, size_t length);

typedef struct inb_i_message {
    char words[4][INB_I_LINE_MOST]; // of the first line
    size_t word_count;
    size_t count; // points
    unsigned char points[INB_OPRF_BATCH_MOST * INB_OPRF_BYTES];
} inb_i_message;

// A whole message; false where it is none.
bool inb_i_message_parse(const char *text, size_t length, inb_i_message *ret_message) INB_NODISCARD;

void inb_i_message_mac(const unsigned char *secret, const unsigned char *nonce, const char *name,
    const unsigned char *points, size_t count, unsigned char ret_mac[crypto_auth_BYTES]);

void inb_i_put_base64(inb_buffer *out, const unsigned char *bytes, size_t length);
bool inb_i_get_base64(const char *text, unsigned char *ret_bytes, size_t length) INB_NODISCARD;
void inb_i_put_points(inb_buffer *out, const unsigned char *points, size_t count);

// The holder's greeting, and its answer to one message; false where the connection ends after it.
void inb_i_holder_greet(
    const inb_keys *key, const unsigned char nonce[INB_I_NONCE_BYTES], inb_buffer *out);
bool inb_i_holder_answer(const inb_holder_options *options, unsigned char nonce[INB_I_NONCE_BYTES],
    const char *text, size_t length, inb_buffer *out);

// "tcp://ADDRESS:PORT" or "unix:PATH" to a socket: listening, or connected. Closes on failure.
inb_status inb_i_socket_listen(const char *url, int *ret_socket, inb_error *err) INB_NODISCARD;
inb_status inb_i_socket_connect(const char *url, int *ret_socket, inb_error *err) INB_NODISCARD;

#endif
