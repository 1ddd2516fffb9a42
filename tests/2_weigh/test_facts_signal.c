// SPDX-License-Identifier: EUPL-1.2
// Facts from a signal: the same as those of the equivalent FACTS.json, byte for byte the same
// whatever name, sex, nationality, phone, date of birth or place the signal has, and ids that the
// catalogue lacks.

#include <inbeeld/rng.h>
#include <inbeeld/signal.h>
#include <inbeeld/weigh.h>

#include "base/alloc.h"
#include "inb_test.h"

#include <stdio.h>
#include <string.h>

static const inb_catalogue *norm(void) {
    static inb_catalogue *catalogue;
    if (catalogue == NULL) {
        ck_assert_int_eq(inb_catalogue_load(NULL, &catalogue, NULL), INB_OK);
    }
    return catalogue;
}

// Members of a random person and signal, of which FACTS.json and SIGNAL.json are both written.
struct told {
    inb_buffer person; // age and roles
    inb_buffer observed;
    inb_buffer situation;
    const char *reporter;
};

static void add_list(
    inb_buffer *out, const char *key, inb_rng *rng, int count, const char *(*code)(int)) {
    inb_buffer_format(out, "\"%s\": [", key);
    bool first = true;
    for (int i = 0; i < count; i++) {
        if (inb_rng_below(rng, 3) == 0) {
            inb_buffer_format(out, "%s\"%s\"", first ? "" : ",", code(i));
            first = false;
        }
    }
    inb_buffer_char(out, ']');
}

static const char *role(int i) {
    return inb_role_code((inb_role)i);
}
static const char *profit(int i) {
    return inb_profit_code((inb_profit)i);
}
static const char *surrounding(int i) {
    return inb_surrounding_code((inb_surrounding)i);
}
static const char *boolean(inb_rng *rng) {
    return inb_rng_below(rng, 2) == 0 ? "false" : "true";
}

static void tell(inb_rng *rng, struct told *told) {
    static const char *const ages[] = {"null", "\"child\"", "\"adult\"", "0", "17", "18", "130"};
    static const char *const answers[] = {"yes", "no", "unknown"};
    inb_buffer_format(&told->person, "\"age\": %s, ", ages[inb_rng_below(rng, 7)]);
    add_list(&told->person, "roles", rng, INB_ROLE_COUNT, role);
    inb_buffer_text(&told->observed, "\"observations\": {");
    bool first = true;
    for (size_t row = 0; row < inb_catalogue_rows(norm()); row++) {
        if (inb_catalogue_row(norm(), row)->kind == INB_INDICATOR && inb_rng_below(rng, 8) == 0) {
            inb_buffer_format(&told->observed, "%s\"%s\": \"%s\"", first ? "" : ", ",
                inb_catalogue_row(norm(), row)->id, answers[inb_rng_below(rng, 3)]);
            first = false;
        }
    }
    inb_buffer_text(&told->observed, "}, \"circumstances\": [");
    first = true;
    for (size_t row = 0; row < inb_catalogue_rows(norm()); row++) {
        if (inb_catalogue_row(norm(), row)->kind == INB_CIRCUMSTANCE &&
            inb_rng_below(rng, 4) == 0) {
            inb_buffer_format(
                &told->observed, "%s\"%s\"", first ? "" : ", ", inb_catalogue_row(norm(), row)->id);
            first = false;
        }
    }
    inb_buffer_char(&told->observed, ']');
    inb_buffer_format(&told->situation,
        "{\"danger_now\": %s, \"unaccompanied\": %s, \"denies\": %s, ", boolean(rng), boolean(rng),
        boolean(rng));
    add_list(&told->situation, "profits", rng, INB_PROFIT_COUNT, profit);
    inb_buffer_text(&told->situation, ", ");
    add_list(&told->situation, "surroundings", rng, INB_SURROUNDING_COUNT, surrounding);
    inb_buffer_format(&told->situation, ", \"consent\": \"%s\", \"police\": \"%s\"}",
        inb_consent_code((inb_consent)inb_rng_below(rng, INB_CONSENT_COUNT)),
        inb_police_code((inb_police_wish)inb_rng_below(rng, INB_POLICE_COUNT)));
    told->reporter = inb_reporter_code((inb_reporter)inb_rng_below(rng, INB_REPORTER_COUNT));
}

