// SPDX-License-Identifier: EUPL-1.2
// From a card to a kept signal: the form that says what is kept and for how long, and what comes
// back from it. The sheet of the card is the signal's id, so that pressing twice keeps one.

#include "municipality.h"
#include "page_team.h"

#include "base/alloc.h"

#include <inbeeld/retention.h>

#include <stdio.h>
#include <string.h>

enum { ANSWER_DAYS = 14, ANSWER_DAYS_MOST = 366, BUTTON_MOST = 16 };

// ---- fields, also of a correction ----

static void bind_options(
    const inb_making *m, inb_scope *group, const inb_draft_field *field, const char *value) {
    const struct {
        const char *code;
        const char *label;
    } sexes[] = {{"m", "male"}, {"f", "female"}, {"x", "other"}, {"", "not_told"}};
    bool known = false;
    for (size_t i = 0; i < sizeof sexes / sizeof sexes[0]; i++) {
        bool on = strcmp(value, sexes[i].code) == 0;
        inb_scope *option = inb_scope_item(group, "options");
        inb_scope_format(option, "id", "%s-%s", field->name, sexes[i].label);
        inb_scope_text(option, "value", sexes[i].code);
        inb_scope_text(option, "label", inb_desk_say(m, "page.sex", sexes[i].label));
        inb_scope_flag(option, "on", on);
        known = known || on;
    }
    if (!known) { // in the words of whoever told it
        inb_scope *option = inb_scope_item(group, "options");
        inb_scope_format(option, "id", "%s-same", field->name);
        inb_scope_text(option, "value", "same");
        inb_scope_text(option, "label", *field->text == NULL ? "" : *field->text);
        inb_scope_flag(option, "on", true);
    }
}

static void bind_ages(
    const inb_making *m, inb_scope *group, const inb_draft_field *field, const char *value) {
    for (int i = 0; i <= INB_CARD_AGE_COUNT; i++) {
        const char *key = inb_card_age_key((inb_card_age)i);
        bool on = strcmp(value, key) == 0;
        if (i == INB_CARD_AGE_NONE && !on) {
            continue;
        }
        inb_scope *option = inb_scope_item(group, "options");
        inb_scope_format(option, "id", "%s-%s", field->name, key);
        inb_scope_text(option, "value", key);
        inb_scope_text(
            option, "label", inb_desk_say(m, "page.age", i == INB_CARD_AGE_NONE ? "child" : key));
        inb_scope_flag(option, "on", on);
    }
}

// Names that a browser may offer while somebody types.
static void bind_municipalities(inb_scope *suggestions) {
    inb_municipality one;
    for (size_t at = 0; inb_municipality_next(&at, &one);) {
        if (!one.also) {
            inb_scope_format(inb_scope_item(suggestions, "names"), "one", "%s", one.name);
        }
    }
}

void inb_desk_bind_field(
    const inb_making *m, inb_scope *parent, inb_signal_draft *draft, const inb_draft_field *field) {
    const char *value = inb_draft_value(draft, field, m->arena);
    const char *fault = field->fault == NULL ? "" : inb_desk_say(m, "page.fault", field->fault);
    const char *hint = inb_desk_maybe(m, "page.field", field->label, "hint");
    inb_scope *item = inb_scope_item(parent, "inputs");
    if (field->kind == INB_DRAFT_SEX || field->kind == INB_DRAFT_AGE) {
        inb_scope *group = inb_scope_item(item, "radios");
        inb_scope_text(group, "field", field->name);
        inb_scope_text(group, "legend", inb_desk_say(m, "page.field", field->label));
        inb_scope_text(group, "note", hint);
        inb_scope_text(group, "error", fault);
        (field->kind == INB_DRAFT_SEX ? bind_options : bind_ages)(m, group, field, value);
        return;
    }
    inb_scope *input = inb_scope_item(item, field->kind == INB_DRAFT_TEXT ? "area" : "line");
    inb_scope_text(input, "name", field->name);
    inb_scope_text(input, "label", inb_desk_say(m, "page.field", field->label));
    inb_scope_text(input, "hint", hint);
    inb_scope_text(input, "error", fault);
    inb_scope_text(input, "value", value);
    inb_scope_format(input, "most", "%zu", field->most);
    if (field->kind == INB_DRAFT_MUNICIPALITY) {
        bind_municipalities(inb_scope_item(input, "suggestions"));
    }
    inb_scope_text(input, "mode",
        field->kind == INB_DRAFT_KVK               ? "numeric"
        : strcmp(field->label, "phone") == 0       ? "tel"
        : strcmp(field->label, "party.phone") == 0 ? "tel"
                                                   : "text");
}

