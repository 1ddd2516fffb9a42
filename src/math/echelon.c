// SPDX-License-Identifier: EUPL-1.2
// Gaussian elimination, one row at a time. Invariant: reduced row i is 1 at its pivot and 0 at the
// pivots of the rows before it, so reducing in order clears every pivot.

#include "math/echelon.h"

#include <math.h>
#include <string.h>

// Takes the space's rows out of `row` and returns the place of what is largest in the remainder.
static size_t reduce(const inb_echelon *echelon, double *row) {
    size_t columns = echelon->columns;
    for (size_t i = 0; i < echelon->rank; i++) {
        double factor = row[echelon->pivots[i]];
        if (factor == 0) {
            continue;
        }
        const double *reduced = echelon->rows + i * columns;
        for (size_t j = 0; j < columns; j++) {
            row[j] -= factor * reduced[j];
        }
        row[echelon->pivots[i]] = 0;
    }
    size_t largest = 0;
    for (size_t j = 1; j < columns; j++) {
        if (fabs(row[j]) > fabs(row[largest])) {
            largest = j;
        }
    }
    return largest;
}

bool inb_echelon_add(inb_echelon *echelon, double *row) {
    size_t columns = echelon->columns;
    if (echelon->rank == columns) {
        return false;
    }
    size_t pivot = reduce(echelon, row);
    double value = row[pivot];
    if (!(fabs(value) > INB_ECHELON_TOLERANCE)) {
        return false;
    }
    for (size_t j = 0; j < columns; j++) {
        row[j] = fabs(row[j]) <= INB_ECHELON_TOLERANCE ? 0 : row[j] / value;
    }
    row[pivot] = 1;
    memcpy(echelon->rows + echelon->rank * columns, row, columns * sizeof *row);
    echelon->pivots[echelon->rank++] = pivot;
    return true;
}

bool inb_echelon_holds(const inb_echelon *echelon, double *row) {
    if (echelon->rank == echelon->columns) {
        return true;
    }
    size_t largest = reduce(echelon, row);
    return fabs(row[largest]) <= INB_ECHELON_TOLERANCE;
}
