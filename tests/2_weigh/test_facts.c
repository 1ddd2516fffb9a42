// SPDX-License-Identifier: EUPL-1.2
// FACTS.json: every field read, everything else refused at its place and without repeating what may
// be personal; the wrong files of tests/data/facts_bad; refused memory.

#include "weigh_help.h"

#include "base/alloc.h"
#include "inb_sweep.h"

static const char whole[] =
    "{\"person\":{\"age\":15,\"roles\":[\"possible_victim\",\"suspect\"]},"
    "\"observations\":{\"D1-01\":\"yes\",\"D1-02\":\"no\",\"D1-03\":\"unknown\"},"
    "\"circumstances\":[\"CI-01\",\"CI-15\",\"CI-01\"],"
    "\"situation\":{\"danger_now\":true,\"unaccompanied\":true,\"denies\":true,"
    "\"profits\":[\"parent\",\"other\"],\"surroundings\":[\"unaware\"],"
    "\"consent\":\"refused\",\"police\":\"unwanted\"},\"reporter\":\"health\"}";

INB_TEST(every_field_is_read) {
    inb_facts facts = parse_facts(whole);
    ck_assert_int_eq(facts.age.class_, INB_AGE_CHILD);
    ck_assert_int_eq(facts.age.years, 15);
    ck_assert_uint_eq(facts.roles, 1u << INB_ROLE_POSSIBLE_VICTIM | 1u << INB_ROLE_SUSPECT);
    inb_facts wanted = {0};
    add_rows(&wanted.yes, "D1-01");
    add_rows(&wanted.no, "D1-02");
    add_rows(&wanted.unknown, "D1-03");
    add_rows(&wanted.circumstances, "CI-01 CI-15");
    ck_assert(same_set(&facts.yes, &wanted.yes));
    ck_assert(same_set(&facts.no, &wanted.no));
    ck_assert(same_set(&facts.unknown, &wanted.unknown));
    ck_assert(same_set(&facts.circumstances, &wanted.circumstances));
    ck_assert(facts.situation.danger_now && facts.situation.unaccompanied);
    ck_assert(facts.situation.denies);
    ck_assert_uint_eq(facts.situation.profits, 1u << INB_PROFIT_PARENT | 1u << INB_PROFIT_OTHER);
    ck_assert_uint_eq(facts.situation.surroundings, 1u << INB_SURROUNDING_UNAWARE);
    ck_assert_int_eq(facts.situation.consent, INB_CONSENT_REFUSED);
    ck_assert_int_eq(facts.situation.police, INB_POLICE_UNWANTED);
    ck_assert_int_eq(facts.reporter, INB_REPORTER_HEALTH);
}
INB_END

INB_TEST(the_least_there_can_be) {
    inb_facts facts =
        parse_facts("{\"person\":{\"age\":null},\"observations\":{},\"reporter\":\"self\"}");
    inb_facts empty = {.age = age_unknown(), .reporter = INB_REPORTER_SELF};
    ck_assert_int_eq(facts.age.class_, empty.age.class_);
    ck_assert_int_eq(facts.age.years, empty.age.years);
    ck_assert_uint_eq(facts.roles, 0);
    ck_assert(inb_set_empty(&facts.yes) && inb_set_empty(&facts.circumstances));
    ck_assert_int_eq(facts.situation.consent, INB_CONSENT_NOT_ASKED);
    ck_assert_int_eq(facts.situation.police, INB_POLICE_NOT_ASKED);
}
INB_END

INB_TEST(ages) {
    static const struct {
        const char *text;
        inb_age_class class_;
        int years;
    } cases[] = {{"0", INB_AGE_CHILD, 0}, {"17", INB_AGE_CHILD, 17}, {"18", INB_AGE_ADULT, 18},
        {"130", INB_AGE_ADULT, 130}, {"\"child\"", INB_AGE_CHILD, INB_YEARS_UNKNOWN},
        {"\"adult\"", INB_AGE_ADULT, INB_YEARS_UNKNOWN},
        {"null", INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
            "{\"person\":{\"age\":%s},\"observations\":{},\"reporter\":\"self\"}", cases[i].text);
        inb_facts facts = parse_facts(text);
        ck_assert_int_eq(facts.age.class_, cases[i].class_);
        ck_assert_int_eq(facts.age.years, cases[i].years);
    }
}
INB_END

static inb_status parsed(const char *text, inb_error *err) {
    inb_facts facts;
    memset(&facts, 0x5A, sizeof facts);
    inb_facts before = facts;
    inb_status status = inb_facts_parse(norm(), "f", text, strlen(text), &facts, err);
    if (status != INB_OK) {
        ck_assert_msg(memcmp(&facts, &before, sizeof facts) == 0, "outputs touched: %s", text);
    }
    return status;
}

#define PERSON "\"person\":{\"age\":15}"
#define REST "\"observations\":{},\"reporter\":\"self\""

