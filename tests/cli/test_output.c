// SPDX-License-Identifier: EUPL-1.2
// Output: failures of standard output are noticed, and a file is there whole or as it was before,
// with nothing left beside it: full disk, file limit, no folder, no permission to replace.

#include "cli/cli.h"

#include "inb_file.h"
#include "inb_sweep.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio_ext.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

// ---- standard output ----

// inb_print_buffer with standard output going to `file`.
static inb_status print_buffer_to(int file, const inb_buffer *text, inb_error *err) {
    fflush(stdout);
    int kept = dup(1);
    ck_assert_int_ge(dup2(file, 1), 0);
    inb_status status = inb_print_buffer(text, err);
    clearerr(stdout);
    __fpurge(stdout); // what could not be written
    ck_assert_int_ge(dup2(kept, 1), 0);
    close(kept);
    return status;
}

static inb_status print_to(int file, const char *text, size_t length, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer all = INB_BUFFER_INIT(4096);
    inb_buffer_add(&all, text, length);
    return print_buffer_to(file, &all, err);
}

// What could not all be put in a buffer is not printed in part.
INB_TEST(print_of_a_buffer_that_is_too_small) {
    char path[INB_TEMP_PATH];
    inb_temp_file(path, "", 0);
    int file = open(path, O_WRONLY);
    INB_CLEANUP(inb_buffer_clear) inb_buffer small = INB_BUFFER_INIT(8);
    inb_buffer_text(&small, "one\n");
    inb_buffer_text(&small, "two and more\n");
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_ne(print_buffer_to(file, &small, &err), INB_OK);
    close(file);
    size_t length = 1;
    char *content = inb_file_content(path, &length);
    ck_assert_uint_eq(length, 0);
    free(content);
    unlink(path);
}
INB_END

INB_TEST(print) {
    char path[INB_TEMP_PATH];
    inb_temp_file(path, "", 0);
    int file = open(path, O_WRONLY);
    INB_OK_IS(print_to(file, "one\0two\n", 8, err));
    close(file);
    size_t length = 0;
    char *content = inb_file_content(path, &length);
    ck_assert_uint_eq(length, 8);
    ck_assert_int_eq(memcmp(content, "one\0two\n", 8), 0);
    free(content);
    unlink(path);
}
INB_END

INB_TEST(print_to_a_full_disk) {
    int file = open("/dev/full", O_WRONLY);
    ck_assert_int_ge(file, 0);
    INB_FAILS(print_to(file, "x\n", 2, err), INB_IO, "standard output: writing failed");
    close(file);
}
INB_END

INB_TEST(print_to_a_closed_pipe) {
    signal(SIGPIPE, SIG_IGN); // as main does
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    INB_FAILS(print_to(ends[1], "x\n", 2, err), INB_IO, "standard output: writing failed");
    close(ends[1]);
}
INB_END

// ---- files ----

static char folder[] = "/tmp/inb_output_XXXXXX";
static char path[64];

static void make_folder(void) {
    memcpy(folder, "/tmp/inb_output_XXXXXX", sizeof folder);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/report.html", folder);
}

static size_t files_in_folder(void) {
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        count += entry->d_name[0] != '.';
    }
    closedir(dir);
    return count;
}

static void content_is(const char *expected, size_t expected_length) {
    size_t length = 0;
    char *content = inb_file_content(path, &length);
    ck_assert_msg(content != NULL, "there is no file");
    ck_assert_uint_eq(length, expected_length);
    ck_assert_int_eq(memcmp(content, expected, length), 0);
    free(content);
}

static void remove_folder(void) {
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); // empty but for the file
}

INB_TEST(written_whole) {
    make_folder();
    INB_OK_IS(inb_write_file(path, "one\0two", 7, err));
    content_is("one\0two", 7);
    INB_OK_IS(inb_write_file(path, "three", 5, err)); // replaces
    content_is("three", 5);
    INB_OK_IS(inb_write_file(path, "", 0, err));
    content_is("", 0);
    static char large[3000000];
    memset(large, 'x', sizeof large);
    INB_OK_IS(inb_write_file(path, large, sizeof large, err));
    content_is(large, sizeof large);
    ck_assert_uint_eq(files_in_folder(), 1);
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0133U, 0); // nobody may write or run it but the owner
    remove_folder();
}
INB_END

// A reader never sees a part: the old file stays open and whole, the new one is another.
INB_TEST(replaced_not_overwritten) {
    make_folder();
    INB_OK_IS(inb_write_file(path, "old", 3, err));
    FILE *reader = fopen(path, "rb");
    ck_assert_ptr_nonnull(reader);
    INB_OK_IS(inb_write_file(path, "newer", 5, err));
    char text[8] = {0};
    ck_assert_uint_eq(fread(text, 1, 7, reader), 3);
    ck_assert_str_eq(text, "old");
    fclose(reader);
    content_is("newer", 5);
    remove_folder();
}
INB_END

INB_TEST(places_that_do_not_take_a_file) {
    make_folder();
    char inner[96];
    snprintf(inner, sizeof inner, "%s/none/report.html", folder);
    INB_FAILS(inb_write_file(inner, "x", 1, err), INB_IO, "none/report.html: cannot be created");
    ck_assert_int_eq(mkdir(path, 0700), 0); // a folder stands where the file should
    INB_FAILS(inb_write_file(path, "x", 1, err), INB_IO, "report.html: cannot be put in place");
    ck_assert_uint_eq(files_in_folder(), 1);
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0); // and what is no file stays what it is
    INB_FAILS(inb_write_file(path, "x", 1, err), INB_IO, "found a pipe or a device");
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(symlink("/dev/null", path), 0);
    INB_FAILS(inb_write_file(path, "x", 1, err), INB_IO, "found a link, expected a file");
    remove_folder();
}
INB_END

