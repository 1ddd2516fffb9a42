// SPDX-License-Identifier: EUPL-1.2
// From histories to an estimate: the asked method on the table or on each group, the joint total of
// the groups, the other methods for comparison, and every caveat that goes with the figures. The
// model interval is n + exp(log hidden -+ z se) (Cormack 1989); for groups that are fitted apart
// the hidden people add up, and so do their variances, since the groups' fits share nothing.

#include <inbeeld/count.h>

#include "base/alloc.h"
#include "bootstrap.h"
#include "bound.h"
#include "chooser.h"
#include "loglinear.h"
#include "math/normal.h"
#include "model_terms.h"
#include "profile.h"
#include "stepwise.h"

#include <math.h>
#include <string.h>

enum {
    MOST_WARNINGS = 24, // per set of figures; the histories' own come on top
    FEW_PEOPLE = 25,    // below this a group is called too small
    FEW_OVERLAPS = 10,  // fewer people on two or more lists are called few
    PAIRS_NAMED = 6     // empty overlaps named one by one
};

static const double DISAGREE = 2; // methods further apart than this leave no headline

const char *inb_count_method_name(inb_count_method method) {
    switch (method) {
    case INB_COUNT_INDEPENDENCE:
        return "independence";
    case INB_COUNT_MODEL:
        return "model";
    case INB_COUNT_BIC:
        return "bic";
    case INB_COUNT_STEPWISE:
        break;
    }
    return "stepwise";
}

const char *inb_count_criterion_name(inb_count_criterion criterion) {
    static const char *const names[] = {"bic", "aic", "aicc"};
    return names[criterion];
}

const char *inb_interval_kind_name(inb_interval_kind kind) {
    static const char *const names[] = {"model", "profile", "bca"};
    return names[kind];
}

// What one run works with.
struct run {
    const inb_histories *histories;
    const inb_estimate_options *options;
    inb_arena *arena; // of the result
    inb_fit_room *room;
    inb_terms terms; // scratch, [1 << lists]
    inb_terms given; // of --model
    inb_choice_plan plan;
    inb_choice_room *best;    // INB_COUNT_BIC
    inb_search_result search; // its last
    double z;
    inb_buffer text; // scratch
};

static void clear_run(struct run *run) {
    inb_fit_room_freep(&run->room);
    inb_choice_freep(&run->best);
    inb_arena_free(run->arena);
    inb_free(run->terms.terms);
    inb_free(run->given.terms);
    inb_buffer_clear(&run->text);
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the estimate");
}

// ---- warnings ----

// Warnings in the making; those of an estimate are const to its reader.
struct notes {
    inb_warning *list; // in the run's arena
    size_t count;
    size_t size;
};

static inb_status notes_new(struct run *run, size_t size, struct notes *notes, inb_error *err) {
    notes->list = inb_arena_get(run->arena, size, sizeof *notes->list);
    notes->count = 0;
    notes->size = size;
    return notes->list == NULL ? no_memory(err) : INB_OK;
}

// Makes a warning of run->text and empties it.
static inb_status note(struct run *run, struct notes *notes, const char *code, inb_error *err) {
    INB_TRY(inb_buffer_check(&run->text, err));
    if (notes->count == notes->size) {
        return inb_fail(err, INB_INTERNAL, "more warnings than there is room for");
    }
    const char *text = inb_arena_text(run->arena, inb_buffer_get(&run->text), run->text.length);
    if (text == NULL) {
        return no_memory(err);
    }
    notes->list[notes->count++] = (inb_warning){code, text};
    inb_buffer_reset(&run->text);
    return INB_OK;
}

static inb_status note_text(
    struct run *run, struct notes *notes, const char *code, const char *text, inb_error *err) {
    inb_buffer_text(&run->text, text);
    return note(run, notes, code, err);
}

// People for certain on a history that holds all of `set`.
static int64_t people_on(const struct run *run, const inb_cell *cells, unsigned set) {
    int64_t sum = 0;
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        sum += (h & set) == set && cells[h].kind == INB_CELL_COUNTED ? cells[h].count : 0;
    }
    return sum;
}

