// SPDX-License-Identifier: EUPL-1.2
// What all pages share: frame, ways out, hidden fields.
// Method: pages made without a server and searched.

#include "walk.h"

INB_TEST(the_frame_is_on_every_page) {
    const char *page = make(INB_DESK_ABOUT, 0, NULL, NOW);
    ck_assert_ptr_nonnull(strstr(page, "href=\"/en/about\"")); // a plain page: a link
    ck_assert_ptr_nonnull(strstr(page, "href=\"https://www.buienradar.nl/\""));
    page = make(INB_DESK_CARD, 1, NULL, NOW);
    ck_assert_ptr_nonnull(strstr(page, "formaction=\"/nl/card\"")); // answers come along
    ck_assert_ptr_nonnull(strstr(page, "formaction=\"/en/exit\""));
    ck_assert_ptr_nonnull(strstr(page, "href=\"#main\""));
}
INB_END

INB_TEST(a_sheet_stays_and_a_stamp_changes) {
    char sheets[3][64];
    char stamps[2][128];
    make(INB_DESK_CARD, 0, NULL, NOW);
    hidden("sheet", sheets[0], sizeof sheets[0]);
    hidden("stamp", stamps[0], sizeof stamps[0]);
    press("age:teen");
    hidden("sheet", sheets[1], sizeof sheets[1]);
    hidden("stamp", stamps[1], sizeof stamps[1]);
    make(INB_DESK_CARD, 0, NULL, NOW);
    hidden("sheet", sheets[2], sizeof sheets[2]);
    ck_assert_str_eq(sheets[0], sheets[1]);
    ck_assert_str_ne(sheets[0], sheets[2]);
    ck_assert_str_ne(stamps[0], stamps[1]);
}
INB_END

INB_TEST_MAIN("desk/making", the_frame_is_on_every_page, a_sheet_stays_and_a_stamp_changes)
