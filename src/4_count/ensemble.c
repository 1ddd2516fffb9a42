// SPDX-License-Identifier: EUPL-1.2
// The ensemble. Sensitivity to a pair of lists: stepwise's model with the pair's odds ratio fixed
// (Gerritse, van der Heijden, Bakker 2015, doi:10.1515/jos-2015-0024). Internal consistency:
// people on a list, known, estimated from the other lists (Binette and Steorts 2022,
// doi:10.1111/rssa.12803). What no data exclude: hidden people times e^xi, xi an interaction of all
// lists (Aleshin-Guendel, Sadinle, Wakefield 2021), held against the interactions that were found.

#include "ensemble.h"

#include "base/alloc.h"
#include "caveats.h"
#include "math/chordal.h"
#include "methods.h"
#include "offset_fit.h"
#include "thousands.h"
#include "reshape.h"
#include "stepwise.h"

#include <math.h>
#include <string.h>

enum {
    MOST_ROWS = 600,
    CLASSED = 7, // lists up to which the latent classes take part
    SEARCHED = 6 // lists up to which the best of all models is searched on changed tables
};

static const double MOVES = 2;          // a row this factor from stepwise's N is told
static const double CONSISTENT = 0.2;   // a mean log relative bias beyond this is told
static const double BRIEF_SEARCH = 1e9; // multiplications of a search beyond six lists

const char *inb_ensemble_kind_name(inb_ensemble_kind kind) {
#define NAME(number, name) name,
    static const char *const names[] = {INB_ENSEMBLE_KINDS(NAME)};
#undef NAME
    return names[kind];
}

// Rows in the making.
struct table {
    inb_i_run *run;
    const inb_history_group *group;
    inb_ensemble_row *rows; // [MOST_ROWS]
    size_t count;
    double base;               // stepwise's N, NAN where there is none
    inb_choice_room *stepwise; // for tables of one list less
    inb_choice_room *best;
    inb_terms terms; // scratch of those
};

static void clear_table(struct table *table) {
    inb_choice_freep(&table->stepwise);
    inb_choice_freep(&table->best);
    inb_free(table->terms.terms);
}

static inb_status take_text(inb_i_run *run, const char **ret_text, inb_error *err) {
    INB_TRY(inb_buffer_check(&run->text, err));
    *ret_text = inb_arena_text(run->arena, inb_buffer_get(&run->text), run->text.length);
    inb_buffer_reset(&run->text);
    return *ret_text == NULL ? inb_i_no_memory(err) : INB_OK;
}

static inb_status add_row(struct table *table, inb_ensemble_row row, inb_error *err) {
    inb_i_run *run = table->run;
    if (table->count == MOST_ROWS) {
        return inb_fail(err, INB_INTERNAL, "more rows of an ensemble than there is room for");
    }
    inb_set_text(row.lists, run->histories->lists, run->histories->list_count, &run->text);
    INB_TRY(take_text(run, &row.lists_text, err));
    row.estimate = row.has_estimate ? row.estimate : 0;
    table->rows[table->count++] = row;
    return INB_OK;
}

static inb_ensemble_row row_of(
    const struct table *table, inb_ensemble_kind kind, const char *method) {
    return (inb_ensemble_row){.kind = kind, .method = method, .observed = table->group->observed};
}

static void take_number(inb_ensemble_row *row, double number) {
    row->has_estimate = isfinite(number);
    row->estimate = row->has_estimate ? number : 0;
}

// N and its model interval from a fit.
static void take_fit(const inb_i_run *run, inb_ensemble_row *row, const inb_fit *fit) {
    if (!(fit->converged && fit->identified && fit->status == 0)) {
        return;
    }
    double n = (double)row->observed;
    double spread = exp(run->z * fit->log_hidden_se);
    row->has_estimate = true;
    row->estimate = n + fit->hidden;
    row->interval = (inb_interval){run->options->level, n + fit->hidden / spread,
        n + fit->hidden * spread, INB_INTERVAL_MODEL};
    row->has_interval = isfinite(row->interval.high);
}

// ---- methods ----

static inb_status add_method(
    struct table *table, inb_count_method method, const char *name, inb_error *err) {
    inb_i_run *run = table->run;
    inb_ensemble_row row = row_of(table, INB_ENSEMBLE_METHOD, name);
    inb_i_notes unused;
    inb_figures figures;
    INB_TRY(inb_i_notes_new(run, INB_I_MOST_WARNINGS, &unused, err));
    INB_TRY(inb_i_method_of(method)->figure(run, table->group, &unused, &figures, err));
    bool settled = !figures.has_posterior || figures.posterior.converged;
    if (figures.has_estimate && figures.status == 0 && settled) {
        row.has_estimate = true;
        row.estimate = figures.estimate;
        row.has_interval = figures.has_interval;
        row.interval = figures.interval;
    } else if (!settled) {
        row.note = "the posterior has not settled: no number";
    } else {
        row.note = "no finite, identified estimate";
    }
    return add_row(table, row, err);
}

