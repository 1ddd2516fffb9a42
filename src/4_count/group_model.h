// SPDX-License-Identifier: EUPL-1.2
// The choice of one log-linear model over lists and groups together, on counts that are drawn anew
// as well as on those at hand.
#ifndef INB_4_COUNT_GROUP_MODEL_H
#define INB_4_COUNT_GROUP_MODEL_H

#include "loglinear.h"
#include "pooled_fit.h"

// What is chosen: lists that every group is seen by in its own way, and pairs of lists that depend.
typedef struct inb_group_choice {
    inb_list_set apart;  // lists with an effect of their own in every group
    inb_list_set *pairs; // [lists * (lists - 1) / 2]
    size_t pair_count;
    double criterion; // BIC
    bool fitted;
} inb_group_choice;

// One worker's. Counts go into pooled->counts, cells into pooled->cells.
typedef struct inb_group_room {
    inb_arena *arena;
    inb_pooled *pooled;
    inb_fit_room *fit;
    inb_group_choice choice; // the last one made; pooled holds its fit
    inb_list_set *pairs;     // [size] as tried
    inb_list_set *terms;     // [size] scratch
    inb_cell *sum;           // [size] all groups together
    double *own;             // [groups][lists + 1] where the tries start
    double *shared;          // [size]
    double *gradient;        // [lists + 1], then [size]
} inb_group_room;

inb_status inb_group_room_new(
    size_t lists, size_t groups, inb_group_room **ret_room, inb_error *err) INB_NODISCARD;
void inb_group_room_freep(inb_group_room **room);

// Chooses by BIC, terms in and out one at a time, and fits, from `start` or where that is NULL from
// the model without dependence. room->choice.fitted is false where that model has no fit.
inb_status inb_group_choose(
    inb_group_room *room, const inb_group_choice *start, inb_error *err) INB_NODISCARD;

// The fit of one model: room->choice with apart and pairs filled in.
bool inb_group_fit(inb_group_room *room);

// Standard error of the log of the hidden people of group g, or of all groups (g = groups), by the
// delta method over everything that is estimated.
double inb_group_se(inb_group_room *room, size_t g);

// Hidden people of group g.
double inb_group_hidden(const inb_group_room *room, size_t g);

#endif
