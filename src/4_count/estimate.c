// SPDX-License-Identifier: EUPL-1.2
// From histories to an estimate: the asked method on the table or on each group, the joint total of
// the groups, the other methods for comparison, and every caveat that goes with the figures. The
// model interval is n + exp(log hidden -+ z se) (Cormack 1989); for groups that are fitted apart
// the hidden people add up, and so do their variances, since the groups' fits share nothing.

#include <inbeeld/count.h>

#include "base/alloc.h"
#include "loglinear.h"
#include "math/normal.h"
#include "model_terms.h"
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
    case INB_COUNT_STEPWISE:
        break;
    }
    return "stepwise";
}

const char *inb_interval_kind_name(inb_interval_kind kind) {
    (void)kind; // one kind so far
    return "model";
}

// What one run works with.
struct run {
    const inb_histories *histories;
    const inb_estimate_options *options;
    inb_arena *arena; // of the result
    inb_fit_room *room;
    inb_terms terms; // scratch, [1 << lists]
    inb_terms given; // of --model
    double z;
    inb_buffer text; // scratch
};

static void clear_run(struct run *run) {
    inb_fit_room_freep(&run->room);
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
    if (fit->identified && method == INB_COUNT_STEPWISE && alone) {
        INB_TRY(note_text(run, notes, "selection",
            "the interval takes the chosen model as given: it is too narrow in that it does not "
            "reflect that the model was chosen on the same data",
            err));
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
    }
    return inb_fit_model(run->room, cells, run->terms.terms, run->terms.count, ret_fit, err);
}

static void set_interval(const struct run *run, inb_figures *figures) {
    double spread = exp(run->z * figures->log_hidden_se);
    double n = (double)figures->observed;
    figures->interval = (inb_interval){
        .level = run->options->level,
        .low = n + figures->hidden / spread,
        .high = n + figures->hidden * spread,
        .kind = INB_INTERVAL_MODEL,
    };
    figures->has_interval = isfinite(figures->interval.high);
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
        set_interval(run, &figures);
    }
    INB_TRY(note_fit(run, group->cells, run->options->method, &fit, notes, err));
    INB_TRY(note_overlaps(run, group->cells, notes, err));
    INB_TRY(note_cells(run, group->cells, notes, err));
    figures.warnings = notes->list;
    figures.warning_count = notes->count;
    *ret_figures = figures;
    return INB_OK;
}

// ---- groups ----

// The joint total: N is the sum of the groups' N.
static inb_status figure_total(struct run *run, const inb_figures *groups, size_t count,
    struct notes *notes, inb_figures *ret_total, inb_error *err) {
    inb_figures total = {.has_estimate = true, .parameters_identified = true};
    double variance = 0;
    size_t without = 0;
    for (size_t g = 0; g < count; g++) {
        const inb_figures *group = &groups[g];
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
    if (total.has_estimate) {
        total.log_hidden_se = sqrt(variance) / total.hidden;
        total.estimate = (double)total.observed + total.hidden;
        set_interval(run, &total);
        INB_TRY(note_text(run, notes, "groups_apart",
            "the total is the sum of groups that are fitted apart; nothing is borrowed between "
            "them, and every interval takes its model as given",
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

static inb_status figure_groups(
    struct run *run, inb_estimate *estimate, struct notes *notes, inb_error *err) {
    const inb_histories *histories = run->histories;
    inb_figures *groups = inb_arena_get(run->arena, histories->group_count, sizeof *groups);
    if (groups == NULL) {
        return no_memory(err);
    }
    for (size_t g = 0; g < histories->group_count; g++) {
        struct notes own;
        INB_TRY(notes_new(run, MOST_WARNINGS, &own, err));
        if (histories->groups[g].observed < FEW_PEOPLE) {
            inb_buffer_format(&run->text,
                "a group of %lld people is too small to stand on its own: read its figures with "
                "the pooled ones",
                (long long)histories->groups[g].observed);
            INB_TRY(note(run, &own, "small_group", err));
        }
        INB_TRY(figure_table(run, &histories->groups[g], &own, &groups[g], err));
    }
    estimate->groups = groups;
    estimate->group_count = histories->group_count;
    INB_TRY(figure_total(run, groups, histories->group_count, notes, &estimate->total, err));
    estimate->has_pooled = histories->has_pooled;
    if (histories->has_pooled) {
        struct notes own;
        INB_TRY(notes_new(run, MOST_WARNINGS, &own, err));
        INB_TRY(figure_table(run, &histories->pooled, &own, &estimate->pooled, err));
    }
    return INB_OK;
}

// ---- headline ----

// N of the whole under one method: of the table, or the sum over the groups.
static inb_status compare_method(
    struct run *run, inb_count_method method, inb_method_figure *ret_figure, inb_error *err) {
    inb_method_figure figure = {.method = method, .has_estimate = true};
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
        INB_COUNT_INDEPENDENCE, INB_COUNT_STEPWISE, INB_COUNT_MODEL};
    inb_headline headline = {.low = INFINITY, .high = 0};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (methods[i] == INB_COUNT_MODEL && run->options->method != INB_COUNT_MODEL) {
            continue;
        }
        inb_method_figure *figure = &estimate->compared[estimate->compared_count++];
        INB_TRY(compare_method(run, methods[i], figure, err));
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
