// SPDX-License-Identifier: EUPL-1.2
// Draws from the normal, gamma, beta and Poisson distributions, exact, from a
// counter-based stream.
#ifndef INB_MATH_GAMMA_H
#define INB_MATH_GAMMA_H

#include <inbeeld/rng.h>

#include <stdint.h>

double inb_normal_draw(inb_rng *rng);

// Gamma with that shape (> 0) and scale 1. The logarithm keeps what a double would round to zero
// where the shape is small.
double inb_gamma_draw(inb_rng *rng, double shape);
double inb_gamma_log_draw(inb_rng *rng, double shape);

// log B and log(1 - B), B ~ Beta(a, b); a, b > 0.
void inb_beta_log_draw(inb_rng *rng, double a, double b, double *ret_log, double *ret_log_rest);

// Poisson; mean >= 0. Above 1e15 the mean itself is returned, rounded.
int64_t inb_poisson_draw(inb_rng *rng, double mean);

#endif