static inb_status note_overlaps(
    struct run *run, const inb_cell *cells, struct notes *notes, inb_error *err) {
    size_t lists = run->histories->list_count;
    size_t empty = 0;
    for (int naming = 0; naming < 2; naming++) {
        size_t named = 0;
        for (size_t a = 0; a < lists; a++) {
            for (size_t b = a + 1; b < lists; b++) {
                inb_list_set pair = (inb_list_set)(1U << a | 1U << b);
                if (people_on(run, cells, pair) > 0) {
                    continue;
                }
                empty += naming == 0;
                if (naming == 1 && named < PAIRS_NAMED) {
                    inb_buffer_text(&run->text, named == 0 ? ": " : ", ");
                    inb_set_text(pair, run->histories->lists, lists, &run->text);
                    named++;
                }
            }
        }
        if (naming == 0 && empty > 0) {
            inb_buffer_format(&run->text, "%zu of %zu pairs of lists %s nobody in common", empty,
                lists * (lists - 1) / 2, empty == 1 ? "has" : "have");
        }
    }
    if (empty > 0) {
        inb_buffer_text(&run->text, empty > PAIRS_NAMED ? " and others" : "");
        INB_TRY(note(run, notes, "empty_overlaps", err));
    }
    int64_t several = 0;
    for (size_t h = 1; h < (size_t)1 << lists; h++) {
        bool more = inb_set_size((inb_list_set)h) > 1;
        several += more && cells[h].kind == INB_CELL_COUNTED ? cells[h].count : 0;
    }
    if (several < FEW_OVERLAPS) {
        inb_buffer_format(&run->text,
            "only %lld %s on two or more lists: the estimate rests on them", (long long)several,
            several == 1 ? "person is" : "people are");
        INB_TRY(note(run, notes, "few_overlaps", err));
    }
    return INB_OK;
}

static inb_status note_cells(
    struct run *run, const inb_cell *cells, struct notes *notes, inb_error *err) {
    size_t kinds[4] = {0};
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        kinds[cells[h].kind]++;
    }
    if (kinds[INB_CELL_STRUCTURAL] > 0) {
        inb_buffer_format(&run->text,
            "%zu histor%s cannot occur and %s left out: the estimate is of people who could be on "
            "the other combinations",
            kinds[INB_CELL_STRUCTURAL], kinds[INB_CELL_STRUCTURAL] == 1 ? "y" : "ies",
            kinds[INB_CELL_STRUCTURAL] == 1 ? "is" : "are");
        INB_TRY(note(run, notes, "structural_cells", err));
    }
    if (kinds[INB_CELL_MISSING] > 0) {
        inb_buffer_format(&run->text,
            "%zu histor%s without a count: left out of the fit, the expected people in %s are part "
            "of the hidden number",
            kinds[INB_CELL_MISSING], kinds[INB_CELL_MISSING] == 1 ? "y is" : "ies are",
            kinds[INB_CELL_MISSING] == 1 ? "it" : "them");
        INB_TRY(note(run, notes, "missing_cells", err));
    }
    if (kinds[INB_CELL_CENSORED] > 0) {
        inb_buffer_format(&run->text,
            "%zu histor%s known only up to a bound: not in the observed number, the expected "
            "people "
            "in %s are part of the hidden number",
            kinds[INB_CELL_CENSORED], kinds[INB_CELL_CENSORED] == 1 ? "y is" : "ies are",
            kinds[INB_CELL_CENSORED] == 1 ? "it" : "them");
        INB_TRY(note(run, notes, "censored_cells", err));
    }
    return INB_OK;
}

static inb_status note_fit(struct run *run, const inb_cell *cells, inb_count_method method,
    const inb_fit *fit, struct notes *notes, inb_error *err) {
    for (size_t j = 0; j < run->histories->list_count; j++) {
        if (people_on(run, cells, 1U << j) == 0) {
            inb_buffer_format(&run->text, "nobody here is on list %s: it plays no part",
                run->histories->lists[j]);
            INB_TRY(note(run, notes, "list_without_people", err));
        }
    }
    if (!fit->converged) {
        INB_TRY(note_text(
            run, notes, "not_converged", "the fit did not converge: no estimate is given", err));
    } else if (!fit->identified) {
        INB_TRY(note_text(run, notes, "no_estimate",
            "no finite, identified estimate exists: too few of the overlaps that this model needs "
            "have people in them",
            err));
    }
    if ((fit->status & INB_FIT_NO_MAXIMUM) != 0) {
        INB_TRY(note_text(run, notes, "no_maximum",
            "the likelihood has no finite maximum: an empty overlap drives part of the model to "
            "infinity",
            err));
    }
    if ((fit->status & INB_FIT_NOT_IDENTIFIED) != 0) {
        INB_TRY(note_text(run, notes, "not_identified",
            "the model has more parameters than the occupied histories determine", err));
    }
    // With groups the total says it once.
    bool alone = run->histories->group_column_count == 0;
    bool chosen = method == INB_COUNT_STEPWISE || method == INB_COUNT_BIC;
    if (fit->identified && chosen && alone && run->options->bootstrap == 0) {
        INB_TRY(note_text(run, notes, "selection",
            "the interval takes the chosen model as given: it is too narrow in that it does not "
            "reflect that the model was chosen on the same data",
            err));
    }
    return INB_OK;
}

