// SPDX-License-Identifier: EUPL-1.2
// A long chain over the posterior of the groups model, the second way to what pooled_fit.c
// computes: Metropolis (1953) one effect at a time, with moves along the directions in which
// effects trade off, straight from the formula. Shares no code with the program but its random
// numbers.
#ifndef INB_TEST_CHAIN_H
#define INB_TEST_CHAIN_H

#include <inbeeld/count.h>
#include <inbeeld/rng.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHAIN_GROUPS = 8, CHAIN_LISTS = 4, CHAIN_PAIRS = 6 };

typedef struct chain {
    size_t lists;
    size_t groups;
    size_t pairs;
    unsigned pair[CHAIN_PAIRS];
    const inb_cell *cells[CHAIN_GROUPS];
    double sd[CHAIN_LISTS]; // of the effects, given
    double level[CHAIN_GROUPS];
    double effect[CHAIN_GROUPS][CHAIN_LISTS];
    double list[CHAIN_LISTS];
    double with[CHAIN_PAIRS];
    inb_rng rng;
} chain;

// What a chain found.
typedef struct chain_result {
    double level[CHAIN_GROUPS];    // mean of the log of those on no list
    double level_sd[CHAIN_GROUPS]; // its standard deviation
    double squares[CHAIN_LISTS];   // mean over the chain of the mean over groups of effect^2
} chain_result;

static inline double chain_log_bounded(double bound, double mean) {
    double term = exp(-mean);
    double sum = term;
    for (double x = 1; x <= bound; x++) {
        term *= mean / x;
        sum += term;
    }
    return log(sum);
}

static inline double chain_log_group(const chain *c, size_t g) {
    double sum = 0;
    for (size_t h = 1; h < (size_t)1 << c->lists; h++) {
        const inb_cell *cell = &c->cells[g][h];
        if (cell->kind != INB_CELL_COUNTED && cell->kind != INB_CELL_CENSORED) {
            continue;
        }
        double x = c->level[g];
        for (size_t j = 0; j < c->lists; j++) {
            x += (h >> j & 1) != 0 ? c->list[j] + c->effect[g][j] : 0;
        }
        for (size_t i = 0; i < c->pairs; i++) {
            x += (h & c->pair[i]) == c->pair[i] ? c->with[i] : 0;
        }
        sum += cell->kind == INB_CELL_CENSORED ? chain_log_bounded((double)cell->count, exp(x))
                                               : (double)cell->count * x - exp(x);
    }
    for (size_t j = 0; j < c->lists; j++) {
        sum -= c->effect[g][j] * c->effect[g][j] / (2 * c->sd[j] * c->sd[j]);
    }
    return sum;
}

// A step of size `scale` of up to one level, list or pair and of effects; true where it was taken.
static inline bool chain_try(
    chain *c, double *a, double scale, size_t from, size_t to, size_t list, double back) {
    double before = 0;
    double after = 0;
    double step = scale * (2 * inb_rng_uniform(&c->rng) - 1);
    for (size_t g = from; g < to; g++) {
        before += chain_log_group(c, g);
    }
    *a += step;
    for (size_t g = from; g < to && back != 0; g++) {
        for (size_t j = 0; j < c->lists; j++) {
            c->effect[g][j] += list == SIZE_MAX || list == j ? back * step : 0;
        }
    }
    for (size_t g = from; g < to; g++) {
        after += chain_log_group(c, g);
    }
    if (log(inb_rng_uniform(&c->rng)) < after - before) {
        return true;
    }
    *a -= step;
    for (size_t g = from; g < to && back != 0; g++) {
        for (size_t j = 0; j < c->lists; j++) {
            c->effect[g][j] -= list == SIZE_MAX || list == j ? back * step : 0;
        }
    }
    return false;
}

// Widens or narrows a step while the chain warms up: about 40 % are to be taken.
static inline void chain_tune(double *scale, bool taken, bool warming) {
    *scale *= !warming ? 1 : taken ? 1.03 : 0.98;
}

static inline chain_result chain_run(chain *c, size_t sweeps) {
    static double scales[CHAIN_GROUPS * (CHAIN_LISTS + 2) + 2 * CHAIN_LISTS + CHAIN_PAIRS];
    chain_result r;
    double squares[CHAIN_GROUPS] = {0};
    memset(&r, 0, sizeof r);
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        scales[i] = 0.3;
    }
    for (size_t sweep = 0; sweep < sweeps + sweeps / 5; sweep++) {
        bool warming = sweep < sweeps / 5;
        size_t at = 0;
        for (size_t g = 0; g < c->groups; g++) {
            chain_tune(&scales[at], chain_try(c, &c->level[g], scales[at], g, g + 1, SIZE_MAX, 0),
                warming);
            at++;
            chain_tune(&scales[at], chain_try(c, &c->level[g], scales[at], g, g + 1, SIZE_MAX, -1),
                warming);
            at++;
            for (size_t j = 0; j < c->lists; j++, at++) {
                chain_tune(&scales[at], chain_try(c, &c->effect[g][j], scales[at], g, g + 1, 0, 0),
                    warming);
            }
        }
        for (size_t j = 0; j < c->lists; j++) {
            chain_tune(
                &scales[at], chain_try(c, &c->list[j], scales[at], 0, c->groups, j, 0), warming);
            at++;
            chain_tune(
                &scales[at], chain_try(c, &c->list[j], scales[at], 0, c->groups, j, -1), warming);
            at++;
        }
        for (size_t i = 0; i < c->pairs; i++, at++) {
            chain_tune(
                &scales[at], chain_try(c, &c->with[i], scales[at], 0, c->groups, 0, 0), warming);
        }
        for (size_t g = 0; !warming && g < c->groups; g++) {
            r.level[g] += c->level[g] / (double)sweeps;
            squares[g] += c->level[g] * c->level[g] / (double)sweeps;
            for (size_t j = 0; j < c->lists; j++) {
                r.squares[j] += c->effect[g][j] * c->effect[g][j] / (double)(sweeps * c->groups);
            }
        }
    }
    for (size_t g = 0; g < c->groups; g++) {
        r.level_sd[g] = sqrt(squares[g] - r.level[g] * r.level[g]);
    }
    return r;
}

#endif
