// SPDX-License-Identifier: EUPL-1.2
// Do, dont, offers and notes: what the contract fixes, the ways of saying the same thing twice, and
// the four notes that the weighing itself adds. Rows of the table: see test_condition.c.

#include "weigh_help.h"

static void check_fixed(const inb_facts *facts) {
    inb_finding finding = weighed(facts);
    bool suspect = (facts->roles >> INB_ROLE_SUSPECT & 1) != 0;
    bool under12 = facts->age.years >= 0 && facts->age.years < 12;
    INB_HOLDS(finding.advice_count[INB_ADVICE_OFFER] > 0, "no offer: %s", told(facts));
    INB_HOLDS(!suspect || advises(&finding, INB_ADVICE_NOTE, "non_punishment"), "%s", told(facts));
    INB_HOLDS(
        !under12 || advises(&finding, INB_ADVICE_NOTE, "protection_under_12"), "%s", told(facts));
    INB_HOLDS(!parent_profits(facts) || advises(&finding, INB_ADVICE_DONT, "no_inform_parent"),
        "%s", told(facts));
    INB_HOLDS(finding.ask_age == (facts->age.class_ == INB_AGE_UNKNOWN), "%s", told(facts));
    INB_HOLDS(!facts->situation.danger_now || advises(&finding, INB_ADVICE_DO, "call_112"), "%s",
        told(facts));
    for (int kind = 0; kind < INB_ADVICE_KINDS; kind++) {
        for (size_t i = 0; i < finding.advice_count[kind]; i++) {
            for (size_t j = 0; j < i; j++) {
                INB_HOLDS(strcmp(finding.advice[kind][i], finding.advice[kind][j]) != 0,
                    "%s stands twice: %s", finding.advice[kind][i], told(facts));
            }
        }
    }
}

INB_TEST(what_the_contract_fixes) {
    FOR_FACTS(51, 20000, check_fixed(&facts));
}
INB_END

static bool same_advice(const inb_facts *a, const inb_facts *b) {
    inb_finding x = weighed(a);
    inb_finding y = weighed(b);
    for (int kind = 0; kind < INB_ADVICE_KINDS; kind++) {
        if (x.advice_count[kind] != y.advice_count[kind]) {
            return false;
        }
        for (size_t i = 0; i < x.advice_count[kind]; i++) {
            if (strcmp(x.advice[kind][i], y.advice[kind][i]) != 0) {
                return false;
            }
        }
    }
    if (x.route_count != y.route_count) {
        return false;
    }
    for (size_t i = 0; i < x.route_count; i++) {
        if (x.routes[i].route != y.routes[i].route || x.routes[i].basis != y.routes[i].basis) {
            return false;
        }
    }
    return true;
}

// The situation and an observation that say the same: either is enough, both are no more.
INB_TEST(either_way_of_saying_is_enough) {
    const inb_age ages[] = {age_unknown(), inb_age_of_years(9), inb_age_of_years(15)};
    for (size_t i = 0; i < 3; i++) {
        inb_facts base = facts_with(INB_REPORTER_YOUTH_CARE, ages[i], "CR-10 CR-11");
        inb_facts by_situation = base;
        inb_facts by_row = base;
        by_situation.situation.denies = true;
        add_rows(&by_row.yes, "CR-32");
        ck_assert(same_advice(&by_situation, &by_row));
        ck_assert(!same_advice(&base, &by_row));
        by_row.situation.denies = true;
        ck_assert(same_advice(&by_situation, &by_row));
        by_situation = by_row = base;
        by_situation.situation.unaccompanied = true;
        add_rows(&by_row.circumstances, "CI-23");
        ck_assert(same_advice(&by_situation, &by_row));
        ck_assert(!same_advice(&base, &by_row));
        // CR-33 counts as an observation too, so only what a parent's profit brings is compared.
        by_situation = by_row = base;
        by_situation.situation.profits = 1u << INB_PROFIT_PARENT;
        add_rows(&by_row.yes, "CR-33");
        inb_finding x = weighed(&by_situation);
        inb_finding y = weighed(&by_row);
        ck_assert(advises(&x, INB_ADVICE_DONT, "no_inform_parent"));
        ck_assert(advises(&y, INB_ADVICE_DONT, "no_inform_parent"));
        ck_assert_uint_eq(place_of(&x, "safe_home"), place_of(&y, "safe_home"));
    }
}
INB_END

