// SPDX-License-Identifier: EUPL-1.2
// The list of a draft's fields, and what is taken from a form into it. Hostile input: lengths, days
// and numbers are checked here, letters are left as they are; fuzz_http drives it.

#include "signal_form.h"

#include "card.h"
#include "municipality.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MOST = 200, FREE_MOST = 20000 };

// ---- the fields ----

static inb_draft_field *add(inb_signal_draft *draft, inb_draft_group group, inb_draft_kind kind,
    const char *label, const char **text) {
    inb_draft_field *field = &draft->fields[draft->field_count++];
    field->label = label;
    field->kind = kind;
    field->group = group;
    field->most = kind == INB_DRAFT_TEXT ? FREE_MOST : LINE_MOST;
    field->text = text;
    return field;
}

static void add_of_person(inb_signal_draft *draft, size_t person, const char *label,
    inb_draft_kind kind, const char **text) {
    inb_draft_field *field = add(draft, INB_DRAFT_WHO, kind, label, text);
    field->person = person;
    (void)snprintf(field->name, sizeof field->name, "person.%zu.%s", person + 1, label);
}

static void add_person(inb_signal_draft *draft, size_t i, bool with_age) {
    inb_person *person = &draft->persons[i];
    if (with_age) {
        add_of_person(draft, i, "age", INB_DRAFT_AGE, NULL);
    }
    add_of_person(draft, i, "name", INB_DRAFT_LINE, &person->name);
    // An import may tell a name in parts; a form of ours does not begin to.
    if (person->given_name != NULL || person->prefix != NULL || person->surname != NULL) {
        add_of_person(draft, i, "given_name", INB_DRAFT_LINE, &person->given_name);
        add_of_person(draft, i, "prefix", INB_DRAFT_LINE, &person->prefix);
        add_of_person(draft, i, "surname", INB_DRAFT_LINE, &person->surname);
    }
    add_of_person(draft, i, "birth_date", INB_DRAFT_DAY, &person->birth_date);
    add_of_person(draft, i, "phone", INB_DRAFT_LINE, &person->phone);
    add_of_person(draft, i, "sex", INB_DRAFT_SEX, &person->sex);
}

static void add_party(inb_signal_draft *draft, size_t i) {
    static const char *const labels[INB_PARTY_KIND_COUNT] = {"party.agency", "party.employer",
        "party.address", "party.vehicle", "party.phone", "party.handle", "party.account"};
    inb_party *party = &draft->parties[i];
    inb_draft_field *value =
        add(draft, INB_DRAFT_FIND, INB_DRAFT_LINE, labels[party->kind], &party->value);
    (void)snprintf(value->name, sizeof value->name, "party.%zu.value", i + 1);
    if (party->kind == INB_PARTY_AGENCY || party->kind == INB_PARTY_EMPLOYER) {
        const char *label =
            party->kind == INB_PARTY_AGENCY ? "party.agency_kvk" : "party.employer_kvk";
        inb_draft_field *kvk = add(draft, INB_DRAFT_FIND, INB_DRAFT_KVK, label, &party->kvk);
        (void)snprintf(kvk->name, sizeof kvk->name, "party.%zu.kvk", i + 1);
    }
}

static void add_parties(inb_signal_draft *draft, const inb_signal *signal) {
    size_t count = signal->party_count;
    for (size_t i = 0; i < count; i++) {
        draft->parties[i] = signal->parties[i];
    }
    for (int kind = 0; kind < INB_PARTY_KIND_COUNT; kind++) {
        bool stands = false;
        for (size_t i = 0; i < signal->party_count; i++) {
            stands = stands || (int)signal->parties[i].kind == kind;
        }
        if (!stands && count < INB_SIGNAL_PARTIES_MOST) {
            draft->parties[count++].kind = (inb_party_kind)kind;
        }
    }
    draft->signal.parties = draft->parties;
    draft->signal.party_count = count;
    for (size_t i = 0; i < count; i++) {
        add_party(draft, i);
    }
}

