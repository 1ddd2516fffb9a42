// SPDX-License-Identifier: EUPL-1.2
// Undoing a join on the command line: by id, by organisation and id where the id is not enough, and
// what is refused.

#include "import_help.h"

static inb_status undo(const char *id, inb_error *err) {
    return INB_CALL(inb_command_link, "--store", where, "--undo", id, "--json");
}

INB_TEST(undone) {
    place_setup();
    INB_FAILS(undo("1", err), INB_NOT_FOUND, "no store here");
    const char *file = put_file("a.csv",
        "id,source.kind,source.organisation,party.vehicle\n1,ngo,a,XX-12-YY\n2,ngo,a,xx12yy\n"
        "2,ngo,b,XX 12 YY\n3,ngo,b,ZZ-99-ZZ\n");
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile, file));
    INB_FAILS(undo("9", err), INB_NOT_FOUND, "no signal with this id");
    INB_FAILS(undo("c/2", err), INB_NOT_FOUND, "no such signal");
    INB_FAILS(undo("2", err), INB_BAD_INPUT, "2 organisations have a signal with this id");
    // The words are the same whether it stood alone, was joined, or is not any more.
    INB_OK_IS(undo("3", err));
    ck_assert_str_eq(inb_printed, "{\"organisation\":\"b\",\"id\":\"3\"}\n");
    INB_OK_IS(undo("b/2", err));
    ck_assert_str_eq(inb_printed, "{\"organisation\":\"b\",\"id\":\"2\"}\n");
    INB_OK_IS(undo("b/2", err));
    ck_assert_str_eq(inb_printed, "{\"organisation\":\"b\",\"id\":\"2\"}\n");
    INB_OK_IS(INB_CALL(inb_command_link, "--store", where, "--undo", "b/2"));
    ck_assert_str_eq(inb_printed, "Whatever this signal was joined to, situation or hits, it is "
                                  "not any more, for good.\n");
    INB_OK_IS(undo("1", err));
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/undo_join", undone)
