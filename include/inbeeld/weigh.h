// SPDX-License-Identifier: EUPL-1.2
// Station 2, weigh: facts in, finding out, by the norm. The norm is the catalogue (data); the rules
// that combine are the ILO's operational method (ILO/EC 2009, WCMS_105023) and the elements of
// art. 273f Sr (act, means, purpose; for children no means are needed). A finding touches parts of
// the law; it proves nothing.
//
// inb_facts is the type that is weighed. It has no field for nationality, sex, religion, origin or
// name, so nothing here can depend on them. Weighing is pure: same facts, same catalogue, same
// finding; no allocation, no clock, no store.
#ifndef INBEELD_WEIGH_H
#define INBEELD_WEIGH_H

#include <inbeeld/buffer.h>
#include <inbeeld/observe.h>
#include <inbeeld/status.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    INB_SET_WORDS = 4,
    INB_MAX_ROWS = INB_SET_WORDS * 64, // rows in indicators.csv
    INB_MAX_ROUTES = 64,
    INB_MAX_ROUTING = 1024, // rows in routing.csv
    INB_MAX_ADVICE = 192,   // ids of a kind in advice.csv
    INB_DIMENSIONS = 6,
    INB_ASK_MOST = 6
};

// A set of rows of the catalogue's indicator list.
typedef struct inb_set {
    uint64_t words[INB_SET_WORDS];
} inb_set;

static inline bool inb_set_has(const inb_set *set, size_t row) {
    return (set->words[row / 64] >> (row % 64) & 1) != 0;
}

static inline void inb_set_add(inb_set *set, size_t row) {
    set->words[row / 64] |= (uint64_t)1 << (row % 64);
}

static inline void inb_set_drop(inb_set *set, size_t row) {
    set->words[row / 64] &= ~((uint64_t)1 << (row % 64));
}

// ---- the catalogue ----

#define INB_FORMS(X)                                                                               \
    X(LABOUR, "labour")                                                                            \
    X(SEXUAL, "sexual")                                                                            \
    X(CRIMINAL, "criminal")                                                                        \
    X(BEGGING, "begging")                                                                          \
    X(SERVICES, "services")                                                                        \
    X(ORGAN, "organ")                                                                              \
    X(MARRIAGE, "marriage")                                                                        \
    X(UNSPECIFIED, "unspecified")

typedef enum inb_form {
#define X(name, code) INB_FORM_##name,
    INB_FORMS(X)
#undef X
        INB_FORM_COUNT
} inb_form;

typedef enum inb_level { INB_LEVEL_NONE, INB_LEVEL_SOMETHING, INB_LEVEL_ELEMENTS } inb_level;
typedef enum inb_element { INB_ACT, INB_MEANS, INB_PURPOSE, INB_ELEMENT_COUNT } inb_element;
typedef enum inb_kind { INB_INDICATOR, INB_CIRCUMSTANCE, INB_EXCLUDED_PROXY } inb_kind;
typedef enum inb_weight {
    INB_WEIGHT_NONE, // no published weight, or not listed for this age class
    INB_WEIGHT_WEAK,
    INB_WEIGHT_MEDIUM,
    INB_WEIGHT_STRONG
} inb_weight;
typedef enum inb_basis {
    INB_BASIS_MUST,
    INB_BASIS_MAY,
    INB_BASIS_CONSENT,
    INB_BASIS_ADVICE_ONLY,
    INB_BASIS_COUNT
} inb_basis;
typedef enum inb_criminal { INB_CRIMINAL_NO, INB_CRIMINAL_MIXED, INB_CRIMINAL_YES } inb_criminal;
typedef enum inb_advice_kind {
    INB_ADVICE_DO,
    INB_ADVICE_DONT,
    INB_ADVICE_OFFER,
    INB_ADVICE_NOTE,
    INB_ADVICE_KINDS
} inb_advice_kind;

