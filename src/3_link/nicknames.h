// SPDX-License-Identifier: EUPL-1.2
// The table of names that stand for one another, found by the numbers of their readings.
#ifndef INB_LINK_NICKNAMES_H
#define INB_LINK_NICKNAMES_H

#include <inbeeld/arena.h>
#include <inbeeld/status.h>

#include <stdint.h>

enum { INB_NICK_GROUPS = 4 }; // that one name can be in; more are left out

typedef struct inb_nicknames inb_nicknames; // in its arena

// Reads a table (CSV with the column `names`, parted by ';') as data/names/nicknames.csv.
inb_status inb_nicknames_read(const char *name, const char *data, size_t length, inb_arena *arena,
    inb_nicknames **ret_nicknames, inb_error *err) INB_NODISCARD;

// Groups (from 1) of the name with this number, filled up with 0.
void inb_nicknames_find(
    const inb_nicknames *nicknames, uint32_t number, uint16_t ret_groups[static INB_NICK_GROUPS]);

#endif
