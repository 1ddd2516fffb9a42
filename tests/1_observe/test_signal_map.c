// SPDX-License-Identifier: EUPL-1.2
// Map files: what they say, and every way in which a line can be wrong, with its number.

#include "signal_i.h"

#include <inbeeld/buffer.h>

#include "base/alloc.h"
#include "inb_file.h"
#include "inb_sweep.h"

static inb_map *parse(const char *text) {
    inb_map *map = NULL;
    INB_OK_IS(inb_map_parse("m", text, strlen(text), &map, err));
    return map;
}

static void complains(const char *text, const char *place, const char *part) {
    inb_map *map = NULL;
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_eq(inb_map_parse("m", text, strlen(text), &map, &err), INB_BAD_INPUT);
    ck_assert_msg(strncmp(err.message, place, strlen(place)) == 0, "%s, expected %s of\n%s",
        err.message, place, text);
    ck_assert_msg(strstr(err.message, part) != NULL, "'%s' lacks '%s'", err.message, part);
    ck_assert_ptr_null(map);
}

INB_TEST(names_and_values) {
    inb_map *map =
        parse("; a comment\n[columns]\n  id = zaaknummer\nperson.age=Leeftijd (jaren)\n"
              "\tobservations = signalen ; another\n- = bsn\n- = Opmerking intern\n\r\n"
              "[values.person.age]\r\nonbekend =\r\nvolwassen = adult\n"
              "[values.observations]\nja = yes\nKlacht 1 = D1-01\n[columns]\nseen = datum");
    ck_assert_str_eq(inb_map_theirs(map, INB_F_ID), "zaaknummer");
    ck_assert_str_eq(inb_map_theirs(map, INB_F_AGE), "Leeftijd (jaren)");
    ck_assert_str_eq(inb_map_theirs(map, INB_F_OBSERVATIONS), "signalen");
    ck_assert_str_eq(inb_map_theirs(map, INB_F_SEEN), "datum");
    ck_assert_ptr_null(inb_map_theirs(map, INB_F_NOTED));
    ck_assert(inb_map_ignores(map, "bsn"));
    ck_assert(inb_map_ignores(map, "Opmerking intern"));
    ck_assert(!inb_map_ignores(map, "id"));
    ck_assert_str_eq(inb_map_value(map, INB_F_AGE, "onbekend", 8), "");
    ck_assert_str_eq(inb_map_value(map, INB_F_AGE, "volwassenx", 9), "adult");
    ck_assert_ptr_null(inb_map_value(map, INB_F_AGE, "ja", 2));
    ck_assert_str_eq(inb_map_value(map, INB_F_OBSERVATIONS, "Klacht 1", 8), "D1-01");
    inb_map_free(map);
    map = parse("\xEF\xBB\xBF[columns]\nid = Zo\xC3\xAB");
    ck_assert_str_eq(inb_map_theirs(map, INB_F_ID), "Zo\xC3\xAB");
    inb_map_free(map);
    map = NULL;
    INB_OK_IS(inb_map_parse("m", NULL, 0, &map, err));
    ck_assert_ptr_null(inb_map_theirs(map, INB_F_ID));
    inb_map_free(map);
}
INB_END

INB_TEST(wrong_lines) {
    complains("[columns]\n\nnaam = x\n", "m:3:1: ", "expected one of: id seen");
    complains("[columns]\nid = a\nid = b\n", "m:3:1: ", "second time");
    complains("[columns]\nroles = a\nperson.roles = b\n", "m:3:1: ", "second time");
    complains("[columns]\nid =\n", "m:2:1: ", "no name after");
    complains("[columns]\n= x\n", "m:2:1: ", "nothing before");
    complains("[colums]\n", "m:1:1: ", "expected [columns] or [values.FIELD]");
    complains("[columns\nid = a\n", "m:1:1: ", "section that is not known");
    complains("\n[values]\n", "m:2:1: ", "section that is not known");
    complains("[values.leeftijd]\n", "m:1:1: ", "expected one of: id seen");
    complains("[values.text]\na = b\n", "m:2:1: ", "sealed");
    complains("[values.person.surname]\na = b\n", "m:2:1: ", "sealed");
    complains("[values.party.phone]\na = b\n", "m:2:1: ", "sealed");
    complains("[values.seen]\na = b\na = c\n", "m:3:1: ", "second time");
    complains("id = x\n", "m:1:1: ", "outside [columns]");
    complains("[columns]\nid\n", "m:2:1: ", "not understood");
    complains("[columns]\nid = a\n\nwhat is this\nseen = b\n", "m:4:1: ", "not understood");
    complains("[columns]\n\xFF = a\n", "m:1:1: ", "not UTF-8");
    char text[600] = "[columns]\nid = ";
    memset(text + strlen(text), 'x', 400);
    complains(text, "m:2:1: ", "more than 190 bytes");
    inb_map *map = NULL;
    INB_FAILS(inb_map_parse("m", "[columns]\nid = a\0b\n", 19, &map, err), INB_BAD_INPUT, "UTF-8");
    // Its first fault is told, though a later line is one for inih.
    complains("[columns]\nzz = x\nwhat\n", "m:2:1: ", "not one of ours");
}
INB_END

INB_TEST(files) {
    char path[INB_TEMP_PATH];
    static const char text[] = "[columns]\nid = nr\n";
    inb_temp_file(path, text, sizeof text - 1);
    inb_map *map = NULL;
    INB_OK_IS(inb_map_load(path, &map, err));
    ck_assert_str_eq(inb_map_theirs(map, INB_F_ID), "nr");
    inb_map_free(map);
    unlink(path);
    INB_FAILS(inb_map_load(path, &map, err), INB_BAD_INPUT, "cannot be opened");
    inb_map_free(NULL);
}
INB_END

INB_TEST(too_many_lines) {
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "[values.person.age]\n");
    for (int i = 0; i < 2000; i++) {
        inb_buffer_format(&text, "v%d=%d\n", i, i % 100);
    }
    inb_map *map = parse(inb_buffer_get(&text));
    ck_assert_str_eq(inb_map_value(map, INB_F_AGE, "v1999", 5), "99");
    inb_map_free(map);
    inb_buffer_text(&text, "one=1\n");
    complains(inb_buffer_get(&text), "m:2002:1: ", "more than 2000");
    inb_buffer_clear(&text);
}
INB_END

static inb_status once(inb_error *err) {
    static const char text[] = "[columns]\nid = a\n- = b\n[values.person.age]\nx = 1\ny =\n";
    INB_CLEANUP(inb_map_freep) inb_map *map = NULL;
    return inb_map_parse("m", text, sizeof text - 1, &map, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN(
    "1_observe/signal_map", names_and_values, wrong_lines, files, too_many_lines, memory_refused)