static inb_status add_search(
    struct table *table, const inb_choice_plan *plan, const char *name, inb_error *err) {
    INB_CLEANUP(inb_choice_freep) inb_choice_room *room = NULL;
    inb_fit fit;
    inb_search_result found;
    inb_ensemble_row row = row_of(table, INB_ENSEMBLE_METHOD, name);
    INB_TRY(inb_choice_new(plan, &room, err));
    INB_TRY(inb_choice_make(room, 0, table->group->cells, &table->run->terms, &fit, &found, err));
    take_fit(table->run, &row, &fit);
    row.note = found.found && !found.proved ? "the search ended before it was proved best" : NULL;
    return add_row(table, row, err);
}

static inb_status add_averages(struct table *table, inb_error *err) {
    static const struct {
        double delta;
        const char *name;
    } others[] = {{0.1, "decomposable, delta 0.1"}, {1, "decomposable, delta 1"}};
    inb_i_run *run = table->run;
    const inb_estimate_options *asked = run->options;
    if (run->histories->list_count > INB_CHORDAL_MOST) {
        return INB_OK;
    }
    INB_TRY(add_method(table, INB_COUNT_DECOMPOSABLE, "decomposable", err));
    for (size_t i = 0; i < 2; i++) {
        inb_estimate_options changed = *asked;
        changed.delta = others[i].delta;
        changed.parity = false;
        run->options = &changed;
        inb_status status = add_method(table, INB_COUNT_DECOMPOSABLE, others[i].name, err);
        run->options = asked;
        INB_TRY(status);
    }
    return INB_OK;
}

static inb_status add_methods(struct table *table, inb_error *err) {
    inb_i_run *run = table->run;
    INB_TRY(add_method(table, INB_COUNT_STEPWISE, "stepwise", err));
    const inb_ensemble_row *first = &table->rows[table->count - 1];
    table->base = first->has_estimate ? first->estimate : (double)NAN;
    INB_TRY(add_method(table, INB_COUNT_INDEPENDENCE, "independence", err));
    inb_choice_plan plan = run->plan;
    plan.choice = INB_CHOICE_BEST;
    plan.starts = NULL;
    plan.search.criterion = INB_SEARCH_BIC;
    plan.search.order = 0;
    plan.search.operations =
        run->histories->list_count > SEARCHED ? BRIEF_SEARCH : (double)INFINITY;
    INB_TRY(add_search(table, &plan, "bic", err));
    if (run->histories->list_count > 2) {
        plan.search.order = 2;
        INB_TRY(add_search(table, &plan, "bic, pairs", err));
        plan.search.order = 0;
        plan.search.criterion = INB_SEARCH_AIC;
        INB_TRY(add_search(table, &plan, "aic", err));
    }
    INB_TRY(add_averages(table, err));
    if (run->histories->list_count > CLASSED) {
        inb_ensemble_row row = row_of(table, INB_ENSEMBLE_METHOD, "latent-class");
        row.note = "takes minutes on so many lists: ask for it with --method latent-class";
        INB_TRY(add_row(table, row, err));
    } else if (run->histories->list_count > 2) {
        INB_TRY(add_method(table, INB_COUNT_LATENT_CLASS, "latent-class", err));
    }
    return INB_OK;
}

static inb_status add_thresholds(struct table *table, inb_error *err) {
    static const double thresholds[] = {
        1e-8, 1e-6, 1e-5, 1e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4};
    inb_i_run *run = table->run;
    for (size_t i = 0; i < sizeof thresholds / sizeof thresholds[0]; i++) {
        inb_fit fit;
        inb_ensemble_row row = row_of(table, INB_ENSEMBLE_THRESHOLD, "stepwise");
        row.at = thresholds[i];
        INB_TRY(inb_stepwise(run->room, table->group->cells, row.at, &run->terms, err));
        INB_TRY(inb_fit_model(
            run->room, table->group->cells, run->terms.terms, run->terms.count, &fit, err));
        take_fit(run, &row, &fit);
        INB_TRY(add_row(table, row, err));
    }
    return INB_OK;
}

