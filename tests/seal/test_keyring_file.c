// SPDX-License-Identifier: EUPL-1.2
// A keyring on disk: replaced as a whole or not at all, the old bytes overwritten, refused where
// others could have read or put it.

#include "inb_file.h"
#include "keyring_i.h"
#include "ring_help.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

static int open_folder(void) {
    ck_assert_int_eq(mkdir(ring_folder, 0700), 0);
    int folder = open(ring_folder, O_RDONLY | O_DIRECTORY);
    ck_assert_int_ge(folder, 0);
    return folder;
}

INB_TEST(whole_or_not_at_all) {
    ring_setup();
    char path[256];
    ring_path(path);
    int folder = open_folder();
    static const char first[] = "the first content, with a secret in it";
    static char second[4000];
    memset(second, 's', sizeof second);
    INB_OK_IS(inb_i_ring_replace_file(folder, path, first, sizeof first - 1, err));
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq((int)(info.st_mode & 0777), 0600);
    // A disk without room, at each length: the old content stands, and nothing else.
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    static const rlim_t rooms[] = {0, 1, 512, 3999};
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
        struct rlimit room = {rooms[i], before.rlim_max};
        inb_error error = INB_ERROR_INIT;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &room), 0);
        inb_status status = inb_i_ring_replace_file(folder, path, second, sizeof second, &error);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
        ck_assert_int_eq(status, INB_IO);
        ck_assert_ptr_nonnull(strstr(error.message, "is as it was"));
        size_t length = 0;
        char *content = inb_file_content(path, &length);
        ck_assert_uint_eq(length, sizeof first - 1);
        ck_assert_mem_eq(content, first, length);
        free(content);
        char fresh[300];
        snprintf(fresh, sizeof fresh, "%s.new", path);
        ck_assert_int_ne(access(fresh, F_OK), 0);
    }
    // One who still has the old file open finds nothing of it.
    int old = open(path, O_RDONLY);
    INB_OK_IS(inb_i_ring_replace_file(folder, path, second, sizeof second, err));
    char left[sizeof first];
    ck_assert_int_eq((int)read(old, left, sizeof left), (int)sizeof first - 1);
    ck_assert_ptr_null(memmem(left, sizeof first - 1, "secret", 6));
    ck_assert_ptr_null(memmem(left, sizeof first - 1, "content", 7));
    close(old);
    close(folder);
    ring_teardown();
}
INB_END

INB_TEST(only_ours) {
    ring_setup();
    char path[256];
    ring_path(path);
    int folder = open_folder();
    inb_buffer text = INB_BUFFER_INIT(64);
    struct stat info;
    INB_FAILS(inb_i_ring_read_file(path, &text, &info, err), INB_NOT_FOUND, "no keyring");
    INB_OK_IS(inb_i_ring_replace_file(folder, path, "abc", 3, err));
    INB_OK_IS(inb_i_ring_read_file(path, &text, &info, err));
    ck_assert_str_eq(inb_buffer_get(&text), "abc");
    ck_assert_int_eq(chmod(path, 0640), 0);
    INB_FAILS(inb_i_ring_read_file(path, &text, &info, err), INB_BAD_INPUT, "others can use");
    char link[300];
    snprintf(link, sizeof link, "%s/b.ring", ring_folder);
    ck_assert_int_eq(chmod(path, 0600), 0);
    ck_assert_int_eq(symlink(path, link), 0);
    INB_FAILS(inb_i_ring_read_file(link, &text, &info, err), INB_BAD_INPUT, "cannot be opened");
    static char large[4096];
    INB_OK_IS(inb_i_ring_replace_file(folder, path, large, sizeof large, err));
    inb_buffer_reset(&text);
    ck_assert_int_ne(inb_i_ring_read_file(path, &text, &info, NULL), INB_OK); // 64 bytes at most
    inb_buffer_clear(&text);
    close(folder);
    ring_teardown();
}
INB_END

INB_TEST_MAIN("seal/keyring_file", whole_or_not_at_all, only_ours)
