// SPDX-License-Identifier: EUPL-1.2
// The peaks of what a sampler drew: a posterior with two of them is no single answer.
#ifndef INB_4_COUNT_MODES_H
#define INB_4_COUNT_MODES_H

#include <inbeeld/count.h>

// Peaks of the density of log hidden, hidden[count] sorted, each with the share of the draws around
// it; heaviest first. A peak that rises less than a fifth above the dip to its neighbour is part of
// that. Returns how many. estimate = people + hidden at the peak.
size_t inb_modes_of(
    const double *hidden, size_t count, double people, inb_mode ret_modes[INB_MODES_MOST]);

#endif
