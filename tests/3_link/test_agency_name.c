// SPDX-License-Identifier: EUPL-1.2
// Names of agencies: the legal form goes, wherever and however it is written; what tells two
// agencies apart stays.

#include "agency_name.h"

#include "inb_test.h"

#include <string.h>

static const char *key(const char *text) {
    static char values[2][INB_EXACT_SIZE]; // two calls in one comparison
    static int which;
    char *value = values[which = 1 - which];
    value[0] = '\0';
    return inb_exact_agency(text, strlen(text), value) ? value : "";
}

INB_TEST(forms_go) {
    static const char *const ways[] = {"Flex-Werk B.V.", "FLEXWERK BV", "Flex Werk b v",
        "flex werk b.v", "Flexwerk", "Flexwerk B.V. i.o.", "Flexwerk B.V. h.o.d.n. Ander Werk",
        "Fl\xC3\xA9xwerk N.V.", "Flexwerk Sp. z o.o.", "Flexwerk sp. z.o.o.",
        "S.C. Flexwerk S.R.L.", "Flexwerk GmbH & Co. KG", "Flexwerk d.o.o.", "UAB Flexwerk",
        "Flexwerk s.r.o.", "Flexwerk vof", "Flexwerk V.O.F.", "Flexwerk O\xC3\x9C",
        "Flexwerk Besloten Vennootschap", "\"Flexwerk\" LLC"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ck_assert_msg(strcmp(key(ways[i]), "flexwerk") == 0, "%s gives %s", ways[i], key(ways[i]));
    }
    // ТОВ "Робота" and ЕООД
    ck_assert_str_eq(
        key("\xD0\xA2\xD0\x9E\xD0\x92 \"\xD0\xA0\xD0\xBE\xD0\xB1\xD0\xBE\xD1\x82\xD0\xB0\""),
        "robota");
    ck_assert_str_eq(
        key("\xD0\xA0\xD0\xBE\xD0\xB1\xD0\xBE\xD1\x82\xD0\xB0 \xD0\x95\xD0\x9E\xD0\x9E\xD0\x94"),
        "robota");
}
INB_END

INB_TEST(names_stay) {
    ck_assert_str_eq(key("Jansen & Zonen"), key("Jansen en Zonen B.V."));
    ck_assert_str_eq(key("Stichting De Brug"), "debrug");
    ck_assert_str_ne(key("Flexwerk Noord BV"), key("Flexwerk Zuid BV"));
    ck_assert_str_ne(key("Flexwerk 2 BV"), key("Flexwerk BV"));
    ck_assert_str_eq(key("A.B.C. Uitzend B.V."), "abcuitzend");
    ck_assert_str_eq(key("SIA"), "");
    ck_assert_str_eq(key("B.V."), "");
    ck_assert_str_eq(key("Stichting B.V."), "");
    ck_assert_str_eq(key(""), "");
    ck_assert_str_eq(key("x"), "");
    ck_assert_str_eq(key("McDonald's"), "mcdonalds");
    ck_assert_str_eq(key("En Garde BV"), "engarde"); // only an inner "en" goes
}
INB_END

INB_TEST(trading_as) {
    inb_agency_name name;
    inb_agency_name other;
    const char *text = "Flexwerk B.V. h.o.d.n. Ander Werk B.V.";
    char joined[INB_EXACT_SIZE];
    ck_assert(inb_agency_read(text, strlen(text), &name, &other));
    ck_assert_uint_eq(name.count, 1);
    ck_assert_uint_eq(other.count, 2);
    ck_assert_uint_eq(inb_agency_join(&other, joined), 9);
    ck_assert_str_eq(joined, "anderwerk");
}
INB_END

INB_TEST(the_table) {
    ck_assert(inb_legal_form("bv", 2, true));
    ck_assert(inb_legal_form("bv", 2, false));
    ck_assert(inb_legal_form("ooo", 3, true));
    ck_assert(!inb_legal_form("ooo", 3, false));
    ck_assert(!inb_legal_form("ltd", 3, true));
    ck_assert(inb_legal_form("ltd", 3, false));
    ck_assert(!inb_legal_form("flex", 4, false));
    ck_assert(!inb_legal_form("b", 1, false));
}
INB_END

INB_TEST(long_names) {
    char text[300];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (char)(i % 2 == 0 ? 'a' : ' ');
    }
    inb_agency_name name;
    inb_agency_name other;
    ck_assert(!inb_agency_read(text, sizeof text, &name, &other));
    ck_assert(inb_agency_read(text, 200, &name, &other));
    ck_assert_uint_eq(name.count, INB_AGENCY_WORDS);
    memset(text, 'b', sizeof text);
    char value[INB_EXACT_SIZE];
    ck_assert(!inb_exact_agency(text, 150, value));
    ck_assert(inb_exact_agency(text, 100, value));
}
INB_END

INB_TEST_MAIN("3_link/agency_name", forms_go, names_stay, trading_as, the_table, long_names)
