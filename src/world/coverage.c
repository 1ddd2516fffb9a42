// SPDX-License-Identifier: EUPL-1.2
// Who sees whom: for each source and group the chance of being on its list, worked out so that what
// is registered agrees with figures.csv in total, per source, per form, per age and by sex. Method:
// iterative proportional fitting (Deming and Stephan 1940, doi:10.1214/aoms/1177731829) of factors
// on given tilts, the chances themselves by enumeration of all 64 histories of a group.

#include "world_i.h"

#include <math.h>

// ---- figures ----

// Registered possible victims in 2024 (944) over the estimate of 2018-2019 (5,000).
#define REGISTERED (944.0 / 5000.0)

// Submissions by reporter in 2024; the local team reports nowhere (its size is an assumption).
static const double submissions[INB_WORLD_LIST_COUNT] = {[INB_WORLD_POLICE] = 329,
    [INB_WORLD_BORDER] = 67,
    [INB_WORLD_INSPECTORATE] = 71,
    [INB_WORLD_CARE] = 301,
    [INB_WORLD_HELPLINE] = 257,
    [INB_WORLD_LOCAL] = 0};
#define LOCAL_SHARE 0.04 // of all people, assumed

// Of the registered: forms (2020: 41 and 41 per cent; criminal 672 of 4,894 in 2016-2020), the rest
// by their share of all people; ages (2024: 79 of 944 under 18; 2019-2023: 25.6 per cent under 23);
// women (assumed: "mostly women" is all that the figures say).
#define OF_SEXUAL 0.41
#define OF_LABOUR 0.41
#define OF_CRIMINAL (672.0 / 4894.0)
#define OF_CHILDREN (79.0 / 944.0)
#define OF_UNDER_23 0.256
#define OF_WOMEN 0.55

// ---- assumptions ----

// How much more or less a source looks at a form (labour, sexual, criminal, begging, services,
// organ, marriage), a child, a woman, somebody with LVB, than its own mean.
static const struct tilt {
    double form[INB_WORLD_FORMS];
    double child;
    double female;
    double lvb;
} tilts[INB_WORLD_LIST_COUNT] = {
    [INB_WORLD_POLICE] = {{0.5, 1.4, 0.9, 1.2, 0.8, 0.5, 0.5}, 1.0, 1.2, 0.7},
    [INB_WORLD_BORDER] = {{0.8, 1.1, 0.5, 1.5, 0.8, 1.0, 0.8}, 0.8, 1.0, 0.5},
    [INB_WORLD_INSPECTORATE] = {{1.0, 0.02, 0.02, 0.1, 0.3, 0.02, 0.02}, 0.3, 0.8, 0.5},
    [INB_WORLD_CARE] = {{0.5, 1.4, 1.0, 0.8, 1.0, 1.0, 1.5}, 1.2, 1.3, 0.9},
    [INB_WORLD_HELPLINE] = {{1.0, 0.05, 0.05, 0.1, 0.5, 0.1, 0.1}, 0.1, 0.9, 0.5},
    [INB_WORLD_LOCAL] = {{0.3, 0.8, 1.6, 1.0, 0.8, 0.3, 1.5}, 3.0, 1.0, 1.3},
};

// Chance that who is on the list of one source is sent on to another.
static const double referrals[INB_WORLD_LIST_COUNT][INB_WORLD_LIST_COUNT] = {
    [INB_WORLD_LOCAL] = {[INB_WORLD_POLICE] = 0.032, [INB_WORLD_CARE] = 0.06},
    [INB_WORLD_HELPLINE] = {[INB_WORLD_INSPECTORATE] = 0.024, [INB_WORLD_CARE] = 0.02},
    [INB_WORLD_BORDER] = {[INB_WORLD_POLICE] = 0.02, [INB_WORLD_CARE] = 0.06},
    [INB_WORLD_POLICE] = {[INB_WORLD_CARE] = 0.06},
    [INB_WORLD_INSPECTORATE] = {[INB_WORLD_CARE] = 0.04},
};

const inb_world_list inb_coverage_order[INB_WORLD_LIST_COUNT] = {INB_WORLD_LOCAL,
    INB_WORLD_HELPLINE, INB_WORLD_BORDER, INB_WORLD_POLICE, INB_WORLD_INSPECTORATE, INB_WORLD_CARE};

enum { ROUNDS = 4000 };
#define CLOSE 1e-9
#define MOST_SEEN 0.95 // nobody is certain to be seen by anybody

// ---- fitting ----

struct fit {
    double scale[INB_WORLD_LIST_COUNT];
    double form[INB_WORLD_FORMS];
    double band[INB_BANDS];
    double sex[2];
    double per_registered; // submissions for each registered person
};

struct sums {
    double list[INB_WORLD_LIST_COUNT];
    double registered;
    double form[INB_WORLD_FORMS];
    double band[INB_BANDS];
    double sex[2];
};

static double own_chance(
    const struct fit *fit, double reach, inb_cell_of cell, inb_world_list list) {
    const struct tilt *tilt = &tilts[list];
    double chance = fit->scale[list] * tilt->form[cell.form] *
                    (cell.band == INB_BAND_CHILD ? tilt->child : 1) *
                    (cell.female ? tilt->female : 1) * (cell.lvb ? tilt->lvb : 1) *
                    (cell.guarded ? 1 - reach : 1 + reach);
    if (list != INB_WORLD_LOCAL) {
        chance *= fit->form[cell.form] * fit->band[cell.band] * fit->sex[cell.female];
    }
    return chance < MOST_SEEN ? chance : MOST_SEEN;
}

