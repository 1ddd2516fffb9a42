// SPDX-License-Identifier: EUPL-1.2
// The steps of weighing, private to the station: combine (forms, dimensions), ask (what to ask
// next), advise (do, dont, offers, notes, routes).
#ifndef INB_WEIGH_WEIGH_I_H
#define INB_WEIGH_WEIGH_I_H

#include "catalogue_i.h"

// Index into the arrays "[0] adult, [1] child": unknown age is read as a child.
static inline size_t inb_class_index(inb_age_class age) {
    return age == INB_AGE_ADULT ? 0 : 1;
}

// The rows that count: answered yes, asked about this age class, not omitted.
inb_set inb_rows_that_count(const inb_catalogue *catalogue, const inb_facts *facts);

// Fills forms and dimensions of *finding.
void inb_combine(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding);

// The ILO rule for one dimension: how many rows of each weight were seen.
bool inb_dimension_positive(int strong, int medium, int weak);

// How many rows of each weight were seen in each dimension.
typedef struct inb_weight_counts {
    int of[INB_DIMENSIONS][INB_WEIGHT_STRONG + 1];
} inb_weight_counts;
void inb_count_weights(const inb_catalogue *catalogue, const inb_set *seen, size_t class_index,
    inb_weight_counts *ret_counts);

// The level that elements give to a reading of age.
inb_level inb_level_of(bool act, bool means, bool purpose, bool child);

// Fills ask_age, ask_next and ask_count.
void inb_ask(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding);

// Fills advice and routes, from the facts and the forms already filled.
void inb_advise(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding);
void inb_find_routes(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_context *context, inb_finding *finding);

#endif
