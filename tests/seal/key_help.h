// SPDX-License-Identifier: EUPL-1.2
// Keys for tests: a new one of any kind, whose file is gone again.
#ifndef INB_KEY_HELP_H
#define INB_KEY_HELP_H

#include "inb_test.h"

#include <inbeeld/keys.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static inline inb_keys *new_key(inb_key_kind kind, const char *name, const inb_keys *holder) {
    char folder[] = "/tmp/inb_key_XXXXXX";
    char path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/k", folder);
    inb_key_about about = {.kind = kind, .version = 1, .made = {2026, 11, 24}};
    snprintf(about.name, sizeof about.name, "%s", name);
    inb_keys *keys = NULL;
    INB_OK_IS(inb_keyfile_make(path, &about, holder, err));
    INB_OK_IS(inb_keyfile_open(path, kind, &keys, err));
    (void)unlink(path);
    (void)rmdir(folder);
    return keys;
}

#endif
