// SPDX-License-Identifier: EUPL-1.2
// Populations to draw tables from, built on a table: the fitted model and models that it misses.
#ifndef INB_4_COUNT_TRUTHS_H
#define INB_4_COUNT_TRUTHS_H

#include "loglinear.h"
#include "model_terms.h"

#include <inbeeld/coverage.h>

// The people that `truth` expects in every cell of cells[1 << list_count], around the model
// `fitted` that was chosen on them. *ret_given is false where none can be built: then the model has
// no finite estimate with anything added. ret_means[1 << list_count]; *ret_added the lists that
// were added to the model, 0 = none.
inb_status inb_truth_build(inb_truth truth, const inb_cell *cells, const inb_terms *fitted,
    bool *ret_given, double *ret_means, inb_list_set *ret_added, inb_error *err) INB_NODISCARD;

#endif
