// SPDX-License-Identifier: EUPL-1.2
// The finding in words, in both languages: it says everything that the finding holds, facts before
// interpretation, never shows a key for a text, and never a word that brands a child or a person.

#include "weigh_help.h"

#include "base/alloc.h"
#include "inb_sweep.h"

static const char *const languages[] = {"nl", "en"};

// Whether `word` stands in the text as a whole word, ASCII letters in either case.
static bool holds_word(const char *text, const char *word) {
    size_t length = strlen(word);
    for (const char *at = text; *at != '\0'; at++) {
        bool begins = at == text || !((at[-1] | 32) >= 'a' && (at[-1] | 32) <= 'z');
        if (begins && strncasecmp(at, word, length) == 0 &&
            !((at[length] | 32) >= 'a' && (at[length] | 32) <= 'z')) {
            return true;
        }
    }
    return false;
}

static const char *text_of(
    const inb_facts *facts, const inb_finding *finding, const char *language, inb_buffer *text) {
    inb_buffer_reset(text);
    inb_finding_text(norm(), facts, finding, language, text);
    INB_OK_IS(inb_buffer_check(text, err));
    return inb_buffer_get(text);
}

static void check_words(const inb_facts *facts, inb_buffer *buffer) {
    static const char *const offender[] = {"dader", "daders", "verdachte", "verdachten", "pleger",
        "crimineel", "criminelen", "offender", "offenders", "perpetrator", "perpetrators",
        "suspect", "suspects", "delinquent", "criminals"};
    static const char *const stigma[] = {
        "hoer", "hoeren", "prostituee", "prostituees", "whore", "prostitute", "prostitutes"};
    inb_finding finding = weighed(facts);
    for (size_t l = 0; l < 2; l++) {
        const char *text = text_of(facts, &finding, languages[l], buffer);
        for (size_t i = 0; i < sizeof stigma / sizeof stigma[0]; i++) {
            INB_HOLDS(!holds_word(text, stigma[i]), "'%s' in %s", stigma[i], text);
        }
        bool under12 = facts->age.years >= 0 && facts->age.years < 12;
        for (size_t i = 0; under12 && i < sizeof offender / sizeof offender[0]; i++) {
            INB_HOLDS(!holds_word(text, offender[i]), "'%s' in %s", offender[i], text);
        }
        INB_HOLDS(strstr(text, l == 0 ? "bewijst niets" : "proves nothing") != NULL, "%s", text);
    }
}

INB_TEST(words_that_never_stand_there) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    FOR_FACTS(81, 3000, check_words(&facts, &text));
    // A child under twelve with every role, circumstance and observation there is.
    for (int years = 0; years < 12; years++) {
        for (int reporter = 0; reporter < INB_REPORTER_COUNT; reporter++) {
            inb_facts facts = {.age = inb_age_of_years(years),
                .roles = (1u << INB_ROLE_COUNT) - 1,
                .circumstances = norm()->circumstances,
                .situation = {true, true, true, 15, 15, INB_CONSENT_REFUSED, INB_POLICE_UNWANTED},
                .reporter = (inb_reporter)reporter};
            facts.yes = years % 2 == 0 ? norm()->indicators : facts.yes;
            facts.no = years % 2 == 1 ? norm()->indicators : facts.no;
            check_words(&facts, &text);
        }
    }
}
INB_END

static void needs(const char *text, const char *part) {
    INB_HOLDS(strstr(text, part) != NULL, "no '%s' in %s", part, text);
}

static const char *label(
    const char *language, const char *group, const char *id, const char *part) {
    const char *text = inb_catalogue_label(norm(), language, group, id, part);
    INB_HOLDS(text != id, "%s.%s has no text in %s", group, id, language);
    return text;
}

static const char *said(
    const inb_finding *finding, const char *language, const char *group, const char *id) {
    const char *text = inb_finding_say(norm(), finding, language, group, id);
    INB_HOLDS(text != id, "%s.%s has no text in %s", group, id, language);
    return text;
}

