// SPDX-License-Identifier: EUPL-1.2
// Branch and bound (Land, Doig 1960; for subsets of regressors Furnival, Wilson 1974) over the
// down-sets of the lattice of lists. A node has decided some terms in and some out; what is out
// takes all that contains it out too. Every model below the node lies between the terms decided in
// and those not decided out, so that its criterion is at least the deviance of the largest plus the
// penalty of the smallest. Terms are decided from small to large, a fit is needed only where a term
// goes out, and that fit is of the one model whose last decision this is: no model is fitted twice.
// A hill climb from a given model finds what to beat first.
//
// Existence is asked only of a model that would be the best so far. With censored cells the
// deviance over the counted cells is a bound (a censored cell adds a probability), and a model that
// passes it is fitted in full.

#include "search.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

// Multiplications after which a table on which no model exists is given up.
static const double HOPELESS = 2e9;

// Differences of the criterion that are none.
static const double TIE = 1e-7;

enum {
    MOST_BOUNDED = 160,    // terms of the largest model that is fitted for a bound
    MOST_HOPELESS = 20000, // models fitted before a table on which none exists is given up
    TELL_EVERY = 16,
    MOST_PENALTIES = 1 << INB_LISTS_MOST
};

enum term_state { UNDECIDED = 0, DECIDED_IN, DECIDED_OUT };

