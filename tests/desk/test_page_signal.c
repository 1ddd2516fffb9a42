// SPDX-License-Identifier: EUPL-1.2
// One signal: what is sealed is opened for it alone; the finding under two norms; the swap test
// through the page (R9, R30, R35): name, sex and nationality change no byte but those that show
// them.

#include "team_help.h"

#include "base/alloc.h"
#include "inb_sweep.h"

// A whole signal as an import brings it, with what may never be weighed.
static void keep_signal(
    const char *id, const char *name, const char *sex, const char *nationality) {
    static const inb_observation seen[] = {{"D1-01", INB_ANSWER_YES}, {"CR-11", INB_ANSWER_YES},
        {"D5-01", INB_ANSWER_YES}, {"CR-03", INB_ANSWER_UNKNOWN}};
    static const char *const circumstances[] = {"CI-01"};
    const inb_person persons[] = {{.ref = "a",
                                      .age = {INB_AGE_CHILD, 15},
                                      .roles = 1u << INB_ROLE_SUSPECT,
                                      .name = name,
                                      .sex = sex,
                                      .nationality = nationality,
                                      .observations = seen,
                                      .observation_count = 4,
                                      .circumstances = circumstances,
                                      .circumstance_count = 1},
        {.ref = "b",
            .age = {INB_AGE_ADULT, INB_YEARS_UNKNOWN},
            .sex = sex,
            .observations = seen,
            .observation_count = 3}};
    const inb_signal signal = {.id = id,
        .organisation = "own",
        .source_kind = INB_REPORTER_POLICE_BEAT,
        .seen = {2026, 8, 3},
        .persons = persons,
        .person_count = 2,
        .ground = "agreement 7"};
    const inb_road_actor actor = {"uid-1", "own", "", NOW};
    inb_desk_wait wait = {.wake = team_wake};
    INB_OK_IS(inb_road_keep(team_road, &actor, &signal, NULL, inb_desk_told, &wait, err));
    ck_assert_int_eq(wait.status, INB_OK);
}

// The last page without what is sealed, its number and the order of arrival.
static char *page_without_sealed(const char *number) {
    const char *page = inb_buffer_get(&out);
    const char *from = strstr(page, "<section class=\"inb-sealed\"");
    const char *to = from == NULL ? NULL : strstr(from, "</section>");
    inb_buffer text = INB_BUFFER_INIT(4 << 20);
    inb_buffer_add(&text, page, from == NULL ? strlen(page) : (size_t)(from - page));
    inb_buffer_text(&text, to == NULL ? "" : to);
    const char *plain = inb_buffer_get(&text);
    char *copy = inb_alloc(strlen(plain) + 1, 1);
    size_t n = 0;
    for (const char *at = plain; *at != '\0';) {
        if (strncmp(at, number, strlen(number)) == 0) {
            copy[n++] = '#';
            at += strlen(number);
        } else {
            copy[n++] = *at++;
        }
    }
    inb_buffer_clear(&text);
    return copy;
}

INB_TEST(swap) {
    team_setup();
    keep_signal("s-1", "Zwaluw Canaryname", "m", "Canaryland");
    keep_signal("s-2", "Spreeuw Otherperson", "vrouw", "Elsewhere");
    char *page[2];
    static const char *const ids[] = {"signal/1", "signal/2"};
    for (int i = 0; i < 2; i++) {
        team_make(INB_DESK_SIGNAL, i + 1, NULL);
        ck_assert_uint_eq(answer.status, 200);
        ck_assert(team_shows(i == 0 ? "Canaryland" : "Elsewhere"));
        ck_assert(team_shows("inb-route__name"));
        page[i] = page_without_sealed(ids[i]);
    }
    // What is left differs in the number and the own number alone.
    for (char *at; (at = strstr(page[1], "Signaal 2")) != NULL;) {
        at[8] = '1';
    }
    char *own = strstr(page[1], "s-2");
    ck_assert_ptr_nonnull(own);
    own[2] = '1';
    ck_assert_str_eq(page[0], page[1]);
    ck_assert_ptr_null(strstr(page[0], "Canary"));
    inb_free(page[0]);
    inb_free(page[1]);
    // The list and the page to pass on (the routes in their order) are equal too.
    team_make(INB_DESK_PASS, 1, NULL);
    const char *one = strstr(inb_buffer_get(&out), "<select");
    char routes[8192];
    snprintf(routes, sizeof routes, "%.*s", (int)(strstr(one, "</select>") - one), one);
    team_make(INB_DESK_PASS, 2, NULL);
    const char *two = strstr(inb_buffer_get(&out), "<select");
    ck_assert_int_eq(strncmp(routes, two, strlen(routes)), 0);
    team_teardown();
}
INB_END

