// SPDX-License-Identifier: EUPL-1.2
// Existence and identifiability against exact elimination (Fourier-Motzkin, ranks modulo a prime):
// every pattern of zeros on three lists under every pairwise model, random four-list tables with
// structural cells and higher orders, and the published verdicts.

#include "loglinear.h"
#include "math/linear_program.h"
#include "model_terms.h"
#include "inb_test.h"
#include "oracle.h"

static inb_cell cells[ORACLE_CELLS];
static inb_list_set terms_of[ORACLE_TERMS];

static int examine(const oracle *o, const inb_terms *terms) {
    inb_fit_room *room = NULL;
    int status = -1;
    for (size_t h = 0; h < o->size; h++) {
        cells[h] =
            (inb_cell){(int64_t)o->counts[h], o->known[h] ? INB_CELL_COUNTED : INB_CELL_STRUCTURAL};
    }
    INB_OK_IS(inb_fit_room_new(o->lists, terms->count, &room, err));
    INB_OK_IS(inb_fit_examine(room, cells, terms->terms, terms->count, &status, err));
    inb_fit_room_freep(&room);
    return status;
}

static int expected(oracle *o, const inb_terms *terms) {
    unsigned plain[ORACLE_TERMS];
    for (size_t i = 0; i < terms->count; i++) {
        plain[i] = terms->terms[i];
    }
    return oracle_status(o, plain, terms->count);
}

// The contract's own program: max t, A'x = A'y, x >= t, over the cells and terms the oracle
// retained.
static bool exists_by_definition(const oracle *o) {
    int starts[ORACLE_CELLS + 2];
    static int places[ORACLE_CELLS * ORACLE_TERMS];
    static double entries[ORACLE_CELLS * ORACLE_TERMS];
    double least[ORACLE_CELLS + 1];
    double most[ORACLE_CELLS + 1];
    double objective[ORACLE_CELLS + 1];
    double right[ORACLE_TERMS] = {0};
    double ones[ORACLE_TERMS] = {0};
    double x[ORACLE_CELLS + 1];
    int filled = 0;
    size_t columns = 0;
    for (size_t h = 1; h < o->size; h++) {
        if (!o->keep[h]) {
            continue;
        }
        starts[columns] = filled;
        least[columns] = 0;
        most[columns] = INFINITY;
        objective[columns++] = 0;
        for (size_t j = 0; j < o->term_count; j++) {
            if ((o->terms[j] & h) == o->terms[j]) {
                places[filled] = (int)j;
                entries[filled++] = 1;
                right[j] += o->counts[h];
                ones[j] += 1;
            }
        }
    }
    starts[columns] = filled; // t, bounded so that there is an optimum
    least[columns] = 0;
    most[columns] = 1e6;
    objective[columns++] = 1;
    for (size_t j = 0; j < o->term_count; j++) {
        places[filled] = (int)j;
        entries[filled++] = ones[j];
    }
    starts[columns] = filled;
    double value = -1;
    inb_linear_program program = {
        o->term_count, columns, starts, places, entries, least, most, objective, right};
    INB_OK_IS(inb_linear_program_solve(&program, x, &value, err));
    return value > 1e-7;
}

INB_TEST(published_verdicts) {
    oracle o = {.lists = 3, .size = 8, .counts = {0, 40, 30, 6, 20, 0, 0, 0}};
    memset(o.known, true, sizeof o.known);
    inb_terms terms = {.list_count = 3, .terms = terms_of};
    inb_terms_independence(&terms);
    inb_terms_add(&terms, 3);
    ck_assert_int_eq(examine(&o, &terms), 1); // [12,3]
    inb_terms_add(&terms, 5);
    inb_terms_add(&terms, 6);
    ck_assert_int_eq(examine(&o, &terms), 2); // [12,13,23]
    inb_terms_independence(&terms);
    inb_terms_add(&terms, 5);
    inb_terms_add(&terms, 6);
    ck_assert_int_eq(examine(&o, &terms), 0); // [13,23]
}
INB_END

INB_TEST(every_pattern_on_three_lists) {
    static const inb_list_set pairs[] = {3, 5, 6};
    size_t seen[4] = {0};
    for (unsigned pattern = 1; pattern < 128; pattern++) {
        oracle o = {.lists = 3, .size = 8};
        memset(o.known, true, sizeof o.known);
        for (size_t h = 1; h < 8; h++) {
            o.counts[h] = (pattern >> (h - 1) & 1) != 0 ? (double)(1 + h * pattern % 7) : 0;
        }
        for (unsigned model = 0; model < 9; model++) {
            inb_terms terms = {.list_count = 3, .terms = terms_of};
            inb_terms_independence(&terms);
            for (size_t p = 0; p < 3; p++) {
                if ((model >> p & 1) != 0) {
                    inb_terms_add(&terms, pairs[p]);
                }
            }
            if (model == 8) {
                inb_terms_add(&terms, 7);
            }
            int status = examine(&o, &terms);
            ck_assert_msg(
                status == expected(&o, &terms), "pattern %u model %u: %d", pattern, model, status);
            seen[status]++;
        }
    }
    ck_assert_uint_gt(seen[0], 100);
    ck_assert_uint_gt(seen[1], 10);
    ck_assert_uint_gt(seen[2], 10);
}
INB_END

