// SPDX-License-Identifier: EUPL-1.2
// A study of coverage as text and JSON: every figure of a made-up one is found back.

#include "base/alloc.h"
#include "inb_test.h"

#include <inbeeld/coverage.h>

#include <jansson.h>
#include <string.h>

static inb_coverage made_up(void) {
    inb_coverage coverage = {.options = {500, 200}, .level = 0.9};
    coverage.truths[INB_TRUTH_FITTED] = (inb_coverage_truth){.truth = INB_TRUTH_FITTED,
        .given = true,
        .people = 1234,
        .without = 3,
        .error = -0.125,
        .intervals = {{INB_INTERVAL_MODEL, 497, 400, 0.8, 0.0179, 0.5},
            {INB_INTERVAL_PROFILE, 0, 0, 0, 0, 0}, {INB_INTERVAL_BCA, 497, 450, 0.9, 0.0134, 1.5}}};
    coverage.truths[INB_TRUTH_PAIR] =
        (inb_coverage_truth){.truth = INB_TRUTH_PAIR, .given = true, .people = 99, .added = 6};
    coverage.truths[INB_TRUTH_HETEROGENEITY].truth = INB_TRUTH_HETEROGENEITY;
    coverage.truths[INB_TRUTH_THREE] =
        (inb_coverage_truth){.truth = INB_TRUTH_THREE, .given = true, .people = 98, .added = 7};
    return coverage;
}

INB_TEST(figures_are_found_back) {
    static const char *const names[] = {"a", "b", "c"};
    const int64_t counts[] = {0, 1, 1, 1, 1, 1, 1, 1};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(names, 3, counts, &histories, err));
    inb_coverage coverage = made_up();
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_coverage_json(&coverage, histories, &out);
    json_t *root = json_loads(inb_buffer_get(&out), 0, NULL);
    ck_assert_ptr_nonnull(root);
    const json_t *truths = json_object_get(root, "truths");
    ck_assert_uint_eq(json_array_size(truths), 4);
    const json_t *fitted = json_array_get(truths, 0);
    ck_assert_uint_eq(json_array_size(json_object_get(fitted, "intervals")), 2);
    const json_t *bca = json_array_get(json_object_get(fitted, "intervals"), 1);
    ck_assert_str_eq(json_string_value(json_object_get(bca, "kind")), "bca");
    INB_NEAR_REL(json_number_value(json_object_get(bca, "coverage")), 0.9, 1e-12);
    ck_assert_str_eq(json_string_value(json_object_get(json_array_get(truths, 1), "added")), "bxc");
    ck_assert(json_is_false(json_object_get(json_array_get(truths, 2), "given")));
    json_decref(root);
    inb_buffer_reset(&out);
    inb_coverage_text(&coverage, histories, &out);
    static const char *const words[] = {"500 drawn from each truth", "says 90 %", "N 1234",
        "off by -12.5 %", "3 tables without", "covers  80.0 % (+- 1.8), 50 % of N wide",
        "bca       covers  90.0 %", "on each other: bxc", "together: axbxc",
        "no truth 'heterogeneity'"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        ck_assert_msg(strstr(inb_buffer_get(&out), words[i]) != NULL, "lacks '%s'", words[i]);
    }
    inb_buffer_clear(&out);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/coverage_out", figures_are_found_back)
