// SPDX-License-Identifier: EUPL-1.2
// The Bayesian bootstrap (Rubin 1981, doi:10.1214/aos/1176345338) of a fit (Newton & Raftery 1994,
// doi:10.1111/j.2517-6161.1994.tb01956.x): every pair has an exponential weight, so that a pattern
// of c pairs counts Gamma(c), and EM goes on from its end. A draw of the chances about that end
// would know which pairs match; this one does not, and where the classes overlap it is wider.

#include "draw_weights.h"

#include "base/alloc.h"
#include "math/gamma.h"

#include <string.h>

// patterns of `from`, counts drawn.
static void draw_counts(const inb_pattern_counts *from, inb_rng *rng, inb_pattern_counts *to) {
    to->patterns = from->patterns;
    to->count = from->count;
    for (size_t i = 0; i < from->count; i++) {
        to->counts[i] = from->counts[i] > 0 ? inb_gamma_draw(rng, from->counts[i]) : 0;
    }
}

inb_status inb_draw_fit(
    const struct inb_linked *linked, inb_rng *rng, inb_fit **ret_fit, inb_error *err) {
    enum { TRIES = 4 };
    INB_CLEANUP(inb_freep) double *counts = inb_alloc(linked->counts.count, sizeof *counts);
    INB_CLEANUP(inb_freep) double *random = inb_alloc(linked->random.count, sizeof *random);
    if (counts == NULL || random == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw weights");
    }
    inb_pattern_counts candidates = {.counts = counts};
    inb_pattern_counts others = {.counts = random};
    const inb_pattern_counts *used = linked->random.count > 0 ? &others : &candidates;
    inb_fit_input input = {&linked->fit->layout, &candidates, used, linked->pairs_across,
        linked->most_matches, linked->rarity->exact_u, linked->fit};
    *ret_fit = NULL;
    for (size_t i = 0; i < TRIES && *ret_fit == NULL; i++) {
        draw_counts(&linked->counts, rng, &candidates);
        draw_counts(&linked->random, rng, &others);
        inb_error refused = INB_ERROR_INIT;
        inb_status status = inb_fit_run(&input, ret_fit, &refused);
        if (status != INB_OK && status != INB_NOT_IDENTIFIED) {
            *err = refused;
            return status;
        }
    }
    return INB_OK;
}
