// SPDX-License-Identifier: EUPL-1.2
// Draws of the links as part of an estimate: the mixture over them (mixture.c) becomes the leading
// interval, the figures on the best links stand beside it, and where the two part it is said.

#include "carried.h"

#include "caveats.h"
#include "link_rates.h"
#include "methods.h"
#include "mixture.h"
#include "thousands.h"
#include "replicates.h"

#include <math.h>
#include <string.h>

static inb_status take_mixture(inb_i_run *run, const inb_mixture *mixture, inb_figures *figures,
    inb_i_notes *notes, inb_error *err) {
    figures->replicates = run->options->bootstrap;
    figures->failed_replicates = mixture->failed;
    if (!mixture->given) {
        return inb_i_note_text(run, notes, "no_mixture",
            "fewer than two draws of the links, or of their replicates, have a finite, identified "
            "estimate: there is no interval over the draws",
            err);
    }
    figures->has_mixture = true;
    figures->mixture = (inb_mixture_figures){mixture->estimate, mixture->observed, mixture->within,
        mixture->between, mixture->total, mixture->share, mixture->log_low, mixture->log_high,
        mixture->draws_failed};
    double n = (double)figures->observed;
    inb_i_add_interval(
        run, figures, INB_INTERVAL_MIXTURE, mixture->low - n, mixture->high - n, true);
    if (mixture->failed > 0 || mixture->draws_failed > 0) {
        inb_buffer_format(&run->text,
            "%zu of %zu replicates and %zu of %zu draws have no finite, identified estimate and "
            "are "
            "left out of the interval over the draws",
            mixture->failed, run->options->bootstrap, mixture->draws_failed,
            run->options->draws->count);
        INB_TRY(inb_i_note(run, notes, "failed_replicates", err));
    }
    if (figures->has_estimate &&
        (figures->estimate < mixture->low || figures->estimate > mixture->high)) {
        inb_buffer_format(&run->text,
            "N on the links as they were cut, %s, lies outside the interval over the draws: "
            "links "
            "that were missed or are wrong move it, and N over the draws, %s, is the one to read",
            inb_i_people_of(figures->estimate).text, inb_i_people_of(mixture->estimate).text);
        INB_TRY(inb_i_note(run, notes, "links_move_the_number", err));
    }
    return INB_OK;
}

// Two lists: what the published correction for known rates makes of the linked table.
static void correct(const inb_i_run *run, inb_estimate *estimate) {
    const inb_draws *draws = run->options->draws;
    if (draws->list_count != 2 || draws->rate_count == 0) {
        return;
    }
    double sum = 0;
    for (size_t g = 0; g < run->histories->group_count; g++) {
        const inb_cell *cells = run->histories->groups[g].cells;
        const inb_link_rate *rate = &draws->rates[0];
        double from = inb_i_overlap(cells, 2, rate->from, rate->from);
        double to = inb_i_overlap(cells, 2, rate->to, rate->to);
        double overlap = inb_corrected_overlap(
            inb_i_overlap(cells, 2, 0, 1), from, rate->alpha.estimate, rate->beta.estimate);
        sum += from * to / overlap;
    }
    estimate->has_corrected = isfinite(sum);
    estimate->corrected = isfinite(sum) ? sum : 0;
}

static inb_status note_links(
    inb_i_run *run, inb_estimate *estimate, inb_i_notes *notes, inb_error *err) {
    const inb_draws *draws = run->options->draws;
    if (draws->rate_count == 0) {
        return inb_i_note_text(run, notes, "no_rates",
            "the draws came without rates.json: whether they agree with the error rates of the "
            "links cannot be checked",
            err);
    }
    inb_link_rate *rates = inb_arena_get(run->arena, draws->rate_count, sizeof *rates);
    if (rates == NULL) {
        return inb_i_no_memory(err);
    }
    memcpy(rates, draws->rates, draws->rate_count * sizeof *rates);
    estimate->link_rates = rates;
    estimate->link_rate_count = draws->rate_count;
    size_t off = inb_i_rates_disagree(draws, run->histories);
    if (off < draws->rate_count) {
        inb_buffer_format(&run->text,
            "the draws and rates.json do not fit each other: the overlap of %s and %s over the "
            "draws is not what the rates make of the linked one",
            run->histories->lists[rates[off].from], run->histories->lists[rates[off].to]);
        INB_TRY(inb_i_note(run, notes, "draws_and_rates_differ", err));
    }
    correct(run, estimate);
    return INB_OK;
}

static inb_status mix(inb_i_run *run, inb_figures *const *figures, size_t count,
    inb_mixture *ret_tables, inb_mixture *ret_total, inb_error *err) {
    const inb_draws *draws = run->options->draws;
    inb_terms *starts = inb_arena_get(run->arena, count, sizeof *starts);
    if (starts == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        starts[i] = (inb_terms){run->histories->list_count,
            (inb_list_set *)(uintptr_t)figures[i]->terms, figures[i]->term_count};
    }
    inb_choice_plan plan = inb_i_replicate_plan(&run->plan, starts);
    inb_chooser chooser = inb_choice_chooser(&plan);
    inb_spread spread = inb_spread_or_threads(run->options->spread, run->options->threads);
    inb_mixture_plan mixture = {run->histories->list_count, count, draws->count, draws->tables,
        run->options->bootstrap, run->options->parametric, run->options->seed, run->options->level,
        &chooser, &spread};
    return inb_mixture_run(&mixture, ret_tables, ret_total, err);
}

// The notes of a group are full by now: its caveats of the draws come in a list of their own.
static inb_status add_to_group(
    inb_i_run *run, const inb_mixture *mixture, inb_figures *figures, inb_error *err) {
    inb_i_notes notes;
    INB_TRY(inb_i_notes_new(run, figures->warning_count + INB_I_MOST_WARNINGS, &notes, err));
    for (size_t i = 0; i < figures->warning_count; i++) {
        notes.list[notes.count++] = figures->warnings[i];
    }
    INB_TRY(take_mixture(run, mixture, figures, &notes, err));
    figures->warnings = notes.list;
    figures->warning_count = notes.count;
    return INB_OK;
}

inb_status inb_i_carry_draws(
    inb_i_run *run, inb_estimate *estimate, inb_i_notes *notes, inb_error *err) {
    const inb_draws *draws = run->options->draws;
    if (draws == NULL) {
        return INB_OK;
    }
    size_t count = run->histories->group_count;
    bool grouped = estimate->group_count > 0;
    inb_figures *groups = grouped ? (inb_figures *)(uintptr_t)estimate->groups : &estimate->total;
    inb_figures **figures = inb_arena_get(run->arena, count, sizeof *figures);
    inb_mixture *mixtures = inb_arena_get(run->arena, count, sizeof *mixtures);
    if (figures == NULL || mixtures == NULL) {
        return inb_i_no_memory(err);
    }
    for (size_t g = 0; g < count; g++) {
        figures[g] = &groups[g];
    }
    inb_mixture total;
    INB_TRY(mix(run, figures, count, mixtures, &total, err));
    for (size_t g = 0; grouped && g < count; g++) {
        INB_TRY(add_to_group(run, &mixtures[g], figures[g], err));
    }
    INB_TRY(take_mixture(run, &total, &estimate->total, notes, err));
    estimate->draw_count = draws->count;
    INB_TRY(note_links(run, estimate, notes, err));
    estimate->total.warnings = notes->list;
    estimate->total.warning_count = notes->count;
    return INB_OK;
}
