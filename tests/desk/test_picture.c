// SPDX-License-Identifier: EUPL-1.2
// The figures page's values: the published estimates come back, and every part is drawn.

#include "desk/picture.h"

#include "inb_test.h"

#include <string.h>

INB_TEST(published_estimates_come_back) {
    inb_desk_picture *picture = NULL;
    INB_OK_IS(inb_desk_picture_new(&picture, err));
    double seen = 0;
    double low = 0;
    double high = 0;
    ck_assert(!inb_desk_picture_range(picture, INB_DESK_PICTURE_REGISTERED, &seen, &low, &high));
    ck_assert(inb_desk_picture_range(picture, INB_DESK_PICTURE_HIDDEN_UK, &seen, &low, &high));
    INB_NEAR_REL(seen, 2744, 1e-12);
    INB_NEAR_REL(low, 11312.9903, 1e-4);
    INB_NEAR_REL(high, 13444, 1e-4);
    ck_assert(inb_desk_picture_range(picture, INB_DESK_PICTURE_HIDDEN_NL, &seen, &low, &high));
    INB_NEAR_REL(seen, 8234, 1e-12);
    INB_NEAR_REL(low, 52924, 1e-4);
    INB_NEAR_REL(high, 121521.6137, 1e-4);
    inb_desk_picture_free(picture);
    inb_desk_picture_free(NULL);
}
INB_END

INB_TEST(every_part_has_a_picture_and_a_table) {
    inb_desk_picture *picture = NULL;
    inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_desk_picture_new(&picture, err));
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    for (int i = 0; i < INB_DESK_PICTURE_COUNT; i++) {
        inb_desk_picture_part part = (inb_desk_picture_part)i;
        inb_picture where = {catalogue, "nl", "x", INB_PICTURE_PHONE};
        inb_buffer out = INB_BUFFER_INIT(1 << 20);
        inb_desk_picture_svg(picture, part, &where, &out);
        ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "<svg"));
        ck_assert_ptr_null(strstr(inb_buffer_get(&out), "style=")); // the policy forbids it
        inb_buffer_reset(&out);
        inb_desk_picture_table(picture, part, &where, &out);
        ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "<table"));
        ck_assert_ptr_null(strstr(inb_buffer_get(&out), "style="));
        ck_assert_ptr_nonnull(inb_desk_picture_key(part));
        inb_buffer_clear(&out);
    }
    inb_catalogue_free(catalogue);
    inb_desk_picture_free(picture);
}
INB_END

INB_TEST(numbers_of_people) {
    char text[32];
    static const struct {
        double people;
        const char *dutch;
        const char *english;
    } cases[] = {{0, "0", "0"}, {999, "999", "999"}, {1000, "1.000", "1,000"},
        {52924.4, "52.924", "52,924"}, {1234567, "1.234.567", "1,234,567"}};
    for (size_t i = 0; i < 5; i++) {
        inb_desk_people(cases[i].people, "nl", text);
        ck_assert_str_eq(text, cases[i].dutch);
        inb_desk_people(cases[i].people, "en", text);
        ck_assert_str_eq(text, cases[i].english);
    }
}
INB_END

INB_TEST_MAIN("desk/picture", published_estimates_come_back, every_part_has_a_picture_and_a_table,
    numbers_of_people)
