// SPDX-License-Identifier: EUPL-1.2
// The list of municipalities is whole, and names, codes and other ways to write them are found.

#include "desk/municipality.h"

#include "inb_test.h"

#include <stdio.h>

INB_TEST(the_list_is_whole) {
    inb_municipality one;
    inb_municipality other;
    size_t count = 0;
    size_t also = 0;
    for (size_t at = 0; inb_municipality_next(&at, &one);) {
        count++;
        also += one.also;
        ck_assert_msg(strlen(one.code) == 6 && strncmp(one.code, "GM", 2) == 0 &&
                          strspn(one.code + 2, "0123456789") == 4 && strlen(one.name) > 1,
            "row %zu", count);
        size_t same_name = 0;
        size_t same_code = 0;
        for (size_t k = 0; inb_municipality_next(&k, &other);) {
            same_name += strcasecmp(one.name, other.name) == 0;
            same_code += !other.also && strcmp(one.code, other.code) == 0;
        }
        ck_assert_msg(same_name == 1 && same_code == 1, "row %zu is there twice", count);
        char name[INB_MUNICIPALITY_NAME];
        inb_municipality_name(one.code, name);
        ck_assert(one.also || strcmp(name, one.name) == 0);
    }
    ck_assert_uint_eq(count - also, 342);
    ck_assert_uint_gt(also, 0);
}
INB_END

INB_TEST(what_people_write) {
    static const struct {
        const char *typed;
        const char *code;
    } cases[] = {{"Rotterdam", "GM0599"}, {"rotterdam", "GM0599"}, {"GM0599", "GM0599"},
        {"gm0599", "GM0599"}, {"GM9999", "GM9999"}, {"Den Haag", "GM0518"},
        {"'s-gravenhage", "GM0518"}, {"Nuenen, Gerwen en Nederwetten", "GM0820"},
        {"sudwest-fryslan", "GM1900"}, {"Bergen (L.)", "GM0893"}, {"Bergen", NULL}, {"", NULL},
        {"Canaryplaats", NULL}, {"GM059", NULL}, {"GM05999", NULL}, {"GM059a", NULL},
        {"code", NULL}, {"name", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char code[INB_MUNICIPALITY_CODE] = "";
        bool found = inb_municipality_code(cases[i].typed, code);
        ck_assert_msg(found == (cases[i].code != NULL), "%s", cases[i].typed);
        ck_assert(!found || strcmp(code, cases[i].code) == 0);
    }
    char name[INB_MUNICIPALITY_NAME];
    inb_municipality_name("GM9999", name);
    ck_assert_str_eq(name, "GM9999"); // of a later year: shown as it is
    inb_municipality_name("GM0518", name);
    ck_assert_str_eq(name, "'s-Gravenhage");
}
INB_END

INB_TEST_MAIN("desk/municipality", the_list_is_whole, what_people_write)