// ---- other lists ----

static inb_status make_rooms(struct table *table, inb_error *err) {
    inb_choice_plan plan = table->run->plan;
    plan.list_count--;
    plan.starts = NULL;
    plan.choice = INB_CHOICE_STEPWISE;
    plan.search.criterion = INB_SEARCH_BIC;
    plan.search.order = 0;
    plan.search.operations = INFINITY;
    table->terms = (inb_terms){
        plan.list_count, inb_alloc((size_t)1 << plan.list_count, sizeof *table->terms.terms), 0};
    if (table->terms.terms == NULL) {
        return inb_i_no_memory(err);
    }
    INB_TRY(inb_choice_new(&plan, &table->stepwise, err));
    if (table->run->histories->list_count <= SEARCHED) {
        plan.choice = INB_CHOICE_BEST;
        INB_TRY(inb_choice_new(&plan, &table->best, err));
    }
    return INB_OK;
}

static void note_distance(const struct table *table, inb_ensemble_row *row) {
    if (row->has_estimate && isfinite(table->base) && strcmp(row->method, "stepwise") == 0 &&
        row->note == NULL) {
        double factor = row->estimate / table->base;
        row->note = factor >= MOVES       ? "at least twice the number of all lists"
                    : factor <= 1 / MOVES ? "at most half the number of all lists"
                                          : NULL;
    }
}

// Both choices on a table with one list less.
static inb_status add_changed(
    struct table *table, inb_ensemble_row row, const inb_reshaped *changed, inb_error *err) {
    static const char *const names[] = {"stepwise", "bic"};
    inb_choice_room *rooms[] = {table->stepwise, table->best};
    row.observed = changed->observed;
    for (size_t i = 0; i < 2; i++) {
        inb_ensemble_row one = row;
        inb_fit fit;
        one.method = names[i];
        if (rooms[i] == NULL || (i == 1 && row.kind == INB_ENSEMBLE_CONSISTENCY)) {
            continue;
        }
        if (changed->usable && changed->observed > 0) {
            INB_TRY(inb_choice_make(rooms[i], 0, changed->cells, &table->terms, &fit, NULL, err));
            take_fit(table->run, &one, &fit);
        }
        if (row.kind != INB_ENSEMBLE_CONSISTENCY) {
            note_distance(table, &one);
        }
        INB_TRY(add_row(table, one, err));
    }
    return INB_OK;
}

static inb_status add_other_lists(struct table *table, inb_error *err) {
    const inb_cell *cells = table->group->cells;
    size_t lists = table->run->histories->list_count;
    INB_CLEANUP(inb_freep) inb_reshaped *changed = inb_alloc(1, sizeof *changed);
    if (changed == NULL) {
        return inb_i_no_memory(err);
    }
    INB_TRY(make_rooms(table, err));
    for (size_t a = 0; a < lists; a++) {
        inb_ensemble_row row = row_of(table, INB_ENSEMBLE_WITHOUT, NULL);
        row.lists = (inb_list_set)(1U << a);
        inb_reshape_without(lists, cells, a, changed);
        INB_TRY(add_changed(table, row, changed, err));
    }
    for (size_t a = 0; a < lists; a++) {
        for (size_t b = a + 1; b < lists; b++) {
            inb_ensemble_row row = row_of(table, INB_ENSEMBLE_MERGED, NULL);
            row.lists = (inb_list_set)(1U << a | 1U << b);
            inb_reshape_merged(lists, cells, a, b, changed);
            INB_TRY(add_changed(table, row, changed, err));
        }
    }
    for (size_t a = 0; a < lists; a++) {
        inb_ensemble_row row = row_of(table, INB_ENSEMBLE_CONSISTENCY, NULL);
        row.lists = (inb_list_set)(1U << a);
        for (size_t h = 1; h < (size_t)1 << lists; h++) {
            bool counted = cells[h].kind == INB_CELL_COUNTED;
            row.known += (h >> a & 1) != 0 && counted ? cells[h].count : 0;
        }
        inb_reshape_within(lists, cells, a, changed);
        INB_TRY(add_changed(table, row, changed, err));
    }
    return INB_OK;
}

// ---- what cannot be tested ----