static inb_status note_search(struct run *run, struct notes *notes, inb_error *err) {
    const char *criterion = inb_count_criterion_name(run->options->criterion);
    if (!run->search.found) {
        return note_text(run, notes, "no_model",
            "none of the models has a finite, identified estimate on these lists", err);
    }
    if (run->search.passed_over) {
        inb_buffer_format(&run->text,
            "a model with a lower %s was passed over: it has no finite, identified estimate",
            criterion);
        INB_TRY(note(run, notes, "passed_over", err));
    }
    if (!run->search.proved) {
        inb_buffer_format(&run->text,
            "the search ended before it could prove that no model is better; none has a %s that is "
            "lower by more than %.4g (--order 2 leaves fewer models)",
            criterion, run->search.gap);
        INB_TRY(note(run, notes, "not_proved", err));
    }
    return INB_OK;
}

// ---- one table ----

// Chooses the model of `method` on `cells` into run->terms and fits it.
static inb_status fit_table(struct run *run, const inb_cell *cells, inb_count_method method,
    inb_fit *ret_fit, inb_error *err) {
    switch (method) {
    case INB_COUNT_STEPWISE:
        INB_TRY(inb_stepwise(run->room, cells, run->options->threshold, &run->terms, err));
        break;
    case INB_COUNT_INDEPENDENCE:
        inb_terms_independence(&run->terms);
        break;
    case INB_COUNT_MODEL:
        memcpy(run->terms.terms, run->given.terms, run->given.count * sizeof *run->terms.terms);
        run->terms.count = run->given.count;
        break;
    case INB_COUNT_BIC:
        return inb_choice_make(run->best, 0, cells, &run->terms, ret_fit, &run->search, err);
    }
    return inb_fit_model(run->room, cells, run->terms.terms, run->terms.count, ret_fit, err);
}

static void add_interval(const struct run *run, inb_figures *figures, inb_interval_kind kind,
    double hidden_low, double hidden_high, bool leads) {
    double n = (double)figures->observed;
    inb_interval interval = {run->options->level, n + hidden_low, n + hidden_high, kind};
    if (isfinite(interval.high)) {
        figures->intervals[figures->interval_count++] = interval;
        figures->interval = leads || !figures->has_interval ? interval : figures->interval;
        figures->has_interval = true;
    }
}

static void add_model_interval(const struct run *run, inb_figures *figures) {
    double spread = exp(run->z * figures->log_hidden_se);
    add_interval(
        run, figures, INB_INTERVAL_MODEL, figures->hidden / spread, figures->hidden * spread, true);
}

static inb_status add_profile_interval(
    struct run *run, const inb_cell *cells, inb_figures *figures, inb_error *err) {
    inb_profile profile = {.given = false};
    if (figures->status == 0) {
        INB_TRY(inb_profile_interval(run->histories->list_count, cells, run->terms.terms,
            run->terms.count, figures->hidden, run->options->level, &profile, err));
    }
    if (profile.given) {
        figures->has_profile = true;
        figures->profile_estimate = (double)figures->observed + profile.best;
        add_interval(run, figures, INB_INTERVAL_PROFILE, profile.low, profile.high,
            run->options->method == INB_COUNT_BIC);
    }
    return INB_OK;
}

static inb_status add_bound(
    struct run *run, const inb_cell *cells, inb_figures *figures, inb_error *err) {
    inb_bound bound;
    INB_TRY(inb_bound_reference(run->histories->list_count, cells, &bound, err));
    figures->has_bound = bound.given;
    figures->bound = bound.given ? bound.estimate : 0;
    return INB_OK;
}

static void add_search(const struct run *run, inb_figures *figures) {
    figures->has_search = run->search.found;
    if (run->search.found) {
        figures->search = (inb_search_figures){run->search.value, run->search.proved,
            run->search.gap, run->search.models, run->search.fitted, run->search.examined};
    }
}

