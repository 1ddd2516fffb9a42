// SPDX-License-Identifier: EUPL-1.2
// From histories to an estimate: the asked method on the table or on each group, the joint total of
// the groups, the other methods for comparison, and every caveat that goes with the figures. The
// methods are in method_*.c, groups in groups.c, replicates in replicates.c.

#include <inbeeld/count.h>
#include <inbeeld/sheet.h>

#include "base/alloc.h"
#include "carried.h"
#include "caveats.h"
#include "ensemble.h"
#include "groups.h"
#include "headline.h"
#include "math/normal.h"
#include "methods.h"
#include "thousands.h"
#include "replicates.h"
#include "stepwise.h"

#include <math.h>
#include <string.h>

const char *inb_count_criterion_name(inb_count_criterion criterion) {
    static const char *const names[] = {"bic", "aic", "aicc"};
    return names[criterion];
}

const char *inb_interval_kind_name(inb_interval_kind kind) {
    static const char *const names[] = {"model", "profile", "bca", "posterior", "mixture"};
    return names[kind];
}

static void clear_run(inb_i_run *run) {
    inb_fit_room_freep(&run->room);
    inb_choice_freep(&run->best);
    inb_arena_free(run->arena);
    inb_free(run->terms.terms);
    inb_free(run->given.terms);
    inb_buffer_clear(&run->text);
}

// ---- two lists ----

static inb_status add_chapman(
    inb_i_run *run, inb_estimate *estimate, inb_i_notes *notes, inb_error *err) {
    const inb_histories *histories = run->histories;
    const inb_cell *cells = histories->pooled.cells;
    if (histories->list_count != 2 || !histories->has_pooled || cells[1].kind != INB_CELL_COUNTED ||
        cells[2].kind != INB_CELL_COUNTED || cells[3].kind != INB_CELL_COUNTED) {
        return INB_OK;
    }
    double both = (double)cells[3].count;
    double first = (double)cells[1].count + both;
    double second = (double)cells[2].count + both;
    if (both == first ||
        both == second) { // a list in the other: it would say that nobody is hidden
        return inb_i_note_text(run, notes, "two_lists",
            "two lists: whether they are independent cannot be tested", err);
    }
    estimate->has_chapman = true;
    estimate->chapman.estimate = (first + 1) * (second + 1) / (both + 1) - 1;
    estimate->chapman.se = sqrt((first + 1) * (second + 1) * (first - both) * (second - both) /
                                ((both + 1) * (both + 1) * (both + 2)));
    inb_buffer_format(&run->text,
        "two lists: whether they are independent cannot be tested; Chapman's estimate%s is %s "
        "(standard error %s)%s",
        both > 0 ? ", which does not overshoot on small overlaps," : "",
        inb_i_people_of(estimate->chapman.estimate).text,
        inb_i_people_of(estimate->chapman.se).text,
        both > 0 ? "" : ", which without an overlap says how long the lists are and no more");
    return inb_i_note(run, notes, "two_lists", err);
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
    if (!(options->delta >= 0 && options->delta <= 1e6)) {
        return inb_fail(err, INB_USAGE, "delta: expected a positive number");
    }
    if (options->method != INB_COUNT_DECOMPOSABLE && (options->delta != 0 || options->parity)) {
        return inb_fail(err, INB_USAGE, "delta and parity belong to method decomposable");
    }
    if (options->bootstrap > 0 && !inb_i_method_of(options->method)->can_be_drawn) {
        return inb_fail(err, INB_USAGE,
            "method %s has a posterior interval, which knows that the model is uncertain: it takes "
            "no bootstrap",
            inb_count_method_name(options->method));
    }
    if ((options->method == INB_COUNT_MODEL) != (options->model != NULL)) {
        return inb_fail(err, INB_USAGE, "a model goes with the method that fits one given model");
    }
    if (options->parametric && options->bootstrap == 0) {
        return inb_fail(err, INB_USAGE, "parametric says how replicates are drawn: ask for some");
    }
    if ((options->parametric || options->draws != NULL) &&
        !inb_i_method_of(options->method)->can_be_drawn) {
        return inb_fail(err, INB_USAGE,
            "method %s has no replicates: it goes with neither draws nor parametric",
            inb_count_method_name(options->method));
    }
    return INB_OK;
}

