// SPDX-License-Identifier: EUPL-1.2
// A generated region as files and a store: what `inbeeld demo` writes. Streams block by block; what
// is in memory does not grow with the region.
#ifndef INB_CLI_DEMO_FILES_H
#define INB_CLI_DEMO_FILES_H

#include <inbeeld/spread.h>
#include <inbeeld/world.h>

#include "cli/folder.h"

// What was written.
typedef struct inb_demo_sums {
    uint64_t people;
    uint64_t unseen; // on no list
    uint64_t records[INB_WORLD_LIST_COUNT];
    uint64_t signals;
    uint64_t fragments;    // of split stories, among the signals
    inb_world_tally tally; // the truth
} inb_demo_sums;

// Writes all into the folder's part; `key` is the key file of its store. now:
// seconds since 1970, stands in the store and its log; not before the last day of the period.
// progress: told after each part of the region, may be NULL.
inb_status inb_demo_write(const inb_world *world, const inb_world_options *options,
    const inb_folder *folder, const char *key, int64_t now, const inb_progress *progress,
    inb_demo_sums *ret_sums, inb_error *err) INB_NODISCARD;

#endif
