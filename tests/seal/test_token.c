// SPDX-License-Identifier: EUPL-1.2
// Tokens: equal for equal values of a kind under one key, and for nothing else.

#include "inb_test.h"

#include <inbeeld/keys.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static inb_keys *new_keys(void) {
    char folder[] = "/tmp/inb_token_XXXXXX";
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

static bool same(const inb_keys *a, const char *kind_a, const char *value_a, const inb_keys *b,
    const char *kind_b, const char *value_b) {
    unsigned char x[INB_TOKEN_BYTES];
    unsigned char y[INB_TOKEN_BYTES];
    inb_token(a, kind_a, value_a, strlen(value_a), x);
    inb_token(b, kind_b, value_b, strlen(value_b), y);
    return memcmp(x, y, sizeof x) == 0;
}

INB_TEST(equal_for_equal) {
    inb_keys *keys = new_keys();
    inb_keys *others = new_keys();
    ck_assert(same(keys, "phone", "31612345678", keys, "phone", "31612345678"));
    ck_assert(!same(keys, "phone", "31612345678", keys, "phone", "31612345679"));
    ck_assert(!same(keys, "phone", "12345678", keys, "kvk", "12345678"));
    ck_assert(!same(keys, "ab", "c", keys, "a", "bc"));
    ck_assert(!same(keys, "phone", "31612345678", others, "phone", "31612345678"));
    ck_assert(same(keys, "phone", "", keys, "phone", ""));
    inb_keys_free(keys);
    inb_keys_free(others);
}
INB_END

static int by_bytes(const void *a, const void *b) {
    return memcmp(a, b, INB_TOKEN_BYTES);
}

// 20,000 consecutive numbers: no two tokens equal, and each bit is set about half the time.
INB_TEST(spread) {
    inb_keys *keys = new_keys();
    enum { COUNT = 20000 };
    static unsigned char tokens[COUNT][INB_TOKEN_BYTES];
    int ones[INB_TOKEN_BYTES * 8] = {0};
    for (int i = 0; i < COUNT; i++) {
        char value[16];
        int length = snprintf(value, sizeof value, "316%08d", i);
        inb_token(keys, "phone", value, (size_t)length, tokens[i]);
        for (int bit = 0; bit < INB_TOKEN_BYTES * 8; bit++) {
            ones[bit] += tokens[i][bit / 8] >> bit % 8 & 1;
        }
    }
    for (int bit = 0; bit < INB_TOKEN_BYTES * 8; bit++) {
        ck_assert_int_gt(ones[bit], COUNT / 2 - 500); // 7 standard deviations
        ck_assert_int_lt(ones[bit], COUNT / 2 + 500);
    }
    qsort(tokens, COUNT, sizeof tokens[0], by_bytes);
    for (int i = 1; i < COUNT; i++) {
        ck_assert_int_ne(by_bytes(tokens[i - 1], tokens[i]), 0);
    }
    inb_keys_free(keys);
}
INB_END

INB_TEST_MAIN("seal/token", equal_for_equal, spread)
