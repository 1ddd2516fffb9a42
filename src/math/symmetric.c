// SPDX-License-Identifier: EUPL-1.2
// Cholesky factorisation with unit-diagonal scaling, and complete diagonal pivoting where a pivot
// falls under the tolerance (Higham 2002, sections 10.1 and 10.3).

#include "math/symmetric.h"

#include <math.h>

// Row-wise Cholesky of the scaled matrix; false at the first pivot that is too small.
static bool factor_plain(const double *matrix, inb_factor *factor) {
    size_t n = factor->size;
    double *lower = factor->lower;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = matrix[i * n + j] * factor->scale[i] * factor->scale[j];
            for (size_t k = 0; k < j; k++) {
                sum -= lower[i * n + k] * lower[j * n + k];
            }
            if (j < i) {
                lower[i * n + j] = sum / lower[j * n + j];
            } else if (sum > INB_FACTOR_TOLERANCE) {
                lower[i * n + i] = sqrt(sum);
            } else { // not a number ends here too
                return false;
            }
        }
    }
    factor->rank = n;
    return true;
}

static void swap_unknowns(inb_factor *factor, size_t a, size_t b) {
    size_t n = factor->size;
    double *lower = factor->lower;
    size_t kept = factor->order[a];
    factor->order[a] = factor->order[b];
    factor->order[b] = kept;
    // `lower` holds the full symmetric remainder while pivoting, so rows and columns swap alike.
    for (size_t k = 0; k < n; k++) {
        double value = lower[a * n + k];
        lower[a * n + k] = lower[b * n + k];
        lower[b * n + k] = value;
    }
    for (size_t k = 0; k < n; k++) {
        double value = lower[k * n + a];
        lower[k * n + a] = lower[k * n + b];
        lower[k * n + b] = value;
    }
}

// Outer-product Cholesky that always takes the largest remaining diagonal element.
static void factor_pivoted(const double *matrix, inb_factor *factor) {
    size_t n = factor->size;
    double *lower = factor->lower;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double value = matrix[i * n + j] * factor->scale[i] * factor->scale[j];
            lower[i * n + j] = value;
            lower[j * n + i] = value;
        }
    }
    factor->rank = 0;
    for (size_t step = 0; step < n; step++) {
        size_t best = step;
        for (size_t i = step + 1; i < n; i++) {
            if (lower[i * n + i] > lower[best * n + best]) {
                best = i;
            }
        }
        if (!(lower[best * n + best] > INB_FACTOR_TOLERANCE)) {
            return;
        }
        if (best != step) {
            swap_unknowns(factor, step, best);
        }
        double pivot = sqrt(lower[step * n + step]);
        lower[step * n + step] = pivot;
        for (size_t i = step + 1; i < n; i++) {
            lower[i * n + step] /= pivot;
        }
        for (size_t i = step + 1; i < n; i++) {
            for (size_t j = step + 1; j <= i; j++) {
                lower[i * n + j] -= lower[i * n + step] * lower[j * n + step];
                lower[j * n + i] = lower[i * n + j];
            }
        }
        factor->rank = step + 1;
    }
}

void inb_factor_make(const double *matrix, inb_factor *factor) {
    size_t n = factor->size;
    for (size_t i = 0; i < n; i++) {
        double diagonal = matrix[i * n + i];
        factor->scale[i] = diagonal > 0 && isfinite(diagonal) ? 1 / sqrt(diagonal) : 0;
        factor->order[i] = i;
    }
    if (!factor_plain(matrix, factor)) {
        factor_pivoted(matrix, factor);
    }
}

void inb_factor_solve(const inb_factor *factor, const double *right, double *x, double *work) {
    size_t n = factor->size;
    size_t rank = factor->rank;
    const double *lower = factor->lower;
    for (size_t i = 0; i < rank; i++) {
        double sum = right[factor->order[i]] * factor->scale[factor->order[i]];
        for (size_t k = 0; k < i; k++) {
            sum -= lower[i * n + k] * work[k];
        }
        work[i] = sum / lower[i * n + i];
    }
    for (size_t i = rank; i-- > 0;) {
        double sum = work[i];
        for (size_t k = i + 1; k < rank; k++) {
            sum -= lower[k * n + i] * work[k];
        }
        work[i] = sum / lower[i * n + i];
    }
    for (size_t i = 0; i < n; i++) {
        x[factor->order[i]] = i < rank ? work[i] * factor->scale[factor->order[i]] : 0;
    }
}
