// SPDX-License-Identifier: EUPL-1.2
// The way back: a signal as it was told, for whoever has the team's key. Each sealed part is opened
// under its own name; a part that was changed, moved or exchanged does not open.

#include "road_i.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct recall {
    const inb_keys *keys;
    const inb_record_key *key;
    const inb_stored_signal *stored;
    inb_arena *arena;
    char record[INB_I_RECORD_SIZE];
    inb_error *err;
};

void inb_i_record_name(const inb_keys *keys, const char *organisation, const char *id,
    char ret_record[INB_I_RECORD_SIZE]) {
    unsigned char token[INB_TOKEN_BYTES];
    char both[2 * INB_STORE_NAME_MOST + 2];
    // Longer ones are refused by the store; a cut one binds as well as it can until then.
    int length = snprintf(both, sizeof both, "%.*s%c%.*s", INB_STORE_NAME_MOST, organisation, 0x1f,
        INB_STORE_NAME_MOST, id);
    inb_token(keys, "record", both, (size_t)length, token);
    for (size_t i = 0; i < sizeof token; i++) {
        (void)snprintf(ret_record + 2 * i, 3, "%02x", token[i]);
    }
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory to read a signal");
}

static inb_status open_part(struct recall *re, const inb_stored_part *part, const char **ret_text) {
    size_t length;
    return inb_i_open_part(re->keys, re->key, re->stored->version, re->record, part, re->arena,
        ret_text, &length, re->err);
}

// The text of a field, NULL where it was not told.
static inb_status opened(struct recall *re, const char *field, const char **ret_text) {
    *ret_text = NULL;
    for (size_t i = 0; i < re->stored->part_count; i++) {
        if (strcmp(re->stored->parts[i].field, field) == 0) {
            return open_part(re, &re->stored->parts[i], ret_text);
        }
    }
    return INB_OK;
}

static inb_status of_person(
    struct recall *re, const char *ref, const char *name, const char **ret_text) {
    char field[INB_I_FIELD_SIZE];
    (void)snprintf(field, sizeof field, "person.%s.%s", ref, name);
    return opened(re, field, ret_text);
}

static inb_status day(struct recall *re, const char *field, inb_date month, inb_date *ret_date) {
    const char *text;
    INB_TRY(opened(re, field, &text));
    *ret_date = month;
    if (text != NULL && !inb_date_parse(text, strlen(text), ret_date)) {
        return inb_fail(re->err, INB_BAD_INPUT, "a sealed date of the store is no date");
    }
    return INB_OK;
}

static inb_status person(
    struct recall *re, const inb_stored_person *stored, inb_person *ret_person) {
    inb_person p = {.ref = stored->ref,
        .age = {stored->age_class, INB_YEARS_UNKNOWN},
        .roles = stored->roles,
        .observations = stored->observations,
        .observation_count = stored->observation_count,
        .circumstances = stored->circumstances,
        .circumstance_count = stored->circumstance_count};
    const char *years = NULL;
    int64_t number;
#define X(member) INB_TRY(of_person(re, stored->ref, #member, &p.member));
    INB_I_SEALED_OF_PERSON(X)
#undef X
    INB_TRY(of_person(re, stored->ref, "nationality", &p.nationality));
    INB_TRY(of_person(re, stored->ref, "sex", &p.sex));
    p.sex = p.sex == NULL ? stored->sex : p.sex;
    INB_TRY(of_person(re, stored->ref, "age", &years));
    if (years != NULL && inb_parse_int64(years, strlen(years), &number) && number >= 0 &&
        number <= INB_YEARS_MOST) {
        p.age.years = (int)number;
    }
    *ret_person = p;
    return INB_OK;
}

