// SPDX-License-Identifier: EUPL-1.2
// Text buffers: growth against a plain copy, the maximum, failures that stay, JSON strings that
// jansson reads back, and numbers under a foreign locale.

#include <inbeeld/buffer.h>
#include <inbeeld/rng.h>

#include "base/text.h"
#include "inb_locale.h"
#include "inb_sweep.h"

#include <stdint.h>

INB_TEST(empty) {
    inb_buffer buffer = INB_BUFFER_INIT(10);
    ck_assert_str_eq(inb_buffer_get(&buffer), "");
    INB_OK_IS(inb_buffer_check(&buffer, err));
    inb_buffer_add(&buffer, NULL, 0);
    ck_assert_str_eq(inb_buffer_get(&buffer), "");
    ck_assert_uint_eq(buffer.length, 0);
    inb_buffer_clear(&buffer);
    inb_buffer_clear(&buffer);
}
INB_END

INB_TEST(grows_like_a_copy) {
    enum { SIZE = 300000 };
    static char expected[SIZE + 1000];
    inb_buffer buffer = INB_BUFFER_INIT(SIZE + 1000);
    inb_rng rng = inb_rng_make(2, 1);
    for (int round = 0; round < 3; round++) {
        size_t length = 0;
        while (length < SIZE) {
            char piece[400];
            size_t wanted = inb_rng_below(&rng, sizeof piece - 1);
            for (size_t i = 0; i < wanted; i++) {
                piece[i] = (char)('!' + inb_rng_below(&rng, 90));
            }
            piece[wanted] = '\0';
            switch (inb_rng_below(&rng, 4)) {
            case 0:
                inb_buffer_add(&buffer, piece, wanted);
                break;
            case 1:
                inb_buffer_text(&buffer, piece);
                break;
            case 2:
                inb_buffer_format(&buffer, "%s", piece);
                break;
            default:
                wanted = 1;
                piece[0] = piece[1] == '\0' ? 'z' : piece[1];
                inb_buffer_char(&buffer, piece[0]);
            }
            memcpy(expected + length, piece, wanted);
            length += wanted;
            INB_HOLDS(buffer.length == length && buffer.data[length] == '\0', "at %zu", length);
        }
        INB_OK_IS(inb_buffer_check(&buffer, err));
        ck_assert_int_eq(memcmp(inb_buffer_get(&buffer), expected, length), 0);
        inb_buffer_reset(&buffer);
        ck_assert_str_eq(inb_buffer_get(&buffer), "");
    }
    inb_buffer_clear(&buffer);
}
INB_END

INB_TEST(maximum_is_exact) {
    inb_buffer buffer = INB_BUFFER_INIT(5);
    inb_buffer_text(&buffer, "abc");
    inb_buffer_format(&buffer, "%d", 45);
    INB_OK_IS(inb_buffer_check(&buffer, err));
    ck_assert_str_eq(inb_buffer_get(&buffer), "abc45");
    inb_buffer_char(&buffer, 'x');
    INB_FAILS(inb_buffer_check(&buffer, err), INB_TOO_LARGE, "5 bytes");
    ck_assert_str_eq(inb_buffer_get(&buffer), "abc45");
    inb_buffer_clear(&buffer);
}
INB_END

INB_TEST(cells_of_csv) {
    static const struct {
        const char *text, *cell;
    } cases[] = {{NULL, ""}, {"", ""}, {"plain", "plain"}, {"a,b", "\"a,b\""}, {"a;b", "\"a;b\""},
        {"say \"no\"", "\"say \"\"no\"\"\""}, {"\"", "\"\"\"\""}, {"a\nb", "\"a\nb\""},
        {"a\rb", "\"a\rb\""}, {" a", "\" a\""}, {"a ", "\"a \""}, {"a b", "a b"}};
    inb_buffer buffer = INB_BUFFER_INIT(100);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        inb_buffer_reset(&buffer);
        inb_buffer_cell(&buffer, cases[i].text);
        ck_assert_str_eq(inb_buffer_get(&buffer), cases[i].cell);
    }
    inb_buffer_reset(&buffer);
    inb_buffer_cell_bytes(&buffer, "ab,c", 2);
    ck_assert_str_eq(inb_buffer_get(&buffer), "ab");
    INB_OK_IS(inb_buffer_check(&buffer, err));
    inb_buffer_clear(&buffer);
}
INB_END

INB_TEST(failure_stays) {
    inb_buffer buffer = INB_BUFFER_INIT(4);
    inb_buffer_text(&buffer, "ab");
    inb_buffer_format(&buffer, "%s", "cde"); // one too many: nothing of it is written
    inb_buffer_text(&buffer, "f");           // would fit
    inb_buffer_format(&buffer, "g");
    ck_assert_str_eq(inb_buffer_get(&buffer), "ab");
    INB_FAILS(inb_buffer_check(&buffer, err), INB_TOO_LARGE, "4");
    inb_buffer_reset(&buffer);
    INB_OK_IS(inb_buffer_check(&buffer, err));
    inb_buffer_text(&buffer, "cdef");
    ck_assert_str_eq(inb_buffer_get(&buffer), "cdef");
    inb_buffer_clear(&buffer);
    ck_assert_uint_eq(buffer.size, 0);
}
INB_END

