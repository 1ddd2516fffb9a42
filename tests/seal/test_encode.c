// SPDX-License-Identifier: EUPL-1.2
// Whole lists encoded: tokens, noise at its rate, dummies that look like records, one seed one
// file, and rotation of an encoded list.

#include "encode_i.h"
#include "inb_sweep.h"
#include "key_help.h"

static inb_keys *keys;
static inb_keys *holder;
static char list[1 << 20];
static inb_buffer map = INB_BUFFER_INIT(1 << 22);

static void setup(size_t count) {
    keys = new_key(INB_KEY_HIT, "", NULL);
    holder = new_key(INB_KEY_HOLDER, "", NULL);
    size_t at = (size_t)snprintf(list, sizeof list, "id,given_name,surname,birth_date,phone\n");
    for (size_t i = 0; i < count; i++) {
        at += (size_t)snprintf(list + at, sizeof list - at,
            "r%zu,name%zu,family%zu,%zu-%02zu-%02zu,%s\n", i, i % 17, i % 23, 1950 + i % 50,
            1 + i % 12, 1 + i % 28,
            i % 3 == 0   ? ""
            : i % 3 == 1 ? "0612345678"
                         : "0687654321");
    }
    inb_buffer_reset(&map);
}

static void done(void) {
    inb_keys_free(keys);
    inb_keys_free(holder);
    inb_buffer_clear(&map);
}

static inb_status ask(void *context, const unsigned char *inputs, size_t count,
    unsigned char *ret_tokens, inb_error *err) {
    for (size_t i = 0; i < count; i++) {
        INB_TRY(inb_oprf_direct(context, inputs + i * INB_OPRF_INPUT_BYTES, INB_OPRF_INPUT_BYTES,
            ret_tokens + i * INB_OPRF_BYTES, err));
    }
    return INB_OK;
}

static inb_status encode(
    const inb_encode_options *options, bool tokens, inb_encoded *ret_encoded, inb_error *err) {
    INB_CLEANUP(inb_encoded_reader_freep) inb_encoded_reader *reader = NULL;
    INB_TRY(inb_encoded_reader_open_memory("l.csv", list, strlen(list), &reader, err));
    inb_encode_tokens source = {0};
    if (tokens) {
        source = (inb_encode_tokens){ask, holder, inb_keys_about(holder)};
    }
    return inb_encode(keys, reader, options, &source, ret_encoded, &map, err);
}

INB_TEST(tokens_and_ids) {
    setup(3000); // more than a batch
    inb_encoded encoded;
    inb_encode_options options = INB_ENCODE_OPTIONS_INIT;
    INB_OK_IS(encode(&options, true, &encoded, err));
    ck_assert_uint_eq(encoded.count, 3000);
    ck_assert_uint_eq(encoded.token_count, 1);
    ck_assert_str_eq(encoded.about.holder_print, inb_keys_about(holder)->fingerprint);
    ck_assert_str_eq(encoded.about.key_print, inb_keys_about(keys)->fingerprint);
    ck_assert_str_eq(inb_encoded_id(&encoded, 2999), "r2999");
    unsigned char wanted[INB_OPRF_BYTES];
    unsigned char input[INB_OPRF_INPUT_BYTES];
    inb_oprf_input(keys, "phone", "612345678", 9, input);
    INB_OK_IS(inb_oprf_direct(holder, input, sizeof input, wanted, err));
    for (size_t i = 0; i < 3000; i++) {
        const unsigned char *token = encoded.tokens + i * INB_OPRF_BYTES;
        INB_HOLDS((sodium_is_zero(token, INB_OPRF_BYTES) == 1) == (i % 3 == 0), "record %zu", i);
        INB_HOLDS((memcmp(token, wanted, sizeof wanted) == 0) == (i % 3 == 1), "record %zu", i);
    }
    // To the next key of the holder, as if encoded under it.
    inb_keys *next = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *was = holder;
    INB_FAILS(inb_encoded_rotate(&encoded, next, was, err), INB_BAD_INPUT, "another key holder");
    INB_OK_IS(inb_encoded_rotate(&encoded, was, next, err));
    holder = next;
    inb_encoded again;
    INB_OK_IS(encode(&options, true, &again, err));
    ck_assert_mem_eq(again.tokens, encoded.tokens, 3000 * INB_OPRF_BYTES);
    INB_OK_IS(inb_encoded_same(&again.about, "a", &encoded.about, "b", err));
    inb_keys_free(was);
    inb_encoded_clear(&again);
    inb_encoded_clear(&encoded);
    // Without a key holder exact identifiers stay at home.
    INB_OK_IS(encode(&options, false, &encoded, err));
    ck_assert_uint_eq(encoded.token_count, 0);
    ck_assert_uint_eq(encoded.about.exacts, 0);
    inb_encoded_clear(&encoded);
    done();
}
INB_END

