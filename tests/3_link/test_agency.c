// SPDX-License-Identifier: EUPL-1.2
// Agencies compared: what kept enough is a chain, a namesake is not, an address that many have
// never decides; reasons name parts and no values.

#include <inbeeld/agency.h>

#include "inb_sweep.h"
#include "inb_test.h"

#include <string.h>

static inb_name_reader *reader;
static inb_arena *arena;

static void begin(void) {
    INB_OK_IS(inb_name_reader_new(&reader, err));
    INB_OK_IS(inb_arena_new(0, &arena, err));
}

static void end(void) {
    inb_name_reader_free(reader);
    inb_arena_free(arena);
}

static inb_agency_tie tie(inb_agency a, inb_agency b, unsigned crowded) {
    const inb_agency_form *left = NULL;
    const inb_agency_form *right = NULL;
    INB_OK_IS(inb_agency_form_make(reader, &a, arena, &left, err));
    INB_OK_IS(inb_agency_form_make(reader, &b, arena, &right, err));
    inb_agency_tie found = inb_agency_compare(left, right, crowded);
    inb_agency_tie turned = inb_agency_compare(right, left, crowded);
    ck_assert(found.level == turned.level && found.kept == turned.kept &&
              found.changed == turned.changed);
    return found;
}

static const inb_agency first = {"12345678", "Zonnedal Uitzendbureau B.V.", "Piet van Oelen",
    "Kerkstraat 12, 1017 GA Amsterdam", "020-1234567"};

INB_TEST(levels) {
    begin();
    // The same number, whatever else.
    inb_agency b = {"1234 5678", "Heel Anders BV", NULL, NULL, NULL};
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_SAME);
    // No second number: the name and something else.
    b = (inb_agency){NULL, "ZONNEDAL", NULL, NULL, "+31 20 1234567"};
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_SAME);
    // A phoenix: number and name changed, director and address kept.
    b = (inb_agency){"87654321", "Maanberg Flex", "P. van Oelen", "Kerkstr. 12 1017GA", NULL};
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_APART); // an initial alone is not enough
    b.director = "Pieter van Oelen";
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_CHAIN);
    // Number changed, name and phone kept.
    b = (inb_agency){"87654321", "Zonnedal Flex Groep", "Karel Dop", NULL, "0201234567"};
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_CHAIN);
    // A namesake in another town.
    b = (inb_agency){
        "87654321", "Zonnedal B.V.", "Karel Dop", "Dorpsweg 3, 9711 AB Groningen", "050-7654321"};
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_NAMESAKE);
    // One thing kept and nothing else is too little.
    b = (inb_agency){"87654321", "Maanberg", "Karel Dop", "Kerkstraat 12, 1017 GA", "050-7654321"};
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_APART);
    // Words of the trade are no name of one's own.
    inb_agency c = {"11112222", "Uitzendbureau Flex B.V.", NULL, NULL, "020-1234567"};
    b = (inb_agency){"22223333", "Flex Uitzend Groep", NULL, NULL, "020-1234567"};
    ck_assert_int_eq(tie(c, b, 0).level, INB_AGENCY_APART);
    // The name it trades as counts.
    c = (inb_agency){"11112222", "Holding 77 B.V. h.o.d.n. Zonnedal", NULL, NULL, "020-1234567"};
    ck_assert_int_eq(tie(first, c, 0).level, INB_AGENCY_CHAIN);
    // Nothing to compare.
    ck_assert_int_eq(tie((inb_agency){0}, (inb_agency){0}, 0).level, INB_AGENCY_APART);
    ck_assert_int_eq(tie(first, (inb_agency){.name = "B.V."}, 0).level, INB_AGENCY_APART);
    end();
}
INB_END

INB_TEST(a_crowded_address_does_not_decide) {
    begin();
    inb_agency b = {"87654321", "Maanberg", "Piet van Oelen", "Kerkstraat 12, 1017 GA", NULL};
    ck_assert_int_eq(tie(first, b, 0).level, INB_AGENCY_CHAIN);
    inb_agency_tie found = tie(first, b, 1U << INB_AGENCY_ADDRESS);
    ck_assert_int_eq(found.level, INB_AGENCY_APART);
    ck_assert_uint_eq(found.crowded, 1U << INB_AGENCY_ADDRESS);
    // Zonnedal there as well as the director: a chain without the address.
    b.name = "Zonnedal Werk";
    ck_assert_int_eq(tie(first, b, 1U << INB_AGENCY_ADDRESS).level, INB_AGENCY_CHAIN);
    end();
}
INB_END

INB_TEST(reasons) {
    begin();
    inb_agency b = {"87654321", "Maanberg", "Piet van Oelen", "Kerkstraat 12, 1017 GA", NULL};
    inb_agency_tie found = tie(first, b, 0);
    inb_buffer out = INB_BUFFER_INIT(1000);
    inb_agency_reason(&found, "en", &out);
    ck_assert_str_eq(inb_buffer_get(&out), "kept: director, address; changed: KvK number, name");
    inb_buffer_reset(&out);
    inb_agency_reason(&found, "nl", &out);
    ck_assert_str_eq(
        inb_buffer_get(&out), "hetzelfde: bestuurder, adres; anders: KvK-nummer, naam");
    inb_buffer_reset(&out);
    found = tie(first, b, 1U << INB_AGENCY_ADDRESS);
    inb_agency_reason(&found, "en", &out);
    ck_assert_str_eq(inb_buffer_get(&out),
        "kept: director; changed: KvK number, name; shared with many others: address");
    inb_buffer_reset(&out);
    found = tie((inb_agency){0}, (inb_agency){0}, 0);
    inb_agency_reason(&found, "en", &out);
    ck_assert_str_eq(inb_buffer_get(&out), "nothing to compare");
    inb_buffer_clear(&out);
    end();
}
INB_END

static inb_status once(inb_error *err) {
    INB_CLEANUP(inb_name_reader_freep) inb_name_reader *own = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *memory = NULL;
    INB_TRY(inb_arena_new(0, &memory, err));
    INB_TRY(inb_name_reader_new(&own, err));
    const inb_agency_form *form;
    return inb_agency_form_make(own, &first, memory, &form, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/agency", levels, a_crowded_address_does_not_decide, reasons, memory_refused)
