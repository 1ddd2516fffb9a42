// SPDX-License-Identifier: EUPL-1.2
// Range plots: bars and diamonds stand where their numbers are, on an axis from zero, or on a
// logarithmic one that says so; a row without an estimate says that.

#include "publish_help.h"

static char text[1 << 16];

static void draw(const inb_forest *forest, unsigned width, bool table) {
    inb_picture picture = place("en", width);
    inb_buffer out = INB_BUFFER_INIT(sizeof text - 1);
    if (table) {
        inb_table_forest(&picture, forest, &out);
    } else {
        inb_svg_forest(&picture, forest, &out);
    }
    INB_OK_IS(inb_buffer_check(&out, err));
    check_markup(inb_buffer_get(&out));
    memcpy(text, inb_buffer_get(&out), out.length + 1);
    inb_buffer_clear(&out);
}

static double number_after(const char *part, const char *name) {
    const char *at = strstr(text, part);
    ck_assert_msg(at != NULL, "no %s", part);
    at = strstr(at, name);
    ck_assert_ptr_nonnull(at);
    return strtod(at + strlen(name), NULL);
}

static const inb_forest_row rows[] = {
    {.label = "A & <b>",
        .has_value = true,
        .value = 50,
        .has_interval = true,
        .low = 25,
        .high = 100},
    {.label = "nothing"},
    {.label = "range", .has_interval = true, .low = 10, .high = 20, .note = "https://x.nl/y"},
};

static inb_forest forest_of(const inb_forest_row *list, size_t count) {
    return (inb_forest){.title = "T \"1\"",
        .description = "D",
        .unit = "people",
        .has_observed = true,
        .observed = 10,
        .observed_label = "seen: 10",
        .row_count = count,
        .rows = list};
}

INB_TEST(linear_from_zero) {
    inb_forest forest = forest_of(rows, 3);
    draw(&forest, INB_PICTURE_DESK, false);
    // 0 to 100 over 666 from 10.
    INB_NEAR_ABS(number_after("class=\"p-bar", " x=\""), 10 + 666 * 0.25, 0.01);
    INB_NEAR_ABS(number_after("class=\"p-bar", " width=\""), 666 * 0.75, 0.01);
    INB_NEAR_ABS(number_after("class=\"p-mark", "translate("), 10 + 666 * 0.5, 0.01);
    INB_NEAR_ABS(number_after("class=\"p-seen", "d=\"M"), 10 + 666 * 0.1, 0.01);
    ck_assert(holds(text, ">50 (25 to 100)</text>"));
    ck_assert(holds(text, ">10 to 20</text>"));
    ck_assert(holds(text, ">no estimate possible</text>"));
    ck_assert(holds(text, "A &amp; &lt;b&gt;"));
    ck_assert(holds(text, "<title id=\"t-title\">T &quot;1&quot;</title>"));
    ck_assert(holds(text, ">0</text>"));
    ck_assert(!holds(text, "ten times"));
    ck_assert_uint_eq(count_of(text, "class=\"p-bar"), 2);
    ck_assert_uint_eq(count_of(text, "class=\"p-mark"), 1);
}
INB_END

INB_TEST(logarithmic_says_so) {
    inb_forest_row wide = {.label = "x", .has_value = true, .value = 5000};
    inb_forest forest = forest_of(&wide, 1);
    draw(&forest, INB_PICTURE_PHONE, false);
    ck_assert(holds(text, "each line is ten times as many"));
    // 10 to 10,000 over 306 from 10.
    INB_NEAR_ABS(number_after("class=\"p-mark", "translate("), 10 + 306 * log10(500) / 3, 0.01);
    ck_assert(!holds(text, ">0</text>"));
    wide.value = 1000;
    draw(&forest, INB_PICTURE_PHONE, false);
    ck_assert(!holds(text, "each line is ten times as many"));
}
INB_END

INB_TEST(the_table_says_the_same) {
    inb_forest forest = forest_of(rows, 3);
    draw(&forest, INB_PICTURE_DESK, true);
    ck_assert(holds(text, "<td class=\"p-number\">50</td><td class=\"p-number\">25</td>"
                          "<td class=\"p-number\">100</td>"));
    ck_assert(holds(text, "seen: 10"));
    ck_assert(holds(text, ">x.nl</a>"));
}
INB_END

INB_TEST(edges) {
    inb_forest forest = forest_of(rows, 0);
    draw(&forest, INB_PICTURE_DESK, false);
    ck_assert_str_eq(text, "");
    inb_forest_row zero = {.label = "x", .has_value = true};
    forest = forest_of(&zero, 1);
    forest.has_observed = false;
    draw(&forest, INB_PICTURE_DESK, false);
    INB_NEAR_ABS(number_after("class=\"p-mark", "translate("), 10, 0.01);
    zero.value = 1e14;
    draw(&forest, INB_PICTURE_PHONE, false);
    ck_assert(!holds(text, "nan") && !holds(text, "inf"));
}
INB_END

INB_TEST_MAIN(
    "5_publish/svg_forest", linear_from_zero, logarithmic_says_so, the_table_says_the_same, edges)