static void check_complete(const inb_facts *facts, inb_buffer *buffer) {
    inb_finding finding = weighed(facts);
    for (size_t l = 0; l < 2; l++) {
        const char *language = languages[l];
        const char *text = text_of(facts, &finding, language, buffer);
        const char *may_be = strstr(text, said(&finding, language, "text", "may_be"));
        INB_HOLDS(may_be != NULL, "no interpretation in %s", text);
        for (size_t row = 0; row < norm()->row_count; row++) {
            bool told_of = inb_set_has(&facts->yes, row) || inb_set_has(&facts->no, row) ||
                           inb_set_has(&facts->unknown, row) ||
                           inb_set_has(&facts->circumstances, row);
            if (told_of) {
                char line[1024];
                const char *id = norm()->rows[row].id;
                snprintf(line, sizeof line, "- %s (%s)\n",
                    label(language, "indicator", id, "label"), id);
                const char *at = strstr(text, line);
                INB_HOLDS(at != NULL && at < may_be, "%s is not among the facts", id);
            }
        }
        for (int kind = 0; kind < INB_ADVICE_KINDS; kind++) {
            for (size_t i = 0; i < finding.advice_count[kind]; i++) {
                needs(text, said(&finding, language, inb_advice_kind_code((inb_advice_kind)kind),
                                finding.advice[kind][i]));
            }
        }
        const char *after = text;
        for (size_t i = 0; i < finding.route_count; i++) { // in the order of contact
            char line[512];
            const inb_route *route = route_at(&finding, i);
            snprintf(
                line, sizeof line, "\n%zu. %s", i + 1, label(language, "route", route->id, "name"));
            after = strstr(after, line);
            INB_HOLDS(after != NULL, "no '%s' in %s", line, text);
            needs(after, said(&finding, language, "why", finding.routes[i].why));
            needs(
                after, said(&finding, language, "basis", inb_basis_code(finding.routes[i].basis)));
            needs(after, finding.routes[i].law);
            needs(after, route->contact);
            needs(after, route->lookup);
        }
        for (size_t i = 0; i < finding.ask_count; i++) {
            needs(text,
                label(language, "indicator", norm()->rows[finding.ask_next[i]].id, "question"));
        }
        if (finding.ask_age) {
            needs(text, said(&finding, language, "age", "ask"));
        }
        for (int d = 0; d < INB_DIMENSIONS; d++) {
            char id[] = {'D', (char)('1' + d), '\0'};
            char line[256];
            snprintf(line, sizeof line, "- %s: %s (%s)\n",
                said(&finding, language, "dimension", id),
                said(&finding, language, "dimension", "positive"), id);
            INB_HOLDS((strstr(text, line) != NULL) == finding.dimension[d], "%s", line);
        }
    }
}

INB_TEST(the_text_says_what_the_finding_holds) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    FOR_FACTS(82, 1500, check_complete(&facts, &text));
}
INB_END

INB_TEST(forms_with_their_elements) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    // Context alone lists a form at level none: it is not told as a form.
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(15), "CR-01");
    inb_finding finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    needs(text.data, "touches no part of the law yet");
    ck_assert_ptr_null(strstr(text.data, "criminal exploitation:"));
    // A row about any form beside a named one: only the named form is told.
    facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(30), "D4-01 D5-01");
    finding = weighed(&facts);
    ck_assert_int_ge(level_of(&finding, INB_FORM_UNSPECIFIED), INB_LEVEL_SOMETHING);
    text_of(&facts, &finding, "en", &text);
    needs(text.data, inb_catalogue_label(norm(), "en", "form", "labour", NULL));
    ck_assert_ptr_null(
        strstr(text.data, inb_catalogue_label(norm(), "en", "form", "unspecified", NULL)));
    needs(text.data, ": D4-01");
    needs(text.data, "not seen yet");
    // Alone it is told.
    facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(30), "D5-01 D5-03");
    finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    needs(text.data, inb_catalogue_label(norm(), "en", "form", "unspecified", NULL));
    needs(text.data, "D5-01, D5-03");
    // For a child the text says that no means are needed.
    facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(15), "CR-10");
    finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    needs(text.data, "not needed under eighteen");
    facts.age = inb_age_of_years(18);
    finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    ck_assert_ptr_null(strstr(text.data, "not needed under eighteen"));
    // Nothing seen.
    facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(18), "");
    finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    needs(text.data, "Nothing was seen that points to a form");
}
INB_END

