// SPDX-License-Identifier: EUPL-1.2
// Forms, levels and dimensions against an oracle that is written in another way: plain loops over
// ids and words as they stand in indicators.csv, read by a reader of its own, and the ILO rule by
// enumerating which two or three weights of a bag form one of the published combinations.

#include "weigh_help.h"

enum { RANDOM = 200000, MOST_FORMS = INB_FORM_COUNT };

// ---- the oracle ----

struct plain_row {
    const char *id, *kind, *forms, *elements, *weight[2], *applies, *adults_too, *dimension,
        *review;
    size_t row; // in the catalogue under test
};

static struct sheet sheet;
static struct plain_row rows[INB_MAX_ROWS];
static size_t row_count;

static void read_oracle(void) {
    if (row_count > 0) {
        return;
    }
    char path[1024];
    snprintf(path, sizeof path, "%s/catalogue/indicators.csv", source_root());
    sheet = read_sheet(path);
    for (size_t i = 1; i < sheet.rows; i++) {
        rows[row_count++] = (struct plain_row){sheet_cell(&sheet, i, "id")->text,
            sheet_cell(&sheet, i, "kind")->text, sheet_cell(&sheet, i, "forms")->text,
            sheet_cell(&sheet, i, "elements")->text,
            {sheet_cell(&sheet, i, "weight_adult")->text,
                sheet_cell(&sheet, i, "weight_child")->text},
            sheet_cell(&sheet, i, "applies_to")->text, sheet_cell(&sheet, i, "adults_too")->text,
            sheet_cell(&sheet, i, "dimension")->text, sheet_cell(&sheet, i, "review")->text,
            row_of(sheet_cell(&sheet, i, "id")->text)};
    }
    ck_assert_uint_eq(row_count, norm()->row_count);
}

