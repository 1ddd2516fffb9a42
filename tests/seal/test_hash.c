// SPDX-License-Identifier: EUPL-1.2
// The hash without a key: BLAKE2b-256 as Python's hashlib gives it, and of the shape that the store
// wants.

#include "inb_test.h"

#include <inbeeld/keys.h>
#include <inbeeld/store.h>

#include <stdio.h>
#include <string.h>

static void is_hash(const void *data, size_t length, const char *wanted) {
    unsigned char hash[INB_HASH_BYTES];
    inb_hash(data, length, hash);
    char text[2 * INB_HASH_BYTES + 1];
    for (size_t i = 0; i < INB_HASH_BYTES; i++) {
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    }
    ck_assert_str_eq(text, wanted);
}

// hashlib.blake2b(m, digest_size=32).hexdigest()
INB_TEST(known_values) {
    is_hash("", 0, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    is_hash("abc", 3, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    unsigned char long_one[513]; // 0..255 twice, then 'x'
    for (size_t i = 0; i < sizeof long_one; i++) {
        long_one[i] = (unsigned char)i;
    }
    long_one[512] = 'x';
    is_hash(long_one, sizeof long_one,
        "52fde97e5b78a95fde3d3f1c39b9cb798927e3568418aef1f5c596eea0b082f0");
}
INB_END

INB_TEST(as_the_store_wants_it) {
    inb_store_hash hash = inb_hash;
    ck_assert_int_eq(INB_HASH_BYTES, INB_STORE_HASH_BYTES);
    unsigned char same[INB_HASH_BYTES];
    hash("abc", 3, same);
    unsigned char other[INB_HASH_BYTES];
    hash("abd", 3, other);
    ck_assert_int_ne(memcmp(same, other, sizeof same), 0);
}
INB_END

INB_TEST_MAIN("seal/hash", known_values, as_the_store_wants_it)
