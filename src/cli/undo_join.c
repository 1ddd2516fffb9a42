// SPDX-License-Identifier: EUPL-1.2
// inbeeld link --undo ID: takes a signal of the store out of its situation and its hits, for good.
// Tokens and numbers alone are looked at, so it needs no key. From how many, and whether from any,
// is not said: a hit that nobody may know of yet is undone too.

#include "cli/cli.h"

#include <inbeeld/keys.h>
#include <inbeeld/situations.h>

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

inb_status inb_undo_join(const inb_arguments *arguments, const char *id, inb_error *err) {
    const char *where;
    const inb_store_options options = {.hash = inb_hash};
    INB_CLEANUP(inb_store_freep) inb_store *store = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    const inb_stored_signal *signal = NULL;
    size_t parted = 0;
    INB_TRY(inb_store_place(arguments, &where, err));
    INB_TRY(inb_store_open(where, &options, &store, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_find_signal(store, arena, "undo", id, &signal, err));
    char name[32];
    (void)snprintf(name, sizeof name, "uid-%u", (unsigned)getuid());
    const inb_road_actor actor = {name, signal->organisation, "", time(NULL)};
    INB_TRY(inb_situation_undo(store, &actor, signal->number, &parted, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(4096);
    if (inb_given(arguments, "json")) {
        inb_buffer_text(&text, "{\"organisation\":");
        inb_buffer_json(&text, signal->organisation);
        inb_buffer_text(&text, ",\"id\":");
        inb_buffer_json(&text, signal->id);
        inb_buffer_text(&text, "}\n");
    } else {
        inb_buffer_text(&text, "Whatever this signal was joined to, situation or hits, it is not "
                               "any more, for good.\n");
    }
    return inb_print_buffer(&text, err);
}
