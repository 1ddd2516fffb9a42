// SPDX-License-Identifier: EUPL-1.2
// Anchors written are read as they were; every damaged byte of the form is told with its line.

#include "cli/cli.h"

#include "inb_test.h"

#include <stdio.h>
#include <string.h>

INB_TEST(there_and_back) {
    inb_buffer text = INB_BUFFER_INIT(65536);
    inb_log_anchor one = {.sequence = 1};
    inb_log_anchor two = {.sequence = INT64_MAX};
    for (size_t i = 0; i < INB_STORE_HASH_BYTES; i++) {
        one.hash[i] = (unsigned char)(i * 9);
        two.hash[i] = (unsigned char)(255 - i);
    }
    inb_anchor_head(&text);
    inb_anchor_write(&text, "main", &one);
    inb_anchor_write(&text, "serve-2", &two);
    size_t at = 0;
    size_t line = 0;
    bool found = false;
    inb_anchor got;
    INB_OK_IS(inb_anchor_next("f", text.data, text.length, &at, &line, &got, &found, err));
    ck_assert(found && got.anchor.sequence == 1 && line == 2);
    ck_assert_str_eq(got.chain, "main");
    ck_assert_int_eq(memcmp(got.anchor.hash, one.hash, sizeof one.hash), 0);
    INB_OK_IS(inb_anchor_next("f", text.data, text.length, &at, &line, &got, &found, err));
    ck_assert(found && got.anchor.sequence == INT64_MAX);
    ck_assert_str_eq(got.chain, "serve-2");
    INB_OK_IS(inb_anchor_next("f", text.data, text.length, &at, &line, &got, &found, err));
    ck_assert(!found);
    inb_buffer_clear(&text);
}
INB_END

static inb_status read_all(const char *text, size_t length, inb_error *err) {
    size_t at = 0;
    size_t line = 0;
    inb_anchor got;
    for (bool found = true; found;) {
        INB_TRY(inb_anchor_next("f", text, length, &at, &line, &got, &found, err));
    }
    return INB_OK;
}

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

INB_TEST(damaged) {
    static const char *const wrong[] = {"main 1 " HASH, "main 1 " HASH "0\n", "main 1\n", "\n",
        "main -1 " HASH "\n", "main x " HASH "\n", "ma,n 1 " HASH "\n", " 1 " HASH "\n",
        "main 1 0011223344556677889 abbccddeeff00112233445566778899aabbccddeeff\n",
        "a234567890123456789012345678901234567890123456789012345678901234567890 1 " HASH "\n"};
    char text[512];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int length = snprintf(text, sizeof text, "inbeeld-anchor 1\nmain 1 %s\n%s", HASH, wrong[i]);
        INB_FAILS(
            read_all(text, (size_t)length, err), INB_BAD_INPUT, "f:3:1: found a damaged line");
    }
    INB_FAILS(read_all("x", 1, err), INB_BAD_INPUT, "f:1:1: found something else");
    INB_FAILS(read_all("", 0, err), INB_BAD_INPUT, "f:1:1: found something else");
    INB_OK_IS(read_all("inbeeld-anchor 1\n", 17, err));
}
INB_END

INB_TEST_MAIN("cli/anchor_file", there_and_back, damaged)
