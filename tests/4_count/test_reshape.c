// SPDX-License-Identifier: EUPL-1.2
// Tables with a list left out, two lists as one, and the people of one list, against person by
// person renaming.

#include "inb_test.h"
#include "reshape.h"

#include <inbeeld/rng.h>

#include <string.h>

enum { LISTS = 5, CELLS = 32 };

static inb_cell cells[CELLS];

static void fill(uint64_t seed) {
    inb_rng rng = inb_rng_make(seed, 0);
    cells[0] = (inb_cell){0, INB_CELL_MISSING};
    for (size_t h = 1; h < CELLS; h++) {
        cells[h] = (inb_cell){inb_rng_below(&rng, 50), INB_CELL_COUNTED};
    }
}

// The history of one person on the lists that stay, in order; merged with `into` where given.
static size_t rename_history(size_t h, size_t gone, int into) {
    size_t result = 0;
    size_t place = 0;
    for (size_t j = 0; j < LISTS; j++) {
        if (j == gone) {
            continue;
        }
        bool on = (h >> j & 1) != 0 || (into == (int)j && (h >> gone & 1) != 0);
        result |= (size_t)on << place++;
    }
    return result;
}

static void compare(const inb_reshaped *table, size_t gone, int into, int only) {
    int64_t counts[CELLS / 2] = {0};
    int64_t observed = 0;
    for (size_t h = 1; h < CELLS; h++) {
        if (only < 0 || (h >> only & 1) != 0) {
            size_t as = rename_history(h, gone, into);
            counts[as] += cells[h].count;
            observed += as > 0 ? cells[h].count : 0;
        }
    }
    ck_assert(table->usable);
    ck_assert_uint_eq(table->list_count, LISTS - 1);
    ck_assert_int_eq(table->observed, observed);
    ck_assert_int_eq(table->cells[0].kind, INB_CELL_MISSING);
    for (size_t h = 1; h < CELLS / 2; h++) {
        ck_assert_int_eq(table->cells[h].count, counts[h]);
        ck_assert_int_eq(table->cells[h].kind, INB_CELL_COUNTED);
    }
}

INB_TEST(as_person_by_person) {
    static inb_reshaped table;
    for (uint64_t seed = 1; seed < 6; seed++) {
        fill(seed);
        for (size_t a = 0; a < LISTS; a++) {
            inb_reshape_without(LISTS, cells, a, &table);
            compare(&table, a, -1, -1);
            inb_reshape_within(LISTS, cells, a, &table);
            compare(&table, a, -1, (int)a);
            for (size_t b = a + 1; b < LISTS; b++) {
                inb_reshape_merged(LISTS, cells, a, b, &table);
                compare(&table, b, (int)a, -1);
            }
        }
    }
}
INB_END

INB_TEST(cells_that_are_not_counts) {
    static inb_reshaped table;
    fill(9);
    cells[3] = (inb_cell){0, INB_CELL_MISSING};   // on 0 and 1
    inb_reshape_without(LISTS, cells, 0, &table); // meets the count of "1 alone"
    ck_assert(!table.usable);
    inb_reshape_within(LISTS, cells, 2, &table); // nobody of list 2 is concerned
    ck_assert(table.usable);
    fill(9);
    cells[1] = (inb_cell){0, INB_CELL_MISSING}; // alone on 0: left out with it
    inb_reshape_without(LISTS, cells, 0, &table);
    ck_assert(table.usable);
}
INB_END

INB_TEST_MAIN("4_count/reshape", as_person_by_person, cells_that_are_not_counts)
