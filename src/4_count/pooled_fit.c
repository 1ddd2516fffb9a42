// SPDX-License-Identifier: EUPL-1.2
// Penalised Poisson likelihood by Newton's method. The information is an arrow: a small block for
// each group (its level and its effects) beside one for what all share, so a step costs the sum of
// the blocks (Breslow, Clayton 1993, doi:10.1080/01621459.1993.10594284). Variances of the effects:
// sum u^2 / (groups - sum of posterior variances / variance), the fixed point at which the Laplace
// approximation of the marginal likelihood is largest (MacKay 1992, doi:10.1162/neco.1992.4.3.415).

#include "pooled_fit.h"

#include "base/alloc.h"
#include "math/lattice.h"
#include "math/normal.h"
#include "math/poisson.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 100, MOST_HALVINGS = 50, MOST_ROUNDS = 300 };

static const double LEAST_VARIANCE = 1e-6; // less is no difference between groups
static const double MOST_VARIANCE = 100;
static const double FIRST_VARIANCE = 0.25;

static double *numbers(inb_arena *arena, size_t count, bool *failed) {
    double *result = inb_arena_get(arena, count, sizeof *result);
    *failed = *failed || result == NULL;
    return result;
}

static void room_to_factor(inb_arena *arena, size_t size, inb_factor *factor, bool *failed) {
    factor->size = size;
    factor->lower = numbers(arena, size * size, failed);
    factor->scale = numbers(arena, size, failed);
    factor->order = inb_arena_get(arena, size, sizeof *factor->order);
    *failed = *failed || factor->order == NULL;
}

inb_status inb_pooled_new(size_t lists, size_t groups, inb_pooled **ret_pooled, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_pooled *p = inb_arena_get(arena, 1, sizeof *p);
    size_t own = lists + 1;
    size_t size = (size_t)1 << lists;
    size_t shared = size; // lists and any set of interactions
    bool failed = p == NULL;
    if (!failed) {
        *p = (inb_pooled){.lists = lists, .size = size, .groups = groups, .most_shared = shared};
        p->cells = inb_arena_get(arena, groups, sizeof *p->cells);
        p->empty = inb_arena_get(arena, groups, sizeof *p->empty);
        p->factors = inb_arena_get(arena, groups, sizeof *p->factors);
        failed = p->cells == NULL || p->empty == NULL || p->factors == NULL;
    }
    if (!failed) {
        p->counts = numbers(arena, groups * size, &failed);
        p->variance = numbers(arena, lists, &failed);
        p->own = numbers(arena, groups * own, &failed);
        p->shared = numbers(arena, shared, &failed);
        p->means = numbers(arena, groups * size, &failed);
        p->spread = numbers(arena, lists, &failed);
        p->weights = numbers(arena, size, &failed);
        p->scores = numbers(arena, size, &failed);
        p->trial_own = numbers(arena, groups * own, &failed);
        p->trial_shared = numbers(arena, shared, &failed);
        p->step_own = numbers(arena, groups * own, &failed);
        p->step_shared = numbers(arena, shared, &failed);
        p->blocks = numbers(arena, groups * own * own, &failed);
        p->cross = numbers(arena, groups * own * shared, &failed);
        p->solved = numbers(arena, groups * own * shared, &failed);
        p->gradient = numbers(arena, groups * own, &failed);
        p->pull = numbers(arena, shared, &failed);
        p->schur = numbers(arena, shared * shared, &failed);
        p->inverse = numbers(arena, own * own, &failed);
        p->work = numbers(arena, own + shared, &failed);
        room_to_factor(arena, shared, &p->factor, &failed);
        for (size_t g = 0; g < groups; g++) {
            room_to_factor(arena, own, &p->factors[g], &failed);
        }
    }
    if (failed) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to pool groups");
    }
    p->arena = INB_TAKE(arena);
    *ret_pooled = p;
    return INB_OK;
}

void inb_pooled_freep(inb_pooled **pooled) {
    if (*pooled != NULL) {
        inb_arena_free((*pooled)->arena);
    }
    *pooled = NULL;
}

static size_t shared_count(const inb_pooled *p) {
    return p->lists + p->interaction_count;
}

// The set of lists of shared effect i.
static inb_list_set shared_set(const inb_pooled *p, size_t i) {
    return i < p->lists ? (inb_list_set)(1U << i) : p->interactions[i - p->lists];
}

// The set of lists of own effect i: the level, or one list.
static inb_list_set own_set(size_t i) {
    return i == 0 ? 0 : (inb_list_set)(1U << (i - 1));
}

