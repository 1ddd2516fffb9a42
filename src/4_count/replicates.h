// SPDX-License-Identifier: EUPL-1.2
// Tables drawn anew from a table or from all groups, as part of an estimate.
#ifndef INB_4_COUNT_REPLICATES_H
#define INB_4_COUNT_REPLICATES_H

#include "bootstrap.h"
#include "estimate_i.h"

// How the method of `options` chooses its model; `given` is that of INB_COUNT_MODEL.
inb_choice_plan inb_i_plan_of(
    const inb_histories *histories, const inb_estimate_options *options, const inb_terms *given);

// run->plan: how the asked method chooses its model.
void inb_i_set_plan(inb_i_run *run);

// The same for replicates. starts[]: the models chosen on their tables.
inb_choice_plan inb_i_replicate_plan(const inb_choice_plan *of_table, const inb_terms *starts);

// A table to be drawn from, and where its answer goes.
typedef struct inb_i_drawn {
    const inb_history_group *group;
    inb_figures *figures;
    inb_i_notes *notes;
} inb_i_drawn;

// Whether the figures are such that replicates can be drawn: an estimate, status 0.
bool inb_i_can_be_drawn(const inb_figures *figures);

// Bootstraps tables[count] that all have an estimate; *ret_total is for their sum.
inb_status inb_i_draw_tables(inb_i_run *run, const inb_i_drawn *drawn, size_t count,
    inb_bca *ret_total, inb_error *err) INB_NODISCARD;

// The same of one table, where replicates were asked and the table has an estimate.
inb_status inb_i_draw_table(inb_i_run *run, const inb_history_group *group, inb_figures *figures,
    inb_i_notes *notes, inb_error *err) INB_NODISCARD;

// Puts a BCa interval, or why there is none, into the figures.
inb_status inb_i_take_bca(inb_i_run *run, const inb_bca *bca, inb_figures *figures,
    inb_i_notes *notes, inb_error *err) INB_NODISCARD;

#endif
