// SPDX-License-Identifier: EUPL-1.2
// A folder that appears whole or not at all: it is filled under another name beside its place, then
// flushed and renamed.
#ifndef INB_CLI_FOLDER_H
#define INB_CLI_FOLDER_H

#include <inbeeld/buffer.h>
#include <inbeeld/status.h>

#include <stdio.h>

typedef struct inb_folder {
    inb_buffer path; // where it will stand
    inb_buffer part; // where it is filled; "" = nothing to remove
} inb_folder;

#define INB_FOLDER_INIT                                                                            \
    { INB_BUFFER_INIT(8192), INB_BUFFER_INIT(8192) }

// Begins. INB_USAGE where something stands at `path` that is no empty folder. Mode 0700.
inb_status inb_folder_begin(inb_folder *folder, const char *path, inb_error *err) INB_NODISCARD;
// Opens a new file `name` (with folders in it made before by inb_folder_sub) for writing.
inb_status inb_folder_open(
    const inb_folder *folder, const char *name, FILE **ret_file, inb_error *err) INB_NODISCARD;
inb_status inb_folder_sub(const inb_folder *folder, const char *name, inb_error *err) INB_NODISCARD;
// Writes what the buffer holds, and empties it.
inb_status inb_folder_write(
    FILE *file, const char *name, inb_buffer *text, inb_error *err) INB_NODISCARD;
// Flushes to disk and closes, also where it fails; *file becomes NULL.
inb_status inb_folder_close(FILE **file, const char *name, inb_error *err) INB_NODISCARD;
// Puts the folder in its place.
inb_status inb_folder_commit(inb_folder *folder, inb_error *err) INB_NODISCARD;
// Removes what was not committed, and releases. Can be called twice.
void inb_folder_clear(inb_folder *folder);

#endif
