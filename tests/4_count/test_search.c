// SPDX-License-Identifier: EUPL-1.2
// The search against published models, against every model fitted in another way, and against
// itself under what must not matter: where it starts, how the lists are numbered.

#include "search.h"
#include "tables.h"

static inb_list_set room_of[1024];

static inb_terms search(const test_table *table, inb_search_options options, const inb_terms *from,
    inb_search_result *ret_result) {
    inb_search *search = NULL;
    inb_terms terms = {table->lists, room_of, 0};
    INB_OK_IS(inb_search_new(table->lists, &options, &search, err));
    INB_OK_IS(inb_search_run(search, table->cells, from, &terms, ret_result, err));
    inb_search_freep(&search);
    return terms;
}

static double fitted_total(const test_table *table, const inb_terms *terms) {
    inb_fit_room *room = NULL;
    inb_fit fit;
    INB_OK_IS(inb_fit_room_new(table->lists, terms->count, &room, err));
    INB_OK_IS(inb_fit_model(room, table->cells, terms->terms, terms->count, &fit, err));
    inb_fit_room_freep(&room);
    ck_assert_int_eq(fit.status, 0);
    return (double)table->observed + fit.hidden;
}

static inb_terms model_of(size_t lists, const inb_list_set *maximal, inb_list_set *array) {
    inb_terms terms = {lists, array, 0};
    inb_terms_independence(&terms);
    for (; *maximal != 0; maximal++) {
        inb_terms_add(&terms, *maximal);
    }
    return terms;
}

// Lists 1, 2 and 5 as the set of bits 0, 1 and 4.
#define SET2(a, b) (1 << ((a)-1) | 1 << ((b)-1))
#define SET3(a, b, c) (SET2(a, b) | 1 << ((c)-1))

INB_TEST(published_models) {
    static const struct {
        const char *table;
        inb_search_criterion criterion;
        size_t order;
        double total;
        inb_list_set model[9];
    } published[] = {
        {"UKdat_5", INB_SEARCH_BIC, 0, 25311.29, {SET3(1, 2, 3), SET2(2, 5), SET2(3, 4)}},
        {"UKdat_5", INB_SEARCH_BIC, 2, 22991.3,
            {SET2(1, 2), SET2(1, 3), SET2(2, 3), SET2(2, 5), SET2(3, 4)}},
        {"UKdat_4", INB_SEARCH_BIC, 0, 11987.09, {SET2(1, 2), SET2(1, 3)}},
        {"UKdat", INB_SEARCH_BIC, 0, 12349.59,
            {SET2(1, 2), SET2(1, 3), SET2(2, 5), SET2(3, 5), SET2(3, 6), SET2(4, 5)}},
        {"Ned_5", INB_SEARCH_BIC, 0, 148788.76,
            {SET2(1, 2), SET3(1, 3, 5), SET2(2, 4), SET2(3, 4)}},
        {"Ned_5", INB_SEARCH_BIC, 2, 48012.7,
            {SET2(1, 2), SET2(1, 5), SET2(2, 3), SET2(2, 4), SET2(2, 5), SET2(3, 5), SET2(4, 5)}},
        {"Ned", INB_SEARCH_BIC, 0, 143603.02, {SET3(3, 4, 6), SET2(1, 6), SET2(2, 5), SET2(4, 5)}},
        {"NewOrl_5", INB_SEARCH_BIC, 0, 1034.15, {0}},
        {"HIV_rome", INB_SEARCH_BIC, 0, 11124.58, {0}},
        {"NewOrl", INB_SEARCH_BIC, 0, 1183.69, {SET2(4, 5)}},
    };
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        test_table table = table_named(published[i].table);
        inb_search_result result;
        inb_search_options options = {
            published[i].criterion, published[i].order, inb_search_patience(table.lists)};
        inb_terms terms = search(&table, options, NULL, &result);
        inb_list_set array[TABLE_CELLS];
        inb_terms expected = model_of(table.lists, published[i].model, array);
        ck_assert_msg(terms.count == expected.count &&
                          memcmp(terms.terms, array, terms.count * sizeof *array) == 0,
            "another model on %s, order %zu", published[i].table, published[i].order);
        INB_NEAR_REL(fitted_total(&table, &terms), published[i].total, 1e-5);
        ck_assert(result.found && result.proved && result.gap == 0);
        ck_assert(!result.passed_over);
        ck_assert(result.models == 0 || result.fitted < result.models);
    }
}
INB_END

