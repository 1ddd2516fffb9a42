// SPDX-License-Identifier: EUPL-1.2
// Linkage error carried into an estimate.
#ifndef INB_4_COUNT_CARRIED_H
#define INB_4_COUNT_CARRIED_H

#include "estimate_i.h"

// Where draws were given: their mixture in the figures of the table, of each group and of the
// total, what they say of the links, and the caveats that belong to it.
inb_status inb_i_carry_draws(
    inb_i_run *run, inb_estimate *estimate, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

#endif
