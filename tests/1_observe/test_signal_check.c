// SPDX-License-Identifier: EUPL-1.2
// What a signal must satisfy: each rule broken once in CSV and once in JSON, with its place; what
// is allowed; and that no complaint shows a value.

#include "signal_help.h"

// ---- each rule broken, in both forms ----

// A CSV of one row in which `column` holds `value` beside an id, source.kind and more columns.
static void csv_complains(const char *more_columns, const char *more_values, const char *column,
    const char *value, const char *part) {
    char text[2000];
    snprintf(text, sizeof text, "id,source.kind,%s%s%s\n1,school,%s%s\"%s\"\n", more_columns,
        more_columns[0] == '\0' ? "" : ",", column, more_values, more_values[0] == '\0' ? "" : ",",
        value);
    char place[32];
    size_t at = strlen("1,school,") + strlen(more_values) + (more_values[0] == '\0' ? 0 : 1) + 1;
    snprintf(place, sizeof place, "f:2:%zu: ", at);
    help_complains(text, place, part);
}

INB_TEST(codes_in_csv) {
    help_complains(
        "source.kind,id\nteacher,1\n", "f:2:1: ", "no 'source.kind', expected one of: police_beat");
    help_complains("source.kind,id\n,1\n", "f:2:1: ", "without 'source.kind'");
    help_complains("source.kind,id\nschool,\n", "f:2:8: ", "without 'id'");
    csv_complains("", "", "place.municipality", "0599", "expected GM and four digits");
    csv_complains("", "", "place.municipality", "GM059", "expected GM and four digits");
    csv_complains("", "", "place.municipality", "GM05999", "expected GM and four digits");
    csv_complains("", "", "place.municipality", "gm0599", "expected GM and four digits");
    csv_complains("", "", "place.municipality", "GM05a9", "expected GM and four digits");
    csv_complains("", "", "situation.danger_now", "maybe", "expected one of: yes no true false");
    csv_complains("", "", "situation.unaccompanied", "2", "expected one of: yes no");
    csv_complains("", "", "situation.denies", "Yes", "expected one of: yes no");
    csv_complains("", "", "situation.profits", "parent;uncle", "expected one of: parent partner");
    csv_complains("", "", "situation.surroundings", "friends", "expected one of: protective");
    csv_complains("", "", "situation.consent", "yes", "expected one of: not_asked given");
    csv_complains("", "", "situation.police", "no", "expected one of: not_asked wanted");
    csv_complains("", "", "roles", "possible_victim;victim", "expected one of: possible_victim");
    csv_complains("", "", "person.ref", "a b", "expected a ref");
    csv_complains("", "", "observations", "D9-99=yes", "unknown id 'D9-99', expected the id of an");
    csv_complains("", "", "observations", "CI-01=yes", "'CI-01', which belongs under 'circumst");
    csv_complains("", "", "observations", "D1-01", "found no answer for 'D1-01'");
    csv_complains("", "", "observations", "D1-01=", "found another answer for 'D1-01'");
    csv_complains("", "", "observations", "D1-01=perhaps", "expected yes, no or unknown");
    csv_complains("", "", "observations", "D1-01=yes;D1-01=no", "'D1-01' a second time");
    csv_complains("", "", "circumstances", "CI-99", "unknown id 'CI-99', expected the id of a cir");
    csv_complains("", "", "circumstances", "D1-01", "'D1-01', which belongs under 'observations'");
    csv_complains("", "", "circumstances", "CI-01;CI-02;CI-01", "'CI-01' a second time");
    csv_complains("party.agency", "x", "party.agency.kvk", "1234567", "expected eight digits");
    csv_complains("party.agency", "x", "party.kvk", "1234567a", "expected eight digits");
    csv_complains("party.phone", "x", "party.kvk", "12345678", "not clearly of one party");
}
INB_END

#define HEAD "{\"id\": \"1\", \"source\": {\"kind\": \"school\"},\n "

// Single quotes stand for double ones, to be read more easily; '@' for the place.
static void json_complains(const char *head, const char *rest, const char *part) {
    char text[1000];
    snprintf(text, sizeof text, "%s%s", head, rest);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    help_complains_at(text, part);
}

