// SPDX-License-Identifier: EUPL-1.2
// inbeeld picture as it is called, after inbeeld import: the page and the JSON, a row in the log
// before anything is read, the swap of sex (R9), what is refused.

#include "import_help.h"

#include <inbeeld/keys.h>

#include <jansson.h>
#include <sys/stat.h>

#define HEADER                                                                                     \
    "id,source.kind,source.organisation,seen,person.age,roles,person.name,person.birth_date,"      \
    "person.sex,observations\n"

#define PICTURE(...) INB_CALL(inb_command_picture, "--store", where, __VA_ARGS__)

// 40 boys whom a school sees; police sees 15 of them too, as suspects, and 30 others.
static void import_region(const char *boys, const char *others) {
    static const char letters[] = "bdfgklmnprstz"; // no two of one sound
    static char text[65536];
    size_t used = (size_t)snprintf(text, sizeof text, HEADER);
    for (int i = 0; i < 85; i++) {
        bool police = i >= 40;
        int person = i < 40 ? i : i < 55 ? i - 40 : i;
        used += (size_t)snprintf(text + used, sizeof text - used,
            "s%d,%s,%s,2026-%02d-03,15,%s,Made%c%c "
            "Name,2010-%02d-%02d,%s,CR-11=yes;CR-03=unknown\n",
            i, police ? "police_beat" : "school", police ? "police-b" : "school-a", i % 9 + 1,
            police ? "suspect" : "possible_victim", letters[person % 13], letters[person / 13],
            person % 3 + 10, person % 28 + 1, person < 60 ? boys : others);
    }
    const char *file = put_file("region.csv", text);
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile, file));
}

static json_t *picture_json(void) {
    INB_OK_IS(PICTURE("--json", "--by", "sex"));
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    return root;
}

static int64_t persons_of(const json_t *root, const char *group) {
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(root, "groups"), i, row) {
        if (strcmp(json_string_value(json_object_get(row, "group")), group) == 0) {
            return json_integer_value(json_object_get(row, "persons"));
        }
    }
    return -1;
}

INB_TEST(page_and_json) {
    place_setup();
    import_region("m", "f");
    INB_OK_IS(PICTURE("--out", in_place("p"), "--histories", in_place("h.csv"), "--lang", "en"));
    ck_assert(strstr(inb_printed, "p/picture.html") != NULL);
    ck_assert(stands("p/picture.html") && stands("h.csv"));
    json_t *root = picture_json();
    ck_assert_int_eq(json_integer_value(json_object_get(root, "persons")), 70);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "sightings")), 85);
    // Roles that meet only where organisations are joined (R3): the fifteen.
    json_t *child = json_array_get(json_object_get(root, "roles"), INB_AGE_CHILD);
    ck_assert_int_eq(json_integer_value(json_object_get(child, "over_organisations")), 15);
    // First-line police per form with an interval (R1).
    json_t *police = json_array_get(json_object_get(root, "sources"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(police, "source")), "police_beat");
    ck_assert_str_eq(json_string_value(json_object_get(police, "form")), "criminal");
    ck_assert_int_eq(json_integer_value(json_object_get(police, "signals")), 45);
    double low = json_number_value(json_object_get(police, "low"));
    double high = json_number_value(json_object_get(police, "high"));
    ck_assert(low > 0.40 && low < 45.0 / 85 && high > 45.0 / 85 && high < 0.65);
    // Joined by tokens alone: nothing is estimated.
    ck_assert(json_is_false(json_object_get(root, "linked")));
    ck_assert(json_is_null(json_object_get(root, "in_all")));
    json_decref(root);
    place_teardown();
}
INB_END

// R9: the sexes change places, nothing else.
INB_TEST(swapped_sex) {
    char *told[2];
    for (int turn = 0; turn < 2; turn++) {
        place_setup();
        import_region(turn == 0 ? "m" : "f", turn == 0 ? "f" : "m");
        json_t *root = picture_json();
        ck_assert_int_eq(persons_of(root, turn == 0 ? "male" : "female"), 60 - 15);
        json_object_del(root, "groups");
        told[turn] = json_dumps(root, JSON_SORT_KEYS);
        json_decref(root);
        place_teardown();
    }
    ck_assert_str_eq(told[0], told[1]);
    free(told[0]);
    free(told[1]);
}
INB_END

INB_TEST(a_row_of_the_log_first) {
    place_setup();
    import_region("m", "f");
    inb_store_options options = {.hash = inb_hash};
    inb_log_anchor before;
    inb_log_anchor after;
    inb_store *store = NULL;
    INB_OK_IS(inb_store_open(where, &options, &store, err));
    INB_OK_IS(inb_log_head(store, NULL, &before, err));
    INB_OK_IS(PICTURE("--json"));
    INB_OK_IS(inb_log_head(store, NULL, &after, err));
    ck_assert_int_eq(after.sequence, before.sequence + 1);
    inb_store_free(store);
    place_teardown();
}
INB_END

// Of a made-up region the truth stands on the page and in the JSON.
INB_TEST(truth_beside) {
    place_setup();
    import_region("m", "f");
    char *truth = strdup(put_file("truth.csv", "age_class,sex,total\nchild,m,200\nchild,f,45\n"));
    INB_OK_IS(PICTURE("--truth", truth, "--out", in_place("p"), "--lang", "en", "--json"));
    json_t *root = json_loads(inb_printed, 0, NULL);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "truth")), 245);
    json_decref(root);
    size_t length;
    char *page = inb_file_content(in_place("p/picture.html"), &length);
    ck_assert_ptr_nonnull(strstr(page, "Nobody in it exists."));
    ck_assert_ptr_nonnull(strstr(page, "there are truly 245 people."));
    free(page);
    put_file("bad.csv", "age_class,total\nchild,many\n");
    INB_FAILS(PICTURE("--truth", in_place("bad.csv")), INB_BAD_INPUT, "bad.csv:2:7: found");
    INB_FAILS(PICTURE("--truth", in_place("none.csv")), INB_BAD_INPUT, "none.csv");
    free(truth);
    place_teardown();
}
INB_END

INB_TEST(what_is_refused) {
    place_setup();
    INB_FAILS(PICTURE("--draws", "1"), INB_USAGE, "option '--draws': found 1, expected 0, or 2");
    INB_FAILS(PICTURE("--json"), INB_NOT_FOUND, "");
    ck_assert(!stands("s.db"));
    INB_FAILS(PICTURE("--by", "nationality"), INB_USAGE, "expected age, sex or form");
    INB_FAILS(PICTURE("--by", "sex", "--by", "sex"), INB_USAGE, "'sex' twice");
    INB_FAILS(PICTURE("a.csv", "b.csv"), INB_USAGE, "option '--store' belongs to the picture of");
    import_region("m", "f");
    INB_FAILS(PICTURE("--method", "guess"), INB_USAGE, "option '--method': found 'guess'");
    INB_FAILS(PICTURE("--lang", "xx"), INB_USAGE, "");
    put_file("file", "");
    INB_FAILS(PICTURE("--out", in_place("file/deeper")), INB_IO, "cannot be made");
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_picture", page_and_json, swapped_sex, a_row_of_the_log_first, truth_beside,
    what_is_refused)
