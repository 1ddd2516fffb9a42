// SPDX-License-Identifier: EUPL-1.2
// What agreement on a common or a rare value says, learnt from the pairs that match.
#ifndef INB_3_LINK_RARITY_MATCH_H
#define INB_3_LINK_RARITY_MATCH_H

#include "rarity.h"

// Sets `usual` of equal values so that exp(-adjustment) averages to 1 among matching pairs, and
// `slope` of near ones. pairs: likely matches, match[count] the chance of each; random: pairs of
// which most do not match, other[random->count] the chance of each to match.
inb_status inb_rarity_match(inb_rarity *rarity, const inb_pair *pairs, size_t count,
    const float *match, const inb_candidates *random, const double *other,
    inb_error *err) INB_NODISCARD;

#endif
