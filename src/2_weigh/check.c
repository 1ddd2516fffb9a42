// SPDX-License-Identifier: EUPL-1.2
// Every gap in the norm, as a list: what is missing, unsourced, undated, unreachable, hard to read
// or worded with stigma. What would weigh wrongly is refused earlier, by catalogue.c.

#include "catalogue_i.h"
#include "readability.h"

#include "base/alloc.h"

#include <inbeeld/date.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    MEASURED_WORDS = 8,    // shorter texts are labels: a score over them says nothing
    LONGEST_SENTENCE = 22, // words
    LEAST_SCORE = 40,      // of any measured text
    LEAST_MEAN_SCORE = 60  // over all texts of a language: about B1
};

struct checker {
    const inb_catalogue *catalogue;
    const inb_source *source;
    inb_buffer *text;
    size_t gaps;
};

static void gap(struct checker *k, const char *format, ...) INB_PRINTF(2, 3);

static void gap(struct checker *k, const char *format, ...) {
    char line[512] = "";
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    inb_buffer_format(k->text, "%s\n", line);
    k->gaps++;
}

// ---- texts ----

static void need_text(struct checker *k, const char *group, const char *id, const char *part) {
    char key[160] = "";
    (void)snprintf(key, sizeof key, part == NULL ? "%s.%s" : "%s.%s.%s", group, id, part);
    for (size_t i = 0; i < k->catalogue->language_count; i++) {
        const inb_texts *texts = &k->catalogue->texts[i];
        const inb_text *found = inb_texts_find(texts, key);
        if (found == NULL || found->text[0] == '\0') {
            gap(k, "texts/%s: no text '%s'", texts->language, key);
        }
    }
}

static void need_codes(struct checker *k) {
#define X(name, code) need_text(k, "role", code, NULL);
    INB_ROLES(X)
#undef X
#define X(name, code) need_text(k, "reporter", code, NULL);
    INB_REPORTERS(X)
#undef X
#define X(name, code) need_text(k, "profits", code, NULL);
    INB_PROFITS(X)
#undef X
#define X(name, code) need_text(k, "surroundings", code, NULL);
    INB_SURROUNDINGS(X)
#undef X
#define X(name, code) need_text(k, "consent", code, NULL);
    INB_CONSENTS(X)
#undef X
#define X(name, code) need_text(k, "police", code, NULL);
    INB_POLICE_WISHES(X)
#undef X
#define X(name, code) need_text(k, "form", code, NULL);
    INB_FORMS(X)
#undef X
    static const char *const others[][2] = {{"level", "none"}, {"level", "something"},
        {"level", "elements"}, {"element", "act"}, {"element", "means"}, {"element", "purpose"},
        {"dimension", "positive"}, {"dimension", "negative"}, {"basis", "must"}, {"basis", "may"},
        {"basis", "consent"}, {"basis", "advice_only"}, {"age", "child"}, {"age", "adult"},
        {"age", "unknown"}, {"age", "ask"}, {"age", "if_child"}, {"age", "if_adult"},
        {"answer", "yes"}, {"answer", "no"}, {"answer", "unknown"}, {"role", "suspect_under12"},
        {"note", "child_row_ignored"}, {"note", "omitted_not_counted"},
        {"note", "labour_profile_other_form"}, {"note", "child_dimension_lower"}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        need_text(k, others[i][0], others[i][1], NULL);
    }
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        char id[] = {'D', (char)('1' + d), '\0'};
        need_text(k, "dimension", id, NULL);
    }
}

static void need_norm_texts(struct checker *k) {
    const inb_catalogue *c = k->catalogue;
    for (size_t row = 0; row < c->row_count; row++) {
        const inb_indicator *r = &c->rows[row];
        need_text(k, "indicator", r->id, "label");
        if (r->kind != INB_EXCLUDED_PROXY && !r->omitted) { // the full list asks every such row
            need_text(k, "indicator", r->id, "question");
        }
        if (row == 0 || r->category != c->rows[row - 1].category) {
            char number[16];
            snprintf(number, sizeof number, "%u", r->category);
            need_text(k, "category", number, NULL);
        }
    }
    for (size_t i = 0; i < c->route_count; i++) {
        need_text(k, "route", c->routes[i].id, "name");
        need_text(k, "route", c->routes[i].id, "what");
    }
    for (size_t i = 0; i < c->routing_count; i++) {
        need_text(k, "why", c->routing[i].why, NULL);
    }
    for (size_t i = 0; i < c->advice_count; i++) {
        need_text(k, inb_advice_kind_code(c->advice[i].kind), c->advice[i].id, NULL);
    }
}

// A text that one language has, the others have too.
static void same_keys(struct checker *k) {
    const inb_catalogue *c = k->catalogue;
    for (size_t i = 0; i < c->language_count; i++) {
        for (size_t other = 0; other < c->language_count; other++) {
            for (size_t item = 0; item < c->texts[i].count && other != i; item++) {
                const inb_text *text = &c->texts[i].items[item];
                if (inb_texts_find(&c->texts[other], text->key) == NULL) {
                    gap(k, "%s: '%s' has no text in '%s'", text->place, text->key,
                        c->texts[other].language);
                }
            }
        }
    }
}

