// SPDX-License-Identifier: EUPL-1.2
// Which law a signal stands under, by its kind of source: data/regimes.csv. Private to road.
#ifndef INB_ROAD_REGIMES_H
#define INB_ROAD_REGIMES_H

#include <inbeeld/observe.h>
#include <inbeeld/status.h>

enum { INB_REGIMES_MOST = 8, INB_REGIME_KINDS_SIZE = 512 };

typedef struct inb_regimes {
    int of[INB_REPORTER_COUNT]; // regime of each kind of source, from 0
    int count;
    char codes[INB_REGIMES_MOST][32];
    char kinds[INB_REGIMES_MOST][INB_REGIME_KINDS_SIZE]; // ";school;health;" of each regime
    char all[INB_REGIME_KINDS_SIZE];                     // of every kind
} inb_regimes;

// Reads the table that the program carries; INB_INTERNAL where a kind is missing or stands twice.
inb_status inb_regimes_load(inb_regimes *ret_regimes, inb_error *err) INB_NODISCARD;
// The same over text in memory.
inb_status inb_regimes_read(
    const char *data, size_t length, inb_regimes *ret_regimes, inb_error *err) INB_NODISCARD;

#endif
