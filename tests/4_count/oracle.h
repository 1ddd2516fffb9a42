// SPDX-License-Identifier: EUPL-1.2
// Second ways to what station 4 computes, slow and plain: iterative proportional fitting instead of
// Newton, Fourier-Motzkin elimination instead of a linear program, ranks modulo a prime instead of
// floating point, stepwise selection put together from those. Shares no code with the program.
#ifndef INB_TEST_ORACLE_H
#define INB_TEST_ORACLE_H

#include "base/alloc.h"

#include <inbeeld/rng.h>

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ORACLE_LISTS = 6, ORACLE_CELLS = 1 << ORACLE_LISTS, ORACLE_TERMS = ORACLE_CELLS };

// ---- a model's cells and terms, by the definition ----

typedef struct oracle {
    size_t lists;
    size_t size;
    double counts[ORACLE_CELLS];
    bool known[ORACLE_CELLS]; // false: not part of the fit; never cell 0
    bool keep[ORACLE_CELLS];
    unsigned terms[ORACLE_TERMS];
    size_t term_count;
} oracle;

static inline void oracle_retain(oracle *o, const unsigned *terms, size_t count) {
    o->term_count = 0;
    for (size_t h = 0; h < o->size; h++) {
        o->keep[h] = h > 0 && o->known[h];
    }
    for (size_t i = 0; i < count; i++) {
        double margin = 0;
        for (size_t h = 1; h < o->size; h++) {
            margin += o->known[h] && (h & terms[i]) == terms[i] ? o->counts[h] : 0;
        }
        if (margin > 0) {
            o->terms[o->term_count++] = terms[i];
        } else {
            for (size_t h = 1; h < o->size; h++) {
                o->keep[h] = o->keep[h] && (h & terms[i]) != terms[i];
            }
        }
    }
}

// ---- rank, exactly enough: modulo 2^31 - 1 ----

static inline int64_t oracle_power(int64_t base, int64_t exponent, int64_t prime) {
    int64_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        result = (exponent & 1) != 0 ? result * base % prime : result;
        base = base * base % prime;
    }
    return result;
}

static inline size_t oracle_rank(const oracle *o) {
    static int64_t m[ORACLE_CELLS][ORACLE_TERMS];
    const int64_t prime = 2147483647;
    size_t rows = 0;
    for (size_t h = 1; h < o->size; h++) {
        if (o->keep[h]) {
            for (size_t j = 0; j < o->term_count; j++) {
                m[rows][j] = (o->terms[j] & h) == o->terms[j];
            }
            rows++;
        }
    }
    size_t rank = 0;
    for (size_t c = 0; c < o->term_count && rank < rows; c++) {
        size_t pivot = rank;
        while (pivot < rows && m[pivot][c] == 0) {
            pivot++;
        }
        if (pivot == rows) {
            continue;
        }
        for (size_t j = 0; j < o->term_count; j++) {
            int64_t kept = m[pivot][j];
            m[pivot][j] = m[rank][j];
            m[rank][j] = kept;
        }
        int64_t inverse = oracle_power(m[rank][c], prime - 2, prime);
        for (size_t i = rank + 1; i < rows; i++) {
            int64_t factor = m[i][c] * inverse % prime;
            for (size_t j = c; j < o->term_count; j++) {
                m[i][j] = ((m[i][j] - factor * m[rank][j]) % prime + prime) % prime;
            }
        }
        rank++;
    }
    return rank;
}

// ---- existence: is there a direction b with A b = 0 where people are and A b <= 0, somewhere < 0,
// ---- where nobody is? By Fourier-Motzkin elimination.

enum { ORACLE_MOST_ROWS = 50000 };

// Rows of a x >= right (the last column), `columns` unknowns. Feasible?
static inline bool oracle_feasible(double *rows, size_t count, size_t columns) {
    size_t width = columns + 1;
    for (size_t c = columns; c-- > 0;) {
        double *next = inb_alloc(ORACLE_MOST_ROWS * width, sizeof *next);
        size_t made = 0;
        for (size_t i = 0; i < count; i++) {
            if (fabs(rows[i * width + c]) < 1e-9) {
                memcpy(next + made++ * width, rows + i * width, width * sizeof *next);
            }
        }
        for (size_t i = 0; i < count; i++) {
            for (size_t j = 0; rows[i * width + c] > 1e-9 && j < count; j++) {
                if (rows[j * width + c] > -1e-9 || made == ORACLE_MOST_ROWS) {
                    continue;
                }
                double *row = next + made * width;
                double largest = 0;
                for (size_t k = 0; k < width; k++) {
                    row[k] = rows[i * width + k] / rows[i * width + c] -
                             rows[j * width + k] / rows[j * width + c];
                    row[k] = fabs(row[k]) < 1e-9 ? 0 : row[k];
                    largest = fabs(row[k]) > largest ? fabs(row[k]) : largest;
                }
                for (size_t k = 0; largest > 0 && k < width; k++) {
                    row[k] /= largest;
                }
                bool twice = largest == 0;
                for (size_t p = 0; !twice && p < made; p++) {
                    bool same = true;
                    for (size_t k = 0; same && k < width; k++) {
                        same = fabs(next[p * width + k] - row[k]) < 1e-9;
                    }
                    twice = same;
                }
                made += !twice;
            }
        }
        memcpy(rows, next, made * width * sizeof *next);
        inb_free(next);
        count = made;
    }
    for (size_t i = 0; i < count; i++) {
        if (rows[i * width + columns] > 1e-9) { // 0 >= positive
            return false;
        }
    }
    return true;
}

