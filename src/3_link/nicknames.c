// SPDX-License-Identifier: EUPL-1.2
// Pet forms and other languages' forms of given names, from a CSV table into a table of numbers
// with open addressing: looking one up is a few loads.

#include "nicknames.h"

#include "base/alloc.h"
#include "base/csv.h"
#include "latin.h"
#include "name_reduce.h"

#include <string.h>

typedef struct slot {
    uint32_t number; // 0 = free
    uint16_t groups[INB_NICK_GROUPS];
} slot;

struct inb_nicknames {
    slot *slots;
    size_t mask;
};

static slot *slot_of(const inb_nicknames *nicknames, uint32_t number) {
    size_t at = number & nicknames->mask;
    while (nicknames->slots[at].number != 0 && nicknames->slots[at].number != number) {
        at = (at + 1) & nicknames->mask;
    }
    return &nicknames->slots[at];
}

static void put(inb_nicknames *nicknames, uint32_t number, uint16_t group) {
    slot *found = slot_of(nicknames, number);
    found->number = number;
    for (size_t i = 0; i < INB_NICK_GROUPS; i++) {
        if (found->groups[i] == group || found->groups[i] == 0) {
            found->groups[i] = group;
            return;
        }
    }
}

// Each name of a row under each reading of its spelling.
static void put_row(inb_nicknames *nicknames, const char *names, uint16_t group) {
    while (*names != '\0') {
        size_t length = strcspn(names, ";");
        char folded[64];
        size_t size = inb_latin(names, length, INB_ALPHABET_UKRAINIAN, folded, sizeof folded, NULL);
        for (int reading = 0; size != SIZE_MAX && reading < INB_READINGS; reading++) {
            char reduced[INB_REDUCED_SIZE];
            size_t count = inb_name_reduce(folded, size, (enum inb_reading)reading, reduced);
            put(nicknames, inb_name_number(reduced, count), group);
        }
        names += length + (names[length] == ';' ? 1 : 0);
    }
}

inb_status inb_nicknames_read(const char *name, const char *data, size_t length, inb_arena *arena,
    inb_nicknames **ret_nicknames, inb_error *err) {
    // No more slots are used than there are names times readings; half of them stay free.
    size_t most = 16;
    for (size_t i = 0; i < length; i++) {
        most += data[i] == ';' || data[i] == '\n' ? INB_READINGS : 0;
    }
    size_t size = 64;
    while (size < 2 * most) {
        size *= 2;
    }
    inb_nicknames *made = inb_arena_get(arena, 1, sizeof *made);
    slot *slots = inb_arena_get(arena, size, sizeof *slots);
    if (made == NULL || slots == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the table of nicknames");
    }
    *made = (inb_nicknames){slots, size - 1};
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    size_t column;
    INB_TRY(inb_csv_open_memory(name, data, length, &csv, err));
    INB_TRY(inb_csv_require(csv, "names", &column, err));
    uint16_t group = 0;
    for (bool more = true;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        if (group == UINT16_MAX) {
            return inb_csv_fail(csv, column, err, "more than 65,535 rows");
        }
        put_row(made, inb_csv_field(csv, column), ++group);
    }
    *ret_nicknames = made;
    return INB_OK;
}

void inb_nicknames_find(
    const inb_nicknames *nicknames, uint32_t number, uint16_t ret_groups[static INB_NICK_GROUPS]) {
    memcpy(ret_groups, slot_of(nicknames, number)->groups, INB_NICK_GROUPS * sizeof(uint16_t));
}
