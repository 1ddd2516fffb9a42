// SPDX-License-Identifier: EUPL-1.2
// Which signal an id means: its own, that of a named organisation, or none, told with the option.

#include "import_help.h"

#include <inbeeld/keys.h>

static inb_arena *arena;
static inb_store *store;

static inb_status find(const char *id, const char **ret_organisation, inb_error *err) {
    const inb_stored_signal *signal = NULL;
    INB_TRY(inb_find_signal(store, arena, "ground", id, &signal, err));
    *ret_organisation = signal->organisation;
    return INB_OK;
}

INB_TEST(found_and_not) {
    const inb_store_options options = {.hash = inb_hash};
    const char *organisation = NULL;
    place_setup();
    const char *file =
        put_file("a.csv", "id,source.kind,source.organisation\n1,ngo,a\n2,ngo,a\n2,ngo,b/c\n");
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile, file));
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_store_open(where, &options, &store, err));
    INB_OK_IS(find("1", &organisation, err));
    ck_assert_str_eq(organisation, "a");
    INB_OK_IS(find("a/2", &organisation, err));
    ck_assert_str_eq(organisation, "a");
    INB_FAILS(find("2", &organisation, err), INB_BAD_INPUT,
        "option '--ground': 2 organisations have a signal with this id");
    INB_FAILS(find("7", &organisation, err), INB_NOT_FOUND,
        "option '--ground': there is no signal with this id");
    INB_FAILS(find("d/2", &organisation, err), INB_NOT_FOUND, "no such signal");
    inb_store_free(store);
    inb_arena_free(arena);
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/store_signal", found_and_not)
