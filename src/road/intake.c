// SPDX-License-Identifier: EUPL-1.2
// Intake: what a signal leaves in the open and what is sealed. Months, codes and age classes are
// open; whatever identifies a person or a place, and all free text, goes through seal field by
// field; what is compared between signals becomes a token of its normalised value.

#include "road_i.h"

#include "base/alloc.h"

#include <inbeeld/normalise.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

// Upper bounds, so that one allocation each holds all.
enum { PARTS_OF_SIGNAL = 5, PARTS_OF_PERSON = 9, PARTS_OF_PARTY = 2, TOKENS_OF_PERSON = 2 };

struct intake {
    const inb_keys *keys;
    const inb_record_key *key;
    uint32_t version;
    inb_arena *arena;
    char record[INB_I_RECORD_SIZE];
    inb_stored_part *parts;
    size_t part_count;
    inb_stored_token *tokens;
    size_t token_count;
    inb_error *err;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory to keep a signal");
}

static inb_status copy_text(struct intake *in, const char *text, const char **ret_copy) {
    *ret_copy = NULL;
    if (text != NULL) {
        *ret_copy = inb_arena_text(in->arena, text, strlen(text));
        if (*ret_copy == NULL) {
            return no_memory(in->err);
        }
    }
    return INB_OK;
}

// ---- sealing ----

static inb_status seal(struct intake *in, const char *field, const char *text) {
    if (text == NULL) {
        return INB_OK;
    }
    size_t length = strlen(text);
    size_t size = inb_sealed_size(length);
    inb_stored_part *part = &in->parts[in->part_count];
    unsigned char *bytes = inb_arena_get(in->arena, size, 1);
    if (bytes == NULL) {
        return no_memory(in->err);
    }
    INB_TRY(inb_seal_part(in->key, in->record, in->version, field, text, length, bytes, in->err));
    INB_TRY(copy_text(in, field, &part->field));
    part->bytes = bytes;
    part->length = size;
    in->part_count++;
    return INB_OK;
}

// An exact day; a month or a year says all in the open.
static inb_status seal_day(struct intake *in, const char *field, inb_date date) {
    char text[11];
    if (date.day == 0) {
        return INB_OK;
    }
    inb_date_format(date, text);
    return seal(in, field, text);
}

static inb_status seal_of_person(
    struct intake *in, const char *ref, const char *name, const char *text) {
    char field[INB_I_FIELD_SIZE];
    (void)snprintf(field, sizeof field, "person.%s.%s", ref, name);
    return seal(in, field, text);
}

// ---- tokens ----

static inb_status add_token(
    struct intake *in, const char *kind, const char *about, const char *value) {
    inb_stored_token token = {.kind = kind}; // static text
    INB_TRY(copy_text(in, about, &token.about));
    inb_token(in->keys, kind, value, strlen(value), token.value);
    for (size_t i = 0; i < in->token_count; i++) { // one phone told twice of one person
        const inb_stored_token *other = &in->tokens[i];
        if (strcmp(other->kind, kind) == 0 && strcmp(other->about, about) == 0 &&
            memcmp(other->value, token.value, sizeof token.value) == 0) {
            return INB_OK;
        }
    }
    in->tokens[in->token_count++] = token;
    return INB_OK;
}

static void wipe_exact(inb_exact (*exact)[INB_EXACT_PER_PARTY]) {
    explicit_bzero(*exact, sizeof *exact);
}

static void wipe_value(char (*value)[INB_EXACT_SIZE]) {
    explicit_bzero(*value, sizeof *value);
}

static inb_status tokens_of_party(struct intake *in, const inb_party *party, const char *about) {
    INB_CLEANUP(wipe_exact) inb_exact exact[INB_EXACT_PER_PARTY];
    size_t count = inb_exact_party(party, exact);
    for (size_t i = 0; i < count; i++) {
        INB_TRY(add_token(in, exact[i].kind, about, exact[i].value));
    }
    return INB_OK;
}

// ---- persons ----

const char *inb_i_sex_code(const char *told) {
    static const struct {
        const char *word;
        const char *code;
    } words[] = {{"m", "m"}, {"man", "m"}, {"male", "m"}, {"jongen", "m"}, {"boy", "m"}, {"f", "f"},
        {"v", "f"}, {"vrouw", "f"}, {"female", "f"}, {"woman", "f"}, {"w", "f"}, {"meisje", "f"},
        {"girl", "f"}, {"x", "x"}};
    for (size_t i = 0; told != NULL && i < sizeof words / sizeof words[0]; i++) {
        if (strcasecmp(told, words[i].word) == 0) {
            return words[i].code;
        }
    }
    return NULL;
}

