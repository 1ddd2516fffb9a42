// SPDX-License-Identifier: EUPL-1.2
// Embedded files: the table is in order, every file is found by its path, and the bytes are those
// of the source tree (INBEELD_SOURCE).

#include "base/assets.h"

#include "inb_file.h"

#include <dirent.h>
#include <stdbool.h>
#include <sys/stat.h>

INB_TEST(in_order_and_found) {
    size_t count = 0;
    const inb_asset *assets = inb_assets(&count);
    ck_assert_uint_gt(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(
            i == 0 || strcmp(assets[i - 1].path, assets[i].path) < 0, "%s", assets[i].path);
        ck_assert_ptr_eq(inb_asset_find(assets[i].path), &assets[i]);
        ck_assert_int_eq(assets[i].data[assets[i].length], '\0');
        ck_assert_uint_eq(strlen(assets[i].tag), 16);
        ck_assert_uint_eq(strspn(assets[i].tag, "0123456789abcdef"), 16);
    }
}
INB_END

INB_TEST(not_found) {
    ck_assert_ptr_null(inb_asset_find(""));
    ck_assert_ptr_null(inb_asset_find("catalogue"));
    ck_assert_ptr_null(inb_asset_find("catalogue/"));
    ck_assert_ptr_null(inb_asset_find("catalogue/indicators.cs"));
    ck_assert_ptr_null(inb_asset_find("catalogue/indicators.csvx"));
    ck_assert_ptr_null(inb_asset_find("zzz"));
    ck_assert_ptr_nonnull(inb_asset_find("catalogue/indicators.csv"));
}
INB_END

// Two files with the same content have the same tag, all others another.
INB_TEST(tags_tell_contents_apart) {
    size_t count = 0;
    const inb_asset *assets = inb_assets(&count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            bool same = assets[i].length == assets[j].length &&
                        memcmp(assets[i].data, assets[j].data, assets[i].length) == 0;
            ck_assert_msg(same == (strcmp(assets[i].tag, assets[j].tag) == 0), "%s and %s",
                assets[i].path, assets[j].path);
        }
    }
}
INB_END

static size_t compare_folder(const char *root, const char *folder) {
    char path[2048];
    snprintf(path, sizeof path, "%s/%s", root, folder);
    DIR *dir = opendir(path);
    ck_assert_msg(dir != NULL, "%s cannot be opened", path);
    size_t compared = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        // Read by people in the tree, not by the program: tools/embed.c leaves it out too.
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "README.md") == 0) {
            continue;
        }
        char inner[1024];
        struct stat info;
        ck_assert_int_lt(snprintf(inner, sizeof inner, "%s/%s", folder, entry->d_name), 1024);
        ck_assert_int_lt(snprintf(path, sizeof path, "%s/%s", root, inner), 2048);
        ck_assert_int_eq(stat(path, &info), 0);
        if (S_ISDIR(info.st_mode)) {
            compared += compare_folder(root, inner);
            continue;
        }
        size_t length = 0;
        char *content = inb_file_content(path, &length);
        const inb_asset *asset = inb_asset_find(inner);
        ck_assert_msg(content != NULL && asset != NULL, "%s is not embedded", inner);
        ck_assert_msg(asset->length == length && memcmp(asset->data, content, length) == 0,
            "%s differs from the embedded bytes", inner);
        free(content);
        compared++;
    }
    closedir(dir);
    return compared;
}

INB_TEST(bytes_of_the_source_tree) {
    const char *root = getenv("INBEELD_SOURCE");
    if (root == NULL) {
        return; // run by hand outside meson
    }
    size_t compared = compare_folder(root, "catalogue") + compare_folder(root, "data") +
                      compare_folder(root, "web") + compare_folder(root, "src/store/sql");
    size_t count = 0;
    (void)inb_assets(&count);
    ck_assert_uint_eq(compared, count);
}
INB_END

INB_TEST_MAIN("base/assets", in_order_and_found, not_found, tags_tell_contents_apart,
    bytes_of_the_source_tree)
