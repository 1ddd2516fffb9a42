// SPDX-License-Identifier: EUPL-1.2
// What hits keep in the store: states by version, keys to look people up by, who is alike, who
// shares a token as far as the asker may know, grounds, quotas and contacts; and a store of before,
// of which every signal waits.

#include "store_help.h"

#include <inbeeld/store_hits.h>

#include "store_i.h"

static inb_arena *arena;

static int64_t append(
    inb_store *store, const char *organisation, const char *id, inb_reporter source, bool ground) {
    static const inb_stored_part parts[] = {{"ground", (const unsigned char *)"x", 1},
        {"person.a.name", (const unsigned char *)"n", 1},
        {"person.ab.name", (const unsigned char *)"m", 1}};
    inb_stored_signal signal = help_signal(organisation, id);
    signal.source_kind = source;
    signal.parts = ground ? parts : parts + 1;
    signal.part_count = ground ? 3 : 2;
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
    const int64_t *numbers = NULL;
    size_t count = 0;
    INB_OK_IS(inb_store_named(store, arena, id, &numbers, &count, err));
    const inb_compared done = {1, INB_COMPARED_DONE, 7};
    INB_OK_IS(inb_store_begin(store, err));
    INB_OK_IS(inb_store_compared_set(store, numbers[count - 1], organisation, &done, err));
    INB_OK_IS(inb_store_commit(store, err));
    return numbers[count - 1];
}

static size_t sharing(inb_store *store, int64_t number, const char *kinds, bool grounded) {
    const inb_asker asker = {number, kinds, grounded};
    const inb_sharer *list = NULL;
    size_t count = 0;
    INB_OK_IS(inb_store_sharing(
        store, arena, &asker, "phone", help_tokens[0].value, 100, &list, &count, err));
    return count;
}

INB_TEST(who_may_know_whom) {
    help_setup();
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_store *store = help_open();
    int64_t school = append(store, "a", "1", INB_REPORTER_SCHOOL, false);
    int64_t health = append(store, "b", "2", INB_REPORTER_HEALTH, true);
    int64_t police = append(store, "c", "3", INB_REPORTER_POLICE_BEAT, false);
    int64_t expert = append(store, "d", "4", INB_REPORTER_POLICE_EXPERT, true);
    static const char care[] = ";school;health;";
    ck_assert_uint_eq(sharing(store, school, care, false), 2);
    ck_assert_uint_eq(sharing(store, health, care, true), 3);
    ck_assert_uint_eq(sharing(store, police, ";police_beat;police_expert;", false), 2);
    const inb_asker asker = {school, care, false};
    const inb_sharer *list = NULL;
    size_t count = 0;
    INB_OK_IS(inb_store_sharing(
        store, arena, &asker, "phone", help_tokens[0].value, 1, &list, &count, err));
    ck_assert(count == 1 && list[0].number == school && !list[0].parted); // at most
    INB_OK_IS(inb_store_begin(store, err));
    const inb_alike alike[] = {{school, 1, 0, health, 1, 1}, {school, 1, 1, expert, 1, 0}};
    INB_OK_IS(inb_store_alike_add(store, &alike[0], err));
    INB_OK_IS(inb_store_alike_add(store, &alike[1], err));
    INB_OK_IS(inb_store_alike_add(store, &alike[1], err)); // again
    const inb_alike wrong = {health, 1, 0, school, 1, 0};
    INB_FAILS(inb_store_alike_add(store, &wrong, err), INB_INTERNAL, "order");
    INB_OK_IS(inb_store_ground(store, police, school, "u", 9, (const unsigned char *)"s", 1, err));
    INB_FAILS(inb_store_ground(store, police, police, "u", 9, (const unsigned char *)"s", 1, err),
        INB_INTERNAL, "two signals");
    INB_OK_IS(inb_store_commit(store, err));
    INB_OK_IS(inb_store_alike_of(store, arena, &asker, &list, &count, err));
    ck_assert(count == 1 && list[0].number == health && list[0].grounded);
    ck_assert_str_eq(list[0].organisation, "b");
    const inb_asker all = {expert, care, true};
    INB_OK_IS(inb_store_alike_of(store, arena, &all, &list, &count, err));
    ck_assert(count == 1 && list[0].number == school && list[0].source_kind == INB_REPORTER_SCHOOL);
    INB_OK_IS(inb_store_grounded_with(store, arena, school, &list, &count, err));
    ck_assert(count == 1 && list[0].number == police);
    const inb_alike *pairs = NULL;
    INB_OK_IS(inb_store_alike_list(store, arena, &pairs, &count, err));
    ck_assert(count == 2 && pairs[0].second_place == 1 && pairs[1].second == expert);
    // Parted ones say so; a new version, not looked at yet, is out.
    const inb_stored_parting parting = {school, health};
    inb_work work = help_work(INB_WORK_PART, NULL);
    work.partings = &parting;
    work.parting_count = 1;
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
    INB_OK_IS(inb_store_alike_of(store, arena, &asker, &list, &count, err));
    ck_assert(count == 1 && list[0].parted);
    INB_OK_IS(inb_store_sharing(
        store, arena, &asker, "phone", help_tokens[0].value, 9, &list, &count, err));
    ck_assert(count == 2 && !list[0].parted && list[1].parted);
    inb_stored_signal corrected = help_signal("b", "2");
    corrected.status = INB_SIGNAL_CORRECTED;
    work = help_work(INB_WORK_CORRECT, &corrected);
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
    INB_OK_IS(inb_store_alike_of(store, arena, &asker, &list, &count, err));
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(sharing(store, school, care, false), 1);
    INB_OK_IS(inb_store_begin(store, err));
    INB_OK_IS(inb_store_alike_drop(store, school, err));
    INB_OK_IS(inb_store_commit(store, err));
    INB_OK_IS(inb_store_alike_list(store, arena, &pairs, &count, err));
    ck_assert_uint_eq(count, 0);
    inb_store_free(store);
    inb_arena_free(arena);
    help_teardown();
}
INB_END