static inb_status describe_model(struct run *run, inb_figures *figures, inb_error *err) {
    size_t count = run->terms.count;
    inb_list_set *terms = inb_arena_get(run->arena, count, sizeof *terms);
    inb_list_set *model = inb_arena_get(run->arena, count, sizeof *model);
    if (terms == NULL || model == NULL) {
        return no_memory(err);
    }
    memcpy(terms, run->terms.terms, count * sizeof *terms);
    size_t maximal = inb_terms_maximal(&run->terms, model);
    const char **texts = inb_arena_get(run->arena, maximal, sizeof *texts);
    if (texts == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < maximal; i++) {
        inb_set_text(model[i], run->histories->lists, run->histories->list_count, &run->text);
        INB_TRY(inb_buffer_check(&run->text, err));
        texts[i] = inb_arena_text(run->arena, inb_buffer_get(&run->text), run->text.length);
        if (texts[i] == NULL) {
            return no_memory(err);
        }
        inb_buffer_reset(&run->text);
    }
    figures->term_count = count;
    figures->terms = terms;
    figures->model_count = maximal;
    figures->model = model;
    figures->model_texts = texts;
    return INB_OK;
}

// Everything about one table. `notes` may hold warnings already.
static inb_status figure_table(struct run *run, const inb_history_group *group, struct notes *notes,
    inb_figures *ret_figures, inb_error *err) {
    inb_fit fit;
    inb_figures figures = {.group_values = group->values, .observed = group->observed};
    INB_TRY(fit_table(run, group->cells, run->options->method, &fit, err));
    INB_TRY(describe_model(run, &figures, err));
    figures.status = fit.status;
    figures.parameters_identified = (fit.status & INB_FIT_NOT_IDENTIFIED) == 0;
    figures.deviance = isfinite(fit.deviance) ? fit.deviance : 0;
    figures.degrees_of_freedom = fit.degrees_of_freedom;
    figures.has_estimate = fit.converged && fit.identified;
    if (figures.has_estimate) {
        figures.hidden = fit.hidden;
        figures.uncounted = fit.uncounted;
        figures.log_hidden_se = fit.log_hidden_se;
        figures.estimate = (double)group->observed + fit.hidden;
        add_model_interval(run, &figures);
        INB_TRY(add_profile_interval(run, group->cells, &figures, err));
    }
    INB_TRY(add_bound(run, group->cells, &figures, err));
    if (run->options->method == INB_COUNT_BIC) {
        add_search(run, &figures);
        INB_TRY(note_search(run, notes, err));
    }
    INB_TRY(note_fit(run, group->cells, run->options->method, &fit, notes, err));
    INB_TRY(note_overlaps(run, group->cells, notes, err));
    INB_TRY(note_cells(run, group->cells, notes, err));
    figures.warnings = notes->list;
    figures.warning_count = notes->count;
    *ret_figures = figures;
    return INB_OK;
}

// ---- replicates ----

// Searches in a replicate beyond six lists: the original's patience for each would take hours.
static const double REPLICATE_PATIENCE = 1e8;

static void set_plan(struct run *run) {
    static const inb_choice choices[] = {[INB_COUNT_STEPWISE] = INB_CHOICE_STEPWISE,
        [INB_COUNT_INDEPENDENCE] = INB_CHOICE_INDEPENDENCE,
        [INB_COUNT_MODEL] = INB_CHOICE_GIVEN,
        [INB_COUNT_BIC] = INB_CHOICE_BEST};
    static const inb_search_criterion criteria[] = {[INB_CRITERION_BIC] = INB_SEARCH_BIC,
        [INB_CRITERION_AIC] = INB_SEARCH_AIC,
        [INB_CRITERION_AICC] = INB_SEARCH_AICC};
    size_t lists = run->histories->list_count;
    run->plan = (inb_choice_plan){.list_count = lists,
        .choice = choices[run->options->method],
        .threshold = run->options->threshold,
        .search = {criteria[run->options->criterion], run->options->order,
            inb_search_patience(lists)},
        .given = &run->given};
}

static inb_status take_bca(struct run *run, const inb_bca *bca, inb_figures *figures,
    struct notes *notes, inb_error *err) {
    figures->replicates = run->options->bootstrap;
    figures->failed_replicates = bca->failed;
    if (bca->given) {
        double n = (double)figures->observed;
        add_interval(run, figures, INB_INTERVAL_BCA, bca->low - n, bca->high - n, true);
    }
    if (!bca->given) {
        INB_TRY(note_text(run, notes, "no_bca",
            "fewer than two replicates have a finite, identified estimate: there is no bootstrap "
            "interval",
            err));
    } else if (bca->failed > 0) {
        inb_buffer_format(&run->text,
            "%zu of %zu replicates have no finite, identified estimate and are left out of the "
            "bootstrap interval",
            bca->failed, run->options->bootstrap);
        INB_TRY(note(run, notes, "failed_replicates", err));
    }
    if (bca->given && bca->at_the_edge) {
        INB_TRY(note_text(run, notes, "bca_at_the_edge",
            "the estimate lies at the edge of its replicates: the bias correction of the bootstrap "
            "interval is taken at half a replicate, and the interval says little",
            err));
    }
    figures->warnings = notes->list;
    figures->warning_count = notes->count;
    return INB_OK;
}

