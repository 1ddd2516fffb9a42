// SPDX-License-Identifier: EUPL-1.2
// Draws from the binomial and the multinomial distribution, exact, from a counter-based stream.
#ifndef INB_MATH_BINOMIAL_H
#define INB_MATH_BINOMIAL_H

#include <inbeeld/rng.h>

#include <stddef.h>
#include <stdint.h>

// A draw from Binomial(n, p); n in 0 .. 2^53, p in [0, 1].
int64_t inb_binomial_draw(inb_rng *rng, int64_t n, double p);

// Draws from Multinomial(n, weights / their sum) into ret_counts[count]; weights >= 0, some > 0. A
// weight of zero draws nothing and uses no random number. O(count).
void inb_multinomial_draw(
    inb_rng *rng, int64_t n, const double *weights, size_t count, int64_t *ret_counts);

#endif
