// SPDX-License-Identifier: EUPL-1.2
// What every signal must satisfy, whichever file it came from: known codes and ids, dates that
// exist and stand in order, an age that goes with the date of birth, nothing twice. Complaints show
// ids of the norm's shape and no other value of the file.

#include "signal_i.h"

#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct check {
    const inb_draft *draft;
    inb_known_id known;
    void *payload;
    inb_error *err;
};

#define X(name, code) " " code
static const char reporter_codes[] = INB_REPORTERS(X);
static const char role_codes[] = INB_ROLES(X);
static const char profit_codes[] = INB_PROFITS(X);
static const char surrounding_codes[] = INB_SURROUNDINGS(X);
static const char consent_codes[] = INB_CONSENTS(X);
static const char police_codes[] = INB_POLICE_WISHES(X);
static const char party_codes[] = INB_PARTY_KINDS(X);
#undef X

static inb_where at(enum inb_field field, size_t index) {
    return (inb_where){field, index, SIZE_MAX, false};
}

static const inb_cell *of_signal(const struct check *c, enum inb_field field) {
    return &c->draft->signal[field];
}

static const inb_cell *of_person(const struct check *c, size_t person, enum inb_field field) {
    return &c->draft->persons[person].cells[field - INB_F_REF];
}

static void *get(struct check *c, size_t count, size_t size, inb_status *status) {
    void *memory = inb_arena_get(c->draft->arena, count, size);
    if (memory == NULL) {
        *status = inb_draft_no_memory(c->draft, c->err);
    }
    return memory;
}

// ---- codes ----

typedef int (*parse_function)(const char *code, size_t length);

static inb_status code(struct check *c, const char *text, inb_where where, parse_function parse,
    const char *codes, int *ret_value) {
    int value = parse(text, strlen(text));
    if (value < 0) {
        return inb_draft_fail(c->draft, where, c->err,
            "found something that is no '%s', expected one of:%s", inb_field_list[where.field].name,
            codes);
    }
    *ret_value = value;
    return INB_OK;
}

// A code that may be left out: *ret_value stays.
static inb_status code_of(struct check *c, const inb_cell *cell, enum inb_field field,
    parse_function parse, const char *codes, int *ret_value) {
    return cell->text == NULL ? INB_OK : code(c, cell->text, at(field, 0), parse, codes, ret_value);
}

static inb_status code_bits(struct check *c, const inb_cell *cell, inb_where where,
    parse_function parse, const char *codes, uint32_t *ret_bits) {
    uint32_t bits = 0;
    for (size_t i = 0; i < cell->item_count; i++) {
        int value;
        where.item = i;
        INB_TRY(code(c, cell->items[i].code, where, parse, codes, &value));
        bits |= 1u << value;
    }
    *ret_bits = bits;
    return INB_OK;
}

static int parse_flag(const char *text, size_t length) {
    static const char *const words[] = {"no", "yes", "false", "true", "0", "1"};
    for (int i = 0; i < 6; i++) {
        if (inb_equals(text, length, words[i])) {
            return i % 2;
        }
    }
    return -1;
}

static inb_status flag(struct check *c, enum inb_field field, bool *ret_flag) {
    int value = 0;
    INB_TRY(code_of(c, of_signal(c, field), field, parse_flag, " yes no true false 1 0", &value));
    *ret_flag = value == 1;
    return INB_OK;
}

