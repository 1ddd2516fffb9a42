// SPDX-License-Identifier: EUPL-1.2
// inbeeld link --undo ID: takes a signal of the store out of its situation, for good. Tokens alone
// are looked at, so it needs no key.

#include "cli/cli.h"

#include <inbeeld/keys.h>
#include <inbeeld/situations.h>

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// The signals that ID can mean: its own number's organisation and id, "organisation/id", or an id
// that only one organisation gave.
static inb_status find_signal(inb_store *store, inb_arena *arena, const char *id,
    const inb_stored_signal **ret_signal, inb_error *err) {
    const int64_t *numbers = NULL;
    size_t count = 0;
    const char *slash = strchr(id, '/');
    INB_TRY(inb_store_named(store, arena, id, &numbers, &count, err));
    if (count == 1) {
        return inb_store_get(store, arena, numbers[0], ret_signal, err);
    }
    if (count > 1) {
        return inb_fail(err, INB_BAD_INPUT,
            "option '--undo': %zu organisations have a signal with this id, expected "
            "ORGANISATION/ID",
            count);
    }
    if (slash == NULL) {
        return inb_fail(err, INB_NOT_FOUND, "option '--undo': there is no signal with this id");
    }
    const char *organisation = inb_arena_text(arena, id, (size_t)(slash - id));
    if (organisation == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to undo a join");
    }
    return inb_store_read(store, arena, organisation, slash + 1, 0, ret_signal, err);
}

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
    INB_TRY(find_signal(store, arena, id, &signal, err));
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
        inb_buffer_format(&text, ",\"parted_from\":%zu}\n", parted);
    } else {
        inb_buffer_format(&text,
            "The signal is taken out of its situation: parted from %zu other%s, for good.\n",
            parted, parted == 1 ? "" : "s");
    }
    INB_TRY(inb_buffer_check(&text, err));
    return inb_print(text.data, text.length, err);
}
