// SPDX-License-Identifier: EUPL-1.2
// From the finding to a kept signal: nothing is kept before the last press, pressing twice keeps
// one, nothing typed is lost or found in a file, hostile forms keep nothing.

#include "team_help.h"

#include <inbeeld/retention.h>

#include "inb_sweep.h"

INB_TEST(keeping) {
    team_setup();
    team_card();
    ck_assert(team_shows("Er is nu nog niets bewaard"));
    team_press("keep", "");
    ck_assert_uint_eq(answer.status, 200);
    // What and how long, to the month: of a school that saw something.
    ck_assert(team_shows("Het blijft tot en met augustus 2028. Daarna gaat het vanzelf weg."));
    ck_assert_int_eq(team_log_rows(), 0); // looking at the form keeps nothing, not even a row
    char kept[16384];
    snprintf(kept, sizeof kept, "%s", form("kept", team_typed));
    team_make(INB_DESK_KEEP, 0, kept);
    ck_assert_uint_eq(answer.status, 303);
    ck_assert_str_eq(answer.location, "/nl/signal/1");
    ck_assert_uint_eq(out.length, 0);
    ck_assert_int_eq(team_log_rows(), 1);
    team_make(INB_DESK_KEEP, 0, kept); // pressed twice, or sent again by going back
    ck_assert_str_eq(answer.location, "/nl/signal/1");
    team_make(INB_DESK_SIGNALS, 0, NULL);
    ck_assert(team_shows("Signaal 1") && !team_shows("Signaal 2"));
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(
        team_shows("Het blijft tot en met augustus 2028.") && !team_shows("Het blijft langer"));
    // Held: until when, and who decided it.
    inb_arena *arena = NULL;
    const char *id = NULL;
    const inb_road_actor actor = {"uid-1", "own", "", NOW};
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_id_of(team_road, "own", 1, arena, &id, err));
    INB_OK_IS(inb_road_hold(team_road, &actor, id, "proceedings", "privacy.officer",
        (inb_date){2029, 3, 0}, NULL, NULL, err));
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Het blijft tot en met maart 2029."));
    ck_assert(
        team_shows("Het blijft langer. Dat bepaalde privacy.officer: er loopt een rechtszaak."));
    inb_arena_free(arena);
    team_teardown();
}
INB_END

INB_TEST(passing_on_at_once) {
    team_setup();
    team_card();
    team_press("pass", "");
    ck_assert(team_shows("name=\"answer_by\"") && team_shows("stuurt niets"));
    char right[8192];
    char wrong[8192];
    snprintf(right, sizeof right, "%s", form("kept", "&to=safe_home&answer_by=2026-10-05"));
    snprintf(wrong, sizeof wrong, "%s", form("kept", "&to=safe_home&answer_by=2025-10-05"));
    team_make(INB_DESK_KEEP, 0, wrong);
    ck_assert_uint_eq(answer.status, 422);
    ck_assert(team_shows("href=\"#answer_by\"") && team_shows("value=\"2025-10-05\""));
    snprintf(wrong, sizeof wrong, "%s", form("kept", "&to=nobody&answer_by=2026-10-05"));
    team_make(INB_DESK_KEEP, 0, wrong);
    ck_assert_uint_eq(answer.status, 400);
    ck_assert_int_eq(team_log_rows(), 0);
    team_make(INB_DESK_KEEP, 0, right);
    ck_assert_str_eq(answer.location, "/nl/signal/1");
    team_make(INB_DESK_SIGNAL, 1, NULL);
    ck_assert(team_shows("Doorgezet: Veilig") && team_shows("5 oktober 2026"));
    team_teardown();
}
INB_END

