// SPDX-License-Identifier: EUPL-1.2
// How a method chooses its model on a table: once for the figures, and again on every replicate.
#ifndef INB_4_COUNT_CHOOSER_H
#define INB_4_COUNT_CHOOSER_H

#include "bootstrap.h"
#include "search.h"

typedef enum inb_choice {
    INB_CHOICE_INDEPENDENCE = 0,
    INB_CHOICE_STEPWISE,
    INB_CHOICE_GIVEN, // one model
    INB_CHOICE_BEST   // of all, by a criterion
} inb_choice;

typedef struct inb_choice_plan {
    size_t list_count;
    inb_choice choice;
    double threshold;          // INB_CHOICE_STEPWISE
    inb_search_options search; // INB_CHOICE_BEST
    const inb_terms *given;    // INB_CHOICE_GIVEN: the model
    // INB_CHOICE_BEST: models to start from, [tables], or NULL: the models chosen on the tables
    // that the replicates come from. Saves time, changes nothing else.
    const inb_terms *starts;
} inb_choice_plan;

typedef struct inb_choice_room inb_choice_room;

inb_status inb_choice_new(
    const inb_choice_plan *plan, inb_choice_room **ret_room, inb_error *err) INB_NODISCARD;
void inb_choice_freep(inb_choice_room **room);

// Chooses on cells[1 << list_count] and fits. The model is left in *terms (the caller's array,
// [1 << list_count]). *ret_search says what the search did (only for INB_CHOICE_BEST; may be NULL).
inb_status inb_choice_make(inb_choice_room *room, size_t table, const inb_cell *cells,
    inb_terms *terms, inb_fit *ret_fit, inb_search_result *ret_search,
    inb_error *err) INB_NODISCARD;

// After inb_choice_make on the same cells: the people that the model `terms` it left expects in
// every cell, ret_means[1 << list_count] (inb_fit_expected).
void inb_choice_expect(
    const inb_choice_room *room, const inb_cell *cells, const inb_terms *terms, double *ret_means);

// The same as a chooser for the bootstrap; `plan` outlives it.
inb_chooser inb_choice_chooser(const inb_choice_plan *plan);

#endif
