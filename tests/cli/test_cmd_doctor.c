// SPDX-License-Identifier: EUPL-1.2
// inbeeld doctor as it is called: in order, nothing there yet, and each thing that can be wrong.

#include "import_help.h"

#include <jansson.h>
#include <sqlite3.h>
#include <sys/stat.h>

#define DOCTOR(...) INB_CALL(inb_command_doctor, "--store", where, "--key", keyfile, __VA_ARGS__)

static void fill(void) {
    place_setup();
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile,
        put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"))));
}

// The state of a check, as JSON tells it; the exit code is that of a fault or not.
static void state_is(const char *check, const char *state, inb_status wanted) {
    inb_error error = INB_ERROR_INIT;
    inb_error *err = &error;
    inb_status status = DOCTOR("--json");
    ck_assert_msg(status == wanted, "status %d: %s: %s", (int)status, error.message, inb_printed);
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    size_t i;
    json_t *one;
    bool found = false;
    json_array_foreach(json_object_get(root, "checks"), i, one) {
        if (strcmp(json_string_value(json_object_get(one, "check")), check) == 0) {
            ck_assert_str_eq(json_string_value(json_object_get(one, "state")), state);
            found = true;
        }
    }
    ck_assert(found);
    json_decref(root);
}

INB_TEST(in_order) {
    place_setup();
    INB_OK_IS(DOCTOR("--json"));
    ck_assert(!stands("s.db") && !stands("keys")); // nothing was made
    INB_OK_IS(INB_CALL(inb_command_doctor, "--store", where, "--key", keyfile));
    ck_assert_ptr_nonnull(strstr(inb_printed, "none yet"));
    place_teardown();
    fill();
    static const char *const checks[] = {
        "program", "norm", "store", "key", "keyring", "terms", "log", "permissions"};
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        state_is(checks[i], "good", INB_OK);
    }
    place_teardown();
}
INB_END

INB_TEST(wrong) {
    fill();
    ck_assert_int_eq(chmod(keyfile, 0644), 0);
    state_is("key", "fault", INB_BAD_INPUT);
    ck_assert_int_eq(chmod(keyfile, 0600), 0);
    ck_assert_int_eq(chmod(in_place("s.db"), 0644), 0);
    state_is("store", "fault", INB_BAD_INPUT);
    ck_assert_int_eq(chmod(in_place("s.db"), 0600), 0);
    ck_assert_int_eq(chmod(place, 0777), 0);
    state_is("permissions", "warning", INB_OK);
    ck_assert_int_eq(chmod(place, 0700), 0);
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(in_place("s.db"), &database), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(database, "update log set actor = 'nobody'", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
    state_is("log", "fault", INB_BAD_INPUT);
    ck_assert_int_eq(unlink(keyfile), 0);
    state_is("key", "fault", INB_BAD_INPUT); // gone
    INB_OK_IS(inb_keyfile_new(keyfile, err));
    state_is("key", "fault", INB_BAD_INPUT); // another
    place_teardown();
}
INB_END

INB_TEST(key_beside_the_store) {
    place_setup();
    snprintf(keyfile, sizeof keyfile, "%s/team.key", place);
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile,
        put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"))));
    state_is("key", "warning", INB_OK);
    INB_FAILS(DOCTOR("word"), INB_USAGE, "options only");
    INB_FAILS(INB_CALL(inb_command_doctor, "--store", "postgresql://x", "--key", keyfile),
        INB_USAGE, "cannot speak to");
    place_teardown();
}
INB_END

static void change(const char *sql) {
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(in_place("s.db"), &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

// Ends that are past, reviews that wait, and a keyring that is lacking or does not fit.
INB_TEST(terms_and_keyring) {
    char words[512];
    fill();
    change("update record set review = '2020-01'");
    state_is("terms", "warning", INB_OK);
    change("update record set ends = null");
    state_is("terms", "warning", INB_OK);
    change("update record set ends = '2020-01'");
    state_is("terms", "fault", INB_BAD_INPUT);
    change(
        "insert into bucket select id + 1, month, erased from bucket; update record set bucket = "
        "bucket + 1, ends = '9000-01', review = null");
    state_is("keyring", "fault", INB_BAD_INPUT); // it never had that one
    state_is("terms", "good", INB_BAD_INPUT);
    change("update record set bucket = bucket - 1");
    state_is("keyring", "good", INB_OK);
    snprintf(words, sizeof words, "chmod 644 %s.rings/*.ring", keyfile);
    ck_assert_int_eq(system(words), 0);
    state_is("keyring", "fault", INB_BAD_INPUT);
    snprintf(words, sizeof words, "rm -r %s.rings", keyfile);
    ck_assert_int_eq(system(words), 0);
    state_is("keyring", "fault", INB_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(inb_printed, "there is no keyring here"));
    snprintf(words, sizeof words, "%s.rings", keyfile);
    ck_assert_int_ne(access(words, F_OK), 0); // none was made
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_doctor", in_order, wrong, terms_and_keyring, key_beside_the_store)
