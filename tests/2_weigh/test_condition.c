// SPDX-License-Identifier: EUPL-1.2
// The condition language: each predicate true and false, what is refused and where, and every rule
// of the norm against the same rule followed by words (plain_when.h).

#include "plain_when.h"

// Compiles one `when` in a table in memory.
static inb_status compiled(const char *when, inb_condition *ret_condition, inb_error *err) {
    static inb_arena *arena;
    if (arena == NULL) {
        INB_TRY(inb_arena_new(0, &arena, err));
    }
    char text[512];
    snprintf(text, sizeof text, "id,when\nx,%s\n", when);
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open_memory("rules.csv", text, strlen(text), &csv, err));
    bool more;
    INB_TRY(inb_csv_next(csv, &more, err));
    return inb_condition_compile(norm(), arena, csv, 1, ret_condition, err);
}

static bool holds(const char *when, const inb_context *context) {
    inb_condition condition;
    INB_OK_IS(compiled(when, &condition, err));
    return inb_condition_holds(&condition, context);
}

INB_TEST(terms) {
    inb_set seen = {{0}}, circumstances = {{0}};
    add_rows(&seen, "D1-01 CR-11");
    add_rows(&circumstances, "CI-15");
    inb_context context = {.seen = &seen, .circumstances = &circumstances};
    context.masks[INB_P_FORM] = 1u << INB_FORM_LABOUR | INB_ANY_FORM;
    context.masks[INB_P_LISTED] = 1u << INB_FORM_LABOUR | 1u << INB_FORM_SEXUAL | INB_ANY_FORM;
    context.masks[INB_P_LEVEL] = 1u << INB_LEVEL_SOMETHING;
    context.masks[INB_P_REPORTER] = 1u << INB_REPORTER_BORDER_POLICE;
    context.masks[INB_P_DANGER] = 1;
    context.masks[INB_P_READING] = 1u << INB_READ_ADULT;
    context.masks[INB_P_CONSENT] = 1u << INB_CONSENT_REFUSED;
    context.masks[INB_P_ROLE] = ~0u << INB_ROLE_COUNT; // without a meaning: touches nothing else
    inb_context_pack(&context);
    static const char *const true_ones[] = {"", "  ", "form:any", "form:labour",
        "form:sexual|labour", "!form:sexual", "listed:sexual", "level:something", "reporter:police",
        "reporter:border_police", "danger", "!unaccompanied", "!denies", "seen:D1-01",
        "seen:D1-02|CR-11", "!seen:D1-02", "circ:CI-15", "!circ:CI-01", "adult_reading",
        "!child_reading", "consent:refused", " form:labour  danger ", "!fears_government",
        "!profits:parent", "!surroundings:unaware", "!police:wanted", "!role:suspect",
        "!element:act", "!age:child", "!profits:parent|partner|employer|other"};
    static const char *const false_ones[] = {"form:sexual", "form:labour !danger", "level:none",
        "reporter:school", "!reporter:police", "!danger", "unaccompanied", "seen:D1-02",
        "!seen:D1-01", "circ:CI-01", "child_reading", "consent:given|not_asked", "denies",
        "danger form:criminal", "fears_government"};
    for (size_t i = 0; i < sizeof true_ones / sizeof true_ones[0]; i++) {
        ck_assert_msg(holds(true_ones[i], &context), "'%s' does not hold", true_ones[i]);
    }
    for (size_t i = 0; i < sizeof false_ones / sizeof false_ones[0]; i++) {
        ck_assert_msg(!holds(false_ones[i], &context), "'%s' holds", false_ones[i]);
    }
}
INB_END

