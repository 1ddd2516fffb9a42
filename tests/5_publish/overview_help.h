// SPDX-License-Identifier: EUPL-1.2
// What the tests of the picture share: counts with a small cell in every table.
#ifndef INB_OVERVIEW_HELP_H
#define INB_OVERVIEW_HELP_H

#include "publish_help.h"

#include <inbeeld/overview_page.h>

// A small count, put wherever one can stand; where a total is shown beside it another small count
// makes up for it, since a difference is what hiding small counts does not hide.
static int64_t help_secret = 7;

static inb_overview help_overview;
static inb_overview_estimates help_estimates;
static inb_truth *help_truth; // NULL = none

static inline inb_group_counts help_group(int64_t persons) {
    return (inb_group_counts){.persons = persons,
        .by_source = {[INB_SOURCE_POLICE] = help_secret, [INB_SOURCE_YOUTH] = persons},
        .seen_once = persons - 7,
        .seen_twice = help_secret,
        .also_suspect = help_secret,
        .yes = 500,
        .no = 300,
        .unknown = 200};
}

static inline void help_fill(void) {
    inb_overview *o = &help_overview;
    *o = (inb_overview){.linked = true, .sightings = 2000, .in_picture = 1800, .persons = 1234};
    o->by_form[INB_FORM_CRIMINAL][INB_REPORTER_POLICE_BEAT] = help_secret;
    o->by_form[INB_FORM_CRIMINAL][INB_REPORTER_GUARDIAN] = 11 - help_secret;
    o->by_form[INB_FORM_CRIMINAL][INB_REPORTER_SCHOOL] = 93;
    o->by_form[INB_FORM_SEXUAL][INB_REPORTER_HEALTH] = 40;
    o->by_form[INB_FORM_ORGAN][INB_REPORTER_NGO] = help_secret; // a whole table this small
    o->all = help_group(1234);
    o->by_age[INB_AGE_CHILD] = help_group(500);
    o->by_age[INB_AGE_ADULT] = help_group(727);
    o->by_age[INB_AGE_UNKNOWN] = help_group(help_secret);
    o->by_sex[INB_SEX_MALE] = help_group(600);
    o->by_sex[INB_SEX_FEMALE] = help_group(634);
    o->by_age_and_sex[INB_AGE_CHILD][INB_SEX_MALE] = help_group(300);
    o->of_form[INB_FORM_CRIMINAL] = help_group(100);
    o->overlap[INB_AGE_CHILD] = (inb_role_overlap){30, help_secret, 25};
    o->involvement[INB_AGE_CHILD] =
        (inb_involvement){.sightings = 700, .by_surrounding = {40, 50, help_secret, 11}};
    o->quarters[4 * (2026 - INB_OVERVIEW_FIRST_YEAR)] = 60;
    o->quarters[4 * (2026 - INB_OVERVIEW_FIRST_YEAR) + 1] = 84;
    o->quarters[4 * (2026 - INB_OVERVIEW_FIRST_YEAR) + 2] = help_secret;
    o->quarters[4 * (2026 - INB_OVERVIEW_FIRST_YEAR) + 3] = 20; // runs on the day of the page
    o->with_route = 1000;
    o->criminal_first = 200;
    const inb_hidden known = {1200, 3, true, 4321, 3000, 6000, true, 3500, 5000, true};
    help_estimates = (inb_overview_estimates){.all = known};
    help_estimates.by_age[INB_AGE_CHILD] = known;
    help_estimates.by_sex[INB_SEX_MALE] = known;
    help_estimates.by_sex[INB_SEX_MALE].headline = false;
    help_estimates.by_age[INB_AGE_CHILD].observed = 480;
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        o->first_quarter[i] = -1;
    }
    o->first_quarter[INB_SOURCE_YOUTH] = 4 * (2026 - INB_OVERVIEW_FIRST_YEAR);
    o->first_quarter[INB_SOURCE_HEALTH] = 4 * (2026 - INB_OVERVIEW_FIRST_YEAR) + 1;
    int64_t *children = o->seen.histories[INB_AGE_CHILD][INB_SEX_MALE];
    children[1 << INB_SOURCE_YOUTH] = 300;
    children[1 << INB_SOURCE_HEALTH] = 90;
    children[1 << INB_SOURCE_YOUTH | 1 << INB_SOURCE_HEALTH] = 80;
    children[1 << INB_SOURCE_YOUTH | 1 << INB_SOURCE_NGO] = help_secret;
    children[1 << INB_SOURCE_YOUTH | 1 << INB_SOURCE_RECEPTION] = 11 - help_secret;
}

static inline inb_overview_report help_report(const char *language) {
    return (inb_overview_report){.catalogue = norm(),
        .language = language,
        .date = "2026-11-24",
        .version = "0.1",
        .overview = &help_overview,
        .estimates = &help_estimates,
        .truth = help_truth};
}

#endif
