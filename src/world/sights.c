// SPDX-License-Identifier: EUPL-1.2
// What is true of people and can be seen of it: for each form the indicators of the norm with how
// often they hold, the circumstances, and the pieces of a story told in fragments. The shares are
// assumed: no source gives them, and nothing may be concluded from them.

#include "world_i.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define CHILD INB_AGE_CHILD
#define ADULT INB_AGE_ADULT

static const inb_pool_row labour[] = {{"D1-01", 0.25}, {"D1-02", 0.4}, {"D1-04", 0.3},
    {"D1-07", 0.2}, {"D2-04", 0.2}, {"D3-03", 0.3}, {"D3-06", 0.5}, {"D4-01", 0.6}, {"D4-02", 0.6},
    {"D4-03", 0.5}, {"D4-04", 0.4}, {"D4-05", 0.35}, {"D4-07", 0.5}, {"D4-08", 0.3, ADULT},
    {"D5-01", 0.25}, {"D5-05", 0.2}, {"D6-01", 0.3}, {"D6-05", 0.3}, {"UL-01", 0.3}, {"WK-01", 0.3},
    {"WK-05", 0.3}, {"WK-07", 0.25}, {"WK-10", 0.3}};
static const inb_pool_row sexual[] = {{"D1-09", 0.2}, {"D3-11", 0.5}, {"D5-01", 0.1},
    {"D5-02", 0.2}, {"D5-03", 0.3}, {"D5-10", 0.25}, {"D6-02", 0.2}, {"SX-01", 0.4},
    {"SX-02", 0.25}, {"SX-04", 0.3}, {"SX-06", 0.4}, {"SX-07", 0.2}, {"SX-08", 0.3},
    {"SX-10", 0.5, CHILD}, {"SX-11", 0.3}, {"SX-12", 0.2}, {"UG-04", 0.3}, {"UG-12", 0.3},
    {"HT-03", 0.2}};
static const inb_pool_row criminal[] = {{"D3-11", 0.3}, {"D5-06", 0.4}, {"CR-01", 0.35},
    {"CR-02", 0.4}, {"CR-03", 0.4}, {"CR-06", 0.4}, {"CR-07", 0.3}, {"CR-10", 0.5}, {"CR-11", 0.3},
    {"CR-12", 0.4}, {"CR-14", 0.3}, {"CR-15", 0.3}, {"CR-16", 0.25}, {"CR-31", 0.2}, {"CR-32", 0.3},
    {"UC-06", 0.1, CHILD}};
static const inb_pool_row begging[] = {{"BG-01", 0.5}, {"BG-02", 0.4}, {"BG-03", 0.5, CHILD},
    {"BG-05", 0.3, CHILD}, {"D5-02", 0.2}, {"UG-03", 0.3}};
static const inb_pool_row services[] = {
    {"UL-04", 0.6}, {"UL-05", 0.5}, {"UG-14", 0.3}, {"D5-01", 0.3}, {"OT-03", 0.2, ADULT}};
static const inb_pool_row organ[] = {{"OT-02", 0.9}, {"D3-06", 0.5}, {"D2-05", 0.3}};
static const inb_pool_row marriage[] = {{"OT-01", 0.8}, {"D2-03", 0.5}, {"D3-09", 0.4}};

static const struct {
    const inb_pool_row *rows;
    size_t count;
} pools[INB_WORLD_FORMS] = {[INB_FORM_LABOUR] = {labour, COUNT(labour)},
    [INB_FORM_SEXUAL] = {sexual, COUNT(sexual)},
    [INB_FORM_CRIMINAL] = {criminal, COUNT(criminal)},
    [INB_FORM_BEGGING] = {begging, COUNT(begging)},
    [INB_FORM_SERVICES] = {services, COUNT(services)},
    [INB_FORM_ORGAN] = {organ, COUNT(organ)},
    [INB_FORM_MARRIAGE] = {marriage, COUNT(marriage)}};

