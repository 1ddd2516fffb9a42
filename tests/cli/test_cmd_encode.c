// SPDX-License-Identifier: EUPL-1.2
// inbeeld encode as it is called: a whole file with a row in the record or nothing, no value of a
// person in what leaves, and bad keys and options refused.

#include "inb_command.h"
#include "inb_file.h"

#include <inbeeld/encoded.h>
#include <inbeeld/keys.h>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static const char pattern[] = "/tmp/inb_encode_XXXXXX";
static char folder[sizeof pattern];
static char paths[8][96];
enum { LIST, KEY, OUT, LOG, HOLDER, MAP, OTHER, CLIENT };

static const char people[] = "id,given_name,surname,birth_date,phone,number\n"
                             "rec1,Wilhelmina,Zandbergen,1984-03-09,0612345678,V77001\n"
                             "rec2,Wilhelmina,Zandberger,1984-03-09,0612345678,V77001\n"
                             "rec3,Christoffel,Oosterhout,1961-11-20,,V77002\n";

static void setup(void) {
    if (folder[0] == '\0' || access(folder, F_OK) != 0) { // one process may run several cases
        memcpy(folder, pattern, sizeof pattern);
        ck_assert_ptr_nonnull(mkdtemp(folder));
    }
    static const char *const names[8] = {
        "list.csv", "k", "out.enc", "k.log", "holder", "out.enc.ids.csv", "other.enc", "k.client"};
    for (size_t i = 0; i < 8; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
        (void)unlink(paths[i]);
    }
    FILE *file = fopen(paths[LIST], "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(people, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    inb_key_about about = {.kind = INB_KEY_COUNT, .version = 1, .made = {2026, 11, 24}};
    INB_OK_IS(inb_keyfile_make(paths[KEY], &about, NULL, err));
    about.kind = INB_KEY_HOLDER;
    INB_OK_IS(inb_keyfile_make(paths[HOLDER], &about, NULL, err));
}

// Removes everything and tells how many files there were.
static size_t clean(void) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] != '.') {
            char path[512];
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            (void)unlink(path);
            count++;
        }
    }
    closedir(dir);
    (void)rmdir(folder);
    return count;
}

static bool holds(const char *path, const char *part) {
    size_t length;
    char *text = inb_file_content(path, &length);
    ck_assert_ptr_nonnull(text);
    bool found = memmem(text, length, part, strlen(part)) != NULL;
    free(text);
    return found;
}

INB_TEST(what_leaves) {
    setup();
    INB_OK_IS(INB_CALL(inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OUT],
        "--oprf", paths[HOLDER]));
    ck_assert_ptr_nonnull(strstr(inb_printed, "3 records"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "tokens: phone, number"));
    inb_encoded encoded;
    INB_OK_IS(inb_encoded_read(paths[OUT], &encoded, err));
    ck_assert_uint_eq(encoded.count, 3);
    ck_assert_mem_eq(encoded.tokens, encoded.tokens + 2 * INB_ENCODED_TOKEN_BYTES,
        2 * INB_ENCODED_TOKEN_BYTES); // phone and number of the first two are the same
    inb_encoded_clear(&encoded);
    static const char *const canaries[] = {"Wilhelmina", "wilhelmina", "andberge", "oosterhout",
        "1984", "0612345678", "612345678", "77001"};
    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++) {
        ck_assert(!holds(paths[OUT], canaries[i]));
        ck_assert(!holds(paths[LOG], canaries[i]));
        ck_assert_ptr_null(strstr(inb_printed, canaries[i]));
    }
    ck_assert(holds(paths[LOG], " 3 records, key count 1 "));
    ck_assert_uint_eq(clean(), 5);
}
INB_END

INB_TEST(without_a_key_holder) {
    setup();
    INB_OK_IS(INB_CALL(inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OUT]));
    ck_assert_ptr_nonnull(strstr(inb_printed, "left out: phone, number"));
    INB_OK_IS(INB_CALL(
        inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OTHER], "--json"));
    ck_assert_ptr_nonnull(
        strstr(inb_printed, "\"tokens\":[],\"left_out\":[\"phone\",\"number\"]}"));
    size_t a;
    size_t b;
    char *first = inb_file_content(paths[OUT], &a);
    char *second = inb_file_content(paths[OTHER], &b);
    ck_assert_uint_eq(a, b);
    ck_assert_mem_eq(first, second, a); // nothing of chance in it
    free(first);
    free(second);
    INB_OK_IS(INB_CALL(inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OUT],
        "--dummies", "4", "--noise", "2.5", "--seed", "5", "--salt-year", "--groups", "5"));
    ck_assert(holds(paths[MAP], ",rec3\n"));
    ck_assert(!holds(paths[OUT], "rec3"));
    ck_assert(holds(paths[OUT], "groups 5\nbits 512\nfolded 1\nsalted 1\nnoise 250\n"));
    ck_assert(holds(paths[OUT], "records 7\n"));
    clean();
}
INB_END

INB_TEST(refused_and_nothing_written) {
    setup();
#define ENCODE(...) INB_CALL(inb_command_encode, paths[LIST], __VA_ARGS__)
    INB_FAILS(ENCODE("--out", paths[OUT]), INB_USAGE, "'--key' is missing");
    INB_FAILS(ENCODE("--key", paths[KEY]), INB_USAGE, "'--out' is missing");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[LIST]), INB_USAGE, "expected another");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[KEY]), INB_USAGE, "expected another");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[HOLDER], "--oprf", paths[HOLDER]),
        INB_USAGE, "expected another");
    INB_FAILS(
        ENCODE("--key", paths[KEY], "--out", paths[OUT], "--dummies", "1", "--map", paths[LIST]),
        INB_USAGE, "'--map' names a file that is read");
    INB_FAILS(
        ENCODE("--key", paths[KEY], "--out", paths[OUT], "--dummies", "1", "--map", paths[OUT]),
        INB_USAGE, "name one file");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT], "--groups", "2"), INB_USAGE,
        "expected 1, 3, 4 or 5");
    INB_FAILS(
        ENCODE("--key", paths[KEY], "--out", paths[OUT], "--noise", "30"), INB_USAGE, "'--noise'");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT], "--map", paths[MAP]), INB_USAGE,
        "belongs to --dummies");
    INB_FAILS(ENCODE("--key", paths[HOLDER], "--out", paths[OUT]), INB_USAGE, "kind hit or count");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT], "--oprf", "http://x:1"), INB_USAGE,
        "expected tcp://");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT], "--oprf", "tcp://127.0.0.1:1"),
        INB_BAD_INPUT, "k.client");
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT], "--oprf", paths[KEY]), INB_BAD_INPUT,
        "kind holder");
    ck_assert_int_eq(chmod(paths[KEY], 0644), 0);
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT]), INB_BAD_INPUT, "others can use");
    ck_assert_int_eq(chmod(paths[KEY], 0600), 0);
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", "/nowhere/x"), INB_IO, "cannot be created");
    FILE *file = fopen(paths[LIST], "w");
    ck_assert_int_ge(fputs("id,surname\nx,Secretname\nx,Secretname\n", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT]), INB_BAD_INPUT, "one id");
    file = fopen(paths[LIST], "w");
    ck_assert_int_ge(fputs("id,colour\nx,red\n", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    INB_FAILS(ENCODE("--key", paths[KEY], "--out", paths[OUT]), INB_BAD_INPUT, "no column");
    // The list, two keys, and the record of the try that found no place for its file.
    ck_assert_uint_eq(clean(), 4);
}
INB_END

INB_TEST_MAIN("cli/cmd_encode", what_leaves, without_a_key_holder, refused_and_nothing_written)
