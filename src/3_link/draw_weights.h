// SPDX-License-Identifier: EUPL-1.2
// The chances of patterns (m, u) drawn from their posterior, as weights of pairs.
#ifndef INB_3_LINK_DRAW_WEIGHTS_H
#define INB_3_LINK_DRAW_WEIGHTS_H

#include "linked.h"

#include <inbeeld/rng.h>

// What the posterior stands on: pairs behind a group's table, for each set of features not blank.
typedef struct inb_draw_base {
    double m[INB_FIT_FEATURES][1 << INB_FIT_JOINT];
    double u[INB_FIT_FEATURES][1 << INB_FIT_JOINT];
} inb_draw_base;

void inb_draw_base_of(const struct inb_linked *linked, inb_draw_base *ret_base);

// A fit with weights (and no m, u) drawn; the rest as in linked->fit. Owner: the caller.
inb_status inb_draw_weights(const struct inb_linked *linked, const inb_draw_base *base,
    inb_rng *rng, inb_fit **ret_fit, inb_error *err) INB_NODISCARD;

#endif
