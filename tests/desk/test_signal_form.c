// SPDX-License-Identifier: EUPL-1.2
// Fields of a draft: what stands in them, what is taken, what is refused.

#include "desk/signal_form.h"

#include "inb_test.h"

static inb_arena *arena;
static const inb_date today = {2026, 11, 18};

static const inb_person persons[] = {
    {.ref = "a", .age = {INB_AGE_CHILD, 13}, .sex = "meisje", .surname = "Canaryname"},
    {.ref = "b", .age = {INB_AGE_CHILD, INB_YEARS_UNKNOWN}}};
static const inb_party parties[] = {
    {INB_PARTY_ADDRESS, "Canarystreet", NULL}, {INB_PARTY_ADDRESS, "Otherstreet", NULL}};
static const inb_signal signal_ = {.id = "1",
    .organisation = "o",
    .seen = {2026, 10, 0},
    .persons = persons,
    .person_count = 2,
    .parties = parties,
    .party_count = 2};

static inb_draft_field *field_of(inb_signal_draft *draft, const char *name) {
    for (size_t i = 0; i < draft->field_count; i++) {
        if (strcmp(draft->fields[i].name, name) == 0) {
            return &draft->fields[i];
        }
    }
    ck_abort_msg("no field %s", name);
    return NULL;
}

static inb_signal_draft *take(const char *body) {
    inb_form_data form;
    INB_OK_IS(inb_form_parse(body, strlen(body), arena, &form, err));
    inb_signal_draft *draft = inb_draft_new(&signal_, true, arena);
    ck_assert_ptr_nonnull(draft);
    INB_OK_IS(inb_draft_take(draft, &form, today, arena, err));
    return draft;
}

INB_TEST(what_stands_there) {
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_signal_draft *draft = take("");
    ck_assert_str_eq(inb_draft_value(draft, field_of(draft, "seen"), arena), "2026-10");
    ck_assert_str_eq(inb_draft_value(draft, field_of(draft, "person.1.age"), arena), "teen");
    ck_assert_str_eq(inb_draft_value(draft, field_of(draft, "person.2.age"), arena), "none");
    ck_assert_str_eq(inb_draft_value(draft, field_of(draft, "person.1.sex"), arena), "meisje");
    ck_assert_str_eq(
        inb_draft_value(draft, field_of(draft, "party.2.value"), arena), "Otherstreet");
    ck_assert(inb_draft_knows(draft, "person.1.surname"));
    ck_assert(
        !inb_draft_knows(draft, "person.2.surname") && !inb_draft_knows(draft, "person.3.name"));
    inb_draft_close(draft);
    ck_assert_uint_eq(draft->signal.party_count, 2);
    inb_arena_freep(&arena);
}
INB_END

INB_TEST(what_is_taken) {
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_signal_draft *draft = take("person.1.name=++A+B%0D%0A&person.1.sex=same&person.2.age=none"
                                   "&person.1.age=teen&seen=&party.1.value=&party.3.kvk=12345678"
                                   "&text=one%0D%0Atwo");
    ck_assert_uint_eq(draft->faults, 0);
    ck_assert_str_eq(draft->persons[0].name, "A B");
    ck_assert_str_eq(draft->persons[0].sex, "meisje");
    ck_assert_int_eq(draft->persons[0].age.years, 13); // the same bracket: as it was told
    ck_assert_int_eq(draft->persons[1].age.years, INB_YEARS_UNKNOWN);
    ck_assert_int_eq(draft->signal.seen.year, 0);
    ck_assert_str_eq(draft->signal.text, "one\ntwo");
    inb_draft_close(draft);
    ck_assert_uint_eq(draft->signal.party_count, 2); // one left out, an agency by its number alone
    ck_assert_int_eq(draft->parties[1].kind, INB_PARTY_AGENCY);
    draft = take("person.1.age=adult&person.1.sex=x&person.2.sex=");
    ck_assert(draft->persons[0].age.class_ == INB_AGE_ADULT && draft->persons[1].sex == NULL);
    inb_arena_freep(&arena);
}
INB_END

INB_TEST(what_is_refused) {
    INB_OK_IS(inb_arena_new(0, &arena, err));
    static const struct {
        const char *body;
        const char *name;
        const char *fault;
    } cases[] = {{"seen=morgen", "seen", "day"}, {"seen=2026-13", "seen", "day"},
        {"seen=2026-11-19", "seen", "future"},
        {"person.1.birth_date=2027", "person.1.birth_date", "future"},
        {"party.3.kvk=1234567", "party.3.kvk", "kvk"},
        {"party.3.kvk=1234567a", "party.3.kvk", "kvk"},
        {"person.1.sex=female", "person.1.sex", "choice"},
        {"person.1.age=none", "person.1.age", "choice"},
        {"person.1.name=a%07b", "person.1.name", "letters"}, {"text=a%0Bb", "text", "letters"},
        {"person.1.phone=111222333", "person.1.phone", "citizen"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_signal_draft *draft = take(cases[i].body);
        ck_assert_msg(draft->faults == 1, "%s", cases[i].body);
        const char *fault = field_of(draft, cases[i].name)->fault;
        ck_assert_msg(fault != NULL && strcmp(fault, cases[i].fault) == 0, "%s", cases[i].body);
    }
    char body[512] = "place=";
    memset(body + 6, 'x', 201);
    ck_assert_str_eq(field_of(take(body), "place")->fault, "long");
    inb_arena_freep(&arena);
}
INB_END

INB_TEST(citizen_numbers) {
    ck_assert(
        inb_draft_has_citizen_number("x 111222333 y") && inb_draft_has_citizen_number("123456782"));
    static const char *const none[] = {
        "", "111222334", "0111222333", "11122233", "1112223334", "111 222 333", "000000000"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        ck_assert_msg(!inb_draft_has_citizen_number(none[i]), "%s", none[i]);
    }
}
INB_END

INB_TEST(a_municipality_by_name_or_code) {
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_signal_draft *draft = take("municipality=+den+haag+");
    ck_assert_uint_eq(draft->faults, 0);
    ck_assert_str_eq(draft->signal.municipality, "GM0518");
    draft = take("municipality=GM0599");
    ck_assert_str_eq(draft->signal.municipality, "GM0599");
    draft = take("municipality=");
    ck_assert(draft->faults == 0 && draft->signal.municipality == NULL);
    draft = take("municipality=Nergenshuizen");
    ck_assert_uint_eq(draft->faults, 1);
    ck_assert_str_eq(field_of(draft, "municipality")->fault, "municipality");
    ck_assert_str_eq(
        inb_draft_value(draft, field_of(draft, "municipality"), arena), "Nergenshuizen");
    ck_assert_ptr_null(draft->signal.municipality);
    inb_signal with = signal_;
    with.municipality = "GM0599";
    draft = inb_draft_new(&with, true, arena);
    ck_assert_str_eq(inb_draft_value(draft, field_of(draft, "municipality"), arena), "Rotterdam");
    inb_arena_freep(&arena);
}
INB_END

INB_TEST_MAIN("desk/signal_form", a_municipality_by_name_or_code, what_stands_there, what_is_taken,
    what_is_refused, citizen_numbers)
