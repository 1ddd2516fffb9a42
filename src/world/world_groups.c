// SPDX-License-Identifier: EUPL-1.2
// The groups of the region and their shares of all people, and how many people stand together in
// one situation. Shares of forms, sexes and children follow the estimates in figures.csv as far as
// they go; the rest is assumed (docs/methods/world.md).

#include "world_i.h"

#include <math.h>

// Sexual half of all (estimate of 2018-2019: "about equal"); criminal: 1,250 a year in 13 cities of
// 5,000; the rest assumed.
const double inb_form_share[INB_WORLD_FORMS] = {[INB_FORM_LABOUR] = 0.22,
    [INB_FORM_SEXUAL] = 0.50,
    [INB_FORM_CRIMINAL] = 0.24,
    [INB_FORM_BEGGING] = 0.015,
    [INB_FORM_SERVICES] = 0.015,
    [INB_FORM_ORGAN] = 0.002,
    [INB_FORM_MARRIAGE] = 0.008};

// Men and boys by form: in sum half ("about equal").
static const double male[INB_WORLD_FORMS] = {[INB_FORM_LABOUR] = 0.72,
    [INB_FORM_SEXUAL] = 0.2494,
    [INB_FORM_CRIMINAL] = 0.85,
    [INB_FORM_BEGGING] = 0.5,
    [INB_FORM_SERVICES] = 0.2,
    [INB_FORM_ORGAN] = 0.6,
    [INB_FORM_MARRIAGE] = 0.15};

// Under 18, 18 to 22, 23 and older by form.
static const double bands[INB_WORLD_FORMS][INB_BANDS] = {[INB_FORM_LABOUR] = {0.04, 0.16, 0.80},
    [INB_FORM_SEXUAL] = {0.25, 0.25, 0.50},
    [INB_FORM_CRIMINAL] = {0.45, 0.30, 0.25},
    [INB_FORM_BEGGING] = {0.40, 0.15, 0.45},
    [INB_FORM_SERVICES] = {0.05, 0.20, 0.75},
    [INB_FORM_ORGAN] = {0.0, 0.2, 0.8},
    [INB_FORM_MARRIAGE] = {0.40, 0.40, 0.20}};

#define LVB_SHARE 0.2

// A situation of n people is `step` times as common as one of n - 1.
static const double step[INB_WORLD_FORMS] = {[INB_FORM_LABOUR] = 0.72,
    [INB_FORM_SEXUAL] = 0.30,
    [INB_FORM_CRIMINAL] = 0.35,
    [INB_FORM_BEGGING] = 0.5,
    [INB_FORM_SERVICES] = 0.1,
    [INB_FORM_ORGAN] = 0.0,
    [INB_FORM_MARRIAGE] = 0.0};

size_t inb_cell_index(inb_cell_of cell) {
    return ((((size_t)cell.form * INB_BANDS + (size_t)cell.band) * 2 + cell.female) * 2 +
               cell.lvb) *
               2 +
           cell.guarded;
}

inb_cell_of inb_cell_at(size_t index) {
    return (inb_cell_of){.guarded = index % 2 != 0,
        .lvb = index / 2 % 2 != 0,
        .female = index / 4 % 2 != 0,
        .band = (int)(index / 8 % INB_BANDS),
        .form = (inb_form)(index / 8 / INB_BANDS)};
}

double inb_cell_share(size_t index) {
    inb_cell_of cell = inb_cell_at(index);
    return inb_form_share[cell.form] * bands[cell.form][cell.band] *
           (cell.female ? 1 - male[cell.form] : male[cell.form]) *
           (cell.lvb ? LVB_SHARE : 1 - LVB_SHARE) * 0.5;
}

void inb_sizes_make(inb_sizes *ret_sizes) {
    double all = 0;
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        double sum = 0;
        double mean = 0;
        for (int n = 0; n < INB_SIZES; n++) {
            ret_sizes->size[form][n] = n == 0 ? 1 : ret_sizes->size[form][n - 1] * step[form];
            sum += ret_sizes->size[form][n];
            mean += (n + 1) * ret_sizes->size[form][n];
        }
        for (int n = 0; n < INB_SIZES; n++) {
            ret_sizes->biased[form][n] = (n + 1) * ret_sizes->size[form][n] / mean;
            ret_sizes->size[form][n] /= sum;
        }
        ret_sizes->form[form] = inb_form_share[form] * sum / mean;
        all += ret_sizes->form[form];
    }
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        ret_sizes->form[form] /= all;
    }
}