static inb_status add_pair(struct table *table, const inb_list_set *model, size_t count,
    inb_list_set pair, inb_list_set *without, inb_error *err) {
    static const double ratios[] = {0.25, 0.5, 1, 2, 4};
    inb_i_run *run = table->run;
    const inb_cell *cells = table->group->cells;
    size_t kept = 0;
    for (size_t t = 0; t < count; t++) {
        if ((model[t] & pair) != pair) {
            without[kept++] = model[t];
        }
    }
    int status;
    INB_TRY(inb_fit_examine(run->room, cells, without, kept, &status, err));
    for (size_t i = 0; i < sizeof ratios / sizeof ratios[0]; i++) {
        inb_ensemble_row row = row_of(table, INB_ENSEMBLE_ODDS_RATIO, "stepwise");
        row.lists = pair;
        row.at = ratios[i];
        inb_offset_fit fit = {.given = false};
        if (status == 0) {
            INB_TRY(inb_offset_fit_run(
                run->histories->list_count, cells, without, kept, pair, log(ratios[i]), &fit, err));
        }
        take_number(&row, fit.given ? (double)row.observed + fit.hidden : (double)NAN);
        note_distance(table, &row);
        INB_TRY(add_row(table, row, err));
    }
    return INB_OK;
}

static inb_status add_unseen(struct table *table, inb_error *err) {
    inb_i_run *run = table->run;
    inb_fit fit;
    INB_TRY(inb_fit_model(
        run->room, table->group->cells, run->terms.terms, run->terms.count, &fit, err));
    double strongest = 0;
    inb_list_set which = 0;
    for (size_t t = 0; t < run->room->basis_count; t++) {
        if (inb_set_size(run->room->basis[t]) > 1 && fabs(run->room->beta[t]) > strongest) {
            strongest = fabs(run->room->beta[t]);
            which = run->room->basis[t];
        }
    }
    const double factors[] = {0.25, 0.5, 2, 4, exp(-strongest), exp(strongest)};
    for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
        inb_ensemble_row row = row_of(table, INB_ENSEMBLE_UNSEEN, "stepwise");
        if (i >= 4) {
            row.lists = which;
            row.note = "as strong as the strongest interaction that was found";
        }
        row.at = factors[i];
        bool usable = fit.converged && fit.identified && fit.status == 0;
        take_number(&row, usable ? (double)row.observed + fit.hidden * factors[i] : (double)NAN);
        if (i < 4 || which != 0) {
            INB_TRY(add_row(table, row, err));
        }
    }
    return INB_OK;
}

static inb_status add_untestable(struct table *table, inb_error *err) {
    inb_i_run *run = table->run;
    size_t lists = run->histories->list_count;
    size_t size = (size_t)1 << lists;
    INB_CLEANUP(inb_freep) inb_list_set *model = inb_alloc(size, sizeof *model);
    INB_CLEANUP(inb_freep) inb_list_set *without = inb_alloc(size, sizeof *without);
    if (model == NULL || without == NULL) {
        return inb_i_no_memory(err);
    }
    INB_TRY(
        inb_stepwise(run->room, table->group->cells, run->options->threshold, &run->terms, err));
    memcpy(model, run->terms.terms, run->terms.count * sizeof *model);
    for (size_t a = 0; a < lists; a++) {
        for (size_t b = a + 1; b < lists; b++) {
            INB_TRY(add_pair(
                table, model, run->terms.count, (inb_list_set)(1U << a | 1U << b), without, err));
        }
    }
    return add_unseen(table, err);
}

// ---- what stands out ----

// The clause for one row: "leaving out A gives 12,345".
static void describe_row(const inb_ensemble_row *row, inb_buffer *out) {
    switch (row->kind) {
    case INB_ENSEMBLE_WITHOUT:
        inb_buffer_format(out, "leaving out list %s", row->lists_text);
        break;
    case INB_ENSEMBLE_MERGED:
        inb_buffer_format(out, "taking %s as one list", row->lists_text);
        break;
    case INB_ENSEMBLE_ODDS_RATIO:
        inb_buffer_format(out, "an odds ratio of %g between %s", row->at, row->lists_text);
        break;
    default:
        inb_buffer_format(out, "method %s", row->method);
        break;
    }
    inb_buffer_format(out, " gives %s", inb_i_people_of(row->estimate).text);
}

