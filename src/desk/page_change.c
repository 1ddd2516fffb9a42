// SPDX-License-Identifier: EUPL-1.2
// What can be done with a kept signal: pass it on, correct it, retract it. Each is a page with a
// form, and a new version when that comes back; the version that was looked at is replaced, or
// none.

#include "page_team.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { ADDS = 3 };

// ---- what all three share ----

static inb_status bind_frame(
    inb_making *m, const inb_road_signal *found, const char *what, const char *title) {
    char place[64];
    inb_desk_bind_head(m, m->root, found);
    snprintf(place, sizeof place, "signal/%lld/%s", (long long)m->request->number, what);
    INB_TRY(inb_desk_bind_stamp(m, what));
    inb_desk_bind_frame(m, inb_desk_say(m, "page", title), place, false);
    return INB_OK;
}

// The version that the form was made for; 0 where it names none that can be.
static uint32_t version_of(const inb_form_data *form) {
    const char *text = inb_form_value(form, "version");
    int64_t version = 0;
    bool good = text != NULL && inb_parse_int64(text, strlen(text), &version) && version > 0 &&
                version < UINT32_MAX;
    return good ? (uint32_t)version : 0;
}

static bool is_one_of(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

// ---- passing on ----

static inb_status make_pass(
    inb_making *m, const inb_road_signal *found, const inb_form_data *form, const char *fault) {
    const inb_signal *signal = found->signal;
    inb_finding *findings = inb_arena_get(m->arena, signal->person_count + 1, sizeof *findings);
    size_t count = 0;
    if (findings == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    for (size_t i = 0; i < signal->person_count; i++) {
        inb_facts facts;
        if (inb_facts_from_signal(m->catalogue, signal, i, &facts, NULL) == INB_OK) {
            inb_weigh(m->catalogue, &facts, &findings[count++]);
        }
    }
    inb_desk_bind_passing(m, findings, count, form, fault);
    if (fault != NULL) {
        inb_scope *problem = inb_scope_item(inb_scope_item(m->root, "errors"), "problems");
        inb_scope_text(problem, "where", "#answer_by");
        inb_scope_text(problem, "text", inb_desk_say(m, "page.fault", fault));
    }
    INB_TRY(bind_frame(m, found, "pass", fault == NULL ? "pass.title" : "error.pass_title"));
    return inb_desk_render(m, INB_PAGE_PASS);
}

static inb_status take_pass(
    inb_making *m, const inb_road_signal *found, const inb_form_data *form, bool good) {
    inb_road_passing passing;
    const char *fault = NULL;
    if (!inb_desk_take_passing(m, form, &passing, &fault)) {
        return inb_desk_make_error(m, 400, NULL);
    }
    if (fault != NULL || !good) {
        m->answer->status = fault != NULL ? 422 : m->answer->status;
        return make_pass(m, found, form, fault);
    }
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(
        m, inb_road_pass_on(m->request->team->road, &actor, found->stored->id, version_of(form),
               &passing, inb_desk_told, m->request->wait, NULL));
}

// ---- retracting ----

static inb_status make_retract(inb_making *m, const inb_road_signal *found) {
    INB_TRY(bind_frame(m, found, "retract", "retract.title"));
    return inb_desk_render(m, INB_PAGE_RETRACT);
}

static inb_status take_retract(
    inb_making *m, const inb_road_signal *found, const inb_form_data *form, bool good) {
    if (!good) {
        return make_retract(m, found);
    }
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(m, inb_road_retract(m->request->team->road, &actor, found->stored->id,
                                 version_of(form), inb_desk_told, m->request->wait, NULL));
}

// ---- correcting: the situation, as the card's page about it ----

static void card_of(const inb_making *m, const inb_signal *signal, inb_card *ret_card) {
    const inb_situation *s = &signal->situation;
    inb_card_start(ret_card);
    ret_card->view = INB_VIEW_MORE;
    ret_card->danger = s->danger_now ? INB_REPLY_YES : INB_REPLY_NONE;
    ret_card->unaccompanied = s->unaccompanied ? INB_REPLY_YES : INB_REPLY_NONE;
    ret_card->denies = s->denies;
    ret_card->profits = s->profits;
    ret_card->surroundings = s->surroundings;
    ret_card->consent = s->consent;
    ret_card->police = s->police;
    if (signal->person_count > 0) {
        ret_card->age = inb_card_age_of(signal->persons[0].age);
        ret_card->suspected = (signal->persons[0].roles >> INB_ROLE_SUSPECT & 1) != 0;
    }
    (void)m;
}

static void take_card(const inb_card *card, inb_signal_draft *draft) {
    inb_situation *s = &draft->signal.situation;
    s->danger_now = card->danger == INB_REPLY_YES;
    s->unaccompanied = card->unaccompanied == INB_REPLY_YES;
    s->denies = card->denies;
    s->profits = card->profits;
    s->surroundings = card->surroundings;
    s->consent = card->consent;
    s->police = card->police;
    if (draft->signal.person_count > 0) {
        uint32_t suspect = 1u << INB_ROLE_SUSPECT;
        uint32_t *roles = &draft->persons[0].roles;
        *roles = card->suspected ? *roles | suspect : *roles & ~suspect;
    }
}

// ---- correcting: what was seen ----

static const char *const answer_codes[] = {"yes", "no", "unknown"}; // by inb_answer

static void row_name(char ret_name[64], char letter, size_t person, const char *id) {
    snprintf(ret_name, 64, "%c.%zu.%.24s", letter, person + 1, id);
}

static void bind_seen(const inb_making *m, inb_scope *item, const inb_person *person, size_t p,
    const inb_form_data *form) {
    for (size_t i = 0; i < person->observation_count; i++) {
        const inb_observation *seen = &person->observations[i];
        char name[64];
        row_name(name, 'o', p, seen->id);
        const char *typed = form == NULL ? NULL : inb_form_value(form, name);
        const char *given = typed != NULL ? typed : answer_codes[seen->answer];
        inb_scope *group = inb_scope_item(item, "radios");
        inb_scope_format(group, "field", "%s", name);
        inb_scope_text(group, "legend",
            inb_catalogue_label(m->catalogue, m->language, "indicator", seen->id, "label"));
        inb_scope_text(group, "note", "");
        inb_scope_text(group, "error", "");
        for (int a = 0; a < 4; a++) {
            const char *code = a < 3 ? answer_codes[a] : "gone";
            inb_scope *option = inb_scope_item(group, "options");
            inb_scope_format(option, "id", "%s-%s", name, code);
            inb_scope_text(option, "value", code);
            inb_scope_text(option, "label",
                a < 3 ? inb_desk_say(m, "answer", code) : inb_desk_say(m, "page", "correct.gone"));
            inb_scope_flag(option, "on", strcmp(given, code) == 0);
        }
    }
}

static void bind_circumstances(const inb_making *m, inb_scope *item, const inb_person *person,
    size_t p, const inb_form_data *form) {
    if (person->circumstance_count == 0) {
        return;
    }
    inb_scope *group = inb_scope_item(item, "checks");
    inb_scope_text(group, "legend", inb_desk_say(m, "page", "more.circumstances"));
    inb_scope_text(group, "note", inb_desk_say(m, "page", "correct.circumstances"));
    for (size_t i = 0; i < person->circumstance_count; i++) {
        char name[64];
        row_name(name, 'c', p, person->circumstances[i]);
        inb_scope *option = inb_scope_item(group, "options");
        inb_scope_format(option, "id", "%s", name);
        inb_scope_format(option, "name", "%s", name);
        inb_scope_text(option, "label",
            inb_catalogue_label(
                m->catalogue, m->language, "indicator", person->circumstances[i], "label"));
        inb_scope_text(option, "about", "");
        inb_scope_flag(option, "on", form == NULL || inb_form_value(form, name) != NULL);
    }
}

static void bind_rows(const inb_making *m, inb_scope *add, inb_kind kind, const char *chosen) {
    inb_scope *group = inb_scope_item(add, "kinds");
    inb_scope_text(group, "kind",
        inb_desk_say(m, "page", kind == INB_INDICATOR ? "correct.seen" : "more.circumstances"));
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        const inb_indicator *indicator = inb_catalogue_row(m->catalogue, row);
        if (indicator->kind == kind && !indicator->omitted) {
            inb_scope *option = inb_scope_item(group, "rows");
            inb_scope_text(option, "value", indicator->id);
            inb_scope_text(option, "label", inb_desk_say_row(m, row, "label"));
            inb_scope_flag(option, "on", chosen != NULL && strcmp(chosen, indicator->id) == 0);
        }
    }
}

static void bind_adds(const inb_making *m, const inb_signal *signal, const inb_form_data *form) {
    for (size_t i = 1; i <= ADDS && signal->person_count > 0; i++) {
        inb_scope *add = inb_scope_item(m->root, "adds");
        char name[32];
        inb_scope_format(add, "add", "%zu", i);
        snprintf(name, sizeof name, "add.%zu.row", i);
        const char *chosen = form == NULL ? NULL : inb_form_value(form, name);
        bind_rows(m, add, INB_INDICATOR, chosen);
        bind_rows(m, add, INB_CIRCUMSTANCE, chosen);
        snprintf(name, sizeof name, "add.%zu.answer", i);
        const char *answer = form == NULL ? NULL : inb_form_value(form, name);
        for (int a = 0; a < 3; a++) {
            inb_scope *option = inb_scope_item(add, "answers");
            inb_scope_text(option, "value", answer_codes[a]);
            inb_scope_text(option, "label", inb_desk_say(m, "answer", answer_codes[a]));
            inb_scope_flag(option, "on", answer != NULL && strcmp(answer, answer_codes[a]) == 0);
        }
        snprintf(name, sizeof name, "add.%zu.person", i);
        const char *whom = form == NULL ? NULL : inb_form_value(form, name);
        inb_scope *about = signal->person_count > 1 ? inb_scope_item(add, "about") : NULL;
        for (size_t p = 0; about != NULL && p < signal->person_count; p++) {
            inb_scope *option = inb_scope_item(about, "whom");
            inb_scope_text(option, "value", signal->persons[p].ref);
            inb_scope_flag(option, "on", whom != NULL && strcmp(whom, signal->persons[p].ref) == 0);
        }
    }
}

static inb_status make_correct(inb_making *m, const inb_road_signal *found, inb_signal_draft *draft,
    const inb_card *card, const inb_form_data *form) {
    const inb_signal *signal = found->signal;
    for (size_t p = 0; p < signal->person_count; p++) {
        inb_scope *item = inb_scope_item(m->root, "persons");
        inb_scope_text(item, "ref", signal->person_count > 1 ? signal->persons[p].ref : "");
        inb_scope_format(item, "anchor", "person-%zu", p + 1);
        for (size_t i = 0; i < draft->field_count; i++) {
            if (draft->fields[i].group == INB_DRAFT_WHO && draft->fields[i].person == p) {
                inb_desk_bind_field(m, item, draft, &draft->fields[i]);
            }
        }
        inb_scope *seen = inb_scope_item(item, "seen_part");
        bind_seen(m, seen, &signal->persons[p], p, form);
        bind_circumstances(m, seen, &signal->persons[p], p, form);
    }
    inb_scope *around = inb_scope_item(m->root, "around");
    bool open = false;
    for (size_t i = 0; i < draft->field_count; i++) {
        if (draft->fields[i].group != INB_DRAFT_WHO) {
            inb_desk_bind_field(m, around, draft, &draft->fields[i]);
            open = open || draft->fields[i].fault != NULL;
        }
    }
    inb_scope_flag(m->root, "around_open", open);
    bind_adds(m, signal, form);
    inb_desk_bind_situation(m, inb_scope_item(m->root, "situation"), card);
    inb_desk_bind_faults(m, draft, NULL);
    INB_TRY(bind_frame(
        m, found, "correct", draft->faults > 0 ? "error.correct_title" : "correct.title"));
    return inb_desk_render(m, INB_PAGE_CORRECT);
}

// Takes what is said of one person's rows; false for an answer that no page of ours sends.
static bool take_seen(
    inb_person *person, size_t p, const inb_form_data *form, inb_arena *arena, bool *ret_memory) {
    inb_observation *seen = inb_arena_get(arena, person->observation_count + ADDS, sizeof *seen);
    const char **circumstances =
        inb_arena_get(arena, person->circumstance_count + ADDS, sizeof *circumstances);
    *ret_memory = seen != NULL && circumstances != NULL;
    if (!*ret_memory) {
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < person->observation_count; i++) {
        char name[64];
        row_name(name, 'o', p, person->observations[i].id);
        const char *value = inb_form_value(form, name);
        seen[count] = person->observations[i];
        if (value == NULL) {
            count++;
            continue;
        }
        int answer = 0;
        while (answer < 3 && strcmp(value, answer_codes[answer]) != 0) {
            answer++;
        }
        if (answer == 3 && strcmp(value, "gone") != 0) {
            return false;
        }
        seen[count].answer = (inb_answer)answer;
        count += answer < 3;
    }
    size_t kept = 0;
    for (size_t i = 0; i < person->circumstance_count; i++) {
        char name[64];
        row_name(name, 'c', p, person->circumstances[i]);
        if (inb_form_value(form, name) != NULL) {
            circumstances[kept++] = person->circumstances[i];
        }
    }
    person->observations = seen;
    person->observation_count = count;
    person->circumstances = circumstances;
    person->circumstance_count = kept;
    return true;
}

static inb_person *person_of(inb_signal_draft *draft, const char *ref) {
    for (size_t i = 0; i < draft->signal.person_count; i++) {
        if (ref == NULL || strcmp(draft->persons[i].ref, ref) == 0) {
            return &draft->persons[i];
        }
    }
    return NULL;
}

// One more row; a row that stands already gets the new answer. The lists have room for it.
static bool take_add(
    const inb_making *m, inb_signal_draft *draft, const inb_form_data *form, size_t number) {
    char name[32];
    snprintf(name, sizeof name, "add.%zu.row", number);
    const char *id = inb_form_value(form, name);
    snprintf(name, sizeof name, "add.%zu.answer", number);
    const char *answer = inb_form_value(form, name);
    snprintf(name, sizeof name, "add.%zu.person", number);
    inb_person *person = person_of(draft, inb_form_value(form, name));
    if (id == NULL || id[0] == '\0') {
        return true;
    }
    size_t row = inb_catalogue_find(m->catalogue, id, strlen(id));
    if (row == SIZE_MAX || person == NULL || inb_catalogue_row(m->catalogue, row)->omitted ||
        inb_catalogue_row(m->catalogue, row)->kind == INB_EXCLUDED_PROXY) {
        return false;
    }
    id = inb_catalogue_row(m->catalogue, row)->id;
    if (inb_catalogue_row(m->catalogue, row)->kind == INB_CIRCUMSTANCE) {
        const char **list = (const char **)person->circumstances; // made by take_seen
        for (size_t i = 0; i < person->circumstance_count; i++) {
            if (strcmp(list[i], id) == 0) {
                return true;
            }
        }
        list[person->circumstance_count++] = id;
        return true;
    }
    int code = 0;
    while (code < 3 && (answer == NULL || strcmp(answer, answer_codes[code]) != 0)) {
        code++;
    }
    inb_observation *list = (inb_observation *)person->observations;
    size_t at = 0;
    while (at < person->observation_count && strcmp(list[at].id, id) != 0) {
        at++;
    }
    if (code == 3) {
        return false;
    }
    list[at] = (inb_observation){id, (inb_answer)code};
    person->observation_count += at == person->observation_count;
    return true;
}

// Whether the form holds only fields that the page has.
static bool only_known_fields(const inb_signal_draft *draft, const inb_form_data *form) {
    static const char *const others[] = {"stamp", "version", "do"};
    for (size_t i = 0; i < form->count; i++) {
        const char *name = form->fields[i].name;
        bool known = is_one_of(name, others, 3) || inb_draft_knows(draft, name) ||
                     inb_desk_is_situation(name) || strncmp(name, "add.", 4) == 0 ||
                     ((name[0] == 'o' || name[0] == 'c') && name[1] == '.');
        if (!known) {
            return false;
        }
    }
    return true;
}

static inb_status take_correct(
    inb_making *m, const inb_road_signal *found, const inb_form_data *form, bool good) {
    inb_signal_draft *draft = inb_draft_new(found->signal, true, m->arena);
    inb_card card;
    bool memory = draft != NULL;
    if (!memory) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a form");
    }
    card_of(m, found->signal, &card);
    INB_TRY(inb_draft_take(draft, form, inb_road_day(m->request->now), m->arena, m->err));
    bool right = only_known_fields(draft, form) && inb_desk_take_situation(form, &card);
    if (right && (draft->faults > 0 || !good)) {
        m->answer->status = draft->faults > 0 ? 422 : m->answer->status;
        return make_correct(m, found, draft, &card, form);
    }
    for (size_t p = 0; right && p < draft->signal.person_count; p++) {
        right = take_seen(&draft->persons[p], p, form, m->arena, &memory);
    }
    for (size_t i = 1; right && i <= ADDS; i++) {
        right = take_add(m, draft, form, i);
    }
    if (!memory) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a form");
    }
    if (!right) {
        return inb_desk_make_error(m, 400, NULL);
    }
    take_card(&card, draft);
    inb_draft_close(draft);
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(m, inb_road_correct(m->request->team->road, &actor, &draft->signal,
                                 version_of(form), inb_desk_told, m->request->wait, NULL));
}

