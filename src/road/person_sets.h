// SPDX-License-Identifier: EUPL-1.2
// Which persons of signals are one: joined by tokens, by likeness found for hits, by linkage; and
// never over two signals that somebody parted. Private to road.
#ifndef INB_ROAD_PERSON_SETS_H
#define INB_ROAD_PERSON_SETS_H

#include <inbeeld/status.h>
#include <inbeeld/store_hits.h>

typedef struct inb_person_sets inb_person_sets;

// partings: borrowed until it is freed.
inb_status inb_person_sets_new(const inb_stored_parting *partings, size_t parting_count,
    inb_person_sets **ret_sets, inb_error *err) INB_NODISCARD;
void inb_person_sets_free(inb_person_sets *sets); // accepts NULL
void inb_person_sets_freep(inb_person_sets **sets);

// One more person, of this signal; signals come by number, their persons together. Its place is the
// count before, from 0.
inb_status inb_person_sets_add(
    inb_person_sets *sets, int64_t signal, uint32_t *ret_place, inb_error *err) INB_NODISCARD;
// Joins the person with the one that had this token first.
inb_status inb_person_sets_token(inb_person_sets *sets, uint32_t place,
    const unsigned char value[INB_STORE_TOKEN_BYTES], inb_error *err) INB_NODISCARD;
// Joins two, unless that would bring two parted signals together.
void inb_person_sets_join(inb_person_sets *sets, uint32_t one, uint32_t other);
// Joins two persons by their signals and places in them; one that is not there is passed over.
void inb_person_sets_alike(inb_person_sets *sets, const inb_alike *alike);
// The least place of a person's set.
uint32_t inb_person_sets_find(inb_person_sets *sets, uint32_t place);

#endif
