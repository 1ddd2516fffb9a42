// SPDX-License-Identifier: EUPL-1.2
// inbeeld term as it is called: told, held, let go, reviewed; and no hold without an end.

#include "import_help.h"

#define TERM(...)                                                                                  \
    INB_CALL(inb_command_term, "--store", where, "--key", keyfile, "--organisation", "school-a",   \
        __VA_ARGS__)

static void fill(void) {
    place_setup();
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile,
        put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"))));
}

INB_TEST(told_and_changed) {
    fill();
    INB_OK_IS(TERM("1"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "It stays until the end of 20"));
    ck_assert_ptr_null(strstr(inb_printed, "Held"));
    INB_OK_IS(TERM("1", "--json"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"hold\":null}"));
    char until[16];
    time_t in_six_years = time(NULL) + (time_t)6 * 365 * 86400;
    strftime(until, sizeof until, "%Y-%m", gmtime(&in_six_years));
    INB_OK_IS(TERM("1", "--hold", "proceedings", "--until", until, "--owner", "privacy.officer"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "Held by privacy.officer (proceedings); without"));
    ck_assert_ptr_nonnull(strstr(inb_printed, until));
    INB_OK_IS(TERM("1", "--json"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"hold\":{\"reason\":\"proceedings\",\"owner\":"));
    INB_FAILS(TERM("1", "--hold", "request", "--until", until), INB_BAD_INPUT, "a hold ends in");
    INB_OK_IS(TERM("1", "--release"));
    ck_assert_ptr_null(strstr(inb_printed, "Held"));
    INB_FAILS(TERM("1", "--release"), INB_BAD_INPUT, "not held");
    INB_OK_IS(TERM("1", "--reviewed"));
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    place_teardown();
}
INB_END

INB_TEST(wrong_calls) {
    fill();
    INB_FAILS(TERM("1", "2"), INB_USAGE, "expected that of one");
    INB_FAILS(TERM("1", "--hold", "because"), INB_USAGE, "another reason");
    INB_FAILS(TERM("1", "--hold", "request"), INB_USAGE, "a hold has an end");
    INB_FAILS(TERM("1", "--hold", "request", "--until", "soon"), INB_USAGE, "a hold has an end");
    INB_FAILS(TERM("1", "--until", "2030-01"), INB_USAGE, "do not go together");
    INB_FAILS(TERM("1", "--release", "--reviewed"), INB_USAGE, "do not go together");
    INB_FAILS(TERM("7"), INB_NOT_FOUND, "no such signal");
    INB_FAILS(INB_CALL(inb_command_term, "--store", where, "--key", keyfile, "1"), INB_NOT_FOUND,
        "no such signal"); // of another organisation
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_term", told_and_changed, wrong_calls)
