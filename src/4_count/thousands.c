// SPDX-License-Identifier: EUPL-1.2
// Numbers of people as text, for sentences and tables: one way of writing them, which a reader can
// copy. The thousands are parted by commas.

#include "thousands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double ALL_DIGITS = 1e15;

inb_i_people inb_i_people_of(double people) {
    inb_i_people out;
    if (!(fabs(people) < ALL_DIGITS)) {
        snprintf(out.text, sizeof out.text, "%.6g", people);
        return out;
    }
    char plain[24];
    snprintf(plain, sizeof plain, "%.0f", fabs(people));
    size_t length = strlen(plain);
    size_t at = 0;
    if (people < 0 && strcmp(plain, "0") != 0) {
        out.text[at++] = '-';
    }
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            out.text[at++] = ',';
        }
        out.text[at++] = plain[i];
    }
    out.text[at] = '\0';
    return out;
}
