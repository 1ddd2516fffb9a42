// SPDX-License-Identifier: EUPL-1.2
// Profile likelihood of the number on no list (Cormack 1992, doi:10.2307/2532310; the form is that
// of Rcapture, Baillargeon, Rivest 2007, doi:10.18637/jss.v019.i05). With x people in the all-zero
// cell, N = n + x and D(x) the deviance of the model on the completed table, Stirling's formula for
// the two factorials that hold x makes the multinomial log-likelihood, up to a constant,
//     l(x) = -D(x) / 2 + x - N - log(x / N) / 2,
// and by the envelope theorem l'(x) = log(m0 / x) - (1 / x - 1 / N) / 2, m0 the fitted mean there.
// The interval holds every x with l within half a chi-squared quantile of the maximum.

#include "profile.h"

#include "base/alloc.h"
#include "math/normal.h"
#include "quick_fit.h"

#include <math.h>

enum { MOST_STEPS = 200, BISECTIONS = 48 };

static const double LEAST_PEOPLE = 0.5; // Stirling's formula carries no further down

struct profile {
    inb_quick *quick;
    const inb_list_set *terms;
    size_t term_count;
    double observed;
};

struct point {
    double value; // l
    double slope; // l'
};

static struct point look(const struct profile *profile, double x) {
    inb_quick_hold(profile->quick, x);
    inb_quick_result fit =
        inb_quick_fit(profile->quick, profile->terms, profile->term_count, INFINITY, INFINITY);
    double all = profile->observed + x;
    return (struct point){
        .value = -fit.deviance / 2 - profile->observed - 0.5 * log(x / all),
        .slope = log(fit.hidden / x) - 0.5 * (1 / x - 1 / all),
    };
}

// Between a (where the sign is kept) and b, in logarithms: the change of sign of value - cut, or of
// the slope where by_slope.
static double bisect(const struct profile *profile, double a, double b, double cut, bool by_slope) {
    double low = log(a);
    double high = log(b);
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = 0.5 * (low + high);
        struct point at = look(profile, exp(middle));
        bool like_a = by_slope ? at.slope > 0 : at.value >= cut;
        low = like_a ? middle : low;
        high = like_a ? high : middle;
    }
    return exp(0.5 * (low + high));
}

static bool find_best(const struct profile *profile, double hidden, double *ret_best) {
    double above = hidden; // the slope is negative at the Poisson estimate itself
    double step = 0.01;
    for (int i = 0; i < MOST_STEPS; i++, step *= 1.5) {
        double below = above * exp(-step);
        if (below < LEAST_PEOPLE) {
            return false;
        }
        if (look(profile, below).slope > 0) {
            *ret_best = bisect(profile, below, above, 0, true);
            return true;
        }
        above = below;
    }
    return false;
}

static double find_low(const struct profile *profile, double best, double cut) {
    double inside = best;
    double step = 0.05;
    for (int i = 0; i < MOST_STEPS; i++, step *= 1.3) {
        double x = inside * exp(-step);
        x = x < LEAST_PEOPLE ? LEAST_PEOPLE : x;
        if (look(profile, x).value < cut) {
            return bisect(profile, inside, x, cut, false);
        }
        if (x == LEAST_PEOPLE) {
            break;
        }
        inside = x;
    }
    return 0;
}

static double find_high(const struct profile *profile, double best, double cut) {
    double inside = best;
    double step = 0.05;
    for (int i = 0; i < MOST_STEPS && inside < 1e15; i++, step *= 1.3) {
        double x = inside * exp(step);
        if (look(profile, x).value < cut) {
            return bisect(profile, inside, x, cut, false);
        }
        inside = x;
    }
    return INFINITY;
}

inb_status inb_profile_interval(size_t list_count, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, double hidden, double level, inb_profile *ret_profile, inb_error *err) {
    inb_profile result = {.given = false};
    for (size_t h = 1; h < (size_t)1 << list_count; h++) {
        if (cells[h].kind == INB_CELL_MISSING || cells[h].kind == INB_CELL_CENSORED) {
            *ret_profile = result;
            return INB_OK;
        }
    }
    INB_CLEANUP(inb_quick_freep) inb_quick *quick = NULL;
    INB_TRY(inb_quick_new(list_count, term_count, &quick, err));
    inb_quick_table(quick, cells);
    struct profile profile = {quick, terms, term_count, quick->people};
    if (find_best(&profile, hidden, &result.best)) {
        double z = inb_normal_quantile(0.5 + level / 2);
        double cut = look(&profile, result.best).value - z * z / 2;
        result.low = find_low(&profile, result.best, cut);
        result.high = find_high(&profile, result.best, cut);
        result.given = isfinite(result.high);
    }
    *ret_profile = result;
    return INB_OK;
}