INB_TEST(lengths_do_not_wrap) {
    inb_buffer buffer = INB_BUFFER_INIT(SIZE_MAX);
    volatile size_t huge = SIZE_MAX; // with the NUL it would be 0
    inb_buffer_add(&buffer, "", huge);
    INB_FAILS(inb_buffer_check(&buffer, err), INB_TOO_LARGE, "bytes");
    inb_buffer_clear(&buffer);
}
INB_END

INB_TEST(memory_failure_has_its_own_status) {
    inb_buffer buffer = INB_BUFFER_INIT(1000);
    inb_alloc_fail_from(1);
    inb_buffer_text(&buffer, "x");
    inb_alloc_fail_from(0);
    inb_buffer_text(&buffer, "y");
    INB_FAILS(inb_buffer_check(&buffer, err), INB_NO_MEMORY, "memory");
    ck_assert_str_eq(inb_buffer_get(&buffer), "");
    inb_buffer_clear(&buffer);
}
INB_END

static void json_is(const char *text, const char *expected) {
    inb_buffer buffer = INB_BUFFER_INIT(1000);
    inb_buffer_json(&buffer, text);
    ck_assert_str_eq(inb_buffer_get(&buffer), expected);
    inb_buffer_clear(&buffer);
}

INB_TEST(json_strings) {
    json_is("", "\"\"");
    json_is("plain", "\"plain\"");
    json_is("a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
    json_is("\n\t\x01\x1f\x7f", "\"\\u000a\\u0009\\u0001\\u001f\\u007f\"");
    json_is("\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E", "\"\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E\"");
    json_is("a\xFF"
            "b",
        "\"a\xEF\xBF\xBD"
        "b\"");
    json_is("\xC3", "\"\xEF\xBF\xBD\"");                                 // cut short
    json_is("\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""); // a surrogate
}
INB_END

// Random bytes: the result is always JSON, and equal to the text where that was valid UTF-8.
INB_TEST(json_reads_back) {
    inb_rng rng = inb_rng_make(3, 1);
    inb_buffer buffer = INB_BUFFER_INIT(10000);
    size_t valid = 0;
    for (int round = 0; round < 20000; round++) {
        char text[41];
        size_t length = 0;
        size_t wanted = inb_rng_below(&rng, 30);
        bool wild = inb_rng_below(&rng, 2) == 0;
        while (length < wanted) {
            if (wild) {
                text[length++] = (char)(1 + inb_rng_below(&rng, 255));
            } else {
                static const uint32_t ends[] = {0x7F, 0x7FF, 0xD7FF, 0x10FFFF};
                uint32_t c = 1 + inb_rng_below(&rng, ends[inb_rng_below(&rng, 4)]);
                c = c >= 0xD800 && c <= 0xDFFF ? 'x' : c;
                length += inb_utf8_put(c, text + length);
            }
        }
        text[length] = '\0';
        inb_buffer_reset(&buffer);
        inb_buffer_json(&buffer, text);
        json_t *read = json_loadb(buffer.data, buffer.length, JSON_DECODE_ANY, NULL);
        INB_HOLDS(json_is_string(read), "round %d", round);
        if (inb_utf8_valid(text, length) == length) {
            valid++;
            INB_HOLDS(strcmp(json_string_value(read), text) == 0, "round %d", round);
        }
        json_decref(read);
    }
    ck_assert_uint_gt(valid, 9000);
    inb_buffer_clear(&buffer);
}
INB_END

static void number_is(double value, int digits, const char *expected) {
    inb_buffer buffer = INB_BUFFER_INIT(100);
    inb_buffer_number(&buffer, value, digits);
    ck_assert_str_eq(inb_buffer_get(&buffer), expected);
    inb_buffer_clear(&buffer);
}

INB_TEST(numbers) {
    number_is(0, 6, "0");
    number_is(0.5, 6, "0.5");
    number_is(-1183.6923, 8, "-1183.6923");
    number_is(1.0 / 3, 17, "0.33333333333333331");
    number_is(1e300, 3, "1e+300");
    number_is(NAN, 6, "null");
    number_is(INFINITY, 6, "null");
    number_is(-INFINITY, 6, "null");
}
INB_END

INB_TEST(numbers_under_a_foreign_locale) {
    inb_comma_locale();
    number_is(0.5, 6, "0.5");
    number_is(-1234567.25, 9, "-1234567.25");
    inb_plain_locale();
}
INB_END

static inb_status work(inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer buffer = INB_BUFFER_INIT(100000);
    for (int i = 0; i < 500; i++) {
        inb_buffer_format(&buffer, "%d %s ", i, "text");
        inb_buffer_json(&buffer, "a\"b");
    }
    return inb_buffer_check(&buffer, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(work(err));
}
INB_END

INB_TEST_MAIN("base/buffer", empty, grows_like_a_copy, maximum_is_exact, cells_of_csv,
    failure_stays, lengths_do_not_wrap, memory_failure_has_its_own_status, json_strings,
    json_reads_back, numbers, numbers_under_a_foreign_locale, memory_refused)
