// SPDX-License-Identifier: EUPL-1.2
// Road, second: which signals are one situation. Signals that share a token of a strong kind, or of
// two different weak ones, are joined; joins that somebody undid stay undone. Tokens alone are
// compared: no key, no name. The rule: docs/methods/situations.md.
//
// What holds a situation together is told with it. What is found for one signal (its neighbours,
// and theirs) is what a walk over the whole store finds, for joins never reach beyond them.
#ifndef INBEELD_SITUATIONS_H
#define INBEELD_SITUATIONS_H

#include <inbeeld/arena.h>
#include <inbeeld/road.h>
#include <inbeeld/status.h>
#include <inbeeld/store.h>
#include <inbeeld/weigh.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Kinds of tokens, strong ones first. X(NAME, "kind of token", signals that may share a strong one
// before it is a hub and no more than weak; 0 = always weak).
#define INB_JOIN_KINDS(X)                                                                          \
    X(PERSON, "person", 20)                                                                        \
    X(KVK, "kvk", 100)                                                                             \
    X(ACCOUNT, "account", 100)                                                                     \
    X(HANDLE, "handle", 100)                                                                       \
    X(VEHICLE, "vehicle", 100)                                                                     \
    X(ADDRESS, "address", 10)                                                                      \
    X(PHONE, "phone", 0)                                                                           \
    X(AGENCY, "agency", 0)

typedef enum inb_join_kind {
#define X(name, code, most) INB_JOIN_##name,
    INB_JOIN_KINDS(X)
#undef X
        INB_JOIN_KIND_COUNT
} inb_join_kind;

// Weak tokens that more signals share than this are never a reason to look at a pair.
enum { INB_JOIN_WEAK_MOST = 50 };

const char *inb_join_kind_code(inb_join_kind kind);

// Two signals, by their numbers, and what they share.
typedef struct inb_join {
    int64_t first; // the lower one
    int64_t second;
    uint32_t kinds; // bit per inb_join_kind
} inb_join;

// The signals of one situation; alone, a signal is a situation as well.
typedef struct inb_situation_group {
    const int64_t *numbers; // ascending
    size_t count;
    const inb_join *joins; // count - 1 of them, which hold it together
    size_t join_count;
} inb_situation_group;

// Called for each situation, by its lowest number. Borrowed for the call.
typedef inb_status (*inb_situation_visit)(
    const inb_situation_group *group, void *payload, inb_error *err);

// Every situation of the store. O(signals and tokens) time and memory.
inb_status inb_situations_each(
    inb_store *store, inb_situation_visit visit, void *payload, inb_error *err) INB_NODISCARD;

// The situation of one signal, in `arena`, looking at its neighbours only. INB_NOT_FOUND where
// there is no such signal or it was retracted.
inb_status inb_situation_of(inb_store *store, inb_arena *arena, int64_t number,
    inb_situation_group *ret_group, inb_error *err) INB_NODISCARD;

// Takes a signal out of its situation and out of its hits (hits.h), whoever may know of them: its
// joins to all others are undone, with a row of the log, and stay so. *ret_parted = from how many,
// which is not for who may not know of them all (docs/methods/hits.md); 0 is fine, and has the same
// row. May wait on the disk.
inb_status inb_situation_undo(inb_store *store, const inb_road_actor *actor, int64_t number,
    size_t *ret_parted, inb_error *err) INB_NODISCARD;

// ---- by a handle ----

// The situation of a signal among those of the ticket's organisation, as if no other were in the
// store: that another one has the same person is a hit, and hits.h says who may know of it. The
// ticket is of INB_ROAD_SITUATIONS.
inb_status inb_road_situation(inb_road *road, inb_ticket *ticket, inb_arena *arena, const char *id,
    inb_situation_group *ret_group, inb_error *err) INB_NODISCARD;
// Whose signal a number is; open columns, in `arena`.
inb_status inb_road_stored(inb_road *road, inb_arena *arena, int64_t number,
    const inb_stored_signal **ret_signal, inb_error *err) INB_NODISCARD;
// Takes a signal of the actor's organisation out of that situation; its hits stay. `done` as in
// road.h.
inb_status inb_road_undo(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;

// ---- what was seen in a situation, taken together ----

enum { INB_SITUATION_FACTS_MOST = 3 };

// The facts of several signals together, one for each age class that their persons have, child
// first; persons of unknown age go with the one class that is known. What one signal answered yes
// stays yes. Ids that the catalogue does not have are passed over. reporter: of the first signal.
void inb_situation_facts(const inb_catalogue *catalogue, const inb_stored_signal *const *signals,
    size_t count, inb_facts ret_facts[INB_SITUATION_FACTS_MOST], size_t *ret_count);

#ifdef __cplusplus
}
#endif
#endif
