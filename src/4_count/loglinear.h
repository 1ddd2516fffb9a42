// SPDX-License-Identifier: EUPL-1.2
// One Poisson log-linear model on one table: does a maximum exist, is everything identified, and
// what does it say about the cells that nobody counted.
#ifndef INB_4_COUNT_LOGLINEAR_H
#define INB_4_COUNT_LOGLINEAR_H

#include "math/echelon.h"
#include "math/symmetric.h"

#include <inbeeld/count.h>

// What a cell is to the model at hand.
typedef enum inb_cell_role {
    INB_ROLE_OUT = 0, // not counted, or dropped because a term of it has an empty margin
    INB_ROLE_ZERO,    // retained; holds nobody for certain (0, or censored)
    INB_ROLE_POSITIVE // retained, somebody in it
} inb_cell_role;

// Room to fit models of one number of lists, reused from fit to fit. All arrays are in `arena`;
// "size" is 1 << list_count, "most" the number of terms it was made for.
typedef struct inb_fit_room {
    inb_arena *arena;
    size_t list_count;
    size_t size;
    size_t most;
    // the model on the table, by inb_fit_examine
    unsigned char *role; // [size] inb_cell_role
    bool *face;          // [size] retained cells whose mean is positive in the limit
    inb_list_set *kept;  // [most] terms with a finite parameter, or none to be had
    size_t kept_count;
    inb_list_set *basis; // [most] independent ones of them on the face
    size_t basis_count;
    size_t retained_count;
    size_t face_count;
    inb_echelon space;      // rows of the face over `kept`
    double *row;            // [most]
    inb_list_set *spanning; // [most] positive cells whose rows are independent
    size_t spanning_count;
    inb_list_set *open; // [size] zero cells outside the positive cells' row space
    // Newton's method
    double *counts;    // [size] people, or the bound where censored
    double *margins;   // [size]
    double *predictor; // [size]
    double *means;     // [size] fitted; 0 off the face
    double *weights;   // [size]
    double *scores;    // [size]
    double *beta;      // [most] over `basis`
    double *trial;     // [most]
    double *step;      // [most]
    double *gradient;  // [most]
    double *work;      // [most]
    double *gram;      // [most * most]
    inb_factor factor;
} inb_fit_room;

inb_status inb_fit_room_new(
    size_t list_count, size_t most_terms, inb_fit_room **ret_room, inb_error *err) INB_NODISCARD;
void inb_fit_room_freep(inb_fit_room **room);

// Existence and identifiability of terms[term_count] (a hierarchy, intercept first) on
// cells[1 << list_count]; *ret_status is 0 or INB_FIT_… added up. Fills the first part of the room.
inb_status inb_fit_examine(inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, int *ret_status, inb_error *err) INB_NODISCARD;

typedef struct inb_fit {
    int status;
    bool converged; // Newton's decrement went under its tolerance
    size_t iterations;
    bool identified;  // hidden is finite and the same for every maximum of the likelihood
    double hidden;    // expected people in the all-zero, missing and censored cells
    double uncounted; // of them in missing and censored cells
    double log_hidden_se;
    double log_likelihood; // without the terms in the counts alone
    double deviance;
    size_t degrees_of_freedom;
} inb_fit;

// Examines and fits; where no finite maximum exists it fits the limit (the extended maximum
// likelihood estimate of Fienberg and Rinaldo 2012). Leaves the fitted means in room->means.
inb_status inb_fit_model(inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, inb_fit *ret_fit, inb_error *err) INB_NODISCARD;

// After inb_fit_model with the same cells and terms converged: the people that the model expects in
// every cell, nobody's list, missing and censored ones included; 0 in what cannot occur.
// ret_means[1 << list_count].
void inb_fit_expected(const inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, double *ret_means);

#endif