// ---- every model ----

static uint64_t count_models(
    const inb_list_set *order, size_t count, size_t next, uint64_t out, size_t lists) {
    if (next == count) {
        return 1;
    }
    uint64_t models = count_models(order, count, next + 1, out | (uint64_t)1 << order[next], lists);
    for (size_t j = 0; j < lists; j++) {
        unsigned part = order[next] & ~(1U << j);
        if (part != order[next] && (out >> part & 1) != 0) {
            return models;
        }
    }
    return models + count_models(order, count, next + 1, out, lists);
}

static uint64_t count_by_hand(size_t lists, size_t order) {
    inb_list_set terms[64];
    size_t count = 0;
    for (size_t size = 2; size <= order && size < lists; size++) {
        for (unsigned t = 0; t < 1U << lists; t++) {
            if ((size_t)__builtin_popcount(t) == size) {
                terms[count++] = (inb_list_set)t;
            }
        }
    }
    return count_models(terms, count, 0, 0, lists);
}

INB_TEST(models_are_counted) {
    ck_assert_uint_eq(inb_search_models(4, 0), 113);
    ck_assert_uint_eq(inb_search_models(5, 0), 6893);
    ck_assert_uint_eq(inb_search_models(6, 0), 7785061);
    for (size_t lists = 2; lists <= 6; lists++) {
        for (size_t order = 1; order < lists && (order < 5 || lists < 6); order++) {
            uint64_t known = inb_search_models(lists, order);
            if (known != 0) {
                ck_assert_uint_eq(known, count_by_hand(lists, order));
            }
        }
        ck_assert_uint_eq(inb_search_models(lists, 0), count_by_hand(lists, lists));
    }
    ck_assert_uint_eq(inb_search_models(8, 2), (uint64_t)1 << 28);
    ck_assert_uint_eq(inb_search_models(8, 3), 0);
}
INB_END

struct brute {
    const test_table *table;
    inb_search_options options;
    double best;
    double next; // the second lowest, to see ties
    unsigned terms[64];
    size_t count;
    double values[128]; // of all models, where options.window > 0
    size_t value_count;
};

static double brute_penalty(const struct brute *brute, size_t count) {
    double n = (double)brute->table->observed;
    double p = (double)count;
    switch (brute->options.criterion) {
    case INB_SEARCH_AIC:
        return 2 * p;
    case INB_SEARCH_AICC:
        return 2 * p + 2 * p * (p + 1) / (n - p - 1);
    case INB_SEARCH_BIC:
        break;
    }
    return p * log(n);
}

