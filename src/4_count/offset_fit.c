// SPDX-License-Identifier: EUPL-1.2
// Iteratively reweighted least squares with an offset (Gerritse, van der Heijden, Bakker 2015,
// doi:10.1515/jos-2015-0024, fix an odds ratio in this way), steps halved where the likelihood
// falls. A term with an empty margin takes its histories out, as in loglinear.c.

#include "offset_fit.h"

#include "base/alloc.h"
#include "math/symmetric.h"

#include <math.h>

enum { MOST_STEPS = 100, MOST_HALVINGS = 40 };

struct problem {
    size_t size;
    size_t count;        // terms kept
    inb_list_set *terms; // [count]
    unsigned char *in;   // [size] retained histories
    const inb_cell *cells;
    inb_list_set pair;
    double log_ratio;
    double *beta;     // [count]
    double *trial;    // [count]
    double *gradient; // [count]
    double *step;     // [count]
    double *work;     // [count]
    double *gram;     // [count * count]
    inb_factor factor;
};

static void clear_problem(struct problem *p) {
    inb_free(p->terms);
    inb_free(p->in);
    inb_free(p->beta);
    inb_free(p->trial);
    inb_free(p->gradient);
    inb_free(p->step);
    inb_free(p->work);
    inb_free(p->gram);
    inb_free(p->factor.lower);
    inb_free(p->factor.scale);
    inb_free(p->factor.order);
}

static inb_status make_problem(struct problem *p, size_t most, inb_error *err) {
    p->terms = inb_alloc(most, sizeof *p->terms);
    p->in = inb_alloc(p->size, sizeof *p->in);
    p->beta = inb_alloc(most, sizeof *p->beta);
    p->trial = inb_alloc(most, sizeof *p->trial);
    p->gradient = inb_alloc(most, sizeof *p->gradient);
    p->step = inb_alloc(most, sizeof *p->step);
    p->work = inb_alloc(most, sizeof *p->work);
    p->gram = inb_alloc(most * most, sizeof *p->gram);
    p->factor.lower = inb_alloc(most * most, sizeof *p->factor.lower);
    p->factor.scale = inb_alloc(most, sizeof *p->factor.scale);
    p->factor.order = inb_alloc(most, sizeof *p->factor.order);
    if (p->terms == NULL || p->in == NULL || p->beta == NULL || p->trial == NULL ||
        p->gradient == NULL || p->step == NULL || p->work == NULL || p->gram == NULL ||
        p->factor.lower == NULL || p->factor.scale == NULL || p->factor.order == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a fit with a given odds ratio");
    }
    return INB_OK;
}

// Terms with people, and the histories that are left by those without.
static void retain(struct problem *p, const inb_list_set *terms, size_t count) {
    for (size_t h = 1; h < p->size; h++) {
        p->in[h] = 1;
    }
    for (size_t t = 0; t < count; t++) {
        int64_t people = 0;
        for (size_t h = 1; h < p->size; h++) {
            people += (h & terms[t]) == terms[t] ? p->cells[h].count : 0;
        }
        if (people > 0) {
            p->terms[p->count++] = terms[t];
            continue;
        }
        for (size_t h = 1; h < p->size; h++) {
            p->in[h] = (unsigned char)(p->in[h] && (h & terms[t]) != terms[t]);
        }
    }
    p->factor.size = p->count;
}

static double predictor(const struct problem *p, const double *beta, size_t h) {
    double sum = (h & p->pair) == p->pair ? p->log_ratio : 0;
    for (size_t t = 0; t < p->count; t++) {
        sum += (h & p->terms[t]) == p->terms[t] ? beta[t] : 0;
    }
    return sum;
}

static double log_likelihood(const struct problem *p, const double *beta) {
    double sum = 0;
    for (size_t h = 1; h < p->size; h++) {
        if (p->in[h]) {
            double eta = predictor(p, beta, h);
            sum += (double)p->cells[h].count * eta - exp(eta);
        }
    }
    return sum;
}