static void reading_level(struct checker *k) {
    for (size_t i = 0; i < k->catalogue->language_count; i++) {
        const inb_texts *texts = &k->catalogue->texts[i];
        inb_readability all = {0};
        for (size_t item = 0; item < texts->count; item++) {
            const inb_text *text = &texts->items[item];
            inb_readability one =
                inb_readability_count(texts->language, text->text, strlen(text->text));
            all.words += one.words;
            all.sentences += one.sentences;
            all.syllables += one.syllables;
            double score = inb_readability_score(texts->language, &one);
            if (one.words >= MEASURED_WORDS && score < LEAST_SCORE) {
                gap(k, "%s: '%s' reads at %.0f, expected %d or more", text->place, text->key, score,
                    (int)LEAST_SCORE);
            }
            if (one.longest > LONGEST_SENTENCE) {
                gap(k, "%s: '%s' has a sentence of %zu words, expected at most %d", text->place,
                    text->key, one.longest, (int)LONGEST_SENTENCE);
            }
        }
        double mean = inb_readability_score(texts->language, &all);
        if (mean < LEAST_MEAN_SCORE) {
            gap(k, "texts/%s: all texts together read at %.0f, expected %d or more",
                texts->language, mean, (int)LEAST_MEAN_SCORE);
        }
    }
}

// ---- words not to use ----

static bool is_letter(unsigned char c) {
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

// Whether `word` stands in `text` as a whole word, ASCII letters without regard to case.
static bool holds_word(const char *text, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; text[at] != '\0'; at++) {
        size_t same = 0;
        while (same < length && lower(text[at + same]) == lower(word[same])) {
            same++;
        }
        bool starts = at == 0 || !is_letter((unsigned char)text[at - 1]);
        if (same == length && starts && !is_letter((unsigned char)text[at + same])) {
            return true;
        }
    }
    return false;
}

static inb_status words_not_to_use(struct checker *k, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_source_csv(k->source, "words.csv", &csv, err));
    size_t language;
    size_t word;
    size_t instead;
    INB_TRY(inb_csv_require(csv, "language", &language, err));
    INB_TRY(inb_csv_require(csv, "word", &word, err));
    INB_TRY(inb_csv_require(csv, "instead", &instead, err));
    for (bool more;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return INB_OK;
        }
        for (size_t i = 0; i < k->catalogue->language_count; i++) {
            const inb_texts *texts = &k->catalogue->texts[i];
            bool this_language = strcmp(texts->language, inb_csv_field(csv, language)) == 0;
            for (size_t item = 0; item < texts->count && this_language; item++) {
                if (holds_word(texts->items[item].text, inb_csv_field(csv, word))) {
                    gap(k, "%s: '%s' holds '%s', expected '%s'", texts->items[item].place,
                        texts->items[item].key, inb_csv_field(csv, word),
                        inb_csv_field(csv, instead));
                }
            }
        }
    }
}

// ---- tables ----

// Columns that must hold something in every row of a table; "as_of" must hold a year or a month.
static const struct {
    const char *path;
    const char *columns[6]; // NULL ends them
} filled[] = {
    {"indicators.csv", {"elements_reason", "source", "as_of", "review", "review_reason"}},
    {"dimensions.csv", {"rule", "source", "as_of"}},
    {"forms.csv", {"offers", "law", "source", "as_of"}},
    {"routing.csv", {"why", "source"}},
    {"advice.csv", {"source", "as_of"}},
    {"bases.csv", {"law", "as_of", "review"}},
    {"words.csv", {"instead", "reason"}},
};

static inb_status filled_columns(struct checker *k, size_t table, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_source_csv(k->source, filled[table].path, &csv, err));
    for (bool more;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return INB_OK;
        }
        for (size_t i = 0; filled[table].columns[i] != NULL; i++) {
            size_t column;
            INB_TRY(inb_csv_require(csv, filled[table].columns[i], &column, err));
            inb_date date;
            bool dated =
                strcmp(filled[table].columns[i], "as_of") != 0 ||
                inb_date_parse(inb_csv_field(csv, column), inb_csv_length(csv, column), &date);
            if (inb_csv_length(csv, column) == 0 || !dated) {
                gap(k, "%s:%zu:%zu: nothing, or no date, in column '%s' of '%s'", inb_csv_name(csv),
                    inb_csv_line(csv, column), inb_csv_place(csv, column), filled[table].columns[i],
                    inb_csv_field(csv, 0));
            }
        }
    }
}

