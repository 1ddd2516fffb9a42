// SPDX-License-Identifier: EUPL-1.2
// Sums over all subsets and all supersets of every set of lists (zeta transforms, Yates 1937). With
// them a log-linear model needs no design matrix: predictors are subset sums of the coefficients,
// margins and the normal equations are superset sums of the cells.
#ifndef INB_MATH_LATTICE_H
#define INB_MATH_LATTICE_H

#include <stddef.h>

// values[s] becomes the sum of values[t] over all t that are part of s. values[1 << bits].
// O(bits 2^bits).
void inb_subset_sums(double *values, size_t bits);

// values[s] becomes the sum of values[t] over all t that contain s. As above.
void inb_superset_sums(double *values, size_t bits);

#endif
