// SPDX-License-Identifier: EUPL-1.2
// Log-linear fits by the thousand on one table: only the deviance, with a bound that holds before
// the fit has converged, so that a search can drop a model after one or two steps. For what is
// reported, loglinear.h fits the chosen model again.
#ifndef INB_4_COUNT_QUICK_FIT_H
#define INB_4_COUNT_QUICK_FIT_H

#include "math/symmetric.h"

#include <inbeeld/count.h>

// Everything is in `arena`; "size" is 1 << list_count.
typedef struct inb_quick {
    inb_arena *arena;
    size_t list_count;
    size_t size;
    size_t most; // terms
    // the table, by inb_quick_table
    bool *in;          // [size] cells of the fit: counted ones
    double *counts;    // [size] 0 outside the fit
    double *margins;   // [size] people in all cells of the fit that hold the set
    double *weights0;  // [size] count + 1/2 in the fit
    double *scores0;   // [size] weights0 * log(count + 1/2)
    double *weights0s; // [size] their superset sums, for models that drop no cell
    double *scores0s;  // [size]
    double people;
    double saturated; // sum of y log y - y
    // one fit
    bool *dropped;      // [size] holds a term of the model with an empty margin
    inb_list_set *kept; // [most] terms that stay finite
    size_t kept_count;
    uint16_t *cells; // [size] retained cells
    size_t cell_count;
    double *predictor; // [size] of all cells
    double *direction; // [size] Newton's step, as predictors
    double *means;     // [size]
    double *weights;   // [size]
    double *scores;    // [size]
    double *gradient;  // [most]
    double *step;      // [most]
    double *work;      // [most]
    double *gram;      // [most * most]
    inb_factor factor;
    double operations; // multiplications so far, about: a clock that every machine reads alike
} inb_quick;

inb_status inb_quick_new(
    size_t list_count, size_t most_terms, inb_quick **ret_quick, inb_error *err) INB_NODISCARD;
void inb_quick_freep(inb_quick **quick);

// Takes the counted cells of cells[1 << list_count]; the all-zero cell is not one of them.
void inb_quick_table(inb_quick *quick, const inb_cell *cells);

// Lets the all-zero cell hold `people` > 0 and take part in the fit (after inb_quick_table).
void inb_quick_hold(inb_quick *quick, double people);

typedef struct inb_quick_result {
    double lower;    // no fit of these terms has a smaller deviance
    double deviance; // the model's, where converged; else of the last point: not below the model's
    bool converged;  // false: stopped because lower says enough, or given up
    double hidden;   // expected people in the all-zero cell at the last point
} inb_quick_result;

// Fits terms[count] (a hierarchy with the intercept and at most `most` terms) by Newton's method.
// Stops as soon as it is sure that the deviance exceeds `cutoff`, or that it exceeds `interest` (at
// most cutoff) and by how much to 0.02; INFINITY never stops early.
// A term with an empty margin takes its cells out, as in loglinear.h; where no finite maximum
// exists the deviance is its limit. O(k 2^k + p^3) a step.
inb_quick_result inb_quick_fit(
    inb_quick *quick, const inb_list_set *terms, size_t count, double interest, double cutoff);

#endif
