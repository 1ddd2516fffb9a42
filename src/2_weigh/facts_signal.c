// SPDX-License-Identifier: EUPL-1.2
// The facts about one person of a signal. Only what inb_facts has a place for is copied, field by
// field into cleared memory, so that name, sex, nationality or phone cannot change a byte of it.

#include <inbeeld/signal.h>
#include <inbeeld/weigh.h>

#include <string.h>

bool inb_catalogue_knows(const char *id, size_t length, bool circumstance, void *catalogue) {
    size_t row = inb_catalogue_find(catalogue, id, length);
    return row != SIZE_MAX && inb_catalogue_row(catalogue, row)->kind ==
                                  (circumstance ? INB_CIRCUMSTANCE : INB_INDICATOR);
}

// The row of an id, which was known when the signal was read and may not be in this catalogue.
static inb_status find_row(const inb_catalogue *catalogue, const char *id, inb_kind wanted,
    size_t *ret_row, inb_error *err) {
    size_t row = inb_catalogue_find(catalogue, id, strlen(id));
    if (row == SIZE_MAX || inb_catalogue_row(catalogue, row)->kind != wanted) {
        return inb_fail(err, INB_NOT_FOUND,
            "found an id that catalogue %s does not have, expected the id of %s",
            inb_catalogue_version(catalogue),
            wanted == INB_INDICATOR ? "an indicator" : "a circumstance");
    }
    *ret_row = row;
    return INB_OK;
}

static inb_status copy_observed(
    const inb_catalogue *catalogue, const inb_person *person, inb_facts *facts, inb_error *err) {
    inb_set *const sets[] = {&facts->yes, &facts->no, &facts->unknown}; // as inb_answer
    for (size_t i = 0; i < person->observation_count; i++) {
        const inb_observation *observation = &person->observations[i];
        size_t row;
        INB_TRY(find_row(catalogue, observation->id, INB_INDICATOR, &row, err));
        inb_set_add(sets[observation->answer], row);
    }
    for (size_t i = 0; i < person->circumstance_count; i++) {
        size_t row;
        INB_TRY(find_row(catalogue, person->circumstances[i], INB_CIRCUMSTANCE, &row, err));
        inb_set_add(&facts->circumstances, row);
    }
    return INB_OK;
}

inb_status inb_facts_from_signal(const inb_catalogue *catalogue, const inb_signal *signal,
    size_t person, inb_facts *ret_facts, inb_error *err) {
    if (person >= signal->person_count) {
        return inb_fail(err, INB_RANGE, "found person %zu of a signal of %zu, expected one of them",
            person + 1, signal->person_count);
    }
    inb_facts facts;
    memset(&facts, 0, sizeof facts); // the bytes between fields too
    const inb_person *told = &signal->persons[person];
    INB_TRY(copy_observed(catalogue, told, &facts, err));
    facts.age.class_ = told->age.class_;
    facts.age.years = told->age.years;
    facts.roles = told->roles;
    facts.situation.danger_now = signal->situation.danger_now;
    facts.situation.unaccompanied = signal->situation.unaccompanied;
    facts.situation.denies = signal->situation.denies;
    facts.situation.profits = signal->situation.profits;
    facts.situation.surroundings = signal->situation.surroundings;
    facts.situation.consent = signal->situation.consent;
    facts.situation.police = signal->situation.police;
    facts.reporter = signal->source_kind;
    memcpy(ret_facts, &facts, sizeof facts);
    return INB_OK;
}
