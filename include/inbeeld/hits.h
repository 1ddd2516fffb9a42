// SPDX-License-Identifier: EUPL-1.2
// Road, third: hits. Two organisations have a signal each in which the same person, agency,
// address, phone or other thing stands; both learn that, with whom to ask, and nothing else: no
// text, name, role, age, number or kind of thing. The rule, and what may be known to whom:
// docs/methods/hits.md.
//
// A new version of a signal is compared with what stands there when it is written, within a quota a
// day for each organisation; above it, it waits. There is no way to ask for anything but the hits
// of one's own kept signals.
#ifndef INBEELD_HITS_H
#define INBEELD_HITS_H

#include <inbeeld/arena.h>
#include <inbeeld/road.h>
#include <inbeeld/status.h>
#include <inbeeld/store_hits.h>

#ifdef __cplusplus
extern "C" {
#endif

// Kinds of tokens that make a hit: X("kind of token", signals of the two organisations together
// that may have it before it is no more than weak; 0 = always weak).
#define INB_HIT_KINDS(X)                                                                           \
    X("person", 100)                                                                               \
    X("kvk", 100)                                                                                  \
    X("account", 100)                                                                              \
    X("handle", 100)                                                                               \
    X("vehicle", 100)                                                                              \
    X("address", 10)                                                                               \
    X("phone", 10)                                                                                 \
    X("agency", 0)

enum {
    INB_HIT_WEAK_MOST = 50,   // a weak token that more have than this is none
    INB_HIT_ROWS_MOST = 1000, // signals that may be known and share one token: more is a hub
    INB_HIT_QUOTA = 100,      // signals compared a day, where the contacts say nothing else
    INB_HIT_LOOKED_MOST = 400 // persons of one key that are looked at
};

// Another organisation that a signal is in a hit with.
typedef struct inb_hit {
    const char *organisation;
    const char *contact; // NULL = none is known
    bool ground;         // across regimes, on a recorded ground
} inb_hit;

typedef struct inb_hits {
    bool compared;            // false: it was not looked at yet, under any state
    inb_compared_state state; // of the version that stands
    const inb_hit *list;      // by name of the organisation, each once
    size_t count;
} inb_hits;

// The hits of one signal, in `arena`. INB_NOT_FOUND: no such signal. A retracted one has none.
inb_status inb_hits_of(inb_store *store, inb_arena *arena, int64_t number, inb_hits *ret_hits,
    inb_error *err) INB_NODISCARD;

// ---- by a handle; the ticket is of INB_ROAD_HITS and is used up ----

inb_status inb_road_hits(inb_road *road, inb_ticket *ticket, inb_arena *arena, const char *id,
    inb_hits *ret_hits, inb_error *err) INB_NODISCARD;

// A signal of the ticket's organisation with hits.
typedef struct inb_hit_signal {
    int64_t number;
    const char *id;
    inb_hits hits;
} inb_hit_signal;

// What stands with the hits of an organisation.
typedef struct inb_hit_page {
    const inb_hit_signal *signals; // newest first
    size_t count;
    int64_t next;    // go on below this number; 0 = that was all
    int64_t waiting; // signals that wait for the quota
    int64_t quota;   // a day
    int64_t used;    // today
} inb_hit_page;

// At most `most`, with a number below `before` (0 = from the newest); `look` = how many signals are
// looked at for one page at most (0 = no end).
inb_status inb_road_hits_list(inb_road *road, inb_ticket *ticket, inb_arena *arena, int64_t before,
    size_t most, size_t look, int64_t now, inb_hit_page *ret_page, inb_error *err) INB_NODISCARD;

// Takes the hits of a signal that its organisation knows of apart, for good: nobody sees them any
// more. INB_NOT_FOUND: it has none. `done` as in road.h.
inb_status inb_road_undo_hits(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;

// ---- for whoever looks after the store; they wait on the disk ----

// How many signals of all organisations wait.
inb_status inb_road_waiting(inb_road *road, int64_t *ret_count, inb_error *err) INB_NODISCARD;

// Compares what waits of the actor's organisation, oldest first, as far as the quota goes.
inb_status inb_road_catch_up(inb_road *road, const inb_road_actor *actor, size_t *ret_compared,
    inb_error *err) INB_NODISCARD;

// Records a ground on which two signals of two organisations may be known to each other's, with who
// and when; the text is sealed. INB_NOT_FOUND: no such signal; INB_BAD_INPUT: of one organisation,
// or no text.
inb_status inb_road_ground(inb_road *road, const inb_road_actor *actor, int64_t one, int64_t other,
    const char *text, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
