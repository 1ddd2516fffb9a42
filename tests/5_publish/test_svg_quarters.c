// SPDX-License-Identifier: EUPL-1.2
// Bars by quarter from zero: heights are counts, a hidden one has one height whatever it is, breaks
// are drawn with their number, the quarter that runs is open.

#include "publish_help.h"

static char text[1 << 16];

static void draw(const inb_quarter *items, size_t count, unsigned width) {
    inb_quarters quarters = {.title = "T",
        .description = "D",
        .unit = "signals",
        .hidden_name = "1 to 10",
        .count = count,
        .items = items};
    inb_picture picture = place("en", width);
    inb_buffer out = INB_BUFFER_INIT(sizeof text - 1);
    inb_svg_quarters(&picture, &quarters, &out);
    INB_OK_IS(inb_buffer_check(&out, err));
    check_markup(inb_buffer_get(&out));
    memcpy(text, inb_buffer_get(&out), out.length + 1);
    inb_buffer_clear(&out);
}

// The height of the nth bar.
static double height(size_t n) {
    const char *at = text;
    for (size_t i = 0; i <= n; i++) {
        at = strstr(at + 1, "<rect class=\"p-bar");
        ck_assert_ptr_nonnull(at);
    }
    return strtod(strstr(at, "height=\"") + 8, NULL);
}

INB_TEST(heights_are_counts) {
    static const inb_quarter items[] = {{2025, 3, 100, false, 0, false},
        {2025, 4, 50, false, 0, false}, {2026, 1, 0, true, 1, false},
        {2026, 2, 25, false, 0, true}};
    draw(items, 4, INB_PICTURE_DESK);
    INB_NEAR_REL(height(0), 2 * height(1), 1e-3);
    INB_NEAR_REL(height(0), 4 * height(3), 1e-3);
    ck_assert_uint_eq(count_of(text, "class=\"p-break"), 1);
    ck_assert(holds(text, ">1 to 10</text>") && holds(text, ">2025</text>"));
    ck_assert(holds(text, "stroke-dasharray=\"4 3\" x=")); // the one that runs
    double one = height(2);
    inb_quarter others[4];
    memcpy(others, items, sizeof items);
    others[2].count = 9; // whatever it is
    draw(others, 4, INB_PICTURE_DESK);
    INB_NEAR_ABS(height(2), one, 1e-9);
}
INB_END

INB_TEST(without_breaks_and_on_a_phone) {
    static const inb_quarter items[] = {
        {2025, 1, 3, false, 0, false}, {2025, 2, 12, false, 0, false}};
    draw(items, 2, INB_PICTURE_PHONE);
    ck_assert(!holds(text, "p-break") && !holds(text, "1 to 10"));
    draw(items, 0, INB_PICTURE_PHONE);
    ck_assert_str_eq(text, "");
}
INB_END

INB_TEST_MAIN("5_publish/svg_quarters", heights_are_counts, without_breaks_and_on_a_phone)
