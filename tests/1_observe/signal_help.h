// SPDX-License-Identifier: EUPL-1.2
// What the tests of signals share: a small norm, random signals, their CSV and JSON written
// independently of the readers, comparison, and the complaint that a piece of text gives.
#ifndef INB_SIGNAL_HELP_H
#define INB_SIGNAL_HELP_H

#include <inbeeld/buffer.h>
#include <inbeeld/rng.h>
#include <inbeeld/signal.h>

#include "inb_sweep.h"

#include <stdio.h>
#include <string.h>

// ---- a norm of six indicators and three circumstances ----

static const char *const help_indicators[] = {"D1-01", "D2-03", "D6-05", "CR-03", "CR-33", "SX-12"};
static const char *const help_circumstances[] = {"CI-01", "CI-02", "CI-23"};
enum { HELP_INDICATORS = 6, HELP_CIRCUMSTANCES = 3 };

static inline bool help_known(const char *id, size_t length, bool circumstance, void *payload) {
    (void)payload;
    const char *const *list = circumstance ? help_circumstances : help_indicators;
    size_t count = circumstance ? HELP_CIRCUMSTANCES : HELP_INDICATORS;
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i]) == length && memcmp(list[i], id, length) == 0) {
            return true;
        }
    }
    return false;
}

// ---- reading a piece of text ----

// All signals of `text`; the first complaint into *problem; returns how many were right.
static inline size_t help_read(const char *text, size_t length, const char *map, inb_error *problem,
    void (*each)(const inb_signal *, void *), void *payload) {
    inb_signal_reader *reader = NULL;
    *problem = (inb_error)INB_ERROR_INIT;
    size_t count = 0;
    if (inb_signal_reader_open_memory("f", text, length, map, help_known, NULL, &reader, problem) !=
        INB_OK) {
        return 0;
    }
    while (inb_signal_reader_can_go_on(reader)) {
        const inb_signal *signal = NULL;
        inb_status status = inb_signal_reader_next(reader, &signal, problem);
        if (status == INB_OK && signal == NULL) {
            break;
        }
        if (status == INB_OK) {
            count++;
            if (each != NULL) {
                each(signal, payload);
            }
        }
    }
    inb_signal_reader_free(reader);
    return count;
}

// `text` holds a mistake: the first complaint begins with `place` and holds `part`.
static inline void help_complains_mapped(
    const char *text, const char *map, const char *place, const char *part) {
    inb_error problem;
    help_read(text, strlen(text), map, &problem, NULL, NULL);
    ck_assert_msg(problem.status == INB_BAD_INPUT, "status %d (%s) of\n%.500s", (int)problem.status,
        problem.message, text);
    ck_assert_msg(strncmp(problem.message, place, strlen(place)) == 0,
        "'%s', expected '%s' of\n%.500s", problem.message, place, text);
    ck_assert_msg(strstr(problem.message, part) != NULL, "'%s' lacks '%s'", problem.message, part);
    ck_assert_msg(strstr(problem.message, "found ") != NULL, "%s", problem.message);
}

static inline void help_complains(const char *text, const char *place, const char *part) {
    help_complains_mapped(text, NULL, place, part);
}

// The same where '@' in `marked` stands before the place (and is not part of the text).
static inline void help_complains_at(const char *marked, const char *part) {
    char text[2000] = "";
    char place[40];
    const char *at = strchr(marked, '@');
    ck_assert_ptr_nonnull(at);
    size_t before = (size_t)(at - marked);
    memcpy(text, marked, before);
    memcpy(text + before, at + 1, strlen(at + 1) + 1);
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < before; i++) {
        column = text[i] == '\n' ? 1 : column + (((unsigned char)text[i] & 0xC0) != 0x80 ? 1 : 0);
        line += text[i] == '\n' ? 1 : 0;
    }
    snprintf(place, sizeof place, "f:%zu:%zu: ", line, column);
    help_complains(text, place, part);
}