static void forget(struct told *told) {
    inb_buffer_clear(&told->person);
    inb_buffer_clear(&told->observed);
    inb_buffer_clear(&told->situation);
}

// The facts about the second person of the signal that `told` and `personal` make.
static void from_signal(const struct told *told, const char *personal, inb_facts *facts) {
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_format(&text,
        "{\"id\": 1, \"source\": {\"kind\": \"%s\"}, \"persons\": [{\"age\": 44}, {%s, %s%s}], "
        "\"situation\": %s}",
        told->reporter, told->person.data, told->observed.data, personal, told->situation.data);
    inb_signal_reader *reader = NULL;
    const inb_signal *signal = NULL;
    INB_OK_IS(inb_signal_reader_open_memory("f", inb_buffer_get(&text), text.length, NULL,
        inb_catalogue_knows, (void *)norm(), &reader, err));
    INB_OK_IS(inb_signal_reader_next(reader, &signal, err));
    INB_OK_IS(inb_facts_from_signal(norm(), signal, 1, facts, err));
    inb_signal_reader_free(reader);
    inb_buffer_clear(&text);
}

static bool same_facts(const inb_facts *a, const inb_facts *b) {
    const inb_situation *s = &a->situation;
    const inb_situation *t = &b->situation;
    return a->age.class_ == b->age.class_ && a->age.years == b->age.years && a->roles == b->roles &&
           memcmp(&a->yes, &b->yes, sizeof a->yes) == 0 &&
           memcmp(&a->no, &b->no, sizeof a->no) == 0 &&
           memcmp(&a->unknown, &b->unknown, sizeof a->unknown) == 0 &&
           memcmp(&a->circumstances, &b->circumstances, sizeof a->circumstances) == 0 &&
           s->danger_now == t->danger_now && s->unaccompanied == t->unaccompanied &&
           s->denies == t->denies && s->profits == t->profits &&
           s->surroundings == t->surroundings && s->consent == t->consent &&
           s->police == t->police && a->reporter == b->reporter;
}

INB_TEST(same_as_facts_json) {
    for (size_t seed = 0; seed < 300; seed++) {
        inb_rng rng = inb_rng_make(21, seed);
        struct told told = {
            INB_BUFFER_INIT(1 << 16), INB_BUFFER_INIT(1 << 16), INB_BUFFER_INIT(1 << 16), NULL};
        tell(&rng, &told);
        inb_buffer text = INB_BUFFER_INIT(1 << 20);
        inb_buffer_format(&text, "{\"person\": {%s}, %s, \"situation\": %s, \"reporter\": \"%s\"}",
            told.person.data, told.observed.data, told.situation.data, told.reporter);
        inb_facts parsed;
        inb_facts copied;
        INB_OK_IS(inb_facts_parse(norm(), "facts", text.data, text.length, &parsed, err));
        from_signal(&told, "", &copied);
        INB_HOLDS(same_facts(&parsed, &copied), "seed %zu", seed);
        inb_buffer_clear(&text);
        forget(&told);
    }
}
INB_END

