// SPDX-License-Identifier: EUPL-1.2
// One interval over draws of the links: the replicates of every draw, chosen anew each, taken
// together.
#ifndef INB_4_COUNT_MIXTURE_H
#define INB_4_COUNT_MIXTURE_H

#include "bootstrap.h"

typedef struct inb_mixture_plan {
    size_t list_count;
    size_t table_count;            // groups
    size_t draw_count;             // K
    const inb_cell *const *tables; // [draw_count * table_count][1 << list_count]
    size_t replicates;             // of all draws together, at least K; the first draws get the
                                   // remainder of the division, one each
    bool parametric;               // replicates from the model chosen on the draw (resample.h)
    uint64_t seed; // replicate r of draw k of table t: stream 2^62 + t 2^40 + k 2^20 + r
    double level;
    const inb_chooser *chooser;
    const inb_spread *spread;
} inb_mixture_plan;

// What the draws say of one table, or of the sum of all. Variances are of log hidden.
typedef struct inb_mixture {
    bool given;      // false: fewer than two draws, or two replicates, have an estimate
    double estimate; // mean n_k + exp(mean over draws of log hidden)
    double low;      // quantiles of the pooled N = n_k + exp(log(N - n_k)): how many people a
    double high;     // draw has moves along with how many it leaves hidden
    double log_low;  // quantiles of the pooled log(N - n_k) alone
    double log_high;
    double observed;     // mean n_k
    double within;       // mean over draws of the variance of their replicates
    double between;      // variance of the draws' own estimates
    double total;        // within + (1 + 1/K) between
    double share;        // (1 + 1/K) between / total: how much of the uncertainty the links make
    size_t failed;       // replicates without a finite estimate, left out
    size_t draws_failed; // draws without one of their own
} inb_mixture;

enum { INB_MIXTURE_PER_DRAW_MOST = 1 << 20 };

// ret_tables[table_count], and *ret_total for the sum over the tables. The same bytes for any
// number of workers.
inb_status inb_mixture_run(const inb_mixture_plan *plan, inb_mixture *ret_tables,
    inb_mixture *ret_total, inb_error *err) INB_NODISCARD;

// From what was estimated: own[draw_count] N of each draw, replicates[] N of each replicate, those
// of draw k at first[k] .. first[k + 1] - 1, observed[draw_count]; NAN = none. replicates and
// scratch, as long, are overwritten.
inb_mixture inb_mixture_limits(const double *own, const double *observed, size_t draw_count,
    double *replicates, double *scratch, const size_t *first, double level);

#endif
