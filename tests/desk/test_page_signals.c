// SPDX-License-Identifier: EUPL-1.2
// The list: newest first, paged, without a name; each look is a row of the log, and without the row
// there is no page.

#include "team_help.h"

INB_TEST(newest_first_and_paged) {
    team_setup();
    team_make(INB_DESK_SIGNALS, 0, NULL);
    ck_assert(answer.status == 200 && team_shows("Er is nog niets bewaard"));
    for (int i = 1; i <= 30; i++) {
        ck_assert_int_eq(team_keep(team_typed), i);
    }
    int64_t rows = team_log_rows();
    const char *page = team_make(INB_DESK_SIGNALS, 0, NULL);
    ck_assert_int_eq(team_log_rows(), rows + 1);
    ck_assert(strstr(page, "Signaal 30") < strstr(page, "Signaal 29"));
    ck_assert(team_shows("Signaal 6<") && !team_shows("Signaal 5<"));
    ck_assert(team_shows("/nl/signals/before/6"));
    ck_assert(!team_shows("Canary") && !team_shows("XX-123") && !team_shows("06123"));
    team_make(INB_DESK_OLDER, 6, NULL);
    ck_assert(team_shows("Signaal 5<") && team_shows("Signaal 1<") && !team_shows("Signaal 6<"));
    ck_assert(team_shows("De nieuwste") && !team_shows("/before/1\""));
    team_make(INB_DESK_OLDER, 1, NULL);
    ck_assert(answer.status == 200 && team_shows("geen oudere signalen"));
    make(INB_DESK_SIGNALS, 0, NULL, NOW); // without a team
    ck_assert_uint_eq(answer.status, 404);
    team_teardown();
}
INB_END

INB_TEST(no_row_no_page) {
    team_setup();
    team_keep(team_typed);
    team_full(true);
    team_make(INB_DESK_SIGNALS, 0, NULL);
    ck_assert_uint_eq(answer.status, 503);
    ck_assert(!team_shows("Signaal 1") && team_shows("zonder regel in het logboek geen pagina"));
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert_uint_eq(answer.status, 503);
    ck_assert(!team_shows("Canary"));
    team_full(false);
    team.actor = ""; // a row needs somebody who acts
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert_uint_eq(answer.status, 503);
    ck_assert(!team_shows("Canary"));
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/page_signals", newest_first_and_paged, no_row_no_page)
