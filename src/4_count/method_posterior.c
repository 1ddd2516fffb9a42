// SPDX-License-Identifier: EUPL-1.2
// What methods that give a posterior have in common: what stands in the way, the sample, median and
// limits as figures. The posterior itself is each method's own.

#include "methods.h"

#include "caveats.h"

inb_status inb_i_posterior_figure(inb_i_run *run, const inb_history_group *group, const char *why,
    size_t sample_count, inb_i_posterior posterior, inb_i_notes *notes, inb_figures *ret_figures,
    inb_error *err) {
    inb_figures figures = {
        .group_values = group->values, .observed = group->observed, .parameters_identified = true};
    INB_TRY(inb_i_ask_independence(run, group, &why, err));
    INB_TRY(inb_i_add_bound(run, group->cells, &figures, err));
    if (why != NULL) {
        INB_TRY(inb_i_note_text(run, notes, "no_estimate", why, err));
        figures.status = INB_FIT_NOT_IDENTIFIED;
        figures.parameters_identified = false;
    } else {
        double *sample = inb_arena_get(run->arena, sample_count, sizeof *sample);
        if (sample == NULL) {
            return inb_i_no_memory(err);
        }
        inb_i_median of;
        double n = (double)group->observed;
        INB_TRY(posterior(run, group, sample, notes, &figures, &of, err));
        figures.has_estimate = true;
        figures.estimate = of.median;
        figures.hidden = of.median - n;
        figures.has_posterior = true;
        figures.sample = sample;
        figures.sample_count = sample_count;
        inb_i_add_interval(run, &figures, INB_INTERVAL_POSTERIOR, of.low - n, of.high - n, true);
    }
    INB_TRY(inb_i_note_overlaps(run, group->cells, notes, err));
    figures.warnings = notes->list;
    figures.warning_count = notes->count;
    *ret_figures = figures;
    return INB_OK;
}
