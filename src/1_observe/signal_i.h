// SPDX-License-Identifier: EUPL-1.2
// Between a file and a signal, private to observe. Both forms (signal_csv.c, signal_json.c) bring
// one signal into a draft: told texts, each with its place in the file. signal_check.c makes the
// signal of it, so that CSV and JSON have one set of rules.
//
//   file -> form (CSV or JSON) -> inb_draft -> inb_draft_check -> inb_signal
#ifndef INB_OBSERVE_SIGNAL_I_H
#define INB_OBSERVE_SIGNAL_I_H

#include <inbeeld/signal.h>

#include "citizen_number.h"

// ---- the fields of both forms (signal_fields.c) ----

// The object of SIGNAL.json in which a field stands; its name in CSV is "object.key".
enum inb_object {
    INB_IN_ROOT,
    INB_IN_SOURCE,
    INB_IN_PLACE,
    INB_IN_SITUATION,
    INB_IN_PERSON,
    INB_IN_PARTY,
    INB_OBJECTS
};

enum {
    INB_IS_LIST = 1,     // several codes, in CSV with ';'
    INB_IS_PAIRS = 2,    // ids with an answer, in CSV "ID=answer;ID=answer"
    INB_IS_FLAG = 4,     // yes or no
    INB_IS_NUMBER = 8,   // JSON may give a whole number
    INB_IS_SEALED = 16,  // identifies a person or is free text
    INB_IS_LINES = 32,   // may hold line breaks
    INB_ONLY_CSV = 64,   // a column, no key
    INB_ONLY_JSON = 128, // a key, no column
    INB_IS_SHORT = 256   // in CSV the key alone is its name too
};

// X(NAME, object, "prefix", "key", flags, most bytes), signal first, then person, then party.
// clang-format off
#define INB_SIGNAL_FIELDS(X)                                                                       \
    X(ID, ROOT, "", "id", INB_IS_NUMBER, 128)                                                      \
    X(SEEN, ROOT, "", "seen", INB_IS_NUMBER, 32)                                                   \
    X(NOTED, ROOT, "", "noted", INB_IS_NUMBER, 32)                                                 \
    X(TEXT, ROOT, "", "text", INB_IS_SEALED | INB_IS_LINES, INB_SIGNAL_TEXT_MOST)                  \
    X(GROUND, ROOT, "", "ground", INB_IS_LINES, 512)                                               \
    X(SOURCE_KIND, SOURCE, "source.", "kind", 0, 64)                                               \
    X(ORGANISATION, SOURCE, "source.", "organisation", 0, 128)                                     \
    X(MUNICIPALITY, PLACE, "place.", "municipality", 0, 64)                                        \
    X(PLACE_DETAIL, PLACE, "place.", "detail", INB_IS_SEALED | INB_IS_LINES, 1024)                 \
    X(DANGER_NOW, SITUATION, "situation.", "danger_now", INB_IS_FLAG, 64)                          \
    X(UNACCOMPANIED, SITUATION, "situation.", "unaccompanied", INB_IS_FLAG, 64)                    \
    X(DENIES, SITUATION, "situation.", "denies", INB_IS_FLAG, 64)                                  \
    X(PROFITS, SITUATION, "situation.", "profits", INB_IS_LIST, 1024)                              \
    X(SURROUNDINGS, SITUATION, "situation.", "surroundings", INB_IS_LIST, 1024)                    \
    X(CONSENT, SITUATION, "situation.", "consent", 0, 64)                                          \
    X(POLICE, SITUATION, "situation.", "police", 0, 64)                                            \
    X(REF, PERSON, "person.", "ref", INB_IS_NUMBER, 32)                                            \
    X(AGE, PERSON, "person.", "age", INB_IS_NUMBER, 64)                                            \
    X(ROLES, PERSON, "person.", "roles", INB_IS_LIST | INB_IS_SHORT, 1024)                         \
    X(NAME, PERSON, "person.", "name", INB_IS_SEALED, 256)                                         \
    X(GIVEN_NAME, PERSON, "person.", "given_name", INB_IS_SEALED, 256)                             \
    X(PREFIX, PERSON, "person.", "prefix", INB_IS_SEALED, 64)                                      \
    X(SURNAME, PERSON, "person.", "surname", INB_IS_SEALED, 256)                                   \
    X(BIRTH_DATE, PERSON, "person.", "birth_date", INB_IS_SEALED | INB_IS_NUMBER, 32)              \
    X(SEX, PERSON, "person.", "sex", 0, 64)                                                        \
    X(NATIONALITY, PERSON, "person.", "nationality", INB_IS_SEALED, 128)                           \
    X(PERSON_PHONE, PERSON, "person.", "phone", INB_IS_SEALED, 64)                                 \
    X(OBSERVATIONS, PERSON, "person.", "observations", INB_IS_PAIRS | INB_IS_SHORT, 16384)         \
    X(CIRCUMSTANCES, PERSON, "person.", "circumstances", INB_IS_LIST | INB_IS_SHORT, 16384)        \
    X(PARTY_KIND, PARTY, "party.", "kind", INB_ONLY_JSON, 64)                                      \
    X(PARTY_VALUE, PARTY, "party.", "value", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_JSON, 512)    \
    X(KVK, PARTY, "party.", "kvk", INB_IS_SEALED, 32)                                              \
    X(AGENCY, PARTY, "party.", "agency", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_CSV, 512)         \
    X(EMPLOYER, PARTY, "party.", "employer", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_CSV, 512)     \
    X(ADDRESS, PARTY, "party.", "address", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_CSV, 512)       \
    X(VEHICLE, PARTY, "party.", "vehicle", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_CSV, 512)       \
    X(PHONE, PARTY, "party.", "phone", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_CSV, 512)           \
    X(HANDLE, PARTY, "party.", "handle", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_CSV, 512)         \
    X(ACCOUNT, PARTY, "party.", "account", INB_IS_SEALED | INB_IS_LINES | INB_ONLY_CSV, 512)       \
    X(AGENCY_KVK, PARTY, "party.", "agency.kvk", INB_IS_SEALED | INB_ONLY_CSV, 32)                 \
    X(EMPLOYER_KVK, PARTY, "party.", "employer.kvk", INB_IS_SEALED | INB_ONLY_CSV, 32)
