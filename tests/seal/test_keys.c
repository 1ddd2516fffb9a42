// SPDX-License-Identifier: EUPL-1.2
// The key file: made once, readable by its owner alone, refused when damaged or open to others.

#include "inb_test.h"

#include <inbeeld/keys.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/inb_keys_XXXXXX";
static char path[64];

static void setup(void) {
    static bool made = false;
    if (!made) {
        ck_assert_ptr_nonnull(mkdtemp(folder));
        made = true;
    }
    snprintf(path, sizeof path, "%s/team.key", folder);
    (void)unlink(path);
}

static void rewrite(const char *text, mode_t mode) {
    (void)unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    ck_assert_int_eq(close(file), 0);
    ck_assert_int_eq(chmod(path, mode), 0);
}

static size_t read_line(char *line, size_t size) {
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, (int)size, file));
    ck_assert_int_eq(fclose(file), 0);
    return strlen(line);
}

INB_TEST(made_once) {
    setup();
    INB_OK_IS(inb_keyfile_new(path, err));
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0600);
    INB_FAILS(inb_keyfile_new(path, err), INB_BAD_INPUT, "cannot be created");
    inb_keys *keys = NULL;
    INB_OK_IS(inb_keys_open(path, &keys, err));
    inb_keys_free(keys);
    inb_keys_free(NULL);
}
INB_END

INB_TEST(others_may_not_read) {
    setup();
    INB_OK_IS(inb_keyfile_new(path, err));
    inb_keys *keys = NULL;
    static const mode_t open_modes[] = {0640, 0604, 0620, 0602, 0610, 0601, 0666};
    for (size_t i = 0; i < sizeof open_modes / sizeof open_modes[0]; i++) {
        ck_assert_int_eq(chmod(path, open_modes[i]), 0);
        INB_FAILS(inb_keys_open(path, &keys, err), INB_BAD_INPUT, "expected mode 600");
    }
    ck_assert_int_eq(chmod(path, 0400), 0);
    INB_OK_IS(inb_keys_open(path, &keys, err));
    inb_keys_free(keys);
}
INB_END

INB_TEST(only_a_plain_file) {
    setup();
    inb_keys *keys = NULL;
    INB_FAILS(inb_keys_open(path, &keys, err), INB_BAD_INPUT, "cannot be opened");
    INB_FAILS(inb_keys_open("/tmp", &keys, err), INB_BAD_INPUT, "no plain file");
    char other[96];
    snprintf(other, sizeof other, "%s.link", path);
    (void)unlink(other);
    INB_OK_IS(inb_keyfile_new(path, err));
    ck_assert_int_eq(symlink(path, other), 0);
    INB_FAILS(inb_keys_open(other, &keys, err), INB_BAD_INPUT, "cannot be opened");
    (void)unlink(other);
    INB_FAILS(inb_keyfile_new("/nowhere/at/all", err), INB_IO, "cannot be created");
    ck_assert_ptr_null(keys);
}
INB_END

// Every single character of the line that is changed, and every cut, is noticed.
INB_TEST(damage_is_noticed) {
    setup();
    INB_OK_IS(inb_keyfile_new(path, err));
    char line[160];
    size_t length = read_line(line, sizeof line);
    inb_keys *keys = NULL;
    for (size_t i = 0; i < length; i++) {
        char damaged[160];
        memcpy(damaged, line, sizeof damaged);
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        rewrite(damaged, 0600);
        INB_FAILS(inb_keys_open(path, &keys, err), INB_BAD_INPUT, ":1:1: found");
        damaged[i] = '\0';
        rewrite(damaged, 0600);
        INB_FAILS(inb_keys_open(path, &keys, err), INB_BAD_INPUT, "expected a key file");
    }
    char longer[170];
    snprintf(longer, sizeof longer, "%sx", line);
    rewrite(longer, 0600);
    INB_FAILS(inb_keys_open(path, &keys, err), INB_BAD_INPUT, "expected a key file");
    rewrite(line, 0600);
    INB_OK_IS(inb_keys_open(path, &keys, err));
    inb_keys_free(keys);
}
INB_END

// No complaint quotes the key.
INB_TEST(the_key_is_not_told) {
    setup();
    INB_OK_IS(inb_keyfile_new(path, err));
    char line[160];
    (void)read_line(line, sizeof line);
    char key[9] = {0};
    memcpy(key, line + strlen("inbeeld-key 1 "), 8);
    line[20] = '!';
    rewrite(line, 0600);
    inb_keys *keys = NULL;
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_ne(inb_keys_open(path, &keys, &err), INB_OK);
    key[6] = '\0'; // the part before the damage
    ck_assert_ptr_null(strstr(err.message, key));
}
INB_END

// What the system says is locked grows by an opened key and shrinks again; a limit of none, as in
// some containers, leaves nothing to test.
static long locked_kb(void) {
    FILE *file = fopen("/proc/self/status", "r");
    ck_assert_ptr_nonnull(file);
    char line[256];
    long kb = -1;
    while (fgets(line, sizeof line, file) != NULL) {
        (void)sscanf(line, "VmLck: %ld", &kb);
    }
    ck_assert_int_eq(fclose(file), 0);
    return kb;
}

// AddressSanitizer turns mlock into nothing, so there is nothing to see then.
#if defined(__SANITIZE_ADDRESS__)
enum { LOCKS = 0 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { LOCKS = 0 };
#else
enum { LOCKS = 1 };
#endif
#else
enum { LOCKS = 1 };
#endif

INB_TEST(locked_in_memory) {
    struct rlimit limit;
    ck_assert_int_eq(getrlimit(RLIMIT_MEMLOCK, &limit), 0);
    if (!LOCKS || limit.rlim_cur < 65536) {
        printf("# memory is not locked here: a limit, or a sanitizer\n");
        return;
    }
    setup();
    INB_OK_IS(inb_keyfile_new(path, err));
    long before = locked_kb();
    inb_keys *keys = NULL;
    INB_OK_IS(inb_keys_open(path, &keys, err));
    ck_assert_int_gt(locked_kb(), before);
    inb_keys_free(keys);
    ck_assert_int_eq(locked_kb(), before);
}
INB_END

INB_TEST_MAIN("seal/keys", locked_in_memory, made_once, others_may_not_read, only_a_plain_file,
    damage_is_noticed, the_key_is_not_told)
