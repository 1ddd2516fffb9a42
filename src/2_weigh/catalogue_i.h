// SPDX-License-Identifier: EUPL-1.2
// The compiled norm, private to weigh: rows as bit sets, conditions as lists of mask tests, texts
// sorted by key. Written once by catalogue.c, read by everything else.
#ifndef INB_WEIGH_CATALOGUE_I_H
#define INB_WEIGH_CATALOGUE_I_H

#include <inbeeld/arena.h>
#include <inbeeld/weigh.h>

#include "base/csv.h"

// ---- conditions (condition.c) ----

// What a term tests. All but SEEN and CIRC are one mask against the context's mask.
typedef enum inb_predicate {
    INB_P_FORM,
    INB_P_LISTED,
    INB_P_LEVEL,
    INB_P_AGE,
    INB_P_ROLE,
    INB_P_PROFITS,
    INB_P_SURROUNDINGS,
    INB_P_CONSENT,
    INB_P_POLICE,
    INB_P_REPORTER,
    INB_P_ELEMENT,
    INB_P_DANGER,
    INB_P_UNACCOMPANIED,
    INB_P_DENIES,
    INB_P_FEARS_GOVERNMENT,
    INB_P_READING,
    INB_P_MASKS, // how many predicates are masks
    INB_P_SEEN = INB_P_MASKS,
    INB_P_CIRC,
    INB_P_COUNT
} inb_predicate;

enum {                    // bits of INB_P_AGE
    INB_AGE_IS_CHILD = 1, // read as a child: a child, or of unknown age
    INB_AGE_IS_ADULT = 2,
    INB_AGE_IS_UNKNOWN = 4,
    INB_AGE_IS_UNDER12 = 8,     // years known
    INB_AGE_IS_TEEN = 16,       // years known, 12..17
    INB_AGE_IS_MINOR_KNOWN = 32 // told to be a child
};

enum { INB_ANY_FORM = 1 << INB_FORM_COUNT }; // bit beside those of inb_form: some form

typedef struct inb_term {
    inb_predicate predicate;
    bool negated;
    uint32_t mask;
    inb_set rows; // of SEEN and CIRC
} inb_term;

enum { INB_BIT_WORDS = 2 };

// Most rules only want bits that are set and bits that are not: those are two masks, tested at
// once. Terms with alternatives, or about rows, come after.
typedef struct inb_condition {
    uint64_t wanted[INB_BIT_WORDS];
    uint64_t unwanted[INB_BIT_WORDS];
    const inb_term *terms;
    size_t count;
} inb_condition;

// What the terms are tested against: filled once per finding, then packed.
typedef struct inb_context {
    uint32_t masks[INB_P_MASKS];
    uint64_t bits[INB_BIT_WORDS]; // all masks side by side
    const inb_set *seen;
    const inb_set *circumstances;
} inb_context;

// Fills `bits` from `masks`: after every change of those.
void inb_context_pack(inb_context *context);

// Compiles the text of a `when`. Complaints point at field `column` of the csv's current row.
inb_status inb_condition_compile(const inb_catalogue *catalogue, inb_arena *arena,
    const inb_csv *csv, size_t column, inb_condition *ret_condition, inb_error *err) INB_NODISCARD;

bool inb_terms_hold_in(const inb_condition *condition, const inb_context *context);

static inline bool inb_condition_holds(const inb_condition *condition, const inb_context *context) {
    uint64_t wrong = 0;
    for (size_t i = 0; i < INB_BIT_WORDS; i++) {
        wrong |= (condition->wanted[i] & ~context->bits[i]) |
                 (condition->unwanted[i] & context->bits[i]);
    }
    return wrong == 0 && (condition->count == 0 || inb_terms_hold_in(condition, context));
}

// ---- the compiled norm ----

typedef struct inb_routing {
    int order;
    size_t at; // row of the file: decides where orders are equal
    size_t route;
    inb_reading reading;
    inb_condition when;
    const char *why;
    bool advice_only; // whatever the basis: here one only asks advice
} inb_routing;

typedef struct inb_advice {
    int order;
    size_t at; // row of the file: decides where orders are equal
    inb_advice_kind kind;
    size_t number; // of the id within its kind: the same for rows with the same id
    const char *id;
    inb_condition when;
} inb_advice;

typedef struct inb_basis_cell {
    inb_basis basis;
    const char *law;
    int particular; // 0..7, how particular the row was that filled the cell; -1 = none
} inb_basis_cell;

typedef struct inb_text {
    const char *key;
    const char *text;
    const char *place; // "file:line" for the check
} inb_text;

typedef struct inb_texts {
    const char *language;
    inb_text *items; // sorted by key
    size_t count;
    size_t size;
} inb_texts;

enum { INB_MAX_LANGUAGES = 8, INB_MAX_BRANCHES = 16, INB_CARD_MOST = 8 };

