// SPDX-License-Identifier: EUPL-1.2
// inbeeld purge as it is called: what goes, what would, what is refused, and a copy of the store
// that does not open afterwards.

#include "import_help.h"

#include <sqlite3.h>

#define PURGE(...) INB_CALL(inb_command_purge, "--store", where, "--key", keyfile, __VA_ARGS__)

static void change(const char *sql) {
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(in_place("s.db"), &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

static void fill(void) {
    place_setup();
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile,
        put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1") IMPORT_ROW("2"))));
}

INB_TEST(what_has_ended) {
    fill();
    INB_OK_IS(PURGE("--json"));
    ck_assert_str_eq(inb_printed, "{\"dry_run\":false,\"signals\":0,\"months\":[],\"remains\":0,"
                                  "\"settled\":0,\"keys\":0,\"scrubbed\":true}\n");
    change("update record set ends = '2020-01' where id = '1'");
    INB_OK_IS(PURGE("--dry-run"));
    ck_assert_str_eq(inb_printed, "2020-01  1 signal would go\n1 signal would go, and 0 keys.\n");
    INB_OK_IS(PURGE("--until", "2019-12"));
    ck_assert_str_eq(inb_printed, "0 signals went, and 0 keys.\n");
    INB_OK_IS(PURGE("--until=2020-01"));
    ck_assert_str_eq(inb_printed, "2020-01  1 signal went\n1 signal went, and 0 keys.\n");
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    place_teardown();
}
INB_END

INB_TEST(early) {
    fill();
    char words[512];
    snprintf(words, sizeof words, "sqlite:%s", in_place("copy.db"));
    char sql[512];
    snprintf(sql, sizeof sql, "vacuum into '%s'", in_place("copy.db"));
    change(sql);
    ck_assert_int_eq(chmod(in_place("copy.db"), 0600), 0);
    INB_FAILS(PURGE("--until", "2990-01"), INB_USAGE, "not over");
    INB_OK_IS(PURGE("--until", "2990-01", "--dry-run", "--json"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"signals\":2,"));
    INB_OK_IS(PURGE("--until", "2990-01", "--early"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "2 signals went, and 1 key.\n"));
    // The copy: who has store and key reads nothing of it.
    INB_FAILS(INB_CALL(inb_command_term, "--store", words, "--key", keyfile, "1", "--reviewed",
                  "--organisation", "school-a"),
        INB_ERASED, "was erased");
    INB_OK_IS(INB_CALL(inb_command_purge, "--store", words, "--key", keyfile));
    ck_assert_ptr_nonnull(strstr(inb_printed, "2 more went: their key was erased before"));
    place_teardown();
}
INB_END

INB_TEST(wrong_calls) {
    fill();
    INB_FAILS(PURGE("word"), INB_USAGE, "options only");
    INB_FAILS(PURGE("--until", "2026"), INB_USAGE, "YYYY-MM");
    INB_FAILS(PURGE("--until", "2026-13"), INB_USAGE, "YYYY-MM");
    INB_FAILS(PURGE("--until", "2026-11-03"), INB_USAGE, "YYYY-MM");
    INB_FAILS(INB_CALL(inb_command_purge, "--store", "sqlite:/nowhere/s.db", "--key", keyfile),
        INB_NOT_FOUND, "no store here");
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_purge", what_has_ended, early, wrong_calls)
