// SPDX-License-Identifier: EUPL-1.2
// Whether one number can be defended: the asked method beside the others on the same lists, and no
// headline where they lie more than a factor two apart.

#include "headline.h"

#include "caveats.h"
#include "methods.h"

#include <math.h>

static const double DISAGREE = 2; // methods further apart than this leave no headline

// N of the whole under one method: of the table, or the sum over the groups.
static inb_status compare_method(inb_i_run *run, inb_count_method method, const inb_figures *asked,
    inb_method_figure *ret_figure, inb_error *err) {
    inb_method_figure figure = {.method = method, .has_estimate = true};
    if (method == run->options->method) { // known already
        figure.has_estimate = asked->has_estimate && asked->status == 0;
        figure.estimate = figure.has_estimate ? asked->estimate : 0;
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

inb_status inb_i_set_headline(inb_i_run *run, inb_estimate *estimate, inb_error *err) {
    inb_headline headline = {.low = INFINITY, .high = 0};
    for (size_t i = 0; i < INB_COUNT_METHOD_COUNT; i++) {
        inb_count_method method = (inb_count_method)i;
        bool always = method == INB_COUNT_INDEPENDENCE || method == INB_COUNT_STEPWISE;
        if (!always && method != run->options->method) {
            continue;
        }
        inb_method_figure *figure = &estimate->compared[estimate->compared_count++];
        INB_TRY(compare_method(run, method, &estimate->total, figure, err));
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
    if (!total->has_estimate) {
        inb_buffer_text(&run->text, "these lists carry no finite, identified estimate");
    } else if (total->status != 0) {
        inb_buffer_text(&run->text,
            "the model cannot be estimated in full from these lists, so its number is no headline");
    } else if (!settled(estimate)) {
        inb_buffer_text(&run->text,
            "the posterior has not settled: its limits cannot be relied on (see the notes)");
    } else if (headline.high > DISAGREE * headline.low) {
        inb_buffer_format(&run->text,
            "the methods disagree by a factor %.2f: which lists depend on each other decides the "
            "number, and the data do not settle it",
            headline.high / headline.low);
    } else {
        headline.given = true;
        const char *method = inb_count_method_name(run->options->method);
        bool third = run->options->method != INB_COUNT_INDEPENDENCE &&
                     run->options->method != INB_COUNT_STEPWISE;
        inb_buffer_format(&run->text,
            "independence%s stepwise%s%s are within a factor two; other methods were not compared",
            third ? "," : " and", !third ? "" : " and ",
            !third                                    ? ""
            : run->options->method == INB_COUNT_MODEL ? "the given model"
                                                      : method);
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
