// SPDX-License-Identifier: EUPL-1.2
// A folder filled under another name and renamed when it is whole, so that a failure or a full disk
// leaves nothing half-written.

#include "cli/folder.h"

#include "base/alloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inb_status failed(const char *path, const char *what, inb_error *err) {
    return inb_fail(err, INB_IO, "%s: %s: %s", path, what, strerror(errno));
}

// Nothing, or a folder without anything in it.
static inb_status check_place(const char *path, inb_error *err) {
    struct stat found;
    if (lstat(path, &found) != 0) {
        return errno == ENOENT ? INB_OK : failed(path, "cannot be looked at", err);
    }
    if (!S_ISDIR(found.st_mode)) {
        return inb_fail(err, INB_USAGE, "%s: found a file, expected a folder to make", path);
    }
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return failed(path, "cannot be read", err);
    }
    size_t count = 0;
    while (readdir(dir) != NULL) {
        count++;
    }
    (void)closedir(dir); // only read
    if (count > 2) {     // . and ..
        return inb_fail(err, INB_USAGE,
            "%s: found a folder with something in it, expected a new or empty one", path);
    }
    return INB_OK;
}

inb_status inb_folder_begin(inb_folder *folder, const char *path, inb_error *err) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    inb_buffer_add(&folder->path, path, length);
    INB_TRY(inb_buffer_check(&folder->path, err));
    INB_TRY(check_place(inb_buffer_get(&folder->path), err));
    inb_buffer_format(&folder->part, "%s.part-XXXXXX", inb_buffer_get(&folder->path));
    inb_status status = inb_buffer_check(&folder->part, err);
    if (status == INB_OK && mkdtemp(folder->part.data) == NULL) {
        status = failed(inb_buffer_get(&folder->path), "cannot be made", err);
    }
    if (status != INB_OK) {
        inb_buffer_reset(&folder->part); // there is nothing to remove
    }
    return status;
}

static inb_status path_of(
    const inb_folder *folder, const char *name, inb_buffer *path, inb_error *err) {
    inb_buffer_format(path, "%s/%s", inb_buffer_get(&folder->part), name);
    return inb_buffer_check(path, err);
}

inb_status inb_folder_open(
    const inb_folder *folder, const char *name, FILE **ret_file, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    INB_TRY(path_of(folder, name, &path, err));
    FILE *file = fopen(inb_buffer_get(&path), "wxe");
    if (file == NULL) {
        return failed(name, "cannot be created", err);
    }
    *ret_file = file;
    return INB_OK;
}

inb_status inb_folder_sub(const inb_folder *folder, const char *name, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    INB_TRY(path_of(folder, name, &path, err));
    return mkdir(inb_buffer_get(&path), 0755) == 0 ? INB_OK
                                                   : failed(name, "cannot be created", err);
}

inb_status inb_folder_write(FILE *file, const char *name, inb_buffer *text, inb_error *err) {
    INB_TRY(inb_buffer_check(text, err));
    if (fwrite(inb_buffer_get(text), 1, text->length, file) != text->length) {
        return failed(name, "writing failed", err);
    }
    inb_buffer_reset(text);
    return INB_OK;
}

inb_status inb_folder_close(FILE **file, const char *name, inb_error *err) {
    bool good = fflush(*file) == 0 && fsync(fileno(*file)) == 0;
    int error = errno;
    if (fclose(*file) != 0 && good) {
        good = false;
        error = errno;
    }
    *file = NULL;
    errno = error;
    return good ? INB_OK : failed(name, "writing failed", err);
}

static inb_status flush_folder(const char *path, inb_error *err) {
    int file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) {
        return failed(path, "cannot be opened", err);
    }
    bool good = fsync(file) == 0;
    int error = errno;
    (void)close(file); // opened for reading: nothing can be lost
    errno = error;
    return good ? INB_OK : failed(path, "writing failed", err);
}

// The folder that `path` stands in.
static inb_status parent_of(const char *path, inb_buffer *parent, inb_error *err) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        inb_buffer_text(parent, ".");
    } else {
        inb_buffer_add(parent, path, slash == path ? 1 : (size_t)(slash - path));
    }
    return inb_buffer_check(parent, err);
}

inb_status inb_folder_commit(inb_folder *folder, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer parent = INB_BUFFER_INIT(8192);
    const char *path = inb_buffer_get(&folder->path);
    INB_TRY(parent_of(path, &parent, err));
    INB_TRY(flush_folder(inb_buffer_get(&folder->part), err));
    if (rename(inb_buffer_get(&folder->part), path) != 0) { // over an empty folder too
        return failed(path, "cannot be put in place", err);
    }
    inb_buffer_reset(&folder->part);
    return flush_folder(inb_buffer_get(&parent), err);
}

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *place) {
    (void)found;
    (void)kind;
    (void)place;
    return remove(path);
}

void inb_folder_clear(inb_folder *folder) {
    if (folder->part.length > 0) {
        (void)nftw(inb_buffer_get(&folder->part), remove_one, 16, FTW_DEPTH | FTW_PHYS);
    }
    inb_buffer_clear(&folder->part);
    inb_buffer_clear(&folder->path);
}
