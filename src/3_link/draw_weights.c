// SPDX-License-Identifier: EUPL-1.2
// Dirichlet draws of each group's table within a set of blanks: the mean is the fit's, the weight
// is the expected matching pairs (m) or the random pairs (u) behind it. Expected counts are taken
// for seen ones, so that the spread is too small where the classes overlap; docs/methods/link.md.

#include "draw_weights.h"

#include "base/alloc.h"
#include "math/gamma.h"

#include <math.h>
#include <string.h>

static const double held = 8;   // pairs' worth of prior, as in the fit
static const double hold_m = 2; // of a table of several features, drawn to its margins
static const double hold_u = 5;
static const double most_weight = 25;
static const double least_chance = 1e-300;

static unsigned mask_of(const inb_fit_group *group, size_t index) {
    unsigned mask = 0;
    for (unsigned i = 0; i < group->count; i++) {
        mask |= (index >> (3 * i) & 7) != 0 ? 1U << i : 0;
    }
    return mask;
}

void inb_draw_base_of(const struct inb_linked *linked, inb_draw_base *ret_base) {
    const inb_fit *fit = linked->fit;
    *ret_base = (inb_draw_base){0};
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        for (size_t i = 0; i < linked->across_count; i++) {
            size_t at = inb_group_index(group, linked->pairs[i].pattern);
            ret_base->m[g][mask_of(group, at)] += (double)linked->probability[i];
        }
        for (unsigned mask = 1; mask < 1U << group->count; mask++) {
            double least = INFINITY; // at most as many as the feature with the fewest
            for (unsigned i = 0; i < group->count; i++) {
                double sum = 0;
                for (size_t level = 1; level < INB_FIT_LEVELS; level++) {
                    sum += fit->u_count[group->first + i][level];
                }
                least = (mask & 1U << i) != 0 ? fmin(least, sum) : least;
            }
            ret_base->u[g][mask] = least;
        }
    }
}

// Chances of equal values that are known from the files' frequencies are no estimate of random
// pairs, and stay as they are.
static bool is_known(const struct inb_linked *linked, const inb_fit_group *group, size_t index) {
    for (unsigned i = 0; i < group->count; i++) {
        unsigned f = group->first + i;
        bool equal = (index >> (3 * i) & 7) == linked->fit->layout.exact[f];
        if (equal && linked->rarity->exact_u[f] >= 0) {
            return true;
        }
    }
    return false;
}

// Draws a table: entries that are known stay, the others share the rest.
static void draw_table(const struct inb_linked *linked, const inb_fit_group *group,
    const double *mean, const double *behind, double hold, bool keep_known, inb_rng *rng,
    double *table) {
    size_t size = (size_t)1 << (3 * group->count);
    double rest[1 << INB_FIT_JOINT] = {0};
    double sum[1 << INB_FIT_JOINT] = {0};
    for (size_t i = 0; i < size; i++) {
        unsigned mask = mask_of(group, i);
        bool fixed = keep_known && is_known(linked, group, i);
        table[i] = mean[i];
        if (!fixed && mean[i] > 0) {
            double shape = (behind[mask] + held) * mean[i] + (group->count > 1 ? hold : 0);
            table[i] = fmax(mean[i] * inb_gamma_draw(rng, shape) / shape, least_chance);
            rest[mask] += mean[i];
            sum[mask] += table[i];
        }
    }
    for (size_t i = 0; i < size; i++) {
        unsigned mask = mask_of(group, i);
        bool fixed = keep_known && is_known(linked, group, i);
        if (!fixed && mean[i] > 0 && sum[mask] > 0) {
            table[i] *= rest[mask] / sum[mask];
        }
    }
}

inb_status inb_draw_weights(const struct inb_linked *linked, const inb_draw_base *base,
    inb_rng *rng, inb_fit **ret_fit, inb_error *err) {
    INB_CLEANUP(inb_fit_freep) inb_fit *fit = inb_alloc(1, sizeof *fit);
    INB_CLEANUP(inb_freep) double *m = inb_alloc((size_t)2 << (3 * INB_FIT_JOINT), sizeof *m);
    if (fit == NULL || m == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw weights");
    }
    double *u = m + ((size_t)1 << (3 * INB_FIT_JOINT));
    fit->layout = linked->fit->layout;
    fit->prior = linked->fit->prior;
    fit->home_odds = linked->fit->home_odds;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        size_t size = (size_t)1 << (3 * group->count);
        fit->refused[g] = linked->fit->refused[g];
        fit->weight[g] = inb_alloc(size, sizeof *fit->weight[g]);
        fit->home_weight[g] = inb_alloc(size, sizeof *fit->home_weight[g]);
        if (fit->weight[g] == NULL || fit->home_weight[g] == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw weights");
        }
        memcpy(fit->home_weight[g], linked->fit->home_weight[g], size * sizeof(double));
        if (fit->refused[g]) {
            continue;
        }
        draw_table(linked, group, linked->fit->m[g], base->m[g], hold_m, false, rng, m);
        draw_table(linked, group, linked->fit->u[g], base->u[g], hold_u, true, rng, u);
        for (size_t i = 1; i < size; i++) {
            if (m[i] > 0 && u[i] > 0) {
                fit->weight[g][i] = fmax(-most_weight, fmin(most_weight, log(m[i] / u[i])));
            }
        }
    }
    *ret_fit = INB_TAKE(fit);
    return INB_OK;
}