static inb_status prepare(inb_i_run *run, inb_error *err) {
    const inb_histories *histories = run->histories;
    size_t size = (size_t)1 << histories->list_count;
    run->terms = (inb_terms){histories->list_count, inb_alloc(size, sizeof(inb_list_set)), 0};
    run->given = (inb_terms){histories->list_count, inb_alloc(size, sizeof(inb_list_set)), 0};
    if (run->terms.terms == NULL || run->given.terms == NULL) {
        return inb_i_no_memory(err);
    }
    if (run->options->model != NULL) {
        INB_TRY(inb_terms_parse(run->options->model, histories->lists, &run->given, err));
    }
    size_t most = inb_stepwise_most(histories->list_count);
    most = run->given.count > most ? run->given.count : most;
    run->z = inb_normal_quantile(0.5 + run->options->level / 2);
    INB_TRY(inb_fit_room_new(histories->list_count, most, &run->room, err));
    inb_i_set_plan(run);
    return inb_arena_new(0, &run->arena, err);
}

static inb_status copy_names(inb_i_run *run, const char *const *names, size_t count,
    const char ***ret_names, inb_error *err) {
    const char **copies = inb_arena_get(run->arena, count + 1, sizeof *copies);
    if (copies == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL) {
            continue;
        }
        copies[i] = inb_arena_text(run->arena, names[i], strlen(names[i]));
        if (copies[i] == NULL) {
            return inb_i_no_memory(err);
        }
    }
    *ret_names = copies;
    return INB_OK;
}

// The estimate outlives the histories: it gets its own names and values.
static inb_status own_texts(inb_i_run *run, inb_estimate *estimate, inb_error *err) {
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

static inb_status estimate_all(inb_i_run *run, inb_estimate **ret_estimate, inb_error *err) {
    const inb_histories *histories = run->histories;
    inb_estimate *estimate = inb_arena_get(run->arena, 1, sizeof *estimate);
    if (estimate == NULL) {
        return inb_i_no_memory(err);
    }
    estimate->method = run->options->method;
    estimate->threshold = run->options->threshold;
    estimate->criterion = run->options->criterion;
    estimate->order = run->options->order;
    estimate->seed = run->options->seed;
    const inb_sheet *sheet = run->options->sheet;
    size_t told = histories->warning_count + (sheet == NULL ? 0 : sheet->warning_count);
    inb_i_notes notes;
    INB_TRY(inb_i_notes_new(run, INB_I_MOST_WARNINGS + told, &notes, err));
    for (size_t i = 0; i < histories->warning_count; i++) {
        INB_TRY(inb_i_note_text(
            run, &notes, histories->warnings[i].code, histories->warnings[i].text, err));
    }
    for (size_t i = 0; sheet != NULL && i < sheet->warning_count; i++) {
        INB_TRY(
            inb_i_note_text(run, &notes, sheet->warnings[i].code, sheet->warnings[i].text, err));
    }
    INB_TRY(add_chapman(run, estimate, &notes, err));
    if (histories->group_column_count > 0) {
        INB_TRY(inb_i_figure_groups(run, estimate, &notes, err));
    } else {
        INB_TRY(inb_i_method_of(run->options->method)
                    ->figure(run, &histories->groups[0], &notes, &estimate->total, err));
        INB_TRY(inb_i_draw_table(run, &histories->groups[0], &estimate->total, &notes, err));
        INB_TRY(inb_i_note_interval(run, &estimate->total, &notes, err));
    }
    INB_TRY(inb_i_carry_draws(run, estimate, &notes, err));
    if (run->options->ensemble && histories->has_pooled) {
        INB_TRY(inb_i_add_ensemble(run, &histories->pooled, estimate, &notes, err));
    }
    INB_TRY(inb_i_set_headline(run, estimate, err));
    INB_TRY(inb_i_note_text(run, &notes, "confidential",
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
    INB_TRY(inb_i_method_of(options->method)->check(histories, options, err));
    inb_estimate_options all = *options;
    all.ensemble = options->ensemble || options->method == INB_COUNT_ENSEMBLE;
    INB_CLEANUP(clear_run)
    inb_i_run run = {
        .histories = histories, .options = &all, .text = INB_BUFFER_INIT((size_t)1 << 20)};
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