// A form's offers exist: as a route or as an offer with a text.
static inb_status form_offers(struct checker *k, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_source_csv(k->source, "forms.csv", &csv, err));
    size_t id;
    size_t offers;
    INB_TRY(inb_csv_require(csv, "id", &id, err));
    INB_TRY(inb_csv_require(csv, "offers", &offers, err));
    unsigned seen = 0;
    for (bool more;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        for (int form = 0; form < INB_FORM_COUNT; form++) {
            bool same = strcmp(inb_csv_field(csv, id), inb_form_code((inb_form)form)) == 0;
            seen |= same ? 1u << form : 0u;
        }
        const char *list = inb_csv_field(csv, offers);
        while (*list != '\0') {
            char offer[64];
            size_t length = strcspn(list, ";");
            snprintf(offer, sizeof offer, "%.*s", (int)length, list);
            need_text(k, "offer", offer, NULL);
            list += length;
            list += *list == ';' ? 1 : 0;
        }
    }
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        if ((seen >> form & 1) == 0) {
            gap(k, "forms.csv: no row for '%s'", inb_form_code((inb_form)form));
        }
    }
    return INB_OK;
}

// Each dimension of the ILO rule has its row.
static inb_status dimension_rows(struct checker *k, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_source_csv(k->source, "dimensions.csv", &csv, err));
    size_t id;
    INB_TRY(inb_csv_require(csv, "id", &id, err));
    bool seen[INB_DIMENSIONS] = {false};
    for (bool more;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        const char *text = inb_csv_field(csv, id);
        bool known = inb_csv_length(csv, id) == 2 && text[0] == 'D' && text[1] >= '1' &&
                     text[1] < '1' + INB_DIMENSIONS;
        seen[known ? text[1] - '1' : 0] |= known;
    }
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        if (!seen[d]) {
            gap(k, "dimensions.csv: no row for 'D%d'", d + 1);
        }
    }
    return INB_OK;
}

static void rows_and_routes(struct checker *k) {
    const inb_catalogue *c = k->catalogue;
    for (size_t row = 0; row < c->row_count; row++) {
        const inb_indicator *r = &c->rows[row];
        if (r->kind == INB_EXCLUDED_PROXY && (!r->omitted || r->elements != 0)) {
            gap(k, "indicators.csv: %s is an excluded proxy, expected review omit and no element",
                r->id);
        }
        if (r->kind == INB_CIRCUMSTANCE && (r->elements != 0 || r->dimension >= 0)) {
            gap(k, "indicators.csv: %s is a circumstance, expected no element or dimension", r->id);
        }
        if (r->dimension < 0 &&
            (r->weight[0] != INB_WEIGHT_NONE || r->weight[1] != INB_WEIGHT_NONE)) {
            gap(k, "indicators.csv: %s has a weight, expected a dimension with it", r->id);
        }
    }
    for (size_t i = 0; i < c->route_count; i++) {
        const inb_route *route = &c->routes[i];
        inb_date date;
        if (route->researched && !inb_date_parse(route->as_of, strlen(route->as_of), &date)) {
            gap(k, "routes.csv: %s was researched, expected its date", route->id);
        }
        if (route->researched && strncmp(route->lookup, "https://", 8) != 0) {
            gap(k, "routes.csv: %s was researched, expected an official look-up page", route->id);
        }
    }
}

// Who must report is fixed by law; for all others CoMensha needs consent (field.md section 1).
static void duties(struct checker *k) {
    const inb_catalogue *c = k->catalogue;
    for (int reporter = 0; reporter < INB_REPORTER_COUNT; reporter++) {
        bool has_duty = reporter <= INB_REPORTER_LABOUR_INSPECTORATE;
        for (size_t route = 0; route < c->route_count; route++) {
            bool comensha = strcmp(c->routes[route].id, "comensha") == 0;
            for (int age = 0; age < 2; age++) {
                inb_basis basis = c->bases[reporter][route][age].basis;
                if ((basis == INB_BASIS_MUST) != (comensha && has_duty)) {
                    gap(k, "bases.csv: 'must' from %s to %s (%s) is not what the law says",
                        inb_reporter_code((inb_reporter)reporter), c->routes[route].id,
                        age == 0 ? "adult" : "child");
                }
                if (comensha && !has_duty && basis == INB_BASIS_MAY) {
                    gap(k, "bases.csv: %s to comensha, expected consent or advice_only",
                        inb_reporter_code((inb_reporter)reporter));
                }
            }
        }
    }
}

inb_status inb_catalogue_check(
    const char *dir, inb_buffer *text, size_t *ret_gaps, inb_error *err) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_TRY(inb_catalogue_load(dir, &catalogue, err));
    inb_source source = {dir};
    struct checker k = {catalogue, &source, text, 0};
    need_codes(&k);
    need_norm_texts(&k);
    same_keys(&k);
    reading_level(&k);
    rows_and_routes(&k);
    duties(&k);
    INB_TRY(form_offers(&k, err));
    INB_TRY(dimension_rows(&k, err));
    INB_TRY(words_not_to_use(&k, err));
    for (size_t table = 0; table < sizeof filled / sizeof filled[0]; table++) {
        INB_TRY(filled_columns(&k, table, err));
    }
    INB_TRY(inb_buffer_check(text, err));
    *ret_gaps = k.gaps;
    return INB_OK;
}
