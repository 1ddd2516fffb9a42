// SPDX-License-Identifier: EUPL-1.2
// inbeeld hits as it is called, after inbeeld import: both sides see the other's contact and no
// content; nothing can be searched for; quotas, contacts and grounds; undone for good.

#include "import_help.h"

#include <jansson.h>

#define HEADER                                                                                     \
    "id,source.kind,source.organisation,seen,person.age,roles,person.name,person.birth_date,"      \
    "observations,text,ground\n"
#define BOY "15,suspect,Jan van der Canary,2011-03-01,CR-11=yes,Canarytext,"

#define HITS(...) INB_CALL(inb_command_hits, "--store", where, "--key", keyfile, __VA_ARGS__)

static void import(const char *rows) {
    char text[4096];
    snprintf(text, sizeof text, "%s%s", HEADER, rows);
    const char *file = put_file("signals.csv", text);
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile, file));
}

// "organisation=contact;…" of one signal of an organisation; "" = no hit. Static.
static const char *hits_of(const char *organisation, const char *id) {
    static char told[256];
    INB_OK_IS(HITS("--organisation", organisation, "--json"));
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    size_t i, k;
    json_t *signal, *hit;
    told[0] = '\0';
    ck_assert_ptr_nonnull(root);
    json_array_foreach(json_object_get(root, "signals"), i, signal) {
        if (strcmp(json_string_value(json_object_get(signal, "id")), id) != 0) {
            continue;
        }
        json_array_foreach(json_object_get(signal, "hits"), k, hit) {
            const char *contact = json_string_value(json_object_get(hit, "contact"));
            size_t used = strlen(told);
            ck_assert_uint_eq(json_object_size(hit), 3); // nothing else is told
            snprintf(told + used, sizeof told - used, "%s=%s;",
                json_string_value(json_object_get(hit, "organisation")),
                contact == NULL ? "-" : contact);
        }
    }
    json_decref(root);
    return told;
}

INB_TEST(both_sides) {
    place_setup();
    import("1,school,school-a,2026-11-03," BOY "\n7,ngo,ngo-b,2026-11-02," BOY "\n"
           "8,ngo,ngo-b,2026-11-02,14,,Els Ander,2012-05-05,CR-11=yes,,\n");
    const char *contacts =
        put_file("contacts.csv", "organisation,contact,quota\nngo-b,\"desk, 020 1234567\",1\n");
    ck_assert_str_eq(hits_of("school-a", "1"), "ngo-b=-;");
    INB_OK_IS(HITS("--contacts", contacts));
    ck_assert_str_eq(inb_printed, "Recorded whom to ask at 1.\n");
    ck_assert_str_eq(hits_of("school-a", "1"), "ngo-b=desk, 020 1234567;");
    ck_assert_str_eq(hits_of("ngo-b", "7"), "school-a=-;");
    ck_assert_str_eq(hits_of("ngo-b", "8"), "");
    INB_OK_IS(HITS("--organisation", "ngo-b"));
    ck_assert_str_eq(inb_printed, "signal 2 (7)\n    hit with school-a: no contact is known\n\n"
                                  "1 signal with a hit. Compared today: 2 of 1.\n");
    // Above the quota: said by import and by hits, and no answer.
    import("9,ngo,ngo-b,2026-11-02," BOY "\n");
    ck_assert_ptr_nonnull(strstr(inb_printed, "1 signals of this store are not compared"));
    ck_assert_str_eq(hits_of("ngo-b", "9"), "");
    INB_OK_IS(HITS("--organisation", "ngo-b"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "1 signal is not compared yet: the quota of today"));
    contacts = put_file("contacts.csv", "organisation,contact,quota\nngo-b,desk,9\n");
    INB_OK_IS(HITS("--contacts", contacts, "--json"));
    ck_assert_str_eq(inb_printed, "{\"contacts\":1}\n");
    ck_assert_str_eq(hits_of("ngo-b", "9"), "school-a=-;");
    // Taken apart for good.
    INB_OK_IS(INB_CALL(inb_command_link, "--store", where, "--undo", "7"));
    ck_assert_str_eq(hits_of("ngo-b", "7"), "");
    ck_assert_str_eq(hits_of("school-a", "1"), "ngo-b=desk;"); // of 9
    INB_OK_IS(INB_CALL(inb_command_link, "--store", where, "--undo", "1"));
    ck_assert_str_eq(hits_of("school-a", "1"), "");
    INB_OK_IS(INB_CALL(inb_command_audit_verify, "--store", where));
    place_teardown();
}
INB_END

INB_TEST(across_regimes) {
    static char before[sizeof inb_printed];
    place_setup();
    import("1,school,school-a,2026-11-03," BOY "\n"
           "1,police_beat,police-b,2026-11-02,25,suspect,Piet Other,2001-05-05,CR-11=yes,,\n");
    INB_OK_IS(HITS("--organisation", "school-a", "--json"));
    memcpy(before, inb_printed, sizeof before);
    import("2,police_beat,police-b,2026-11-02," BOY "\n");
    INB_OK_IS(HITS("--organisation", "school-a", "--json"));
    ck_assert_str_eq(inb_printed, before); // to the byte
    INB_FAILS(HITS("--ground", "WGS art. 2", "school-a/1"), INB_USAGE, "two signals");
    INB_FAILS(HITS("--ground", " ", "school-a/1", "police-b/2"), INB_BAD_INPUT, "in words");
    INB_FAILS(HITS("--ground", "x", "police-b/1", "police-b/2"), INB_BAD_INPUT, "organisation");
    // A pair that shares nothing is answered in the same words.
    INB_OK_IS(HITS("--ground", "WGS art. 2", "school-a/1", "police-b/1"));
    memcpy(before, inb_printed, sizeof before);
    ck_assert_str_eq(hits_of("school-a", "1"), "");
    INB_OK_IS(HITS("--ground", "WGS art. 2", "school-a/1", "police-b/2"));
    ck_assert_str_eq(inb_printed, before);
    ck_assert_str_eq(hits_of("school-a", "1"), "police-b=-;");
    ck_assert_str_eq(hits_of("police-b", "2"), "school-a=-;");
    INB_OK_IS(HITS("--organisation", "police-b"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "hit with school-a (on a recorded ground)"));
    ck_assert_ptr_null(strstr(inb_printed, "Canary"));
    place_teardown();
}
INB_END

INB_TEST(what_is_refused) {
    place_setup();
    INB_FAILS(HITS("Jan van der Canary"), INB_USAGE, "nothing to search by");
    INB_FAILS(HITS("--organisation", "a"), INB_BAD_INPUT, "key file");
    import("1,school,school-a,2026-11-03," BOY "\n");
    const char *wrong[][2] = {{"organisation\na\n", "contact"},
        {"organisation,contact\na,\n", ":2:1"}, {"organisation,contact,quota\na,b,many\n", ":2:5"},
        {"organisation,contact,quota\na,b,1\nc,d,-1\n", ":3:5"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        INB_FAILS(
            HITS("--contacts", put_file("wrong.csv", wrong[i][0])), INB_BAD_INPUT, wrong[i][1]);
    }
    INB_OK_IS(HITS("--organisation", "a", "--json")); // nothing of a wrong file was kept
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"quota\":100,"));
    INB_FAILS(HITS("--contacts", "a", "--ground", "b"), INB_USAGE, "do not go together");
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_hits", both_sides, across_regimes, what_is_refused)
