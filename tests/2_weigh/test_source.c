// SPDX-License-Identifier: EUPL-1.2
// Where the norm's files come from: the folder and the copy in the program give the same bytes in
// the same order, and what is not there is named.

#include "weigh_help.h"

#include "inb_sweep.h"

static inb_arena *new_arena(void) {
    inb_arena *arena;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    return arena;
}

INB_TEST(folder_and_program_give_the_same) {
    struct copy copy = copy_norm();
    inb_arena *arena = new_arena();
    const inb_source folder = {copy.dir};
    const inb_source program = {NULL};
    const char **in_folder, **in_program;
    size_t count, other;
    INB_OK_IS(inb_source_list(&folder, "texts/nl", arena, &in_folder, &count, err));
    INB_OK_IS(inb_source_list(&program, "texts/nl", arena, &in_program, &other, err));
    ck_assert_uint_eq(count, other);
    ck_assert_uint_ge(count, 2);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(in_folder[i], in_program[i]);
        ck_assert(i == 0 || strcmp(in_folder[i - 1], in_folder[i]) < 0);
        const char *a, *b;
        size_t length, other_length;
        INB_OK_IS(inb_source_text(&folder, in_folder[i], arena, &a, &length, err));
        INB_OK_IS(inb_source_text(&program, in_folder[i], arena, &b, &other_length, err));
        ck_assert_uint_eq(length, other_length);
        ck_assert_int_eq(memcmp(a, b, length + 1), 0); // both end in NUL
    }
    const inb_source both[] = {folder, program};
    for (size_t i = 0; i < 2; i++) {
        INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
        INB_OK_IS(inb_source_csv(&both[i], "forms.csv", &csv, err));
        ck_assert_uint_eq(inb_csv_find(csv, "id"), 0);
        ck_assert_ptr_nonnull(strstr(inb_csv_name(csv), "forms.csv"));
    }
    inb_arena_free(arena);
    drop_copy(&copy);
}
INB_END

INB_TEST(what_is_not_there) {
    inb_arena *arena = new_arena();
    const inb_source program = {NULL};
    const inb_source folder = {"/tmp/no_such_norm"};
    inb_csv *csv = NULL;
    const char *text;
    const char **paths;
    size_t length;
    INB_FAILS(inb_source_csv(&program, "none.csv", &csv, err), INB_BAD_CATALOGUE,
        "catalogue/none.csv: is missing from the program");
    INB_FAILS(inb_source_text(&program, "none.csv", arena, &text, &length, err), INB_BAD_CATALOGUE,
        "catalogue/none.csv: is missing from the program");
    INB_FAILS(inb_source_csv(&folder, "none.csv", &csv, err), INB_BAD_INPUT,
        "/tmp/no_such_norm/none.csv: cannot be opened");
    INB_FAILS(inb_source_text(&folder, "none.csv", arena, &text, &length, err), INB_BAD_INPUT,
        "/tmp/no_such_norm/none.csv: cannot be opened");
    INB_FAILS(inb_source_list(&folder, "texts/nl", arena, &paths, &length, err), INB_BAD_CATALOGUE,
        "/tmp/no_such_norm/texts/nl: cannot be opened");
    INB_OK_IS(inb_source_list(&program, "texts/xx", arena, &paths, &length, err));
    ck_assert_uint_eq(length, 0); // an embedded folder without files is no folder
    INB_OK_IS(inb_source_list(&program, "texts/n", arena, &paths, &length, err));
    ck_assert_uint_eq(length, 0); // nor the beginning of a name
    ck_assert_ptr_null(csv);
    inb_arena_free(arena);
}
INB_END

