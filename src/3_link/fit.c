// SPDX-License-Identifier: EUPL-1.2
// EM for a mixture of two classes on counts of patterns (Fellegi & Sunter 1969; Winkler 1988;
// Enamorado, Fifield & Imai 2019, doi:10.1017/S0003055418000783). Features of a group have one
// table together, drawn towards the product of its margins; single features are kept in order.

#include "fit.h"

#include "fit_class.h"
#include "fit_others.h"
#include "fit_table.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

enum { MOST_ITERATIONS = 200, ROUNDS = 3 };
static const double converged = 1e-6;
static const double most_weight = 25;
static const double held = 8; // pairs' worth of what is usual of matching pairs
static const double most_home_odds = 1e-2;
static const double seldom = 0.1;       // of what some of a household share
static const double least_ratio = 1.05; // m / u of equal values, below which they say nothing
static const double least_found = 5;    // matching pairs of a class that is taken for another
static const double least_apart = 0.05; // of the shares of levels, below which they say nothing

void inb_pattern_counts_clear(inb_pattern_counts *counts) {
    inb_free(counts->patterns);
    inb_free(counts->counts);
    *counts = (inb_pattern_counts){0};
}

void inb_fit_freep(inb_fit **fit) {
    if (*fit != NULL) {
        for (size_t g = 0; g < INB_FIT_FEATURES; g++) {
            inb_free((*fit)->m[g]);
            inb_free((*fit)->u[g]);
            inb_free((*fit)->weight[g]);
            inb_free((*fit)->home_weight[g]);
        }
        inb_free(*fit);
        *fit = NULL;
    }
}

// ---- tables ----

// What is known beforehand of a matching pair: mostly equal, seldom different.
static double usual(const inb_fit_layout *layout, size_t feature, unsigned level) {
    unsigned exact = layout->exact[feature];
    unsigned between = layout->top[feature] > 2 ? layout->top[feature] - 2 : 1;
    double equal = layout->top[feature] > 2 ? 0.75 : 0.9;
    return level == exact ? equal : level == 1 ? 0.1 : 0.15 / between;
}

// Levels up to exact in order: a nearer one never speaks less for a match (pool adjacent
// violators on m, weighted by u; the levels above exact stand apart).
static void keep_order(const inb_fit_layout *layout, size_t feature, const double *u, double *m) {
    unsigned exact = layout->exact[feature];
    double ratio[INB_FIT_LEVELS];
    double mass[INB_FIT_LEVELS];
    unsigned width[INB_FIT_LEVELS];
    unsigned blocks = 0;
    for (unsigned level = 1; level <= exact; level++) {
        ratio[blocks] = m[level] / u[level];
        mass[blocks] = u[level];
        width[blocks++] = 1;
        while (blocks > 1 && ratio[blocks - 1] < ratio[blocks - 2]) {
            double both = mass[blocks - 1] + mass[blocks - 2];
            ratio[blocks - 2] =
                (ratio[blocks - 1] * mass[blocks - 1] + ratio[blocks - 2] * mass[blocks - 2]) /
                both;
            mass[blocks - 2] = both;
            width[blocks - 2] += width[blocks - 1];
            blocks--;
        }
    }
    unsigned level = 1;
    for (unsigned b = 0; b < blocks; b++) {
        for (unsigned i = 0; i < width[b]; i++, level++) {
            m[level] = ratio[b] * u[level];
        }
    }
}

// log of how much likelier a group's levels are for two persons of one household than for any two:
// as for one person in the features of the home, as for any two in the others given these; what
// some share (a phone, the date of twins) as for one person with the chance of that.
static double home_weight_of(const inb_fit *fit, size_t g, size_t index) {
    const inb_fit_group *group = &fit->layout.groups[g];
    unsigned home = fit->layout.home[g] & ((1U << group->count) - 1);
    if (index == 0 || fit->refused[g]) {
        return 0;
    }
    if (fit->layout.shared[g] > 0) {
        return log(1 - fit->share[g] + fit->share[g] * exp(fit->weight[g][index]));
    }
    if (home == (1U << group->count) - 1) {
        return fit->weight[g][index];
    }
    double weight = 0;
    for (unsigned i = 0; i < group->count; i++) {
        size_t level = index >> (3 * i) & 7;
        if ((home & 1U << i) != 0 && level != 0) {
            unsigned f = group->first + i;
            weight += log(fit->m_level[f][level] / fit->u_level[f][level]);
        }
    }
    return fmax(-most_weight, fmin(most_weight, weight));
}

