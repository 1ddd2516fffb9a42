// SPDX-License-Identifier: EUPL-1.2
// inbeeld publish as it is called: one whole file or nothing, the exit codes of what it refuses,
// and small counts hidden unless they are published.

#include "cli/cli.h"

#include "inb_file.h"

#include <dirent.h>
#include <sys/stat.h>

static inb_arguments given; // large
static char folder[64];

static void setup_folder(void) {
    snprintf(folder, sizeof folder, "/tmp/inb_publish_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static char *in_folder(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

// Removes the folder and returns how many files stood in it.
static size_t remove_folder(void) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] != '.') {
            count++;
            unlink(in_folder(entry->d_name));
        }
    }
    closedir(dir);
    ck_assert_int_eq(rmdir(folder), 0);
    return count;
}

static inb_status call(const char *const *words, inb_error *err) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    INB_TRY(inb_arguments_parse(&inb_command_publish, count, (char **)words, &given, err));
    fflush(stdout);
    FILE *nowhere = fopen("/dev/null", "w");
    ck_assert_ptr_nonnull(nowhere);
    int kept = dup(1);
    ck_assert_int_ge(dup2(fileno(nowhere), 1), 0);
    inb_status status = inb_command_publish.run(&given, err);
    fflush(stdout);
    ck_assert_int_ge(dup2(kept, 1), 0);
    close(kept);
    fclose(nowhere);
    return status;
}

#define CALL(...) call((const char *const[]){__VA_ARGS__, NULL}, err)

static const char *list(const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", getenv("INBEELD_SOURCE"), name);
    return path;
}

static void demand_in_report(const char *part, bool wanted) {
    size_t length;
    char *page = inb_file_content(in_folder("report.html"), &length);
    ck_assert_ptr_nonnull(page);
    ck_assert_uint_eq(strlen(page), length);
    ck_assert_msg((strstr(page, part) != NULL) == wanted, "'%s' in the report: %d", part, !wanted);
    ck_assert_str_eq(page + length - strlen("</html>\n"), "</html>\n");
    free(page);
}

INB_TEST(a_report_of_published_lists) {
    setup_folder();
    INB_OK_IS(CALL("--histories", list("UKdat_5"), "--out", folder, "--lang=en", "--json"));
    demand_in_report("The estimate is 11,313 people in all", true);
    demand_in_report("already published elsewhere", true);
    INB_OK_IS(CALL("--out", folder));
    demand_in_report("In dit rapport zitten geen lijsten.", true);
    ck_assert_uint_eq(remove_folder(), 1);
}
INB_END

INB_TEST(small_counts_by_default_hidden) {
    static const char text[] = "A,B,C,count\n1,0,0,400\n0,1,0,300\n0,0,1,200\n1,1,0,60\n1,0,1,7\n"
                               "0,1,1,23\n";
    char file[INB_TEMP_PATH];
    inb_temp_file(file, text, strlen(text));
    setup_folder();
    INB_OK_IS(CALL("--histories", file, "--out", folder));
    demand_in_report(">7<", false);
    INB_OK_IS(CALL("--histories", file, "--published", "--out", folder));
    demand_in_report(">7<", true);
    ck_assert_uint_eq(remove_folder(), 1);
    unlink(file);
}
INB_END

INB_TEST(nothing_half_written) {
    static const char bad[] = "A,B,count\n1,0,5\n1,2,5\n";
    char file[INB_TEMP_PATH];
    inb_temp_file(file, bad, strlen(bad));
    setup_folder();
    INB_FAILS(CALL("--histories", file, "--out", folder), INB_BAD_INPUT, ":3:");
    INB_FAILS(CALL("--figures", file, "--out", folder), INB_BAD_INPUT, ":1:1: found no column");
    INB_FAILS(CALL("--lang", "xx", "--out", folder), INB_USAGE, "--lang");
    INB_FAILS(CALL("--out", folder, file), INB_USAGE, "expected --histories before a file");
    INB_FAILS(CALL("--histories", list("UKdat_5"), "--out", "/proc/nowhere"), INB_IO, "/proc/");
    INB_FAILS(CALL("--histories", list("UKdat_5"), "--out", file), INB_IO, file);
    ck_assert_uint_eq(remove_folder(), 0);
    // A report that stands there stays as it was when a new one fails.
    setup_folder();
    INB_OK_IS(CALL("--out", folder));
    INB_FAILS(CALL("--histories", file, "--out", folder), INB_BAD_INPUT, "");
    demand_in_report("In dit rapport zitten geen lijsten.", true);
    ck_assert_int_eq(unlink(in_folder("report.html")), 0);
    ck_assert_int_eq(mkdir(in_folder("report.html"), 0700), 0);
    INB_FAILS(CALL("--out", folder), INB_IO, "report.html");
    ck_assert_int_eq(rmdir(in_folder("report.html")), 0);
    ck_assert_uint_eq(remove_folder(), 0);
    unlink(file);
}
INB_END

INB_TEST_MAIN("cli/cmd_publish", a_report_of_published_lists, small_counts_by_default_hidden,
    nothing_half_written)
