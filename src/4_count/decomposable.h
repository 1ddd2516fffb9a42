// SPDX-License-Identifier: EUPL-1.2
// Bayesian averaging over all decomposable graphs of dependence between the lists (Madigan and York
// 1997, doi:10.1093/biomet/84.1.19): hyper-Dirichlet prior with delta * 2^(k - |C|) in each cell of
// a clique C, all graphs equally likely, prior 1 / N for the number of unseen people, N0 = 1 .. M.
// The complete graph says nothing of N0 beyond its prior, so it is left out by default and the
// weight that it would have had is told; M is doubled until the limits move less than 0.1 %.
#ifndef INB_4_COUNT_DECOMPOSABLE_H
#define INB_4_COUNT_DECOMPOSABLE_H

#include <inbeeld/count.h>

typedef struct inb_decomposable_options {
    double delta;   // > 0; 0 = 2^-k
    double level;   // of the interval
    bool parity;    // as the R package dga: M = 10 n, the complete graph included, no doubling
    int64_t most;   // M is not doubled beyond this (parity: ignored); 0 = 4,000,000
    double *sample; // [sample_count] N at the quantiles (i + 1/2) / sample_count, or NULL with 0
    size_t sample_count;
} inb_decomposable_options;

typedef struct inb_decomposable {
    double median; // N: first whose cumulative posterior reaches the quantile
    double low;
    double high;
    int64_t grid;           // M at the end
    bool converged;         // the limits no longer move
    size_t graph_count;     // graphs averaged over
    double complete_weight; // of the complete graph, had it been included
    uint32_t best_edges;    // the likeliest graph, bits as inb_edge(a, b)
    double best_weight;
} inb_decomposable;

// counts[1 << list_count], counts[0] ignored; 2 to INB_CHORDAL_MOST lists; all cells counted.
// INB_RANGE where there are more lists or nobody. Cost: graphs that matter times M.
inb_status inb_decomposable_run(const int64_t *counts, size_t list_count,
    const inb_decomposable_options *options, inb_decomposable *ret_result,
    inb_error *err) INB_NODISCARD;

#endif