INB_TEST(swapped_traits_change_no_byte) {
    static const char *const personal[] = {"", ", \"name\": \"Jan\"", ", \"name\": \"Fatima\"",
        ", \"sex\": \"man\"", ", \"sex\": \"vrouw\"", ", \"nationality\": \"Nederlandse\"",
        ", \"nationality\": \"Roemeense\"", ", \"phone\": \"0612345678\"",
        ", \"given_name\": \"A\", \"prefix\": \"van\", \"surname\": \"B\", \"ref\": \"q\"",
        ", \"name\": \"Z\", \"sex\": \"x\", \"nationality\": \"y\", \"phone\": \"+40 7\""};
    for (size_t seed = 0; seed < 40; seed++) {
        inb_rng rng = inb_rng_make(22, seed);
        struct told told = {
            INB_BUFFER_INIT(1 << 16), INB_BUFFER_INIT(1 << 16), INB_BUFFER_INIT(1 << 16), NULL};
        inb_facts first;
        tell(&rng, &told);
        memset(&first, 0x55, sizeof first); // whatever the memory held before
        from_signal(&told, personal[0], &first);
        for (size_t i = 1; i < sizeof personal / sizeof personal[0]; i++) {
            inb_facts other;
            memset(&other, (int)(0xA0 + i), sizeof other);
            from_signal(&told, personal[i], &other);
            INB_HOLDS(memcmp(&first, &other, sizeof first) == 0, "seed %zu: %s", seed, personal[i]);
        }
        forget(&told);
    }
}
INB_END

INB_TEST(ids_and_persons_that_are_not_there) {
    inb_observation observations[] = {{"D1-01", INB_ANSWER_YES}, {"D1-02", INB_ANSWER_NO}};
    const char *circumstances[] = {"CI-01", "CI-02"};
    inb_person person = {.ref = "a",
        .observations = observations,
        .observation_count = 2,
        .circumstances = circumstances,
        .circumstance_count = 2};
    inb_signal signal = {.id = "1", .persons = &person, .person_count = 1};
    inb_facts facts;
    INB_OK_IS(inb_facts_from_signal(norm(), &signal, 0, &facts, err));
    ck_assert(inb_set_has(&facts.yes, inb_catalogue_find(norm(), "D1-01", 5)));
    ck_assert(inb_set_has(&facts.no, inb_catalogue_find(norm(), "D1-02", 5)));
    memset(&facts, 0x33, sizeof facts);
    inb_facts untouched = facts;
    INB_FAILS(inb_facts_from_signal(norm(), &signal, 1, &facts, err), INB_RANGE, "found person 2");
    observations[1].id = "D1-99";
    INB_FAILS(inb_facts_from_signal(norm(), &signal, 0, &facts, err), INB_NOT_FOUND,
        inb_catalogue_version(norm()));
    observations[1].id = "CI-03"; // of the other kind
    INB_FAILS(inb_facts_from_signal(norm(), &signal, 0, &facts, err), INB_NOT_FOUND, "indicator");
    observations[1].id = "EX-01"; // an excluded proxy
    INB_FAILS(inb_facts_from_signal(norm(), &signal, 0, &facts, err), INB_NOT_FOUND, "indicator");
    observations[1].id = "D1-02";
    circumstances[1] = "D1-01";
    INB_FAILS(
        inb_facts_from_signal(norm(), &signal, 0, &facts, err), INB_NOT_FOUND, "circumstance");
    ck_assert_int_eq(memcmp(&facts, &untouched, sizeof facts), 0);
}
INB_END

INB_TEST(what_the_catalogue_knows) {
    void *catalogue = (void *)norm();
    ck_assert(inb_catalogue_knows("D1-01", 5, false, catalogue));
    ck_assert(!inb_catalogue_knows("D1-01", 5, true, catalogue));
    ck_assert(inb_catalogue_knows("CI-01", 5, true, catalogue));
    ck_assert(!inb_catalogue_knows("CI-01", 5, false, catalogue));
    for (int circumstance = 0; circumstance < 2; circumstance++) { // proxies in neither place
        ck_assert(!inb_catalogue_knows("EX-01", 5, circumstance == 1, catalogue));
        ck_assert(!inb_catalogue_knows("D1-0", 4, circumstance == 1, catalogue));
        ck_assert(!inb_catalogue_knows("", 0, circumstance == 1, catalogue));
    }
}
INB_END

INB_TEST_MAIN("2_weigh/facts_signal", same_as_facts_json, swapped_traits_change_no_byte,
    ids_and_persons_that_are_not_there, what_the_catalogue_knows)