static inline void help_reads(const char *text, const char *map, size_t signals) {
    inb_error problem;
    size_t count = help_read(text, strlen(text), map, &problem, NULL, NULL);
    ck_assert_msg(problem.status == INB_OK, "%s of\n%.500s", problem.message, text);
    ck_assert_uint_eq(count, signals);
}

// A reader that stands at the first signal of `text`, which is right.
static inline inb_signal_reader *help_first(
    const char *text, const char *map, const inb_signal **ret_signal) {
    inb_signal_reader *reader = NULL;
    INB_OK_IS(inb_signal_reader_open_memory(
        "f", text, strlen(text), map, help_known, NULL, &reader, err));
    INB_OK_IS(inb_signal_reader_next(reader, ret_signal, err));
    ck_assert_ptr_nonnull(*ret_signal);
    return reader;
}

// ---- comparison ----

static inline bool help_same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static inline bool help_same_person(const inb_person *a, const inb_person *b) {
    bool same =
        help_same_text(a->ref, b->ref) && a->age.class_ == b->age.class_ &&
        a->age.years == b->age.years && a->roles == b->roles && help_same_text(a->name, b->name) &&
        help_same_text(a->given_name, b->given_name) && help_same_text(a->prefix, b->prefix) &&
        help_same_text(a->surname, b->surname) && help_same_text(a->birth_date, b->birth_date) &&
        help_same_text(a->sex, b->sex) && help_same_text(a->nationality, b->nationality) &&
        help_same_text(a->phone, b->phone) && a->observation_count == b->observation_count &&
        a->circumstance_count == b->circumstance_count;
    for (size_t i = 0; same && i < a->observation_count; i++) {
        same = strcmp(a->observations[i].id, b->observations[i].id) == 0 &&
               a->observations[i].answer == b->observations[i].answer;
    }
    for (size_t i = 0; same && i < a->circumstance_count; i++) {
        same = strcmp(a->circumstances[i], b->circumstances[i]) == 0;
    }
    return same;
}

