// SPDX-License-Identifier: EUPL-1.2
// The picture from a store: who told of which form (R1), roles that meet only where organisations
// are joined (R3), the people around (R16), and what leaves it: retracted signals, and persons that
// nothing was found about.

#include "road_help.h"

#include "inb_sweep.h"

#include <inbeeld/hits.h>
#include <inbeeld/rng.h>
#include <inbeeld/retention.h>
#include <inbeeld/store_picture.h>

struct story {
    const char *id;
    const char *organisation;
    inb_reporter source;
    const char *name;
    const char *born;
    const char *sex;
    uint32_t roles;
    inb_age_class age;
};

enum { VICTIM = 1 << INB_ROLE_POSSIBLE_VICTIM, SUSPECT = 1 << INB_ROLE_SUSPECT };

// CR-11 is one of criminal exploitation; three organisations, of one boy one half each.
static const struct story stories[] = {
    {"1", "school-a", INB_REPORTER_SCHOOL, "Jan van der Made", "2011-03-01", "m", VICTIM,
        INB_AGE_CHILD},
    {"2", "police-b", INB_REPORTER_POLICE_BEAT, "MADE, Jan van der", "2011-03-01", "m", SUSPECT,
        INB_AGE_CHILD},
    {"3", "police-b", INB_REPORTER_POLICE_BEAT, "Piet Ander", "2001-05-09", "m", SUSPECT,
        INB_AGE_ADULT},
    {"4", "health-c", INB_REPORTER_HEALTH, "Els Derde", "2012-01-20", "f", VICTIM | SUSPECT,
        INB_AGE_CHILD},
    {"5", "health-c", INB_REPORTER_HEALTH, NULL, NULL, NULL, VICTIM, INB_AGE_UNKNOWN},
};
enum { STORIES = sizeof stories / sizeof stories[0] };

static const inb_observation criminal[] = {
    {"CR-11", INB_ANSWER_YES}, {"CR-03", INB_ANSWER_UNKNOWN}, {"CR-04", INB_ANSWER_NO}};

static const inb_picture_links links = INB_PICTURE_LINKS_INIT;

static void keep_as(inb_road *road, const struct story *story, const char *sex, size_t observed) {
    inb_person persons[2] = {{.ref = "a",
                                 .age = {story->age, INB_YEARS_UNKNOWN},
                                 .roles = story->roles,
                                 .name = story->name,
                                 .birth_date = story->born,
                                 .sex = sex,
                                 .observations = criminal,
                                 .observation_count = observed},
        {.ref = "b", .age = {INB_AGE_ADULT, INB_YEARS_UNKNOWN}, .roles = 1 << INB_ROLE_PARENT}};
    inb_signal signal = {.id = story->id,
        .source_kind = story->source,
        .organisation = story->organisation,
        .seen = {2026, 5, 3},
        .persons = persons,
        .person_count = story->source == INB_REPORTER_SCHOOL ? 2 : 1,
        .situation = {.surroundings = 1 << INB_SURROUNDING_UNAWARE}};
    inb_road_actor actor = {"user.1", story->organisation, "", ROAD_NOW};
    INB_OK_IS(inb_road_begin(road, err));
    INB_OK_IS(inb_road_keep_one(road, &actor, &signal, NULL, err));
    INB_OK_IS(inb_road_commit(road, err));
}

static inb_road *road_of(bool writer) {
    inb_road_options options = road_options();
    options.writer = writer;
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    return road;
}

static void picture(inb_road *road, inb_overview *overview) {
    inb_ticket *ticket = NULL;
    INB_OK_IS(inb_road_ask_wait(road, &road_actor, INB_ROAD_PICTURE, NULL, &ticket, err));
    INB_OK_IS(inb_road_picture(road, ticket, &links, overview, NULL, err));
    INB_FAILS(
        inb_road_picture(road, ticket, &links, overview, NULL, err), INB_UNAVAILABLE, "no row");
    inb_ticket_free(ticket);
}