INB_TEST(small_things) {
    help_setup();
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_store *store = help_open();
    int64_t one = append(store, "a", "1", INB_REPORTER_SCHOOL, true);
    int64_t other = append(store, "b", "2", INB_REPORTER_SCHOOL, false);
    inb_compared compared;
    INB_OK_IS(inb_store_compared(store, one, &compared, err));
    ck_assert(compared.version == 1 && compared.state == INB_COMPARED_DONE && compared.at == 7);
    INB_OK_IS(inb_store_compared(store, 99, &compared, err));
    ck_assert_uint_eq(compared.version, 0);
    int64_t number = 0;
    INB_OK_IS(inb_store_compared_count(store, "a", INB_COMPARED_DONE, &number, err));
    ck_assert_int_eq(number, 1);
    // Keys, and parts of one person alone.
    unsigned char key[INB_STORE_TOKEN_BYTES] = "a key";
    INB_OK_IS(inb_store_begin(store, err));
    INB_OK_IS(inb_store_near_add(store, one, 1, "person.a", key, err));
    INB_OK_IS(inb_store_near_add(store, one, 1, "person.a", key, err)); // again
    INB_OK_IS(inb_store_near_add(store, other, 1, "person.b", key, err));
    INB_FAILS(inb_store_near_add(store, one, 1, "a name", key, err), INB_INTERNAL, "no place");
    INB_OK_IS(inb_store_commit(store, err));
    const inb_near_place *places = NULL;
    size_t count = 0;
    INB_OK_IS(inb_store_near_find(store, arena, key, "b", 9, &places, &count, err));
    ck_assert(count == 1 && places[0].number == one && places[0].version == 1);
    ck_assert_str_eq(places[0].about, "person.a");
    ck_assert_str_eq(places[0].organisation, "a");
    ck_assert_str_eq(places[0].id, "1");
    const inb_stored_part *parts = NULL;
    INB_OK_IS(inb_store_person_parts(store, arena, one, 1, "person.a", &parts, &count, err));
    ck_assert(count == 1 && parts[0].length == 1 && parts[0].bytes[0] == 'n');
    bool has = false;
    INB_OK_IS(inb_store_has_part(store, one, 1, "ground", &has, err));
    ck_assert(has);
    INB_OK_IS(inb_store_has_part(store, other, 1, "ground", &has, err));
    ck_assert(!has);
    INB_OK_IS(inb_store_person_place(store, one, 1, "person.b", &number, err));
    ck_assert_int_eq(number, 1);
    INB_FAILS(inb_store_person_place(store, one, 1, "person.z", &number, err), INB_NOT_FOUND, "no");
    INB_FAILS(inb_store_person_place(store, one, 1, "party.1", &number, err), INB_NOT_FOUND, "no");
    // Quotas and contacts.
    inb_quota_use use;
    inb_contact contact;
    INB_OK_IS(inb_store_quota(store, "a", 20000, &use, err));
    ck_assert(use.used == 0 && use.refused == 0);
    INB_OK_IS(inb_store_contact(store, arena, "a", &contact, err));
    ck_assert(contact.contact == NULL && contact.quota == -1);
    INB_OK_IS(inb_store_begin(store, err));
    const inb_quota_use more[] = {{1, 0}, {2, 1}};
    INB_OK_IS(inb_store_quota_add(store, "a", 20000, &more[0], err));
    INB_OK_IS(inb_store_quota_add(store, "a", 20000, &more[1], err));
    INB_OK_IS(inb_store_quota_add(store, "a", 20001, &more[0], err));
    const inb_contact told[] = {{"desk 1", 40}, {"desk 2", -1}};
    INB_OK_IS(inb_store_contact_set(store, "a", &told[0], 1, err));
    INB_OK_IS(inb_store_contact(store, arena, "a", &contact, err));
    ck_assert_int_eq(contact.quota, 40);
    INB_OK_IS(inb_store_contact_set(store, "a", &told[1], 1, err));
    INB_OK_IS(inb_store_contact(store, arena, "a", &contact, err));
    ck_assert_int_eq(contact.quota, -1);
    ck_assert_str_eq(contact.contact, "desk 2");
    static char much[INB_CONTACT_MOST + 2];
    memset(much, 'x', INB_CONTACT_MOST + 1);
    const inb_contact wrong[] = {{NULL, 1}, {much, 1}};
    INB_FAILS(inb_store_contact_set(store, "a", &wrong[0], 1, err), INB_BAD_INPUT, "contact");
    INB_FAILS(inb_store_contact_set(store, "a", &wrong[1], 1, err), INB_BAD_INPUT, "400");
    INB_OK_IS(inb_store_commit(store, err));
    INB_OK_IS(inb_store_quota(store, "a", 20000, &use, err));
    ck_assert(use.used == 3 && use.refused == 1);
    const inb_log_entry entry = {1, "u", "hit", "number/1", "done", ""};
    INB_FAILS(inb_store_note(store, &entry, err), INB_INTERNAL, "outside a group");
    // Those that wait, by number.
    const int64_t *numbers = NULL;
    const inb_compared waits = {1, INB_COMPARED_WAITS, 0};
    INB_OK_IS(inb_store_begin(store, err));
    INB_OK_IS(inb_store_compared_set(store, one, "a", &waits, err));
    INB_OK_IS(inb_store_commit(store, err));
    INB_OK_IS(inb_store_waiting(store, arena, "a", 9, &numbers, &count, err));
    ck_assert(count == 1 && numbers[0] == one);
    INB_OK_IS(inb_store_waiting(store, arena, "b", 9, &numbers, &count, err));
    ck_assert_uint_eq(count, 0);
    inb_store_free(store);
    inb_arena_free(arena);
    help_teardown();
}
INB_END

