// SPDX-License-Identifier: EUPL-1.2
// Station 4, count: how many remain hidden, from the overlaps between lists (multiple systems
// estimation). A table of capture histories goes in, one estimate with its model, interval and
// caveats comes out. Log-linear models: Fienberg 1972 (doi:10.1093/biomet/59.3.591); existence and
// stepwise selection: Chan, Silverman, Vincent 2021 (doi:10.1080/01621459.2019.1708748).
//
// Histories and estimates are confidential until they have passed station 5.
#ifndef INBEELD_COUNT_H
#define INBEELD_COUNT_H

#include <inbeeld/arena.h>
#include <inbeeld/buffer.h>
#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_LISTS_LEAST = 2, INB_LISTS_MOST = 10 };

// A set of lists: bit j stands for list j, in the order of the columns. Names a capture history
// (the lists that a person is on) and a term of a model (the lists that interact; 0 = intercept).
typedef uint16_t inb_list_set;

// Something that the reader has to know about the figures. Both texts are owned by what holds it.
typedef struct inb_warning {
    const char *code; // stable, for programs: "nested_lists"
    const char *text; // one sentence, English
} inb_warning;

// ---- the table ----

typedef enum inb_cell_kind {
    INB_CELL_COUNTED = 0, // `count` people; an absent history is counted, with 0
    INB_CELL_CENSORED,    // at most `count` people
    INB_CELL_MISSING,     // not known; `count` is 0
    INB_CELL_STRUCTURAL   // cannot occur; `count` is 0
} inb_cell_kind;

typedef struct inb_cell {
    int64_t count;
    inb_cell_kind kind;
} inb_cell;

// The people of one group. cells[h] is history h, [1 << list_count]; cells[0], nobody's list, is
// always missing.
typedef struct inb_history_group {
    const char **values; // [group_column_count], NULL where the file leaves it empty
    inb_cell *cells;
    int64_t observed; // sum of the counted cells
} inb_history_group;

typedef struct inb_histories {
    inb_arena *arena; // owns everything below
    const char *name; // of the file
    size_t list_count;
    const char **lists; // [list_count]
    size_t group_column_count;
    const char **group_columns;
    size_t group_count; // at least 1; exactly 1 where no group column was named
    inb_history_group *groups;
    inb_history_group pooled; // sum over the groups; pooled.values is NULL
    bool has_pooled; // false where a history is counted in one group and censored or missing in
                     // another
    size_t rows;     // data rows read
    size_t warning_count;
    inb_warning *warnings;
} inb_histories;

// Reads HISTORIES.csv. group_columns[0..group_column_count): columns that split the table (may be
// NULL with 0). Fails with "file:line:column: found …, expected …"; names no value of a person.
// Memory does not grow with the number of rows. Owner of *ret_histories: the caller.
inb_status inb_histories_read(const char *path, const char *const *group_columns,
    size_t group_column_count, inb_histories **ret_histories, inb_error *err) INB_NODISCARD;

// The same over bytes in memory; `name` is used in complaints.
inb_status inb_histories_read_memory(const char *name, const char *data, size_t length,
    const char *const *group_columns, size_t group_column_count, inb_histories **ret_histories,
    inb_error *err) INB_NODISCARD;

// A table without groups from counts[1 << list_count] (counts[0] is ignored). lists[list_count] are
// copied. Fails on negative or huge counts, an empty list, fewer than 2 or more than 10 lists.
inb_status inb_histories_from_counts(const char *const *lists, size_t list_count,
    const int64_t *counts, inb_histories **ret_histories, inb_error *err) INB_NODISCARD;

// Accept NULL.
void inb_histories_free(inb_histories *histories);
void inb_histories_freep(inb_histories **histories);

// ---- the estimate ----

// X(NUMBER, entry, "name"): one line a method.
#define INB_COUNT_METHODS(X)                                                                       \
    X(STEPWISE, stepwise, "stepwise")             /* pairs of lists by their p, one at a time */   \
    X(INDEPENDENCE, independence, "independence") /* no dependence at all */                       \
    X(MODEL, model, "model")                      /* one model, given */                           \
    X(BIC, bic, "bic")                            /* the best of all models by a criterion */      \
    X(DECOMPOSABLE, decomposable, "decomposable") /* average over all decomposable graphs */       \
    X(LATENT_CLASS, latent_class, "latent-class") /* people of several kinds */                    \
    X(ENSEMBLE, ensemble, "ensemble")             /* stepwise on top, everything else beside it */

