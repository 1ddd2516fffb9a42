// SPDX-License-Identifier: EUPL-1.2
// Tables of features that depend on each other, as chances: the product of the margins, moved where
// counts say otherwise (DuMouchel 1999, doi:10.1080/00031305.1999.10474456).

#include "fit_table.h"

#include <string.h>

bool inb_fit_is_pattern(const inb_fit_layout *layout, const inb_fit_group *group, size_t index) {
    for (unsigned i = 0; i < group->count; i++) {
        if ((index >> (3 * i) & 7) > layout->top[group->first + i]) {
            return false;
        }
    }
    return true;
}

double inb_fit_product(const inb_fit_layout *layout, const inb_fit_group *group,
    const double level[][INB_FIT_LEVELS], size_t index) {
    double chance = 1;
    bool apart = false; // a level with no place in the order is of two features at once
    for (unsigned i = 0; i < group->count; i++) {
        size_t at = index >> (3 * i) & 7;
        bool above = at > layout->exact[group->first + i];
        chance *= at == 0 || (above && apart) ? 1 : level[group->first + i][at];
        apart = apart || above;
    }
    return chance;
}

double inb_fit_ratio(double count, double expected) {
    static const double holds[] = {20, 0.25};
    static const double least = 1e-3;
    if (count < least && expected < least) {
        return 1;
    }
    double chance[2];
    double mean[2];
    for (size_t k = 0; k < 2; k++) {
        double hold = holds[k];
        int sign;
        chance[k] = lgamma_r(hold + count, &sign) - lgamma_r(hold, &sign) +
                    hold * log(hold / (hold + expected)) +
                    count * log(expected / (hold + expected));
        mean[k] = (hold + count) / (hold + expected);
    }
    double second = inb_fit_chance(chance[1] - chance[0]);
    return (1 - second) * mean[0] + second * mean[1];
}

void inb_fit_fill_table(const inb_fit_layout *layout, const inb_fit_group *group,
    const double level[][INB_FIT_LEVELS], const double *counts, double *table) {
    size_t size = inb_fit_table_size(group);
    double total[1 << INB_FIT_JOINT] = {0};
    double sum[1 << INB_FIT_JOINT] = {0};
    for (size_t i = 0; i < size; i++) {
        total[inb_fit_mask(group, i)] += counts[i];
    }
    for (size_t i = 0; i < size; i++) {
        table[i] = 0;
        if (inb_fit_is_pattern(layout, group, i)) {
            unsigned mask = inb_fit_mask(group, i);
            double base = inb_fit_product(layout, group, level, i);
            table[i] =
                group->count == 1 ? base : base * inb_fit_ratio(counts[i], base * total[mask]);
            sum[mask] += table[i];
        }
    }
    for (size_t i = 0; i < size; i++) {
        unsigned mask = inb_fit_mask(group, i);
        table[i] = sum[mask] > 0 ? table[i] / sum[mask] : 0;
    }
}

void inb_fit_margins(
    const inb_fit_group *group, const double *counts, double level[][INB_FIT_LEVELS]) {
    for (unsigned i = 0; i < group->count; i++) {
        memset(level[group->first + i], 0, sizeof level[0]);
    }
    for (size_t at = 0; at < inb_fit_table_size(group); at++) {
        for (unsigned i = 0; counts[at] > 0 && i < group->count; i++) {
            level[group->first + i][at >> (3 * i) & 7] += counts[at];
        }
    }
}
