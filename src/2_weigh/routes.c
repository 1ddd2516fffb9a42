// SPDX-License-Identifier: EUPL-1.2
// Whom to turn to, in the order of contact, and on what basis given who reports. The rows of
// routing.csv add up. For an unknown age both readings are followed and labelled. Two rules hold
// whatever the tables say: without danger nobody but police and inspectorate is sent to criminal
// law first, and a route that was not researched never stands first.

#include "weigh_i.h"

#include <string.h>

enum { CONSENT_OF_PARENTS_UNTIL = 16 };

static bool is_police(inb_reporter reporter) {
    return reporter == INB_REPORTER_POLICE_BEAT || reporter == INB_REPORTER_POLICE_EXPERT ||
           reporter == INB_REPORTER_BORDER_POLICE;
}

// Of a reading as a child.
static bool below_consent_age(const inb_age *age) {
    return age->years == INB_YEARS_UNKNOWN || age->years < CONSENT_OF_PARENTS_UNTIL;
}

static inb_route_advice advice_for(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_context *context, const inb_routing *row, size_t class_index, inb_reading only_if) {
    const inb_basis_cell *cell = &catalogue->bases[facts->reporter][row->route][class_index];
    inb_route_advice advice = {row->route, cell->basis, cell->law, row->why, only_if};
    bool parent_profits = (context->masks[INB_P_PROFITS] & 1u << INB_PROFIT_PARENT) != 0;
    // Nobody asks consent of a parent who profits, nor again of someone who refused.
    bool no_consent = facts->situation.consent == INB_CONSENT_REFUSED ||
                      (class_index == 1 && parent_profits && below_consent_age(&facts->age));
    // A duty begins where something was seen.
    bool no_duty = (context->masks[INB_P_FORM] & INB_ANY_FORM) == 0;
    if (row->advice_only || (advice.basis == INB_BASIS_CONSENT && no_consent) ||
        (advice.basis == INB_BASIS_MUST && no_duty)) {
        advice.basis = INB_BASIS_ADVICE_ONLY;
        advice.law = ""; // the law of the cell is that of the other basis
    }
    return advice;
}

enum { NO_ROW = UINT16_MAX }; // small numbers: what is cleared for each finding costs time
_Static_assert((int)INB_MAX_ROUTING <= (int)NO_ROW, "a row's place fits");

// First row of each route for one reading.
static void first_rows(const inb_catalogue *catalogue, const inb_context *context,
    inb_reading reading, uint16_t ret_first[INB_MAX_ROUTES]) {
    inb_context here = *context;
    here.masks[INB_P_READING] = 1u << reading;
    inb_context_pack(&here);
    memset(ret_first, 0xFF, INB_MAX_ROUTES * sizeof *ret_first);
    for (size_t i = 0; i < catalogue->routing_count; i++) {
        const inb_routing *row = &catalogue->routing[i];
        bool this_reading = row->reading == INB_READ_ANY || row->reading == reading;
        if (this_reading && ret_first[row->route] == NO_ROW &&
            inb_condition_holds(&row->when, &here)) {
            ret_first[row->route] = (uint16_t)i;
        }
    }
}

static void put(inb_finding *finding, const inb_route_advice *advice) {
    finding->routes[finding->route_count++] = *advice;
}

// Both readings of an unknown age in the order of the table: a row that gives both the same stands
// once, all others carry the reading they hold for.
static void merge_readings(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_context *context, const uint16_t *child, const uint16_t *adult,
    inb_finding *finding) {
    for (size_t i = 0; i < catalogue->routing_count; i++) {
        const inb_routing *row = &catalogue->routing[i];
        bool in_child = child[row->route] == i;
        bool in_adult = adult[row->route] == i;
        if (!in_child && !in_adult) {
            continue;
        }
        inb_route_advice as_child = advice_for(catalogue, facts, context, row, 1, INB_READ_CHILD);
        inb_route_advice as_adult = advice_for(catalogue, facts, context, row, 0, INB_READ_ADULT);
        if (in_child && in_adult && as_child.basis == as_adult.basis) { // the same for both
            as_child.only_if = INB_READ_ANY;
            put(finding, &as_child);
            continue;
        }
        if (in_child) {
            put(finding, &as_child);
        }
        if (in_adult) {
            put(finding, &as_adult);
        }
    }
}

// Whether a route may stand first.
static bool may_be_first(const inb_catalogue *catalogue, const inb_facts *facts, size_t at) {
    const inb_route *route = &catalogue->routes[at];
    bool criminal_first = facts->situation.danger_now || is_police(facts->reporter) ||
                          facts->reporter == INB_REPORTER_LABOUR_INSPECTORATE;
    return route->researched && (criminal_first || route->criminal != INB_CRIMINAL_YES);
}

static void mend_first(
    const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding) {
    for (size_t i = 0; i < finding->route_count; i++) {
        if (may_be_first(catalogue, facts, finding->routes[i].route)) {
            inb_route_advice first = finding->routes[i];
            memmove(&finding->routes[1], &finding->routes[0], i * sizeof first);
            finding->routes[0] = first;
            return;
        }
    }
    finding->route_count = 0; // none may be first: the offers remain
}

void inb_find_routes(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_context *context, inb_finding *finding) {
    finding->route_count = 0;
    uint16_t rows[2][INB_MAX_ROUTES]; // [0] adult, [1] child
    bool unknown = facts->age.class_ == INB_AGE_UNKNOWN;
    size_t class_index = inb_class_index(facts->age.class_);
    first_rows(
        catalogue, context, class_index == 1 ? INB_READ_CHILD : INB_READ_ADULT, rows[class_index]);
    if (unknown) {
        first_rows(catalogue, context, INB_READ_ADULT, rows[0]);
        merge_readings(catalogue, facts, context, rows[1], rows[0], finding);
    } else {
        for (size_t i = 0; i < catalogue->routing_count; i++) {
            const inb_routing *row = &catalogue->routing[i];
            if (rows[class_index][row->route] == i) {
                inb_route_advice advice =
                    advice_for(catalogue, facts, context, row, class_index, INB_READ_ANY);
                put(finding, &advice);
            }
        }
    }
    mend_first(catalogue, facts, finding);
}
