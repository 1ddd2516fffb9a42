// SPDX-License-Identifier: EUPL-1.2
// inbeeld demo as it is called: a whole folder or nothing, exit codes of what it refuses, and
// figures that agree with the files.

#include "demo_help.h"

#include "inb_command.h"

#include <fcntl.h>

INB_TEST(a_region) {
    help_setup_place();
    INB_OK_IS(INB_CALL(inb_command_demo, help_path("d"), "--people", "300", "--seed", "7"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "300 people in situations of exploitation"));
    INB_OK_IS(INB_CALL(inb_command_demo, help_path("e"), "--people=300", "--seed=7", "--json"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"people\":300,\"unseen\":"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "{\"group\":\"all\",\"seen\":"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"truth\":300"));
    size_t length;
    char *truth = help_content("d/truth.csv", &length);
    unsigned total = 0;
    for (char *at = truth; (at = strchr(at, '\n')) != NULL && at[1] != '\0';) {
        at = strchr(at + 1, '\n');
        char *comma = at;
        while (*comma != ',') {
            comma--;
        }
        total += (unsigned)strtoul(comma + 1, NULL, 10);
    }
    ck_assert_uint_eq(total, 300);
    free(truth);
    struct stat found;
    ck_assert_int_eq(stat(help_path("d"), &found), 0);
    ck_assert_uint_eq(found.st_mode & 0777, 0700);
    ck_assert_int_eq(stat(help_path("d/inbeeld.db"), &found), 0);
    ck_assert_int_eq(stat(help_path("d.key"), &found), 0);
    ck_assert_uint_eq(found.st_mode & 0777, 0600);
    help_remove_place();
}
INB_END

INB_TEST(refused) {
    help_setup_place();
    char new[512];
    snprintf(new, sizeof new, "%s", help_path("d"));
    INB_FAILS(INB_CALL(inb_command_demo, "--people", "10"), INB_USAGE, "found 0 folders");
    INB_FAILS(INB_CALL(inb_command_demo, new, new), INB_USAGE, "found 2 folders");
    INB_FAILS(INB_CALL(inb_command_demo, new, "--people", "0"), INB_USAGE, "--people");
    INB_FAILS(INB_CALL(inb_command_demo, new, "--people", "many"), INB_USAGE, "--people");
    INB_FAILS(INB_CALL(inb_command_demo, new, "--seed", "-1"), INB_USAGE, "--seed");
    INB_FAILS(INB_CALL(inb_command_demo, "/proc/demo"), INB_IO, "/proc/demo");
    ck_assert_int_eq(mkdir(help_path("full"), 0700), 0);
    ck_assert_int_eq(mkdir(help_path("full/x"), 0700), 0);
    INB_FAILS(INB_CALL(inb_command_demo, help_path("full")), INB_USAGE, "something in it");
    int file = open(help_path("d.key"), O_WRONLY | O_CREAT, 0600); // somebody's key stays
    ck_assert_int_ge(file, 0);
    close(file);
    INB_FAILS(INB_CALL(inb_command_demo, new), INB_USAGE, "the key goes there");
    ck_assert_int_eq(unlink(help_path("d.key")), 0);
    ck_assert_int_eq(rmdir(help_path("full/x")), 0);
    ck_assert_int_eq(rmdir(help_path("full")), 0);
    ck_assert_int_eq(rmdir(help_place), 0); // nothing was left behind
}
INB_END

INB_TEST_MAIN("cli/cmd_demo", a_region, refused)
