// SPDX-License-Identifier: EUPL-1.2
// Signals from JSON: wrong kinds and unknown keys with their place in the whole file, maps, limits,
// what can be gone on from, and the values as they stood.

#include "signal_help.h"

// Single quotes stand for double ones, '@' for the place of the complaint.
static void complains(const char *marked, const char *part) {
    char text[1000];
    snprintf(text, sizeof text, "%s", marked);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    help_complains_at(text, part);
}

static const char *quoted(const char *text) {
    static char out[1000];
    snprintf(out, sizeof out, "%s", text);
    for (char *at = out; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    return out;
}

INB_TEST(wrong_kinds) {
    complains("[@'x']", "found a text, expected an object");
    complains("[{'id': 1, 'source': {'kind': 'ngo'}},\n @[]]", "found a list, expected an object");
    complains("{'id': @{}}", "found an object, expected a text or a whole number for 'id'");
    complains("{'id': @1.5}", "found a fraction");
    complains("{'id': @true}", "found true or false");
    complains("{'source': @'ngo'}", "found a text, expected an object");
    complains(
        "{'source': {'kind': @1}}", "found a whole number, expected a text for 'source.kind'");
    complains("{'place':\n {'detail': @[]}}", "found a list, expected a text for 'place.detail'");
    complains("{'situation': {'profits': @'parent'}}", "found a text, expected a list");
    complains("{'situation': {'profits': ['parent', @1]}}", "expected a code");
    complains("{'persons': @{}}", "found an object, expected a list");
    complains("{'persons': [{}, @null]}", "found null, expected an object");
    complains("{'persons': [{'roles': @'x'}]}", "expected a list for 'person.roles'");
    complains("{'persons': [{'observations': @['D1-01']}]}", "an object of ids and answers");
    complains("{'persons': [{'observations': {'D1-01': @true}}]}", "expected yes, no or unknown");
    complains("{'persons': [{'phone': @612345678}]}", "expected a text for 'person.phone'");
    complains("{'persons': [{'name': @{'a': 1}}]}", "expected a text for 'person.name'");
    complains(
        "{'parties': [{'kind': 'agency', 'kvk': @1234567}]}", "expected a text for 'party.kvk'");
    complains("{'parties': @17}", "found a whole number, expected a list");
    complains("{'persons': [{'name': @'a\\u0007'}]}", "control character");
}
INB_END

INB_TEST(unknown_keys) {
    complains("{'id': 1,\n @'kind': 2}",
        "found an unknown key, expected one of: id seen noted text "
        "ground source place persons parties situation");
    complains("{'source': {@'naam': 2}}", "expected one of: kind organisation");
    complains("{'place': {@'city': 2}}", "expected one of: municipality detail");
    complains("{'situation': {@'x': 2}}", "expected one of: danger_now");
    complains("{'persons': [{}, {@'x': 2}]}", "expected one of: ref age roles name");
    complains("{'parties': [{'kind': 'phone', @'x': 2}]}", "expected one of: kind value kvk");
    complains("{@'source.kind': 'ngo'}", "unknown key"); // a column, not a key
    complains("{'parties': [{@'agency': 'x'}]}", "unknown key");
    complains("{'persons': [{@'religion': 'x'}]}", "unknown key");
}
INB_END

INB_TEST(syntax_has_lines_of_the_file) {
    complains("[{'id': 1, 'source': {'kind': 'ngo'}},\n\n  {'id': @x}]", "syntax error");
    complains("[{'id': 1, 'source': {'kind': 'ngo'}},  {'id': @x}]", "syntax error");
    complains("[\n{'id': 1,\n@'id': 2}]", "duplicate key");
    complains("[{'id': 1, 'source': {'kind': 'ngo'}},  {'id': 2,\n 'zz': @x}]", "syntax error");
    complains("[{'id': 1, 'source': {'kind': 'ngo'}},  {'id': 2,\n\n  'source': {@'x': 1}}]",
        "unknown key");
    complains("[\n{'id': 1, 'source': {'kind': 'ngo'}}@", "found something after a signal");
}
INB_END

INB_TEST(mapped) {
    static const char map[] =
        "[columns]\nid = nummer\nperson.surname = achternaam\nperson.age = leeftijd\n"
        "party.value = waarde\nroles = rollen\nobservations = vragen\n"
        "situation.danger_now = gevaar\n- = bsn\n"
        "[values.party.kind]\nbureau = agency\n[values.roles]\nverdachte = suspect\n"
        "[values.observations]\nja = yes\nK1 = D1-01\n"
        "[values.situation.danger_now]\nja = yes\n";
    const inb_signal *s;
    inb_signal_reader *reader = help_first(
        quoted(
            "{'nummer': 7, 'bsn': '123456782', 'source': {'kind': 'ngo'}, 'persons': [{'bsn': 1,"
            "'achternaam': 'A', 'leeftijd': 15, 'rollen': ['verdachte'], 'vragen': {'K1': 'ja'}}],"
            "'parties': [{'kind': 'bureau', 'waarde': 'B'}], 'situation': {'gevaar': 'ja'}}"),
        map, &s);
    ck_assert_str_eq(s->id, "7");
    ck_assert_str_eq(s->persons[0].surname, "A");
    ck_assert_int_eq(s->persons[0].age.years, 15);
    ck_assert_uint_eq(s->persons[0].roles, 1u << INB_ROLE_SUSPECT);
    ck_assert_str_eq(s->persons[0].observations[0].id, "D1-01");
    ck_assert_int_eq(s->persons[0].observations[0].answer, INB_ANSWER_YES);
    ck_assert_int_eq(s->parties[0].kind, INB_PARTY_AGENCY);
    ck_assert_str_eq(s->parties[0].value, "B");
    ck_assert(s->situation.danger_now);
    INB_OK_IS(inb_signal_reader_finish(reader, err)); // what is left out does not count
    inb_signal_reader_free(reader);
    // Places under their names; ours are taken.
    help_complains_mapped(
        quoted("{'nummer': 7, 'source': {'kind': 'ngo'}, 'persons':\n[{'leeftijd': 'x'}]}"), map,
        "f:2:15: ", "no age");
    help_complains_mapped(quoted("{'nummer': 7, 'source': {'kind': 'ngo'}, 'persons':\n[{'vragen': "
                                 "{'K1': 'ja', 'K2': 'ja'}}]}"),
        map, "f:2:26: ", "no id");
    help_complains_mapped(quoted("{'id': 7}"), map, "f:1:2: ", "unknown key");
}
INB_END

static void many(const char *list, size_t count, const char *item, const char *part) {
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_format(&text, "{\"id\":1,\"source\":{\"kind\":\"ngo\"},\n%s[", list);
    for (size_t i = 0; i < count; i++) {
        inb_buffer_format(&text, "%s%s", i == 0 ? "" : ",", item);
    }
    inb_buffer_text(&text, "]}");
    if (part == NULL) {
        help_reads(inb_buffer_get(&text), NULL, 1);
    } else {
        help_complains(inb_buffer_get(&text), "f:2:", part);
    }
    inb_buffer_clear(&text);
}

INB_TEST(limits) {
    many("\"persons\":", 64, "{}", NULL);
    many("\"persons\":", 65, "{}", "more than 64 persons");
    many("\"parties\":", 64, "{\"kind\":\"phone\",\"value\":\"1\"}", NULL);
    many("\"parties\":", 65, "{\"kind\":\"phone\",\"value\":\"1\"}", "more than 64 parties");
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    for (size_t count = 512; count <= 513; count++) {
        inb_buffer_reset(&text);
        inb_buffer_text(
            &text, "{\"id\":1,\"source\":{\"kind\":\"ngo\"},\n\"situation\":{\"profits\":[");
        for (size_t i = 0; i < count; i++) {
            inb_buffer_text(&text, i == 0 ? "\"parent\"" : ",\"parent\"");
        }
        inb_buffer_text(&text, "]}}");
        if (count == 512) {
            help_reads(inb_buffer_get(&text), NULL, 1);
        } else {
            help_complains(inb_buffer_get(&text), "f:2:24: ", "more than 512 items");
        }
    }
    inb_buffer_clear(&text);
}
INB_END

// Right (R) and wrong (W) signals with their line and bytes.
static void told(const char *text, const char *expected) {
    inb_signal_reader *reader = NULL;
    char out[1000] = "";
    INB_OK_IS(inb_signal_reader_open_memory(
        "f", text, strlen(text), NULL, help_known, NULL, &reader, err));
    ck_assert(inb_signal_reader_is_json(reader));
    ck_assert_ptr_null(inb_signal_reader_header(reader));
    while (inb_signal_reader_can_go_on(reader)) {
        const inb_signal *signal;
        inb_error err = INB_ERROR_INIT;
        inb_status status = inb_signal_reader_next(reader, &signal, &err);
        size_t used = strlen(out);
        if (status == INB_OK && signal == NULL) {
            ck_assert_uint_eq(inb_signal_reader_offset(reader), strlen(text));
            break;
        }
        size_t length;
        const char *raw = inb_signal_reader_raw(reader, &length);
        snprintf(out + used, sizeof out - used, "%s%zu<%.*s>", status == INB_OK ? "R" : "W",
            inb_signal_reader_line(reader), raw == NULL ? 4 : (int)length,
            raw == NULL ? "NULL" : raw);
    }
    ck_assert_str_eq(out, expected);
    inb_signal_reader_free(reader);
}

INB_TEST(going_on_and_raw) {
#define GOOD(id) "{\"id\":" id ",\"source\":{\"kind\":\"ngo\"}}"
    told(GOOD("1"), "R1<" GOOD("1") ">");
    told("[" GOOD("1") ",\n" GOOD("2") "]", "R1<" GOOD("1") ">R2<" GOOD("2") ">");
    told("[" GOOD("1") ",\n{\"id\": [}x],\n" GOOD("2") "]", "R1<" GOOD("1") ">W2<NULL>");
    told("[" GOOD("1") ",\n{\"id\": x},\n" GOOD("2") "]",
        "R1<" GOOD("1") ">W2<{\"id\": x}>R3<" GOOD("2") ">");
    told("[17,\n{\"zz\":1},\n" GOOD("2") "]", "W1<17>W2<{\"zz\":1}>R3<" GOOD("2") ">");
    told("[" GOOD("1") ",\n" GOOD("1") "]", "R1<" GOOD("1") ">W2<" GOOD("1") ">"); // once
    told("[" GOOD("1") "] x", "R1<" GOOD("1") ">W1<NULL>");
}
INB_END

INB_TEST(numbers_for_texts) {
    const inb_signal *s;
    inb_signal_reader *reader =
        help_first(quoted("{'id': 17, 'source': {'kind': 'ngo'}, 'seen': 20261103, 'noted': 2026,"
                          "'persons': [{'ref': 1, 'age': 0, 'birth_date': 2026}]}"),
            NULL, &s);
    ck_assert_str_eq(s->id, "17");
    ck_assert_int_eq(s->seen.day, 3);
    ck_assert_int_eq(s->noted.month, 0);
    ck_assert_str_eq(s->persons[0].ref, "1");
    ck_assert_int_eq(s->persons[0].age.years, 0);
    ck_assert_str_eq(s->persons[0].birth_date, "2026");
    inb_signal_reader_free(reader);
}
INB_END

INB_TEST_MAIN("1_observe/signal_json", wrong_kinds, unknown_keys, syntax_has_lines_of_the_file,
    mapped, limits, going_on_and_raw, numbers_for_texts)
