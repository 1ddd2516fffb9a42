// SPDX-License-Identifier: EUPL-1.2
// Method latent-class in an estimate: the posterior median where the chains agree, and no headline
// where they do not; the posterior's peaks either way.

#include "methods.h"

#include "caveats.h"
#include "latent_class.h"
#include "thousands.h"

#include <math.h>

enum {
    SAMPLE = 4000, // draws kept of the posterior
    LEAST_SWEEPS = 4000,
    MOST_SWEEPS = 32000,
    BRIEF_LEAST = 3000, // where it is one row of an ensemble
    BRIEF_MOST = 6000,
    BRIEF_LISTS = 7 // with more lists the histories are too many for a mere comparison
};

static const double MANY_PEOPLE = 1e9;
static const double SECOND_PEAK = 0.05; // a second peak with more of the draws is told

static inb_status check(
    const inb_histories *histories, const inb_estimate_options *options, inb_error *err) {
    (void)options;
    if (histories->list_count < 3) {
        return inb_fail(err, INB_USAGE, "method latent-class: found %zu lists, expected 3 to %d",
            histories->list_count, (int)INB_LISTS_MOST);
    }
    return INB_OK;
}

// Why the table has no answer by this method, NULL where it has one.
static const char *obstacle(const inb_i_run *run, const inb_history_group *group) {
    int64_t on_several = 0;
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        if (group->cells[h].kind != INB_CELL_COUNTED) {
            return "method latent-class needs a count for every history: some are missing, bounded "
                   "or cannot occur";
        }
        on_several += inb_set_size((inb_list_set)h) > 1 ? group->cells[h].count : 0;
    }
    if ((double)group->observed > MANY_PEOPLE) {
        return "method latent-class takes at most a thousand million people";
    }
    return on_several == 0 ? "nobody is on two lists: the prior alone would set the number" : NULL;
}

static inb_status run_on(inb_i_run *run, const inb_history_group *group, double *sample,
    inb_latent_class *ret_result, inb_error *err) {
    int64_t counts[1 << INB_LISTS_MOST] = {0};
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        counts[h] = group->cells[h].count;
    }
    inb_spread spread = inb_spread_or_threads(run->options->spread, run->options->threads);
    spread.what = "chains";
    inb_latent_options options = {.level = run->options->level,
        .seed = run->options->seed,
        .least_sweeps = run->brief ? BRIEF_LEAST : LEAST_SWEEPS,
        .most_sweeps = run->brief ? BRIEF_MOST : MOST_SWEEPS,
        .spread = &spread,
        .sample = sample,
        .sample_count = sample == NULL ? 0 : SAMPLE};
    return inb_latent_class_run(counts, run->histories->list_count, &options, ret_result, err);
}

static inb_status note_posterior(
    inb_i_run *run, const inb_latent_class *result, inb_i_notes *notes, inb_error *err) {
    inb_buffer_format(&run->text,
        "%d chains of %zu sweeps: R-hat %.3f (at most 1.05), effective draws %.0f in the middle "
        "and %.0f in the tails (at least 400)",
        (int)INB_LATENT_CHAINS, result->sweeps, result->r_hat, result->ess_bulk, result->ess_tail);
    INB_TRY(inb_i_note(run, notes, "chains", err));
    if (!result->converged) {
        INB_TRY(inb_i_note_text(run, notes, "not_converged",
            "the chains do not agree: neither the number nor its limits can be relied on", err));
    }
    if (result->mode_count > 1 && result->modes[1].weight >= SECOND_PEAK) {
        inb_buffer_text(&run->text, "the posterior has more than one peak:");
        for (size_t m = 0; m < result->mode_count && result->modes[m].weight > 0.005; m++) {
            inb_buffer_format(&run->text, "%s N about %s with %.0f %% (%.0f to %.0f in one chain)",
                m > 0 ? "," : "", inb_i_people_of(result->modes[m].estimate).text,
                100 * result->modes[m].weight, 100 * result->least[m], 100 * result->most[m]);
        }
        INB_TRY(inb_i_note(run, notes, "several_peaks", err));
    }
    return INB_OK;
}

static inb_status sampled(inb_i_run *run, const inb_history_group *group, double *sample,
    inb_i_notes *notes, inb_figures *figures, inb_i_median *ret_median, inb_error *err) {
    inb_latent_class result;
    INB_TRY(run_on(run, group, sample, &result, err));
    figures->posterior = (inb_posterior_figures){.converged = result.converged,
        .classes = INB_LATENT_CLASSES,
        .chains = INB_LATENT_CHAINS,
        .draws = result.draws,
        .r_hat = result.r_hat,
        .ess_bulk = result.ess_bulk,
        .ess_tail = result.ess_tail,
        .mode_count = result.mode_count};
    for (size_t m = 0; m < result.mode_count; m++) {
        figures->posterior.modes[m] = result.modes[m];
    }
    INB_TRY(note_posterior(run, &result, notes, err));
    *ret_median = (inb_i_median){result.median, result.low, result.high};
    return INB_OK;
}

static inb_status figure(inb_i_run *run, const inb_history_group *group, inb_i_notes *notes,
    inb_figures *ret_figures, inb_error *err) {
    return inb_i_posterior_figure(
        run, group, obstacle(run, group), SAMPLE, sampled, notes, ret_figures, err);
}

// No number where the chains do not agree.
static inb_status number(
    inb_i_run *run, const inb_history_group *group, double *ret_number, inb_error *err) {
    inb_latent_class result = {.converged = false};
    const char *why = obstacle(run, group);
    INB_TRY(inb_i_ask_independence(run, group, &why, err));
    if (run->histories->list_count > 2 && run->histories->list_count <= BRIEF_LISTS &&
        why == NULL) {
        run->brief = true;
        inb_status status = run_on(run, group, NULL, &result, err);
        run->brief = false;
        INB_TRY(status);
    }
    *ret_number = result.converged ? result.median : (double)NAN;
    return INB_OK;
}

const inb_i_method inb_i_method_latent_class = {check, figure, number, false, true};
