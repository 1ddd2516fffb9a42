// SPDX-License-Identifier: EUPL-1.2
// The verifiable oblivious function of RFC 9497 (suite ristretto255-SHA512, mode 1) with its proof
// of equal discrete logarithms over a batch (2.2), on libsodium's group; and rotation by exponent.

#include "oprf_i.h"

#include "base/alloc.h"

#include <string.h>

enum { SCALAR = crypto_core_ristretto255_SCALARBYTES, WIDE = 64, DIGEST = 64, BLOCK = 128 };
_Static_assert((int)SCALAR == (int)INB_OPRF_BYTES, "points and scalars have one size");

#define CONTEXT "OPRFV1-\x01-ristretto255-SHA512"

// expand_message_xmd to 64 bytes: one block of SHA-512 is enough. The message comes in two parts.
static void expand(const void *message, size_t length, const char *domain, size_t domain_length,
    unsigned char ret_bytes[WIDE]) {
    static const unsigned char zeros[BLOCK];
    static const unsigned char middle[3] = {0, WIDE, 0};
    const unsigned char one = 1;
    const unsigned char size = (unsigned char)domain_length;
    unsigned char first[DIGEST];
    crypto_hash_sha512_state state;
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, zeros, sizeof zeros);
    crypto_hash_sha512_update(&state, message, length);
    crypto_hash_sha512_update(&state, middle, sizeof middle);
    crypto_hash_sha512_update(&state, (const unsigned char *)domain, domain_length);
    crypto_hash_sha512_update(&state, &size, 1);
    crypto_hash_sha512_final(&state, first);
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, first, sizeof first);
    crypto_hash_sha512_update(&state, &one, 1);
    crypto_hash_sha512_update(&state, (const unsigned char *)domain, domain_length);
    crypto_hash_sha512_update(&state, &size, 1);
    crypto_hash_sha512_final(&state, ret_bytes);
    sodium_memzero(first, sizeof first);
    sodium_memzero(&state, sizeof state);
}

void inb_i_oprf_point(const void *input, size_t length, unsigned char ret_point[INB_OPRF_BYTES]) {
    static const char domain[] = "HashToGroup-" CONTEXT;
    unsigned char wide[WIDE];
    expand(input, length, domain, sizeof domain - 1, wide);
    (void)crypto_core_ristretto255_from_hash(ret_point, wide);
    sodium_memzero(wide, sizeof wide);
}

static void to_scalar(
    const void *message, size_t length, unsigned char ret_scalar[INB_OPRF_BYTES]) {
    static const char domain[] = "HashToScalar-" CONTEXT;
    unsigned char wide[WIDE];
    expand(message, length, domain, sizeof domain - 1, wide);
    crypto_core_ristretto255_scalar_reduce(ret_scalar, wide);
}

// Messages of the proof: parts, each behind its length in two bytes; short ones.
struct message {
    unsigned char bytes[512];
    size_t length;
};

static void raw(struct message *message, const void *part, size_t length) {
    memcpy(message->bytes + message->length, part, length);
    message->length += length;
}

static void number(struct message *message, size_t value) {
    raw(message, &(unsigned char){(unsigned char)(value >> 8)}, 1);
    raw(message, &(unsigned char){(unsigned char)value}, 1);
}

static void part(struct message *message, const void *bytes, size_t length) {
    number(message, length);
    raw(message, bytes, length);
}