typedef enum inb_count_method {
#define INB_I_NUMBER(number, entry, name) INB_COUNT_##number,
    INB_COUNT_METHODS(INB_I_NUMBER)
#undef INB_I_NUMBER
        INB_COUNT_METHOD_COUNT
} inb_count_method;

// "stepwise", "independence", ...; static.
const char *inb_count_method_name(inb_count_method method);

// The method of that name; false where there is none.
bool inb_count_method_named(const char *name, inb_count_method *ret_method) INB_NODISCARD;

// What INB_COUNT_BIC minimises, -2 log-likelihood plus a penalty on the number p of terms.
typedef enum inb_count_criterion {
    INB_CRITERION_BIC = 0, // p log n, n = people observed
    INB_CRITERION_AIC,     // 2 p
    INB_CRITERION_AICC     // 2 p n / (n - p - 1)
} inb_count_criterion;

// "bic", "aic", "aicc"; static.
const char *inb_count_criterion_name(inb_count_criterion criterion);

enum { INB_REPLICATES_MOST = 1000000 };

typedef struct inb_estimate_options {
    inb_count_method method;
    double threshold;  // stepwise: a pair enters below this p, in (0, 1)
    double level;      // of the intervals, in (0, 1)
    const char *model; // INB_COUNT_MODEL: "AxB,BxC", names as in the table; NULL otherwise
    inb_count_criterion criterion; // INB_COUNT_BIC
    size_t order;                  // INB_COUNT_BIC: largest term; 0 = all orders
    size_t bootstrap; // replicates, 0 .. INB_REPLICATES_MOST; the method runs anew on each
    uint64_t seed;    // of the replicates
    size_t threads;   // for whatever is drawn; changes no byte
    double delta;     // INB_COUNT_DECOMPOSABLE: prior weight of a cell, > 0; 0 = 2^-lists
    bool parity;      // INB_COUNT_DECOMPOSABLE: as the R package dga
    bool parametric;  // replicates from the fitted model: how many people are seen varies too
    bool ensemble;    // fill `ensemble` besides; INB_COUNT_ENSEMBLE does so by itself
    // One more interval (and warning `other_models`), over all models of pairs by aic, beside what
    // stepwise or bic choose on three to six lists of one table without groups. Seconds of work.
    bool averaged;
    // INB_COUNT_BIC on six lists and more: search the table until the best model is proved, however
    // long; false = some half a minute. Replicates keep their own, shorter patience.
    bool prove;
    // Draws of the links (draws.h), borrowed, NULL = none. The replicates, at least one a draw, are
    // then drawn from them, and an interval `mixture` leads.
    const struct inb_draws *draws;
    const struct inb_sheet *sheet; // sheet.h, borrowed, NULL = none: its warnings are passed on
    // spread.h, borrowed: who does the work and who hears how far it is; NULL = `threads` of this
    // process, and nobody.
    const struct inb_spread *spread;
} inb_estimate_options;

#define INB_ESTIMATE_OPTIONS_INIT                                                                  \
    {                                                                                              \
        INB_COUNT_STEPWISE, 0.02, 0.95, NULL, INB_CRITERION_BIC, 0, 0, 1, 1, 0, false, false,      \
            false, false, false, NULL, NULL, NULL                                                  \
    }

// What was fitted can be trusted as an estimate only where status is 0; bits add up.
enum {
    INB_FIT_NO_MAXIMUM = 1,    // the likelihood has no finite maximum
    INB_FIT_NOT_IDENTIFIED = 2 // more parameters than the retained cells determine
};

typedef enum inb_interval_kind {
    INB_INTERVAL_MODEL = 0, // n + exp(log hidden -+ z se), the model taken as given
    INB_INTERVAL_PROFILE,   // profile likelihood, the model taken as given
    INB_INTERVAL_BCA,       // bootstrap that chooses the model anew in every replicate
    INB_INTERVAL_POSTERIOR, // quantiles of the posterior, models averaged over
    INB_INTERVAL_MIXTURE    // as BCA, over draws of the links, taken together
} inb_interval_kind;

enum { INB_INTERVALS_MOST = 6 };

// "model", "profile", "bca", "posterior", "mixture"; static.
const char *inb_interval_kind_name(inb_interval_kind kind);

typedef struct inb_interval {
    double level; // 0.95
    double low;   // people, at least `observed`
    double high;
    inb_interval_kind kind;
    const char *over; // what was averaged over where that is no method of its own; static, or NULL
} inb_interval;

