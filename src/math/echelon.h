// SPDX-License-Identifier: EUPL-1.2
// A row space that grows row by row: rank, a set of independent columns, and whether a row lies in
// it. Gaussian elimination with the largest entry of each reduced row as its pivot.
#ifndef INB_MATH_ECHELON_H
#define INB_MATH_ECHELON_H

#include <stdbool.h>
#include <stddef.h>

// What a reduced row of a matrix of zeros and ones may hold and still be zero: entries of such
// matrices reduce to small fractions, rounding stays many orders below this.
#define INB_ECHELON_TOLERANCE 1e-8

// The arrays are the caller's. An empty space: rank = 0.
typedef struct inb_echelon {
    size_t columns;
    size_t rank;
    double *rows;   // [columns * columns] row-major; `rank` reduced rows, 1 at their pivot
    size_t *pivots; // [columns] pivot column of each row: together independent columns
} inb_echelon;

// Adds the row where it is independent of the rows so far, and says so. row[columns] is destroyed.
// O(rank * columns).
bool inb_echelon_add(inb_echelon *echelon, double *row);

// Whether the row lies in the row space. row[columns] is destroyed. O(rank * columns).
bool inb_echelon_holds(const inb_echelon *echelon, double *row);

#endif