INB_TEST(codes_in_json) {
    json_complains("", "{'id': 1,\n'source': {'kind': @'x'}}", "no 'source.kind'");
    json_complains("", "{'id': 1,\n'source': @{}}", "without 'source.kind'");
    json_complains("", "@{'id': 1\n}", "without 'source.kind'");
    json_complains("", " @{'source': {'kind': 'school'}}", "without 'id'");
    json_complains(HEAD, "'place': {'municipality': @'0599'}}", "GM and four");
    json_complains(HEAD, "'situation': {'danger_now': @1}}", "expected true or false");
    json_complains(HEAD, "'situation': {'denies': @'x'}}", "one of: yes no");
    json_complains(HEAD, "'situation': {'unaccompanied': @[]}}", "expected true or false");
    json_complains(HEAD, "'situation': {'profits': ['parent', @'x']}}", "parent partner");
    json_complains(HEAD, "'situation': {'surroundings': [@'x']}}", "one of: protective");
    json_complains(HEAD, "'situation': {'consent': @'x'}}", "one of: not_asked");
    json_complains(HEAD, "'situation': {'police': @'x'}}", "one of: not_asked");
    json_complains(HEAD, "'persons': [{}, {'roles': [@'x']}]}", "possible_victim");
    json_complains(HEAD, "'persons': [{'ref': 'a'}, {'ref': @'a'}]}", "each ref once");
    json_complains(HEAD, "'persons': [{'ref': '2'}, @{}]}", "each ref once");
    json_complains(HEAD, "'persons': [{'ref': @'\xC3\xA9'}]}", "expected a ref");
    json_complains(
        HEAD, "'persons': [{'observations': {'D1-01': 'yes', @'D9-9': 'no'}}]}", "id 'D9-9'");
    json_complains(
        HEAD, "'persons': [{'observations': {@'CI-01': 'yes'}}]}", "belongs under 'circumstances'");
    json_complains(
        HEAD, "'persons': [{'observations': {'D1-01': @'x'}}]}", "expected yes, no or unknown");
    json_complains(HEAD, "'persons': [{'observations': {'D1-01': 'no', @' D1-01': 'no'}}]}",
        "'D1-01' a second time");
    json_complains(HEAD, "'persons': [{'circumstances': ['CI-01', @'D1-01']}]}",
        "belongs under 'observations'");
    json_complains(HEAD, "'persons': [{'circumstances': ['CI-01', @'CI-01']}]}", "second time");
    json_complains(HEAD, "'parties': [@{'value': 'x'}]}", "party without 'kind'");
    json_complains(HEAD, "'parties': [{'kind': @'shop', 'value': 'x'}]}", "agency employer");
    json_complains(HEAD, "'parties': [@{'kind': 'phone'}]}", "party without 'value'");
    json_complains(HEAD, "'parties': [{'kind': 'phone', 'value': 'x', 'kvk': @'12345678'}]}",
        "'kvk' of another kind");
    json_complains(HEAD, "'parties': [{'kind': 'agency', 'kvk': @'1234567'}]}", "eight digits");
    help_reads(HEAD "\"parties\": [{\"kind\": \"agency\", \"kvk\": \"12345678\"}]}", NULL, 1);
}
INB_END

INB_TEST(dates) {
    static const char *const wrong[] = {"2026-02-30", "2025-02-29", "2026-13-01", "2026-00-01",
        "26-11-03", "03-11-2026", "2026/11/03", "2026-11-3", "yesterday", "0000-01-01", "20261131"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        csv_complains("", "", "seen", wrong[i], "no date that exists, expected YYYY-MM-DD");
        csv_complains("", "", "noted", wrong[i], "for 'noted'");
        csv_complains("", "", "person.birth_date", wrong[i], "for 'person.birth_date'");
    }
    help_complains("id,source.kind,seen,noted\n1,school,2026-11-04,2026-11-03\n",
        "f:2:10: ", "after the one in 'noted'");
    help_complains("id,source.kind,seen,noted\n1,school,2026-12,2026-11\n", "f:2:10: ", "after");
    help_complains("id,source.kind,seen,noted\n1,school,2027,2026-11-03\n", "f:2:10: ", "after");
    static const char *const fine[] = {"2026-11-03,2026-11-03", "2026-11-03,2026-11-04",
        "2026-11-03,2026-11", "2026-11,2026-11-03", "2026,2026-01-01", "20261103,20261104",
        "2024-02-29,", ",2026", ",", "2026,"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "id,source.kind,seen,noted\n1,school,%s\n", fine[i]);
        help_reads(text, NULL, 1);
    }
    help_reads(
        "{\"id\": 1, \"source\": {\"kind\": \"school\"}, \"seen\": 20261103, \"noted\": 2026}",
        NULL, 1);
    help_complains("{\"id\": 1, \"source\": {\"kind\": \"school\"},\n\"seen\": 20261131}",
        "f:2:9: ", "no date");
    help_complains("{\"id\": 1, \"source\": {\"kind\": \"school\"},\n\"seen\": 2026.5}",
        "f:2:9: ", "found a fraction, expected a text or a whole number");
}
INB_END