// All down-sets from terms[next] on, each fitted by proportional fitting.
static void try_all(struct brute *brute, const inb_list_set *order, size_t count, size_t next,
    unsigned *terms, size_t term_count) {
    if (next == count) {
        oracle o = table_oracle(brute->table);
        double means[ORACLE_CELLS];
        // Only what can win has to be looked at, and only if its maximum exists.
        if ((brute_penalty(brute, term_count) > brute->best + 1 && brute->options.window <= 0) ||
            oracle_status(&o, terms, term_count) != 0) {
            return;
        }
        oracle_fit(&o, terms, term_count, means);
        double value = oracle_deviance(&o, means) + brute_penalty(brute, term_count);
        if (brute->options.window > 0) {
            ck_assert_uint_lt(brute->value_count, 128);
            brute->values[brute->value_count++] = value;
        }
        if (value < brute->best) {
            brute->next = brute->best;
            brute->best = value;
            brute->count = term_count;
            memcpy(brute->terms, terms, term_count * sizeof *terms);
        } else if (value < brute->next) {
            brute->next = value;
        }
        return;
    }
    try_all(brute, order, count, next + 1, terms, term_count);
    for (size_t j = 0; j < brute->table->lists; j++) {
        unsigned part = order[next] & ~(1U << j);
        bool in = part == order[next];
        for (size_t i = 0; !in && i < term_count; i++) {
            in = terms[i] == part;
        }
        if (!in) {
            return;
        }
    }
    terms[term_count] = order[next];
    try_all(brute, order, count, next + 1, terms, term_count + 1);
}

static void list_order(size_t lists, size_t most, inb_list_set *order, size_t *ret_count) {
    *ret_count = 0;
    for (size_t size = 2; size <= most && size < lists; size++) {
        for (unsigned t = 0; t < 1U << lists; t++) {
            if ((size_t)__builtin_popcount(t) == size) {
                order[(*ret_count)++] = (inb_list_set)t;
            }
        }
    }
}

INB_TEST(every_model_fitted_another_way) {
    inb_rng rng = inb_rng_make(41, 1);
    size_t compared = 0;
    size_t interacting = 0;
    for (int round = 0; round < 150; round++) {
        size_t lists = round % 5 == 0 ? 4 : 3;
        test_table table =
            table_random(&rng, lists, 4 + 60 * inb_rng_uniform(&rng), round % 2 == 0 ? 2 : 1);
        bool everybody = true;
        for (size_t j = 0; j < lists; j++) {
            everybody = everybody && table.cells[(size_t)1 << j].count > 0;
        }
        if (!everybody || table.observed < 20) {
            continue;
        }
        struct brute brute = {.table = &table,
            .options = {(inb_search_criterion)(round / 5 % 3), round % 3 == 0 ? 2 : 0, INFINITY},
            .best = INFINITY,
            .next = INFINITY};
        inb_list_set order[16];
        size_t count;
        list_order(lists, brute.options.order == 0 ? lists : brute.options.order, order, &count);
        unsigned terms[64] = {0};
        for (size_t j = 0; j < lists; j++) {
            terms[1 + j] = 1U << j;
        }
        try_all(&brute, order, count, 0, terms, 1 + lists);
        inb_search_result result;
        inb_terms found = search(&table, brute.options, NULL, &result);
        ck_assert(result.found == isfinite(brute.best));
        if (!result.found) {
            continue;
        }
        ck_assert(result.proved);
        INB_NEAR_ABS(result.value, brute.best, 1e-5 * (1 + fabs(brute.best)));
        compared++;
        if (brute.next - brute.best > 1e-3) {
            ck_assert_uint_eq(found.count, brute.count);
            for (size_t i = 0; i < found.count; i++) {
                ck_assert(inb_terms_hold(&found, (inb_list_set)brute.terms[i]));
            }
            interacting += found.count > 1 + lists;
        }
    }
    ck_assert_uint_gt(compared, 60);
    ck_assert_uint_gt(interacting, 20);
}
INB_END

