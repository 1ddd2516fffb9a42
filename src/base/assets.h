// SPDX-License-Identifier: EUPL-1.2
// The files under catalogue/, data/, web/ and src/store/sql/ as they were at build time, inside the
// binary (tools/embed.c), so that the program runs without its source tree.
#ifndef INB_BASE_ASSETS_H
#define INB_BASE_ASSETS_H

#include <stddef.h>

typedef struct inb_asset {
    const char *path; // from the root of the tree, "catalogue/forms.csv"
    const char *data; // static, followed by a NUL that is not counted
    size_t length;
    const char *tag; // first 16 hexadecimal digits of a hash of the content, for an ETag
} inb_asset;

// All assets, sorted by path (strcmp); *ret_count of them. Static.
const inb_asset *inb_assets(size_t *ret_count);

// The asset at `path`, or NULL. O(log n).
const inb_asset *inb_asset_find(const char *path);

#endif
