// SPDX-License-Identifier: EUPL-1.2
// One model over lists and groups as JSON and in words: every figure of a made-up one is found
// back.

#include "base/alloc.h"
#include "inb_test.h"

#include <inbeeld/pooling.h>

#include <jansson.h>
#include <string.h>

INB_TEST(figures_are_found_back) {
    static const char *const by[] = {"sex"};
    static const char text[] =
        "a,b,sex,count\n1,0,f,5\n0,1,f,4\n1,1,f,2\n1,0,m,5\n0,1,m,1\n1,1,m,1\n";
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("t.csv", text, sizeof text - 1, by, 1, &histories, err));
    inb_list_set pairs[] = {3};
    inb_group_figure groups[] = {{true, true, 11, 21.5, 10.5, 15, 40}, {.given = false}};
    inb_group_model model = {.given = true,
        .group_count = 2,
        .groups = groups,
        .total = {true, false, 11, 21.5, 10.5, 14, 44},
        .level = 0.9,
        .kind = INB_INTERVAL_MODEL,
        .apart = 2,
        .pair_count = 1,
        .pairs = pairs,
        .criterion = 12.5};
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_group_model_json(&model, histories, &out);
    json_t *root = json_loads(inb_buffer_get(&out), 0, NULL);
    ck_assert_ptr_nonnull(root);
    const json_t *interval = json_object_get(root, "interval");
    INB_NEAR_REL(json_number_value(json_object_get(root, "estimate")), 21.5, 1e-12);
    INB_NEAR_REL(json_number_value(json_object_get(interval, "high")), 44, 1e-12);
    ck_assert_str_eq(json_string_value(json_object_get(interval, "kind")), "model");
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(root, "apart"), 0)), "b");
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(root, "model"), 0)), "axb");
    const json_t *list = json_object_get(root, "groups");
    ck_assert_uint_eq(json_array_size(list), 2);
    ck_assert(json_is_null(json_object_get(json_array_get(list, 1), "estimate")));
    INB_NEAR_REL(
        json_number_value(json_object_get(json_array_get(list, 0), "hidden")), 10.5, 1e-12);
    ck_assert(json_is_true(json_object_get(json_array_get(list, 0), "too_small")));
    json_decref(root);
    inb_buffer_reset(&out);
    inb_group_model_text(&model, histories, &out);
    const char *told = inb_buffer_get(&out);
    ck_assert_ptr_nonnull(strstr(told, "22 in all, 90 % 14 to 44 (the model taken as given"));
    ck_assert_ptr_nonnull(strstr(told, "f  11 seen, 22 in all, 15 to 40  (too small: nobody on"));
    ck_assert_ptr_nonnull(strstr(told, "m  nobody seen"));
    ck_assert_ptr_nonnull(strstr(told, "seen differently by group: b\n"));
    ck_assert_ptr_nonnull(strstr(told, "shared    axb"));
    inb_buffer_reset(&out);
    model.given = false;
    model.reason = "there is no second group";
    inb_group_model_text(&model, histories, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "none: there is no second group"));
    inb_buffer_reset(&out);
    inb_group_model_json(&model, histories, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "\"estimate\":null"));
    inb_buffer_clear(&out);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/group_model_out", figures_are_found_back)
