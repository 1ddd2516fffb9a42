// SPDX-License-Identifier: EUPL-1.2
// Where in the HTML: what stands in a place, which markup is not followed, and when two places are
// the same.

#include "desk/template_place.h"

#include "inb_test.h"

// Follows `text` from the beginning of a page; false where it is not followed.
static bool follow(const char *text, inb_place *place) {
    *place = (inb_place){0};
    for (; *text != '\0'; text++) {
        if (!inb_place_follow(place, *text)) {
            return false;
        }
    }
    return true;
}

INB_TEST(context_by_place) {
    enum { NONE = -1 };
    static const struct {
        const char *text;
        int value, told; // the context of a value and of a text of the catalogue
    } cases[] = {
        {"", INB_IN_TEXT, INB_IN_TEXT},
        {"<p>a", INB_IN_TEXT, INB_IN_TEXT},
        {"<p", NONE, NONE},
        {"<p ", NONE, NONE},
        {"<p title=", NONE, NONE},
        {"<p title=a", NONE, NONE},
        {"<p title=\"a", INB_IN_ATTRIBUTE, INB_IN_ATTRIBUTE},
        {"<p TITLE='", INB_IN_ATTRIBUTE, INB_IN_ATTRIBUTE},
        {"<p title='' ", NONE, NONE},
        {"<p title=''>", INB_IN_TEXT, INB_IN_TEXT},
        {"<br/>", INB_IN_TEXT, INB_IN_TEXT},
        {"<a href=\"", INB_IN_URL_WHOLE, NONE},
        {"<a href=\"/a/", INB_IN_URL_PART, NONE},
        {"<a href=\"//a", NONE, NONE},
        {"<a href=\"#", INB_IN_URL_PART, NONE},
        {"<a href=\"https://a", NONE, NONE},
        {"<a href=\"https://a/", INB_IN_URL_PART, NONE},
        {"<a href=\"javascript:", NONE, NONE},
        {"<a onclick=\"", NONE, NONE},
        {"<script>", NONE, NONE},
        {"<script>a</script>", INB_IN_TEXT, INB_IN_TEXT},
        {"<!-- a", NONE, NONE},
        {"<!-- a -->", INB_IN_TEXT, INB_IN_TEXT},
        {"<!doctype html>", INB_IN_TEXT, INB_IN_TEXT},
        {"</p>", INB_IN_TEXT, INB_IN_TEXT},
        {"<iframe src=\"/", NONE, NONE},
        // Longer than any name that is known: never taken for one that is.
        {"<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa>", INB_IN_TEXT, INB_IN_TEXT},
        {"<p aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=\"", NONE, NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        inb_place place;
        inb_context context;
        ck_assert_msg(follow(cases[i].text, &place), "%s", cases[i].text);
        inb_place same = place;
        int value = inb_place_take(&place, false, &context) ? (int)context : NONE;
        ck_assert_msg(value == cases[i].value, "%s: %d", cases[i].text, value);
        int told = inb_place_take(&same, true, &context) ? (int)context : NONE;
        ck_assert_msg(told == cases[i].told, "%s: %d", cases[i].text, told);
    }
}
INB_END

INB_TEST(a_value_is_stepped_over) {
    inb_place place;
    inb_context context;
    ck_assert(follow("<a href=\"", &place));
    ck_assert(inb_place_take(&place, false, &context));
    ck_assert(!inb_place_take(&place, false, &context)); // after an unknown beginning
}
INB_END

INB_TEST(markup_that_is_not_followed) {
    static const char *const wrong[] = {"a < b", "<1", "<p\"", "<p/ ", "<p =", "<p <", "<p a\"",
        "<p a= ", "<p a=>", "<p a=\"b\"c", "<//"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        inb_place place;
        ck_assert_msg(!follow(wrong[i], &place), "%s", wrong[i]);
    }
}
INB_END

INB_TEST(sections_and_sameness) {
    static const struct {
        const char *text, *later;
        bool fits, same;
    } cases[] = {
        {"<p>", "<p>a<b>c</b>", true, true},
        {"<p ", "<p class=\"a\" ", true, true}, // the attribute has ended
        {"<p class=\"", "<p class=\"a b", true, true},
        {"<p class=\"", "<p class=\"a\" id=\"", true, false},
        {"<p class=\"", "<p class='", true, false},
        {"<p>", "<p><b ", true, false},
        {"<a href=\"", "<a href=\"/", false, false}, // what follows depends on the beginning
        {"<p", "<p", false, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        inb_place from;
        inb_place to;
        ck_assert(follow(cases[i].text, &from));
        ck_assert(follow(cases[i].later, &to));
        ck_assert_msg(inb_place_fits_section(&from) == cases[i].fits, "%s", cases[i].text);
        ck_assert_msg(inb_place_same(&from, &to) == cases[i].same, "%s", cases[i].later);
    }
}
INB_END

INB_TEST_MAIN("desk/template_place", context_by_place, a_value_is_stepped_over,
    markup_that_is_not_followed, sections_and_sameness)
