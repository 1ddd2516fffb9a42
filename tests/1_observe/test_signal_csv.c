// SPDX-License-Identifier: EUPL-1.2
// Signals from CSV: names of columns, rows that are one signal and rows that are not, parties of a
// row, what may differ between rows, wrong rows and where they leave the signal around them, and
// the rows as they stood.

#include "signal_help.h"

#include "inb_file.h"

INB_TEST(header) {
    help_complains(
        "id,naam,source.kind\n", "f:1:4: ", "found an unknown column, expected one of: id seen");
    help_complains("id,source.kind,Jansen\n1,school,x\n", "f:1:16: ", "unknown column");
    help_complains("id,seen\n1,2026\n", "f:1:1: ", "no column for 'source.kind'");
    help_complains("source.kind\nschool\n", "f:1:1: ", "no column for 'id'");
    help_complains(
        "id,source.kind,roles,person.roles\n", "f:1:22: ", "a second column for 'person.roles'");
    help_complains("id,source.kind,id\n", "f:1:16: ", "same column name");
    help_complains("id,source.kind,party.kind\n", "f:1:16: ", "unknown column"); // of JSON alone
    help_complains("id,source.kind,party.value\n", "f:1:16: ", "unknown column");
    help_complains("", "f:1:1: ", "empty file");
    // A name that could be a person's is not repeated.
    inb_error problem;
    help_read("Jansen,x\n", 9, NULL, &problem, NULL, NULL);
    ck_assert_ptr_null(strstr(problem.message, "Jansen"));
    help_reads("id,source.kind\n", NULL, 0);
    help_reads("id;source.kind\r\n1;school\r\n", NULL, 1);
    help_reads("\xEF\xBB\xBFid,source.kind\n1,school\n", NULL, 1);
}
INB_END

INB_TEST(mapped_columns) {
    static const char map[] = "[columns]\nid = nr\nsource.kind = soort\nperson.age = leeftijd\n"
                              "- = bsn\n[values.source.kind]\nonderwijs = school\n"
                              "[values.person.age]\nminderjarig = child\n";
    help_reads("nr;soort;leeftijd;bsn\n1;onderwijs;minderjarig;123456782\n2;ngo;15;x\n", map, 2);
    help_complains_mapped("nr;soort;leeftijd;extra\n", map, "f:1:19: ", "unknown column");
    help_complains_mapped(
        "nr;soort\n", map, "f:1:1: ", "for 'person.age', expected the one that the map");
    help_complains_mapped("id;soort;leeftijd\n", map, "f:1:1: ", "unknown column"); // ours is taken
    help_complains_mapped("nr;soort;leeftijd\n1;onderwijs;oud\n", map, "f:2:13: ", "no age");
    help_complains_mapped("nr;soort;leeftijd\n1;onderwys;15\n", map, "f:2:3: ", "no 'source.kind'");
    help_complains_mapped("nr,source.kind\n", "[columns]\nid = nr\nseen = nr\n",
        "f:1:1: ", "gives to 'id' and to 'seen'");
    help_complains_mapped(
        "id,source.kind\n", "[columns]\nzaak = nr\n", "map:2:1: ", "not one of ours");
    // A key of JSON in the map does not ask for a column.
    help_reads("id,source.kind\n1,ngo\n", "[columns]\nparty.value = waarde\n", 1);
    // Names that change places.
    help_reads("id,source.kind,person.surname,person.name\n1,ngo,x,y\n",
        "[columns]\nperson.name = person.surname\nperson.surname = person.name\n", 1);
}
INB_END

INB_TEST(rows_of_one_signal) {
    const inb_signal *s;
    inb_signal_reader *reader =
        help_first("id,source.kind,place.detail,person.ref,roles,party.agency,party.phone\n"
                   "1,school,,a,possible_victim;suspect,Snel BV,\n"
                   " 1 ,,,b,parent,Snel BV,0612345678\n"
                   "1,school,yard,,,,\n" // nobody, and told late
                   "2,ngo,,a,,,\n",
            NULL, &s);
    ck_assert_uint_eq(s->person_count, 2);
    ck_assert_str_eq(s->place_detail, "yard");
    ck_assert_str_eq(s->persons[0].ref, "a");
    ck_assert_uint_eq(s->persons[0].roles, 1u << INB_ROLE_POSSIBLE_VICTIM | 1u << INB_ROLE_SUSPECT);
    ck_assert_uint_eq(s->persons[1].roles, 1u << INB_ROLE_PARENT);
    ck_assert_uint_eq(s->party_count, 2); // the agency once
    ck_assert_int_eq(s->parties[0].kind, INB_PARTY_AGENCY);
    ck_assert_int_eq(s->parties[1].kind, INB_PARTY_PHONE);
    ck_assert_str_eq(s->parties[1].value, "0612345678");
    INB_OK_IS(inb_signal_reader_next(reader, &s, err));
    ck_assert_str_eq(s->id, "2");
    ck_assert_uint_eq(s->person_count, 1);
    ck_assert_uint_eq(s->party_count, 0);
    ck_assert_ptr_null(s->place_detail);
    INB_OK_IS(inb_signal_reader_next(reader, &s, err));
    ck_assert_ptr_null(s);
    inb_signal_reader_free(reader);
}
INB_END

