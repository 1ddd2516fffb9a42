// SPDX-License-Identifier: EUPL-1.2
// Chao 1987 (doi:10.2307/2531532) as a log-linear model (Rivest, Baillargeon 2007,
// doi:10.1111/j.1541-0420.2006.00779.x; "Mth Chao (LB)" of Rcapture): for a history h on c lists
//     log m_h = b0 + sum of the b_j of its lists + sum over j = 3..k of eta_j max(c - j + 1, 0),
// where heterogeneity makes every eta_j non-negative. The negative eta of the smallest j is taken
// out and the rest fitted again, until none is negative; an eta without a finite value below
// (nobody on so many lists) counts as negative. N = n + exp(b0).

#include "bound.h"

#include "base/alloc.h"
#include "math/symmetric.h"

#include <math.h>
#include <string.h>

enum { MOST_TERMS = 1 + 2 * INB_LISTS_MOST, MOST_STEPS = 100, MOST_HALVINGS = 40 };

// The terms in play: intercept, lists with people, effects still in.
struct design {
    size_t list_count;
    size_t lists[INB_LISTS_MOST];
    size_t used;                    // lists
    size_t effects[INB_LISTS_MOST]; // their j
    size_t effect_count;
    const inb_cell *cells;
    bool in[1 << INB_LISTS_MOST];
};

// Row of a cell; returns its length.
static size_t make_row(const struct design *design, size_t cell, double *row) {
    size_t count = 0;
    size_t caught = (size_t)__builtin_popcount((unsigned)cell);
    row[count++] = 1;
    for (size_t i = 0; i < design->used; i++) {
        row[count++] = (cell >> design->lists[i] & 1) != 0 ? 1 : 0;
    }
    for (size_t i = 0; i < design->effect_count; i++) {
        size_t j = design->effects[i];
        row[count++] = caught >= j ? (double)(caught - j + 1) : 0;
    }
    return count;
}

static double predict(const double *row, const double *beta, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += row[i] * beta[i];
    }
    return sum;
}

static double likelihood(const struct design *design, const double *beta) {
    double row[MOST_TERMS];
    double sum = 0;
    for (size_t h = 1; h < (size_t)1 << design->list_count; h++) {
        if (design->in[h]) {
            size_t count = make_row(design, h, row);
            double eta = predict(row, beta, count);
            sum += (double)design->cells[h].count * eta - exp(eta);
        }
    }
    return isfinite(sum) ? sum : -INFINITY;
}

struct equations {
    double gram[MOST_TERMS * MOST_TERMS];
    double gradient[MOST_TERMS];
    double step[MOST_TERMS];
    double work[MOST_TERMS];
    double lower[MOST_TERMS * MOST_TERMS];
    double scale[MOST_TERMS];
    size_t order[MOST_TERMS];
    inb_factor factor;
};

static void add_row(
    struct equations *equations, const double *row, size_t count, double weight, double score) {
    for (size_t i = 0; i < count; i++) {
        equations->gradient[i] += score * row[i];
        for (size_t j = 0; j <= i; j++) {
            equations->gram[i * count + j] += weight * row[i] * row[j];
        }
    }
}

// One step's equations at `beta`, or for beta = NULL least squares on log counts.
static void solve(const struct design *design, const double *beta, struct equations *equations) {
    double row[MOST_TERMS];
    size_t count = make_row(design, 0, row);
    memset(equations->gram, 0, sizeof equations->gram);
    memset(equations->gradient, 0, sizeof equations->gradient);
    for (size_t h = 1; h < (size_t)1 << design->list_count; h++) {
        if (!design->in[h]) {
            continue;
        }
        double people = (double)design->cells[h].count;
        (void)make_row(design, h, row);
        if (beta == NULL) {
            add_row(equations, row, count, people + 0.5, (people + 0.5) * log(people + 0.5));
        } else {
            double mean = exp(predict(row, beta, count));
            add_row(equations, row, count, mean, people - mean);
        }
    }
    equations->factor = (inb_factor){.size = count,
        .lower = equations->lower,
        .scale = equations->scale,
        .order = equations->order};
    inb_factor_make(equations->gram, &equations->factor);
    inb_factor_solve(&equations->factor, equations->gradient, equations->step, equations->work);
}

