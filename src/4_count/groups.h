// SPDX-License-Identifier: EUPL-1.2
// The figures of every group, of their joint total and of the pooled table.
#ifndef INB_4_COUNT_GROUPS_H
#define INB_4_COUNT_GROUPS_H

#include "estimate_i.h"

// Fills total, groups and pooled of the estimate. `notes` are the total's.
inb_status inb_i_figure_groups(
    inb_i_run *run, inb_estimate *estimate, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

#endif