struct inb_search {
    inb_arena *arena;
    inb_search_options options;
    size_t list_count;
    size_t size;
    inb_quick *quick;
    inb_verdicts *verdicts;
    inb_terms allowed; // all terms of the largest model, by size
    // the table
    const inb_cell *cells;
    bool censored;
    double saturated;  // sum of y log y - y over counted cells
    double *penalties; // [allowed.count + 1] by number of terms
    // the best so far
    bool found;
    double best;
    inb_terms chosen;
    double best_missed; // lowest criterion of a model without a finite estimate
    // the tree
    unsigned char *state; // [size] term_state
    inb_list_set *order;  // [order_count] terms above the main effects, as they are decided
    size_t order_count;
    inb_list_set *trail; // [size] terms that went out, to bring them back
    size_t trail_count;
    inb_list_set *fitting; // [size] the model at hand
    bool *member;          // [size] of the hill climb's model
    double *importance;    // [size]
    inb_list_set *maximal; // [2 * size]
    // models near the best, with a window
    bool in_tree;         // the hill climb has met the same models: they count once
    bool near_full;       // there were too many
    inb_near_model *near; // [INB_NEAR_MOST]
    size_t near_count;
    inb_list_set *near_terms; // of all of them
    size_t near_used;
    size_t near_size;
    double spent_before;
    double open; // lowest bound of a node that was not explored
    uint64_t fitted;
    uint64_t examined_before;
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

static inb_status make_room(inb_search *search, inb_error *err) {
    inb_arena *arena = search->arena;
    size_t size = search->size;
    INB_TRY(list_terms(search, err));
    search->chosen =
        (inb_terms){search->list_count, inb_arena_get(arena, size, sizeof(inb_list_set)), 0};
    search->state = inb_arena_get(arena, size, sizeof *search->state);
    search->trail = inb_arena_get(arena, size, sizeof *search->trail);
    search->fitting = inb_arena_get(arena, size, sizeof *search->fitting);
    search->member = inb_arena_get(arena, size, sizeof *search->member);
    search->importance = inb_arena_get(arena, size, sizeof *search->importance);
    search->maximal = inb_arena_get(arena, 2 * size, sizeof *search->maximal);
    search->penalties = inb_arena_get(arena, size + 1, sizeof *search->penalties);
    if (search->chosen.terms == NULL || search->state == NULL || search->trail == NULL ||
        search->fitting == NULL || search->member == NULL || search->importance == NULL ||
        search->maximal == NULL || search->penalties == NULL) {
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
    search->in_tree = false;
    search->near_full = false;
    search->near_count = 0;
    search->near_used = 0;
    search->spent_before = search->quick->operations;
    search->examined_before = search->verdicts->examined;
}

static bool spent(const inb_search *search) {
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

// What a model may be worse by than the best so far and still be of interest.
static double reach(const inb_search *search) {
    return search->options.window > 0 ? search->options.window : TIE;
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
    if (!(value <= search->best + reach(search))) {
        return INB_OK;
    }
    if (search->censored) {
        INB_TRY(full_deviance(search, count, &deviance, err));
        value = deviance + search->penalties[count];
    }
    bool better = value < search->best - TIE;
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
    if (!better && (!(value <= search->best + TIE) || !isfinite(value) ||
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

// Fits `fitting` until it is worse than the best with only `smallest` terms' penalty, and considers
// it. *ret_lower: a bound on its deviance.
static inb_status try_fitting(
    inb_search *search, size_t count, size_t smallest, double *ret_lower, inb_error *err) {
    double cutoff = search->best + reach(search) - search->penalties[smallest];
    inb_quick_result result = inb_quick_fit(search->quick, search->fitting, count, cutoff);
    search->fitted++;
    if (search->fitted % TELL_EVERY == 0 && isfinite(search->options.operations)) {
        double done = search->quick->operations - search->spent_before;
        inb_progress_tell(search->options.progress, "search of models",
            (size_t)fmin(done / 1e6, search->options.operations / 1e6),
            (size_t)(search->options.operations / 1e6));
    }
    *ret_lower = result.lower;
    if (result.lower > cutoff) {
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

static void set_members(inb_search *search, const inb_terms *terms) {
    memset(search->member, 0, search->size);
    for (size_t i = 0; i < terms->count; i++) {
        search->member[terms->terms[i]] = true;
    }
}

static inb_status climb(inb_search *search, const inb_terms *from, inb_error *err) {
    double lower;
    set_members(search, from);
    size_t count = gather_members(search, 0);
    INB_TRY(try_fitting(search, count, count, &lower, err));
    for (;;) {
        double before = search->best;
        for (size_t i = 0; i < search->allowed.count; i++) {
            inb_list_set term = search->allowed.terms[i];
            if (search->member[term] ? can_go(search, term) : can_come(search, term)) {
                count = gather_members(search, term);
                INB_TRY(try_fitting(search, count, count, &lower, err));
            }
        }
        if (!(search->best < before - TIE) || spent(search)) {
            return INB_OK;
        }
        set_members(search, &search->chosen);
    }
}

// ---- the tree ----

// How much the chosen model loses without a pair, or gains from it, with its parts alone.
static void weigh_pairs(inb_search *search) {
    set_members(search, &search->chosen);
    for (size_t i = 0; i < search->allowed.count; i++) {
        inb_list_set term = search->allowed.terms[i];
        if (inb_set_size(term) != 2) {
            search->importance[term] = search->member[term] ? 1 : 0;
            continue;
        }
        size_t count = 0;
        for (size_t j = 0; j < search->allowed.count; j++) {
            inb_list_set other = search->allowed.terms[j];
            bool in = search->member[other] && (!search->member[term] || (other & term) != term);
            if (in || (other == term && !search->member[term])) {
                search->fitting[count++] = other;
            }
        }
        inb_quick_result fit = inb_quick_fit(search->quick, search->fitting, count, INFINITY);
        search->fitted++;
        // Those in come first, the strongest first; then those out.
        double far = 1e18;
        search->importance[term] = search->member[term] ? far + fit.deviance : -fit.deviance;
    }
}

static void order_terms(inb_search *search) {
    search->order_count = 0;
    for (size_t i = 0; i < search->allowed.count; i++) {
        inb_list_set term = search->allowed.terms[i];
        size_t size = inb_set_size(term);
        if (size < 2) {
            continue;
        }
        size_t at = search->order_count++;
        while (at > 0 && inb_set_size(search->order[at - 1]) == size &&
               search->importance[search->order[at - 1]] < search->importance[term]) {
            search->order[at] = search->order[at - 1];
            at--;
        }
        search->order[at] = term;
    }
}

struct node {
    size_t next;   // place in `order` from which terms may be undecided
    size_t in;     // terms decided in
    double lower;  // of the deviance of every model below
    bool measured; // the largest model below has been fitted
};

// Takes a term and all above it out; returns where the trail stood.
static size_t take_out(inb_search *search, inb_list_set term) {
    size_t mark = search->trail_count;
    for (size_t t = term; t < search->size; t++) {
        if ((t & term) == term && search->state[t] == UNDECIDED) {
            search->state[t] = DECIDED_OUT;
            search->trail[search->trail_count++] = (inb_list_set)t;
        }
    }
    return mark;
}

static void bring_back(inb_search *search, size_t mark) {
    while (search->trail_count > mark) {
        search->state[search->trail[--search->trail_count]] = UNDECIDED;
    }
}

static size_t gather_largest(inb_search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->allowed.count; i++) {
        inb_list_set term = search->allowed.terms[i];
        if (search->state[term] != DECIDED_OUT) {
            search->fitting[count++] = term;
        }
    }
    return count;
}

// Fits the largest model below a node where that is worth it, for the node's bound.
static inb_status measure(inb_search *search, struct node *node, bool is_leaf, inb_error *err) {
    size_t count = gather_largest(search);
    if (count > MOST_BOUNDED && !is_leaf) {
        node->measured = false;
        return INB_OK;
    }
    double lower;
    INB_TRY(try_fitting(search, count, node->in, &lower, err));
    node->lower = lower > node->lower ? lower : node->lower;
    node->measured = true;
    return INB_OK;
}

// Everything below a node whose bound has not excluded it. Depth: at most one call a term.
static inb_status explore(inb_search *search, struct node node, inb_error *err) {
    double bound = node.lower + search->penalties[node.in];
    if (bound > search->best + reach(search)) {
        return INB_OK;
    }
    if (spent(search)) {
        search->open = bound < search->open ? bound : search->open;
        return INB_OK;
    }
    while (
        node.next < search->order_count && search->state[search->order[node.next]] != UNDECIDED) {
        node.next++;
    }
    if (node.next == search->order_count) {
        return node.measured ? INB_OK : measure(search, &node, true, err);
    }
    inb_list_set term = search->order[node.next];
    struct node with = {node.next + 1, node.in + 1, node.lower, node.measured};
    search->state[term] = DECIDED_IN;
    INB_TRY(explore(search, with, err));
    search->state[term] = UNDECIDED;
    struct node without = {node.next + 1, node.in, node.lower, false};
    size_t mark = take_out(search, term);
    if (!spent(search)) {
        INB_TRY(measure(search, &without, false, err));
    }
    INB_TRY(explore(search, without, err));
    bring_back(search, mark);
    return INB_OK;
}

static inb_status search_tree(inb_search *search, inb_error *err) {
    search->in_tree = true;
    weigh_pairs(search);
    order_terms(search);
    memset(search->state, UNDECIDED, search->size);
    for (size_t i = 0; i <= search->list_count; i++) {
        search->state[search->allowed.terms[i]] = DECIDED_IN;
    }
    if (search->allowed.count < search->size) { // the saturated model's own term is no term here
        for (size_t t = 0; t < search->size; t++) {
            bool is_allowed = inb_terms_hold(&search->allowed, (inb_list_set)t);
            search->state[t] = is_allowed ? search->state[t] : DECIDED_OUT;
        }
    }
    struct node root = {0, search->list_count + 1, 0, false};
    INB_TRY(measure(search, &root, search->order_count == 0, err));
    return explore(search, root, err);
}

inb_status inb_search_run(inb_search *search, const inb_cell *cells, const inb_terms *from,
    inb_terms *terms, inb_search_result *ret_result, inb_error *err) {
    set_table(search, cells);
    inb_terms start = {search->list_count, terms->terms, 0};
    inb_terms_independence(&start);
    search->chosen.count = start.count;
    memcpy(search->chosen.terms, start.terms, start.count * sizeof *start.terms);
    INB_TRY(climb(search, from == NULL ? &start : from, err));
    INB_TRY(search_tree(search, err));
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
        .passed_over = search->best_missed < search->best - TIE,
    };
    terms->list_count = search->list_count;
    terms->count = search->chosen.count;
    memcpy(terms->terms, search->chosen.terms, terms->count * sizeof *terms->terms);
    *ret_result = result;
    return INB_OK;
}
