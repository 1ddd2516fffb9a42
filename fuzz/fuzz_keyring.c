// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of keyring files: any bytes as a whole file, and any bytes with the check behind them that
// only the team's key makes. What is taken has entries in shape, and comes back as it was from what
// is written of it.

#include "keyring_i.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct inb_keys team; // all zeros: any key does

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void same(const inb_i_ring *one, const inb_i_ring *other) {
    demand(strcmp(one->name, other->name) == 0 && one->count == other->count);
    for (size_t i = 0; i < one->count; i++) {
        const inb_i_ring_entry *a = &one->entries[i];
        const inb_i_ring_entry *b = &other->entries[i];
        demand(a->id == b->id && a->erased == b->erased && a->month.year == b->month.year &&
               a->month.month == b->month.month && a->month.day == 0);
        demand(memcmp(a->key, b->key, sizeof a->key) == 0);
        demand(a->id > 0 && a->month.month >= 1 && a->month.month <= 12);
    }
}

static void parse(const char *text, size_t length) {
    static inb_i_ring *rings[2]; // large, and used again
    inb_error err = INB_ERROR_INIT;
    for (size_t i = 0; i < 2; i++) {
        demand(rings[i] != NULL || inb_i_ring_new(&rings[i], NULL) == INB_OK);
    }
    if (inb_i_ring_parse(&team, "k", text, length, rings[0], &err) != INB_OK) {
        demand(err.status == INB_BAD_INPUT && strncmp(err.message, "k: ", 3) == 0);
        return;
    }
    inb_buffer again = INB_BUFFER_INIT(INB_I_RING_TEXT_MOST);
    demand(inb_i_ring_write(&team, rings[0], &again, NULL) == INB_OK);
    demand(inb_i_ring_parse(&team, "k", again.data, again.length, rings[1], NULL) == INB_OK);
    same(rings[0], rings[1]);
    demand(again.length == length); // the one way in which it is written
    inb_buffer_clear(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    inb_buffer whole = INB_BUFFER_INIT(INB_I_RING_TEXT_MOST);
    demand(inb_i_sodium_start(NULL) == INB_OK);
    if (size > INB_I_RING_TEXT_MOST / 2) {
        return 0;
    }
    parse((const char *)data, size);
    inb_buffer_add(&whole, (const char *)data, size);
    inb_i_ring_check(&team, &whole);
    parse(inb_buffer_get(&whole), whole.length);
    inb_buffer_clear(&whole);
    return 0;
}
