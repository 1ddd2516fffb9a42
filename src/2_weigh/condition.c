// SPDX-License-Identifier: EUPL-1.2
// The language of `when` in the norm's tables: terms that must all hold, each a predicate with
// alternatives ("form:labour|sexual"), "!" before a term negates it, an empty text always holds.
// Compiled to mask tests, so that a rule costs a few instructions.

#include "catalogue_i.h"

#include "base/text.h"

#include <string.h>

struct word {
    const char *text;
    size_t length;
};

struct named_bit {
    const char *name;
    uint32_t bit;
};

static const struct named_bit age_bits[] = {{"child", INB_AGE_IS_CHILD},
    {"adult", INB_AGE_IS_ADULT}, {"unknown", INB_AGE_IS_UNKNOWN}, {"under12", INB_AGE_IS_UNDER12},
    {"teen", INB_AGE_IS_TEEN}, {"minor_known", INB_AGE_IS_MINOR_KNOWN}, {NULL, 0}};
static const struct named_bit level_bits[] = {{"none", 1u << INB_LEVEL_NONE},
    {"something", 1u << INB_LEVEL_SOMETHING}, {"elements", 1u << INB_LEVEL_ELEMENTS}, {NULL, 0}};
static const struct named_bit element_bits[] = {
    {"act", 1u << INB_ACT}, {"means", 1u << INB_MEANS}, {"purpose", 1u << INB_PURPOSE}, {NULL, 0}};
static const struct named_bit police_reporters[] = {
    {"police", 1u << INB_REPORTER_POLICE_BEAT | 1u << INB_REPORTER_POLICE_EXPERT |
                   1u << INB_REPORTER_BORDER_POLICE},
    {NULL, 0}};
#define X(name, code) {code, 1u << INB_FORM_##name},
static const struct named_bit form_bits[] = {INB_FORMS(X){"any", INB_ANY_FORM}, {NULL, 0}};
#undef X

// The bit of a value of `predicate`, 0 where there is none.
static uint32_t value_bit(inb_predicate predicate, const char *text, size_t length) {
    const struct named_bit *bits = NULL;
    int (*parse)(const char *, size_t) = NULL;
    switch (predicate) {
    case INB_P_FORM:
    case INB_P_LISTED:
        bits = form_bits;
        break;
    case INB_P_LEVEL:
        bits = level_bits;
        break;
    case INB_P_AGE:
        bits = age_bits;
        break;
    case INB_P_ELEMENT:
        bits = element_bits;
        break;
    case INB_P_ROLE:
        parse = inb_role_parse;
        break;
    case INB_P_PROFITS:
        parse = inb_profit_parse;
        break;
    case INB_P_SURROUNDINGS:
        parse = inb_surrounding_parse;
        break;
    case INB_P_CONSENT:
        parse = inb_consent_parse;
        break;
    case INB_P_POLICE:
        parse = inb_police_parse;
        break;
    default: // INB_P_REPORTER: the others take no value or rows
        bits = police_reporters;
        parse = inb_reporter_parse;
        break;
    }
    for (; bits != NULL && bits->name != NULL; bits++) {
        if (inb_equals(text, length, bits->name)) {
            return bits->bit;
        }
    }
    int value = parse == NULL ? -1 : parse(text, length);
    return value < 0 ? 0 : 1u << value;
}

static const struct {
    const char *name;
    inb_predicate predicate;
    uint32_t fixed; // mask of a predicate without values, 0 = it has values
} predicates[] = {
    {"form", INB_P_FORM, 0},
    {"listed", INB_P_LISTED, 0},
    {"level", INB_P_LEVEL, 0},
    {"age", INB_P_AGE, 0},
    {"role", INB_P_ROLE, 0},
    {"profits", INB_P_PROFITS, 0},
    {"surroundings", INB_P_SURROUNDINGS, 0},
    {"consent", INB_P_CONSENT, 0},
    {"police", INB_P_POLICE, 0},
    {"reporter", INB_P_REPORTER, 0},
    {"element", INB_P_ELEMENT, 0},
    {"seen", INB_P_SEEN, 0},
    {"circ", INB_P_CIRC, 0},
    {"danger", INB_P_DANGER, 1},
    {"unaccompanied", INB_P_UNACCOMPANIED, 1},
    {"denies", INB_P_DENIES, 1},
    {"fears_government", INB_P_FEARS_GOVERNMENT, 1},
    {"child_reading", INB_P_READING, 1u << INB_READ_CHILD},
    {"adult_reading", INB_P_READING, 1u << INB_READ_ADULT},
};

// The masks that stand side by side in the first word of a context's bits, and how wide each is;
// the reporter's has the second for itself.
#define PLACES(X)                                                                                  \
    X(FORM, INB_FORM_COUNT + 1)                                                                    \
    X(LISTED, INB_FORM_COUNT + 1)                                                                  \
    X(LEVEL, INB_LEVEL_ELEMENTS + 1)                                                               \
    X(AGE, 6)                                                                                      \
    X(ROLE, INB_ROLE_COUNT)                                                                        \
    X(PROFITS, INB_PROFIT_COUNT)                                                                   \
    X(SURROUNDINGS, INB_SURROUNDING_COUNT)                                                         \
    X(CONSENT, INB_CONSENT_COUNT)                                                                  \
    X(POLICE, INB_POLICE_COUNT)                                                                    \
    X(ELEMENT, INB_ELEMENT_COUNT)                                                                  \
    X(DANGER, 1)                                                                                   \
    X(UNACCOMPANIED, 1)                                                                            \
    X(DENIES, 1)                                                                                   \
    X(FEARS_GOVERNMENT, 1)                                                                         \
    X(READING, INB_READ_ADULT + 1)

