// SPDX-License-Identifier: EUPL-1.2
// Numbers of people as text.

#include "inb_test.h"
#include "thousands.h"

#include <math.h>

INB_TEST(thousands_are_apart) {
    static const struct {
        double people;
        const char *text;
    } cases[] = {{0, "0"}, {0.4, "0"}, {-0.4, "0"}, {999.4, "999"}, {999.6, "1,000"},
        {12345.6, "12,346"}, {1234567, "1,234,567"}, {-4321, "-4,321"},
        {999999999999999, "999,999,999,999,999"}, {9.006e17, "9.006e+17"}, {1e300, "1e+300"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_str_eq(inb_i_people_of(cases[i].people).text, cases[i].text);
    }
    ck_assert_str_eq(inb_i_people_of((double)INFINITY).text, "inf");
}
INB_END

INB_TEST_MAIN("4_count/thousands", thousands_are_apart)
