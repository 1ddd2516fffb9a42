// SPDX-License-Identifier: EUPL-1.2
// The best of all hierarchical models by an information criterion, with proof or with the gap that
// the proof left open.
#ifndef INB_4_COUNT_SEARCH_H
#define INB_4_COUNT_SEARCH_H

#include "model_terms.h"
#include "quick_fit.h"
#include "verdicts.h"

#include <inbeeld/spread.h>

// What is minimised: -2 log-likelihood plus
typedef enum inb_search_criterion {
    INB_SEARCH_BIC = 0, // p log n
    INB_SEARCH_AIC,     // 2 p
    INB_SEARCH_AICC     // 2 p n / (n - p - 1), infinite where p >= n - 1
} inb_search_criterion;
// n: people in counted cells; p: all terms, intercept and those at minus infinity included.

typedef struct inb_search_options {
    inb_search_criterion criterion;
    size_t order;      // largest term; 0 = all orders
    double operations; // floating-point multiplications to spend, about; INFINITY = until proved
    // > 0: all models whose criterion lies at most this above the best are kept (inb_search_near).
    double window;
    const struct inb_progress *progress; // hears of a search that may end early; NULL = nobody
} inb_search_options;

// What a search needs until the last lists come in: one day's patience on any machine alike.
// INFINITY up to five lists, 2e10 beyond, half a minute; six lists with people enough need a
// hundredth of it.
double inb_search_patience(size_t list_count);

typedef struct inb_search inb_search;

// Room to search tables of list_count lists, reused from table to table.
inb_status inb_search_new(size_t list_count, const inb_search_options *options,
    inb_search **ret_search, inb_error *err) INB_NODISCARD;
void inb_search_freep(inb_search **search);

typedef struct inb_search_result {
    bool found;        // some model has a finite, identified estimate
    double value;      // the criterion, of which the saturated model's log-likelihood is taken out
    double deviance;   // of the chosen model, as value less penalty
    bool proved;       // no other model is better
    double gap;        // where not proved: no model's criterion lies more than this below `value`
    uint64_t models;   // that there are; 0 = too many to have been counted
    uint64_t fitted;   // that were fitted, in part or in full; the bounds excluded the rest
    uint64_t examined; // of which existence was asked
    bool passed_over;  // a model with a lower criterion was met that has no finite estimate
} inb_search_result;

// Leaves the model in *terms (the caller's array, [1 << list_count]). Starts from the model *from,
// NULL = independence; where it starts changes the time, not the outcome. Criteria within 1e-7 of
// each other tie: fewer terms win, then the first in column order of the maximal terms.
inb_status inb_search_run(inb_search *search, const inb_cell *cells, const inb_terms *from,
    inb_terms *terms, inb_search_result *ret_result, inb_error *err) INB_NODISCARD;

// How many models there are: main effects in, saturated out, terms of at most `order` lists (0 =
// all). 0 = not known here.
uint64_t inb_search_models(size_t list_count, size_t order);

// A model near the best: its terms, by size then by lists, are terms[0 .. count - 1].
typedef struct inb_near_model {
    double value; // the criterion, as that of inb_search_result
    const inb_list_set *terms;
    size_t count;
} inb_near_model;

// After inb_search_run with a window: every model within it that has a finite, identified estimate,
// the best included, in the order of the search, but for models that another within it equals in
// all but terms that hold an interaction nobody has; borrowed until the next run. *ret_all is false
// where the search ended early or there were more than INB_NEAR_MOST.
enum { INB_NEAR_MOST = 20000 };
const inb_near_model *inb_search_near(const inb_search *search, size_t *ret_count, bool *ret_all);

// The room's own, to fit in between runs.
inb_fit_room *inb_search_room(inb_search *search);

#endif
