// SPDX-License-Identifier: EUPL-1.2
// Values as they are compared: one function for each kind of column, so that spelling, case and
// marks do not count as differences.
#ifndef INB_3_LINK_PLAIN_FORM_H
#define INB_3_LINK_PLAIN_FORM_H

#include "records.h"

enum { INB_PLAIN_MOST = 256 };

// Lower case without accents, letters and digits only, words parted by single blanks; writes at
// most INB_PLAIN_MOST bytes and returns how many.
size_t inb_plain_text(const char *text, size_t length, char out[static INB_PLAIN_MOST]);

// The plain form of a value of a feature (not of the date's parts).
size_t inb_plain_value(
    enum inb_feature feature, const char *text, size_t length, char out[static INB_PLAIN_MOST]);

// A whole name in one column: what of its plain form is the given name and what the surname.
void inb_plain_split(const char *text, size_t length, char given[static INB_PLAIN_MOST],
    size_t *ret_given, char surname[static INB_PLAIN_MOST], size_t *ret_surname);

// Parts of a date as they stand, also of one that is no day (2001-02-31): 0 = not there. False
// where it cannot be read. "2026", "2026-11", "2026-11-03", "20261103", "3-11-2026".
bool inb_plain_date(const char *text, size_t length, unsigned ret_parts[static 3]);

#endif
