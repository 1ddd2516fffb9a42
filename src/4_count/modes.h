// SPDX-License-Identifier: EUPL-1.2
// The peaks of what a sampler drew: a posterior with two of them is no single answer.
#ifndef INB_4_COUNT_MODES_H
#define INB_4_COUNT_MODES_H

#include <inbeeld/count.h>

// Peaks of the density of log hidden, hidden[count] sorted, each with the share of the draws around
// it; heaviest first. A peak that rises less than a fifth above the dip to its neighbour is part of
// that. Returns how many. estimate = people + hidden at the peak. ret_dips[INB_MODES_MOST] is NULL
// or holds the dips on both sides of each, as log(hidden + 1/2), infinite at the ends.
size_t inb_modes_of(const double *hidden, size_t count, double people,
    inb_mode ret_modes[INB_MODES_MOST], double (*ret_dips)[2]);

// The share of hidden[count], in any order, between two dips.
double inb_modes_share(const double *hidden, size_t count, const double dips[2]);

#endif