static inb_status copy_observed(
    struct intake *in, const inb_person *person, inb_stored_person *stored) {
    inb_observation *observations =
        inb_arena_get(in->arena, person->observation_count, sizeof *observations);
    const char **circumstances =
        inb_arena_get(in->arena, person->circumstance_count, sizeof *circumstances);
    if (observations == NULL || circumstances == NULL) {
        return no_memory(in->err);
    }
    for (size_t i = 0; i < person->observation_count; i++) {
        observations[i].answer = person->observations[i].answer;
        INB_TRY(copy_text(in, person->observations[i].id, &observations[i].id));
    }
    for (size_t i = 0; i < person->circumstance_count; i++) {
        INB_TRY(copy_text(in, person->circumstances[i], &circumstances[i]));
    }
    stored->observations = observations;
    stored->observation_count = person->observation_count;
    stored->circumstances = circumstances;
    stored->circumstance_count = person->circumstance_count;
    return INB_OK;
}

static inb_status take_person(
    struct intake *in, const inb_person *person, bool has_ground, inb_stored_person *stored) {
    stored->age_class = person->age.class_;
    stored->roles = person->roles;
    stored->sex = inb_i_sex_code(person->sex); // static text
    INB_TRY(copy_text(in, person->ref, &stored->ref));
    INB_TRY(copy_observed(in, person, stored));
#define X(member) INB_TRY(seal_of_person(in, person->ref, #member, person->member));
    INB_I_SEALED_OF_PERSON(X)
#undef X
    if (person->sex != NULL && (stored->sex == NULL || strcmp(stored->sex, person->sex) != 0)) {
        INB_TRY(seal_of_person(in, person->ref, "sex", person->sex)); // in the words of the source
    }
    if (has_ground) {
        INB_TRY(seal_of_person(in, person->ref, "nationality", person->nationality));
    }
    if (person->age.years != INB_YEARS_UNKNOWN) {
        char years[16];
        (void)snprintf(years, sizeof years, "%d", person->age.years);
        INB_TRY(seal_of_person(in, person->ref, "age", years));
    }
    char about[INB_I_ABOUT_SIZE];
    (void)snprintf(about, sizeof about, "person.%s", person->ref);
    INB_CLEANUP(wipe_value) char value[INB_EXACT_SIZE];
    if (inb_exact_person(person, value)) {
        INB_TRY(add_token(in, "person", about, value));
    }
    if (person->phone != NULL) {
        const inb_party phone = {INB_PARTY_PHONE, person->phone, NULL};
        INB_TRY(tokens_of_party(in, &phone, about));
    }
    return INB_OK;
}

static inb_status take_party(struct intake *in, const inb_party *party, size_t number) {
    char about[INB_I_ABOUT_SIZE];
    char field[INB_I_FIELD_SIZE];
    const char *kind = inb_party_kind_code(party->kind);
    (void)snprintf(about, sizeof about, "party.%zu", number);
    (void)snprintf(field, sizeof field, "%s.%s", about, kind);
    INB_TRY(seal(in, field, party->value));
    (void)snprintf(field, sizeof field, "%s.%s.kvk", about, kind);
    INB_TRY(seal(in, field, party->kvk));
    return tokens_of_party(in, party, about);
}

// ---- the signal ----

static inb_status not_after(
    inb_date date, inb_date today, const char *field, const char *reason, inb_error *err) {
    if (date.year != 0 && inb_date_first_day(date) > inb_date_last_day(today)) {
        return inb_fail(
            err, INB_BAD_INPUT, "found a day in the future in '%s', expected %s", field, reason);
    }
    return INB_OK;
}

static inb_status check(const inb_signal *signal, inb_date today, inb_error *err) {
    if (signal->id == NULL || signal->organisation == NULL) {
        return inb_fail(err, INB_BAD_INPUT, "found a signal without '%s', expected one",
            signal->id == NULL ? "id" : "source.organisation");
    }
    if (signal->person_count > INB_SIGNAL_PERSONS_MOST ||
        signal->party_count > INB_SIGNAL_PARTIES_MOST) {
        return inb_fail(err, INB_BAD_INPUT, "found more than %d persons or %d parties",
            INB_SIGNAL_PERSONS_MOST, INB_SIGNAL_PARTIES_MOST);
    }
    INB_TRY(not_after(signal->seen, today, "seen", "today or earlier", err));
    INB_TRY(not_after(signal->noted, today, "noted", "today or earlier", err));
    for (size_t i = 0; i < signal->person_count; i++) {
        const inb_person *person = &signal->persons[i];
        inb_date born = {0, 0, 0};
        if (person->ref == NULL || strlen(person->ref) > 32) {
            return inb_fail(err, INB_BAD_INPUT, "found a person without a short 'ref'");
        }
        if (person->birth_date != NULL &&
            inb_date_parse(person->birth_date, strlen(person->birth_date), &born)) {
            INB_TRY(not_after(born, today, "person.birth_date", "today or earlier", err));
        }
    }
    return INB_OK;
}

