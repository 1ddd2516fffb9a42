// SPDX-License-Identifier: EUPL-1.2
// Branch and bound (Land, Doig 1960; for subsets of regressors Furnival, Wilson 1974) over all
// hierarchical models: a hill climb from a given model finds what to beat, and the tree of
// search_tree.c excludes the rest. Here: the table, the best so far, what lies near it, the climb.
//
// Existence is asked only of a model that would be the best so far. With censored cells the
// deviance over the counted cells is a bound (a censored cell adds a probability), and a model that
// passes it is fitted in full.

#include "search_i.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

// Multiplications after which a table on which no model exists is given up.
static const double HOPELESS = 2e9;

enum {
    MOST_HOPELESS = 20000, // models fitted before a table on which none exists is given up
    TELL_EVERY = 16
};

double inb_search_patience(size_t list_count) {
    return list_count <= 5 ? INFINITY : 2e10;
}

uint64_t inb_search_models(size_t list_count, size_t order) {
    // Of all orders; counted one by one in tests/4_count/test_search.c.
    static const uint64_t all[] = {0, 0, 1, 8, 113, 6893, 7785061};
    if (order == 0 || order + 1 >= list_count) {
        return list_count < sizeof all / sizeof all[0] ? all[list_count] : 0;
    }
    if (order <= 2) {
        return order == 1 ? 1 : (uint64_t)1 << (list_count * (list_count - 1) / 2);
    }
    return 0;
}

// ---- room ----

// All terms of at most `order` lists but the one of all lists.
static inb_status list_terms(inb_search *search, inb_error *err) {
    size_t lists = search->list_count;
    size_t order = search->options.order == 0 ? lists : search->options.order;
    search->allowed =
        (inb_terms){lists, inb_arena_get(search->arena, search->size, sizeof(inb_list_set)), 0};
    search->order = inb_arena_get(search->arena, search->size, sizeof *search->order);
    if (search->allowed.terms == NULL || search->order == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to search models");
    }
    inb_terms_independence(&search->allowed);
    for (size_t size = 2; size <= order && size < lists; size++) {
        for (size_t t = 1; t < search->size; t++) {
            if (inb_set_size((inb_list_set)t) == size) {
                inb_terms_add(&search->allowed, (inb_list_set)t);
            }
        }
    }
    return INB_OK;
}

// Branches that one path can hold: of m terms of one size at most m, m - 1, ..., 1.
static size_t branch_room(const inb_search *search) {
    size_t of_size[INB_LISTS_MOST + 1] = {0};
    size_t room = 1;
    for (size_t i = 0; i < search->allowed.count; i++) {
        room += ++of_size[inb_set_size(search->allowed.terms[i])];
    }
    return room;
}

static inb_status make_room(inb_search *search, inb_error *err) {
    inb_arena *arena = search->arena;
    size_t size = search->size;
    INB_TRY(list_terms(search, err));
    search->chosen =
        (inb_terms){search->list_count, inb_arena_get(arena, size, sizeof(inb_list_set)), 0};
    search->state = inb_arena_get(arena, size, sizeof *search->state);
    search->branches = inb_arena_get(arena, branch_room(search), sizeof *search->branches);
    search->trail = inb_arena_get(arena, size, sizeof *search->trail);
    search->fitting = inb_arena_get(arena, size, sizeof *search->fitting);
    search->member = inb_arena_get(arena, size, sizeof *search->member);
    search->importance = inb_arena_get(arena, size, sizeof *search->importance);
    search->maximal = inb_arena_get(arena, 2 * size, sizeof *search->maximal);
    search->penalties = inb_arena_get(arena, size + 1, sizeof *search->penalties);
    if (search->chosen.terms == NULL || search->state == NULL || search->trail == NULL ||
        search->branches == NULL || search->fitting == NULL || search->member == NULL ||
        search->importance == NULL || search->maximal == NULL || search->penalties == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to search models");
    }
    if (search->options.window > 0) {
        search->near = inb_arena_get(arena, INB_NEAR_MOST, sizeof *search->near);
        if (search->near == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "not enough memory to search models");
        }
    }
    INB_TRY(inb_quick_new(search->list_count, search->allowed.count, &search->quick, err));
    return inb_verdicts_new(search->list_count, search->allowed.count, &search->verdicts, err);
}

