// SPDX-License-Identifier: EUPL-1.2
// What is open and what is not; the swap test (R9, R30, R35): name, sex and nationality change no
// open byte that is weighed; what is refused.

#include "road_help.h"

#include "road_i.h"

#include "inb_sweep.h"

static inb_keys *keys;
static inb_arena *arena;

static void setup(void) {
    road_setup();
    INB_OK_IS(inb_keys_open(road_key, &keys, err));
    INB_OK_IS(inb_arena_new(0, &arena, err));
}

static void teardown(void) {
    inb_keys_free(keys);
    inb_arena_free(arena);
    road_teardown();
}

static const inb_date today = {2026, 11, 18};
static const inb_record_key own_key = {.bytes = {7, 7, 7}, .since = 1};

static inb_status take(const inb_signal *signal, inb_stored_signal *ret_stored, inb_error *err) {
    return inb_intake(keys, road_norm, signal, today, &own_key, 1, arena, ret_stored, NULL, err);
}

static const inb_stored_part *part_of(const inb_stored_signal *stored, const char *field) {
    for (size_t i = 0; i < stored->part_count; i++) {
        if (strcmp(stored->parts[i].field, field) == 0) {
            return &stored->parts[i];
        }
    }
    return NULL;
}

static bool holds(const unsigned char *bytes, size_t length, const char *word) {
    return memmem(bytes, length, word, strlen(word)) != NULL;
}

INB_TEST(open_and_sealed) {
    setup();
    inb_signal signal = road_signal("1");
    inb_stored_signal s;
    inb_intake_levels levels;
    INB_OK_IS(inb_intake(keys, road_norm, &signal, today, &own_key, 1, arena, &s, &levels, err));
    ck_assert(s.seen.year == 2026 && s.seen.month == 11 && s.seen.day == 0 && s.noted.day == 0);
    ck_assert(s.status == INB_SIGNAL_KEPT && s.source_kind == INB_REPORTER_SCHOOL);
    ck_assert_str_eq(s.municipality, "GM0599");
    ck_assert_str_eq(s.catalogue, inb_catalogue_version(road_norm));
    ck_assert_str_eq(s.persons[0].sex, "f");
    ck_assert_str_eq(s.persons[1].sex, "m");
    ck_assert_uint_eq(levels.persons[0] + levels.persons[1] + levels.persons[2], 2);
    static const char *const sealed[] = {"seen", "noted", "place", "text", "ground",
        "person.a.name", "person.a.given_name", "person.a.prefix", "person.a.surname",
        "person.a.birth_date", "person.a.phone", "person.a.sex", "person.a.nationality",
        "person.a.age", "party.1.agency", "party.1.agency.kvk", "party.2.employer.kvk",
        "party.3.address", "party.4.vehicle", "party.5.handle"};
    ck_assert_uint_eq(s.part_count, sizeof sealed / sizeof sealed[0]);
    for (size_t i = 0; i < s.part_count; i++) {
        const inb_stored_part *part = part_of(&s, sealed[i]);
        ck_assert_msg(part != NULL, "%s is missing", sealed[i]);
        for (size_t k = 0; k < sizeof road_secrets / sizeof road_secrets[0]; k++) {
            ck_assert(!holds(part->bytes, part->length, road_secrets[k]));
        }
    }
    teardown();
}
INB_END

INB_TEST(nationality_needs_a_ground) {
    setup();
    inb_signal signal = road_signal("1");
    signal.ground = NULL;
    inb_stored_signal s;
    INB_OK_IS(take(&signal, &s, err));
    ck_assert_ptr_null(part_of(&s, "person.a.nationality"));
    teardown();
}
INB_END

// A month and an unknown date say all in the open; an age class has no years to seal.
INB_TEST(nothing_to_seal) {
    setup();
    const inb_person person = {.ref = "1", .age = {INB_AGE_ADULT, INB_YEARS_UNKNOWN}};
    const inb_signal signal = {.id = "x",
        .organisation = "o",
        .source_kind = INB_REPORTER_PUBLIC,
        .seen = {2026, 11, 0},
        .persons = &person,
        .person_count = 1};
    inb_stored_signal s;
    INB_OK_IS(take(&signal, &s, err));
    ck_assert(s.part_count == 0 && s.token_count == 0 && s.seen.month == 11 && s.noted.year == 0);
    ck_assert_ptr_null(s.persons[0].sex);
    teardown();
}
INB_END

