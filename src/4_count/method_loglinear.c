// SPDX-License-Identifier: EUPL-1.2
// The methods that fit one log-linear model: independence, one given model, stepwise and the best
// by a criterion. Interval n + exp(log hidden -+ z se) (Cormack 1989), Cormack's profile likelihood
// (1992) and the reference bound beside it.

#include "methods.h"

#include "averaged.h"
#include "bound.h"
#include "caveats.h"
#include "profile.h"
#include "stepwise.h"

#include <math.h>
#include <string.h>

// Chooses the model of `method` on `cells` into run->terms and fits it.
static inb_status fit_table(inb_i_run *run, const inb_cell *cells, inb_count_method method,
    inb_fit *ret_fit, inb_error *err) {
    if (method == INB_COUNT_BIC) {
        if (run->best == NULL) {
            inb_choice_plan plan = run->plan;
            plan.choice = INB_CHOICE_BEST;
            INB_TRY(inb_choice_new(&plan, &run->best, err));
        }
        return inb_choice_make(run->best, 0, cells, &run->terms, ret_fit, &run->search, err);
    }
    if (method == INB_COUNT_STEPWISE) {
        INB_TRY(inb_stepwise(run->room, cells, run->options->threshold, &run->terms, err));
    } else if (method == INB_COUNT_MODEL) {
        memcpy(run->terms.terms, run->given.terms, run->given.count * sizeof *run->terms.terms);
        run->terms.count = run->given.count;
    } else {
        inb_terms_independence(&run->terms);
    }
    return inb_fit_model(run->room, cells, run->terms.terms, run->terms.count, ret_fit, err);
}

void inb_i_add_interval(const inb_i_run *run, inb_figures *figures, inb_interval_kind kind,
    double hidden_low, double hidden_high, bool leads) {
    double n = (double)figures->observed;
    inb_interval interval = {run->options->level, n + hidden_low, n + hidden_high, kind, NULL};
    if (isfinite(interval.high)) {
        figures->intervals[figures->interval_count++] = interval;
        figures->interval = leads || !figures->has_interval ? interval : figures->interval;
        figures->has_interval = true;
    }
}

void inb_i_add_model_interval(const inb_i_run *run, inb_figures *figures) {
    double spread = exp(run->z * figures->log_hidden_se);
    inb_i_add_interval(
        run, figures, INB_INTERVAL_MODEL, figures->hidden / spread, figures->hidden * spread, true);
}

static inb_status add_profile_interval(inb_i_run *run, const inb_cell *cells,
    inb_count_method method, inb_figures *figures, inb_error *err) {
    inb_profile profile = {.given = false};
    if (figures->status == 0) {
        INB_TRY(inb_profile_interval(run->histories->list_count, cells, run->terms.terms,
            run->terms.count, figures->hidden, run->options->level, &profile, err));
    }
    if (profile.given) {
        figures->has_profile = true;
        figures->profile_estimate = (double)figures->observed + profile.best;
        inb_i_add_interval(
            run, figures, INB_INTERVAL_PROFILE, profile.low, profile.high, method == INB_COUNT_BIC);
    }
    return INB_OK;
}

// Beside a model that was chosen: the interval over all that could have been.
static inb_status add_averaged_interval(
    inb_i_run *run, const inb_cell *cells, inb_figures *figures, inb_error *err) {
    inb_averaged averaged;
    INB_TRY(inb_averaged_interval(
        run->histories->list_count, cells, run->options->level, &averaged, err));
    if (averaged.given) {
        inb_i_add_interval(
            run, figures, INB_INTERVAL_POSTERIOR, averaged.low, averaged.high, false);
        figures->intervals[figures->interval_count - 1].over = "pair models by aic";
    }
    return INB_OK;
}

inb_status inb_i_add_bound(
    inb_i_run *run, const inb_cell *cells, inb_figures *figures, inb_error *err) {
    inb_bound bound;
    INB_TRY(inb_bound_reference(run->histories->list_count, cells, &bound, err));
    figures->has_bound = bound.given;
    figures->bound = bound.given ? bound.estimate : 0;
    return INB_OK;
}

static void add_search(const inb_i_run *run, inb_figures *figures) {
    figures->has_search = run->search.found;
    if (run->search.found) {
        figures->search = (inb_search_figures){run->search.value, run->search.proved,
            run->search.gap, run->search.models, run->search.fitted, run->search.examined};
    }
}