inb_status inb_search_new(
    size_t list_count, const inb_search_options *options, inb_search **ret_search, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_CLEANUP(inb_search_freep) inb_search *search = inb_arena_get(arena, 1, sizeof *search);
    if (search == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to search models");
    }
    search->arena = INB_TAKE(arena);
    search->options = *options;
    search->list_count = list_count;
    search->size = (size_t)1 << list_count;
    INB_TRY(make_room(search, err));
    *ret_search = INB_TAKE(search);
    return INB_OK;
}

void inb_search_freep(inb_search **search) {
    if (*search != NULL) {
        inb_quick_freep(&(*search)->quick);
        inb_verdicts_freep(&(*search)->verdicts);
        inb_free((*search)->near_terms);
        inb_arena_free((*search)->arena);
    }
    *search = NULL;
}

inb_fit_room *inb_search_room(inb_search *search) {
    return search->verdicts->room;
}

// ---- the table ----

static void set_penalties(inb_search *search, double n) {
    for (size_t count = 0; count <= search->allowed.count; count++) {
        double p = (double)count;
        double penalty = 2 * p;
        if (search->options.criterion == INB_SEARCH_BIC) {
            penalty = p * log(n);
        } else if (search->options.criterion == INB_SEARCH_AICC) {
            penalty = n - p - 1 > 0 ? 2 * p * n / (n - p - 1) : INFINITY;
        }
        search->penalties[count] = penalty;
    }
}

static void set_table(inb_search *search, const inb_cell *cells) {
    double n = 0;
    search->cells = cells;
    search->censored = false;
    search->saturated = 0;
    for (size_t h = 1; h < search->size; h++) {
        double count = cells[h].kind == INB_CELL_COUNTED ? (double)cells[h].count : 0;
        n += count;
        search->saturated += count > 0 ? count * log(count) - count : 0;
        search->censored = search->censored || cells[h].kind == INB_CELL_CENSORED;
    }
    inb_quick_table(search->quick, cells);
    set_penalties(search, n > 1 ? n : 1);
    search->found = false;
    search->best = INFINITY;
    search->best_missed = INFINITY;
    search->open = INFINITY;
    search->fitted = 0;
    search->trail_count = 0;
    search->branch_count = 0;
    search->in_tree = false;
    search->near_full = false;
    search->near_count = 0;
    search->near_used = 0;
    search->spent_before = search->quick->operations;
    search->examined_before = search->verdicts->examined;
}

bool inb_i_search_spent(const inb_search *search) {
    return search->quick->operations - search->spent_before > search->options.operations ||
           (!search->found && (search->fitted > MOST_HOPELESS ||
                                  search->quick->operations - search->spent_before > HOPELESS));
}

// ---- the best so far ----

// Whether the model in `fitting` comes before the chosen one where their criteria tie.
static bool comes_first(inb_search *search, size_t count) {
    if (count != search->chosen.count) {
        return count < search->chosen.count;
    }
    inb_terms other = {search->list_count, search->fitting, count};
    inb_list_set *a = search->maximal;
    inb_list_set *b = search->maximal + search->size;
    size_t count_a = inb_terms_maximal(&other, a);
    size_t count_b = inb_terms_maximal(&search->chosen, b);
    for (size_t i = 0; i < count_a && i < count_b; i++) {
        int sign = inb_set_compare(a[i], b[i]);
        if (sign != 0) {
            return sign < 0;
        }
    }
    return count_a < count_b;
}