bool inb_i_ensemble_driver(const inb_estimate *estimate, inb_buffer *out) {
    const inb_ensemble_row *most = NULL;
    double farthest = 0;
    double base = estimate->ensemble_count > 0 && estimate->ensemble[0].has_estimate
                      ? estimate->ensemble[0].estimate
                      : (double)NAN;
    for (size_t i = 1; i < estimate->ensemble_count; i++) {
        const inb_ensemble_row *row = &estimate->ensemble[i];
        bool same = strcmp(row->method, "stepwise") == 0; // like is compared with like
        bool whole = strchr(row->method, ',') == NULL;    // no other setting of a method
        bool compared = (row->kind == INB_ENSEMBLE_METHOD && whole) ||
                        (row->kind == INB_ENSEMBLE_WITHOUT && same) ||
                        (row->kind == INB_ENSEMBLE_MERGED && same) ||
                        (row->kind == INB_ENSEMBLE_ODDS_RATIO && row->at >= 0.5 && row->at <= 2);
        if (compared && row->has_estimate && fabs(log(row->estimate / base)) > farthest) {
            farthest = fabs(log(row->estimate / base));
            most = row;
        }
    }
    if (most != NULL) {
        inb_buffer_format(out, "against stepwise's %s, ", inb_i_people_of(base).text);
        describe_row(most, out);
    }
    return most != NULL;
}

static inb_status note_pairs(struct table *table, inb_i_notes *notes, inb_error *err) {
    inb_i_run *run = table->run;
    size_t named = 0;
    for (size_t i = 0; i < table->count; i++) {
        const inb_ensemble_row *row = &table->rows[i];
        if (row->kind == INB_ENSEMBLE_ODDS_RATIO && row->at == 4 && row->has_estimate &&
            row->estimate >= MOVES * table->base) {
            inb_buffer_text(&run->text,
                named++ == 0 ? "a dependence that was not found (odds ratio 4) would at least "
                               "double the number for "
                             : ", ");
            inb_buffer_text(&run->text, row->lists_text);
        }
    }
    return named > 0 ? inb_i_note(run, notes, "pair_doubles", err) : INB_OK;
}

static inb_status note_lists(struct table *table, inb_i_notes *notes, inb_error *err) {
    inb_i_run *run = table->run;
    size_t named = 0;
    for (size_t i = 0; i < table->count; i++) {
        const inb_ensemble_row *row = &table->rows[i];
        bool moved = row->kind == INB_ENSEMBLE_WITHOUT || row->kind == INB_ENSEMBLE_MERGED;
        if (moved && row->note != NULL) {
            inb_buffer_text(
                &run->text, named++ == 0 ? "the number changes by a factor two or more: " : "; ");
            describe_row(row, &run->text);
        }
    }
    return named > 0 ? inb_i_note(run, notes, "list_decides", err) : INB_OK;
}

static inb_status note_consistency(struct table *table, inb_i_notes *notes, inb_error *err) {
    inb_i_run *run = table->run;
    double sum = 0;
    size_t count = 0;
    size_t inside = 0;
    for (size_t i = 0; i < table->count; i++) {
        const inb_ensemble_row *row = &table->rows[i];
        if (row->kind == INB_ENSEMBLE_CONSISTENCY && row->has_estimate && row->known > 0) {
            double known = (double)row->known;
            sum += log(row->estimate / known);
            inside +=
                row->has_interval && row->interval.low <= known && known <= row->interval.high;
            count++;
        }
    }
    if (count == 0) {
        return INB_OK;
    }
    double bias = sum / (double)count;
    inb_buffer_format(&run->text,
        "each list predicted from the others (how many are on it is known): mean log relative bias "
        "%.2f over %zu lists, the interval holds the truth for %zu",
        bias, count, inside);
    inb_buffer_text(&run->text, bias < -CONSISTENT  ? "; the lists lean on each other, so the "
                                                      "number is likelier too low than too high"
                                : bias > CONSISTENT ? "; the lists avoid each other, so the number "
                                                      "is likelier too high than too low"
                                                    : "");
    return inb_i_note(run, notes, "consistency", err);
}

inb_status inb_i_add_ensemble(inb_i_run *run, const inb_history_group *group,
    inb_estimate *estimate, inb_i_notes *notes, inb_error *err) {
    INB_CLEANUP(clear_table) struct table table = {.run = run, .group = group};
    table.rows = inb_arena_get(run->arena, MOST_ROWS, sizeof *table.rows);
    if (table.rows == NULL) {
        return inb_i_no_memory(err);
    }
    run->brief = true;
    INB_TRY(add_methods(&table, err));
    INB_TRY(add_thresholds(&table, err));
    if (run->histories->list_count > 2) {
        INB_TRY(add_other_lists(&table, err));
    }
    INB_TRY(add_untestable(&table, err));
    run->brief = false;
    INB_TRY(note_lists(&table, notes, err));
    INB_TRY(note_pairs(&table, notes, err));
    INB_TRY(note_consistency(&table, notes, err));
    estimate->ensemble = table.rows;
    estimate->ensemble_count = table.count;
    return INB_OK;
}
