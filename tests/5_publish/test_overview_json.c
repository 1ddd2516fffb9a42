// SPDX-License-Identifier: EUPL-1.2
// The picture as JSON: read by a library again, the groups that were asked for, no small count.

#include "overview_help.h"

#include <jansson.h>

static json_t *json_of(const char *const *by, size_t count) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report("nl");
    inb_overview_json(&report, by, count, &out);
    INB_OK_IS(inb_buffer_check(&out, err));
    json_error_t error;
    json_t *root = json_loadb(out.data, out.length, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(root != NULL, "line %d: %s", error.line, error.text);
    return root;
}

// No number in the JSON is the small one.
static void no_secret(json_t *value) {
    const char *key;
    json_t *inner;
    size_t i;
    ck_assert(!json_is_integer(value) || json_integer_value(value) != help_secret);
    if (json_is_object(value)) {
        json_object_foreach(value, key, inner) {
            no_secret(inner);
        }
    }
    json_array_foreach(value, i, inner) {
        no_secret(inner);
    }
}

INB_TEST(all_of_it) {
    help_fill();
    json_t *root = json_of(NULL, 0);
    no_secret(root);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "persons")), 1234);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "groups")),
        INB_AGE_CLASS_COUNT + INB_SEX_COUNT + INB_FORM_COUNT);
    json_t *unknown = json_array_get(json_object_get(root, "groups"), INB_AGE_UNKNOWN);
    ck_assert(json_is_null(json_object_get(unknown, "persons")));
    ck_assert(json_is_true(json_object_get(unknown, "persons_few")));
    ck_assert_ptr_null(json_object_get(unknown, "seen_once")); // nothing else of so few
    json_t *sources = json_object_get(root, "sources");
    ck_assert_uint_eq(json_array_size(sources), 5); // criminal 3, sexual 2 with police at 0
    json_t *beat = json_array_get(sources, 0);
    json_t *health = json_array_get(sources, 2);
    for (size_t i = 0; i < 5; i++) {
        json_t *row = json_array_get(sources, i);
        const char *form = json_string_value(json_object_get(row, "form"));
        const char *source = json_string_value(json_object_get(row, "source"));
        beat = strcmp(form, "criminal") == 0 && strcmp(source, "police_beat") == 0 ? row : beat;
        health = strcmp(source, "health") == 0 ? row : health;
    }
    ck_assert(json_is_null(json_object_get(beat, "signals")));
    ck_assert_ptr_null(json_object_get(beat, "share"));
    ck_assert(json_number_value(json_object_get(health, "share")) == 1);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "trend")), 4);
    ck_assert_str_eq(
        json_string_value(json_object_get(json_object_get(root, "first_quarter"), "health")),
        "2026-Q2");
    INB_NEAR_REL(json_number_value(json_object_get(json_object_get(root, "in_all"), "estimate")),
        4321, 1e-9);
    json_decref(root);
}
INB_END

INB_TEST(groups_asked_for) {
    help_fill();
    static const char *const by[] = {"sex"};
    json_t *root = json_of(by, 1);
    json_t *groups = json_object_get(root, "groups");
    ck_assert_uint_eq(json_array_size(groups), INB_SEX_COUNT);
    json_t *male = json_array_get(groups, INB_SEX_MALE);
    ck_assert_int_eq(json_integer_value(json_object_get(male, "persons")), 600);
    ck_assert(json_is_false(json_object_get(json_object_get(male, "in_all"), "headline")));
    ck_assert(json_is_null(json_object_get(json_array_get(groups, INB_SEX_FEMALE), "in_all")));
    json_decref(root);
}
INB_END

INB_TEST(a_small_picture_has_no_estimate) {
    help_fill();
    help_overview.persons = 10;
    json_t *root = json_of(NULL, 0);
    ck_assert(json_is_null(json_object_get(root, "persons")));
    ck_assert_ptr_null(json_object_get(root, "in_all"));
    json_decref(root);
}
INB_END

INB_TEST_MAIN(
    "5_publish/overview_json", all_of_it, groups_asked_for, a_small_picture_has_no_estimate)
