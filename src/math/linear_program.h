// SPDX-License-Identifier: EUPL-1.2
// Linear programs by COIN-OR Clp (simplex, EPL-2.0): maximise an objective under equality rows and
// bounds on the columns. The only file that sees Clp.
#ifndef INB_MATH_LINEAR_PROGRAM_H
#define INB_MATH_LINEAR_PROGRAM_H

#include <inbeeld/status.h>

// Columns one after another (compressed columns). Everything is the caller's.
typedef struct inb_linear_program {
    size_t rows;
    size_t columns;
    const int *starts;       // [columns + 1] where each column begins in `places`
    const int *places;       // [starts[columns]] row of each entry
    const double *entries;   // [starts[columns]]
    const double *least;     // [columns] lower bounds, -INFINITY = none
    const double *most;      // [columns] upper bounds, INFINITY = none
    const double *objective; // [columns]
    const double *right;     // [rows] what each row must equal
} inb_linear_program;

// Maximises; x[columns] gets an optimal point and *ret_value its objective. A program without a
// feasible point or a finite optimum, or one that the simplex gives up on, is INB_NOT_CONVERGED.
// Clp takes its own memory: it ends the process where that is out.
inb_status inb_linear_program_solve(const inb_linear_program *program, double *ret_x,
    double *ret_value, inb_error *err) INB_NODISCARD;

#endif
