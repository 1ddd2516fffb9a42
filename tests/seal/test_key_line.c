// SPDX-License-Identifier: EUPL-1.2
// The line of a key file: both formats against lines computed in Python (hashlib, base64), and no
// damage that goes unnoticed.

#include "inb_test.h"

#include "keys_i.h"

#include <string.h>

// Master key 00 01 … 1f; checks by hashlib.blake2b(…, digest_size=16).
static const char line_1[] =
    "inbeeld-key 1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 Tm-D_2HCxrqCZSE-p30VgA\n";
static const char line_2[] = "inbeeld-key 2 count 3 2026-11-24 study-7 "
                             "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 stAfB619GkJALkQ2hfbOSw\n";

static struct inb_i_key_content content;

static void is_counting(const unsigned char *master) {
    for (size_t i = 0; i < INB_I_MASTER_BYTES; i++) {
        ck_assert_uint_eq(master[i], i);
    }
}

INB_TEST(first_format) {
    INB_OK_IS(inb_i_key_line_parse(line_1, "k", &content, err));
    is_counting(content.master);
    ck_assert_int_eq(content.about.kind, INB_KEY_TEAM);
    ck_assert_int_eq(content.about.made.year, 0);
    char line[INB_I_KEY_LINE_MOST];
    ck_assert_uint_eq(inb_i_key_line_make(&content, line), strlen(line_1));
    ck_assert_str_eq(line, line_1);
}
INB_END

INB_TEST(second_format) {
    INB_OK_IS(inb_i_key_line_parse(line_2, "k", &content, err));
    is_counting(content.master);
    ck_assert_int_eq(content.about.kind, INB_KEY_COUNT);
    ck_assert_uint_eq(content.about.version, 3);
    ck_assert_str_eq(content.about.name, "study-7");
    ck_assert_int_eq(content.about.made.day, 24);
    char line[INB_I_KEY_LINE_MOST];
    ck_assert_uint_eq(inb_i_key_line_make(&content, line), strlen(line_2));
    ck_assert_str_eq(line, line_2);
}
INB_END

// Every character changed to each of some others, and every cut: a line is itself or nothing.
INB_TEST(no_damage_unnoticed) {
    static const char others[] = {'A', 'B', 'c', '1', '2', ' ', '-', '\n', '\0', '\x80'};
    const char *const lines[] = {line_1, line_2};
    for (size_t l = 0; l < 2; l++) {
        size_t length = strlen(lines[l]);
        for (size_t i = 0; i < length; i++) {
            for (size_t o = 0; o < sizeof others; o++) {
                char damaged[INB_I_KEY_LINE_MOST];
                memcpy(damaged, lines[l], length + 1);
                if (damaged[i] == others[o]) {
                    continue;
                }
                damaged[i] = others[o];
                INB_FAILS(inb_i_key_line_parse(damaged, "k", &content, err), INB_BAD_INPUT,
                    "k:1:1: found");
            }
        }
    }
    INB_FAILS(inb_i_key_line_parse("", "k", &content, err), INB_BAD_INPUT, "k:1:1");
    INB_FAILS(inb_i_key_line_parse("\n", "k", &content, err), INB_BAD_INPUT, "k:1:1");
}
INB_END

// The longest there can be fits: a client with a name of forty.
INB_TEST(longest) {
    memset(&content, 0, sizeof content);
    content.about =
        (inb_key_about){.kind = INB_KEY_CLIENT, .version = UINT32_MAX, .made = {9999, 12, 31}};
    memset(content.about.name, 'n', INB_KEY_NAME_MOST);
    memset(content.master, 0xff, sizeof content.master);
    memset(content.public, 0xaa, sizeof content.public);
    char line[INB_I_KEY_LINE_MOST];
    ck_assert_uint_lt(inb_i_key_line_make(&content, line), sizeof line - 1);
    static struct inb_i_key_content back;
    INB_OK_IS(inb_i_key_line_parse(line, "k", &back, err));
    ck_assert_mem_eq(back.public, content.public, sizeof back.public);
    ck_assert_str_eq(back.about.name, content.about.name);
    ck_assert_uint_eq(back.about.version, UINT32_MAX);
}
INB_END

INB_TEST_MAIN("seal/key_line", first_format, second_format, no_damage_unnoticed, longest)
