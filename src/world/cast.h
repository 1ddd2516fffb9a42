// SPDX-License-Identifier: EUPL-1.2
// Who and what stands in one signal: its persons with their roles, and the things that can be found
// again. Private to world.
#ifndef INB_WORLD_CAST_H
#define INB_WORLD_CAST_H

#include "world_i.h"

// One signal that will be written, planned before any is.
typedef struct inb_plan {
    size_t of; // which case of the block
    inb_world_list list;
    int visit;     // 0 = the first time, 1 = once more
    int fragment;  // 0 .. of a split story, -1 = the whole
    bool sighting; // nobody known by name: a place, a car, somebody seen
} inb_plan;

// A signal while it is put together.
typedef struct inb_draft_signal {
    inb_making *making;
    const inb_case *of;
    const inb_plan *plan;
    inb_date seen;
    bool grounded; // a ground for sharing is recorded
    inb_person persons[INB_SIGNAL_PERSONS_MOST];
    uint64_t numbers[INB_SIGNAL_PERSONS_MOST];
    size_t person_count;
    inb_party parties[INB_SIGNAL_PARTIES_MOST];
    size_t party_count;
    inb_situation situation;
    inb_rng rng;
} inb_draft_signal;

// Somebody in a situation, with what was seen of them and those around.
void inb_cast_person(inb_draft_signal *draft, size_t person);
// Somebody seen whom nobody can name, with the piece of a fragment, or of the whole story.
void inb_cast_stranger(inb_draft_signal *draft);
// Whoever recruited, and the agency with its director.
void inb_cast_others(inb_draft_signal *draft);
// Address, phone, car, handle: of a fragment the two that tie it to the next, else some.
void inb_cast_things(inb_draft_signal *draft);

#endif
