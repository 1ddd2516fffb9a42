// SPDX-License-Identifier: EUPL-1.2
// Hits on the desk: the page of a signal and the list say whom to ask and nothing of the other
// signal; a row of the log for each look; across regimes without grounds the pages are to the byte
// those of no hit; taken apart they stay so.

#include "team_help.h"

#include <inbeeld/hits.h>

// A signal of another organisation, with the number plate or the name of ours.
static void other(
    const char *organisation, const char *id, inb_reporter source, const char *plate) {
    static const inb_observation seen[] = {{"CR-11", INB_ANSWER_YES}};
    const inb_person person = {.ref = "z",
        .age = {INB_AGE_ADULT, 44},
        .roles = 1 << INB_ROLE_SUSPECT,
        .name = "Ander Iemand",
        .observations = seen,
        .observation_count = 1};
    const inb_party vehicle = {INB_PARTY_VEHICLE, plate, NULL};
    const inb_signal signal = {.id = id,
        .source_kind = source,
        .organisation = organisation,
        .persons = &person,
        .person_count = 1,
        .parties = &vehicle,
        .party_count = 1,
        .text = "Othertext"};
    const inb_road_actor actor = {"u", organisation, "", NOW};
    INB_OK_IS(inb_road_begin(team_road, err));
    INB_OK_IS(inb_road_keep_one(team_road, &actor, &signal, NULL, err));
    INB_OK_IS(inb_road_commit(team_road, err));
}

// The last page from its section of hits to the end of it.
static bool hits(const char *words) {
    const char *page = inb_buffer_get(&out);
    const char *from = strstr(page, "aria-labelledby=\"hits\"");
    const char *to = from == NULL ? NULL : strstr(from, "</section>");
    return from != NULL && memmem(from, (size_t)(to - from), words, strlen(words)) != NULL;
}

INB_TEST(hit_and_no_hit) {
    team_setup();
    team_keep("&party.4.value=XX-123-Y");
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(hits("Geen hit.") && !hits("Hit met"));
    other("youth-b", "secret-id", INB_REPORTER_YOUTH_CARE, "xx123y");
    int64_t rows = team_log_rows();
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert_int_eq(team_log_rows(), rows + 3);
    ck_assert(hits("Hit met youth-b.") && hits("Er is geen contact bekend") && !hits("Geen hit"));
    static const char *const content[] = {"secret-id", "Othertext", "Ander Iemand", "verdachte",
        "suspect", "44", "kenteken", "signal/2"};
    for (size_t i = 0; i < sizeof content / sizeof content[0]; i++) {
        ck_assert_msg(!hits(content[i]), "%s", content[i]);
    }
    team_make(INB_DESK_HITS, 0, NULL);
    ck_assert_uint_eq(answer.status, 200);
    ck_assert_int_eq(team_log_rows(), rows + 4);
    ck_assert(team_shows("Hit met youth-b.") && team_shows("/nl/signal/1\""));
    ck_assert(team_shows("Vandaag vergeleken: 1 van 100 signalen."));
    ck_assert(!team_shows("secret-id") && !team_shows("/nl/signal/2\""));
    team_make(INB_DESK_OLDER_HITS, 1, NULL);
    ck_assert(team_shows("Er zijn geen hits."));
    team_make(INB_DESK_SIGNAL, 2, NULL); // somebody else's
    ck_assert_uint_eq(answer.status, 404);
    // Taken apart, with a stamp for this alone.
    team_make(INB_DESK_SIGNAL, 1, NULL);
    char stamp[128];
    char text[256];
    const char *section = strstr(inb_buffer_get(&out), "aria-labelledby=\"hits\"");
    const char *value =
        strstr(section, "name=\"stamp\" value=\"") + strlen("name=\"stamp\" value=\"");
    snprintf(stamp, sizeof stamp, "%.*s", (int)strcspn(value, "\""), value);
    snprintf(text, sizeof text, "stamp=%s&do=unhit", stamp);
    team_make(INB_DESK_PART, 1, text);
    ck_assert_uint_eq(answer.status, 403); // it was made for hits
    team_make(INB_DESK_UNHIT, 1, "stamp=x&do=unhit");
    ck_assert_uint_eq(answer.status, 403);
    team_make(INB_DESK_UNHIT, 1, text);
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_UNHIT, 1, text); // again: it is apart already
    ck_assert_uint_eq(answer.status, 303);
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(hits("Geen hit."));
    make(INB_DESK_UNHIT, 0, text, NOW);
    ck_assert_uint_eq(answer.status, 404);
    make(INB_DESK_HITS, 0, NULL, NOW);
    ck_assert_uint_eq(answer.status, 404);
    team_teardown();
}
INB_END

