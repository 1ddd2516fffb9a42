// SPDX-License-Identifier: EUPL-1.2
// u of every group: tables, levels and the counts behind them. Private to the fit.
#ifndef INB_3_LINK_FIT_OTHERS_H
#define INB_3_LINK_FIT_OTHERS_H

#include "fit.h"

// What is thought of each pattern of the random pairs.
struct inb_fit_looked {
    double *total;  // its weight
    double *home;   // its weight in a household
    double *chance; // that it matches, or is of a class put aside
};

// Sets u, u_level and u_count of a fit. looked: of the random pairs of the input, by the fit as it
// is; NULL = each of them is taken for one that does not match. room: a table.
void inb_fit_others(
    inb_fit *fit, const inb_fit_input *input, const struct inb_fit_looked *looked, double *room);

#endif
