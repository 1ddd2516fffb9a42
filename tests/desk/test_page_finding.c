// SPDX-License-Identifier: EUPL-1.2
// The finding as a page: forms with their reserve, routes for both readings of an unknown age, what
// to ask next, no word for an offender under twelve.

#include "walk.h"

INB_TEST(a_card_to_its_finding) {
    static const char *const buttons[] = {"age:teen", "who:police_beat", "where:arrest",
        "answer:no", "answer:yes", "answer:yes", "answer:yes", "answer:unknown", "answer:no",
        "gain:parent", "answer:no", NULL};
    walk(buttons);
    const char *page = inb_buffer_get(&out);
    ck_assert_ptr_nonnull(strstr(page, "bewijst niets"));
    ck_assert_ptr_nonnull(strstr(page, "href=\"tel:"));
    ck_assert_ptr_nonnull(strstr(page, "(CR-11)"));
    ck_assert_ptr_null(strstr(page, "javascript"));
    ck_assert_ptr_null(strstr(page, "style="));
    ck_assert_ptr_null(strstr(page, "onclick"));
}
INB_END

INB_TEST(a_level_is_never_without_its_reserve) {
    static const char *const answers[] = {"answer:no", "answer:unknown", "answer:yes"};
    for (size_t a = 0; a < 3; a++) {
        for (int l = 0; l < 2; l++) {
            static const char *const buttons[] = {"age:teen", "who:school", "where:school", NULL};
            walk(buttons);
            for (int i = 0; i < 4; i++) {
                press(answers[a]);
            }
            const char *page = make(INB_DESK_CARD, (size_t)l, form("show", ""), NOW);
            ck_assert_ptr_nonnull(strstr(page, l == 0 ? "Het bewijst niets" : "It proves nothing"));
            ck_assert_ptr_nonnull(strstr(page, "inb-list--offer"));
            ck_assert_ptr_nonnull(strstr(page, inb_catalogue_version(catalogue)));
        }
    }
}
INB_END

INB_TEST(an_unknown_age_is_asked_and_both_readings_shown) {
    static const char *const buttons[] = {"age:unknown", "who:public", "where:work", "answer:no",
        "answer:yes", "answer:yes", "show", NULL};
    walk(buttons);
    const char *page = inb_buffer_get(&out);
    ck_assert_ptr_nonnull(strstr(page, "value=\"age:adult\""));
    ck_assert_ptr_nonnull(strstr(page, "het een kind is"));
    ck_assert_ptr_nonnull(strstr(page, "het een volwassene is"));
    page = press("age:adult");
    ck_assert_ptr_null(strstr(page, "value=\"age:adult\""));
    ck_assert_ptr_null(strstr(page, "het een kind is"));
    const char *ask = strstr(page, "value=\"ask:");
    ck_assert_ptr_nonnull(ask);
    char button[64];
    snprintf(button, sizeof button, "%.*s", (int)strcspn(ask + 7, "\""), ask + 7);
    page = press(button);
    ck_assert_ptr_null(strstr(page, button));
}
INB_END

INB_TEST(no_offender_under_twelve_on_any_page) {
    static const char *const buttons[] = {"age:under12", "who:police_beat", "where:arrest",
        "answer:no", "answer:yes", "show", "more", NULL};
    walk(buttons);
    ck_assert_ptr_null(strstr(inb_buffer_get(&out), "ergens van verdacht"));
    make(INB_DESK_CARD, 0, form("show", "&suspected=on"), NOW);
    ck_assert_uint_eq(answer.status, 200);
    ck_assert_ptr_null(strstr(inb_buffer_get(&out), "verdachte"));
    ck_assert_ptr_null(strstr(inb_buffer_get(&out), "dader"));
    ck_assert_ptr_null(strstr(inb_buffer_get(&out), "ergens van verdacht"));
}
INB_END

INB_TEST_MAIN("desk/page_finding", a_card_to_its_finding, a_level_is_never_without_its_reserve,
    an_unknown_age_is_asked_and_both_readings_shown, no_offender_under_twelve_on_any_page)
