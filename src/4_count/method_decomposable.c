// SPDX-License-Identifier: EUPL-1.2
// Method decomposable in an estimate: the posterior median over all decomposable graphs (Madigan
// and York 1997, doi:10.1093/biomet/84.1.19), its interval, the likeliest graph as the model, and
// what the prior and the truncation did to the answer.

#include "methods.h"

#include "base/alloc.h"
#include "caveats.h"
#include "decomposable.h"
#include "math/chordal.h"

#include <math.h>

enum { SAMPLE = 4000 }; // draws kept of the posterior

static const double MANY_PEOPLE = 1e6;    // beyond this the sum over N0 takes too long
static const double COMPLETE_SHARE = 0.1; // a complete graph with more weight than this is told

static inb_status check(
    const inb_histories *histories, const inb_estimate_options *options, inb_error *err) {
    (void)options;
    if (histories->list_count > INB_CHORDAL_MOST) {
        return inb_fail(err, INB_USAGE, "method decomposable: found %zu lists, expected 2 to %d",
            histories->list_count, (int)INB_CHORDAL_MOST);
    }
    return INB_OK;
}

// Why the table has no answer by this method, NULL where it has one.
static const char *obstacle(const inb_i_run *run, const inb_history_group *group) {
    size_t lists = run->histories->list_count;
    for (size_t h = 1; h < (size_t)1 << lists; h++) {
        if (group->cells[h].kind != INB_CELL_COUNTED) {
            return "method decomposable needs a count for every history: some are missing, bounded "
                   "or cannot occur";
        }
    }
    if (group->observed < 1) {
        return "nobody is on these lists";
    }
    if ((double)group->observed > MANY_PEOPLE) {
        return "method decomposable sums over every possible number of people and takes at most a "
               "million observed";
    }
    int64_t on_several = 0;
    for (size_t h = 1; h < (size_t)1 << lists; h++) {
        on_several += inb_set_size((inb_list_set)h) > 1 ? group->cells[h].count : 0;
    }
    return on_several == 0 ? "nobody is on two lists: the prior alone would set the number" : NULL;
}

static inb_status run_on(inb_i_run *run, const inb_history_group *group, double *sample,
    size_t sample_count, inb_decomposable *ret_result, inb_error *err) {
    int64_t counts[1 << INB_CHORDAL_MOST] = {0};
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        counts[h] = group->cells[h].count;
    }
    inb_decomposable_options options = {.delta = run->options->delta,
        .level = run->options->level,
        .parity = run->options->parity,
        .most = (int64_t)fmax(4e6, 40 * (double)group->observed),
        .sample = sample,
        .sample_count = sample_count};
    return inb_decomposable_run(counts, run->histories->list_count, &options, ret_result, err);
}

// The likeliest graph's cliques as terms.
static void take_graph(inb_i_run *run, uint32_t edges) {
    inb_chordal graph;
    inb_terms_independence(&run->terms);
    if (inb_chordal_of((unsigned)run->histories->list_count, edges, &graph)) {
        for (size_t c = 0; c < graph.clique_count; c++) {
            inb_terms_add(&run->terms, graph.cliques[c]);
        }
    }
}

static inb_status note_posterior(inb_i_run *run, const inb_decomposable *result,
    const inb_posterior_figures *posterior, inb_i_notes *notes, inb_error *err) {
    if (!posterior->parity && !result->converged) {
        INB_TRY(inb_i_note_text(run, notes, "truncation",
            "the limits of the interval still move when more hidden people are allowed for: the "
            "largest number that was allowed decides them",
            err));
    }
    if (posterior->parity) {
        inb_buffer_format(&run->text,
            "settings of the R package dga: the complete graph takes part, with %.3g %% of the "
            "weight, and at most %lld hidden people are allowed for, which can decide the limits",
            100 * result->complete_weight, (long long)result->grid);
        INB_TRY(inb_i_note(run, notes, "parity", err));
    } else if (result->complete_weight > COMPLETE_SHARE) {
        inb_buffer_format(&run->text,
            "the complete graph, on which only the prior speaks about the hidden people, would "
            "have had %.3g %% of the weight and is left out: the others may be too simple",
            100 * result->complete_weight);
        INB_TRY(inb_i_note(run, notes, "complete_graph", err));
    }
    inb_buffer_format(&run->text,
        "average over %zu graphs of dependence with prior weight delta = %.4g in each cell; the "
        "likeliest one, shown as the model, has %.3g %%",
        result->graph_count, posterior->delta, 100 * result->best_weight);
    return inb_i_note(run, notes, "averaged", err);
}

static inb_status average(inb_i_run *run, const inb_history_group *group, double *sample,
    inb_i_notes *notes, inb_figures *figures, inb_i_median *ret_median, inb_error *err) {
    inb_decomposable result;
    INB_TRY(run_on(run, group, sample, SAMPLE, &result, err));
    double lists = (double)run->histories->list_count;
    figures->posterior =
        (inb_posterior_figures){.converged = result.converged || run->options->parity,
            .delta = run->options->delta > 0 ? run->options->delta : exp2(-lists),
            .parity = run->options->parity,
            .graphs = result.graph_count,
            .most_hidden = result.grid,
            .complete_weight = result.complete_weight,
            .likeliest_weight = result.best_weight};
    take_graph(run, result.best_edges);
    INB_TRY(inb_i_describe_model(run, figures, err));
    INB_TRY(note_posterior(run, &result, &figures->posterior, notes, err));
    *ret_median = (inb_i_median){result.median, result.low, result.high};
    return INB_OK;
}

static inb_status figure(inb_i_run *run, const inb_history_group *group, inb_i_notes *notes,
    inb_figures *ret_figures, inb_error *err) {
    return inb_i_posterior_figure(
        run, group, obstacle(run, group), SAMPLE, average, notes, ret_figures, err);
}

static inb_status number(
    inb_i_run *run, const inb_history_group *group, double *ret_number, inb_error *err) {
    inb_decomposable result = {.median = NAN};
    const char *why = obstacle(run, group);
    INB_TRY(inb_i_ask_independence(run, group, &why, err));
    if (why == NULL) {
        INB_TRY(run_on(run, group, NULL, 0, &result, err));
    }
    *ret_number = result.median;
    return INB_OK;
}

const inb_i_method inb_i_method_decomposable = {check, figure, number, false, true};
