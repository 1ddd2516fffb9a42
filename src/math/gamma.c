// SPDX-License-Identifier: EUPL-1.2
// Normal by the polar method (Marsaglia, Bray 1964); gamma by Marsaglia and Tsang 2000
// (doi:10.1145/358407.358414), below shape one by the power of a uniform; Poisson by multiplication
// of uniforms for small means, else by transformed rejection (Hormann 1993,
// doi:10.1016/0167-6687(93)90997-4, algorithm PTRS).

#include "math/gamma.h"

#include <math.h>

static const double SMALL_MEAN = 10;
static const double LARGEST_MEAN = 1e15;

double inb_normal_draw(inb_rng *rng) {
    for (;;) {
        double x = 2 * inb_rng_uniform(rng) - 1;
        double y = 2 * inb_rng_uniform(rng) - 1;
        double square = x * x + y * y;
        if (square > 0 && square < 1) {
            return x * sqrt(-2 * log(square) / square);
        }
    }
}

// shape >= 1
static double draw_gamma(inb_rng *rng, double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / sqrt(9 * d);
    for (;;) {
        double x = inb_normal_draw(rng);
        double v = 1 + c * x;
        if (v <= 0) {
            continue;
        }
        v = v * v * v;
        double u = inb_rng_uniform(rng);
        if (u < 1 - 0.0331 * x * x * x * x || log(u) < 0.5 * x * x + d * (1 - v + log(v))) {
            return d * v;
        }
    }
}

double inb_gamma_log_draw(inb_rng *rng, double shape) {
    if (shape >= 1) {
        return log(draw_gamma(rng, shape));
    }
    double larger = log(draw_gamma(rng, shape + 1));
    return larger + log(inb_rng_uniform(rng)) / shape;
}

double inb_gamma_draw(inb_rng *rng, double shape) {
    return shape >= 1 ? draw_gamma(rng, shape) : exp(inb_gamma_log_draw(rng, shape));
}

void inb_beta_log_draw(inb_rng *rng, double a, double b, double *ret_log, double *ret_log_rest) {
    if (a == 1 && b == 1) {
        double u = inb_rng_uniform(rng);
        *ret_log = log(u);
        *ret_log_rest = log1p(-u);
        return;
    }
    double x = inb_gamma_log_draw(rng, a);
    double y = inb_gamma_log_draw(rng, b);
    double high = fmax(x, y);
    double sum = high + log1p(exp(fmin(x, y) - high));
    *ret_log = x - sum;
    *ret_log_rest = y - sum;
}

static int64_t draw_small(inb_rng *rng, double mean) {
    double limit = exp(-mean);
    double product = inb_rng_uniform(rng);
    int64_t count = 0;
    while (product > limit) {
        product *= inb_rng_uniform(rng);
        count++;
    }
    return count;
}

static int64_t draw_large(inb_rng *rng, double mean) {
    double log_mean = log(mean);
    double b = 0.931 + 2.53 * sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double sure = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        double u = inb_rng_uniform(rng) - 0.5;
        double v = inb_rng_uniform(rng);
        double edge = 0.5 - fabs(u);
        double k = floor((2 * a / edge + b) * u + mean + 0.43);
        if (edge >= 0.07 && v <= sure) {
            return (int64_t)k;
        }
        if (k < 0 || (edge < 0.013 && v > edge)) {
            continue;
        }
        int sign;
        if (log(v * inverse_alpha / (a / (edge * edge) + b)) <=
            k * log_mean - mean - lgamma_r(k + 1, &sign)) {
            return (int64_t)k;
        }
    }
}

int64_t inb_poisson_draw(inb_rng *rng, double mean) {
    if (!(mean > 0)) {
        return 0;
    }
    if (mean > LARGEST_MEAN) {
        return mean < 9e18 ? (int64_t)mean : INT64_C(9000000000000000000);
    }
    return mean < SMALL_MEAN ? draw_small(rng, mean) : draw_large(rng, mean);
}
