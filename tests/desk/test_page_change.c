// SPDX-License-Identifier: EUPL-1.2
// Passing on, correcting, retracting: a new version, the version that was looked at or none, and
// nothing without a stamp of ours.

#include "team_help.h"

INB_TEST(passing_on) {
    team_setup();
    team_keep(team_typed);
    team_make(INB_DESK_PASS, 1, NULL);
    ck_assert(team_shows("name=\"to\"") && team_shows("value=\"2026-10-05\"")); // in a fortnight
    team_make(INB_DESK_PASS, 1, team_form("pass", "&to=safe_home&answer_by=gisteren"));
    ck_assert_uint_eq(answer.status, 422);
    team_make(INB_DESK_PASS, 1, team_form("pass", "&to=safe_home&answer_by=2026-10-05"));
    ck_assert_uint_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/nl/signal/1");
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Doorgezet: Veilig") && team_shows("Versie 2"));
    ck_assert(team_shows("Canaryname"));
    team_teardown();
}
INB_END

INB_TEST(correcting) {
    team_setup();
    team_keep(team_typed);
    team_make(INB_DESK_CORRECT, 1, NULL);
    ck_assert(team_shows("value=\"Zwaluw Canaryname\"") && team_shows("Canarytext\nand more"));
    team_make(INB_DESK_CORRECT, 1, team_form("correct", "&person.1.birth_date=soon&text=lost%3F"));
    ck_assert_uint_eq(answer.status, 422);
    ck_assert(team_shows("lost?") && team_shows("value=\"soon\""));
    // Fields that are not sent stay as they are; one is emptied, one changed, a row added.
    team_make(INB_DESK_CORRECT, 1,
        team_form("correct",
            "&person.1.phone=&place=Elsewhere&person.1.age=adult&add.1.row=D1-01&add.1.answer=no"
            "&add.2.row=CI-02&add.2.answer=yes&add.3.row=&add.3.answer=yes&police=unwanted"
            "&profits.parent=on"));
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Verbeterd") && team_shows("Elsewhere") && !team_shows("Canaryplace"));
    ck_assert(!team_shows("0612345678") && team_shows("Canaryname") && team_shows("18 of ouder"));
    ck_assert(team_shows("<span class=\"inb-id\">D1-01") && team_shows("CI-02"));
    team_make(INB_DESK_CORRECT, 1, NULL);
    ck_assert(team_shows("id=\"o.1.D1-01-no\" name=\"o.1.D1-01\" value=\"no\" checked"));
    ck_assert(team_shows("value=\"unwanted\" checked"));
    team_make(INB_DESK_CORRECT, 1, team_form("correct", "&o.1.D1-01=gone"));
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(!team_shows("<span class=\"inb-id\">D1-01") && !team_shows("CI-02")); // not ticked
    team_teardown();
}
INB_END

INB_TEST(retracting) {
    team_setup();
    team_keep(team_typed);
    team_make(INB_DESK_RETRACT, 1, NULL);
    ck_assert(team_shows("Terugdraaien kan niet") && !team_shows("Canary"));
    team_make(INB_DESK_RETRACT, 1, team_form("retract", ""));
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(answer.status == 200 && team_shows("is ingetrokken") && !team_shows("Canary"));
    team_make(INB_DESK_CORRECT, 1, NULL); // nothing is done with it any more
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_SIGNALS, 0, NULL);
    ck_assert(team_shows("Ingetrokken") && !team_shows("12 tot"));
    team_teardown();
}
INB_END

INB_TEST(the_version_that_was_looked_at) {
    team_setup();
    team_keep("");
    team_make(INB_DESK_RETRACT, 1, NULL);
    char old[8192];
    snprintf(old, sizeof old, "%s", team_form("retract", ""));
    team_make(INB_DESK_CORRECT, 1, NULL);
    team_make(INB_DESK_CORRECT, 1, team_form("correct", "&place=here"));
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_RETRACT, 1, old);
    ck_assert_uint_eq(answer.status, 409);
    ck_assert(team_shows("Iemand anders was u voor"));
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Verbeterd"));
    team_teardown();
}
INB_END

INB_TEST(nothing_without_a_stamp) {
    team_setup();
    team_keep("");
    team_keep("");
    static const inb_desk_route routes[] = {INB_DESK_PASS, INB_DESK_CORRECT, INB_DESK_RETRACT};
    static const char *const fields[] = {"&to=safe_home&answer_by=2026-10-05", "&text=typed", ""};
    for (size_t i = 0; i < 3; i++) {
        team_make(routes[i], 2, NULL);
        char other[8192]; // a stamp for signal 2 does nothing to signal 1
        snprintf(other, sizeof other, "%s", team_form("x", fields[i]));
        team_make(routes[i], 1, other);
        ck_assert_uint_eq(answer.status, 403);
        ck_assert(team_shows("name=\"stamp\"")); // shown again, with what was typed
        ck_assert(i != 1 || team_shows("typed"));
        team_make(routes[(i + 1) % 3], 2, other); // nor one for something else
        ck_assert(answer.status == 403 || answer.status == 400);
        char none[256];
        snprintf(none, sizeof none, "version=1&do=x%s", fields[i]);
        team_make(routes[i], 1, none);
        ck_assert_uint_eq(answer.status, 403);
        snprintf(none, sizeof none, "version=x&do=x%s", fields[i]);
        team_make(routes[i], 1, none);
        ck_assert_uint_eq(answer.status, 400);
    }
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Versie 1"));
    // Fields and answers that are on no page of ours.
    static const char *const wrong[] = {"&nationality=x", "&o.1.D1-01=perhaps&add.1.row=CR-99",
        "&add.1.row=D1-01&add.1.answer=perhaps", "&police=perhaps",
        "&add.1.row=XP-01&add.1.answer=yes"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        team_make(INB_DESK_CORRECT, 1, NULL);
        team_make(INB_DESK_CORRECT, 1, team_form("correct", wrong[i]));
        ck_assert_msg(answer.status == 400, "%s: %u", wrong[i], answer.status);
    }
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/page_change", passing_on, correcting, retracting,
    the_version_that_was_looked_at, nothing_without_a_stamp)
