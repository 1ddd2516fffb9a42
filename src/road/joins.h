// SPDX-License-Identifier: EUPL-1.2
// Signals and the tokens that they share, in memory, and the rule that joins them. Private to road.
#ifndef INB_ROAD_JOINS_H
#define INB_ROAD_JOINS_H

#include <inbeeld/situations.h>

typedef struct inb_joins inb_joins;

inb_status inb_joins_new(inb_joins **ret_joins, inb_error *err) INB_NODISCARD;
void inb_joins_free(inb_joins *joins); // accepts NULL
void inb_joins_freep(inb_joins **joins);

// Adds a signal with its tokens; a number that stands already changes nothing. Places of signals
// and tokens count from 0 in the order in which they came.
inb_status inb_joins_add(
    inb_joins *joins, const inb_stored_signal *signal, inb_error *err) INB_NODISCARD;
size_t inb_joins_count(const inb_joins *joins);
size_t inb_joins_find(const inb_joins *joins, int64_t number); // SIZE_MAX where there is none
int64_t inb_joins_number(const inb_joins *joins, size_t signal);
const uint32_t *inb_joins_tokens_of(const inb_joins *joins, size_t signal, size_t *ret_count);

typedef struct inb_join_token {
    inb_join_kind kind;
    unsigned char value[INB_STORE_TOKEN_BYTES];
    uint32_t *members; // signals that were added
    size_t count;
    size_t size;
    size_t total; // signals that have it, those that were not added too; 0 = `count`
} inb_join_token;
inb_join_token *inb_joins_token(inb_joins *joins, size_t token);

bool inb_join_is_strong(const inb_join_token *token); // reason enough by itself
bool inb_join_is_reason(const inb_join_token *token); // or to look at pairs
// Bit per kind of which the two signals share a token.
uint32_t inb_joins_shared(const inb_joins *joins, size_t one, size_t other);
bool inb_join_is_enough(uint32_t weak_kinds); // two different kinds

// Joins the signals of `region` (NULL = all), of which all tokens must be complete, but those that
// are parted. The partings are borrowed until inb_joins_free.
inb_status inb_joins_solve(inb_joins *joins, const bool *region, const inb_stored_parting *partings,
    size_t parting_count, inb_error *err) INB_NODISCARD;
// After it: the situations of the region by their lowest number.
inb_status inb_joins_each(
    inb_joins *joins, inb_situation_visit visit, void *payload, inb_error *err) INB_NODISCARD;

#endif