static inb_status situation(struct check *c, inb_situation *ret) {
    uint32_t bits;
    int value = 0;
    INB_TRY(flag(c, INB_F_DANGER_NOW, &ret->danger_now));
    INB_TRY(flag(c, INB_F_UNACCOMPANIED, &ret->unaccompanied));
    INB_TRY(flag(c, INB_F_DENIES, &ret->denies));
    INB_TRY(code_bits(c, of_signal(c, INB_F_PROFITS), at(INB_F_PROFITS, 0), inb_profit_parse,
        profit_codes, &bits));
    ret->profits = (uint8_t)bits;
    INB_TRY(code_bits(c, of_signal(c, INB_F_SURROUNDINGS), at(INB_F_SURROUNDINGS, 0),
        inb_surrounding_parse, surrounding_codes, &bits));
    ret->surroundings = (uint8_t)bits;
    value = INB_CONSENT_NOT_ASKED;
    INB_TRY(code_of(
        c, of_signal(c, INB_F_CONSENT), INB_F_CONSENT, inb_consent_parse, consent_codes, &value));
    ret->consent = (inb_consent)value;
    value = INB_POLICE_NOT_ASKED;
    INB_TRY(code_of(
        c, of_signal(c, INB_F_POLICE), INB_F_POLICE, inb_police_parse, police_codes, &value));
    ret->police = (inb_police_wish)value;
    return INB_OK;
}

// ---- dates and ages ----

static inb_status date(struct check *c, const inb_cell *cell, inb_where where, inb_date *ret_date) {
    *ret_date = (inb_date){0, 0, 0};
    if (cell->text != NULL && !inb_date_parse(cell->text, strlen(cell->text), ret_date)) {
        return inb_draft_fail(c->draft, where, c->err,
            "found something that is no date that exists, expected YYYY-MM-DD, YYYY-MM or YYYY for "
            "'%s'",
            inb_field_list[where.field].name);
    }
    return INB_OK;
}

static inb_status dates(struct check *c, inb_signal *signal) {
    INB_TRY(date(c, of_signal(c, INB_F_SEEN), at(INB_F_SEEN, 0), &signal->seen));
    INB_TRY(date(c, of_signal(c, INB_F_NOTED), at(INB_F_NOTED, 0), &signal->noted));
    if (signal->seen.year != 0 && signal->noted.year != 0 &&
        inb_date_first_day(signal->seen) > inb_date_last_day(signal->noted)) {
        return inb_draft_fail(c->draft, at(INB_F_SEEN, 0), c->err,
            "found a day in 'seen' after the one in 'noted', expected the same day or an earlier "
            "one");
    }
    return INB_OK;
}

static inb_status age(struct check *c, size_t person, inb_age *ret_age) {
    const inb_cell *cell = of_person(c, person, INB_F_AGE);
    const char *text = cell->text;
    size_t length = text == NULL ? 0 : strlen(text);
    int64_t years;
    if (text == NULL) {
        *ret_age = (inb_age){INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN};
    } else if (inb_equals(text, length, "child")) {
        *ret_age = (inb_age){INB_AGE_CHILD, INB_YEARS_UNKNOWN};
    } else if (inb_equals(text, length, "adult")) {
        *ret_age = (inb_age){INB_AGE_ADULT, INB_YEARS_UNKNOWN};
    } else if (inb_parse_int64(text, length, &years) && years >= 0 && years <= INB_YEARS_MOST) {
        *ret_age = inb_age_of_years((int)years);
    } else {
        return inb_draft_fail(c->draft, at(INB_F_AGE, person), c->err,
            "found something that is no age, expected a whole number from 0 to 130, child, adult "
            "or nothing");
    }
    return INB_OK;
}

