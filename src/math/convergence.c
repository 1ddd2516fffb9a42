// SPDX-License-Identifier: EUPL-1.2
// Every chain is cut into halves, draws are replaced by normal scores of their ranks, z = Phi^-1((r
// - 3/8) / (S + 1/4)); R-hat = sqrt((W (l - 1)/l + B/l) / W). Effective draws S / tau, tau from
// autocorrelations over all chains, cut off where Geyer's (1992) sums of pairs turn negative and
// made to fall monotonically.

#include "math/convergence.h"

#include "base/alloc.h"
#include "math/normal.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    double value;
    size_t place;
};

struct work {
    size_t chains; // halves
    size_t length; // of a half
    double *draws; // [chains * length]
    double *folded;
    double *scores;
    struct ranked *ranked;
    double *means;     // [chains]
    double *variances; // [chains]
};

static void clear_work(struct work *work) {
    inb_free(work->draws);
    inb_free(work->folded);
    inb_free(work->scores);
    inb_free(work->ranked);
    inb_free(work->means);
    inb_free(work->variances);
}

static int compare_ranked(const void *a, const void *b) {
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

// Sorts `values` into work->ranked.
static void sort_draws(struct work *work, const double *values) {
    size_t all = work->chains * work->length;
    for (size_t i = 0; i < all; i++) {
        work->ranked[i] = (struct ranked){values[i], i};
    }
    qsort(work->ranked, all, sizeof *work->ranked, compare_ranked);
}

// Normal scores of the ranks of what sort_draws sorted; ties share their mean rank.
static void score_ranks(struct work *work) {
    size_t all = work->chains * work->length;
    for (size_t i = 0; i < all;) {
        size_t end = i + 1;
        while (end < all && work->ranked[end].value == work->ranked[i].value) {
            end++;
        }
        double rank = ((double)i + 1 + (double)end) / 2;
        double score = inb_normal_quantile((rank - 0.375) / ((double)all + 0.25));
        for (; i < end; i++) {
            work->scores[work->ranked[i].place] = score;
        }
    }
}

// Means and variances of the chains in `values`; W and the pooled variance.
static void spread_of(
    struct work *work, const double *values, double *ret_within, double *ret_pooled) {
    double length = (double)work->length;
    double grand = 0;
    double within = 0;
    for (size_t c = 0; c < work->chains; c++) {
        const double *chain = values + c * work->length;
        double mean = 0;
        for (size_t i = 0; i < work->length; i++) {
            mean += chain[i] / length;
        }
        double square = 0;
        for (size_t i = 0; i < work->length; i++) {
            square += (chain[i] - mean) * (chain[i] - mean);
        }
        work->means[c] = mean;
        work->variances[c] = square / (length - 1);
        grand += mean / (double)work->chains;
        within += work->variances[c] / (double)work->chains;
    }
    double between = 0; // B / length
    for (size_t c = 0; c < work->chains; c++) {
        between += (work->means[c] - grand) * (work->means[c] - grand) / (double)(work->chains - 1);
    }
    *ret_within = within;
    *ret_pooled = within * (length - 1) / length + between;
}

static double r_hat_of(struct work *work, const double *values) {
    double within;
    double pooled;
    spread_of(work, values, &within, &pooled);
    return within > 0 ? sqrt(pooled / within) : (double)NAN;
}

// Autocovariance at a lag, mean over the chains (divided by the length, as is usual).
static double covariance_at(const struct work *work, const double *values, size_t lag) {
    double sum = 0;
    for (size_t c = 0; c < work->chains; c++) {
        const double *chain = values + c * work->length;
        double mean = work->means[c];
        double one = 0;
        for (size_t i = 0; i + lag < work->length; i++) {
            one += (chain[i] - mean) * (chain[i + lag] - mean);
        }
        sum += one / (double)work->length;
    }
    return sum / (double)work->chains;
}

static double ess_of(struct work *work, const double *values) {
    double within;
    double pooled;
    spread_of(work, values, &within, &pooled);
    double all = (double)(work->chains * work->length);
    if (!(pooled > 0)) {
        return all;
    }
    double tau = -1;
    double before = INFINITY;
    for (size_t lag = 0; lag + 1 < work->length; lag += 2) {
        double even = lag == 0 ? 1 : 1 - (within - covariance_at(work, values, lag)) / pooled;
        double odd = 1 - (within - covariance_at(work, values, lag + 1)) / pooled;
        double pair = fmin(even + odd, before);
        if (pair < 0) {
            break;
        }
        tau += 2 * pair;
        before = pair;
    }
    return all / fmax(tau, 1 / log10(all));
}

// Effective draws of the share below the value at `place` of the sorted draws.
static double ess_below(struct work *work, const double *values, double limit) {
    for (size_t i = 0; i < work->chains * work->length; i++) {
        work->scores[i] = values[i] <= limit;
    }
    return ess_of(work, work->scores);
}

static inb_status make_work(struct work *work, inb_error *err) {
    size_t all = work->chains * work->length;
    work->draws = inb_alloc(all, sizeof *work->draws);
    work->folded = inb_alloc(all, sizeof *work->folded);
    work->scores = inb_alloc(all, sizeof *work->scores);
    work->ranked = inb_alloc(all, sizeof *work->ranked);
    work->means = inb_alloc(work->chains, sizeof *work->means);
    work->variances = inb_alloc(work->chains, sizeof *work->variances);
    if (work->draws == NULL || work->folded == NULL || work->scores == NULL ||
        work->ranked == NULL || work->means == NULL || work->variances == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare chains");
    }
    return INB_OK;
}

inb_status inb_convergence_of(const double *draws, size_t chains, size_t length,
    inb_convergence *ret_convergence, inb_error *err) {
    if (chains < 1 || length < 8) {
        return inb_fail(err, INB_RANGE, "too few draws to compare chains");
    }
    INB_CLEANUP(clear_work) struct work work = {.chains = 2 * chains, .length = length / 2};
    INB_TRY(make_work(&work, err));
    size_t all = work.chains * work.length;
    for (size_t c = 0; c < chains; c++) {
        for (size_t half = 0; half < 2; half++) {
            // Of an odd number the draw in the middle is left out.
            const double *from = draws + c * length + half * (length - work.length);
            for (size_t i = 0; i < work.length; i++) {
                work.draws[(2 * c + half) * work.length + i] = from[i];
            }
        }
    }
    sort_draws(&work, work.draws);
    double low = work.ranked[(size_t)(0.05 * (double)(all - 1))].value;
    double high = work.ranked[(size_t)(0.95 * (double)(all - 1))].value;
    double median = (work.ranked[(all - 1) / 2].value + work.ranked[all / 2].value) / 2;
    inb_convergence result;
    score_ranks(&work);
    result.r_hat = r_hat_of(&work, work.scores);
    result.ess_bulk = ess_of(&work, work.scores);
    for (size_t i = 0; i < all; i++) {
        work.folded[i] = fabs(work.draws[i] - median);
    }
    sort_draws(&work, work.folded);
    score_ranks(&work);
    double folded = r_hat_of(&work, work.scores);
    result.r_hat = folded > result.r_hat ? folded : result.r_hat;
    result.ess_tail = fmin(ess_below(&work, work.draws, low), ess_below(&work, work.draws, high));
    *ret_convergence = result;
    return INB_OK;
}
