// SPDX-License-Identifier: EUPL-1.2
// Lists x groups as one log-linear model, log m_gh = a_g + sum over lists j in h of l_j (of l_gj
// for lists that see the groups differently) + pairs of lists: what Cruyff, van Dijk, van der
// Heijden (2017) fit with covariates. Which lists and which pairs: BIC, -2 log-likelihood + p log
// n, terms taken in and out one at a time until none lowers it (n = people seen).
//
// It is the pooled fit with variances at their ends: nothing (all groups alike) or so large that
// nothing is lent. A list that holds nobody of a group has an effect of minus infinity there; it
// then ends where means are a millionth of a person, and its term counts.

#include "group_model.h"

#include "base/alloc.h"
#include "math/poisson.h"

#include <math.h>
#include <string.h>

static const double ALIKE = 1e-12;
static const double APART = 1e6;
static const double LOWERS = 1e-6;     // less is no difference between two models
static const double UNDETERMINED = 10; // standard error of a log: nothing finite stands there

enum { MOST_TERMS = 200 };

inb_status inb_group_room_new(
    size_t lists, size_t groups, inb_group_room **ret_room, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    size_t size = (size_t)1 << lists;
    inb_group_room *room = inb_arena_get(arena, 1, sizeof *room);
    if (room == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a model over groups");
    }
    *room = (inb_group_room){.arena = arena};
    room->choice.pairs = inb_arena_get(arena, size, sizeof(inb_list_set));
    room->pairs = inb_arena_get(arena, size, sizeof(inb_list_set));
    room->terms = inb_arena_get(arena, size, sizeof(inb_list_set));
    room->sum = inb_arena_get(arena, size, sizeof *room->sum);
    room->own = inb_arena_get(arena, groups * (lists + 1), sizeof *room->own);
    room->shared = inb_arena_get(arena, size, sizeof *room->shared);
    room->gradient = inb_arena_get(arena, size + lists + 1, sizeof *room->gradient);
    if (room->choice.pairs == NULL || room->pairs == NULL || room->terms == NULL ||
        room->sum == NULL || room->own == NULL || room->shared == NULL || room->gradient == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a model over groups");
    }
    INB_TRY(inb_pooled_new(lists, groups, &room->pooled, err));
    inb_status status = inb_fit_room_new(lists, size, &room->fit, err);
    if (status != INB_OK) {
        inb_pooled_freep(&room->pooled);
        return status;
    }
    (void)INB_TAKE(arena);
    *ret_room = room;
    return INB_OK;
}

void inb_group_room_freep(inb_group_room **room) {
    if (*room != NULL) {
        inb_pooled_freep(&(*room)->pooled);
        inb_fit_room_freep(&(*room)->fit);
        inb_arena_free((*room)->arena);
    }
    *room = NULL;
}

static void set_variances(inb_pooled *p, inb_list_set apart) {
    for (size_t j = 0; j < p->lists; j++) {
        p->variance[j] = (apart >> j & 1) != 0 ? APART : ALIKE;
    }
}

// Log-likelihood of the fit in place: its value without what the variances take off.
static double log_likelihood(const inb_pooled *p) {
    double sum = p->value;
    for (size_t g = 0; g < p->groups; g++) {
        for (size_t j = 0; j < p->lists && !p->empty[g]; j++) {
            double effect = p->own[g * (p->lists + 1) + j + 1];
            sum += effect * effect / (2 * p->variance[j]);
        }
    }
    return sum;
}

static double criterion(const inb_pooled *p, inb_list_set apart) {
    double groups = 0;
    double people = 0;
    for (size_t g = 0; g < p->groups; g++) {
        groups += p->empty[g] ? 0 : 1;
        for (size_t h = 1; h < p->size; h++) {
            people += p->counts[g * p->size + h];
        }
    }
    double terms = groups + (double)(p->lists + p->interaction_count) +
                   (double)inb_set_size(apart) * (groups - 1);
    return -2 * log_likelihood(p) + terms * log(people);
}

bool inb_group_fit(inb_group_room *room) {
    inb_pooled *p = room->pooled;
    p->interactions = room->choice.pairs;
    p->interaction_count = room->choice.pair_count;
    inb_pooled_start(p);
    set_variances(p, room->choice.apart);
    room->choice.fitted = inb_pooled_maximise(p);
    room->choice.criterion = criterion(p, room->choice.apart);
    return room->choice.fitted;
}

