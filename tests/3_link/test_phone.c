// SPDX-License-Identifier: EUPL-1.2
// Phone numbers: every way to write one gives one key, fillers give none, and the answer does not
// change when blanks, dashes and points are put anywhere between the digits.

#include <inbeeld/normalise.h>
#include <inbeeld/rng.h>

#include "inb_test.h"

#include <string.h>

static const char *key(const char *text) {
    static char value[INB_EXACT_SIZE];
    memcpy(value, "unchanged", 10);
    return inb_exact_phone(text, strlen(text), value) ? value
           : strcmp(value, "unchanged") == 0          ? ""
                                                      : "changed";
}

static const char *e164(const char *text) {
    static char value[INB_EXACT_SIZE];
    return inb_phone_e164(text, strlen(text), value) ? value : "";
}

INB_TEST(one_number_many_ways) {
    static const char *const ways[] = {"0612345678", "06-12345678", "06 12 34 56 78",
        "+31612345678", "+31 (0)6 12345678", "0031612345678", "0031 6 1234 5678", "31612345678",
        "612345678", "tel: 06.1234.5678", "(06) 12345678", "+31(6)12345678", "06/12345678",
        "06-12345678 / 020-7654321", "0612345678 of 0207654321", "06-12345678 ext 12",
        "\xD9\xA0\xD9\xA6\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5\xD9\xA6\xD9\xA7\xD9\xA8", // ٠٦…
        ("\xEF\xBC\x8B"
         "31612345678")};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ck_assert_msg(strcmp(key(ways[i]), "612345678") == 0, "%s gives %s", ways[i], key(ways[i]));
    }
    for (size_t i = 0; i < 15; i++) {
        ck_assert_msg(
            strcmp(e164(ways[i]), "+31612345678") == 0, "%s gives %s", ways[i], e164(ways[i]));
    }
}
INB_END

INB_TEST(numbers_of_other_countries) {
    ck_assert_str_eq(key("+380 67 123 45 67"), "671234567"); // Ukraine
    ck_assert_str_eq(key("067 123 45 67"), "671234567");
    ck_assert_str_eq(e164("+380 67 123 45 67"), "+380671234567");
    ck_assert_str_eq(key("+48 601 234 568"), "601234568"); // Poland, no trunk zero
    ck_assert_str_eq(key("601234568"), "601234568");
    ck_assert_str_eq(key("+32 2 123 45 67"), "21234567"); // Belgium, eight digits
    ck_assert_str_eq(key("02 123 45 67"), "21234567");
    ck_assert_str_eq(key("+49 151 23456789"), "123456789"); // the last nine of eleven
    ck_assert_str_eq(key("0151 23456789"), "123456789");
    ck_assert_str_eq(e164("+1 (212) 555-0134"), "+12125550134");
    ck_assert_str_eq(e164("0151 23456789"), "");            // country not told, not nine digits
    ck_assert_str_eq(e164("+291 7 123456"), "+2917123456"); // Eritrea, seven digits
    ck_assert_str_eq(key("+291 7 123456"), "7123456");
    ck_assert_str_eq(e164("+355 69 123 4567"), "+355691234567");
}
INB_END

INB_TEST(what_carries_nothing) {
    static const char *const none[] = {"", " ", "112", "0900-8844", "onbekend", "0000000000",
        "06-66666666", "+31", "+", "0", "00", "06", "123456", "n.v.t.", "\xFF\xFE", "()",
        "+31 (0)"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        bool short_one = strcmp(none[i], "0900-8844") == 0; // seven digits: kept
        ck_assert_msg((key(none[i])[0] != '\0') == short_one, "%zu gives %s", i, key(none[i]));
    }
    ck_assert_str_eq(key("0900-8844"), "9008844");
    ck_assert_str_eq(key("1234567890123456789012345678901234567890"), "");
}
INB_END

INB_TEST(separators_anywhere) {
    inb_rng rng = inb_rng_make(3, 0);
    for (int round = 0; round < 5000; round++) {
        char digits[10];
        digits[0] = (char)('1' + inb_rng_below(&rng, 9));
        for (int i = 1; i < 9; i++) {
            digits[i] = (char)('0' + inb_rng_below(&rng, 10));
        }
        digits[9] = '\0';
        static const char *const starts[] = {"0", "+31", "0031", "+31 (0)", "+31-", ""};
        char text[64];
        size_t at = 0;
        const char *start = starts[inb_rng_below(&rng, 6)];
        memcpy(text, start, strlen(start));
        at = strlen(start);
        for (int i = 0; i < 9; i++) {
            text[at++] = digits[i];
            static const char marks[] = " -.";
            for (uint32_t many = inb_rng_below(&rng, 3); many > 0; many--) {
                text[at++] = marks[inb_rng_below(&rng, 3)];
            }
        }
        text[at] = '\0';
        ck_assert_msg(strcmp(key(text), digits) == 0, "round %d", round);
    }
}
INB_END

INB_TEST_MAIN("3_link/phone", one_number_many_ways, numbers_of_other_countries,
    what_carries_nothing, separators_anywhere)
