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
    sql("delete from log");
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    ck_assert_ptr_nonnull(strstr(inb_printed, "no rows"));
    place_teardown();
}
INB_END

static int count_rows(void *payload, int columns, char **values, char **names) {
    (void)names;
    ck_assert_int_eq(columns, 1);
    *(int *)payload = (int)strtol(values[0], NULL, 10);
    return 0;
}

static int rows(const char *what) {
    char text[256];
    int count = -1;
    sqlite3 *database = NULL;
    snprintf(text, sizeof text, "select count(*) from log where %s", what);
    ck_assert_int_eq(sqlite3_open(in_place("s.db"), &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database, text, count_rows, &count, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
    return count;
}

// Who looks leaves a row, in a chain of its own; without it there is no verdict and no anchor.
INB_TEST(the_look_is_a_row) {
    fill();
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    ck_assert_int_eq(rows("chain = 'main'"), 3);
    ck_assert_int_eq(rows("chain = 'verify' and action = 'verify' and result = 'whole'"), 1);
    ck_assert_int_eq(rows("chain = 'verify' and actor like 'uid-%' and at > 1700000000"), 1);
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    ck_assert_ptr_nonnull(strstr(inb_printed, "chain verify: whole by itself, 1 row\n"));
    INB_OK_IS(INB_CALL(inb_command_audit_anchor, "--store", where));
    ck_assert_ptr_nonnull(strstr(inb_printed, "main 3 "));
    ck_assert_ptr_nonnull(strstr(inb_printed, "verify 2 "));
    ck_assert_int_eq(rows("chain = 'verify' and action = 'anchor'"), 1);
    sql("update log set actor = 'nobody' where chain = 'main' and sequence = 2");
    verdict_is("altered", INB_BAD_INPUT, NULL);
    ck_assert_int_eq(rows("chain = 'verify' and result = 'not_whole'"), 1);
    ck_assert_int_eq(rows("chain = 'main'"), 3); // what is judged stays as it was found
    sql("create trigger full before insert on log begin select raise(abort, 'full'); end");
    INB_FAILS(VERIFY("--json"), INB_IO, "the store failed");
    ck_assert_str_eq(inb_printed, "");
    INB_FAILS(INB_CALL(inb_command_audit_anchor, "--store", where), INB_BAD_INPUT, "no anchor");
    sql("drop trigger full; delete from log where chain = 'main'; create trigger full before "
        "insert "
        "on log begin select raise(abort, 'full'); end");
    INB_FAILS(INB_CALL(inb_command_audit_anchor, "--store", where), INB_IO, "the store failed");
    ck_assert_str_eq(inb_printed, "");
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

INB_TEST_MAIN("cli/cmd_audit", whole, faults, the_look_is_a_row, refused)
