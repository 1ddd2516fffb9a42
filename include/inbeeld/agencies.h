// SPDX-License-Identifier: EUPL-1.2
// Road, fourth: the signals of the store bundled by agency, over senders and over changes of number
// and name (station 3, agency.h). An agency of a signal has the name and KvK number of its party;
// where the signal names one agency only, also the address, the phone and the director (the person
// whose role is employer) that stand in it.
//
// Signals take part as in hits.h: with an observation, compared, and known to the asker's
// organisation as far as regimes and grounds allow; two that may not know each other make no link.
// Of another organisation its name and contact are told.
#ifndef INBEELD_AGENCIES_H
#define INBEELD_AGENCIES_H

#include <inbeeld/agency.h>
#include <inbeeld/hits.h>

#ifdef __cplusplus
extern "C" {
#endif

// An agency as one signal tells of it.
typedef struct inb_agency_sighting {
    const char *organisation;
    const char *contact; // of another organisation; NULL = none is known, or an own signal
    int64_t number;      // of an own signal, else 0
    const char *id;      // of an own signal, else NULL
} inb_agency_sighting;

// Two sightings of one bundle, and what was kept and changed between them.
typedef struct inb_agency_bond {
    size_t a; // places in the bundle
    size_t b;
    inb_agency_tie tie;
} inb_agency_bond;

// Two sightings or more, one of them the asker's own.
typedef struct inb_agency_bundle {
    const inb_agency_sighting *sightings;
    size_t count;
    const inb_agency_bond *bonds;
    size_t bond_count;
} inb_agency_bundle;

// The bundles in which the ticket's organisation has a signal, in `arena`, by their first signal.
// The ticket is of INB_ROAD_AGENCIES. O(signals) names and numbers are opened in memory.
inb_status inb_road_agencies(inb_road *road, inb_ticket *ticket, inb_arena *arena,
    const inb_agency_bundle **ret_bundles, size_t *ret_count, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