// Without the stamps, which are never the same.
static void copy_page(char *ret_page, size_t size) {
    const char *page = inb_buffer_get(&out);
    size_t used = 0;
    while (*page != '\0' && used + 1 < size) {
        static const char before[] = "name=\"stamp\" value=\"";
        ret_page[used++] = *page;
        if (strncmp(page, before, sizeof before - 1) == 0) {
            page += sizeof before - 1 + strcspn(page + sizeof before - 1, "\"");
        } else {
            page++;
        }
    }
    ret_page[used] = '\0';
}

// R13: what the team can see is to the byte what it would see with no hit.
INB_TEST(across_regimes_to_the_byte) {
    enum { PAGE = 1 << 18, PAGES = 3 };
    static char pages_of[2][PAGES][PAGE];
    int64_t rows[2];
    for (int turn = 0; turn < 2; turn++) {
        team_setup();
        for (int i = 0; i < 3; i++) {
            char id[8];
            snprintf(id, sizeof id, "%d", i);
            other("police", id, INB_REPORTER_POLICE_BEAT, turn == 0 ? "XX-123-Y" : "ZZ-999-Z");
        }
        team_keep("&party.4.value=XX-123-Y");
        other("police", "9", INB_REPORTER_POLICE_EXPERT, turn == 0 ? "XX-123-Y" : "ZZ-999-Z");
        team_make(INB_DESK_SIGNAL, 4, NULL);
        ck_assert_uint_eq(answer.status, 200);
        ck_assert(hits("Geen hit."));
        copy_page(pages_of[turn][0], PAGE);
        team_make(INB_DESK_HITS, 0, NULL);
        copy_page(pages_of[turn][1], PAGE);
        team_make(INB_DESK_SIGNALS, 0, NULL);
        copy_page(pages_of[turn][2], PAGE);
        rows[turn] = team_log_rows();
        team_teardown();
    }
    for (size_t i = 0; i < PAGES; i++) {
        ck_assert_uint_gt(strlen(pages_of[0][i]), 500);
        ck_assert_str_eq(pages_of[0][i], pages_of[1][i]);
    }
    ck_assert_int_eq(rows[0], rows[1]);
}
INB_END

// No row of the log, no page; over the quota it is said in words.
INB_TEST(full_disk_and_quota) {
    team_setup();
    team_keep("&party.4.value=XX-123-Y");
    team_full(true);
    team_make(INB_DESK_HITS, 0, NULL);
    team_full(false);
    ck_assert_uint_eq(answer.status, 503);
    inb_store *store = NULL;
    const inb_store_options options = {.hash = inb_hash};
    const inb_contact none = {"desk", 0};
    INB_OK_IS(inb_store_open(team_where, &options, &store, err));
    INB_OK_IS(inb_store_begin(store, err));
    INB_OK_IS(inb_store_contact_set(store, "own", &none, NOW, err));
    INB_OK_IS(inb_store_commit(store, err));
    inb_store_free(store);
    team_keep("&party.4.value=XX-123-Y");
    team_make(INB_DESK_SIGNAL, 2, NULL);
    ck_assert(hits("Nog niet vergeleken."));
    team_make(INB_DESK_HITS, 0, NULL);
    ck_assert(team_shows("Signalen die nog wachten: 1."));
    team_teardown();
}
INB_END

// No address takes anything to search by: a number of the team's own signal, and that alone.
INB_TEST(nothing_to_search_by) {
    static const char *const routes[] = {
#define INB_DESK_ROUTE(id, path, methods, stamp) path,
#include "routes.def"
#undef INB_DESK_ROUTE
    };
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        for (const char *hole = routes[i]; (hole = strchr(hole, '{')) != NULL; hole++) {
            ck_assert_msg(
                strncmp(hole, "{lang}", 6) == 0 || strncmp(hole, "{n}", 3) == 0, "%s", routes[i]);
        }
        ck_assert_msg(strstr(routes[i], "search") == NULL && strstr(routes[i], "find") == NULL,
            "%s", routes[i]);
    }
    team_setup();
    team_keep(team_typed);
    inb_desk_route route;
    size_t language;
    int64_t number;
    static const char *const wrong[] = {"/nl/hits/XX-123-Y", "/nl/hits/before/XX-123-Y",
        "/nl/hits?name=Canaryname", "/nl/signal/1/hits", "/nl/hits/1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(
            !inb_pages_route(pages, wrong[i], &route, &language, &number), "%s", wrong[i]);
    }
    ck_assert(inb_pages_route(pages, "/nl/hits/before/7", &route, &language, &number));
    ck_assert(route == INB_DESK_OLDER_HITS && number == 7);
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/team_hits", hit_and_no_hit, across_regimes_to_the_byte, full_disk_and_quota,
    nothing_to_search_by)
