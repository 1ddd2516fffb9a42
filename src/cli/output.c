// SPDX-License-Identifier: EUPL-1.2
// Everything that a command writes: standard output with every failure noticed, and files that
// appear whole or not at all.

#include "cli/cli.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

inb_status inb_print(const char *text, size_t length, inb_error *err) {
    if (fwrite(text, 1, length, stdout) != length || fflush(stdout) != 0) {
        return inb_fail(err, INB_IO, "standard output: writing failed: %s", strerror(errno));
    }
    return INB_OK;
}

static inb_status write_all(
    int file, const char *path, const char *text, size_t length, inb_error *err) {
    while (length > 0) {
        ssize_t written = write(file, text, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return inb_fail(err, INB_IO, "%s: writing failed: %s", path, strerror(errno));
        }
        text += written;
        length -= (size_t)written;
    }
    return INB_OK;
}

// Creates a file beside `path` under a name that nobody has: a run that was killed may have left
// one behind, and process ids come back.
static inb_status create_part(const char *path, inb_buffer *part, int *ret_file, inb_error *err) {
    enum { ATTEMPTS = 100 };
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        inb_buffer_reset(part);
        inb_buffer_format(part, "%s.%ld-%d.part", path, (long)getpid(), attempt);
        INB_TRY(inb_buffer_check(part, err));
        int file = open(inb_buffer_get(part), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (file >= 0) {
            *ret_file = file;
            return INB_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return inb_fail(err, INB_IO, "%s: cannot be created: %s", path, strerror(errno));
}

inb_status inb_write_file(const char *path, const char *text, size_t length, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer temporary = INB_BUFFER_INIT(8192);
    int file;
    INB_TRY(create_part(path, &temporary, &file, err));
    const char *part = inb_buffer_get(&temporary);
    inb_status status = write_all(file, path, text, length, err);
    if (status == INB_OK && fsync(file) != 0) {
        status = inb_fail(err, INB_IO, "%s: writing failed: %s", path, strerror(errno));
    }
    if (close(file) != 0 && status == INB_OK) {
        status = inb_fail(err, INB_IO, "%s: writing failed: %s", path, strerror(errno));
    }
    if (status == INB_OK && rename(part, path) != 0) {
        status = inb_fail(err, INB_IO, "%s: cannot be put in place: %s", path, strerror(errno));
    }
    if (status != INB_OK) {
        (void)unlink(part);
    }
    return status;
}