void inb_desk_bind_faults(const inb_making *m, const inb_signal_draft *draft, const char *passing) {
    if (draft->faults == 0 && passing == NULL) {
        return;
    }
    inb_scope *errors = inb_scope_item(m->root, "errors");
    if (passing != NULL) {
        inb_scope *problem = inb_scope_item(errors, "problems");
        inb_scope_text(problem, "where", "#answer_by");
        inb_scope_text(problem, "text", inb_desk_say(m, "page.fault", passing));
    }
    for (size_t i = 0; i < draft->field_count; i++) {
        const inb_draft_field *field = &draft->fields[i];
        if (field->fault != NULL) {
            inb_scope *problem = inb_scope_item(errors, "problems");
            inb_scope_format(problem, "where", "#%s", field->name);
            inb_scope_format(problem, "text", "%s: %s", inb_desk_say(m, "page.field", field->label),
                inb_desk_say(m, "page.fault", field->fault));
        }
    }
}

// ---- passing on, also of a signal that is kept already ----

void inb_desk_bind_passing(const inb_making *m, const inb_finding *findings, size_t count,
    const inb_form_data *asked, const char *fault) {
    inb_scope *passing = inb_scope_item(m->root, "passing");
    const char *chosen = asked == NULL ? NULL : inb_form_value(asked, "to");
    bool seen[INB_MAX_ROUTES] = {false};
    for (size_t f = 0; f < count; f++) {
        for (size_t i = 0; i < findings[f].route_count; i++) {
            size_t route = findings[f].routes[i].route;
            if (seen[route]) {
                continue;
            }
            seen[route] = true;
            const char *id = inb_catalogue_route(m->catalogue, route)->id;
            inb_scope *option = inb_scope_item(passing, "to_options");
            inb_scope_text(option, "value", id);
            inb_scope_text(option, "label",
                inb_catalogue_label(m->catalogue, m->language, "route", id, "name"));
            inb_scope_flag(option, "on", chosen != NULL && strcmp(chosen, id) == 0);
        }
    }
    inb_date today = inb_road_day(m->request->now);
    char day[11];
    inb_date_format(inb_date_from_day(inb_date_first_day(today) + ANSWER_DAYS), day);
    const char *typed = asked == NULL ? NULL : inb_form_value(asked, "answer_by");
    inb_scope_format(passing, "answer_by", "%s", typed != NULL ? typed : day);
    inb_scope_text(
        passing, "answer_error", fault == NULL ? "" : inb_desk_say(m, "page.fault", fault));
}

bool inb_desk_take_passing(const inb_making *m, const inb_form_data *form,
    inb_road_passing *ret_passing, const char **ret_fault) {
    const char *to = inb_form_value(form, "to");
    const char *answer_by = inb_form_value(form, "answer_by");
    inb_road_passing passing = {.on = inb_road_day(m->request->now)};
    for (size_t i = 0; to != NULL && i < inb_catalogue_routes(m->catalogue); i++) {
        const char *id = inb_catalogue_route(m->catalogue, i)->id;
        passing.to = strcmp(id, to) == 0 ? id : passing.to;
    }
    if (passing.to == NULL || answer_by == NULL) {
        return false;
    }
    *ret_fault = NULL;
    int32_t today = inb_date_first_day(passing.on);
    if (!inb_date_parse(answer_by, strlen(answer_by), &passing.answer_by) ||
        passing.answer_by.day == 0 || inb_date_first_day(passing.answer_by) < today ||
        inb_date_first_day(passing.answer_by) > today + ANSWER_DAYS_MOST) {
        *ret_fault = "answer_by";
    }
    *ret_passing = passing;
    return true;
}

// ---- the signal of a card ----