inb_signal_draft *inb_draft_new(const inb_signal *signal, bool with_age, inb_arena *arena) {
    inb_signal_draft *draft = inb_arena_get(arena, 1, sizeof *draft);
    inb_person *persons = inb_arena_get(arena, signal->person_count + 1, sizeof *persons);
    inb_party *parties = inb_arena_get(arena, INB_SIGNAL_PARTIES_MOST, sizeof *parties);
    inb_draft_field *fields = inb_arena_get(arena, INB_DRAFT_FIELDS, sizeof *fields);
    if (draft == NULL || persons == NULL || parties == NULL || fields == NULL ||
        signal->person_count > INB_SIGNAL_PERSONS_MOST ||
        signal->party_count > INB_SIGNAL_PARTIES_MOST) {
        return NULL;
    }
    draft->signal = *signal;
    draft->persons = persons;
    draft->parties = parties;
    draft->fields = fields;
    for (size_t i = 0; i < signal->person_count; i++) {
        persons[i] = signal->persons[i];
    }
    draft->signal.persons = persons;
    for (size_t i = 0; i < signal->person_count; i++) {
        add_person(draft, i, with_age);
    }
    inb_draft_field *seen = add(draft, INB_DRAFT_WHERE, INB_DRAFT_DAY, "seen", NULL);
    seen->day = &draft->signal.seen;
    (void)snprintf(seen->name, sizeof seen->name, "seen");
    inb_draft_field *town = add(draft, INB_DRAFT_WHERE, INB_DRAFT_MUNICIPALITY, "municipality",
        &draft->signal.municipality);
    (void)snprintf(town->name, sizeof town->name, "municipality");
    inb_draft_field *place =
        add(draft, INB_DRAFT_WHERE, INB_DRAFT_LINE, "place", &draft->signal.place_detail);
    (void)snprintf(place->name, sizeof place->name, "place");
    add_parties(draft, signal);
    inb_draft_field *text = add(draft, INB_DRAFT_FREE, INB_DRAFT_TEXT, "text", &draft->signal.text);
    (void)snprintf(text->name, sizeof text->name, "text");
    return draft;
}

bool inb_draft_knows(const inb_signal_draft *draft, const char *name) {
    for (size_t i = 0; i < draft->field_count; i++) {
        if (strcmp(draft->fields[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *inb_draft_value(
    const inb_signal_draft *draft, const inb_draft_field *field, inb_arena *arena) {
    if (field->typed != NULL) {
        return field->typed;
    }
    if (field->kind == INB_DRAFT_AGE) {
        return inb_card_age_key(inb_card_age_of(draft->persons[field->person].age));
    }
    if (field->kind == INB_DRAFT_MUNICIPALITY && *field->text != NULL) {
        char name[INB_MUNICIPALITY_NAME];
        inb_municipality_name(*field->text, name);
        const char *copy = inb_arena_text(arena, name, strlen(name));
        return copy == NULL ? "" : copy;
    }
    if (field->day != NULL) {
        char text[11] = "";
        if (field->day->year != 0) {
            inb_date_format(*field->day, text);
        }
        const char *copy = inb_arena_text(arena, text, strlen(text));
        return copy == NULL ? "" : copy;
    }
    return *field->text == NULL ? "" : *field->text;
}

// ---- what comes back ----

bool inb_draft_has_citizen_number(const char *text) {
    for (const char *at = text; *at != '\0';) {
        size_t digits = strspn(at, "0123456789");
        if (digits == 9) {
            int sum = 0;
            for (int i = 0; i < 9; i++) {
                sum += (at[i] - '0') * (i == 8 ? -1 : 9 - i);
            }
            if (sum % 11 == 0 && sum != 0) {
                return true;
            }
        }
        at += digits == 0 ? 1 : digits;
    }
    return false;
}

// Without blanks at either end, and with one kind of line end.
static const char *tidy(const char *text, inb_arena *arena) {
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) {
        length--;
    }
    while (length > 0 && strchr(" \t\r\n", text[0]) != NULL) {
        text++;
        length--;
    }
    char *copy = inb_arena_text(arena, text, length);
    size_t kept = 0;
    for (size_t i = 0; copy != NULL && i < length; i++) {
        if (copy[i] != '\r') {
            copy[kept++] = copy[i];
        }
    }
    if (copy != NULL) {
        copy[kept] = '\0';
    }
    return copy;
}

static bool has_control(const char *text, bool lines) {
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c < 0x20 && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f) {
            return true;
        }
    }
    return false;
}

static const char *fault_of_day(const char *text, inb_date today, inb_date *ret_day) {
    if (!inb_date_parse(text, strlen(text), ret_day)) {
        return "day";
    }
    return inb_date_first_day(*ret_day) > inb_date_last_day(today) ? "future" : NULL;
}

static const char *take_age(inb_person *person, const char *value) {
    for (int i = 0; i <= INB_CARD_AGE_COUNT; i++) {
        if (i == INB_CARD_AGE_NONE && inb_card_age_of(person->age) != INB_CARD_AGE_NONE) {
            break; // stands on no form but that of such a child
        }
        if (strcmp(value, inb_card_age_key((inb_card_age)i)) == 0) {
            if ((inb_card_age)i != inb_card_age_of(person->age)) { // else the years stay as told
                person->age = inb_card_age_told((inb_card_age)i);
            }
            return NULL;
        }
    }
    return "choice";
}

static const char *take_sex(inb_draft_field *field, const char *value) {
    static const char *const codes[] = {"m", "f", "x"};
    if (strcmp(value, "same") == 0) {
        return NULL;
    }
    if (value[0] == '\0') {
        *field->text = NULL;
        return NULL;
    }
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(value, codes[i]) == 0) {
            *field->text = codes[i];
            return NULL;
        }
    }
    return "choice";
}

