// SPDX-License-Identifier: EUPL-1.2
// inbeeld link as it is called: the three files, the same bytes, and everything that is refused.

#include "demo_help.h"
#include "inb_command.h"
#include "inb_file.h"
#include "inb_link_case.h"

#include "base/alloc.h"

#include <sys/stat.h>

#define CALL(...) INB_CALL(inb_command_link, __VA_ARGS__)

static char a[INB_TEMP_PATH];
static char b[INB_TEMP_PATH];
static char out[INB_TEMP_PATH + 8];
static char pairs[INB_TEMP_PATH + 8];
static char histories[INB_TEMP_PATH + 12];

static void begin(void) {
    inb_temp_file(a, inb_case_a, strlen(inb_case_a));
    inb_temp_file(b, inb_case_b, strlen(inb_case_b));
    snprintf(out, sizeof out, "%s.out", a);
    snprintf(pairs, sizeof pairs, "%s.pairs", a);
    snprintf(histories, sizeof histories, "%s.histories", a);
}

static void end(void) {
    unlink(a);
    unlink(b);
    unlink(out);
    unlink(pairs);
    unlink(histories);
}

INB_TEST(three_files) {
    begin();
    INB_OK_IS(CALL(a, b, "--out", out, "--pairs", pairs, "--histories", histories, "--group",
        "sector", "--json"));
    ck_assert_int_eq(inb_printed[0], '{');
    size_t length;
    char *content = inb_file_content(out, &length);
    ck_assert_ptr_nonnull(content);
    ck_assert_int_eq(strncmp(content, "cluster,source,id\n", 18), 0);
    free(content);
    content = inb_file_content(pairs, &length);
    ck_assert_int_eq(strncmp(content, "source_a,id_a,source_b,id_b,probability\n", 40), 0);
    free(content);
    content = inb_file_content(histories, &length);
    ck_assert_ptr_nonnull(strstr(content, ",sector,count\n"));
    free(content);
    INB_OK_IS(CALL(a, b, "--explain", "1", "x"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "What agrees"));
    end();
}
INB_END

INB_TEST(what_is_refused_leaves_nothing) {
    begin();
    INB_FAILS(CALL("--out", out), INB_USAGE, "found no file");
    INB_FAILS(CALL(a), INB_USAGE, "'--out' is missing");
    INB_FAILS(CALL(a, "--out", out, "--group", "x"), INB_USAGE, "--histories");
    INB_FAILS(CALL(a, "--out", out, "--histories", histories), INB_USAGE, "one file");
    INB_FAILS(CALL(a, a, "--out", out), INB_USAGE, "are one file");
    INB_FAILS(CALL(a, b, "--out", a), INB_USAGE, "is read");
    INB_FAILS(CALL(a, b, "--out", out, "--pairs", out), INB_USAGE, "one file");
    INB_FAILS(CALL(a, b, "--out", out, "--draws", "5", "--draws-out", out), INB_USAGE, "one file");
    INB_FAILS(CALL(a, b, "--out", out, "--explain", "1", "no such id"), INB_NOT_FOUND, "second");
    INB_FAILS(CALL(a, b, "--out", out, "--explain", "1"), INB_USAGE, "two");
    INB_FAILS(CALL(a, b, "--out", out, "--undo", "1"), INB_USAGE, "about the store");
    INB_FAILS(CALL(a, b, "--out", "/nowhere/at/all.csv"), INB_IO, "cannot be created");
    INB_FAILS(CALL(a, b, "--out", out, "--draws", "5"), INB_USAGE, "go together");
    INB_FAILS(
        CALL(a, b, "--out", out, "--draws", "1", "--draws-out", "/tmp/x"), INB_USAGE, "draws");
    INB_FAILS(
        CALL(a, "--out", out, "--draws", "5", "--draws-out", "/tmp/x"), INB_USAGE, "one file");
    INB_FAILS(CALL(a, b, "--out", out, "--draws", "5", "--draws-out", "/tmp"), INB_USAGE,
        "something in it");
    INB_FAILS(CALL(a, b, "--out", out, "--pairs", "/nowhere/at/all.csv"), INB_IO, "created");
    ck_assert_int_ne(access(out, F_OK), 0);
    end();
}
INB_END

