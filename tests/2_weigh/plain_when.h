// SPDX-License-Identifier: EUPL-1.2
// The condition language a second time, by words instead of masks: the text of a `when` against the
// facts and a finding, written from the description in the design and the norm. An oracle.
#ifndef INB_PLAIN_WHEN_H
#define INB_PLAIN_WHEN_H

#include "weigh_help.h"

static inline bool plain_seen(const inb_facts *facts, const char *id, size_t length) {
    size_t row = inb_catalogue_find(norm(), id, length);
    if (row == SIZE_MAX || norm()->rows[row].omitted) {
        return false;
    }
    return inb_set_has(&facts->yes, row) && inb_catalogue_asks(norm(), row, facts->age.class_);
}

static inline bool plain_age(const inb_age *age, const char *word) {
    bool years = age->years >= 0;
    if (strcmp(word, "adult") == 0) {
        return age->class_ == INB_AGE_ADULT;
    }
    if (strcmp(word, "child") == 0) {
        return age->class_ != INB_AGE_ADULT;
    }
    if (strcmp(word, "unknown") == 0) {
        return age->class_ == INB_AGE_UNKNOWN;
    }
    if (strcmp(word, "minor_known") == 0) {
        return age->class_ == INB_AGE_CHILD;
    }
    if (strcmp(word, "under12") == 0) {
        return years && age->years < 12;
    }
    ck_assert_str_eq(word, "teen");
    return years && age->years >= 12 && age->years < 18;
}

// One value of one predicate. `reading` is "child" or "adult".
static inline bool plain_value(const inb_facts *facts, const inb_finding *finding,
    const char *reading, const char *predicate, const char *value) {
    const inb_situation *s = &facts->situation;
#define IS(word) (strcmp(predicate, word) == 0)
    if (IS("form") || IS("listed")) {
        for (size_t i = 0; i < finding->form_count; i++) {
            const inb_form_finding *found = &finding->forms[i];
            bool named =
                strcmp(value, "any") == 0 || strcmp(value, inb_form_code(found->form)) == 0;
            if (named && (IS("listed") || found->level != INB_LEVEL_NONE)) {
                return true;
            }
        }
        return false;
    }
    if (IS("level")) {
        return strcmp(value, inb_level_code(inb_finding_level(finding))) == 0;
    }
    if (IS("age")) {
        return plain_age(&facts->age, value);
    }
    if (IS("role")) {
        for (int role = 0; role < INB_ROLE_COUNT; role++) {
            if ((facts->roles >> role & 1) != 0 &&
                strcmp(inb_role_code((inb_role)role), value) == 0) {
                return true;
            }
        }
        return false;
    }
    if (IS("seen")) {
        return plain_seen(facts, value, strlen(value));
    }
    if (IS("circ")) {
        return inb_set_has(&facts->circumstances, row_of(value));
    }
    if (IS("danger")) {
        return s->danger_now;
    }
    if (IS("unaccompanied")) {
        return s->unaccompanied || inb_set_has(&facts->circumstances, row_of("CI-23"));
    }
    if (IS("denies")) {
        return s->denies || inb_set_has(&facts->yes, row_of("CR-32"));
    }
    if (IS("profits")) {
        for (int i = 0; i < INB_PROFIT_COUNT; i++) {
            if ((s->profits >> i & 1) != 0 && strcmp(inb_profit_code((inb_profit)i), value) == 0) {
                return true;
            }
        }
        return strcmp(value, "parent") == 0 && inb_set_has(&facts->yes, row_of("CR-33"));
    }
    if (IS("surroundings")) {
        for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
            if ((s->surroundings >> i & 1) != 0 &&
                strcmp(inb_surrounding_code((inb_surrounding)i), value) == 0) {
                return true;
            }
        }
        return false;
    }
    if (IS("consent")) {
        return strcmp(inb_consent_code(s->consent), value) == 0;
    }
    if (IS("police")) {
        return strcmp(inb_police_code(s->police), value) == 0;
    }
    if (IS("reporter")) {
        const char *code = inb_reporter_code(facts->reporter);
        return strcmp(code, value) == 0 ||
               (strcmp(value, "police") == 0 && strstr(code, "police") != NULL);
    }
    if (IS("fears_government")) {
        return fears(facts);
    }
    if (IS("child_reading") || IS("adult_reading")) {
        return strncmp(predicate, reading, 5) == 0;
    }
    if (IS("element")) {
        for (size_t i = 0; i < finding->form_count; i++) {
            for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
                if (strcmp(value, inb_element_code((inb_element)e)) == 0 &&
                    !same_set(&finding->forms[i].element[e], &(const inb_set){{0}})) {
                    return true;
                }
            }
        }
        return false;
    }
#undef IS
    ck_abort_msg("there is no predicate '%s'", predicate);
    return false;
}

static inline bool plain_when(
    const inb_facts *facts, const inb_finding *finding, const char *reading, const char *when) {
    char text[1024];
    ck_assert_uint_lt(strlen(when), sizeof text);
    memcpy(text, when, strlen(when) + 1);
    char *rest = text;
    for (char *term; (term = strsep(&rest, " ")) != NULL;) {
        if (term[0] == '\0') {
            continue;
        }
        bool negated = term[0] == '!';
        char *values = term + (negated ? 1 : 0);
        const char *predicate = strsep(&values, ":");
        bool holds = false;
        if (values == NULL) {
            holds = plain_value(facts, finding, reading, predicate, "");
        }
        for (char *value; values != NULL && (value = strsep(&values, "|")) != NULL;) {
            holds = holds || plain_value(facts, finding, reading, predicate, value);
        }
        if (holds == negated) {
            return false;
        }
    }
    return true;
}

// A table of rules in the order in which they come out.
struct rule {
    int order;
    const char *id, *kind, *when, *age, *why, *basis;
};

// Rows of advice.csv (of one kind) or, for kind NULL, of routing.csv, sorted by order, the file's
// order among equals. The texts live as long as the program.
static inline size_t plain_rules(const char *kind, struct rule *rules, size_t most) {
    char path[1024];
    snprintf(path, sizeof path, "%s/catalogue/%s", source_root(),
        kind == NULL ? "routing.csv" : "advice.csv");
    static struct sheet kept[8]; // reachable to the end, so that they are no leak
    static size_t kept_count;
    ck_assert_uint_lt(kept_count, sizeof kept / sizeof kept[0]);
    struct sheet sheet = kept[kept_count++] = read_sheet(path);
    size_t count = 0;
    for (int order = 0; order <= 2000; order++) {
        for (size_t row = 1; row < sheet.rows; row++) {
            bool this_kind =
                kind == NULL || strcmp(sheet_cell(&sheet, row, "kind")->text, kind) == 0;
            if (!this_kind || atoi(sheet_cell(&sheet, row, "order")->text) != order) {
                continue;
            }
            ck_assert_uint_lt(count, most);
            rules[count++] =
                (struct rule){order, sheet_cell(&sheet, row, kind == NULL ? "route" : "id")->text,
                    kind, sheet_cell(&sheet, row, "when")->text,
                    kind == NULL ? sheet_cell(&sheet, row, "age")->text : "any",
                    kind == NULL ? sheet_cell(&sheet, row, "why")->text : "",
                    kind == NULL ? sheet_cell(&sheet, row, "basis")->text : ""};
        }
    }
    return count;
}

#endif
