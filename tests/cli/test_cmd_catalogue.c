// SPDX-License-Identifier: EUPL-1.2
// inbeeld catalogue check as it is called: the norm of the tree and the one built in have no gaps,
// a norm with a gap is named and gives exit code 1.

#include "inb_command.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static char folder[4096];

// A copy of the norm, with one line of `file` that begins with `start` replaced by `line`.
static void copy_norm(const char *file, const char *start, const char *line) {
    char command[9000];
    snprintf(folder, sizeof folder, "%s", "/tmp/inb_norm_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(command, sizeof command, "cp -r %s/catalogue/. %s && sed -i 's|^%s.*|%s|' %s/%s",
        getenv("INBEELD_SOURCE"), folder, start, line, folder, file);
    ck_assert_int_eq(system(command), 0);
}

static void remove_norm(void) {
    char command[5000];
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

INB_TEST(no_gaps) {
    INB_OK_IS(INB_CALL(inb_command_catalogue_check, "--json"));
    ck_assert_str_eq(inb_printed, "{\"gaps\":0,\"lines\":[]}\n");
    char path[4200];
    snprintf(path, sizeof path, "%s/catalogue", getenv("INBEELD_SOURCE"));
    INB_OK_IS(INB_CALL(inb_command_catalogue_check, path));
    ck_assert_str_eq(inb_printed, "The norm has no gaps.\n");
}
INB_END

INB_TEST(a_gap_is_named) {
    copy_norm("texts/en/norm.csv", "form.labour,", "form.labour,");
    INB_FAILS(INB_CALL(inb_command_catalogue_check, folder), INB_BAD_CATALOGUE, "has 1 gaps");
    ck_assert_str_eq(inb_printed, "texts/en: no text 'form.labour'\n");
    INB_FAILS(INB_CALL(inb_command_catalogue_check, folder, "--json"), INB_BAD_CATALOGUE, "1 gaps");
    json_t *root = json_loads(inb_printed, 0, NULL);
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "lines")), 1);
    json_decref(root);
    remove_norm();
    ck_assert_int_eq(inb_status_exit(INB_BAD_CATALOGUE), 1);
}
INB_END

INB_TEST(refused) {
    INB_FAILS(INB_CALL(inb_command_catalogue_check, "/nowhere"), INB_BAD_INPUT, "/nowhere");
    INB_FAILS(INB_CALL(inb_command_catalogue_check, "a", "b"), INB_USAGE, "found 2 folders");
}
INB_END

INB_TEST_MAIN("cli/cmd_catalogue", no_gaps, a_gap_is_named, refused)
