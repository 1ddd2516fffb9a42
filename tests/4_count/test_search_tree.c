// SPDX-License-Identifier: EUPL-1.2
// The tree against every one of the 6,893 models of five sparse lists, each fitted to the end, and
// six sparse lists on which no climb from anywhere may find a better model than the proved one.

#include "search.h"
#include "tables.h"

enum { LISTS = 5, SIZE = 1 << LISTS };

struct every {
    const test_table *table;
    inb_quick *quick;
    inb_fit_room *room;
    double best;
    uint64_t models;
    uint64_t without; // that would have been the best, and have no finite, identified estimate
};

static void try_every(struct every *every, const inb_list_set *order, size_t count, size_t next,
    inb_list_set *terms, size_t term_count) {
    if (next == count) {
        inb_quick_result fit = inb_quick_fit(every->quick, terms, term_count, INFINITY, INFINITY);
        double value = fit.deviance + 2 * (double)term_count;
        every->models++;
        if (value < every->best - 1e-7) {
            int status;
            INB_OK_IS(
                inb_fit_examine(every->room, every->table->cells, terms, term_count, &status, err));
            every->best = status == 0 ? value : every->best;
            every->without += status != 0;
        }
        return;
    }
    try_every(every, order, count, next + 1, terms, term_count);
    for (size_t j = 0; j < LISTS; j++) {
        inb_list_set part = order[next] & (inb_list_set) ~(1U << j);
        bool in = part == order[next];
        for (size_t i = 0; !in && i < term_count; i++) {
            in = terms[i] == part;
        }
        if (!in) {
            return;
        }
    }
    terms[term_count] = order[next];
    try_every(every, order, count, next + 1, terms, term_count + 1);
}

INB_TEST(every_model_of_five_sparse_lists) {
    inb_rng rng = inb_rng_make(61, 1);
    inb_list_set order[SIZE];
    size_t count = 0;
    for (size_t size = 2; size < LISTS; size++) {
        for (unsigned t = 0; t < SIZE; t++) {
            if (inb_set_size((inb_list_set)t) == size) {
                order[count++] = (inb_list_set)t;
            }
        }
    }
    uint64_t without = 0;
    size_t idle = 0; // tables on which something is out from the start
    for (int round = 0; round < 2; round++) {
        test_table table = table_random(&rng, LISTS, 12 + 20 * round, 1.6);
        struct every every = {.table = &table, .best = INFINITY};
        INB_OK_IS(inb_quick_new(LISTS, SIZE, &every.quick, err));
        INB_OK_IS(inb_fit_room_new(LISTS, SIZE, &every.room, err));
        inb_quick_table(every.quick, table.cells);
        inb_list_set terms[SIZE] = {0, 1, 2, 4, 8, 16};
        try_every(&every, order, count, 0, terms, LISTS + 1);
        ck_assert_uint_eq(every.models, 6893);
        for (size_t t = 0; t < SIZE; t++) {
            bool triple = inb_set_size((inb_list_set)t) == 3;
            idle += triple && !(every.quick->margins[t] > 0);
        }
        inb_search_options options = {INB_SEARCH_AIC, 0, INFINITY, 0, NULL};
        inb_search *search = NULL;
        inb_list_set array[SIZE];
        inb_terms found = {LISTS, array, 0};
        inb_search_result result;
        INB_OK_IS(inb_search_new(LISTS, &options, &search, err));
        INB_OK_IS(inb_search_run(search, table.cells, NULL, &found, &result, err));
        ck_assert(result.proved);
        INB_NEAR_ABS(result.value, every.best, 1e-5);
        ck_assert_uint_lt(result.fitted, 2000);
        without += every.without;
        inb_search_freep(&search);
        inb_quick_freep(&every.quick);
        inb_fit_room_freep(&every.room);
    }
    ck_assert_uint_gt(without, 0);
    ck_assert_uint_gt(idle, 0);
}
INB_END

// A hundred people, no cell above three: the case that used to have no end in sight.
INB_TEST(six_sparse_lists) {
    inb_rng rng = inb_rng_make(62, 1);
    test_table table = {.lists = 6, .cells = {{0, INB_CELL_MISSING}}};
    for (size_t people = 0; people < 100;) {
        size_t h = 1 + inb_rng_below(&rng, 63);
        if (table.cells[h].count < 3) {
            table_put(&table, h, table.cells[h].count + 1);
            people++;
        }
    }
    inb_search_options options = {INB_SEARCH_BIC, 0, INFINITY, 0, NULL};
    inb_search *search = NULL;
    inb_list_set array[64];
    inb_terms found = {6, array, 0};
    inb_search_result result;
    INB_OK_IS(inb_search_new(6, &options, &search, err));
    INB_OK_IS(inb_search_run(search, table.cells, NULL, &found, &result, err));
    ck_assert(result.proved);
    ck_assert_uint_lt(result.fitted, 2000);
    double proved = result.value;
    for (int round = 0; round < 5; round++) { // climbs alone
        inb_list_set from_array[64];
        inb_terms from = {6, from_array, 0};
        inb_terms_independence(&from);
        for (int i = 0; i < 4; i++) {
            inb_terms_add(&from, (inb_list_set)(1 + inb_rng_below(&rng, 62)));
        }
        inb_search_options short_one = {INB_SEARCH_BIC, 0, 3e6, 0, NULL};
        inb_search *climb = NULL;
        INB_OK_IS(inb_search_new(6, &short_one, &climb, err));
        INB_OK_IS(inb_search_run(climb, table.cells, &from, &found, &result, err));
        ck_assert(!result.found || result.value >= proved - 1e-7);
        inb_search_freep(&climb);
    }
    inb_search_freep(&search);
}
INB_END

INB_TEST_MAIN("4_count/search_tree", every_model_of_five_sparse_lists, six_sparse_lists)
