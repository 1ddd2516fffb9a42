// SPDX-License-Identifier: EUPL-1.2
// Signals that are nothing but a number and tokens, for the rule that joins them.
#ifndef INB_JOINS_HELP_H
#define INB_JOINS_HELP_H

#include "inb_test.h"

#include <inbeeld/rng.h>
#include <inbeeld/situations.h>

#include <stdio.h>
#include <string.h>

enum { JOINS_TOKENS = 6 };

typedef struct joins_signal {
    int64_t number;
    inb_stored_token tokens[JOINS_TOKENS];
    size_t count;
} joins_signal;

static inline void joins_give(joins_signal *signal, const char *kind, unsigned value) {
    static const char *const about[JOINS_TOKENS] = {
        "party.1", "party.2", "party.3", "party.4", "party.5", "party.6"};
    inb_stored_token *token = &signal->tokens[signal->count];
    *token = (inb_stored_token){.kind = kind, .about = about[signal->count++]};
    snprintf((char *)token->value, sizeof token->value, "%u", value);
}

static inline inb_stored_signal joins_stored(const joins_signal *signal) {
    return (inb_stored_signal){
        .number = signal->number, .tokens = signal->tokens, .token_count = signal->count};
}

// Random signals: about `share` of them for each value of a token.
static inline void joins_random(
    joins_signal *signals, size_t count, uint64_t seed, unsigned share) {
    inb_rng rng = inb_rng_make(seed, 0);
    static const char *const kinds[] = {
        "kvk", "account", "handle", "vehicle", "address", "phone", "agency", "person", "other"};
    for (size_t i = 0; i < count; i++) {
        signals[i] = (joins_signal){.number = (int64_t)i + 1};
        size_t tokens = inb_rng_below(&rng, 4);
        for (size_t k = 0; k < tokens; k++) {
            // Weak kinds more often, so that pairs of them come about.
            size_t kind =
                inb_rng_below(&rng, 3) == 0 ? inb_rng_below(&rng, 9) : 4 + inb_rng_below(&rng, 3);
            joins_give(&signals[i], kinds[kind],
                inb_rng_below(&rng, 1 + (unsigned)count / (kind < 4 ? 4 : share)));
        }
    }
}

// The label of each signal (its situation's lowest number) by number.
typedef struct joins_labels {
    int64_t of[4096];
    size_t situations;
    size_t joins;
} joins_labels;

static inline inb_status joins_label(
    const inb_situation_group *group, void *payload, inb_error *err) {
    joins_labels *labels = payload;
    (void)err;
    ck_assert_uint_eq(group->join_count, group->count - 1);
    for (size_t i = 0; i < group->count; i++) {
        ck_assert(i == 0 || group->numbers[i] > group->numbers[i - 1]);
        labels->of[group->numbers[i]] = group->numbers[0];
    }
    // Its joins hold it together and nothing else: each second one is reached from an earlier one.
    for (size_t i = 0; i < group->join_count; i++) {
        const inb_join *join = &group->joins[i];
        ck_assert(join->first < join->second && join->kinds != 0);
        ck_assert(labels->of[join->first] == group->numbers[0] &&
                  labels->of[join->second] == group->numbers[0]);
    }
    labels->situations++;
    labels->joins += group->join_count;
    return INB_OK;
}

#endif
