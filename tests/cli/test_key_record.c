// SPDX-License-Identifier: EUPL-1.2
// Rows of a record: appended, one after the other, to a file for its owner alone.

#include "cli/key_record.h"

#include "inb_file.h"

#include <fcntl.h>
#include <sys/stat.h>

INB_TEST(rows_are_appended) {
    char folder[] = "/tmp/inb_record_XXXXXX";
    char path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r", folder);
    umask(0);
    for (int i = 0; i < 2; i++) {
        int file = -1;
        INB_OK_IS(inb_record_open(path, &file, err));
        INB_OK_IS(inb_record_add(file, path, i == 0 ? "one" : "two", err));
        close(file);
    }
    size_t length;
    char *text = inb_file_content(path, &length);
    ck_assert_str_eq(text, "one\ntwo\n");
    free(text);
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0600);
    int file = -1;
    ck_assert_int_eq(chmod(path, 0620), 0);
    INB_FAILS(inb_record_open(path, &file, err), INB_BAD_INPUT, "others can write");
    (void)unlink(path);
    ck_assert_int_eq(symlink("/tmp/elsewhere", path), 0);
    INB_FAILS(inb_record_open(path, &file, err), INB_IO, "cannot be opened");
    (void)unlink(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    INB_FAILS(inb_record_open(path, &file, err), INB_BAD_INPUT, "a file of your own");
    close(reader);
    (void)unlink(path);
    (void)rmdir(folder);
    file = open("/dev/full", O_WRONLY);
    INB_FAILS(inb_record_add(file, "/dev/full", "x", err), INB_IO, "writing failed");
    close(file);
}
INB_END

INB_TEST(times) {
    char text[INB_RECORD_TIME];
    inb_record_time(0, text);
    ck_assert_str_eq(text, "1970-01-01T00:00:00Z");
    inb_record_time(1795548723, text); // date -u -d @1795548723
    ck_assert_str_eq(text, "2026-11-24T19:32:03Z");
}
INB_END

INB_TEST_MAIN("cli/key_record", rows_are_appended, times)
