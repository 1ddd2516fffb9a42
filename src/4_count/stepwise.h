// SPDX-License-Identifier: EUPL-1.2
// Stepwise choice of pairwise terms.
#ifndef INB_4_COUNT_STEPWISE_H
#define INB_4_COUNT_STEPWISE_H

#include "loglinear.h"
#include "model_terms.h"

// Chooses the model on cells[1 << list_count] and leaves it in *terms (array of the caller's).
// threshold in (0, 1). One fit a step; a pair is examined only when it would be next.
inb_status inb_stepwise(inb_fit_room *room, const inb_cell *cells, double threshold,
    inb_terms *terms, inb_error *err) INB_NODISCARD;

// The most terms that stepwise can reach.
size_t inb_stepwise_most(size_t list_count);

#endif
