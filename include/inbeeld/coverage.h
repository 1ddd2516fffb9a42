// SPDX-License-Identifier: EUPL-1.2
// How often the intervals of an estimate cover the truth, on tables like the one at hand: truths
// are built from it, tables drawn from each, and the whole procedure, choice of the model included,
// is repeated on every one (as Chan, Silverman, Vincent 2021 did for one table,
// doi:10.1080/01621459.2019.1708748).
#ifndef INBEELD_COVERAGE_H
#define INBEELD_COVERAGE_H

#include <inbeeld/count.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum inb_truth {
    INB_TRUTH_FITTED = 0,    // the model that the method chose
    INB_TRUTH_PAIR,          // the same with the pair of lists that it came closest to taking in
    INB_TRUTH_HETEROGENEITY, // the same, but half of the people are seen more easily than the rest
    INB_TRUTH_THREE,         // the same with three lists that depend on each other together
    INB_TRUTH_COUNT
} inb_truth;

// "fitted", "omitted_pair", "heterogeneity", "omitted_three_way"; static.
const char *inb_truth_name(inb_truth truth);

typedef struct inb_coverage_options {
    size_t tables;     // drawn from each truth, 1 .. INB_REPLICATES_MOST
    size_t replicates; // of each table, for the bca interval; 0 = none, else at least 2
    const char
        *model;       // around which the truths are built, "AxB,BxC"; NULL: what the method chooses
    bool fitted_only; // INB_TRUTH_FITTED alone
} inb_coverage_options;

#define INB_COVERAGE_OPTIONS_INIT                                                                  \
    { 500, 200, NULL, false }

enum { INB_COVERAGE_KINDS = 3 };

typedef struct inb_coverage_interval {
    inb_interval_kind kind; // INB_INTERVAL_MODEL, _PROFILE or _BCA
    size_t given;           // tables that have this interval
    size_t covered;         // of them hold the truth; a table without an interval does not
    double share;           // covered / tables
    double se;              // Monte Carlo error of the share
    double width;           // median over the tables given, as a share of the truth
} inb_coverage_interval;

typedef struct inb_coverage_truth {
    inb_truth truth;
    bool given;         // false: no such truth can be built on this table
    double people;      // N
    inb_list_set added; // INB_TRUTH_PAIR and _THREE: the lists that depend on each other; else 0
    size_t without;     // tables without a finite, identified estimate
    double error;       // median of the estimates with one, relative to N
    inb_coverage_interval intervals[INB_COVERAGE_KINDS];
} inb_coverage_truth;

typedef struct inb_coverage {
    inb_coverage_options options;
    double level;
    inb_coverage_truth truths[INB_TRUTH_COUNT];
} inb_coverage;

// Whether the study goes with these options and groups (INB_USAGE where not): to be asked before
// anything long is begun. inb_coverage_run asks it too.
inb_status inb_coverage_check(const inb_histories *histories, const inb_estimate_options *options,
    const inb_coverage_options *study, inb_error *err) INB_NODISCARD;

// Studies the method of `options` on one table (histories without groups, else INB_USAGE; so are
// methods that choose no model). Same seed, same answer, for any number of threads. Where the table
// itself carries no estimate no truth is given.
inb_status inb_coverage_run(const inb_histories *histories, const inb_estimate_options *options,
    const inb_coverage_options *study, inb_coverage *ret_coverage, inb_error *err) INB_NODISCARD;

// {"tables":…,"replicates":…,"truths":[…]}.
void inb_coverage_json(
    const inb_coverage *coverage, const inb_histories *histories, inb_buffer *out);

// The same as a table in English.
void inb_coverage_text(
    const inb_coverage *coverage, const inb_histories *histories, inb_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
