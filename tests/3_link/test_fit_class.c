// SPDX-License-Identifier: EUPL-1.2
// Which kind of pairs a fit found, on fits written by hand; features left out of a table.

#include "fit_class.h"
#include "inb_test.h"

#include "base/alloc.h"

enum { FEATURES = 5 };

// Five features of levels 1 (different), 2 (near), 3 (equal): given name and surname together,
// year, place, street. Surname, place and street are of a home; given name and year are kept by a
// person.
static inb_fit fit_with(const double equal[FEATURES]) {
    inb_fit fit = {.layout = {.features = FEATURES, .group_count = 4}, .matches = 1000};
    for (unsigned f = 0; f < FEATURES; f++) {
        fit.layout.exact[f] = fit.layout.top[f] = 3;
        fit.layout.groups[f == 0 ? 0 : f - 1] =
            f <= 1 ? (inb_fit_group){0, 2} : (inb_fit_group){f, 1};
        fit.u_level[f][1] = 0.9;
        fit.u_level[f][2] = 0.05;
        fit.u_level[f][3] = 0.05;
        fit.m_level[f][3] = equal[f];
        fit.m_level[f][2] = 0.05;
        fit.m_level[f][1] = 0.95 - equal[f];
        fit.u_count[f][1] = 1000;
    }
    fit.layout.home[0] = 2;
    fit.layout.home[2] = fit.layout.home[3] = 1;
    fit.layout.person[0] = fit.layout.person[1] = 1;
    return fit;
}

INB_TEST(how_far_beyond_chance) {
    inb_fit fit = fit_with((const double[]){0.8, 0.05, 0.02, 0.5, 0.5});
    INB_NEAR_ABS(inb_fit_beyond_chance(&fit, 0), 0.75, 1e-12);
    INB_NEAR_ABS(inb_fit_beyond_chance(&fit, 1), 0, 1e-12);
    INB_NEAR_ABS(inb_fit_beyond_chance(&fit, 2), 0, 1e-12); // less often: nothing beyond
    fit.m_level[2][2] = 0.6; // seldom equal, often near: an age that was counted otherwise
    INB_NEAR_ABS(inb_fit_beyond_chance(&fit, 2), 0.52, 1e-12);
}
INB_END

static enum inb_fit_kind kind_of(
    const double equal[FEATURES], inb_fit_layout *ret_layout, double *ret_by_itself) {
    inb_fit fit = fit_with(equal);
    *ret_layout = fit.layout;
    *ret_by_itself = -1;
    return inb_fit_kind_of(&fit, ret_layout, ret_by_itself);
}

INB_TEST(kinds) {
    inb_fit_layout layout;
    double alone;
    ck_assert_int_eq(
        kind_of((const double[]){.8, .8, .8, .8, .8}, &layout, &alone), INB_FIT_PERSONS);
    // Damaged as a whole, and one column that is of no use.
    ck_assert_int_eq(
        kind_of((const double[]){.55, .5, .5, .6, .05}, &layout, &alone), INB_FIT_PERSONS);
    ck_assert_int_eq(
        kind_of((const double[]){.06, .8, .06, .8, .8}, &layout, &alone), INB_FIT_HOUSEHOLDS);
    // Equal on place, street and surname; a third of them on the rest as well.
    ck_assert_int_eq(
        kind_of((const double[]){.3, .9, .3, .9, .9}, &layout, &alone), INB_FIT_SHARED);
    ck_assert_uint_eq(layout.home[0], 2);
    ck_assert_uint_eq(layout.home[1], 0);
    ck_assert_uint_eq(layout.home[2], 1);
    INB_NEAR_REL(alone, 1000 * .3 * .3, 1e-12);
}
INB_END

INB_TEST(what_a_person_keeps) {
    inb_fit fit = fit_with((const double[]){.8, .8, .8, .05, .05});
    ck_assert_uint_eq(inb_fit_opposes(&fit), SIZE_MAX); // of addresses people have others
    fit = fit_with((const double[]){.8, .8, .1, .9, .9});
    ck_assert_uint_eq(inb_fit_opposes(&fit), 2);
    fit = fit_with((const double[]){.04, .8, .8, .9, .9});
    ck_assert_uint_eq(inb_fit_opposes(&fit), 0);
    fit.u_level[0][3] = 0.6; // nearly a constant
    ck_assert_uint_eq(inb_fit_opposes(&fit), SIZE_MAX);
    ck_assert_uint_eq(inb_fit_home_features(&fit), 2 | 1 << 3 | 1 << 4);
}
INB_END

INB_TEST(a_muted_feature_says_nothing) {
    inb_fit fit = fit_with((const double[]){.8, .8, .8, .8, .8});
    double m[64] = {0};
    double u[64] = {0};
    double room[192];
    double ratio[64];
    fit.m[0] = m;
    fit.u[0] = u;
    m[1 | 1 << 3] = .1; // first and second feature: both differ
    m[3 | 1 << 3] = .2;
    m[1 | 3 << 3] = .3;
    m[3 | 3 << 3] = .4;
    u[1 | 1 << 3] = .7;
    u[3 | 1 << 3] = .1;
    u[1 | 3 << 3] = .1;
    u[3 | 3 << 3] = .1;
    m[3] = u[3] = 1; // second one blank
    inb_fit_leave_out(&fit, 0, 2, room, ratio);
    INB_NEAR_REL(ratio[3 | 1 << 3], .6 / .2, 1e-12);
    INB_NEAR_REL(ratio[3 | 3 << 3], .6 / .2, 1e-12);
    INB_NEAR_REL(ratio[1 | 3 << 3], .4 / .8, 1e-12);
    INB_NEAR_REL(ratio[3], 1, 1e-12);
    fit.muted[0] = 2;
    inb_fit_mute(&fit, 0, room);
    INB_NEAR_REL(m[3 | 1 << 3] / u[3 | 1 << 3], 3, 1e-12);
    INB_NEAR_REL(m[3 | 3 << 3] / u[3 | 3 << 3], 3, 1e-12);
    INB_NEAR_ABS(m[1 | 1 << 3] + m[3 | 1 << 3] + m[1 | 3 << 3] + m[3 | 3 << 3], 1, 1e-12);
}
INB_END

INB_TEST_MAIN("3_link/fit_class", how_far_beyond_chance, kinds, what_a_person_keeps,
    a_muted_feature_says_nothing)
