// SPDX-License-Identifier: EUPL-1.2
// Levels of pairs, kind by kind, and the pattern of two records with exchanged parts.

#include "inb_link_case.h"
#include "inb_made_people.h"
#include "inb_test.h"
#include "pattern.h"

static unsigned level(enum inb_feature feature, const char *a, const char *b) {
    inb_words words;
    uint32_t x;
    uint32_t y;
    INB_OK_IS(inb_words_begin(&words, err));
    INB_OK_IS(inb_words_add(&words, a, strlen(a), &x, err));
    INB_OK_IS(inb_words_add(&words, b, strlen(b), &y, err));
    unsigned there = inb_level(feature, &words, x, y);
    unsigned back = inb_level(feature, &words, y, x);
    inb_words_clear(&words);
    ck_assert_uint_eq(there, back);
    return there;
}

INB_TEST(names) {
    ck_assert_uint_eq(level(INB_GIVEN, "", "anna"), 0);
    ck_assert_uint_eq(level(INB_GIVEN, "", ""), 0);
    ck_assert_uint_eq(level(INB_GIVEN, "anna", "anna"), 5);
    ck_assert_uint_eq(level(INB_GIVEN, "anna", "ana"), 4);
    ck_assert_uint_eq(level(INB_GIVEN, "johannes", "johanna"), 3);
    ck_assert_uint_eq(level(INB_GIVEN, "a", "anna"), 2);
    ck_assert_uint_eq(level(INB_GIVEN, "b", "anna"), 1);
    ck_assert_uint_eq(level(INB_GIVEN, "anna", "boris"), 1);
    ck_assert_uint_eq(level(INB_SURNAME, "jansen bakker", "bakker"), 3);
    ck_assert_uint_eq(level(INB_ORGANISATION, "groot werk", "werk groot"), 3);
}
INB_END

INB_TEST(dates_and_numbers) {
    ck_assert_uint_eq(level(INB_YEAR, "1949", "1949"), 4);
    ck_assert_uint_eq(level(INB_YEAR, "1949", "1994"), 3);
    ck_assert_uint_eq(level(INB_YEAR, "1949", "1979"), 3);
    ck_assert_uint_eq(level(INB_YEAR, "1999", "2000"), 3);
    ck_assert_uint_eq(level(INB_YEAR, "1998", "2002"), 2);
    ck_assert_uint_eq(level(INB_YEAR, "1949", "2008"), 1);
    ck_assert_uint_eq(level(INB_DAY, "9", "10"), 3);
    ck_assert_uint_eq(level(INB_DAY, "12", "21"), 2);
    ck_assert_uint_eq(level(INB_DAY, "12", "18"), 2);
    ck_assert_uint_eq(level(INB_DAY, "5", "17"), 1);
    ck_assert_uint_eq(level(INB_NUMBER, "1234567", "1234568"), 3);
    ck_assert_uint_eq(level(INB_NUMBER, "1234567", "1243567"), 3);
    ck_assert_uint_eq(level(INB_NUMBER, "1234567", "123456"), 3);
    ck_assert_uint_eq(level(INB_NUMBER, "1234567", "9234561"), 2);
    ck_assert_uint_eq(level(INB_NUMBER, "1234567", "7654321"), 1);
    ck_assert_uint_eq(level(INB_PHONE, "612345678", "612345679"), 2);
    ck_assert_uint_eq(level(INB_SEX, "m", "f"), 1);
}
INB_END

// Numbers of one length, up to eight characters at once or one by one: the plain count decides.
INB_TEST(numbers_by_how_many_characters_differ) {
    static const char base[] = "5072839164";
    for (size_t length = 1; length < sizeof base; length++) {
        for (unsigned changed = 1; changed < 1U << length; changed++) {
            char a[sizeof base] = "";
            char b[sizeof base] = "";
            memcpy(a, base, length);
            memcpy(b, base, length);
            for (size_t i = 0; i < length; i++) {
                b[i] = (char)(changed >> i & 1 ? a[i] ^ 16
                                               : a[i]); // no digit, so nothing is exchanged
            }
            unsigned apart = (unsigned)__builtin_popcount(changed);
            unsigned expected = apart == 1 ? 3 : apart == 2 && length >= 6 ? 2 : 1;
            ck_assert_uint_eq(level(INB_NUMBER, a, b), expected);
        }
    }
}
INB_END