INB_TEST(rows_that_differ) {
    help_complains(
        "id,source.kind,seen\n1,school,2026\n1,,2025\n", "f:3:4: ", "another 'seen' than");
    help_complains("id,source.kind\n1,school\n1,ngo\n", "f:3:3: ", "another 'source.kind' than");
    help_complains("id,source.kind,situation.profits\n1,ngo,parent\n1,ngo,partner\n",
        "f:3:7: ", "another 'situation.profits'");
    help_complains("id,source.kind,person.ref\n1,ngo,a\n1,ngo,a\n", "f:3:7: ", "each ref once");
    help_complains(
        "id,source.kind\n1,ngo\n2,ngo\n1,ngo\n", "f:4:1: ", "stood earlier in this file");
    help_complains("id,source.kind\n,ngo\n,ngo\n", "f:2:1: ", "without 'id'");
    // Two organisations may use the same id, side by side or apart.
    help_reads(
        "id,source.kind,source.organisation\n1,ngo,A\n1,ngo,B\n2,ngo,A\n1,ngo,C\n1,,\n", NULL, 4);
    help_complains("id,source.kind,source.organisation\n1,ngo,A\n1,ngo,B\n1,ngo,A\n",
        "f:4:1: ", "stood earlier");
}
INB_END

INB_TEST(parties_of_a_row) {
    const inb_signal *s;
    inb_signal_reader *reader = help_first(
        "id,source.kind,party.agency,party.employer,party.kvk,party.agency.kvk,party.employer.kvk\n"
        "1,ngo,A,,12345678,,\n1,ngo,,E,12345678,,\n1,ngo,A,E,,11111111,22222222\n"
        "1,ngo,,,,33333333,\n1,ngo,A,E,,11111111,22222222\n",
        NULL, &s);
    static const struct {
        inb_party_kind kind;
        const char *value;
        const char *kvk;
    } expected[] = {{INB_PARTY_AGENCY, "A", "12345678"}, {INB_PARTY_EMPLOYER, "E", "12345678"},
        {INB_PARTY_AGENCY, "A", "11111111"}, {INB_PARTY_EMPLOYER, "E", "22222222"},
        {INB_PARTY_AGENCY, NULL, "33333333"}};
    ck_assert_uint_eq(s->party_count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(s->parties[i].kind, expected[i].kind);
        ck_assert(help_same_text(s->parties[i].value, expected[i].value));
        ck_assert(help_same_text(s->parties[i].kvk, expected[i].kvk));
    }
    inb_signal_reader_free(reader);
    help_complains("id,source.kind,party.agency,party.employer,party.kvk\n1,ngo,A,E,12345678\n",
        "f:2:11: ", "not clearly");
    help_complains(
        "id,source.kind,party.agency,party.agency.kvk,party.kvk\n1,ngo,A,12345678,12345678\n",
        "f:2:18: ", "not clearly");
    help_complains("id,source.kind,party.kvk\n1,ngo,12345678\n", "f:2:7: ", "not clearly");
    help_complains("id,source.kind,party.agency.kvk\n1,ngo,123\n", "f:2:7: ", "eight digits");
}
INB_END

// A file of one signal of `persons` rows, each with a phone of its own.
static void many(size_t persons, size_t more_rows, const char *place, const char *part) {
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "id,source.kind,person.ref,party.phone\n");
    for (size_t i = 0; i < persons; i++) {
        inb_buffer_format(&text, "1,ngo,p%zu,%zu\n", i, part == NULL ? i % 3 : 0);
    }
    for (size_t i = 0; i < more_rows; i++) {
        inb_buffer_format(&text, "1,ngo,,%zu\n", i);
    }
    inb_buffer_text(&text, "2,ngo,a,\n");
    if (part == NULL) {
        help_reads(inb_buffer_get(&text), NULL, 2);
    } else {
        help_complains(inb_buffer_get(&text), place, part);
        inb_error problem;
        ck_assert_uint_eq(
            help_read(text.data, text.length, NULL, &problem, NULL, NULL), 1); // and goes on
    }
    inb_buffer_clear(&text);
}

INB_TEST(limits) {
    many(64, 0, NULL, NULL);
    many(64, 64, NULL, NULL);
    many(65, 0, "f:66:1: ", "more than 64 persons");
    many(64, 65, "f:130:1: ", "more than 128 rows");
    many(0, 64, NULL, NULL);
    many(0, 65, "f:66:1: ", "more than 64 parties");
}
INB_END

