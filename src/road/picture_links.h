// SPDX-License-Identifier: EUPL-1.2
// Who is the same person in the sightings of a picture, by station 3 over opened names, and draws
// of links that may be true as well. Private to road.
#ifndef INB_ROAD_PICTURE_LINKS_H
#define INB_ROAD_PICTURE_LINKS_H

#include "person_sets.h"

#include <inbeeld/store_picture.h>

typedef struct inb_i_picture_names {
    // A line a person with something to compare, its first field the place of the sighting; the
    // rest as in picture_links.c. Borrowed.
    const inb_buffer *lines;
    inb_sighting *sightings; // [count]; their persons are set by inb_i_picture_maker
    inb_person_sets *sets;   // which of them are of one person
    size_t count;
    const inb_picture_links *links;
    inb_overview_draws *draws; // filled by inb_i_picture_draw
    bool linked;               // set by inb_i_picture_link
} inb_i_picture_names;

// Joins what linkage finds beside what is joined already (name and date written for the same person
// need no weighing). linked stays false, and nothing is joined, where there is too little to link.
inb_status inb_i_picture_link(inb_i_picture_names *names, inb_error *err) INB_NODISCARD;

// Counts every sighting as one of its root's. Owner of *ret_maker: the caller.
inb_status inb_i_picture_maker(
    inb_i_picture_names *names, inb_overview_maker **ret_maker, inb_error *err) INB_NODISCARD;

// Draws tables over links, the people of each part as `maker` counts them. No table where fewer
// than two lists have records, which carry no estimate either.
inb_status inb_i_picture_draw(
    inb_i_picture_names *names, const inb_overview_maker *maker, inb_error *err) INB_NODISCARD;

#endif