INB_TEST(addresses) {
    ck_assert_uint_eq(level(INB_POSTCODE, "1234ab", "1234ab"), 4);
    ck_assert_uint_eq(level(INB_POSTCODE, "1234ab", "1234ac"), 3);
    ck_assert_uint_eq(level(INB_POSTCODE, "1234ab", "1234xy"), 2);
    ck_assert_uint_eq(level(INB_POSTCODE, "1234ab", "9999zz"), 1);
    ck_assert_uint_eq(level(INB_HOUSE, "12a", "12b"), 2);
    ck_assert_uint_eq(level(INB_HOUSE, "12", "13"), 2);
    ck_assert_uint_eq(level(INB_HOUSE, "1", "2"), 1);
    ck_assert_uint_eq(level(INB_PLACE, "nesterhout", "nesterhut"), 3);
    ck_assert_uint_eq(level(INB_PLACE, "oudwerd", "zandermeer"), 1);
    ck_assert_uint_eq(level(INB_EMAIL, "ab.cd@x.org", "ab.cd@y.org"), 2);
}
INB_END

INB_TEST(exchanged_parts_are_seen) {
    inb_people *people = NULL;
    inb_level_cache *cache = NULL;
    INB_OK_IS(inb_level_cache_new(&cache, err));
    INB_OK_IS(inb_case_read(inb_case_a, inb_case_b, NULL, 0, &people, err));
    uint64_t pattern = inb_pattern_of(people, cache, 1, 5);
    ck_assert_uint_eq(inb_pattern_level(pattern, INB_GIVEN), 0);
    ck_assert_uint_eq(inb_pattern_level(pattern, INB_SURNAME), 6);
    ck_assert_uint_eq(inb_pattern_level(pattern, INB_YEAR), 4);
    inb_people_freep(&people);
    INB_OK_IS(inb_case_read(
        "id,birth_date\n1,2001-03-07\n2,2001-07-03\n3,2001-07-07\n", NULL, NULL, 0, &people, err));
    pattern = inb_pattern_of(people, cache, 0, 1);
    ck_assert_uint_eq(inb_pattern_level(pattern, INB_MONTH), 5);
    ck_assert_uint_eq(inb_pattern_level(pattern, INB_DAY), 5);
    pattern = inb_pattern_of(people, cache, 1, 2);
    ck_assert_uint_eq(inb_pattern_level(pattern, INB_MONTH), 4);
    inb_people_freep(&people);
    inb_level_cache_freep(&cache);
}
INB_END

INB_TEST(rows_say_what_columns_say) {
    static const char *const files[] = {NULL, "id,birth_date\n1,2001-03-07\n2,2001-07-03\n3,\n",
        "id,postcode,number\n1,1011AB,12345\n2,1011AC,12345\n3,,12346\n"};
    inb_buffer made = INB_BUFFER_INIT(1 << 20);
    inb_made_heavy(3, 60, &made);
    inb_level_cache *cache = NULL;
    INB_OK_IS(inb_level_cache_new(&cache, err));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        inb_people *people = NULL;
        inb_code_rows rows = {0};
        const char *text = files[i] == NULL ? inb_buffer_get(&made) : files[i];
        INB_OK_IS(inb_case_read(text, NULL, NULL, 0, &people, err));
        INB_OK_IS(inb_code_rows_new(people, &rows, err));
        for (size_t a = 0; a < people->count; a++) {
            for (size_t b = 0; b < people->count; b++) {
                INB_HOLDS(inb_pattern_of_rows(people, cache, &rows, a, b) ==
                              inb_pattern_of(people, cache, a, b),
                    "file %zu, records %zu and %zu", i, a, b);
            }
        }
        inb_code_rows_clear(&rows);
        inb_people_freep(&people);
    }
    inb_level_cache_freep(&cache);
    inb_buffer_clear(&made);
}
INB_END

INB_TEST(every_level_has_words) {
    for (size_t f = 0; f < INB_FEATURES; f++) {
        unsigned top = inb_level_exchanged[f] != 0 ? inb_level_exchanged[f] : inb_level_exact[f];
        for (unsigned l = 0; l <= top; l++) {
            ck_assert_ptr_nonnull(inb_level_text((enum inb_feature)f, l));
        }
        ck_assert_str_eq(inb_level_text((enum inb_feature)f, inb_level_exact[f]), "equal");
    }
}
INB_END

INB_TEST_MAIN("3_link/pattern", names, dates_and_numbers, numbers_by_how_many_characters_differ,
    addresses, exchanged_parts_are_seen, rows_say_what_columns_say, every_level_has_words)
