// SPDX-License-Identifier: EUPL-1.2
// The eleven-test (elfproef) of citizen service numbers: 9 a + 8 b + … + 2 h - i is divisible by
// eleven (Logisch Ontwerp GBA, element 01.20).

#include "citizen_number.h"

#include <string.h>

bool inb_citizen_nine(const char *text, size_t length, char ret_digits[static 9]) {
    char digits[9];
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c >= '0' && c <= '9') {
            if (count == sizeof digits) {
                return false;
            }
            digits[count++] = c;
        } else if (c != ' ' && c != '.' && c != '-') {
            return false;
        }
    }
    if (count != sizeof digits || memcmp(digits, "000000000", sizeof digits) == 0) {
        return false;
    }
    memcpy(ret_digits, digits, sizeof digits);
    return true;
}

bool inb_citizen_passes(const char digits[static 9]) {
    int sum = '0' - digits[8];
    for (int i = 0; i < 8; i++) {
        sum += (9 - i) * (digits[i] - '0');
    }
    return sum % 11 == 0;
}

void inb_citizen_add(inb_citizen_count *count, const char *text, size_t length) {
    char digits[9];
    if (inb_citizen_nine(text, length, digits)) {
        count->nine++;
        count->passing += inb_citizen_passes(digits) ? 1 : 0;
    }
}

bool inb_citizen_refuses(const inb_citizen_count *count) {
    if (count->nine < INB_CITIZEN_MANY) {
        return count->nine > 0 && count->passing == count->nine;
    }
    return count->passing >= count->nine - count->passing;
}