// A table to be drawn from, and where its answer goes.
struct drawn {
    const inb_history_group *group;
    inb_figures *figures;
    struct notes *notes;
};

// Bootstraps tables[count] that all have an estimate; *ret_total is for their sum.
static inb_status draw_tables(
    struct run *run, const struct drawn *drawn, size_t count, inb_bca *ret_total, inb_error *err) {
    const inb_cell **tables = inb_arena_get(run->arena, count, sizeof *tables);
    double *estimates = inb_arena_get(run->arena, count, sizeof *estimates);
    inb_terms *starts = inb_arena_get(run->arena, count, sizeof *starts);
    inb_bca *bca = inb_arena_get(run->arena, count, sizeof *bca);
    if (tables == NULL || estimates == NULL || starts == NULL || bca == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        tables[i] = drawn[i].group->cells;
        estimates[i] = drawn[i].figures->estimate;
        starts[i] = (inb_terms){run->histories->list_count,
            (inb_list_set *)(uintptr_t)drawn[i].figures->terms, drawn[i].figures->term_count};
    }
    inb_choice_plan plan = run->plan;
    plan.starts = starts;
    if (isfinite(plan.search.operations)) {
        plan.search.operations = REPLICATE_PATIENCE;
    }
    inb_chooser chooser = inb_choice_chooser(&plan);
    inb_spread spread = inb_spread_threads(run->options->threads);
    inb_bootstrap bootstrap = {run->histories->list_count, count, tables, estimates,
        run->options->bootstrap, run->options->seed, run->options->level, &chooser, &spread};
    INB_TRY(inb_bootstrap_run(&bootstrap, bca, ret_total, err));
    for (size_t i = 0; i < count; i++) {
        INB_TRY(take_bca(run, &bca[i], drawn[i].figures, drawn[i].notes, err));
    }
    return INB_OK;
}

static bool can_be_drawn(const inb_figures *figures) {
    return figures->has_estimate && figures->status == 0;
}

static inb_status draw_table(struct run *run, const inb_history_group *group, inb_figures *figures,
    struct notes *notes, inb_error *err) {
    if (run->options->bootstrap == 0 || !can_be_drawn(figures)) {
        return INB_OK;
    }
    struct drawn drawn = {group, figures, notes};
    inb_bca total;
    if (run->options->method == INB_COUNT_BIC && isfinite(run->plan.search.operations)) {
        INB_TRY(note_text(run, notes, "short_searches",
            "beyond six lists the search in a replicate starts at the chosen model and ends "
            "early: some replicates may miss their best model",
            err));
    }
    return draw_tables(run, &drawn, 1, &total, err);
}

// ---- groups ----

// The joint total: N is the sum of the groups' N.
static inb_status figure_total(struct run *run, const inb_figures *groups, size_t count,
    struct notes *notes, inb_figures *ret_total, inb_error *err) {
    inb_figures total = {.has_estimate = true, .parameters_identified = true};
    double variance = 0;
    size_t without = 0;
    total.has_bound = count > 0; // bounds below each part are one below the sum
    for (size_t g = 0; g < count; g++) {
        const inb_figures *group = &groups[g];
        total.has_bound = total.has_bound && group->has_bound;
        total.bound += group->bound;
        total.observed += group->observed;
        total.status |= group->status;
        total.parameters_identified = total.parameters_identified && group->parameters_identified;
        total.deviance += group->deviance;
        total.degrees_of_freedom += group->degrees_of_freedom;
        without += !group->has_estimate;
        total.hidden += group->hidden;
        total.uncounted += group->uncounted;
        variance += group->hidden * group->hidden * group->log_hidden_se * group->log_hidden_se;
    }
    total.has_estimate = without == 0;
    total.bound = total.has_bound ? total.bound : 0;
    if (total.has_estimate) {
        total.log_hidden_se = sqrt(variance) / total.hidden;
        total.estimate = (double)total.observed + total.hidden;
        add_model_interval(run, &total);
        INB_TRY(note_text(run, notes, "groups_apart",
            run->options->bootstrap > 0
                ? "the total is the sum of groups that are fitted apart; nothing is borrowed "
                  "between them"
                : "the total is the sum of groups that are fitted apart; nothing is borrowed "
                  "between them, and every interval takes its model as given",
            err));
    } else {
        total.hidden = 0;
        total.uncounted = 0;
        inb_buffer_format(&run->text,
            "%zu of %zu groups %s no estimate of %s own, so there is no joint total; the pooled "
            "figures stand beside it",
            without, count, without == 1 ? "carries" : "carry", without == 1 ? "its" : "their");
        INB_TRY(note(run, notes, "groups_without_estimate", err));
    }
    total.warnings = notes->list;
    total.warning_count = notes->count;
    *ret_total = total;
    return INB_OK;
}

