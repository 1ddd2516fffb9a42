// SPDX-License-Identifier: EUPL-1.2
// Maximum likelihood of a Poisson log-linear model by Newton's method (for counted cells the same
// as iteratively reweighted least squares; Nelder, Wedderburn 1972), with the normal equations
// taken from superset sums instead of a design matrix. A censored cell contributes log P(X <=
// bound); its second derivative is mean less conditional variance (Louis 1982), so the likelihood
// stays concave.
//
// Stops when the Newton decrement g'H^-1 g is below 1e-20 max(1, n): the log-likelihood is then
// within that of its maximum, and each parameter within 1e-10 sqrt(n) of its standard error.

#include "loglinear.h"

#include "base/alloc.h"
#include "math/lattice.h"
#include "math/poisson.h"

#include <math.h>
#include <string.h>

enum { MOST_ITERATIONS = 200, MOST_HALVINGS = 60 };

// ---- room ----

// count doubles, zeroed, or NULL and *failed.
static double *numbers(inb_arena *arena, size_t count, bool *failed) {
    double *result = inb_arena_get(arena, count, sizeof *result);
    *failed = *failed || result == NULL;
    return result;
}

inb_status inb_fit_room_new(
    size_t list_count, size_t most_terms, inb_fit_room **ret_room, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    size_t size = (size_t)1 << list_count;
    size_t most = most_terms;
    inb_fit_room *room = inb_arena_get(arena, 1, sizeof *room);
    if (room == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to fit models");
    }
    room->list_count = list_count;
    room->size = size;
    room->most = most;
    room->role = inb_arena_get(arena, size, sizeof *room->role);
    room->face = inb_arena_get(arena, size, sizeof *room->face);
    room->kept = inb_arena_get(arena, most, sizeof *room->kept);
    room->basis = inb_arena_get(arena, most, sizeof *room->basis);
    room->spanning = inb_arena_get(arena, most, sizeof *room->spanning);
    room->open = inb_arena_get(arena, size, sizeof *room->open);
    room->space.pivots = inb_arena_get(arena, most, sizeof *room->space.pivots);
    room->factor.order = inb_arena_get(arena, most, sizeof *room->factor.order);
    bool failed = room->role == NULL || room->face == NULL || room->kept == NULL ||
                  room->basis == NULL || room->spanning == NULL || room->open == NULL ||
                  room->space.pivots == NULL || room->factor.order == NULL;
    room->space.rows = numbers(arena, most * most, &failed);
    room->row = numbers(arena, most, &failed);
    room->counts = numbers(arena, size, &failed);
    room->margins = numbers(arena, size, &failed);
    room->predictor = numbers(arena, size, &failed);
    room->means = numbers(arena, size, &failed);
    room->weights = numbers(arena, size, &failed);
    room->scores = numbers(arena, size, &failed);
    room->beta = numbers(arena, most, &failed);
    room->trial = numbers(arena, most, &failed);
    room->step = numbers(arena, most, &failed);
    room->gradient = numbers(arena, most, &failed);
    room->work = numbers(arena, most, &failed);
    room->gram = numbers(arena, most * most, &failed);
    room->factor.lower = numbers(arena, most * most, &failed);
    room->factor.scale = numbers(arena, most, &failed);
    if (failed) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to fit models");
    }
    room->arena = INB_TAKE(arena);
    *ret_room = room;
    return INB_OK;
}

void inb_fit_room_freep(inb_fit_room **room) {
    if (*room != NULL) {
        inb_arena_free((*room)->arena);
    }
    *room = NULL;
}

// ---- Newton ----

static bool is_censored(const inb_cell *cells, size_t cell) {
    return cells[cell].kind == INB_CELL_CENSORED;
}

// Predictors of all cells at `beta`.
static void predict(inb_fit_room *room, const double *beta) {
    memset(room->predictor, 0, room->size * sizeof *room->predictor);
    for (size_t j = 0; j < room->basis_count; j++) {
        room->predictor[room->basis[j]] = beta[j];
    }
    inb_subset_sums(room->predictor, room->list_count);
}

