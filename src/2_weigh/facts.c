// SPDX-License-Identifier: EUPL-1.2
// FACTS.json to the type that is weighed. Unknown keys, excluded proxies and ids in the wrong place
// are refused with line and column, so that origin or sex cannot be passed in. Complaints name keys
// and ids, never the text of an unknown value: it may be a name, whatever it looks like.

#include <inbeeld/weigh.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"

#include <string.h>

enum { MOST_STEPS = 6 };

// Where in the document we are, for complaints.
struct reader {
    const inb_catalogue *catalogue;
    const inb_json *json;
    inb_json_step path[MOST_STEPS];
    size_t steps;
    inb_error *err;
};

static inb_status complain(
    struct reader *r, enum inb_json_part part, const char *found, const char *expected) {
    return inb_json_fail(
        r->json, r->path, r->steps, part, r->err, "found %s, expected %s", found, expected);
}

// A key that may be shown: only letters, digits, '_' and '-', at most 40.
static bool is_code(const char *text) {
    size_t length = strlen(text);
    return length > 0 && length <= 40 &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
               length;
}

// An id that may be shown: made as those of the norm are, "D1-01".
static bool is_id(const char *text) {
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char digits[] = "0123456789";
    return strlen(text) == 5 && strchr(capitals, text[0]) != NULL &&
           (strchr(capitals, text[1]) != NULL || strchr(digits, text[1]) != NULL) &&
           text[2] == '-' && strspn(text + 3, digits) == 2;
}

static void enter(struct reader *r, const char *key, size_t index) {
    r->path[r->steps++] = (inb_json_step){key, index};
}

static void leave(struct reader *r) {
    r->steps--;
}

typedef inb_status (*reader_function)(struct reader *, const json_t *, inb_facts *);

// One member of an object: its key, whether it must be there, who reads it.
struct member {
    const char *key;
    bool required;
    reader_function read;
};

// What keys would have been right, "a, b, c".
static void list_keys(const struct member *members, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (; members->key != NULL; members++) {
        size_t length = strlen(members->key);
        if (used + length + 3 < size) { // unreachable: all keys together are shorter
            memcpy(out + used, used == 0 ? "" : ", ", used == 0 ? 0 : 2);
            used += used == 0 ? 0 : 2;
            memcpy(out + used, members->key, length + 1);
            used += length;
        }
    }
}

static inb_status read_object(
    struct reader *r, const json_t *object, const struct member *members, inb_facts *facts) {
    char expected[200];
    if (!json_is_object(object)) {
        return complain(r, INB_JSON_VALUE, inb_json_kind(object), "an object");
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        const struct member *member = members;
        while (member->key != NULL && strcmp(member->key, key) != 0) {
            member++;
        }
        enter(r, key, 0);
        if (member->key == NULL) {
            list_keys(members, expected, sizeof expected);
            return inb_json_fail(r->json, r->path, r->steps, INB_JSON_KEY, r->err,
                "found the unknown key '%s', expected one of: %s", is_code(key) ? key : "?",
                expected);
        }
        INB_TRY(member->read(r, value, facts));
        leave(r);
    }
    for (const struct member *member = members; member->key != NULL; member++) {
        if (member->required && json_object_get(object, member->key) == NULL) {
            return inb_json_fail(r->json, r->path, r->steps, INB_JSON_VALUE, r->err,
                "found no key '%s', expected one", member->key);
        }
    }
    return INB_OK;
}

// ---- codes ----

// The value of a text by `parse`, or a complaint that lists `codes`.
static inb_status read_code(struct reader *r, const json_t *value,
    int (*parse)(const char *, size_t), const char *codes, int *ret_value) {
    if (!json_is_string(value)) {
        return complain(r, INB_JSON_VALUE, inb_json_kind(value), codes);
    }
    int found = parse(json_string_value(value), json_string_length(value));
    if (found < 0) {
        return inb_json_fail(r->json, r->path, r->steps, INB_JSON_VALUE, r->err,
            "found another text, expected one of: %s", codes);
    }
    *ret_value = found;
    return INB_OK;
}

static inb_status read_code_list(struct reader *r, const json_t *list,
    int (*parse)(const char *, size_t), const char *codes, uint32_t *ret_bits) {
    if (!json_is_array(list)) {
        return complain(r, INB_JSON_VALUE, inb_json_kind(list), "a list");
    }
    uint32_t bits = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        enter(r, NULL, i);
        int value;
        INB_TRY(read_code(r, json_array_get(list, i), parse, codes, &value));
        bits |= 1u << value;
        leave(r);
    }
    *ret_bits = bits;
    return INB_OK;
}