// One row of the norm. All text is static to the catalogue.
typedef struct inb_indicator {
    const char *id;
    inb_kind kind;
    unsigned category;    // leading number of the category
    uint8_t forms;        // bit per inb_form that is named
    bool any_form;        // names `any`
    uint8_t elements;     // bit per inb_element
    int8_t dimension;     // 0..5 for D1..D6, -1 = none
    inb_weight weight[2]; // [0] for an adult, [1] for a child
    bool for_child;       // applies_to child
    bool for_adult;       // applies_to adult
    bool adults_too;      // of a row for children: holds for an adult as well
    bool omitted;         // the proxy review left it out: never asked, never counted
} inb_indicator;

typedef struct inb_route {
    const char *id;
    inb_criminal criminal;
    bool regional;
    bool researched; // false: no date or source, shown as such, never first
    const char *contact;
    const char *lookup; // official look-up page, "" = none
    const char *as_of;  // "2025-11" or ""
} inb_route;

typedef enum inb_question_kind {
    INB_ASK_INDICATOR,
    INB_ASK_CIRCUMSTANCE,
    INB_ASK_PROFITS,
    INB_ASK_UNACCOMPANIED,
    INB_ASK_DANGER
} inb_question_kind;

// One question of the card. row: of the indicator list where it is about one, else SIZE_MAX.
typedef struct inb_question {
    inb_question_kind kind;
    size_t row;
} inb_question;

typedef struct inb_branch {
    const char *id; // "arrest"
    const inb_question *questions;
    size_t count;
} inb_branch;

typedef struct inb_catalogue inb_catalogue;

// Reads and compiles the norm from folder `dir`, or the one embedded in the program for NULL.
// Owner of *ret_catalogue: the caller. Read-only afterwards: may be shared by threads.
inb_status inb_catalogue_load(
    const char *dir, inb_catalogue **ret_catalogue, inb_error *err) INB_NODISCARD;
void inb_catalogue_free(inb_catalogue *catalogue); // accepts NULL
void inb_catalogue_freep(inb_catalogue **catalogue);

const char *inb_catalogue_version(const inb_catalogue *catalogue); // "2026.11.1"
const char *inb_catalogue_date(const inb_catalogue *catalogue);    // "2026-11-24"
// Languages with texts, in the order of catalogue.ini; NULL past the last.
const char *inb_catalogue_language(const inb_catalogue *catalogue, size_t index);

size_t inb_catalogue_rows(const inb_catalogue *catalogue);
const inb_indicator *inb_catalogue_row(const inb_catalogue *catalogue, size_t row);
size_t inb_catalogue_find(
    const inb_catalogue *catalogue, const char *id, size_t length); // SIZE_MAX
size_t inb_catalogue_routes(const inb_catalogue *catalogue);
const inb_route *inb_catalogue_route(const inb_catalogue *catalogue, size_t route);
const inb_branch *inb_catalogue_branches(const inb_catalogue *catalogue, size_t *ret_count);

// The text at `key` in `language`; where it is missing the Dutch one; where that is missing NULL.
const char *inb_catalogue_text(
    const inb_catalogue *catalogue, const char *language, const char *key);
// The same for the key "<group>.<id>" or "<group>.<id>.<part>" (part may be NULL); the id itself
// where there is no text, so that a page never shows nothing.
const char *inb_catalogue_label(const inb_catalogue *catalogue, const char *language,
    const char *group, const char *id, const char *part);

// Whether row `row` is asked about a person of this age class.
bool inb_catalogue_asks(const inb_catalogue *catalogue, size_t row, inb_age_class age);

// Contacts of a region over the national ones: an ini file with a section per route id and
// `contact`, `lookup`, `as_of`. A wrong file names line and section.
inb_status inb_catalogue_local(
    inb_catalogue *catalogue, const char *path, inb_error *err) INB_NODISCARD;

// Every gap in the norm as a line "file: what" in `text`; *ret_gaps = how many (0 = none). Fails
// only where the catalogue cannot be read at all.
inb_status inb_catalogue_check(
    const char *dir, inb_buffer *text, size_t *ret_gaps, inb_error *err) INB_NODISCARD;

// ---- facts ----