// clang-format on

enum inb_field {
#define X(name, object, prefix, key, flags, most) INB_F_##name,
    INB_SIGNAL_FIELDS(X)
#undef X
        INB_FIELDS,
    INB_F_NONE = INB_FIELDS, // the signal as a whole
    INB_FIELDS_OF_SIGNAL = INB_F_REF,
    INB_FIELDS_OF_PERSON = INB_F_PARTY_KIND - INB_F_REF,
    INB_F_PARTY_BY_KIND = INB_F_AGENCY // in the order of inb_party_kind
};

typedef struct inb_field_info {
    const char *name; // "person.age"
    const char *key;  // "age"
    enum inb_object object;
    unsigned flags;
    size_t most; // bytes
} inb_field_info;

extern const inb_field_info inb_field_list[INB_FIELDS];

// Writes what could have stood there, "id seen … source.{kind organisation} …", cut to `size`; of
// one object: its keys.
void inb_fields_list_columns(char *out, size_t size);
void inb_fields_list_keys(enum inb_object object, char *out, size_t size);

// ---- map (signal_map.c) ----

typedef struct inb_map inb_map;

// The map in text[0..length); an empty one for NULL. Owner: the caller.
inb_status inb_map_parse(const char *name, const char *text, size_t length, inb_map **ret_map,
    inb_error *err) INB_NODISCARD;
inb_status inb_map_load(const char *path, inb_map **ret_map, inb_error *err) INB_NODISCARD;
void inb_map_free(inb_map *map); // accepts NULL
void inb_map_freep(inb_map **map);

// What the file calls a field: NULL where it has the field's own name.
const char *inb_map_theirs(const inb_map *map, enum inb_field field);
// Whether a column or key is to be left out.
bool inb_map_ignores(const inb_map *map, const char *theirs);
// Our value for theirs, NULL where the map has none.
const char *inb_map_value(
    const inb_map *map, enum inb_field field, const char *theirs, size_t length);

// ---- draft (signal_draft.c) ----

typedef struct inb_item {
    const char *told;   // id or code as the file has it
    const char *code;   // after the map
    const char *answer; // of pairs, after the map; NULL = none was given
} inb_item;

// What was told of one field. text NULL and no items = nothing.
typedef struct inb_cell {
    const char *text; // NUL-ended
    const inb_item *items;
    size_t item_count;
    size_t line; // of the file; CSV only
    size_t column;
} inb_cell;

typedef struct inb_draft_person {
    inb_cell cells[INB_FIELDS_OF_PERSON];
} inb_draft_person;

typedef struct inb_draft_party {
    inb_cell kind;
    inb_cell value;
    inb_cell kvk;
} inb_draft_party;

// Which part of a draft a complaint is about.
typedef struct inb_where {
    enum inb_field field; // INB_F_NONE: the signal
    size_t index;         // of the person or party
    size_t item;          // of a list, SIZE_MAX: the whole
    bool key;             // JSON: the key of an item rather than its value
} inb_where;