static inb_status signal_of(inb_making *m, const inb_card *card, inb_signal *ret_signal) {
    inb_facts facts;
    inb_finding finding;
    size_t rows = inb_catalogue_rows(m->catalogue);
    inb_person *person = inb_arena_get(m->arena, 1, sizeof *person);
    inb_observation *seen = inb_arena_get(m->arena, rows, sizeof *seen);
    const char **circumstances = inb_arena_get(m->arena, rows, sizeof *circumstances);
    const char *sheet = inb_arena_text(m->arena, m->sheet, strlen(m->sheet));
    if (person == NULL || seen == NULL || circumstances == NULL || sheet == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a signal");
    }
    inb_card_facts(m->catalogue, card, &facts);
    inb_weigh(m->catalogue, &facts, &finding);
    *person = (inb_person){.ref = "1",
        .age = facts.age,
        .roles = facts.roles,
        .observations = seen,
        .circumstances = circumstances};
    if (inb_finding_level(&finding) != INB_LEVEL_NONE) {
        person->roles |= 1u << INB_ROLE_POSSIBLE_VICTIM; // a role changes no form
    }
    for (size_t row = 0; row < rows; row++) {
        const char *id = inb_catalogue_row(m->catalogue, row)->id;
        if (inb_set_has(&facts.circumstances, row)) {
            circumstances[person->circumstance_count++] = id;
        }
        bool yes = inb_set_has(&facts.yes, row);
        bool no = inb_set_has(&facts.no, row);
        if (yes || no || inb_set_has(&facts.unknown, row)) {
            seen[person->observation_count++] = (inb_observation){id, yes  ? INB_ANSWER_YES
                                                                      : no ? INB_ANSWER_NO
                                                                           : INB_ANSWER_UNKNOWN};
        }
    }
    *ret_signal = (inb_signal){.id = sheet,
        .organisation = m->request->team->organisation,
        .source_kind = facts.reporter,
        .noted = inb_road_day(m->request->now),
        .persons = person,
        .person_count = 1,
        .situation = facts.situation};
    return INB_OK;
}

static void bind_groups(const inb_making *m, inb_signal_draft *draft) {
    static const char *const keys[INB_DRAFT_GROUPS] = {"who", "where", "find", "free"};
    for (int g = 0; g < INB_DRAFT_GROUPS; g++) {
        inb_scope *fold = inb_scope_item(m->root, "folds");
        bool open = g == INB_DRAFT_FREE;
        inb_scope_text(fold, "heading", inb_desk_say(m, "page.keep", keys[g]));
        for (size_t i = 0; i < draft->field_count; i++) {
            const inb_draft_field *field = &draft->fields[i];
            if ((int)field->group == g) {
                inb_desk_bind_field(m, fold, draft, field);
                open = open || (field->typed != NULL && field->typed[0] != '\0');
            }
        }
        inb_scope_flag(fold, "open", open);
    }
}

