// SPDX-License-Identifier: EUPL-1.2
// Stepwise selection of Chan, Silverman, Vincent 2021 (doi:10.1080/01621459.2019.1708748): from the
// main effects, add the absent pair whose observed overlap is least likely under the current fit,
// until none is below the threshold. The p value is the smaller Poisson tail, one-sided, no refit;
// a pair that would leave no finite, identified estimate is passed over.

#include "stepwise.h"

#include "math/lattice.h"
#include "math/poisson.h"

#include <math.h>

size_t inb_stepwise_most(size_t list_count) {
    return 1 + list_count + list_count * (list_count - 1) / 2;
}

// log p values closer than this (relative) are a tie: rounding must not choose.
static const double TIE = 1e-9;

// A pair that can still be added.
struct candidate {
    inb_list_set pair;
    double log_p;
};

enum { MOST_PAIRS = INB_LISTS_MOST * (INB_LISTS_MOST - 1) / 2 };

// Absent pairs in lexicographic order with their p; overwrites the room's scores and weights.
static size_t find_candidates(inb_fit_room *room, const inb_cell *cells, const inb_terms *terms,
    struct candidate *candidates) {
    double *expected = room->scores;
    double *known = room->weights;
    for (size_t h = 0; h < room->size; h++) {
        bool counted = h > 0 && cells[h].kind == INB_CELL_COUNTED;
        expected[h] = counted ? room->means[h] : 0;
        known[h] = counted ? 1 : 0;
        room->margins[h] = counted ? (double)cells[h].count : 0;
    }
    inb_superset_sums(expected, room->list_count);
    inb_superset_sums(known, room->list_count);
    inb_superset_sums(room->margins, room->list_count);
    size_t count = 0;
    for (size_t a = 0; a < room->list_count; a++) {
        for (size_t b = a + 1; b < room->list_count; b++) {
            inb_list_set pair = (inb_list_set)(1U << a | 1U << b);
            if (inb_terms_hold(terms, pair) || known[pair] == 0) {
                continue;
            }
            double below = inb_poisson_log_most(room->margins[pair], expected[pair]);
            double above = inb_poisson_log_least(room->margins[pair], expected[pair]);
            candidates[count++] = (struct candidate){pair, below < above ? below : above};
        }
    }
    return count;
}

// The least p, the first of those that tie; `count` where none is left (log_p > 0 = passed over).
static size_t find_least(const struct candidate *candidates, size_t count) {
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].log_p > 0) {
            continue;
        }
        if (best == count || candidates[i].log_p < candidates[best].log_p -
                                                       TIE * (1 + fabs(candidates[best].log_p))) {
            best = i;
        }
    }
    return best;
}

inb_status inb_stepwise(
    inb_fit_room *room, const inb_cell *cells, double threshold, inb_terms *terms, inb_error *err) {
    inb_terms_independence(terms);
    for (;;) {
        inb_fit fit;
        INB_TRY(inb_fit_model(room, cells, terms->terms, terms->count, &fit, err));
        if (!fit.converged) {
            return INB_OK; // the caller's own fit of this model reports it
        }
        struct candidate candidates[MOST_PAIRS];
        size_t count = find_candidates(room, cells, terms, candidates);
        for (;;) {
            size_t best = find_least(candidates, count);
            if (best == count || !(candidates[best].log_p < log(threshold))) {
                return INB_OK;
            }
            size_t before = terms->count;
            inb_terms_add(terms, candidates[best].pair);
            int status;
            INB_TRY(inb_fit_examine(room, cells, terms->terms, terms->count, &status, err));
            if (status == 0) {
                break;
            }
            // Take the pair out again: it is the only term that came in.
            size_t at = 0;
            while (terms->terms[at] != candidates[best].pair) {
                at++;
            }
            for (size_t i = at; i + 1 < terms->count; i++) {
                terms->terms[i] = terms->terms[i + 1];
            }
            terms->count = before;
            candidates[best].log_p = 1;
        }
    }
}
