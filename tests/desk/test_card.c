// SPDX-License-Identifier: EUPL-1.2
// The card as a machine: it reads back what it wrote and nothing else, every branch ends within the
// taps there are, and random presses and random bytes never leave it in a state it cannot write.

#include "desk/card.h"

#include "base/alloc.h"
#include "inb_test.h"

#include <stdio.h>
#include <string.h>

static inb_catalogue *catalogue;

static void load(void) {
    if (catalogue == NULL) {
        INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    }
}

static const char *written(const inb_card *card) {
    static inb_buffer text = INB_BUFFER_INIT(INB_CARD_TEXT);
    inb_buffer_reset(&text);
    inb_card_write(catalogue, card, &text);
    return inb_buffer_get(&text);
}

static bool press(inb_card *card, const char *button) {
    inb_error err = INB_ERROR_INIT;
    return inb_card_press(catalogue, button, card, &err) == INB_OK;
}

static bool reads(const char *text) {
    inb_card card;
    inb_error err = INB_ERROR_INIT;
    inb_status status = inb_card_read(catalogue, text, strlen(text), &card, &err);
    ck_assert(status == INB_OK || status == INB_BAD_INPUT);
    ck_assert(status == INB_OK || strstr(err.message, "canary") == NULL);
    return status == INB_OK;
}

INB_TEST(a_branch_ends_in_the_finding) {
    load();
    size_t branches = 0;
    const inb_branch *branch = inb_catalogue_branches(catalogue, &branches);
    ck_assert_uint_eq(branches, 7);
    static const char *const ages[] = {"under12", "teen", "minor", "adult", "unknown"};
    for (size_t b = 0; b < branches; b++) {
        for (size_t a = 0; a < 5; a++) {
            inb_card card;
            char button[64];
            inb_card_start(&card);
            size_t taps = 1; // the start button
            snprintf(button, sizeof button, "age:%s", ages[a]);
            ck_assert(press(&card, button));
            ck_assert(press(&card, "who:police_beat"));
            snprintf(button, sizeof button, "where:%s", branch[b].id);
            ck_assert(press(&card, button));
            taps += 3;
            while (card.view == INB_VIEW_QUESTION) {
                const inb_question *question = inb_card_question(catalogue, &card, NULL);
                ck_assert_ptr_nonnull(question);
                ck_assert(
                    press(&card, question->kind == INB_ASK_PROFITS ? "gain:other" : "answer:yes"));
                taps++;
            }
            ck_assert_int_eq(card.view, INB_VIEW_FINDING);
            ck_assert_msg(taps <= 12, "%s, %s: %zu taps", branch[b].id, ages[a], taps);
            ck_assert_uint_eq(inb_card_open_step(catalogue, &card), SIZE_MAX);
            ck_assert(inb_card_anything(&card));
            ck_assert(reads(written(&card)));
        }
    }
}
INB_END

