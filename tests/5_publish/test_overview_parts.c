// SPDX-License-Identifier: EUPL-1.2
// Pieces of the picture: shares with their margin, small counts without a bar, more rows than there
// is room for.

#include "publish_help.h"

#include "overview_i.h"

static inb_buffer out;
static inb_report base;

static inb_i_page page(const char *language) {
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 20);
    base = (inb_report){.catalogue = norm(), .language = language};
    return (inb_i_page){.report = &base, .words = place(language, 0), .out = &out};
}

INB_TEST(shares) {
    inb_picture nl = place("nl", 0);
    ck_assert_str_eq(inb_i_percent(&nl, 0).text, "0");
    ck_assert_str_eq(inb_i_percent(&nl, 0.004).text, "0,4"); // some is not none
    ck_assert_str_eq(inb_i_percent(&nl, 0.125).text, "13");
    ck_assert_str_eq(inb_i_percent(&nl, 1).text, "100");
}
INB_END

INB_TEST(a_share_has_its_margin) {
    inb_i_page p = page("en");
    inb_i_bars bars;
    inb_i_bars_begin(
        &bars, &p, "overview.step.heading", "overview.step.desc", "overview.step.unit");
    inb_i_bars_share(&bars, "shown", 50, 100);
    inb_i_bars_share(&bars, "hidden", 7, 100);
    inb_i_bars_share(&bars, "nobody", 0, 100);
    ck_assert(bars.rows[0].has_value && bars.rows[0].has_interval);
    INB_NEAR_ABS(bars.rows[0].value, 50, 1e-9);
    INB_NEAR_ABS(bars.rows[0].low, 40.38, 0.01); // Wilson, by hand
    INB_NEAR_ABS(bars.rows[0].high, 59.62, 0.01);
    ck_assert(!bars.rows[1].has_value && !bars.rows[1].has_interval);
    ck_assert(bars.rows[2].has_value && bars.rows[2].value == 0 && bars.rows[2].high > 3);
    inb_i_bars_end(&bars, "overview.sources.left");
    INB_OK_IS(inb_buffer_check(&out, err));
    check_markup(inb_buffer_get(&out));
    ck_assert(holds(inb_buffer_get(&out), "50 of 100 (40 to 60)"));
    ck_assert(holds(inb_buffer_get(&out), "<figcaption>Sources with fewer"));
}
INB_END

INB_TEST(rows_have_a_most) {
    inb_i_page p = page("nl");
    inb_i_bars bars;
    inb_i_bars_begin(
        &bars, &p, "overview.step.heading", "overview.step.desc", "overview.step.unit");
    for (int i = 0; i < 3 * INB_I_BARS_MOST; i++) {
        inb_i_bars_share(&bars, "x", 50, 100);
    }
    ck_assert_uint_eq(bars.bars.row_count, INB_I_BARS_MOST);
    inb_i_bars_end(&bars, NULL);
    INB_OK_IS(inb_buffer_check(&out, err));
}
INB_END

INB_TEST(a_cell_hides_what_is_small) {
    inb_i_page p = page("en");
    for (int64_t count = 0; count <= 12; count++) {
        inb_i_cell(&p, count);
    }
    const char *cells = inb_buffer_get(&out);
    ck_assert_uint_eq(count_of(cells, "fewer than 11"), 10);
    ck_assert(holds(cells, ">0<") && holds(cells, ">11<") && holds(cells, ">12<"));
}
INB_END

INB_TEST_MAIN("5_publish/overview_parts", shares, a_share_has_its_margin, rows_have_a_most,
    a_cell_hides_what_is_small)
