// SPDX-License-Identifier: EUPL-1.2
// What is asked next, against brute force: every open row is set to yes, the facts are combined
// again, and what changed is priced by the definition at the head of ask.c.

#include "weigh_help.h"

// ---- brute force ----

static uint32_t forms_with(const inb_finding *finding, int element) {
    uint32_t bits = 0;
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        bits |= inb_set_empty(&found->element[element]) ? 0 : 1u << found->form;
    }
    return bits;
}

// What one more "yes" is worth: 32 for each listed form that becomes complete, 12 for each listed
// form that gets its first element, 4 for each element a listed form lacked, 2 where a form gets
// listed with an element, 8 where a dimension turns positive.
static int brute_worth(const inb_finding *before, const inb_finding *after) {
    int sum = 0;
    bool new_form = false;
    for (size_t i = 0; i < after->form_count; i++) {
        const inb_form_finding *now = &after->forms[i];
        int was = level_of(before, now->form);
        if (was < 0) {
            new_form = new_form || now->level != INB_LEVEL_NONE;
            continue;
        }
        sum += now->level == INB_LEVEL_ELEMENTS && was < INB_LEVEL_ELEMENTS ? 32 : 0;
        sum += now->level > INB_LEVEL_NONE && was == INB_LEVEL_NONE ? 12 : 0;
        for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
            bool had = (forms_with(before, e) >> now->form & 1) != 0;
            bool has = (forms_with(after, e) >> now->form & 1) != 0;
            sum += has && !had ? 4 : 0;
        }
    }
    sum += new_form ? 2 : 0;
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        sum += after->dimension[d] != before->dimension[d] ? 8 : 0;
    }
    return sum;
}

static bool open_row(const inb_facts *facts, size_t row) {
    return norm()->rows[row].kind == INB_INDICATOR && !norm()->rows[row].omitted &&
           inb_catalogue_asks(norm(), row, facts->age.class_) && !inb_set_has(&facts->yes, row) &&
           !inb_set_has(&facts->no, row);
}

static int worth_of(const inb_facts *facts, const inb_finding *before, size_t row) {
    inb_facts more = *facts;
    inb_finding after;
    inb_set_add(&more.yes, row);
    inb_set_drop(&more.unknown, row);
    inb_combine(norm(), &more, &after);
    return brute_worth(before, &after);
}

// Whether a row names a form that is listed: it is about what was seen, and goes first among
// equals.
static bool is_named(const inb_finding *finding, size_t row) {
    bool named = false;
    for (size_t i = 0; i < finding->form_count; i++) {
        named = named || (norm()->rows[row].forms >> finding->forms[i].form & 1) != 0;
    }
    return named;
}

static void check_asked(const inb_facts *facts) {
    inb_finding finding;
    inb_combine(norm(), facts, &finding);
    inb_ask(norm(), facts, &finding);
    INB_HOLDS(finding.ask_age == (facts->age.class_ == INB_AGE_UNKNOWN), "%s", told(facts));
    INB_HOLDS(finding.ask_count <= INB_ASK_MOST, "%s", told(facts));
    bool asked[INB_MAX_ROWS] = {false};
    int least = INT32_MAX;
    bool least_named = true;
    for (size_t i = 0; i < finding.ask_count; i++) {
        size_t row = finding.ask_next[i];
        INB_HOLDS(!asked[row], "%s is asked twice: %s", norm()->rows[row].id, told(facts));
        INB_HOLDS(open_row(facts, row), "%s is asked and not open: %s", norm()->rows[row].id,
            told(facts));
        asked[row] = true;
        int worth = worth_of(facts, &finding, row);
        INB_HOLDS(
            worth > 0, "%s is asked and changes nothing: %s", norm()->rows[row].id, told(facts));
        INB_HOLDS(worth <= least, "%s stands after something worth less: %s", norm()->rows[row].id,
            told(facts));
        bool named = is_named(&finding, row);
        INB_HOLDS(worth < least || !named || least_named,
            "%s names a listed form and stands after one that does not: %s", norm()->rows[row].id,
            told(facts));
        least = worth;
        least_named = named;
    }
    for (size_t row = 0; row < norm()->row_count; row++) {
        if (!open_row(facts, row) || asked[row]) {
            continue;
        }
        int worth = worth_of(facts, &finding, row);
        INB_HOLDS(worth <= (finding.ask_count == INB_ASK_MOST ? least : 0),
            "%s is not asked and worth %d, the least asked %d: %s", norm()->rows[row].id, worth,
            least, told(facts));
        INB_HOLDS(worth < least || worth == 0 || least_named || !is_named(&finding, row),
            "%s names a listed form and is left out for one that does not: %s",
            norm()->rows[row].id, told(facts));
    }
}

INB_TEST(brute_force_agrees) {
    FOR_FACTS(21, 6000, check_asked(&facts));
}
INB_END

INB_TEST(nothing_said_asks_rows_that_list_a_form) {
    inb_facts facts = {.age = inb_age_of_years(15)};
    inb_finding finding = weighed(&facts);
    ck_assert_uint_eq(finding.ask_count, INB_ASK_MOST);
    ck_assert(!finding.ask_age);
    check_asked(&facts);
}
INB_END

// All answered: nothing is left to ask; only the age, where it is not known.
INB_TEST(all_answered_asks_nothing) {
    inb_facts facts = {.age = age_unknown()};
    facts.no = norm()->indicators;
    inb_finding finding = weighed(&facts);
    ck_assert_uint_eq(finding.ask_count, 0);
    ck_assert(finding.ask_age);
    facts.no = (inb_set){{0}};
    facts.yes = norm()->indicators;
    finding = weighed(&facts);
    ck_assert_uint_eq(finding.ask_count, 0);
}
INB_END

// Of two rows that are worth the same, one answered "not known" comes after one not asked.
INB_TEST(not_known_comes_after_not_asked) {
    inb_rng rng = inb_rng_make(22, 0);
    size_t moved = 0;
    for (int i = 0; i < 3000; i++) {
        inb_facts facts = random_facts(&rng);
        facts.unknown = (inb_set){{0}};
        inb_finding before = weighed(&facts);
        if (before.ask_count < 2) {
            continue;
        }
        size_t first = before.ask_next[0];
        inb_set_add(&facts.unknown, first);
        inb_finding after = weighed(&facts);
        INB_HOLDS(worth_of(&facts, &after, after.ask_next[0]) == worth_of(&facts, &before, first),
            "%s", told(&facts));
        moved += after.ask_next[0] != first ? 1 : 0;
    }
    ck_assert_uint_gt(moved, 100);
}
INB_END

// A row without an element that lists a form brings it the elements of rows about any form.
INB_TEST(a_form_listed_by_context_is_a_change) {
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(15), "D5-05");
    inb_finding finding = weighed(&facts);
    ck_assert_int_gt(worth_of(&facts, &finding, row_of("CR-01")), 0);
    facts.no = inb_set_minus(&norm()->indicators, &facts.yes);
    inb_set_drop(&facts.no, row_of("CR-01"));
    finding = weighed(&facts);
    ck_assert_uint_eq(finding.ask_count, 1);
    ck_assert_uint_eq(finding.ask_next[0], row_of("CR-01"));
}
INB_END

INB_TEST_MAIN("2_weigh/ask", brute_force_agrees, nothing_said_asks_rows_that_list_a_form,
    all_answered_asks_nothing, not_known_comes_after_not_asked,
    a_form_listed_by_context_is_a_change)
