// SPDX-License-Identifier: EUPL-1.2
// Bars stand where their numbers are, on an axis from zero; what is estimated begins where what is
// counted ends; a row without a value has no bar; texts are escaped and named for those who listen.

#include "publish_help.h"

static char text[1 << 16];

static void draw(const inb_bars *bars, unsigned width) {
    inb_picture picture = place("en", width);
    inb_buffer out = INB_BUFFER_INIT(sizeof text - 1);
    inb_svg_bars(&picture, bars, &out);
    INB_OK_IS(inb_buffer_check(&out, err));
    check_markup(inb_buffer_get(&out));
    memcpy(text, inb_buffer_get(&out), out.length + 1);
    inb_buffer_clear(&out);
}

static double number_after(const char *from, const char *name) {
    const char *at = strstr(from, name);
    ck_assert_msg(at != NULL, "no %s", name);
    return strtod(at + strlen(name), NULL);
}

static const inb_bar rows[] = {
    {.label = "A & <b>",
        .words = "25",
        .has_value = true,
        .value = 25,
        .has_more = true,
        .more = 75,
        .has_interval = true,
        .low = 50,
        .high = 100,
        .has_mark = true,
        .mark = 60},
    {.label = "hidden", .words = "fewer than 11"},
};

static inb_bars bars_of(size_t count) {
    return (inb_bars){.title = "T \"1\"",
        .description = "D",
        .unit = "people",
        .value_name = "seen",
        .row_count = count,
        .rows = rows};
}

INB_TEST(where_numbers_are) {
    inb_bars bars = bars_of(2);
    draw(&bars, INB_PICTURE_DESK);
    double length = 700 - 14;
    const char *row = strstr(text, ">A &amp; &lt;b&gt;</text>");
    ck_assert_ptr_nonnull(row);
    const char *hatched = strstr(row, "url(#t-hatch)");
    INB_NEAR_ABS(number_after(hatched, " x=\""), 2 + 0.25 * length, 0.01);
    INB_NEAR_ABS(number_after(hatched, "width=\""), 0.5 * length, 0.01);
    const char *filled = strstr(hatched, "<rect");
    INB_NEAR_ABS(number_after(filled, " x=\""), 2, 0.01);
    INB_NEAR_ABS(number_after(filled, "width=\""), 0.25 * length, 0.01);
    const char *range = strstr(row, "class=\"p-range\"");
    INB_NEAR_ABS(number_after(range, " d=\"M"), 2 + 0.5 * length, 0.01);
    INB_NEAR_ABS(number_after(range, "H"), 2 + length, 0.01);
    INB_NEAR_ABS(number_after(strstr(row, "p-mark"), "translate("), 2 + 0.6 * length, 0.01);
    // The hidden row: words, and no bar after them.
    const char *hidden = strstr(text, ">hidden</text>");
    ck_assert_ptr_nonnull(strstr(hidden, "fewer than 11"));
    ck_assert_ptr_null(strstr(hidden, "<rect"));
    ck_assert(holds(text, "role=\"img\"") && holds(text, ">T &quot;1&quot;</title>"));
    ck_assert(holds(text, ">seen</text>"));
}
INB_END

INB_TEST(an_axis_that_is_given) {
    inb_bars bars = bars_of(1);
    bars.most = 200;
    draw(&bars, INB_PICTURE_DESK);
    const char *hatched = strstr(strstr(text, ">A &amp;"), "url(#t-hatch)");
    INB_NEAR_ABS(number_after(hatched, "width=\""), 0.25 * (700 - 14), 0.01);
    bars.row_count = 0;
    draw(&bars, INB_PICTURE_DESK);
    ck_assert_str_eq(text, "");
}
INB_END

// On a phone long words stand under their label, and everything stays inside.
INB_TEST(on_a_phone) {
    static const inb_bar wide[] = {{.label = "a label that is not short",
        .words = "in view 1,234, estimated 4,321 (3,000 to 6,000)",
        .has_value = true,
        .value = 10}};
    inb_bars bars = {.title = "T", .description = "D", .unit = "u", .row_count = 1, .rows = wide};
    draw(&bars, INB_PICTURE_PHONE);
    ck_assert(!holds(text, "text-anchor=\"end\""));
    // Longer than the picture is wide: parted at the comma, whole.
    ck_assert(holds(text, ">in view 1,234,</text>"));
    ck_assert(holds(text, ">estimated 4,321 (3,000 to 6,000)</text>"));
    draw(&bars, INB_PICTURE_DESK);
    ck_assert(holds(text, "text-anchor=\"end\""));
    ck_assert(holds(text, ">in view 1,234, estimated 4,321 (3,000 to 6,000)</text>"));
}
INB_END

// A long label is parted too, and what has no place to part is shortened: nothing is cut off.
INB_TEST(long_labels) {
    static const inb_bar wide[] = {
        {.label = "eighteen years or older: only over organisations", .words = "12 people"},
        {.label = "a_value_of_a_column_that_somebody_filled_with_a_very_long_word",
            .words = "12 people"}};
    inb_bars bars = {.title = "T", .description = "D", .unit = "u", .row_count = 2, .rows = wide};
    draw(&bars, INB_PICTURE_PHONE);
    ck_assert(holds(text, ">eighteen years or older:</text>"));
    ck_assert(holds(text, ">only over organisations</text>"));
    ck_assert(!holds(text, "very_long_word<") && holds(text, "\xe2\x80\xa6</text>"));
    draw(&bars, INB_PICTURE_DESK);
    ck_assert(holds(text, ">eighteen years or older: only over organisations</text>"));
}
INB_END

INB_TEST_MAIN(
    "5_publish/svg_bars", where_numbers_are, an_axis_that_is_given, on_a_phone, long_labels)
