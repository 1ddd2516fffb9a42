// SPDX-License-Identifier: EUPL-1.2
// inbeeld key rotate: a rotated list is the list that the next key would have given, byte for byte.

#include "inb_command.h"
#include "inb_file.h"

static const char pattern[] = "/tmp/inb_rotate_XXXXXX";
static char folder[sizeof pattern];
static char paths[8][96];
enum { LIST, KEY, OLD, NEW, BEFORE, AFTER, ROTATED, LOG };

static void setup(void) {
    if (folder[0] == '\0' || access(folder, F_OK) != 0) { // one process may run several cases
        memcpy(folder, pattern, sizeof pattern);
        ck_assert_ptr_nonnull(mkdtemp(folder));
    }
    static const char *const names[8] = {
        "l.csv", "k", "old", "new", "before.enc", "after.enc", "rotated.enc", "k.log"};
    for (size_t i = 0; i < 8; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
    }
    FILE *file = fopen(paths[LIST], "w");
    ck_assert_int_ge(fputs("id,surname,phone\na,Berg,0612345678\nb,Dijk,\n", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[KEY], "--kind", "hit"));
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[OLD], "--kind", "holder"));
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[NEW], "--kind", "holder", "--version", "2"));
    INB_OK_IS(INB_CALL(inb_command_encode, paths[LIST], "--key", paths[KEY], "--oprf", paths[OLD],
        "--out", paths[BEFORE]));
    INB_OK_IS(INB_CALL(inb_command_encode, paths[LIST], "--key", paths[KEY], "--oprf", paths[NEW],
        "--out", paths[AFTER]));
}

static void clean(void) {
    for (size_t i = 0; i < 8; i++) {
        (void)unlink(paths[i]);
    }
    (void)rmdir(folder);
}

INB_TEST(as_if_encoded_under_the_next) {
    setup();
    INB_OK_IS(INB_CALL(inb_command_key_rotate, paths[BEFORE], "--from", paths[OLD], "--to",
        paths[NEW], "--out", paths[ROTATED]));
    ck_assert_ptr_nonnull(strstr(inb_printed, "version 2"));
    size_t a;
    size_t b;
    char *first = inb_file_content(paths[AFTER], &a);
    char *second = inb_file_content(paths[ROTATED], &b);
    ck_assert_uint_eq(a, b);
    ck_assert_mem_eq(first, second, a);
    free(first);
    free(second);
    clean();
}
INB_END

INB_TEST(refused_and_nothing_written) {
    setup();
    INB_FAILS(INB_CALL(inb_command_key_rotate, paths[BEFORE], "--from", paths[NEW], "--to",
                  paths[OLD], "--out", paths[ROTATED]),
        INB_BAD_INPUT, "another key holder");
    INB_FAILS(INB_CALL(inb_command_key_rotate, paths[BEFORE], "--from", paths[KEY], "--to",
                  paths[NEW], "--out", paths[ROTATED]),
        INB_BAD_INPUT, "expected one of kind holder");
    INB_FAILS(INB_CALL(inb_command_key_rotate, paths[LIST], "--from", paths[OLD], "--to",
                  paths[NEW], "--out", paths[ROTATED]),
        INB_BAD_INPUT, "expected an encoded list");
    INB_FAILS(INB_CALL(inb_command_key_rotate, paths[BEFORE], "--from", paths[OLD], "--out",
                  paths[ROTATED]),
        INB_USAGE, "'--to' is missing");
    INB_FAILS(INB_CALL(inb_command_key_rotate, "--from", paths[OLD]), INB_USAGE, "expected one");
    INB_FAILS(INB_CALL(inb_command_key_rotate, paths[BEFORE], "--from", paths[OLD], "--to",
                  paths[NEW], "--out", paths[OLD]),
        INB_USAGE, "names a file that is read"); // the key would be lost
    ck_assert_int_ne(access(paths[ROTATED], F_OK), 0);
    clean();
}
INB_END

INB_TEST_MAIN("cli/cmd_key_rotate", as_if_encoded_under_the_next, refused_and_nothing_written)