// Means, scores and weights of the face at `beta`; the log-likelihood, -INFINITY where it
// overflows.
static double evaluate(inb_fit_room *room, const inb_cell *cells, const double *beta) {
    predict(room, beta);
    double sum = 0;
    for (size_t h = 0; h < room->size; h++) {
        room->means[h] = 0;
        room->scores[h] = 0;
        room->weights[h] = 0;
        if (!room->face[h]) {
            continue;
        }
        double mean = exp(room->predictor[h]);
        if (!isfinite(mean) || mean == 0) {
            return -INFINITY;
        }
        room->means[h] = mean;
        if (is_censored(cells, h)) {
            inb_poisson_bounded bounded = inb_poisson_bound(room->counts[h], mean);
            sum += bounded.log_probability;
            room->scores[h] = bounded.mean - mean;
            room->weights[h] = mean > bounded.variance ? mean - bounded.variance : 0;
        } else {
            sum += room->counts[h] * room->predictor[h] - mean;
            room->scores[h] = room->counts[h] - mean;
            room->weights[h] = mean;
        }
    }
    return isfinite(sum) ? sum : -INFINITY;
}

// Factors the information from room->weights and puts the gradient from room->scores.
static void normal_equations(inb_fit_room *room) {
    size_t count = room->basis_count;
    inb_superset_sums(room->weights, room->list_count);
    inb_superset_sums(room->scores, room->list_count);
    for (size_t i = 0; i < count; i++) {
        room->gradient[i] = room->scores[room->basis[i]];
        for (size_t j = 0; j <= i; j++) {
            room->gram[i * count + j] = room->weights[room->basis[i] | room->basis[j]];
        }
    }
    room->factor.size = count;
    inb_factor_make(room->gram, &room->factor);
}

// Least squares on log counts: where Newton starts.
static void start(inb_fit_room *room, const inb_cell *cells) {
    for (size_t h = 0; h < room->size; h++) {
        double count = is_censored(cells, h) ? room->counts[h] / 2 : room->counts[h];
        room->weights[h] = room->face[h] ? count + 0.5 : 0;
        room->scores[h] = room->weights[h] * log(count + 0.5);
    }
    normal_equations(room);
    inb_factor_solve(&room->factor, room->gradient, room->beta, room->work);
}

// From where least squares overflows: every cell the average.
static void start_flat(inb_fit_room *room) {
    double total = 1;
    for (size_t h = 0; h < room->size; h++) {
        total += room->face[h] ? room->counts[h] : 0;
    }
    memset(room->beta, 0, room->basis_count * sizeof *room->beta);
    if (room->basis_count > 0 && room->basis[0] == 0) {
        room->beta[0] = log(total / (double)(room->face_count + 1));
    }
}

static double dot(const double *a, const double *b, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

// Leaves beta, means and the factored information at the maximum; false where it is not reached.
static bool maximise(inb_fit_room *room, const inb_cell *cells, inb_fit *fit) {
    size_t count = room->basis_count;
    double people = 1;
    for (size_t h = 0; h < room->size; h++) {
        people += room->face[h] ? room->counts[h] : 0;
    }
    start(room, cells);
    double value = evaluate(room, cells, room->beta);
    if (value == -INFINITY) {
        start_flat(room);
        value = evaluate(room, cells, room->beta);
    }
    double slack = 1e-13 * (people + fabs(value)); // rounding of the log-likelihood
    for (fit->iterations = 0; fit->iterations < MOST_ITERATIONS; fit->iterations++) {
        normal_equations(room);
        inb_factor_solve(&room->factor, room->gradient, room->step, room->work);
        double decrement = dot(room->gradient, room->step, count);
        if (!(decrement > 1e-20 * people)) {
            for (size_t i = 0; decrement > 0 && i < count; i++) {
                room->beta[i] += room->step[i]; // computed already, and squares the error
            }
            fit->log_likelihood = value;
            return decrement >= 0 || fabs(decrement) <= 1e-12 * people;
        }
        double length = 1;
        double next = -INFINITY;
        for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
            for (size_t i = 0; i < count; i++) {
                room->trial[i] = room->beta[i] + length * room->step[i];
            }
            next = evaluate(room, cells, room->trial);
            if (next >= value - slack && isfinite(next)) {
                break;
            }
        }
        if (!(next >= value - slack)) {
            (void)evaluate(room, cells, room->beta);
            normal_equations(room);
            fit->log_likelihood = value;
            return decrement <= 1e-10 * people;
        }
        memcpy(room->beta, room->trial, count * sizeof *room->beta);
        value = next;
    }
    return false;
}

