// SPDX-License-Identifier: EUPL-1.2
// Replicates of one table or of all groups together: the method runs anew on each, and Efron's BCa
// limits (1987, doi:10.1080/01621459.1987.10478410) of what comes out go into the figures.

#include "replicates.h"

#include "bootstrap.h"
#include "caveats.h"
#include "methods.h"

#include <math.h>

// Searches in a replicate beyond six lists: the original's patience for each would take hours.
static const double REPLICATE_PATIENCE = 1e8;
// Of six lists: twenty times what the published tables need.
static const double SIX_PATIENCE = 1e9;

// A limit with fewer replicates beyond it moves with the seed (docs/decisions/0025).
static const double LEAST_BEYOND = 5;

inb_choice_plan inb_i_plan_of(
    const inb_histories *histories, const inb_estimate_options *options, const inb_terms *given) {
    static const inb_choice choices[INB_COUNT_METHOD_COUNT] = {
        [INB_COUNT_STEPWISE] = INB_CHOICE_STEPWISE,
        [INB_COUNT_INDEPENDENCE] = INB_CHOICE_INDEPENDENCE,
        [INB_COUNT_MODEL] = INB_CHOICE_GIVEN,
        [INB_COUNT_BIC] = INB_CHOICE_BEST,
        [INB_COUNT_ENSEMBLE] = INB_CHOICE_STEPWISE};
    static const inb_search_criterion criteria[] = {[INB_CRITERION_BIC] = INB_SEARCH_BIC,
        [INB_CRITERION_AIC] = INB_SEARCH_AIC,
        [INB_CRITERION_AICC] = INB_SEARCH_AICC};
    size_t lists = histories->list_count;
    double patience = options->prove ? INFINITY : inb_search_patience(lists);
    return (inb_choice_plan){.list_count = lists,
        .choice = choices[options->method],
        .threshold = options->threshold,
        .search = {criteria[options->criterion], options->order, patience, 0,
            options->spread == NULL ? NULL : options->spread->progress},
        .given = given};
}

void inb_i_set_plan(inb_i_run *run) {
    run->plan = inb_i_plan_of(run->histories, run->options, &run->given);
}

inb_status inb_i_take_bca(
    inb_i_run *run, const inb_bca *bca, inb_figures *figures, inb_i_notes *notes, inb_error *err) {
    figures->replicates = run->options->bootstrap;
    figures->failed_replicates = bca->failed;
    if (bca->given) {
        double n = (double)figures->observed;
        // Parametric replicates may have fewer people than were seen.
        inb_i_add_interval(
            run, figures, INB_INTERVAL_BCA, fmax(bca->low - n, 0), fmax(bca->high - n, 0), true);
    }
    if (!bca->given) {
        INB_TRY(inb_i_note_text(run, notes, "no_bca",
            "fewer than two replicates have a finite, identified estimate: there is no bootstrap "
            "interval",
            err));
    } else if (bca->failed > 0) {
        inb_buffer_format(&run->text,
            "%zu of %zu replicates have no finite, identified estimate and are left out of the "
            "bootstrap interval",
            bca->failed, run->options->bootstrap);
        INB_TRY(inb_i_note(run, notes, "failed_replicates", err));
    }
    if (bca->given && bca->at_the_edge) {
        INB_TRY(inb_i_note_text(run, notes, "bca_at_the_edge",
            "the estimate lies at the edge of its replicates: the bias correction of the bootstrap "
            "interval is taken at half a replicate, and the interval says little",
            err));
    } else if (bca->given && bca->beyond < LEAST_BEYOND) {
        inb_buffer_format(&run->text,
            "of %zu replicates about %.1f lie beyond one limit of the bootstrap interval: with "
            "another seed it would be another; more replicates make it steady",
            run->options->bootstrap - bca->failed, bca->beyond);
        INB_TRY(inb_i_note(run, notes, "few_beyond", err));
    }
    figures->warnings = notes->list;
    figures->warning_count = notes->count;
    return INB_OK;
}

static inb_status expect_with(void *worker, const inb_chooser *chooser,
    const inb_cell *const *tables, double *const *means, size_t count, inb_error *err) {
    for (size_t i = 0; i < count; i++) {
        double estimate;
        INB_TRY(chooser->expect(worker, i, tables[i], means[i], &estimate, err));
    }
    return INB_OK;
}