// The groups' replicates, each with its own model, and their sums.
static inb_status draw_groups(struct run *run, inb_figures *groups, struct notes *group_notes,
    inb_figures *total, struct notes *notes, inb_error *err) {
    size_t count = run->histories->group_count;
    if (run->options->bootstrap == 0) {
        return INB_OK;
    }
    struct drawn *drawn = inb_arena_get(run->arena, count, sizeof *drawn);
    if (drawn == NULL) {
        return no_memory(err);
    }
    size_t usable = 0;
    for (size_t g = 0; g < count; g++) {
        if (can_be_drawn(&groups[g])) {
            drawn[usable++] =
                (struct drawn){&run->histories->groups[g], &groups[g], &group_notes[g]};
        }
    }
    if (usable == 0) {
        return INB_OK;
    }
    inb_bca sum;
    INB_TRY(draw_tables(run, drawn, usable, &sum, err));
    return usable == count ? take_bca(run, &sum, total, notes, err) : INB_OK;
}

static inb_status figure_groups(
    struct run *run, inb_estimate *estimate, struct notes *notes, inb_error *err) {
    const inb_histories *histories = run->histories;
    inb_figures *groups = inb_arena_get(run->arena, histories->group_count, sizeof *groups);
    struct notes *own = inb_arena_get(run->arena, histories->group_count, sizeof *own);
    if (groups == NULL || own == NULL) {
        return no_memory(err);
    }
    for (size_t g = 0; g < histories->group_count; g++) {
        INB_TRY(notes_new(run, MOST_WARNINGS, &own[g], err));
        if (histories->groups[g].observed < FEW_PEOPLE) {
            inb_buffer_format(&run->text,
                "a group of %lld people is too small to stand on its own: read its figures with "
                "the pooled ones",
                (long long)histories->groups[g].observed);
            INB_TRY(note(run, &own[g], "small_group", err));
        }
        INB_TRY(figure_table(run, &histories->groups[g], &own[g], &groups[g], err));
    }
    estimate->groups = groups;
    estimate->group_count = histories->group_count;
    INB_TRY(figure_total(run, groups, histories->group_count, notes, &estimate->total, err));
    INB_TRY(draw_groups(run, groups, own, &estimate->total, notes, err));
    estimate->has_pooled = histories->has_pooled;
    if (histories->has_pooled) {
        struct notes of_pooled;
        INB_TRY(notes_new(run, MOST_WARNINGS, &of_pooled, err));
        INB_TRY(figure_table(run, &histories->pooled, &of_pooled, &estimate->pooled, err));
        INB_TRY(draw_table(run, &histories->pooled, &estimate->pooled, &of_pooled, err));
    }
    return INB_OK;
}

// ---- headline ----

// N of the whole under one method: of the table, or the sum over the groups.
static inb_status compare_method(struct run *run, inb_count_method method, const inb_figures *asked,
    inb_method_figure *ret_figure, inb_error *err) {
    inb_method_figure figure = {.method = method, .has_estimate = true};
    if (method == run->options->method) { // known already
        figure.has_estimate = asked->has_estimate && asked->status == 0;
        figure.estimate = figure.has_estimate ? asked->estimate : 0;
        *ret_figure = figure;
        return INB_OK;
    }
    for (size_t g = 0; g < run->histories->group_count; g++) {
        inb_fit fit;
        INB_TRY(fit_table(run, run->histories->groups[g].cells, method, &fit, err));
        figure.has_estimate =
            figure.has_estimate && fit.converged && fit.identified && fit.status == 0;
        figure.estimate += (double)run->histories->groups[g].observed + fit.hidden;
    }
    figure.estimate = figure.has_estimate ? figure.estimate : 0;
    *ret_figure = figure;
    return INB_OK;
}