// What is weighed. yes, no and unknown are disjoint sets of rows of kind indicator; a row in none
// of them was not asked. circumstances are rows of kind circumstance.
typedef struct inb_facts {
    inb_age age;
    uint32_t roles; // bit per inb_role
    inb_set yes;
    inb_set no;
    inb_set unknown;
    inb_set circumstances;
    inb_situation situation;
    inb_reporter reporter;
} inb_facts;

// Reads FACTS.json. A complaint is "name:line:column: found …, expected …".
inb_status inb_facts_parse(const inb_catalogue *catalogue, const char *name, const char *text,
    size_t length, inb_facts *ret_facts, inb_error *err) INB_NODISCARD;

// The facts about person `person` (from 0) of a signal, with the signal's situation and source.
// Name, sex, nationality and phone have no place in them: the bytes are equal whatever these are.
// Fails with INB_NOT_FOUND where the catalogue lacks an id of the signal, INB_RANGE where there is
// no such person.
struct inb_signal; // inbeeld/signal.h
inb_status inb_facts_from_signal(const inb_catalogue *catalogue, const struct inb_signal *signal,
    size_t person, inb_facts *ret_facts, inb_error *err) INB_NODISCARD;

// An inb_known_id for readers of signals; payload: the inb_catalogue.
bool inb_catalogue_knows(const char *id, size_t length, bool circumstance, void *catalogue);

// ---- the finding ----

typedef struct inb_form_finding {
    inb_form form;
    inb_level level;
    inb_set element[INB_ELEMENT_COUNT]; // rows that speak to act, means, purpose
    inb_set reasons;                    // all rows seen that concern this form
} inb_form_finding;

typedef enum inb_reading { INB_READ_ANY, INB_READ_CHILD, INB_READ_ADULT } inb_reading;

typedef struct inb_route_advice {
    size_t route;        // in the catalogue's routes
    inb_basis basis;     // for this reporter, route and age class
    const char *law;     // of that basis, "" = none; static to the catalogue
    const char *why;     // text key after "why."
    inb_reading only_if; // for an unknown age: the reading it holds for
} inb_route_advice;

typedef struct inb_finding {
    inb_form_finding forms[INB_FORM_COUNT]; // listed ones, in the order of inb_form
    size_t form_count;
    bool dimension[INB_DIMENSIONS]; // positive?
    bool ask_age;                   // age is unknown: ask it first
    size_t ask_next[INB_ASK_MOST];  // rows, the most telling first
    size_t ask_count;
    const char *advice[INB_ADVICE_KINDS][INB_MAX_ADVICE]; // ids, in order of the catalogue
    size_t advice_count[INB_ADVICE_KINDS];
    inb_route_advice routes[2 * INB_MAX_ROUTES]; // in the order of contact
    size_t route_count;
    const char *voice; // whom the texts speak to: "self", of whom: "under12", else ""
} inb_finding;

// Weighs. O(rows of the catalogue); no allocation; cannot fail.
void inb_weigh(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *ret_finding);

inb_level inb_finding_level(const inb_finding *finding); // highest over the forms

const char *inb_form_code(inb_form form);
const char *inb_level_code(inb_level level);
const char *inb_element_code(inb_element element);
const char *inb_basis_code(inb_basis basis);
const char *inb_criminal_code(inb_criminal criminal);
const char *inb_advice_kind_code(inb_advice_kind kind); // "do", "dont", "offer", "note"

// The text "<group>.<id>" as it is said in this finding: "<group>.<id>.<voice>" where the norm has
// one (to the person where they report about themselves, of a child under twelve).
const char *inb_finding_say(const inb_catalogue *catalogue, const inb_finding *finding,
    const char *language, const char *group, const char *id);

// The finding as the contract's JSON, one line; `language` for `why`.
void inb_finding_json(const inb_catalogue *catalogue, const inb_finding *finding,
    const char *language, inb_buffer *json);

// The finding as plain text to read or to copy: what was seen apart from what it may be, what to
// ask, to do, not to do, whom to turn to and on what basis, what to offer.
void inb_finding_text(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_finding *finding, const char *language, inb_buffer *text);

#ifdef __cplusplus
}
#endif
#endif
