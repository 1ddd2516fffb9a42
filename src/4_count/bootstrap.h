// SPDX-License-Identifier: EUPL-1.2
// Intervals that know the model was chosen: tables drawn anew from the table, the whole choice
// repeated on each, and Efron's BCa limits of what comes out.
#ifndef INB_4_COUNT_BOOTSTRAP_H
#define INB_4_COUNT_BOOTSTRAP_H

#include <inbeeld/count.h>
#include <inbeeld/spread.h>

// How a table becomes an estimate. A worker is used by one thread at a time.
typedef struct inb_chooser {
    const void *plan;
    inb_status (*make)(const void *plan, void **ret_worker, inb_error *err);
    void (*drop)(void *worker); // accepts NULL
    // N of a table that is drawn from table number `table`; NAN where it has none that is finite
    // and identified.
    inb_status (*estimate)(
        void *worker, size_t table, const inb_cell *cells, double *ret_estimate, inb_error *err);
    // The same, and in ret_means[1 << list_count] the people that the chosen model expects in every
    // cell (not filled where the estimate is NAN). NULL: this chooser has no such model.
    inb_status (*expect)(void *worker, size_t table, const inb_cell *cells, double *ret_means,
        double *ret_estimate, inb_error *err);
} inb_chooser;

typedef struct inb_bca {
    bool given; // false: fewer than two replicates have an estimate
    double low;
    double high;
    size_t failed; // replicates without a finite estimate, left out
    double bias;   // z0
    double acceleration;
    bool at_the_edge; // no replicate, or every one, lies below the estimate
    double beyond;    // replicates beyond the limit that has the fewest beyond it
} inb_bca;

typedef struct inb_bootstrap {
    size_t list_count;
    size_t table_count;
    const inb_cell *const *tables; // [table_count][1 << list_count]
    const double *estimates;       // [table_count], by the chooser on the tables themselves
    size_t replicates;
    uint64_t seed; // replicate r of table t is drawn from stream t * 2^40 + r
    double level;
    const inb_chooser *chooser;
    const inb_spread *spread;
    // NULL: replicates are drawn from the people seen. Else [table_count][1 << list_count], the
    // people expected in every cell, from which they are drawn, so that n varies (resample.h).
    const double *const *means;
    double *kept; // [replicates] or NULL: those of the only table that have an estimate, sorted
} inb_bootstrap;

// ret_tables[table_count], and *ret_total for the sum over the tables (replicate r of the sum is
// the sum of replicates r). The same bytes for any number of workers.
inb_status inb_bootstrap_run(const inb_bootstrap *bootstrap, inb_bca *ret_tables,
    inb_bca *ret_total, inb_error *err) INB_NODISCARD;

// One jackknife value: the estimate with one person less on a history that `weight` people have.
typedef struct inb_jackknife {
    double estimate; // NAN is left out
    double weight;
} inb_jackknife;

// BCa limits from replicates[count] (NAN and infinite ones are dropped and counted; the array is
// sorted) and jackknife[jackknife_count].
inb_bca inb_bca_limits(double *replicates, size_t count, double estimate,
    const inb_jackknife *jackknife, size_t jackknife_count, double level);

// Quantile of sorted[count] by Hyndman and Fan's definition 8; p in [0, 1], count > 0.
double inb_quantile_8(const double *sorted, size_t count, double p);

#endif
