// SPDX-License-Identifier: EUPL-1.2
// A log-linear model in which the dependence of one pair of lists is not estimated but given.
#ifndef INB_4_COUNT_OFFSET_FIT_H
#define INB_4_COUNT_OFFSET_FIT_H

#include <inbeeld/count.h>

typedef struct inb_offset_fit {
    bool given;    // false: no convergence, a table with other than counted cells, rank too low
    double hidden; // people on no list
} inb_offset_fit;

// terms[count]: a hierarchy with the intercept, without any term that holds `pair`, of status 0 on
// cells[1 << list_count]. log_ratio is added to log m of every history on both lists of `pair`: the
// log odds ratio of the two lists within each history of the others. O((2^k p^2 + p^3)) a step.
inb_status inb_offset_fit_run(size_t list_count, const inb_cell *cells, const inb_list_set *terms,
    size_t count, inb_list_set pair, double log_ratio, inb_offset_fit *ret_fit,
    inb_error *err) INB_NODISCARD;

#endif