INB_TEST(reads_back_exactly_and_refuses_the_rest) {
    load();
    inb_card card;
    inb_card_start(&card);
    ck_assert_str_eq(written(&card), "1.a0.-.-.-.-----0000..");
    press(&card, "age:teen");
    press(&card, "who:school");
    press(&card, "where:arrest");
    press(&card, "answer:no");
    press(&card, "answer:yes");
    const char *good = "1.q2.t.school.arrest.n----0000.CR-11y.";
    ck_assert_str_eq(written(&card), good);
    ck_assert(reads(good));
    static const char *const wrong[] = {"", "1", "canary", "2.a0.-.-.-.-----0000..",
        "1.a0.-.-.-.-----0000.", "1.a0.-.-.-.-----0000...", "1.a0.-.-.-.-----0000..x",
        "1.a1.-.-.-.-----0000..", "1.a-0.-.-.-.-----0000..", "1.a00.-.-.-.-----0000..",
        "1.q0.-.-.-.-----0000..", "1.q99.t.school.arrest.n----0000.CR-11y.",
        "1.q8.t.school.arrest.n----0000.CR-11y.", "1.q2.z.school.arrest.n----0000.CR-11y.",
        "1.q2.t.canary.arrest.n----0000.CR-11y.", "1.q2.t.school.canary.n----0000.CR-11y.",
        "1.q2.t.school.arrest.x----0000.CR-11y.", "1.q2.t.school.arrest.n---0000.CR-11y.",
        "1.q2.t.school.arrest.n----g000.CR-11y.", "1.q2.t.school.arrest.n----1000.CR-11y.",
        "1.q2.t.school.arrest.n-y--0000.CR-11y.", "1.q2.t.school.arrest.n----0009.CR-11y.",
        "1.q2.t.school.arrest.n----0030.CR-11y.", "1.q2.t.school.arrest.n---q0000.CR-11y.",
        "1.q2.t.school.arrest.n----0000.CR-11-.", "1.q2.t.school.arrest.n----0000.CR-11.",
        "1.q2.t.school.arrest.n----0000.CR-11y,CR-11y.", "1.q2.t.school.arrest.n----0000.CR-11y,.",
        "1.q2.t.school.arrest.n----0000.CR-11y,CR-10y.", // not in the order of the catalogue
        "1.q2.t.school.arrest.n----0000.CI-01y.", "1.q2.t.school.arrest.n----0000.CR-11y.CR-11",
        "1.q2.t.school.arrest.n----0000.CR-11y.CI-01,CI-01",
        "1.q2.t.school.arrest.n----0000.SX-05y.", // left out by the proxy review
        "1.q2.t.school.arrest.n----0000.NO-99y.", " 1.a0.-.-.-.-----0000..",
        "1.w0.-.-.-.-----0000..", "1.b0.t.-.-.-----0000..", "1.x0.-.-.-.-----0000.."};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(!reads(wrong[i]), "%s", wrong[i]);
    }
    // Every single change of the good one is refused, or is another card's text exactly.
    char changed[64];
    for (size_t i = 0; good[i] != '\0'; i++) {
        for (int c = 1; c < 256; c++) {
            snprintf(changed, sizeof changed, "%s", good);
            changed[i] = (char)c;
            inb_card other;
            inb_error err = INB_ERROR_INIT;
            if (inb_card_read(catalogue, changed, strlen(changed), &other, &err) == INB_OK) {
                ck_assert_str_eq(written(&other), changed);
            }
        }
    }
    static char large[INB_CARD_TEXT + 10];
    memset(large, '1', sizeof large - 1);
    ck_assert(!reads(large));
}
INB_END

INB_TEST(buttons_stand_only_on_their_page) {
    load();
    inb_card card;
    inb_card_start(&card);
    static const char *const wrong[] = {"", "age:", "age:12", "age:none", "who:school",
        "where:arrest", "answer:yes", "gain:parent", "ask:CR-06:yes", "canary", "agex:teen"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        inb_card before = card;
        ck_assert_msg(!press(&card, wrong[i]), "%s", wrong[i]);
        ck_assert_mem_eq(&before, &card, sizeof card);
    }
    ck_assert(press(&card, "age:adult"));
    ck_assert(!press(&card, "who:canary"));
    ck_assert(press(&card, "who:ngo"));
    ck_assert(!press(&card, "where:canary"));
    ck_assert(press(&card, "where:arrest"));
    ck_assert(!press(&card, "answer:perhaps"));
    ck_assert(!press(&card, "gain:parent")); // not the question in view
    ck_assert(press(&card, "show"));
    ck_assert(!press(&card, "ask:CR-06:perhaps"));
    ck_assert(!press(&card, "ask:CR-06"));
    ck_assert(!press(&card, "ask:CI-01:yes"));
    ck_assert(press(&card, "ask:CR-06:unknown"));
    ck_assert_int_eq(
        inb_card_row_reply(&card, inb_catalogue_find(catalogue, "CR-06", 5)), INB_REPLY_UNKNOWN);
}
INB_END

