// SPDX-License-Identifier: EUPL-1.2
// Newton's method with a certificate. With eta the predictors, m = exp(eta) the means, y the counts
// and d = A delta the Newton step as predictors, x = m (1 + d) has the margins of y exactly. Where
// x >= 0, convex duality (Boyd, Vandenberghe 2004, chapter 5; for log-linear models the minimum
// discrimination information of Csiszar 1975) bounds every log-likelihood of the model from above:
//     max over beta of sum (y eta - exp eta)  <=  sum (x log x - x),
// so that the deviance is at least 2 (sum (y log y - y) - sum (x log x - x)).

#include "quick_fit.h"

#include "base/alloc.h"
#include "math/lattice.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 60, MOST_HALVINGS = 40 };

// A Newton decrement (twice the gain still to be had, to first order) that ends a fit.
static const double CONVERGED = 1e-9;

// A decrement below which what is left may be a way to infinity.
static const double NEARLY = 5;

// How far the deviance of a model that cannot win may be left open.
static const double NEAR_ENOUGH = 0.02;

static double *numbers(inb_arena *arena, size_t count, bool *failed) {
    double *result = inb_arena_get(arena, count, sizeof *result);
    *failed = *failed || result == NULL;
    return result;
}

inb_status inb_quick_new(
    size_t list_count, size_t most_terms, inb_quick **ret_quick, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    size_t size = (size_t)1 << list_count;
    inb_quick *quick = inb_arena_get(arena, 1, sizeof *quick);
    if (quick == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to search models");
    }
    quick->list_count = list_count;
    quick->size = size;
    quick->most = most_terms;
    quick->in = inb_arena_get(arena, size, sizeof *quick->in);
    quick->dropped = inb_arena_get(arena, size, sizeof *quick->dropped);
    quick->kept = inb_arena_get(arena, most_terms, sizeof *quick->kept);
    quick->cells = inb_arena_get(arena, size, sizeof *quick->cells);
    quick->factor.order = inb_arena_get(arena, most_terms, sizeof *quick->factor.order);
    bool failed = quick->in == NULL || quick->dropped == NULL || quick->kept == NULL ||
                  quick->cells == NULL || quick->factor.order == NULL;
    double **of_cells[] = {&quick->counts, &quick->margins, &quick->weights0, &quick->scores0,
        &quick->weights0s, &quick->scores0s, &quick->predictor, &quick->direction, &quick->means,
        &quick->weights, &quick->scores};
    for (size_t i = 0; i < sizeof of_cells / sizeof of_cells[0]; i++) {
        *of_cells[i] = numbers(arena, size, &failed);
    }
    double **of_terms[] = {&quick->gradient, &quick->step, &quick->work, &quick->factor.scale};
    for (size_t i = 0; i < sizeof of_terms / sizeof of_terms[0]; i++) {
        *of_terms[i] = numbers(arena, most_terms, &failed);
    }
    quick->gram = numbers(arena, most_terms * most_terms, &failed);
    quick->factor.lower = numbers(arena, most_terms * most_terms, &failed);
    if (failed) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to search models");
    }
    quick->arena = INB_TAKE(arena);
    *ret_quick = quick;
    return INB_OK;
}

void inb_quick_freep(inb_quick **quick) {
    if (*quick != NULL) {
        inb_arena_free((*quick)->arena);
    }
    *quick = NULL;
}

// ---- the table ----

static void set_count(inb_quick *quick, size_t cell, bool in, double count) {
    quick->in[cell] = in;
    quick->counts[cell] = in ? count : 0;
    quick->weights0[cell] = in ? count + 0.5 : 0;
    quick->scores0[cell] = in ? (count + 0.5) * log(count + 0.5) : 0;
    quick->people += quick->counts[cell];
    quick->saturated += in && count > 0 ? count * log(count) - count : 0;
}

static void sum_starts(inb_quick *quick) {
    size_t bytes = quick->size * sizeof(double);
    memcpy(quick->weights0s, quick->weights0, bytes);
    memcpy(quick->scores0s, quick->scores0, bytes);
    inb_superset_sums(quick->weights0s, quick->list_count);
    inb_superset_sums(quick->scores0s, quick->list_count);
}