// ---- what comes of it ----

double inb_group_hidden(const inb_group_room *room, size_t g) {
    const inb_pooled *p = room->pooled;
    return p->empty[g] ? 0 : inb_pooled_hidden(p, g, p->own + g * (p->lists + 1), p->shared);
}

// Adds the derivatives of group g's hidden people by its own effects and by the shared ones.
static void differentiate(const inb_group_room *room, size_t g, double *own, double *shared) {
    const inb_pooled *p = room->pooled;
    const double *means = p->means + g * p->size;
    for (size_t h = 0; h < p->size; h++) {
        inb_cell cell = h == 0 ? (inb_cell){0, INB_CELL_MISSING} : p->cells[g][h];
        double slope = 0;
        if (cell.kind == INB_CELL_MISSING) {
            slope = means[h];
        } else if (cell.kind == INB_CELL_CENSORED) {
            slope = inb_poisson_bound((double)cell.count, means[h]).variance;
        }
        if (!(slope > 0)) {
            continue;
        }
        own[0] += slope;
        for (size_t j = 0; j < p->lists; j++) {
            own[j + 1] += (h >> j & 1) != 0 ? slope : 0;
            shared[j] += (h >> j & 1) != 0 ? slope : 0;
        }
        for (size_t i = 0; i < p->interaction_count; i++) {
            bool in = (h & p->interactions[i]) == p->interactions[i];
            shared[p->lists + i] += in ? slope : 0;
        }
    }
}

double inb_group_se(inb_group_room *room, size_t which) {
    inb_pooled *p = room->pooled;
    size_t own = p->lists + 1;
    size_t count = p->lists + p->interaction_count;
    double *of_own = room->gradient;
    double *of_shared = room->gradient + own;
    double variance = 0;
    double hidden = 0;
    memset(of_shared, 0, count * sizeof *of_shared);
    for (size_t g = 0; g < p->groups; g++) {
        if (p->empty[g] || (which < p->groups && which != g)) {
            continue;
        }
        memset(of_own, 0, own * sizeof *of_own);
        differentiate(room, g, of_own, of_shared);
        hidden += inb_group_hidden(room, g);
        inb_factor_solve(&p->factors[g], of_own, p->inverse, p->work);
        const double *solved = p->solved + g * own * p->most_shared;
        for (size_t i = 0; i < own; i++) {
            variance += of_own[i] * p->inverse[i];
            for (size_t j = 0; j < count; j++) {
                of_shared[j] -= solved[j * own + i] * of_own[i];
            }
        }
    }
    inb_factor_solve(&p->factor, of_shared, p->trial_shared, p->work);
    for (size_t j = 0; j < count; j++) {
        variance += of_shared[j] * p->trial_shared[j];
    }
    return sqrt(fmax(variance, 0)) / hidden;
}

// ---- the choice ----

static void add_up(inb_group_room *room) {
    const inb_pooled *p = room->pooled;
    for (size_t h = 0; h < p->size; h++) {
        double people = 0;
        bool counted = false;
        for (size_t g = 0; h > 0 && g < p->groups; g++) {
            bool here = p->cells[g][h].kind == INB_CELL_COUNTED;
            people += here ? p->counts[g * p->size + h] : 0;
            counted = counted || here;
        }
        room->sum[h] = (inb_cell){(int64_t)people, counted ? INB_CELL_COUNTED : INB_CELL_MISSING};
    }
}

// Whether the pairs in room->pairs[count] leave a finite, identified estimate on all groups added
// up.
static inb_status exists(inb_group_room *room, size_t count, bool *ret_exists, inb_error *err) {
    inb_terms terms = {room->pooled->lists, room->terms, 0};
    int status;
    inb_terms_independence(&terms);
    for (size_t i = 0; i < count; i++) {
        inb_terms_add(&terms, room->pairs[i]);
    }
    INB_TRY(inb_fit_examine(room->fit, room->sum, terms.terms, terms.count, &status, err));
    *ret_exists = status == 0;
    return INB_OK;
}

// People on both lists of a pair.
static double overlap(const inb_group_room *room, inb_list_set pair) {
    double people = 0;
    for (size_t h = 1; h < room->pooled->size; h++) {
        people += (h & pair) == pair ? (double)room->sum[h].count : 0;
    }
    return people;
}

struct change { // a list to or from those apart, or a pair in or out; both 0 = none
    inb_list_set list;
    inb_list_set pair;
};