// The age on the day it was seen, against the date of birth; what is not told follows from it.
static inb_status age_and_birth(
    struct check *c, const inb_signal *signal, size_t person, inb_age *age_told) {
    inb_where where = at(INB_F_BIRTH_DATE, person);
    inb_date born;
    INB_TRY(date(c, of_person(c, person, INB_F_BIRTH_DATE), where, &born));
    bool seen = signal->seen.year != 0;
    inb_date until = signal->noted.year != 0 ? signal->noted : signal->seen;
    if (born.year == 0 || until.year == 0) {
        return INB_OK;
    }
    int least;
    int most;
    int least_noted;
    int most_noted; // told on the day it was noted, the age may be a year more
    inb_date_age(born, seen ? signal->seen : until, &least, &most);
    least = seen ? least : 0; // it may have been seen long before it was noted
    inb_date_age(born, until, &least_noted, &most_noted);
    if (most < 0 || least > INB_YEARS_MOST) {
        return inb_draft_fail(c->draft, where, c->err,
            "found a date of birth that goes with no age from 0 to 130 on the day it was seen, "
            "expected one that does");
    }
    bool agrees = age_told->years != INB_YEARS_UNKNOWN
                      ? age_told->years >= least && age_told->years <= most_noted
                  : age_told->class_ == INB_AGE_CHILD ? least < INB_ADULT_FROM
                  : age_told->class_ == INB_AGE_ADULT ? most_noted >= INB_ADULT_FROM
                                                      : true;
    if (!agrees) {
        return inb_draft_fail(c->draft, at(INB_F_AGE, person), c->err,
            "found an age that does not go with the date of birth, expected the age on the day it "
            "was seen");
    }
    if (age_told->class_ == INB_AGE_UNKNOWN && seen) {
        least = least < 0 ? 0 : least;
        if (least == most) {
            *age_told = inb_age_of_years(least);
        } else if (most < INB_ADULT_FROM) {
            *age_told = (inb_age){INB_AGE_CHILD, INB_YEARS_UNKNOWN};
        } else if (least >= INB_ADULT_FROM) {
            *age_told = (inb_age){INB_AGE_ADULT, INB_YEARS_UNKNOWN};
        }
    }
    return INB_OK;
}

// ---- ids of the norm ----

// "D1-01", "CI-23", "CR-33": what may be shown of an id that is not known.
static bool has_shape_of_id(const char *id) {
    size_t capitals = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t digit = strspn(id + capitals, "0123456789");
    const char *dash = id + capitals + digit;
    size_t number = *dash == '-' ? strspn(dash + 1, "0123456789") : 0;
    return capitals >= 1 && capitals <= 2 && digit <= 1 && number >= 1 && number <= 2 &&
           dash[1 + number] == '\0';
}

static inb_status known_id(struct check *c, const char *id, bool circumstance, inb_where where) {
    size_t length = strlen(id);
    if (c->known(id, length, circumstance, c->payload)) {
        return INB_OK;
    }
    const char *wanted = circumstance ? "a circumstance" : "an indicator";
    where.key = !circumstance;
    if (c->known(id, length, !circumstance, c->payload)) { // known, so ours to show
        return inb_draft_fail(c->draft, where, c->err,
            "found '%s', which belongs under '%s', expected the id of %s", id,
            circumstance ? "observations" : "circumstances", wanted);
    }
    if (has_shape_of_id(id)) {
        return inb_draft_fail(c->draft, where, c->err,
            "found the unknown id '%s', expected the id of %s", id, wanted);
    }
    return inb_draft_fail(
        c->draft, where, c->err, "found something that is no id, expected the id of %s", wanted);
}

static bool came_before(const inb_cell *cell, size_t item) {
    for (size_t i = 0; i < item; i++) {
        if (strcmp(cell->items[i].code, cell->items[item].code) == 0) {
            return true;
        }
    }
    return false;
}

static inb_status twice(struct check *c, const char *id, inb_where where) {
    where.key = where.field == INB_F_OBSERVATIONS;
    return inb_draft_fail(
        c->draft, where, c->err, "found '%s' a second time, expected each id once", id);
}