// The same of a class put aside that agrees on some of a group's features, from the tables: what
// random pairs share may be all of it, so that the margins are far off.
static void set_aside(inb_fit *fit, size_t g, unsigned others) {
    double room[3 << (3 * INB_FIT_JOINT)];
    size_t size = inb_fit_table_size(&fit->layout.groups[g]);
    inb_fit_leave_out(fit, g, others, room, room + 2 * size);
    for (size_t i = 0; i < size; i++) {
        double weight = i == 0 ? 0 : log(room[2 * size + i]);
        fit->home_weight[g][i] = fmax(-most_weight, fmin(most_weight, weight));
    }
}

static void set_weights(inb_fit *fit) {
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        for (size_t i = 0; i < inb_fit_table_size(&fit->layout.groups[g]); i++) {
            double weight = 0;
            if (i != 0 && !fit->refused[g] && fit->m[g][i] > 0 && fit->u[g][i] > 0) {
                weight = log(fit->m[g][i] / fit->u[g][i]);
                weight = fmax(-most_weight, fmin(most_weight, weight));
            }
            fit->weight[g][i] = weight;
        }
        unsigned whole = (1U << fit->layout.groups[g].count) - 1;
        unsigned others = whole & ~fit->layout.home[g];
        if (fit->aside && fit->layout.home[g] != 0 && others != 0 && !fit->refused[g]) {
            set_aside(fit, g, others);
            continue;
        }
        for (size_t i = 0;
             fit->home_weight[g] != NULL && i < inb_fit_table_size(&fit->layout.groups[g]); i++) {
            bool used = inb_fit_is_pattern(&fit->layout, &fit->layout.groups[g], i);
            fit->home_weight[g][i] = used ? home_weight_of(fit, g, i) : 0;
        }
    }
}

// ---- the class of matching pairs ----

// Of a group's matching pairs those whose levels are as of two persons: moved, or another date
// altogether. Takes them out of counts and sets their share. Two other groups at least must be
// there to tell such a pair from namesakes.
static void take_replaced(inb_fit *fit, size_t g, double *counts) {
    static const double usually = 0.01; // worth as many pairs as have one among them
    size_t groups = 0;
    for (size_t i = 0; i < fit->layout.group_count; i++) {
        groups += fit->refused[i] ? 0 : 1;
    }
    if (fit->layout.groups[g].count == 1 || groups < 3) {
        fit->replaced[g] = 0;
        return;
    }
    double all = 0;
    double replaced = 0;
    for (size_t i = 1; i < inb_fit_table_size(&fit->layout.groups[g]); i++) {
        double share = fit->m[g][i] > 0 ? fit->replaced[g] * fit->u[g][i] / fit->m[g][i] : 0;
        all += counts[i];
        replaced += counts[i] * share;
        counts[i] *= 1 - share;
    }
    fit->replaced[g] = (replaced + 1) / (all + 1 / usually);
}

static void fit_m(
    inb_fit *fit, const inb_pattern_counts *pairs, const double *match, double *room) {
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        memset(room, 0, inb_fit_table_size(group) * sizeof *room);
        for (size_t i = 0; match != NULL && i < pairs->count; i++) {
            room[inb_group_index(group, pairs->patterns[i])] += match[i];
        }
        take_replaced(fit, g, room);
        inb_fit_margins(group, room, fit->m_count);
        for (unsigned f = group->first; f < group->first + group->count; f++) {
            double total = held;
            for (unsigned level = 1; level <= fit->layout.top[f]; level++) {
                total += fit->m_count[f][level];
            }
            for (unsigned level = 1; level <= fit->layout.top[f]; level++) {
                fit->m_level[f][level] =
                    (fit->m_count[f][level] + held * usual(&fit->layout, f, level)) / total;
            }
            if (group->count == 1) {
                keep_order(&fit->layout, f, fit->u_level[f], fit->m_level[f]);
            }
        }
        inb_fit_fill_table(
            &fit->layout, group, (const double(*)[INB_FIT_LEVELS])fit->m_level, room, fit->m[g]);
        double replaced = fit->replaced[g];
        for (size_t i = 0; replaced > 0 && i < inb_fit_table_size(group); i++) {
            fit->m[g][i] = (1 - replaced) * fit->m[g][i] + replaced * fit->u[g][i];
        }
        for (unsigned f = group->first; replaced > 0 && f < group->first + group->count; f++) {
            for (unsigned level = 1; level <= fit->layout.top[f]; level++) {
                fit->m_level[f][level] =
                    (1 - replaced) * fit->m_level[f][level] + replaced * fit->u_level[f][level];
            }
        }
        inb_fit_mute(fit, g, room);
    }
}

