// SPDX-License-Identifier: EUPL-1.2
// Saddle-point form of the Poisson probability (Loader 2000, "Fast and accurate computation of
// binomial probabilities"): P(X = x) = exp(-delta(x) - D(x, m)) / sqrt(2 pi x), with delta the
// error of Stirling's formula and D(x, m) = x log(x / m) + m - x. Tails are sums of ratios from
// there.

#include "math/poisson.h"

#include <math.h>

static const double LARGE = 1e8; // from here on tails are approximated

// log(x!) less Stirling's formula, x > 0: exact by lgamma for small x, else the asymptotic series.
static double stirling_error(double x) {
    if (x < 16) {
        int sign = 1;
        return lgamma_r(x + 1, &sign) - (x + 0.5) * log(x) + x - 0.5 * log(2 * M_PI);
    }
    double square = x * x;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / x;
}

// x log(x / m) + m - x without cancellation near x = m. x, m > 0.
static double distance(double x, double m) {
    double gap = x - m;
    if (fabs(gap) > 0.1 * (x + m)) {
        return x * log(x / m) - gap;
    }
    // log(x / m) = 2 atanh(v), v = gap / (x + m), as a series in v^2.
    double v = gap / (x + m);
    double sum = gap * v;
    double term = 2 * x * v;
    for (int j = 1; j < 100; j++) {
        term *= v * v;
        double next = sum + term / (2 * j + 1);
        if (next == sum) {
            break;
        }
        sum = next;
    }
    return sum;
}

double inb_poisson_log(double count, double mean) {
    if (mean == 0) {
        return count == 0 ? 0 : -INFINITY;
    }
    if (count == 0) {
        return -mean;
    }
    return -stirling_error(count) - distance(count, mean) - 0.5 * log(2 * M_PI * count);
}

// P(X <= count) / P(X = count) = 1 + x/m + x(x-1)/m^2 + …; INFINITY where it overflows.
static double ratio_below(double count, double mean) {
    double term = 1;
    double sum = 1;
    for (double x = count; x > 0; x--) {
        term *= x / mean;
        sum += term;
        if (term < sum * 1e-17 || !isfinite(sum)) {
            break;
        }
    }
    return sum;
}

// P(X >= count) / P(X = count).
static double ratio_above(double count, double mean) {
    double term = 1;
    double sum = 1;
    for (double x = count + 1;; x++) {
        term *= mean / x;
        sum += term;
        if (term < sum * 1e-17 || !isfinite(sum)) {
            return sum;
        }
    }
}

// log of a normal tail P(Z <= z) far into it.
static double log_normal_below(double z) {
    if (z > -35) {
        return log(0.5 * erfc(-z * M_SQRT1_2));
    }
    double square = z * z;
    return -0.5 * square - log(-z) - 0.5 * log(2 * M_PI) + log1p(-1 / square + 3 / square / square);
}

// Wilson and Hilferty 1931 on the gamma distribution: P(X <= x) = P(Gamma(x + 1) > m).
static double log_most_large(double count, double mean) {
    double shape = count + 1;
    double z = (cbrt(mean / shape) - 1 + 1 / (9 * shape)) * 3 * sqrt(shape);
    return log_normal_below(-z);
}

static double log_least_large(double count, double mean) {
    double z = (cbrt(mean / count) - 1 + 1 / (9 * count)) * 3 * sqrt(count);
    return log_normal_below(z);
}

// log(1 - exp(x)), x <= 0.
static double log_rest(double x) {
    return x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x));
}

double inb_poisson_log_most(double count, double mean) {
    if (mean == 0) {
        return 0;
    }
    if (count > LARGE || mean > LARGE) {
        return log_most_large(count, mean);
    }
    if (count < mean) {
        return inb_poisson_log(count, mean) + log(ratio_below(count, mean));
    }
    return log_rest(inb_poisson_log(count + 1, mean) + log(ratio_above(count + 1, mean)));
}

double inb_poisson_log_least(double count, double mean) {
    if (count == 0) {
        return 0;
    }
    if (mean == 0) {
        return -INFINITY;
    }
    if (count > LARGE || mean > LARGE) {
        return log_least_large(count, mean);
    }
    if (count > mean) {
        return inb_poisson_log(count, mean) + log(ratio_above(count, mean));
    }
    return log_rest(inb_poisson_log(count - 1, mean) + log(ratio_below(count - 1, mean)));
}

inb_poisson_bounded inb_poisson_bound(double bound, double mean) {
    // Moments of the distance below the bound, d = bound - X, whose probabilities fall off from
    // d = 0: terms d! C(bound, d) / m^d. Nothing cancels, however large the mean is.
    double term = 1;
    double sum = 1;
    double first = 0;
    double second = 0;
    for (double d = 1; d <= bound; d++) {
        term *= (bound - d + 1) / mean;
        sum += term;
        first += d * term;
        second += d * d * term;
        if (term * d * d < second * 1e-17 || !isfinite(second)) {
            break;
        }
    }
    if (!(sum < 1e17) || !isfinite(second)) { // the bound is out of reach: no restriction
        return (inb_poisson_bounded){0, mean, mean};
    }
    double below = first / sum;
    double variance = second / sum - below * below;
    return (inb_poisson_bounded){
        .log_probability = bound < mean ? inb_poisson_log(bound, mean) + log(sum)
                                        : inb_poisson_log_most(bound, mean),
        .mean = bound - below,
        .variance = variance > 0 ? variance : 0,
    };
}