INB_TEST(what_is_refused) {
    static const char *const wrong[][2] = {
        {"forms:labour", "found the condition 'forms', expected a known one"},
        {"form", "found 'form', expected it with a value"},
        {"form:", "found 'form:', expected it with a value"},
        {"danger:now", "found 'danger:now', expected it without a value"},
        {"form:work", "found the value 'work', expected a known one"},
        {"form:labour|", ""}, // a trailing bar is no value: taken as nothing
        {"form:|labour", "found the value ''"},
        {"level:some", "found the value 'some'"},
        {"age:old", "found the value 'old'"},
        {"element:deed", "found the value 'deed'"},
        {"role:victim", "found the value 'victim'"},
        {"profits:aunt", "found the value 'aunt'"},
        {"surroundings:kind", "found the value 'kind'"},
        {"consent:yes", "found the value 'yes'"},
        {"police:no", "found the value 'no'"},
        {"reporter:baker", "found the value 'baker'"},
        {"seen:D9-99", "found 'D9-99', expected the id of an indicator"},
        {"seen:CI-01", "found 'CI-01', expected the id of an indicator"},
        {"seen:EX-01", "found 'EX-01', expected the id of an indicator"},
        {"circ:D1-01", "found 'D1-01', expected the id of a circumstance"},
        {"circ:CI-01|CI-99", "found 'CI-99', expected the id of a circumstance"},
        {"!", "found the condition ''"},
        {"!!danger", "found the condition '!danger'"},
        {"danger ! denies", "found the condition ''"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        inb_condition condition = {.count = 77};
        if (wrong[i][1][0] == '\0') {
            INB_OK_IS(compiled(wrong[i][0], &condition, err));
            continue;
        }
        INB_FAILS(compiled(wrong[i][0], &condition, err), INB_BAD_INPUT, wrong[i][1]);
        INB_FAILS(compiled(wrong[i][0], &condition, err), INB_BAD_INPUT, "rules.csv:2:3: ");
        ck_assert_uint_eq(condition.count, 77); // outputs untouched
    }
}
INB_END

// The context as weighing fills it is private to advise.c, so a whole finding is asked: an advice
// row comes out exactly where its `when`, followed by words, holds.
static void check_advice(const inb_facts *facts, const char *kind, inb_advice_kind number,
    const struct rule *rules, size_t count) {
    inb_finding finding = weighed(facts);
    const char *reading = facts->age.class_ == INB_AGE_ADULT ? "adult" : "child";
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        bool given = false;
        for (size_t j = 0; j < at; j++) {
            given = given || strcmp(finding.advice[number][j], rules[i].id) == 0;
        }
        if (given || !plain_when(facts, &finding, reading, rules[i].when)) {
            continue;
        }
        INB_HOLDS(at < finding.advice_count[number] &&
                      strcmp(finding.advice[number][at], rules[i].id) == 0,
            "%s %s by '%s' is not at its place: %s", kind, rules[i].id, rules[i].when, told(facts));
        at++;
    }
    size_t own = 0; // notes about the weighing itself
    own += advises(&finding, number, "child_row_ignored");
    own += advises(&finding, number, "omitted_not_counted");
    own += advises(&finding, number, "labour_profile_other_form");
    own += advises(&finding, number, "child_dimension_lower");
    INB_HOLDS(at + own == finding.advice_count[number], "too many %s (%s): %s", kind,
        at < finding.advice_count[number] ? finding.advice[number][at] : "none", told(facts));
}

INB_TEST(rules_followed_by_words_agree) {
    static const char *const kinds[INB_ADVICE_KINDS] = {"do", "dont", "offer", "note"};
    static struct rule rules[512];
    size_t all = 0;
    for (int kind = 0; kind < INB_ADVICE_KINDS; kind++) {
        size_t count = plain_rules(kinds[kind], rules, 512);
        all += count;
        FOR_FACTS(41, 5000, check_advice(&facts, kinds[kind], (inb_advice_kind)kind, rules, count));
    }
    ck_assert_uint_eq(all, norm()->advice_count);
}
INB_END

INB_TEST_MAIN("2_weigh/condition", terms, what_is_refused, rules_followed_by_words_agree)
