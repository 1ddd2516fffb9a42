// SPDX-License-Identifier: EUPL-1.2
// The summary in words and as JSON: valid, complete, and without a value of any record.

#include "inb_link_case.h"
#include "inb_test.h"
#include "linked.h"

#include <jansson.h>

INB_TEST(words_and_json) {
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    INB_OK_IS(inb_case_read(inb_case_a, inb_case_b, NULL, 0, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    inb_linked_json(linked, &out);
    json_t *root = json_loads(inb_buffer_get(&out), 0, NULL);
    ck_assert_ptr_nonnull(root);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "records")), 8);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "files")), 2);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "features")), 6);
    json_decref(root);
    inb_linked_text(linked, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "8 records in 2 files"));
    ck_assert_ptr_nonnull(
        strstr(inb_buffer_get(&out), "nothing is lost to blocking between files"));
    static const char *const values[] = {"roenka", "eldra", "1990", "udwerd", "farm"};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_ptr_null(strstr(inb_buffer_get(&out), values[i]));
    }
    inb_buffer_clear(&out);
    inb_linked_free(linked);
    inb_people_free(people);
}
INB_END

// A column alone, without doubles: nothing was learnt, and both outputs say so.
INB_TEST(what_must_be_known_before) {
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    INB_OK_IS(inb_case_read(
        "id,surname\n1,Oldra\n2,Besk\n3,Winder\n4,Tolm\n", NULL, NULL, 0, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    inb_linked_text(linked, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "Warning: hardly any pair stands out"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "Warning: only one column"));
    inb_buffer_clear(&out);
    inb_linked_json(linked, &out);
    json_t *root = json_loads(inb_buffer_get(&out), 0, NULL);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "warnings")), 2);
    json_decref(root);
    inb_buffer_clear(&out);
    inb_linked_free(linked);
    inb_people_free(people);
}
INB_END

INB_TEST_MAIN("3_link/link_text", words_and_json, what_must_be_known_before)
