// SPDX-License-Identifier: EUPL-1.2
// Resampling of persons (Efron 1979) and from a fitted model (the parametric bootstrap; Buckland,
// Garthwaite 1991, Biometrics 47). Holding n fixed leaves out that N people could have been
// seen in another number; drawing from the model does not.

#include "resample.h"

#include "base/alloc.h"
#include "math/binomial.h"

#include <math.h>
#include <string.h>

inb_status inb_resample_room_new(size_t list_count, inb_resample_room *ret_room, inb_error *err) {
    size_t size = (size_t)1 << list_count;
    INB_CLEANUP(inb_resample_room_clear)
    inb_resample_room room = {
        inb_alloc(size, sizeof *room.weights), inb_alloc(size, sizeof *room.counts)};
    if (room.weights == NULL || room.counts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw tables");
    }
    *ret_room = (inb_resample_room){INB_TAKE(room.weights), INB_TAKE(room.counts)};
    return INB_OK;
}

void inb_resample_room_clear(inb_resample_room *room) {
    inb_free(room->weights);
    inb_free(room->counts);
    *room = (inb_resample_room){NULL, NULL};
}

void inb_resample(inb_rng *rng, const inb_cell *cells, const double *means, size_t list_count,
    inb_resample_room *room, inb_cell *ret_cells) {
    size_t size = (size_t)1 << list_count;
    int64_t people = 0;
    double expected = 0;
    memcpy(ret_cells, cells, size * sizeof *ret_cells);
    for (size_t h = 0; h < size; h++) {
        bool seen = h > 0 && cells[h].kind == INB_CELL_COUNTED;
        double count = seen ? (double)cells[h].count : 0;
        room->weights[h] = means == NULL ? count : means[h];
        people += seen ? cells[h].count : 0;
        expected += room->weights[h];
    }
    people = means == NULL ? people : (int64_t)llround(expected);
    inb_multinomial_draw(rng, people, room->weights, size, room->counts);
    for (size_t h = 1; h < size; h++) {
        if (cells[h].kind == INB_CELL_COUNTED) {
            ret_cells[h].count = room->weights[h] > 0 ? room->counts[h] : 0;
        }
    }
}
