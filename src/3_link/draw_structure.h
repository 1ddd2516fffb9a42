// SPDX-License-Identifier: EUPL-1.2
// Link structures drawn instead of the best one: matchings between two lists, and partitions of the
// records of several, each with the chance that its scores give it. Knows nothing of records.
#ifndef INB_3_LINK_DRAW_STRUCTURE_H
#define INB_3_LINK_DRAW_STRUCTURE_H

#include "cluster.h"

#include <inbeeld/rng.h>

// A matching of n links among `left` and `right` nodes has a chance in proportion to
// exp(sum of scores) n! (left - n)! (right - n)!: scores are log(m / u), and the share of left
// nodes with a partner has a uniform (Beta(1, 1)) prior, integrated out (Sadinle 2017,
// doi:10.1080/01621459.2016.1148612). edges: a on the left, b on the right. together[edge_count]:
// in, a matching to start at; out, one drawn. A sweep visits edge_count random edges.
inb_status inb_draw_matching(size_t left, size_t right, const inb_edge *edges, size_t edge_count,
    size_t sweeps, inb_rng *rng, bool *together, inb_error *err) INB_NODISCARD;

// A partition has a chance in proportion to exp(inb_cluster_value), 0 where a list of its own has
// two records in one part. person[nodes]: in, a partition to start at, numbers below `nodes`; out,
// one drawn, numbered in the order of first nodes. A sweep visits as many random nodes as have an
// edge.
inb_status inb_draw_partition(const inb_cluster_input *input, size_t sweeps, inb_rng *rng,
    uint32_t *person, size_t *ret_persons, inb_error *err) INB_NODISCARD;

// Numbers persons in the order of their first node. room[nodes].
size_t inb_number_persons(size_t nodes, uint32_t *person, uint32_t *room);

#endif
