// SPDX-License-Identifier: EUPL-1.2
// Which records are one person, from scores of pairs: weighted clustering that joins two groups
// only where all pairs between them together speak for it, so that a chain of likely pairs does not
// join what differs at its ends. Knows nothing of records.
#ifndef INB_3_LINK_CLUSTER_H
#define INB_3_LINK_CLUSTER_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

typedef struct inb_edge {
    uint32_t a;
    uint32_t b;
    float score; // above 0 speaks for one person
} inb_edge;

typedef struct inb_cluster_input {
    size_t nodes;
    const inb_edge *edges; // each pair once
    size_t edge_count;
    double absent; // score of a pair without an edge, below 0
    // A node's list, of which a person may have one record; UINT32_MAX = as many as there are.
    // NULL: no such lists.
    const uint32_t *list;
} inb_cluster_input;

// person: room for one number a node; persons are numbered from 0 in the order of their first node.
inb_status inb_cluster(const inb_cluster_input *input, uint32_t *person, size_t *ret_persons,
    inb_error *err) INB_NODISCARD;

// Sum of the scores of the pairs that are together: what clustering makes large.
double inb_cluster_value(const inb_cluster_input *input, const uint32_t *person);

#endif