static inb_status set_headline(struct run *run, inb_estimate *estimate, inb_error *err) {
    const inb_count_method methods[] = {
        INB_COUNT_INDEPENDENCE, INB_COUNT_STEPWISE, INB_COUNT_BIC, INB_COUNT_MODEL};
    inb_headline headline = {.low = INFINITY, .high = 0};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        bool always = methods[i] == INB_COUNT_INDEPENDENCE || methods[i] == INB_COUNT_STEPWISE;
        if (!always && methods[i] != run->options->method) {
            continue;
        }
        inb_method_figure *figure = &estimate->compared[estimate->compared_count++];
        INB_TRY(compare_method(run, methods[i], &estimate->total, figure, err));
        if (figure->has_estimate) {
            headline.has_range = true;
            headline.low = figure->estimate < headline.low ? figure->estimate : headline.low;
            headline.high = figure->estimate > headline.high ? figure->estimate : headline.high;
        }
    }
    if (!headline.has_range) {
        headline.low = 0;
    }
    const inb_figures *total = &estimate->total;
    if (!total->has_estimate) {
        inb_buffer_text(&run->text, "these lists carry no finite, identified estimate");
    } else if (total->status != 0) {
        inb_buffer_text(&run->text,
            "the model cannot be estimated in full from these lists, so its number is no headline");
    } else if (headline.high > DISAGREE * headline.low) {
        inb_buffer_format(&run->text,
            "the methods disagree by a factor %.1f: which lists depend on each other decides the "
            "number, and the data do not settle it",
            headline.high / headline.low);
    } else {
        headline.given = true;
        inb_buffer_text(&run->text,
            run->options->method == INB_COUNT_MODEL
                ? "independence, stepwise and the given model are within a factor two; other "
                  "methods were not compared"
            : run->options->method == INB_COUNT_BIC
                ? "independence, stepwise and bic are within a factor two; other methods were not "
                  "compared"
                : "independence and stepwise are within a factor two; other methods were not "
                  "compared");
    }
    INB_TRY(inb_buffer_check(&run->text, err));
    headline.reason = inb_arena_text(run->arena, inb_buffer_get(&run->text), run->text.length);
    inb_buffer_reset(&run->text);
    if (headline.reason == NULL) {
        return no_memory(err);
    }
    estimate->headline = headline;
    return INB_OK;
}

// ---- two lists ----

static inb_status add_chapman(
    struct run *run, inb_estimate *estimate, struct notes *notes, inb_error *err) {
    const inb_histories *histories = run->histories;
    const inb_cell *cells = histories->pooled.cells;
    if (histories->list_count != 2 || !histories->has_pooled || cells[1].kind != INB_CELL_COUNTED ||
        cells[2].kind != INB_CELL_COUNTED || cells[3].kind != INB_CELL_COUNTED) {
        return INB_OK;
    }
    double both = (double)cells[3].count;
    double first = (double)cells[1].count + both;
    double second = (double)cells[2].count + both;
    estimate->has_chapman = true;
    estimate->chapman.estimate = (first + 1) * (second + 1) / (both + 1) - 1;
    estimate->chapman.se = sqrt((first + 1) * (second + 1) * (first - both) * (second - both) /
                                ((both + 1) * (both + 1) * (both + 2)));
    inb_buffer_format(&run->text,
        "two lists: whether they are independent cannot be tested; Chapman's estimate, which does "
        "not overshoot on small overlaps, is %.0f (standard error %.0f)",
        estimate->chapman.estimate, estimate->chapman.se);
    return note(run, notes, "two_lists", err);
}

// ---- all of it ----

static inb_status check_options(const inb_estimate_options *options, inb_error *err) {
    if (!(options->threshold > 0 && options->threshold < 1)) {
        return inb_fail(err, INB_USAGE, "threshold: expected a number between 0 and 1");
    }
    if (!(options->level > 0 && options->level < 1)) {
        return inb_fail(err, INB_USAGE, "level: expected a number between 0 and 1, as in 0.95");
    }
    if (options->method != INB_COUNT_BIC &&
        (options->criterion != INB_CRITERION_BIC || options->order != 0)) {
        return inb_fail(err, INB_USAGE, "criterion and order belong to method bic");
    }
    if (options->bootstrap > INB_REPLICATES_MOST) {
        return inb_fail(
            err, INB_USAGE, "bootstrap: expected at most %d replicates", INB_REPLICATES_MOST);
    }
    if ((options->method == INB_COUNT_MODEL) != (options->model != NULL)) {
        return inb_fail(err, INB_USAGE, "a model goes with the method that fits one given model");
    }
    return INB_OK;
}

