// SPDX-License-Identifier: EUPL-1.2
// Key files on disk: written once and never over another, read only where nobody else could have
// read or put them, destroyed by overwriting.

#include "keys_i.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_file(int *file) {
    if (*file >= 0) {
        (void)close(*file);
    }
}

static void wipe_line(char (*line)[INB_I_KEY_LINE_MOST]) {
    sodium_memzero(*line, sizeof *line);
}

inb_status inb_i_sodium_start(inb_error *err) {
    if (sodium_init() < 0) {
        return inb_fail(err, INB_UNAVAILABLE, "the machine gives no random numbers for keys");
    }
    return INB_OK;
}

inb_status inb_i_key_write(
    const char *path, const struct inb_i_key_content *content, inb_error *err) {
    INB_CLEANUP(wipe_line) char line[INB_I_KEY_LINE_MOST];
    size_t length = inb_i_key_line_make(content, line);
    INB_CLEANUP(close_file)
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        return inb_fail(err, errno == EEXIST ? INB_BAD_INPUT : INB_IO,
            "%s: the key file cannot be created: %s", path, strerror(errno));
    }
    bool written = length > 0 && write(file, line, length) == (ssize_t)length && fsync(file) == 0;
    if (!written) {
        int reason = errno;
        (void)unlink(path);
        return inb_fail(err, INB_IO, "%s: writing failed: %s", path, strerror(reason));
    }
    return INB_OK;
}

// Refuses a file that others could have read or put there.
static inb_status check_file(int file, const char *path, const char *what, inb_error *err) {
    struct stat info;
    if (fstat(file, &info) != 0) {
        return inb_fail(err, INB_IO, "%s: cannot be looked at: %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return inb_fail(err, INB_BAD_INPUT, "%s: found no plain file, expected a %s", path, what);
    }
    if ((info.st_mode & 077) != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found a %s that others can use (mode %03o), expected mode 600", path, what,
            (unsigned)(info.st_mode & 0777));
    }
    if (info.st_uid != geteuid()) {
        return inb_fail(
            err, INB_BAD_INPUT, "%s: found a %s of another user, expected your own", path, what);
    }
    return INB_OK;
}

inb_status inb_i_private_open(
    const char *path, int mode, const char *what, int *ret_file, inb_error *err) {
    int file = open(path, mode | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return inb_fail(err,
            errno == ENOENT || errno == ELOOP || errno == EISDIR ? INB_BAD_INPUT : INB_IO,
            "%s: the %s cannot be opened: %s", path, what, strerror(errno));
    }
    inb_status status = check_file(file, path, what, err);
    if (status != INB_OK) {
        (void)close(file);
        return status;
    }
    *ret_file = file;
    return INB_OK;
}

inb_status inb_i_key_read(const char *path, struct inb_i_key_content *ret_content, inb_error *err) {
    INB_CLEANUP(close_file) int file = -1;
    INB_TRY(inb_i_private_open(path, O_RDONLY, "key file", &file, err));
    INB_CLEANUP(wipe_line) char line[INB_I_KEY_LINE_MOST] = {0};
    ssize_t got = read(file, line, sizeof line - 1);
    if (got < 0) {
        return inb_fail(err, INB_IO, "%s: reading failed: %s", path, strerror(errno));
    }
    return inb_i_key_line_parse(line, path, ret_content, err);
}

inb_status inb_keyfile_destroy(const char *path, inb_error *err) {
    INB_TRY(inb_i_sodium_start(err));
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = NULL;
    INB_TRY(inb_keyfile_open_any(path, &keys, err)); // nothing but a key file is ever overwritten
    INB_CLEANUP(close_file) int file = -1;
    INB_TRY(inb_i_private_open(path, O_RDWR, "key file", &file, err));
    unsigned char noise[INB_I_KEY_LINE_MOST];
    randombytes_buf(noise, sizeof noise);
    if (write(file, noise, sizeof noise) != (ssize_t)sizeof noise || fsync(file) != 0) {
        return inb_fail(err, INB_IO, "%s: overwriting failed: %s", path, strerror(errno));
    }
    if (unlink(path) != 0) {
        return inb_fail(
            err, INB_IO, "%s: overwritten, but cannot be removed: %s", path, strerror(errno));
    }
    return INB_OK;
}