static double prior_of(const inb_fit_input *input, double matches) {
    double most = fmin(input->most_matches, input->pairs / 2);
    return fmax(fmin(matches, most), 0.01) / input->pairs;
}

double inb_fit_home_cost(const inb_fit *fit, double home_weight) {
    return fit->home_odds > 0 ? log1p(fit->home_odds * exp(home_weight)) : 0;
}

// One step: expected matches of each pattern and in all; pairs of one household, and for each group
// that some share how many of them have it and how many share it.
struct step {
    double matches;
    double homes;
    double have[INB_FIT_FEATURES];
    double share[INB_FIT_FEATURES];
};

static struct step expect(const inb_fit *fit, const inb_pattern_counts *pairs, double *match) {
    double logit = log(fit->prior / (1 - fit->prior));
    struct step step = {0};
    for (size_t i = 0; i < pairs->count; i++) {
        uint64_t pattern = pairs->patterns[i];
        double weight = inb_fit_weight(fit, pattern);
        double cost = 0;
        if (fit->home_odds > 0) {
            cost = inb_fit_home_cost(fit, inb_fit_home_weight(fit, pattern));
        }
        double chance = inb_fit_chance(logit + weight - cost);
        match[i] = pairs->counts[i] * chance;
        step.matches += match[i];
        if (cost > 0) {
            double home = pairs->counts[i] * (1 - chance) * -expm1(-cost);
            step.homes += home;
            for (size_t g = 0; g < fit->layout.group_count; g++) {
                size_t at = inb_group_index(&fit->layout.groups[g], pattern);
                if (fit->layout.shared[g] > 0 && at != 0) {
                    step.have[g] += home;
                    step.share[g] +=
                        home * fit->share[g] * exp(fit->weight[g][at] - fit->home_weight[g][at]);
                }
            }
        }
    }
    return step;
}

// Households can be told apart where surname and address are there and something else besides.
static bool has_homes(const inb_fit *fit) {
    size_t home = 0;
    size_t other = 0;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        unsigned whole = (1U << fit->layout.groups[g].count) - 1;
        unsigned bits = fit->layout.home[g] & whole;
        home += bits != 0 && !fit->refused[g] ? 1 : 0;
        bool telling = bits != whole && fit->layout.shared[g] < seldom;
        other += telling && !fit->refused[g] ? 1 : 0;
    }
    return home >= 2 && other >= 1;
}

// Where agreement is as usual among others, or more so, a group says nothing; nor does a feature of
// a group that differs among matching pairs as often as among others.
static bool refuse(inb_fit *fit) {
    bool new_one = false;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        bool speaks = false;
        for (unsigned f = group->first; f < group->first + group->count; f++) {
            double m = fit->m_level[f][fit->layout.exact[f]];
            double u = fit->u_level[f][fit->layout.exact[f]];
            unsigned bit = 1U << (f - group->first);
            if (inb_fit_compared(fit, f) <= 0) {
                continue;
            }
            speaks = speaks || m > least_ratio * u;
            if (m <= u && inb_fit_beyond_chance(fit, f) < least_apart && group->count > 1 &&
                (fit->muted[g] & bit) == 0) {
                fit->muted[g] |= bit;
                new_one = true;
            }
        }
        if (!speaks && !fit->refused[g]) {
            fit->refused[g] = true;
            new_one = true;
        }
    }
    return new_one;
}

