// SPDX-License-Identifier: EUPL-1.2
// Populations of made-up people of whom several lists each see some, by a model that is known, and
// what the lists write down of them, damaged: for studies of links and of what they do to a count.
// Which record is of whom stands beside. Same seed, same bytes.
#ifndef INB_BENCH_LINK_LISTS_H
#define INB_BENCH_LINK_LISTS_H

#include <inbeeld/buffer.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LISTS_MOST = 6, LISTS_CELLS = 1 << LISTS_MOST, LISTS_PAIRS = 2 };

// A column: how often it is wrong and how often it is empty. Both 0: it is never wrong.
typedef struct lists_column {
    bool there;
    double wrong;
    double empty;
} lists_column;

typedef struct lists_scenario {
    const char *name;
    size_t lists;
    double people;
    double seen[LISTS_MOST];     // chance of each list
    unsigned pairs[LISTS_PAIRS]; // dependent pairs of lists, 0 = none
    double odds[LISTS_PAIRS];    // their odds ratios
    lists_column given, surname, date, place, phone;
    uint32_t surnames; // that there are
    double bad;        // share of the records of which every column is damaged more often:
    double bad_wrong;  // so many times; the others are damaged less, the mean stays
    double world;      // > 0: people of src/world instead, `people` of them; faults times this
    bool stepwise;     // the model is chosen; otherwise that of `pairs` is given
} lists_scenario;

typedef struct lists_made {
    size_t lists;
    char names[LISTS_MOST][32];
    inb_buffer text[LISTS_MOST];
    uint32_t *person; // a record, lists in order
    size_t count;
    double people;
    int64_t truth[LISTS_CELLS]; // true histories
} lists_made;

void lists_make(const lists_scenario *s, uint64_t seed, lists_made *ret_made);
void lists_clear(lists_made *made);

// Says why, and ends the program.
void lists_give_up(const char *what);

#endif