// Adds weight w of history h to the normal equations, its score to the right-hand side.
static void add_history(struct problem *p, size_t h, double weight, double score) {
    for (size_t t = 0; t < p->count; t++) {
        if ((h & p->terms[t]) != p->terms[t]) {
            continue;
        }
        p->gradient[t] += score;
        for (size_t u = 0; u <= t; u++) {
            p->gram[t * p->count + u] += (h & p->terms[u]) == p->terms[u] ? weight : 0;
        }
    }
}

static bool solve(struct problem *p) {
    inb_factor_make(p->gram, &p->factor);
    inb_factor_solve(&p->factor, p->gradient, p->step, p->work);
    return p->factor.rank == p->count;
}

static void clear_equations(struct problem *p) {
    for (size_t i = 0; i < p->count * p->count; i++) {
        p->gram[i] = 0;
    }
    for (size_t t = 0; t < p->count; t++) {
        p->gradient[t] = 0;
    }
}

// Least squares on log(count + 1/2).
static bool start(struct problem *p) {
    clear_equations(p);
    for (size_t h = 1; h < p->size; h++) {
        if (p->in[h]) {
            double mean = (double)p->cells[h].count + 0.5;
            double offset = (h & p->pair) == p->pair ? p->log_ratio : 0;
            add_history(p, h, mean, mean * (log(mean) - offset));
        }
    }
    bool full = solve(p);
    for (size_t t = 0; t < p->count; t++) {
        p->beta[t] = p->step[t];
    }
    return full;
}

// Newton's method; true where it converged.
static bool climb(struct problem *p, double people) {
    double value = log_likelihood(p, p->beta);
    for (int i = 0; i < MOST_STEPS; i++) {
        clear_equations(p);
        for (size_t h = 1; h < p->size; h++) {
            if (p->in[h]) {
                double mean = exp(predictor(p, p->beta, h));
                add_history(p, h, mean, (double)p->cells[h].count - mean);
            }
        }
        if (!solve(p)) {
            return false;
        }
        double decrement = 0;
        for (size_t t = 0; t < p->count; t++) {
            decrement += p->step[t] * p->gradient[t];
        }
        if (decrement < 1e-18 * fmax(1, people)) {
            return true;
        }
        double share = 1;
        for (int half = 0;; half++, share /= 2) {
            for (size_t t = 0; t < p->count; t++) {
                p->trial[t] = p->beta[t] + share * p->step[t];
            }
            double next = log_likelihood(p, p->trial);
            // So near the top Newton's own step is better than what rounding says of the height.
            if (next > value || decrement < 1e-4) {
                value = next;
                break;
            }
            if (half == MOST_HALVINGS) {
                return false;
            }
        }
        for (size_t t = 0; t < p->count; t++) {
            p->beta[t] = p->trial[t];
        }
    }
    return false;
}

inb_status inb_offset_fit_run(size_t list_count, const inb_cell *cells, const inb_list_set *terms,
    size_t count, inb_list_set pair, double log_ratio, inb_offset_fit *ret_fit, inb_error *err) {
    INB_CLEANUP(clear_problem)
    struct problem p = {
        .size = (size_t)1 << list_count, .cells = cells, .pair = pair, .log_ratio = log_ratio};
    inb_offset_fit fit = {.given = false};
    double people = 0;
    bool counted = true;
    for (size_t h = 1; h < p.size; h++) {
        counted = counted && cells[h].kind == INB_CELL_COUNTED;
        people += (double)cells[h].count;
    }
    if (counted && people > 0) {
        INB_TRY(make_problem(&p, count, err));
        retain(&p, terms, count);
        fit.given = p.count > 0 && p.terms[0] == 0 && start(&p) && climb(&p, people);
        fit.hidden = fit.given ? exp(p.beta[0]) : 0;
        fit.given = fit.given && isfinite(fit.hidden);
    }
    *ret_fit = fit;
    return INB_OK;
}
