// SPDX-License-Identifier: EUPL-1.2
// Filters of a record: the same for the same, near for near, unrelated under another key, blank for
// blank, and each bit where one keyed BLAKE2b says (the slow plain version).

#include "encode_i.h"
#include "inb_sweep.h"
#include "key_help.h"

static inb_encoded_values values;

static void set(inb_encoded_field field, const char *text) {
    snprintf(values.field[field], INB_ENCODED_TEXT_MOST, "%s", text);
}

static void person(const char *given, const char *surname, const char *year, const char *month) {
    memset(&values, 0, sizeof values);
    set(INB_ENCODED_GIVEN, given);
    set(INB_ENCODED_SURNAME, surname);
    set(INB_ENCODED_YEAR, year);
    set(INB_ENCODED_MONTH, month);
}

static double dice(const unsigned char *a, const unsigned char *b, size_t bytes) {
    unsigned common = 0;
    unsigned ones = 0;
    for (size_t i = 0; i < bytes; i++) {
        common += (unsigned)__builtin_popcount(a[i] & b[i]);
        ones += (unsigned)(__builtin_popcount(a[i]) + __builtin_popcount(b[i]));
    }
    return ones == 0 ? 0 : 2.0 * common / ones;
}

static inb_encoder *new_encoder(const inb_keys *keys, unsigned groups, bool salted, bool unfolded) {
    inb_encode_options options = {.groups = groups, .salted = salted, .unfolded = unfolded};
    inb_encoder *encoder;
    INB_OK_IS(inb_encoder_new(keys, &options, &encoder, err));
    return encoder;
}

// One element's bits, straight from the definition.
static void plain_element(const inb_keys *keys, unsigned tag, unsigned salt, const char *text,
    size_t length, unsigned count, unsigned width, unsigned char *bits) {
    unsigned char message[11] = {
        (unsigned char)tag, (unsigned char)(salt >> 8), (unsigned char)salt};
    memcpy(message + 3, text, length < 7 ? length : 7);
    unsigned char hash[64];
    (void)crypto_generichash(
        hash, sizeof hash, message, sizeof message, keys->encode, sizeof keys->encode);
    for (unsigned i = 0; i < count; i++) {
        unsigned at = ((unsigned)hash[2 * i] | (unsigned)hash[2 * i + 1] << 8) % width;
        bits[at / 8] |= (unsigned char)(1 << at % 8);
    }
}

INB_TEST(as_defined) {
    inb_keys *keys = new_key(INB_KEY_COUNT, "", NULL);
    for (int salted = 0; salted < 2; salted++) {
        inb_encoder *encoder = new_encoder(keys, 4, salted != 0, false);
        ck_assert_uint_eq(inb_encoder_bytes(encoder), 4 * 64);
        person("anna", "", "1984", "03");
        unsigned char got[4 * 64];
        inb_encoder_record(encoder, &values, got);
        inb_encoder_record(encoder, &values, got); // from memory the second time
        unsigned char open[128] = {0};
        unsigned salt = salted != 0 ? 1984 : 0;
        static const char *const pairs[] = {"_a", "an", "nn", "na", "a_"};
        for (size_t i = 0; i < 5; i++) {
            plain_element(keys, 4 * INB_ENCODED_GIVEN, salt, pairs[i], 2,
                inb_i_field_weights[INB_ENCODED_GIVEN].pair, 1024, open);
        }
        plain_element(keys, 4 * INB_ENCODED_MONTH + 1, salt, "03", 2,
            inb_i_field_weights[INB_ENCODED_MONTH].whole, 1024, open);
        for (size_t b = 0; b < 64; b++) {
            INB_HOLDS(got[b] == (open[b] ^ open[64 + b]), "byte %zu, salted %d", b, salted);
        }
        ck_assert(sodium_is_zero(got + 2 * 64, 128)); // no address: blank filters
        inb_encoder_free(encoder);
    }
    inb_keys_free(keys);
}
INB_END

