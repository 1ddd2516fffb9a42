// SPDX-License-Identifier: EUPL-1.2
// Binomial draws by inversion where the mean is under ten, else by transformed rejection (Hormann
// 1993, "The generation of binomial random variates", algorithm BTRS). A multinomial is a chain of
// binomials, each on what the ones before it left (Davis 1993).

#include "math/binomial.h"

#include <math.h>

static const double SMALL_MEAN = 10;

// p <= 1/2, mean under ten: the distribution function is walked up from zero.
static int64_t draw_by_inversion(inb_rng *rng, int64_t n, double p) {
    double odds = p / (1 - p);
    for (;;) {
        double u = inb_rng_uniform(rng);
        double mass = exp((double)n * log1p(-p));
        for (int64_t k = 0; k <= n && mass > 0; k++) {
            if (u <= mass) {
                return k;
            }
            u -= mass;
            mass *= odds * (double)(n - k) / (double)(k + 1);
        }
        // What rounding left of the last tail (below 1e-15): once more.
    }
}

static double log_factorial(double x) {
    int sign;
    return lgamma_r(x + 1, &sign);
}

// p <= 1/2, mean at least ten.
static int64_t draw_by_rejection(inb_rng *rng, int64_t n, double p) {
    double count = (double)n;
    double spread = sqrt(count * p * (1 - p));
    double b = 1.15 + 2.53 * spread;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double c = count * p + 0.5;
    double sure = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * spread;
    double mode = floor((count + 1) * p);
    for (;;) {
        double u = inb_rng_uniform(rng) - 0.5;
        double v = inb_rng_uniform(rng);
        double edge = 0.5 - fabs(u);
        double k = floor((2 * a / edge + b) * u + c);
        if (!(k >= 0 && k <= count)) {
            continue;
        }
        if (edge >= 0.07 && v <= sure) {
            return (int64_t)k;
        }
        double log_ratio = log_factorial(mode) + log_factorial(count - mode) - log_factorial(k) -
                           log_factorial(count - k) + (k - mode) * log(p / (1 - p));
        if (log(v * alpha / (a / (edge * edge) + b)) <= log_ratio) {
            return (int64_t)k;
        }
    }
}

int64_t inb_binomial_draw(inb_rng *rng, int64_t n, double p) {
    if (n <= 0 || !(p > 0)) {
        return 0;
    }
    if (p >= 1) {
        return n;
    }
    if (p > 0.5) {
        return n - inb_binomial_draw(rng, n, 1 - p);
    }
    return (double)n * p < SMALL_MEAN ? draw_by_inversion(rng, n, p) : draw_by_rejection(rng, n, p);
}

void inb_multinomial_draw(
    inb_rng *rng, int64_t n, const double *weights, size_t count, int64_t *ret_counts) {
    double left = 0;
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        left += weights[i];
        last = weights[i] > 0 ? i : last;
    }
    for (size_t i = 0; i < count; i++) {
        ret_counts[i] = 0;
        if (!(weights[i] > 0)) {
            continue;
        }
        ret_counts[i] = i == last ? n : inb_binomial_draw(rng, n, weights[i] / left);
        n -= ret_counts[i];
        left -= weights[i];
    }
}
