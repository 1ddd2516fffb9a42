// SPDX-License-Identifier: EUPL-1.2
// One-to-one assignment between two sides: of all ways to give each node at most one partner, the
// one with the largest sum of scores. Knows nothing of records.
#ifndef INB_3_LINK_ASSIGN_H
#define INB_3_LINK_ASSIGN_H

#include "cluster.h"

// edges: a on the left (0 .. left - 1), b on the right (0 .. right - 1); scores of 0 or less are
// never used. partner: room for one number a left node; UINT32_MAX = none. Of equal sums any one,
// always the same. O(edges log nodes) for each left node at worst, far less in small components.
inb_status inb_assign(size_t left, size_t right, const inb_edge *edges, size_t edge_count,
    uint32_t *partner, inb_error *err) INB_NODISCARD;

#endif
