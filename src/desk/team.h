// SPDX-License-Identifier: EUPL-1.2
// The team behind the desk: its road, who acts, and how a page waits for a row of the log. A page
// that reads or writes hands its work to the road's writer and says that it waits; it is made again
// when the row is durable. No thread waits for the disk meanwhile.
#ifndef INB_DESK_TEAM_H
#define INB_DESK_TEAM_H

#include <inbeeld/overview.h>
#include <inbeeld/road.h>

#include <stdbool.h>
#include <stdint.h>

// Read-only once the desk has started.
typedef struct inb_desk_team {
    inb_road *road;           // borrowed, outlives the desk; its writer is started by the desk
    const char *folder;       // of the store: all that the locked program can reach
    const char *actor;        // who acts, for the log, where a request does not say: "uid-1000"
    const uint32_t *readers;  // accounts of this machine that may open its pages; root may always
    size_t reader_count;      // 0 = the account that the program runs under
    bool anybody;             // every account may
    const char *organisation; // whose signals these are
    const inb_catalogue *const *older; // norms of earlier days, for findings of their day
    size_t older_count;
    const inb_truth *truth; // of a generated region, shown beside its picture; NULL = none
} inb_desk_team;

// What a request waits for, over all the times that its page is made.
typedef struct inb_desk_wait {
    unsigned stage;    // pieces of work that are done
    inb_status status; // how the last one ended
    uint32_t version;
    inb_ticket *ticket;          // of a reading
    inb_ticket *second;          // of the situation of what is read
    inb_ticket *third;           // of its hits
    void (*wake)(void *payload); // called once for each piece of work that was handed in
    void *payload;
} inb_desk_wait;

void inb_desk_wait_clear(inb_desk_wait *wait); // accepts one that waited for nothing

// The end of a piece of work: an inb_work_done with the wait as its payload.
void inb_desk_told(inb_status status, const char *message, uint32_t version, void *wait);

// The norm of this version among today's and the earlier ones; NULL where it is not here.
const inb_catalogue *inb_desk_norm_of(const inb_desk_team *team, const char *version);

#endif
