// SPDX-License-Identifier: EUPL-1.2
// Tables made from a table. A history is renamed, and histories with the same new name add up as
// cells of groups do (histories_i.h).

#include "reshape.h"

#include "histories_i.h"

#include <string.h>

enum { LEAVE = -1 }; // a history that has no place in the new table

// Removes bit `list`, the higher ones move down.
static unsigned without_bit(unsigned set, size_t list) {
    unsigned low = set & ((1U << list) - 1);
    return low | (set >> (list + 1)) << list;
}

// Adds cell h to the new table as history `as`; as 0 nobody sees it any more.
static void add(inb_reshaped *table, unsigned *kinds, const inb_cell *cell, int as) {
    if (as > 0) {
        table->usable = inb_i_cell_add(&table->cells[as], &kinds[as], cell) && table->usable;
    }
}

static void begin(inb_reshaped *table, unsigned *kinds, size_t list_count) {
    memset(table, 0, sizeof *table);
    memset(kinds, 0, sizeof *kinds << INB_LISTS_MOST);
    table->usable = true;
    table->list_count = list_count - 1;
    table->cells[0].kind = INB_CELL_MISSING;
}

static void finish(inb_reshaped *table) {
    for (size_t h = 1; h < (size_t)1 << table->list_count; h++) {
        const inb_cell *cell = &table->cells[h];
        table->observed += cell->kind == INB_CELL_COUNTED ? cell->count : 0;
    }
}

void inb_reshape_without(
    size_t list_count, const inb_cell *cells, size_t list, inb_reshaped *ret_table) {
    unsigned kinds[1 << INB_LISTS_MOST];
    begin(ret_table, kinds, list_count);
    for (unsigned h = 1; h < 1U << list_count; h++) {
        add(ret_table, kinds, &cells[h], (int)without_bit(h, list));
    }
    finish(ret_table);
}

void inb_reshape_merged(
    size_t list_count, const inb_cell *cells, size_t a, size_t b, inb_reshaped *ret_table) {
    unsigned kinds[1 << INB_LISTS_MOST];
    begin(ret_table, kinds, list_count);
    for (unsigned h = 1; h < 1U << list_count; h++) {
        unsigned either = h | (h >> b & 1U) << a;
        add(ret_table, kinds, &cells[h], (int)without_bit(either, b));
    }
    finish(ret_table);
}

void inb_reshape_within(
    size_t list_count, const inb_cell *cells, size_t list, inb_reshaped *ret_table) {
    unsigned kinds[1 << INB_LISTS_MOST];
    begin(ret_table, kinds, list_count);
    for (unsigned h = 1; h < 1U << list_count; h++) {
        add(ret_table, kinds, &cells[h], h >> list & 1U ? (int)without_bit(h, list) : LEAVE);
    }
    finish(ret_table);
}