// What the search of INB_COUNT_BIC did.
typedef struct inb_search_figures {
    double value;      // the criterion, the saturated model's log-likelihood taken out
    bool proved;       // no model with a finite, identified estimate is better
    double gap;        // not proved: none is better by more than this
    uint64_t models;   // that there are; 0 = too many to have been counted
    uint64_t fitted;   // the bounds excluded the rest
    uint64_t examined; // of which existence was asked
} inb_search_figures;

enum { INB_MODES_MOST = 4 };

// A peak of a posterior: N where it stands, and the share of the draws around it.
typedef struct inb_mode {
    double estimate;
    double weight;
} inb_mode;

// Where the estimate is a posterior median.
typedef struct inb_posterior_figures {
    bool converged; // the limits can be relied on: no longer moved by the truncation, …
    // INB_COUNT_DECOMPOSABLE
    double delta;
    bool parity;
    size_t graphs;       // averaged over
    int64_t most_hidden; // largest number of hidden people that was allowed for
    double
        complete_weight; // of the complete graph, which only the prior informs, had it taken part
    double likeliest_weight; // of `model`
    // INB_COUNT_LATENT_CLASS
    size_t classes;
    size_t chains;
    size_t draws; // of all chains
    double r_hat; // of log(N - n), rank-normalised, split
    double ess_bulk;
    double ess_tail;
    size_t mode_count; // peaks of the posterior, heaviest first
    inb_mode modes[INB_MODES_MOST];
} inb_posterior_figures;
// What draws of the links say. Variances are of log(N - n_k), n_k the people of draw k.
typedef struct inb_mixture_figures {
    double estimate; // mean n_k + exp(mean of log(N - n_k))
    double observed; // mean n_k
    double within;   // mean over draws of the variance of their replicates
    double between;  // variance of the draws' own estimates
    double total;    // within + (1 + 1/K) between
    double share;    // (1 + 1/K) between / total
    double log_low;  // quantiles of the pooled log(N - n_k)
    double log_high;
    size_t draws_failed; // draws without an estimate of their own, left out
} inb_mixture_figures;

// The figures of one table: a group, the pooled table, or the joint total of all groups.
typedef struct inb_figures {
    const char **group_values; // [group_column_count], NULL for total and pooled
    int64_t observed;          // n
    bool has_estimate;         // false: no finite, identified N exists; the doubles are then 0
    double estimate;           // N = observed + hidden
    double hidden;             // in no list, or in a cell that is missing or censored
    double uncounted;          // the part of `hidden` that is in missing and censored cells
    double log_hidden_se;      // standard error of log(hidden)
    bool has_interval;
    inb_interval interval; // the leading one: bca, else profile for INB_COUNT_BIC, else model
    size_t interval_count;
    inb_interval intervals[INB_INTERVALS_MOST]; // all
    bool has_profile;
    double profile_estimate; // N at the profile likelihood's own maximum
    bool has_bound;
    double bound;             // N by Chao's lower bound with list effects; no floor
    size_t replicates;        // drawn
    size_t failed_replicates; // without a finite, identified estimate: left out of the bca interval
    bool has_mixture;
    inb_mixture_figures mixture;
    bool has_search;
    inb_search_figures search;
    bool has_posterior; // then `model` is the likeliest of those averaged over
    inb_posterior_figures posterior;
    size_t sample_count; // draws of N (posterior, replicates), smallest first; 0 = none
    const double *sample;
    size_t term_count;
    const inb_list_set *terms; // all terms of the hierarchy, intercept first, by size then by lists
    size_t model_count;
    const inb_list_set *model;      // maximal terms, main effects that none covers included
    const char *const *model_texts; // [model_count] "AxB"
    double deviance;                // over the retained cells
    size_t degrees_of_freedom;      // retained cells less identified parameters
    int status;                     // 0, or INB_FIT_… added up
    bool parameters_identified;
    size_t warning_count;
    const inb_warning *warnings;
} inb_figures;

// One method's answer on the table as a whole, for comparison.
typedef struct inb_method_figure {
    inb_count_method method;
    bool has_estimate;
    double estimate;
} inb_method_figure;

enum { INB_COUNT_METHODS_COMPARED = INB_COUNT_METHOD_COUNT };

typedef struct inb_headline {
    bool given;         // false: no single number is defensible
    const char *reason; // one sentence
    bool has_range;
    double low; // the methods' lowest and highest N
    double high;
} inb_headline;