// Rows that the contract of FACTS.json gives a meaning of their own.
typedef struct inb_special_rows {
    size_t denies;         // CR-32: no element, lists no form
    size_t parent_profits; // CR-33
    size_t unaccompanied;  // CI-23
    size_t fears[3];       // D6-05, UG-05, UG-06
} inb_special_rows;

// What a "yes" to a row could change. Equal ones are equal in memory: no padding.
typedef struct inb_pattern {
    uint32_t gives;    // the forms it would give each element to: a byte of form bits per element
    uint8_t lists;     // forms that the row lists
    uint8_t forms;     // forms that it names
    uint8_t any_form;  // names `any`
    int8_t dimension;  // -1 = none
    uint8_t weight[2]; // inb_weight: [0] for an adult, [1] for a child
    uint8_t unused[2];
} inb_pattern;

struct inb_catalogue {
    inb_arena *arena; // owns all text and arrays
    const char *version;
    const char *date;
    inb_texts texts[INB_MAX_LANGUAGES];
    size_t language_count;

    inb_indicator rows[INB_MAX_ROWS];
    size_t row_count;
    const char *last_category; // of the row read last, while reading
    inb_special_rows special;

    // Bit sets over rows.
    inb_set indicators;              // kind indicator and not omitted
    inb_set circumstances;           // kind circumstance
    inb_set omitted;                 // kind indicator, left out by the proxy review
    inb_set applies[2];              // [0] adult, [1] child: indicators counted for this class
    inb_set of_form[INB_FORM_COUNT]; // naming the form; of UNSPECIFIED: naming `any`
    inb_set of_element[INB_ELEMENT_COUNT];
    // What a row could change, kept once for all rows that could change the same.
    inb_pattern patterns[INB_MAX_ROWS];
    inb_set pattern_rows[INB_MAX_ROWS]; // of each pattern
    size_t pattern_count;

    inb_route routes[INB_MAX_ROUTES];
    size_t route_count;
    inb_routing *routing; // sorted by order
    size_t routing_count;
    inb_advice *advice; // sorted by kind, order
    size_t advice_count;
    size_t advice_ids[INB_ADVICE_KINDS];
    inb_basis_cell bases[INB_REPORTER_COUNT][INB_MAX_ROUTES][2]; // [..][..][0 adult, 1 child]

    inb_branch branches[INB_MAX_BRANCHES];
    inb_question questions[INB_MAX_BRANCHES][INB_CARD_MOST]; // of the branches
    size_t branch_count;
};

// ---- where the files are (source.c) ----

// A folder, or the embedded tree for NULL.
typedef struct inb_source {
    const char *dir;
} inb_source;

// Opens "<dir>/<path>" or the embedded "catalogue/<path>".
inb_status inb_source_csv(
    const inb_source *source, const char *path, inb_csv **ret_csv, inb_error *err) INB_NODISCARD;
// The whole of a small file, NUL-ended; owner: the arena.
inb_status inb_source_text(const inb_source *source, const char *path, inb_arena *arena,
    const char **ret_text, size_t *ret_length, inb_error *err) INB_NODISCARD;
// Paths ("texts/nl/norm.csv") of the .csv files in folder `path`, sorted; owner: the arena.
inb_status inb_source_list(const inb_source *source, const char *path, inb_arena *arena,
    const char ***ret_paths, size_t *ret_count, inb_error *err) INB_NODISCARD;

// ---- texts (texts.c) ----

// Reads all texts of all languages of the catalogue.
inb_status inb_texts_load(
    inb_catalogue *catalogue, const inb_source *source, inb_error *err) INB_NODISCARD;
// The text of one language without falling back, NULL = none.
const inb_text *inb_texts_find(const inb_texts *texts, const char *key);

// ---- sets ----

static inline inb_set inb_set_and(const inb_set *a, const inb_set *b) {
    inb_set out;
    for (size_t i = 0; i < INB_SET_WORDS; i++) {
        out.words[i] = a->words[i] & b->words[i];
    }
    return out;
}

static inline inb_set inb_set_or(const inb_set *a, const inb_set *b) {
    inb_set out;
    for (size_t i = 0; i < INB_SET_WORDS; i++) {
        out.words[i] = a->words[i] | b->words[i];
    }
    return out;
}

static inline inb_set inb_set_minus(const inb_set *a, const inb_set *b) {
    inb_set out;
    for (size_t i = 0; i < INB_SET_WORDS; i++) {
        out.words[i] = a->words[i] & ~b->words[i];
    }
    return out;
}

static inline bool inb_set_meets(const inb_set *a, const inb_set *b) {
    uint64_t any = 0;
    for (size_t i = 0; i < INB_SET_WORDS; i++) {
        any |= a->words[i] & b->words[i];
    }
    return any != 0;
}

static inline bool inb_set_empty(const inb_set *a) {
    return !inb_set_meets(a, a);
}

#endif
