// SPDX-License-Identifier: EUPL-1.2
// Reads the norm's tables (catalogue/*.csv) and compiles them into bit sets and conditions. Every
// wrong cell is refused with its place, so that nothing wrong is ever weighed with.

#include "catalogue_i.h"

#include "base/alloc.h"
#include "base/text.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

// ---- small helpers over csv cells ----

struct choice {
    const char *word;
    int value;
};

static inb_status choose(const inb_csv *csv, size_t column, const struct choice *choices,
    int *ret_value, inb_error *err) {
    for (; choices->word != NULL; choices++) {
        if (strcmp(inb_csv_field(csv, column), choices->word) == 0) {
            *ret_value = choices->value;
            return INB_OK;
        }
    }
    return inb_csv_fail(csv, column, err, "found '%.40s' in column '%s', expected a known word",
        inb_csv_field(csv, column), inb_csv_column(csv, column));
}

static inb_status keep_text(inb_catalogue *catalogue, const inb_csv *csv, size_t column,
    const char **ret_text, inb_error *err) {
    const char *text =
        inb_arena_text(catalogue->arena, inb_csv_field(csv, column), inb_csv_length(csv, column));
    if (text == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    *ret_text = text;
    return INB_OK;
}

static inb_status whole_number(const inb_csv *csv, size_t column, int *ret_value, inb_error *err) {
    int64_t value;
    if (!inb_parse_int64(inb_csv_field(csv, column), inb_csv_length(csv, column), &value) ||
        value < 0 || value > 1000000) {
        return inb_csv_fail(csv, column, err, "found '%.40s' in column '%s', expected a number",
            inb_csv_field(csv, column), inb_csv_column(csv, column));
    }
    *ret_value = (int)value;
    return INB_OK;
}

// A table: its file, its columns, and what to do with a row. columns[i] of a row is where names[i]
// stands.
struct table {
    const char *path;
    const char *names[16]; // NULL ends them
    inb_status (*row)(inb_catalogue *, const inb_csv *, const size_t *columns, inb_error *);
};

static inb_status read_table(
    inb_catalogue *catalogue, const inb_source *source, const struct table *table, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_source_csv(source, table->path, &csv, err));
    size_t columns[16];
    for (size_t i = 0; table->names[i] != NULL; i++) {
        INB_TRY(inb_csv_require(csv, table->names[i], &columns[i], err));
    }
    for (bool more;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return INB_OK;
        }
        INB_TRY(table->row(catalogue, csv, columns, err));
    }
}

// ---- indicators.csv ----

static const struct choice kinds[] = {{"indicator", INB_INDICATOR},
    {"circumstance", INB_CIRCUMSTANCE}, {"excluded_proxy", INB_EXCLUDED_PROXY}, {NULL, 0}};
static const struct choice weights[] = {{"", INB_WEIGHT_NONE}, {"not_listed", INB_WEIGHT_NONE},
    {"weak", INB_WEIGHT_WEAK}, {"medium", INB_WEIGHT_MEDIUM}, {"strong", INB_WEIGHT_STRONG},
    {NULL, 0}};
static const struct choice persons[] = {{"both", 3}, {"adult", 1}, {"child", 2}, {NULL, 0}};
static const struct choice adults_too[] = {{"", 0}, {"no", 0}, {"yes", 1}, {NULL, 0}};
static const struct choice dimensions[] = {
    {"", -1}, {"D1", 0}, {"D2", 1}, {"D3", 2}, {"D4", 3}, {"D5", 4}, {"D6", 5}, {NULL, 0}};
static const struct choice reviews[] = {{"keep", 0}, {"reword", 0}, {"omit", 1}, {NULL, 0}};

// Each word of a list "a;b;c" to a bit by `bit_of`, which gives -1 for an unknown word.
static inb_status list_bits(const inb_csv *csv, size_t column, int (*bit_of)(const char *, size_t),
    unsigned *ret_bits, inb_error *err) {
    const char *text = inb_csv_field(csv, column);
    unsigned bits = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, ";");
        int bit = bit_of(text, length);
        if (bit < 0) {
            return inb_csv_fail(csv, column, err,
                "found '%.*s' in column '%s', expected a known word",
                (int)(length > 40 ? 40 : length), text, inb_csv_column(csv, column));
        }
        bits |= 1u << bit;
        text += length;
        text += *text == ';' ? 1 : 0;
    }
    *ret_bits = bits;
    return INB_OK;
}

