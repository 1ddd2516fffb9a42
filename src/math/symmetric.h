// SPDX-License-Identifier: EUPL-1.2
// Small dense symmetric positive systems: Cholesky on the matrix scaled to unit diagonal, and where
// that breaks down a pivoted one that leaves the dependent directions out. One thread, so that
// replicates give the same bytes everywhere (Higham 2002, Accuracy and Stability, chapter 10).
#ifndef INB_MATH_SYMMETRIC_H
#define INB_MATH_SYMMETRIC_H

#include <stdbool.h>
#include <stddef.h>

// A factored matrix. The arrays are the caller's.
typedef struct inb_factor {
    size_t size;
    size_t rank;   // size where the plain factorisation went through
    double *lower; // [size * size] row-major; the leading rank x rank block is the factor
    double *scale; // [size] 1 / sqrt(diagonal), 0 where the diagonal is not positive
    size_t *order; // [size] row i of `lower` belongs to unknown order[i]
} inb_factor;

// A pivot of the scaled matrix below this counts as zero.
#define INB_FACTOR_TOLERANCE 1e-13

// Factors matrix[size * size] (row-major, only the lower triangle is read). O(size^3 / 3).
void inb_factor_make(const double *matrix, inb_factor *factor);

// Solves matrix * x = right; unknowns outside the rank get 0. x may be `right`. work[size].
void inb_factor_solve(const inb_factor *factor, const double *right, double *x, double *work);

#endif