// ---- what nobody counted ----

// Adds `amount` expected people of a cell, whose derivative to its predictor is `slope`.
static void add_uncounted(inb_fit_room *room, size_t cell, double slope) {
    for (size_t j = 0; j < room->basis_count; j++) {
        if ((room->basis[j] & cell) == room->basis[j]) {
            room->gradient[j] += slope;
        }
    }
}

static bool in_space(inb_fit_room *room, size_t cell) {
    for (size_t j = 0; j < room->kept_count; j++) {
        room->row[j] = (room->kept[j] & cell) == room->kept[j] ? 1 : 0;
    }
    return inb_echelon_holds(&room->space, room->row);
}

// Whether some term of the model with an empty margin is in this cell.
static bool is_impossible(
    const inb_fit_room *room, const inb_list_set *terms, size_t term_count, size_t cell) {
    for (size_t i = 0; i < term_count; i++) {
        if ((terms[i] & cell) != terms[i]) {
            continue;
        }
        bool kept = false;
        for (size_t j = 0; !kept && j < room->kept_count; j++) {
            kept = room->kept[j] == terms[i];
        }
        if (!kept) {
            return true;
        }
    }
    return false;
}

static void find_hidden(inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, inb_fit *fit) {
    predict(room, room->beta);
    memset(room->gradient, 0, room->basis_count * sizeof *room->gradient);
    double hidden = exp(room->predictor[0]);
    bool identified = in_space(room, 0) && room->kept_count > 0;
    add_uncounted(room, 0, hidden);
    for (size_t h = 1; h < room->size; h++) {
        double amount = 0;
        double slope = 0;
        if (cells[h].kind == INB_CELL_MISSING && !is_impossible(room, terms, term_count, h)) {
            identified = identified && in_space(room, h);
            amount = exp(room->predictor[h]);
            slope = amount;
        } else if (is_censored(cells, h) && room->face[h]) {
            inb_poisson_bounded bounded = inb_poisson_bound(room->counts[h], room->means[h]);
            amount = bounded.mean;
            slope = bounded.variance;
        } else {
            continue;
        }
        fit->uncounted += amount;
        add_uncounted(room, h, slope);
    }
    fit->hidden = hidden + fit->uncounted;
    fit->identified = identified && isfinite(fit->hidden) && fit->hidden > 0;
    if (fit->identified) {
        inb_factor_solve(&room->factor, room->gradient, room->step, room->work);
        double variance = dot(room->gradient, room->step, room->basis_count);
        fit->log_hidden_se = sqrt(variance > 0 ? variance : 0) / fit->hidden;
    }
}

static double deviance(const inb_fit_room *room, const inb_cell *cells) {
    double sum = 0;
    for (size_t h = 1; h < room->size; h++) {
        if (room->face[h] && !is_censored(cells, h)) {
            double count = room->counts[h];
            sum += count > 0 ? count * log(count / room->means[h]) - (count - room->means[h])
                             : room->means[h];
        }
    }
    return sum > 0 ? 2 * sum : 0;
}

inb_status inb_fit_model(inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, inb_fit *ret_fit, inb_error *err) {
    inb_fit fit = {0};
    INB_TRY(inb_fit_examine(room, cells, terms, term_count, &fit.status, err));
    fit.converged = maximise(room, cells, &fit);
    fit.deviance = deviance(room, cells);
    fit.degrees_of_freedom = room->face_count - room->basis_count;
    if (fit.converged) {
        find_hidden(room, cells, terms, term_count, &fit);
    }
    *ret_fit = fit;
    return INB_OK;
}

void inb_fit_expected(const inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, double *ret_means) {
    for (size_t h = 0; h < room->size; h++) {
        bool unknown = h == 0 || cells[h].kind == INB_CELL_MISSING;
        bool possible = !is_impossible(room, terms, term_count, h);
        ret_means[h] = unknown && possible ? exp(room->predictor[h])
                       : room->face[h]     ? room->means[h]
                                           : 0;
    }
}
