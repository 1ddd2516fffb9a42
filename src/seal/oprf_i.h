// SPDX-License-Identifier: EUPL-1.2
// The parts of RFC 9497 that its test vectors speak of: random numbers are arguments here.
#ifndef INB_SEAL_OPRF_I_H
#define INB_SEAL_OPRF_I_H

#include "keys_i.h"

#include <inbeeld/oprf.h>

// The point of an input: expand_message_xmd with SHA-512 (RFC 9380, 5.3.1), then the map of
// RFC 9496, 4.3.4. Domain: "HashToGroup-OPRFV1-\x01-ristretto255-SHA512".
void inb_i_oprf_point(const void *input, size_t length, unsigned char ret_point[INB_OPRF_BYTES]);

// Blind `ret_blinded` = blind * point; false for the neutral element or a blind of zero.
bool inb_i_oprf_blind_with(const void *input, size_t length, const unsigned char *blind,
    unsigned char ret_blinded[INB_OPRF_BYTES]) INB_NODISCARD;

// Evaluation and its proof with the random number of the proof given.
bool inb_i_oprf_evaluate_with(const unsigned char *scalar, const unsigned char *public,
    const unsigned char *blinded, size_t count, const unsigned char *random,
    unsigned char *ret_evaluated, unsigned char ret_proof[INB_OPRF_PROOF_BYTES]) INB_NODISCARD;

bool inb_i_oprf_proof_holds(const unsigned char *public, const unsigned char *blinded,
    const unsigned char *evaluated, size_t count,
    const unsigned char proof[INB_OPRF_PROOF_BYTES]) INB_NODISCARD;

#endif
