// SPDX-License-Identifier: EUPL-1.2
// What the hill climb of a search (search.c) and its tree (search_tree.c) share.
#ifndef INB_4_COUNT_SEARCH_I_H
#define INB_4_COUNT_SEARCH_I_H

#include "search.h"

#define INB_SEARCH_TIE 1e-7 // differences of the criterion that are none

// A term that a node may go without.
struct inb_i_branch {
    inb_list_set term;
    bool measured; // the largest model without it has been fitted
    double lower;  // of the deviance of every model without it
};

enum inb_i_term_state { INB_I_UNDECIDED = 0, INB_I_IN, INB_I_OUT };

struct inb_search {
    inb_arena *arena;
    inb_search_options options;
    size_t list_count;
    size_t size;
    inb_quick *quick;
    inb_verdicts *verdicts;
    inb_terms allowed; // all terms of the largest model, by size
    // the table
    const inb_cell *cells;
    bool censored;
    double saturated;  // sum of y log y - y over counted cells
    double *penalties; // [allowed.count + 1] by number of terms
    // the best so far
    bool found;
    double best;
    inb_terms chosen;
    double best_missed; // lowest criterion of a model without a finite estimate
    // the tree
    unsigned char *state; // [size] inb_i_term_state
    inb_list_set *order;  // [order_count] terms above the main effects, as they are decided
    size_t order_count;
    inb_list_set *trail; // [size] terms that went out, to bring them back
    size_t trail_count;
    struct inb_i_branch *branches; // [branch_room] of the nodes from the root to here
    size_t branch_count;
    inb_list_set *fitting; // [size] the model at hand
    bool *member;          // [size] of the hill climb's model
    double *importance;    // [size]
    inb_list_set *maximal; // [2 * size]
    // models near the best, with a window
    bool in_tree;         // the hill climb has met the same models: they count once
    bool near_full;       // there were too many
    inb_near_model *near; // [INB_NEAR_MOST]
    size_t near_count;
    inb_list_set *near_terms; // of all of them
    size_t near_used;
    size_t near_size;
    double spent_before;
    double open; // lowest bound of a node that was not explored
    uint64_t fitted;
    uint64_t examined_before;
};

// Whether the search has used up what it may.
bool inb_i_search_spent(const inb_search *search);

// What a model may be worse by than the best so far and still be of interest.
double inb_i_search_reach(const inb_search *search);

// Fits search->fitting[count] until it is worse than the best with only `smallest` terms' penalty,
// and considers it. *ret_lower: a bound on its deviance.
inb_status inb_i_search_try(inb_search *search, size_t count, size_t smallest, double *ret_lower,
    inb_error *err) INB_NODISCARD;

// Makes search->member those of a model.
void inb_i_search_members(inb_search *search, const inb_terms *terms);

// Every model that could be of interest, from the hill climb's on (search_tree.c).
inb_status inb_i_search_tree(inb_search *search, inb_error *err) INB_NODISCARD;

#endif
