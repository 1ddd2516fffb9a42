// SPDX-License-Identifier: EUPL-1.2
// The class of pairs that do not match, from random pairs or all: chances of levels (u) by what the
// other groups say of each pair.

#include "fit_others.h"

#include "fit_table.h"

#include <string.h>

// From random pairs, or all pairs. Some of them match. How many of an entry do not is judged by the
// other groups only, so that what a group says cannot confirm itself: a pair that does not match
// passes with chance `pass`, one that matches with chance `leak`, whatever the group at hand says.
// telling: pairs count as far as the other groups say something; where these are blank, most pairs
// that agree may match, and nothing says so. Returns false where they say too little.
// looked: weights of all groups and the chance to match by all; NULL = count all pairs. A class
// that was put aside does not stand among the others either.
static bool count_others(const inb_fit *fit, const inb_pattern_counts *pairs, size_t g,
    const struct inb_fit_looked *looked, bool telling, double *ret_counts) {
    static const double most_leak = 0.7;
    static const double least_pass = 0.05;
    const inb_fit_group *group = &fit->layout.groups[g];
    double odds = fit->prior / (1 - fit->prior);
    double seen = 0;
    double matching = 0;
    double passed = 0;
    double leaked = 0;
    memset(ret_counts, 0, inb_fit_table_size(group) * sizeof *ret_counts);
    for (size_t i = 0; i < pairs->count; i++) {
        size_t at = inb_group_index(group, pairs->patterns[i]);
        double share = 1;
        if (looked != NULL) {
            double others = exp(looked->total[i] - fit->weight[g][at]);
            double home =
                fit->aside ? fit->home_odds * exp(looked->home[i] - fit->home_weight[g][at]) : 0;
            share = 1 / (1 + odds * others + home);
            share *= telling ? 1 - fmin(others, 1 / others) : 1;
        }
        ret_counts[at] += pairs->counts[i] * share;
        if (looked != NULL && at != 0) {
            seen += pairs->counts[i];
            passed += pairs->counts[i] * share;
            matching += pairs->counts[i] * looked->chance[i];
            leaked += pairs->counts[i] * looked->chance[i] * share;
        }
    }
    double leak = matching > 0 ? leaked / matching : 1;
    double pass = seen > matching ? (passed - leaked) / (seen - matching) : 1;
    if (telling && passed < least_pass * seen) {
        return false;
    }
    if (looked == NULL || leak > most_leak * pass) {
        return true;
    }
    for (size_t at = 0; at < inb_fit_table_size(group); at++) {
        ret_counts[at] *= pass / (pass - leak);
    }
    for (size_t i = 0; i < pairs->count; i++) {
        size_t at = inb_group_index(group, pairs->patterns[i]);
        ret_counts[at] -= pass * leak / (pass - leak) * pairs->counts[i];
    }
    for (size_t at = 0; at < inb_fit_table_size(group); at++) {
        ret_counts[at] = fmax(ret_counts[at], 0);
    }
    return true;
}

// Two random persons have all of a group equal at least as often as its columns by themselves say:
// parts of one thing go together, if at all (people of one community share given names and
// surnames, heaped days come with heaped months). Where few groups judge each other, the pairs of
// one birthday would else be taken off as matches, and then believed to be.
static void hold_equal(inb_fit *fit, size_t g) {
    const inb_fit_layout *layout = &fit->layout;
    const inb_fit_group *group = &layout->groups[g];
    double *u = fit->u[g];
    double raised[1 << INB_FIT_JOINT] = {0};
    double others[1 << INB_FIT_JOINT] = {0};
    bool raise[(size_t)1 << (3 * INB_FIT_JOINT)];
    for (size_t at = 0; at < inb_fit_table_size(group); at++) {
        unsigned mask = inb_fit_mask(group, at);
        raise[at] = mask != 0 && inb_fit_is_pattern(layout, group, at);
        for (unsigned i = 0; i < group->count; i++) {
            size_t level = at >> (3 * i) & 7;
            raise[at] = raise[at] && (level == 0 || level >= layout->exact[group->first + i]);
        }
        double least =
            inb_fit_product(layout, group, (const double(*)[INB_FIT_LEVELS])fit->u_level, at);
        raise[at] = raise[at] && u[at] > 0 && u[at] < least;
        u[at] = raise[at] ? least : u[at];
        (raise[at] ? raised : others)[mask] += u[at];
    }
    for (size_t at = 0; at < inb_fit_table_size(group); at++) {
        unsigned mask = inb_fit_mask(group, at);
        if (!raise[at] && others[mask] > 0 && raised[mask] < 1) {
            u[at] *= (1 - raised[mask]) / others[mask];
        }
    }
}

void inb_fit_others(
    inb_fit *fit, const inb_fit_input *input, const struct inb_fit_looked *looked, double *room) {
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        if (looked == NULL || !count_others(fit, input->random, g, looked, true, room)) {
            (void)count_others(fit, input->random, g, looked, false, room);
        }
        inb_fit_margins(group, room, fit->u_count);
        for (unsigned f = group->first; f < group->first + group->count; f++) {
            unsigned top = fit->layout.top[f];
            unsigned exact = fit->layout.exact[f];
            double total = 0;
            for (unsigned level = 1; level <= top; level++) {
                total += fit->u_count[f][level] + (level == 1 ? 1 : 0.5);
            }
            double known = input->exact_u == NULL ? -1 : input->exact_u[f];
            double equal = fit->u_count[f][exact] + (exact == 1 ? 1 : 0.5);
            double rest = known < 0 ? 1 : (1 - known) / (1 - equal / total);
            for (unsigned level = 1; level <= top; level++) {
                double chance = (fit->u_count[f][level] + (level == 1 ? 1 : 0.5)) / total;
                fit->u_level[f][level] = known >= 0 && level == exact ? known : chance * rest;
            }
        }
        inb_fit_fill_table(
            &fit->layout, group, (const double(*)[INB_FIT_LEVELS])fit->u_level, room, fit->u[g]);
        hold_equal(fit, g);
    }
}