// "party.3.agency" or "party.3.agency.kvk" to its place, kind and which of the two.
static bool party_field(const char *field, size_t *ret_number, int *ret_kind, bool *ret_kvk) {
    if (strncmp(field, "party.", 6) != 0) {
        return false;
    }
    const char *number = field + 6;
    size_t digits = strspn(number, "0123456789");
    int64_t value;
    if (number[digits] != '.' || !inb_parse_int64(number, digits, &value) || value < 1 ||
        value > INB_SIGNAL_PARTIES_MOST) {
        return false;
    }
    const char *kind = number + digits + 1;
    const char *dot = strchr(kind, '.');
    size_t length = dot == NULL ? strlen(kind) : (size_t)(dot - kind);
    *ret_number = (size_t)value;
    *ret_kind = inb_party_kind_parse(kind, length);
    *ret_kvk = dot != NULL;
    return *ret_kind >= 0;
}

static inb_status parties(struct recall *re, inb_signal *signal) {
    inb_party *list = inb_arena_get(re->arena, INB_SIGNAL_PARTIES_MOST, sizeof *list);
    if (list == NULL) {
        return no_memory(re->err);
    }
    size_t count = 0;
    for (size_t i = 0; i < re->stored->part_count; i++) {
        const inb_stored_part *part = &re->stored->parts[i];
        size_t number;
        int kind;
        bool kvk;
        if (!party_field(part->field, &number, &kind, &kvk)) {
            continue;
        }
        list[number - 1].kind = (inb_party_kind)kind;
        INB_TRY(open_part(re, part, kvk ? &list[number - 1].kvk : &list[number - 1].value));
        count = number > count ? number : count;
    }
    signal->parties = list;
    signal->party_count = count;
    return INB_OK;
}

inb_status inb_recall(const inb_keys *keys, const inb_record_key *key,
    const inb_stored_signal *stored, inb_arena *arena, const inb_signal **ret_signal,
    inb_error *err) {
    struct recall recall = {.keys = keys, .key = key, .stored = stored, .arena = arena, .err = err};
    struct recall *re = &recall;
    inb_signal *signal = inb_arena_get(arena, 1, sizeof *signal);
    inb_person *persons = inb_arena_get(arena, stored->person_count, sizeof *persons);
    if (signal == NULL || persons == NULL) {
        return no_memory(err);
    }
    inb_i_record_name(keys, stored->organisation, stored->id, re->record);
    *signal = (inb_signal){.id = stored->id,
        .source_kind = stored->source_kind,
        .organisation = stored->organisation,
        .municipality = stored->municipality,
        .situation = stored->situation,
        .persons = persons,
        .person_count = stored->person_count};
    INB_TRY(day(re, "seen", stored->seen, &signal->seen));
    INB_TRY(day(re, "noted", stored->noted, &signal->noted));
    INB_TRY(opened(re, "place", &signal->place_detail));
    INB_TRY(opened(re, "text", &signal->text));
    INB_TRY(opened(re, "ground", &signal->ground));
    for (size_t i = 0; i < stored->person_count; i++) {
        INB_TRY(person(re, &stored->persons[i], &persons[i]));
    }
    INB_TRY(parties(re, signal));
    *ret_signal = signal;
    return INB_OK;
}

inb_status inb_i_passing(const inb_keys *keys, const inb_record_key *key,
    const inb_stored_signal *stored, inb_arena *arena, inb_road_passing *ret_passing,
    inb_error *err) {
    struct recall recall = {.keys = keys, .key = key, .stored = stored, .arena = arena, .err = err};
    inb_road_passing passing = {0};
    const char *text = NULL;
    inb_i_record_name(keys, stored->organisation, stored->id, recall.record);
    INB_TRY(opened(&recall, INB_I_PASSED, &text));
    if (text != NULL) {
        size_t length = strlen(text);
        size_t code = strcspn(text, " ");
        passing.to = inb_arena_text(arena, text, code);
        if (passing.to == NULL) {
            return no_memory(err);
        }
        if (length != code + 22 || text[code + 11] != ' ' ||
            !inb_date_parse(text + code + 1, 10, &passing.on) ||
            !inb_date_parse(text + code + 12, 10, &passing.answer_by)) {
            return inb_fail(err, INB_BAD_INPUT, "a sealed passing of the store is none");
        }
    }
    *ret_passing = passing;
    return INB_OK;
}