INB_TEST(who_sees_whom) {
    static inb_overview overview;
    road_setup();
    inb_road *road = road_of(true);
    for (size_t i = 0; i < STORIES; i++) {
        keep_as(road, &stories[i], stories[i].sex, 3);
    }
    picture(road, &overview);
    ck_assert_int_eq(overview.sightings, 6); // the parent is one
    ck_assert_int_eq(overview.in_picture, 5);
    ck_assert_int_eq(overview.persons, 4); // the boy is one person
    ck_assert_int_eq(overview.by_form[INB_FORM_CRIMINAL][INB_REPORTER_POLICE_BEAT], 2);
    ck_assert_int_eq(overview.by_form[INB_FORM_CRIMINAL][INB_REPORTER_SCHOOL], 1);
    ck_assert_int_eq(overview.overlap[INB_AGE_CHILD].over_organisations, 1);
    ck_assert_int_eq(overview.overlap[INB_AGE_CHILD].in_one_signal, 1);
    ck_assert_int_eq(overview.all.seen_twice, 1);
    ck_assert_int_eq(overview.by_age_and_sex[INB_AGE_CHILD][INB_SEX_MALE].also_suspect, 1);
    ck_assert_int_eq(overview.by_sex[INB_SEX_UNKNOWN].persons, 1); // not told is no sex
    ck_assert_int_eq(overview.all.unknown, 5);
    ck_assert_int_eq(overview.involvement[INB_AGE_CHILD].with_others_near, 1);
    ck_assert_int_eq(
        overview.involvement[INB_AGE_CHILD].by_surrounding[INB_SURROUNDING_UNAWARE], 3);
    ck_assert_int_eq(overview.quarters[4 * (2026 - INB_OVERVIEW_FIRST_YEAR) + 1], 5);
    unsigned both = 1u << INB_SOURCE_POLICE | 1u << INB_SOURCE_YOUTH;
    ck_assert_int_eq(overview.seen.histories[INB_AGE_CHILD][INB_SEX_MALE][both], 1);
    inb_road_free(road);
    road_teardown();
}
INB_END

// R9 through the picture: another sex moves persons between columns of sex and changes nothing
// else.
INB_TEST(sex_moves_nothing_but_its_own_column) {
    static inb_overview as_told, swapped;
    for (int turn = 0; turn < 2; turn++) {
        road_setup();
        inb_road *road = road_of(true);
        for (size_t i = 0; i < STORIES; i++) {
            const char *sex = stories[i].sex;
            const char *other = sex == NULL ? NULL : sex[0] == 'm' ? "vrouw" : "man";
            keep_as(road, &stories[i], turn == 0 ? sex : other, 3);
        }
        picture(road, turn == 0 ? &as_told : &swapped);
        inb_road_free(road);
        road_teardown();
    }
    ck_assert_int_eq(as_told.by_sex[INB_SEX_MALE].persons, swapped.by_sex[INB_SEX_FEMALE].persons);
    ck_assert_int_eq(as_told.by_sex[INB_SEX_FEMALE].persons, swapped.by_sex[INB_SEX_MALE].persons);
    ck_assert_int_eq(memcmp(as_told.by_form, swapped.by_form, sizeof as_told.by_form), 0);
    ck_assert_int_eq(memcmp(&as_told.all, &swapped.all, sizeof as_told.all), 0);
    ck_assert_int_eq(memcmp(as_told.overlap, swapped.overlap, sizeof as_told.overlap), 0);
    ck_assert_int_eq(as_told.criminal_first, swapped.criminal_first);
}
INB_END

INB_TEST(what_leaves_the_picture) {
    static inb_overview overview;
    road_setup();
    inb_road *road = road_of(true);
    keep_as(road, &stories[0], "m", 3);
    keep_as(road, &stories[1], "m", 0); // nothing seen: no form
    picture(road, &overview);
    ck_assert_int_eq(overview.persons, 1);
    ck_assert_int_eq(overview.overlap[INB_AGE_CHILD].over_organisations, 1);
    inb_road_actor actor = {"user.1", "school-a", "", ROAD_NOW};
    INB_OK_IS(inb_road_retract(road, &actor, "1", 0, NULL, NULL, err));
    inb_road_free(road); // writes what waits
    road = road_of(true);
    picture(road, &overview);
    ck_assert_int_eq(overview.persons, 0);
    ck_assert_int_eq(overview.sightings, 1);
    ck_assert_int_eq(overview.overlap[INB_AGE_CHILD].over_organisations, 0);
    inb_road_free(road);
    road_teardown();
}
INB_END

