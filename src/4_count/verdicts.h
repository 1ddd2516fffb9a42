// SPDX-License-Identifier: EUPL-1.2
// Existence and identifiability of models, remembered: the verdict depends on the model and on
// which cells hold people, not on how many, so replicates of a table ask the same again and again.
#ifndef INB_4_COUNT_VERDICTS_H
#define INB_4_COUNT_VERDICTS_H

#include "loglinear.h"

typedef struct inb_verdicts {
    inb_arena *arena;
    inb_fit_room *room; // to examine in, and free to fit in between
    size_t size;        // 1 << list_count
    size_t words;       // of one key: the model's terms and the cells with people, as bits
    uint64_t *keys;     // [VERDICTS * words]
    signed char *found; // [VERDICTS] the status, -1 = empty place
    size_t used;
    uint64_t *key;     // [words] scratch
    uint64_t examined; // asked and not known
} inb_verdicts;

// For tables of list_count lists whose cells have the same kinds, models of at most most_terms.
inb_status inb_verdicts_new(size_t list_count, size_t most_terms, inb_verdicts **ret_verdicts,
    inb_error *err) INB_NODISCARD;
void inb_verdicts_freep(inb_verdicts **verdicts);

// As inb_fit_examine, which is called only where the answer is not known yet.
inb_status inb_verdicts_ask(inb_verdicts *verdicts, const inb_cell *cells,
    const inb_list_set *terms, size_t term_count, int *ret_status, inb_error *err) INB_NODISCARD;

#endif
