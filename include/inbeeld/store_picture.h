// SPDX-License-Identifier: EUPL-1.2
// The picture from the store: every current signal is weighed again under today's norm, its persons
// are joined, and the sightings are counted.
//
// With the team's key persons are joined by station 3 (link.h) over names, dates of birth and
// phones, opened in memory for that alone. Without it they are joined only where name and full date
// of birth are written for the same person, by tokens: a typing error parts one person in two, and
// nothing may be estimated from that (inb_overview.linked is false then).
#ifndef INBEELD_STORE_PICTURE_H
#define INBEELD_STORE_PICTURE_H

#include <inbeeld/overview.h>
#include <inbeeld/road.h>

#ifdef __cplusplus
extern "C" {
#endif

// How persons are linked, with the key.
typedef struct inb_picture_links {
    size_t draws;   // of links that may be true as well, for inb_overview_hidden; 0 = none
    uint64_t seed;  // of everything that is drawn
    size_t threads; // at least 1; changes no byte
} inb_picture_links;
#define INB_PICTURE_LINKS_INIT                                                                     \
    { 50, 1, 1 }

// Counts are over all organisations and stay confidential. The caller has written the row of the
// log before. keys: NULL = joined by tokens; otherwise `ring` is the store's keyring, and `reader`,
// a second connection to the same store, reads the sealed parts meanwhile. Where linkage cannot
// tell persons apart (too few records) tokens are taken. ret_draws: owned by the caller, NULL = not
// wanted; none without keys. O(signals log signals); 60 bytes a person of a signal and, with keys,
// twice its names while it runs; with draws everything is linked a second time.
inb_status inb_picture_count(inb_store *store, const inb_catalogue *catalogue, const inb_keys *keys,
    inb_keyring *ring, inb_store *reader, const inb_picture_links *links,
    inb_overview *ret_overview, inb_overview_draws *ret_draws, inb_error *err) INB_NODISCARD;

// The same for a page, with the handle's own key and a ticket for INB_ROAD_PICTURE, which is used
// up.
inb_status inb_road_picture(inb_road *road, inb_ticket *ticket, const inb_picture_links *links,
    inb_overview *ret_overview, inb_overview_draws *ret_draws, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