static inb_status make_form(inb_making *m, const inb_card *card, inb_signal_draft *draft,
    const inb_form_data *form, const char *fault) {
    bool passes = card->view == INB_VIEW_PASS;
    inb_facts facts;
    inb_finding *finding = inb_arena_get(m->arena, 1, sizeof *finding);
    if (finding == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    inb_card_facts(m->catalogue, card, &facts);
    inb_weigh(m->catalogue, &facts, finding);
    inb_scope_flag(m->root, "passes", passes);
    // The key Enter in a field; else it is the first button of the page, the other language.
    inb_scope_text(m->root, "enter_does", "enter");
    inb_desk_bind_date(m, m->root, "ends",
        inb_road_would_end(
            m->request->team->road, &draft->signal, inb_road_day(m->request->now), passes));
    if (passes) {
        inb_desk_bind_passing(m, finding, 1, form, fault);
    }
    inb_desk_bind_faults(m, draft, fault);
    bind_groups(m, draft);
    inb_desk_bind_frame(m,
        inb_desk_say(m, "page",
            m->answer->status == 422 ? "error.keep_title"
            : passes                 ? "pass.title"
                                     : "keep.title"),
        "keep", true);
    INB_TRY(inb_desk_bind_card(m, card));
    return inb_desk_render(m, INB_PAGE_KEEP);
}

inb_status inb_desk_make_keep(inb_making *m, const inb_card *card, inb_signal_draft *draft) {
    if (draft == NULL) {
        inb_signal signal;
        INB_TRY(signal_of(m, card, &signal));
        draft = inb_draft_new(&signal, false, m->arena);
    }
    if (draft == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    return make_form(m, card, draft, NULL, NULL);
}

// ---- what comes back ----

static bool only_known_fields(const inb_signal_draft *draft, const inb_form_data *form) {
    static const char *const others[] = {"stamp", "sheet", "card", "do", "to", "answer_by"};
    for (size_t i = 0; i < form->count; i++) {
        bool known = inb_draft_knows(draft, form->fields[i].name);
        for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
            known = known || strcmp(form->fields[i].name, others[k]) == 0;
        }
        if (!known) {
            return false;
        }
    }
    return true;
}

// After the writer: to the signal, also where it was kept by the press before this one.
static inb_status after(inb_making *m, const char *id) {
    const inb_desk_wait *wait = m->request->wait;
    const inb_desk_team *team = m->request->team;
    int64_t number = 0;
    if (wait->status != INB_OK && wait->status != INB_BAD_INPUT) {
        return inb_desk_refuse(m, wait->status);
    }
    inb_status status =
        inb_road_number_of(team->road, team->organisation, id, m->arena, &number, NULL);
    return status == INB_OK ? inb_desk_go(m, number)
                            : inb_desk_refuse(m, wait->status == INB_OK ? status : wait->status);
}

static inb_status keep(inb_making *m, const inb_card *card, inb_signal_draft *draft,
    const inb_form_data *form, inb_stamp_state state) {
    inb_road_passing passing;
    const char *fault = NULL;
    bool passes = card->view == INB_VIEW_PASS;
    if (passes && !inb_desk_take_passing(m, form, &passing, &fault)) {
        return inb_desk_make_error(m, 400, NULL);
    }
    if (draft->faults > 0 || fault != NULL) {
        m->answer->status = 422;
        return make_form(m, card, draft, form, fault);
    }
    if (state != INB_STAMP_GOOD) { // lay open for long, or the program was started again: nothing
                                   // typed is lost
        m->answer->status = state == INB_STAMP_FORGED ? 403 : 200;
        inb_scope_flag(m->root, "expired", true);
        return make_form(m, card, draft, form, NULL);
    }
    inb_draft_close(draft);
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(m, inb_road_keep(m->request->team->road, &actor, &draft->signal,
                                 passes ? &passing : NULL, inb_desk_told, m->request->wait, NULL));
}

inb_status inb_desk_keep(inb_making *m) {
    const inb_form_data *form = NULL;
    inb_error ignored = INB_ERROR_INIT;
    if (m->request->team == NULL) {
        return inb_desk_make_error(m, 404, NULL);
    }
    INB_TRY(inb_desk_read_form(m, &form));
    if (form == NULL) {
        return INB_OK;
    }
    const char *text = inb_form_value(form, "card");
    const char *button = inb_form_value(form, "do");
    const char *sheet = NULL;
    inb_stamp_state state = inb_desk_check_stamp(m->request, form, &sheet);
    inb_card card;
    inb_status read = text == NULL
                          ? INB_BAD_INPUT
                          : inb_card_read(m->catalogue, text, strlen(text), &card, &ignored);
    if (read == INB_NO_MEMORY) {
        return inb_fail(m->err, read, "no memory for a form");
    }
    if (read != INB_OK || button == NULL || sheet == NULL || strlen(button) > BUTTON_MOST ||
        (card.view != INB_VIEW_KEEP && card.view != INB_VIEW_PASS)) {
        return inb_desk_make_error(m, 400, NULL);
    }
    if (inb_retired_has(m->request->retired, sheet, m->request->now)) {
        return inb_desk_make_error(m, 403, NULL);
    }
    snprintf(m->sheet, sizeof m->sheet, "%s", sheet);
    inb_signal signal;
    INB_TRY(signal_of(m, &card, &signal));
    if (m->request->wait->stage > 0) {
        return after(m, signal.id);
    }
    inb_signal_draft *draft = inb_draft_new(&signal, false, m->arena);
    if (draft == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a form");
    }
    if (!only_known_fields(draft, form)) {
        return inb_desk_make_error(m, 400, NULL);
    }
    if (strcmp(button, "back") == 0) {
        INB_TRY(inb_card_press(m->catalogue, "back", &card, m->err));
        return inb_desk_make_finding(m, &card);
    }
    INB_TRY(inb_draft_take(draft, form, inb_road_day(m->request->now), m->arena, m->err));
    if (strcmp(button, "stay") == 0) { // another language
        return make_form(m, &card, draft, form, NULL);
    }
    if (strcmp(button, "kept") != 0 && strcmp(button, "enter") != 0) {
        return inb_desk_make_error(m, 400, NULL);
    }
    return keep(m, &card, draft, form, state);
}
