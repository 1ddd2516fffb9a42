// SPDX-License-Identifier: EUPL-1.2
// Append-only rows with a time, flushed one by one.

#include "key_record.h"

#include "base/alloc.h"

#include <inbeeld/date.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

inb_status inb_record_open(const char *path, int *ret_file, inb_error *err) {
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        return inb_fail(err, INB_IO, "%s: cannot be opened: %s", path, strerror(errno));
    }
    struct stat info;
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) || (info.st_mode & 022) != 0 ||
        info.st_uid != geteuid()) {
        (void)close(file);
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found a record that others can write to, expected a file of your own, mode 600",
            path);
    }
    *ret_file = file;
    return INB_OK;
}

inb_status inb_record_add(int file, const char *path, const char *row, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer line = INB_BUFFER_INIT(65536);
    inb_buffer_format(&line, "%s\n", row);
    INB_TRY(inb_buffer_check(&line, err));
    ssize_t put = write(file, line.data, line.length); // one write: rows do not mix
    if (put != (ssize_t)line.length || fsync(file) != 0) {
        return inb_fail(err, INB_IO, "%s: writing failed: %s", path, strerror(errno));
    }
    return INB_OK;
}

void inb_record_time(int64_t seconds, char ret_text[INB_RECORD_TIME]) {
    enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };
    int64_t within = seconds % DAY;
    char date[11];
    inb_date_format(inb_date_from_day((int32_t)(seconds / DAY)), date);
    (void)snprintf(ret_text, INB_RECORD_TIME, "%.10sT%02u:%02u:%02uZ", date,
        (unsigned)(within / HOUR) % 24U, (unsigned)(within / MINUTE) % 60U, (unsigned)within % 60U);
}
