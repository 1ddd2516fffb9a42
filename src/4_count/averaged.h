// SPDX-License-Identifier: EUPL-1.2
// An interval over models instead of one chosen model: every model of pairs near the best counts by
// its criterion.
#ifndef INB_4_COUNT_AVERAGED_H
#define INB_4_COUNT_AVERAGED_H

#include <inbeeld/count.h>

enum { INB_AVERAGED_LEAST = 3, INB_AVERAGED_MOST = 6 }; // lists for which it is made

typedef struct inb_averaged {
    bool given; // false: too few or too many lists, too many models, none with an estimate
    double low; // hidden people
    double high;
    size_t models; // that take part
} inb_averaged;

// Of cells[1 << list_count], level in (0, 1).
inb_status inb_averaged_interval(size_t list_count, const inb_cell *cells, double level,
    inb_averaged *ret_averaged, inb_error *err) INB_NODISCARD;

#endif