static inline bool oracle_exists(const oracle *o) {
    size_t p = o->term_count;
    // Null space of the rows with people: reduced echelon form by Gauss-Jordan.
    static double m[ORACLE_CELLS][ORACLE_TERMS];
    size_t rows = 0;
    for (size_t h = 1; h < o->size; h++) {
        if (o->keep[h] && o->counts[h] > 0) {
            for (size_t j = 0; j < p; j++) {
                m[rows][j] = (o->terms[j] & h) == o->terms[j] ? 1 : 0;
            }
            rows++;
        }
    }
    bool is_pivot[ORACLE_TERMS] = {false};
    size_t pivot_row[ORACLE_TERMS] = {0};
    size_t rank = 0;
    for (size_t c = 0; c < p && rank < rows; c++) {
        size_t best = rank;
        for (size_t i = rank; i < rows; i++) {
            best = fabs(m[i][c]) > fabs(m[best][c]) ? i : best;
        }
        if (fabs(m[best][c]) < 1e-9) {
            continue;
        }
        for (size_t j = 0; j < p; j++) {
            double kept = m[best][j];
            m[best][j] = m[rank][j];
            m[rank][j] = kept;
        }
        double value = m[rank][c];
        for (size_t j = 0; j < p; j++) {
            m[rank][j] /= value;
        }
        for (size_t i = 0; i < rows; i++) {
            double factor = m[i][c];
            for (size_t j = 0; i != rank && j < p; j++) {
                m[i][j] -= factor * m[rank][j];
            }
        }
        is_pivot[c] = true;
        pivot_row[c] = rank++;
    }
    size_t freedom[ORACLE_TERMS];
    size_t d = 0;
    for (size_t c = 0; c < p; c++) {
        if (!is_pivot[c]) {
            freedom[d++] = c;
        }
    }
    // Inequalities -a b >= 0 per zero cell, and their sum >= 1.
    double *system = inb_alloc(ORACLE_MOST_ROWS * (d + 1), sizeof *system);
    size_t made = 0;
    double sum[ORACLE_TERMS] = {0};
    for (size_t h = 1; h < o->size; h++) {
        if (!o->keep[h] || o->counts[h] > 0) {
            continue;
        }
        for (size_t f = 0; f < d; f++) {
            double value = 0; // of the cell's row along free direction f
            for (size_t j = 0; j < p; j++) {
                double direction = j == freedom[f] ? 1
                                   : is_pivot[j]   ? -m[pivot_row[j]][freedom[f]]
                                                   : 0;
                value += (o->terms[j] & h) == o->terms[j] ? direction : 0;
            }
            system[made * (d + 1) + f] = -value;
            sum[f] -= value;
        }
        made++;
    }
    memcpy(system + made * (d + 1), sum, d * sizeof *sum);
    system[made * (d + 1) + d] = 1;
    bool direction_found = oracle_feasible(system, made + 1, d);
    inb_free(system);
    return !direction_found;
}

static inline int oracle_status(oracle *o, const unsigned *terms, size_t count) {
    oracle_retain(o, terms, count);
    return (oracle_exists(o) ? 0 : 1) + (oracle_rank(o) < o->term_count ? 2 : 0);
}

// ---- fitting by iterative proportional fitting ----

// Means of all cells, unknown ones too, under the hierarchy terms[count]; status must be 0. The
// factors of a margin are applied to every cell of it, so cells outside the fit follow the model.
static inline void oracle_fit(oracle *o, const unsigned *terms, size_t count, double *means) {
    oracle_retain(o, terms, count);
    unsigned maximal[ORACLE_TERMS];
    size_t maximal_count = 0;
    for (size_t i = 0; i < o->term_count; i++) {
        bool covered = false;
        for (size_t j = 0; j < o->term_count; j++) {
            covered = covered || (i != j && (o->terms[i] & o->terms[j]) == o->terms[i]);
        }
        if (!covered) {
            maximal[maximal_count++] = o->terms[i];
        }
    }
    for (size_t h = 0; h < o->size; h++) {
        means[h] = 1;
    }
    for (int sweep = 0; sweep < 200000; sweep++) {
        double change = 0;
        for (size_t i = 0; i < maximal_count; i++) {
            for (unsigned part = maximal[i];; part = (part - 1) & maximal[i]) {
                double observed = 0;
                double fitted = 0;
                for (size_t h = 1; h < o->size; h++) {
                    if (o->keep[h] && (h & maximal[i]) == part) {
                        observed += o->counts[h];
                        fitted += means[h];
                    }
                }
                if (fitted > 0 && observed > 0) {
                    double factor = observed / fitted;
                    change = fmax(change, fabs(log(factor)));
                    for (size_t h = 0; h < o->size; h++) {
                        means[h] *= (h & maximal[i]) == part ? factor : 1;
                    }
                } else if (fitted > 1e-300) { // an empty slice: its cells go to zero
                    for (size_t h = 1; h < o->size; h++) {
                        if (o->keep[h] && (h & maximal[i]) == part) {
                            means[h] = 0;
                        }
                    }
                }
                if (part == 0) {
                    break;
                }
            }
        }
        if (change < 1e-13) {
            return;
        }
    }
}

// ---- tables ----

// A draw from Poisson(mean), by counting exponential gaps (small means) or in pieces.
static inline int64_t oracle_poisson(inb_rng *rng, double mean) {
    int64_t total = 0;
    while (mean > 20) {
        total += oracle_poisson(rng, 20);
        mean -= 20;
    }
    double product = 1;
    for (int64_t x = 0;; x++) {
        product *= inb_rng_uniform(rng);
        if (product < exp(-mean)) {
            return total + x;
        }
    }
}

#endif