INB_TEST(back_goes_step_by_step_and_keeps_answers) {
    load();
    inb_card card;
    inb_card_start(&card);
    press(&card, "age:teen");
    press(&card, "who:school");
    press(&card, "where:school");
    press(&card, "answer:no");
    press(&card, "answer:yes");
    press(&card, "show");
    press(&card, "more");
    ck_assert(press(&card, "back"));
    ck_assert_int_eq(card.view, INB_VIEW_FINDING);
    press(&card, "back");
    ck_assert_int_eq(card.view, INB_VIEW_QUESTION);
    ck_assert_uint_eq(card.step, 1);
    press(&card, "back");
    ck_assert_uint_eq(card.step, 0);
    press(&card, "back");
    ck_assert_int_eq(card.view, INB_VIEW_WHERE);
    press(&card, "back");
    press(&card, "back");
    press(&card, "back");
    ck_assert_int_eq(card.view, INB_VIEW_AGE);
    ck_assert_int_eq(card.danger, INB_REPLY_NO);
    press(&card, "show");
    ck_assert(press(&card, "resume"));
    ck_assert_int_eq(card.view, INB_VIEW_QUESTION);
    ck_assert_uint_eq(card.step, 2); // the first open one
    inb_card_start(&card);
    press(&card, "show");
    press(&card, "resume");
    ck_assert_int_eq(card.view, INB_VIEW_AGE);
}
INB_END

INB_TEST(facts_follow_the_age) {
    load();
    inb_card card;
    inb_facts facts;
    inb_card_start(&card);
    inb_card_facts(catalogue, &card, &facts);
    ck_assert_int_eq(facts.age.class_, INB_AGE_UNKNOWN);
    ck_assert_int_eq(facts.reporter, INB_REPORTER_PUBLIC);
    size_t child_only = SIZE_MAX;
    for (size_t row = 0; row < inb_catalogue_rows(catalogue); row++) {
        const inb_indicator *i = inb_catalogue_row(catalogue, row);
        if (i->kind == INB_INDICATOR && !i->omitted && !i->for_adult && !i->adults_too) {
            child_only = row;
        }
    }
    ck_assert_uint_ne(child_only, SIZE_MAX);
    inb_card_set_row(&card, child_only, INB_REPLY_YES);
    card.unaccompanied = INB_REPLY_YES;
    card.suspected = true;
    card.age = INB_CARD_AGE_UNDER12;
    inb_card_facts(catalogue, &card, &facts);
    ck_assert(inb_set_has(&facts.yes, child_only));
    ck_assert(facts.situation.unaccompanied);
    ck_assert_int_eq(facts.age.class_, INB_AGE_CHILD);
    ck_assert(facts.age.years < INB_SUSPECT_FROM);
    ck_assert_uint_eq(facts.roles, 1u << INB_ROLE_SUSPECT);
    card.age = INB_CARD_AGE_ADULT;
    inb_card_facts(catalogue, &card, &facts);
    ck_assert(!inb_set_has(&facts.yes, child_only));
    ck_assert(!facts.situation.unaccompanied);
    inb_card_set_row(&card, child_only, INB_REPLY_NO);
    ck_assert_int_eq(inb_card_row_reply(&card, child_only), INB_REPLY_NO);
    inb_card_set_row(&card, child_only, INB_REPLY_NONE);
    ck_assert_int_eq(inb_card_row_reply(&card, child_only), INB_REPLY_NONE);
}
INB_END

INB_TEST(random_walks_stay_on_the_card) {
    load();
    static const char *const buttons[] = {"age:teen", "age:adult", "age:unknown", "who:self",
        "who:labour_inspectorate", "where:arrest", "where:begging", "where:online", "answer:yes",
        "answer:no", "answer:unknown", "gain:parent", "gain:nobody", "gain:unknown", "back", "show",
        "resume", "more", "list", "stay", "ask:CR-06:yes", "ask:D1-01:no", "age:under12"};
    uint64_t state = 20261124;
    for (int walk = 0; walk < 300; walk++) {
        inb_card card;
        inb_card_start(&card);
        for (int step = 0; step < 60; step++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            (void)press(&card, buttons[(state >> 33) % (sizeof buttons / sizeof buttons[0])]);
            ck_assert_msg(reads(written(&card)), "%s cannot be read", written(&card));
            inb_facts facts;
            inb_card_facts(catalogue, &card, &facts);
        }
    }
}
INB_END

INB_TEST_MAIN("desk/card", a_branch_ends_in_the_finding, reads_back_exactly_and_refuses_the_rest,
    buttons_stand_only_on_their_page, back_goes_step_by_step_and_keeps_answers,
    facts_follow_the_age, random_walks_stay_on_the_card)
