// SPDX-License-Identifier: EUPL-1.2
// UTF-8 validity by ICU's macros, Windows-1252, and numbers that read the same under any locale.

#include "base/text.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

size_t inb_utf8_width(const char *text, size_t length) {
    int32_t limit = length > 4 ? 4 : (int32_t)length;
    int32_t at = 0;
    UChar32 c = -1;
    if (limit > 0) {
        U8_NEXT((const uint8_t *)text, at, limit, c);
    }
    return c < 0 ? 0 : (size_t)at;
}

size_t inb_utf8_valid(const char *text, size_t length) {
    size_t at = 0;
    while (at < length) {
        size_t width = (unsigned char)text[at] < 0x80 ? 1 : inb_utf8_width(text + at, length - at);
        if (width == 0) {
            return at;
        }
        at += width;
    }
    return length;
}

size_t inb_utf8_count(const char *text, size_t length) {
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        size_t width = inb_utf8_width(text + at, length - at);
        at += width == 0 ? 1 : width;
    }
    return count;
}

size_t inb_utf8_put(uint32_t c, char out[static 4]) {
    size_t at = 0;
    U8_APPEND_UNSAFE((uint8_t *)out, at, c);
    return at;
}

uint32_t inb_windows1252(unsigned char byte) {
    // The row 0x80..0x9F of the WHATWG index windows-1252; 0xFFFD where nothing is assigned.
    static const uint16_t row[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019,
        0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD,
        0x017E, 0x0178};
    return byte >= 0x80 && byte <= 0x9F ? row[byte - 0x80] : byte;
}

bool inb_parse_int64(const char *text, size_t length, int64_t *ret_value) {
    size_t at = 0;
    bool negative = length > 0 && text[0] == '-';
    at += negative ? 1 : 0;
    if (at == length) {
        return false;
    }
    int64_t value = 0;
    for (; at < length; at++) {
        if (text[at] < '0' || text[at] > '9') {
            return false;
        }
        int digit = text[at] - '0';
        if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
            __builtin_sub_overflow(value, (int64_t)digit, &value)) { // negative side holds one more
            return false;
        }
    }
    if (!negative && value == INT64_MIN) {
        return false;
    }
    *ret_value = negative ? value : -value;
    return true;
}

// A program around the library may have called setlocale, after which strtod and printf use its
// decimal sign. In glibc the C locale is a static object: nothing is allocated.
static locale_t c_locale(void) {
    return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

bool inb_parse_double(const char *text, size_t length, double *ret_value) {
    char copy[64];
    if (length == 0 || length >= sizeof copy) {
        return false;
    }
    bool digit = false;
    for (size_t at = 0; at < length; at++) {
        char c = text[at];
        bool is_digit = c >= '0' && c <= '9';
        digit = digit || is_digit;
        if (!is_digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
            return false;
        }
    }
    if (!digit || text[0] == '+' || text[0] == 'e' || text[0] == 'E') {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *end = NULL;
    double value = strtod_l(copy, &end, c_locale());
    if (end != copy + length || !isfinite(value)) {
        return false;
    }
    *ret_value = value;
    return true;
}

void inb_format_double(double value, int digits, char out[static INB_DOUBLE_SIZE]) {
    digits = digits < 1 ? 1 : digits > 17 ? 17 : digits;
    locale_t before = uselocale(c_locale()); // of this thread
    snprintf(out, INB_DOUBLE_SIZE, "%.*g", digits, value);
    uselocale(before);
}

bool inb_equals(const char *text, size_t length, const char *word) {
    return strlen(word) == length && memcmp(text, word, length) == 0;
}
