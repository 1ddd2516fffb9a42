// SPDX-License-Identifier: EUPL-1.2
// Persons drawn over several lists of which each holds a person at most once, with the chance that
// their pairs give them. Knows nothing of records.
#ifndef INB_3_LINK_DRAW_PERSONS_H
#define INB_3_LINK_DRAW_PERSONS_H

#include <inbeeld/rng.h>
#include <inbeeld/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INB_PERSON_LISTS = 10 };

typedef struct inb_person_edge {
    uint32_t a;
    uint32_t b;
} inb_person_edge;

// A person of records r1 .. rk has log value sum over groups g of log(mean over trees that span
// them of the product of ratio[g] of a tree's edges) less 2 / k times the sum of cost. Each tree is
// a joint chance with the pairs' own margins, so that an error of one record counts once. A record
// that is blank in a group is left out there; a tree has no pair without an edge. Persons together
// have exp(sum of values) times prod over histories h of Gamma(n_h + alpha_h): alpha 1 for one
// list, at most L / 2^(L-1) for more (with two lists the prior of inb_draw_matching). An alpha each
// is what a Dirichlet prior of the histories' shares gives, lists in any order.
typedef struct inb_persons_input {
    size_t nodes;
    size_t lists; // 2 .. INB_PERSON_LISTS
    size_t groups;
    const uint32_t *list;         // a node: its list
    const inb_person_edge *edges; // across lists, each pair once
    size_t edge_count;
    size_t active_count; // the first of them are where records are joined, moved and parted
    const float *ratio;  // [edge_count x groups], m / u; below 0 where one of the two is blank
    const float *cost;   // [edge_count]
} inb_persons_input;

// person[nodes]: in, persons to start at, numbers below `nodes`, each list once in a person; a
// start of no chance is taken apart. Out, one draw, numbered in the order of first nodes. A sweep
// visits active_count random edges.
inb_status inb_draw_persons(const inb_persons_input *input, size_t sweeps, inb_rng *rng,
    uint32_t *person, size_t *ret_persons, inb_error *err) INB_NODISCARD;

#endif
