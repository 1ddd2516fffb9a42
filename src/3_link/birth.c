// SPDX-License-Identifier: EUPL-1.2
// Births as intervals of days, and how two of them agree. Heaping on 1 January, 1 July and the 15th
// is what registrations do where a day is not known (stations/link.md); such a date is compared as
// the year or the month that it stands for.

#include <inbeeld/normalise.h>

static const char *const codes[INB_BIRTH_LEVEL_COUNT] = {
#define X(name, code) [INB_BIRTH_##name] = (code),
    INB_BIRTH_LEVELS(X)
#undef X
};

const char *inb_birth_level_code(inb_birth_level level) {
    return (size_t)level < INB_BIRTH_LEVEL_COUNT ? codes[level] : "";
}

inb_birth inb_birth_of_date(inb_date date) {
    bool of_year = date.day == 1 && (date.month == 1 || date.month == 7);
    bool of_month = date.day == 15;
    inb_date wide = date;
    if (of_year || of_month) {
        wide.day = 0;
        wide.month = of_year ? (int8_t)0 : date.month;
    }
    return (inb_birth){
        inb_date_first_day(wide), inb_date_last_day(wide), date, of_year || of_month};
}

// The same month and day in another year; 29 February becomes the 28th.
static int32_t years_back(int32_t day, int years) {
    inb_date date = inb_date_from_day(day);
    int year = date.year - years;
    if (year < 1) {
        return inb_date_first_day((inb_date){1, 1, 1});
    }
    date.year = (int16_t)year;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (date.month == 2 && date.day == 29 && !leap) {
        date.day = 28;
    }
    return inb_date_first_day(date);
}

inb_birth inb_birth_of_age(int years, inb_date on) {
    return (inb_birth){.first = years_back(inb_date_first_day(on), years + 1) + 1,
        .last = years_back(inb_date_last_day(on), years)};
}

// Up to three runs of digits; false where there is anything but digits and marks between them.
static bool runs_of_digits(
    const char *text, size_t length, int values[3], size_t widths[3], size_t *ret_count) {
    size_t count = 0;
    bool inside = false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool digit = c >= '0' && c <= '9';
        bool mark = c == '-' || c == '.' || c == '/' || c == ' ';
        if (!digit && !mark) {
            return false;
        }
        if (digit && !inside) {
            if (count == 3) {
                return false;
            }
            values[count] = 0;
            widths[count++] = 0;
        }
        if (digit) {
            if (widths[count - 1] == 8) {
                return false;
            }
            values[count - 1] = values[count - 1] * 10 + (c - '0');
            widths[count - 1]++;
        }
        inside = digit;
    }
    *ret_count = count;
    return count > 0;
}

bool inb_birth_parse(const char *text, size_t length, inb_birth *ret_birth) {
    int v[3] = {0};
    size_t widths[3] = {0};
    size_t count;
    if (!runs_of_digits(text, length, v, widths, &count)) {
        return false;
    }
    int year = v[0];
    int month = count > 1 ? v[1] : 0;
    int day = count > 2 ? v[2] : 0;
    if (count == 1 && widths[0] == 8) {
        year = v[0] / 10000;
        month = v[0] / 100 % 100;
        day = v[0] % 100;
    } else if (count == 3 && widths[2] == 4 && widths[0] <= 2) {
        year = v[2];
        day = v[0];
    } else if (count == 2 && widths[1] == 4 && widths[0] <= 2) {
        year = v[1];
        month = v[0];
    } else if (widths[0] != 4) {
        return false;
    }
    if (year < 1 || month > 12 || day > 31 || (month == 0 && day > 0)) {
        return false;
    }
    inb_date date = {(int16_t)year, (int8_t)month, (int8_t)day};
    inb_date of_month = {date.year, date.month, 0};
    if (day > 0 && inb_date_first_day(date) > inb_date_last_day(of_month)) {
        date = of_month; // 31 April
    }
    *ret_birth = inb_birth_of_date(date);
    return true;
}

static bool full(const inb_birth *birth) {
    return birth->date.day != 0;
}

static bool same_date(inb_date a, inb_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

// One digit of YYYYMMDD differs, or two neighbours are exchanged.
static bool one_slip(inb_date a, inb_date b) {
    char left[11];
    char right[11];
    inb_date_format(a, left);
    inb_date_format(b, right);
    size_t first = 10;
    size_t wrong = 0;
    for (size_t i = 0; i < 10; i++) {
        if (left[i] != right[i]) {
            first = first == 10 ? i : first;
            wrong++;
        }
    }
    bool neighbours = wrong == 2 && first < 9 && left[first] == right[first + 1] &&
                      left[first + 1] == right[first];
    return wrong == 1 || neighbours;
}

inb_birth_level inb_birth_compare(const inb_birth *a, const inb_birth *b) {
    bool both = full(a) && full(b);
    if (both && same_date(a->date, b->date)) {
        return a->heaped ? INB_BIRTH_HEAPED : INB_BIRTH_EXACT;
    }
    if (both && a->date.year == b->date.year && a->date.month == b->date.day &&
        a->date.day == b->date.month) {
        return INB_BIRTH_SWAPPED;
    }
    bool vague = !both || a->heaped || b->heaped;
    if (vague && a->first <= b->last && b->first <= a->last) {
        return INB_BIRTH_WITHIN;
    }
    if (both && one_slip(a->date, b->date)) {
        return INB_BIRTH_SLIP;
    }
    int apart = a->date.year - b->date.year;
    bool years = both && a->date.month == b->date.month && a->date.day == b->date.day &&
                 apart >= -2 && apart <= 2;
    int64_t gap = a->first > b->last ? (int64_t)a->first - b->last : (int64_t)b->first - a->last;
    return years || (!both && gap < 365) ? INB_BIRTH_CLOSE : INB_BIRTH_DIFFERENT;
}
