// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of dates: two texts are parsed, written and parsed again, turned into days and back, and
// set against each other as birth and today.

#include <inbeeld/date.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool same(inb_date a, inb_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void check_one(inb_date date) {
    char text[11];
    inb_date again = {0};
    inb_date_format(date, text);
    demand(inb_date_parse(text, strlen(text), &again) && same(date, again));
    int32_t first = inb_date_first_day(date);
    int32_t last = inb_date_last_day(date);
    int32_t days = last - first + 1;
    demand(date.day != 0     ? days == 1
           : date.month != 0 ? days >= 28 && days <= 31
                             : days == 365 || days == 366);
    inb_date from = inb_date_from_day(first);
    inb_date to = inb_date_from_day(last);
    demand(from.year == date.year && to.year == date.year);
    demand(date.month == 0 ? from.month == 1 && to.month == 12
                           : from.month == date.month && to.month == date.month);
    demand(inb_date_first_day(from) == first && inb_date_last_day(to) == last);
    // The day after the last belongs to the next month, or year.
    inb_date next = inb_date_from_day(last + 1);
    demand(date.day != 0 || next.day == 1 || last == inb_date_last_day((inb_date){9999, 0, 0}));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size >= sizeof(int32_t)) {
        int32_t number;
        memcpy(&number, data, sizeof number);
        inb_date date = inb_date_from_day(number);
        demand(date.year >= 1 && date.year <= 9999);
        check_one(date);
    }
    // "BIRTH TODAY": split at the first blank.
    const char *text = (const char *)data;
    const char *blank = size == 0 ? NULL : memchr(text, ' ', size);
    size_t length = blank == NULL ? size : (size_t)(blank - text);
    inb_date born;
    if (size == 0 || !inb_date_parse(text, length, &born)) {
        return 0;
    }
    check_one(born);
    inb_date on;
    if (blank != NULL && inb_date_parse(blank + 1, size - length - 1, &on)) {
        check_one(on);
        int least;
        int most;
        inb_date_age(born, on, &least, &most);
        demand(least <= most && most - least <= 3);
        demand(most <= on.year - born.year && least >= on.year - born.year - 1);
        int on_least;
        int on_most;
        inb_date_age(born, inb_date_from_day(inb_date_last_day(on)), &on_least, &on_most);
        demand(on_most == most && on_least >= least);
    }
    return 0;
}
