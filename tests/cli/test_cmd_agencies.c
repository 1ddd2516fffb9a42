// SPDX-License-Identifier: EUPL-1.2
// R27, inbeeld agencies as it is called: a planted phoenix chain is found in lists and in the
// store, with what was kept and changed in words for each link; namesakes and a business centre are
// not; what another organisation wrote is never shown.

#include "import_help.h"

#include <jansson.h>

// Three names of one director at one address; two namesakes; five neighbours in a business centre.
static const char first[] =
    "id,kvk,agency,director,postcode,street,house_number,place,phone\n"
    "p1,10000001,Vlugwerk B.V.,Piet Canary,1234AB,Havenweg,7,Elders,010-1234567\n"
    "n1,20000001,Jansen Uitzendbureau,Karel Een,5678CD,Kerkstraat,1,Ergens,010-7654321\n"
    "b1,30000001,Alfa BV,Anna Alfa,1111ZZ,Zakenplein,1,Stad,\n"
    "b2,30000002,Beta BV,Bert Beta,1111ZZ,Zakenplein,1,Stad,\n"
    "b3,30000003,Gamma BV,Gert Gamma,1111ZZ,Zakenplein,1,Stad,\n";
static const char second[] =
    "id,kvk,organisation,director,address,phone\n"
    "p2,10000002,Flexplus BV,CANARY Piet,\"Havenweg 7, 1234 AB Elders\",\n"
    "p3,10000003,Nieuwe Handen,P.J. Ander,\"Havenweg 7, 1234 AB Elders\",0031101234567\n"
    "n2,20000002,Jansen Uitzendburo B.V.,Willem Twee,\"Dorpsweg 9, 4321 BA Verweg\",\n"
    "b4,30000004,Delta BV,Dirk Delta,\"Zakenplein 1, 1111ZZ Stad\",\n"
    "b5,30000005,Epsilon BV,Els Epsilon,\"Zakenplein 1, 1111ZZ Stad\",\n";

#define AGENCIES(...) INB_CALL(inb_command_agencies, __VA_ARGS__)

INB_TEST(in_lists) {
    place_setup();
    const char *one = put_file("one.csv", first);
    const char *two = put_file("two.csv", second);
    INB_OK_IS(AGENCIES(one, two, "--lang", "en", "--out", in_place("chains.csv")));
    ck_assert_str_eq(inb_printed,
        "Bundle 1: 3\n"
        "    one:p1 - two:p2: chain (kept: director, address; changed: KvK number, name)\n"
        "    one:p1 - two:p3: chain (kept: address, phone; changed: KvK number, name, director)\n"
        "\n1 bundle.\n");
    size_t length = 0;
    char *chains = inb_file_content(in_place("chains.csv"), &length);
    ck_assert_ptr_nonnull(chains);
    ck_assert_ptr_nonnull(strstr(chains, "chain,source,id\n1,one,p1\n2,one,n1\n"));
    ck_assert_ptr_nonnull(strstr(chains, "\n1,two,p2\n1,two,p3\n"));
    free(chains);
    INB_OK_IS(AGENCIES(one, two));
    ck_assert_ptr_nonnull(strstr(inb_printed, "keten (hetzelfde: bestuurder, adres; anders: KvK-"));
    INB_OK_IS(AGENCIES(one, two, "--json"));
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    const json_t *chain = json_array_get(json_object_get(root, "chains"), 0);
    ck_assert_uint_eq(json_array_size(json_object_get(chain, "members")), 3);
    ck_assert_uint_eq(json_array_size(json_object_get(chain, "links")), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "agencies")), 10);
    json_decref(root);
    ck_assert_ptr_null(strstr(inb_printed, "Canary"));
    place_teardown();
}
INB_END

#define HEADER                                                                                     \
    "id,source.kind,source.organisation,person.age,roles,person.name,observations,party.agency,"   \
    "party.agency.kvk,party.address,party.phone,ground\n"

INB_TEST(in_the_store) {
    place_setup();
    const char *file = put_file("signals.csv",
        HEADER "1,labour_inspectorate,nla,40,employer,Piet Canary,D4-01=yes,Vlugwerk "
               "B.V.,10000001,\"Havenweg 7, 1234 AB Elders\",,\n"
               "2,labour_inspectorate,snf,40,employer,CANARY Piet,D4-01=yes,Flexplus "
               "BV,10000002,\"Havenweg 7, 1234 AB Elders\",,\n"
               "3,police_beat,police-b,40,employer,Piet Canary,D4-01=yes,Derde "
               "BV,10000003,\"Havenweg 7, 1234 AB Elders\",,\n"
               "4,labour_inspectorate,nla,40,employer,Karel Een,D4-01=yes,Vlugwerk "
               "BV,20000001,\"Dorpsweg 1, 4321 BA Verweg\",,\n");
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile, file));
    INB_OK_IS(
        AGENCIES("--store", where, "--key", keyfile, "--organisation", "nla", "--lang", "en"));
    ck_assert_str_eq(inb_printed, "Bundle 1: 2\n"
                                  "    signal 1 (1) - snf (no contact is known): chain (kept: "
                                  "director, address; changed: KvK "
                                  "number, name)\n\n1 bundle.\n");
    // Police knows of its own alone.
    INB_OK_IS(AGENCIES("--store", where, "--key", keyfile, "--organisation", "police-b", "--json"));
    ck_assert_str_eq(inb_printed, "{\"chains\":[],\"agencies\":0}\n");
    ck_assert_int_eq(no_secret_in("s.db"), 1);
    place_teardown();
}
INB_END

INB_TEST(what_is_refused) {
    place_setup();
    const char *one = put_file("one.csv", first);
    const char *bare = put_file("bare.csv", "id,name\n1,a\n");
    INB_FAILS(AGENCIES(bare), INB_BAD_INPUT, "no column of an agency");
    INB_FAILS(AGENCIES(put_file("no.csv", "kvk\n1\n")), INB_BAD_INPUT, "id");
    INB_FAILS(AGENCIES(one, one), INB_USAGE, "two lists of one name");
    INB_FAILS(AGENCIES(one, "--lang", "fr"), INB_USAGE, "nl or en");
    INB_FAILS(AGENCIES(one, "--organisation", "a"), INB_USAGE, "one or the other");
    INB_FAILS(AGENCIES("--out", "x"), INB_USAGE, "belongs to lists");
    INB_FAILS(AGENCIES("x.csv", "--out", "./x.csv"), INB_USAGE, "names a file that is read");
    INB_FAILS(AGENCIES("--store", where, "--key", keyfile), INB_BAD_INPUT, "key file");
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_agencies", in_lists, in_the_store, what_is_refused)
