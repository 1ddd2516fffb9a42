// SPDX-License-Identifier: EUPL-1.2
// LINK.ini: names of columns, and the words of everything that is refused.

#include "inb_sweep.h"
#include "inb_test.h"
#include "records.h"

#include <string.h>

static inb_status read(const char *text, inb_link_map **ret_map, inb_error *err) {
    return inb_link_map_read_memory("LINK.ini", text, strlen(text), ret_map, err);
}

INB_TEST(ours_and_theirs) {
    inb_link_map *map = NULL;
    INB_OK_IS(read("; names\n[columns]\n  id = rec_id\nsurname=last name\r\n", &map, err));
    ck_assert_str_eq(inb_link_map_name(map, INB_C_ID), "rec_id");
    ck_assert_str_eq(inb_link_map_name(map, INB_C_SURNAME), "last name");
    ck_assert_str_eq(inb_link_map_name(map, INB_C_PLACE), "place");
    ck_assert_str_eq(inb_link_map_name(NULL, INB_C_PLACE), "place");
    inb_link_map_freep(&map);
}
INB_END

// What is mapped to "place" is no place any more, and is compared once.
INB_TEST(a_column_has_one_meaning) {
    inb_link_map *map = NULL;
    INB_OK_IS(read("[columns]\nid = number\nstreet = place\n", &map, err));
    ck_assert_str_eq(inb_link_map_name(map, INB_C_STREET), "place");
    ck_assert_ptr_null(inb_link_map_name(map, INB_C_PLACE));
    ck_assert_str_eq(inb_link_map_name(map, INB_C_NUMBER), "number"); // an id may be a number too
    inb_link_map_freep(&map);
    INB_FAILS(read("[columns]\nstreet = x\nplace = x\n", &map, err), INB_BAD_INPUT,
        "LINK.ini:3:1: found a name of the files a second time");
}
INB_END

INB_TEST(what_is_refused) {
    inb_link_map *map = NULL;
    INB_FAILS(read("id = x\n", &map, err), INB_BAD_INPUT, "LINK.ini:1:1: found a line outside");
    INB_FAILS(read("[columns]\nidd = x\n", &map, err), INB_BAD_INPUT, ":2:1: found a name");
    INB_FAILS(read("[columns]\nid =\n", &map, err), INB_BAD_INPUT, "no name after");
    INB_FAILS(read("[columns]\nid = a\nid = b\n", &map, err), INB_BAD_INPUT, "second time");
    INB_FAILS(read("[colums]\n", &map, err), INB_BAD_INPUT, "section");
    INB_FAILS(read("[columns]\nwhat is this\n", &map, err), INB_BAD_INPUT, ":2:1:");
    INB_FAILS(read("[columns]\nid = \xFF\n", &map, err), INB_BAD_INPUT, "UTF-8");
    ck_assert_ptr_null(map);
    INB_FAILS(inb_link_map_read("/tmp/no such.ini", &map, err), INB_BAD_INPUT, "no such");
}
INB_END

static inb_status once(inb_error *err) {
    inb_link_map *map = NULL;
    inb_status status = read("[columns]\nid = rec_id\n", &map, err);
    inb_link_map_free(map);
    return status;
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN(
    "3_link/link_map", ours_and_theirs, a_column_has_one_meaning, what_is_refused, memory_refused)
