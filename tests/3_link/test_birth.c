// SPDX-License-Identifier: EUPL-1.2
// Births: ways to write a date, heaped days, ages against dates day by day, and the levels of
// pairs.

#include <inbeeld/normalise.h>
#include <inbeeld/rng.h>

#include "inb_test.h"

#include <string.h>

static inb_birth birth(const char *text) {
    inb_birth made = {0};
    ck_assert_msg(inb_birth_parse(text, strlen(text), &made), "%s", text);
    return made;
}

static const char *level(const char *a, const char *b) {
    inb_birth left = birth(a);
    inb_birth right = birth(b);
    inb_birth_level found = inb_birth_compare(&left, &right);
    ck_assert_int_eq(found, inb_birth_compare(&right, &left));
    return inb_birth_level_code(found);
}

INB_TEST(ways_to_write_a_date) {
    static const char *const ways[] = {
        "1999-05-20", "19990520", "20-5-1999", "20.05.1999", "20/05/1999", " 1999 05 20 "};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        inb_birth made = birth(ways[i]);
        ck_assert(made.date.year == 1999 && made.date.month == 5 && made.date.day == 20);
        ck_assert(made.first == made.last && !made.heaped);
    }
    static const char *const partial[] = {
        "1999-05", "1999-05-00", "05-1999", "5.1999", "1999-02-31"};
    for (size_t i = 0; i < sizeof partial / sizeof partial[0]; i++) {
        inb_birth made = birth(partial[i]);
        ck_assert_int_eq(made.date.day, 0);
        ck_assert_int_ge(made.last - made.first, 27);
    }
    ck_assert_int_eq(birth("1999").last - birth("1999-00-00").first, 364);
    static const char *const none[] = {"", "?", "99", "1999-13-01", "1999-05-32", "0000-01-01",
        "1999-00-05", "123456789", "1-2-3-4", "mei 1999", "12345-01-01", "1999-05-20T00"};
    inb_birth made = {.first = 7};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        ck_assert_msg(!inb_birth_parse(none[i], strlen(none[i]), &made), "%s", none[i]);
        ck_assert_int_eq(made.first, 7);
    }
}
INB_END

INB_TEST(levels) {
    ck_assert_str_eq(level("1999-05-20", "20-5-1999"), "exact");
    ck_assert_str_eq(level("1999-01-01", "1999-01-01"), "heaped");
    ck_assert_str_eq(level("1999-07-01", "1999-07-01"), "heaped");
    ck_assert_str_eq(level("1999-05-15", "1999-05-15"), "heaped");
    ck_assert_str_eq(level("1999-05-04", "1999-04-05"), "swapped");
    ck_assert_str_eq(level("1999-05-20", "1999-05-21"), "slip");
    ck_assert_str_eq(level("1999-05-20", "1989-05-20"), "slip");
    ck_assert_str_eq(level("1999-05-12", "1999-05-21"), "slip"); // neighbours exchanged
    ck_assert_str_eq(level("1998-05-20", "2000-05-20"), "close");
    ck_assert_str_eq(level("1999-05-20", "1999-01-01"), "within");
    ck_assert_str_eq(level("1999-05-20", "1999-05-15"), "within");
    ck_assert_str_eq(level("1999-05-20", "1999-06-15"), "different");
    ck_assert_str_eq(level("1999-05-20", "1999"), "within");
    ck_assert_str_eq(level("1999-05", "1999"), "within");
    ck_assert_str_eq(level("1999", "2000"), "close");
    ck_assert_str_eq(level("1999", "2001"), "different");
    ck_assert_str_eq(level("1999-05-20", "1987-11-03"), "different");
}
INB_END

// The interval of an age holds just the births that inb_date_age gives this age.
INB_TEST(ages_are_intervals) {
    inb_rng rng = inb_rng_make(2, 0);
    for (int round = 0; round < 20000; round++) {
        int32_t today = (int32_t)inb_rng_below(&rng, 30000);
        inb_date on = inb_date_from_day(today);
        int years = (int)inb_rng_below(&rng, 90);
        inb_birth made = inb_birth_of_age(years, on);
        int32_t at[4] = {made.first - 1, made.first, made.last, made.last + 1};
        for (int i = 0; i < 4; i++) {
            int least, most;
            inb_date_age(inb_date_from_day(at[i]), on, &least, &most);
            bool inside = i == 1 || i == 2;
            INB_HOLDS(
                (least == years) == inside, "day %d, %d years, edge %d", (int)today, years, i);
        }
    }
    inb_birth of_age = inb_birth_of_age(17, (inb_date){2026, 11, 24});
    inb_birth born = birth("2009-03-02");
    ck_assert_int_eq(inb_birth_compare(&of_age, &born), INB_BIRTH_WITHIN);
    born = birth("2007-12-01"); // eighteen, and eight days off
    ck_assert_int_eq(inb_birth_compare(&of_age, &born), INB_BIRTH_CLOSE);
    born = birth("2001-12-01");
    ck_assert_int_eq(inb_birth_compare(&of_age, &born), INB_BIRTH_DIFFERENT);
    inb_birth other = inb_birth_of_age(18, (inb_date){2026, 0, 0}); // on some day of the year
    ck_assert_int_eq(inb_birth_compare(&of_age, &other), INB_BIRTH_WITHIN);
    inb_birth old = inb_birth_of_age(3000, (inb_date){2026, 11, 24});
    ck_assert_int_eq(inb_birth_compare(&old, &born), INB_BIRTH_DIFFERENT);
}
INB_END

INB_TEST_MAIN("3_link/birth", ways_to_write_a_date, levels, ages_are_intervals)
