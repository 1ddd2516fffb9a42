// SPDX-License-Identifier: EUPL-1.2
// One log-linear model over groups, whose effects of the lists are drawn towards each other.
#ifndef INB_4_COUNT_POOLED_FIT_H
#define INB_4_COUNT_POOLED_FIT_H

#include "math/symmetric.h"
#include "model_terms.h"

#include <inbeeld/count.h>
#include <inbeeld/rng.h>

// log m_gh = a_g + sum over lists j in h of (l_j + u_gj) + sum over shared terms t in h of c_t,
// u_gj ~ N(0, variance_j), a_g free. Everything is in `arena`; own = lists + 1 (a_g, then u_gj),
// shared = lists + interactions (l_j, then c_t), size = 1 << lists.
typedef struct inb_pooled {
    inb_arena *arena;
    size_t lists;
    size_t size;
    size_t groups;
    size_t most_shared;
    // the data
    const inb_cell **cells; // [groups][size]: kinds, and bounds of censored cells
    double *counts;         // [groups][size] people; may be fractions
    bool *empty;            // [groups] nobody counted: takes no part
    // the model
    const inb_list_set *interactions; // [interaction_count], all of two lists or more
    size_t interaction_count;
    double *variance; // [lists]
    // the fit
    double *own;    // [groups][own] a_g, u_gj
    double *shared; // [shared] l_j, c_t
    double *means;  // [groups][size] of every cell but structural ones
    double *spread; // [lists] sum over groups of the posterior variance of u_gj
    double value;   // penalised log-likelihood
    // scratch
    double *weights; // [size]
    double *scores;  // [size]
    double *trial_own;
    double *trial_shared;
    double *step_own;
    double *step_shared;
    double *blocks;      // [groups][own * own] information of a group's own effects
    double *cross;       // [groups][own * shared]
    double *solved;      // [groups][own * shared] blocks^-1 cross
    double *gradient;    // [groups][own]
    double *pull;        // [shared] gradient
    double *schur;       // [shared * shared] information of the shared ones, the own eliminated
    double *inverse;     // [own * own]
    double *work;        // [own + shared]
    inb_factor *factors; // [groups] of blocks
    inb_factor factor;   // of schur
} inb_pooled;

inb_status inb_pooled_new(
    size_t lists, size_t groups, inb_pooled **ret_pooled, inb_error *err) INB_NODISCARD;
void inb_pooled_freep(inb_pooled **pooled);

// A cold start: no effects, flat cells.
void inb_pooled_start(inb_pooled *pooled);

// Maximises the penalised likelihood at the variances given; false where it is not reached. Leaves
// means, factors and spread.
bool inb_pooled_maximise(inb_pooled *pooled);

// The same, the variances found too: MacKay's fixed point (1992) of the marginal likelihood by
// Laplace's approximation. False where it is not reached.
bool inb_pooled_fit(inb_pooled *pooled);

// People expected in cells that nobody counted: nobody's list, missing and censored cells of group
// g, at the effects own[lists + 1] and shared.
double inb_pooled_hidden(
    const inb_pooled *pooled, size_t g, const double *own, const double *shared);

// A draw from the normal approximation to the posterior around the fit: ret_own[groups][own],
// ret_shared[shared].
void inb_pooled_draw(inb_pooled *pooled, inb_rng *rng, double *ret_own, double *ret_shared);

// Standard error of a_g, the log of those on no list in group g.
double inb_pooled_se(inb_pooled *pooled, size_t g);

#endif