// Pairs that agree on so much that chance would hardly give one such pair, and differ in at most
// one feature: the rule that the share of matches begins with.
static double by_rule(const inb_fit *fit, const inb_fit_input *input) {
    double found = 0;
    for (size_t i = 0; i < input->candidates->count; i++) {
        uint64_t pattern = input->candidates->patterns[i];
        double information = 0;
        unsigned different = 0;
        for (size_t f = 0; f < fit->layout.features; f++) {
            unsigned level = (unsigned)(pattern >> (3 * f)) & 7U;
            different += level == 1 ? 1 : 0;
            if (level >= fit->layout.exact[f] && fit->u_level[f][level] > 0) {
                information -= log(fit->u_level[f][level]);
            }
        }
        if (different <= 1 && information > log(input->pairs) + 2) {
            found += input->candidates->counts[i];
        }
    }
    return found;
}

// ---- entries ----

struct room {
    double *match; // a candidate pattern: expected matches
    struct inb_fit_looked looked;
    double *table; // three times the largest group
    double most_homes;
};

static void room_clear(struct room *room) {
    inb_free(room->match);
    inb_free(room->looked.total);
    inb_free(room->looked.home);
    inb_free(room->looked.chance);
    inb_free(room->table);
}

static inb_status begin(
    const inb_fit_input *input, inb_fit *fit, struct room *room, inb_error *err) {
    fit->layout = input->before != NULL ? input->before->layout : *input->layout;
    room->match =
        inb_alloc(input->candidates == NULL ? 0 : input->candidates->count, sizeof(double));
    struct inb_fit_looked *looked = &room->looked;
    looked->total = inb_alloc(input->random->count, sizeof(double));
    looked->home = inb_alloc(input->random->count, sizeof(double));
    looked->chance = inb_alloc(input->random->count, sizeof(double));
    room->table = inb_alloc((size_t)3 << (3 * INB_FIT_JOINT), sizeof(double));
    bool whole = room->match != NULL && looked->total != NULL && looked->home != NULL &&
                 looked->chance != NULL && room->table != NULL;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        size_t size = inb_fit_table_size(&fit->layout.groups[g]);
        fit->m[g] = inb_alloc(size, sizeof(double));
        fit->u[g] = inb_alloc(size, sizeof(double));
        fit->weight[g] = inb_alloc(size, sizeof(double));
        fit->home_weight[g] = inb_alloc(size, sizeof(double));
        whole = whole && fit->m[g] != NULL && fit->u[g] != NULL && fit->weight[g] != NULL &&
                fit->home_weight[g] != NULL;
    }
    if (!whole) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the fit");
    }
    inb_fit_others(fit, input, NULL, room->table);
    fit_m(fit, NULL, NULL, room->table);
    set_weights(fit);
    return INB_OK;
}

static inb_status new_fit(inb_fit **ret_fit, inb_error *err) {
    *ret_fit = inb_alloc(1, sizeof **ret_fit);
    return *ret_fit == NULL ? inb_fail(err, INB_NO_MEMORY, "not enough memory for the fit")
                            : INB_OK;
}

inb_status inb_fit_start(const inb_fit_input *input, inb_fit **ret_fit, inb_error *err) {
    INB_CLEANUP(inb_fit_freep) inb_fit *fit = NULL;
    INB_CLEANUP(room_clear) struct room room = {0};
    INB_TRY(new_fit(&fit, err));
    INB_TRY(begin(input, fit, &room, err));
    fit->prior = prior_of(input, input->most_matches / 4);
    *ret_fit = INB_TAKE(fit);
    return INB_OK;
}

// The usual share is worth as many pairs as have one among them that shares. One that is seldom
// shared stays as it is: damaged pairs of one person could not be told from more such pairs.
static void set_shares(inb_fit *fit, const struct step *step) {
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        double usually = fit->layout.shared[g];
        fit->share[g] =
            usually < seldom ? usually : (step->share[g] + 1) / (step->have[g] + 1 / usually);
    }
}

