// SPDX-License-Identifier: EUPL-1.2
// The JSON has the contract's shape: every key, its type, null where there is no number.

#include "base/json.h"
#include "inb_test.h"

#include <inbeeld/count.h>

#include <string.h>

static json_t *render(
    const char *text, const char *group, inb_count_method method, inb_json *json, inb_buffer *out) {
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    INB_OK_IS(inb_histories_read_memory(
        "h.csv", text, strlen(text), &group, group == NULL ? 0 : 1, &histories, err));
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    inb_estimate_json(estimate, out);
    INB_OK_IS(inb_buffer_check(out, err));
    INB_OK_IS(inb_json_parse("out", out->data, out->length, json, err));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    return json->root;
}

INB_TEST(contract_shape) {
    static const char text[] = "A,B,\"q\"\"uote\",count\n1,0,0,120\n0,1,0,80\n0,0,1,60\n1,1,0,30\n"
                               "1,0,1,25\n0,1,1,15\n1,1,1,5\n";
    inb_json json = INB_JSON_INIT;
    inb_buffer out = INB_BUFFER_INIT((size_t)1 << 20);
    json_t *root = render(text, NULL, INB_COUNT_INDEPENDENCE, &json, &out);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "observed")), 335);
    double estimate = json_number_value(json_object_get(root, "estimate"));
    INB_NEAR_REL(json_number_value(json_object_get(root, "hidden")), estimate - 335, 1e-9);
    json_t *headline = json_object_get(root, "headline");
    ck_assert(json_is_boolean(json_object_get(headline, "given")));
    ck_assert(json_is_string(json_object_get(headline, "reason")));
    ck_assert_uint_eq(json_array_size(json_object_get(headline, "range")), 2);
    json_t *interval = json_object_get(root, "interval");
    INB_NEAR_REL(json_number_value(json_object_get(interval, "level")), 0.95, 1e-12);
    ck_assert_double_lt(json_number_value(json_object_get(interval, "low")), estimate);
    ck_assert_double_gt(json_number_value(json_object_get(interval, "high")), estimate);
    ck_assert_str_eq(json_string_value(json_object_get(interval, "kind")), "model");
    json_t *intervals = json_object_get(root, "intervals");
    ck_assert_uint_eq(json_array_size(intervals), 2);
    ck_assert_str_eq(
        json_string_value(json_object_get(json_array_get(intervals, 1), "kind")), "profile");
    ck_assert(json_is_number(json_object_get(root, "profile_estimate")));
    ck_assert_str_eq(json_string_value(json_object_get(root, "method")), "independence");
    json_t *model = json_object_get(root, "model");
    ck_assert_uint_eq(json_array_size(model), 3);
    ck_assert_str_eq(json_string_value(json_array_get(model, 2)), "q\"uote");
    ck_assert_int_eq(json_integer_value(json_object_get(root, "status")), 0);
    ck_assert(json_is_true(json_object_get(root, "parameters_identified")));
    ck_assert(json_is_number(json_object_get(root, "reference_bound")));
    ck_assert(json_object_get(root, "search") == NULL);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "failed_replicates")), 0);
    ck_assert(json_is_string(json_array_get(json_object_get(root, "warnings"), 0)));
    ck_assert_uint_eq(json_array_size(json_object_get(root, "groups")), 0);
    ck_assert(json_is_array(json_object_get(root, "ensemble")));
    ck_assert(json_is_null(json_object_get(root, "draws")));
    inb_json_clear(&json);
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(no_estimate_is_null) {
    inb_json json = INB_JSON_INIT;
    inb_buffer out = INB_BUFFER_INIT((size_t)1 << 20);
    json_t *root = render("A,B,count\n1,0,5\n0,1,6\n", NULL, INB_COUNT_STEPWISE, &json, &out);
    ck_assert(json_is_null(json_object_get(root, "estimate")));
    ck_assert(json_is_null(json_object_get(root, "hidden")));
    ck_assert(json_is_null(json_object_get(root, "interval")));
    ck_assert(json_is_null(json_object_get(root, "reference_bound")));
    ck_assert(json_is_null(json_object_get(root, "profile_estimate")));
    ck_assert_uint_eq(json_array_size(json_object_get(root, "intervals")), 0);
    ck_assert(json_is_false(json_object_get(json_object_get(root, "headline"), "given")));
    ck_assert(json_is_null(json_object_get(json_object_get(root, "headline"), "range")));
    ck_assert(json_is_object(json_object_get(root, "chapman")));
    inb_json_clear(&json);
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(groups_with_their_values) {
    static const char text[] = "A,B,sex,count\n1,0,f,50\n0,1,f,60\n1,1,f,9\n1,0,,50\n0,1,,60\n"
                               "1,1,,9\n";
    inb_json json = INB_JSON_INIT;
    inb_buffer out = INB_BUFFER_INIT((size_t)1 << 20);
    json_t *root = render(text, "sex", INB_COUNT_STEPWISE, &json, &out);
    json_t *groups = json_object_get(root, "groups");
    ck_assert_uint_eq(json_array_size(groups), 2);
    json_t *first = json_array_get(groups, 0);
    ck_assert_str_eq(
        json_string_value(json_object_get(json_object_get(first, "group"), "sex")), "f");
    ck_assert(
        json_is_null(json_object_get(json_object_get(json_array_get(groups, 1), "group"), "sex")));
    ck_assert_uint_eq(json_array_size(json_object_get(first, "model")), 2);
    ck_assert(json_is_object(json_object_get(root, "pooled")));
    inb_json_clear(&json);
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(a_search_says_what_it_did) {
    static const char text[] = "A,B,C,count\n1,0,0,120\n0,1,0,80\n0,0,1,60\n1,1,0,30\n"
                               "1,0,1,25\n0,1,1,15\n1,1,1,5\n";
    inb_json json = INB_JSON_INIT;
    inb_buffer out = INB_BUFFER_INIT((size_t)1 << 20);
    json_t *root = render(text, NULL, INB_COUNT_BIC, &json, &out);
    ck_assert_str_eq(json_string_value(json_object_get(root, "method")), "bic");
    json_t *search = json_object_get(root, "search");
    ck_assert_str_eq(json_string_value(json_object_get(search, "criterion")), "bic");
    ck_assert(json_is_true(json_object_get(search, "proved")));
    ck_assert_int_eq(json_integer_value(json_object_get(search, "models")), 8);
    ck_assert(json_is_number(json_object_get(search, "value")));
    ck_assert(json_is_number(json_object_get(search, "gap")));
    ck_assert(json_integer_value(json_object_get(search, "fitted")) > 0);
    ck_assert_str_eq(
        json_string_value(json_object_get(json_object_get(root, "interval"), "kind")), "profile");
    ck_assert_uint_eq(json_array_size(json_object_get(root, "compared")), 3);
    inb_json_clear(&json);
    inb_buffer_clear(&out);
}
INB_END

INB_TEST_MAIN("4_count/count_json", contract_shape, no_estimate_is_null, groups_with_their_values,
    a_search_says_what_it_did)
