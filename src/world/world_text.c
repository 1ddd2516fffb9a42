// SPDX-License-Identifier: EUPL-1.2
// Signals and rows of lists as files have them: SIGNAL.json of the design, and CSV under the
// contract of `link` (RFC 4180).

#include <inbeeld/world.h>

#include <string.h>

// ---- JSON ----

// A member, with the comma before it where it is not the first.
static void key(inb_buffer *json, bool *first, const char *name) {
    inb_buffer_text(json, *first ? "\"" : ",\"");
    inb_buffer_text(json, name);
    inb_buffer_text(json, "\":");
    *first = false;
}

static void text(inb_buffer *json, bool *first, const char *name, const char *value) {
    if (value != NULL) {
        key(json, first, name);
        inb_buffer_json(json, value);
    }
}

static void date(inb_buffer *json, bool *first, const char *name, inb_date value) {
    if (value.year != 0) {
        char out[11];
        inb_date_format(value, out);
        text(json, first, name, out);
    }
}

// The set bits as a list of their codes; nothing where there is none.
static void codes(inb_buffer *json, bool *first, const char *name, uint32_t bits, int count,
    const char *(*code)(int)) {
    if (bits == 0) {
        return;
    }
    key(json, first, name);
    char before = '[';
    for (int i = 0; i < count; i++) {
        if ((bits >> i & 1) != 0) {
            inb_buffer_char(json, before);
            inb_buffer_json(json, code(i));
            before = ',';
        }
    }
    inb_buffer_char(json, ']');
}

static const char *role_code(int i) {
    return inb_role_code((inb_role)i);
}

static const char *profit_code(int i) {
    return inb_profit_code((inb_profit)i);
}

static const char *surrounding_code(int i) {
    return inb_surrounding_code((inb_surrounding)i);
}

static void age(inb_buffer *json, bool *first, inb_age value) {
    if (value.years != INB_YEARS_UNKNOWN) {
        key(json, first, "age");
        inb_buffer_format(json, "%d", value.years);
    } else if (value.class_ != INB_AGE_UNKNOWN) {
        text(json, first, "age", value.class_ == INB_AGE_CHILD ? "child" : "adult");
    }
}

static void facts(inb_buffer *json, bool *first, const inb_person *person) {
    static const char *const answers[] = {"yes", "no", "unknown"};
    if (person->observation_count > 0) {
        key(json, first, "observations");
        bool inner = true;
        inb_buffer_char(json, '{');
        for (size_t i = 0; i < person->observation_count; i++) {
            text(json, &inner, person->observations[i].id, answers[person->observations[i].answer]);
        }
        inb_buffer_char(json, '}');
    }
    if (person->circumstance_count > 0) {
        key(json, first, "circumstances");
        for (size_t i = 0; i < person->circumstance_count; i++) {
            inb_buffer_char(json, i == 0 ? '[' : ',');
            inb_buffer_json(json, person->circumstances[i]);
        }
        inb_buffer_char(json, ']');
    }
}

static void person_json(inb_buffer *json, const inb_person *person) {
    bool first = true;
    inb_buffer_char(json, '{');
    text(json, &first, "ref", person->ref);
    age(json, &first, person->age);
    codes(json, &first, "roles", person->roles, INB_ROLE_COUNT, role_code);
    text(json, &first, "name", person->name);
    text(json, &first, "given_name", person->given_name);
    text(json, &first, "prefix", person->prefix);
    text(json, &first, "surname", person->surname);
    text(json, &first, "birth_date", person->birth_date);
    text(json, &first, "sex", person->sex);
    text(json, &first, "nationality", person->nationality);
    text(json, &first, "phone", person->phone);
    facts(json, &first, person);
    inb_buffer_char(json, '}');
}

static void situation_json(inb_buffer *json, const inb_situation *situation) {
    bool first = true;
    inb_buffer_text(json, ",\"situation\":{");
    const struct {
        const char *name;
        bool value;
    } flags[] = {{"danger_now", situation->danger_now}, {"unaccompanied", situation->unaccompanied},
        {"denies", situation->denies}};
    for (size_t i = 0; i < 3; i++) {
        if (flags[i].value) {
            key(json, &first, flags[i].name);
            inb_buffer_text(json, "true");
        }
    }
    codes(json, &first, "profits", situation->profits, INB_PROFIT_COUNT, profit_code);
    codes(json, &first, "surroundings", situation->surroundings, INB_SURROUNDING_COUNT,
        surrounding_code);
    text(json, &first, "consent", inb_consent_code(situation->consent));
    text(json, &first, "police", inb_police_code(situation->police));
    inb_buffer_char(json, '}');
}

void inb_world_signal_json(const inb_signal *signal, inb_buffer *json) {
    bool first = true;
    inb_buffer_char(json, '{');
    text(json, &first, "id", signal->id);
    inb_buffer_text(json, ",\"source\":{");
    bool inner = true;
    text(json, &inner, "kind", inb_reporter_code(signal->source_kind));
    text(json, &inner, "organisation", signal->organisation);
    inb_buffer_char(json, '}');
    date(json, &first, "seen", signal->seen);
    date(json, &first, "noted", signal->noted);
    if (signal->municipality != NULL || signal->place_detail != NULL) {
        inner = true;
        inb_buffer_text(json, ",\"place\":{");
        text(json, &inner, "municipality", signal->municipality);
        text(json, &inner, "detail", signal->place_detail);
        inb_buffer_char(json, '}');
    }
    inb_buffer_text(json, ",\"persons\":[");
    for (size_t i = 0; i < signal->person_count; i++) {
        inb_buffer_text(json, i == 0 ? "" : ",");
        person_json(json, &signal->persons[i]);
    }
    inb_buffer_text(json, "],\"parties\":[");
    for (size_t i = 0; i < signal->party_count; i++) {
        const inb_party *party = &signal->parties[i];
        inb_buffer_text(json, i == 0 ? "{" : ",{");
        inner = true;
        text(json, &inner, "kind", inb_party_kind_code(party->kind));
        text(json, &inner, "value", party->value);
        text(json, &inner, "kvk", party->kvk);
        inb_buffer_char(json, '}');
    }
    inb_buffer_char(json, ']');
    situation_json(json, &signal->situation);
    text(json, &first, "text", signal->text);
    text(json, &first, "ground", signal->ground);
    inb_buffer_char(json, '}');
}

// ---- CSV ----

void inb_world_record_header(inb_buffer *csv) {
    inb_buffer_text(csv, "id,given_name,prefix,surname,birth_date,sex,postcode,house_number,place,"
                         "phone,form,age_class\n");
}

static void field(inb_buffer *csv, const char *value) {
    inb_buffer_cell(csv, value);
    inb_buffer_char(csv, ',');
}

void inb_world_record_csv(const inb_world_record *record, inb_buffer *csv) {
    field(csv, record->id);
    field(csv, record->given_name);
    field(csv, record->prefix);
    field(csv, record->surname);
    field(csv, record->birth_date);
    field(csv, record->sex);
    field(csv, record->postcode);
    field(csv, record->house_number);
    field(csv, record->place);
    field(csv, record->phone);
    field(csv, inb_form_code(record->form));
    inb_buffer_text(csv, record->child ? "child\n" : "adult\n");
}