static bool lists_word(const char *list, const char *word) {
    size_t length = strlen(word);
    for (const char *at = list; at != NULL; at = strchr(at, ';')) {
        at += *at == ';' ? 1 : 0;
        if (strncmp(at, word, length) == 0 && (at[length] == ';' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

static bool counts(const struct plain_row *row, bool child) {
    if (strcmp(row->kind, "indicator") != 0 || strcmp(row->review, "omit") == 0) {
        return false;
    }
    return child || strcmp(row->applies, "child") != 0 || strcmp(row->adults_too, "yes") == 0;
}

// Whether two or three of the letters in `bag` (S, M, W) form a published combination.
static bool combination(const char *bag) {
    static const char *const published[] = {"SS", "SM", "SW", "MMM", "MMW"};
    size_t count = strlen(bag);
    for (size_t p = 0; p < sizeof published / sizeof published[0]; p++) {
        for (size_t i = 0; i < count; i++) {
            for (size_t j = 0; j < count; j++) {
                if (i == j || bag[i] != published[p][0] || bag[j] != published[p][1]) {
                    continue;
                }
                if (published[p][2] == '\0') {
                    return true;
                }
                for (size_t k = 0; k < count; k++) {
                    if (k != i && k != j && bag[k] == published[p][2]) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

struct verdict {
    const char *level[MOST_FORMS]; // NULL = not listed
    bool dimension[6];
};

static const char *const form_words[MOST_FORMS] = {
    "labour", "sexual", "criminal", "begging", "services", "organ", "marriage", "any"};
static const char *const element_words[3] = {"act", "means", "purpose"};

static struct verdict oracle(const inb_facts *facts) {
    struct verdict verdict = {0};
    bool child = facts->age.class_ == INB_AGE_CHILD || facts->age.class_ == INB_AGE_UNKNOWN;
    bool has[MOST_FORMS][3] = {{false}};
    char bags[6][64] = {""};
    for (size_t i = 0; i < row_count; i++) {
        const struct plain_row *row = &rows[i];
        if (!inb_set_has(&facts->yes, row->row) || !counts(row, child)) {
            continue;
        }
        bool denies = strcmp(row->id, "CR-32") == 0;
        bool any = lists_word(row->forms, "any");
        for (int form = 0; form < MOST_FORMS && !denies; form++) {
            bool named = lists_word(row->forms, form_words[form]);
            if (named) {
                verdict.level[form] = "none";
            }
            for (int e = 0; e < 3; e++) {
                bool speaks = lists_word(row->elements, element_words[e]);
                has[form][e] = has[form][e] || (speaks && (named || any));
            }
        }
        const char *weight = row->weight[child ? 1 : 0];
        const char *letter = strcmp(weight, "strong") == 0   ? "S"
                             : strcmp(weight, "medium") == 0 ? "M"
                             : strcmp(weight, "weak") == 0   ? "W"
                                                             : "";
        bool for_adults_only = child && strcmp(row->applies, "adult") == 0;
        if (row->dimension[0] == 'D' && letter[0] != '\0' && !for_adults_only) {
            char *bag = bags[row->dimension[1] - '1'];
            size_t length = strlen(bag);
            bag[length] = letter[0];
            bag[length + 1] = '\0';
        }
    }
    for (int form = 0; form < MOST_FORMS; form++) {
        if (verdict.level[form] == NULL) {
            continue;
        }
        int present = has[form][0] + has[form][1] + has[form][2];
        bool full = child ? has[form][0] && has[form][2] : present == 3;
        verdict.level[form] = full ? "elements" : present > 0 ? "something" : "none";
    }
    for (int d = 0; d < 6; d++) {
        verdict.dimension[d] = combination(bags[d]);
    }
    return verdict;
}

static void compare(const inb_facts *facts) {
    inb_finding finding;
    inb_combine(norm(), facts, &finding);
    struct verdict verdict = oracle(facts);
    size_t listed = 0;
    int last = -1;
    for (int form = 0; form < MOST_FORMS; form++) {
        listed += verdict.level[form] != NULL ? 1 : 0;
    }
    INB_HOLDS(listed == finding.form_count, "forms of %s", told(facts));
    for (size_t i = 0; i < finding.form_count; i++) {
        const inb_form_finding *found = &finding.forms[i];
        INB_HOLDS((int)found->form > last, "order of forms of %s", told(facts));
        last = (int)found->form;
        const char *level = verdict.level[found->form];
        INB_HOLDS(level != NULL && strcmp(level, inb_level_code(found->level)) == 0,
            "%s is %s, the oracle says %s: %s", inb_form_code(found->form),
            inb_level_code(found->level), level == NULL ? "not listed" : level, told(facts));
    }
    for (int d = 0; d < 6; d++) {
        INB_HOLDS(finding.dimension[d] == verdict.dimension[d], "D%d of %s", d + 1, told(facts));
    }
}

// ---- tests ----

INB_TEST(oracle_agrees_on_random_facts_and_vignettes) {
    read_oracle();
    FOR_FACTS(11, RANDOM, compare(&facts));
}
INB_END

// Each row alone, for each age class.
INB_TEST(oracle_agrees_on_every_row_alone) {
    read_oracle();
    const inb_age ages[] = {age_unknown(), inb_age_of_years(11), inb_age_of_years(40)};
    for (size_t row = 0; row < norm()->row_count; row++) {
        for (size_t age = 0; age < 3; age++) {
            inb_facts facts = {.age = ages[age]};
            inb_set_add(&facts.yes, row);
            compare(&facts);
        }
    }
}
INB_END

// Reasons and elements by id: exactly the rows that say so in the file.
static void sets_are_those_of_the_file(const inb_facts *facts) {
    inb_finding finding;
    inb_combine(norm(), facts, &finding);
    bool child = facts->age.class_ != INB_AGE_ADULT;
    for (size_t i = 0; i < finding.form_count; i++) {
        const inb_form_finding *found = &finding.forms[i];
        for (size_t at = 0; at < row_count; at++) {
            const struct plain_row *row = &rows[at];
            bool concerns =
                inb_set_has(&facts->yes, row->row) && counts(row, child) &&
                strcmp(row->id, "CR-32") != 0 &&
                (lists_word(row->forms, form_words[found->form]) || lists_word(row->forms, "any"));
            INB_HOLDS(inb_set_has(&found->reasons, row->row) == concerns, "reason %s of %s in %s",
                row->id, form_words[found->form], told(facts));
            for (int e = 0; e < 3; e++) {
                INB_HOLDS(inb_set_has(&found->element[e], row->row) ==
                              (concerns && lists_word(row->elements, element_words[e])),
                    "%s of %s in %s", row->id, element_words[e], told(facts));
            }
        }
    }
}

INB_TEST(reasons_and_elements_are_those_of_the_file) {
    read_oracle();
    FOR_FACTS(12, 4000, sets_are_those_of_the_file(&facts));
}
INB_END

INB_TEST(ilo_rule_for_every_bag) {
    char bag[32];
    for (int strong = 0; strong <= 4; strong++) {
        for (int medium = 0; medium <= 5; medium++) {
            for (int weak = 0; weak <= 5; weak++) {
                int length = 0;
                for (int i = 0; i < strong + medium + weak; i++) {
                    bag[length++] = i < strong ? 'S' : i < strong + medium ? 'M' : 'W';
                }
                bag[length] = '\0';
                ck_assert_msg(inb_dimension_positive(strong, medium, weak) == combination(bag),
                    "the bag '%s'", bag);
            }
        }
    }
}
INB_END

INB_TEST(levels_for_every_mix_of_elements) {
    for (int bits = 0; bits < 8; bits++) {
        bool act = (bits & 1) != 0, means = (bits & 2) != 0, purpose = (bits & 4) != 0;
        inb_level adult = bits == 7   ? INB_LEVEL_ELEMENTS
                          : bits != 0 ? INB_LEVEL_SOMETHING
                                      : INB_LEVEL_NONE;
        inb_level child = (bits & 5) == 5 ? INB_LEVEL_ELEMENTS
                          : bits != 0     ? INB_LEVEL_SOMETHING
                                          : INB_LEVEL_NONE;
        ck_assert_int_eq(inb_level_of(act, means, purpose, false), adult);
        ck_assert_int_eq(inb_level_of(act, means, purpose, true), child);
    }
}
INB_END

static inb_facts change_around(inb_facts facts, inb_rng *rng) {
    inb_facts other = random_facts(rng);
    facts.roles = other.roles;
    facts.circumstances = other.circumstances;
    facts.situation = other.situation;
    facts.reporter = other.reporter;
    return facts;
}

// A role, a circumstance, a denial, any field of the situation: no form, dimension or reason.
static void around_changes_nothing(const inb_facts *facts, inb_rng *rng) {
    inb_finding before, after;
    inb_combine(norm(), facts, &before);
    inb_facts other = change_around(*facts, rng);
    inb_combine(norm(), &other, &after);
    INB_HOLDS(same_forms(&before, &after), "%s", told(facts));
    inb_set_add(&other.yes, row_of("CR-32"));
    other.situation.denies = true;
    inb_combine(norm(), &other, &after);
    INB_HOLDS(same_forms(&before, &after), "a denial changes %s", told(facts));
}

INB_TEST(what_is_around_changes_no_form) {
    inb_rng rng = inb_rng_make(13, 1);
    FOR_FACTS(13, 20000, around_changes_nothing(&facts, &rng));
}
INB_END

// "no" and "not known" are as not asked.
static void only_yes_counts(const inb_facts *facts, inb_rng *rng) {
    inb_finding before, after;
    inb_facts other = *facts;
    inb_facts random = random_facts(rng);
    other.no = inb_set_minus(&random.no, &facts->yes);
    other.unknown = inb_set_minus(&random.unknown, &facts->yes);
    other.unknown = inb_set_minus(&other.unknown, &other.no);
    inb_combine(norm(), facts, &before);
    inb_combine(norm(), &other, &after);
    INB_HOLDS(same_forms(&before, &after), "%s", told(facts));
}

INB_TEST(no_and_not_known_are_as_not_asked) {
    inb_rng rng = inb_rng_make(14, 1);
    FOR_FACTS(14, 20000, only_yes_counts(&facts, &rng));
}
INB_END

static void child_not_below_adult(inb_facts facts) {
    inb_finding child, adult, unknown;
    facts.age = inb_age_of_years(17);
    inb_combine(norm(), &facts, &child);
    facts.age = inb_age_of_years(18);
    inb_combine(norm(), &facts, &adult);
    facts.age = age_unknown();
    inb_combine(norm(), &facts, &unknown);
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        INB_HOLDS(level_of(&child, (inb_form)form) >= level_of(&adult, (inb_form)form),
            "%s is lower for a child: %s", inb_form_code((inb_form)form), told(&facts));
    }
    INB_HOLDS(same_forms(&child, &unknown), "unknown age is not read as a child: %s", told(&facts));
}

INB_TEST(a_child_is_never_below_its_adult_twin) {
    FOR_FACTS(15, 50000, child_not_below_adult(facts));
}
INB_END

static void one_more_yes(const inb_facts *facts, inb_rng *rng) {
    inb_finding before, after;
    inb_combine(norm(), facts, &before);
    for (int i = 0; i < 8; i++) {
        inb_facts more = *facts;
        size_t row = inb_rng_below(rng, (uint32_t)norm()->row_count);
        inb_set_add(&more.yes, row);
        inb_set_drop(&more.no, row);
        inb_set_drop(&more.unknown, row);
        inb_combine(norm(), &more, &after);
        for (int form = 0; form < INB_FORM_COUNT; form++) {
            INB_HOLDS(level_of(&after, (inb_form)form) >= level_of(&before, (inb_form)form),
                "%s lowers %s: %s", norm()->rows[row].id, inb_form_code((inb_form)form),
                told(facts));
        }
        for (int d = 0; d < INB_DIMENSIONS; d++) {
            INB_HOLDS(after.dimension[d] >= before.dimension[d], "%s lowers D%d: %s",
                norm()->rows[row].id, d + 1, told(facts));
        }
    }
}

INB_TEST(one_more_yes_never_lowers) {
    inb_rng rng = inb_rng_make(16, 1);
    FOR_FACTS(16, 20000, one_more_yes(&facts, &rng));
}
INB_END

INB_TEST(excluded_proxies_circumstances_and_omitted_rows_never_count) {
    for (size_t row = 0; row < norm()->row_count; row++) {
        const inb_indicator *r = &norm()->rows[row];
        if (r->kind == INB_INDICATOR && !r->omitted) {
            continue;
        }
        for (int age = 0; age < 3; age++) {
            inb_facts facts = {.age = {(inb_age_class)age, INB_YEARS_UNKNOWN}};
            inb_set_add(&facts.yes, row); // past the parser, which refuses it
            inb_finding finding;
            inb_combine(norm(), &facts, &finding);
            ck_assert_msg(finding.form_count == 0, "%s lists a form", r->id);
        }
    }
}
INB_END

INB_TEST_MAIN("2_weigh/combine", oracle_agrees_on_random_facts_and_vignettes,
    oracle_agrees_on_every_row_alone, reasons_and_elements_are_those_of_the_file,
    ilo_rule_for_every_bag, levels_for_every_mix_of_elements, what_is_around_changes_no_form,
    no_and_not_known_are_as_not_asked, a_child_is_never_below_its_adult_twin,
    one_more_yes_never_lowers, excluded_proxies_circumstances_and_omitted_rows_never_count)
