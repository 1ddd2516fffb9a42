// SPDX-License-Identifier: EUPL-1.2
// Published tables for the tests of station 4: those of data/lists by name, and small ones that are
// not part of the tree (UK four lists: Bales, Hesketh, Silverman 2015; New Orleans: Bales, Murphy,
// Silverman 2020; HIV in Rome: Abeni et al. 1994), and random sparse ones.
#ifndef INB_TEST_TABLES_H
#define INB_TEST_TABLES_H

#include "inb_test.h"
#include "oracle.h"

#include <inbeeld/count.h>

#include <stdio.h>

enum { TABLE_CELLS = 256 };

typedef struct test_table {
    size_t lists;
    inb_cell cells[TABLE_CELLS];
    int64_t observed;
} test_table;

// Histories as text, first list first, each with its count.
typedef struct test_row {
    const char *history;
    int64_t count;
} test_row;

static inline void table_put(test_table *table, size_t cell, int64_t count) {
    table->cells[cell].count = count;
    table->observed += count;
}

static inline test_table table_of(size_t lists, const test_row *rows, size_t count) {
    test_table table = {.lists = lists, .cells = {{0, INB_CELL_MISSING}}};
    for (size_t i = 0; i < count; i++) {
        size_t cell = 0;
        for (size_t j = 0; j < lists; j++) {
            cell |= rows[i].history[j] == '1' ? (size_t)1 << j : 0;
        }
        table_put(&table, cell, rows[i].count);
    }
    return table;
}

static inline test_table table_named(const char *name) {
    static const test_row uk_4[] = {{"1000", 54}, {"0100", 464}, {"0010", 1006}, {"0001", 703},
        {"1100", 15}, {"1010", 19}, {"1001", 3}, {"0110", 62}, {"0101", 19}, {"0011", 76},
        {"1110", 1}, {"1101", 1}, {"0111", 4}, {"1111", 1}};
    static const test_row new_orleans_5[] = {{"10000", 25}, {"01000", 24}, {"00100", 70},
        {"00010", 33}, {"00001", 21}, {"11000", 1}, {"10100", 1}, {"10010", 2}, {"01100", 2},
        {"01010", 2}, {"01001", 1}, {"00110", 1}, {"11100", 1}, {"11010", 1}};
    static const test_row new_orleans[] = {{"10000000", 25}, {"01000000", 5}, {"00100000", 70},
        {"00010000", 33}, {"00001000", 6}, {"00000100", 6}, {"00000010", 6}, {"00000001", 21},
        {"10100000", 1}, {"10010000", 2}, {"10001000", 1}, {"01000100", 1}, {"00110000", 1},
        {"00101000", 1}, {"00100010", 1}, {"00011000", 2}, {"00001001", 1}, {"10100010", 1},
        {"10011000", 1}};
    static const test_row rome[] = {{"1000", 403}, {"0100", 545}, {"0010", 621}, {"0001", 205},
        {"1100", 33}, {"1010", 20}, {"1001", 6}, {"0110", 35}, {"0101", 10}, {"0011", 11},
        {"1110", 3}, {"1101", 1}, {"0111", 3}};
    if (strcmp(name, "UKdat_4") == 0) {
        return table_of(4, uk_4, sizeof uk_4 / sizeof uk_4[0]);
    }
    if (strcmp(name, "NewOrl_5") == 0) {
        return table_of(5, new_orleans_5, sizeof new_orleans_5 / sizeof new_orleans_5[0]);
    }
    if (strcmp(name, "NewOrl") == 0) {
        return table_of(8, new_orleans, sizeof new_orleans / sizeof new_orleans[0]);
    }
    if (strcmp(name, "HIV_rome") == 0) {
        return table_of(4, rome, sizeof rome / sizeof rome[0]);
    }
    char path[4096];
    inb_histories *histories = NULL;
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", getenv("INBEELD_SOURCE"), name);
    INB_OK_IS(inb_histories_read(path, NULL, 0, &histories, err));
    test_table table = {.lists = histories->list_count, .observed = histories->groups[0].observed};
    memcpy(
        table.cells, histories->groups[0].cells, ((size_t)1 << table.lists) * sizeof *table.cells);
    inb_histories_free(histories);
    return table;
}

// Poisson counts that fall off with the number of lists; `level` people on one list, about.
static inline test_table table_random(inb_rng *rng, size_t lists, double level, double fall) {
    test_table table = {.lists = lists, .cells = {{0, INB_CELL_MISSING}}};
    for (size_t h = 1; h < (size_t)1 << lists; h++) {
        double depth = (double)(__builtin_popcount((unsigned)h) - 1);
        double mean = level * exp(-fall * depth + 2 * (inb_rng_uniform(rng) - 0.5));
        table_put(&table, h, oracle_poisson(rng, mean));
    }
    return table;
}

static inline oracle table_oracle(const test_table *table) {
    oracle o = {.lists = table->lists, .size = (size_t)1 << table->lists};
    for (size_t h = 1; h < o.size; h++) {
        o.known[h] = table->cells[h].kind == INB_CELL_COUNTED;
        o.counts[h] = o.known[h] ? (double)table->cells[h].count : 0;
    }
    return o;
}

// Deviance over retained cells from the oracle's means.
static inline double oracle_deviance(const oracle *o, const double *means) {
    double sum = 0;
    for (size_t h = 1; h < o->size; h++) {
        if (o->keep[h]) {
            double y = o->counts[h];
            sum += (y > 0 ? y * log(y / means[h]) : 0) - (y - means[h]);
        }
    }
    return 2 * sum;
}

#endif