enum { ANY_FORM_BIT = INB_FORM_COUNT, NO_ELEMENT_BIT = INB_ELEMENT_COUNT };

static int form_bit(const char *text, size_t length) {
    for (int form = 0; form < INB_FORM_UNSPECIFIED; form++) { // it cannot be named by a row
        if (inb_equals(text, length, inb_form_code((inb_form)form))) {
            return form;
        }
    }
    return inb_equals(text, length, "any") ? ANY_FORM_BIT : -1;
}

static int element_bit(const char *text, size_t length) {
    for (int element = 0; element < INB_ELEMENT_COUNT; element++) {
        if (inb_equals(text, length, inb_element_code((inb_element)element))) {
            return element;
        }
    }
    return inb_equals(text, length, "none") ? NO_ELEMENT_BIT : -1;
}

static inb_status indicator_row(
    inb_catalogue *catalogue, const inb_csv *csv, const size_t *c, inb_error *err) {
    if (catalogue->row_count == INB_MAX_ROWS) {
        return inb_csv_fail(
            csv, c[0], err, "found more than %d rows, expected fewer", (int)INB_MAX_ROWS);
    }
    inb_indicator *row = &catalogue->rows[catalogue->row_count];
    if (inb_csv_length(csv, c[0]) == 0 || inb_catalogue_find(catalogue, inb_csv_field(csv, c[0]),
                                              inb_csv_length(csv, c[0])) != SIZE_MAX) {
        return inb_csv_fail(csv, c[0], err, "found an empty id or one that stands above");
    }
    INB_TRY(keep_text(catalogue, csv, c[0], &row->id, err));
    int value = 0;
    INB_TRY(choose(csv, c[1], kinds, &value, err));
    row->kind = (inb_kind)value;
    unsigned bits = 0;
    INB_TRY(list_bits(csv, c[3], form_bit, &bits, err));
    row->forms = (uint8_t)(bits & ((1u << ANY_FORM_BIT) - 1));
    row->any_form = (bits >> ANY_FORM_BIT & 1) != 0;
    INB_TRY(list_bits(csv, c[4], element_bit, &bits, err));
    row->elements = (uint8_t)(bits & ((1u << NO_ELEMENT_BIT) - 1));
    if (bits == 0 || (row->elements != 0 && bits >> NO_ELEMENT_BIT != 0)) {
        return inb_csv_fail(
            csv, c[4], err, "found '%.40s', expected elements or 'none'", inb_csv_field(csv, c[4]));
    }
    INB_TRY(choose(csv, c[5], weights, &value, err));
    row->weight[0] = (inb_weight)value;
    INB_TRY(choose(csv, c[6], weights, &value, err));
    row->weight[1] = (inb_weight)value;
    INB_TRY(choose(csv, c[7], persons, &value, err));
    row->for_adult = (value & 1) != 0;
    row->for_child = (value & 2) != 0;
    INB_TRY(choose(csv, c[8], adults_too, &value, err));
    row->adults_too = value != 0;
    INB_TRY(choose(csv, c[9], dimensions, &value, err));
    row->dimension = (int8_t)value;
    INB_TRY(choose(csv, c[10], reviews, &value, err));
    row->omitted = value != 0;
    // Categories are numbered as they first appear; a row stands with its own kind.
    const char *category;
    INB_TRY(keep_text(catalogue, csv, c[2], &category, err));
    row->category = 1;
    if (catalogue->row_count > 0) {
        const inb_indicator *before = row - 1;
        bool same = strcmp(catalogue->last_category, category) == 0;
        row->category = before->category + (same ? 0 : 1);
    }
    catalogue->last_category = category;
    catalogue->row_count++;
    return INB_OK;
}

// ---- routes.csv, bases.csv, routing.csv, advice.csv, card.csv ----

static const struct choice criminals[] = {
    {"no", INB_CRIMINAL_NO}, {"mixed", INB_CRIMINAL_MIXED}, {"yes", INB_CRIMINAL_YES}, {NULL, 0}};
static const struct choice yes_no[] = {{"no", 0}, {"yes", 1}, {NULL, 0}};
static const struct choice statuses[] = {
    {"found", 1}, {"partly", 1}, {"not_researched", 0}, {NULL, 0}};
