// SPDX-License-Identifier: EUPL-1.2
// A place under /tmp for demo folders, removed whole.
#ifndef INB_DEMO_HELP_H
#define INB_DEMO_HELP_H

#include "inb_file.h"

#include <ftw.h>
#include <sys/stat.h>

static char help_place[64];

static inline void help_setup_place(void) {
    snprintf(help_place, sizeof help_place, "/tmp/inb_demo_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(help_place));
}

static inline const char *help_path(const char *name) {
    static char paths[4][512]; // of the last four calls
    static int at = 0;
    at = (at + 1) % 4;
    snprintf(paths[at], sizeof paths[at], "%s/%s", help_place, name);
    return paths[at];
}

static inline int help_remove(const char *path, const struct stat *s, int kind, struct FTW *f) {
    (void)s;
    (void)kind;
    (void)f;
    return remove(path);
}

static inline void help_remove_place(void) {
    ck_assert_int_eq(nftw(help_place, help_remove, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static inline char *help_content(const char *name, size_t *ret_length) {
    char *text = inb_file_content(help_path(name), ret_length);
    ck_assert_msg(text != NULL, "no %s", name);
    return text;
}

#endif
