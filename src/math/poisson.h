// SPDX-License-Identifier: EUPL-1.2
// The Poisson distribution without cancellation: logarithms of probabilities and of both tails, and
// what is needed of a count that is only known not to exceed a bound.
#ifndef INB_MATH_POISSON_H
#define INB_MATH_POISSON_H

// log P(X = count), X ~ Poisson(mean); count a whole number >= 0, mean >= 0.
double inb_poisson_log(double count, double mean);

// log P(X <= count) and log P(X >= count). Summed term by term; beyond 1e8 by Wilson and Hilferty's
// approximation (relative error of the probability below 1e-4 within six standard deviations).
double inb_poisson_log_most(double count, double mean);
double inb_poisson_log_least(double count, double mean);

// X given X <= bound.
typedef struct inb_poisson_bounded {
    double log_probability; // log P(X <= bound)
    double mean;            // E[X | X <= bound]
    double variance;        // Var[X | X <= bound]
} inb_poisson_bounded;

// bound a whole number in 0 .. 1e9, mean > 0. O(sqrt(bound)) where the mean is near it.
inb_poisson_bounded inb_poisson_bound(double bound, double mean);

#endif
