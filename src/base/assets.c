// SPDX-License-Identifier: EUPL-1.2
// Look-up in the table of embedded files that tools/embed.c writes at build time.

#include "base/assets.h"

#include <stdlib.h>
#include <string.h>

extern const inb_asset inb_asset_table[];
extern const size_t inb_asset_table_length;

const inb_asset *inb_assets(size_t *ret_count) {
    *ret_count = inb_asset_table_length;
    return inb_asset_table;
}

static int by_path(const void *key, const void *asset) {
    return strcmp(key, ((const inb_asset *)asset)->path);
}

const inb_asset *inb_asset_find(const char *path) {
    return bsearch(path, inb_asset_table, inb_asset_table_length, sizeof(inb_asset), by_path);
}
