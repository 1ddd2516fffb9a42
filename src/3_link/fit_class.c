// SPDX-License-Identifier: EUPL-1.2
// A mixture of two classes splits pairs where they differ most, which need not be where persons do:
// pairs of one household, or that share a column and another that says the same, may be the larger
// class. Then some columns of matching pairs agree no more than by chance.

#include "fit_class.h"

#include "fit_table.h"

#include <string.h>

static const double agrees = 0.5; // beyond chance
static const double hardly = 0.4;
static const double nothing = 0.2;

double inb_fit_beyond_chance(const inb_fit *fit, size_t feature) {
    double most = 0;
    double sum = 0;
    for (unsigned level = fit->layout.top[feature]; level > 1; level--) {
        sum += fit->m_level[feature][level] - fit->u_level[feature][level];
        most = fmax(most, sum);
    }
    return most;
}

double inb_fit_compared(const inb_fit *fit, size_t feature) {
    double compared = 0;
    for (unsigned level = 1; level <= fit->layout.top[feature]; level++) {
        compared += fit->u_count[feature][level];
    }
    return compared;
}

// Whether a feature is compared at all and chance seldom makes it equal.
static bool could_tell(const inb_fit *fit, size_t feature) {
    return inb_fit_compared(fit, feature) > 0 &&
           fit->u_level[feature][fit->layout.exact[feature]] < 0.3;
}

enum inb_fit_kind inb_fit_kind_of(
    const inb_fit *fit, inb_fit_layout *ret_layout, double *ret_by_itself) {
    double by_itself = fit->matches;
    size_t in = 0;      // groups that agree
    size_t at_home = 0; // of them those of a household
    size_t telling = 0; // features beside those of a household that could tell
    size_t told = 0;    // of them those that do
    size_t out = 0;     // groups with a feature that could tell and hardly agrees
    unsigned bundle[INB_FIT_FEATURES] = {0};
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        double least = 1; // chance that a feature agrees, of those that hardly do
        for (unsigned i = 0; i < group->count; i++) {
            size_t f = group->first + i;
            if (!could_tell(fit, f)) {
                continue;
            }
            double beyond = inb_fit_beyond_chance(fit, f);
            bool home = (fit->layout.home[g] & 1U << i) != 0;
            bundle[g] |= beyond >= agrees ? 1U << i : 0;
            if (beyond < hardly) {
                least = fmin(least, fit->m_level[f][fit->layout.exact[f]]);
            }
            telling += home ? 0 : 1;
            told += !home && beyond >= nothing ? 1 : 0;
        }
        out += least < 1 ? 1 : 0;
        by_itself *= least;
        in += bundle[g] != 0 ? 1 : 0;
        at_home += bundle[g] != 0 && (bundle[g] & ~fit->layout.home[g]) == 0 ? 1 : 0;
    }
    if (telling > 0 && told == 0 && at_home >= 2 && in == at_home) {
        return INB_FIT_HOUSEHOLDS;
    }
    if (in < 2 || out < 2) {
        return INB_FIT_PERSONS;
    }
    *ret_by_itself = by_itself;
    memcpy(ret_layout->home, bundle, sizeof bundle);
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        ret_layout->shared[g] = bundle[g] != 0 ? 0 : fit->layout.shared[g];
    }
    return INB_FIT_SHARED;
}

size_t inb_fit_opposes(const inb_fit *fit) {
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        for (unsigned i = 0; i < group->count; i++) {
            size_t f = group->first + i;
            if ((fit->layout.person[g] & 1U << i) != 0 && could_tell(fit, f) &&
                inb_fit_beyond_chance(fit, f) < nothing) {
                return f;
            }
        }
    }
    return SIZE_MAX;
}

unsigned inb_fit_home_features(const inb_fit *fit) {
    unsigned features = 0;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        features |= fit->layout.home[g] << fit->layout.groups[g].first;
    }
    return features;
}

// Where an entry stands once some features are left out, the blanks being the same: a level that is
// left out and not blank counts as the first.
static size_t left(const inb_fit_group *group, unsigned out, size_t index) {
    for (unsigned i = 0; i < group->count; i++) {
        if ((out & 1U << i) != 0 && (index >> (3 * i) & 7) != 0) {
            index = (index & ~((size_t)7 << (3 * i))) | (size_t)1 << (3 * i);
        }
    }
    return index;
}

void inb_fit_leave_out(
    const inb_fit *fit, size_t g, unsigned out, double *room, double *ret_ratio) {
    const inb_fit_group *group = &fit->layout.groups[g];
    size_t size = inb_fit_table_size(group);
    double *m = room;
    double *u = room + size;
    memset(room, 0, 2 * size * sizeof *room);
    for (size_t i = 0; i < size; i++) {
        size_t at = left(group, out, i);
        m[at] += fit->m[g][i];
        u[at] += fit->u[g][i];
    }
    for (size_t i = 0; i < size; i++) {
        size_t at = left(group, out, i);
        ret_ratio[i] = u[at] > 0 && m[at] > 0 ? m[at] / u[at] : 1;
    }
}

void inb_fit_mute(inb_fit *fit, size_t g, double *room) {
    size_t size = inb_fit_table_size(&fit->layout.groups[g]);
    if (fit->muted[g] != 0) {
        double *ratio = room + 2 * size;
        inb_fit_leave_out(fit, g, fit->muted[g], room, ratio);
        for (size_t i = 0; i < size; i++) {
            fit->m[g][i] = fit->u[g][i] * ratio[i];
        }
    }
}
