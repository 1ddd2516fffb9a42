// SPDX-License-Identifier: EUPL-1.2
// The oblivious function against the test vectors of RFC 9497 (A.1.2, ristretto255-SHA512, mode
// VOPRF), and its properties: blinds fall out, proofs bind, exponents rotate, keys keep apart.

#include "inb_sweep.h"
#include "key_help.h"
#include "oprf_i.h"

static void from_hex(const char *hex, unsigned char *ret_bytes, size_t length) {
    size_t got;
    ck_assert_int_eq(sodium_hex2bin(ret_bytes, length, hex, strlen(hex), NULL, &got, NULL), 0);
    ck_assert_uint_eq(got, length);
}

static void is_hex(const unsigned char *bytes, size_t length, const char *hex) {
    char text[2 * INB_OPRF_PROOF_BYTES + 1];
    ck_assert_str_eq(sodium_bin2hex(text, sizeof text, bytes, length), hex);
}

static const char secret_hex[] = "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909";
static const char public_hex[] = "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e";
static const char *const blind_hex[2] = {
    "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706",
    "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e"};

struct vector {
    size_t first; // of the two inputs, 00 and 5a * 17
    size_t count;
    const char *blinded[2];
    const char *evaluated[2];
    const char *random;
    const char *proof;
};

static const struct vector vectors[] = {
    {0, 1, {"863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945", NULL},
        {"aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e", NULL},
        "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
        "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd06"
        "6d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d"},
    {1, 1, {"cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c", NULL},
        {"60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468", NULL},
        "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
        "401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a"
        "67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02"},
    {0, 2,
        {"863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
            "90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654"},
        {"aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
            "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a"},
        "419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c",
        "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a"
        "5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08"},
};

INB_TEST(rfc_9497) {
    static const unsigned char inputs[2][17] = {
        {0}, {0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a,
                 0x5a, 0x5a, 0x5a}};
    static const size_t lengths[2] = {1, 17};
    unsigned char scalar[INB_OPRF_BYTES];
    unsigned char public[INB_OPRF_BYTES];
    from_hex(secret_hex, scalar, sizeof scalar);
    ck_assert_int_eq(crypto_scalarmult_ristretto255_base(public, scalar), 0);
    is_hex(public, sizeof public, public_hex);
    for (size_t v = 0; v < sizeof vectors / sizeof vectors[0]; v++) {
        const struct vector *vector = &vectors[v];
        unsigned char blinded[2 * INB_OPRF_BYTES];
        unsigned char evaluated[2 * INB_OPRF_BYTES];
        unsigned char proof[INB_OPRF_PROOF_BYTES];
        unsigned char random[INB_OPRF_BYTES];
        from_hex(vector->random, random, sizeof random);
        for (size_t i = 0; i < vector->count; i++) {
            unsigned char blind[INB_OPRF_BYTES];
            size_t which = vector->first + i;
            from_hex(blind_hex[i], blind, sizeof blind);
            ck_assert(inb_i_oprf_blind_with(
                inputs[which], lengths[which], blind, blinded + i * INB_OPRF_BYTES));
            is_hex(blinded + i * INB_OPRF_BYTES, INB_OPRF_BYTES, vector->blinded[i]);
        }
        ck_assert(inb_i_oprf_evaluate_with(
            scalar, public, blinded, vector->count, random, evaluated, proof));
        for (size_t i = 0; i < vector->count; i++) {
            is_hex(evaluated + i * INB_OPRF_BYTES, INB_OPRF_BYTES, vector->evaluated[i]);
        }
        is_hex(proof, sizeof proof, vector->proof);
        ck_assert(inb_i_oprf_proof_holds(public, blinded, evaluated, vector->count, proof));
    }
}
INB_END

enum { BATCH = 5 };

struct batch {
    unsigned char inputs[BATCH][INB_OPRF_INPUT_BYTES];
    unsigned char blinds[BATCH * INB_OPRF_BYTES];
    unsigned char blinded[BATCH * INB_OPRF_BYTES];
    unsigned char evaluated[BATCH * INB_OPRF_BYTES];
    unsigned char tokens[BATCH * INB_OPRF_BYTES];
    unsigned char proof[INB_OPRF_PROOF_BYTES];
};

static void ask(const inb_keys *members, const inb_keys *holder, struct batch *batch) {
    for (size_t i = 0; i < BATCH; i++) {
        char value[16];
        int length = snprintf(value, sizeof value, "3161234567%zu", i);
        inb_oprf_input(members, "phone", value, (size_t)length, batch->inputs[i]);
        INB_OK_IS(inb_oprf_blind(batch->inputs[i], INB_OPRF_INPUT_BYTES,
            batch->blinds + i * INB_OPRF_BYTES, batch->blinded + i * INB_OPRF_BYTES, err));
    }
    INB_OK_IS(
        inb_oprf_evaluate(holder, batch->blinded, BATCH, batch->evaluated, batch->proof, err));
}