// What is done in the same breath fails together with the signal.
static inb_status refuse(
    inb_store *store, int64_t number, uint32_t version, void *payload, inb_error *err) {
    int64_t *seen = payload;
    *seen = number;
    (void)store;
    return version == 1 ? inb_fail(err, INB_BAD_INPUT, "refused afterwards") : INB_OK;
}

INB_TEST(in_the_same_breath) {
    help_setup();
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_store *store = help_open();
    int64_t seen = 0;
    inb_stored_signal signal = help_signal("a", "1");
    inb_work work = help_work(INB_WORK_APPEND, &signal);
    work.then = refuse;
    work.then_payload = &seen;
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "refused afterwards");
    ck_assert_int_eq(seen, 1);
    const inb_stored_signal *found = NULL;
    INB_FAILS(inb_store_get(store, arena, 1, &found, err), INB_NOT_FOUND, "no signal");
    int64_t number = append(store, "a", "1", INB_REPORTER_SCHOOL, false);
    signal.status = INB_SIGNAL_CORRECTED;
    work.kind = INB_WORK_CORRECT;
    seen = 0;
    INB_OK_IS(inb_store_write(store, &work, NULL, err)); // version 2
    ck_assert_int_eq(seen, number);
    inb_store_free(store);
    inb_arena_free(arena);
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/store_hits", who_may_know_whom, small_things, in_the_same_breath)
