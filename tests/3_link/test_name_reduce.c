// SPDX-License-Identifier: EUPL-1.2
// Spellings to sounds: each way to write a sound gives the same, readings differ where letters are
// ambiguous and only there, and nothing grows beyond its room.

#include "name_reduce.h"

#include <inbeeld/rng.h>

#include "inb_test.h"

#include <stdbool.h>
#include <string.h>

static const char *reduced(const char *text, enum inb_reading reading) {
    static char outs[2][INB_REDUCED_SIZE];
    static int which;
    char *out = outs[which = 1 - which];
    size_t length = inb_name_reduce(text, strlen(text), reading, out);
    ck_assert_uint_lt(length, INB_REDUCED_SIZE);
    out[length] = '\0';
    return out;
}

#define SAME(a, b) ck_assert_str_eq(reduced(a, INB_CONTINENTAL), reduced(b, INB_CONTINENTAL))

INB_TEST(ways_to_write_a_sound) {
    SAME("yuliia", "julia");
    SAME("yuliia", "iulija");
    SAME("dmytro", "dmitro");
    SAME("dmitrii", "dmitriy");
    SAME("dmitrij", "dmitri");
    SAME("shcherbak", "schtscherbak");
    SAME("shcherbak", "szczerbak");
    SAME("zhanna", "zjanna");
    SAME("ivanov", "iwanow");
    SAME("ivanov", "ivanoff");
    SAME("andreev", "andreyev");
    SAME("ekaterina", "yekaterina");
    SAME("khalid", "chalid");
    SAME("mahmoud", "mahmoed");
    SAME("fatimah", "fatima");
    SAME("joseph", "josef");
    SAME("nijhuis", "nyhuis");
    SAME("schmidt", "schmitt");
    ck_assert_str_eq(reduced("jamal", INB_ENGLISH), reduced("djamal", INB_ENGLISH));
    ck_assert_str_eq(reduced("jamal", INB_FRENCH), reduced("djamal", INB_FRENCH));
    ck_assert_str_eq(reduced("cherief", INB_FRENCH), reduced("sherief", INB_CONTINENTAL));
    ck_assert_str_eq(reduced("chuck", INB_ENGLISH), "Cuk");
    ck_assert_str_eq(reduced("christina", INB_ENGLISH), "kristina");
}
INB_END

INB_TEST(skeletons) {
    static const struct {
        const char *a, *b;
    } same[] = {{"muhammad", "mhmd"}, {"fatima", "ftma"}, {"marwan", "mrun"}, {"yusuf", "ysf"},
        {"kovalenko", "kualinka"}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        char a[INB_REDUCED_SIZE], b[INB_REDUCED_SIZE];
        const char *left = reduced(same[i].a, INB_CONTINENTAL);
        size_t na = inb_name_skeleton(left, strlen(left), a);
        const char *right = reduced(same[i].b, INB_CONTINENTAL);
        size_t nb = inb_name_skeleton(right, strlen(right), b);
        ck_assert_msg(na == nb && memcmp(a, b, na) == 0, "%s %s", same[i].a, same[i].b);
    }
    char out[INB_REDUCED_SIZE];
    ck_assert_uint_eq(inb_name_skeleton("aeiou", 5, out), 0);
    ck_assert_uint_eq(inb_name_skeleton("ah", 2, out), 0);
}
INB_END

INB_TEST(readings_differ_only_where_letters_are_ambiguous) {
    inb_rng rng = inb_rng_make(4, 0);
    size_t differed = 0;
    for (int round = 0; round < 50000; round++) {
        char text[100];
        size_t length = inb_rng_below(&rng, round % 50 == 0 ? 100 : 9);
        for (size_t i = 0; i < length; i++) {
            text[i] = (char)('a' + inb_rng_below(&rng, 26));
        }
        char outs[INB_READINGS][INB_REDUCED_SIZE];
        size_t sizes[INB_READINGS];
        bool differ = false;
        for (int r = 0; r < INB_READINGS; r++) {
            sizes[r] = inb_name_reduce(text, length, (enum inb_reading)r, outs[r]);
            differ = differ || sizes[r] != sizes[0] || memcmp(outs[r], outs[0], sizes[0]) != 0;
            INB_HOLDS(sizes[r] < INB_REDUCED_SIZE, "round %d", round);
            char bones[INB_REDUCED_SIZE];
            INB_HOLDS(inb_name_skeleton(outs[r], sizes[r], bones) <= sizes[r], "round %d", round);
        }
        differed += differ ? 1 : 0;
        INB_HOLDS(!differ || inb_name_ambiguous(text, length), "%.*s", (int)length, text);
    }
    ck_assert_uint_gt(differed, 1000);
}
INB_END

INB_TEST(numbers) {
    ck_assert_uint_ne(inb_name_number("ab", 2), inb_name_number("ba", 2));
    ck_assert_uint_ne(inb_name_number("", 0), 0);
    ck_assert_uint_eq(inb_name_number("abc", 3), inb_name_number("abcd", 3));
}
INB_END

INB_TEST_MAIN("3_link/name_reduce", ways_to_write_a_sound, skeletons,
    readings_differ_only_where_letters_are_ambiguous, numbers)
