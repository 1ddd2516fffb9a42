// SPDX-License-Identifier: EUPL-1.2
// What was sealed comes back as it was told, under the right key, signal and field only.

#include "road_help.h"

#include "inb_sweep.h"

static inb_keys *keys;
static inb_arena *arena;

static const inb_record_key own_key = {.bytes = {7, 7, 7}, .since = 1};

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

static inb_stored_signal stored_of(const inb_signal *signal) {
    inb_stored_signal stored;
    INB_OK_IS(inb_intake(
        keys, road_norm, signal, (inb_date){2026, 11, 18}, &own_key, 1, arena, &stored, NULL, err));
    return stored;
}

#define SAME(member) ck_assert_pstr_eq(q->member, p->member)

INB_TEST(comes_back) {
    setup();
    inb_signal signal = road_signal("1");
    inb_stored_signal stored = stored_of(&signal);
    const inb_signal *back = NULL;
    INB_OK_IS(inb_recall(keys, &own_key, &stored, arena, &back, err));
    const inb_signal *p = &signal;
    const inb_signal *q = back;
    SAME(id);
    SAME(organisation);
    SAME(municipality);
    SAME(place_detail);
    SAME(text);
    SAME(ground);
    ck_assert(q->seen.day == 3 && q->noted.day == 4 && q->seen.month == 11);
    ck_assert(q->person_count == 2 && q->party_count == signal.party_count);
    for (size_t i = 0; i < 2; i++) {
        const inb_person *p = &signal.persons[i];
        const inb_person *q = &back->persons[i];
        SAME(ref);
        SAME(name);
        SAME(given_name);
        SAME(prefix);
        SAME(surname);
        SAME(birth_date);
        SAME(sex);
        SAME(nationality);
        SAME(phone);
        ck_assert(q->age.class_ == p->age.class_ && q->age.years == p->age.years);
        ck_assert(q->roles == p->roles && q->observation_count == p->observation_count);
    }
    for (size_t i = 0; i < signal.party_count; i++) {
        const inb_party *p = &signal.parties[i];
        const inb_party *q = &back->parties[i];
        ck_assert_int_eq(q->kind, p->kind);
        SAME(value);
        SAME(kvk);
    }
    inb_facts one;
    inb_facts two;
    INB_OK_IS(inb_facts_from_signal(road_norm, &signal, 0, &one, err));
    INB_OK_IS(inb_facts_from_signal(road_norm, back, 0, &two, err));
    ck_assert_int_eq(memcmp(&one, &two, sizeof one), 0);
    teardown();
}
INB_END

// Without parts, as a list gives it: what is open.
INB_TEST(open_columns_alone) {
    setup();
    inb_signal signal = road_signal("1");
    inb_stored_signal stored = stored_of(&signal);
    stored.part_count = 0;
    const inb_signal *back = NULL;
    INB_OK_IS(inb_recall(keys, &own_key, &stored, arena, &back, err));
    ck_assert(back->seen.day == 0 && back->seen.month == 11 && back->party_count == 0);
    ck_assert(back->persons[0].name == NULL && back->persons[0].age.years == INB_YEARS_UNKNOWN);
    ck_assert_str_eq(back->persons[0].sex, "f");
    teardown();
}
INB_END

INB_TEST(opens_only_where_it_belongs) {
    setup();
    inb_signal signal = road_signal("1");
    inb_signal other = road_signal("2");
    inb_stored_signal stored = stored_of(&signal);
    inb_stored_signal moved = stored_of(&other);
    moved.parts = stored.parts;
    moved.part_count = stored.part_count;
    const inb_signal *back = NULL;
    INB_FAILS(
        inb_recall(keys, &own_key, &moved, arena, &back, err), INB_BAD_INPUT, "does not open");
    inb_stored_part parts[] = {stored.parts[0]};
    parts[0].field = "text"; // what was another field
    stored.parts = parts;
    stored.part_count = 1;
    INB_FAILS(
        inb_recall(keys, &own_key, &stored, arena, &back, err), INB_BAD_INPUT, "does not open");
    ck_assert_ptr_null(back);
    char path[128];
    snprintf(path, sizeof path, "%s/other", road_folder);
    INB_OK_IS(inb_keyfile_new(path, err));
    inb_keys *others = NULL;
    INB_OK_IS(inb_keys_open(path, &others, err));
    stored = stored_of(&signal);
    // Another team's key makes another name of the record of it, which is bound in.
    INB_FAILS(
        inb_recall(others, &own_key, &stored, arena, &back, err), INB_BAD_INPUT, "does not open");
    inb_keys_free(others);
    const inb_record_key wrong = {.bytes = {7, 7, 8}, .since = 1};
    INB_FAILS(inb_recall(keys, &wrong, &stored, arena, &back, err), INB_BAD_INPUT, "does not open");
    // No key at all, or one that holds from a later version on: sealed by the team, or not.
    INB_FAILS(inb_recall(keys, NULL, &stored, arena, &back, err), INB_BAD_INPUT, "another version");
    const inb_record_key later = {.bytes = {7, 7, 7}, .since = 2};
    INB_FAILS(
        inb_recall(keys, &later, &stored, arena, &back, err), INB_BAD_INPUT, "another version");
    stored.version = 2; // a part of another version of the same signal
    INB_FAILS(
        inb_recall(keys, &own_key, &stored, arena, &back, err), INB_BAD_INPUT, "does not open");
    teardown();
}
INB_END

static inb_status once(const inb_stored_signal *stored, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *own = NULL;
    const inb_signal *back = NULL;
    INB_TRY(inb_arena_new(0, &own, err));
    return inb_recall(keys, &own_key, stored, own, &back, err);
}

INB_TEST(out_of_memory) {
    setup();
    inb_signal signal = road_signal("1");
    inb_stored_signal stored = stored_of(&signal);
    INB_SWEEP(once(&stored, err));
    teardown();
}
INB_END

INB_TEST_MAIN(
    "road/recall", comes_back, open_columns_alone, opens_only_where_it_belongs, out_of_memory)
