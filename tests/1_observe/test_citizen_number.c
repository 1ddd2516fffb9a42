// SPDX-License-Identifier: EUPL-1.2
// The eleven-test against numbers made by hand and by rule, and the verdict on columns: arbitrary
// numbers are accepted, valid ones refused, at exactly half of twenty and all of fewer.

#include "citizen_number.h"

#include <inbeeld/rng.h>

#include "inb_test.h"

#include <stdio.h>
#include <string.h>

// A number that passes: eight digits, and the ninth that the rule asks for, where there is one.
static bool make_valid(inb_rng *rng, char out[static 10]) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        int digit = (int)inb_rng_below(rng, 10);
        out[i] = (char)('0' + digit);
        sum += digit * (9 - i);
    }
    out[8] = (char)('0' + sum % 11);
    out[9] = '\0';
    return sum % 11 < 10 && strcmp(out, "000000000") != 0;
}

static void make_wrong(inb_rng *rng, char out[static 10]) {
    while (!make_valid(rng, out)) {
    }
    out[8] = (char)(out[8] == '9' ? '0' : out[8] + 1);
}

INB_TEST(numbers_made_by_hand) {
    // 9*1+8*1+7*1+6*2+5*2+4*2+3*3+2*3-3 = 66 = 6 * 11.
    ck_assert(inb_citizen_passes("111222333"));
    // 9*1+8*2+7*3+6*4+5*5+4*6+3*7+2*8-2 = 154 = 14 * 11.
    ck_assert(inb_citizen_passes("123456782"));
    ck_assert(!inb_citizen_passes("123456789"));
    ck_assert(!inb_citizen_passes("123456783"));
    ck_assert(!inb_citizen_passes("213456782")); // two digits changed places
    ck_assert(inb_citizen_passes("000000012"));  // 2*1 - 2
}
INB_END

INB_TEST(what_is_a_nine_digit_value) {
    static const char *const nine[] = {"123456782", "123.456.782", "1234.56.782", "123 456 782",
        " 123456782 ", "123-456-782", "000000012"};
    static const char *const other[] = {"", "12345678", "1234567820", "12345678a", "a123456782",
        "123456782;", "123,456,782", "+123456782", "000000000", "12345678\xC2\xA0", "123/456782"};
    char digits[9];
    for (size_t i = 0; i < sizeof nine / sizeof nine[0]; i++) {
        ck_assert_msg(inb_citizen_nine(nine[i], strlen(nine[i]), digits), "%s", nine[i]);
        ck_assert(memcmp(digits, i == 6 ? "000000012" : "123456782", 9) == 0);
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        memset(digits, 'x', sizeof digits);
        ck_assert_msg(!inb_citizen_nine(other[i], strlen(other[i]), digits), "%s", other[i]);
        ck_assert(memcmp(digits, "xxxxxxxxx", 9) == 0); // untouched
    }
}
INB_END

INB_TEST(one_in_eleven_passes) {
    inb_rng rng = inb_rng_make(11, 0);
    size_t passing = 0;
    enum { MANY = 110000 };
    for (int i = 0; i < MANY; i++) {
        char digits[16];
        snprintf(digits, sizeof digits, "%09u", inb_rng_below(&rng, 1000000000));
        passing += inb_citizen_passes(digits) ? 1 : 0;
    }
    INB_NEAR_ABS((double)passing, MANY / 11.0, 5 * sqrt(MANY / 11.0));
}
INB_END

static bool refuses(inb_rng *rng, size_t valid, size_t wrong, size_t others) {
    inb_citizen_count count = {0, 0};
    char digits[10];
    for (size_t i = 0; i < valid; i++) {
        while (!make_valid(rng, digits)) {
        }
        inb_citizen_add(&count, digits, 9);
    }
    for (size_t i = 0; i < wrong; i++) {
        make_wrong(rng, digits);
        inb_citizen_add(&count, digits, 9);
    }
    for (size_t i = 0; i < others; i++) {
        inb_citizen_add(&count, i % 2 == 0 ? "" : "0612345678", i % 2 == 0 ? 0 : 10);
    }
    ck_assert_uint_eq(count.nine, valid + wrong);
    ck_assert_uint_eq(count.passing, valid);
    return inb_citizen_refuses(&count);
}

INB_TEST(the_verdict) {
    inb_rng rng = inb_rng_make(11, 1);
    ck_assert(!refuses(&rng, 0, 0, 100));
    ck_assert(refuses(&rng, 1, 0, 0)); // all of fewer than twenty
    ck_assert(refuses(&rng, 19, 0, 5));
    ck_assert(!refuses(&rng, 18, 1, 0));
    ck_assert(!refuses(&rng, 0, 1, 0));
    ck_assert(refuses(&rng, 20, 0, 0)); // half of twenty or more
    ck_assert(refuses(&rng, 19, 1, 0));
    ck_assert(refuses(&rng, 10, 10, 1000));
    ck_assert(!refuses(&rng, 9, 11, 0));
    ck_assert(refuses(&rng, 11, 10, 0));
    ck_assert(!refuses(&rng, 10, 11, 0));
    ck_assert(refuses(&rng, 5000, 5000, 0));
    ck_assert(!refuses(&rng, 4999, 5001, 0));
}
INB_END

INB_TEST(random_columns_are_accepted) {
    // Of 20 random numbers ten or more pass with probability below 1e-5.
    inb_rng rng = inb_rng_make(11, 2);
    for (int column = 0; column < 2000; column++) {
        inb_citizen_count count = {0, 0};
        for (int i = 0; i < 20; i++) {
            char digits[16];
            snprintf(digits, sizeof digits, "%09u", inb_rng_below(&rng, 1000000000));
            inb_citizen_add(&count, digits, 9);
        }
        ck_assert(!inb_citizen_refuses(&count));
    }
}
INB_END

INB_TEST_MAIN("1_observe/citizen_number", numbers_made_by_hand, what_is_a_nine_digit_value,
    one_in_eleven_passes, the_verdict, random_columns_are_accepted)
