// SPDX-License-Identifier: EUPL-1.2
// Error rates of links for each ordered pair of lists, from structures drawn.
#ifndef INB_3_LINK_DRAW_RATES_H
#define INB_3_LINK_DRAW_RATES_H

#include "linked.h"

// Of one draw, an ordered pair of lists.
typedef struct inb_draw_tally {
    double matches; // records with a true match there
    double linked;  // of them, linked to it
    double without; // records without
    double false_links;
} inb_draw_tally;

// linked against `person` taken for the truth: ret_tally[from * files + to].
inb_status inb_draw_tally_of(const struct inb_linked *linked, const uint32_t *person,
    size_t persons, inb_draw_tally *ret_tally, inb_error *err) INB_NODISCARD;

// rates.json of `count` draws, tallies[draw * files * files + …]: means over draws and their
// quantiles of 2.5 and 97.5 %. A pair of lists without a match, or without a record that has none,
// in every draw is left out.
inb_status inb_draw_rates_json(const struct inb_linked *linked, const inb_draw_tally *tallies,
    size_t count, inb_buffer *out, inb_error *err) INB_NODISCARD;

#endif