// A list under another name is that list still: a link to it is not a second one, and is not
// written over. What stood at a place is there as it was when another file cannot be written.
INB_TEST(one_file_by_several_names) {
    begin();
    char other[INB_TEMP_PATH + 8];
    char dotted[INB_TEMP_PATH + 8];
    snprintf(other, sizeof other, "%s.other", a);
    snprintf(dotted, sizeof dotted, "/tmp/.%s", a + strlen("/tmp"));
    ck_assert_int_eq(strncmp(a, "/tmp/", 5), 0);
    ck_assert_int_eq(symlink(a, other), 0);
    INB_FAILS(CALL(a, other, "--out", out), INB_USAGE, "are one file");
    INB_FAILS(CALL(a, b, "--out", other), INB_USAGE, "'--out' names a file that is read");
    INB_FAILS(CALL(a, b, "--out", dotted), INB_USAGE, "'--out' names a file that is read");
    INB_FAILS(CALL(a, b, "--out", out, "--pairs", dotted), INB_USAGE, "'--pairs' names a file");
    unlink(other);
    ck_assert_int_eq(link(b, other), 0);
    INB_FAILS(CALL(a, "--out", b, "--config", other), INB_USAGE, "'--out' names a file");
    unlink(other);
    FILE *earlier = fopen(out, "wb");
    ck_assert_ptr_nonnull(earlier);
    fputs("earlier", earlier);
    fclose(earlier);
    INB_FAILS(CALL(a, b, "--out", out, "--pairs", "/nowhere/at/all.csv"), INB_IO, "created");
    ck_assert_int_eq(mkfifo(pairs, 0600), 0);
    INB_FAILS(CALL(a, b, "--out", out, "--pairs", pairs), INB_IO, "a pipe or a device");
    size_t length;
    char *content = inb_file_content(out, &length);
    ck_assert_str_eq(content, "earlier");
    free(content);
    end();
}
INB_END

static void same_files(const char *x, const char *y) {
    size_t length;
    char *one = help_content(x, &length);
    char *two = help_content(y, &length);
    ck_assert_str_eq(one, two);
    free(one);
    free(two);
}

// A region of the demo, its lists linked with draws, which estimate then carries; any number of
// threads writes the same, and a failure of a later file leaves no folder.
INB_TEST(draws_are_read_by_estimate) {
    help_setup_place();
    INB_OK_IS(INB_CALL(inb_command_demo, help_path("r"), "--people", "1500", "--seed", "4"));
    char police[512];
    char helpline[512];
    char team[512];
    snprintf(police, sizeof police, "%s/r/lists/police.csv", help_place);
    snprintf(helpline, sizeof helpline, "%s/r/lists/helpline.csv", help_place);
    snprintf(team, sizeof team, "%s/r/lists/care_coordinators.csv", help_place);
    const char *table = help_path("h.csv");
    snprintf(out, sizeof out, "%s/out.csv", help_place);
    INB_FAILS(CALL(police, helpline, "--out", "/nowhere/at/all.csv", "--draws", "2", "--draws-out",
                  help_path("d")),
        INB_IO, "cannot be created");
    ck_assert_int_ne(access(help_path("d"), F_OK), 0);
    INB_OK_IS(CALL(police, helpline, team, "--out", out, "--histories", table, "--group", "form",
        "--draws", "6", "--draws-out", help_path("d"), "--threads", "1"));
    INB_OK_IS(CALL(police, helpline, team, "--out", out, "--group", "form", "--draws", "6",
        "--draws-out", help_path("d3"), "--threads", "3"));
    same_files("d/histories_0001.csv", "d3/histories_0001.csv");
    same_files("d/histories_0006.csv", "d3/histories_0006.csv");
    same_files("d/rates.json", "d3/rates.json");
    snprintf(histories, sizeof histories, "%s/h.csv", help_place);
    INB_OK_IS(INB_CALL(inb_command_estimate, histories, "--group", "form", "--draws",
        help_path("d"), "--bootstrap", "6", "--json"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"draws\":{"));
    help_remove_place();
}
INB_END

INB_TEST_MAIN("cli/cmd_link", three_files, what_is_refused_leaves_nothing,
    one_file_by_several_names, draws_are_read_by_estimate)
