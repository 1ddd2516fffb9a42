// SPDX-License-Identifier: EUPL-1.2
// Groups that are fitted apart, their joint total, and the pooled table beside it. The hidden
// people of the groups add up, and so do their variances, since the groups' fits share nothing.

#include "groups.h"

#include "caveats.h"
#include "methods.h"
#include "thousands.h"
#include "replicates.h"

#include <inbeeld/rng.h>

#include <math.h>
#include <stdlib.h>

enum { FEW_PEOPLE = 25 }; // below this a group is called too small

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

// Draws of the total from those of the groups: each group's in an order of its own, so that the
// sums are those of independent posteriors.
static inb_status add_samples(
    inb_i_run *run, const inb_figures *groups, size_t count, inb_figures *total, inb_error *err) {
    size_t size = groups[0].sample_count;
    double *sums = inb_arena_get(run->arena, size, sizeof *sums);
    double *order = inb_arena_get(run->arena, size, sizeof *order);
    if (sums == NULL || order == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t g = 0; g < count; g++) {
        inb_rng rng = inb_rng_make(run->options->seed, (UINT64_C(1) << 63) + g);
        for (size_t i = 0; i < size; i++) {
            order[i] = groups[g].sample[i];
        }
        for (size_t i = size; i-- > 1;) {
            size_t other = inb_rng_below(&rng, (uint32_t)(i + 1));
            double held = order[i];
            order[i] = order[other];
            order[other] = held;
        }
        for (size_t i = 0; i < size; i++) {
            sums[i] += order[i];
        }
    }
    qsort(sums, size, sizeof *sums, compare_numbers);
    double n = (double)total->observed;
    double side = (1 - run->options->level) / 2;
    total->sample = sums;
    total->sample_count = size;
    total->estimate = inb_quantile_8(sums, size, 0.5);
    total->hidden = total->estimate - n;
    inb_i_add_interval(run, total, INB_INTERVAL_POSTERIOR, inb_quantile_8(sums, size, side) - n,
        inb_quantile_8(sums, size, 1 - side) - n, true);
    return INB_OK;
}

// The joint total: N is the sum of the groups' N.
static inb_status figure_total(inb_i_run *run, const inb_figures *groups, size_t count,
    inb_i_notes *notes, inb_figures *ret_total, inb_error *err) {
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
    if (total.has_estimate && inb_i_method_of(run->options->method)->has_sample) {
        INB_TRY(add_samples(run, groups, count, &total, err));
        INB_TRY(inb_i_note_text(run, notes, "groups_apart",
            "the total is the median of the sums of draws from the groups' posteriors, taken to be "
            "independent; nothing is borrowed between the groups",
            err));
    } else if (total.has_estimate) {
        total.log_hidden_se = sqrt(variance) / total.hidden;
        total.estimate = (double)total.observed + total.hidden;
        inb_i_add_model_interval(run, &total);
        INB_TRY(inb_i_note_text(run, notes, "groups_apart",
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
        INB_TRY(inb_i_note(run, notes, "groups_without_estimate", err));
    }
    total.warnings = notes->list;
    total.warning_count = notes->count;
    *ret_total = total;
    return INB_OK;
}

// The groups' replicates, each with its own model, and their sums.
static inb_status draw_groups(inb_i_run *run, inb_figures *groups, inb_i_notes *group_notes,
    inb_figures *total, inb_i_notes *notes, inb_error *err) {
    size_t count = run->histories->group_count;
    if (run->options->bootstrap == 0 || run->options->draws != NULL) {
        return INB_OK;
    }
    inb_i_drawn *drawn = inb_arena_get(run->arena, count, sizeof *drawn);
    if (drawn == NULL) {
        return inb_i_no_memory(err);
    }
    size_t usable = 0;
    for (size_t g = 0; g < count; g++) {
        if (inb_i_can_be_drawn(&groups[g])) {
            drawn[usable++] =
                (inb_i_drawn){&run->histories->groups[g], &groups[g], &group_notes[g]};
        }
    }
    if (usable == 0) {
        return INB_OK;
    }
    inb_bca sum;
    INB_TRY(inb_i_draw_tables(run, drawn, usable, &sum, err));
    return usable == count ? inb_i_take_bca(run, &sum, total, notes, err) : INB_OK;
}

// Small groups do not show that lists depend on each other; the table of all may. In made regions
// (docs/methods/groups.md) the total of groups apart was then far too low.
static inb_status compare_with_pooled(inb_i_run *run, const inb_figures *pooled, inb_figures *total,
    inb_i_notes *notes, inb_error *err) {
    if (!pooled->has_estimate || !total->has_interval || pooled->status != 0 ||
        (pooled->estimate >= total->interval.low && pooled->estimate <= total->interval.high)) {
        return INB_OK;
    }
    inb_buffer_format(&run->text,
        "the groups as one table give %s, outside the interval of the total: groups are seen "
        "differently, or too small to show that lists depend on each other; neither number holds "
        "by itself",
        inb_i_people_of(pooled->estimate).text);
    INB_TRY(inb_i_note(run, notes, "groups_and_table_apart", err));
    total->warnings = notes->list;
    total->warning_count = notes->count;
    return INB_OK;
}

inb_status inb_i_figure_groups(
    inb_i_run *run, inb_estimate *estimate, inb_i_notes *notes, inb_error *err) {
    const inb_histories *histories = run->histories;
    inb_figures *groups = inb_arena_get(run->arena, histories->group_count, sizeof *groups);
    inb_status (*figure)(inb_i_run *, const inb_history_group *, inb_i_notes *, inb_figures *,
        inb_error *) = inb_i_method_of(run->options->method)->figure;
    inb_i_notes *own = inb_arena_get(run->arena, histories->group_count, sizeof *own);
    if (groups == NULL || own == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t g = 0; g < histories->group_count; g++) {
        INB_TRY(inb_i_notes_new(run, INB_I_MOST_WARNINGS, &own[g], err));
        if (histories->groups[g].observed < FEW_PEOPLE) {
            inb_buffer_format(&run->text,
                "a group of %lld people is too small to stand on its own: read its figures with "
                "the pooled ones",
                (long long)histories->groups[g].observed);
            INB_TRY(inb_i_note(run, &own[g], "small_group", err));
        }
        INB_TRY(figure(run, &histories->groups[g], &own[g], &groups[g], err));
    }
    estimate->groups = groups;
    estimate->group_count = histories->group_count;
    INB_TRY(figure_total(run, groups, histories->group_count, notes, &estimate->total, err));
    INB_TRY(draw_groups(run, groups, own, &estimate->total, notes, err));
    estimate->has_pooled = histories->has_pooled;
    if (histories->has_pooled) {
        inb_i_notes of_pooled;
        INB_TRY(inb_i_notes_new(run, INB_I_MOST_WARNINGS, &of_pooled, err));
        INB_TRY(figure(run, &histories->pooled, &of_pooled, &estimate->pooled, err));
        INB_TRY(inb_i_draw_table(run, &histories->pooled, &estimate->pooled, &of_pooled, err));
        INB_TRY(compare_with_pooled(run, &estimate->pooled, &estimate->total, notes, err));
    }
    return INB_OK;
}
