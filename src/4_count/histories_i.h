// SPDX-License-Identifier: EUPL-1.2
// Making a table of histories by hand: for the reader, and for whoever resamples or simulates.
#ifndef INB_4_COUNT_HISTORIES_I_H
#define INB_4_COUNT_HISTORIES_I_H

#include <inbeeld/count.h>

// An empty table in `arena` (histories->arena stays NULL: the caller hands the arena over when all
// went well). lists[] and groups[].values are to be filled.
inb_status inb_i_histories_new(const char *name, size_t list_count, size_t group_count,
    inb_arena *arena, inb_histories **ret_histories, inb_error *err) INB_NODISCARD;

// After the cells are filled: sums, pooled table, warnings about the lists. Leaves room for `room`
// further warnings. *ret_empty_list: the first list with nobody on it, SIZE_MAX = none.
inb_status inb_i_histories_finish(inb_histories *histories, inb_arena *arena, size_t room,
    size_t *ret_empty_list, inb_error *err) INB_NODISCARD;

#endif
