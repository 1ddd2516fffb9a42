// SPDX-License-Identifier: EUPL-1.2
// The headline of an estimate, or why there is none.
#ifndef INB_4_COUNT_HEADLINE_H
#define INB_4_COUNT_HEADLINE_H

#include "estimate_i.h"

// Fills compared and headline of the estimate, whose total is known.
inb_status inb_i_set_headline(inb_i_run *run, inb_estimate *estimate, inb_error *err) INB_NODISCARD;

// Whether N on the links as they were cut lies outside the interval over the draws of the links.
bool inb_i_links_move(const inb_figures *figures);

#endif