INB_TEST(person_and_situation) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(15), "");
    inb_finding finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    needs(text.data, "- 15 years old\n");
    ck_assert_ptr_null(strstr(text.data, "The situation"));
    static const struct {
        inb_situation situation;
        const char *says;
    } cases[] = {{{.danger_now = true}, "There is danger now"},
        {{.unaccompanied = true}, "A child without parents in the Netherlands"},
        {{.denies = true}, "it was my own choice"}, {{.profits = 4}, NULL},
        {{.surroundings = 2}, NULL}, {{.consent = INB_CONSENT_REFUSED}, NULL},
        {{.police = INB_POLICE_WANTED}, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        facts.situation = cases[i].situation;
        finding = weighed(&facts);
        text_of(&facts, &finding, "en", &text);
        needs(text.data, "\nThe situation\n- ");
        needs(text.data, cases[i].says == NULL ? "" : cases[i].says);
    }
    const inb_age ages[] = {
        age_unknown(), {INB_AGE_CHILD, INB_YEARS_UNKNOWN}, {INB_AGE_ADULT, INB_YEARS_UNKNOWN}};
    static const char *const words[] = {"unknown", "child", "adult"};
    for (size_t i = 0; i < 3; i++) {
        facts.age = ages[i];
        finding = weighed(&facts);
        text_of(&facts, &finding, "en", &text);
        needs(text.data, inb_catalogue_label(norm(), "en", "age", words[i], NULL));
    }
    // Under twelve the role of suspect is told as protection.
    facts.roles = 1u << INB_ROLE_SUSPECT;
    facts.age = inb_age_of_years(11);
    finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    needs(text.data, inb_catalogue_label(norm(), "en", "role", "suspect_under12", NULL));
    facts.age = inb_age_of_years(12);
    finding = weighed(&facts);
    text_of(&facts, &finding, "en", &text);
    ck_assert_ptr_null(
        strstr(text.data, inb_catalogue_label(norm(), "en", "role", "suspect_under12", NULL)));
}
INB_END

// An empty finding, and a norm that gives nothing: no headings without lines below them.
INB_TEST(empty_parts_have_no_heading) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(30), "");
    facts.no = norm()->indicators;
    inb_finding finding = weighed(&facts);
    finding.route_count = 0;
    finding.advice_count[INB_ADVICE_DO] = 0;
    ck_assert_uint_eq(finding.ask_count, 0);
    text_of(&facts, &finding, "en", &text);
    ck_assert_ptr_null(strstr(text.data, "\n\n\n"));
    ck_assert_ptr_null(strstr(text.data, "Whom to turn to"));
    ck_assert_ptr_null(strstr(text.data, "What you can do"));
    ck_assert_ptr_null(strstr(text.data, "What you can still ask"));
    ck_assert_ptr_null(strstr(text.data, "Seen or heard"));
}
INB_END

// A contact without a page, a page without a contact, neither.
INB_TEST(contacts) {
    struct copy copy = copy_norm();
    size_t line, place;
    struct old_file old = change_cell(&copy, "routes.csv", "lawyer", "lookup", "", &line, &place);
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(copy.dir, &catalogue, err));
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(15), "CR-10 CR-11");
    inb_finding finding;
    inb_weigh(catalogue, &facts, &finding);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_finding_text(catalogue, &facts, &finding, "en", &text);
    needs(inb_buffer_get(&text), "\n (");
    needs(inb_buffer_get(&text), "0800-2000 - https://veiligthuis.nl");
    put_back(&old);
    drop_copy(&copy);
}
INB_END

static inb_status once(inb_error *err) {
    static inb_facts facts;
    inb_rng rng = inb_rng_make(83, 0);
    facts = random_facts(&rng);
    static inb_finding finding;
    inb_weigh(norm(), &facts, &finding);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_finding_text(norm(), &facts, &finding, "en", &text);
    return inb_buffer_check(&text, err);
}

INB_TEST(refused_memory) {
    (void)norm();
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("2_weigh/finding_text", words_that_never_stand_there,
    the_text_says_what_the_finding_holds, forms_with_their_elements, person_and_situation,
    empty_parts_have_no_heading, contacts, refused_memory)