INB_TEST(every_model_near_the_best) {
    inb_rng rng = inb_rng_make(47, 1);
    size_t compared = 0;
    size_t kept = 0;
    for (int round = 0; round < 40; round++) {
        size_t lists = round % 10 == 0 ? 4 : 3;
        test_table table = table_random(&rng, lists, 60, 1.5);
        struct brute brute = {.table = &table,
            .options = {(inb_search_criterion)(round % 2), lists == 4 ? 2 : 0, INFINITY, 5, NULL},
            .best = INFINITY,
            .next = INFINITY};
        inb_list_set order[16];
        size_t count;
        unsigned terms[64] = {0};
        list_order(lists, brute.options.order == 0 ? lists : brute.options.order, order, &count);
        for (size_t j = 0; j < lists; j++) {
            terms[1 + j] = 1U << j;
        }
        try_all(&brute, order, count, 0, terms, 1 + lists);
        double expected = 0;
        double nearest_edge = INFINITY;
        size_t within = 0;
        for (size_t i = 0; i < brute.value_count; i++) {
            double above = brute.values[i] - brute.best;
            nearest_edge = fmin(nearest_edge, fabs(above - 5));
            within += above <= 5;
            expected += above <= 5 ? above : 0;
        }
        if (!isfinite(brute.best) || nearest_edge < 1e-3) {
            continue;
        }
        inb_search *search = NULL;
        inb_search_result result;
        inb_terms chosen = {lists, room_of, 0};
        INB_OK_IS(inb_search_new(lists, &brute.options, &search, err));
        INB_OK_IS(inb_search_run(search, table.cells, NULL, &chosen, &result, err));
        size_t found;
        bool all;
        const inb_near_model *near = inb_search_near(search, &found, &all);
        ck_assert(all && result.proved);
        ck_assert_uint_eq(found, within);
        double sum = 0;
        bool has_best = false;
        for (size_t i = 0; i < found; i++) {
            sum += near[i].value - result.value;
            has_best = has_best || (near[i].count == chosen.count &&
                                       memcmp(near[i].terms, chosen.terms,
                                           chosen.count * sizeof *chosen.terms) == 0);
        }
        ck_assert(has_best);
        INB_NEAR_ABS(sum, expected, 1e-4 * (1 + expected));
        inb_search_freep(&search);
        compared++;
        kept += found;
    }
    ck_assert_uint_gt(compared, 25);
    ck_assert_uint_gt(kept, 3 * compared);
}
INB_END

INB_TEST(a_window_that_was_not_searched_through_says_so) {
    test_table table = table_named("Ned");
    inb_search_options options = {INB_SEARCH_BIC, 0, 1e6, 6, NULL};
    inb_search *search = NULL;
    inb_search_result result;
    inb_terms terms = {table.lists, room_of, 0};
    INB_OK_IS(inb_search_new(table.lists, &options, &search, err));
    INB_OK_IS(inb_search_run(search, table.cells, NULL, &terms, &result, err));
    size_t found;
    bool all;
    (void)inb_search_near(search, &found, &all);
    ck_assert(!all);
    inb_search_freep(&search);
}
INB_END

struct heard {
    size_t calls;
    bool wrong;
};

static void hear(void *payload, const char *what, size_t done, size_t count) {
    struct heard *heard = payload;
    heard->calls++;
    heard->wrong = heard->wrong || what == NULL || done > count;
}

INB_TEST(a_long_search_is_told) {
    test_table table = table_named("Ned");
    struct heard heard = {0};
    inb_progress progress = {hear, &heard};
    inb_search_options options = {INB_SEARCH_BIC, 0, 2e7, 0, &progress};
    inb_search_result result;
    (void)search(&table, options, NULL, &result);
    ck_assert(heard.calls > 0 && !heard.wrong);
}
INB_END