INB_TEST(ages) {
    static const char *const wrong[] = {
        "-1", "131", "15.5", "15 jaar", "young", "Child", "1e1", "99999999999999999999", "+15"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        csv_complains(
            "", "", "person.age", wrong[i], "no age, expected a whole number from 0 to 130");
    }
    static const struct {
        const char *row; // seen,noted,birth_date,age
        const char *age; // "class years", "" = refused at the age, "b" = at the birth date
    } cases[] = {
        {"2026-11-03,,,0", "1 0"},
        {"2026-11-03,,,130", "2 130"},
        {"2026-11-03,,,17", "1 17"},
        {"2026-11-03,,,18", "2 18"},
        {"2026-11-03,,,child", "1 -1"},
        {"2026-11-03,,,adult", "2 -1"},
        {"2026-11-03,,,", "0 -1"},
        {",,2010-03-01,", "0 -1"},           // when is not known
        {"2026-11-03,,2010-03-01,", "1 16"}, // follows
        {"2026-11-03,,2010-11-03,", "1 16"},
        {"2026-11-03,,2010-11-04,", "1 15"},
        {"2026-11-03,,2008,", "0 -1"}, // 17 or 18
        {"2026-11-03,,2009,", "1 -1"}, // 16 or 17
        {"2026-11-03,,2007,", "2 -1"},
        {"2026-11,,2008-11,", "0 -1"},
        {",2026-11-03,2010-03-01,", "0 -1"}, // noted is not when it was seen
        {"2026-11-03,,2010-03-01,16", "1 16"},
        {"2026-11-03,,2010-03-01,15", ""},
        {"2026-11-03,,2010-03-01,17", ""},
        {"2026-11-03,2027-03-01,2010-03-01,17", "1 17"}, // had a birthday before it was noted
        {"2026-11-03,2027-03-01,2010-03-01,18", ""},
        {"2026-11-03,,2010-03,16", "1 16"},
        {"2026-11-03,,2010,15", "1 15"},
        {"2026-11-03,,2010,16", "1 16"},
        {"2026-11-03,,2010,14", ""},
        {"2026-11-03,,2010,17", ""},
        {"2026-11-03,,2010-03-01,child", "1 -1"},
        {"2026-11-03,,2010-03-01,adult", ""},
        {"2026-11-03,,2000-03-01,child", ""},
        {"2026-11-03,,2008,child", "1 -1"},
        {"2026-11-03,,2008,adult", "2 -1"},
        {",2026-11-03,2010-03-01,3", "1 3"}, // seen long before
        {",2026-11-03,2010-03-01,17", ""},
        {"2026-11-03,,2026-11-04,", "b"}, // not born
        {"2026-11-03,,2026,", "1 0"},
        {"2026-11-03,,1890-01-01,", "b"},
        {"2026-11-03,,1896-11-03,", "2 130"},
        {",2026-11-03,2026-11-04,", "b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[300];
        snprintf(text, sizeof text,
            "id,source.kind,seen,noted,person.birth_date,person.age,person.ref\n1,school,%s,a\n",
            cases[i].row);
        if (cases[i].age[0] == '\0') {
            help_complains(text, "f:2:", "an age that does not go with the date of birth");
        } else if (cases[i].age[0] == 'b') {
            help_complains(text, "f:2:", "no age from 0 to 130");
        } else {
            const inb_signal *signal;
            inb_signal_reader *reader = help_first(text, NULL, &signal);
            char age[20];
            snprintf(age, sizeof age, "%d %d", (int)signal->persons[0].age.class_,
                signal->persons[0].age.years);
            ck_assert_msg(strcmp(age, cases[i].age) == 0, "%s: %s", cases[i].row, age);
            inb_signal_reader_free(reader);
        }
    }
}
INB_END

// ---- what is shown ----

// A value that a complaint may never show, in whatever field it stands.
static void never_shown(const char *value) {
    for (int form = 0; form < 2; form++) {
        static const char *const columns[] = {"source.kind", "seen", "noted", "place.municipality",
            "situation.danger_now", "situation.unaccompanied", "situation.denies",
            "situation.profits", "situation.surroundings", "situation.consent", "situation.police",
            "person.age", "person.birth_date", "roles", "observations", "circumstances",
            "party.kvk", "person.ref"};
        for (size_t i = 0; form == 0 && i < sizeof columns / sizeof columns[0]; i++) {
            char text[400];
            bool kind = i == 0;
            snprintf(text, sizeof text, "id,party.agency,%s%s\n1,x,%s\"%s !\"\n",
                kind ? "" : "source.kind,", columns[i], kind ? "" : "school,", value);
            inb_error problem;
            help_read(text, strlen(text), NULL, &problem, NULL, NULL);
            ck_assert_msg(problem.status == INB_BAD_INPUT, "%s", text);
            ck_assert_msg(strstr(problem.message, value) == NULL, "%s", problem.message);
        }
        static const char *const keys[] = {"\"%s\": 1", "\"source\": {\"%s\": 1}",
            "\"seen\": \"%s\"", "\"persons\": [{\"%s\": 1}]", "\"persons\": {\"%s\": 1}",
            "\"persons\": [\"%s\"]", "\"persons\": [{\"age\": \"%s\"}]",
            "\"persons\": [{\"roles\": \"%s\"}]", "\"persons\": [{\"roles\": [\"%s\"]}]",
            "\"persons\": [{\"observations\": {\"%s\": \"yes\"}}]",
            "\"persons\": [{\"observations\": {\"D1-01\": \"%s\"}}]",
            "\"persons\": [{\"circumstances\": [\"%s\"]}]",
            "\"persons\": [{\"name\": {\"%s\": 1}}]", "\"persons\": [{\"name\": [\"%s\"]}]",
            "\"persons\": [{\"phone\": \"%s\\u0007\"}]", "\"parties\": [{\"%s\": 1}]",
            "\"parties\": [{\"kind\": \"%s\"}]",
            "\"parties\": [{\"kind\": \"agency\", \"kvk\": \"%s\"}]",
            "\"text\": \"%s\", \"text\": 1", "\"text\": \"%s", "\"text\": \"%s\" 1",
            "\"%s\": 1, \"%s\": 2", "\"text\": '%s'", "\"text\": %s"};
        for (size_t i = 0; form == 1 && i < sizeof keys / sizeof keys[0]; i++) {
            char text[400];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            snprintf(text, sizeof text, keys[i], value, value);
#pragma GCC diagnostic pop
            char whole[600];
            snprintf(
                whole, sizeof whole, "{\"id\": 1, \"source\": {\"kind\": \"school\"}, %s}", text);
            if (i == 1) { // its own source
                snprintf(whole, sizeof whole, "{\"id\": 1, %s}", text);
            }
            inb_error problem;
            help_read(whole, strlen(whole), NULL, &problem, NULL, NULL);
            ck_assert_msg(problem.status == INB_BAD_INPUT, "%s", whole);
            ck_assert_msg(strstr(problem.message, value) == NULL, "%s", problem.message);
        }
    }
}

INB_TEST(no_complaint_shows_a_value) {
    never_shown("Jansen");
    never_shown("0612345678");
    never_shown("AB-12-CD");
    never_shown("kanarie_vogel-7");
    never_shown("123456782");
}
INB_END

INB_TEST(what_is_left_out) {
    const inb_signal *s;
    inb_signal_reader *reader = help_first("id,source.kind\n1,police_beat\n", NULL, &s);
    ck_assert_str_eq(s->id, "1");
    ck_assert_int_eq(s->source_kind, INB_REPORTER_POLICE_BEAT);
    ck_assert_int_eq(s->seen.year + s->noted.year, 0);
    ck_assert(s->organisation == NULL && s->municipality == NULL && s->place_detail == NULL);
    ck_assert(s->text == NULL && s->ground == NULL);
    ck_assert_uint_eq(s->person_count + s->party_count, 0);
    ck_assert_int_eq(s->situation.consent, INB_CONSENT_NOT_ASKED);
    ck_assert_int_eq(s->situation.police, INB_POLICE_NOT_ASKED);
    ck_assert(!s->situation.danger_now && s->situation.profits == 0);
    inb_signal_reader_free(reader);
    reader = help_first("{\"id\": \"x\", \"source\": {\"kind\": \"self\"}, \"persons\": [{}, "
                        "{\"age\": null, \"name\": null}], \"parties\": null, \"situation\": null,"
                        "\"place\": null}",
        NULL, &s);
    ck_assert_uint_eq(s->person_count, 2);
    ck_assert_str_eq(s->persons[0].ref, "1"); // a number where none is told
    ck_assert_str_eq(s->persons[1].ref, "2");
    ck_assert_int_eq(s->persons[1].age.class_, INB_AGE_UNKNOWN);
    ck_assert_int_eq(s->persons[1].age.years, INB_YEARS_UNKNOWN);
    ck_assert_ptr_null(s->persons[1].name);
    inb_signal_reader_free(reader);
}
INB_END

INB_TEST_MAIN("1_observe/signal_check", codes_in_csv, codes_in_json, dates, ages,
    no_complaint_shows_a_value, what_is_left_out)
