// SPDX-License-Identifier: EUPL-1.2
// One person written in many ways has one value; what tells too little has none.

#include <inbeeld/normalise.h>

#include "support/inb_test.h"

#include <string.h>

static const char *value_of(const char *name, const char *given, const char *prefix,
    const char *surname, const char *born) {
    static char values[2][INB_EXACT_SIZE];
    static int turn;
    turn = 1 - turn;
    inb_person person = {.name = name,
        .given_name = given,
        .prefix = prefix,
        .surname = surname,
        .birth_date = born};
    return inb_exact_person(&person, values[turn]) ? values[turn] : NULL;
}

INB_TEST(ways_to_write_one_name) {
    const char *plain = "berg-der-jan-van-2010-03-01";
    ck_assert_str_eq(value_of("Jan van der Berg", NULL, NULL, NULL, "2010-03-01"), plain);
    ck_assert_str_eq(value_of("BERG, Jan van der", NULL, NULL, NULL, "20100301"), plain);
    ck_assert_str_eq(value_of(NULL, "Jan", "van der", "Berg", "2010-03-01"), plain);
    ck_assert_str_eq(value_of("somebody else", "Jan", "van der", "Berg", "2010-03-01"), plain);
    ck_assert_str_eq(value_of("Zo\xc3\xab Smit", NULL, NULL, NULL, "2010-03-01"),
        value_of("SMIT zoe", NULL, NULL, NULL, "2010-03-01"));
}
INB_END

INB_TEST(other_people_have_other_values) {
    const char *one = value_of("Jan Berg", NULL, NULL, NULL, "2010-03-01");
    ck_assert_str_ne(one, value_of("Jan Berg", NULL, NULL, NULL, "2010-03-02"));
    one = value_of("Jan Berg", NULL, NULL, NULL, "2010-03-01");
    ck_assert_str_ne(one, value_of("Jan Berk", NULL, NULL, NULL, "2010-03-01"));
    one = value_of("Jan Bergen", NULL, NULL, NULL, "2010-03-01");
    ck_assert_str_ne(one, value_of("Ja Nbergen", NULL, NULL, NULL, "2010-03-01"));
}
INB_END

INB_TEST(what_tells_too_little) {
    static const char *const wrong[][2] = {{"Jan Berg", NULL}, {"Jan Berg", "2010-03"},
        {"Jan Berg", "2010"}, {"Jan Berg", "2010-13-01"}, {"J. B.", "2010-03-01"},
        {"Berg", "2010-03-01"}, {"", "2010-03-01"}, {NULL, "2010-03-01"},
        {"a1 b2 c3 d4 e5 f6 g7 h8 i9 j1 k2 l3 m4", "2010-03-01"},
        {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz "
         "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
            "2010-03-01"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(value_of(wrong[i][0], NULL, NULL, NULL, wrong[i][1]) == NULL, "row %zu", i);
    }
    char value[INB_EXACT_SIZE] = "untouched";
    ck_assert(!inb_exact_person(&(inb_person){.name = "Jan Berg"}, value));
    ck_assert_str_eq(value, "untouched");
}
INB_END

INB_TEST_MAIN("3_link/exact_person", ways_to_write_one_name, other_people_have_other_values,
    what_tells_too_little)