INB_TEST(only_tables_and_not_too_many) {
    struct copy copy = copy_norm();
    inb_arena *arena = new_arena();
    const inb_source folder = {copy.dir};
    const char **paths;
    size_t before, after;
    INB_OK_IS(inb_source_list(&folder, "texts/nl", arena, &paths, &before, err));
    char path[256];
    static const char *const others[] = {".hidden.csv", "notes.txt", "csv", ".csv", "xcsv"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        snprintf(path, sizeof path, "%s/texts/nl/%s", copy.dir, others[i]);
        write_file(path, "key,text\n", 9);
    }
    INB_OK_IS(inb_source_list(&folder, "texts/nl", arena, &paths, &after, err));
    ck_assert_uint_eq(before, after);
    for (int i = 0; i < 65; i++) {
        snprintf(path, sizeof path, "%s/texts/nl/z%d.csv", copy.dir, i);
        write_file(path, "key,text\n", 9);
    }
    INB_FAILS(inb_source_list(&folder, "texts/nl", arena, &paths, &after, err), INB_BAD_CATALOGUE,
        "texts/nl: holds more than 64 files");
    inb_arena_free(arena);
    drop_copy(&copy);
}
INB_END

INB_TEST(a_path_that_is_far_too_long) {
    static char dir[9000];
    memset(dir, 'a', sizeof dir - 1);
    const inb_source folder = {dir};
    inb_arena *arena = new_arena();
    inb_csv *csv = NULL;
    const char *text;
    const char **paths;
    size_t length;
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_ne(inb_source_csv(&folder, "forms.csv", &csv, &err), INB_OK);
    ck_assert_int_ne(inb_source_text(&folder, "forms.csv", arena, &text, &length, &err), INB_OK);
    ck_assert_int_ne(inb_source_list(&folder, "texts", arena, &paths, &length, &err), INB_OK);
    ck_assert_uint_gt(strlen(err.message), 0);
    inb_arena_free(arena);
}
INB_END

static const char *dir;

// With an arena that already has room, each allocation of these functions themselves is refused.
static inb_status once(inb_error *err) {
    inb_arena *arena = NULL;
    inb_status status = inb_arena_new(0, &arena, err);
    const inb_source source = {dir};
    const char *text;
    const char **paths;
    size_t count, length;
    if (status == INB_OK) {
        status = inb_source_list(&source, "texts/nl", arena, &paths, &count, err);
    }
    if (status == INB_OK) {
        status = inb_source_text(&source, "catalogue.ini", arena, &text, &length, err);
    }
    inb_arena_free(arena);
    return status;
}

INB_TEST(refused_memory) {
    INB_SWEEP(once(err));
    struct copy copy = copy_norm();
    dir = copy.dir;
    INB_SWEEP(once(err));
    dir = NULL;
    drop_copy(&copy);
}
INB_END

// An arena that is full refuses the names and the text.
INB_TEST(a_full_arena) {
    struct copy copy = copy_norm();
    const inb_source sources[] = {{copy.dir}, {NULL}};
    for (size_t i = 0; i < 2; i++) {
        size_t refused = 0;
        for (size_t room = 1; room < 2000; room += 37) {
            inb_arena *arena;
            INB_OK_IS(inb_arena_new(room, &arena, err));
            const char *text;
            const char **paths;
            size_t length;
            inb_error err = INB_ERROR_INIT;
            inb_status status =
                inb_source_list(&sources[i], "texts/nl", arena, &paths, &length, &err);
            refused += status == INB_NO_MEMORY ? 1 : 0;
            ck_assert(status == INB_OK || status == INB_NO_MEMORY);
            status = inb_source_text(&sources[i], "catalogue.ini", arena, &text, &length, &err);
            ck_assert(status == INB_OK || status == INB_NO_MEMORY);
            inb_arena_free(arena);
        }
        ck_assert_uint_gt(refused, 0);
    }
    drop_copy(&copy);
}
INB_END

INB_TEST_MAIN("2_weigh/source", folder_and_program_give_the_same, what_is_not_there,
    only_tables_and_not_too_many, a_path_that_is_far_too_long, refused_memory, a_full_arena)