// Newton's method; false where it has not ended or something is not determined.
static bool fit(const struct design *design, struct equations *equations, double *beta) {
    size_t count = 1 + design->used + design->effect_count;
    solve(design, NULL, equations);
    memcpy(beta, equations->step, count * sizeof *beta);
    double value = likelihood(design, beta);
    if (value == -INFINITY) {
        memset(beta, 0, count * sizeof *beta);
        value = likelihood(design, beta);
    }
    double slack = 1e-13 * (1 + fabs(value));
    for (int step = 0; step < MOST_STEPS; step++) {
        solve(design, beta, equations);
        double decrement = predict(equations->gradient, equations->step, count);
        double trial[MOST_TERMS];
        double next = -INFINITY;
        double length = 1;
        for (int i = 0; i < MOST_HALVINGS && !(next >= value - slack); i++, length /= 2) {
            for (size_t j = 0; j < count; j++) {
                trial[j] = beta[j] + length * equations->step[j];
            }
            next = likelihood(design, trial);
        }
        bool ended = !(decrement > 1e-14) || !(next >= value - slack);
        if (next >= value - slack) {
            memcpy(beta, trial, count * sizeof *beta);
            value = next;
        }
        if (ended) {
            return fabs(decrement) <= 1e-6 && equations->factor.rank == count;
        }
    }
    return false;
}

static void set_design(struct design *design, size_t list_count, const inb_cell *cells) {
    design->list_count = list_count;
    design->cells = cells;
    unsigned seen = 0;
    for (size_t h = 1; h < (size_t)1 << list_count; h++) {
        design->in[h] = cells[h].kind == INB_CELL_COUNTED;
        seen |= design->in[h] && cells[h].count > 0 ? (unsigned)h : 0;
    }
    for (size_t h = 1; h < (size_t)1 << list_count; h++) {
        design->in[h] = design->in[h] && (h & ~seen) == 0;
    }
    for (size_t j = 0; j < list_count; j++) {
        if ((seen >> j & 1) != 0) {
            design->lists[design->used++] = j;
        }
    }
    for (size_t j = 3; j <= design->used; j++) {
        design->effects[design->effect_count++] = j;
    }
}

inb_status inb_bound_reference(
    size_t list_count, const inb_cell *cells, inb_bound *ret_bound, inb_error *err) {
    INB_CLEANUP(inb_freep) struct design *design = inb_alloc(1, sizeof *design);
    INB_CLEANUP(inb_freep) struct equations *equations = inb_alloc(1, sizeof *equations);
    if (design == NULL || equations == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the reference bound");
    }
    set_design(design, list_count, cells);
    double beta[MOST_TERMS];
    bool fitted;
    for (;;) {
        fitted = fit(design, equations, beta);
        size_t negative = 0;
        while (negative < design->effect_count && !(beta[1 + design->used + negative] < 0)) {
            negative++;
        }
        if (negative == design->effect_count) {
            break;
        }
        design->effect_count--;
        for (size_t i = negative; i < design->effect_count; i++) {
            design->effects[i] = design->effects[i + 1];
        }
    }
    double observed = 0;
    for (size_t h = 1; h < (size_t)1 << list_count; h++) {
        observed += cells[h].kind == INB_CELL_COUNTED ? (double)cells[h].count : 0;
    }
    double hidden = exp(beta[0]);
    *ret_bound = (inb_bound){
        .given = fitted && observed > 0 && isfinite(hidden),
        .estimate = observed + (isfinite(hidden) ? hidden : 0),
        .effects = design->effect_count,
    };
    return INB_OK;
}
