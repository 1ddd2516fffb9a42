// SPDX-License-Identifier: EUPL-1.2
// Pages without a server: every page in every language, what a POST does, stamps, quick exit, and
// that no hostile value comes out as markup. The card is walked as a browser would, by what the
// page offers.

#include "desk/pages.h"

#include "desk/card.h"

#include "base/alloc.h"
#include "inb_test.h"

#include <stdio.h>
#include <string.h>

enum { NOW = 1790000000 };

static inb_catalogue *catalogue;
static inb_pages *pages;
static inb_stamper *stamper;
static inb_retired *retired;
static inb_buffer out = INB_BUFFER_INIT(4 << 20);
static inb_desk_answer answer;

static void setup(void) {
    if (pages == NULL) {
        INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
        INB_OK_IS(inb_pages_new(catalogue,
            "<!doctype html><meta http-equiv=\"x\" content=\"style-src "
            "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='\">report",
            &pages, err));
        INB_OK_IS(inb_stamper_new(&stamper, err));
        INB_OK_IS(inb_retired_new(&retired, err));
    }
}

static const char *make(inb_desk_route route, size_t language, const char *body, int64_t now) {
    setup();
    inb_desk_request request = {route, language, body != NULL, body,
        body == NULL ? 0 : strlen(body), stamper, retired, now};
    inb_buffer_reset(&out);
    INB_OK_IS(inb_pages_make(pages, &request, &out, &answer, err));
    return inb_buffer_get(&out);
}

// The value of hidden field `name` in the last page.
static void hidden(const char *name, char *ret_value, size_t size) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "name=\"%s\" value=\"", name);
    const char *at = strstr(inb_buffer_get(&out), wanted);
    ck_assert_msg(at != NULL, "no field %s in %s", name, inb_buffer_get(&out));
    at += strlen(wanted);
    snprintf(ret_value, size, "%.*s", (int)strcspn(at, "\""), at);
}

static char body[8192];

// The form of the last page with a button pressed and more fields (may be "").
static const char *form(const char *button, const char *more) {
    char stamp[128];
    char sheet[64];
    static char card[INB_CARD_TEXT];
    hidden("stamp", stamp, sizeof stamp);
    hidden("sheet", sheet, sizeof sheet);
    hidden("card", card, sizeof card);
    snprintf(
        body, sizeof body, "stamp=%s&sheet=%s&card=%s&do=%s%s", stamp, sheet, card, button, more);
    return body;
}

static const char *press(const char *button) {
    return make(INB_DESK_CARD, 0, form(button, ""), NOW);
}

static void walk(const char *const *buttons) {
    make(INB_DESK_CARD, 0, NULL, NOW);
    for (; *buttons != NULL; buttons++) {
        press(*buttons);
        ck_assert_msg(answer.status == 200, "%s gave %u", *buttons, answer.status);
    }
}

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
        static const unsigned errors[] = {400, 403, 404, 405, 413, 421, 431, 500};
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
        bool found = inb_pages_route(pages, cases[i].path, &route, &language);
        ck_assert_msg(found == cases[i].found, "%s", cases[i].path);
        ck_assert_msg(!found || route == cases[i].route, "%s", cases[i].path);
        ck_assert_msg(language == cases[i].language, "%s: %zu", cases[i].path, language);
    }
    inb_pages *without = NULL;
    INB_OK_IS(inb_pages_new(catalogue, NULL, &without, err));
    inb_desk_route route;
    size_t language;
    ck_assert(!inb_pages_route(without, "/nl/report", &route, &language));
    inb_pages_free(without);
    inb_pages_free(NULL);
}
INB_END

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

INB_TEST_MAIN("desk/pages", every_page_in_every_language, addresses_are_found,
    a_card_to_its_finding, no_offender_under_twelve_on_any_page, stamps,
    a_stamp_goes_with_its_sheet_only, quick_exit_puts_the_card_out_of_use, hostile_forms_get_a_page,
    the_list_says_what_is_missing, wrong_values_on_the_list_are_refused,
    more_is_kept_and_can_be_taken_back)
