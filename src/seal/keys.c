// SPDX-License-Identifier: EUPL-1.2
// A team's key file and the keys derived from it (crypto_kdf: BLAKE2b, one key for each purpose).
// The file is one line, "inbeeld-key 1 KEY CHECK" in base64; CHECK finds a damaged copy early.

#include "keys_i.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MASTER_BYTES = crypto_kdf_KEYBYTES,
    CHECK_BYTES = 16,
    VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
    MASTER_TEXT = sodium_base64_ENCODED_LEN(MASTER_BYTES, VARIANT), // with its NUL
    CHECK_TEXT = sodium_base64_ENCODED_LEN(CHECK_BYTES, VARIANT),
    LINE_MOST = 128
};

static const char head[] = "inbeeld-key 1 ";

static void close_file(int *file) {
    if (*file >= 0) {
        (void)close(*file);
    }
}

static void wipe_line(char (*line)[LINE_MOST]) {
    sodium_memzero(*line, sizeof *line);
}

static void check_of(const unsigned char *master, unsigned char ret_check[CHECK_BYTES]) {
    static const unsigned char purpose[] = "inbeeld key file check";
    (void)crypto_generichash(ret_check, CHECK_BYTES, master, MASTER_BYTES, purpose, sizeof purpose);
}

static inb_status start(inb_error *err) {
    if (sodium_init() < 0) {
        return inb_fail(err, INB_UNAVAILABLE, "the machine gives no random numbers for keys");
    }
    return INB_OK;
}

inb_status inb_keyfile_new(const char *path, inb_error *err) {
    INB_TRY(start(err));
    INB_CLEANUP(wipe_line) char line[LINE_MOST];
    unsigned char master[MASTER_BYTES];
    unsigned char check[CHECK_BYTES];
    char master_text[MASTER_TEXT];
    char check_text[CHECK_TEXT];
    crypto_kdf_keygen(master);
    check_of(master, check);
    (void)sodium_bin2base64(master_text, sizeof master_text, master, sizeof master, VARIANT);
    (void)sodium_bin2base64(check_text, sizeof check_text, check, sizeof check, VARIANT);
    int length = snprintf(line, sizeof line, "%s%s %s\n", head, master_text, check_text);
    sodium_memzero(master, sizeof master);
    sodium_memzero(master_text, sizeof master_text);
    INB_CLEANUP(close_file)
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        return inb_fail(err, errno == EEXIST ? INB_BAD_INPUT : INB_IO,
            "%s: the key file cannot be created: %s", path, strerror(errno));
    }
    bool written = length > 0 && write(file, line, (size_t)length) == length && fsync(file) == 0;
    if (!written) {
        int reason = errno;
        (void)unlink(path);
        return inb_fail(err, INB_IO, "%s: writing failed: %s", path, strerror(reason));
    }
    return INB_OK;
}

// Refuses a file that others could have read or put there.
static inb_status check_file(int file, const char *path, inb_error *err) {
    struct stat info;
    if (fstat(file, &info) != 0) {
        return inb_fail(err, INB_IO, "%s: cannot be looked at: %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return inb_fail(err, INB_BAD_INPUT, "%s: found no plain file, expected a key file", path);
    }
    if ((info.st_mode & 077) != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found a key file that others can use (mode %03o), expected mode 600", path,
            (unsigned)(info.st_mode & 0777));
    }
    if (info.st_uid != geteuid()) {
        return inb_fail(
            err, INB_BAD_INPUT, "%s: found a key file of another user, expected your own", path);
    }
    return INB_OK;
}

static inb_status parse_line(
    const char *line, const char *path, unsigned char ret_master[MASTER_BYTES], inb_error *err) {
    size_t head_length = sizeof head - 1;
    size_t length = strlen(line);
    bool shaped = length == head_length + MASTER_TEXT - 1 + 1 + CHECK_TEXT - 1 + 1 &&
                  memcmp(line, head, head_length) == 0 &&
                  line[head_length + MASTER_TEXT - 1] == ' ' && line[length - 1] == '\n';
    unsigned char given[CHECK_BYTES];
    unsigned char check[CHECK_BYTES];
    size_t read = 0;
    bool decoded = shaped &&
                   sodium_base642bin(ret_master, MASTER_BYTES, line + head_length, MASTER_TEXT - 1,
                       NULL, &read, NULL, VARIANT) == 0 &&
                   read == MASTER_BYTES &&
                   sodium_base642bin(given, CHECK_BYTES, line + head_length + MASTER_TEXT,
                       CHECK_TEXT - 1, NULL, &read, NULL, VARIANT) == 0 &&
                   read == CHECK_BYTES;
    if (decoded) {
        check_of(ret_master, check);
        decoded = sodium_memcmp(check, given, CHECK_BYTES) == 0;
    }
    if (!decoded) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found something else or a damaged key, expected a key file of inbeeld", path);
    }
    return INB_OK;
}

static void derive(
    unsigned char *key, size_t size, uint64_t purpose, const unsigned char master[MASTER_BYTES]) {
    (void)crypto_kdf_derive_from_key(key, size, purpose, "inbkeys1", master);
}

inb_status inb_keys_open(const char *path, inb_keys **ret_keys, inb_error *err) {
    INB_TRY(start(err));
    INB_CLEANUP(close_file) int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return inb_fail(err, errno == ENOENT || errno == ELOOP ? INB_BAD_INPUT : INB_IO,
            "%s: the key file cannot be opened: %s", path, strerror(errno));
    }
    INB_TRY(check_file(file, path, err));
    INB_CLEANUP(wipe_line) char line[LINE_MOST] = {0};
    ssize_t got = read(file, line, sizeof line - 1);
    if (got < 0) {
        return inb_fail(err, INB_IO, "%s: reading failed: %s", path, strerror(errno));
    }
    // Guarded pages, locked; zeroed when released.
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = sodium_malloc(sizeof *keys);
    unsigned char *master = keys == NULL ? NULL : sodium_malloc(MASTER_BYTES);
    if (master == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for keys");
    }
    inb_status status = parse_line(line, path, master, err);
    if (status == INB_OK) {
        derive(keys->seal, sizeof keys->seal, 1, master);
        derive(keys->token, sizeof keys->token, 2, master);
    }
    sodium_free(master);
    INB_TRY(status);
    if (sodium_mprotect_readonly(keys) != 0) {
        return inb_fail(err, INB_UNAVAILABLE, "the memory of a key cannot be protected");
    }
    *ret_keys = INB_TAKE(keys);
    return INB_OK;
}

void inb_keys_free(inb_keys *keys) {
    sodium_free(keys);
}

void inb_keys_freep(inb_keys **keys) {
    inb_keys_free(*keys);
}