INB_TEST(finding_of_its_day) {
    team_setup();
    keep_signal("s-1", NULL, NULL, NULL);
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Dat is ook de norm van vandaag"));
    // A later norm: the one that it was kept under is not there, and then it is.
    char command[256];
    snprintf(command, sizeof command,
        "cp -r %s/catalogue %s/norm && sed -i 's/^version.*/version = 2030.1.1/' "
        "%s/norm/catalogue.ini",
        getenv("INBEELD_SOURCE"), team_folder, team_folder);
    ck_assert_int_eq(system(command), 0);
    snprintf(command, sizeof command, "%s/norm", team_folder);
    inb_catalogue *later = NULL;
    INB_OK_IS(inb_catalogue_load(command, &later, err));
    inb_catalogue *then = catalogue;
    inb_pages *pages_then = pages;
    INB_OK_IS(inb_pages_new(later, NULL, &pages, err));
    inb_pages_of_team(pages);
    inb_road_free(team_road);
    catalogue = later;
    team_open();
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Die norm zit niet in dit programma") && team_shows("2030.1.1"));
    const inb_catalogue *older[] = {then};
    team.older = older;
    team.older_count = 1;
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Beide uitkomsten staan hier") && team_shows("Onder de norm van toen"));
    inb_pages_free(pages);
    pages = pages_then;
    catalogue = then;
    inb_catalogue_free(later);
    snprintf(command, sizeof command, "rm -r %s/norm", team_folder);
    ck_assert_int_eq(system(command), 0);
    team_teardown();
}
INB_END

INB_TEST(not_there) {
    team_setup();
    keep_signal("s-1", NULL, NULL, NULL);
    team_make(INB_DESK_SIGNAL, 2, NULL);
    ck_assert_uint_eq(answer.status, 404);
    team.organisation = "another";
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert_uint_eq(answer.status, 404);
    make(INB_DESK_SIGNAL, 0, NULL, NOW);
    ck_assert_uint_eq(answer.status, 404);
    team_teardown();
}
INB_END

// Under twelve no word for an offender, on this page neither (R14).
INB_TEST(under_twelve) {
    team_setup();
    const inb_person person = {
        .ref = "1", .age = {INB_AGE_CHILD, 10}, .roles = 1u << INB_ROLE_SUSPECT};
    const inb_signal signal = {.id = "young",
        .organisation = "own",
        .source_kind = INB_REPORTER_SCHOOL,
        .persons = &person,
        .person_count = 1};
    const inb_road_actor actor = {"uid-1", "own", "", NOW};
    inb_desk_wait wait = {.wake = team_wake};
    INB_OK_IS(inb_road_keep(team_road, &actor, &signal, NULL, inb_desk_told, &wait, err));
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(!team_shows("verdacht") && team_shows("kind dat bescherming nodig heeft"));
    team_teardown();
}
INB_END

static inb_status once(inb_error *err) {
    return team_try(INB_DESK_SIGNAL, 1, NULL, err);
}

INB_TEST(out_of_memory) {
    team_setup();
    keep_signal("s-1", "Canaryname", "m", "x");
    // A look that fails leaves its row and no page; the next one is as good as the first.
    INB_SWEEP(once(err));
    (void)team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Canaryname"));
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/page_signal", swap, finding_of_its_day, not_there, under_twelve, out_of_memory)
