// SPDX-License-Identifier: EUPL-1.2
// An adjustment is the log of a ratio of chances, of a value among matching pairs of a level and
// among others. Its mean, turned over, is 1 among matching pairs: with chances counted over all
// records it is not where many surnames are misspelt, since these never match exactly, so that a
// common one is commoner among those that do. Of near values a slope is learnt: the others'
// distribution of log chances, tilted until its mean is that of matching pairs (the likeliest of an
// exponential family; Efron & Tibshirani 1996, doi:10.1214/aos/1032181161).

#include "rarity_match.h"

#include "base/alloc.h"

#include <math.h>

static const double held = 20; // pairs' worth of what was thought before

// Of likely matches: how many have a level, and a sum over them: of exp(-adjustment) where equal,
// of the log of the commoner value's chance where near.
struct likely {
    double count[INB_FEATURES][INB_FIT_LEVELS];
    double sum[INB_FEATURES][INB_FIT_LEVELS];
};

static void count_likely(const inb_rarity *rarity, const inb_pair *pairs, size_t count,
    const float *match, struct likely *likely) {
    static const float least = 0.01F;
    for (size_t i = 0; i < count; i++) {
        for (size_t f = 0; match[i] >= least && f < INB_FEATURES; f++) {
            unsigned level = inb_pattern_level(pairs[i].pattern, f);
            if (level <= 1 || isnan(rarity->usual[f][level])) {
                continue;
            }
            double chance = (double)match[i];
            double x = level == inb_level_exact[f]
                           ? exp(-inb_rarity_adjust_feature(rarity, &pairs[i], (enum inb_feature)f))
                           : inb_rarity_log_chance(rarity, &pairs[i], f);
            likely->count[f][level] += chance;
            likely->sum[f][level] += chance * x;
        }
    }
}

// Random pairs of a level: log of the commoner value's chance, and the chance not to match.
struct others {
    double *x;
    double *weight;
    size_t count;
};

static void others_clear(struct others *others) {
    inb_free(others->x);
    inb_free(others->weight);
}

static void find_others(const inb_rarity *rarity, size_t f, unsigned level,
    const inb_candidates *random, const double *match, struct others *others) {
    others->count = 0;
    for (size_t i = 0; i < random->count; i++) {
        if (inb_pattern_level(random->pairs[i].pattern, f) == level) {
            others->x[others->count] = inb_rarity_log_chance(rarity, &random->pairs[i], f);
            others->weight[others->count++] = 1 - match[i];
        }
    }
}

// Weighed by exp(-slope x) besides: the mean of that weight, and of x.
struct tilted {
    double weight;
    double mean;
};

static struct tilted tilt(const struct others *others, double slope) {
    double all = 0;
    double sum = 0;
    double moment = 0;
    for (size_t i = 0; i < others->count; i++) {
        double weight = others->weight[i] * exp(-slope * others->x[i]);
        all += others->weight[i];
        sum += weight;
        moment += weight * others->x[i];
    }
    return (struct tilted){sum / all, moment / sum};
}

// The slope between 0 and 1 at which others have the mean of likely matches.
static double find_slope(const struct others *others, double count, double sum) {
    enum { STEPS = 20 };
    double mean = (sum + held * tilt(others, 1).mean) / (count + held);
    double low = 0;
    double high = 1;
    for (size_t step = 0; step < STEPS; step++) {
        double middle = (low + high) / 2;
        bool more = tilt(others, middle).mean > mean;
        low = more ? middle : low;
        high = more ? high : middle;
    }
    return high;
}

inb_status inb_rarity_match(inb_rarity *rarity, const inb_pair *pairs, size_t count,
    const float *match, const inb_candidates *random, const double *other, inb_error *err) {
    struct likely likely = {0};
    INB_CLEANUP(others_clear) struct others others = {0};
    others.x = inb_alloc(random->count, sizeof *others.x);
    others.weight = inb_alloc(random->count, sizeof *others.weight);
    if (others.x == NULL || others.weight == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for frequencies of values");
    }
    count_likely(rarity, pairs, count, match, &likely);
    for (size_t f = 0; f < INB_FEATURES; f++) {
        unsigned exact = inb_level_exact[f];
        for (unsigned level = 2; level < exact; level++) {
            if (rarity->people->codes[f] != NULL && !isnan(rarity->usual[f][level])) {
                find_others(rarity, f, level, random, other, &others);
                double slope = find_slope(&others, likely.count[f][level], likely.sum[f][level]);
                rarity->slope[f][level] = slope;
                rarity->usual[f][level] = -log(tilt(&others, slope).weight);
            }
        }
        rarity->usual[f][exact] +=
            log((likely.sum[f][exact] + held) / (likely.count[f][exact] + held));
    }
    return INB_OK;
}
