// SPDX-License-Identifier: EUPL-1.2
// What was seen in a situation, taken together: the answers of its signals by age class, so that a
// child is read by the rules for children and nobody else is. What one saw, the others need not
// have.

#include <inbeeld/situations.h>

#include <string.h>

static void add_row(const inb_catalogue *catalogue, const char *id, inb_kind kind, inb_set *set) {
    size_t row = inb_catalogue_find(catalogue, id, strlen(id));
    if (row != SIZE_MAX && inb_catalogue_row(catalogue, row)->kind == kind) {
        inb_set_add(set, row);
    }
}

static void add_person(
    const inb_catalogue *catalogue, const inb_stored_person *person, inb_facts *facts) {
    inb_set *const sets[] = {&facts->yes, &facts->no, &facts->unknown}; // as inb_answer
    facts->roles |= person->roles;
    for (size_t i = 0; i < person->observation_count; i++) {
        const inb_observation *observation = &person->observations[i];
        add_row(catalogue, observation->id, INB_INDICATOR, sets[observation->answer]);
    }
    for (size_t i = 0; i < person->circumstance_count; i++) {
        add_row(catalogue, person->circumstances[i], INB_CIRCUMSTANCE, &facts->circumstances);
    }
}

static void add_situation(const inb_situation *told, inb_situation *all) {
    all->danger_now = all->danger_now || told->danger_now;
    all->unaccompanied = all->unaccompanied || told->unaccompanied;
    all->denies = all->denies || told->denies;
    all->profits = (uint8_t)(all->profits | told->profits);
    all->surroundings = (uint8_t)(all->surroundings | told->surroundings);
    // What somebody refused or did not want holds for all.
    all->consent = told->consent == INB_CONSENT_REFUSED || all->consent == INB_CONSENT_NOT_ASKED
                       ? told->consent
                       : all->consent;
    all->police = told->police == INB_POLICE_UNWANTED || all->police == INB_POLICE_NOT_ASKED
                      ? told->police
                      : all->police;
}

// A yes outweighs a no, and both outweigh a not known.
static void settle(inb_facts *facts) {
    for (size_t word = 0; word < INB_SET_WORDS; word++) {
        facts->no.words[word] &= ~facts->yes.words[word];
        facts->unknown.words[word] &= ~(facts->yes.words[word] | facts->no.words[word]);
    }
}

void inb_situation_facts(const inb_catalogue *catalogue, const inb_stored_signal *const *signals,
    size_t count, inb_facts ret_facts[INB_SITUATION_FACTS_MOST], size_t *ret_count) {
    static const inb_age_class order[] = {INB_AGE_CHILD, INB_AGE_ADULT, INB_AGE_UNKNOWN};
    bool present[3] = {false, false, false}; // by inb_age_class
    inb_situation around = {0};
    for (size_t i = 0; i < count; i++) {
        add_situation(&signals[i]->situation, &around);
        for (size_t k = 0; k < signals[i]->person_count; k++) {
            present[signals[i]->persons[k].age_class] = true;
        }
    }
    bool one_known = present[INB_AGE_CHILD] != present[INB_AGE_ADULT];
    *ret_count = 0;
    for (size_t c = 0; c < 3; c++) {
        inb_age_class class_ = order[c];
        if (!present[class_] || (class_ == INB_AGE_UNKNOWN && one_known)) {
            continue;
        }
        inb_facts *facts = &ret_facts[(*ret_count)++];
        memset(facts, 0, sizeof *facts);
        facts->age = (inb_age){class_, INB_YEARS_UNKNOWN};
        facts->situation = around;
        facts->reporter = signals[0]->source_kind;
        for (size_t i = 0; i < count; i++) {
            for (size_t k = 0; k < signals[i]->person_count; k++) {
                const inb_stored_person *person = &signals[i]->persons[k];
                if (person->age_class == class_ ||
                    (one_known && person->age_class == INB_AGE_UNKNOWN)) {
                    add_person(catalogue, person, facts);
                }
            }
        }
        settle(facts);
    }
}