void inb_quick_table(inb_quick *quick, const inb_cell *cells) {
    quick->people = 0;
    quick->saturated = 0;
    set_count(quick, 0, false, 0);
    for (size_t h = 1; h < quick->size; h++) {
        set_count(quick, h, cells[h].kind == INB_CELL_COUNTED, (double)cells[h].count);
    }
    memcpy(quick->margins, quick->counts, quick->size * sizeof(double));
    inb_superset_sums(quick->margins, quick->list_count);
    sum_starts(quick);
}

void inb_quick_hold(inb_quick *quick, double people) {
    if (quick->in[0]) {
        quick->people -= quick->counts[0];
        quick->saturated -= quick->counts[0] * log(quick->counts[0]) - quick->counts[0];
    }
    set_count(quick, 0, true, people);
    quick->margins[0] = quick->people;
    sum_starts(quick);
}

// ---- one fit ----

// Kept terms and retained cells; whether all cells are retained.
static bool retain(inb_quick *quick, const inb_list_set *terms, size_t count) {
    bool whole = true;
    quick->kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (quick->margins[terms[i]] > 0) {
            quick->kept[quick->kept_count++] = terms[i];
            continue;
        }
        if (whole) {
            memset(quick->dropped, 0, quick->size);
            whole = false;
        }
        if (!quick->dropped[terms[i]]) {
            for (size_t h = terms[i]; h < quick->size; h++) {
                quick->dropped[h] = quick->dropped[h] || (h & terms[i]) == terms[i];
            }
        }
    }
    quick->cell_count = 0;
    for (size_t h = 0; h < quick->size; h++) {
        if (quick->in[h] && (whole || !quick->dropped[h])) {
            quick->cells[quick->cell_count++] = (uint16_t)h;
        }
    }
    return whole;
}

// Factors the information from superset sums of weights and takes the gradient from those of
// scores.
static void factor(inb_quick *quick, const double *weights, const double *scores) {
    size_t count = quick->kept_count;
    for (size_t i = 0; i < count; i++) {
        inb_list_set term = quick->kept[i];
        double *row = quick->gram + i * count;
        quick->gradient[i] = scores[term];
        for (size_t j = 0; j <= i; j++) {
            row[j] = weights[term | quick->kept[j]];
        }
    }
    quick->factor.size = count;
    inb_factor_make(quick->gram, &quick->factor);
    inb_factor_solve(&quick->factor, quick->gradient, quick->step, quick->work);
    double p = (double)count;
    quick->operations += p * p * (p / 6 + 2) + 12 * (double)quick->size;
}

// Coefficients over the kept terms as predictors of all cells.
static void spread(inb_quick *quick, const double *coefficients, double *predictors) {
    memset(predictors, 0, quick->size * sizeof *predictors);
    for (size_t i = 0; i < quick->kept_count; i++) {
        predictors[quick->kept[i]] = coefficients[i];
    }
    inb_subset_sums(predictors, quick->list_count);
}

// Means at predictor + length * direction; the log-likelihood, -INFINITY where it overflows.
static double evaluate(inb_quick *quick, double length) {
    double sum = 0;
    for (size_t i = 0; i < quick->cell_count; i++) {
        size_t h = quick->cells[i];
        double eta = quick->predictor[h] + length * quick->direction[h];
        double mean = exp(eta);
        quick->means[h] = mean;
        sum += quick->counts[h] * eta - mean;
    }
    return isfinite(sum) ? sum : -INFINITY;
}

static void walk(inb_quick *quick, double length) {
    for (size_t h = 0; h < quick->size; h++) {
        quick->predictor[h] += length * quick->direction[h];
    }
}

// Least squares on log counts; from where that overflows every cell the average.
static double start(inb_quick *quick, bool whole) {
    if (whole) {
        factor(quick, quick->weights0s, quick->scores0s);
    } else {
        for (size_t h = 0; h < quick->size; h++) {
            quick->weights[h] = quick->dropped[h] ? 0 : quick->weights0[h];
            quick->scores[h] = quick->dropped[h] ? 0 : quick->scores0[h];
        }
        inb_superset_sums(quick->weights, quick->list_count);
        inb_superset_sums(quick->scores, quick->list_count);
        factor(quick, quick->weights, quick->scores);
    }
    spread(quick, quick->step, quick->predictor);
    memset(quick->direction, 0, quick->size * sizeof(double));
    double value = evaluate(quick, 0);
    if (value == -INFINITY) {
        double average = log((quick->people + 1) / (double)(quick->cell_count + 1));
        for (size_t h = 0; h < quick->size; h++) {
            quick->predictor[h] = average;
        }
        value = evaluate(quick, 0);
    }
    return value;
}