enum {
#define X(name, width) AT_##name, AT_##name##_LAST = AT_##name + (width)-1,
    PLACES(X)
#undef X
        AT_END
};
_Static_assert(AT_END <= 64, "the masks fit a word");

static const uint8_t shift_of[INB_P_MASKS] = {
#define X(name, width) [INB_P_##name] = AT_##name,
    PLACES(X)
#undef X
};

static size_t word_of(inb_predicate predicate) {
    return predicate == INB_P_REPORTER ? 1 : 0;
}

void inb_context_pack(inb_context *context) {
    const uint32_t *masks = context->masks;
    uint64_t bits = 0;
    // A bit that has no meaning (a role that is not there yet) may not fall into its neighbour.
#define X(name, width) bits |= (masks[INB_P_##name] & ((1ULL << (width)) - 1)) << AT_##name;
    PLACES(X)
#undef X
    context->bits[0] = bits;
    context->bits[1] = masks[INB_P_REPORTER];
}

static inb_status compile_values(const inb_catalogue *catalogue, const inb_csv *csv, size_t column,
    struct word values, inb_term *term, inb_error *err) {
    while (values.length > 0) {
        const char *bar = memchr(values.text, '|', values.length);
        size_t length = bar == NULL ? values.length : (size_t)(bar - values.text);
        if (term->predicate >= INB_P_MASKS) {
            size_t row = inb_catalogue_find(catalogue, values.text, length);
            inb_kind kind = term->predicate == INB_P_SEEN ? INB_INDICATOR : INB_CIRCUMSTANCE;
            if (row == SIZE_MAX || catalogue->rows[row].kind != kind) {
                return inb_csv_fail(csv, column, err, "found '%.*s', expected the id of %s",
                    (int)length, values.text,
                    kind == INB_INDICATOR ? "an indicator" : "a circumstance");
            }
            inb_set_add(&term->rows, row);
        } else {
            uint32_t bit = value_bit(term->predicate, values.text, length);
            if (bit == 0) {
                return inb_csv_fail(csv, column, err,
                    "found the value '%.*s', expected a known one", (int)length, values.text);
            }
            term->mask |= bit;
        }
        size_t used = bar == NULL ? length : length + 1;
        values.text += used;
        values.length -= used;
    }
    return INB_OK;
}

static inb_status compile_term(const inb_catalogue *catalogue, const inb_csv *csv, size_t column,
    struct word word, inb_term *term, inb_error *err) {
    if (word.text[0] == '!') {
        term->negated = true;
        word.text++;
        word.length--;
    }
    const char *colon = memchr(word.text, ':', word.length);
    size_t name = colon == NULL ? word.length : (size_t)(colon - word.text);
    for (size_t i = 0; i < sizeof predicates / sizeof predicates[0]; i++) {
        if (!inb_equals(word.text, name, predicates[i].name)) {
            continue;
        }
        term->predicate = predicates[i].predicate;
        term->mask = predicates[i].fixed;
        bool has_values = predicates[i].fixed == 0;
        if (has_values != (colon != NULL && name + 1 < word.length)) {
            return inb_csv_fail(csv, column, err, "found '%.*s', expected it %s a value",
                (int)word.length, word.text, has_values ? "with" : "without");
        }
        struct word values = {word.text + name + 1, has_values ? word.length - name - 1 : 0};
        return compile_values(catalogue, csv, column, values, term, err);
    }
    return inb_csv_fail(
        csv, column, err, "found the condition '%.*s', expected a known one", (int)name, word.text);
}

// Into the two masks of the condition, where that says the same: no bit of the mask may be set, or
// its only bit must be.
static bool fold(const inb_term *term, inb_condition *condition) {
    bool one_bit = (term->mask & (term->mask - 1)) == 0;
    if (term->predicate >= INB_P_MASKS || (!term->negated && !one_bit)) {
        return false;
    }
    uint64_t *into = term->negated ? condition->unwanted : condition->wanted;
    into[word_of(term->predicate)] |= (uint64_t)term->mask << shift_of[term->predicate];
    return true;
}

inb_status inb_condition_compile(const inb_catalogue *catalogue, inb_arena *arena,
    const inb_csv *csv, size_t column, inb_condition *ret_condition, inb_error *err) {
    const char *text = inb_csv_field(csv, column);
    size_t most = 1;
    for (const char *c = text; *c != '\0'; c++) {
        most += *c == ' ' ? 1 : 0;
    }
    inb_term *terms = inb_arena_get(arena, most, sizeof *terms);
    if (terms == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    inb_condition condition = {.count = 0};
    size_t count = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (length > 0) {
            struct word word = {text, length};
            terms[count] = (inb_term){0};
            INB_TRY(compile_term(catalogue, csv, column, word, &terms[count], err));
            count += fold(&terms[count], &condition) ? 0 : 1;
        }
        text += length;
        text += *text == ' ' ? 1 : 0;
    }
    condition.terms = terms;
    condition.count = count;
    *ret_condition = condition;
    return INB_OK;
}

bool inb_terms_hold_in(const inb_condition *condition, const inb_context *context) {
    for (size_t i = 0; i < condition->count; i++) {
        const inb_term *term = &condition->terms[i];
        bool holds;
        if (term->predicate < INB_P_MASKS) {
            holds = (context->masks[term->predicate] & term->mask) != 0;
        } else {
            holds = inb_set_meets(
                term->predicate == INB_P_SEEN ? context->seen : context->circumstances,
                &term->rows);
        }
        if (holds == term->negated) {
            return false;
        }
    }
    return true;
}
