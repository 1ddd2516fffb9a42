// SPDX-License-Identifier: EUPL-1.2
// Answers that are due: their page, the mark in the list, the button; each with its row of the log,
// no name on any of them, and nothing without a stamp.

#include "team_help.h"

enum { DAY = 86400 };

static void pass_on(int64_t number, const char *day) {
    char more[64];
    snprintf(more, sizeof more, "&to=safe_home&answer_by=%s", day);
    team_make(INB_DESK_PASS, number, NULL);
    team_make(INB_DESK_PASS, number, team_form("pass", more));
    ck_assert_uint_eq(answer.status, 303);
}

// The form of the button on the page of a signal: its stamp stands before the button.
static const char *answer_form(void) {
    char stamp[128] = "";
    const char *at = strstr(inb_buffer_get(&out), "/answer\"");
    ck_assert_ptr_nonnull(at);
    at = strstr(at, "name=\"stamp\" value=\"") + strlen("name=\"stamp\" value=\"");
    snprintf(stamp, sizeof stamp, "%.*s", (int)strcspn(at, "\""), at);
    snprintf(body, sizeof body, "stamp=%s&do=answer", stamp);
    return body;
}

INB_TEST(due_late_and_given) {
    team_setup();
    team_make(INB_DESK_DUE, 0, NULL);
    ck_assert(answer.status == 200 && team_shows("geen antwoord dat nog moet komen"));
    for (int i = 0; i < 3; i++) {
        team_keep(team_typed);
    }
    pass_on(1, "2026-10-20");
    pass_on(2, "2026-09-25");
    int64_t rows = team_log_rows();
    const char *page = team_make(INB_DESK_DUE, 0, NULL);
    ck_assert_int_eq(team_log_rows(), rows + 1);
    ck_assert(strstr(page, "Signaal 2") < strstr(page, "Signaal 1"));
    ck_assert(team_shows("25 september 2026") && !team_shows("Signaal 3"));
    ck_assert(team_shows("De komende week") && team_shows("Later") && !team_shows("Te laat"));
    ck_assert(!team_shows("Canary") && !team_shows("XX-123") && !team_shows("safe_home"));
    team_make(INB_DESK_SIGNALS, 0, NULL);
    ck_assert(team_shows("20 oktober 2026") && !team_shows("te laat") && !team_shows("Canary"));
    team_now = NOW + 7 * DAY; // the 28th
    team_make(INB_DESK_DUE, 0, NULL);
    ck_assert(team_shows("Te laat") && team_shows("Later"));
    team_make(INB_DESK_SIGNALS, 0, NULL);
    ck_assert(team_shows("Antwoord te laat:"));
    // The button; pressed twice it is given once.
    team_make(INB_DESK_SIGNAL, 2, NULL);
    ck_assert(team_shows("Het antwoord is gegeven") && team_shows("Die dag is voorbij"));
    char form_of[512];
    snprintf(form_of, sizeof form_of, "%s", answer_form());
    rows = team_log_rows();
    for (int i = 0; i < 2; i++) {
        team_make(INB_DESK_ANSWER, 2, form_of);
        ck_assert_uint_eq(answer.status, 303);
        ck_assert_str_eq(answer.location, "/nl/signal/2");
    }
    ck_assert_int_eq(team_log_rows(), rows + 1); // given once
    team_make(INB_DESK_SIGNAL, 2, NULL);
    ck_assert(team_shows("Antwoord gegeven op 28 september 2026"));
    ck_assert(!team_shows("Het antwoord is gegeven<") && !team_shows("Die dag is voorbij"));
    ck_assert(team_shows("Versie 2")); // no version for it
    team_make(INB_DESK_DUE, 0, NULL);
    ck_assert(!team_shows("Signaal 2") && team_shows("Signaal 1"));
    // A stamp of another signal, none, and no such signal.
    team_make(INB_DESK_ANSWER, 1, form_of);
    ck_assert_uint_eq(answer.status, 403);
    team_make(INB_DESK_ANSWER, 1, "do=answer");
    ck_assert_uint_eq(answer.status, 403);
    team_make(INB_DESK_DUE, 0, NULL);
    ck_assert(team_shows("Signaal 1"));
    team_now = NOW;
    team_teardown();
}
INB_END

INB_TEST(no_row_no_page) {
    team_setup();
    team_keep(team_typed);
    pass_on(1, "2026-10-20");
    team_make(INB_DESK_SIGNAL, 1, NULL);
    char form_of[512];
    snprintf(form_of, sizeof form_of, "%s", answer_form());
    team_full(true);
    team_make(INB_DESK_DUE, 0, NULL);
    ck_assert(answer.status == 503 && !team_shows("Signaal 1"));
    team_make(INB_DESK_ANSWER, 1, form_of);
    ck_assert_uint_eq(answer.status, 503);
    team_full(false);
    team_make(INB_DESK_DUE, 0, NULL);
    ck_assert(team_shows("Signaal 1")); // nothing was done
    make(INB_DESK_DUE, 0, NULL, NOW);   // without a team
    ck_assert_uint_eq(answer.status, 404);
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/page_due", due_late_and_given, no_row_no_page)
