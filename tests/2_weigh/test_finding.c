// SPDX-License-Identifier: EUPL-1.2
// Weighing as a whole: same facts same finding, without allocation, whatever stood in the memory
// of the finding before; and the codes of what is found.

#include "weigh_help.h"

#include "base/alloc.h"

static void json_of(const inb_facts *facts, unsigned char garbage, inb_buffer *json) {
    static inb_finding finding;
    memset(&finding, garbage, sizeof finding);
    inb_weigh(norm(), facts, &finding);
    inb_buffer_reset(json);
    inb_finding_json(norm(), &finding, "nl", json);
    INB_OK_IS(inb_buffer_check(json, err));
}

INB_TEST(same_facts_same_finding) {
    inb_rng rng = inb_rng_make(61, 0);
    INB_CLEANUP(inb_buffer_clear) inb_buffer once = INB_BUFFER_INIT(1 << 20);
    INB_CLEANUP(inb_buffer_clear) inb_buffer twice = INB_BUFFER_INIT(1 << 20);
    for (int i = 0; i < 1000; i++) {
        inb_facts facts = random_facts(&rng);
        inb_facts copy = facts;
        json_of(&facts, 0x00, &once);
        json_of(&copy, 0xA5, &twice);
        INB_HOLDS(once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0,
            "%s", told(&facts));
        INB_HOLDS(memcmp(&facts, &copy, sizeof facts) == 0, "weighing wrote in the facts");
    }
}
INB_END

INB_TEST(weighing_allocates_nothing) {
    const inb_catalogue *catalogue = norm();
    inb_rng rng = inb_rng_make(62, 0);
    inb_alloc_fail_from(1); // whatever asks for memory would be refused, and counted
    for (int i = 0; i < 1000; i++) {
        inb_facts facts = random_facts(&rng);
        inb_finding finding;
        inb_weigh(catalogue, &facts, &finding);
    }
    size_t asked = inb_alloc_count();
    inb_alloc_fail_from(0);
    ck_assert_uint_eq(asked, 0);
}
INB_END

// Every array of the finding is used within its bounds, also when everything was seen.
INB_TEST(everything_seen_fits) {
    for (int age = 0; age < 3; age++) {
        for (int reporter = 0; reporter < INB_REPORTER_COUNT; reporter++) {
            inb_facts facts = {.age = {(inb_age_class)age, INB_YEARS_UNKNOWN},
                .roles = UINT32_MAX >> (32 - INB_ROLE_COUNT),
                .yes = norm()->indicators,
                .circumstances = norm()->circumstances,
                .situation = {true, true, true, 15, 15, INB_CONSENT_GIVEN, INB_POLICE_WANTED},
                .reporter = (inb_reporter)reporter};
            inb_finding finding = weighed(&facts);
            ck_assert_uint_le(finding.form_count, INB_FORM_COUNT);
            ck_assert_uint_le(finding.route_count, 2 * INB_MAX_ROUTES);
            for (int kind = 0; kind < INB_ADVICE_KINDS; kind++) {
                ck_assert_uint_le(finding.advice_count[kind], INB_MAX_ADVICE);
            }
            ck_assert_int_eq(inb_finding_level(&finding), INB_LEVEL_ELEMENTS);
        }
    }
}
INB_END

INB_TEST(nothing_seen_is_level_none_and_still_an_offer) {
    for (int reporter = 0; reporter < INB_REPORTER_COUNT; reporter++) {
        inb_facts facts = facts_with((inb_reporter)reporter, inb_age_of_years(40), "");
        inb_finding finding = weighed(&facts);
        ck_assert_uint_eq(finding.form_count, 0);
        ck_assert_int_eq(inb_finding_level(&finding), INB_LEVEL_NONE);
        ck_assert_uint_gt(finding.advice_count[INB_ADVICE_OFFER], 0);
    }
}
INB_END

INB_TEST(level_is_the_highest_of_the_forms) {
    inb_facts facts = facts_with(INB_REPORTER_NGO, inb_age_of_years(15), "CR-01");
    inb_finding finding = weighed(&facts);
    ck_assert_int_eq(inb_finding_level(&finding), INB_LEVEL_NONE);
    ck_assert_uint_eq(finding.form_count, 1);
    facts = facts_with(INB_REPORTER_NGO, inb_age_of_years(15), "D1-01 CR-10 CR-01");
    finding = weighed(&facts);
    inb_level highest = INB_LEVEL_NONE;
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        int level = level_of(&finding, (inb_form)form);
        highest = level > (int)highest ? (inb_level)level : highest;
    }
    ck_assert_int_eq(inb_finding_level(&finding), highest);
}
INB_END

INB_TEST(codes) {
    static const char *const forms[] = {
        "labour", "sexual", "criminal", "begging", "services", "organ", "marriage", "unspecified"};
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        ck_assert_str_eq(inb_form_code((inb_form)form), forms[form]);
    }
    ck_assert_str_eq(inb_level_code(INB_LEVEL_NONE), "none");
    ck_assert_str_eq(inb_level_code(INB_LEVEL_SOMETHING), "something");
    ck_assert_str_eq(inb_level_code(INB_LEVEL_ELEMENTS), "elements");
    ck_assert_str_eq(inb_element_code(INB_ACT), "act");
    ck_assert_str_eq(inb_element_code(INB_MEANS), "means");
    ck_assert_str_eq(inb_element_code(INB_PURPOSE), "purpose");
    ck_assert_str_eq(inb_basis_code(INB_BASIS_MUST), "must");
    ck_assert_str_eq(inb_basis_code(INB_BASIS_MAY), "may");
    ck_assert_str_eq(inb_basis_code(INB_BASIS_CONSENT), "consent");
    ck_assert_str_eq(inb_basis_code(INB_BASIS_ADVICE_ONLY), "advice_only");
    ck_assert_str_eq(inb_criminal_code(INB_CRIMINAL_NO), "no");
    ck_assert_str_eq(inb_criminal_code(INB_CRIMINAL_MIXED), "mixed");
    ck_assert_str_eq(inb_criminal_code(INB_CRIMINAL_YES), "yes");
    ck_assert_str_eq(inb_advice_kind_code(INB_ADVICE_DO), "do");
    ck_assert_str_eq(inb_advice_kind_code(INB_ADVICE_DONT), "dont");
    ck_assert_str_eq(inb_advice_kind_code(INB_ADVICE_OFFER), "offer");
    ck_assert_str_eq(inb_advice_kind_code(INB_ADVICE_NOTE), "note");
}
INB_END

INB_TEST_MAIN("2_weigh/finding", same_facts_same_finding, weighing_allocates_nothing,
    everything_seen_fits, nothing_seen_is_level_none_and_still_an_offer,
    level_is_the_highest_of_the_forms, codes)