INB_TEST(near_for_near) {
    inb_keys *keys = new_key(INB_KEY_HIT, "", NULL);
    inb_keys *other = new_key(INB_KEY_HIT, "", NULL);
    static const unsigned layouts[] = {1, 3, 4, 5};
    for (size_t l = 0; l < 4; l++) {
        inb_encoder *encoder = new_encoder(keys, layouts[l], false, false);
        inb_encoder *foreign = new_encoder(other, layouts[l], false, false);
        size_t bytes = inb_encoder_bytes(encoder) / layouts[l];
        unsigned char a[5 * 128];
        unsigned char b[5 * 128];
        unsigned char c[5 * 128];
        unsigned char d[5 * 128];
        person("karolina", "kowalska", "1984", "03");
        inb_encoder_record(encoder, &values, a);
        inb_encoder_record(foreign, &values, d);
        person("karolyna", "kowalska", "1984", "03");
        inb_encoder_record(encoder, &values, b);
        person("thomas", "jansen", "1961", "11");
        inb_encoder_record(encoder, &values, c);
        ck_assert(dice(a, a, bytes) == 1.0);
        ck_assert_double_gt(dice(a, b, bytes), 0.65);
        ck_assert_double_lt(dice(a, b, bytes), 1.0);
        ck_assert_double_lt(dice(a, c, bytes), 0.5);
        ck_assert_double_lt(dice(a, d, bytes), 0.5);
        inb_encoder_free(encoder);
        inb_encoder_free(foreign);
    }
    inb_keys_free(other);
    inb_keys_free(keys);
}
INB_END

// With the year as a salt a wrong year leaves nothing of a name.
INB_TEST(a_salt_loses_a_wrong_year) {
    inb_keys *keys = new_key(INB_KEY_HIT, "", NULL);
    for (int salted = 0; salted < 2; salted++) {
        inb_encoder *encoder = new_encoder(keys, 5, salted != 0, false);
        unsigned char a[5 * 64];
        unsigned char b[5 * 64];
        person("karolina", "kowalska", "1984", "03");
        inb_encoder_record(encoder, &values, a);
        person("karolina", "kowalska", "1985", "03");
        inb_encoder_record(encoder, &values, b);
        ck_assert_int_eq(dice(a, b, 64) == 1.0, salted == 0);
        ck_assert_int_eq(dice(a, b, 64) < 0.5, salted != 0);
        inb_encoder_free(encoder);
    }
    inb_keys_free(keys);
}
INB_END

INB_TEST(which_keys) {
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", holder);
    inb_encode_options options = INB_ENCODE_OPTIONS_INIT;
    inb_encoder *encoder;
    INB_FAILS(inb_encoder_new(holder, &options, &encoder, err), INB_USAGE, "expected one of kind");
    INB_FAILS(inb_encoder_new(client, &options, &encoder, err), INB_USAGE, "expected one of kind");
    options.groups = 2;
    inb_keys *hit = new_key(INB_KEY_HIT, "", NULL);
    INB_FAILS(inb_encoder_new(hit, &options, &encoder, err), INB_USAGE, "1, 3, 4 or 5");
    inb_keys_free(hit);
    inb_keys_free(client);
    inb_keys_free(holder);
}
INB_END

static inb_keys *swept;

static inb_status once(inb_error *err) {
    inb_encode_options options = INB_ENCODE_OPTIONS_INIT;
    INB_CLEANUP(inb_encoder_freep) inb_encoder *encoder = NULL;
    return inb_encoder_new(swept, &options, &encoder, err);
}

INB_TEST(out_of_memory) {
    swept = new_key(INB_KEY_HIT, "", NULL);
    INB_SWEEP(once(err));
    inb_keys_free(swept);
}
INB_END

INB_TEST_MAIN("seal/encode_filter", as_defined, near_for_near, a_salt_loses_a_wrong_year,
    which_keys, out_of_memory)
