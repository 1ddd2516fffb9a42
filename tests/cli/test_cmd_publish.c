// SPDX-License-Identifier: EUPL-1.2
// inbeeld publish as it is called: one whole file or nothing, the exit codes of what it refuses,
// and small counts hidden unless they are published.

#include "cli/cli.h"

#include "inb_command.h"
#include "inb_file.h"

#include <dirent.h>
#include <sys/stat.h>

static inb_arguments given; // large
static char folder[64];
static char where[640]; // --store

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
    // Four methods, and no single number where they disagree.
    demand_in_report("They run from 11,313 to 25,311 people in all: a factor 2.2.", true);
    demand_in_report("The estimate is ", false);
    demand_in_report("<td class=\"p-number\">22,990</td>", true);
    demand_in_report("already published elsewhere", true);
    INB_OK_IS(CALL("--out", folder));
    demand_in_report("In dit rapport zitten geen lijsten.", true);
    ck_assert_uint_eq(remove_folder(), 1);
}
INB_END

// Seven lists are too many for averages over decomposable models: the others are there.
INB_TEST(many_lists) {
    static const char text[] = "A,B,C,D,E,F,G,count\n1,0,0,0,0,0,0,40\n0,1,0,0,0,0,0,35\n"
                               "0,0,1,0,0,0,0,50\n0,0,0,1,0,0,0,45\n0,0,0,0,1,0,0,30\n"
                               "0,0,0,0,0,1,0,25\n0,0,0,0,0,0,1,20\n1,1,0,0,0,0,0,3\n"
                               "1,0,1,0,0,0,0,4\n0,1,1,0,0,0,0,4\n0,0,1,1,0,0,0,5\n"
                               "1,0,0,1,0,0,0,4\n0,0,0,0,1,1,0,2\n1,0,0,0,0,0,1,2\n"
                               "0,0,1,0,1,0,0,3\n";
    char file[INB_TEMP_PATH];
    inb_temp_file(file, text, strlen(text));
    setup_folder();
    INB_OK_IS(CALL("--histories", file, "--out", folder, "--lang=en"));
    unlink(file);
    demand_in_report("The model that fits best", true);
    demand_in_report("Averaged over many models", false);
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

// A store: 40 whom a school told of, 12 whom police did.
static void put_store(void) {
    char file[512];
    char key[512];
    snprintf(file, sizeof file, "%s", in_folder("signals.csv"));
    snprintf(key, sizeof key, "%s", in_folder("keys/team.key"));
    snprintf(where, sizeof where, "sqlite:%s", in_folder("s.db"));
    FILE *csv = fopen(file, "w");
    ck_assert_ptr_nonnull(csv);
    fprintf(csv, "id,source.kind,source.organisation,seen,person.age,roles,observations\n");
    for (int i = 0; i < 60; i++) {
        const char *kind = i < 40 ? "school" : i < 52 ? "police_beat" : "health";
        fprintf(csv, "s%d,%s,%s,2026-0%d-03,15,possible_victim,CR-11=yes;CR-03=unknown\n", i, kind,
            kind, i % 6 + 1);
    }
    ck_assert_int_eq(fclose(csv), 0);
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", key, file));
}

static bool stands_with(const char *name, const char *part) {
    size_t length;
    char *content = inb_file_content(in_folder(name), &length);
    bool holds = content != NULL && strstr(content, part) != NULL;
    free(content);
    return holds;
}

INB_TEST(a_store_as_safe_tables) {
    setup_folder();
    put_store();
    const char *out = strdup(in_folder("out"));
    INB_OK_IS(CALL("--store", where, "--out", out, "--lang", "en"));
    ck_assert(stands_with("out/report.html", "In short: the signals here"));
    ck_assert(stands_with("out/report.html", "whoever subtracts totals can sometimes find them. "
                                             "Full protection is still to follow."));
    ck_assert(stands_with("out/report.html", "registered"));
    ck_assert(stands_with("out/sources.csv", "form,criminal,signals_police_beat,12,,,"));
    ck_assert(stands_with("out/sources.csv", "form,criminal,signals_health,,,,fewer than 11"));
    ck_assert(stands_with("out/tables.json", "\"sightings\":60"));
    ck_assert(stands_with("out/groups.csv", "in_all,,,,cannot be estimated")); // no key
    ck_assert(stands_with("out/trend.csv", "2026-Q2") && stands_with("out/roles.csv", "child"));
    ck_assert(stands_with("out/surroundings.csv", "not_told"));
    ck_assert(stands_with("out/first_step.csv", "with_route"));
    // With lists beside it, both are in the report.
    INB_OK_IS(CALL("--store", where, "--out", out, "--histories", list("UKdat_5"), "--lang", "en"));
    ck_assert(stands_with("out/report.html", "11,313"));
    ck_assert(stands_with("out/report.html", "In short: the signals here"));
    INB_FAILS(CALL("--key", "k", "--out", out), INB_USAGE, "option '--key' belongs to a store");
    INB_FAILS(CALL("--store", "sqlite:/nowhere/s.db", "--out", out), INB_NOT_FOUND, "");
    free((char *)(uintptr_t)out);
    char words[128];
    snprintf(words, sizeof words, "rm -rf -- %s", folder);
    ck_assert_int_eq(system(words), 0);
}
INB_END

// A folder where a table should stand: nothing is put in place, what stood there stays.
INB_TEST(all_files_or_none) {
    setup_folder();
    put_store();
    const char *out = strdup(in_folder("out"));
    INB_OK_IS(CALL("--out", out));
    ck_assert_int_eq(mkdir(in_folder("out/trend.csv"), 0700), 0);
    INB_FAILS(CALL("--store", where, "--out", out), INB_IO, "trend.csv: cannot be put in place");
    ck_assert(stands_with("out/report.html", "In dit rapport zitten geen lijsten."));
    ck_assert_int_ne(access(in_folder("out/sources.csv"), F_OK), 0);
    ck_assert_int_ne(access(in_folder("out/tables.json"), F_OK), 0);
    free((char *)(uintptr_t)out);
    char words[128];
    snprintf(words, sizeof words, "rm -rf -- %s", folder);
    ck_assert_int_eq(system(words), 0);
}
INB_END

INB_TEST_MAIN("cli/cmd_publish", a_report_of_published_lists, many_lists,
    small_counts_by_default_hidden, nothing_half_written, a_store_as_safe_tables, all_files_or_none)