// A run that was killed left its part behind, and this process has its number.
INB_TEST(part_left_behind) {
    make_folder();
    char left[128];
    snprintf(left, sizeof left, "%s.%ld-0.part", path, (long)getpid());
    FILE *part = fopen(left, "wb");
    ck_assert_ptr_nonnull(part);
    fputs("half", part);
    fclose(part);
    INB_OK_IS(inb_write_file(path, "whole", 5, err));
    content_is("whole", 5);
    ck_assert_uint_eq(files_in_folder(), 2);
    ck_assert_int_eq(unlink(left), 0);
    remove_folder();
}
INB_END

INB_TEST(file_limit) {
    make_folder();
    INB_OK_IS(inb_write_file(path, "before", 6, err));
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limit = {20000, before.rlim_max};
    static char large[100000];
    inb_error error = INB_ERROR_INIT;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    inb_status status = inb_write_file(path, large, sizeof large, &error);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_int_eq(status, INB_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "writing failed"));
    ck_assert_uint_eq(files_in_folder(), 1);
    content_is("before", 6);
    remove_folder();
}
INB_END

// A disk of 64 kB, where one may be mounted; elsewhere the limit above has to do.
INB_TEST(full_disk) {
    make_folder();
    if (mount("tmpfs", folder, "tmpfs", 0, "size=64k") != 0) {
        remove_folder();
        return;
    }
    static char large[100000];
    inb_error error = INB_ERROR_INIT;
    inb_status first = inb_write_file(path, "before", 6, &error);
    inb_status second = inb_write_file(path, large, sizeof large, &error);
    size_t files = files_in_folder();
    size_t length = 0;
    char *content = inb_file_content(path, &length);
    bool whole = content != NULL && strcmp(content, "before") == 0;
    free(content);
    unlink(path);
    ck_assert_int_eq(umount(folder), 0);
    ck_assert_int_eq(first, INB_OK);
    ck_assert_int_eq(second, INB_IO);
    ck_assert_msg(strstr(error.message, "writing failed") != NULL, "%s", error.message);
    ck_assert_uint_eq(files, 1);
    ck_assert(whole);
    remove_folder();
}
INB_END

INB_TEST(memory_refused) {
    make_folder();
    INB_SWEEP(inb_write_file(path, "x", 1, err));
    ck_assert_uint_eq(files_in_folder(), 1);
    remove_folder();
}
INB_END

// ---- which file a path names ----

INB_TEST(same_file) {
    make_folder();
    char here[192];
    char deeper[192];
    bool same = true;
    snprintf(here, sizeof here, "%s/./report.html", folder);
    snprintf(deeper, sizeof deeper, "%s/none/report.html", folder);
    INB_OK_IS(inb_same_file(path, here, &same, err)); // neither is there
    ck_assert(same);
    INB_OK_IS(inb_same_file(path, deeper, &same, err));
    ck_assert(!same);
    INB_OK_IS(inb_same_file("report.html", "./report.html", &same, err));
    ck_assert(same);
    INB_OK_IS(inb_same_file("report.html", path, &same, err));
    ck_assert(!same);
    INB_OK_IS(inb_write_file(path, "x", 1, err));
    INB_OK_IS(inb_same_file(here, path, &same, err));
    ck_assert(same);
    INB_OK_IS(inb_same_file("/dev/null", path, &same, err));
    ck_assert(!same);
    INB_OK_IS(inb_same_file(folder, path, &same, err));
    ck_assert(!same);
    remove_folder();
}
INB_END

// ---- several files ----

INB_TEST(files_all_or_none) {
    char folder[] = "/tmp/inb_files_XXXXXX";
    char path[192];
    char deeper[128];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(deeper, sizeof deeper, "%s/new", folder);
    const inb_file files[] = {{"a.csv", "one", 3}, {"b.csv", "two", 3}};
    INB_OK_IS(inb_write_files(deeper, files, 2, err));
    snprintf(path, sizeof path, "%s/b.csv", deeper);
    size_t length;
    char *content = inb_file_content(path, &length);
    ck_assert_str_eq(content, "two");
    free(content);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkdir(path, 0700), 0); // in the place of the second
    const inb_file others[] = {{"a.csv", "three", 5}, {"b.csv", "four", 4}, {"c.csv", "", 0}};
    INB_FAILS(inb_write_files(deeper, others, 3, err), INB_IO, "b.csv: cannot be put in place");
    snprintf(path, sizeof path, "%s/a.csv", deeper);
    content = inb_file_content(path, &length);
    ck_assert_str_eq(content, "one"); // as it was
    free(content);
    char words[256]; // nothing is left beside: a.csv and the folder b.csv alone
    snprintf(words, sizeof words, "test $(ls -A %s | wc -l) -eq 2 && rm -rf -- %s", deeper, folder);
    ck_assert_int_eq(system(words), 0);
    INB_FAILS(inb_write_files("/proc/nowhere", files, 2, err), INB_IO, "cannot be made");
}
INB_END

INB_TEST_MAIN("cli/output", print, print_of_a_buffer_that_is_too_small, print_to_a_full_disk,
    print_to_a_closed_pipe, written_whole, replaced_not_overwritten, places_that_do_not_take_a_file,
    part_left_behind, file_limit, full_disk, memory_refused, same_file, files_all_or_none)
