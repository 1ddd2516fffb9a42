// SPDX-License-Identifier: EUPL-1.2
// UTF-8 against table 3-7 of the Unicode standard, written out again here, over every string of one
// to three bytes; Windows-1252; and numbers, also under a locale with a decimal comma.

#include "base/text.h"

#include <inbeeld/rng.h>

#include "inb_locale.h"
#include "inb_test.h"

#include <float.h>
#include <string.h>

// ---- UTF-8 ----

// Table 3-7 of Unicode 15, row by row: the width of the well-formed sequence at the start, or 0.
static size_t table_3_7(const unsigned char *s, size_t n) {
    static const unsigned char rows[][6] = {
        // first byte, second byte, further bytes (all 80..BF), width
        {0x00, 0x7F, 0, 0, 0, 1}, {0xC2, 0xDF, 0x80, 0xBF, 0, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 1, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 1, 3}, {0xED, 0xED, 0x80, 0x9F, 1, 3},
        {0xEE, 0xEF, 0x80, 0xBF, 1, 3}, {0xF0, 0xF0, 0x90, 0xBF, 2, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 2, 4}, {0xF4, 0xF4, 0x80, 0x8F, 2, 4}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const unsigned char *row = rows[i];
        if (n == 0 || s[0] < row[0] || s[0] > row[1]) {
            continue;
        }
        if (row[5] > n || (row[5] > 1 && (s[1] < row[2] || s[1] > row[3]))) {
            return 0;
        }
        for (size_t at = 2; at < row[5]; at++) {
            if (s[at] < 0x80 || s[at] > 0xBF) {
                return 0;
            }
        }
        return row[5];
    }
    return 0;
}

INB_TEST(every_string_of_up_to_three_bytes) {
    for (uint32_t value = 0; value < 1U << 24; value++) {
        unsigned char s[3] = {
            (unsigned char)(value >> 16), (unsigned char)(value >> 8), (unsigned char)value};
        size_t expected = table_3_7(s, 3);
        INB_HOLDS(inb_utf8_width((const char *)s, 3) == expected, "%06x", value);
        if ((value & 0xFF) == 0) {
            INB_HOLDS(inb_utf8_width((const char *)s, 2) == table_3_7(s, 2), "%06x", value);
            INB_HOLDS(inb_utf8_width((const char *)s, 1) == table_3_7(s, 1), "%06x", value);
        }
    }
    ck_assert_uint_eq(inb_utf8_width("a", 0), 0);
    ck_assert_uint_eq(inb_utf8_width("", 1), 1); // NUL is a character
}
INB_END

INB_TEST(strings_of_four_bytes) {
    inb_rng rng = inb_rng_make(1, 1);
    for (uint32_t lead = 0xE0; lead < 0x100; lead++) {
        for (uint32_t second = 0; second < 0x100; second++) {
            for (int round = 0; round < 40; round++) {
                uint32_t rest = inb_rng_u32(&rng);
                bool good = inb_rng_below(&rng, 2) == 0; // mostly real continuation bytes
                unsigned char s[4] = {(unsigned char)lead, (unsigned char)second,
                    (unsigned char)(good ? 0x80 | (rest & 0x3F) : rest),
                    (unsigned char)(good ? 0x80 | ((rest >> 8) & 0x3F) : rest >> 8)};
                for (size_t n = 3; n <= 4; n++) {
                    INB_HOLDS(inb_utf8_width((const char *)s, n) == table_3_7(s, n),
                        "%02x %02x %02x %02x of %zu", s[0], s[1], s[2], s[3], n);
                }
            }
        }
    }
}
INB_END

INB_TEST(valid_and_count_of_random_text) {
    inb_rng rng = inb_rng_make(2, 1);
    size_t seen_valid = 0;
    for (int round = 0; round < 100000; round++) {
        unsigned char s[24];
        size_t length = 0;
        uint32_t wanted = inb_rng_below(&rng, 20);
        while (length < wanted) {
            static const uint32_t ends[] = {0x80, 0x800, 0xD800, 0x110000};
            uint32_t c = inb_rng_below(&rng, ends[inb_rng_below(&rng, 4)]);
            c = c >= 0xD800 && c < 0xE000 ? '?' : c;
            length += inb_utf8_put(c, (char *)s + length);
        }
        if (length > 0 && inb_rng_below(&rng, 2) == 0) {
            s[inb_rng_below(&rng, (uint32_t)length)] = (unsigned char)inb_rng_below(&rng, 256);
        }
        size_t valid = length;
        size_t count = 0;
        for (size_t at = 0; at < length; count++) {
            size_t width = table_3_7(s + at, length - at);
            valid = width == 0 && at < valid ? at : valid;
            at += width == 0 ? 1 : width;
        }
        seen_valid += valid == length;
        INB_HOLDS(inb_utf8_valid((const char *)s, length) == valid, "round %d", round);
        INB_HOLDS(inb_utf8_count((const char *)s, length) == count, "round %d", round);
    }
    ck_assert_uint_gt(seen_valid, 50000);
    ck_assert_uint_lt(seen_valid, 99000);
}
INB_END

