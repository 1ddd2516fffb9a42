// SPDX-License-Identifier: EUPL-1.2
// Truth beside estimate: sums that agree with the tally, an estimate that is what estimate gives,
// groups too small for one, and both ways of telling.

#include "cli/demo_compare.h"

#include "inb_sweep.h"

#include <string.h>

static inb_world_tally tally;

// Three lists' worth of people in sexual exploitation on all six, independent; one in organ.
static void fill(void) {
    memset(&tally, 0, sizeof tally);
    for (unsigned history = 0; history < INB_WORLD_HISTORIES; history++) {
        double expected = 20000;
        for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
            expected *= (history >> list & 1) != 0 ? 0.2 : 0.8;
        }
        tally.counts[INB_FORM_SEXUAL][history % 2][1][history] = (uint64_t)(expected + 0.5);
    }
    tally.counts[INB_FORM_ORGAN][0][0][0] = 3;
    tally.counts[INB_FORM_ORGAN][0][0][1] = 2;
}

INB_TEST(sums_and_estimates) {
    fill();
    inb_demo_row rows[INB_DEMO_ROWS];
    INB_OK_IS(inb_demo_compare(&tally, rows, err));
    const inb_demo_row *sexual = &rows[INB_FORM_SEXUAL];
    ck_assert_str_eq(sexual->group, "sexual");
    ck_assert(sexual->truth >= 19990 && sexual->truth <= 20010);
    ck_assert_int_eq(sexual->truth - sexual->seen, 5243); // 20000 * 0.8^6
    ck_assert(sexual->has_estimate);
    INB_NEAR_REL(sexual->estimate, 20000, 0.005);
    ck_assert(sexual->low < sexual->estimate && sexual->estimate < sexual->high);
    const inb_demo_row *organ = &rows[INB_FORM_ORGAN];
    ck_assert(organ->truth == 5 && organ->seen == 2 && !organ->has_estimate);
    const inb_demo_row *all = &rows[INB_DEMO_ROWS - 1];
    ck_assert_str_eq(all->group, "all");
    ck_assert_int_eq(all->truth, sexual->truth + 5);
    ck_assert_int_eq(all->seen, sexual->seen + 2);
    ck_assert_int_eq(rows[INB_FORM_LABOUR].truth, 0);
}
INB_END

// A list without anybody of the group takes no part: the estimate of the five others.
INB_TEST(empty_lists) {
    fill();
    for (unsigned history = 0; history < INB_WORLD_HISTORIES; history++) {
        if ((history >> INB_WORLD_INSPECTORATE & 1) != 0) {
            tally.counts[INB_FORM_SEXUAL][history % 2][1][history] = 0;
        }
    }
    inb_demo_row rows[INB_DEMO_ROWS];
    INB_OK_IS(inb_demo_compare(&tally, rows, err));
    ck_assert(rows[INB_FORM_SEXUAL].has_estimate);
    INB_NEAR_REL(rows[INB_FORM_SEXUAL].estimate, 16000, 0.005);
}
INB_END

INB_TEST(told) {
    fill();
    inb_demo_row rows[INB_DEMO_ROWS];
    INB_OK_IS(inb_demo_compare(&tally, rows, err));
    inb_buffer text = INB_BUFFER_INIT(65536);
    inb_demo_compare_text(rows, &text);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&text), "  sexual "));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&text), "too few"));
    ck_assert_ptr_null(strstr(inb_buffer_get(&text), "labour"));
    inb_buffer_reset(&text);
    inb_demo_compare_json(rows, &text);
    inb_json json = INB_JSON_INIT;
    INB_OK_IS(inb_json_parse("rows", inb_buffer_get(&text), text.length, &json, err));
    ck_assert_uint_eq(json_array_size(json.root), INB_DEMO_ROWS);
    const json_t *organ = json_array_get(json.root, INB_FORM_ORGAN);
    ck_assert_int_eq(json_integer_value(json_object_get(organ, "truth")), 5);
    ck_assert(json_is_null(json_object_get(organ, "estimate")));
    inb_json_clear(&json);
    inb_buffer_clear(&text);
}
INB_END

static inb_status compare_once(inb_error *err) {
    inb_demo_row rows[INB_DEMO_ROWS];
    return inb_demo_compare(&tally, rows, err);
}

INB_TEST(memory_refused) {
    fill();
    INB_SWEEP(compare_once(err));
}
INB_END

INB_TEST_MAIN("cli/demo_compare", sums_and_estimates, empty_lists, told, memory_refused)
