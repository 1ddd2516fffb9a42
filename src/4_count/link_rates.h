// SPDX-License-Identifier: EUPL-1.2
// rates.json of a folder of draws, and whether the draws agree with it.
#ifndef INB_4_COUNT_LINK_RATES_H
#define INB_4_COUNT_LINK_RATES_H

#include <inbeeld/draws.h>

// Reads DIRECTORY/rates.json into draws->rates (room for every ordered pair) and rate_count.
inb_status inb_i_link_rates_read(const char *directory, const inb_histories *like, inb_draws *draws,
    inb_error *err) INB_NODISCARD;

// People for certain on both lists of cells[1 << list_count]; a == b: on the one.
double inb_i_overlap(const inb_cell *cells, size_t list_count, size_t a, size_t b);

// Number of the first rate with which the draws disagree: the overlap that `groups` of `linked`
// histories and the rate's interval leave possible lies wholly beyond three standard deviations of
// the draws' overlaps. draws->rate_count where all agree.
size_t inb_i_rates_disagree(const inb_draws *draws, const inb_histories *linked);

#endif
