// SPDX-License-Identifier: EUPL-1.2
// A folder for tests: made empty under /tmp, filled file by file, removed with all that is in it.
#ifndef INB_FOLDER_H
#define INB_FOLDER_H

#include "inb_file.h"

#include <dirent.h>

enum { INB_FOLDER_PATH = 512 };

static inline void inb_folder_new(char path[INB_TEMP_PATH]) {
    memcpy(path, "/tmp/inb_dir_XXXXXX", sizeof "/tmp/inb_dir_XXXXXX");
    ck_assert_msg(mkdtemp(path) != NULL, "no temporary folder");
}

static inline void inb_folder_put(const char *folder, const char *name, const char *text) {
    char path[INB_FOLDER_PATH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s cannot be made", path);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void inb_folder_take(const char *folder, const char *name) {
    char path[INB_FOLDER_PATH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert_int_eq(unlink(path), 0);
}

static inline void inb_folder_remove(const char *folder) {
    DIR *open = opendir(folder);
    ck_assert_ptr_nonnull(open);
    for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
        if (entry->d_name[0] != '.') {
            inb_folder_take(folder, entry->d_name);
        }
    }
    closedir(open);
    ck_assert_int_eq(rmdir(folder), 0);
}

#endif
