// SPDX-License-Identifier: EUPL-1.2
// The picture from the store: every current signal is weighed again under today's norm, its persons
// are joined where name and full date of birth are written for the same person (tokens alone; no
// key is needed and no name is opened), and the sightings are counted.
//
// This joining is thin: a typing error parts one person in two, so that people are counted too
// often and the number that remains hidden too high. Lists that `inbeeld link` joined are better.
#ifndef INBEELD_STORE_PICTURE_H
#define INBEELD_STORE_PICTURE_H

#include <inbeeld/overview.h>
#include <inbeeld/road.h>

#ifdef __cplusplus
extern "C" {
#endif

// Counts are over all organisations and stay confidential. The caller has written the row of the
// log before. O(signals log signals); 60 bytes a person of a signal while it runs.
inb_status inb_picture_count(inb_store *store, const inb_catalogue *catalogue,
    inb_overview *ret_overview, inb_error *err) INB_NODISCARD;

// The same for a page: with a ticket for INB_ROAD_PICTURE, which is used up.
inb_status inb_road_picture(
    inb_road *road, inb_ticket *ticket, inb_overview *ret_overview, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