static const struct choice bases[] = {{"must", INB_BASIS_MUST}, {"may", INB_BASIS_MAY},
    {"consent", INB_BASIS_CONSENT}, {"advice_only", INB_BASIS_ADVICE_ONLY}, {NULL, 0}};
static const struct choice base_ages[] = {{"*", 3}, {"adult", 1}, {"child", 2}, {NULL, 0}};
static const struct choice readings[] = {
    {"any", INB_READ_ANY}, {"child", INB_READ_CHILD}, {"adult", INB_READ_ADULT}, {NULL, 0}};
static const struct choice advice_onlys[] = {{"", 0}, {"advice_only", 1}, {NULL, 0}};
static const struct choice advice_kinds[] = {{"do", INB_ADVICE_DO}, {"dont", INB_ADVICE_DONT},
    {"offer", INB_ADVICE_OFFER}, {"note", INB_ADVICE_NOTE}, {NULL, 0}};
static const struct choice question_kinds[] = {{"indicator", INB_ASK_INDICATOR},
    {"circumstance", INB_ASK_CIRCUMSTANCE}, {"profits", INB_ASK_PROFITS},
    {"unaccompanied", INB_ASK_UNACCOMPANIED}, {"danger", INB_ASK_DANGER}, {NULL, 0}};

static size_t find_route(const inb_catalogue *catalogue, const char *id) {
    for (size_t i = 0; i < catalogue->route_count; i++) {
        if (strcmp(catalogue->routes[i].id, id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static inb_status route_of(const inb_catalogue *catalogue, const inb_csv *csv, size_t column,
    size_t *ret_route, inb_error *err) {
    size_t route = find_route(catalogue, inb_csv_field(csv, column));
    if (route == SIZE_MAX) {
        return inb_csv_fail(csv, column, err, "found '%.40s', expected the id of a route",
            inb_csv_field(csv, column));
    }
    *ret_route = route;
    return INB_OK;
}

static inb_status route_row(
    inb_catalogue *catalogue, const inb_csv *csv, const size_t *c, inb_error *err) {
    if (catalogue->route_count == INB_MAX_ROUTES) {
        return inb_csv_fail(
            csv, c[0], err, "found more than %d routes, expected fewer", (int)INB_MAX_ROUTES);
    }
    if (find_route(catalogue, inb_csv_field(csv, c[0])) != SIZE_MAX) {
        return inb_csv_fail(csv, c[0], err, "found an id that stands above");
    }
    inb_route *route = &catalogue->routes[catalogue->route_count];
    INB_TRY(keep_text(catalogue, csv, c[0], &route->id, err));
    int value = 0;
    INB_TRY(choose(csv, c[1], criminals, &value, err));
    route->criminal = (inb_criminal)value;
    INB_TRY(choose(csv, c[2], yes_no, &value, err));
    route->regional = value != 0;
    INB_TRY(keep_text(catalogue, csv, c[3], &route->contact, err));
    INB_TRY(keep_text(catalogue, csv, c[4], &route->lookup, err));
    INB_TRY(keep_text(catalogue, csv, c[5], &route->as_of, err));
    INB_TRY(choose(csv, c[6], statuses, &value, err));
    route->researched = value != 0;
    catalogue->route_count++;
    return INB_OK;
}

static void fill_bases(
    inb_catalogue *catalogue, int reporter, size_t route, int ages, const inb_basis_cell *cell) {
    for (int r = 0; r < INB_REPORTER_COUNT; r++) {
        for (size_t to = 0; to < catalogue->route_count; to++) {
            for (int age = 0; age < 2; age++) {
                inb_basis_cell *old = &catalogue->bases[r][to][age];
                if ((reporter < 0 || reporter == r) && (route == SIZE_MAX || route == to) &&
                    (ages >> age & 1) != 0 && cell->particular > old->particular) {
                    *old = *cell;
                }
            }
        }
    }
}

static inb_status basis_row(
    inb_catalogue *catalogue, const inb_csv *csv, const size_t *c, inb_error *err) {
    int reporter = -1;
    if (strcmp(inb_csv_field(csv, c[0]), "*") != 0) {
        reporter = inb_reporter_parse(inb_csv_field(csv, c[0]), inb_csv_length(csv, c[0]));
        if (reporter < 0) {
            return inb_csv_fail(csv, c[0], err, "found '%.40s', expected a reporter or *",
                inb_csv_field(csv, c[0]));
        }
    }
    size_t route = SIZE_MAX;
    if (strcmp(inb_csv_field(csv, c[1]), "*") != 0) {
        INB_TRY(route_of(catalogue, csv, c[1], &route, err));
    }
    int ages;
    int basis;
    INB_TRY(choose(csv, c[2], base_ages, &ages, err));
    INB_TRY(choose(csv, c[3], bases, &basis, err));
    inb_basis_cell cell = {.basis = (inb_basis)basis};
    INB_TRY(keep_text(catalogue, csv, c[4], &cell.law, err));
    cell.particular = (reporter >= 0 ? 4 : 0) + (route != SIZE_MAX ? 2 : 0) + (ages != 3 ? 1 : 0);
    fill_bases(catalogue, reporter, route, ages, &cell);
    return INB_OK;
}

// Room for one more element at the end of an array in the arena: room for 64, then doubled whenever
// a power of two is full.
static inb_status grow(inb_arena *arena, void **items, size_t count, size_t size, inb_error *err) {
    bool full = count == 0 || (count >= 64 && (count & (count - 1)) == 0);
    if (!full) {
        return INB_OK;
    }
    void *larger = inb_arena_get(arena, count == 0 ? 64 : count * 2, size);
    if (larger == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    if (count > 0) {
        memcpy(larger, *items, count * size);
    }
    *items = larger;
    return INB_OK;
}

static inb_status routing_row(
    inb_catalogue *catalogue, const inb_csv *csv, const size_t *c, inb_error *err) {
    if (catalogue->routing_count == INB_MAX_ROUTING) {
        return inb_csv_fail(
            csv, c[0], err, "found more than %d rows, expected fewer", (int)INB_MAX_ROUTING);
    }
    void *items = catalogue->routing;
    INB_TRY(grow(catalogue->arena, &items, catalogue->routing_count, sizeof(inb_routing), err));
    catalogue->routing = items;
    inb_routing *row = &catalogue->routing[catalogue->routing_count];
    INB_TRY(whole_number(csv, c[0], &row->order, err));
    INB_TRY(route_of(catalogue, csv, c[1], &row->route, err));
    INB_TRY(inb_condition_compile(catalogue, catalogue->arena, csv, c[2], &row->when, err));
    int value = 0;
    INB_TRY(choose(csv, c[3], readings, &value, err));
    row->reading = (inb_reading)value;
    INB_TRY(keep_text(catalogue, csv, c[4], &row->why, err));
    INB_TRY(choose(csv, c[5], advice_onlys, &value, err));
    row->advice_only = value != 0;
    row->at = catalogue->routing_count++;
    return INB_OK;
}

static inb_status advice_row(
    inb_catalogue *catalogue, const inb_csv *csv, const size_t *c, inb_error *err) {
    void *items = catalogue->advice;
    INB_TRY(grow(catalogue->arena, &items, catalogue->advice_count, sizeof(inb_advice), err));
    catalogue->advice = items;
    inb_advice *row = &catalogue->advice[catalogue->advice_count];
    int value = 0;
    INB_TRY(keep_text(catalogue, csv, c[0], &row->id, err));
    INB_TRY(choose(csv, c[1], advice_kinds, &value, err));
    row->kind = (inb_advice_kind)value;
    INB_TRY(whole_number(csv, c[2], &row->order, err));
    INB_TRY(inb_condition_compile(catalogue, catalogue->arena, csv, c[3], &row->when, err));
    row->number = catalogue->advice_ids[row->kind];
    for (size_t i = 0; i < catalogue->advice_count; i++) {
        const inb_advice *other = &catalogue->advice[i];
        if (other->kind == row->kind && strcmp(other->id, row->id) == 0) {
            row->number = other->number;
        }
    }
    if (row->number == catalogue->advice_ids[row->kind]) {
        // Four places are left for the notes that the program adds.
        if (row->number + 4 == INB_MAX_ADVICE) {
            return inb_csv_fail(csv, c[0], err, "found more than %d ids of a kind, expected fewer",
                (int)INB_MAX_ADVICE - 4);
        }
        catalogue->advice_ids[row->kind]++;
    }
    row->at = catalogue->advice_count++;
    return INB_OK;
}

static inb_status card_row(
    inb_catalogue *catalogue, const inb_csv *csv, const size_t *c, inb_error *err) {
    const char *id;
    INB_TRY(keep_text(catalogue, csv, c[0], &id, err));
    size_t at = catalogue->branch_count;
    for (size_t i = 0; i < catalogue->branch_count; i++) {
        at = strcmp(catalogue->branches[i].id, id) == 0 ? i : at;
    }
    if (at == INB_MAX_BRANCHES) {
        return inb_csv_fail(
            csv, c[0], err, "found more than %d branches, expected fewer", (int)INB_MAX_BRANCHES);
    }
    inb_branch *branch = &catalogue->branches[at];
    if (at == catalogue->branch_count) {
        *branch = (inb_branch){id, catalogue->questions[at], 0};
        catalogue->branch_count++;
    }
    int position;
    int kind;
    INB_TRY(whole_number(csv, c[1], &position, err));
    INB_TRY(choose(csv, c[3], question_kinds, &kind, err));
    if (branch->count == INB_CARD_MOST) {
        return inb_csv_fail(csv, c[1], err,
            "found more than %d questions in '%.20s', expected fewer", (int)INB_CARD_MOST,
            branch->id);
    }
    if ((size_t)position != branch->count + 1) {
        return inb_csv_fail(csv, c[1], err, "found %d, expected %zu", position, branch->count + 1);
    }
    size_t row = SIZE_MAX;
    if (kind == INB_ASK_INDICATOR || kind == INB_ASK_CIRCUMSTANCE) {
        row = inb_catalogue_find(catalogue, inb_csv_field(csv, c[2]), inb_csv_length(csv, c[2]));
        inb_kind wanted = kind == INB_ASK_INDICATOR ? INB_INDICATOR : INB_CIRCUMSTANCE;
        if (row == SIZE_MAX || catalogue->rows[row].kind != wanted ||
            catalogue->rows[row].omitted) {
            return inb_csv_fail(csv, c[2], err, "found '%.40s', expected an id that is asked",
                inb_csv_field(csv, c[2]));
        }
    }
    catalogue->questions[at][branch->count++] = (inb_question){(inb_question_kind)kind, row};
    return INB_OK;
}

static const struct table indicators_table = {"indicators.csv",
    {"id", "kind", "category", "forms", "elements", "weight_adult", "weight_child", "applies_to",
        "adults_too", "dimension", "review"},
    indicator_row};
static const struct table other_tables[] = {
    {"routes.csv", {"id", "criminal", "regional", "contact", "lookup", "as_of", "status"},
        route_row},
    {"bases.csv", {"reporter", "route", "age_class", "basis", "law"}, basis_row},
    {"routing.csv", {"order", "route", "when", "age", "why", "basis"}, routing_row},
    {"advice.csv", {"id", "kind", "order", "when"}, advice_row},
    {"card.csv", {"branch", "position", "question", "kind"}, card_row},
};

// ---- compiling ----

static void keep_pattern(inb_catalogue *catalogue, size_t at, const inb_pattern *pattern) {
    size_t i = 0;
    while (i < catalogue->pattern_count &&
           memcmp(&catalogue->patterns[i], pattern, sizeof *pattern) != 0) {
        i++;
    }
    if (i == catalogue->pattern_count) {
        catalogue->patterns[catalogue->pattern_count++] = *pattern;
    }
    inb_set_add(&catalogue->pattern_rows[i], at);
}

static void compile_row(inb_catalogue *catalogue, size_t at) {
    const inb_indicator *row = &catalogue->rows[at];
    if (row->kind == INB_CIRCUMSTANCE) {
        inb_set_add(&catalogue->circumstances, at);
    }
    if (row->kind != INB_INDICATOR) {
        return;
    }
    if (row->omitted) {
        inb_set_add(&catalogue->omitted, at);
        return;
    }
    inb_set_add(&catalogue->indicators, at);
    if (row->for_adult || row->adults_too) {
        inb_set_add(&catalogue->applies[0], at);
    }
    inb_set_add(&catalogue->applies[1], at); // a row for adults counts for a child, unweighted
    inb_pattern pattern = {.forms = row->forms,
        .any_form = row->any_form,
        .dimension = row->dimension,
        .weight = {(uint8_t)row->weight[0], (uint8_t)row->weight[1]}};
    // The contract: CR-32 has no element and lists no form.
    for (int form = 0; form < INB_FORM_COUNT && at != catalogue->special.denies; form++) {
        bool named = form == INB_FORM_UNSPECIFIED ? row->any_form : (row->forms >> form & 1) != 0;
        if (named) {
            inb_set_add(&catalogue->of_form[form], at);
            pattern.lists |= (uint8_t)(1u << form);
        }
    }
    for (int e = 0; e < INB_ELEMENT_COUNT && at != catalogue->special.denies; e++) {
        if ((row->elements >> e & 1) != 0) {
            inb_set_add(&catalogue->of_element[e], at);
            pattern.gives |= (uint32_t)(row->any_form ? UINT8_MAX : row->forms) << 8 * e;
        }
    }
    keep_pattern(catalogue, at, &pattern);
}

static int by_routing_order(const void *a, const void *b) {
    const inb_routing *x = a;
    const inb_routing *y = b;
    int by_order = (x->order > y->order) - (x->order < y->order);
    return by_order != 0 ? by_order : (x->at > y->at) - (x->at < y->at);
}

static int by_advice_order(const void *a, const void *b) {
    const inb_advice *x = a;
    const inb_advice *y = b;
    int by_kind = (x->kind > y->kind) - (x->kind < y->kind);
    int by_order = (x->order > y->order) - (x->order < y->order);
    int by_row = (x->at > y->at) - (x->at < y->at);
    return by_kind != 0 ? by_kind : by_order != 0 ? by_order : by_row;
}

static inb_status special_row(
    const inb_catalogue *catalogue, const char *id, size_t *ret_row, inb_error *err) {
    size_t row = inb_catalogue_find(catalogue, id, strlen(id));
    if (row == SIZE_MAX) {
        return inb_fail(err, INB_BAD_CATALOGUE,
            "indicators.csv: found no row %s, expected it: the situation refers to it", id);
    }
    *ret_row = row;
    return INB_OK;
}

static inb_status compile(inb_catalogue *catalogue, inb_error *err) {
    inb_special_rows *special = &catalogue->special;
    INB_TRY(special_row(catalogue, "CR-32", &special->denies, err));
    INB_TRY(special_row(catalogue, "CR-33", &special->parent_profits, err));
    INB_TRY(special_row(catalogue, "CI-23", &special->unaccompanied, err));
    INB_TRY(special_row(catalogue, "D6-05", &special->fears[0], err));
    INB_TRY(special_row(catalogue, "UG-05", &special->fears[1], err));
    INB_TRY(special_row(catalogue, "UG-06", &special->fears[2], err));
    for (size_t at = 0; at < catalogue->row_count; at++) {
        compile_row(catalogue, at);
    }
    return INB_OK;
}

static inb_status finish(inb_catalogue *catalogue, inb_error *err) {
    if (catalogue->routing_count > 0) {
        qsort(catalogue->routing, catalogue->routing_count, sizeof(inb_routing), by_routing_order);
    }
    if (catalogue->advice_count > 0) {
        qsort(catalogue->advice, catalogue->advice_count, sizeof(inb_advice), by_advice_order);
    }
    for (int reporter = 0; reporter < INB_REPORTER_COUNT; reporter++) {
        for (size_t route = 0; route < catalogue->route_count; route++) {
            for (int age = 0; age < 2; age++) {
                if (catalogue->bases[reporter][route][age].particular < 0) {
                    return inb_fail(err, INB_BAD_CATALOGUE,
                        "bases.csv: found no basis for %s to %s, expected one",
                        inb_reporter_code((inb_reporter)reporter), catalogue->routes[route].id);
                }
            }
        }
    }
    return INB_OK;
}

// ---- catalogue.ini ----

struct ini_reader {
    inb_catalogue *catalogue;
    inb_status status;
};

static int ini_pair(void *payload, const char *section, const char *name, const char *value) {
    struct ini_reader *reader = payload;
    inb_catalogue *catalogue = reader->catalogue;
    if (strcmp(section, "catalogue") != 0) {
        return 1;
    }
    char *text = inb_arena_text(catalogue->arena, value, strlen(value));
    if (text == NULL) {
        reader->status = INB_NO_MEMORY;
        return 0;
    }
    if (strcmp(name, "version") == 0) {
        catalogue->version = text;
    } else if (strcmp(name, "date") == 0) {
        catalogue->date = text;
    } else if (strcmp(name, "languages") == 0) {
        for (char *word = text; *word != '\0';) {
            size_t length = strcspn(word, ";");
            bool last = word[length] == '\0';
            word[length] = '\0';
            if (catalogue->language_count == INB_MAX_LANGUAGES || length < 2 || length > 16) {
                reader->status = INB_BAD_CATALOGUE;
                return 0;
            }
            catalogue->texts[catalogue->language_count++].language = word;
            word += last ? length : length + 1;
        }
    }
    return 1;
}

static inb_status read_ini(inb_catalogue *catalogue, const inb_source *source, inb_error *err) {
    const char *text;
    size_t length;
    INB_TRY(inb_source_text(source, "catalogue.ini", catalogue->arena, &text, &length, err));
    struct ini_reader reader = {catalogue, INB_OK};
    int line = ini_parse_string(text, ini_pair, &reader);
    if (reader.status == INB_NO_MEMORY) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    if (line != 0) {
        return inb_fail(err, INB_BAD_CATALOGUE,
            "catalogue.ini:%d:1: found a line that is not understood, expected name = value", line);
    }
    if (catalogue->version == NULL || catalogue->date == NULL || catalogue->language_count == 0) {
        return inb_fail(err, INB_BAD_CATALOGUE,
            "catalogue.ini:1:1: expected version, date and languages in [catalogue]");
    }
    return INB_OK;
}

// ---- public ----

inb_status inb_catalogue_load(const char *dir, inb_catalogue **ret_catalogue, inb_error *err) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = inb_alloc(1, sizeof *catalogue);
    if (catalogue == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    INB_TRY(inb_arena_new(0, &catalogue->arena, err));
    inb_source source = {dir};
    INB_TRY(read_ini(catalogue, &source, err));
    for (int reporter = 0; reporter < INB_REPORTER_COUNT; reporter++) {
        for (size_t route = 0; route < INB_MAX_ROUTES; route++) {
            catalogue->bases[reporter][route][0].particular = -1;
            catalogue->bases[reporter][route][1].particular = -1;
        }
    }
    INB_TRY(read_table(catalogue, &source, &indicators_table, err));
    INB_TRY(compile(catalogue, err));
    for (size_t i = 0; i < sizeof other_tables / sizeof other_tables[0]; i++) {
        INB_TRY(read_table(catalogue, &source, &other_tables[i], err));
    }
    INB_TRY(finish(catalogue, err));
    INB_TRY(inb_texts_load(catalogue, &source, err));
    *ret_catalogue = INB_TAKE(catalogue);
    return INB_OK;
}

void inb_catalogue_free(inb_catalogue *catalogue) {
    if (catalogue != NULL) {
        inb_arena_free(catalogue->arena);
        inb_free(catalogue);
    }
}

void inb_catalogue_freep(inb_catalogue **catalogue) {
    inb_catalogue_free(*catalogue);
}

const char *inb_catalogue_version(const inb_catalogue *catalogue) {
    return catalogue->version;
}

const char *inb_catalogue_date(const inb_catalogue *catalogue) {
    return catalogue->date;
}

size_t inb_catalogue_rows(const inb_catalogue *catalogue) {
    return catalogue->row_count;
}

const inb_indicator *inb_catalogue_row(const inb_catalogue *catalogue, size_t row) {
    return &catalogue->rows[row];
}

size_t inb_catalogue_find(const inb_catalogue *catalogue, const char *id, size_t length) {
    for (size_t row = 0; row < catalogue->row_count; row++) {
        if (inb_equals(id, length, catalogue->rows[row].id)) {
            return row;
        }
    }
    return SIZE_MAX;
}

size_t inb_catalogue_routes(const inb_catalogue *catalogue) {
    return catalogue->route_count;
}

const inb_route *inb_catalogue_route(const inb_catalogue *catalogue, size_t route) {
    return &catalogue->routes[route];
}

const inb_branch *inb_catalogue_branches(const inb_catalogue *catalogue, size_t *ret_count) {
    *ret_count = catalogue->branch_count;
    return catalogue->branches;
}

bool inb_catalogue_asks(const inb_catalogue *catalogue, size_t row, inb_age_class age) {
    const inb_indicator *indicator = &catalogue->rows[row];
    if (indicator->kind == INB_EXCLUDED_PROXY || indicator->omitted) {
        return false;
    }
    return age != INB_AGE_ADULT || indicator->for_adult || indicator->adults_too;
}
