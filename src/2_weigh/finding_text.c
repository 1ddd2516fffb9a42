// SPDX-License-Identifier: EUPL-1.2
// The finding in plain words, to read on a screen or to copy into one's own file. What was seen
// stands apart from what it may be (field.md: receivers ask for facts apart from interpretation).

#include "weigh_i.h"

#include <string.h>

struct writer {
    const inb_catalogue *catalogue;
    const inb_finding *finding;
    const char *language;
    inb_buffer *text;
};

static const char *say(const struct writer *w, const char *group, const char *id) {
    return inb_finding_say(w->catalogue, w->finding, w->language, group, id);
}

static void heading(const struct writer *w, const char *key) {
    inb_buffer_format(w->text, "\n%s\n", say(w, "text", key));
}

static const char *row_label(const struct writer *w, size_t row) {
    return inb_catalogue_label(
        w->catalogue, w->language, "indicator", w->catalogue->rows[row].id, "label");
}

// "- label (ID)" for each row of the set; nothing, heading included, where it is empty.
static void rows(const struct writer *w, const char *key, const inb_set *set) {
    if (inb_set_empty(set)) {
        return;
    }
    heading(w, key);
    for (size_t row = 0; row < w->catalogue->row_count; row++) {
        if (inb_set_has(set, row)) {
            inb_buffer_format(
                w->text, "- %s (%s)\n", row_label(w, row), w->catalogue->rows[row].id);
        }
    }
}

static void flags(const struct writer *w, const char *group, uint32_t bits, unsigned count,
    const char *(*code)(unsigned)) {
    for (unsigned i = 0; i < count; i++) {
        if ((bits >> i & 1) != 0) {
            inb_buffer_format(w->text, "- %s: %s\n", say(w, "text", group), say(w, group, code(i)));
        }
    }
}

static const char *profit_code(unsigned value) {
    return inb_profit_code((inb_profit)value);
}

static const char *surrounding_code(unsigned value) {
    return inb_surrounding_code((inb_surrounding)value);
}

static void person(const struct writer *w, const inb_facts *facts) {
    heading(w, "person");
    const inb_age *age = &facts->age;
    const char *class_ = age->class_ == INB_AGE_UNKNOWN ? "unknown"
                         : age->class_ == INB_AGE_CHILD ? "child"
                                                        : "adult";
    bool under12 = age->years != INB_YEARS_UNKNOWN && age->years < INB_SUSPECT_FROM;
    if (age->years == INB_YEARS_UNKNOWN) {
        inb_buffer_format(w->text, "- %s\n", say(w, "age", class_));
    } else {
        inb_buffer_format(w->text, "- %d %s\n", age->years, say(w, "text", "years"));
    }
    for (int role = 0; role < INB_ROLE_COUNT; role++) {
        if ((facts->roles >> role & 1) != 0) {
            const char *code = inb_role_code((inb_role)role);
            // Under twelve nobody is a suspect: shown as protection.
            code = role == INB_ROLE_SUSPECT && under12 ? "suspect_under12" : code;
            inb_buffer_format(w->text, "- %s: %s\n", say(w, "text", "role"), say(w, "role", code));
        }
    }
    inb_buffer_format(w->text, "- %s: %s\n", say(w, "text", "reporter"),
        say(w, "reporter", inb_reporter_code(facts->reporter)));
}

static void situation(const struct writer *w, const inb_facts *facts) {
    const inb_situation *s = &facts->situation;
    bool any = s->danger_now || s->unaccompanied || s->denies || s->profits != 0 ||
               s->surroundings != 0 || s->consent != INB_CONSENT_NOT_ASKED ||
               s->police != INB_POLICE_NOT_ASKED;
    if (!any) {
        return;
    }
    heading(w, "situation");
    const struct {
        bool set;
        const char *key;
    } said[] = {
        {s->danger_now, "danger"}, {s->unaccompanied, "unaccompanied"}, {s->denies, "denies"}};
    for (size_t i = 0; i < 3; i++) {
        if (said[i].set) {
            inb_buffer_format(w->text, "- %s\n", say(w, "text", said[i].key));
        }
    }
    flags(w, "profits", s->profits, INB_PROFIT_COUNT, profit_code);
    flags(w, "surroundings", s->surroundings, INB_SURROUNDING_COUNT, surrounding_code);
    if (s->consent != INB_CONSENT_NOT_ASKED) {
        inb_buffer_format(w->text, "- %s\n", say(w, "consent", inb_consent_code(s->consent)));
    }
    if (s->police != INB_POLICE_NOT_ASKED) {
        inb_buffer_format(w->text, "- %s\n", say(w, "police", inb_police_code(s->police)));
    }
}

// "handeling: D1-01, D2-03"; where nothing was seen, that and for a child whether it matters.
static void element(
    const struct writer *w, const inb_form_finding *found, inb_element e, bool child) {
    const char *before = " ";
    inb_buffer_format(w->text, "    %s:", say(w, "text", inb_element_code(e)));
    for (size_t row = 0; row < w->catalogue->row_count; row++) {
        if (inb_set_has(&found->element[e], row)) {
            inb_buffer_format(w->text, "%s%s", before, w->catalogue->rows[row].id);
            before = ", ";
        }
    }
    if (before[0] == ' ') {
        inb_buffer_format(
            w->text, " %s", say(w, "text", child && e == INB_MEANS ? "not_needed" : "not_yet"));
    }
    inb_buffer_char(w->text, '\n');
}