// Every scalar value is written as a sequence of the right width that reads back as itself.
INB_TEST(every_code_point) {
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        char text[4] = {0};
        size_t width = inb_utf8_put(c, text);
        const unsigned char *s = (const unsigned char *)text;
        uint32_t back = width == 1   ? s[0]
                        : width == 2 ? (s[0] & 0x1FU) << 6 | (s[1] & 0x3FU)
                        : width == 3 ? (s[0] & 0x0FU) << 12 | (s[1] & 0x3FU) << 6 | (s[2] & 0x3FU)
                                     : (s[0] & 0x07U) << 18 | (s[1] & 0x3FU) << 12 |
                                           (s[2] & 0x3FU) << 6 | (s[3] & 0x3FU);
        INB_HOLDS(back == c && width == table_3_7(s, 4) && inb_utf8_width(text, width) == width,
            "U+%04X", c);
    }
}
INB_END

// The row that differs from Latin-1, by the names of its characters in Unicode's CP1252.TXT.
INB_TEST(windows1252) {
    static const struct {
        unsigned char byte;
        uint32_t c;
    } rows[] = {{0x80, 0x20AC}, {0x81, 0xFFFD}, {0x82, 0x201A}, {0x83, 0x0192}, {0x84, 0x201E},
        {0x85, 0x2026}, {0x86, 0x2020}, {0x87, 0x2021}, {0x88, 0x02C6}, {0x89, 0x2030},
        {0x8A, 0x0160}, {0x8B, 0x2039}, {0x8C, 0x0152}, {0x8D, 0xFFFD}, {0x8E, 0x017D},
        {0x8F, 0xFFFD}, {0x90, 0xFFFD}, {0x91, 0x2018}, {0x92, 0x2019}, {0x93, 0x201C},
        {0x94, 0x201D}, {0x95, 0x2022}, {0x96, 0x2013}, {0x97, 0x2014}, {0x98, 0x02DC},
        {0x99, 0x2122}, {0x9A, 0x0161}, {0x9B, 0x203A}, {0x9C, 0x0153}, {0x9D, 0xFFFD},
        {0x9E, 0x017E}, {0x9F, 0x0178}};
    for (size_t i = 0; i < 32; i++) {
        ck_assert_uint_eq(rows[i].byte, 0x80 + i);
        ck_assert_uint_eq(inb_windows1252(rows[i].byte), rows[i].c);
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        if (byte < 0x80 || byte > 0x9F) {
            ck_assert_uint_eq(inb_windows1252((unsigned char)byte), byte);
        }
    }
}
INB_END

// ---- whole numbers ----

static bool int64_of(const char *text, int64_t *ret_value) {
    return inb_parse_int64(text, strlen(text), ret_value);
}

