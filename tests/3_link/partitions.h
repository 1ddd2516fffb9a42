// SPDX-License-Identifier: EUPL-1.2
// Every way in which a few records can be persons, each once: the oracle of what is drawn.
#ifndef INB_TESTS_3_LINK_PARTITIONS_H
#define INB_TESTS_3_LINK_PARTITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The persons of `nodes` records by a code below nodes^nodes; false where they are not numbered in
// the order of their first records, so that another code stands for the same.
static inline bool partition_of(size_t code, size_t nodes, uint32_t *ret_person) {
    uint32_t next = 0;
    bool first = true;
    for (size_t i = nodes; i-- > 0; code /= nodes) {
        ret_person[i] = (uint32_t)(code % nodes);
    }
    for (size_t i = 0; i < nodes; i++) {
        first = first && ret_person[i] <= next;
        next += ret_person[i] == next ? 1 : 0;
    }
    return first;
}

#endif
