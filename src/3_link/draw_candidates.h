// SPDX-License-Identifier: EUPL-1.2
// The pairs that draws choose from, with what the values' frequencies add to them.
#ifndef INB_3_LINK_DRAW_CANDIDATES_H
#define INB_3_LINK_DRAW_CANDIDATES_H

#include "linked.h"

typedef struct inb_draw_candidate {
    inb_pair pair;
    float adjust;      // to its weight
    float adjust_home; // to that of a household
    bool across;       // of two files
} inb_draw_candidate;

typedef struct inb_draw_candidates {
    inb_draw_candidate *at;
    size_t count;
    // The first of them may be joined; the others complete persons of three and are told apart
    // only beside them. All are active where records are not looked at by groups of columns.
    size_t active;
    size_t groups;       // of columns
    float *group_adjust; // [count x groups], adjust by groups; NULL unless asked for
} inb_draw_candidates;

// Pairs of a probability of at least 0.01, by itself or beside its rivals, and those joined.
// by_groups: lower, down to 0.0001, until pairs left out are 0.2 % of the expected links, and with
// what completes persons of three, across files.
inb_status inb_draw_candidates_new(const struct inb_linked *linked, bool by_groups,
    inb_draw_candidates *ret_candidates, inb_error *err) INB_NODISCARD;
void inb_draw_candidates_clear(inb_draw_candidates *candidates);

// log(m / u) of a pair by a fit, households taken off.
double inb_draw_weight(const inb_fit *fit, const inb_draw_candidate *candidate);
// What a household takes off.
double inb_draw_cost(const inb_fit *fit, const inb_draw_candidate *candidate);
// m / u of each group, below 0 where it is blank. ratio[groups].
void inb_draw_ratios(
    const inb_fit *fit, const inb_draw_candidates *candidates, size_t number, float *ratio);

#endif