static inline bool help_same_date(inb_date a, inb_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static inline bool help_same(const inb_signal *a, const inb_signal *b) {
    const inb_situation *s = &a->situation;
    const inb_situation *t = &b->situation;
    bool same =
        help_same_text(a->id, b->id) && a->source_kind == b->source_kind &&
        help_same_text(a->organisation, b->organisation) && help_same_date(a->seen, b->seen) &&
        help_same_date(a->noted, b->noted) && help_same_text(a->municipality, b->municipality) &&
        help_same_text(a->place_detail, b->place_detail) && help_same_text(a->text, b->text) &&
        help_same_text(a->ground, b->ground) && a->person_count == b->person_count &&
        a->party_count == b->party_count && s->danger_now == t->danger_now &&
        s->unaccompanied == t->unaccompanied && s->denies == t->denies &&
        s->profits == t->profits && s->surroundings == t->surroundings &&
        s->consent == t->consent && s->police == t->police;
    for (size_t i = 0; same && i < a->person_count; i++) {
        same = help_same_person(&a->persons[i], &b->persons[i]);
    }
    for (size_t i = 0; same && i < a->party_count; i++) {
        same = a->parties[i].kind == b->parties[i].kind &&
               help_same_text(a->parties[i].value, b->parties[i].value) &&
               help_same_text(a->parties[i].kvk, b->parties[i].kvk);
    }
    return same;
}

// ---- random signals ----

static inline void *help_get(inb_arena *arena, size_t count, size_t size) {
    void *memory = inb_arena_get(arena, count, size);
    ck_assert_ptr_nonnull(memory);
    return memory;
}

static inline bool help_chance(inb_rng *rng, double p) {
    return inb_rng_uniform(rng) < p;
}

static inline size_t help_below(inb_rng *rng, size_t n) {
    return inb_rng_below(rng, (uint32_t)n);
}

// A text with everything that needs quoting, or NULL.
static inline const char *help_text(inb_arena *arena, inb_rng *rng, bool lines) {
    static const char *const parts[] = {"a", "Zo\xC3\xAB", " de ", "\"", ",", ";", "\\", "'", "x=y",
        "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "12", "\n", "\t", "\r\n"};
    if (help_chance(rng, 0.4)) {
        return NULL;
    }
    char *text = help_get(arena, 64, 1);
    size_t used = 1;
    text[0] = 'n'; // not blank as a whole
    for (size_t i = help_below(rng, 8); i > 0; i--) {
        const char *part = parts[help_below(rng, lines ? 15 : 12)];
        memcpy(text + used, part, strlen(part));
        used += strlen(part);
    }
    return text;
}

static inline const char *help_format(inb_arena *arena, const char *format, unsigned long number) {
    char *text = help_get(arena, 40, 1);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, 40, format, number);
#pragma GCC diagnostic pop
    return text;
}

static inline inb_date help_date(inb_rng *rng, int from, int years) {
    inb_date date = inb_date_from_day(
        (int32_t)((from - 1970) * 365.25) + (int32_t)help_below(rng, (size_t)years * 365));
    if (help_chance(rng, 0.2)) {
        date.day = 0;
        date.month = help_chance(rng, 0.5) ? date.month : 0;
    }
    return date;
}

static inline void help_person(
    inb_arena *arena, inb_rng *rng, inb_date seen, size_t index, inb_person *person) {
    *person = (inb_person){.age = {INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN}};
    person->ref = help_format(arena, "p%lu", (unsigned long)index + 1);
    person->roles = (uint32_t)help_below(rng, 1u << INB_ROLE_COUNT);
    person->name = help_text(arena, rng, false);
    person->given_name = help_text(arena, rng, false);
    person->prefix = help_text(arena, rng, false);
    person->surname = help_text(arena, rng, false);
    person->sex = help_chance(rng, 0.5) ? "x" : NULL;
    person->nationality = help_text(arena, rng, false);
    person->phone = help_text(arena, rng, false);
    inb_date born = help_date(rng, 1940, 70);
    int least = 0;
    int most = 0;
    if (help_chance(rng, 0.5)) {
        char *text = help_get(arena, 11, 1);
        inb_date_format(born, text);
        person->birth_date = text;
    }
    if (seen.year != 0) {
        inb_date_age(born, seen, &least, &most);
        person->age = inb_age_of_years(most);
    }
    size_t count = help_below(rng, HELP_INDICATORS + 1);
    inb_observation *observations = help_get(arena, count, sizeof *observations);
    for (size_t i = 0; i < count; i++) {
        observations[i] = (inb_observation){help_indicators[i], (inb_answer)help_below(rng, 3)};
    }
    person->observations = observations;
    person->observation_count = count;
    count = help_below(rng, HELP_CIRCUMSTANCES + 1);
    const char **circumstances = help_get(arena, count, sizeof *circumstances);
    for (size_t i = 0; i < count; i++) {
        circumstances[i] = help_circumstances[i];
    }
    person->circumstances = circumstances;
    person->circumstance_count = count;
}

static inline void help_signal(inb_arena *arena, inb_rng *rng, size_t number, inb_signal *signal) {
    *signal = (inb_signal){.id = help_format(arena, "S-%07lu", (unsigned long)number)};
    signal->source_kind = (inb_reporter)help_below(rng, INB_REPORTER_COUNT);
    signal->organisation = help_chance(rng, 0.7) ? "Fier, \"Fryslan\"; team 1" : NULL;
    if (help_chance(rng, 0.9)) {
        signal->seen = help_date(rng, 2015, 10);
    }
    if (help_chance(rng, 0.9)) {
        signal->noted = inb_date_from_day(
            inb_date_last_day(signal->seen.year == 0 ? help_date(rng, 2015, 10) : signal->seen) +
            (int32_t)help_below(rng, 30));
    }
    signal->municipality = help_chance(rng, 0.8)
                               ? help_format(arena, "GM%04lu", (unsigned long)help_below(rng, 2000))
                               : NULL;
    signal->place_detail = help_text(arena, rng, true);
    signal->text = help_text(arena, rng, true);
    signal->ground = help_chance(rng, 0.3) ? "ground 1" : NULL;
    signal->situation.danger_now = help_chance(rng, 0.1);
    signal->situation.unaccompanied = help_chance(rng, 0.1);
    signal->situation.denies = help_chance(rng, 0.1);
    signal->situation.profits = (uint8_t)help_below(rng, 1u << INB_PROFIT_COUNT);
    signal->situation.surroundings = (uint8_t)help_below(rng, 1u << INB_SURROUNDING_COUNT);
    signal->situation.consent = (inb_consent)help_below(rng, INB_CONSENT_COUNT);
    signal->situation.police = (inb_police_wish)help_below(rng, INB_POLICE_COUNT);
    signal->person_count = help_below(rng, 4);
    inb_person *persons = help_get(arena, signal->person_count, sizeof *persons);
    for (size_t i = 0; i < signal->person_count; i++) {
        help_person(arena, rng, signal->seen, i, &persons[i]);
    }
    signal->persons = persons;
    signal->party_count = help_below(rng, 4);
    inb_party *parties = help_get(arena, signal->party_count, sizeof *parties);
    int kind = -1;
    for (size_t i = 0; i < signal->party_count; i++) { // in the order of kinds, as a CSV row has
        kind += 1 + (int)help_below(rng, 2);
        parties[i] = (inb_party){(inb_party_kind)kind, help_text(arena, rng, true), NULL};
        if (kind <= INB_PARTY_EMPLOYER && help_chance(rng, 0.5)) {
            parties[i].kvk = help_format(arena, "%08lu", (unsigned long)help_below(rng, 99999999));
        }
        if (parties[i].value == NULL && parties[i].kvk == NULL) {
            parties[i].value = "v";
        }
    }
    signal->parties = parties;
}

// ---- writing ----

static inline void help_csv_text(inb_buffer *out, const char *text) {
    inb_buffer_char(out, '"');
    for (; text != NULL && *text != '\0'; text++) {
        inb_buffer_text(out, *text == '"' ? "\"" : "");
        inb_buffer_char(out, *text);
    }
    inb_buffer_char(out, '"');
    inb_buffer_char(out, ',');
}

static const char help_header[] =
    "id,source.kind,source.organisation,seen,noted,place.municipality,place.detail,text,ground,"
    "situation.danger_now,situation.unaccompanied,situation.denies,situation.profits,"
    "situation.surroundings,situation.consent,situation.police,person.ref,person.age,person.name,"
    "person.given_name,person.prefix,person.surname,person.birth_date,person.sex,"
    "person.nationality,person.phone,roles,observations,circumstances,party.agency,party.employer,"
    "party.address,party.vehicle,party.phone,party.handle,party.account,party.agency.kvk,"
    "party.employer.kvk\n";

static inline const char *help_date_text(inb_date date, char out[static 11]) {
    out[0] = '\0';
    if (date.year != 0) {
        inb_date_format(date, out);
    }
    return out;
}

typedef const char *(*help_code)(int);

static inline const char *help_profit(int value) {
    return inb_profit_code((inb_profit)value);
}
static inline const char *help_surrounding(int value) {
    return inb_surrounding_code((inb_surrounding)value);
}
static inline const char *help_role(int value) {
    return inb_role_code((inb_role)value);
}

// The codes of a bit set, in quotes one by one or together.
static inline void help_bits(
    inb_buffer *out, uint32_t bits, help_code code, const char *quote, char separator) {
    bool first = true;
    for (int i = 0; i < 32; i++) {
        if ((bits >> i & 1) != 0) {
            inb_buffer_text(out, first ? "" : (char[]){separator, '\0'});
            inb_buffer_format(out, "%s%s%s", quote, code(i), quote);
            first = false;
        }
    }
}

static inline const char *help_answer(inb_answer answer) {
    return answer == INB_ANSWER_YES ? "yes" : answer == INB_ANSWER_NO ? "no" : "unknown";
}

static inline void help_csv_person(inb_buffer *out, const inb_person *p) {
    help_csv_text(out, p->ref);
    if (p->age.years != INB_YEARS_UNKNOWN) {
        inb_buffer_format(out, "%d", p->age.years);
    }
    inb_buffer_char(out, ',');
    help_csv_text(out, p->name);
    help_csv_text(out, p->given_name);
    help_csv_text(out, p->prefix);
    help_csv_text(out, p->surname);
    help_csv_text(out, p->birth_date);
    help_csv_text(out, p->sex);
    help_csv_text(out, p->nationality);
    help_csv_text(out, p->phone);
    help_bits(out, p->roles, help_role, "", ';');
    inb_buffer_char(out, ',');
    for (size_t i = 0; i < p->observation_count; i++) {
        inb_buffer_format(out, "%s%s=%s", i == 0 ? "" : ";", p->observations[i].id,
            help_answer(p->observations[i].answer));
    }
    inb_buffer_char(out, ',');
    for (size_t i = 0; i < p->circumstance_count; i++) {
        inb_buffer_format(out, "%s%s", i == 0 ? "" : ";", p->circumstances[i]);
    }
    inb_buffer_char(out, ',');
}

static inline void help_csv_row(inb_buffer *out, const inb_signal *s, size_t row) {
    char date[11];
    bool first = row == 0;
    help_csv_text(out, s->id);
    help_csv_text(out, first ? inb_reporter_code(s->source_kind) : NULL);
    help_csv_text(out, s->organisation); // with each row: it is part of what tells signals apart
    help_csv_text(out, first ? help_date_text(s->seen, date) : NULL);
    help_csv_text(out, help_date_text(s->noted, date)); // repeated
    help_csv_text(out, first ? s->municipality : NULL);
    help_csv_text(out, s->place_detail);
    help_csv_text(out, first ? s->text : NULL);
    help_csv_text(out, first ? s->ground : NULL);
    help_csv_text(out, s->situation.danger_now ? "yes" : "no");
    help_csv_text(out, s->situation.unaccompanied ? "true" : NULL);
    help_csv_text(out, s->situation.denies ? "1" : "0");
    help_bits(out, s->situation.profits, help_profit, "", ';');
    inb_buffer_char(out, ',');
    help_bits(out, first ? s->situation.surroundings : 0, help_surrounding, "", ';');
    inb_buffer_char(out, ',');
    help_csv_text(out, first ? inb_consent_code(s->situation.consent) : NULL);
    help_csv_text(out, first ? inb_police_code(s->situation.police) : NULL);
    if (row < s->person_count) {
        help_csv_person(out, &s->persons[row]);
    } else {
        inb_buffer_text(out, ",,,,,,,,,,,,,");
    }
    const inb_party *by_kind[INB_PARTY_KIND_COUNT] = {NULL};
    for (size_t i = 0; i < s->party_count; i++) {
        by_kind[s->parties[i].kind] = &s->parties[i];
    }
    for (int kind = 0; kind < INB_PARTY_KIND_COUNT; kind++) {
        help_csv_text(out, by_kind[kind] == NULL ? NULL : by_kind[kind]->value);
    }
    for (int kind = INB_PARTY_AGENCY; kind <= INB_PARTY_EMPLOYER; kind++) {
        help_csv_text(out, by_kind[kind] == NULL ? NULL : by_kind[kind]->kvk);
    }
    out->data[out->length - 1] = '\n'; // the last comma
}

static inline void help_csv(inb_buffer *out, const inb_signal *s) {
    for (size_t row = 0; row == 0 || row < s->person_count; row++) {
        help_csv_row(out, s, row);
    }
}

static inline void help_json_member(inb_buffer *out, const char *key, const char *text) {
    inb_buffer_format(out, "\"%s\": ", key);
    if (text == NULL || text[0] == '\0') {
        inb_buffer_text(out, "null");
    } else {
        inb_buffer_json(out, text);
    }
    inb_buffer_char(out, ',');
}

static inline void help_json_person(inb_buffer *out, const inb_person *p) {
    inb_buffer_char(out, '{');
    help_json_member(out, "ref", p->ref);
    if (p->age.years != INB_YEARS_UNKNOWN) {
        inb_buffer_format(out, "\"age\": %d,", p->age.years);
    }
    help_json_member(out, "name", p->name);
    help_json_member(out, "given_name", p->given_name);
    help_json_member(out, "prefix", p->prefix);
    help_json_member(out, "surname", p->surname);
    help_json_member(out, "birth_date", p->birth_date);
    help_json_member(out, "sex", p->sex);
    help_json_member(out, "nationality", p->nationality);
    help_json_member(out, "phone", p->phone);
    inb_buffer_text(out, "\"roles\": [");
    help_bits(out, p->roles, help_role, "\"", ',');
    inb_buffer_text(out, "],\n \"observations\": {");
    for (size_t i = 0; i < p->observation_count; i++) {
        inb_buffer_format(out, "%s\"%s\": \"%s\"", i == 0 ? "" : ", ", p->observations[i].id,
            help_answer(p->observations[i].answer));
    }
    inb_buffer_text(out, "}, \"circumstances\": [");
    for (size_t i = 0; i < p->circumstance_count; i++) {
        inb_buffer_format(out, "%s\"%s\"", i == 0 ? "" : ", ", p->circumstances[i]);
    }
    inb_buffer_text(out, "]}");
}

static inline void help_json(inb_buffer *out, const inb_signal *s) {
    char date[11];
    inb_buffer_char(out, '{');
    help_json_member(out, "id", s->id);
    inb_buffer_text(out, "\"source\": {");
    help_json_member(out, "organisation", s->organisation);
    inb_buffer_format(out, "\"kind\": \"%s\"},\n", inb_reporter_code(s->source_kind));
    help_json_member(out, "seen", help_date_text(s->seen, date));
    help_json_member(out, "noted", help_date_text(s->noted, date));
    inb_buffer_text(out, "\"place\": {");
    help_json_member(out, "detail", s->place_detail);
    inb_buffer_text(out, "\"municipality\": ");
    const char *quote = s->municipality == NULL ? "" : "\"";
    inb_buffer_format(
        out, "%s%s%s},\n", quote, s->municipality == NULL ? "null" : s->municipality, quote);
    help_json_member(out, "text", s->text);
    help_json_member(out, "ground", s->ground);
    inb_buffer_format(out, "\"situation\": {\"danger_now\": %s, \"unaccompanied\": %s,",
        s->situation.danger_now ? "true" : "false", s->situation.unaccompanied ? "true" : "null");
    inb_buffer_format(
        out, "\"denies\": %s, \"profits\": [", s->situation.denies ? "true" : "false");
    help_bits(out, s->situation.profits, help_profit, "\"", ',');
    inb_buffer_text(out, "], \"surroundings\": [");
    help_bits(out, s->situation.surroundings, help_surrounding, "\"", ',');
    inb_buffer_format(out, "], \"consent\": \"%s\", \"police\": \"%s\"},\n\"persons\": [",
        inb_consent_code(s->situation.consent), inb_police_code(s->situation.police));
    for (size_t i = 0; i < s->person_count; i++) {
        inb_buffer_text(out, i == 0 ? "" : ",\n");
        help_json_person(out, &s->persons[i]);
    }
    inb_buffer_text(out, "],\n\"parties\": [");
    for (size_t i = 0; i < s->party_count; i++) {
        inb_buffer_text(out, i == 0 ? "{" : ", {");
        help_json_member(out, "value", s->parties[i].value);
        help_json_member(out, "kvk", s->parties[i].kvk);
        inb_buffer_format(out, "\"kind\": \"%s\"}", inb_party_kind_code(s->parties[i].kind));
    }
    inb_buffer_text(out, "]}");
}

#endif
