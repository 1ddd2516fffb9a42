// SPDX-License-Identifier: EUPL-1.2
// inbeeld picture LIST.csv…: lists of a generated crowd are linked and counted by group, and bad
// input is named with its place.

#include "cli/picture_lists.h"

#include "import_help.h"

#include <inbeeld/rng.h>

#include <jansson.h>
#include <stdlib.h>

enum { PEOPLE = 400 };

// Each person is on each of three lists by chance; every other name on the last has an error.
static void put_lists(void) {
    static char text[3][1 << 16];
    size_t used[3];
    inb_rng rng = inb_rng_make(3, 0);
    for (size_t l = 0; l < 3; l++) {
        used[l] = (size_t)sprintf(text[l], "id,given_name,surname,birth_date,form\n");
    }
    for (unsigned i = 0; i < PEOPLE; i++) {
        char name[18];
        for (size_t k = 0; k < 17; k++) {
            name[k] = k == 8 ? ',' : (char)('a' + (int)inb_rng_below(&rng, 26));
        }
        name[17] = '\0';
        for (size_t l = 0; l < 3; l++) {
            if (inb_rng_below(&rng, 10) < 4) {
                name[3] = l == 2 && i % 2 == 0 ? 'q' : name[3];
                used[l] += (size_t)sprintf(text[l] + used[l], "%zu-%u,%s,20%02u-%02u-%02u,%s\n", l,
                    i, name, i % 20, i % 12 + 1, i % 28 + 1, i % 3 == 0 ? "labour" : "sexual");
            }
        }
    }
    put_file("a.csv", text[0]);
    put_file("b.csv", text[1]);
    put_file("c.csv", text[2]);
}

INB_TEST(three_lists) {
    place_setup();
    put_lists();
    put_file("truth.csv", "form,total\nlabour,134\nsexual,266\n");
    INB_OK_IS(INB_CALL(inb_command_picture, in_place("a.csv"), in_place("b.csv"), in_place("c.csv"),
        "--by", "form", "--truth", in_place("truth.csv"), "--json", "--out", in_place("p"),
        "--draws", "10"));
    ck_assert(stands("p/picture.html"));
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    json_t *groups = json_object_get(root, "groups");
    ck_assert_uint_eq(json_array_size(groups), 3);
    for (size_t i = 0; i < 3; i++) { // three independent lists: near the truth
        json_t *group = json_array_get(groups, i);
        json_t *all = json_object_get(group, "in_all");
        double truth = (double)json_integer_value(json_object_get(group, "truth"));
        double estimate = json_number_value(json_object_get(all, "estimate"));
        ck_assert(json_is_true(json_object_get(all, "mixture")));
        INB_NEAR_REL(estimate, truth, 0.2);
        ck_assert(json_number_value(json_object_get(all, "low")) < estimate);
        ck_assert(json_number_value(json_object_get(all, "high")) > estimate);
    }
    json_decref(root);
    place_teardown();
}
INB_END

INB_TEST(what_is_refused) {
    place_setup();
    put_lists();
    const char *a = in_place("a.csv");
    const char *b = in_place("b.csv");
#define LISTS(...) INB_CALL(inb_command_picture, __VA_ARGS__)
    INB_FAILS(LISTS(a), INB_USAGE, "found one list, expected two or more");
    INB_FAILS(LISTS(a, a), INB_USAGE, "");
    INB_FAILS(LISTS(a, b, "--by", "colour"), INB_BAD_INPUT, "colour");
    INB_FAILS(LISTS(a, b, "--by", "form", "--by", "form"), INB_USAGE, "'form' twice");
    INB_FAILS(LISTS(a, b, "--key", "k"), INB_USAGE, "option '--key' belongs to the picture of");
    INB_FAILS(LISTS(a, b, "--histories", "h"), INB_USAGE, "option '--histories' belongs");
    INB_FAILS(LISTS(a, in_place("none.csv")), INB_BAD_INPUT, "none.csv");
    INB_FAILS(LISTS(a, b, a, b, a, b, a, b, a, b, a), INB_USAGE, "found 11 lists");
    INB_FAILS(INB_CALL(inb_command_picture, "--config", "c.ini", "--store", where), INB_USAGE,
        "belongs to the picture of lists");
    put_file("bad.csv", "id,surname\n1,Canary\n1,Canary\n");
    INB_FAILS(LISTS(a, in_place("bad.csv"), "--out", in_place("p")), INB_BAD_INPUT, "bad.csv:3:");
    ck_assert(!stands("p") && !stands("p/picture.html"));
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/picture_lists", three_lists, what_is_refused)
