// SPDX-License-Identifier: EUPL-1.2
// Whether one number can be defended: the asked method beside the others on the same lists, and no
// headline where they lie more than a factor two apart.

#include "headline.h"

#include "caveats.h"
#include "ensemble.h"
#include "methods.h"
#include "thousands.h"

#include <math.h>
#include <string.h>

static const double DISAGREE = 2; // methods further apart than this leave no headline

// The method's row of the ensemble, NULL where it has none.
static const inb_ensemble_row *row_of(const inb_estimate *estimate, inb_count_method method) {
    for (size_t i = 0; i < estimate->ensemble_count; i++) {
        const inb_ensemble_row *row = &estimate->ensemble[i];
        if (row->kind == INB_ENSEMBLE_METHOD &&
            strcmp(row->method, inb_count_method_name(method)) == 0) {
            return row;
        }
    }
    return NULL;
}

// N of the whole under one method: of the table, or the sum over the groups.
static inb_status compare_method(inb_i_run *run, inb_count_method method,
    const inb_estimate *estimate, inb_method_figure *ret_figure, inb_error *err) {
    const inb_figures *asked = &estimate->total;
    inb_method_figure figure = {.method = method, .has_estimate = true};
    if (method == run->options->method) { // known already
        figure.has_estimate = asked->has_estimate && asked->status == 0;
        figure.estimate = figure.has_estimate ? asked->estimate : 0;
        *ret_figure = figure;
        return INB_OK;
    }
    const inb_ensemble_row *row = row_of(estimate, method);
    if (row != NULL && run->histories->group_column_count == 0) {
        figure.has_estimate = row->has_estimate;
        figure.estimate = row->estimate;
        *ret_figure = figure;
        return INB_OK;
    }
    for (size_t g = 0; g < run->histories->group_count && figure.has_estimate; g++) {
        double number;
        INB_TRY(inb_i_method_of(method)->number(run, &run->histories->groups[g], &number, err));
        figure.has_estimate = isfinite(number);
        figure.estimate += number;
    }
    figure.estimate = figure.has_estimate ? figure.estimate : 0;
    *ret_figure = figure;
    return INB_OK;
}

// Whether every posterior among the figures is one to rely on.
static bool settled(const inb_estimate *estimate) {
    bool all = !estimate->total.has_posterior || estimate->total.posterior.converged;
    for (size_t g = 0; g < estimate->group_count; g++) {
        const inb_figures *group = &estimate->groups[g];
        all = all && (!group->has_posterior || group->posterior.converged);
    }
    return all;
}

static bool takes_part(const inb_i_run *run, inb_count_method method) {
    if (method == INB_COUNT_ENSEMBLE) {
        return false; // stepwise, by another name
    }
    if (method == INB_COUNT_INDEPENDENCE || method == INB_COUNT_STEPWISE ||
        method == run->options->method) {
        return true;
    }
    return run->options->ensemble && method != INB_COUNT_MODEL &&
           inb_i_method_of(method)->check(run->histories, run->options, NULL) == INB_OK;
}

bool inb_i_links_move(const inb_figures *figures) {
    const inb_interval *interval = &figures->interval;
    return figures->has_mixture && figures->has_interval && figures->has_estimate &&
           interval->kind == INB_INTERVAL_MIXTURE &&
           (figures->estimate < interval->low || figures->estimate > interval->high);
}

// People on all of `in`, on none of `out` and on one of `some` (0 = wherever); INFINITY where a
// history among these is not known.
static double people_on(const inb_histories *histories, unsigned in, unsigned out, unsigned some) {
    double sum = 0;
    for (size_t g = 0; g < histories->group_count; g++) {
        for (size_t h = 1; h < (size_t)1 << histories->list_count; h++) {
            const inb_cell *cell = &histories->groups[g].cells[h];
            if ((h & in) == in && (h & out) == 0 && (some == 0 || (h & some) != 0)) {
                sum += cell->kind == INB_CELL_MISSING ? (double)INFINITY : (double)cell->count;
            }
        }
    }
    return sum;
}

static bool holds_pair(const inb_figures *figures, unsigned pair) {
    bool holds = false;
    for (size_t i = 0; i < figures->term_count; i++) {
        holds = holds || (figures->terms[i] & pair) == pair;
    }
    return holds;
}

// Everybody on one list is on another as well, as of people on third lists would happen less often
// than this. No model that holds that dependence has a finite maximum; those that lack it are
// wrong.
static const double BY_CHANCE = 0.01;

