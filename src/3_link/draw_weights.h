// SPDX-License-Identifier: EUPL-1.2
// Chances of agreement drawn from what the pairs leave possible.
#ifndef INB_3_LINK_DRAW_WEIGHTS_H
#define INB_3_LINK_DRAW_WEIGHTS_H

#include "linked.h"

#include <inbeeld/rng.h>

// A fit to the pairs of a link weighed anew (the Bayesian bootstrap), by EM from where the link's
// own ended. NULL where EM refuses what came out in every one of a few tries. Owner of *ret_fit:
// the caller.
inb_status inb_draw_fit(
    const struct inb_linked *linked, inb_rng *rng, inb_fit **ret_fit, inb_error *err) INB_NODISCARD;

#endif
