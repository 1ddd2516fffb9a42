// SPDX-License-Identifier: EUPL-1.2
// What kind of pairs a fit took for matching ones, and features that say nothing about it. Private
// to the fit and to what weighs with it.
#ifndef INB_3_LINK_FIT_CLASS_H
#define INB_3_LINK_FIT_CLASS_H

#include "fit.h"

enum inb_fit_kind {
    INB_FIT_PERSONS,    // they agree on most of what there is
    INB_FIT_HOUSEHOLDS, // on surname and address alone
    INB_FIT_SHARED      // on some columns and hardly on others, whichever these are
};

// In how far matching pairs agree more on a feature than others do, 0 .. 1: the most, over levels,
// that m has more than u from that level up.
double inb_fit_beyond_chance(const inb_fit *fit, size_t feature);
// Random pairs in which a feature is not blank, of those that do not match.
double inb_fit_compared(const inb_fit *fit, size_t feature);

// What the matching pairs of a fit are. Where they share some columns, `home` of *ret_layout
// becomes these, and *ret_by_itself how many of them would agree on the rest if that were by
// itself.
enum inb_fit_kind inb_fit_kind_of(
    const inb_fit *fit, inb_fit_layout *ret_layout, double *ret_by_itself);

// A feature on which matching pairs should agree and do not, so that they are no persons; SIZE_MAX
// = none.
size_t inb_fit_opposes(const inb_fit *fit);

// The features of the third class, one bit each.
unsigned inb_fit_home_features(const inb_fit *fit);

// m / u of a group's entries by its other features alone, those of the bits `out` left out. room:
// two tables.
void inb_fit_leave_out(
    const inb_fit *fit, size_t group, unsigned out, double *room, double *ret_ratio);

// Makes m of a group's muted features as u has them, given the others. room: three tables.
void inb_fit_mute(inb_fit *fit, size_t group, double *room);

#endif