static const char *take_municipality(inb_draft_field *field, const char *value, inb_arena *arena) {
    char code[INB_MUNICIPALITY_CODE];
    *field->text = NULL;
    if (value[0] == '\0') {
        return NULL;
    }
    if (!inb_municipality_code(value, code)) {
        return "municipality";
    }
    *field->text = inb_arena_text(arena, code, strlen(code));
    return NULL;
}

// Takes one value; what is wrong with it, or NULL.
static const char *take(inb_signal_draft *draft, inb_draft_field *field, const char *value,
    inb_date today, inb_arena *arena) {
    inb_date day = {0, 0, 0};
    const char *fault = NULL;
    if (strlen(value) > field->most) {
        return "long";
    }
    if (has_control(value, field->kind == INB_DRAFT_TEXT)) {
        return "letters";
    }
    switch (field->kind) {
    case INB_DRAFT_AGE:
        return take_age(&draft->persons[field->person], value);
    case INB_DRAFT_SEX:
        return take_sex(field, value);
    case INB_DRAFT_DAY:
        fault = value[0] == '\0' ? NULL : fault_of_day(value, today, &day);
        if (fault != NULL) {
            return fault;
        }
        if (field->day != NULL) {
            *field->day = day;
            return NULL;
        }
        break;
    case INB_DRAFT_MUNICIPALITY:
        return take_municipality(field, value, arena);
    case INB_DRAFT_KVK:
        if (value[0] != '\0' && (strlen(value) != 8 || strspn(value, "0123456789") != 8)) {
            return "kvk";
        }
        break;
    case INB_DRAFT_LINE:
    case INB_DRAFT_TEXT:
        if (inb_draft_has_citizen_number(value)) {
            return "citizen";
        }
        break;
    }
    *field->text = value[0] == '\0' ? NULL : value;
    return NULL;
}

inb_status inb_draft_take(inb_signal_draft *draft, const inb_form_data *form, inb_date today,
    inb_arena *arena, inb_error *err) {
    draft->faults = 0;
    for (size_t i = 0; i < draft->field_count; i++) {
        inb_draft_field *field = &draft->fields[i];
        const char *value = inb_form_value(form, field->name);
        if (value == NULL) {
            continue; // radios without a choice are not sent
        }
        field->typed = tidy(value, arena);
        if (field->typed == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "no memory for a form");
        }
        field->fault = take(draft, field, field->typed, today, arena);
        draft->faults += field->fault != NULL;
    }
    return INB_OK;
}

void inb_draft_close(inb_signal_draft *draft) {
    size_t count = 0;
    for (size_t i = 0; i < draft->signal.party_count; i++) {
        if (draft->parties[i].value != NULL || draft->parties[i].kvk != NULL) {
            draft->parties[count++] = draft->parties[i];
        }
    }
    draft->signal.party_count = count;
}
