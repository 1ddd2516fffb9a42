// SPDX-License-Identifier: EUPL-1.2
// Tables made from a table: a list left out, two lists taken as one, or only the people of one
// list.
#ifndef INB_4_COUNT_RESHAPE_H
#define INB_4_COUNT_RESHAPE_H

#include <inbeeld/count.h>

typedef struct inb_reshaped {
    bool usable; // false: a counted part meets one that is not known
    size_t list_count;
    inb_cell cells[1 << INB_LISTS_MOST];
    int64_t observed;
} inb_reshaped;

// cells[1 << list_count], at least three lists. People who were on `list` alone are not in the
// result.
void inb_reshape_without(
    size_t list_count, const inb_cell *cells, size_t list, inb_reshaped *ret_table);

// Lists a < b as one list, in the place of a: on it is who is on either.
void inb_reshape_merged(
    size_t list_count, const inb_cell *cells, size_t a, size_t b, inb_reshaped *ret_table);

// The people on `list`, by the other lists. Those on no other list are the ones to be estimated:
// how many they are is known.
void inb_reshape_within(
    size_t list_count, const inb_cell *cells, size_t list, inb_reshaped *ret_table);

#endif
