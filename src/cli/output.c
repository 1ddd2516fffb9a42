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

static inb_status write_all(int file, const char *path, const char *text, size_t length,
    inb_error *err) {
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

inb_status inb_write_file(const char *path, const char *text, size_t length, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer temporary = INB_BUFFER_INIT(8192);
    inb_buffer_format(&temporary, "%s.%ld.part", path, (long)getpid());
    INB_TRY(inb_buffer_check(&temporary, err));
    const char *part = inb_buffer_get(&temporary);
    int file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) {
        return inb_fail(err, INB_IO, "%s: cannot be created: %s", path, strerror(errno));
    }
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
