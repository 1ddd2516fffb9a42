// SPDX-License-Identifier: EUPL-1.2
// The block to copy: facts under one heading, what the norm makes of them under another, and no
// word for an offender where the person is under twelve.

#include "desk/copy.h"

#include "base/alloc.h"
#include "inb_test.h"

#include <string.h>

static inb_catalogue *catalogue;
static inb_buffer text = INB_BUFFER_INIT(1 << 20);

static const char *copy(const inb_card *card, const char *language) {
    if (catalogue == NULL) {
        INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    }
    static inb_facts facts;
    static inb_finding finding;
    inb_card_facts(catalogue, card, &facts);
    inb_weigh(catalogue, &facts, &finding);
    inb_buffer_reset(&text);
    inb_card_copy(catalogue, card, &facts, &finding, language, &text);
    INB_OK_IS(inb_buffer_check(&text, err));
    return inb_buffer_get(&text);
}

static inb_card arrested(inb_card_age age) {
    inb_card card;
    inb_card_start(&card);
    copy(&card, "nl"); // loads the catalogue
    card.age = age;
    card.reporter = INB_REPORTER_POLICE_BEAT;
    card.branch = 0;
    card.danger = INB_REPLY_NO;
    card.profits_asked = INB_REPLY_YES;
    card.profits = 1u << INB_PROFIT_PARENT;
    card.suspected = true;
    card.denies = true;
    inb_card_set_row(&card, inb_catalogue_find(catalogue, "CR-11", 5), INB_REPLY_YES);
    inb_card_set_row(&card, inb_catalogue_find(catalogue, "CR-06", 5), INB_REPLY_NO);
    inb_card_set_row(&card, inb_catalogue_find(catalogue, "D5-05", 5), INB_REPLY_UNKNOWN);
    inb_set_add(&card.circumstances, inb_catalogue_find(catalogue, "CI-01", 5));
    return card;
}

INB_TEST(observation_stands_apart_from_interpretation) {
    static const char *const headings[][2] = {
        {"WAT IK ZAG", "WAT HET KAN ZIJN"}, {"WHAT I SAW", "WHAT IT MAY BE"}};
    static const char *const languages[] = {"nl", "en"};
    for (size_t l = 0; l < 2; l++) {
        inb_card card = arrested(INB_CARD_AGE_TEEN);
        const char *block = copy(&card, languages[l]);
        const char *border = strstr(block, headings[l][1]);
        ck_assert_ptr_eq(strstr(block, headings[l][0]), block);
        ck_assert_ptr_nonnull(border);
        static const char *const facts[] = {"(CR-11)", "(CR-06)", "(D5-05)", "(CI-01)"};
        for (size_t i = 0; i < 4; i++) {
            const char *fact = strstr(block, facts[i]);
            ck_assert_msg(fact != NULL && fact < border, "%s", facts[i]);
        }
        const char *form = inb_catalogue_label(catalogue, languages[l], "form", "criminal", NULL);
        const char *found = strstr(block, form);
        ck_assert_msg(found != NULL && found > border, "%s", form);
        ck_assert_ptr_nonnull(strstr(border, "1. "));
        ck_assert_ptr_nonnull(strstr(border, inb_catalogue_version(catalogue)));
    }
}
INB_END

INB_TEST(no_offender_under_twelve) {
    inb_card card = arrested(INB_CARD_AGE_UNDER12);
    const char *block = copy(&card, "nl");
    ck_assert_ptr_null(strstr(block, "verdacht"));
    ck_assert_ptr_null(strstr(block, "11 jaar")); // nobody said eleven
    block = copy(&card, "en");
    ck_assert_ptr_null(strstr(block, "suspect"));
    card = arrested(INB_CARD_AGE_ADULT);
    ck_assert_ptr_nonnull(strstr(copy(&card, "nl"), "verdacht"));
}
INB_END

INB_TEST(what_was_not_said_is_not_there) {
    inb_card card;
    inb_card_start(&card);
    const char *block = copy(&card, "en");
    ck_assert_ptr_null(strstr(block, "Age:"));
    ck_assert_ptr_null(strstr(block, "Danger"));
    ck_assert_ptr_null(strstr(block, "Police:"));
    card.profits_asked = INB_REPLY_NO;
    card.surroundings = 1u << INB_SURROUNDING_PROTECTIVE;
    card.consent = INB_CONSENT_REFUSED;
    card.police = INB_POLICE_UNWANTED;
    block = copy(&card, "en");
    ck_assert_ptr_nonnull(strstr(block, "Nobody else"));
    ck_assert_ptr_nonnull(strstr(block, "Police:"));
    ck_assert_ptr_nonnull(strstr(block, "Sharing:"));
    card.profits_asked = INB_REPLY_UNKNOWN;
    ck_assert_ptr_null(strstr(copy(&card, "en"), "Nobody else"));
}
INB_END

INB_TEST_MAIN("desk/copy", observation_stands_apart_from_interpretation, no_offender_under_twelve,
    what_was_not_said_is_not_there)