INB_TEST(what_is_wrong_is_said_and_nothing_is_lost) {
    team_setup();
    team_card();
    team_press("keep", "");
    static const struct {
        const char *field;
        const char *says;
    } cases[] = {{"person.1.birth_date=3+maart", "Schrijf de dag"},
        {"seen=2040-01-01", "moet nog komen"}, {"party.1.kvk=1234", "acht cijfers"},
        {"text=nummer+111222333+erbij", "burgerservicenummer"}, {"place=a%01b", "een teken"},
        {"person.1.sex=vrouwelijk", "Kies wat"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char more[256];
        char name[64];
        snprintf(more, sizeof more, "&person.1.name=Canaryname&%s", cases[i].field);
        team_make(INB_DESK_KEEP, 0, form("kept", more));
        ck_assert_msg(answer.status == 422, "%s: %u", cases[i].field, answer.status);
        ck_assert_msg(team_shows(cases[i].says), "%s", cases[i].field);
        ck_assert(team_shows("value=\"Canaryname\""));
        snprintf(
            name, sizeof name, "href=\"#%.*s\"", (int)strcspn(cases[i].field, "="), cases[i].field);
        ck_assert_msg(team_shows(name), "%s", name);
    }
    // Another language, and too old a page: what was typed stands there again.
    team_make(INB_DESK_KEEP, 0, form("stay", "&person.1.name=Canaryname"));
    ck_assert(answer.status == 200 && team_shows("value=\"Canaryname\""));
    team_make(INB_DESK_KEEP, 0, form("back", "&person.1.name=Canaryname"));
    ck_assert(answer.status == 200 && team_shows("inb-copy") && !team_shows("Canaryname"));
    ck_assert_int_eq(team_log_rows(), 0);
    team_teardown();
}
INB_END

INB_TEST(hostile_forms_keep_nothing) {
    team_setup();
    team_card();
    team_press("keep", "");
    char good[8192];
    snprintf(good, sizeof good, "%s", form("kept", "&person.1.name=Canaryname"));
    char bad[8300];
    // A stamp that is not ours does nothing, and loses nothing.
    snprintf(bad, sizeof bad, "%s", good);
    char *stamp = strstr(bad, "stamp=") + 6;
    stamp[0] = stamp[0] == 'A' ? 'B' : 'A';
    team_make(INB_DESK_KEEP, 0, bad);
    ck_assert_uint_eq(answer.status, 403);
    ck_assert(team_shows("value=\"Canaryname\""));
    snprintf(bad, sizeof bad, "%s&person.2.name=x", good);
    team_make(INB_DESK_KEEP, 0, bad);
    ck_assert_uint_eq(answer.status, 400);
    snprintf(bad, sizeof bad, "%s&nationality=x", good);
    team_make(INB_DESK_KEEP, 0, bad);
    ck_assert_uint_eq(answer.status, 400);
    team_make(INB_DESK_KEEP, 0, "do=kept&card=x");
    ck_assert_uint_eq(answer.status, 400);
    team_make(INB_DESK_KEEP, 0, "%");
    ck_assert_uint_eq(answer.status, 400);
    // Left by quick exit: its form keeps nothing any more.
    team_make(INB_DESK_EXIT, 0, good);
    team_make(INB_DESK_KEEP, 0, good);
    ck_assert_uint_eq(answer.status, 403);
    ck_assert_int_eq(team_log_rows(), 0);
    // Without a team there is no such page, and no such button.
    make(INB_DESK_KEEP, 0, good, NOW);
    ck_assert_uint_eq(answer.status, 404);
    team_teardown();
}
INB_END

INB_TEST(no_secret_in_any_file) {
    team_setup();
    team_keep(team_typed);
    for (int closed = 0; closed < 2; closed++) {
        static const char *const ends[] = {"", "-wal", "-shm"};
        for (size_t i = 0; i < 3; i++) {
            char path[128];
            snprintf(path, sizeof path, "%s%s", team_store, ends[i]);
            FILE *file = fopen(path, "rb");
            static char bytes[4 << 20];
            size_t length = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
            ck_assert(closed == 1 || length > 0);
            for (size_t k = 0; k < sizeof team_secrets / sizeof team_secrets[0]; k++) {
                ck_assert_msg(
                    memmem(bytes, length, team_secrets[k], strlen(team_secrets[k])) == NULL,
                    "%s in %s", team_secrets[k], path);
            }
            if (file != NULL) {
                fclose(file);
            }
        }
        inb_road_free(team_road);
        team_open();
    }
    // And yet it is all there, for the team.
    team_make(INB_DESK_SIGNAL, 1, NULL);
    for (size_t k = 0; k < sizeof team_secrets / sizeof team_secrets[0]; k++) {
        ck_assert_msg(team_shows(team_secrets[k]), "%s", team_secrets[k]);
    }
    ck_assert(team_shows("Canarytext\nand more"));
    team_teardown();
}
INB_END

INB_TEST(a_full_disk) {
    team_setup();
    team_card();
    team_press("keep", "");
    char kept[16384];
    snprintf(kept, sizeof kept, "%s", form("kept", team_typed));
    team_full(true);
    team_make(INB_DESK_KEEP, 0, kept);
    team_full(false);
    ck_assert_uint_eq(answer.status, 503);
    ck_assert(team_shows("De opslag werkt nu niet") && !team_shows("Canary"));
    ck_assert_int_eq(team_log_rows(), 0);
    team_make(INB_DESK_KEEP, 0, kept); // there is room again
    ck_assert_uint_eq(answer.status, 303);
    team_teardown();
}
INB_END

static const char *swept;

static inb_status once(inb_error *err) {
    return team_try(INB_DESK_KEEP, 0, swept, err);
}

INB_TEST(out_of_memory) {
    team_setup();
    team_card();
    team_press("keep", "");
    static char kept[16384];
    snprintf(kept, sizeof kept, "%s", form("kept", "&person.1.sex=vrouwelijk&text=Canarytext"));
    swept = kept; // a page that says what is wrong: the same each time
    INB_SWEEP(once(err));
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/page_keep", keeping, passing_on_at_once,
    what_is_wrong_is_said_and_nothing_is_lost, hostile_forms_keep_nothing, no_secret_in_any_file,
    a_full_disk, out_of_memory)
