// SPDX-License-Identifier: EUPL-1.2
// A Bayesian latent class model: people are of up to ten kinds, lists are independent within a kind
// (Manrique-Vallier 2016, doi:10.1111/biom.12502): stick-breaking weights of a truncated Dirichlet
// process, K = 10, concentration ~ Gamma(1/4, 1/4), probabilities uniform, N with prior 1 / N.
// Sampled by tempered chains, which say whether they have come to the same answer.
#ifndef INB_4_COUNT_LATENT_CLASS_H
#define INB_4_COUNT_LATENT_CLASS_H

#include <inbeeld/count.h>
#include <inbeeld/spread.h>

enum { INB_LATENT_CLASSES = 10, INB_LATENT_CHAINS = 4 };

typedef struct inb_latent_options {
    double level; // of the interval
    uint64_t seed;
    size_t least_sweeps; // of each chain before convergence is asked, >= 64
    size_t most_sweeps;  // doubled up to this
    const inb_spread *spread;
    double *sample; // [sample_count] N at evenly spaced quantiles, or NULL with 0
    size_t sample_count;
} inb_latent_options;

typedef struct inb_latent_class {
    bool converged; // R-hat of log(N - n) <= 1.05, bulk and tail effective draws >= 400
    double median;  // N
    double low;
    double high;
    double r_hat;
    double ess_bulk;
    double ess_tail;
    size_t sweeps; // of each chain, the first half thrown away
    size_t draws;  // kept, of all chains
    double swap_rate;
    size_t mode_count;
    inb_mode modes[INB_MODES_MOST]; // of the density of log(N - n), heaviest first
    double least[INB_MODES_MOST];   // a mode's share in the chain where it is smallest
    double most[INB_MODES_MOST];    // and largest: chains that travel between modes agree
} inb_latent_class;

// counts[1 << list_count], counts[0] ignored; somebody observed; at most 10^9 people. The same
// bytes for any number of workers. Cost of a sweep: about 25 tempered tables times (cells times
// classes).
inb_status inb_latent_class_run(const int64_t *counts, size_t list_count,
    const inb_latent_options *options, inb_latent_class *ret_result, inb_error *err) INB_NODISCARD;

#endif
