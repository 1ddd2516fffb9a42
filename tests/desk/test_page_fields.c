// SPDX-License-Identifier: EUPL-1.2
// The pages with fields: what is missing is said, wrong values are refused, what is taken in can be
// taken back, and every row of the norm is reachable.

#include "walk.h"

INB_TEST(the_list_says_what_is_missing) {
    make(INB_DESK_LIST, 0, NULL, NOW);
    const char *page = make(INB_DESK_CARD, 0, form("show", "&reporter="), NOW);
    ck_assert_uint_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(page, "id=\"errors\""));
    ck_assert_ptr_nonnull(strstr(page, "href=\"#age-under12\""));
    ck_assert_ptr_nonnull(strstr(page, "id=\"age-under12\""));
    ck_assert_ptr_nonnull(strstr(page, "href=\"#reporter\""));
    make(INB_DESK_CARD, 0, form("show", "&age=teen&reporter=school&r.CR-11=yes"), NOW);
    ck_assert_uint_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "(CR-11)"));
    // Every question and circumstance that is not left out can be reached.
    press("list");
    page = inb_buffer_get(&out);
    for (size_t row = 0; row < inb_catalogue_rows(catalogue); row++) {
        const inb_indicator *i = inb_catalogue_row(catalogue, row);
        char name[48];
        snprintf(
            name, sizeof name, "name=\"%s.%s\"", i->kind == INB_CIRCUMSTANCE ? "c" : "r", i->id);
        bool asked = i->kind != INB_EXCLUDED_PROXY && !i->omitted;
        ck_assert_msg((strstr(page, name) != NULL) == asked, "%s", i->id);
    }
}
INB_END

INB_TEST(wrong_values_on_the_list_are_refused) {
    static const char *const wrong[] = {"&age=12", "&reporter=canary", "&r.CR-11=perhaps",
        "&r.CI-01=yes", "&r.NO-01=yes", "&c.CR-11=on", "&c.CI-01=off", "&r.CR-11=yes&r.CR-11=no",
        "&danger=yes", "&denies=on"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        make(INB_DESK_LIST, 0, NULL, NOW);
        make(INB_DESK_CARD, 0, form("show", wrong[i]), NOW);
        ck_assert_msg(answer.status == 400, "%s gave %u", wrong[i], answer.status);
    }
    static const char *const wrong_more[] = {"&danger=perhaps", "&police=x", "&consent=x",
        "&profits.x=on", "&profits.parent=off", "&around.x=on", "&denies=1", "&r.CR-11=yes",
        "&age=teen", "&canary=1"};
    for (size_t i = 0; i < sizeof wrong_more / sizeof wrong_more[0]; i++) {
        static const char *const buttons[] = {
            "age:teen", "who:ngo", "where:work", "show", "more", NULL};
        walk(buttons);
        make(INB_DESK_CARD, 0, form("show", wrong_more[i]), NOW);
        ck_assert_msg(answer.status == 400, "%s gave %u", wrong_more[i], answer.status);
    }
}
INB_END

INB_TEST(more_is_kept_and_can_be_taken_back) {
    static const char *const buttons[] = {
        "age:teen", "who:school", "where:school", "show", "more", NULL};
    walk(buttons);
    make(INB_DESK_CARD, 0,
        form("show",
            "&danger=no&unaccompanied=yes&police=unwanted&consent=refused&profits.parent=on"
            "&profits.partner=on&around.unaware=on&denies=on&suspected=on&c.CI-01=on&c.CI-18=on"),
        NOW);
    char card[INB_CARD_TEXT];
    hidden("card", card, sizeof card);
    ck_assert_str_eq(card, "1.f0.t.school.school.nyyyy3222..CI-01,CI-18");
    press("more");
    make(INB_DESK_CARD, 0, form("show", "&police=not_asked&consent=not_asked"), NOW);
    hidden("card", card, sizeof card);
    ck_assert_str_eq(card, "1.f0.t.school.school.ny---0000..");
}
INB_END

INB_TEST_MAIN("desk/page_fields", the_list_says_what_is_missing,
    wrong_values_on_the_list_are_refused, more_is_kept_and_can_be_taken_back)