// Each person is weighed; what cannot be weighed is not kept.
inb_status inb_i_weigh(const inb_catalogue *catalogue, const inb_signal *signal,
    inb_intake_levels *levels, inb_error *err) {
    for (size_t i = 0; i < signal->person_count; i++) {
        inb_facts facts;
        INB_TRY(inb_facts_from_signal(catalogue, signal, i, &facts, err));
        inb_finding finding;
        inb_weigh(catalogue, &facts, &finding);
        levels->persons[inb_finding_level(&finding)]++;
    }
    return INB_OK;
}

static inb_status take_open(struct intake *in, const inb_catalogue *catalogue,
    const inb_signal *signal, inb_stored_signal *stored) {
    *stored = (inb_stored_signal){.status = INB_SIGNAL_KEPT,
        .source_kind = signal->source_kind,
        .seen = {signal->seen.year, signal->seen.month, 0},
        .noted = {signal->noted.year, signal->noted.month, 0},
        .situation = signal->situation};
    INB_TRY(copy_text(in, signal->organisation, &stored->organisation));
    INB_TRY(copy_text(in, signal->id, &stored->id));
    INB_TRY(copy_text(in, signal->municipality, &stored->municipality));
    return copy_text(in, inb_catalogue_version(catalogue), &stored->catalogue);
}

static inb_status take_signal(struct intake *in, const inb_signal *signal) {
    INB_TRY(seal_day(in, "seen", signal->seen));
    INB_TRY(seal_day(in, "noted", signal->noted));
    INB_TRY(seal(in, "place", signal->place_detail));
    INB_TRY(seal(in, "text", signal->text));
    return seal(in, "ground", signal->ground);
}

inb_status inb_intake(const inb_keys *keys, const inb_catalogue *catalogue,
    const inb_signal *signal, inb_date today, const inb_record_key *key, uint32_t version,
    inb_arena *arena, inb_stored_signal *ret_stored, inb_intake_levels *ret_levels,
    inb_error *err) {
    struct intake intake = {
        .keys = keys, .key = key, .version = version, .arena = arena, .err = err};
    struct intake *in = &intake;
    inb_intake_levels levels = {{0}};
    inb_stored_signal stored;
    INB_TRY(check(signal, today, err));
    INB_TRY(inb_i_weigh(catalogue, signal, &levels, err));
    inb_i_record_name(keys, signal->organisation, signal->id, in->record);
    size_t parts = PARTS_OF_SIGNAL + PARTS_OF_PERSON * signal->person_count +
                   PARTS_OF_PARTY * signal->party_count;
    size_t tokens =
        TOKENS_OF_PERSON * signal->person_count + INB_EXACT_PER_PARTY * signal->party_count;
    in->parts = inb_arena_get(arena, parts, sizeof *in->parts);
    in->tokens = inb_arena_get(arena, tokens, sizeof *in->tokens);
    inb_stored_person *persons = inb_arena_get(arena, signal->person_count, sizeof *persons);
    if (in->parts == NULL || in->tokens == NULL || persons == NULL) {
        return no_memory(err);
    }
    INB_TRY(take_open(in, catalogue, signal, &stored));
    INB_TRY(take_signal(in, signal));
    for (size_t i = 0; i < signal->person_count; i++) {
        INB_TRY(take_person(in, &signal->persons[i], signal->ground != NULL, &persons[i]));
    }
    for (size_t i = 0; i < signal->party_count; i++) {
        INB_TRY(take_party(in, &signal->parties[i], i + 1));
    }
    stored.version = version;
    stored.persons = persons;
    stored.person_count = signal->person_count;
    stored.parts = in->parts;
    stored.part_count = in->part_count;
    stored.tokens = in->tokens;
    stored.token_count = in->token_count;
    *ret_stored = stored;
    if (ret_levels != NULL) {
        *ret_levels = levels;
    }
    return INB_OK;
}
