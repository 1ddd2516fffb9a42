// SPDX-License-Identifier: EUPL-1.2
// Pages without a server: every page in every language, addresses, stamps, quick exit, and hostile
// forms.

#include "walk.h"

INB_TEST(every_page_in_every_language) {
    setup();
    static const inb_desk_route plain[] = {INB_DESK_FRONT, INB_DESK_CARD, INB_DESK_LIST,
        INB_DESK_PICTURE, INB_DESK_ABOUT, INB_DESK_ACCESS};
    for (size_t l = 0; inb_pages_languages(pages)[l] != NULL; l++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "<html lang=\"%s\">", inb_pages_languages(pages)[l]);
        for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
            const char *page = make(plain[i], l, NULL, NOW);
            ck_assert_uint_eq(answer.status, 200);
            ck_assert_ptr_nonnull(strstr(page, wanted));
            ck_assert_ptr_nonnull(strstr(page, "class=\"inb-exit\""));
            ck_assert_ptr_null(strstr(page, ">page.")); // a key without a text
            ck_assert_ptr_null(strstr(page, "\"page."));
            ck_assert_ptr_null(answer.tag);
        }
        static const unsigned errors[] = {400, 403, 404, 405, 409, 413, 421, 431, 500, 503};
        for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
            inb_buffer_reset(&out);
            INB_OK_IS(inb_pages_error(pages, l, errors[i], &out, err));
            ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), wanted));
            ck_assert_ptr_null(strstr(inb_buffer_get(&out), "page.http"));
        }
    }
    make(INB_DESK_CSS, SIZE_MAX, NULL, NOW);
    ck_assert_ptr_nonnull(answer.tag);
    ck_assert_str_eq(answer.type, "text/css; charset=utf-8");
    make(INB_DESK_PICTURE_CSS, SIZE_MAX, NULL, NOW);
    ck_assert_ptr_nonnull(answer.tag);
    make(INB_DESK_ICON, SIZE_MAX, NULL, NOW);
    ck_assert_str_eq(answer.type, "image/svg+xml");
    make(INB_DESK_REPORT, 0, NULL, NOW);
    ck_assert_str_eq(answer.style_hash, "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='");
    make(INB_DESK_ROOT, SIZE_MAX, NULL, NOW);
    ck_assert_uint_eq(answer.status, 404);
}
INB_END

INB_TEST(addresses_are_found) {
    setup();
    static const struct {
        const char *path;
        bool found;
        inb_desk_route route;
        size_t language;
    } cases[] = {
        {"/", true, INB_DESK_ROOT, SIZE_MAX},
        {"/nl/", true, INB_DESK_FRONT, 0},
        {"/en/card", true, INB_DESK_CARD, 1},
        {"/css/inbeeld.css", true, INB_DESK_CSS, SIZE_MAX},
        {"/css/fields.css", true, INB_DESK_FIELDS_CSS, SIZE_MAX},
        {"/nl", false, 0, SIZE_MAX},
        {"/fr/card", false, 0, SIZE_MAX},
        {"/nl/nope", false, 0, 0},
        {"/nl/card/", false, 0, 0},
        {"/nl//card", false, 0, 0},
        {"/nl/../css/inbeeld.css", false, 0, 0},
        {"", false, 0, SIZE_MAX},
        {"/nl/css/inbeeld.css", false, 0, 0},
        {"card", false, 0, SIZE_MAX},
        {"/NL/card", false, 0, SIZE_MAX},
        {"/en/report", true, INB_DESK_REPORT, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_desk_route route = INB_DESK_ROUTE_COUNT;
        size_t language = 99;
        int64_t number = 99;
        bool found = inb_pages_route(pages, cases[i].path, &route, &language, &number);
        ck_assert_msg(found == cases[i].found, "%s", cases[i].path);
        ck_assert_msg(!found || route == cases[i].route, "%s", cases[i].path);
        ck_assert_msg(language == cases[i].language, "%s: %zu", cases[i].path, language);
    }
    inb_pages *without = NULL;
    INB_OK_IS(inb_pages_new(catalogue, NULL, &without, err));
    inb_desk_route route;
    size_t language;
    int64_t number;
    ck_assert(!inb_pages_route(without, "/nl/report", &route, &language, &number));
    ck_assert(!inb_pages_route(without, "/nl/signals", &route, &language, &number));
    inb_pages_of_team(without);
    ck_assert(inb_pages_route(without, "/nl/signals", &route, &language, &number) && number == 0);
    ck_assert(inb_pages_route(without, "/en/signal/17/pass", &route, &language, &number));
    ck_assert(route == INB_DESK_PASS && language == 1 && number == 17);
    static const char *const wrong[] = {"/nl/signal/", "/nl/signal/0", "/nl/signal/017",
        "/nl/signal/1x", "/nl/signal/-1", "/nl/signal/1/", "/nl/signal/1234567890123456",
        "/nl/signal/1/passed", "/nl/signals/before/"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(
            !inb_pages_route(without, wrong[i], &route, &language, &number), "%s", wrong[i]);
    }
    inb_pages_free(without);
    inb_pages_free(NULL);
}
INB_END

INB_TEST(stamps) {
    make(INB_DESK_CARD, 0, NULL, NOW);
    char good[8192];
    snprintf(good, sizeof good, "%s", form("age:teen", ""));
    make(INB_DESK_CARD, 0, good, NOW + INB_STAMP_SECONDS - 1);
    ck_assert_uint_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "who:school"));
    // Too old: the same page again with the answers, not the next one.
    const char *page = make(INB_DESK_CARD, 0, good, NOW + INB_STAMP_SECONDS + 1);
    ck_assert_uint_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(page, "age:teen"));
    ck_assert_ptr_nonnull(strstr(page, "stond lang open"));
    // Forged or without: refused, and the answers can be taken along.
    char *stamp = strstr(good, "stamp=") + 6;
    stamp[0] = stamp[0] == 'A' ? 'B' : 'A';
    page = make(INB_DESK_CARD, 0, good, NOW);
    ck_assert_uint_eq(answer.status, 403);
    ck_assert_ptr_nonnull(strstr(page, "1.a0.-.-.-.-----0000.."));
    press("stay");
    ck_assert_uint_eq(answer.status, 200);
    make(INB_DESK_CARD, 0, "card=1.a0.-.-.-.-----0000..&do=age:teen", NOW);
    ck_assert_uint_eq(answer.status, 403);
}
INB_END