// M = sum of d_i C_i and Z = sum of d_i D_i (RFC 9497, 2.2.1), or Z = k M where k is known.
static bool composites(const unsigned char *public, const unsigned char *blinded,
    const unsigned char *evaluated, size_t count, const unsigned char *scalar,
    unsigned char ret_m[INB_OPRF_BYTES], unsigned char ret_z[INB_OPRF_BYTES]) {
    static const char seed_domain[] = "Seed-" CONTEXT;
    struct message message = {.length = 0};
    part(&message, public, INB_OPRF_BYTES);
    part(&message, seed_domain, sizeof seed_domain - 1);
    unsigned char seed[DIGEST];
    (void)crypto_hash_sha512(seed, message.bytes, message.length);
    memset(ret_m, 0, INB_OPRF_BYTES); // the neutral element
    memset(ret_z, 0, INB_OPRF_BYTES);
    for (size_t i = 0; i < count; i++) {
        const unsigned char *c = blinded + i * INB_OPRF_BYTES;
        const unsigned char *d = evaluated + i * INB_OPRF_BYTES;
        message.length = 0;
        part(&message, seed, sizeof seed);
        number(&message, i);
        part(&message, c, INB_OPRF_BYTES);
        part(&message, d, INB_OPRF_BYTES);
        raw(&message, "Composite", strlen("Composite"));
        unsigned char factor[INB_OPRF_BYTES];
        unsigned char term[INB_OPRF_BYTES];
        to_scalar(message.bytes, message.length, factor);
        if (crypto_scalarmult_ristretto255(term, factor, c) != 0 ||
            crypto_core_ristretto255_add(ret_m, ret_m, term) != 0) {
            return false;
        }
        if (scalar == NULL && (crypto_scalarmult_ristretto255(term, factor, d) != 0 ||
                                  crypto_core_ristretto255_add(ret_z, ret_z, term) != 0)) {
            return false;
        }
    }
    return scalar == NULL || crypto_scalarmult_ristretto255(ret_z, scalar, ret_m) == 0;
}

static void challenge(const unsigned char *public, const unsigned char *m, const unsigned char *z,
    const unsigned char *t2, const unsigned char *t3, unsigned char ret_c[INB_OPRF_BYTES]) {
    struct message message = {.length = 0};
    part(&message, public, INB_OPRF_BYTES);
    part(&message, m, INB_OPRF_BYTES);
    part(&message, z, INB_OPRF_BYTES);
    part(&message, t2, INB_OPRF_BYTES);
    part(&message, t3, INB_OPRF_BYTES);
    raw(&message, "Challenge", strlen("Challenge"));
    to_scalar(message.bytes, message.length, ret_c);
}

bool inb_i_oprf_blind_with(const void *input, size_t length, const unsigned char *blind,
    unsigned char ret_blinded[INB_OPRF_BYTES]) {
    unsigned char point[INB_OPRF_BYTES];
    inb_i_oprf_point(input, length, point);
    bool good = crypto_scalarmult_ristretto255(ret_blinded, blind, point) == 0;
    sodium_memzero(point, sizeof point);
    return good;
}

bool inb_i_oprf_evaluate_with(const unsigned char *scalar, const unsigned char *public,
    const unsigned char *blinded, size_t count, const unsigned char *random,
    unsigned char *ret_evaluated, unsigned char ret_proof[INB_OPRF_PROOF_BYTES]) {
    for (size_t i = 0; i < count; i++) {
        // Refuses what is no point, and the neutral element.
        if (crypto_scalarmult_ristretto255(
                ret_evaluated + i * INB_OPRF_BYTES, scalar, blinded + i * INB_OPRF_BYTES) != 0) {
            return false;
        }
    }
    unsigned char m[INB_OPRF_BYTES];
    unsigned char z[INB_OPRF_BYTES];
    unsigned char t2[INB_OPRF_BYTES];
    unsigned char t3[INB_OPRF_BYTES];
    if (!composites(public, blinded, ret_evaluated, count, scalar, m, z) ||
        crypto_scalarmult_ristretto255_base(t2, random) != 0 ||
        crypto_scalarmult_ristretto255(t3, random, m) != 0) {
        return false;
    }
    unsigned char *c = ret_proof;
    unsigned char *s = ret_proof + INB_OPRF_BYTES; // random - c k
    challenge(public, m, z, t2, t3, c);
    unsigned char product[INB_OPRF_BYTES];
    crypto_core_ristretto255_scalar_mul(product, c, scalar);
    crypto_core_ristretto255_scalar_sub(s, random, product);
    sodium_memzero(product, sizeof product);
    return true;
}

