// SPDX-License-Identifier: EUPL-1.2
// Plain forms of values: what counts as the same, and dates as they stand.

#include "inb_test.h"
#include "plain_form.h"

#include <string.h>

static const char *plain(enum inb_feature feature, const char *text) {
    static char out[INB_PLAIN_MOST + 1];
    out[inb_plain_value(feature, text, strlen(text), out)] = '\0';
    return out;
}

INB_TEST(case_accents_and_marks_do_not_count) {
    ck_assert_str_eq(plain(INB_GIVEN, "  Jos\xC3\xA9-Mar\xC3\xAD"
                                      "a "),
        "jose maria");
    ck_assert_str_eq(plain(INB_SURNAME, "O'Neill"), "oneill");
    ck_assert_str_eq(plain(INB_SURNAME, "Stra\xC3\x9F"
                                        "er"),
        "strasser");
    ck_assert_str_eq(plain(INB_SURNAME, "\xC5\x81ukasz"), "lukasz");
    ck_assert_str_eq(
        plain(INB_SURNAME, "\xD0\x9A\xD0\xBE\xD0\xB2\xD0\xB0\xD0\xBB\xD1\x8C\xD1\x87\xD1\x83"
                           "\xD0\xBA"),
        "kovalchuk");
    ck_assert_str_eq(plain(INB_SURNAME, "van den Berg"), "berg");
    ck_assert_str_eq(plain(INB_SURNAME, "De"), "de");
    ck_assert_str_eq(plain(INB_POSTCODE, "1234 ab"), "1234ab");
    ck_assert_str_eq(plain(INB_PHONE, "+31 6 1234 5678"), "612345678");
    ck_assert_str_eq(plain(INB_PHONE, "06-12345678"), "612345678");
    ck_assert_str_eq(plain(INB_PHONE, "123"), "");
    ck_assert_str_eq(plain(INB_EMAIL, " A.B@Example.org"), "a.b@example.org");
    ck_assert_str_eq(plain(INB_SEX, "Vrouw"), "f");
    ck_assert_str_eq(plain(INB_SEX, "onbekend"), "");
    ck_assert_str_eq(plain(INB_GIVEN, "-"), "");
    ck_assert_str_eq(plain(INB_GIVEN, "\xFF\xFE"), "");
}
INB_END

INB_TEST(values_of_this_field) {
    ck_assert_str_eq(plain(INB_SURNAME, "Ковальчук"), "kovalchuk");
    ck_assert_str_eq(plain(INB_GIVEN, "ተስፋይ"), "tesfay");
    ck_assert_str_eq(plain(INB_SURNAME, "الأسد"), "asd");
    ck_assert_str_eq(plain(INB_PHONE, "+31 (0)6 12345678"), "612345678");
    ck_assert_str_eq(plain(INB_PHONE, "06-66666666"), ""); // a filler
    ck_assert_str_eq(plain(INB_PHONE, "123456"), "123456");
    ck_assert_str_eq(plain(INB_HOUSE, "12 II"), "12-2");
    ck_assert_str_eq(plain(INB_HOUSE, "12-2"), "12-2");
    ck_assert_str_eq(plain(INB_HOUSE, "12a"), "12-a");
    ck_assert_str_eq(plain(INB_HOUSE, "12"), "12");
    ck_assert_str_eq(plain(INB_HOUSE, "a"), "a");
    ck_assert_str_eq(plain(INB_KVK, "1234567"), "01234567");
    ck_assert_str_eq(plain(INB_KVK, "12345"), "12345");
    ck_assert_str_eq(plain(INB_ORGANISATION, "Flex-Werk B.V."), "flex werk");
    ck_assert_str_eq(plain(INB_ORGANISATION, "B.V."), "b v");
}
INB_END

static void parts_of(const char *text, unsigned year, unsigned month, unsigned day) {
    unsigned parts[3] = {9, 9, 9};
    ck_assert_msg(inb_plain_date(text, strlen(text), parts), "%s", text);
    ck_assert_uint_eq(parts[0], year);
    ck_assert_uint_eq(parts[1], month);
    ck_assert_uint_eq(parts[2], day);
}

INB_TEST(dates_as_they_stand) {
    parts_of("2001-02-03", 2001, 2, 3);
    parts_of("20010203", 2001, 2, 3);
    parts_of("19991399", 1999, 13, 99);
    parts_of("2001", 2001, 0, 0);
    parts_of("2001-11", 2001, 11, 0);
    parts_of("3-11-2001", 2001, 11, 3);
    parts_of("2001-02-03 10:11:12", 2001, 2, 3);
    unsigned parts[3];
    ck_assert(!inb_plain_date("", 0, parts));
    ck_assert(!inb_plain_date("unknown", 7, parts));
    ck_assert(!inb_plain_date("123456789", 9, parts));
    ck_assert(!inb_plain_date("12-34", 5, parts));
}
INB_END

static void split(const char *text, const char *given, const char *surname) {
    char a[INB_PLAIN_MOST];
    char b[INB_PLAIN_MOST];
    size_t n;
    size_t m;
    inb_plain_split(text, strlen(text), a, &n, b, &m);
    ck_assert_msg(n == strlen(given) && memcmp(a, given, n) == 0, "%s: %.*s", text, (int)n, a);
    ck_assert_msg(m == strlen(surname) && memcmp(b, surname, m) == 0, "%s: %.*s", text, (int)m, b);
}

INB_TEST(whole_names_are_parted) {
    split("Anna Maria van den Berg", "anna maria", "berg");
    split("Berg, Anna van den", "anna van den", "berg");
    split("Anna", "", "anna");
    split("", "", "");
    split("van Dijk", "van", "dijk");
}
INB_END

INB_TEST(long_values_end) {
    char text[1000];
    memset(text, 'a', sizeof text);
    char out[INB_PLAIN_MOST];
    ck_assert_uint_le(inb_plain_text(text, sizeof text, out), INB_PLAIN_MOST);
    ck_assert_uint_le(inb_plain_value(INB_EMAIL, text, sizeof text, out), INB_PLAIN_MOST);
}
INB_END

INB_TEST_MAIN("3_link/plain_form", case_accents_and_marks_do_not_count, values_of_this_field,
    dates_as_they_stand, whole_names_are_parted, long_values_end)
