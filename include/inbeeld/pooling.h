// SPDX-License-Identifier: EUPL-1.2
// Groups that lend each other what they know: lists x groups with partial pooling, log m_gh = a_g +
// sum over lists j in h of (l_j + u_gj) + shared interactions, u_gj ~ N(0, s_j^2), a_g not pooled.
// How likely each list is to hold someone of a group is drawn towards the other groups, the more so
// the fewer people the group has; how many there are is not.
#ifndef INBEELD_POOLING_H
#define INBEELD_POOLING_H

#include <inbeeld/count.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_POOLING_GROUPS_MOST = 200 };

typedef struct inb_pooled_group {
    const char **values; // [group_column_count]
    int64_t observed;
    double assigned; // people without a group value who are taken to be of it
    bool given;      // false: nobody of this group was seen, so nothing can be said of it
    bool small;      // its figures lean on the other groups more than on its own people
    double estimate; // N = observed + assigned + hidden
    double hidden;
    double low;
    double high;
} inb_pooled_group;

typedef struct inb_pooling {
    inb_arena *arena; // owns everything below
    bool given;       // false: no such estimate, `reason` says why
    const char *reason;
    size_t group_column_count;
    const char **group_columns;
    size_t group_count; // those whose values are known in full
    inb_pooled_group *groups;
    double unknown; // people whose group value is missing in part or whole, shared out
    double observed;
    double estimate; // the total
    double low;
    double high;
    double level;
    size_t list_count;
    const char **lists;
    double *deviations; // [list_count] s_j
    size_t model_count;
    const char **model; // [model_count] shared interactions, "AxB"
    size_t replicates;
    size_t failed; // without a fit, left out
} inb_pooling;

// Over the groups of `histories` (two at least, INB_POOLING_GROUPS_MOST at most). Interactions:
// those of options->model, none for independence, else pairs of lists stepwise at
// options->threshold over all groups together. options->bootstrap replicates, where that is 0 500
// (200 beyond seven lists). Owner: the caller.
inb_status inb_pooling_run(const inb_histories *histories, const inb_estimate_options *options,
    inb_pooling **ret_pooling, inb_error *err) INB_NODISCARD;

// ---- lists x groups, nothing lent ----

typedef struct inb_group_figure {
    bool given; // false: nobody of it was seen
    bool small; // nobody of it is on two lists: its figures rest on the other groups alone
    int64_t observed;
    double estimate; // N
    double hidden;
    double low;
    double high;
} inb_group_figure;

// One log-linear model over all groups: a level for each, lists that see the groups alike or each
// group in its own way, pairs of lists that depend on each other in all groups; chosen by BIC.
typedef struct inb_group_model {
    inb_arena *arena; // owns everything below
    bool given;       // false: no such estimate, `reason` says why
    const char *reason;
    size_t group_count; // in the order of the histories' groups
    inb_group_figure *groups;
    inb_group_figure total;
    double level;
    inb_interval_kind kind; // of the intervals: model, or bca where there are replicates
    inb_list_set apart;     // lists that see the groups differently
    size_t pair_count;
    inb_list_set *pairs;
    double criterion;
    size_t replicates;
    size_t failed; // of the total, left out
} inb_group_model;

// Over the groups of `histories`, options->bootstrap replicates that choose anew (0, and where that
// would take minutes: the model is taken as given). Not given where somebody's group is missing,
// with fewer than two groups, or where the search would be too long. Owner: the caller.
inb_status inb_group_model_run(const inb_histories *histories, const inb_estimate_options *options,
    inb_group_model **ret_model, inb_error *err) INB_NODISCARD;

// {"given":…,"estimate":…,"interval":{…},"apart":[…],"model":[…],"groups":[…],…}.
void inb_group_model_json(
    const inb_group_model *model, const inb_histories *histories, inb_buffer *out);

// The same in English.
void inb_group_model_text(
    const inb_group_model *model, const inb_histories *histories, inb_buffer *out);

// Accept NULL.
void inb_group_model_free(inb_group_model *model);
void inb_group_model_freep(inb_group_model **model);

// ---- as JSON and in words ----

// {"given":…,"estimate":…,"interval":{…},"deviations":{…},"model":[…],"groups":[…],…}.
void inb_pooling_json(const inb_pooling *pooling, inb_buffer *out);

// The same in English.
void inb_pooling_text(const inb_pooling *pooling, inb_buffer *out);

// Accept NULL.
void inb_pooling_free(inb_pooling *pooling);
void inb_pooling_freep(inb_pooling **pooling);

#ifdef __cplusplus
}
#endif
#endif