// ---- the ensemble: one table looked at in every way ----

// X(NUMBER, "kind"): what a row does to the table or the model.
#define INB_ENSEMBLE_KINDS(X)                                                                      \
    X(METHOD, "method")           /* another method */                                             \
    X(THRESHOLD, "threshold")     /* stepwise at p = at */                                         \
    X(WITHOUT, "without")         /* `lists` left out */                                           \
    X(MERGED, "merged")           /* `lists`, two, taken as one */                                 \
    X(ODDS_RATIO, "odds_ratio")   /* the odds ratio of `lists`, two, fixed at `at` */              \
    X(UNSEEN, "unseen")           /* hidden people times `at`: what no data can exclude */         \
    X(CONSISTENCY, "consistency") /* people on `lists`, one, known, estimated from the others */

typedef enum inb_ensemble_kind {
#define INB_I_NUMBER(number, name) INB_ENSEMBLE_##number,
    INB_ENSEMBLE_KINDS(INB_I_NUMBER)
#undef INB_I_NUMBER
        INB_ENSEMBLE_KIND_COUNT
} inb_ensemble_kind;

// "method", …; static.
const char *inb_ensemble_kind_name(inb_ensemble_kind kind);

typedef struct inb_ensemble_row {
    inb_ensemble_kind kind;
    const char *method;     // "stepwise", "bic, pairs", "decomposable, delta 0.1"
    inb_list_set lists;     // those that the row is about, 0 = none
    const char *lists_text; // "AxB", "" for none
    double at;              // threshold, odds ratio or factor; 0 for the other kinds
    int64_t observed;       // people in the table of the row
    int64_t known;          // INB_ENSEMBLE_CONSISTENCY: people on the list
    bool has_estimate;
    double estimate; // N; INB_ENSEMBLE_CONSISTENCY: people on the list as the others tell
    bool has_interval;
    inb_interval interval;
    const char *note; // what stands out, NULL for nothing
} inb_ensemble_row;

// Chapman's 1951 estimate for two lists, (n1 + 1)(n2 + 1) / (m + 1) - 1.
typedef struct inb_chapman {
    double estimate;
    double se; // Seber 1970
} inb_chapman;

typedef struct inb_estimate {
    inb_arena *arena; // owns everything below
    inb_count_method method;
    double threshold;
    inb_count_criterion criterion;
    size_t order;
    uint64_t seed;
    size_t list_count;
    const char **lists;
    size_t group_column_count;
    const char **group_columns;
    inb_figures total; // of the one table, or the joint total of the groups (then without model)
    inb_headline headline;
    size_t compared_count;
    inb_method_figure compared[INB_COUNT_METHODS_COMPARED];
    bool has_chapman; // two lists, neither within the other
    inb_chapman chapman;
    size_t group_count; // 0 where no group column was named
    const inb_figures *groups;
    bool has_pooled; // with groups, where the groups can be added up
    inb_figures pooled;
    size_t draw_count; // 0 = without draws
    size_t link_rate_count;
    const struct inb_link_rate *link_rates; // [link_rate_count]
    size_t ensemble_count;                  // 0 = not asked for, or no table of all people
    const inb_ensemble_row *ensemble;
    bool has_corrected; // two lists with rates: N corrected for the rates alone
    double corrected;
} inb_estimate;

// Estimates. Fails on bad options (INB_USAGE) and out of memory; data that carry no estimate are
// not a failure (has_estimate = false and a warning). Owner of *ret_estimate: the caller.
// Complexity of one fit: O(k 2^k + p^3) an iteration for k lists and p terms. INB_COUNT_BIC is
// proved up to five lists, and beyond where the bounds close; else the search ends after a fixed
// number of operations with its gap.
inb_status inb_estimate_run(const inb_histories *histories, const inb_estimate_options *options,
    inb_estimate **ret_estimate, inb_error *err) INB_NODISCARD;

// Accept NULL.
void inb_estimate_free(inb_estimate *estimate);
void inb_estimate_freep(inb_estimate **estimate);

// The JSON of the design's contract, one object without a final newline.
void inb_estimate_json(const inb_estimate *estimate, inb_buffer *out);

// English text: figures, model and assumption in words, warnings.
void inb_estimate_text(const inb_estimate *estimate, inb_buffer *out);

// The identifying assumption of the fitted model in words (one sentence or two, English).
void inb_estimate_assumption(
    const inb_estimate *estimate, const inb_figures *figures, inb_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
