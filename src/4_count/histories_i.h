// SPDX-License-Identifier: EUPL-1.2
// Making a table of histories by hand: for the reader, and for whoever resamples or simulates.
#ifndef INB_4_COUNT_HISTORIES_I_H
#define INB_4_COUNT_HISTORIES_I_H

#include <inbeeld/count.h>

// More people than this in a table is a mistake; up to it the twelve digits of JSON hold everybody.
#define INB_I_MOST_PEOPLE INT64_C(100000000000)

// The words of the warning partly_structural.
#define INB_I_PARTLY_STRUCTURAL                                                                    \
    "a history cannot occur in some groups and can in others: added up it counts as one that "     \
    "can, "                                                                                        \
    "which biases the figures of the groups together"

// Adds what `more` holds to a cell. kinds (0 at first) collects which kinds went in. False where a
// counted part meets one that is not known. A cell that cannot occur in one part and is counted in
// another is counted as a whole.
bool inb_i_cell_add(inb_cell *cell, unsigned *kinds, const inb_cell *more);

// Adds a warning, for which room was left, made of `text`, and empties that.
inb_status inb_i_histories_warn(inb_histories *histories, inb_arena *arena, const char *code,
    inb_buffer *text, inb_error *err) INB_NODISCARD;

// An empty table in `arena` (histories->arena stays NULL: the caller hands the arena over when all
// went well). lists[] and groups[].values are to be filled.
inb_status inb_i_histories_new(const char *name, size_t list_count, size_t group_count,
    inb_arena *arena, inb_histories **ret_histories, inb_error *err) INB_NODISCARD;

// After the cells are filled: sums, pooled table, warnings about the lists. Leaves room for `room`
// further warnings. *ret_empty_list: the first list with nobody on it, SIZE_MAX = none.
inb_status inb_i_histories_finish(inb_histories *histories, inb_arena *arena, size_t room,
    size_t *ret_empty_list, inb_error *err) INB_NODISCARD;

#endif
