// SPDX-License-Identifier: EUPL-1.2
// inbeeld encode and inbeeld link one after the other, as a linkage unit does: clusters, pairs and
// histories out of encodings; plain and encoded lists never mixed.

#include "inb_command.h"
#include "inb_file.h"

#include "base/alloc.h"

#include "inb_made_people.h"

static const char pattern[] = "/tmp/inb_link_enc_XXXXXX";
static char folder[sizeof pattern];
static char paths[8][96];
enum { A, B, KEY, A_ENC, B_ENC, OUT, PAIRS, HISTORIES };

static void write_list(const char *path, const inb_buffer *list) {
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(list->data, 1, list->length, file), list->length);
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void) {
    if (folder[0] == '\0' || access(folder, F_OK) != 0) { // one process may run several cases
        memcpy(folder, pattern, sizeof pattern);
        ck_assert_ptr_nonnull(mkdtemp(folder));
    }
    static const char *const names[8] = {
        "a.csv", "b.csv", "k", "a.enc", "b.enc", "clusters.csv", "pairs.csv", "histories.csv"};
    for (size_t i = 0; i < 8; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
    }
    inb_buffer a = INB_BUFFER_INIT(1 << 22);
    inb_buffer b = INB_BUFFER_INIT(1 << 22);
    inb_made_two(21, 200, &a, &b);
    write_list(paths[A], &a);
    write_list(paths[B], &b);
    inb_buffer_clear(&a);
    inb_buffer_clear(&b);
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[KEY], "--kind", "count"));
    INB_OK_IS(INB_CALL(inb_command_encode, paths[A], "--key", paths[KEY], "--out", paths[A_ENC]));
    INB_OK_IS(INB_CALL(inb_command_encode, paths[B], "--key", paths[KEY], "--out", paths[B_ENC]));
}

static void clean(void) {
    char log[128];
    snprintf(log, sizeof log, "%s.log", paths[KEY]);
    (void)unlink(log);
    for (size_t i = 0; i < 8; i++) {
        (void)unlink(paths[i]);
    }
    (void)rmdir(folder);
}

INB_TEST(as_a_linkage_unit) {
    setup();
    (void)unlink(paths[KEY]); // the unit has no key
    (void)unlink(paths[A]);
    (void)unlink(paths[B]);
    INB_OK_IS(INB_CALL(inb_command_link, paths[A_ENC], paths[B_ENC], "--out", paths[OUT], "--pairs",
        paths[PAIRS], "--histories", paths[HISTORIES]));
    ck_assert_ptr_nonnull(strstr(inb_printed, "400 encoded records in 2 files"));
    size_t length;
    char *text = inb_file_content(paths[OUT], &length);
    ck_assert_ptr_nonnull(strstr(text, ",a,a199\n"));
    ck_assert_ptr_nonnull(strstr(text, ",b,b199\n"));
    free(text);
    text = inb_file_content(paths[HISTORIES], &length);
    ck_assert_int_eq(strncmp(text, "a,b,count\n", 10), 0);
    free(text);
    text = inb_file_content(paths[PAIRS], &length);
    ck_assert_ptr_nonnull(strstr(text, "\na,a10,b,b10,"));
    free(text);
    INB_OK_IS(
        INB_CALL(inb_command_link, paths[A_ENC], paths[B_ENC], "--out", paths[OUT], "--json"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "{\"records\":400,"));
    clean();
}
INB_END

INB_TEST(never_mixed) {
    setup();
    INB_FAILS(INB_CALL(inb_command_link, paths[A_ENC], paths[B], "--out", paths[OUT]),
        INB_BAD_INPUT, "encoded lists among plain ones");
    INB_FAILS(INB_CALL(inb_command_link, paths[A_ENC], paths[B_ENC], "--explain", "a1", "b1"),
        INB_USAGE, "'--explain' needs plain lists");
    (void)unlink(paths[KEY]);
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[KEY], "--kind", "count"));
    INB_OK_IS(INB_CALL(inb_command_encode, paths[B], "--key", paths[KEY], "--out", paths[B_ENC]));
    INB_FAILS(INB_CALL(inb_command_link, paths[A_ENC], paths[B_ENC], "--out", paths[OUT]),
        INB_BAD_INPUT, "different keys");
    ck_assert_int_ne(access(paths[OUT], F_OK), 0);
    clean();
}
INB_END

INB_TEST_MAIN("cli/link_encoded", as_a_linkage_unit, never_mixed)
