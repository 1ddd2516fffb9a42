// SPDX-License-Identifier: EUPL-1.2
// Phone numbers as people write them: one key for all the ways to write one number, and E.164.
// Country codes: ITU-T E.164 and its annex (list of assigned codes); they are prefix-free.

#include <inbeeld/normalise.h>

#include "base/text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { MOST_DIGITS = 24, LEAST = 7, KEY_DIGITS = 9 };

// The digits of the first number in a text.
typedef struct digits {
    char text[MOST_DIGITS + 1];
    size_t count;
    bool international; // after + or 00, which are not among the digits
} digits;

static bool ends_number(UChar32 c, size_t count) {
    bool other = c == '/' || c == ',' || c == ';' || c == '|' || c == '\n';
    return count >= LEAST && (other || u_isalpha(c)); // "ext 12", "of 020 …"
}

static digits read_digits(const char *text, size_t length) {
    digits found = {.count = 0};
    bool trunk_open = false; // inside "(0"
    for (size_t at = 0; at < length;) {
        size_t width = inb_utf8_width(text + at, length - at);
        UChar32 c = ' ';
        if (width > 0) {
            int32_t inside = 0;
            U8_NEXT_UNSAFE((const uint8_t *)text + at, inside, c);
        }
        at += width == 0 ? 1 : width;
        int32_t digit = u_charDigitValue(c); // Arabic and Persian digits too
        if (ends_number(c, found.count)) {
            break;
        }
        if ((c == '+' || c == 0xFF0B) && found.count == 0) {
            found.international = true;
        } else if (c == '+' && found.count >= LEAST) {
            break; // the next number
        } else if (c == '(') {
            trunk_open = found.count > 0;
        } else if (c == ')') {
            trunk_open = false;
        } else if (digit == 0 && trunk_open && found.international) {
            trunk_open = false; // the zero of "+31 (0)6"
        } else if (digit >= 0 && digit <= 9) {
            if (found.count == MOST_DIGITS) {
                break;
            }
            found.text[found.count++] = (char)('0' + digit);
        }
    }
    if (!found.international && found.count > 2 && memcmp(found.text, "00", 2) == 0) {
        memmove(found.text, found.text + 2, found.count - 2);
        found.count -= 2;
        found.international = true;
    }
    found.text[found.count] = '\0';
    return found;
}

// Digits of the country code at the start of an international number.
static size_t code_width(const char *text) {
    static const char two[] =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 "
        "56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    if (text[0] == '1' || text[0] == '7') {
        return 1;
    }
    for (const char *code = two; *code != '\0'; code += 3) {
        if (memcmp(code, text, 2) == 0) {
            return 2;
        }
    }
    return 3;
}

// Whether it is more than one digit repeated, which fills a field.
static bool varied(const char *text, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (text[i] != text[0]) {
            return true;
        }
    }
    return false;
}

// Splits into country code (its width, 0 = not told) and national number without trunk zeros.
static bool split(digits *found, size_t *ret_code, const char **ret_national, size_t *ret_count) {
    size_t code = 0;
    if (found->international && found->count > 3) {
        code = code_width(found->text);
    } else if (found->count == 11 && memcmp(found->text, "31", 2) == 0) {
        code = 2; // the plus was dropped; no Dutch number has eleven digits otherwise
    }
    const char *national = found->text + code;
    size_t count = found->count - code;
    while (count > 0 && national[0] == '0') {
        national++;
        count--;
    }
    *ret_code = code;
    *ret_national = national;
    *ret_count = count;
    return count >= LEAST && count <= 15 && varied(national, count);
}

bool inb_exact_phone(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    digits found = read_digits(text, length);
    size_t code;
    size_t count;
    const char *national;
    if (!split(&found, &code, &national, &count)) {
        return false;
    }
    size_t skip = count > KEY_DIGITS ? count - KEY_DIGITS : 0;
    while (
        skip < count && national[skip] == '0') { // no value begins with what could be a trunk zero
        skip++;
    }
    if (count - skip < LEAST || !varied(national + skip, count - skip)) {
        return false;
    }
    memcpy(ret_value, national + skip, count - skip);
    ret_value[count - skip] = '\0';
    return true;
}

bool inb_phone_e164(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    digits found = read_digits(text, length);
    size_t code;
    size_t count;
    const char *national;
    if (!split(&found, &code, &national, &count)) {
        return false;
    }
    bool dutch = code == 0 && count == KEY_DIGITS;
    if (code == 0 && !dutch) {
        return false;
    }
    size_t at = 0;
    ret_value[at++] = '+';
    memcpy(ret_value + at, dutch ? "31" : found.text, dutch ? 2 : code);
    at += dutch ? 2 : code;
    memcpy(ret_value + at, national, count);
    ret_value[at + count] = '\0';
    return true;
}