static void iterate(inb_fit *fit, const inb_fit_input *input, bool homes, struct room *room) {
    for (size_t i = 0; i < MOST_ITERATIONS; i++) {
        double before = fit->prior;
        struct step step = expect(fit, input->candidates, room->match);
        fit->matches = step.matches;
        fit_m(fit, input->candidates, room->match, room->table);
        fit->prior = prior_of(input, fit->matches);
        fit->home_odds = homes && has_homes(fit)
                             ? fmin(fmax(step.homes, 0.01) / input->pairs, room->most_homes)
                             : 0;
        set_shares(fit, &step);
        set_weights(fit);
        fit->iterations++;
        if (fabs(fit->prior - before) <= converged * before && i > 4) {
            break;
        }
    }
}

// Log-likelihood of the candidates, and of the other pairs that they do not match; the prior of m
// counts along.
static double value_of(const inb_fit *fit, const inb_fit_input *input) {
    double value = 0;
    double rest = input->pairs;
    for (size_t i = 0; i < input->candidates->count; i++) {
        uint64_t pattern = input->candidates->patterns[i];
        double cost = inb_fit_home_cost(fit, inb_fit_home_weight(fit, pattern));
        double other = cost - log1p(fit->home_odds) + log1p(-fit->prior);
        double match = log(fit->prior) + inb_fit_weight(fit, pattern);
        double most = fmax(other, match);
        double sum = most + log(exp(other - most) + exp(match - most));
        for (size_t g = 0; g < fit->layout.group_count; g++) {
            size_t at = inb_group_index(&fit->layout.groups[g], pattern);
            sum += at != 0 && fit->u[g][at] > 0 ? log(fit->u[g][at]) : 0;
        }
        value += input->candidates->counts[i] * sum;
        rest -= input->candidates->counts[i];
    }
    for (size_t f = 0; f < fit->layout.features; f++) {
        for (unsigned level = 1; level <= fit->layout.top[f]; level++) {
            double chance = fit->m_level[f][level];
            value += chance > 0 ? held * usual(&fit->layout, f, level) * log(chance) : 0;
        }
    }
    return value + rest * log1p(-fit->prior);
}

// What the pairs drawn, or all of them, say of pairs that do not match.
static void look_again(inb_fit *fit, const inb_fit_input *input, struct room *room) {
    double logit = log(fit->prior / (1 - fit->prior));
    for (size_t i = 0; i < input->random->count; i++) {
        uint64_t pattern = input->random->patterns[i];
        double home = inb_fit_home_weight(fit, pattern);
        double cost = inb_fit_home_cost(fit, home);
        double total = inb_fit_weight(fit, pattern);
        double chance = inb_fit_chance(logit + total - cost);
        room->looked.total[i] = total;
        room->looked.home[i] = home;
        room->looked.chance[i] = chance + (fit->aside ? (1 - chance) * -expm1(-cost) : 0);
    }
    inb_fit_others(fit, input, &room->looked, room->table);
    set_weights(fit);
}

static void go_on_from(
    const inb_fit *before, const inb_fit_input *input, inb_fit *fit, struct room *room) {
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        size_t bytes = inb_fit_table_size(&fit->layout.groups[g]) * sizeof(double);
        memcpy(fit->m[g], before->m[g], bytes);
        memcpy(fit->u[g], before->u[g], bytes);
    }
    memcpy(fit->m_level, before->m_level, sizeof fit->m_level);
    memcpy(fit->u_level, before->u_level, sizeof fit->u_level);
    memcpy(fit->refused, before->refused, sizeof fit->refused);
    memcpy(fit->muted, before->muted, sizeof fit->muted);
    memcpy(fit->share, before->share, sizeof fit->share);
    memcpy(fit->replaced, before->replaced, sizeof fit->replaced);
    fit->prior = before->prior;
    fit->home_odds = before->home_odds;
    fit->aside = before->aside;
    fit->rule = before->rule;
    set_weights(fit);
    look_again(fit, input, room);
}

// Where EM begins: households looked for from the first round on, or from the second; or a class
// that was found, of so many pairs, put aside as if of households.
struct beginning {
    bool late;
    double aside; // share of all pairs; 0 = none
    bool other;   // it is none of households
};

