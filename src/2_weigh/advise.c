// SPDX-License-Identifier: EUPL-1.2
// What to do, not to do, to offer and to keep in mind: the rows of advice.csv whose condition
// holds, and four notes that say what the weighing itself did. Fills the context that conditions
// read.

#include "weigh_i.h"

#include <string.h>

static uint32_t age_mask(const inb_age *age) {
    uint32_t mask = 0;
    mask |= age->class_ != INB_AGE_ADULT ? INB_AGE_IS_CHILD : INB_AGE_IS_ADULT;
    mask |= age->class_ == INB_AGE_UNKNOWN ? INB_AGE_IS_UNKNOWN : 0u;
    mask |= age->class_ == INB_AGE_CHILD ? INB_AGE_IS_MINOR_KNOWN : 0u;
    if (age->class_ == INB_AGE_CHILD && age->years != INB_YEARS_UNKNOWN) {
        mask |= age->years < INB_SUSPECT_FROM ? INB_AGE_IS_UNDER12 : INB_AGE_IS_TEEN;
    }
    return mask;
}

static inb_context context_of(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_set *seen, const inb_finding *finding) {
    const inb_special_rows *special = &catalogue->special;
    const inb_situation *situation = &facts->situation;
    inb_context context = {.seen = seen, .circumstances = &facts->circumstances};
    uint32_t *masks = context.masks;
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        masks[INB_P_LISTED] |= 1u << found->form | INB_ANY_FORM;
        if (found->level != INB_LEVEL_NONE) {
            masks[INB_P_FORM] |= 1u << found->form | INB_ANY_FORM;
        }
        for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
            masks[INB_P_ELEMENT] |= inb_set_empty(&found->element[e]) ? 0u : 1u << e;
        }
    }
    masks[INB_P_LEVEL] = 1u << inb_finding_level(finding);
    masks[INB_P_AGE] = age_mask(&facts->age);
    masks[INB_P_READING] =
        1u << (facts->age.class_ == INB_AGE_ADULT ? INB_READ_ADULT : INB_READ_CHILD);
    masks[INB_P_ROLE] = facts->roles;
    masks[INB_P_PROFITS] = situation->profits;
    // Either way of saying it is enough, also where the row itself is not asked of this age.
    masks[INB_P_PROFITS] |=
        inb_set_has(&facts->yes, special->parent_profits) ? 1u << INB_PROFIT_PARENT : 0u;
    masks[INB_P_DENIES] = situation->denies || inb_set_has(&facts->yes, special->denies);
    masks[INB_P_UNACCOMPANIED] =
        situation->unaccompanied || inb_set_has(&facts->circumstances, special->unaccompanied);
    masks[INB_P_SURROUNDINGS] = situation->surroundings;
    masks[INB_P_CONSENT] = 1u << situation->consent;
    masks[INB_P_POLICE] = 1u << situation->police;
    masks[INB_P_REPORTER] = 1u << facts->reporter;
    masks[INB_P_DANGER] = situation->danger_now;
    masks[INB_P_FEARS_GOVERNMENT] = situation->police == INB_POLICE_UNWANTED;
    for (size_t i = 0; i < 3; i++) {
        masks[INB_P_FEARS_GOVERNMENT] |= inb_set_has(&facts->yes, special->fears[i]);
    }
    inb_context_pack(&context);
    return context;
}

static void add(inb_finding *finding, inb_advice_kind kind, const char *id) {
    finding->advice[kind][finding->advice_count[kind]++] = id;
}

// A row for children that was seen with an adult is not counted: say so.
static bool child_row_ignored(
    const inb_catalogue *catalogue, const inb_facts *facts, const inb_set *seen) {
    inb_set given = inb_set_and(&facts->yes, &catalogue->indicators);
    inb_set ignored = inb_set_minus(&given, seen);
    return !inb_set_empty(&ignored);
}

// The weights are those of the labour profile: say so where another form is listed.
static bool other_form_listed(const inb_finding *finding) {
    for (size_t i = 0; i < finding->form_count; i++) {
        inb_form form = finding->forms[i].form;
        if (form != INB_FORM_LABOUR && form != INB_FORM_UNSPECIFIED) {
            return true;
        }
    }
    return false;
}

// The child list has no weight for some rows: say so where an adult's dimension would be positive.
static bool child_dimension_lower(const inb_catalogue *catalogue, const inb_facts *facts,
    const inb_set *seen, const inb_finding *finding) {
    if (facts->age.class_ == INB_AGE_ADULT) {
        return false;
    }
    inb_weight_counts adult;
    inb_count_weights(catalogue, seen, 0, &adult);
    bool lower = false;
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        const int *of = adult.of[d];
        bool positive = inb_dimension_positive(
            of[INB_WEIGHT_STRONG], of[INB_WEIGHT_MEDIUM], of[INB_WEIGHT_WEAK]);
        lower = lower || (positive && !finding->dimension[d]);
    }
    return lower;
}

_Static_assert(INB_MAX_ADVICE % 64 == 0, "one bit for each");

void inb_advise(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding) {
    inb_set seen = inb_rows_that_count(catalogue, facts);
    inb_context context = context_of(catalogue, facts, &seen, finding);
    memset(finding->advice_count, 0, sizeof finding->advice_count);
    uint64_t given[INB_ADVICE_KINDS][INB_MAX_ADVICE / 64] = {{0}};
    for (size_t i = 0; i < catalogue->advice_count; i++) {
        const inb_advice *row = &catalogue->advice[i];
        if (!inb_condition_holds(&row->when, &context)) {
            continue;
        }
        uint64_t *word = &given[row->kind][row->number / 64];
        uint64_t bit = 1ULL << row->number % 64;
        if ((*word & bit) == 0) {
            *word |= bit;
            add(finding, row->kind, row->id);
        }
    }
    if (child_row_ignored(catalogue, facts, &seen)) {
        add(finding, INB_ADVICE_NOTE, "child_row_ignored");
    }
    if (inb_set_meets(&facts->yes, &catalogue->omitted)) {
        add(finding, INB_ADVICE_NOTE, "omitted_not_counted");
    }
    if (other_form_listed(finding)) {
        add(finding, INB_ADVICE_NOTE, "labour_profile_other_form");
    }
    if (child_dimension_lower(catalogue, facts, &seen, finding)) {
        add(finding, INB_ADVICE_NOTE, "child_dimension_lower");
    }
    inb_find_routes(catalogue, facts, &context, finding);
}