// -2 log-likelihood against the saturated one, censored cells included.
static inb_status full_deviance(
    inb_search *search, size_t count, double *ret_deviance, inb_error *err) {
    inb_fit fit;
    INB_TRY(
        inb_fit_model(search->verdicts->room, search->cells, search->fitting, count, &fit, err));
    search->quick->operations += 1e4 * (double)search->size;
    *ret_deviance = fit.converged ? 2 * (search->saturated - fit.log_likelihood) : INFINITY;
    return INB_OK;
}

double inb_i_search_reach(const inb_search *search) {
    return search->options.window > 0 ? search->options.window : INB_SEARCH_TIE;
}

// Keeps the model in `fitting`. Its terms are found by their place until all of them are known,
// since the array moves as it grows.
static inb_status keep_near(inb_search *search, size_t count, double value, inb_error *err) {
    if (search->near_count == INB_NEAR_MOST) {
        search->near_full = true;
        return INB_OK;
    }
    if (search->near_used + count > search->near_size) {
        size_t size = 2 * (search->near_used + count);
        inb_list_set *grown = inb_realloc(search->near_terms, size, sizeof *grown);
        if (grown == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "not enough memory to search models");
        }
        search->near_terms = grown;
        search->near_size = size;
    }
    memcpy(search->near_terms + search->near_used, search->fitting, count * sizeof(inb_list_set));
    search->near[search->near_count++] = (inb_near_model){value, NULL, count};
    search->near_used += count;
    return INB_OK;
}

// Leaves those that are near the best of all, now that it is known.
static void settle_near(inb_search *search) {
    size_t at = 0;
    size_t left = 0;
    for (size_t i = 0; i < search->near_count; i++) {
        inb_near_model model = search->near[i];
        model.terms = search->near_terms + at;
        at += model.count;
        if (model.value <= search->best + search->options.window) {
            search->near[left++] = model;
        }
    }
    search->near_count = left;
}

const inb_near_model *inb_search_near(const inb_search *search, size_t *ret_count, bool *ret_all) {
    *ret_count = search->near_count;
    *ret_all = !search->near_full && !(search->open <= search->best + search->options.window);
    return search->near;
}

// The model in `fitting`, whose deviance over the counted cells is given: is it the best so far?
static inb_status consider(inb_search *search, size_t count, double deviance, inb_error *err) {
    double value = deviance + search->penalties[count];
    if (!(value <= search->best + inb_i_search_reach(search))) {
        return INB_OK;
    }
    if (search->censored) {
        INB_TRY(full_deviance(search, count, &deviance, err));
        value = deviance + search->penalties[count];
    }
    bool better = value < search->best - INB_SEARCH_TIE;
    bool near = search->options.window > 0 && search->in_tree && isfinite(value) &&
                value <= search->best + search->options.window;
    if (near) {
        int verdict;
        INB_TRY(inb_verdicts_ask(
            search->verdicts, search->cells, search->fitting, count, &verdict, err));
        if (verdict == 0) {
            INB_TRY(keep_near(search, count, value, err));
        }
    }
    if (!better && (!(value <= search->best + INB_SEARCH_TIE) || !isfinite(value) ||
                       (search->found && !comes_first(search, count)))) {
        return INB_OK;
    }
    int status;
    INB_TRY(
        inb_verdicts_ask(search->verdicts, search->cells, search->fitting, count, &status, err));
    if (status != 0) {
        search->best_missed = value < search->best_missed ? value : search->best_missed;
        return INB_OK;
    }
    search->found = true;
    search->best = value;
    search->chosen.count = count;
    memcpy(search->chosen.terms, search->fitting, count * sizeof *search->fitting);
    return INB_OK;
}