#define X(name, code) code " "
static const char reporter_codes[] = INB_REPORTERS(X);
static const char role_codes[] = INB_ROLES(X);
static const char profit_codes[] = INB_PROFITS(X);
static const char surrounding_codes[] = INB_SURROUNDINGS(X);
static const char consent_codes[] = INB_CONSENTS(X);
static const char police_codes[] = INB_POLICE_WISHES(X);
#undef X

// ---- person ----

static inb_status read_age(struct reader *r, const json_t *value, inb_facts *facts) {
    static const char expected[] = "a whole number from 0 to 130, \"child\", \"adult\" or null";
    if (json_is_null(value)) {
        facts->age = (inb_age){INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN};
    } else if (json_is_integer(value)) {
        json_int_t years = json_integer_value(value);
        if (years < 0 || years > INB_YEARS_MOST) {
            return complain(r, INB_JSON_VALUE, "a number out of range", expected);
        }
        facts->age = inb_age_of_years((int)years);
    } else if (json_is_string(value) && strcmp(json_string_value(value), "child") == 0) {
        facts->age = (inb_age){INB_AGE_CHILD, INB_YEARS_UNKNOWN};
    } else if (json_is_string(value) && strcmp(json_string_value(value), "adult") == 0) {
        facts->age = (inb_age){INB_AGE_ADULT, INB_YEARS_UNKNOWN};
    } else {
        return complain(r, INB_JSON_VALUE,
            json_is_string(value) ? "another text" : inb_json_kind(value), expected);
    }
    return INB_OK;
}

static inb_status read_roles(struct reader *r, const json_t *value, inb_facts *facts) {
    return read_code_list(r, value, inb_role_parse, role_codes, &facts->roles);
}

static inb_status read_person(struct reader *r, const json_t *value, inb_facts *facts) {
    static const struct member members[] = {
        {"age", true, read_age}, {"roles", false, read_roles}, {NULL, false, NULL}};
    return read_object(r, value, members, facts);
}

// ---- observations and circumstances ----

// The row of an id of the wanted kind.
static inb_status find_row(
    struct reader *r, const char *id, inb_kind wanted, enum inb_json_part part, size_t *ret_row) {
    size_t row = inb_catalogue_find(r->catalogue, id, strlen(id));
    const char *shown = is_id(id) ? id : "?";
    if (row == SIZE_MAX) {
        return inb_json_fail(r->json, r->path, r->steps, part, r->err,
            "found the unknown id '%s', expected the id of %s", shown,
            wanted == INB_INDICATOR ? "an indicator" : "a circumstance");
    }
    inb_kind kind = inb_catalogue_row(r->catalogue, row)->kind;
    if (kind == INB_EXCLUDED_PROXY) {
        return inb_json_fail(r->json, r->path, r->steps, part, r->err,
            "found '%s', an excluded proxy that may never count, expected the id of %s", shown,
            wanted == INB_INDICATOR ? "an indicator" : "a circumstance");
    }
    if (kind != wanted) {
        return inb_json_fail(r->json, r->path, r->steps, part, r->err,
            "found '%s', which belongs under '%s', expected the id of %s", shown,
            kind == INB_INDICATOR ? "observations" : "circumstances",
            wanted == INB_INDICATOR ? "an indicator" : "a circumstance");
    }
    *ret_row = row;
    return INB_OK;
}

static inb_status read_observations(struct reader *r, const json_t *object, inb_facts *facts) {
    if (!json_is_object(object)) {
        return complain(r, INB_JSON_VALUE, inb_json_kind(object), "an object of ids and answers");
    }
    const char *id;
    json_t *value;
    json_object_foreach((json_t *)object, id, value) {
        enter(r, id, 0);
        size_t row;
        INB_TRY(find_row(r, id, INB_INDICATOR, INB_JSON_KEY, &row));
        const char *answer = json_is_string(value) ? json_string_value(value) : "";
        if (strcmp(answer, "yes") == 0) {
            inb_set_add(&facts->yes, row);
        } else if (strcmp(answer, "no") == 0) {
            inb_set_add(&facts->no, row);
        } else if (strcmp(answer, "unknown") == 0) {
            inb_set_add(&facts->unknown, row);
        } else {
            return complain(r, INB_JSON_VALUE,
                json_is_string(value) ? "another answer" : inb_json_kind(value),
                "\"yes\", \"no\" or \"unknown\"");
        }
        leave(r);
    }
    return INB_OK;
}

