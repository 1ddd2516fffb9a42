// SPDX-License-Identifier: EUPL-1.2
// Stamps: good ones hold, for their purpose and time only, and every changed character is seen.
// Method: exhaustive single-character changes, plus moments around the end of the lifetime.

#include <inbeeld/seal.h>

#include "inb_test.h"

#include <string.h>

enum { NOW = 1790000000 };

INB_TEST(holds_for_its_purpose_and_time) {
    inb_stamper *stamper = NULL;
    INB_OK_IS(inb_stamper_new(&stamper, err));
    char stamp[INB_STAMP_SIZE];
    inb_stamp_make(stamper, "card", NOW, stamp);
    size_t length = strlen(stamp);
    ck_assert_uint_eq(length, INB_STAMP_SIZE - 1);
    ck_assert_int_eq(inb_stamp_check(stamper, "card", NOW, stamp, length), INB_STAMP_GOOD);
    ck_assert_int_eq(inb_stamp_check(stamper, "card", NOW + INB_STAMP_SECONDS - 1, stamp, length),
        INB_STAMP_GOOD);
    ck_assert_int_eq(inb_stamp_check(stamper, "card", NOW + INB_STAMP_SECONDS, stamp, length),
        INB_STAMP_EXPIRED);
    // Made an hour in the future: the clock went back, the stamp does not hold longer for it.
    ck_assert_int_eq(
        inb_stamp_check(stamper, "card", NOW - 3600, stamp, length), INB_STAMP_EXPIRED);
    ck_assert_int_eq(inb_stamp_check(stamper, "list", NOW, stamp, length), INB_STAMP_FORGED);
    ck_assert_int_eq(inb_stamp_check(stamper, "car", NOW, stamp, length), INB_STAMP_FORGED);
    ck_assert_int_eq(inb_stamp_check(stamper, "", NOW, stamp, length), INB_STAMP_FORGED);
    inb_stamper_free(stamper);
}
INB_END

INB_TEST(every_change_is_seen) {
    inb_stamper *stamper = NULL;
    INB_OK_IS(inb_stamper_new(&stamper, err));
    char stamp[INB_STAMP_SIZE];
    inb_stamp_make(stamper, "card", NOW, stamp);
    size_t length = strlen(stamp);
    for (size_t i = 0; i < length; i++) {
        char changed[INB_STAMP_SIZE];
        memcpy(changed, stamp, sizeof changed);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        ck_assert_int_eq(inb_stamp_check(stamper, "card", NOW, changed, length), INB_STAMP_FORGED);
        changed[i] = '\0';
        ck_assert_int_eq(inb_stamp_check(stamper, "card", NOW, changed, length), INB_STAMP_FORGED);
        ck_assert_int_eq(inb_stamp_check(stamper, "card", NOW, stamp, i), INB_STAMP_FORGED);
    }
    inb_stamper_free(stamper);
}
INB_END

INB_TEST(another_process_another_key) {
    inb_stamper *one = NULL;
    inb_stamper *two = NULL;
    INB_OK_IS(inb_stamper_new(&one, err));
    INB_OK_IS(inb_stamper_new(&two, err));
    char first[INB_STAMP_SIZE];
    char second[INB_STAMP_SIZE];
    inb_stamp_make(one, "card", NOW, first);
    inb_stamp_make(one, "card", NOW, second);
    ck_assert_str_ne(first, second);
    ck_assert_int_eq(inb_stamp_check(two, "card", NOW, first, strlen(first)), INB_STAMP_FORGED);
    inb_stamper_freep(&one);
    inb_stamper_freep(&two);
    inb_stamper_free(NULL);
}
INB_END

INB_TEST(sheets_differ_and_are_told_from_other_text) {
    char one[INB_SHEET_SIZE];
    char two[INB_SHEET_SIZE];
    INB_OK_IS(inb_sheet_make(one, err));
    INB_OK_IS(inb_sheet_make(two, err));
    ck_assert_str_ne(one, two);
    ck_assert(inb_sheet_valid(one));
    ck_assert(!inb_sheet_valid(""));
    ck_assert(!inb_sheet_valid(one + 1));
    one[5] = 'G';
    ck_assert(!inb_sheet_valid(one));
    ck_assert(!inb_sheet_valid("0123456789abcdef0123456789abcdef0"));
}
INB_END

INB_TEST_MAIN("seal/stamp", holds_for_its_purpose_and_time, every_change_is_seen,
    another_process_another_key, sheets_differ_and_are_told_from_other_text)