inb_status inb_i_search_try(
    inb_search *search, size_t count, size_t smallest, double *ret_lower, inb_error *err) {
    double cutoff = search->best + inb_i_search_reach(search) - search->penalties[smallest];
    double interest = search->best + inb_i_search_reach(search) - search->penalties[count];
    inb_quick_result result =
        inb_quick_fit(search->quick, search->fitting, count, interest, cutoff);
    search->fitted++;
    if (search->fitted % TELL_EVERY == 0 && isfinite(search->options.operations)) {
        double done = search->quick->operations - search->spent_before;
        inb_progress_tell(search->options.progress, "search of models",
            (size_t)fmin(done / 1e6, search->options.operations / 1e6),
            (size_t)(search->options.operations / 1e6));
    }
    *ret_lower = result.lower;
    if (result.lower > interest) {
        return INB_OK;
    }
    return consider(search, count, result.deviance, err);
}

// ---- hill climb ----

// The hill climb's model with one term turned around (0 = none: the intercept always stays).
static size_t gather_members(inb_search *search, inb_list_set turned) {
    size_t count = 0;
    for (size_t i = 0; i < search->allowed.count; i++) {
        inb_list_set term = search->allowed.terms[i];
        if (search->member[term] != (term == turned && turned != 0)) {
            search->fitting[count++] = term;
        }
    }
    return count;
}

// All parts with one list less are in.
static bool can_come(const inb_search *search, inb_list_set term) {
    for (unsigned rest = term; rest != 0; rest &= rest - 1) {
        if (!search->member[term & ~(rest & (~rest + 1))]) {
            return false;
        }
    }
    return true;
}

// Nothing with one list more is in.
static bool can_go(const inb_search *search, inb_list_set term) {
    for (size_t j = 0; j < search->list_count; j++) {
        unsigned with = term | 1U << j;
        if (with != term && search->member[with]) {
            return false;
        }
    }
    return inb_set_size(term) >= 2;
}

void inb_i_search_members(inb_search *search, const inb_terms *terms) {
    memset(search->member, 0, search->size);
    for (size_t i = 0; i < terms->count; i++) {
        search->member[terms->terms[i]] = true;
    }
}

static inb_status climb(inb_search *search, const inb_terms *from, inb_error *err) {
    double lower;
    inb_i_search_members(search, from);
    size_t count = gather_members(search, 0);
    INB_TRY(inb_i_search_try(search, count, count, &lower, err));
    for (;;) {
        double before = search->best;
        for (size_t i = 0; i < search->allowed.count; i++) {
            inb_list_set term = search->allowed.terms[i];
            if (search->member[term] ? can_go(search, term) : can_come(search, term)) {
                count = gather_members(search, term);
                INB_TRY(inb_i_search_try(search, count, count, &lower, err));
            }
        }
        if (!(search->best < before - INB_SEARCH_TIE) || inb_i_search_spent(search)) {
            return INB_OK;
        }
        inb_i_search_members(search, &search->chosen);
    }
}

inb_status inb_search_run(inb_search *search, const inb_cell *cells, const inb_terms *from,
    inb_terms *terms, inb_search_result *ret_result, inb_error *err) {
    set_table(search, cells);
    inb_terms start = {search->list_count, terms->terms, 0};
    inb_terms_independence(&start);
    search->chosen.count = start.count;
    memcpy(search->chosen.terms, start.terms, start.count * sizeof *start.terms);
    INB_TRY(climb(search, from == NULL ? &start : from, err));
    INB_TRY(inb_i_search_tree(search, err));
    settle_near(search);
    inb_search_result result = {
        .found = search->found,
        .value = search->best,
        .deviance = search->best - search->penalties[search->chosen.count],
        .proved = search->found && !(search->open <= search->best),
        .gap = search->open < search->best ? search->best - search->open : 0,
        .models = inb_search_models(search->list_count, search->options.order),
        .fitted = search->fitted,
        .examined = search->verdicts->examined - search->examined_before,
        .passed_over = search->best_missed < search->best - INB_SEARCH_TIE,
    };
    terms->list_count = search->list_count;
    terms->count = search->chosen.count;
    memcpy(terms->terms, search->chosen.terms, terms->count * sizeof *terms->terms);
    *ret_result = result;
    return INB_OK;
}