INB_TEST(what_is_refused) {
    static const char *const cases[][2] = {
        {"[]", "f:1:1: found a list, expected an object"},
        {"{" PERSON "," REST ",\"sex\":\"x\"}",
            "f:1:58: found the unknown key 'sex', expected one"},
        {"{" REST "}", "found no key 'person'"},
        {"{" PERSON ",\"reporter\":\"self\"}", "found no key 'observations'"},
        {"{" PERSON ",\"observations\":{}}", "found no key 'reporter'"},
        {"{\"person\":{}," REST "}", "found no key 'age'"},
        {"{\"person\":7," REST "}", "f:1:11: found a whole number, expected an object"},
        {"{\"person\":{\"age\":131}," REST "}", "f:1:18: found a number out of range"},
        {"{\"person\":{\"age\":-1}," REST "}", "f:1:18: found a number out of range"},
        {"{\"person\":{\"age\":1.5}," REST "}", "f:1:18: found a fraction"},
        {"{\"person\":{\"age\":true}," REST "}", "f:1:18: found true or false"},
        {"{\"person\":{\"age\":false}," REST "}", "f:1:18: found true or false"},
        {"{\"person\":{\"age\":\"old\"}," REST "}", "f:1:18: found another text"},
        {"{\"person\":{\"age\":{}}," REST "}", "f:1:18: found an object"},
        {"{\"person\":{\"age\":1,\"roles\":{}}," REST "}",
            "f:1:28: found an object, expected a list"},
        {"{\"person\":{\"age\":1,\"roles\":[null]}," REST "}", "f:1:29: found null"},
        {"{\"person\":{\"age\":1,\"roles\":[\"suspect\",\"x\"]}," REST "}", "f:1:39: found"},
        {"{" PERSON ",\"observations\":[],\"reporter\":\"self\"}", "f:1:37: found a list"},
        {"{" PERSON ",\"observations\":{\"XX-1\":\"yes\"},\"reporter\":\"self\"}",
            "f:1:38: found the unknown id '?', expected the id of an indicator"},
        {"{" PERSON ",\"observations\":{\"D9-99\":\"yes\"},\"reporter\":\"self\"}",
            "found the unknown id 'D9-99', expected the id of an indicator"},
        {"{" PERSON ",\"observations\":{\"EX-01\":\"no\"},\"reporter\":\"self\"}",
            "found 'EX-01', an excluded proxy that may never count, expected the id of an indicat"},
        {"{" PERSON ",\"observations\":{\"CI-01\":\"no\"},\"reporter\":\"self\"}",
            "found 'CI-01', which belongs under 'circumstances'"},
        {"{" PERSON ",\"observations\":{\"D1-01\":\"maybe\"},\"reporter\":\"self\"}",
            "found another answer, expected \"yes\", \"no\" or \"unknown\""},
        {"{" PERSON ",\"observations\":{\"D1-01\":null},\"reporter\":\"self\"}", "found null"},
        {"{" PERSON "," REST ",\"circumstances\":{}}", "found an object, expected a list of ids"},
        {"{" PERSON "," REST ",\"circumstances\":[3]}", "found a whole number, expected the id"},
        {"{" PERSON "," REST ",\"circumstances\":[\"D1-01\"]}",
            "found 'D1-01', which belongs under 'observations'"},
        {"{" PERSON "," REST ",\"circumstances\":[\"EX-02\"]}",
            "found 'EX-02', an excluded proxy that may never count, expected the id of a circumst"},
        {"{" PERSON "," REST ",\"circumstances\":[\"CI-99\"]}",
            "expected the id of a circumstance"},
        {"{" PERSON "," REST ",\"situation\":[]}", "found a list, expected an object"},
        {"{" PERSON "," REST ",\"situation\":{\"x\":1}}", "found the unknown key 'x'"},
        {"{" PERSON "," REST ",\"situation\":{\"danger_now\":1}}", "expected true or false"},
        {"{" PERSON "," REST ",\"situation\":{\"unaccompanied\":\"\"}}", "expected true or false"},
        {"{" PERSON "," REST ",\"situation\":{\"denies\":null}}", "expected true or false"},
        {"{" PERSON "," REST ",\"situation\":{\"profits\":\"parent\"}}", "expected a list"},
        {"{" PERSON "," REST ",\"situation\":{\"surroundings\":3}}", "expected a list"},
        {"{" PERSON "," REST ",\"situation\":{\"surroundings\":[\"kind\"]}}", "protective"},
        {"{" PERSON "," REST ",\"situation\":{\"consent\":true}}", "given"},
        {"{" PERSON "," REST ",\"situation\":{\"police\":\"yes\"}}", "unwanted"},
        {"{" PERSON ",\"observations\":{},\"reporter\":\"baker\"}", "police_beat"},
        {"{" PERSON ",\"observations\":{},\"reporter\":9}", "found a whole number"},
        {"", "f:1:"},
        {"{", "f:1:"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        INB_FAILS(parsed(cases[i][0], err), INB_BAD_INPUT, cases[i][1]);
    }
}
INB_END

// A value may be somebody's name, whatever it looks like: no complaint repeats it. An unknown key
// or id is shown only where it looks like one.
INB_TEST(no_complaint_repeats_a_value) {
    static const char *const cases[] = {
        "{\"person\":{\"age\":\"Zzqx\"}," REST "}",
        "{\"person\":{\"age\":1,\"roles\":[\"Zzqx\"]}," REST "}",
        "{\"person\":{\"age\":1,\"name\":\"Zzqx\"}," REST "}",
        "{" PERSON ",\"observations\":{\"D1-01\":\"Zzqx\"},\"reporter\":\"self\"}",
        "{" PERSON ",\"observations\":{\"Zzqx de Vries\":\"yes\"},\"reporter\":\"self\"}",
        "{" PERSON "," REST ",\"circumstances\":[\"Zzqx\"]}",
        "{" PERSON "," REST ",\"situation\":{\"consent\":\"Zzqx\"}}",
        "{" PERSON "," REST ",\"situation\":{\"profits\":[\"Zzqx\"]}}",
        "{" PERSON ",\"observations\":{},\"reporter\":\"Zzqx\"}",
        "{" PERSON "," REST ",\"Zzqx de Vries\":1}",
        "{" PERSON "," REST ",\"text\":\"Zzqx\"}",
        "{" PERSON "," REST ",\"\":\"Zzqx\"}",
        "{" PERSON "," REST ",\"Zzqx_a_key_that_is_longer_than_forty_letters\":1}",
        "{" PERSON "," REST ",\"circumstances\":[\"Zzqxa\"]}",
        "{" PERSON "," REST ",\"circumstances\":[\"A?-01\"]}",
        "{" PERSON "," REST ",\"circumstances\":[\"AA_01\"]}",
        "{" PERSON "," REST ",\"circumstances\":[\"AA-0x\"]}",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_error err = INB_ERROR_INIT;
        ck_assert_int_eq(parsed(cases[i], &err), INB_BAD_INPUT);
        ck_assert_msg(strstr(err.message, "Zzqx") == NULL, "%s", err.message);
        ck_assert_msg(strstr(err.message, "A?-01") == NULL, "%s", err.message);
        ck_assert_msg(strstr(err.message, "AA_01") == NULL, "%s", err.message);
        ck_assert_msg(strstr(err.message, "AA-0x") == NULL, "%s", err.message);
    }
}
INB_END

// tests/data/facts_bad/expected.csv: the place, and one of the words that the message must hold.
INB_TEST(the_wrong_files) {
    char path[1024];
    snprintf(path, sizeof path, "%s/tests/data/facts_bad/expected.csv", source_root());
    struct sheet sheet = read_sheet(path);
    for (size_t row = 1; row < sheet.rows; row++) {
        const char *name = sheet_cell(&sheet, row, "file")->text;
        const char *line = sheet_cell(&sheet, row, "line")->text;
        const char *column = sheet_cell(&sheet, row, "column")->text;
        snprintf(path, sizeof path, "%s/tests/data/facts_bad/%s", source_root(), name);
        size_t length;
        char *text = inb_file_content(path, &length);
        ck_assert_msg(text != NULL, "%s", path);
        inb_facts facts;
        inb_error err = INB_ERROR_INIT;
        inb_status status = inb_facts_parse(norm(), name, text, length, &facts, &err);
        free(text);
        ck_assert_msg(status == INB_BAD_INPUT, "%s: status %d", name, (int)status);
        char place[128];
        snprintf(place, sizeof place, "%s:%s%s", name, line[0] == '*' ? "" : line,
            line[0] == '*' ? "" : ":");
        ck_assert_msg(strncmp(err.message, place, strlen(place)) == 0, "%s", err.message);
        if (column[0] != '*') {
            snprintf(place, sizeof place, "%s:%s:%s: ", name, line, column);
            ck_assert_msg(strncmp(err.message, place, strlen(place)) == 0, "%s", err.message);
        }
        const char *words = sheet_cell(&sheet, row, "word")->text;
        bool found = words[0] == '\0';
        while (*words != '\0') {
            char word[64];
            size_t size = strcspn(words, "|");
            snprintf(word, sizeof word, "%.*s", (int)size, words);
            found = found || strstr(err.message, word) != NULL;
            words += size;
            words += *words == '|' ? 1 : 0;
        }
        ck_assert_msg(found, "%s", err.message);
    }
    free_sheet(&sheet);
}
INB_END

static inb_status once(inb_error *err) {
    inb_facts facts;
    return inb_facts_parse(norm(), "f", whole, strlen(whole), &facts, err);
}

INB_TEST(refused_memory) {
    (void)norm();
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("2_weigh/facts", every_field_is_read, the_least_there_can_be, ages, what_is_refused,
    no_complaint_repeats_a_value, the_wrong_files, refused_memory)
