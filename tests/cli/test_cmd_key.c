// SPDX-License-Identifier: EUPL-1.2
// inbeeld key as it is called: files made once, told of without a trace of the key, destroyed only
// when named for what they are.

#include "inb_command.h"
#include "inb_file.h"

#include <sys/stat.h>
#include <unistd.h>
#include <time.h>

static const char pattern[] = "/tmp/inb_cmd_key_XXXXXX";
static char folder[sizeof pattern];
static char team[64];
static char hit[64];
static char holder[64];
static char client[64];

static void setup(void) {
    if (folder[0] == '\0' || access(folder, F_OK) != 0) { // one process may run several cases
        memcpy(folder, pattern, sizeof pattern);
        ck_assert_ptr_nonnull(mkdtemp(folder));
    }
    snprintf(team, sizeof team, "%s/team", folder);
    snprintf(hit, sizeof hit, "%s/hit", folder);
    snprintf(holder, sizeof holder, "%s/holder", folder);
    snprintf(client, sizeof client, "%s/client", folder);
    umask(0);
}

static void done(void) {
    (void)unlink(team);
    (void)unlink(hit);
    (void)unlink(holder);
    (void)unlink(client);
    (void)rmdir(folder);
}

// No eight characters of the file's secret stand in what was printed.
static void key_is_not_told(const char *path) {
    size_t length;
    char *line = inb_file_content(path, &length);
    ck_assert_ptr_nonnull(line);
    char *words[8];
    size_t count = 0;
    for (char *word = strtok(line, " \n"); word != NULL; word = strtok(NULL, " \n")) {
        words[count++] = word;
    }
    ck_assert_uint_eq(count, 8);
    size_t secret = strlen(words[6]);
    for (size_t i = 0; i + 8 <= secret; i++) {
        char part[9] = {0};
        memcpy(part, words[6] + i, 8);
        ck_assert_ptr_null(strstr(inb_printed, part));
    }
    free(line);
}

INB_TEST(made_shown_destroyed) {
    setup();
    INB_OK_IS(INB_CALL(inb_command_key_new, team));
    ck_assert_ptr_nonnull(strstr(inb_printed, "kind         team\n"));
    key_is_not_told(team);
    struct stat info;
    ck_assert_int_eq(stat(team, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0600);
    INB_FAILS(INB_CALL(inb_command_key_new, team), INB_BAD_INPUT, "cannot be created");
    INB_OK_IS(INB_CALL(
        inb_command_key_new, hit, "--kind", "hit", "--name", "region", "--version", "2027"));
    INB_OK_IS(INB_CALL(inb_command_key_show, hit));
    ck_assert_ptr_nonnull(strstr(inb_printed, "version      2027\nname         region\n"));
    key_is_not_told(hit);
    INB_OK_IS(INB_CALL(inb_command_key_show, hit, "--json"));
    ck_assert_ptr_nonnull(
        strstr(inb_printed, "\"kind\":\"hit\",\"version\":2027,\"name\":\"region\""));
    key_is_not_told(hit);
    INB_FAILS(INB_CALL(inb_command_key_destroy, hit), INB_USAGE, "expected --kind hit");
    INB_FAILS(
        INB_CALL(inb_command_key_destroy, hit, "--kind", "team"), INB_USAGE, "expected --kind hit");
    ck_assert_int_eq(access(hit, F_OK), 0);
    INB_OK_IS(INB_CALL(inb_command_key_destroy, hit, "--kind", "hit"));
    ck_assert_int_ne(access(hit, F_OK), 0);
    INB_FAILS(INB_CALL(inb_command_key_show, hit), INB_BAD_INPUT, "cannot be opened");
    done();
}
INB_END

INB_TEST(hit_keys_carry_the_year) {
    setup();
    INB_OK_IS(INB_CALL(inb_command_key_new, hit, "--kind", "hit"));
    char wanted[32];
    time_t now = time(NULL);
    struct tm parts;
    ck_assert_ptr_nonnull(gmtime_r(&now, &parts));
    snprintf(wanted, sizeof wanted, "version      %d\n", parts.tm_year + 1900);
    ck_assert_ptr_nonnull(strstr(inb_printed, wanted));
    done();
}
INB_END

INB_TEST(client_of_a_holder) {
    setup();
    INB_OK_IS(INB_CALL(inb_command_key_new, holder, "--kind", "holder"));
    key_is_not_told(holder);
    char *print = strstr(inb_printed, "fingerprint  ");
    ck_assert_ptr_nonnull(print);
    char kept[64] = {0};
    memcpy(kept, print, 52);
    INB_OK_IS(INB_CALL(
        inb_command_key_new, client, "--kind", "client", "--name", "ngo", "--holder", holder));
    ck_assert_ptr_nonnull(strstr(inb_printed, kept));
    key_is_not_told(client);
    INB_FAILS(INB_CALL(inb_command_key_new, team, "--kind", "client", "--name", "x"), INB_USAGE,
        "go together");
    INB_FAILS(INB_CALL(inb_command_key_new, team, "--holder", holder), INB_USAGE, "go together");
    INB_FAILS(
        INB_CALL(inb_command_key_new, team, "--kind", "client", "--name", "x", "--holder", client),
        INB_BAD_INPUT, "expected one of kind holder");
    ck_assert_int_ne(access(team, F_OK), 0);
    done();
}
INB_END

INB_TEST(bad_usage) {
    setup();
    INB_FAILS(INB_CALL(inb_command_key_new, team, hit), INB_USAGE, "expected one key file");
    INB_FAILS(INB_CALL(inb_command_key_show, "--json"), INB_USAGE, "expected one key file");
    INB_FAILS(INB_CALL(inb_command_key_new, team, "--kind", "king"), INB_USAGE, "'--kind'");
    INB_FAILS(INB_CALL(inb_command_key_new, team, "--version", "0"), INB_USAGE, "'--version'");
    INB_FAILS(INB_CALL(inb_command_key_new, team, "--name", "a b"), INB_USAGE, "the name of a key");
    INB_FAILS(
        INB_CALL(inb_command_key_new, team, "--name", "12345678901234567890123456789012345678901"),
        INB_USAGE, "at most 40");
    INB_FAILS(INB_CALL(inb_command_key_new, "/nowhere/k"), INB_IO, "cannot be created");
    ck_assert_int_ne(access(team, F_OK), 0);
    done();
}
INB_END

INB_TEST_MAIN(
    "cli/cmd_key", made_shown_destroyed, hit_keys_carry_the_year, client_of_a_holder, bad_usage)
