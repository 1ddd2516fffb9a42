// SPDX-License-Identifier: EUPL-1.2
// What the parts of an estimate share: one run, its options and scratch, and the warnings of one
// set of figures while they are collected.
#ifndef INB_4_COUNT_ESTIMATE_I_H
#define INB_4_COUNT_ESTIMATE_I_H

#include "chooser.h"
#include "loglinear.h"
#include "model_terms.h"

#include <inbeeld/count.h>

enum { INB_I_MOST_WARNINGS = 32 }; // per set of figures; the histories' own come on top

// What one run works with.
typedef struct inb_i_run {
    const inb_histories *histories;
    const inb_estimate_options *options;
    inb_arena *arena; // of the result
    inb_fit_room *room;
    inb_terms terms; // scratch, [1 << lists]: the model of the last table
    inb_terms given; // of --model
    inb_choice_plan plan;
    inb_choice_room *best;    // for INB_COUNT_BIC, made when first needed
    inb_search_result search; // its last
    double z;
    bool brief;      // one row of an ensemble: no longer than it has to be
    inb_buffer text; // scratch
} inb_i_run;

// Warnings in the making; those of an estimate are const to its reader.
typedef struct inb_i_notes {
    inb_warning *list; // in the run's arena
    size_t count;
    size_t size;
} inb_i_notes;

#endif