static inb_status read_circumstances(struct reader *r, const json_t *list, inb_facts *facts) {
    if (!json_is_array(list)) {
        return complain(r, INB_JSON_VALUE, inb_json_kind(list), "a list of ids");
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        enter(r, NULL, i);
        if (!json_is_string(value)) {
            return complain(r, INB_JSON_VALUE, inb_json_kind(value),
                "the id of a circumstance, such as \"CI-01\"");
        }
        size_t row;
        INB_TRY(find_row(r, json_string_value(value), INB_CIRCUMSTANCE, INB_JSON_VALUE, &row));
        inb_set_add(&facts->circumstances, row);
        leave(r);
    }
    return INB_OK;
}

// ---- situation and reporter ----

static inb_status read_flag(struct reader *r, const json_t *value, bool *ret_flag) {
    if (!json_is_boolean(value)) {
        return complain(r, INB_JSON_VALUE, inb_json_kind(value), "true or false");
    }
    *ret_flag = json_is_true(value);
    return INB_OK;
}

static inb_status read_danger(struct reader *r, const json_t *value, inb_facts *facts) {
    return read_flag(r, value, &facts->situation.danger_now);
}

static inb_status read_unaccompanied(struct reader *r, const json_t *value, inb_facts *facts) {
    return read_flag(r, value, &facts->situation.unaccompanied);
}

static inb_status read_denies(struct reader *r, const json_t *value, inb_facts *facts) {
    return read_flag(r, value, &facts->situation.denies);
}

static inb_status read_profits(struct reader *r, const json_t *value, inb_facts *facts) {
    uint32_t bits;
    INB_TRY(read_code_list(r, value, inb_profit_parse, profit_codes, &bits));
    facts->situation.profits = (uint8_t)bits;
    return INB_OK;
}

static inb_status read_surroundings(struct reader *r, const json_t *value, inb_facts *facts) {
    uint32_t bits;
    INB_TRY(read_code_list(r, value, inb_surrounding_parse, surrounding_codes, &bits));
    facts->situation.surroundings = (uint8_t)bits;
    return INB_OK;
}

static inb_status read_consent(struct reader *r, const json_t *value, inb_facts *facts) {
    int found;
    INB_TRY(read_code(r, value, inb_consent_parse, consent_codes, &found));
    facts->situation.consent = (inb_consent)found;
    return INB_OK;
}

static inb_status read_police(struct reader *r, const json_t *value, inb_facts *facts) {
    int found;
    INB_TRY(read_code(r, value, inb_police_parse, police_codes, &found));
    facts->situation.police = (inb_police_wish)found;
    return INB_OK;
}

static inb_status read_situation(struct reader *r, const json_t *value, inb_facts *facts) {
    static const struct member members[] = {{"danger_now", false, read_danger},
        {"unaccompanied", false, read_unaccompanied}, {"denies", false, read_denies},
        {"profits", false, read_profits}, {"surroundings", false, read_surroundings},
        {"consent", false, read_consent}, {"police", false, read_police}, {NULL, false, NULL}};
    return read_object(r, value, members, facts);
}

static inb_status read_reporter(struct reader *r, const json_t *value, inb_facts *facts) {
    int found;
    INB_TRY(read_code(r, value, inb_reporter_parse, reporter_codes, &found));
    facts->reporter = (inb_reporter)found;
    return INB_OK;
}

// ---- public ----

inb_status inb_facts_parse(const inb_catalogue *catalogue, const char *name, const char *text,
    size_t length, inb_facts *ret_facts, inb_error *err) {
    static const struct member members[] = {{"person", true, read_person},
        {"observations", true, read_observations}, {"circumstances", false, read_circumstances},
        {"situation", false, read_situation}, {"reporter", true, read_reporter},
        {NULL, false, NULL}};
    INB_CLEANUP(inb_json_clear) inb_json json = INB_JSON_INIT;
    INB_TRY(inb_json_parse(name, text, length, &json, err));
    inb_facts facts = {.age = {INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN}};
    struct reader reader = {.catalogue = catalogue, .json = &json, .err = err};
    INB_TRY(read_object(&reader, json.root, members, &facts));
    *ret_facts = facts;
    return INB_OK;
}
