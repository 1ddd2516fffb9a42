// SPDX-License-Identifier: EUPL-1.2
// The methods as a table: one entry for each name of INB_COUNT_METHODS, one file for each family.
#ifndef INB_4_COUNT_METHODS_H
#define INB_4_COUNT_METHODS_H

#include "estimate_i.h"

typedef struct inb_i_method {
    // Options that the method cannot work with are INB_USAGE. `options` are sound by themselves.
    inb_status (*check)(
        const inb_histories *histories, const inb_estimate_options *options, inb_error *err);
    // Everything about one table, warnings included (notes may hold some already).
    inb_status (*figure)(inb_i_run *run, const inb_history_group *group, inb_i_notes *notes,
        inb_figures *ret_figures, inb_error *err);
    // N alone, NAN where there is none that is finite and identified.
    inb_status (*number)(
        inb_i_run *run, const inb_history_group *group, double *ret_number, inb_error *err);
    bool can_be_drawn; // replicates can be drawn through inb_choice_chooser
    bool has_sample;   // its figures hold draws of N, and groups are added up by them
} inb_i_method;

// Static.
const inb_i_method *inb_i_method_of(inb_count_method method);

#define INB_I_DECLARE(number, entry, name) extern const inb_i_method inb_i_method_##entry;
INB_COUNT_METHODS(INB_I_DECLARE)
#undef INB_I_DECLARE

// ---- what methods share ----

// Adds an interval of hidden people to the figures, unless it has no end; it leads where `leads`
// or where none does.
void inb_i_add_interval(const inb_i_run *run, inb_figures *figures, inb_interval_kind kind,
    double hidden_low, double hidden_high, bool leads);

// n + exp(log hidden -+ z se).
void inb_i_add_model_interval(const inb_i_run *run, inb_figures *figures);

// Makes *why say that the prior alone would set the number, where it says nothing yet and even
// independence has no finite, identified estimate (identical or nested lists).
inb_status inb_i_ask_independence(
    inb_i_run *run, const inb_history_group *group, const char **why, inb_error *err) INB_NODISCARD;

// What a method of the posterior kind does where nothing stands in its way: fills sample[sample
// count] with draws of N, the posterior of *figures and its notes.
typedef struct inb_i_median {
    double median; // of N
    double low;
    double high;
} inb_i_median;
typedef inb_status (*inb_i_posterior)(inb_i_run *run, const inb_history_group *group,
    double *sample, inb_i_notes *notes, inb_figures *figures, inb_i_median *ret_median,
    inb_error *err);

// The figures of a table by such a method. why: what stands in the way, or NULL.
inb_status inb_i_posterior_figure(inb_i_run *run, const inb_history_group *group, const char *why,
    size_t sample_count, inb_i_posterior posterior, inb_i_notes *notes, inb_figures *ret_figures,
    inb_error *err) INB_NODISCARD;

// The reference bound of a table.
inb_status inb_i_add_bound(
    inb_i_run *run, const inb_cell *cells, inb_figures *figures, inb_error *err) INB_NODISCARD;

// Terms, model and model_texts of the figures from run->terms.
inb_status inb_i_describe_model(inb_i_run *run, inb_figures *figures, inb_error *err) INB_NODISCARD;

#endif