inb_status inb_i_describe_model(inb_i_run *run, inb_figures *figures, inb_error *err) {
    size_t count = run->terms.count;
    inb_list_set *terms = inb_arena_get(run->arena, count, sizeof *terms);
    inb_list_set *model = inb_arena_get(run->arena, count, sizeof *model);
    if (terms == NULL || model == NULL) {
        return inb_i_no_memory(err);
    }
    memcpy(terms, run->terms.terms, count * sizeof *terms);
    size_t maximal = inb_terms_maximal(&run->terms, model);
    const char **texts = inb_arena_get(run->arena, maximal, sizeof *texts);
    if (texts == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t i = 0; i < maximal; i++) {
        inb_set_text(model[i], run->histories->lists, run->histories->list_count, &run->text);
        INB_TRY(inb_buffer_check(&run->text, err));
        texts[i] = inb_arena_text(run->arena, inb_buffer_get(&run->text), run->text.length);
        if (texts[i] == NULL) {
            return inb_i_no_memory(err);
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
static inb_status figure_table(inb_i_run *run, const inb_history_group *group,
    inb_count_method method, inb_i_notes *notes, inb_figures *ret_figures, inb_error *err) {
    inb_fit fit;
    inb_figures figures = {.group_values = group->values, .observed = group->observed};
    INB_TRY(fit_table(run, group->cells, method, &fit, err));
    INB_TRY(inb_i_describe_model(run, &figures, err));
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
        inb_i_add_model_interval(run, &figures);
        INB_TRY(add_profile_interval(run, group->cells, method, &figures, err));
        bool chosen = method == INB_COUNT_STEPWISE || method == INB_COUNT_BIC;
        bool asked = run->options->averaged && run->histories->group_column_count == 0;
        if (chosen && asked && !run->brief && figures.status == 0) {
            INB_TRY(add_averaged_interval(run, group->cells, &figures, err));
        }
    }
    INB_TRY(inb_i_add_bound(run, group->cells, &figures, err));
    if (method == INB_COUNT_BIC) {
        add_search(run, &figures);
        INB_TRY(inb_i_note_search(run, notes, err));
    }
    INB_TRY(inb_i_note_fit(run, group->cells, method, &fit, notes, err));
    INB_TRY(inb_i_note_overlaps(run, group->cells, notes, err));
    INB_TRY(inb_i_note_cells(run, group->cells, notes, err));
    figures.warnings = notes->list;
    figures.warning_count = notes->count;
    *ret_figures = figures;
    return INB_OK;
}

static inb_status number_of(inb_i_run *run, const inb_history_group *group, inb_count_method method,
    double *ret_number, inb_error *err) {
    inb_fit fit;
    INB_TRY(fit_table(run, group->cells, method, &fit, err));
    bool usable = fit.converged && fit.identified && fit.status == 0;
    *ret_number = usable ? (double)group->observed + fit.hidden : NAN;
    return INB_OK;
}

inb_status inb_i_ask_independence(
    inb_i_run *run, const inb_history_group *group, const char **why, inb_error *err) {
    if (*why == NULL) {
        double number;
        INB_TRY(number_of(run, group, INB_COUNT_INDEPENDENCE, &number, err));
        *why = isfinite(number) ? NULL
                                : "not even independence has a finite, identified estimate here: "
                                  "the prior alone would set the number";
    }
    return INB_OK;
}

// ---- the entries ----

static inb_status check_nothing(
    const inb_histories *histories, const inb_estimate_options *options, inb_error *err) {
    (void)histories;
    (void)options;
    (void)err;
    return INB_OK;
}

#define ENTRY(name, method)                                                                        \
    static inb_status figure_##name(inb_i_run *run, const inb_history_group *group,                \
        inb_i_notes *notes, inb_figures *ret_figures, inb_error *err) {                            \
        return figure_table(run, group, method, notes, ret_figures, err);                          \
    }                                                                                              \
    static inb_status number_##name(                                                               \
        inb_i_run *run, const inb_history_group *group, double *ret_number, inb_error *err) {      \
        return number_of(run, group, method, ret_number, err);                                     \
    }                                                                                              \
    const inb_i_method inb_i_method_##name = {                                                     \
        check_nothing, figure_##name, number_##name, true, false}

ENTRY(stepwise, INB_COUNT_STEPWISE);
ENTRY(independence, INB_COUNT_INDEPENDENCE);
ENTRY(model, INB_COUNT_MODEL);
ENTRY(bic, INB_COUNT_BIC);
ENTRY(ensemble, INB_COUNT_STEPWISE); // the number on top; the rest is in ensemble.c
