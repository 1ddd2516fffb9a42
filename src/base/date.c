// SPDX-License-Identifier: EUPL-1.2
// Partial dates and ages as intervals. Civil-day arithmetic after Howard Hinnant,
// "chrono-compatible low-level date algorithms", with years that begin in March.

#include <inbeeld/date.h>

#include <stdio.h>

// Day numbers of 0001-01-01 and 9999-12-31.
enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static int32_t day_number(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = shifted / 400; // years from 1: never negative
    int of_era = shifted - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + day_of_era - 719468;
}

// `length` digits as a number, -1 where one is not a digit.
static int digits(const char *text, size_t length) {
    int value = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool inb_date_parse(const char *text, size_t length, inb_date *ret_date) {
    int month = 0;
    int day = 0;
    bool dashed =
        (length == 7 || length == 10) && text[4] == '-' && (length == 7 || text[7] == '-');
    if (length != 4 && length != 8 && !dashed) {
        return false;
    }
    int year = digits(text, 4);
    if (length > 4) {
        month = digits(text + (dashed ? 5 : 4), 2);
    }
    if (length >= 8) {
        day = digits(text + (dashed ? 8 : 6), 2);
    }
    bool month_wrong = length > 4 && (month < 1 || month > 12);
    if (year < 1 || month_wrong || (length >= 8 && (day < 1 || day > days_in_month(year, month)))) {
        return false;
    }
    *ret_date = (inb_date){(int16_t)year, (int8_t)month, (int8_t)day};
    return true;
}

void inb_date_format(inb_date date, char out[11]) {
    unsigned year = (unsigned)date.year % 10000;
    unsigned month = (unsigned)date.month % 100;
    unsigned day = (unsigned)date.day % 100;
    if (date.day != 0) {
        snprintf(out, 11, "%04u-%02u-%02u", year, month, day);
    } else if (date.month != 0) {
        snprintf(out, 11, "%04u-%02u", year, month);
    } else {
        snprintf(out, 11, "%04u", year);
    }
}

int32_t inb_date_first_day(inb_date date) {
    return day_number(date.year, date.month == 0 ? 1 : date.month, date.day == 0 ? 1 : date.day);
}

int32_t inb_date_last_day(inb_date date) {
    int month = date.month == 0 ? 12 : date.month;
    return day_number(date.year, month, date.day == 0 ? days_in_month(date.year, month) : date.day);
}

inb_date inb_date_from_day(int32_t number) {
    number = number < FIRST_DAY ? FIRST_DAY : number > LAST_DAY ? LAST_DAY : number;
    int32_t z = number + 719468;
    int32_t era = z / 146097; // years from 1: never negative
    int32_t day_of_era = z - era * 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t shifted_month = (5 * of_year + 2) / 153;
    int32_t day = of_year - (153 * shifted_month + 2) / 5 + 1;
    int32_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    int32_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    return (inb_date){(int16_t)year, (int8_t)month, (int8_t)day};
}

// Completed years on day `on` of someone born on day `born`.
static int age_on(int32_t born, int32_t on) {
    inb_date b = inb_date_from_day(born);
    inb_date o = inb_date_from_day(on);
    bool before_birthday = o.month < b.month || (o.month == b.month && o.day < b.day);
    return o.year - b.year - (before_birthday ? 1 : 0);
}

void inb_date_age(inb_date born, inb_date on, int *ret_least, int *ret_most) {
    *ret_least = age_on(inb_date_last_day(born), inb_date_first_day(on));
    *ret_most = age_on(inb_date_first_day(born), inb_date_last_day(on));
}
