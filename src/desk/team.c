// SPDX-License-Identifier: EUPL-1.2
// The small things between a page and its team: a wait that ends, and the norm of a day.

#include "team.h"

#include <string.h>

void inb_desk_wait_clear(inb_desk_wait *wait) {
    inb_ticket_free(wait->ticket);
    inb_ticket_free(wait->second);
    inb_ticket_free(wait->third);
    wait->third = NULL;
    wait->ticket = NULL;
    wait->second = NULL;
}

void inb_desk_told(inb_status status, const char *message, uint32_t version, void *payload) {
    inb_desk_wait *wait = payload;
    (void)message; // may name a path of this machine: a page says it in its own words
    wait->status = status;
    wait->version = version;
    wait->stage++;
    wait->wake(wait->payload); // the last thing: the request may be gone afterwards
}

const inb_catalogue *inb_desk_norm_of(const inb_desk_team *team, const char *version) {
    const inb_catalogue *today = inb_road_catalogue(team->road);
    if (strcmp(inb_catalogue_version(today), version) == 0) {
        return today;
    }
    for (size_t i = 0; i < team->older_count; i++) {
        if (strcmp(inb_catalogue_version(team->older[i]), version) == 0) {
            return team->older[i];
        }
    }
    return NULL;
}