// Many persons: the tables grow, tokens keep apart who is apart.
INB_TEST(many_persons) {
    static inb_overview overview;
    road_setup();
    inb_road *road = road_of(true);
    enum { MANY = 520 }; // of whom half are the same: room for 256 is doubled
    for (size_t i = 0; i < MANY; i++) {
        char id[16], name[32], born[16];
        snprintf(id, sizeof id, "m%zu", i);
        // Names that no rule of likeness takes for one another.
        static const char *const parts[] = {"bo", "rida", "kev", "zul", "mat", "yef", "cho", "wub",
            "dunja", "pek", "gos", "tiv", "han", "lum", "fra", "ebi", "nox", "sar", "qui", "jorg"};
        size_t k = i / 2;
        unsigned day = (unsigned)k * 2654435761U; // parts of a date that do not go together
        snprintf(born, sizeof born, "20%02u-%02u-%02u", (day >> 8) % 9, 1 + (day >> 14) % 12,
            1 + (day >> 20) % 28);
        snprintf(name, sizeof name, "%s%s %s%s", parts[k % 20], parts[k / 20], parts[k * 7 % 20],
            parts[(k / 20 * 3 + k) % 20]);
        struct story story = stories[0];
        story.id = id;
        story.name = name;
        story.born = born;
        story.organisation = i % 2 == 0 ? "school-a" : "school-d";
        keep_as(road, &story, "m", 3);
    }
    picture(road, &overview);
    ck_assert_int_eq(overview.persons, MANY / 2);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A typing error in half of the second records: linkage finds them, tokens do not (R4, R6). Of the
// hundred that each organisation has compared on a day (hits.h) likeness finds them too.
INB_TEST(linked_with_the_key) {
    static inb_overview linked, thin;
    road_setup();
    inb_road *road = road_of(true);
    enum { PEOPLE = 150 };
    inb_rng rng = inb_rng_make(5, 0);
    for (size_t i = 0; i < PEOPLE; i++) {
        char given[16], surname[16], born[16], name[48], ids[2][16];
        for (size_t k = 0; k < 8; k++) {
            given[k] = (char)('a' + inb_rng_below(&rng, 26));
            surname[k] = (char)('a' + inb_rng_below(&rng, 26));
        }
        given[8] = surname[8] = '\0';
        snprintf(born, sizeof born, "20%02u-%02u-%02u", 2 + inb_rng_below(&rng, 8),
            1 + inb_rng_below(&rng, 12), 1 + inb_rng_below(&rng, 28));
        for (int turn = 0; turn < 2; turn++) {
            struct story story = stories[turn];
            snprintf(ids[turn], sizeof ids[0], "%d-%zu", turn, i);
            surname[3] = turn == 1 && i % 2 == 0 ? 'q' : surname[3];
            snprintf(name, sizeof name, "%s %s", given, surname);
            story.id = ids[turn];
            story.name = name;
            story.born = born;
            keep_as(road, &story, "m", 3);
        }
    }
    picture(road, &linked);
    ck_assert(linked.linked);
    inb_store_options options = {.hash = inb_hash};
    inb_store *store = NULL;
    INB_OK_IS(inb_store_open(road_where, &options, &store, err));
    INB_OK_IS(inb_picture_count(store, road_norm, NULL, NULL, NULL, &links, &thin, NULL, err));
    inb_store_free(store);
    ck_assert(!thin.linked);
    int32_t waiting = (PEOPLE - INB_HIT_QUOTA) / 2;
    ck_assert_int_ge(thin.persons, PEOPLE + waiting - 3); // some had a q already
    ck_assert_int_le(thin.persons, PEOPLE + waiting + 3);
    ck_assert_int_ge(linked.persons, PEOPLE - 3);
    ck_assert_int_le(linked.persons, PEOPLE + 3);
    inb_road_free(road);
    road_teardown();
}
INB_END

static const char *sweep_where;
static const char *sweep_key; // NULL = tokens

static inb_status count_once(inb_error *err) {
    static inb_overview overview;
    inb_store_options options = {.hash = inb_hash};
    inb_store *stores[2] = {NULL, NULL};
    inb_keys *keys = NULL;
    inb_keyring *ring = NULL;
    inb_status status = inb_store_open(sweep_where, &options, &stores[0], err);
    if (status == INB_OK) {
        status = inb_store_open(sweep_where, &options, &stores[1], err);
    }
    if (status == INB_OK && sweep_key != NULL) {
        status = inb_keys_open(sweep_key, &keys, err);
    }
    if (status == INB_OK) {
        status = sweep_key == NULL ? INB_OK
                                   : inb_keyring_of_store(stores[0], sweep_key, keys, &ring, err);
    }
    if (status == INB_OK) {
        status = inb_picture_count(
            stores[0], road_norm, keys, ring, stores[1], &links, &overview, NULL, err);
    }
    inb_keyring_free(ring);
    inb_keys_free(keys);
    inb_store_free(stores[0]);
    inb_store_free(stores[1]);
    return status;
}

INB_TEST(memory_may_run_out) {
    road_setup();
    inb_road *road = road_of(false);
    for (size_t i = 0; i < STORIES; i++) {
        keep_as(road, &stories[i], stories[i].sex, 3);
    }
    inb_road_free(road);
    sweep_where = road_where;
    sweep_key = NULL;
    INB_SWEEP(count_once(err));
    sweep_key = road_key;
    INB_SWEEP(count_once(err));
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/store_picture", who_sees_whom, sex_moves_nothing_but_its_own_column,
    what_leaves_the_picture, many_persons, linked_with_the_key, memory_may_run_out)