// a P + b Q; libsodium refuses neutral elements, which no honest proof gives but once in 2^250.
static bool combine(const unsigned char *a, const unsigned char *p, const unsigned char *b,
    const unsigned char *q, unsigned char ret_sum[INB_OPRF_BYTES]) {
    unsigned char first[INB_OPRF_BYTES];
    unsigned char second[INB_OPRF_BYTES];
    bool good = p == NULL ? crypto_scalarmult_ristretto255_base(first, a) == 0
                          : crypto_scalarmult_ristretto255(first, a, p) == 0;
    return good && crypto_scalarmult_ristretto255(second, b, q) == 0 &&
           crypto_core_ristretto255_add(ret_sum, first, second) == 0;
}

bool inb_i_oprf_proof_holds(const unsigned char *public, const unsigned char *blinded,
    const unsigned char *evaluated, size_t count, const unsigned char proof[INB_OPRF_PROOF_BYTES]) {
    const unsigned char *c = proof;
    const unsigned char *s = proof + INB_OPRF_BYTES;
    unsigned char m[INB_OPRF_BYTES];
    unsigned char z[INB_OPRF_BYTES];
    unsigned char t2[INB_OPRF_BYTES];
    unsigned char t3[INB_OPRF_BYTES];
    unsigned char expected[INB_OPRF_BYTES];
    bool reduced = (s[INB_OPRF_BYTES - 1] & 0xe0) == 0; // libsodium drops a top bit
    if (!reduced || !composites(public, blinded, evaluated, count, NULL, m, z) ||
        !combine(s, NULL, c, public, t2) || !combine(s, m, c, z, t3)) {
        return false;
    }
    challenge(public, m, z, t2, t3, expected);
    return sodium_memcmp(expected, c, INB_OPRF_BYTES) == 0;
}

void inb_oprf_input(const inb_keys *keys, const char *kind, const void *value, size_t length,
    unsigned char ret_input[INB_OPRF_INPUT_BYTES]) {
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, keys->input, sizeof keys->input, INB_OPRF_INPUT_BYTES);
    (void)crypto_generichash_update(&state, (const unsigned char *)kind, strlen(kind) + 1);
    (void)crypto_generichash_update(&state, value, length);
    (void)crypto_generichash_final(&state, ret_input, INB_OPRF_INPUT_BYTES);
    sodium_memzero(&state, sizeof state);
}

inb_status inb_oprf_blind(const void *input, size_t length, unsigned char ret_blind[INB_OPRF_BYTES],
    unsigned char ret_blinded[INB_OPRF_BYTES], inb_error *err) {
    INB_TRY(inb_i_sodium_start(err));
    unsigned char blind[INB_OPRF_BYTES];
    unsigned char blinded[INB_OPRF_BYTES];
    crypto_core_ristretto255_scalar_random(blind); // never zero
    if (!inb_i_oprf_blind_with(input, length, blind, blinded)) {
        sodium_memzero(blind, sizeof blind);
        return inb_fail(err, INB_BAD_INPUT, "an identifier has no point");
    }
    memcpy(ret_blind, blind, sizeof blind);
    memcpy(ret_blinded, blinded, sizeof blinded);
    sodium_memzero(blind, sizeof blind);
    return INB_OK;
}

static inb_status check_count(size_t count, inb_error *err) {
    if (count == 0 || count > INB_OPRF_BATCH_MOST) {
        return inb_fail(err, INB_RANGE, "found a batch of %zu points, expected 1 to %d", count,
            (int)INB_OPRF_BATCH_MOST);
    }
    return INB_OK;
}

inb_status inb_oprf_evaluate(const inb_keys *holder, const unsigned char *blinded, size_t count,
    unsigned char *ret_evaluated, unsigned char ret_proof[INB_OPRF_PROOF_BYTES], inb_error *err) {
    INB_TRY(check_count(count, err));
    if (holder->about.kind != INB_KEY_HOLDER) {
        return inb_fail(err, INB_USAGE, "only a key holder's key evaluates");
    }
    unsigned char random[INB_OPRF_BYTES];
    unsigned char proof[INB_OPRF_PROOF_BYTES];
    INB_CLEANUP(inb_freep) unsigned char *evaluated = inb_alloc(count, INB_OPRF_BYTES);
    if (evaluated == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a batch of points");
    }
    crypto_core_ristretto255_scalar_random(random);
    bool good = inb_i_oprf_evaluate_with(
        holder->scalar, holder->public, blinded, count, random, evaluated, proof);
    sodium_memzero(random, sizeof random);
    if (!good) {
        return inb_fail(err, INB_BAD_INPUT, "found bytes that are no blinded point");
    }
    memcpy(ret_evaluated, evaluated, count * INB_OPRF_BYTES);
    memcpy(ret_proof, proof, sizeof proof);
    return INB_OK;
}

