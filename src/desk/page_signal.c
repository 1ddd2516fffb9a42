// SPDX-License-Identifier: EUPL-1.2
// One signal of the team: what is sealed, opened for this page alone; the finding under the norm of
// its day and of today; and the way to what can be done with it.

#include "municipality.h"
#include "page_team.h"

#include <stdio.h>
#include <string.h>

void inb_desk_bind_head(const inb_making *m, inb_scope *scope, const inb_road_signal *found) {
    const inb_stored_signal *stored = found->stored;
    const inb_signal *signal = found->signal;
    const char *status = inb_signal_status_code(stored->status);
    inb_scope_format(scope, "number", "%lld", (long long)stored->number);
    inb_scope_format(scope, "version", "%u", (unsigned)stored->version);
    inb_scope_text(scope, "status", inb_desk_say(m, "page.status", status));
    inb_scope_text(scope, "status_code", status);
    inb_desk_bind_date(m, scope, "kept", inb_road_day(stored->kept_at));
    inb_scope_text(
        scope, "source", inb_desk_say(m, "reporter", inb_reporter_code(stored->source_kind)));
    inb_desk_bind_date(m, scope, "seen", (inb_date){signal->seen.year, signal->seen.month, 0});
    char town[INB_MUNICIPALITY_NAME] = "";
    if (stored->municipality != NULL) {
        inb_municipality_name(stored->municipality, town);
    }
    inb_scope_format(scope, "municipality", "%s", town);
    inb_scope_text(scope, "imported_id", inb_sheet_valid(stored->id) ? "" : stored->id);
    inb_desk_bind_date(m, scope, "ends", stored->ends);
    inb_desk_bind_date(m, scope, "review", stored->review);
    const char *reason = stored->hold.reason;
    inb_scope_text(scope, "held", reason == NULL ? "" : inb_desk_maybe(m, "page.hold", reason, ""));
    inb_scope_text(scope, "held_by", reason == NULL ? "" : stored->hold.owner);
    bool many = signal->person_count > 1;
    inb_scope_format(scope, "persons_count", "%s%zu", "", signal->person_count);
    inb_scope_flag(scope, "many", many);
    inb_scope_flag(scope, "retracted", stored->status == INB_SIGNAL_RETRACTED);
    inb_card_age age =
        signal->person_count == 0 ? INB_CARD_AGE_UNKNOWN : inb_card_age_of(signal->persons[0].age);
    // A list knows the class alone, so a list says no more.
    inb_scope_text(scope, "age",
        inb_desk_say(m, "page.age",
            signal->person_count > 0 && signal->persons[0].age.class_ == INB_AGE_CHILD &&
                    signal->persons[0].age.years == INB_YEARS_UNKNOWN
                ? "child"
                : inb_card_age_key(age)));
}

// ---- what is sealed ----

static void bind_value(
    const inb_making *m, inb_scope *parent, const char *label, const char *value) {
    if (value != NULL && value[0] != '\0') {
        inb_scope *item = inb_scope_item(parent, "values");
        inb_scope_text(item, "label", inb_desk_say(m, "page.field", label));
        inb_scope_text(item, "value", value);
    }
}

static const char *shown_value(
    const inb_making *m, const inb_signal_draft *draft, const inb_draft_field *field) {
    const char *value = inb_draft_value(draft, field, m->arena);
    if (field->kind == INB_DRAFT_SEX) {
        return strcmp(value, "m") == 0   ? inb_desk_say(m, "page.sex", "male")
               : strcmp(value, "f") == 0 ? inb_desk_say(m, "page.sex", "female")
               : strcmp(value, "x") == 0 ? inb_desk_say(m, "page.sex", "other")
                                         : value;
    }
    return value;
}

