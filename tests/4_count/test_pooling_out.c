// SPDX-License-Identifier: EUPL-1.2
// Partially pooled groups as JSON and in words: every figure of made-up ones is found back.

#include "base/alloc.h"
#include "inb_test.h"

#include <inbeeld/pooling.h>

#include <jansson.h>
#include <string.h>

INB_TEST(figures_are_found_back) {
    const char *columns[] = {"sex"};
    const char *women[] = {"f"};
    const char *men[] = {"m"};
    const char *lists[] = {"a", "b"};
    const char *model[] = {"axb"};
    double deviations[] = {0.5, 0.25};
    inb_pooled_group groups[] = {
        {women, 10, 2.5, true, true, 30.5, 18, 20, 50}, {men, 0, 0, false, false, 0, 0, 0, 0}};
    inb_pooling pooling = {.given = true,
        .group_column_count = 1,
        .group_columns = columns,
        .group_count = 2,
        .groups = groups,
        .unknown = 3,
        .observed = 13,
        .estimate = 30.5,
        .low = 20,
        .high = 50,
        .level = 0.9,
        .list_count = 2,
        .lists = lists,
        .deviations = deviations,
        .model_count = 1,
        .model = model,
        .replicates = 100,
        .failed = 4};
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_pooling_json(&pooling, &out);
    json_t *root = json_loads(inb_buffer_get(&out), 0, NULL);
    ck_assert_ptr_nonnull(root);
    INB_NEAR_REL(json_number_value(json_object_get(root, "estimate")), 30.5, 1e-12);
    INB_NEAR_REL(
        json_number_value(json_object_get(json_object_get(root, "deviations"), "b")), 0.25, 1e-12);
    const json_t *first = json_array_get(json_object_get(root, "groups"), 0);
    INB_NEAR_REL(
        json_number_value(json_object_get(json_object_get(first, "interval"), "high")), 50, 1e-12);
    INB_NEAR_REL(json_number_value(json_object_get(first, "assigned")), 2.5, 1e-12);
    ck_assert(json_is_true(json_object_get(first, "too_small")));
    const json_t *second = json_array_get(json_object_get(root, "groups"), 1);
    ck_assert(json_is_null(json_object_get(second, "estimate")));
    ck_assert(json_is_null(json_object_get(second, "interval")));
    json_decref(root);
    inb_buffer_reset(&out);
    inb_pooling_text(&pooling, &out);
    ck_assert_ptr_nonnull(
        strstr(inb_buffer_get(&out), "f  10 seen, 30 in all, 20 to 50  (too small"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "m  nobody seen"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "a 0.50, b 0.25"));
    pooling.given = false;
    pooling.reason = "there is no second group to pool with";
    inb_buffer_reset(&out);
    inb_pooling_text(&pooling, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "none: there is no second group"));
    inb_buffer_reset(&out);
    inb_pooling_json(&pooling, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "{\"given\":false,\"reason\":\"there"));
    inb_buffer_clear(&out);
}
INB_END

INB_TEST_MAIN("4_count/pooling_out", figures_are_found_back)