// ---- the door ----

inb_status inb_desk_change(inb_making *m, const inb_road_signal *found, const inb_form_data *form) {
    static const char *const names[] = {
        [INB_DESK_PASS] = "pass", [INB_DESK_CORRECT] = "correct", [INB_DESK_RETRACT] = "retract"};
    bool good = form != NULL && inb_desk_stamp_holds(m, names[m->request->route], form);
    if (form != NULL && version_of(form) == 0) {
        return inb_desk_make_error(m, 400, NULL);
    }
    if (form != NULL && !good) { // nothing is done; the page is shown again with what was typed
        m->answer->status = 403;
        inb_scope_flag(m->root, "expired", true);
    }
    if (m->request->route == INB_DESK_PASS) {
        return form == NULL ? make_pass(m, found, NULL, NULL) : take_pass(m, found, form, good);
    }
    if (m->request->route == INB_DESK_RETRACT) {
        return form == NULL ? make_retract(m, found) : take_retract(m, found, form, good);
    }
    if (form != NULL) {
        return take_correct(m, found, form, good);
    }
    inb_card card;
    card_of(m, found->signal, &card);
    inb_signal_draft *draft = inb_draft_new(found->signal, true, m->arena);
    return draft == NULL ? inb_fail(m->err, INB_NO_MEMORY, "no memory for a page")
                         : make_correct(m, found, draft, &card, NULL);
}
