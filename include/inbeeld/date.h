// SPDX-License-Identifier: EUPL-1.2
// Partial dates (a year, a month, a day) and ages, both as intervals: what is not known stays open.
// Proleptic Gregorian calendar; day numbers by Hinnant's civil-day algorithm.
#ifndef INBEELD_DATE_H
#define INBEELD_DATE_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A date known to a year, a month or a day. month and day are 0 where not known; day is known only
// where month is. year 1..9999.
typedef struct inb_date {
    int16_t year;
    int8_t month;
    int8_t day;
} inb_date;

// "2026", "2026-11", "2026-11-03" or "20261103", whole text, a day that exists.
// False where it is not one.
bool inb_date_parse(const char *text, size_t length, inb_date *ret_date) INB_NODISCARD;

// Writes "2026-11-03", "2026-11" or "2026".
void inb_date_format(inb_date date, char out[11]);

// Days since 1970-01-01 of the first and the last day that the date can be.
int32_t inb_date_first_day(inb_date date);
int32_t inb_date_last_day(inb_date date);

// The date of a day number, known to the day; before year 1 or after 9999 the nearest day within.
inb_date inb_date_from_day(int32_t day);

// Full years of age on `on` of someone born on `born`: the least and the
// largest that are possible. Someone born on 29 February has the birthday on 1 March in a
// year without one. Negative before birth.
void inb_date_age(inb_date born, inb_date on, int *ret_least, int *ret_most);

#ifdef __cplusplus
}
#endif
#endif