void inb_pooled_start(inb_pooled *p) {
    size_t own = p->lists + 1;
    memset(p->own, 0, p->groups * own * sizeof *p->own);
    memset(p->shared, 0, shared_count(p) * sizeof *p->shared);
    for (size_t g = 0; g < p->groups; g++) {
        double people = 0;
        double cells = 0;
        for (size_t h = 1; h < p->size; h++) {
            bool counted = p->cells[g][h].kind == INB_CELL_COUNTED;
            people += counted ? p->counts[g * p->size + h] : 0;
            cells += counted;
        }
        p->empty[g] = !(people > 0);
        p->own[g * own] = log((people + 0.5) / (cells + 1));
    }
    for (size_t j = 0; j < p->lists; j++) {
        p->variance[j] = FIRST_VARIANCE;
    }
}

// Predictors of all cells of group g into out[size].
static void predict(const inb_pooled *p, const double *own, const double *shared, double *out) {
    memset(out, 0, p->size * sizeof *out);
    out[0] = own[0];
    for (size_t j = 0; j < p->lists; j++) {
        out[(size_t)1 << j] = own[j + 1] + shared[j];
    }
    for (size_t i = 0; i < p->interaction_count; i++) {
        out[p->interactions[i]] = shared[p->lists + i];
    }
    inb_subset_sums(out, p->lists);
}

// Log-likelihood, and weights and scores of group g at the means already in p->means.
static double weigh_group(inb_pooled *p, size_t g) {
    const double *counts = p->counts + g * p->size;
    const double *means = p->means + g * p->size;
    double sum = 0;
    for (size_t h = 0; h < p->size; h++) {
        inb_cell_kind kind = h == 0 ? INB_CELL_MISSING : p->cells[g][h].kind;
        p->weights[h] = 0;
        p->scores[h] = 0;
        if (kind == INB_CELL_COUNTED) {
            sum += counts[h] > 0 ? counts[h] * log(means[h]) - means[h] : -means[h];
            p->weights[h] = means[h];
            p->scores[h] = counts[h] - means[h];
        } else if (kind == INB_CELL_CENSORED) {
            inb_poisson_bounded bounded = inb_poisson_bound((double)p->cells[g][h].count, means[h]);
            sum += bounded.log_probability;
            p->weights[h] = fmax(means[h] - bounded.variance, 0);
            p->scores[h] = bounded.mean - means[h];
        }
    }
    return sum;
}

// Penalised log-likelihood at (own, shared), means with it; -INFINITY where it overflows.
static double evaluate(inb_pooled *p, const double *own, const double *shared) {
    double sum = 0;
    for (size_t g = 0; g < p->groups; g++) {
        const double *effects = own + g * (p->lists + 1);
        double *means = p->means + g * p->size;
        predict(p, effects, shared, means);
        for (size_t h = 0; h < p->size; h++) {
            means[h] = exp(means[h]);
            if (!isfinite(means[h]) || means[h] == 0) {
                return -INFINITY;
            }
        }
        if (p->empty[g]) {
            continue;
        }
        sum += weigh_group(p, g);
        for (size_t j = 0; j < p->lists; j++) {
            sum -= effects[j + 1] * effects[j + 1] / (2 * p->variance[j]);
        }
    }
    return isfinite(sum) ? sum : -INFINITY;
}

// Blocks, factors and gradients at the means in place.
static void normal_equations(inb_pooled *p) {
    size_t own = p->lists + 1;
    size_t shared = shared_count(p);
    memset(p->pull, 0, shared * sizeof *p->pull);
    memset(p->schur, 0, shared * shared * sizeof *p->schur);
    for (size_t g = 0; g < p->groups; g++) {
        if (p->empty[g]) {
            continue;
        }
        (void)weigh_group(p, g);
        inb_superset_sums(p->weights, p->lists);
        inb_superset_sums(p->scores, p->lists);
        double *block = p->blocks + g * own * own;
        double *cross = p->cross + g * own * p->most_shared;
        double *solved = p->solved + g * own * p->most_shared;
        double *gradient = p->gradient + g * own;
        const double *effects = p->own + g * own;
        for (size_t i = 0; i < own; i++) {
            gradient[i] = p->scores[own_set(i)];
            for (size_t j = 0; j < own; j++) {
                block[i * own + j] = p->weights[own_set(i) | own_set(j)];
            }
            if (i > 0) {
                gradient[i] -= effects[i] / p->variance[i - 1];
                block[i * own + i] += 1 / p->variance[i - 1];
            }
        }
        inb_factor_make(block, &p->factors[g]);
        for (size_t j = 0; j < shared; j++) {
            for (size_t i = 0; i < own; i++) {
                cross[j * own + i] = p->weights[own_set(i) | shared_set(p, j)];
            }
            inb_factor_solve(&p->factors[g], cross + j * own, solved + j * own, p->work);
            p->pull[j] += p->scores[shared_set(p, j)];
            for (size_t i = 0; i < own; i++) { // eliminated: less what the group's own take
                p->pull[j] -= solved[j * own + i] * gradient[i];
            }
            for (size_t i = 0; i <= j; i++) {
                double value = p->weights[shared_set(p, i) | shared_set(p, j)];
                for (size_t r = 0; r < own; r++) {
                    value -= cross[i * own + r] * solved[j * own + r];
                }
                p->schur[j * shared + i] += value;
            }
        }
    }
    p->factor.size = shared;
    inb_factor_make(p->schur, &p->factor);
}