INB_TEST(start_and_numbering_do_not_matter) {
    inb_rng rng = inb_rng_make(42, 1);
    enum { LISTS = 5, SIZE = 1 << LISTS };
    for (int round = 0; round < 30; round++) {
        test_table table = table_random(&rng, LISTS, 200, 1.5);
        test_table turned = {.lists = LISTS, .cells = {{0, INB_CELL_MISSING}}};
        size_t to[LISTS] = {0, 1, 2, 3, 4};
        for (size_t i = LISTS; i-- > 1;) {
            size_t j = inb_rng_below(&rng, (uint32_t)i + 1);
            size_t kept = to[i];
            to[i] = to[j];
            to[j] = kept;
        }
        for (size_t h = 1; h < SIZE; h++) {
            size_t image = 0;
            for (size_t j = 0; j < LISTS; j++) {
                image |= (h >> j & 1) << to[j];
            }
            table_put(&turned, image, table.cells[h].count);
        }
        inb_search_options options = {INB_SEARCH_BIC, 0, INFINITY};
        inb_search_result first;
        inb_search_result second;
        inb_search_result third;
        inb_list_set kept[SIZE];
        inb_terms terms = search(&table, options, NULL, &first);
        size_t count = terms.count;
        memcpy(kept, terms.terms, count * sizeof *kept);
        inb_list_set array[SIZE];
        inb_terms from = model_of(LISTS, (inb_list_set[]){7, 24, 0}, array);
        terms = search(&table, options, &from, &second);
        ck_assert_uint_eq(terms.count, count);
        ck_assert_mem_eq(terms.terms, kept, count * sizeof *kept);
        INB_NEAR_ABS(second.value, first.value, 1e-7);
        terms = search(&turned, options, NULL, &third);
        INB_NEAR_ABS(third.value, first.value, 1e-7);
        ck_assert_uint_eq(terms.count, count);
        for (size_t i = 0; i < count; i++) {
            unsigned image = 0;
            for (size_t j = 0; j < LISTS; j++) {
                image |= (unsigned)(kept[i] >> j & 1) << to[j];
            }
            ck_assert(inb_terms_hold(&terms, (inb_list_set)image));
        }
    }
}
INB_END

INB_TEST(ties_go_to_the_first_model) {
    // Alike in every list and nobody on all three: of the pairs any two explain it equally well.
    test_table table = {.lists = 3, .cells = {{0, INB_CELL_MISSING}}};
    const int64_t counts[] = {0, 20, 20, 32, 20, 32, 32, 0};
    for (size_t h = 1; h < 8; h++) {
        table_put(&table, h, counts[h]);
    }
    const inb_list_set pairs[][3] = {{0}, {3, 5, 0}, {3, 6, 0}, {5, 6, 0}};
    for (size_t start = 0; start < 4; start++) {
        inb_list_set array[8];
        inb_terms from = model_of(3, pairs[start], array);
        inb_search_result result;
        inb_terms terms =
            search(&table, (inb_search_options){INB_SEARCH_BIC, 0, INFINITY}, &from, &result);
        ck_assert_uint_eq(terms.count, 6);
        ck_assert(inb_terms_hold(&terms, 3) && inb_terms_hold(&terms, 5));
    }
}
INB_END

INB_TEST(models_without_a_maximum_are_passed_over) {
    // Artificial_3 (Chan et al. 2021): [12,13,23] has status 2 and [12,3] status 1.
    const test_row rows[] = {
        {"100", 40}, {"010", 30}, {"001", 25}, {"101", 5}, {"011", 0}, {"110", 0}, {"111", 0}};
    test_table table = table_of(3, rows, 7);
    inb_search_result result;
    inb_terms terms =
        search(&table, (inb_search_options){INB_SEARCH_AIC, 0, INFINITY}, NULL, &result);
    ck_assert(result.found);
    inb_fit_room *room = NULL;
    int status;
    INB_OK_IS(inb_fit_room_new(3, 8, &room, err));
    INB_OK_IS(inb_fit_examine(room, table.cells, terms.terms, terms.count, &status, err));
    ck_assert_int_eq(status, 0);
    inb_fit_room_freep(&room);
    // Nobody on two lists: nothing can be estimated.
    const test_row apart[] = {{"100", 40}, {"010", 30}, {"001", 25}};
    test_table none = table_of(3, apart, 3);
    (void)search(&none, (inb_search_options){INB_SEARCH_BIC, 0, INFINITY}, NULL, &result);
    ck_assert(!result.found && !result.proved);
    // No people at all.
    test_table empty = {.lists = 3, .cells = {{0, INB_CELL_MISSING}}};
    (void)search(&empty, (inb_search_options){INB_SEARCH_BIC, 0, INFINITY}, NULL, &result);
    ck_assert(!result.found);
}
INB_END

