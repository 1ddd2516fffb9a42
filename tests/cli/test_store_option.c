// SPDX-License-Identifier: EUPL-1.2
// Where store and key are looked for: option before environment before default; wrong addresses are
// refused without being shown; a key is made for a new store only.

#include "import_help.h"

#include <sys/stat.h>

static inb_arguments given;

static const inb_arguments *words(const char *one, const char *two) {
    const char *list[] = {one, two};
    INB_OK_IS(
        inb_arguments_parse(&inb_command_import, one == NULL ? 0 : 2, (char **)list, &given, err));
    return &given;
}

INB_TEST(store) {
    const char *found = NULL;
    unsetenv("INBEELD_STORE");
    INB_OK_IS(inb_store_place(words(NULL, NULL), &found, err));
    ck_assert_str_eq(found, "sqlite:./inbeeld.db");
    setenv("INBEELD_STORE", "sqlite:/from/environment", 1);
    INB_OK_IS(inb_store_place(words(NULL, NULL), &found, err));
    ck_assert_str_eq(found, "sqlite:/from/environment");
    INB_OK_IS(inb_store_place(words("--store", "sqlite:/from/option"), &found, err));
    ck_assert_str_eq(found, "sqlite:/from/option");
    INB_OK_IS(inb_store_path(found, &found, err));
    ck_assert_str_eq(found, "/from/option");
    INB_OK_IS(inb_store_place(words("--store", "postgresql://host/db"), &found, err));
    INB_FAILS(inb_store_path(found, &found, err), INB_USAGE, "cannot speak to");
    INB_FAILS(inb_store_place(words("--store", "sqlite:"), &found, err), INB_USAGE, "'--store'");
    INB_FAILS(inb_store_place(words("--store", "x"), &found, err), INB_USAGE, "'--store'");
    setenv("INBEELD_STORE", "mysql://user:secret@host", 1);
    inb_error error = INB_ERROR_INIT;
    ck_assert_int_eq(inb_store_place(words(NULL, NULL), &found, &error), INB_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "INBEELD_STORE"));
    ck_assert_ptr_null(strstr(error.message, "secret"));
    unsetenv("INBEELD_STORE");
}
INB_END

static void key_is(const char *one, const char *two, const char *expected) {
    inb_buffer path = INB_BUFFER_INIT(4096);
    INB_OK_IS(inb_key_place(words(one, two), &path, err));
    ck_assert_str_eq(inb_buffer_get(&path), expected);
    inb_buffer_clear(&path);
}

INB_TEST(key) {
    unsetenv("INBEELD_KEY");
    unsetenv("XDG_CONFIG_HOME");
    setenv("HOME", "/home/x", 1);
    key_is(NULL, NULL, "/home/x/.config/inbeeld/team.key");
    setenv("XDG_CONFIG_HOME", "/settings", 1);
    key_is(NULL, NULL, "/settings/inbeeld/team.key");
    setenv("INBEELD_KEY", "/k", 1);
    key_is(NULL, NULL, "/k");
    key_is("--key", "/o", "/o");
    unsetenv("INBEELD_KEY");
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("HOME");
    inb_buffer path = INB_BUFFER_INIT(4096);
    INB_FAILS(inb_key_place(words(NULL, NULL), &path, err), INB_USAGE, "expected --key FILE");
    inb_buffer_clear(&path);
}
INB_END

INB_TEST(ready) {
    place_setup();
    bool made = false;
    INB_OK_IS(inb_key_ready(where, keyfile, &made, err));
    ck_assert(made);
    INB_OK_IS(inb_key_ready(where, keyfile, &made, err));
    ck_assert(!made);
    (void)put_file("s.db", "something");
    INB_OK_IS(inb_key_ready(where, keyfile, &made, err)); // both are there
    ck_assert_int_eq(unlink(keyfile), 0);
    INB_FAILS(inb_key_ready(where, keyfile, &made, err), INB_BAD_INPUT, "expected the key that");
    ck_assert_int_eq(unlink(in_place("s.db")), 0);
    INB_FAILS(inb_key_ready(where, "/proc/none/key", &made, err), INB_IO, "folder of the key");
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/store_option", store, key, ready)
