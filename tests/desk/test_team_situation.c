// SPDX-License-Identifier: EUPL-1.2
// A story in two signals is one situation on the page of each, with what joins it and what was seen
// together (R4); taken out, it stays out.

#include "team_help.h"

// The last page from one heading to the next section.
static bool joined(const char *words) {
    const char *page = inb_buffer_get(&out);
    const char *from = strstr(page, "aria-labelledby=\"joined\"");
    const char *to = from == NULL ? NULL : strstr(from, "</section>");
    return from != NULL && memmem(from, (size_t)(to - from), words, strlen(words)) != NULL;
}

INB_TEST(one_story) {
    team_setup();
    team_keep("&party.4.value=XX-123-Y");
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(joined("staat op zich") && !joined("hetzelfde kenteken"));
    int64_t rows = team_log_rows();
    team_keep("&party.4.value=xx123y&party.3.value=Canarystreet+1");
    team_make(INB_DESK_SIGNAL, 2, NULL);
    ck_assert_int_eq(team_log_rows(), rows + 4); // kept, read, its situation and its hits read
    ck_assert(joined("hetzelfde kenteken") && joined("href=\"/nl/signal/1\""));
    ck_assert(joined("Samen gezien") && joined("raakt"));
    ck_assert(!joined("XX-123") && !joined("xx123y")); // what it is stays sealed here
    // Taken out, with a stamp for this alone.
    char stamp[128];
    char text[256];
    hidden("stamp", stamp, sizeof stamp);
    team_make(INB_DESK_PART, 1, "stamp=x&do=part");
    ck_assert_uint_eq(answer.status, 403);
    snprintf(text, sizeof text, "stamp=%s&do=part", stamp);
    team_make(INB_DESK_PART, 1, text);
    ck_assert_uint_eq(answer.status, 403); // it was made for the other one
    team_make(INB_DESK_PART, 2, text);
    ck_assert_uint_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/nl/signal/2");
    team_make(INB_DESK_PART, 2, text); // again: it is out already
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(joined("staat op zich"));
    team_make(INB_DESK_PART, 7, "stamp=x");
    ck_assert_uint_eq(answer.status, 403);
    make(INB_DESK_PART, 0, text, NOW);
    ck_assert_uint_eq(answer.status, 404);
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/team_situation", one_story)
