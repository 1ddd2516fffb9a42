// SPDX-License-Identifier: EUPL-1.2
// Addresses: many ways to write one give one key, from a text and from columns; neighbours stay
// apart.

#include <inbeeld/normalise.h>

#include "inb_test.h"

#include <string.h>

static const char *key(const char *text) {
    static char value[INB_EXACT_SIZE];
    value[0] = '\0';
    return inb_exact_address(text, strlen(text), value) ? value : "";
}

INB_TEST(ways_to_write_one_address) {
    static const char *const ways[] = {"Kerkstraat 12-2, 1017 GA Amsterdam",
        "Kerkstraat 12 II 1017GA", "KERKSTR. 12-II, 1017ga amsterdam", "1017 GA 12 2",
        "kerkstraat 12 2hoog 1017 GA", "Kerkstraat 12/2; 1017 GA Amsterdam, Nederland",
        "Kerkstraat nr. 12 - 2, 1017 GA", "1017GA 12-2", "Kerkstraat 012-02 1017 GA AMSTERDAM"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ck_assert_msg(
            strcmp(key(ways[i]), "1017ga-12-2") == 0, "%s gives %s", ways[i], key(ways[i]));
    }
    ck_assert_str_eq(key("Kerkstraat 12, 1017 GA Amsterdam"), "1017ga-12");
    ck_assert_str_eq(key("Kerkstraat 12 huis, 1017 GA"), "1017ga-12-hs");
    ck_assert_str_eq(key("Kerkstraat 12hs, 1017 GA"), "1017ga-12-hs");
    ck_assert_str_eq(key("Kerkstraat 12 bis A, 1017 GA"), "1017ga-12-bisa");
    ck_assert_str_eq(key("Kerkstraat 12A, 1017 GA"), "1017ga-12-a");
    ck_assert_str_eq(key("2e Kerkstraat 14, 1017 GA Amsterdam"), "1017ga-14");
    ck_assert_str_eq(key("Kerkstraat 12, 3e verdieping, 1017 GA"), "1017ga-12");
}
INB_END

INB_TEST(without_a_postcode) {
    ck_assert_str_eq(key("Kerkstraat 12, Amsterdam"), "kerkstraat-12-amsterdam");
    ck_assert_str_eq(key("kerkstr. 12 Amsterdam"), "kerkstraat-12-amsterdam");
    ck_assert_str_eq(key("Kerk str 12, Amsterdam"), "kerkstraat-12-amsterdam");
    ck_assert_str_eq(
        key("Burg. Jansenln. 3, 's-Gravenhage"), key("Burgemeester Jansenln 3, Den Haag"));
    ck_assert_str_eq(key("12 High Street, Leeds"), "highstreet-12-leeds");
    ck_assert_str_eq(key("ul. Mokra 5/7, Gda\xC5\x84sk"), "mokra-5-7-gdansk");
}
INB_END

INB_TEST(what_carries_nothing) {
    static const char *const none[] = {"", " ", "Amsterdam", "Kerkstraat 12",
        "Kerkstraat, Amsterdam", "1017 GA", "onbekend", "12", "\xFF", "bij de kerk"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        ck_assert_msg(key(none[i])[0] == '\0', "%zu gives %s", i, key(none[i]));
    }
    char long_text[1000];
    memset(long_text, 'a', sizeof long_text);
    char value[INB_EXACT_SIZE];
    ck_assert(!inb_exact_address(long_text, sizeof long_text, value));
    ck_assert_str_eq(key("Kerkstraat 1, 1017 SS"), "1017ss-1"); // as made-up ones have
}
INB_END

INB_TEST(columns) {
    inb_address address;
    char value[INB_EXACT_SIZE];
    inb_address_columns("1017 GA", "Kerkstraat", "12 II", "Amsterdam", &address);
    ck_assert(inb_address_key(&address, value));
    ck_assert_str_eq(value, "1017ga-12-2");
    ck_assert_str_eq(address.street, "kerkstraat");
    ck_assert_str_eq(address.place, "amsterdam");
    inb_address_columns("1017ga", "Kerkstraat 12-2", NULL, NULL, &address);
    ck_assert(inb_address_key(&address, value));
    ck_assert_str_eq(value, "1017ga-12-2");
    inb_address_columns(NULL, "High Street", "7", "Leeds", &address);
    ck_assert(inb_address_key(&address, value));
    ck_assert_str_eq(value, "highstreet-7-leeds");
    inb_address_columns(NULL, "High Street", NULL, "Leeds", &address);
    ck_assert(!inb_address_key(&address, value));
    inb_address_columns(NULL, NULL, NULL, NULL, &address);
    ck_assert(!inb_address_key(&address, value));
    inb_address_columns("2119", "wallaby place", "7", "cleveland", &address); // a foreign postcode
    ck_assert(inb_address_key(&address, value));
    ck_assert_str_eq(value, "2119-7");
}
INB_END

INB_TEST_MAIN("3_link/address_key", ways_to_write_one_address, without_a_postcode,
    what_carries_nothing, columns)
