// SPDX-License-Identifier: EUPL-1.2
// What was kept comes back as it was; lists by page, the walk and tokens leave out what is
// retracted.

#include "store_help.h"

INB_TEST(comes_back) {
    help_setup();
    inb_store *store = help_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    help_write(store, INB_WORK_APPEND, help_signal("o", "1"));
    const inb_stored_signal *s = NULL;
    INB_OK_IS(inb_store_read(store, arena, "o", "1", 0, &s, err));
    ck_assert_str_eq(s->organisation, "o");
    ck_assert_str_eq(s->municipality, "GM0599");
    ck_assert(s->version == 1 && s->number == 1 && s->status == INB_SIGNAL_KEPT);
    ck_assert(s->source_kind == INB_REPORTER_SCHOOL && s->kept_at == 1795000000);
    ck_assert(s->seen.year == 2026 && s->seen.month == 11 && s->noted.year == 0);
    ck_assert(s->situation.denies && s->situation.consent == INB_CONSENT_REFUSED);
    ck_assert(s->person_count == 2 && s->part_count == 2 && s->token_count == 2);
    ck_assert(s->persons[0].age_class == INB_AGE_CHILD);
    ck_assert_uint_eq(s->persons[0].roles, help_persons[0].roles);
    ck_assert_str_eq(s->persons[0].observations[1].id, "CR-03");
    ck_assert_int_eq(s->persons[0].observations[1].answer, INB_ANSWER_UNKNOWN);
    ck_assert_str_eq(s->persons[0].circumstances[1], "CI-23");
    ck_assert(s->persons[1].sex == NULL && s->persons[1].observation_count == 0);
    ck_assert(s->parts[0].length == 3 && memcmp(s->parts[0].bytes, "\1\0\2", 3) == 0);
    ck_assert_int_eq(memcmp(s->tokens[1].value, help_tokens[0].value, 16), 0);
    INB_FAILS(inb_store_read(store, arena, "o", "1", 2, &s, err), INB_NOT_FOUND, "no such version");
    INB_FAILS(inb_store_read(store, arena, "p", "1", 0, &s, err), INB_NOT_FOUND, "no such signal");
    inb_arena_free(arena);
    inb_store_free(store);
    help_teardown();
}
INB_END

static inb_status count(const inb_stored_signal *signal, void *payload, inb_error *err) {
    (void)err;
    ck_assert(signal->person_count == 2 && signal->token_count == 2 && signal->part_count == 0);
    ++*(size_t *)payload;
    return INB_OK;
}

static inb_status stop(const inb_stored_signal *signal, void *payload, inb_error *err) {
    (void)signal;
    (void)payload;
    return inb_fail(err, INB_RANGE, "stopped");
}

INB_TEST(pages_walk_tokens) {
    help_setup();
    inb_store *store = help_open();
    inb_store *reader = help_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    for (int i = 0; i < 7; i++) {
        char id[8];
        snprintf(id, sizeof id, "%d", i);
        help_write(store, INB_WORK_APPEND, help_signal(i == 3 ? "p" : "o", id));
    }
    help_write(store, INB_WORK_RETRACT, help_signal("o", "5"));
    inb_stored_signal other = help_signal("o", "6");
    other.token_count = 1;
    other.tokens = &help_tokens[1];
    inb_stored_token two[] = {help_tokens[1], help_tokens[1]};
    two[1].about = "party.2";
    other.tokens = two;
    other.token_count = 2;
    help_write(store, INB_WORK_CORRECT, other);
    const inb_stored_signal *page = NULL;
    size_t length = 0;
    INB_OK_IS(inb_store_list(reader, arena, "o", 0, 4, &page, &length, err));
    ck_assert_uint_eq(length, 4);
    ck_assert_str_eq(page[0].id, "6");
    ck_assert_int_eq(page[1].status, INB_SIGNAL_RETRACTED);
    ck_assert_str_eq(page[3].id, "2");
    INB_OK_IS(inb_store_list(reader, arena, "o", page[3].number, 4, &page, &length, err));
    ck_assert_uint_eq(length, 2);
    ck_assert_str_eq(page[1].id, "0");
    size_t seen = 0;
    INB_OK_IS(inb_store_each(reader, count, &seen, err));
    ck_assert_uint_eq(seen, 6);
    INB_FAILS(inb_store_each(reader, stop, NULL, err), INB_RANGE, "stopped");
    const inb_stored_hit *hits = NULL;
    INB_OK_IS(inb_store_find(reader, arena, "phone", help_tokens[0].value, &hits, &length, err));
    ck_assert_uint_eq(length, 5); // not the retracted, not the old version
    INB_OK_IS(inb_store_find(reader, arena, "kvk", help_tokens[0].value, &hits, &length, err));
    ck_assert_uint_eq(length, 0);
    INB_OK_IS(inb_store_find(reader, arena, "kvk", help_tokens[1].value, &hits, &length, err));
    ck_assert_uint_eq(length, 7);
    ck_assert_str_eq(hits[6].about, "party.2");
    ck_assert_uint_eq(hits[6].version, 2);
    inb_arena_free(arena);
    inb_store_free(reader);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(partings_and_chains) {
    help_setup();
    inb_store *store = help_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    help_write(store, INB_WORK_APPEND, help_signal("o", "1"));
    help_write(store, INB_WORK_APPEND, help_signal("o", "2"));
    const inb_stored_parting pair = {1, 2};
    const inb_stored_parting wrong = {2, 1};
    const inb_stored_parting nobody = {1, 9};
    inb_work work = help_work(INB_WORK_PART, NULL);
    work.parting_count = 1;
    work.partings = &wrong;
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_INTERNAL, "disorder");
    work.partings = &nobody;
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_IO, "failed");
    work.partings = &pair;
    INB_OK_IS(inb_store_write(store, &work, NULL, err));
    INB_OK_IS(inb_store_write(store, &work, NULL, err)); // said twice is said once
    const inb_stored_parting *list = NULL;
    size_t count = 0;
    INB_OK_IS(inb_store_partings(store, arena, &list, &count, err));
    ck_assert_uint_eq(count, 1);
    ck_assert(list[0].first == 1 && list[0].second == 2);
    const inb_stored_signal *got = NULL;
    INB_OK_IS(inb_store_get(store, arena, 2, &got, err));
    ck_assert_str_eq(got->id, "2");
    ck_assert(got->token_count == 2 && got->person_count == 2 && got->part_count == 0);
    INB_FAILS(inb_store_get(store, arena, 3, &got, err), INB_NOT_FOUND, "no signal of this number");
    const int64_t *numbers = NULL;
    help_write(store, INB_WORK_APPEND, help_signal("p", "2"));
    INB_OK_IS(inb_store_named(store, arena, "2", &numbers, &count, err));
    ck_assert(count == 2 && numbers[0] == 2 && numbers[1] == 3);
    const char *const *names = NULL;
    INB_OK_IS(inb_log_chains(store, arena, &names, &count, err));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(names[0], "main");
    inb_arena_free(arena);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/store_read", comes_back, pages_walk_tokens, partings_and_chains)