// The people that the model of each table expects in its cells.
static inb_status expect_tables(inb_i_run *run, const inb_chooser *chooser,
    const inb_cell *const *tables, size_t count, const double *const **ret_means, inb_error *err) {
    size_t size = (size_t)1 << run->histories->list_count;
    double **means = inb_arena_get(run->arena, count, sizeof *means);
    double *numbers = inb_arena_get(run->arena, count * size, sizeof *numbers);
    if (means == NULL || numbers == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        means[i] = numbers + i * size;
    }
    void *worker = NULL;
    INB_TRY(chooser->make(chooser->plan, &worker, err));
    inb_status status = expect_with(worker, chooser, tables, means, count, err);
    chooser->drop(worker);
    *ret_means = (const double *const *)means;
    return status;
}

// How replicates choose: as the tables themselves, beyond six lists with less patience, from the
// models chosen on the tables.
inb_choice_plan inb_i_replicate_plan(const inb_choice_plan *of_table, const inb_terms *starts) {
    inb_choice_plan plan = *of_table;
    plan.starts = starts;
    plan.search.progress = NULL; // the replicates themselves are told
    if (isfinite(inb_search_patience(plan.list_count))) {
        plan.search.operations = plan.list_count > 6 ? REPLICATE_PATIENCE : SIX_PATIENCE;
    }
    return plan;
}

// Bootstraps tables[count] that all have an estimate; *ret_total is for their sum.
inb_status inb_i_draw_tables(
    inb_i_run *run, const inb_i_drawn *drawn, size_t count, inb_bca *ret_total, inb_error *err) {
    const inb_cell **tables = inb_arena_get(run->arena, count, sizeof *tables);
    double *estimates = inb_arena_get(run->arena, count, sizeof *estimates);
    inb_terms *starts = inb_arena_get(run->arena, count, sizeof *starts);
    inb_bca *bca = inb_arena_get(run->arena, count, sizeof *bca);
    if (tables == NULL || estimates == NULL || starts == NULL || bca == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        tables[i] = drawn[i].group->cells;
        estimates[i] = drawn[i].figures->estimate;
        starts[i] = (inb_terms){run->histories->list_count,
            (inb_list_set *)(uintptr_t)drawn[i].figures->terms, drawn[i].figures->term_count};
    }
    inb_choice_plan plan = inb_i_replicate_plan(&run->plan, starts);
    inb_chooser chooser = inb_choice_chooser(&plan);
    inb_spread spread = inb_spread_or_threads(run->options->spread, run->options->threads);
    inb_bootstrap bootstrap = {run->histories->list_count, count, tables, estimates,
        run->options->bootstrap, run->options->seed, run->options->level, &chooser, &spread, NULL,
        NULL};
    if (count == 1 && run->options->ensemble) { // to be shown
        bootstrap.kept = inb_arena_get(run->arena, run->options->bootstrap, sizeof(double));
        if (bootstrap.kept == NULL) {
            return inb_i_no_memory(err);
        }
    }
    if (run->options->parametric) {
        INB_TRY(expect_tables(run, &chooser, tables, count, &bootstrap.means, err));
    }
    INB_TRY(inb_bootstrap_run(&bootstrap, bca, ret_total, err));
    if (bootstrap.kept != NULL) {
        drawn[0].figures->sample = bootstrap.kept;
        drawn[0].figures->sample_count = run->options->bootstrap - bca[0].failed;
    }
    for (size_t i = 0; i < count; i++) {
        INB_TRY(inb_i_take_bca(run, &bca[i], drawn[i].figures, drawn[i].notes, err));
    }
    return INB_OK;
}

bool inb_i_can_be_drawn(const inb_figures *figures) {
    return figures->has_estimate && figures->status == 0;
}

inb_status inb_i_draw_table(inb_i_run *run, const inb_history_group *group, inb_figures *figures,
    inb_i_notes *notes, inb_error *err) {
    bool of_links = run->options->draws != NULL; // the replicates are of the draws then
    if (run->options->bootstrap == 0 || of_links || !inb_i_can_be_drawn(figures)) {
        return INB_OK;
    }
    inb_i_drawn drawn = {group, figures, notes};
    inb_bca total;
    bool cut_short =
        run->histories->list_count > 6 || (figures->has_search && !figures->search.proved);
    if (run->options->method == INB_COUNT_BIC && cut_short) {
        INB_TRY(inb_i_note_text(run, notes, "short_searches",
            "the search in a replicate starts at the chosen model and ends early where its proof "
            "takes long: some replicates may miss their best model",
            err));
    }
    return inb_i_draw_tables(run, &drawn, 1, &total, err);
}