INB_TEST(random_four_list_tables) {
    inb_rng rng = inb_rng_make(11, 1);
    size_t seen[4] = {0};
    for (int round = 0; round < 3000; round++) {
        oracle o = {.lists = 4, .size = 16};
        uint32_t density = 2 + inb_rng_below(&rng, 7);
        for (size_t h = 1; h < 16; h++) {
            o.known[h] = inb_rng_below(&rng, 12) > 0;
            bool some = inb_rng_below(&rng, 10) < density;
            o.counts[h] = o.known[h] && some ? 1 + inb_rng_below(&rng, 50) : 0;
        }
        inb_terms terms = {.list_count = 4, .terms = terms_of};
        inb_terms_independence(&terms);
        for (inb_list_set t = 1; t < 15; t++) {
            if (inb_set_size(t) > 1 && inb_rng_below(&rng, 5) == 0) {
                inb_terms_add(&terms, t);
            }
        }
        // Terms without a cell that could occur are outside the oracle's definition.
        bool odd = false;
        for (size_t i = 0; i < terms.count; i++) {
            bool any = false;
            for (size_t h = 1; h < 16; h++) {
                any = any || (o.known[h] && (h & terms.terms[i]) == terms.terms[i]);
            }
            odd = odd || !any;
        }
        double people = 0;
        for (size_t h = 1; h < 16; h++) {
            people += o.counts[h];
        }
        if (odd || people == 0) {
            continue;
        }
        int status = examine(&o, &terms);
        int wanted = expected(&o, &terms);
        ck_assert_msg(status == wanted, "round %d: %d, oracle %d", round, status, wanted);
        ck_assert_int_eq(exists_by_definition(&o), (status & INB_FIT_NO_MAXIMUM) == 0);
        seen[status]++;
    }
    for (size_t s = 0; s < 4; s++) {
        ck_assert_msg(seen[s] > 5, "status %zu came up %zu times", s, seen[s]);
    }
}
INB_END

INB_TEST(censored_cells_are_zeros_and_missing_ones_are_not_there) {
    // [12,3] on Artificial_3 has no maximum; with 13 missing the same; a censored 13 is a zero.
    inb_cell table[8] = {
        {0, INB_CELL_MISSING}, {40, 0}, {30, 0}, {6, 0}, {20, 0}, {0, 0}, {0, 0}, {0, 0}};
    inb_terms terms = {.list_count = 3, .terms = terms_of};
    inb_terms_independence(&terms);
    inb_terms_add(&terms, 3);
    inb_fit_room *room = NULL;
    int status = -1;
    INB_OK_IS(inb_fit_room_new(3, 8, &room, err));
    table[5] = (inb_cell){9, INB_CELL_CENSORED};
    INB_OK_IS(inb_fit_examine(room, table, terms.terms, terms.count, &status, err));
    ck_assert_int_eq(status, 1);
    table[5] = (inb_cell){0, INB_CELL_MISSING};
    INB_OK_IS(inb_fit_examine(room, table, terms.terms, terms.count, &status, err));
    ck_assert_int_eq(status, 1);
    table[5] = (inb_cell){9, INB_CELL_COUNTED};
    INB_OK_IS(inb_fit_examine(room, table, terms.terms, terms.count, &status, err));
    ck_assert_int_eq(status, 0);
    // A pair whose cells are all missing is not identified.
    inb_terms_add(&terms, 5);
    table[5] = (inb_cell){0, INB_CELL_MISSING};
    table[7] = (inb_cell){0, INB_CELL_MISSING};
    table[6] = (inb_cell){4, INB_CELL_COUNTED};
    INB_OK_IS(inb_fit_examine(room, table, terms.terms, terms.count, &status, err));
    ck_assert_int_eq(status & INB_FIT_NOT_IDENTIFIED, INB_FIT_NOT_IDENTIFIED);
    inb_fit_room_freep(&room);
}
INB_END

INB_TEST_MAIN("4_count/existence", published_verdicts, every_pattern_on_three_lists,
    random_four_list_tables, censored_cells_are_zeros_and_missing_ones_are_not_there)
