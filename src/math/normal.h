// SPDX-License-Identifier: EUPL-1.2
// The normal distribution: distribution function and quantiles.
#ifndef INB_MATH_NORMAL_H
#define INB_MATH_NORMAL_H

// P(Z <= z). Relative error about 1e-15 in both tails.
double inb_normal_below(double z);

// The z with P(Z <= z) = p; p in (0, 1), infinite at 0 and 1, NaN outside. Error about 1e-14.
double inb_normal_quantile(double p);

#endif