typedef struct inb_draft {
    // Set once.
    const char *name; // of the file, for complaints
    inb_arena *arena; // texts of this signal
    const inb_map *map;
    inb_citizen_count citizen[INB_FIELDS]; // over the whole file
    void (*place)(const struct inb_draft *draft, inb_where where, size_t *line, size_t *column);
    void *form; // of `place`
    // Of this signal.
    size_t line; // where it begins
    size_t column;
    inb_cell signal[INB_FIELDS_OF_SIGNAL];
    inb_draft_person persons[INB_SIGNAL_PERSONS_MOST + 1]; // the last is room to read into
    size_t person_count;
    inb_draft_party parties[INB_SIGNAL_PARTIES_MOST];
    size_t party_count;
} inb_draft;

void inb_draft_reset(inb_draft *draft); // forgets the signal

// Fails with "file:line:column: " before the message.
inb_status inb_draft_fail(const inb_draft *draft, inb_where where, inb_error *err,
    const char *format, ...) INB_PRINTF(4, 5);
inb_status inb_draft_no_memory(const inb_draft *draft, inb_error *err);

// The cell that `where` is about (of a party the one that its field names).
inb_cell *inb_draft_cell(inb_draft *draft, inb_where where);

// Counts a value for the eleven-test.
void inb_draft_count(inb_draft *draft, enum inb_field field, const char *text, size_t length);

// Takes in one told text: refuses what is too long or holds control characters, trims and maps what
// is not sealed. `where` names its field.
inb_status inb_draft_text(inb_draft *draft, inb_where where, const char *text, size_t length,
    inb_cell *cell, inb_error *err) INB_NODISCARD;
// The same of a list as CSV writes it.
inb_status inb_draft_list(inb_draft *draft, inb_where where, const char *text, size_t length,
    inb_cell *cell, inb_error *err) INB_NODISCARD;
// One item of a list; answer NULL where it has none. Bytes need not end in NUL.
inb_status inb_draft_item(inb_draft *draft, inb_where where, const char *code, size_t code_length,
    const char *answer, size_t answer_length, inb_item *ret_item, inb_error *err) INB_NODISCARD;

bool inb_cell_told(const inb_cell *cell);

// ---- check (signal_check.c) ----

// Makes the signal of a draft, in the draft's arena, or complains.
inb_status inb_draft_check(const inb_draft *draft, inb_known_id known, void *payload,
    inb_signal *ret_signal, inb_error *err) INB_NODISCARD;

// ---- the two forms ----

// Bytes of a file, or of memory where path is NULL.
typedef struct inb_origin {
    const char *name;
    const char *path;
    const char *data;
    size_t length;
} inb_origin;

typedef struct inb_signal_csv inb_signal_csv;
inb_status inb_signal_csv_open(const inb_origin *origin, inb_draft *draft,
    inb_signal_csv **ret_form, inb_error *err) INB_NODISCARD;
// Brings the next signal into the draft; *ret_more = false at the end. After INB_BAD_INPUT
// inb_signal_csv_can_go_on says whether the next one can be read.
inb_status inb_signal_csv_next(
    inb_signal_csv *form, inb_draft *draft, bool *ret_more, inb_error *err) INB_NODISCARD;
bool inb_signal_csv_can_go_on(const inb_signal_csv *form);
const char *inb_signal_csv_raw(inb_signal_csv *form, size_t *ret_length);
const char *inb_signal_csv_header(inb_signal_csv *form);
uint64_t inb_signal_csv_offset(const inb_signal_csv *form);
// Where the header names the column of a field.
void inb_signal_csv_column(
    const inb_signal_csv *form, enum inb_field field, size_t *ret_line, size_t *ret_column);
void inb_signal_csv_free(inb_signal_csv *form); // accepts NULL

typedef struct inb_signal_json inb_signal_json;
inb_status inb_signal_json_open(const inb_origin *origin, inb_draft *draft,
    inb_signal_json **ret_form, inb_error *err) INB_NODISCARD;
inb_status inb_signal_json_next(
    inb_signal_json *form, inb_draft *draft, bool *ret_more, inb_error *err) INB_NODISCARD;
bool inb_signal_json_can_go_on(const inb_signal_json *form);
const char *inb_signal_json_raw(inb_signal_json *form, size_t *ret_length);
uint64_t inb_signal_json_offset(const inb_signal_json *form);
void inb_signal_json_free(inb_signal_json *form); // accepts NULL

#endif