static inb_status unblind(const inb_keys *client, struct batch *batch, inb_error *err) {
    return inb_oprf_unblind(client, batch->blinds, batch->blinded, batch->evaluated, BATCH,
        batch->proof, batch->tokens, err);
}

// The blinds fall out: two askings of one value differ in all that is seen and give one token.
INB_TEST(blinds_fall_out) {
    inb_keys *members = new_key(INB_KEY_HIT, "", NULL);
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", holder);
    struct batch first;
    struct batch second;
    ask(members, holder, &first);
    ask(members, holder, &second);
    INB_OK_IS(unblind(client, &first, err));
    INB_OK_IS(unblind(client, &second, err));
    ck_assert_mem_eq(first.tokens, second.tokens, sizeof first.tokens);
    for (size_t i = 0; i < BATCH; i++) {
        unsigned char direct[INB_OPRF_BYTES];
        INB_OK_IS(inb_oprf_direct(holder, first.inputs[i], INB_OPRF_INPUT_BYTES, direct, err));
        ck_assert_mem_eq(direct, first.tokens + i * INB_OPRF_BYTES, sizeof direct);
        for (size_t j = 0; j < BATCH; j++) {
            ck_assert_mem_ne(first.blinded + i * INB_OPRF_BYTES,
                second.blinded + j * INB_OPRF_BYTES, INB_OPRF_BYTES);
            ck_assert_int_eq(memcmp(first.tokens + i * INB_OPRF_BYTES,
                                 first.tokens + j * INB_OPRF_BYTES, INB_OPRF_BYTES) == 0,
                i == j);
        }
    }
    inb_keys_free(client);
    inb_keys_free(holder);
    inb_keys_free(members);
}
INB_END

INB_TEST(proofs_bind) {
    inb_keys *members = new_key(INB_KEY_HIT, "", NULL);
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *other = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", holder);
    struct batch good;
    ask(members, holder, &good);
    struct batch batch = good;
    // Another exponent, with a proof of its own.
    INB_OK_IS(inb_oprf_evaluate(other, batch.blinded, BATCH, batch.evaluated, batch.proof, err));
    INB_FAILS(unblind(client, &batch, err), INB_BAD_INPUT, "does not come from the key holder");
    // One point of another exponent among good ones; two points that changed places.
    batch = good;
    unsigned char proof[INB_OPRF_PROOF_BYTES];
    INB_OK_IS(inb_oprf_evaluate(other, good.blinded + 2 * INB_OPRF_BYTES, 1,
        batch.evaluated + 2 * INB_OPRF_BYTES, proof, err));
    INB_FAILS(unblind(client, &batch, err), INB_BAD_INPUT, "does not come from the key holder");
    batch = good;
    memcpy(batch.evaluated, good.evaluated + INB_OPRF_BYTES, INB_OPRF_BYTES);
    memcpy(batch.evaluated + INB_OPRF_BYTES, good.evaluated, INB_OPRF_BYTES);
    INB_FAILS(unblind(client, &batch, err), INB_BAD_INPUT, "does not come from the key holder");
    for (size_t i = 0; i < INB_OPRF_PROOF_BYTES; i++) {
        batch = good;
        batch.proof[i] ^= i % 32 == 31 ? 0x80 : 1;
        INB_FAILS(unblind(client, &batch, err), INB_BAD_INPUT, "does not come from the key holder");
    }
    INB_OK_IS(unblind(client, &good, err));
    inb_keys_free(client);
    inb_keys_free(other);
    inb_keys_free(holder);
    inb_keys_free(members);
}
INB_END

// Neither the members' key nor the holder's alone decides a token.
INB_TEST(both_keys_count) {
    inb_keys *hit = new_key(INB_KEY_HIT, "", NULL);
    inb_keys *count = new_key(INB_KEY_COUNT, "", NULL);
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *other = new_key(INB_KEY_HOLDER, "", NULL);
    const inb_keys *const members[4] = {hit, count, hit, hit};
    const inb_keys *const holders[4] = {holder, holder, other, holder};
    const char *const kinds[4] = {"phone", "phone", "phone", "kvk"};
    unsigned char tokens[4][INB_OPRF_BYTES];
    for (size_t i = 0; i < 4; i++) {
        unsigned char input[INB_OPRF_INPUT_BYTES];
        inb_oprf_input(members[i], kinds[i], "12345678", 8, input);
        INB_OK_IS(inb_oprf_direct(holders[i], input, sizeof input, tokens[i], err));
        for (size_t j = 0; j < i; j++) {
            ck_assert_mem_ne(tokens[i], tokens[j], INB_OPRF_BYTES);
        }
    }
    unsigned char a[INB_TOKEN_BYTES];
    unsigned char b[INB_TOKEN_BYTES];
    inb_oprf_short(tokens[0], a);
    inb_oprf_short(tokens[1], b);
    ck_assert_mem_ne(a, b, sizeof a);
    inb_keys_free(other);
    inb_keys_free(holder);
    inb_keys_free(count);
    inb_keys_free(hit);
}
INB_END

