// SPDX-License-Identifier: EUPL-1.2
// A folder appears whole or not at all: over nothing, over an empty folder, never over something;
// what was begun and not committed is gone, sub-folders too.

#include "cli/folder.h"

#include "inb_file.h"

#include <dirent.h>
#include <sys/stat.h>

static char place[64];

static void setup_place(void) {
    snprintf(place, sizeof place, "/tmp/inb_folder_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
}

static const char *in_place(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", place, name);
    return path;
}

// How many entries stand beside each other in the place.
static size_t entries(void) {
    DIR *dir = opendir(place);
    ck_assert_ptr_nonnull(dir);
    size_t count = 0;
    while (readdir(dir) != NULL) {
        count++;
    }
    closedir(dir);
    return count - 2;
}

static inb_status fill(inb_folder *folder, inb_error *err) {
    INB_TRY(inb_folder_begin(folder, in_place("new/"), err));
    INB_TRY(inb_folder_sub(folder, "sub", err));
    FILE *file;
    INB_TRY(inb_folder_open(folder, "sub/a.txt", &file, err));
    inb_buffer text = INB_BUFFER_INIT(64);
    inb_buffer_text(&text, "hello\n");
    inb_status status = inb_folder_write(file, "a.txt", &text, err);
    inb_buffer_clear(&text);
    INB_TRY(status);
    return inb_folder_close(&file, "a.txt", err);
}

INB_TEST(whole) {
    setup_place();
    for (int round = 0; round < 2; round++) { // second: over an empty folder
        inb_folder folder = INB_FOLDER_INIT;
        INB_OK_IS(fill(&folder, err));
        ck_assert_uint_eq(entries(), round == 0 ? 1 : 2); // the part alone, or beside
        INB_OK_IS(inb_folder_commit(&folder, err));
        inb_folder_clear(&folder);
        inb_folder_clear(&folder);
        ck_assert_uint_eq(entries(), 1);
        size_t length;
        char *text = inb_file_content(in_place("new/sub/a.txt"), &length);
        ck_assert_ptr_nonnull(text);
        ck_assert_str_eq(text, "hello\n");
        free(text);
        inb_folder again = INB_FOLDER_INIT;
        INB_FAILS(inb_folder_begin(&again, in_place("new"), err), INB_USAGE, "something in it");
        inb_folder_clear(&again);
        unlink(in_place("new/sub/a.txt"));
        rmdir(in_place("new/sub"));
    }
    rmdir(in_place("new"));
    rmdir(place);
}
INB_END

INB_TEST(not_at_all) {
    setup_place();
    inb_folder folder = INB_FOLDER_INIT;
    INB_OK_IS(fill(&folder, err));
    FILE *file = NULL;
    INB_FAILS(inb_folder_open(&folder, "sub/a.txt", &file, err), INB_IO, "a.txt"); // there already
    INB_FAILS(inb_folder_open(&folder, "no/a.txt", &file, err), INB_IO, "a.txt");
    INB_FAILS(inb_folder_sub(&folder, "sub", err), INB_IO, "sub");
    inb_folder_clear(&folder);
    ck_assert_uint_eq(entries(), 0);
    // something came to stand there in the meantime
    INB_OK_IS(fill(&folder, err));
    ck_assert_int_eq(mkdir(in_place("new"), 0700), 0);
    ck_assert_int_eq(mkdir(in_place("new/other"), 0700), 0);
    INB_FAILS(inb_folder_commit(&folder, err), INB_IO, "new");
    inb_folder_clear(&folder);
    ck_assert_uint_eq(entries(), 1);
    rmdir(in_place("new/other"));
    rmdir(in_place("new"));
    rmdir(place);
}
INB_END

INB_TEST(refused_places) {
    char path[INB_TEMP_PATH];
    inb_temp_file(path, "x", 1);
    inb_folder folder = INB_FOLDER_INIT;
    INB_FAILS(inb_folder_begin(&folder, path, err), INB_USAGE, "found a file");
    inb_folder_clear(&folder);
    INB_FAILS(inb_folder_begin(&folder, "/nowhere/at/all", err), INB_IO, "cannot be made");
    inb_folder_clear(&folder);
    unlink(path);
}
INB_END

INB_TEST(a_full_disk_is_said) {
    FILE *file = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(file);
    inb_buffer text = INB_BUFFER_INIT(64);
    inb_buffer_text(&text, "hello\n");
    INB_OK_IS(inb_folder_write(file, "a.txt", &text, err)); // into stdio's buffer
    INB_FAILS(inb_folder_close(&file, "a.txt", err), INB_IO, "No space left");
    ck_assert_ptr_null(file);
    inb_buffer_clear(&text);
}
INB_END

INB_TEST_MAIN("cli/folder", whole, not_at_all, refused_places, a_full_disk_is_said)