// The signals, right ('R' and its id) or wrong ('W'), and the rows of each as they stood.
static void told(const char *text, const char *expected) {
    inb_signal_reader *reader = NULL;
    char out[1000] = "";
    INB_OK_IS(inb_signal_reader_open_memory(
        "f", text, strlen(text), NULL, help_known, NULL, &reader, err));
    size_t none;
    ck_assert_ptr_null(inb_signal_reader_raw(reader, &none));
    while (inb_signal_reader_can_go_on(reader)) {
        const inb_signal *signal;
        inb_error err = INB_ERROR_INIT;
        inb_status status = inb_signal_reader_next(reader, &signal, &err);
        size_t used = strlen(out);
        if (status == INB_OK && signal == NULL) {
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

INB_TEST(wrong_rows_and_raw_rows) {
    told("id,source.kind\n1,ngo\n2,x\n3,ngo\n", "R2<1,ngo\n>W3<2,x\n>R4<3,ngo\n>");
    told("id,source.kind\n1,ngo\n1,\n2,x\r\n2,ngo\r\n3,ngo",
        "R2<1,ngo\n1,\n>W4<2,x\r\n2,ngo\r\n>R6<3,ngo>");
    // A wrong number of fields is of the signal whose id it has.
    told(
        "id,source.kind\n1,ngo\n1,ngo,x\n1,ngo\n2,ngo\n", "W2<1,ngo\n1,ngo,x\n1,ngo\n>R5<2,ngo\n>");
    told("id,source.kind\n1\n1,ngo\n2,ngo\n", "W2<1\n1,ngo\n>R4<2,ngo\n>");
    told("id,source.kind\n1,ngo\n2\n3,ngo\n", "R2<1,ngo\n>W3<2\n>R4<3,ngo\n>");
    // Without an id each stands alone.
    told("id,source.kind\n,ngo\n ,ngo\n1,ngo\n", "W2<,ngo\n>W3< ,ngo\n>R4<1,ngo\n>");
    told("\xEF\xBB\xBFid,source.kind\n1,ngo\n2,ngo\n", "R2<1,ngo\n>R3<2,ngo\n>");
    // Where the id cannot be read it stands alone.
    told("source.kind,id\nngo,1\nngo\nngo,1\n", "R2<ngo,1\n>W3<ngo\n>W4<ngo,1\n>");
    // Quotes and blank lines.
    told("id,source.kind,text\n\n1,ngo,\"a\n\"\"b\"\n\n2,x,\n",
        "R3<\n1,ngo,\"a\n\"\"b\"\n>W6<\n2,x,\n>");
    // What is not CSV cannot be gone on from.
    told("id,source.kind\n1,ngo\n2,n\"go\n3,ngo\n", "R2<1,ngo\n>W2<NULL>");
}
INB_END

INB_TEST(going_on_after_the_end) {
    inb_signal_reader *reader = NULL;
    const inb_signal *s;
    static const char text[] = "id,source.kind\n1,n\"go\n";
    INB_OK_IS(inb_signal_reader_open_memory(
        "f", text, sizeof text - 1, NULL, help_known, NULL, &reader, err));
    INB_FAILS(inb_signal_reader_next(reader, &s, err), INB_BAD_INPUT, "f:2:4: found a quote");
    ck_assert(!inb_signal_reader_can_go_on(reader));
    INB_FAILS(inb_signal_reader_next(reader, &s, err), INB_USAGE, "cannot go on");
    inb_signal_reader_free(reader);
}
INB_END

INB_TEST(windows_1252_file) {
    char path[INB_TEMP_PATH];
    static const char text[] = "id;source.kind;person.surname\r\n1;ngo;Zo\xEB\r\n2;x;\x80\r\n";
    inb_temp_file(path, text, sizeof text - 1);
    inb_signal_reader *reader = NULL;
    const inb_signal *s;
    size_t length;
    INB_OK_IS(inb_signal_reader_open(path, NULL, help_known, NULL, &reader, err));
    ck_assert_str_eq(inb_signal_reader_header(reader), "id;source.kind;person.surname\r\n");
    INB_OK_IS(inb_signal_reader_next(reader, &s, err));
    ck_assert_str_eq(s->persons[0].surname, "Zo\xC3\xAB");
    const char *raw = inb_signal_reader_raw(reader, &length);
    ck_assert_uint_eq(length, 11);
    ck_assert_int_eq(memcmp(raw, "1;ngo;Zo\xEB\r\n", 11), 0); // in the file's own bytes
    INB_FAILS(inb_signal_reader_next(reader, &s, err), INB_BAD_INPUT, ":3:3: ");
    raw = inb_signal_reader_raw(reader, &length);
    ck_assert_int_eq(memcmp(raw, "2;x;\x80\r\n", 7), 0);
    inb_signal_reader_free(reader);
    unlink(path);
    static const char marked[] = "\xEF\xBB\xBF\nid,source.kind\n";
    INB_OK_IS(inb_signal_reader_open_memory(
        "f", marked, sizeof marked - 1, NULL, help_known, NULL, &reader, err));
    ck_assert_str_eq(inb_signal_reader_header(reader), marked);
    inb_signal_reader_free(reader);
}
INB_END

INB_TEST_MAIN("1_observe/signal_csv", header, mapped_columns, rows_of_one_signal, rows_that_differ,
    parties_of_a_row, limits, wrong_rows_and_raw_rows, going_on_after_the_end, windows_1252_file)
