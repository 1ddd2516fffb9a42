// SPDX-License-Identifier: EUPL-1.2
// Seal, third half: a list becomes an encoded one. Names, dates and addresses as keyed bits of
// their pairs of letters; exact identifiers as tokens of the oblivious function (oprf.h), never by
// a key that members share.
#ifndef INBEELD_ENCODE_H
#define INBEELD_ENCODE_H

#include <inbeeld/encoded.h>
#include <inbeeld/oprf.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct inb_encode_options {
    unsigned groups; // 1, 3, 4 or 5: see encoded.h
    bool unfolded;   // keep the two halves of every filter apart (to measure what folding costs)
    bool salted;     // every element carries the birth year: a wrong year loses the match
    unsigned noise;  // bits turned over, per ten thousand (BLIP; Alaggan et al. 2012); 0..2500
    size_t dummies;  // made-up records among the real ones; ids are replaced then
    uint64_t seed;   // of noise and dummies; 0 = from the machine's randomness
} inb_encode_options;
#define INB_ENCODE_OPTIONS_INIT                                                                    \
    { .groups = 4 }

// Asks a key holder: fills tokens[count * INB_OPRF_BYTES] for the inputs
// [count * INB_OPRF_INPUT_BYTES], count at most INB_OPRF_BATCH_MOST. key_server.h has one.
typedef inb_status (*inb_encode_ask)(void *context, const unsigned char *inputs, size_t count,
    unsigned char *ret_tokens, inb_error *err);

// Where tokens come from; ask == NULL: exact identifiers are left out.
typedef struct inb_encode_tokens {
    inb_encode_ask ask;
    void *context;
    const inb_key_about *holder; // a holder's or client's key
} inb_encode_tokens;

// Encodes all records of `reader` under a hit or count key (a team's for lists of that team alone).
// ret_encoded: owner the caller. With dummies, *ret_map holds a CSV "id,was" (empty for a dummy),
// personal: it stays at home; else it is left alone. INB_BAD_INPUT: two records with one id;
// INB_USAGE: another kind of key.
inb_status inb_encode(const inb_keys *keys, inb_encoded_reader *reader,
    const inb_encode_options *options, const inb_encode_tokens *tokens, inb_encoded *ret_encoded,
    inb_buffer *ret_map, inb_error *err) INB_NODISCARD;

// One record's filters, groups * bits / 8 bytes, without noise: for tests of guesses.
typedef struct inb_encoder inb_encoder;
inb_status inb_encoder_new(const inb_keys *keys, const inb_encode_options *options,
    inb_encoder **ret_encoder, inb_error *err) INB_NODISCARD;
void inb_encoder_free(inb_encoder *encoder); // accepts NULL; wipes what it knows
void inb_encoder_freep(inb_encoder **encoder);
size_t inb_encoder_bytes(const inb_encoder *encoder);
void inb_encoder_record(
    inb_encoder *encoder, const inb_encoded_values *values, unsigned char *ret_filters);

// Passes the tokens of an encoded list on to another key of the key holder, without identifiers.
inb_status inb_encoded_rotate(
    inb_encoded *encoded, const inb_keys *from, const inb_keys *to, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