// The choice with one change, fitted from where the last fit stands; its criterion or INFINITY.
static inb_status try_change(
    inb_group_room *room, struct change change, double *ret_criterion, inb_error *err) {
    inb_pooled *p = room->pooled;
    const inb_group_choice *from = &room->choice;
    size_t own = p->lists + 1;
    size_t count = 0;
    memcpy(p->own, room->own, p->groups * own * sizeof *p->own);
    memcpy(p->shared, room->shared, p->lists * sizeof *p->shared);
    for (size_t i = 0; i < from->pair_count; i++) {
        if (from->pairs[i] != change.pair) {
            p->shared[p->lists + count] = room->shared[p->lists + i];
            room->pairs[count++] = from->pairs[i];
        }
    }
    *ret_criterion = INFINITY;
    if (change.pair != 0 && count == from->pair_count) {
        bool may = overlap(room, change.pair) > 0;
        p->shared[p->lists + count] = 0;
        room->pairs[count++] = change.pair;
        if (may) {
            INB_TRY(exists(room, count, &may, err));
        }
        if (!may) {
            return INB_OK;
        }
    }
    for (size_t j = 0; j < p->lists; j++) {
        for (size_t g = 0; (change.list & from->apart & 1U << j) != 0 && g < p->groups; g++) {
            p->own[g * own + j + 1] = 0;
        }
    }
    p->interactions = room->pairs;
    p->interaction_count = count;
    set_variances(p, from->apart ^ change.list);
    if (inb_pooled_maximise(p)) {
        *ret_criterion = criterion(p, from->apart ^ change.list);
    }
    return INB_OK;
}

static void keep(inb_group_room *room, struct change change, double value) {
    inb_pooled *p = room->pooled;
    inb_group_choice *choice = &room->choice;
    choice->apart ^= change.list;
    choice->pair_count = p->interaction_count;
    memcpy(choice->pairs, room->pairs, choice->pair_count * sizeof *choice->pairs);
    choice->criterion = value;
    p->interactions = choice->pairs;
    memcpy(room->own, p->own, p->groups * (p->lists + 1) * sizeof *p->own);
    memcpy(room->shared, p->shared, (p->lists + p->interaction_count) * sizeof *p->shared);
}

// Whether every group with people has a finite number of hidden ones.
static bool is_determined(inb_group_room *room) {
    for (size_t g = 0; g < room->pooled->groups; g++) {
        if (!room->pooled->empty[g] && !(inb_group_se(room, g) < UNDETERMINED)) {
            return false;
        }
    }
    return true;
}

static inb_status consider(inb_group_room *room, struct change change, struct change *best,
    double *least, inb_error *err) {
    double value;
    INB_TRY(try_change(room, change, &value, err));
    if (value < *least - LOWERS && is_determined(room)) {
        *least = value;
        *best = change;
    }
    return INB_OK;
}

inb_status inb_group_choose(inb_group_room *room, const inb_group_choice *start, inb_error *err) {
    inb_pooled *p = room->pooled;
    bool may;
    room->choice.apart = start == NULL ? 0 : start->apart;
    room->choice.pair_count = start == NULL ? 0 : start->pair_count;
    for (size_t i = 0; i < room->choice.pair_count; i++) {
        room->pairs[i] = start->pairs[i];
        room->choice.pairs[i] = start->pairs[i];
    }
    add_up(room);
    INB_TRY(exists(room, room->choice.pair_count, &may, err));
    room->choice.fitted = false;
    if (!may || !inb_group_fit(room) || !is_determined(room)) {
        room->choice.fitted = false;
        return INB_OK;
    }
    keep(room, (struct change){0, 0}, room->choice.criterion);
    for (int step = 0; step < MOST_TERMS; step++) {
        struct change best = {0, 0};
        double least = room->choice.criterion;
        for (size_t set = 1; set < p->size; set++) {
            size_t lists = inb_set_size((inb_list_set)set);
            struct change change = {
                lists == 1 ? (inb_list_set)set : 0, lists == 2 ? (inb_list_set)set : 0};
            if (lists == 1 || lists == 2) {
                INB_TRY(consider(room, change, &best, &least, err));
            }
        }
        double value;
        INB_TRY(try_change(room, best, &value, err));
        keep(room, best, value);
        if (best.list == 0 && best.pair == 0) {
            room->choice.fitted = isfinite(value);
            return INB_OK;
        }
    }
    return INB_OK;
}
