// SPDX-License-Identifier: EUPL-1.2
// The table of a group of features: its patterns by inb_group_index, 0 = blank. Private to the fit.
#ifndef INB_3_LINK_FIT_TABLE_H
#define INB_3_LINK_FIT_TABLE_H

#include "fit.h"

#include <math.h>

static inline double inb_fit_chance(double log_odds) {
    return log_odds > 0 ? 1 / (1 + exp(-log_odds)) : exp(log_odds) / (1 + exp(log_odds));
}

static inline size_t inb_fit_table_size(const inb_fit_group *group) {
    return (size_t)1 << (3 * group->count);
}

// Which features are not blank, one bit each: chances are given what is blank.
static inline unsigned inb_fit_mask(const inb_fit_group *group, size_t index) {
    unsigned mask = 0;
    for (unsigned i = 0; i < group->count; i++) {
        mask |= (index >> (3 * i) & 7) != 0 ? 1U << i : 0;
    }
    return mask;
}

// Whether each level is one that its feature has.
bool inb_fit_is_pattern(const inb_fit_layout *layout, const inb_fit_group *group, size_t index);

// How much more often an entry was counted than its margins expect (both at least 0): a mixture of
// two gamma priors with mean 1, one that holds to the margins and one that gives way. So a rare
// entry is left as the margins say until it is seen, and then believed.
double inb_fit_ratio(double count, double expected);

// Counts of each level of each feature out of a group's counts [table size].
void inb_fit_margins(
    const inb_fit_group *group, const double *counts, double level[][INB_FIT_LEVELS]);

// What the margins `level` say of an entry: their product, in which exchanged features (a level
// above exact) count once.
double inb_fit_product(const inb_fit_layout *layout, const inb_fit_group *group,
    const double level[][INB_FIT_LEVELS], size_t index);

// Chances from counts [table size]: the product of the margins `level`, each entry moved by
// inb_fit_ratio; within each set of blanks the sum is 1.
void inb_fit_fill_table(const inb_fit_layout *layout, const inb_fit_group *group,
    const double level[][INB_FIT_LEVELS], const double *counts, double *table);

#endif