static bool nested(const inb_i_run *run, const inb_figures *total, size_t *ret_in, size_t *ret_of) {
    const inb_histories *histories = run->histories;
    unsigned all = (1U << histories->list_count) - 1;
    for (size_t b = 0; b < histories->list_count && !total->has_posterior; b++) {
        for (size_t a = 0; a < histories->list_count; a++) {
            unsigned pair = 1U << a | 1U << b;
            if (a == b || holds_pair(total, pair) ||
                people_on(histories, 1U << b, 1U << a, 0) > 0) {
                continue;
            }
            double share = (people_on(histories, 1U << a, 0, all & ~pair) + 1) /
                           (people_on(histories, 0, 0, all & ~pair) + 2);
            if (pow(share, people_on(histories, 1U << b, 0, 0)) < BY_CHANCE) {
                *ret_in = b;
                *ret_of = a;
                return true;
            }
        }
    }
    return false;
}

// The interval over other models that a poorly fitting one lies outside of, NULL where there is
// none.
static const inb_interval *better_models(const inb_figures *total) {
    const inb_interval *found = NULL;
    bool poor = inb_i_fits_poorly(total->deviance, total->degrees_of_freedom);
    for (size_t i = 0; poor && total->model_count > 0 && i < total->interval_count; i++) {
        const inb_interval *other = &total->intervals[i];
        bool outside = total->estimate < other->low || total->estimate > other->high;
        found = other->over != NULL && outside ? other : found;
    }
    return found;
}

// Why a headline is given: which methods agree.
static void say_agreement(inb_i_run *run) {
    const char *method = inb_count_method_name(run->options->method);
    bool third = run->options->method != INB_COUNT_INDEPENDENCE &&
                 run->options->method != INB_COUNT_STEPWISE;
    if (run->options->ensemble) {
        inb_buffer_text(&run->text, "all methods that give a number are within a factor two");
        return;
    }
    inb_buffer_format(&run->text,
        "independence%s stepwise%s%s are within a factor two; other methods were not compared",
        third ? "," : " and", !third ? "" : " and ",
        !third                                    ? ""
        : run->options->method == INB_COUNT_MODEL ? "the given model"
                                                  : method);
}

inb_status inb_i_set_headline(inb_i_run *run, inb_estimate *estimate, inb_error *err) {
    inb_headline headline = {.low = INFINITY, .high = 0};
    for (size_t i = 0; i < INB_COUNT_METHOD_COUNT; i++) {
        inb_count_method method = (inb_count_method)i;
        if (!takes_part(run, method)) {
            continue;
        }
        inb_method_figure *figure = &estimate->compared[estimate->compared_count++];
        INB_TRY(compare_method(run, method, estimate, figure, err));
        if (figure->has_estimate) {
            headline.has_range = true;
            headline.low = fmin(headline.low, figure->estimate);
            headline.high = fmax(headline.high, figure->estimate);
        }
    }
    if (!headline.has_range) {
        headline.low = 0;
    }
    const inb_figures *total = &estimate->total;
    size_t inner;
    size_t outer;
    if (!total->has_estimate) {
        inb_buffer_text(&run->text, "these lists carry no finite, identified estimate");
    } else if (total->status != 0) {
        inb_buffer_text(&run->text,
            "the model cannot be estimated in full from these lists, so its number is no headline");
    } else if (nested(run, total, &inner, &outer)) {
        inb_buffer_format(&run->text,
            "everybody on list %s is also on list %s, which is not chance, and no model that holds "
            "that dependence has a finite estimate: leave one of the two out, or take them as one",
            run->histories->lists[inner], run->histories->lists[outer]);
    } else if (!settled(estimate)) {
        inb_buffer_text(&run->text,
            "the posterior has not settled: its limits cannot be relied on (see the notes)");
    } else if (headline.high > DISAGREE * headline.low) {
        inb_buffer_format(&run->text,
            "the methods disagree by a factor %.2f: which lists depend on each other decides the "
            "number, and the data do not settle it",
            headline.high / headline.low);
        if (estimate->ensemble_count > 0) {
            inb_buffer_text(&run->text, "; what moves it most: ");
            (void)inb_i_ensemble_driver(estimate, &run->text);
        }
    } else if (better_models(total) != NULL) {
        const inb_interval *other = better_models(total);
        headline.low = fmin(headline.low, other->low);
        headline.high = fmax(headline.high, other->high);
        inb_buffer_format(&run->text,
            "the model fits poorly, and models that fit better give another number (%s: %s to "
            "%s)",
            other->over, inb_i_people_of(other->low).text, inb_i_people_of(other->high).text);
    } else {
        headline.given = true;
        say_agreement(run);
        if (inb_i_links_move(total)) {
            inb_buffer_format(&run->text,
                "; the links move the number out of its interval: N over the draws, %s, is the "
                "one to read",
                inb_i_people_of(total->mixture.estimate).text);
        }
    }
    INB_TRY(inb_buffer_check(&run->text, err));
    headline.reason = inb_arena_text(run->arena, inb_buffer_get(&run->text), run->text.length);
    inb_buffer_reset(&run->text);
    if (headline.reason == NULL) {
        return inb_i_no_memory(err);
    }
    estimate->headline = headline;
    return INB_OK;
}
