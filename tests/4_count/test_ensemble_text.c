// SPDX-License-Identifier: EUPL-1.2
// Rows of an ensemble as lines: numbers in thousands, a dash for none, rows about the same lists on
// one line.

#include "ensemble_text.h"
#include "inb_test.h"

#include <string.h>

INB_TEST(lines) {
    const inb_ensemble_row rows[] = {
        {.kind = INB_ENSEMBLE_METHOD,
            .method = "stepwise",
            .lists_text = "",
            .has_estimate = true,
            .estimate = 1234567.4,
            .has_interval = true,
            .interval = {0.95, 999.4, 1000, INB_INTERVAL_MODEL}},
        {.kind = INB_ENSEMBLE_METHOD, .method = "bic", .lists_text = "", .note = "no number"},
        {.kind = INB_ENSEMBLE_WITHOUT,
            .method = "stepwise",
            .lists = 1,
            .lists_text = "A",
            .has_estimate = true,
            .estimate = 12},
        {.kind = INB_ENSEMBLE_WITHOUT, .method = "bic", .lists = 1, .lists_text = "A"},
    };
    inb_estimate estimate = {.ensemble_count = 4, .ensemble = rows};
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_i_ensemble_text(&estimate, &out);
    const char *text = inb_buffer_get(&out);
    ck_assert_ptr_nonnull(strstr(text, "Every method on the same lists\n  stepwise "));
    ck_assert_ptr_nonnull(strstr(text, "  1,234,567         999 to       1,000  model\n"));
    ck_assert_ptr_nonnull(strstr(text, "          -  no number\n\nOne list left out"));
    ck_assert_ptr_nonnull(strstr(text, "          12           -\n"));
    inb_buffer_clear(&out);
    estimate.ensemble_count = 0;
    inb_i_ensemble_text(&estimate, &out);
    ck_assert_uint_eq(out.length, 0);
}
INB_END

INB_TEST_MAIN("4_count/ensemble_text", lines)