INB_TEST(a_search_cut_short_says_how_far_off_it_can_be) {
    test_table table = table_named("Ned");
    inb_search_result full;
    inb_search_result cut;
    (void)search(&table, (inb_search_options){INB_SEARCH_BIC, 0, INFINITY}, NULL, &full);
    const double budgets[] = {0, 1e5, 1e6, 5e6, 2e7};
    for (size_t i = 0; i < sizeof budgets / sizeof budgets[0]; i++) {
        (void)search(&table, (inb_search_options){INB_SEARCH_BIC, 0, budgets[i]}, NULL, &cut);
        ck_assert(cut.found);
        ck_assert(cut.proved == (cut.gap == 0));
        ck_assert(cut.value >= full.value - 1e-7);
        ck_assert(cut.value - cut.gap <= full.value + 1e-7);
    }
    (void)search(&table, (inb_search_options){INB_SEARCH_BIC, 0, 0}, NULL, &cut);
    ck_assert(!cut.proved);
}
INB_END

INB_TEST(censored_cells_take_part) {
    inb_rng rng = inb_rng_make(43, 1);
    for (int round = 0; round < 20; round++) {
        test_table table = table_random(&rng, 3, 80, 1);
        table.cells[7] = (inb_cell){6, INB_CELL_CENSORED};
        table.cells[3].count += 1;
        double n = 0;
        double saturated = 0;
        for (size_t h = 1; h < 7; h++) {
            double y = (double)table.cells[h].count;
            n += y;
            saturated += y > 0 ? y * log(y) - y : 0;
        }
        double best = INFINITY;
        inb_fit_room *room = NULL;
        INB_OK_IS(inb_fit_room_new(3, 8, &room, err));
        for (unsigned pairs = 0; pairs < 8; pairs++) {
            const inb_list_set sets[] = {3, 5, 6};
            inb_list_set array[8];
            inb_terms terms = model_of(3, (inb_list_set[]){0}, array);
            for (size_t i = 0; i < 3; i++) {
                if ((pairs >> i & 1) != 0) {
                    inb_terms_add(&terms, sets[i]);
                }
            }
            inb_fit fit;
            INB_OK_IS(inb_fit_model(room, table.cells, terms.terms, terms.count, &fit, err));
            double value = 2 * (saturated - fit.log_likelihood) + log(n) * (double)terms.count;
            best = fit.status == 0 && value < best ? value : best;
        }
        inb_fit_room_freep(&room);
        inb_search_result result;
        (void)search(&table, (inb_search_options){INB_SEARCH_BIC, 0, INFINITY}, NULL, &result);
        INB_NEAR_ABS(result.value, best, 1e-6);
    }
}
INB_END

INB_TEST(two_lists_have_one_model) {
    const test_row rows[] = {{"10", 40}, {"01", 30}, {"11", 5}};
    test_table table = table_of(2, rows, 3);
    inb_search_result result;
    inb_terms terms =
        search(&table, (inb_search_options){INB_SEARCH_BIC, 0, INFINITY}, NULL, &result);
    ck_assert(result.found && result.proved);
    ck_assert_uint_eq(terms.count, 3);
    ck_assert_uint_eq(result.models, 1);
}
INB_END

INB_TEST_MAIN("4_count/search", published_models, models_are_counted,
    every_model_fitted_another_way, every_model_near_the_best,
    a_window_that_was_not_searched_through_says_so, a_long_search_is_told,
    start_and_numbering_do_not_matter, ties_go_to_the_first_model,
    models_without_a_maximum_are_passed_over, a_search_cut_short_says_how_far_off_it_can_be,
    censored_cells_take_part, two_lists_have_one_model)
