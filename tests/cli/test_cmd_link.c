// SPDX-License-Identifier: EUPL-1.2
// inbeeld link as it is called: the three files, the same bytes, and everything that is refused.

#include "demo_help.h"
#include "inb_command.h"
#include "inb_file.h"
#include "inb_link_case.h"

#include "base/alloc.h"

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
    INB_FAILS(CALL(a, a, "--out", out), INB_USAGE, "same name");
    INB_FAILS(CALL(a, b, "--out", a), INB_USAGE, "is read");
    INB_FAILS(CALL(a, b, "--out", out, "--pairs", out), INB_USAGE, "one file");
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

INB_TEST_MAIN(
    "cli/cmd_link", three_files, what_is_refused_leaves_nothing, draws_are_read_by_estimate)
