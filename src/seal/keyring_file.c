// SPDX-License-Identifier: EUPL-1.2
// A keyring on disk: read as a whole where nobody else could have put it, and replaced as a whole
// (write, flush, rename, flush the folder), so that a stop at any moment leaves the old file or the
// new one. The old file's bytes are overwritten once the new one stands.

#include "keyring_i.h"

#include "base/alloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { READ_AT_ONCE = 65536 };

static void close_file(int *file) {
    if (*file >= 0) {
        (void)close(*file);
    }
}

inb_status inb_i_ring_read_file(
    const char *path, inb_buffer *text, struct stat *ret_info, inb_error *err) {
    INB_CLEANUP(close_file) int file = -1;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        return inb_fail(err, INB_NOT_FOUND, "%s: there is no keyring here", path);
    }
    INB_TRY(inb_i_private_open(path, O_RDONLY, "keyring", &file, err));
    char part[READ_AT_ONCE];
    for (;;) {
        ssize_t got = read(file, part, sizeof part);
        if (got < 0) {
            return inb_fail(err, INB_IO, "%s: reading failed: %s", path, strerror(errno));
        }
        if (got == 0) {
            break;
        }
        inb_buffer_add(text, part, (size_t)got);
        INB_TRY(inb_buffer_check(text, err));
    }
    if (fstat(file, ret_info) != 0) {
        return inb_fail(err, INB_IO, "%s: cannot be looked at: %s", path, strerror(errno));
    }
    return INB_OK;
}

void inb_keyring_drop(const char *key) {
    char folder[INB_KEYRING_PATH_MOST];
    inb_error none = INB_ERROR_INIT;
    if (inb_keyring_folder(key, folder, &none) != INB_OK) {
        return;
    }
    DIR *rings = opendir(folder);
    if (rings == NULL) {
        return;
    }
    for (const struct dirent *entry; (entry = readdir(rings)) != NULL;) {
        if (strstr(entry->d_name, ".ring") != NULL) { // and ".ring.new"
            (void)unlinkat(dirfd(rings), entry->d_name, 0);
        }
    }
    (void)closedir(rings);
    (void)rmdir(folder);
}

static bool write_all(int file, const char *text, size_t length) {
    while (length > 0) {
        ssize_t put = write(file, text, length);
        if (put <= 0) {
            return false;
        }
        text += put;
        length -= (size_t)put;
    }
    return true;
}

// Best effort: the key in it is erased for us either way.
static void overwrite(int file) {
    struct stat info;
    unsigned char noise[512];
    if (fstat(file, &info) != 0 || lseek(file, 0, SEEK_SET) != 0) {
        return;
    }
    for (off_t left = info.st_size; left > 0; left -= (off_t)sizeof noise) {
        size_t size = left < (off_t)sizeof noise ? (size_t)left : sizeof noise;
        randombytes_buf(noise, sizeof noise);
        if (write(file, noise, size) != (ssize_t)size) {
            return;
        }
    }
    (void)fsync(file);
}

inb_status inb_i_ring_replace_file(
    int folder, const char *path, const char *text, size_t length, inb_error *err) {
    char fresh[INB_KEYRING_PATH_MOST + 64];
    INB_CLEANUP(close_file) int old = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    (void)snprintf(fresh, sizeof fresh, "%s.new", path);
    (void)unlink(fresh); // of one who was stopped; the lock is ours
    INB_CLEANUP(close_file)
    int file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool done =
        file >= 0 && write_all(file, text, length) && fsync(file) == 0 && rename(fresh, path) == 0;
    if (!done) {
        int reason = errno;
        if (file >= 0) {
            (void)unlink(fresh);
        }
        return inb_fail(err, INB_IO, "%s: the keyring cannot be written, and is as it was: %s",
            path, strerror(reason));
    }
    if (fsync(folder) != 0) {
        return inb_fail(err, INB_IO, "%s: the disk does not say that it keeps the keyring", path);
    }
    if (old >= 0) {
        overwrite(old);
    }
    return INB_OK;
}