// A rotated token is the one that the new key would have given; there and back is where it was.
INB_TEST(rotation) {
    inb_keys *members = new_key(INB_KEY_HIT, "", NULL);
    inb_keys *from = new_key(INB_KEY_HOLDER, "2026", NULL);
    inb_keys *to = new_key(INB_KEY_HOLDER, "2027", NULL);
    unsigned char there[INB_OPRF_BYTES];
    unsigned char back[INB_OPRF_BYTES];
    INB_OK_IS(inb_oprf_rotation(from, to, there, err));
    INB_OK_IS(inb_oprf_rotation(to, from, back, err));
    for (int i = 0; i < 20; i++) {
        unsigned char input[INB_OPRF_INPUT_BYTES];
        unsigned char old[INB_OPRF_BYTES];
        unsigned char new[INB_OPRF_BYTES];
        unsigned char token[INB_OPRF_BYTES];
        inb_oprf_input(members, "phone", &i, sizeof i, input);
        INB_OK_IS(inb_oprf_direct(from, input, sizeof input, old, err));
        INB_OK_IS(inb_oprf_direct(to, input, sizeof input, new, err));
        memcpy(token, old, sizeof token);
        INB_OK_IS(inb_oprf_rotate(there, token, err));
        ck_assert_mem_eq(token, new, sizeof token);
        INB_OK_IS(inb_oprf_rotate(back, token, err));
        ck_assert_mem_eq(token, old, sizeof token);
    }
    unsigned char odd[INB_OPRF_BYTES];
    memset(odd, 0xff, sizeof odd);
    INB_FAILS(inb_oprf_rotate(there, odd, err), INB_BAD_INPUT, "no token");
    INB_FAILS(inb_oprf_rotation(members, to, back, err), INB_USAGE, "key holder's key");
    inb_keys_free(to);
    inb_keys_free(from);
    inb_keys_free(members);
}
INB_END

INB_TEST(refused_in_words) {
    inb_keys *members = new_key(INB_KEY_HIT, "", NULL);
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    struct batch batch;
    ask(members, holder, &batch);
    unsigned char points[2 * INB_OPRF_BYTES] = {0}; // the neutral element
    unsigned char out[2 * INB_OPRF_BYTES];
    INB_FAILS(inb_oprf_evaluate(holder, points, 1, out, batch.proof, err), INB_BAD_INPUT,
        "no blinded point");
    memset(points, 0xff, INB_OPRF_BYTES); // no point at all
    INB_FAILS(inb_oprf_evaluate(holder, points, 1, out, batch.proof, err), INB_BAD_INPUT,
        "no blinded point");
    INB_FAILS(
        inb_oprf_evaluate(holder, points, 0, out, batch.proof, err), INB_RANGE, "expected 1 to");
    INB_FAILS(inb_oprf_evaluate(holder, points, INB_OPRF_BATCH_MOST + 1, out, batch.proof, err),
        INB_RANGE, "expected 1 to");
    INB_FAILS(inb_oprf_evaluate(members, batch.blinded, 1, out, batch.proof, err), INB_USAGE,
        "only a key holder's");
    INB_FAILS(unblind(members, &batch, err), INB_USAGE, "client's key");
    INB_FAILS(inb_oprf_direct(members, "a", 1, out, err), INB_USAGE, "only a key holder's");
    inb_keys_free(holder);
    inb_keys_free(members);
}
INB_END

static inb_keys *sweep_holder;
static struct batch sweep_batch;

static inb_status evaluate_once(inb_error *err) {
    return inb_oprf_evaluate(
        sweep_holder, sweep_batch.blinded, BATCH, sweep_batch.evaluated, sweep_batch.proof, err);
}

INB_TEST(out_of_memory) {
    inb_keys *members = new_key(INB_KEY_HIT, "", NULL);
    sweep_holder = new_key(INB_KEY_HOLDER, "", NULL);
    ask(members, sweep_holder, &sweep_batch);
    INB_SWEEP(evaluate_once(err));
    inb_keys_free(sweep_holder);
    inb_keys_free(members);
}
INB_END

INB_TEST_MAIN("seal/oprf", rfc_9497, blinds_fall_out, proofs_bind, both_keys_count, rotation,
    refused_in_words, out_of_memory)