const inb_pool_row *inb_observation_pool(inb_form form, size_t *ret_count) {
    *ret_count = pools[form].count;
    return pools[form].rows;
}

// In the order of `enum circumstance`.
static const inb_pool_row circumstances[] = {{"CI-02", 0.4, CHILD}, {"CI-03", 0.35},
    {"CI-04", 0.15, CHILD}, {"CI-05", 0.08, CHILD}, {"CI-06", 0.25, CHILD}, {"CI-08", 0.3, CHILD},
    {"CI-09", 0.3, CHILD}, {"CI-13", 0.12}, {"CI-14", 0.2, CHILD}, {"CI-16", 0.12}, {"CI-17", 0.2},
    {"CI-15", 0}, {"CI-19", 0.25}, {"CI-20", 0.5}, {"CI-21", 0.6}, {"CI-22", 0.38}, {"CI-23", 0}};
enum circumstance { PLAIN_UNTIL = 11, LVB = 11, NO_STATUS, TIED, NEW_HERE, AGENCY, ALONE };

const inb_pool_row *inb_circumstance_pool(size_t *ret_count) {
    *ret_count = COUNT(circumstances);
    return circumstances;
}

static bool applies(const inb_world_person *person, const inb_pool_row *row) {
    bool child = person->years < INB_ADULT_FROM;
    return row->of == INB_AGE_UNKNOWN || (row->of == CHILD) == child;
}

// Whether a circumstance can be true of this person at all.
static bool can_be(const inb_world_person *person, size_t row) {
    bool dutch = strcmp(person->tongue, "nl") == 0;
    bool ukrainian = strcmp(person->tongue, "uk") == 0;
    bool union_citizen =
        dutch || strcmp(person->tongue, "pl") == 0 || strcmp(person->tongue, "ro") == 0;
    bool labour_form = person->form == INB_FORM_LABOUR;
    return row == NO_STATUS  ? !union_citizen && !ukrainian
           : row == TIED     ? labour_form && !dutch
           : row == NEW_HERE ? !dutch
           : row == AGENCY   ? labour_form && ukrainian
                             : true;
}

void inb_insider_facts(inb_world_person *person, inb_insider *insider, inb_rng *rng) {
    size_t count;
    const inb_pool_row *pool = inb_observation_pool(person->form, &count);
    for (size_t i = 0; i < count; i++) {
        bool holds = inb_chance(rng, pool[i].share) && applies(person, &pool[i]);
        insider->true_rows |= (uint32_t)holds << i;
    }
    for (size_t i = 0; i < COUNT(circumstances); i++) {
        bool holds = inb_chance(rng, circumstances[i].share) && applies(person, &circumstances[i]);
        holds = i == LVB     ? person->lvb
                : i == ALONE ? person->unaccompanied
                             : holds && can_be(person, i);
        insider->circumstances |= (uint32_t)holds << i;
    }
}

// ---- split stories ----

// Per fragment two ids to choose from: act, means, purpose, context, context.
static const char *const fragments[INB_WORLD_FORMS][INB_FRAGMENTS][2] = {
    [INB_FORM_LABOUR] = {{"WK-01", "WK-07"}, {"UL-01", "WK-05"}, {"D4-04", "D4-05"},
        {"WK-08", "WK-09"}, {"UG-05", "UG-06"}},
    [INB_FORM_SEXUAL] = {{"SX-01", "SX-04"}, {"SX-11", "D5-15"}, {"SX-06", "SX-08"},
        {"SX-03", "SX-09"}, {"UG-08", "UG-03"}},
    [INB_FORM_CRIMINAL] = {{"CR-02", "CR-07"}, {"CR-06", "CR-12"}, {"CR-14", "CR-31"},
        {"CR-01", "CR-03"}, {"CR-04", "CR-05"}},
};

const char *inb_fragment_id(inb_form form, size_t fragment, inb_rng *rng) {
    return fragments[form][fragment % INB_FRAGMENTS][inb_rng_below(rng, 2)];
}
