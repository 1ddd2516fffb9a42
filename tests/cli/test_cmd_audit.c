// SPDX-License-Identifier: EUPL-1.2
// inbeeld audit as it is called, on a store whose log was altered, cut and hashed anew with SQL;
// the verdict in words, as JSON and as exit code.

#include "import_help.h"

#include <jansson.h>
#include <sqlite3.h>

#define VERIFY(...) INB_CALL(inb_command_audit_verify, "--store", where, __VA_ARGS__)

static void sql(const char *text) {
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(in_place("s.db"), &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database, text, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

static const char *verdict_is(const char *expected, inb_status wanted, const char *anchor) {
    static char copy[64];
    inb_error error = INB_ERROR_INIT;
    inb_error *err = &error;
    inb_status status = anchor == NULL ? VERIFY("--json") : VERIFY("--json", "--anchor", anchor);
    ck_assert_msg(status == wanted, "status %d: %s", (int)status, error.message);
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    json_t *chain = json_array_get(json_object_get(root, "chains"), 0);
    snprintf(copy, sizeof copy, "%s", json_string_value(json_object_get(chain, "verdict")));
    ck_assert_str_eq(copy, expected);
    ck_assert_int_eq(json_is_true(json_object_get(root, "whole")), wanted == INB_OK);
    json_decref(root);
    return copy;
}

static void fill(void) {
    place_setup();
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile,
        put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1") IMPORT_ROW("2") IMPORT_ROW("3"))));
}

INB_TEST(whole) {
    fill();
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    ck_assert_ptr_nonnull(strstr(inb_printed, "chain main: whole by itself, 3 rows\n"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "inbeeld audit anchor"));
    verdict_is("whole", INB_OK, NULL);
    const char *anchor = in_place("anchor");
    INB_OK_IS(INB_CALL(inb_command_audit_anchor, "--store", where, "--out", anchor));
    INB_OK_IS(INB_CALL(inb_command_audit_anchor, "--store", where));
    ck_assert_ptr_nonnull(strstr(inb_printed, "inbeeld-anchor 1\nmain 3 "));
    INB_OK_IS(VERIFY("--anchor", anchor));
    ck_assert_ptr_nonnull(strstr(inb_printed, "whole, and as its anchor says, 3 rows"));
    place_teardown();
}
INB_END

INB_TEST(faults) {
    fill();
    const char *anchor = in_place("anchor");
    INB_OK_IS(INB_CALL(inb_command_audit_anchor, "--store", where, "--out", anchor));
    sql("update log set actor = 'nobody' where sequence = 2");
    verdict_is("altered", INB_BAD_INPUT, NULL);
    INB_FAILS(INB_CALL(inb_command_audit_verify, "--store", where), INB_BAD_INPUT, "not as it was");
    ck_assert_ptr_nonnull(
        strstr(inb_printed, "chain main: row 2: this row, or one before it, was"));
    INB_FAILS(INB_CALL(inb_command_audit_anchor, "--store", where), INB_BAD_INPUT, "no anchor");
    place_teardown();
    fill();
    sql("delete from log where sequence = 2");
    verdict_is("missing", INB_BAD_INPUT, NULL);
    place_teardown();
    fill();
    INB_OK_IS(INB_CALL(inb_command_audit_anchor, "--store", where, "--out", in_place("anchor")));
    sql("delete from log where sequence = 3");
    verdict_is("whole", INB_OK, NULL);                    // nobody can see it,
    verdict_is("cut", INB_BAD_INPUT, in_place("anchor")); // but who has an anchor
    sql("delete from log");
    verdict_is("cut", INB_BAD_INPUT, in_place("anchor"));
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    ck_assert_ptr_nonnull(strstr(inb_printed, "no rows"));
    place_teardown();
}
INB_END

INB_TEST(refused) {
    place_setup();
    INB_FAILS(VERIFY("--json"), INB_NOT_FOUND, "no store here");
    place_teardown();
    fill();
    INB_FAILS(VERIFY("--anchor", put_file("x", "nothing\n")), INB_BAD_INPUT, "x:1:1:");
    INB_FAILS(VERIFY("--anchor", "/nowhere"), INB_BAD_INPUT, "/nowhere");
    INB_FAILS(VERIFY("word"), INB_USAGE, "options only");
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_audit", whole, faults, refused)