inb_status inb_oprf_unblind(const inb_keys *client, const unsigned char *blinds,
    const unsigned char *blinded, const unsigned char *evaluated, size_t count,
    const unsigned char proof[INB_OPRF_PROOF_BYTES], unsigned char *ret_tokens, inb_error *err) {
    INB_TRY(check_count(count, err));
    if (client->about.kind != INB_KEY_CLIENT && client->about.kind != INB_KEY_HOLDER) {
        return inb_fail(err, INB_USAGE, "a key holder's answer needs a client's key");
    }
    if (!inb_i_oprf_proof_holds(client->public, blinded, evaluated, count, proof)) {
        return inb_fail(err, INB_BAD_INPUT,
            "the answer does not come from the key holder that the client's key names, "
            "or it was changed on the way");
    }
    for (size_t i = 0; i < count; i++) {
        unsigned char inverse[INB_OPRF_BYTES];
        bool good =
            crypto_core_ristretto255_scalar_invert(inverse, blinds + i * INB_OPRF_BYTES) == 0 &&
            crypto_scalarmult_ristretto255(
                ret_tokens + i * INB_OPRF_BYTES, inverse, evaluated + i * INB_OPRF_BYTES) == 0;
        sodium_memzero(inverse, sizeof inverse);
        if (!good) { // a proof that holds leaves only blinds that are no blinds
            sodium_memzero(ret_tokens, count * INB_OPRF_BYTES);
            return inb_fail(err, INB_BAD_INPUT, "found a blind that cannot be taken off");
        }
    }
    return INB_OK;
}

inb_status inb_oprf_direct(const inb_keys *holder, const void *input, size_t length,
    unsigned char ret_token[INB_OPRF_BYTES], inb_error *err) {
    if (holder->about.kind != INB_KEY_HOLDER) {
        return inb_fail(err, INB_USAGE, "only a key holder's key evaluates");
    }
    if (!inb_i_oprf_blind_with(input, length, holder->scalar, ret_token)) {
        return inb_fail(err, INB_BAD_INPUT, "an identifier has no point");
    }
    return INB_OK;
}

inb_status inb_oprf_rotation(const inb_keys *from, const inb_keys *to,
    unsigned char ret_rotation[INB_OPRF_BYTES], inb_error *err) {
    if (from->about.kind != INB_KEY_HOLDER || to->about.kind != INB_KEY_HOLDER) {
        return inb_fail(err, INB_USAGE, "tokens pass from one key holder's key to another");
    }
    unsigned char inverse[INB_OPRF_BYTES];
    (void)crypto_core_ristretto255_scalar_invert(inverse, from->scalar); // never zero
    crypto_core_ristretto255_scalar_mul(ret_rotation, inverse, to->scalar);
    sodium_memzero(inverse, sizeof inverse);
    return INB_OK;
}

inb_status inb_oprf_rotate(const unsigned char rotation[INB_OPRF_BYTES],
    unsigned char token[INB_OPRF_BYTES], inb_error *err) {
    unsigned char next[INB_OPRF_BYTES];
    if (crypto_scalarmult_ristretto255(next, rotation, token) != 0) {
        return inb_fail(err, INB_BAD_INPUT, "found bytes that are no token");
    }
    memcpy(token, next, sizeof next);
    return INB_OK;
}

void inb_oprf_short(
    const unsigned char token[INB_OPRF_BYTES], unsigned char ret_short[INB_TOKEN_BYTES]) {
    (void)crypto_generichash(ret_short, INB_TOKEN_BYTES, token, INB_OPRF_BYTES, NULL, 0);
}