// Adds up one group over all histories: a source sees by itself, or is told by those before it.
static void add_histories(const double own[static INB_WORLD_LIST_COUNT],
    double sent[static INB_WORLD_LIST_COUNT][INB_WORLD_LIST_COUNT], double share,
    double ret_lists[static INB_WORLD_LIST_COUNT], double *ret_registered) {
    *ret_registered = 0;
    for (unsigned history = 1; history < INB_WORLD_HISTORIES; history++) {
        double chance = share;
        for (size_t i = 0; i < INB_WORLD_LIST_COUNT; i++) {
            inb_world_list list = inb_coverage_order[i];
            double missed = 1 - own[list];
            for (size_t j = 0; j < i; j++) {
                inb_world_list before = inb_coverage_order[j];
                if ((history >> before & 1) != 0) {
                    missed *= 1 - sent[before][list];
                }
            }
            chance *= (history >> list & 1) != 0 ? 1 - missed : missed;
        }
        for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
            ret_lists[list] += (history >> list & 1) != 0 ? chance : 0;
        }
        *ret_registered += (history & ~(1u << INB_WORLD_LOCAL)) != 0 ? chance : 0;
    }
}

static void evaluate(
    const struct fit *fit, double reach, inb_coverage *coverage, struct sums *ret_sums) {
    struct sums sums = {0};
    for (size_t index = 0; index < INB_CELLS; index++) {
        inb_cell_of cell = inb_cell_at(index);
        for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
            coverage->own[index][list] = own_chance(fit, reach, cell, (inb_world_list)list);
        }
        double registered;
        add_histories(
            coverage->own[index], coverage->sent, inb_cell_share(index), sums.list, &registered);
        sums.registered += registered;
        sums.form[cell.form] += registered;
        sums.band[cell.band] += registered;
        sums.sex[cell.female] += registered;
    }
    *ret_sums = sums;
}

struct aims {
    double form[INB_WORLD_FORMS];
    double band[INB_BANDS];
    double sex[2];
};

static struct aims figures(void) {
    struct aims aims = {
        .band = {OF_CHILDREN, OF_UNDER_23 - OF_CHILDREN, 1 - OF_UNDER_23},
        .sex = {1 - OF_WOMEN, OF_WOMEN},
    };
    double rest = 0;
    for (int form = INB_FORM_BEGGING; form < INB_WORLD_FORMS; form++) {
        rest += inb_form_share[form];
    }
    for (int form = INB_FORM_BEGGING; form < INB_WORLD_FORMS; form++) {
        aims.form[form] = (1 - OF_SEXUAL - OF_LABOUR - OF_CRIMINAL) * inb_form_share[form] / rest;
    }
    aims.form[INB_FORM_SEXUAL] = OF_SEXUAL;
    aims.form[INB_FORM_LABOUR] = OF_LABOUR;
    aims.form[INB_FORM_CRIMINAL] = OF_CRIMINAL;
    return aims;
}

// Moves a factor to what would bring its sum to the aim; returns by how much it was off.
static double move(double *factor, double sum, double aim) {
    *factor *= pow(aim / sum, 0.7); // damped: the margins pull on each other
    return fabs(sum / aim - 1);
}

static double improve(struct fit *fit, const struct sums *sums, const struct aims *aims) {
    double off = move(&fit->per_registered, sums->registered, REGISTERED);
    double all = 0;
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        all += submissions[list];
    }
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        double aim = list == INB_WORLD_LOCAL
                         ? LOCAL_SHARE
                         : fit->per_registered * REGISTERED * submissions[list] / all;
        off = fmax(off, move(&fit->scale[list], sums->list[list], aim));
    }
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        off = fmax(
            off, move(&fit->form[form], sums->form[form] / sums->registered, aims->form[form]));
    }
    for (int band = 0; band < INB_BANDS; band++) {
        off = fmax(
            off, move(&fit->band[band], sums->band[band] / sums->registered, aims->band[band]));
    }
    for (int sex = 0; sex < 2; sex++) {
        off = fmax(off, move(&fit->sex[sex], sums->sex[sex] / sums->registered, aims->sex[sex]));
    }
    return off;
}

inb_status inb_coverage_make(
    double referral, double reach, inb_coverage *ret_coverage, inb_error *err) {
    struct fit fit = {.per_registered = 1.1};
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        fit.scale[list] = 0.03;
        for (int to = 0; to < INB_WORLD_LIST_COUNT; to++) {
            ret_coverage->sent[list][to] = referral * referrals[list][to];
        }
    }
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        fit.form[form] = 1;
    }
    for (int band = 0; band < INB_BANDS; band++) {
        fit.band[band] = 1;
    }
    fit.sex[0] = fit.sex[1] = 1;
    struct aims aims = figures();
    double off = 1;
    struct sums sums;
    for (int round = 0; round < ROUNDS && off > CLOSE; round++) {
        evaluate(&fit, reach, ret_coverage, &sums);
        off = improve(&fit, &sums, &aims);
    }
    if (off > CLOSE) {
        return inb_fail(err, INB_NOT_CONVERGED,
            "how well sources see groups does not settle with this referral and reach");
    }
    evaluate(&fit, reach, ret_coverage, &sums);
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        ret_coverage->expected[list] = sums.list[list];
    }
    ret_coverage->registered = sums.registered;
    return INB_OK;
}
