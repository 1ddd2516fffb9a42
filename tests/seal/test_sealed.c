// SPDX-License-Identifier: EUPL-1.2
// Sealing: what was sealed opens again, and nothing else does; the value is nowhere in the bytes.

#include "inb_test.h"

#include <inbeeld/keys.h>
#include <inbeeld/rng.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static inb_keys *new_keys(void) {
    char folder[] = "/tmp/inb_seal_XXXXXX";
    char path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/k", folder);
    inb_keys *keys = NULL;
    INB_OK_IS(inb_keyfile_new(path, err));
    INB_OK_IS(inb_keys_open(path, &keys, err));
    (void)unlink(path);
    (void)rmdir(folder);
    return keys;
}

static unsigned char sealed[2000];
static char plain[2000];

INB_TEST(every_length_comes_back) {
    inb_keys *keys = new_keys();
    inb_rng rng = inb_rng_make(1, 0);
    for (size_t length = 0; length < 700; length++) {
        unsigned char value[700];
        for (size_t i = 0; i < length; i++) {
            value[i] = (unsigned char)inb_rng_u32(&rng);
        }
        INB_OK_IS(inb_seal(keys, "signal-1", "name", value, length, sealed, err));
        size_t size = inb_sealed_size(length);
        ck_assert_uint_eq((size - INB_SEAL_OVERHEAD) % INB_SEAL_BLOCK, 0);
        size_t back = 0;
        INB_OK_IS(inb_unseal(keys, "signal-1", "name", sealed, size, plain, &back, err));
        ck_assert_uint_eq(back, length);
        ck_assert_int_eq(memcmp(plain, value, length), 0);
        ck_assert_int_eq(plain[length], '\0');
    }
    inb_keys_free(keys);
}
INB_END

INB_TEST(lengths_are_hidden) {
    ck_assert_uint_eq(inb_sealed_size(0), inb_sealed_size(INB_SEAL_BLOCK - 1));
    ck_assert_uint_lt(inb_sealed_size(0), inb_sealed_size(INB_SEAL_BLOCK));
}
INB_END

INB_TEST(never_the_same_and_never_readable) {
    inb_keys *keys = new_keys();
    static const char canary[] = "Kanarie-Kwetsbaar-0612345678";
    unsigned char other[2000];
    size_t size = inb_sealed_size(sizeof canary);
    INB_OK_IS(inb_seal(keys, "r", "f", canary, sizeof canary, sealed, err));
    INB_OK_IS(inb_seal(keys, "r", "f", canary, sizeof canary, other, err));
    ck_assert_int_ne(memcmp(sealed, other, size), 0);
    for (size_t i = 0; i + 4 < size; i++) {
        for (size_t j = 0; j + 4 < sizeof canary; j++) {
            ck_assert_int_ne(memcmp(sealed + i, canary + j, 4), 0);
        }
    }
    inb_keys_free(keys);
}
INB_END

// Each flipped bit, each cut, each other name and each other key is refused.
INB_TEST(nothing_else_opens) {
    inb_keys *keys = new_keys();
    inb_keys *others = new_keys();
    size_t size = inb_sealed_size(5);
    size_t back = 77;
    INB_OK_IS(inb_seal(keys, "r1", "name", "value", 5, sealed, err));
    for (size_t bit = 0; bit < size * 8; bit++) {
        sealed[bit / 8] ^= (unsigned char)(1u << bit % 8);
        INB_FAILS(inb_unseal(keys, "r1", "name", sealed, size, plain, &back, err), INB_BAD_INPUT,
            "a sealed value");
        sealed[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    for (size_t cut = 0; cut < size; cut++) {
        INB_FAILS(inb_unseal(keys, "r1", "name", sealed, cut, plain, &back, err), INB_BAD_INPUT,
            "a sealed value");
    }
    static const char *const moved[][2] = {
        {"r2", "name"}, {"r1", "phone"}, {"r1n", "ame"}, {"", "r1name"}, {"r1name", ""}};
    for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++) {
        INB_FAILS(inb_unseal(keys, moved[i][0], moved[i][1], sealed, size, plain, &back, err),
            INB_BAD_INPUT, "changed or moved");
    }
    INB_FAILS(inb_unseal(others, "r1", "name", sealed, size, plain, &back, err), INB_BAD_INPUT,
        "another one");
    ck_assert_uint_eq(back, 77); // outputs are untouched on failure
    INB_OK_IS(inb_unseal(keys, "r1", "name", sealed, size, plain, &back, err));
    ck_assert_str_eq(plain, "value");
    inb_keys_free(keys);
    inb_keys_free(others);
}
INB_END

INB_TEST(limits) {
    inb_keys *keys = new_keys();
    char name[300];
    memset(name, 'n', sizeof name);
    name[299] = '\0';
    INB_FAILS(inb_seal(keys, name, "f", "v", 1, sealed, err), INB_RANGE, "too long");
    INB_FAILS(inb_seal(keys, "r", "f", "v", INB_SEAL_MOST + 1, sealed, err), INB_TOO_LARGE,
        "cannot be sealed");
    inb_keys_free(keys);
}
INB_END

INB_TEST_MAIN("seal/sealed", every_length_comes_back, lengths_are_hidden,
    never_the_same_and_never_readable, nothing_else_opens, limits)
