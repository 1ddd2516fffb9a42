// SPDX-License-Identifier: EUPL-1.2
// The reference bound: Chao's lower bound with list effects. A lower bound where people differ in
// how easily they are seen, and only then: dependence between lists can put N on either side of it.
#ifndef INB_4_COUNT_BOUND_H
#define INB_4_COUNT_BOUND_H

#include <inbeeld/count.h>

typedef struct inb_bound {
    bool given;      // false: no finite one on this table
    double estimate; // N
    size_t effects;  // heterogeneity effects that stayed
} inb_bound;

// On the counted cells of cells[1 << list_count].
inb_status inb_bound_reference(
    size_t list_count, const inb_cell *cells, inb_bound *ret_bound, inb_error *err) INB_NODISCARD;

#endif