static inb_status bind_sealed(inb_making *m, const inb_signal *signal) {
    inb_signal_draft *draft = inb_draft_new(signal, false, m->arena);
    if (draft == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    for (size_t p = 0; p < signal->person_count; p++) {
        inb_scope *group = inb_scope_item(m->root, "sealed");
        inb_scope_format(group, "heading", "%s%s%s", inb_desk_say(m, "page.signal", "person"),
            signal->person_count > 1 ? " " : "",
            signal->person_count > 1 ? signal->persons[p].ref : "");
        for (size_t i = 0; i < draft->field_count; i++) {
            const inb_draft_field *field = &draft->fields[i];
            if (field->group == INB_DRAFT_WHO && field->person == p) {
                bind_value(m, group, field->label, shown_value(m, draft, field));
            }
        }
        bind_value(m, group, "nationality", signal->persons[p].nationality);
    }
    inb_scope *rest = inb_scope_item(m->root, "sealed");
    inb_scope_text(rest, "heading", inb_desk_say(m, "page.signal", "around"));
    for (size_t i = 0; i < draft->field_count; i++) {
        const inb_draft_field *field = &draft->fields[i];
        bool sealed = field->kind != INB_DRAFT_MUNICIPALITY;
        if (sealed && (field->group == INB_DRAFT_WHERE || field->group == INB_DRAFT_FIND)) {
            bind_value(m, rest, field->label, shown_value(m, draft, field));
        }
    }
    bind_value(m, rest, "ground", signal->ground);
    inb_scope_text(m->root, "text", signal->text == NULL ? "" : signal->text);
    return INB_OK;
}

// ---- the finding ----

// Weighs person p by `norm` and binds it into `scope`; false where that norm lacks an id.
static bool bind_finding(const inb_making *m, inb_scope *scope, const inb_catalogue *norm,
    const inb_signal *signal, size_t p) {
    inb_facts facts;
    inb_finding *finding = inb_arena_get(m->arena, 1, sizeof *finding);
    inb_making part = *m;
    part.root = scope;
    part.catalogue = norm;
    if (finding == NULL || inb_facts_from_signal(norm, signal, p, &facts, NULL) != INB_OK) {
        return false;
    }
    inb_weigh(norm, &facts, finding);
    inb_desk_bind_weighed(&part, &facts, finding);
    return true;
}

static void bind_roles(const inb_making *m, inb_scope *scope, const inb_person *person) {
    for (int role = 0; role < 32; role++) {
        if ((person->roles >> role & 1) != 0) {
            // Under twelve no word for an offender: what was done asks for protection.
            bool young = role == INB_ROLE_SUSPECT && person->age.class_ == INB_AGE_CHILD &&
                         person->age.years != INB_YEARS_UNKNOWN &&
                         person->age.years < INB_SUSPECT_FROM;
            inb_scope *item = inb_scope_item(scope, "roles");
            inb_scope_text(item, "role",
                inb_desk_say(m, "role", young ? "suspect_under12" : inb_role_code((inb_role)role)));
        }
    }
}

static void bind_persons(const inb_making *m, const inb_road_signal *found) {
    const inb_signal *signal = found->signal;
    const char *then = found->stored->catalogue;
    const char *now = inb_catalogue_version(m->catalogue);
    const inb_catalogue *norm = inb_desk_norm_of(m->request->team, then);
    bool same = strcmp(then, now) == 0;
    inb_scope_text(m->root, "norm_then", then);
    inb_scope_text(m->root, "norm_now", now);
    inb_scope_flag(m->root, "same_norm", same);
    inb_scope_flag(m->root, "norm_gone", norm == NULL);
    for (size_t p = 0; p < signal->person_count; p++) {
        inb_scope *item = inb_scope_item(m->root, "persons");
        inb_scope_text(item, "ref", signal->persons[p].ref);
        inb_card_age age = inb_card_age_of(signal->persons[p].age);
        inb_scope_text(item, "person_age",
            inb_desk_say(
                m, "page.age", age == INB_CARD_AGE_NONE ? "child" : inb_card_age_key(age)));
        bind_roles(m, item, &signal->persons[p]);
        if (!bind_finding(m, inb_scope_item(item, "today"), m->catalogue, signal, p)) {
            inb_scope_flag(item, "unweighed", true);
        }
        if (!same && norm != NULL) {
            inb_scope *day = inb_scope_item(item, "then");
            inb_scope_flag(day, "weighed", bind_finding(m, day, norm, signal, p));
        }
    }
}

// The page has a stamp for taking the signal out of its situation already.
static inb_status bind_answer_stamp(inb_making *m) {
    inb_making part = *m;
    part.root = inb_scope_item(m->root, "answering");
    return part.root == NULL ? inb_fail(m->err, INB_NO_MEMORY, "no memory for a page")
                             : inb_desk_bind_stamp(&part, "answer");
}

static inb_status make_signal(inb_making *m, const inb_road_signal *found) {
    char place[48];
    INB_TRY(bind_sealed(m, found->signal));
    bind_persons(m, found);
    INB_TRY(inb_desk_bind_joined(m, found));
    INB_TRY(inb_desk_bind_hits(m, found));
    inb_desk_bind_head(m, m->root, found);
    inb_scope_text(m->root, "passed_to",
        found->passing.to == NULL
            ? ""
            : inb_catalogue_label(m->catalogue, m->language, "route", found->passing.to, "name"));
    inb_desk_bind_date(m, m->root, "passed_on", found->passing.on);
    inb_desk_bind_date(m, m->root, "answer_by", found->passing.answer_by);
    inb_desk_bind_promise(m, m->root, found);
    INB_TRY(bind_answer_stamp(m));
    snprintf(place, sizeof place, "signal/%lld", (long long)m->request->number);
    char *title = inb_arena_get(m->arena, 96, 1);
    if (title == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    snprintf(title, 96, "%.60s %lld", inb_desk_say(m, "page", "signal.title"),
        (long long)m->request->number);
    inb_desk_bind_frame(m, title, place, false);
    return inb_desk_render(m, INB_PAGE_SIGNAL);
}

// ---- asking, reading, and what is done ----

static inb_status begin(inb_making *m) {
    inb_desk_wait *wait = m->request->wait;
    const inb_desk_team *team = m->request->team;
    const char *id = NULL;
    inb_status status =
        inb_road_id_of(team->road, team->organisation, m->request->number, m->arena, &id, NULL);
    if (status != INB_OK) {
        return inb_desk_refuse(m, status);
    }
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(m, inb_road_ask(team->road, &actor, INB_ROAD_READ, id, inb_desk_told,
                                 wait, &wait->ticket, NULL));
}

// The situation is read too, which is a row of its own.
static inb_status begin_situation(inb_making *m) {
    inb_desk_wait *wait = m->request->wait;
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(m, inb_road_ask(m->request->team->road, &actor, INB_ROAD_SITUATIONS, NULL,
                                 inb_desk_told, wait, &wait->second, NULL));
}

// And its hits.
static inb_status begin_hits(inb_making *m) {
    inb_desk_wait *wait = m->request->wait;
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(m, inb_road_ask(m->request->team->road, &actor, INB_ROAD_HITS, NULL,
                                 inb_desk_told, wait, &wait->third, NULL));
}

inb_status inb_desk_signal(inb_making *m) {
    inb_desk_wait *wait = m->request->wait;
    const inb_desk_team *team = m->request->team;
    const inb_form_data *form = NULL;
    if (team == NULL) {
        return inb_desk_make_error(m, 404, NULL);
    }
    if (m->request->post) {
        INB_TRY(inb_desk_read_form(m, &form));
        if (form == NULL) {
            return INB_OK;
        }
    }
    if (wait->stage == 0) {
        return begin(m);
    }
    if (wait->status != INB_OK && (wait->stage == 1 || !m->request->post)) { // no row in the log
        return inb_desk_refuse(m, wait->status == INB_NO_MEMORY ? INB_NO_MEMORY : INB_UNAVAILABLE);
    }
    if (wait->status != INB_OK) {
        return inb_desk_refuse(m, wait->status);
    }
    bool shows = m->request->route == INB_DESK_SIGNAL;
    if (wait->stage == 1 && shows) {
        return begin_situation(m);
    }
    if (wait->stage == 2 && shows) {
        return begin_hits(m);
    }
    if (wait->stage > 1 && !shows) { // what was asked is done
        return inb_desk_go(m, m->request->number);
    }
    inb_road_signal found;
    inb_status status = inb_road_read(team->road, wait->ticket, m->arena, 0, &found, NULL);
    if (status != INB_OK) {
        return inb_desk_refuse(m, status == INB_BAD_INPUT ? INB_IO : status);
    }
    if (shows) {
        status = make_signal(m, &found);
        bool store = status == INB_IO || status == INB_UNAVAILABLE;
        return store ? inb_desk_refuse(m, status) : status;
    }
    if (found.stored->status == INB_SIGNAL_RETRACTED) {
        return inb_desk_go(m, m->request->number); // nothing is done with it any more
    }
    return inb_desk_change(m, &found, form);
}
