// SPDX-License-Identifier: EUPL-1.2
// Dates: day numbers against a walk day by day with a calendar of its own, every kind of wrong
// text, and ages against brute force over every day that a partial date can be.

#include <inbeeld/date.h>
#include <inbeeld/rng.h>

#include "inb_test.h"

#include <stdio.h>
#include <string.h>

// ---- a calendar of its own ----

static int month_length(int year, int month) {
    switch (month) {
    case 2:
        if (year % 400 == 0) {
            return 29;
        }
        if (year % 100 == 0) {
            return 28;
        }
        return year % 4 == 0 ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

struct day {
    int year, month, day;
};

static struct day tomorrow(struct day d) {
    if (d.day < month_length(d.year, d.month)) {
        return (struct day){d.year, d.month, d.day + 1};
    }
    return d.month < 12 ? (struct day){d.year, d.month + 1, 1} : (struct day){d.year + 1, 1, 1};
}

// Birthdays that have come, one by one; born on 29 February: on 1 March where there is no such day.
static int count_birthdays(struct day born, struct day on) {
    int age = -1; // the day of birth itself is birthday 0
    for (int year = born.year;; year++) {
        struct day birthday = {year, born.month, born.day};
        if (birthday.day > month_length(year, birthday.month)) {
            birthday = (struct day){year, 3, 1};
        }
        bool come = on.year > birthday.year ||
                    (on.year == birthday.year &&
                        (on.month > birthday.month ||
                            (on.month == birthday.month && on.day >= birthday.day)));
        if (!come) {
            return age;
        }
        age++;
    }
}

static bool parse(const char *text, inb_date *ret_date) {
    return inb_date_parse(text, strlen(text), ret_date);
}

static inb_date date_of(const char *text) {
    inb_date date = {0};
    ck_assert_msg(parse(text, &date), "%s", text);
    return date;
}

// ---- day numbers ----

static void walk(struct day from, int32_t number, int last_year) {
    int month_start = 0;
    int year_start = 0;
    for (struct day d = from; d.year <= last_year; d = tomorrow(d), number++) {
        inb_date date = {(int16_t)d.year, (int8_t)d.month, (int8_t)d.day};
        INB_HOLDS(inb_date_first_day(date) == number, "%d-%d-%d", d.year, d.month, d.day);
        INB_HOLDS(inb_date_last_day(date) == number, "%d-%d-%d", d.year, d.month, d.day);
        inb_date back = inb_date_from_day(number);
        INB_HOLDS(back.year == d.year && back.month == d.month && back.day == d.day, "%d", number);

        char expected[40], text[11];
        snprintf(expected, sizeof expected, "%04d-%02d-%02d", d.year, d.month, d.day);
        inb_date_format(date, text);
        INB_HOLDS(strcmp(text, expected) == 0, "%s", expected);
        inb_date read = {0};
        INB_HOLDS(parse(text, &read) && memcmp(&read, &date, sizeof read) == 0, "%s", expected);
        snprintf(expected, sizeof expected, "%04d%02d%02d", d.year, d.month, d.day);
        INB_HOLDS(parse(expected, &read) && memcmp(&read, &date, sizeof read) == 0, "%s", expected);

        month_start = d.day == 1 ? number : month_start;
        year_start = d.day == 1 && d.month == 1 ? number : year_start;
        if (tomorrow(d).month != d.month) {
            inb_date month = {(int16_t)d.year, (int8_t)d.month, 0};
            INB_HOLDS(inb_date_first_day(month) == month_start, "%d-%d", d.year, d.month);
            INB_HOLDS(inb_date_last_day(month) == number, "%d-%d", d.year, d.month);
        }
        if (tomorrow(d).year != d.year) {
            inb_date year = {(int16_t)d.year, 0, 0};
            INB_HOLDS(inb_date_first_day(year) == year_start, "%d", d.year);
            INB_HOLDS(inb_date_last_day(year) == number, "%d", d.year);
        }
    }
}

INB_TEST(day_by_day_1600_to_2400) {
    int32_t from_1600 = 0;
    for (struct day d = {1600, 1, 1}; d.year < 1970; d = tomorrow(d)) {
        from_1600++;
    }
    walk((struct day){1600, 1, 1}, -from_1600, 2400);
}
INB_END

INB_TEST(first_and_last_years) {
    ck_assert_int_eq(inb_date_first_day(date_of("0001-01-01")), -719162);
    ck_assert_int_eq(inb_date_first_day(date_of("9999-12-31")), 2932896);
    walk((struct day){1, 1, 1}, -719162, 5);
    walk((struct day){9998, 1, 1}, 2932896 - 365 - 364, 9999);
}
INB_END

INB_TEST(day_numbers_outside) {
    char text[11];
    static const int32_t before[] = {-719163, -2000000, INT32_MIN};
    static const int32_t after[] = {2932897, 5000000, INT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        inb_date_format(inb_date_from_day(before[i]), text);
        ck_assert_str_eq(text, "0001-01-01");
        inb_date_format(inb_date_from_day(after[i]), text);
        ck_assert_str_eq(text, "9999-12-31");
    }
}
INB_END

// ---- texts ----

INB_TEST(partial_forms) {
    static const struct {
        const char *text;
        int year, month, day;
    } rows[] = {{"2026", 2026, 0, 0}, {"2026-11", 2026, 11, 0}, {"2026-11-03", 2026, 11, 3},
        {"20261103", 2026, 11, 3}, {"0001", 1, 0, 0}, {"9999-12-31", 9999, 12, 31},
        {"2024-02-29", 2024, 2, 29}, {"2000-02-29", 2000, 2, 29}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        inb_date date = date_of(rows[i].text);
        ck_assert_int_eq(date.year, rows[i].year);
        ck_assert_int_eq(date.month, rows[i].month);
        ck_assert_int_eq(date.day, rows[i].day);
        char text[11];
        inb_date_format(date, text);
        ck_assert_str_eq(text, strcmp(rows[i].text, "20261103") == 0 ? "2026-11-03" : rows[i].text);
    }
}
INB_END

INB_TEST(wrong_forms) {
    static const char *const wrong[] = {"", "2", "20", "202", "20261", "202611", "2026110",
        "202611030", "2026-1", "2026-1-1", "2026-11-3", "2026-111-03", "2026-11-033", "2026/11/03",
        "2026-11/03", "2026.11.03", "2026-1103", "202611-03", "03-11-2026", "11-2026", "2026-00",
        "2026-13", "2026-00-01", "2026-11-00", "2026-11-31", "2026-02-29", "1900-02-29",
        "2100-02-29", "2026-12-32", "20260229", "20261301", "20260001", "20261100", "0000",
        "0000-01-01", "-001", "+201", " 2026", "2026 ", "2026-", "2026-11-", "2026-11-03T00:00",
        "2O26", "2026-l1", "2026-11-0x", "202a", "2026-+1", "2026--1", "2026-1 ", "2026-11- 3",
        "\xD9\xA2\xD9\xA0" /* Arabic digits */,
        ("2026\xE2\x80\x93"
         "11"),
        "2026-11-0\xB3"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        inb_date date = {1, 2, 3};
        ck_assert_msg(!parse(wrong[i], &date), "'%s' was taken for a date", wrong[i]);
        ck_assert_msg(date.year == 1 && date.month == 2 && date.day == 3, "'%s' changed the result",
            wrong[i]);
    }
    inb_date date;
    ck_assert(!inb_date_parse("2026\0-1", 7, &date));
    ck_assert(!inb_date_parse("20\0006", 4, &date));
    ck_assert(inb_date_parse("2026-11-03", 7, &date)); // only what was said to be the text
    ck_assert_int_eq(date.day, 0);
}
INB_END

// Every text of one of the four lengths with a wrong character somewhere is refused.
INB_TEST(one_wrong_character) {
    static const char *const right[] = {"2026", "2026-11", "2026-11-03", "20261103"};
    for (size_t i = 0; i < 4; i++) {
        for (size_t at = 0; at < strlen(right[i]); at++) {
            for (int c = 0; c < 256; c++) {
                char text[11];
                memcpy(text, right[i], strlen(right[i]) + 1);
                text[at] = (char)c;
                bool digit = c >= '0' && c <= '9';
                inb_date date;
                if (right[i][at] == '-' ? c != '-' : !digit) {
                    INB_HOLDS(!inb_date_parse(text, strlen(right[i]), &date), "%s at %zu: %d",
                        right[i], at, c);
                }
            }
        }
    }
}
INB_END

// ---- ages ----

// Every day from the first to the last that `date` can be, by the test's own calendar.
static size_t all_days(inb_date date, struct day out[366]) {
    size_t count = 0;
    int month = date.month == 0 ? 1 : date.month;
    for (struct day d = {date.year, month, date.day == 0 ? 1 : date.day};; d = tomorrow(d)) {
        if (d.year != date.year || (date.month != 0 && d.month != date.month) ||
            (date.day != 0 && d.day != date.day)) {
            return count;
        }
        out[count++] = d;
    }
}

static void check_age(inb_date born, inb_date on) {
    struct day births[366], days[366];
    size_t birth_count = all_days(born, births);
    size_t day_count = all_days(on, days);
    int expected_least = 9999;
    int expected_most = -9999;
    for (size_t i = 0; i < birth_count; i++) {
        for (size_t j = 0; j < day_count; j++) {
            int age = count_birthdays(births[i], days[j]);
            expected_least = age < expected_least ? age : expected_least;
            expected_most = age > expected_most ? age : expected_most;
        }
    }
    int least;
    int most;
    inb_date_age(born, on, &least, &most);
    char b[11], o[11];
    inb_date_format(born, b);
    inb_date_format(on, o);
    INB_HOLDS(least == expected_least && most == expected_most,
        "born %s on %s: %d..%d, expected %d..%d", b, o, least, most, expected_least, expected_most);
}

INB_TEST(ages_by_brute_force) {
    static const char *const births[] = {"2004", "2007", "2008", "2004-02", "2005-02", "2007-12",
        "2008-01", "2008-06", "2004-02-28", "2004-02-29", "2004-03-01", "2007-12-31", "2008-11-24",
        "2008-11-25", "1900-02-28"};
    static const char *const days[] = {"2026", "2024", "2008", "2026-02", "2024-02", "2026-11",
        "2026-12", "2022-02-28", "2022-03-01", "2024-02-28", "2024-02-29", "2024-03-01",
        "2026-11-23", "2026-11-24", "2026-11-25", "2100-02-28", "2100-03-01"};
    for (size_t i = 0; i < sizeof births / sizeof births[0]; i++) {
        for (size_t j = 0; j < sizeof days / sizeof days[0]; j++) {
            if (strlen(births[i]) != 4 || strlen(days[j]) != 4) {
                check_age(date_of(births[i]), date_of(days[j]));
            }
        }
    }
    check_age(date_of("2004"), date_of("2022"));
    check_age(date_of("2008"), date_of("2008")); // within: 0 at the most, before birth at the least
}
INB_END

INB_TEST(ages_of_random_dates) {
    inb_rng rng = inb_rng_make(4, 1);
    for (int round = 0; round < 20000; round++) {
        inb_date dates[2];
        for (int i = 0; i < 2; i++) {
            uint32_t known = inb_rng_below(&rng, 8);
            int year = 1990 + (int)inb_rng_below(&rng, 20) + 20 * i;
            int month = 1 + (int)inb_rng_below(&rng, 12);
            int day = 1 + (int)inb_rng_below(&rng, (uint32_t)month_length(year, month));
            dates[i] = (inb_date){(int16_t)year, (int8_t)(known == 0 && i == 0 ? 0 : month),
                (int8_t)(known <= 1 ? 0 : day)};
        }
        check_age(dates[0], dates[1]);
    }
}
INB_END

static void age_is(const char *born, const char *on, int expected_least, int expected_most) {
    int least;
    int most;
    inb_date_age(date_of(born), date_of(on), &least, &most);
    ck_assert_msg(least == expected_least && most == expected_most, "born %s on %s: %d..%d", born,
        on, least, most);
}

// Written out by hand, so that a shared mistake of both calendars would show.
INB_TEST(ages_by_hand) {
    age_is("2008-11-24", "2026-11-23", 17, 17);
    age_is("2008-11-24", "2026-11-24", 18, 18);
    age_is("2008-11", "2026-11-24", 17, 18);
    age_is("2008", "2026-11-24", 17, 18);
    age_is("2008", "2026-12-31", 18, 18);
    age_is("2008", "2026", 17, 18);
    age_is("2008-02-29", "2026-02-28", 17, 17);
    age_is("2008-02-29", "2026-03-01", 18, 18);
    age_is("2008-02-29", "2024-02-28", 15, 15);
    age_is("2008-02-29", "2024-02-29", 16, 16);
    age_is("2026-11-24", "2026-11-24", 0, 0);
    age_is("2026-11-24", "2026-11-23", -1, -1);
    age_is("2026-11-24", "2025-11-23", -2, -2);
}
INB_END

INB_TEST_MAIN("base/date", day_by_day_1600_to_2400, first_and_last_years, day_numbers_outside,
    partial_forms, wrong_forms, one_wrong_character, ages_by_brute_force, ages_of_random_dates,
    ages_by_hand)
