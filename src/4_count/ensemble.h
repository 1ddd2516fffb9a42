// SPDX-License-Identifier: EUPL-1.2
// One table looked at in every way: all methods, each list left out, each pair taken as one, each
// pair's dependence given, people whom nobody can see, each list predicted from the others.
#ifndef INB_4_COUNT_ENSEMBLE_H
#define INB_4_COUNT_ENSEMBLE_H

#include "estimate_i.h"

// Fills ensemble of the estimate from the table of `group` and adds warnings for what stands out.
// Cost, for five lists: seconds, nearly all of them the latent classes'.
inb_status inb_i_add_ensemble(inb_i_run *run, const inb_history_group *group,
    inb_estimate *estimate, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

// What moves the number most, as a clause without a full stop; false where there is no ensemble.
// Appends to `out`.
bool inb_i_ensemble_driver(const inb_estimate *estimate, inb_buffer *out);

#endif
