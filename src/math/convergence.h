// SPDX-License-Identifier: EUPL-1.2
// Have several chains of a sampler come to the same distribution, and how many independent draws
// are theirs worth (Vehtari, Gelman, Simpson, Carpenter, Burkner 2021, doi:10.1214/20-BA1221).
#ifndef INB_MATH_CONVERGENCE_H
#define INB_MATH_CONVERGENCE_H

#include <inbeeld/status.h>

#include <stddef.h>

typedef struct inb_convergence {
    double r_hat;    // the larger of the rank-normalised split R-hat and that of the folded draws
    double ess_bulk; // effective draws in the middle
    double ess_tail; // the lesser of those of the 5 % and the 95 % quantile
} inb_convergence;

// draws[chains][length], length at least 8, all finite. Draws that are all the same give an R-hat
// of NaN. O(S log S + S lag) for S draws.
inb_status inb_convergence_of(const double *draws, size_t chains, size_t length,
    inb_convergence *ret_convergence, inb_error *err) INB_NODISCARD;

#endif
