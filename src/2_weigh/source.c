// SPDX-License-Identifier: EUPL-1.2
// Where the norm's files come from: a folder given by the user, or the copy inside the program.
// Both give the same names in complaints, so that a message points at a file one can open.

#include "catalogue_i.h"

#include "base/alloc.h"
#include "base/assets.h"
#include "base/json.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 4 * 1024 * 1024, MOST_FILES = 64 };

static inb_status full_path(
    const inb_source *source, const char *path, inb_buffer *ret_full, inb_error *err) {
    inb_buffer_format(ret_full, "%s/%s", source->dir == NULL ? "catalogue" : source->dir, path);
    return inb_buffer_check(ret_full, err);
}

static inb_status embedded(const char *full, const inb_asset **ret_asset, inb_error *err) {
    const inb_asset *asset = inb_asset_find(full);
    if (asset == NULL) {
        return inb_fail(err, INB_BAD_CATALOGUE, "%s: is missing from the program", full);
    }
    *ret_asset = asset;
    return INB_OK;
}

inb_status inb_source_csv(
    const inb_source *source, const char *path, inb_csv **ret_csv, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer full = INB_BUFFER_INIT(8192);
    INB_TRY(full_path(source, path, &full, err));
    if (source->dir != NULL) {
        return inb_csv_open(inb_buffer_get(&full), ret_csv, err);
    }
    const inb_asset *asset;
    INB_TRY(embedded(inb_buffer_get(&full), &asset, err));
    return inb_csv_open_memory(asset->path, asset->data, asset->length, ret_csv, err);
}

inb_status inb_source_text(const inb_source *source, const char *path, inb_arena *arena,
    const char **ret_text, size_t *ret_length, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer full = INB_BUFFER_INIT(8192);
    INB_TRY(full_path(source, path, &full, err));
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    if (source->dir != NULL) {
        INB_TRY(inb_read_file(inb_buffer_get(&full), MOST_BYTES, &text, &length, err));
    } else {
        const inb_asset *asset;
        INB_TRY(embedded(inb_buffer_get(&full), &asset, err));
        *ret_text = asset->data;
        *ret_length = asset->length;
        return INB_OK;
    }
    char *copy = inb_arena_text(arena, text, length);
    if (copy == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    *ret_text = copy;
    *ret_length = length;
    return INB_OK;
}

static bool ends_in_csv(const char *name) {
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".csv") == 0;
}

static inb_status keep(const char *folder, const char *name, inb_arena *arena, const char **paths,
    size_t *count, inb_error *err) {
    if (*count == MOST_FILES) {
        return inb_fail(err, INB_BAD_CATALOGUE, "%s: holds more than %d files", folder, MOST_FILES);
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    inb_buffer_format(&path, "%s/%s", folder, name);
    INB_TRY(inb_buffer_check(&path, err));
    paths[*count] = inb_arena_text(arena, inb_buffer_get(&path), path.length);
    if (paths[*count] == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    (*count)++;
    return INB_OK;
}

static void close_folder(DIR **folder) {
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

static inb_status list_folder(const char *full, const char *path, inb_arena *arena,
    const char **paths, size_t *count, inb_error *err) {
    INB_CLEANUP(close_folder) DIR *folder = opendir(full);
    if (folder == NULL) {
        return inb_fail(err, INB_BAD_CATALOGUE, "%s: cannot be opened: %s", full, strerror(errno));
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.' && ends_in_csv(entry->d_name)) {
            INB_TRY(keep(path, entry->d_name, arena, paths, count, err));
        }
    }
    return INB_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

inb_status inb_source_list(const inb_source *source, const char *path, inb_arena *arena,
    const char ***ret_paths, size_t *ret_count, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer full = INB_BUFFER_INIT(8192);
    INB_TRY(full_path(source, path, &full, err));
    const char **paths = inb_arena_get(arena, MOST_FILES, sizeof *paths);
    if (paths == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    size_t count = 0;
    if (source->dir != NULL) {
        INB_TRY(list_folder(inb_buffer_get(&full), path, arena, paths, &count, err));
    } else {
        size_t assets;
        const inb_asset *table = inb_assets(&assets);
        for (size_t i = 0; i < assets; i++) {
            if (strncmp(table[i].path, full.data, full.length) == 0 &&
                table[i].path[full.length] == '/' &&
                ends_in_csv(table[i].path)) { // unreachable: only tables stand below texts/
                INB_TRY(keep(path, table[i].path + full.length + 1, arena, paths, &count, err));
            }
        }
    }
    qsort(paths, count, sizeof *paths, by_text);
    *ret_paths = paths;
    *ret_count = count;
    return INB_OK;
}
