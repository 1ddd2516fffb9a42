// SPDX-License-Identifier: EUPL-1.2
// Tokens of exact identifiers by an oblivious pseudo-random function: the verifiable one of RFC
// 9497 on ristretto255 (RFC 9496). A member blinds, a key holder raises to its secret exponent, the
// member takes the blind off. The holder sees nothing of the identifier, a member learns nothing of
// the exponent, and a proof shows that the right exponent was used. Tokens are points of the group,
// so that they pass to the next exponent without an identifier: the last step of the RFC, a hash,
// is left out.
//
//     token = holder's exponent * point(members' key, kind, value)
//
// Without the members' key the holder cannot try values, and without the holder no member can.
#ifndef INBEELD_OPRF_H
#define INBEELD_OPRF_H

#include <inbeeld/keys.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    INB_OPRF_BYTES = 32,        // a point
    INB_OPRF_PROOF_BYTES = 64,  // of a whole batch
    INB_OPRF_BATCH_MOST = 1024, // points in a batch
    INB_OPRF_INPUT_BYTES = 32
};

// What goes into the function: keyed BLAKE2b of kind ("phone") and value, under the key that the
// members share (hit or count). The value is normalised by the caller; `length` bytes.
void inb_oprf_input(const inb_keys *keys, const char *kind, const void *value, size_t length,
    unsigned char ret_input[INB_OPRF_INPUT_BYTES]);

// Blinds an input with a random number: *ret_blind stays with the member (wipe it after use),
// *ret_blinded goes to the key holder. INB_BAD_INPUT only where the input gives the neutral
// element, which nobody knows an input for.
inb_status inb_oprf_blind(const void *input, size_t length, unsigned char ret_blind[INB_OPRF_BYTES],
    unsigned char ret_blinded[INB_OPRF_BYTES], inb_error *err) INB_NODISCARD;

// Key holder: evaluates count (1..INB_OPRF_BATCH_MOST) blinded points [count * INB_OPRF_BYTES] and
// proves it. INB_BAD_INPUT where one is no valid point. O(count).
inb_status inb_oprf_evaluate(const inb_keys *holder, const unsigned char *blinded, size_t count,
    unsigned char *ret_evaluated, unsigned char ret_proof[INB_OPRF_PROOF_BYTES],
    inb_error *err) INB_NODISCARD;

// Member: verifies the proof against the holder's public point in its client key, and takes the
// blinds off. All arrays [count * INB_OPRF_BYTES]. INB_BAD_INPUT: another exponent was used, or
// something was changed on the way; no token comes out then.
inb_status inb_oprf_unblind(const inb_keys *client, const unsigned char *blinds,
    const unsigned char *blinded, const unsigned char *evaluated, size_t count,
    const unsigned char proof[INB_OPRF_PROOF_BYTES], unsigned char *ret_tokens,
    inb_error *err) INB_NODISCARD;

// Both sides in one, for someone who holds both keys (a trial, a test): token of an input.
inb_status inb_oprf_direct(const inb_keys *holder, const void *input, size_t length,
    unsigned char ret_token[INB_OPRF_BYTES], inb_error *err) INB_NODISCARD;

// Rotation: the number that leads from tokens of one holder's key to those of another. Only the key
// holder can make it; it says nothing of either exponent alone. Wipe it after use.
inb_status inb_oprf_rotation(const inb_keys *from, const inb_keys *to,
    unsigned char ret_rotation[INB_OPRF_BYTES], inb_error *err) INB_NODISCARD;
// Passes a token on, in place; no identifier and no member is needed. INB_BAD_INPUT: no token.
inb_status inb_oprf_rotate(const unsigned char rotation[INB_OPRF_BYTES],
    unsigned char token[INB_OPRF_BYTES], inb_error *err) INB_NODISCARD;

// The short form of a token, for the store's columns (INB_TOKEN_BYTES). It cannot be rotated.
void inb_oprf_short(
    const unsigned char token[INB_OPRF_BYTES], unsigned char ret_short[INB_TOKEN_BYTES]);

#ifdef __cplusplus
}
#endif
#endif