INB_TEST(swap) {
    setup();
    inb_signal one = road_signal("1");
    inb_signal two = road_signal("1");
    inb_person persons[] = {road_persons[0], road_persons[1]};
    persons[0].name = "Somebody Else";
    persons[0].given_name = NULL;
    persons[0].surname = "Else";
    persons[0].sex = "jongen";
    persons[0].nationality = "Elsewhere";
    persons[1].sex = "vrouw";
    two.persons = persons;
    inb_stored_signal a;
    inb_stored_signal b;
    INB_OK_IS(take(&one, &a, err));
    INB_OK_IS(take(&two, &b, err));
    for (size_t i = 0; i < 2; i++) {
        const inb_stored_person *p = &a.persons[i];
        const inb_stored_person *q = &b.persons[i];
        ck_assert(p->age_class == q->age_class && p->roles == q->roles &&
                  p->observation_count == q->observation_count &&
                  p->circumstance_count == q->circumstance_count);
        for (size_t k = 0; k < p->observation_count; k++) {
            ck_assert_str_eq(p->observations[k].id, q->observations[k].id);
            ck_assert_int_eq(p->observations[k].answer, q->observations[k].answer);
        }
        ck_assert_str_ne(p->sex, q->sex); // for counting only
    }
    ck_assert(a.situation.danger_now == b.situation.danger_now &&
              a.situation.unaccompanied == b.situation.unaccompanied &&
              a.situation.denies == b.situation.denies &&
              a.situation.profits == b.situation.profits &&
              a.situation.surroundings == b.situation.surroundings &&
              a.situation.consent == b.situation.consent &&
              a.situation.police == b.situation.police); // not its padding
    ck_assert_uint_eq(a.token_count, b.token_count);
    teardown();
}
INB_END

INB_TEST(sexes) {
    ck_assert_str_eq(inb_i_sex_code("M"), "m");
    ck_assert_str_eq(inb_i_sex_code("Vrouw"), "f");
    ck_assert_str_eq(inb_i_sex_code("x"), "x");
    ck_assert_ptr_null(inb_i_sex_code("Jansen"));
    ck_assert_ptr_null(inb_i_sex_code(NULL));
}
INB_END

INB_TEST(refused) {
    setup();
    inb_stored_signal s = {.number = 7};
    inb_signal signal = road_signal("1");
    signal.seen = (inb_date){2026, 11, 19};
    INB_FAILS(take(&signal, &s, err), INB_BAD_INPUT, "future in 'seen'");
    signal = road_signal("1");
    signal.noted = (inb_date){2027, 0, 0};
    INB_FAILS(take(&signal, &s, err), INB_BAD_INPUT, "future in 'noted'");
    signal = road_signal("1");
    inb_person person = road_persons[0];
    person.birth_date = "2026-12";
    signal.persons = &person;
    signal.person_count = 1;
    INB_FAILS(take(&signal, &s, err), INB_BAD_INPUT, "'person.birth_date'");
    signal = road_signal(NULL);
    INB_FAILS(take(&signal, &s, err), INB_BAD_INPUT, "without 'id'");
    signal = road_signal("1");
    signal.organisation = NULL;
    INB_FAILS(take(&signal, &s, err), INB_BAD_INPUT, "without 'source.organisation'");
    signal = road_signal("1");
    const inb_observation unknown = {"ZZ-99", INB_ANSWER_YES};
    person = road_persons[0];
    person.observations = &unknown;
    person.observation_count = 1;
    signal.persons = &person;
    signal.person_count = 1;
    INB_FAILS(take(&signal, &s, err), INB_NOT_FOUND, "catalogue");
    ck_assert_int_eq(s.number, 7); // untouched
    teardown();
}
INB_END

static inb_status once(const inb_signal *signal, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *own = NULL;
    inb_stored_signal stored;
    INB_TRY(inb_arena_new(0, &own, err));
    return inb_intake(keys, road_norm, signal, today, &own_key, 1, own, &stored, NULL, err);
}

INB_TEST(out_of_memory) {
    setup();
    inb_signal signal = road_signal("1");
    INB_SWEEP(once(&signal, err));
    teardown();
}
INB_END

INB_TEST_MAIN("road/intake", open_and_sealed, nationality_needs_a_ground, nothing_to_seal, swap,
    sexes, refused, out_of_memory)
