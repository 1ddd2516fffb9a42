// SPDX-License-Identifier: EUPL-1.2
// A linker with known error rates, for simulations: it loses links of the records of each list at
// a rate that an audit of known pairs has measured, and draws what may have been true. Posterior by
// Gibbs sampling over which observed fragments belong together (Tanner, Wong 1987), with no model
// of dependence between lists put in: cell means have independent gamma priors.
#ifndef INB_BENCH_LINK_ERRORS_H
#define INB_BENCH_LINK_ERRORS_H

#include "math/binomial.h"
#include "math/normal.h"

#include <inbeeld/count.h>
#include <inbeeld/rng.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { LINK_LISTS = 4, LINK_CELLS = 1 << LINK_LISTS, LINK_WAYS = 96, LINK_SWEEPS = 25 };

// ---- draws from distributions ----

static inline double draw_normal(inb_rng *rng) {
    return inb_normal_quantile(inb_rng_uniform(rng));
}

// Gamma(shape, 1); Marsaglia, Tsang 2000.
static inline double draw_gamma(inb_rng *rng, double shape) {
    if (shape < 1) {
        return draw_gamma(rng, shape + 1) * pow(inb_rng_uniform(rng), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / sqrt(9 * d);
    for (;;) {
        double x = draw_normal(rng);
        double v = pow(1 + c * x, 3);
        if (v > 0 && log(inb_rng_uniform(rng)) < x * x / 2 + d - d * v + d * log(v)) {
            return d * v;
        }
    }
}

static inline double draw_beta(inb_rng *rng, double a, double b) {
    double x = draw_gamma(rng, a);
    double y = draw_gamma(rng, b);
    return x / (x + y);
}

// Poisson as a binomial of 10^12 chances: no simulation could tell.
static inline double draw_poisson(inb_rng *rng, double mean) {
    const double chances = 1e12;
    return (double)inb_binomial_draw(rng, (int64_t)chances, fmin(mean / chances, 1));
}

// ---- how a person's records can come apart ----

// A way of one history to be seen: `main` and, alone, each list of `single`.
typedef struct link_way {
    unsigned history;
    unsigned main;   // at least two lists, or 0
    unsigned single; // the others
} link_way;

typedef struct linker {
    size_t lists;
    size_t size;
    link_way ways[LINK_WAYS]; // those in which something is lost
    size_t way_count;
} linker;

static inline linker linker_of(size_t lists) {
    linker link = {.lists = lists, .size = (size_t)1 << lists};
    for (unsigned h = 1; h < link.size; h++) {
        for (unsigned main = h; h != (h & -h); main = (main - 1) & h) {
            bool whole = main == h;
            bool alone = main != 0 && main == (main & -main); // is counted as no main at all
            if (!whole && !alone) {
                link.ways[link.way_count++] = (link_way){h, main, h & ~main};
            }
            if (main == 0) {
                break;
            }
        }
    }
    return link;
}

// Probability that the records of `history` come apart into main and singles when a record of list
// j is lost with probability lost[j].
static inline double way_chance(const linker *link, const link_way *way, const double *lost) {
    double all = 1;
    for (size_t j = 0; j < link->lists; j++) {
        if ((way->history >> j & 1) != 0) {
            all *= (way->single >> j & 1) != 0 ? lost[j] : 1 - lost[j];
        }
    }
    if (way->main != 0) {
        return all;
    }
    double sum = all; // all lost, or all but one
    for (size_t j = 0; j < link->lists; j++) {
        if ((way->history >> j & 1) != 0) {
            sum += all / lost[j] * (1 - lost[j]);
        }
    }
    return sum;
}

// What is observed of true[size].
static inline void link_observe(const linker *link, const double *lost, const inb_cell *truth,
    inb_rng *rng, inb_cell *ret_seen) {
    int64_t left[LINK_CELLS];
    double room[LINK_CELLS];
    memcpy(ret_seen, truth, link->size * sizeof *ret_seen);
    for (size_t h = 0; h < link->size; h++) {
        left[h] = truth[h].count;
        room[h] = 1;
    }
    for (size_t w = 0; w < link->way_count; w++) {
        const link_way *way = &link->ways[w];
        double chance = way_chance(link, way, lost);
        int64_t count =
            inb_binomial_draw(rng, left[way->history], fmin(chance / room[way->history], 1));
        left[way->history] -= count;
        room[way->history] -= chance;
        ret_seen[way->history].count -= count;
        ret_seen[way->main].count += way->main != 0 ? count : 0;
        for (size_t j = 0; j < link->lists; j++) {
            ret_seen[1U << j].count += (way->single >> j & 1) != 0 ? count : 0;
        }
    }
}

// ---- what may have been true ----

struct link_state {
    double whole[LINK_CELLS]; // people seen as they are
    double split[LINK_WAYS];
    double mean[LINK_CELLS];
};

static inline double log_factorial_of(double x) {
    int sign;
    return lgamma_r(x + 1, &sign);
}

// One update of how many people came apart in way w.
static inline void link_step(
    const linker *link, size_t w, const double *lost, inb_rng *rng, struct link_state *state) {
    const link_way *way = &link->ways[w];
    size_t parts[LINK_LISTS + 1];
    size_t count = 0;
    if (way->main != 0) {
        parts[count++] = way->main;
    }
    for (size_t j = 0; j < link->lists; j++) {
        if ((way->single >> j & 1) != 0) {
            parts[count++] = (size_t)1 << j;
        }
    }
    double now = state->split[w];
    double mean = state->mean[way->history] * way_chance(link, way, lost);
    double open[LINK_LISTS + 1]; // people seen as part i who may be of this way
    double most = INFINITY;
    for (size_t i = 0; i < count; i++) {
        double stays = state->mean[parts[i]];
        for (size_t v = 0; v < link->way_count; v++) { // mean of those seen as they are
            if (link->ways[v].history == parts[i]) {
                stays -= state->mean[parts[i]] * way_chance(link, &link->ways[v], lost);
            }
        }
        open[i] = state->whole[parts[i]] + now;
        mean /= stays;
        most = fmin(most, open[i]);
    }
    if (!(most > 0)) {
        return;
    }
    // Proposed around the mode, where x = mean * product of (open - x); by bisection.
    double low = 0;
    double high = most;
    for (int i = 0; i < 50; i++) {
        double middle = (low + high) / 2;
        double value = mean;
        for (size_t j = 0; j < count; j++) {
            value *= open[j] - middle;
        }
        low = value > middle ? middle : low;
        high = value > middle ? high : middle;
    }
    double mode = fmax(low, 1e-3);
    double next = draw_poisson(rng, mode);
    if (next > most) {
        return;
    }
    double ratio = (next - now) * log(mean / mode);
    for (size_t i = 0; i < count; i++) {
        ratio += log_factorial_of(open[i] - now) - log_factorial_of(open[i] - next);
    }
    if (log(inb_rng_uniform(rng)) < ratio) {
        state->split[w] = next;
        for (size_t i = 0; i < count; i++) {
            state->whole[parts[i]] += now - next;
        }
    }
}

// One draw of the true table, given what was seen and how often each list loses its links.
static inline void link_draw(const linker *link, const double *lost, const inb_cell *seen,
    inb_rng *rng, inb_cell *ret_truth) {
    struct link_state state = {{0}, {0}, {0}};
    for (size_t h = 1; h < link->size; h++) {
        state.whole[h] = (double)seen[h].count;
        state.mean[h] = (double)seen[h].count + 0.5;
    }
    double truth[LINK_CELLS];
    for (int sweep = 0; sweep < LINK_SWEEPS; sweep++) {
        for (size_t w = 0; w < link->way_count; w++) {
            link_step(link, w, lost, rng, &state);
        }
        memcpy(truth, state.whole, sizeof truth);
        for (size_t w = 0; w < link->way_count; w++) {
            truth[link->ways[w].history] += state.split[w];
        }
        for (size_t h = 1; h < link->size; h++) {
            state.mean[h] = draw_gamma(rng, truth[h] + 1e-3);
        }
    }
    memcpy(ret_truth, seen, link->size * sizeof *ret_truth);
    for (size_t h = 1; h < link->size; h++) {
        ret_truth[h].count = (int64_t)truth[h];
    }
}

#endif