// Whether x = m (1 + d) has the margins of the counts (asked only where the factorisation left
// directions out).
static bool has_margins(inb_quick *quick) {
    memset(quick->scores, 0, quick->size * sizeof(double));
    for (size_t i = 0; i < quick->cell_count; i++) {
        size_t h = quick->cells[i];
        quick->scores[h] = quick->means[h] * (1 + quick->direction[h]) - quick->counts[h];
    }
    inb_superset_sums(quick->scores, quick->list_count);
    for (size_t i = 0; i < quick->kept_count; i++) {
        if (!(fabs(quick->scores[quick->kept[i]]) <= 1e-9 * (1 + quick->people))) {
            return false;
        }
    }
    return true;
}

// The bound of the file's head, -INFINITY where x is not one.
static double lower_bound(inb_quick *quick) {
    double sum = 0;
    for (size_t i = 0; i < quick->cell_count; i++) {
        size_t h = quick->cells[i];
        double ratio = 1 + quick->direction[h];
        if (!(ratio >= 0)) {
            return -INFINITY;
        }
        double x = quick->means[h] * ratio;
        sum += x > 0 ? x * (quick->predictor[h] + log(ratio)) - x : 0;
    }
    if (quick->factor.rank < quick->factor.size && !has_margins(quick)) {
        return -INFINITY;
    }
    return 2 * (quick->saturated - sum);
}

// Newton's direction at the means; returns the decrement.
static double find_direction(inb_quick *quick) {
    size_t bytes = quick->size * sizeof(double);
    memset(quick->weights, 0, bytes);
    memset(quick->scores, 0, bytes);
    for (size_t i = 0; i < quick->cell_count; i++) {
        size_t h = quick->cells[i];
        quick->weights[h] = quick->means[h];
        quick->scores[h] = quick->counts[h] - quick->means[h];
    }
    inb_superset_sums(quick->weights, quick->list_count);
    inb_superset_sums(quick->scores, quick->list_count);
    factor(quick, quick->weights, quick->scores);
    spread(quick, quick->step, quick->direction);
    double decrement = 0;
    for (size_t i = 0; i < quick->kept_count; i++) {
        decrement += quick->gradient[i] * quick->step[i];
    }
    return decrement;
}

inb_quick_result inb_quick_fit(
    inb_quick *quick, const inb_list_set *terms, size_t count, double interest, double cutoff) {
    inb_quick_result result = {.lower = 0};
    bool whole = retain(quick, terms, count);
    double value = start(quick, whole);
    double slack = 1e-13 * (1 + quick->people + fabs(value)); // rounding of the log-likelihood
    for (int step = 0; step < MOST_STEPS; step++) {
        double decrement = find_direction(quick);
        result.deviance = 2 * (quick->saturated - value) - decrement; // to second order
        if (!(decrement > CONVERGED)) {
            result.converged = decrement >= -1e-7 * (1 + quick->people);
            walk(quick, result.converged ? 1 : 0); // computed already, and squares the error
            break;
        }
        if (result.deviance > interest) {
            double lower = lower_bound(quick);
            result.lower = lower > result.lower ? lower : result.lower;
            bool open = 2 * (quick->saturated - value) - result.lower > NEAR_ENOUGH;
            if (result.lower > cutoff || (result.lower > interest && !open)) {
                break;
            }
        }
        double length = 1;
        double next = evaluate(quick, length);
        for (int halving = 0; halving < MOST_HALVINGS && !(next >= value - slack); halving++) {
            length /= 2;
            next = evaluate(quick, length);
        }
        // Towards a maximum at infinity a Newton step is one unit of log mean: go on while it pays.
        for (double further = 2; length >= 1 && decrement < NEARLY && further <= 64; further *= 2) {
            double at = evaluate(quick, further);
            if (!(at > next)) {
                evaluate(quick, length); // its means again
                break;
            }
            next = at;
            length = further;
        }
        if (!(next >= value - slack)) { // rounding: this is as near as it gets
            result.converged = decrement <= 1e-6;
            break;
        }
        walk(quick, length);
        value = next;
    }
    result.deviance = result.deviance > 0 ? result.deviance : 0;
    if (result.converged && result.deviance > result.lower) {
        result.lower = result.deviance;
    }
    result.hidden = exp(quick->predictor[0]);
    return result;
}