static inb_status prepare(struct run *run, inb_error *err) {
    const inb_histories *histories = run->histories;
    size_t size = (size_t)1 << histories->list_count;
    run->terms = (inb_terms){histories->list_count, inb_alloc(size, sizeof(inb_list_set)), 0};
    run->given = (inb_terms){histories->list_count, inb_alloc(size, sizeof(inb_list_set)), 0};
    if (run->terms.terms == NULL || run->given.terms == NULL) {
        return no_memory(err);
    }
    if (run->options->model != NULL) {
        INB_TRY(inb_terms_parse(run->options->model, histories->lists, &run->given, err));
    }
    size_t most = inb_stepwise_most(histories->list_count);
    most = run->given.count > most ? run->given.count : most;
    run->z = inb_normal_quantile(0.5 + run->options->level / 2);
    INB_TRY(inb_fit_room_new(histories->list_count, most, &run->room, err));
    set_plan(run);
    if (run->options->method == INB_COUNT_BIC) {
        INB_TRY(inb_choice_new(&run->plan, &run->best, err));
    }
    return inb_arena_new(0, &run->arena, err);
}

static inb_status copy_names(struct run *run, const char *const *names, size_t count,
    const char ***ret_names, inb_error *err) {
    const char **copies = inb_arena_get(run->arena, count + 1, sizeof *copies);
    if (copies == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL) {
            continue;
        }
        copies[i] = inb_arena_text(run->arena, names[i], strlen(names[i]));
        if (copies[i] == NULL) {
            return no_memory(err);
        }
    }
    *ret_names = copies;
    return INB_OK;
}

// The estimate outlives the histories: it gets its own names and values.
static inb_status own_texts(struct run *run, inb_estimate *estimate, inb_error *err) {
    const inb_histories *histories = run->histories;
    estimate->list_count = histories->list_count;
    estimate->group_column_count = histories->group_column_count;
    INB_TRY(copy_names(run, histories->lists, histories->list_count, &estimate->lists, err));
    INB_TRY(copy_names(run, histories->group_columns, histories->group_column_count,
        &estimate->group_columns, err));
    inb_figures *groups = (inb_figures *)estimate->groups;
    for (size_t g = 0; g < estimate->group_count; g++) {
        INB_TRY(copy_names(run, groups[g].group_values, histories->group_column_count,
            &groups[g].group_values, err));
    }
    estimate->total.group_values = NULL;
    estimate->pooled.group_values = NULL;
    return INB_OK;
}

static inb_status estimate_all(struct run *run, inb_estimate **ret_estimate, inb_error *err) {
    const inb_histories *histories = run->histories;
    inb_estimate *estimate = inb_arena_get(run->arena, 1, sizeof *estimate);
    if (estimate == NULL) {
        return no_memory(err);
    }
    estimate->method = run->options->method;
    estimate->threshold = run->options->threshold;
    estimate->criterion = run->options->criterion;
    estimate->order = run->options->order;
    estimate->seed = run->options->seed;
    struct notes notes;
    INB_TRY(notes_new(run, MOST_WARNINGS + histories->warning_count, &notes, err));
    for (size_t i = 0; i < histories->warning_count; i++) {
        INB_TRY(
            note_text(run, &notes, histories->warnings[i].code, histories->warnings[i].text, err));
    }
    INB_TRY(add_chapman(run, estimate, &notes, err));
    if (histories->group_column_count > 0) {
        INB_TRY(figure_groups(run, estimate, &notes, err));
    } else {
        INB_TRY(figure_table(run, &histories->groups[0], &notes, &estimate->total, err));
        INB_TRY(draw_table(run, &histories->groups[0], &estimate->total, &notes, err));
    }
    INB_TRY(set_headline(run, estimate, err));
    INB_TRY(note_text(run, &notes, "confidential",
        "histories and estimates are confidential until published through station 5", err));
    estimate->total.warning_count = notes.count;
    INB_TRY(own_texts(run, estimate, err));
    estimate->arena = INB_TAKE(run->arena);
    *ret_estimate = estimate;
    return INB_OK;
}

inb_status inb_estimate_run(const inb_histories *histories, const inb_estimate_options *options,
    inb_estimate **ret_estimate, inb_error *err) {
    INB_TRY(check_options(options, err));
    INB_CLEANUP(clear_run)
    struct run run = {
        .histories = histories, .options = options, .text = INB_BUFFER_INIT((size_t)1 << 20)};
    INB_TRY(prepare(&run, err));
    return estimate_all(&run, ret_estimate, err);
}

void inb_estimate_free(inb_estimate *estimate) {
    if (estimate != NULL) {
        inb_arena_free(estimate->arena);
    }
}

void inb_estimate_freep(inb_estimate **estimate) {
    inb_estimate_free(*estimate);
    *estimate = NULL;
}
