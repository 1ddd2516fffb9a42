// SPDX-License-Identifier: EUPL-1.2
// The vocabularies: every code reads back as its value, nothing near it does, and the codes are
// those of FACTS.json in the contract.

#include <inbeeld/observe.h>

#include "inb_test.h"

#include <string.h>

typedef const char *(*code_function)(int);
typedef int (*parse_function)(const char *, size_t);

static const char *reporter_code(int value) {
    return inb_reporter_code((inb_reporter)value);
}

static const char *role_code(int value) {
    return inb_role_code((inb_role)value);
}

static const char *profit_code(int value) {
    return inb_profit_code((inb_profit)value);
}

static const char *surrounding_code(int value) {
    return inb_surrounding_code((inb_surrounding)value);
}

static const char *consent_code(int value) {
    return inb_consent_code((inb_consent)value);
}

static const char *police_code(int value) {
    return inb_police_code((inb_police_wish)value);
}

// The words of the contract (design, FACTS.json), written again here.
static const struct {
    code_function code;
    parse_function parse;
    int count;
    const char *words;
} lists[] = {
    {reporter_code, inb_reporter_parse, INB_REPORTER_COUNT,
        "police_beat|police_expert|border_police|labour_inspectorate|school|youth_work|youth_care|"
        "health|shelter|asylum|municipality|care_coordinator|guardian|lawyer|ngo|parent|self|"
        "public"},
    {role_code, inb_role_parse, INB_ROLE_COUNT,
        "possible_victim|suspect|parent|sibling|partner|friend|witness|colleague|employer|"
        "recruiter|official"},
    {profit_code, inb_profit_parse, INB_PROFIT_COUNT, "parent|partner|employer|other"},
    {surrounding_code, inb_surrounding_parse, INB_SURROUNDING_COUNT,
        "protective|unaware|profiting|parent_of_suspect"},
    {consent_code, inb_consent_parse, INB_CONSENT_COUNT, "not_asked|given|refused"},
    {police_code, inb_police_parse, INB_POLICE_COUNT, "not_asked|wanted|unwanted"},
};

INB_TEST(codes_are_those_of_the_contract) {
    for (size_t list = 0; list < sizeof lists / sizeof lists[0]; list++) {
        const char *words = lists[list].words;
        int value = 0;
        while (*words != '\0') {
            size_t length = strcspn(words, "|");
            ck_assert_int_lt(value, lists[list].count);
            ck_assert_uint_eq(strlen(lists[list].code(value)), length);
            ck_assert_int_eq(strncmp(lists[list].code(value), words, length), 0);
            ck_assert_int_eq(lists[list].parse(words, length), value);
            words += length;
            words += *words == '|' ? 1 : 0;
            value++;
        }
        ck_assert_int_eq(value, lists[list].count);
    }
}
INB_END

INB_TEST(near_misses_are_no_codes) {
    for (size_t list = 0; list < sizeof lists / sizeof lists[0]; list++) {
        for (int value = 0; value < lists[list].count; value++) {
            char near[40];
            size_t length = strlen(lists[list].code(value));
            memcpy(near, lists[list].code(value), length + 1);
            ck_assert_int_eq(lists[list].parse(near, length - 1), -1);
            near[length] = 'x';
            ck_assert_int_eq(lists[list].parse(near, length + 1), -1);
            near[0] = (char)(near[0] - 'a' + 'A');
            ck_assert_int_eq(lists[list].parse(near, length), -1);
        }
        ck_assert_int_eq(lists[list].parse("", 0), -1);
        ck_assert_int_eq(lists[list].parse("\0", 1), -1);
    }
}
INB_END

INB_TEST(eighteen_is_an_adult) {
    for (int years = 0; years <= INB_YEARS_MOST; years++) {
        inb_age age = inb_age_of_years(years);
        ck_assert_int_eq(age.years, years);
        ck_assert_int_eq(age.class_, years < 18 ? INB_AGE_CHILD : INB_AGE_ADULT);
    }
}
INB_END

INB_TEST_MAIN("1_observe/codes", codes_are_those_of_the_contract, near_misses_are_no_codes,
    eighteen_is_an_adult)