static inb_status observations(struct check *c, size_t index, inb_person *person) {
    const inb_cell *cell = of_person(c, index, INB_F_OBSERVATIONS);
    inb_status status = INB_OK;
    inb_observation *list = get(c, cell->item_count, sizeof *list, &status);
    INB_TRY(status);
    for (size_t i = 0; i < cell->item_count; i++) {
        const inb_item *item = &cell->items[i];
        inb_where where = {INB_F_OBSERVATIONS, index, i, false};
        INB_TRY(known_id(c, item->code, false, where));
        if (came_before(cell, i)) {
            return twice(c, item->code, where);
        }
        const char *answer = item->answer == NULL ? "" : item->answer;
        static const char *const answers[] = {"yes", "no", "unknown"}; // as inb_answer
        size_t value = 0;
        while (value < 3 && strcmp(answers[value], answer) != 0) {
            value++;
        }
        if (value == 3) {
            return inb_draft_fail(c->draft, where, c->err,
                "found %s for '%s', expected yes, no or unknown",
                item->answer == NULL ? "no answer" : "another answer", item->code);
        }
        list[i] = (inb_observation){item->code, (inb_answer)value};
    }
    person->observations = list;
    person->observation_count = cell->item_count;
    return INB_OK;
}

static inb_status circumstances(struct check *c, size_t index, inb_person *person) {
    const inb_cell *cell = of_person(c, index, INB_F_CIRCUMSTANCES);
    inb_status status = INB_OK;
    const char **list = get(c, cell->item_count, sizeof *list, &status);
    INB_TRY(status);
    for (size_t i = 0; i < cell->item_count; i++) {
        inb_where where = {INB_F_CIRCUMSTANCES, index, i, false};
        INB_TRY(known_id(c, cell->items[i].code, true, where));
        if (came_before(cell, i)) {
            return twice(c, cell->items[i].code, where);
        }
        list[i] = cell->items[i].code;
    }
    person->circumstances = list;
    person->circumstance_count = cell->item_count;
    return INB_OK;
}

// ---- persons ----

static inb_status ref(
    struct check *c, const inb_person *persons, size_t index, const char **ret_ref) {
    const char *text = of_person(c, index, INB_F_REF)->text;
    if (text == NULL) {
        inb_status status = INB_OK;
        char *number = get(c, 1, 24, &status);
        INB_TRY(status);
        snprintf(number, 24, "%zu", index + 1);
        text = number;
    }
    if (text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] !=
        '\0') {
        return inb_draft_fail(c->draft, at(INB_F_REF, index), c->err,
            "found something else than letters, digits, '_' and '-', expected a ref such as 'a'");
    }
    for (size_t i = 0; i < index; i++) {
        if (strcmp(persons[i].ref, text) == 0) {
            return inb_draft_fail(c->draft, at(INB_F_REF, index), c->err,
                "found the ref of an earlier person of this signal, expected each ref once");
        }
    }
    *ret_ref = text;
    return INB_OK;
}

static inb_status person(
    struct check *c, const inb_signal *signal, inb_person *persons, size_t index) {
    inb_person *p = &persons[index];
    INB_TRY(ref(c, persons, index, &p->ref));
    INB_TRY(age(c, index, &p->age));
    INB_TRY(age_and_birth(c, signal, index, &p->age));
    INB_TRY(code_bits(c, of_person(c, index, INB_F_ROLES), at(INB_F_ROLES, index), inb_role_parse,
        role_codes, &p->roles));
    p->name = of_person(c, index, INB_F_NAME)->text;
    p->given_name = of_person(c, index, INB_F_GIVEN_NAME)->text;
    p->prefix = of_person(c, index, INB_F_PREFIX)->text;
    p->surname = of_person(c, index, INB_F_SURNAME)->text;
    p->birth_date = of_person(c, index, INB_F_BIRTH_DATE)->text;
    p->sex = of_person(c, index, INB_F_SEX)->text;
    p->nationality = of_person(c, index, INB_F_NATIONALITY)->text;
    p->phone = of_person(c, index, INB_F_PERSON_PHONE)->text;
    INB_TRY(observations(c, index, p));
    return circumstances(c, index, p);
}

// ---- parties ----

static bool is_kvk(const char *text) {
    return strlen(text) == 8 && strspn(text, "0123456789") == 8;
}