// What was seen is told of each form that has an element; "not clear yet" only where it is alone,
// since its elements go to every other form as well.
static void interpretation(
    const struct writer *w, const inb_facts *facts, const inb_finding *finding) {
    heading(w, "may_be");
    if (inb_finding_level(finding) == INB_LEVEL_NONE) {
        const char *key = finding->form_count == 0 ? "no_form" : "no_element";
        inb_buffer_format(w->text, "%s\n", say(w, "text", key));
    } else {
        inb_buffer_format(w->text, "%s\n", say(w, "text", "proves_nothing"));
    }
    bool named = false;
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        if (found->level == INB_LEVEL_NONE || (found->form == INB_FORM_UNSPECIFIED && named)) {
            continue;
        }
        named = true;
        inb_buffer_format(w->text, "- %s: %s\n", say(w, "form", inb_form_code(found->form)),
            say(w, "level", inb_level_code(found->level)));
        for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
            element(w, found, (inb_element)e, facts->age.class_ != INB_AGE_ADULT);
        }
    }
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        char id[] = {'D', (char)('1' + d), '\0'};
        if (finding->dimension[d]) {
            inb_buffer_format(w->text, "- %s: %s (%s)\n", say(w, "dimension", id),
                say(w, "dimension", "positive"), id);
        }
    }
}

static void advice(const struct writer *w, const inb_finding *finding, inb_advice_kind kind) {
    const char *group = inb_advice_kind_code(kind);
    if (finding->advice_count[kind] == 0) {
        return;
    }
    heading(w, group);
    for (size_t i = 0; i < finding->advice_count[kind]; i++) {
        const char *id = finding->advice[kind][i];
        inb_buffer_format(w->text, "- %s\n", say(w, group, id));
    }
}

static void ask_next(const struct writer *w, const inb_finding *finding) {
    if (!finding->ask_age && finding->ask_count == 0) {
        return;
    }
    heading(w, "ask_next");
    if (finding->ask_age) {
        inb_buffer_format(w->text, "- %s\n", say(w, "age", "ask"));
    }
    for (size_t i = 0; i < finding->ask_count; i++) {
        const char *id = w->catalogue->rows[finding->ask_next[i]].id;
        inb_buffer_format(w->text, "- %s (%s)\n",
            inb_catalogue_label(w->catalogue, w->language, "indicator", id, "question"), id);
    }
}

static void routes(const struct writer *w, const inb_finding *finding) {
    if (finding->route_count == 0) {
        return;
    }
    heading(w, "routes");
    for (size_t i = 0; i < finding->route_count; i++) {
        const inb_route_advice *to = &finding->routes[i];
        const inb_route *route = &w->catalogue->routes[to->route];
        inb_buffer_format(w->text, "%zu. %s", i + 1,
            inb_catalogue_label(w->catalogue, w->language, "route", route->id, "name"));
        if (to->only_if != INB_READ_ANY) {
            inb_buffer_format(w->text, " (%s)",
                say(w, "age", to->only_if == INB_READ_CHILD ? "if_child" : "if_adult"));
        }
        inb_buffer_format(w->text, "\n   %s\n   %s", say(w, "why", to->why),
            say(w, "basis", inb_basis_code(to->basis)));
        if (to->law[0] != '\0') {
            inb_buffer_format(w->text, " (%s)", to->law);
        }
        inb_buffer_char(w->text, '\n');
        if (route->contact[0] != '\0') {
            inb_buffer_format(w->text, "   %s", route->contact);
        }
        if (route->lookup[0] != '\0') {
            inb_buffer_format(
                w->text, "%s%s", route->contact[0] != '\0' ? " - " : "   ", route->lookup);
        }
        bool dated = route->as_of[0] != '\0';
        inb_buffer_format(w->text, " (%s%s%s)\n",
            say(w, "status", dated ? "found" : "not_researched"), dated ? " " : "", route->as_of);
    }
}

void inb_finding_text(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_finding *finding, const char *language, inb_buffer *text) {
    struct writer w = {catalogue, finding, language, text};
    inb_buffer_format(
        text, "%s %s (%s)\n", say(&w, "text", "by_catalogue"), catalogue->version, catalogue->date);
    person(&w, facts);
    rows(&w, "seen", &facts->yes);
    rows(&w, "not_seen", &facts->no);
    rows(&w, "not_known", &facts->unknown);
    rows(&w, "circumstances", &facts->circumstances);
    situation(&w, facts);
    interpretation(&w, facts, finding);
    advice(&w, finding, INB_ADVICE_DO);
    advice(&w, finding, INB_ADVICE_DONT);
    routes(&w, finding);
    advice(&w, finding, INB_ADVICE_OFFER);
    ask_next(&w, finding);
    advice(&w, finding, INB_ADVICE_NOTE);
}