// Newton's step into step_own and step_shared; its decrement.
static double find_step(inb_pooled *p) {
    size_t own = p->lists + 1;
    size_t shared = shared_count(p);
    inb_factor_solve(&p->factor, p->pull, p->step_shared, p->work);
    double decrement = 0;
    for (size_t j = 0; j < shared; j++) {
        decrement += p->pull[j] * p->step_shared[j];
    }
    for (size_t g = 0; g < p->groups; g++) {
        double *step = p->step_own + g * own;
        if (p->empty[g]) {
            memset(step, 0, own * sizeof *step);
            continue;
        }
        inb_factor_solve(&p->factors[g], p->gradient + g * own, step, p->work);
        const double *solved = p->solved + g * own * p->most_shared;
        for (size_t i = 0; i < own; i++) {
            decrement += p->gradient[g * own + i] * step[i];
            for (size_t j = 0; j < shared; j++) {
                step[i] -= solved[j * own + i] * p->step_shared[j];
            }
        }
    }
    return decrement;
}

// Sum over groups of the posterior variances of u_gj: diagonals of the inverse information.
static void find_spread(inb_pooled *p) {
    size_t own = p->lists + 1;
    size_t shared = shared_count(p);
    memset(p->spread, 0, p->lists * sizeof *p->spread);
    for (size_t g = 0; g < p->groups; g++) {
        for (size_t j = 0; j < p->lists; j++) {
            if (p->empty[g]) {
                p->spread[j] += p->variance[j];
                continue;
            }
            double *unit = p->work;
            memset(unit, 0, own * sizeof *unit);
            unit[j + 1] = 1;
            inb_factor_solve(&p->factors[g], unit, p->inverse, p->inverse + own);
            double variance = p->inverse[j + 1];
            const double *solved = p->solved + g * own * p->most_shared;
            for (size_t i = 0; i < shared; i++) {
                p->step_shared[i] = solved[i * own + j + 1];
            }
            inb_factor_solve(&p->factor, p->step_shared, p->trial_shared, p->work);
            for (size_t i = 0; i < shared; i++) {
                variance += p->step_shared[i] * p->trial_shared[i];
            }
            p->spread[j] += variance;
        }
    }
}

static double people(const inb_pooled *p) {
    double sum = 1;
    for (size_t i = 0; i < p->groups * p->size; i++) {
        sum += p->counts[i];
    }
    return sum;
}

bool inb_pooled_maximise(inb_pooled *p) {
    size_t all_own = p->groups * (p->lists + 1);
    size_t shared = shared_count(p);
    double total = people(p);
    p->value = evaluate(p, p->own, p->shared);
    for (int step = 0; step < MOST_STEPS && isfinite(p->value); step++) {
        normal_equations(p);
        double decrement = find_step(p);
        if (!(decrement > 1e-16 * total)) {
            find_spread(p);
            return decrement >= -1e-9 * total;
        }
        double length = 1;
        double next = -INFINITY;
        double slack = 1e-12 * (total + fabs(p->value));
        for (int halving = 0; halving < MOST_HALVINGS && !(next >= p->value - slack); halving++) {
            for (size_t i = 0; i < all_own; i++) {
                p->trial_own[i] = p->own[i] + length * p->step_own[i];
            }
            for (size_t i = 0; i < shared; i++) {
                p->trial_shared[i] = p->shared[i] + length * p->step_shared[i];
            }
            next = evaluate(p, p->trial_own, p->trial_shared);
            length /= 2;
        }
        if (!(next >= p->value - slack)) {
            break;
        }
        memcpy(p->own, p->trial_own, all_own * sizeof *p->own);
        memcpy(p->shared, p->trial_shared, shared * sizeof *p->shared);
        p->value = next;
    }
    return false;
}