INB_TEST(a_stamp_goes_with_its_sheet_only) {
    make(INB_DESK_CARD, 0, NULL, NOW);
    char good[8192];
    snprintf(good, sizeof good, "%s", form("age:teen", ""));
    char *sheet = strstr(good, "sheet=") + 6;
    sheet[0] = sheet[0] == 'a' ? 'b' : 'a';
    make(INB_DESK_CARD, 0, good, NOW);
    ck_assert_uint_eq(answer.status, 403);
}
INB_END

INB_TEST(quick_exit_puts_the_card_out_of_use) {
    static const char *const buttons[] = {"age:teen", "who:self", "where:sex", "answer:yes", NULL};
    walk(buttons);
    char earlier[8192];
    snprintf(earlier, sizeof earlier, "%s", form("show", ""));
    make(INB_DESK_CARD, 0, earlier, NOW);
    ck_assert_uint_eq(answer.status, 200);
    const char *page = make(INB_DESK_EXIT, 0, form("exit", ""), NOW);
    ck_assert_uint_eq(answer.status, 200);
    ck_assert(answer.forget);
    ck_assert_ptr_nonnull(strstr(page, "http-equiv=\"refresh\""));
    ck_assert_ptr_null(strstr(page, "inbeeld"));
    page = make(INB_DESK_CARD, 0, earlier, NOW + 60); // going back sends the form again
    ck_assert_uint_eq(answer.status, 403);
    ck_assert_ptr_null(strstr(page, "name=\"card\""));
    page = make(INB_DESK_EXIT, 1, "rubbish", NOW); // nobody is kept from leaving
    ck_assert_uint_eq(answer.status, 200);
    make(INB_DESK_EXIT, 1, "", NOW);
    ck_assert_uint_eq(answer.status, 200);
}
INB_END

INB_TEST(hostile_forms_get_a_page) {
    make(INB_DESK_CARD, 0, NULL, NOW);
    static const char *const more[] = {"&x=1", "&r.CR-11=yes", "&age=teen", "&do=show", "&card=1",
        "&stamp=1", "&c.CI-01=on", "&%3Cscript%3E=1", "&x"};
    char start[8192];
    snprintf(start, sizeof start, "%s", form("age:teen", ""));
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        char hostile[9000];
        snprintf(hostile, sizeof hostile, "%s%s", start, more[i]);
        const char *page = make(INB_DESK_CARD, 0, hostile, NOW);
        ck_assert_msg(
            answer.status == 400 || answer.status == 403, "%s gave %u", more[i], answer.status);
        ck_assert_ptr_null(strstr(page, "<script"));
    }
    make(INB_DESK_CARD, 0, "", NOW);
    ck_assert_uint_eq(answer.status, 400);
    make(INB_DESK_CARD, 0, "a=%00", NOW);
    ck_assert_uint_eq(answer.status, 400);
    static char many[INB_RETIRED_MOST * 4];
    size_t n = 0;
    for (int i = 0; i < 600; i++) {
        n += (size_t)snprintf(many + n, 8, "a=1&");
    }
    make(INB_DESK_CARD, 0, many, NOW);
    ck_assert_uint_eq(answer.status, 413);
}
INB_END

INB_TEST_MAIN("desk/pages", every_page_in_every_language, addresses_are_found, stamps,
    a_stamp_goes_with_its_sheet_only, quick_exit_puts_the_card_out_of_use, hostile_forms_get_a_page)