INB_TEST(fear_of_government_is_said_in_four_ways) {
    static const char *const rows[] = {"D6-05", "UG-05", "UG-06", NULL};
    for (size_t i = 0; i < 4; i++) {
        inb_facts facts = facts_with(INB_REPORTER_NGO, inb_age_of_years(30), "D4-01 D4-02");
        inb_finding calm = weighed(&facts);
        ck_assert_uint_lt(place_of(&calm, "labour_inspectorate"), place_of(&calm, "fairwork"));
        if (rows[i] == NULL) {
            facts.situation.police = INB_POLICE_UNWANTED;
        } else {
            add_rows(&facts.yes, rows[i]);
        }
        inb_finding afraid = weighed(&facts);
        ck_assert_uint_lt(place_of(&afraid, "fairwork"), place_of(&afraid, "labour_inspectorate"));
    }
}
INB_END

static bool notes(inb_age age, const char *yes, const char *note) {
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, age, yes);
    inb_finding finding = weighed(&facts);
    return advises(&finding, INB_ADVICE_NOTE, note);
}

INB_TEST(notes_about_the_weighing_itself) {
    inb_age child = inb_age_of_years(17), adult = inb_age_of_years(18);
    // A row for children only, seen with an adult.
    ck_assert(notes(adult, "SX-10", "child_row_ignored"));
    ck_assert(!notes(child, "SX-10", "child_row_ignored"));
    ck_assert(!notes(age_unknown(), "SX-10", "child_row_ignored"));
    ck_assert(!notes(adult, "CR-10", "child_row_ignored"));
    // A row that the proxy review left out.
    ck_assert(notes(adult, "SX-05", "omitted_not_counted"));
    ck_assert(notes(child, "SX-15 D1-01", "omitted_not_counted"));
    ck_assert(!notes(child, "D1-01", "omitted_not_counted"));
    // The weights are those of the labour profile.
    ck_assert(notes(adult, "CR-10", "labour_profile_other_form"));
    ck_assert(!notes(adult, "D1-01", "labour_profile_other_form"));
    ck_assert(!notes(adult, "D5-01", "labour_profile_other_form"));
    ck_assert(!notes(adult, "", "labour_profile_other_form"));
    // D3-08 and D4-08 have no weight for a child: three medium for an adult, two for a child.
    ck_assert(notes(child, "D3-08 D3-01 D3-02 D3-03", "child_dimension_lower") ==
              false); // three others are enough for a child as well
    size_t lower = 0;
    inb_rng rng = inb_rng_make(52, 0);
    for (int i = 0; i < 20000; i++) {
        inb_facts facts = random_facts(&rng);
        inb_facts twin = facts;
        twin.age = adult;
        inb_finding finding = weighed(&facts);
        inb_finding as_adult;
        // What an adult's weights give over the rows that count for the child.
        inb_combine(norm(), &twin, &as_adult);
        bool noted = advises(&finding, INB_ADVICE_NOTE, "child_dimension_lower");
        bool is_lower = false;
        for (int d = 0; d < INB_DIMENSIONS; d++) {
            is_lower = is_lower || (as_adult.dimension[d] && !finding.dimension[d]);
        }
        INB_HOLDS(
            facts.age.class_ == INB_AGE_ADULT ? !noted : noted == is_lower, "%s", told(&facts));
        lower += noted ? 1 : 0;
    }
    ck_assert_uint_gt(lower, 50);
}
INB_END

// A role, a circumstance or an answer is told of the person it is about, whatever the ages.
INB_TEST(ages_are_told_apart) {
    static const struct {
        int years;
        bool under12;
        bool child;
    } cases[] = {{0, true, true}, {11, true, true}, {12, false, true}, {17, false, true},
        {18, false, false}, {130, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_facts facts =
            facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(cases[i].years), "CR-10");
        inb_finding finding = weighed(&facts);
        ck_assert_int_eq(
            advises(&finding, INB_ADVICE_NOTE, "protection_under_12"), cases[i].under12);
        ck_assert_int_eq(advises(&finding, INB_ADVICE_NOTE, "no_means_needed"), cases[i].child);
        ck_assert(!advises(&finding, INB_ADVICE_NOTE, "age_unknown"));
    }
}
INB_END

INB_TEST_MAIN("2_weigh/advise", what_the_contract_fixes, either_way_of_saying_is_enough,
    fear_of_government_is_said_in_four_ways, notes_about_the_weighing_itself, ages_are_told_apart)