bool inb_pooled_fit(inb_pooled *p) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (!inb_pooled_maximise(p)) {
            return false;
        }
        double change = 0;
        for (size_t j = 0; j < p->lists; j++) {
            double squares = 0;
            for (size_t g = 0; g < p->groups; g++) {
                double effect = p->own[g * (p->lists + 1) + j + 1];
                squares += effect * effect;
            }
            double known = (double)p->groups - p->spread[j] / p->variance[j];
            double next = known > 1e-9 ? squares / known : LEAST_VARIANCE;
            next = fmin(fmax(next, p->variance[j] / 8), p->variance[j] * 8);
            next = fmin(fmax(next, LEAST_VARIANCE), MOST_VARIANCE);
            change = fmax(change, fabs(log(next / p->variance[j])));
            p->variance[j] = next;
        }
        if (change < 1e-5) {
            return inb_pooled_maximise(p);
        }
    }
    return inb_pooled_maximise(p); // a variance that crawls to nothing: what it is by now will do
}

double inb_pooled_hidden(const inb_pooled *p, size_t g, const double *own, const double *shared) {
    double hidden = exp(own[0]);
    for (size_t h = 1; h < p->size; h++) {
        inb_cell_kind kind = p->cells[g][h].kind;
        if (kind != INB_CELL_MISSING && kind != INB_CELL_CENSORED) {
            continue;
        }
        double predictor = own[0];
        for (size_t j = 0; j < p->lists; j++) {
            predictor += (h >> j & 1) != 0 ? own[j + 1] + shared[j] : 0;
        }
        for (size_t i = 0; i < p->interaction_count; i++) {
            bool in = (h & p->interactions[i]) == p->interactions[i];
            predictor += in ? shared[p->lists + i] : 0;
        }
        hidden += kind == INB_CELL_MISSING
                      ? exp(predictor)
                      : inb_poisson_bound((double)p->cells[g][h].count, exp(predictor)).mean;
    }
    return hidden;
}

// x with (L L') x distributed as N(0, information): x = D L^-T z, from the factor as it is kept.
static void draw_from(const inb_factor *factor, inb_rng *rng, double *work, double *ret_x) {
    size_t size = factor->size;
    size_t rank = factor->rank;
    memset(ret_x, 0, size * sizeof *ret_x);
    for (size_t i = rank; i-- > 0;) {
        double value = inb_normal_quantile(inb_rng_uniform(rng));
        for (size_t r = i + 1; r < rank; r++) {
            value -= factor->lower[r * size + i] * work[r];
        }
        work[i] = value / factor->lower[i * size + i];
        ret_x[factor->order[i]] = work[i] * factor->scale[factor->order[i]];
    }
}

void inb_pooled_draw(inb_pooled *p, inb_rng *rng, double *ret_own, double *ret_shared) {
    size_t own = p->lists + 1;
    size_t shared = shared_count(p);
    draw_from(&p->factor, rng, p->work, p->step_shared);
    for (size_t i = 0; i < shared; i++) {
        ret_shared[i] = p->shared[i] + p->step_shared[i];
    }
    for (size_t g = 0; g < p->groups; g++) {
        double *effects = ret_own + g * own;
        if (p->empty[g]) {
            memcpy(effects, p->own + g * own, own * sizeof *effects);
            continue;
        }
        draw_from(&p->factors[g], rng, p->work, effects);
        const double *solved = p->solved + g * own * p->most_shared;
        for (size_t i = 0; i < own; i++) {
            effects[i] += p->own[g * own + i];
            for (size_t j = 0; j < shared; j++) {
                effects[i] -= solved[j * own + i] * p->step_shared[j];
            }
        }
    }
}

double inb_pooled_se(inb_pooled *p, size_t g) {
    size_t own = p->lists + 1;
    size_t shared = shared_count(p);
    double *unit = p->work;
    memset(unit, 0, own * sizeof *unit);
    unit[0] = 1;
    inb_factor_solve(&p->factors[g], unit, p->inverse, p->inverse + own);
    double variance = p->inverse[0];
    const double *solved = p->solved + g * own * p->most_shared;
    for (size_t i = 0; i < shared; i++) {
        p->step_shared[i] = solved[i * own];
    }
    inb_factor_solve(&p->factor, p->step_shared, p->trial_shared, p->work);
    for (size_t i = 0; i < shared; i++) {
        variance += p->step_shared[i] * p->trial_shared[i];
    }
    return sqrt(variance);
}
