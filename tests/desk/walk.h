// SPDX-License-Identifier: EUPL-1.2
// Walks the desk's pages as a browser would, by what each page offers, without a server.
#ifndef INB_TEST_WALK_H
#define INB_TEST_WALK_H

#include "desk/card.h"
#include "desk/pages.h"

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

static inline void setup(void) {
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

static inline const char *make(
    inb_desk_route route, size_t language, const char *body, int64_t now) {
    setup();
    inb_desk_request request = {route, language, body != NULL, body,
        body == NULL ? 0 : strlen(body), stamper, retired, now};
    inb_buffer_reset(&out);
    INB_OK_IS(inb_pages_make(pages, &request, &out, &answer, err));
    return inb_buffer_get(&out);
}

// The value of hidden field `name` in the last page.
static inline void hidden(const char *name, char *ret_value, size_t size) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "name=\"%s\" value=\"", name);
    const char *at = strstr(inb_buffer_get(&out), wanted);
    ck_assert_msg(at != NULL, "no field %s in %s", name, inb_buffer_get(&out));
    at += strlen(wanted);
    snprintf(ret_value, size, "%.*s", (int)strcspn(at, "\""), at);
}

static char body[8192];

// The form of the last page with a button pressed and more fields (may be "").
static inline const char *form(const char *button, const char *more) {
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

static inline const char *press(const char *button) {
    return make(INB_DESK_CARD, 0, form(button, ""), NOW);
}

static inline void walk(const char *const *buttons) {
    make(INB_DESK_CARD, 0, NULL, NOW);
    for (; *buttons != NULL; buttons++) {
        press(*buttons);
        ck_assert_msg(answer.status == 200, "%s gave %u", *buttons, answer.status);
    }
}

#endif
