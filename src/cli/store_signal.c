// SPDX-License-Identifier: EUPL-1.2
// Which signal of the store is meant by an id on the command line.

#include "cli/cli.h"

#include <string.h>

// The signals that ID can mean: its own number's organisation and id, "organisation/id", or an id
// that only one organisation gave.
inb_status inb_find_signal(inb_store *store, inb_arena *arena, const char *option, const char *id,
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
            "option '--%s': %zu organisations have a signal with this id, expected "
            "ORGANISATION/ID",
            option, count);
    }
    if (slash == NULL) {
        return inb_fail(
            err, INB_NOT_FOUND, "option '--%s': there is no signal with this id", option);
    }
    const char *organisation = inb_arena_text(arena, id, (size_t)(slash - id));
    if (organisation == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to find a signal");
    }
    return inb_store_read(store, arena, organisation, slash + 1, 0, ret_signal, err);
}
