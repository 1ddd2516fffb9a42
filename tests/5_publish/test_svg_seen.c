// SPDX-License-Identifier: EUPL-1.2
// A hundred dots: as many of each kind as the shares say, and shares out of range cause no harm.

#include "publish_help.h"

static const struct {
    double low;
    double high;
    size_t in;
    size_t between;
} wanted[] = {{0, 0, 0, 0}, {0.186, 0.325, 19, 14}, {0.07, 0.07, 7, 0}, {1, 1, 100, 0},
    {0.5, 2, 50, 50}, {-1, 0.2, 0, 20}, {0.4, 0.3, 40, 0}};

INB_TEST(as_many_dots_as_people) {
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        for (unsigned phone = 0; phone < 2; phone++) {
            inb_picture picture = place("en", phone ? INB_PICTURE_PHONE : INB_PICTURE_DESK);
            inb_buffer out = INB_BUFFER_INIT(1 << 20);
            inb_svg_seen(&picture, wanted[i].low, wanted[i].high, &out);
            INB_OK_IS(inb_buffer_check(&out, err));
            const char *svg = inb_buffer_get(&out);
            check_markup(svg);
            size_t between = wanted[i].between;
            // One more of each kind in the legend.
            ck_assert_uint_eq(count_of(svg, "stroke-dasharray"), between + (between > 0));
            ck_assert_uint_eq(count_of(svg, "class=\"p-off\""), 101 - wanted[i].in - between);
            ck_assert_uint_eq(count_of(svg, "<circle"), 102 + (between > 0));
            char words[32];
            snprintf(words, sizeof words, ">%zu in view</text>", wanted[i].in);
            ck_assert(holds(svg, words));
            inb_buffer_clear(&out);
        }
    }
}
INB_END

INB_TEST_MAIN("5_publish/svg_seen", as_many_dots_as_people)
