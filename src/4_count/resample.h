// SPDX-License-Identifier: EUPL-1.2
// A table drawn anew: from the people who were seen, or from everybody that a fitted model expects.
#ifndef INB_4_COUNT_RESAMPLE_H
#define INB_4_COUNT_RESAMPLE_H

#include <inbeeld/count.h>
#include <inbeeld/rng.h>

// Scratch of one worker, each [1 << list_count].
typedef struct inb_resample_room {
    double *weights;
    int64_t *counts;
} inb_resample_room;

inb_status inb_resample_room_new(
    size_t list_count, inb_resample_room *ret_room, inb_error *err) INB_NODISCARD;
void inb_resample_room_clear(inb_resample_room *room);

// means NULL: Multinomial(n, counts / n) over the counted cells, n held fixed. Else means[1 <<
// list_count] are the people expected in every cell, nobody's list included, and Multinomial(N,
// means / N) over all of them, N their sum rounded: how many are seen varies as it would. Cells
// that are not counted stay as they are. ret_cells may not be `cells`.
void inb_resample(inb_rng *rng, const inb_cell *cells, const double *means, size_t list_count,
    inb_resample_room *room, inb_cell *ret_cells);

#endif