INB_TEST(whole_numbers) {
    static const struct {
        const char *text;
        int64_t value;
    } rows[] = {{"0", 0}, {"-0", 0}, {"7", 7}, {"-7", -7}, {"007", 7},
        {"9223372036854775807", INT64_MAX}, {"-9223372036854775808", INT64_MIN},
        {"9223372036854775806", INT64_MAX - 1}, {"-9223372036854775807", INT64_MIN + 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t value = 99;
        ck_assert_msg(int64_of(rows[i].text, &value), "%s", rows[i].text);
        ck_assert_int_eq(value, rows[i].value);
    }
    int64_t value = 0;
    ck_assert(inb_parse_int64("12345", 2, &value) && value == 12);
}
INB_END

INB_TEST(not_whole_numbers) {
    static const char *const wrong[] = {"", "-", "--1", "+1", " 1", "1 ", "1.0", "1e3", "0x10",
        "1,000", "9223372036854775808", "-9223372036854775809", "9223372036854775817",
        "92233720368547758070", "99999999999999999999999", "\xD9\xA1", "a", "1a", "\n1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t value = 99;
        ck_assert_msg(!int64_of(wrong[i], &value), "'%s' was read as a number", wrong[i]);
        ck_assert_int_eq(value, 99);
    }
    int64_t value;
    ck_assert(!inb_parse_int64("1\0002", 3, &value));
}
INB_END

INB_TEST(whole_numbers_around_the_limits) {
    inb_rng rng = inb_rng_make(3, 1);
    for (int round = 0; round < 100000; round++) {
        __int128 wanted = (__int128)INT64_MAX - 5 + inb_rng_below(&rng, 10);
        wanted = inb_rng_below(&rng, 2) == 0 ? wanted : (int64_t)inb_rng_u64(&rng);
        wanted = inb_rng_below(&rng, 2) == 0 ? wanted : -wanted;
        char text[48];
        char *at = text + sizeof text;
        *--at = '\0';
        unsigned __int128 left = (unsigned __int128)(wanted < 0 ? -wanted : wanted);
        do {
            *--at = (char)('0' + (int)(left % 10));
            left /= 10;
        } while (left > 0);
        if (wanted < 0) {
            *--at = '-';
        }
        int64_t value = 0;
        bool fits = wanted >= INT64_MIN && wanted <= INT64_MAX;
        INB_HOLDS(int64_of(at, &value) == fits, "%s", at);
        INB_HOLDS(!fits || value == (int64_t)wanted, "%s", at);
    }
}
INB_END

// ---- numbers with a point ----

static bool double_of(const char *text, double *ret_value) {
    return inb_parse_double(text, strlen(text), ret_value);
}

static void check_doubles(void) {
    static const struct {
        const char *text;
        double value;
    } rows[] = {{"0", 0}, {"3", 3}, {"-0.5", -0.5}, {"1e-9", 1e-9}, {"1E3", 1000}, {"1e+3", 1000},
        {".5", 0.5}, {"5.", 5}, {"-.5", -0.5}, {"1.7976931348623157e308", DBL_MAX},
        {"2.2250738585072014e-308", DBL_MIN}, {"1e-400", 0}, {"0011.50", 11.5}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double value = 99;
        ck_assert_msg(double_of(rows[i].text, &value), "%s", rows[i].text);
        ck_assert_msg(value == rows[i].value, "%s read as %.17g", rows[i].text, value);
    }
    double minus_zero = 1;
    ck_assert(double_of("-0", &minus_zero) && signbit(minus_zero));
    static const char *const wrong[] = {"", "-", "+", ".", "e", "e5", "-e5", "+1", " 1", "1 ",
        "1,5", "0,5", "1.2.3", "1e", "1e+", "1-2", "--1", "-+1", "0x10", "inf", "-inf", "nan",
        "NAN", "infinity", "1e999", "-1e999", "1.000,5", "1'000",
        ("\xE2\x88\x92"
         "1"),
        "12abc", "1d", "0.1234567890123456789012345678901234567890123456789012345678901234"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        double value = 99;
        ck_assert_msg(!double_of(wrong[i], &value), "'%s' was read as a number", wrong[i]);
        ck_assert(value == 99);
    }
    double value;
    ck_assert(!inb_parse_double("1\0002", 3, &value));
    ck_assert(inb_parse_double("1.55", 3, &value) && value == 1.5);
}

INB_TEST(numbers_with_a_point) {
    check_doubles();
}
INB_END

// All finite doubles by their bits: written with 17 digits they read back as themselves.
static void check_round_trip(int rounds) {
    inb_rng rng = inb_rng_make(4, 1);
    for (int round = 0; round < rounds; round++) {
        uint64_t bits = inb_rng_u64(&rng);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) {
            continue;
        }
        char text[INB_DOUBLE_SIZE];
        inb_format_double(value, 17, text);
        double read = 0;
        INB_HOLDS(strchr(text, ',') == NULL && double_of(text, &read), "%s", text);
        INB_HOLDS(memcmp(&read, &value, sizeof read) == 0, "%s", text);
    }
}

INB_TEST(doubles_round_trip) {
    check_round_trip(100000);
}
INB_END

INB_TEST(digits_are_held_to_their_range) {
    char text[INB_DOUBLE_SIZE];
    inb_format_double(-DBL_MAX, 1000, text);
    ck_assert_str_eq(text, "-1.7976931348623157e+308");
    inb_format_double(1234.5, 0, text);
    ck_assert_str_eq(text, "1e+03");
    inb_format_double(1234.5, 6, text);
    ck_assert_str_eq(text, "1234.5");
}
INB_END

INB_TEST(a_foreign_locale) {
    inb_comma_locale();
    check_doubles();
    check_round_trip(1000);
    char text[16];
    snprintf(text, sizeof text, "%.1f", 0.5); // and it is the caller's locale again
    inb_plain_locale();
    ck_assert_str_eq(text, "0,5");
}
INB_END

INB_TEST(equals) {
    ck_assert(inb_equals("labour", 6, "labour"));
    ck_assert(inb_equals("labourer", 6, "labour"));
    ck_assert(!inb_equals("labour", 5, "labour"));
    ck_assert(!inb_equals("labour", 6, "labou"));
    ck_assert(!inb_equals("Labour", 6, "labour"));
    ck_assert(inb_equals("", 0, ""));
    ck_assert(!inb_equals("a\0b", 3, "a"));
}
INB_END

INB_TEST_MAIN("base/text", every_string_of_up_to_three_bytes, strings_of_four_bytes,
    valid_and_count_of_random_text, every_code_point, windows1252, whole_numbers, not_whole_numbers,
    whole_numbers_around_the_limits, numbers_with_a_point, doubles_round_trip,
    digits_are_held_to_their_range, a_foreign_locale, equals)