static void start(inb_fit *fit, const inb_fit_input *input, const struct beginning *how) {
    fit->rule = by_rule(fit, input);
    fit->aside = how->other;
    fit->prior = prior_of(input, fmax(fit->rule, 1));
    set_shares(fit, &(struct step){0});
    fit->home_odds = how->late || !has_homes(fit) ? 0
                     : how->aside > 0             ? how->aside
                                                  : fit->prior / 10;
    set_weights(fit);
}

static inb_status run_from(const inb_fit_input *input, const struct beginning *how,
    inb_fit **ret_fit, double *ret_value, inb_error *err) {
    INB_CLEANUP(inb_fit_freep) inb_fit *fit = NULL;
    INB_CLEANUP(room_clear) struct room room = {0};
    INB_TRY(new_fit(&fit, err));
    INB_TRY(begin(input, fit, &room, err));
    double known = input->before != NULL ? input->before->home_odds : how->aside;
    room.most_homes = fmax(most_home_odds, 2 * known);
    size_t first = 0;
    if (input->before != NULL) {
        go_on_from(input->before, input, fit, &room);
        first = 1;
    } else {
        start(fit, input, how);
    }
    for (size_t round = first; round < ROUNDS; round++) {
        iterate(fit, input, !how->late || round > 0, &room);
        if (refuse(fit)) {
            round = 0;
        }
        look_again(fit, input, &room);
        if (how->late && round == 0) {
            fit->home_odds = has_homes(fit) ? fit->prior / 100 : 0;
        }
    }
    iterate(fit, input, true, &room);
    bool any = false;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        any = any || !fit->refused[g];
    }
    if (!any) {
        return inb_fail(err, INB_NOT_IDENTIFIED,
            "no column tells matching pairs from others: values agree no more often within likely "
            "matches than by chance");
    }
    *ret_value = value_of(fit, input);
    *ret_fit = INB_TAKE(fit);
    return INB_OK;
}

// Takes another end of EM where it is the better one.
static void take_other(bool better, inb_fit **fit, inb_fit **other) {
    if (better) {
        inb_fit *taken = INB_TAKE(*other);
        inb_fit_freep(fit);
        *fit = taken;
    }
    inb_fit_freep(other);
}

// What EM found may be pairs that share something, and not persons: a household, or columns that
// say one thing twice. They are put aside, as pairs of a household are, and EM begins anew. What it
// finds among them is believed where it agrees on the rest together, more often than each by
// itself.
static inb_status look_beside(const inb_fit_input *input, inb_fit **fit, inb_error *err) {
    inb_fit_layout layout = (*fit)->layout;
    double by_itself;
    enum inb_fit_kind kind = inb_fit_kind_of(*fit, &layout, &by_itself);
    if (kind == INB_FIT_PERSONS) {
        return INB_OK;
    }
    INB_CLEANUP(inb_fit_freep) inb_fit *other = NULL;
    inb_fit_input again = *input;
    again.layout = &layout;
    double value;
    double ignored;
    INB_TRY(run_from(&again, &(struct beginning){false, (*fit)->prior, kind == INB_FIT_SHARED},
        &other, &value, err));
    bool persons = inb_fit_kind_of(other, &layout, &ignored) == INB_FIT_PERSONS;
    bool more = other->matches > 2 * by_itself + least_found;
    take_other(persons && (kind == INB_FIT_HOUSEHOLDS || more), fit, &other);
    return INB_OK;
}

// EM ends in different places where a pair of one household and a damaged pair of one person look
// alike; the likelier of two ends is taken.
inb_status inb_fit_run(const inb_fit_input *input, inb_fit **ret_fit, inb_error *err) {
    INB_CLEANUP(inb_fit_freep) inb_fit *fit = NULL;
    INB_CLEANUP(inb_fit_freep) inb_fit *other = NULL;
    double value;
    INB_TRY(run_from(input, &(struct beginning){0}, &fit, &value, err));
    if (input->before == NULL) {
        if (has_homes(fit)) {
            double value_late;
            INB_TRY(run_from(input, &(struct beginning){true, 0, false}, &other, &value_late, err));
            take_other(value_late > value, &fit, &other);
        }
        INB_TRY(look_beside(input, &fit, err));
    }
    *ret_fit = INB_TAKE(fit);
    return INB_OK;
}
