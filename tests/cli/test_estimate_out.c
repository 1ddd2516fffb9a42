// SPDX-License-Identifier: EUPL-1.2
// estimate --out: the folder is there whole, with what was printed and a table beside each picture;
// nothing is there where the input is wrong or something stands in its place.

#include "inb_command.h"
#include "inb_file.h"

#include "base/alloc.h"

#include <sys/stat.h>

#define CALL(...) INB_CALL(inb_command_estimate, __VA_ARGS__)

static char place[64];

static void setup_place(void) {
    snprintf(place, sizeof place, "/tmp/inb_estimate_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
}

static const char *in_place(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", place, name);
    return path;
}

static bool there(const char *name) {
    struct stat stat_buffer;
    return stat(in_place(name), &stat_buffer) == 0;
}

static void remove_place(void) {
    static const char *const files[] = {"out/estimate.txt", "out/estimate.json", "out/README.md",
        "out/ensemble.svg", "out/ensemble.csv", "out/threshold.svg", "out/threshold.csv",
        "out/sensitivity.svg", "out/sensitivity.csv", "out/replicates.svg", "out/replicates.csv"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)unlink(in_place(files[i]));
    }
    (void)rmdir(in_place("out"));
    ck_assert_int_eq(rmdir(place), 0); // nothing else was left
}

static const char two_lists[] = "A,B,count\n1,0,150\n0,1,80\n1,1,30\n";

INB_TEST(whole_folder) {
    setup_place();
    char path[INB_TEMP_PATH];
    inb_temp_file(path, two_lists, strlen(two_lists));
    char out[512];
    snprintf(out, sizeof out, "%s/out", place);
    INB_OK_IS(CALL(path, "--out", out, "--bootstrap", "100", "--json"));
    static const char *const files[] = {"out/estimate.txt", "out/README.md", "out/ensemble.svg",
        "out/ensemble.csv", "out/threshold.svg", "out/sensitivity.svg", "out/sensitivity.csv",
        "out/replicates.svg", "out/replicates.csv"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        ck_assert_msg(there(files[i]), "%s is not there", files[i]);
    }
    size_t length;
    char *kept = inb_file_content(in_place("out/estimate.json"), &length);
    ck_assert_str_eq(kept, inb_printed);
    free(kept);
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"ensemble\":[{"));
    // A second time something stands there.
    INB_FAILS(CALL(path, "--out", out), INB_USAGE, "out");
    unlink(path);
    remove_place();
}
INB_END

INB_TEST(nothing_where_it_fails) {
    setup_place();
    char path[INB_TEMP_PATH];
    static const char bad[] = "A,B,count\n1,0,5\n0,3,6\n";
    inb_temp_file(path, bad, strlen(bad));
    char out[512];
    snprintf(out, sizeof out, "%s/out", place);
    INB_FAILS(CALL(path, "--out", out), INB_BAD_INPUT, "column 'B'");
    ck_assert(!there("out"));
    unlink(path);
    remove_place();
}
INB_END

INB_TEST_MAIN("cli/estimate_out", whole_folder, nothing_where_it_fails)
