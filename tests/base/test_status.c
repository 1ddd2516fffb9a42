// SPDX-License-Identifier: EUPL-1.2
// Status and errors: numbers that never change, exit codes, and messages that are one clean line
// whatever was put into them.

#include <inbeeld/status.h>

#include "base/text.h"
#include "inb_test.h"

#include <stdbool.h>
#include <string.h>

// Numbers are never reused: this list only grows.
INB_TEST(numbers_stay) {
    static const struct {
        inb_status status;
        int number;
        int exit_code;
    } rows[] = {{INB_OK, 0, 0}, {INB_NO_MEMORY, 1, 3}, {INB_IO, 2, 3}, {INB_BAD_INPUT, 3, 1},
        {INB_USAGE, 4, 2}, {INB_RANGE, 5, 1}, {INB_NOT_CONVERGED, 6, 1}, {INB_NOT_IDENTIFIED, 7, 1},
        {INB_TOO_LARGE, 8, 1}, {INB_UNAVAILABLE, 9, 3}, {INB_NOT_FOUND, 10, 1},
        {INB_BAD_CATALOGUE, 11, 1}, {INB_INTERNAL, 12, 3}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_int_eq((int)rows[i].status, rows[i].number);
        ck_assert_int_eq(inb_status_exit(rows[i].status), rows[i].exit_code);
        const char *text = inb_status_text(rows[i].status);
        ck_assert_uint_gt(strlen(text), 0);
        ck_assert_str_ne(text, "unknown status");
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(text, inb_status_text(rows[j].status));
        }
    }
}
INB_END

INB_TEST(unknown_status) {
    ck_assert_str_eq(inb_status_text((inb_status)9999), "unknown status");
    ck_assert_int_eq(inb_status_exit((inb_status)9999), 3);
}
INB_END

INB_TEST(message) {
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_eq(
        inb_fail(&err, INB_RANGE, "%s:%d:%d: found %s", "f.csv", 3, 4, "it"), INB_RANGE);
    ck_assert_int_eq(err.status, INB_RANGE);
    ck_assert_str_eq(err.message, "f.csv:3:4: found it");
}
INB_END

INB_TEST(first_failure_stays) {
    inb_error err = INB_ERROR_INIT;
    (void)inb_fail(&err, INB_IO, "the first");
    ck_assert_int_eq(inb_fail(&err, INB_RANGE, "the second"), INB_RANGE);
    ck_assert_int_eq(err.status, INB_IO);
    ck_assert_str_eq(err.message, "the first");
}
INB_END

INB_TEST(no_error_asked_for) {
    ck_assert_int_eq(inb_fail(NULL, INB_USAGE, "nobody reads this %d", 1), INB_USAGE);
}
INB_END

INB_TEST(one_clean_line) {
    inb_error err = INB_ERROR_INIT;
    (void)inb_fail(&err, INB_IO, "%s", "a\nb\tc\x1b[31m\x7f d \xC3\xA9 \xFF \xC2\x9B \xC2\xA0.");
    ck_assert_str_eq(err.message, "a?b?c?[31m? d \xC3\xA9 ? ?? \xC2\xA0.");
}
INB_END

// A message of any length is cut at a character.
INB_TEST(cut_at_a_character) {
    char text[2 * INB_MESSAGE_SIZE];
    for (size_t length = INB_MESSAGE_SIZE - 10; length < INB_MESSAGE_SIZE + 10; length++) {
        memset(text, 'x', length);
        memcpy(text + length, "\xE2\x82\xAC\xE2\x82\xAC", 7);
        inb_error err = INB_ERROR_INIT;
        (void)inb_fail(&err, INB_IO, "%s", text);
        size_t kept = strlen(err.message);
        ck_assert_uint_lt(kept, INB_MESSAGE_SIZE);
        ck_assert_uint_ge(kept, length + 6 < INB_MESSAGE_SIZE ? length + 6 : INB_MESSAGE_SIZE - 1);
        ck_assert_uint_eq(inb_utf8_valid(err.message, kept), kept);
    }
}
INB_END

static inb_status third_of(int value, inb_error *err) {
    return value == 3 ? inb_fail(err, INB_NOT_FOUND, "three") : INB_OK;
}

static inb_status try_all(int *ret_reached, inb_error *err) {
    for (*ret_reached = 0; *ret_reached < 5; (*ret_reached)++) {
        INB_TRY(third_of(*ret_reached, err));
    }
    return INB_OK;
}

INB_TEST(try_returns_the_failure) {
    int reached = -1;
    INB_FAILS(try_all(&reached, err), INB_NOT_FOUND, "three");
    ck_assert_int_eq(reached, 3);
}
INB_END

INB_TEST_MAIN("base/status", numbers_stay, unknown_status, message, first_failure_stays,
    no_error_asked_for, one_clean_line, cut_at_a_character, try_returns_the_failure)