static inb_status party(struct check *c, size_t index, inb_party *ret_party) {
    const inb_draft_party *told = &c->draft->parties[index];
    inb_where kind_where = at(INB_F_PARTY_KIND, index);
    inb_where kvk_where = at(INB_F_KVK, index);
    int kind;
    if (told->kind.text == NULL) {
        return inb_draft_fail(c->draft, kind_where, c->err,
            "found a party without 'kind', expected one of:%s", party_codes);
    }
    INB_TRY(code(c, told->kind.text, kind_where, inb_party_kind_parse, party_codes, &kind));
    bool registered = kind == INB_PARTY_AGENCY || kind == INB_PARTY_EMPLOYER;
    if (told->kvk.text != NULL && !registered) {
        return inb_draft_fail(c->draft, kvk_where, c->err,
            "found a 'kvk' of another kind of party, expected one of an agency or employer");
    }
    if (told->kvk.text != NULL && !is_kvk(told->kvk.text)) {
        return inb_draft_fail(c->draft, kvk_where, c->err,
            "found something that is no chamber of commerce number, expected eight digits");
    }
    if (told->value.text == NULL && told->kvk.text == NULL) {
        return inb_draft_fail(c->draft, at(INB_F_PARTY_VALUE, index), c->err,
            "found a party without 'value', expected one");
    }
    *ret_party = (inb_party){(inb_party_kind)kind, told->value.text, told->kvk.text};
    return INB_OK;
}

// ---- the signal ----

static bool is_municipality(const char *text) {
    return strlen(text) == 6 && strncmp(text, "GM", 2) == 0 && strspn(text + 2, "0123456789") == 4;
}

static inb_status head(struct check *c, inb_signal *signal) {
    signal->id = of_signal(c, INB_F_ID)->text;
    if (signal->id == NULL) {
        return inb_draft_fail(
            c->draft, at(INB_F_ID, 0), c->err, "found a signal without 'id', expected one");
    }
    const inb_cell *kind = of_signal(c, INB_F_SOURCE_KIND);
    inb_where kind_where = at(INB_F_SOURCE_KIND, 0);
    int value;
    if (kind->text == NULL) {
        return inb_draft_fail(c->draft, kind_where, c->err,
            "found a signal without 'source.kind', expected one of:%s", reporter_codes);
    }
    INB_TRY(code(c, kind->text, kind_where, inb_reporter_parse, reporter_codes, &value));
    signal->source_kind = (inb_reporter)value;
    signal->organisation = of_signal(c, INB_F_ORGANISATION)->text;
    INB_TRY(dates(c, signal));
    signal->municipality = of_signal(c, INB_F_MUNICIPALITY)->text;
    if (signal->municipality != NULL && !is_municipality(signal->municipality)) {
        return inb_draft_fail(c->draft, at(INB_F_MUNICIPALITY, 0), c->err,
            "found something that is no code of a municipality, expected GM and four digits");
    }
    signal->place_detail = of_signal(c, INB_F_PLACE_DETAIL)->text;
    signal->text = of_signal(c, INB_F_TEXT)->text;
    signal->ground = of_signal(c, INB_F_GROUND)->text;
    return situation(c, &signal->situation);
}

inb_status inb_draft_check(const inb_draft *draft, inb_known_id known, void *payload,
    inb_signal *ret_signal, inb_error *err) {
    struct check check = {draft, known, payload, err};
    struct check *c = &check;
    inb_signal signal = {0};
    inb_status status = INB_OK;
    INB_TRY(head(c, &signal));
    inb_person *persons = get(c, draft->person_count, sizeof *persons, &status);
    INB_TRY(status);
    for (size_t i = 0; i < draft->person_count; i++) {
        INB_TRY(person(c, &signal, persons, i));
    }
    inb_party *parties = get(c, draft->party_count, sizeof *parties, &status);
    INB_TRY(status);
    for (size_t i = 0; i < draft->party_count; i++) {
        INB_TRY(party(c, i, &parties[i]));
    }
    signal.persons = persons;
    signal.person_count = draft->person_count;
    signal.parties = parties;
    signal.party_count = draft->party_count;
    *ret_signal = signal;
    return INB_OK;
}
