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

inb_status inb_print_buffer(const inb_buffer *text, inb_error *err) {
    INB_TRY(inb_buffer_check(text, err));
    return inb_print(text->data, text->length, err);
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
static inb_status create_part(
    const char *path, mode_t mode, inb_buffer *part, int *ret_file, inb_error *err) {
    enum { ATTEMPTS = 100 };
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        inb_buffer_reset(part);
        inb_buffer_format(part, "%s.%ld-%d.part", path, (long)getpid(), attempt);
        INB_TRY(inb_buffer_check(part, err));
        int file = open(inb_buffer_get(part), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
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

// A file may be replaced; a folder, a link, a pipe or a device (/dev/null) stays what it is.
static inb_status check_place(const char *path, inb_error *err) {
    struct stat found;
    if (lstat(path, &found) != 0 || S_ISREG(found.st_mode)) {
        return INB_OK; // where the folder is not there either, creating says so
    }
    return inb_fail(err, INB_IO, "%s: cannot be put in place: found %s, expected a file or nothing",
        path,
        S_ISDIR(found.st_mode)   ? "a folder"
        : S_ISLNK(found.st_mode) ? "a link"
                                 : "a pipe or a device");
}

inb_status inb_part_open(const char *path, bool secret, inb_part *ret_part, inb_error *err) {
    INB_TRY(check_place(path, err));
    inb_part part = {.name = INB_BUFFER_INIT(8192), .file = -1, .path = path};
    inb_status status = create_part(path, secret ? 0600 : 0644, &part.name, &part.file, err);
    if (status != INB_OK) {
        inb_buffer_clear(&part.name);
        return status;
    }
    *ret_part = part;
    return INB_OK;
}

inb_status inb_part_write(inb_part *part, const char *text, size_t length, inb_error *err) {
    return write_all(part->file, part->path, text, length, err);
}

inb_status inb_part_settle(inb_part *part, inb_error *err) {
    int file = part->file;
    part->file = -1;
    bool kept = fsync(file) == 0;
    int reason = errno;
    if (close(file) != 0 && kept) {
        kept = false;
        reason = errno;
    }
    return kept ? INB_OK
                : inb_fail(err, INB_IO, "%s: writing failed: %s", part->path, strerror(reason));
}

inb_status inb_part_place(inb_part *part, inb_error *err) {
    if (rename(inb_buffer_get(&part->name), part->path) != 0) {
        return inb_fail(err, INB_IO, "%s: cannot be put in place: %s", part->path, strerror(errno));
    }
    inb_buffer_clear(&part->name); // nothing is left to remove
    return INB_OK;
}

void inb_part_clear(inb_part *part) {
    if (part->path == NULL) {
        return;
    }
    if (part->file >= 0) {
        (void)close(part->file);
        part->file = -1;
    }
    if (part->name.length > 0) {
        (void)unlink(inb_buffer_get(&part->name));
    }
    inb_buffer_clear(&part->name);
}

inb_status inb_write_file(const char *path, const char *text, size_t length, inb_error *err) {
    INB_CLEANUP(inb_part_clear) inb_part part = INB_PART_INIT;
    INB_TRY(inb_part_open(path, false, &part, err));
    INB_TRY(inb_part_write(&part, text, length, err));
    INB_TRY(inb_part_settle(&part, err));
    return inb_part_place(&part, err);
}

// ---- several files ----

enum { FILES_MOST = 32 };

static void clear_parts(inb_part *parts, inb_buffer *paths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        inb_part_clear(&parts[i]);
        inb_buffer_clear(&paths[i]);
    }
}

// Written and flushed beside their places.
static inb_status settle(
    const char *folder, const inb_file *file, inb_buffer *path, inb_part *part, inb_error *err) {
    inb_buffer_format(
        path, "%s%s%s", folder == NULL ? "" : folder, folder == NULL ? "" : "/", file->name);
    INB_TRY(inb_buffer_check(path, err));
    INB_TRY(inb_part_open(inb_buffer_get(path), false, part, err));
    INB_TRY(inb_part_write(part, file->text, file->length, err));
    return inb_part_settle(part, err);
}

inb_status inb_write_files(
    const char *folder, const inb_file *files, size_t count, inb_error *err) {
    inb_part parts[FILES_MOST];
    inb_buffer paths[FILES_MOST];
    if (count > FILES_MOST) {
        return inb_fail(err, INB_INTERNAL, "more files at once than were ever written");
    }
    // Made where it is not there: an empty folder is all that a later failure can leave.
    if (folder != NULL && mkdir(folder, 0755) != 0 && errno != EEXIST) {
        return inb_fail(err, INB_IO, "%s: cannot be made: %s", folder, strerror(errno));
    }
    for (size_t i = 0; i < count; i++) {
        parts[i] = (inb_part)INB_PART_INIT;
        paths[i] = (inb_buffer)INB_BUFFER_INIT(8192);
    }
    inb_status status = INB_OK;
    for (size_t i = 0; status == INB_OK && i < count; i++) {
        status = settle(folder, &files[i], &paths[i], &parts[i], err);
    }
    for (size_t i = 0; status == INB_OK && i < count; i++) {
        status = inb_part_place(&parts[i], err);
        for (size_t placed = 0; status != INB_OK && placed < i; placed++) {
            (void)unlink(inb_buffer_get(&paths[placed])); // all of them or none
        }
    }
    clear_parts(parts, paths, count);
    return status;
}

// ---- which file a path names ----

// The folder that a path stands in, and its name there.
static inb_status parts_of(
    const char *path, inb_buffer *parent, const char **ret_name, inb_error *err) {
    const char *slash = strrchr(path, '/');
    *ret_name = slash == NULL ? path : slash + 1;
    inb_buffer_text(parent, slash == NULL ? "." : "");
    inb_buffer_add(parent, path, slash == NULL ? 0 : (size_t)(slash - path));
    inb_buffer_text(parent, "/.");
    return inb_buffer_check(parent, err);
}

inb_status inb_same_file(const char *a, const char *b, bool *ret_same, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer parent_a = INB_BUFFER_INIT(8192);
    INB_CLEANUP(inb_buffer_clear) inb_buffer parent_b = INB_BUFFER_INIT(8192);
    const char *name_a;
    const char *name_b;
    struct stat at_a;
    struct stat at_b;
    INB_TRY(parts_of(a, &parent_a, &name_a, err));
    INB_TRY(parts_of(b, &parent_b, &name_b, err));
    bool there_a = stat(a, &at_a) == 0;
    bool there_b = stat(b, &at_b) == 0;
    if (!there_a && !there_b) { // then by their folders
        there_a = strcmp(name_a, name_b) == 0 && stat(inb_buffer_get(&parent_a), &at_a) == 0;
        there_b = there_a && stat(inb_buffer_get(&parent_b), &at_b) == 0;
    }
    *ret_same = there_a && there_b && at_a.st_dev == at_b.st_dev && at_a.st_ino == at_b.st_ino;
    return INB_OK;
}

inb_status inb_check_written(const inb_arguments *arguments, const char *const *written,
    const char *const *read, inb_error *err) {
    bool same = false;
    for (size_t i = 0; written[i] != NULL; i++) {
        const char *path = inb_value(arguments, written[i], NULL);
        for (size_t j = i + 1; path != NULL && written[j] != NULL; j++) {
            const char *other = inb_value(arguments, written[j], NULL);
            if (other != NULL) {
                INB_TRY(inb_same_file(path, other, &same, err));
            }
            if (same) {
                return inb_fail(err, INB_USAGE, "options '--%s' and '--%s' name one file",
                    written[i], written[j]);
            }
        }
        for (size_t j = 0; path != NULL && !same && j < arguments->operand_count; j++) {
            INB_TRY(inb_same_file(path, arguments->operands[j], &same, err));
        }
        for (size_t j = 0; path != NULL && !same && read[j] != NULL; j++) {
            const char *other = inb_value(arguments, read[j], NULL);
            if (other != NULL) {
                INB_TRY(inb_same_file(path, other, &same, err));
            }
        }
        if (same) {
            return inb_fail(err, INB_USAGE,
                "option '--%s' names a file that is read, expected another", written[i]);
        }
    }
    return INB_OK;
}