INB_TEST(noise_at_its_rate) {
    setup(2000);
    inb_encoded plain;
    inb_encoded noisy;
    inb_encode_options options = INB_ENCODE_OPTIONS_INIT;
    INB_OK_IS(encode(&options, false, &plain, err));
    options.noise = 250;
    INB_OK_IS(encode(&options, false, &noisy, err));
    size_t turned = 0;
    size_t bits = 0;
    for (size_t i = 0; i < plain.count * plain.filter_bytes; i++) {
        turned += (size_t)__builtin_popcount(plain.filters[i] ^ noisy.filters[i]);
    }
    // Two of four filters hold something; the others stay blank.
    for (size_t i = 0; i < plain.count; i++) {
        const unsigned char *at = noisy.filters + i * noisy.filter_bytes;
        INB_HOLDS(sodium_is_zero(at + 128, 128) == 1, "record %zu", i);
        bits += 2 * 512;
    }
    // 2,048,000 draws: the standard error of the share is 0.0001.
    INB_NEAR_ABS((double)turned / (double)bits, 0.025, 0.0006);
    inb_encoded_clear(&noisy);
    inb_encoded_clear(&plain);
    options.noise = 2501;
    INB_FAILS(encode(&options, false, &plain, err), INB_USAGE, "at most");
    done();
}
INB_END

INB_TEST(one_seed_one_file) {
    setup(500);
    inb_encoded a;
    inb_encoded b;
    inb_encode_options options = {.groups = 3, .noise = 100, .dummies = 40, .seed = 11};
    for (int same = 0; same < 3; same++) {
        inb_buffer_reset(&map);
        options.seed = same == 2 ? 0 : 11;
        INB_OK_IS(encode(&options, true, &a, err));
        inb_buffer_reset(&map);
        options.seed = same == 1 ? 12 : options.seed;
        INB_OK_IS(encode(&options, true, &b, err));
        size_t bytes = a.count * a.filter_bytes;
        ck_assert_int_eq(memcmp(a.filters, b.filters, bytes) == 0, same == 0);
        inb_encoded_clear(&a);
        inb_encoded_clear(&b);
    }
    done();
}
INB_END

INB_TEST(dummies) {
    setup(600);
    inb_encoded encoded;
    inb_encode_options options = {.groups = 4, .dummies = 200, .seed = 3};
    INB_OK_IS(encode(&options, true, &encoded, err));
    ck_assert_uint_eq(encoded.count, 800);
    size_t rows = 0;
    size_t made_up = 0;
    const char *text = inb_buffer_get(&map);
    ck_assert_int_eq(strncmp(text, "id,was\n", 7), 0);
    for (const char *line = strchr(text, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        const char *id = inb_encoded_id(&encoded, rows);
        ck_assert_int_eq(strncmp(line, id, strlen(id)), 0);
        ck_assert_uint_eq(strlen(id), 16);
        made_up += strncmp(line + 16, ",\n", 2) == 0;
        rows++;
    }
    ck_assert_uint_eq(rows, 800);
    ck_assert_uint_eq(made_up, 200);
    // Every token is a point, and about two thirds have one, dummies too.
    size_t with = 0;
    for (size_t i = 0; i < 800; i++) {
        const unsigned char *token = encoded.tokens + i * INB_OPRF_BYTES;
        if (sodium_is_zero(token, INB_OPRF_BYTES) == 0) {
            ck_assert_int_eq(crypto_core_ristretto255_is_valid_point(token), 1);
            with++;
        }
    }
    ck_assert_uint_gt(with, 480);
    ck_assert_uint_lt(with, 590);
    inb_encoded_clear(&encoded);
    done();
}
INB_END

INB_TEST(refused_in_words) {
    setup(0);
    inb_encoded encoded;
    inb_encode_options options = INB_ENCODE_OPTIONS_INIT;
    INB_OK_IS(encode(&options, false, &encoded, err)); // no records is a list too
    ck_assert_uint_eq(encoded.count, 0);
    inb_encoded_clear(&encoded);
    snprintf(list, sizeof list, "id,name\nx,Aa Bb\nx,Cc Dd\n");
    INB_FAILS(encode(&options, false, &encoded, err), INB_BAD_INPUT, "one id");
    inb_keys *was = keys;
    keys = holder;
    INB_FAILS(encode(&options, false, &encoded, err), INB_USAGE, "expected one of kind");
    keys = was;
    done();
}
INB_END

static inb_status once(inb_error *err) {
    inb_encoded encoded = {0};
    inb_encode_options options = {.groups = 4, .dummies = 3, .noise = 10, .seed = 1};
    inb_buffer_clear(&map);
    inb_status status = encode(&options, true, &encoded, err);
    inb_encoded_clear(&encoded);
    return status;
}

INB_TEST(out_of_memory) {
    setup(30);
    INB_SWEEP(once(err));
    done();
}
INB_END

INB_TEST_MAIN("seal/encode", tokens_and_ids, noise_at_its_rate, one_seed_one_file, dummies,
    refused_in_words, out_of_memory)
