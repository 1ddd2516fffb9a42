// SPDX-License-Identifier: EUPL-1.2
// Made-up things stay outside what is given out, and a phoenix keeps something each time it rises.

#include "made_things.h"

#include "inb_test.h"

#include <stdbool.h>
#include <string.h>

INB_TEST(nothing_that_is_given_out) {
    for (uint64_t i = 0; i < 5000; i++) {
        inb_rng rng = inb_rng_make(1, i);
        inb_made_address address;
        inb_made_address_draw(&rng, &address);
        ck_assert_uint_eq(strlen(address.postcode), 6);
        ck_assert_uint_eq(strspn(address.postcode, "0123456789"), 4);
        ck_assert(address.postcode[0] != '0');
        const char *letters = address.postcode + 4;
        ck_assert(
            strcmp(letters, "SA") == 0 || strcmp(letters, "SD") == 0 || strcmp(letters, "SS") == 0);
        ck_assert(strncmp(address.municipality, "GM90", 4) == 0);
        ck_assert_uint_eq(strlen(address.municipality), 6);
        ck_assert_uint_ge(strspn(address.number, "0123456789"), 1);
        char phone[INB_MADE_PHONE];
        inb_made_phone_draw(&rng, phone);
        ck_assert_uint_eq(strlen(phone), 10);
        ck_assert(strncmp(phone, "060", 3) == 0);
        char plate[INB_MADE_PLATE];
        inb_made_plate_draw(&rng, plate);
        ck_assert_uint_eq(strlen(plate), 8);
        ck_assert(strchr("AEIOU", plate[0]) != NULL && strchr("AEIOU", plate[7]) != NULL);
        char handle[INB_MADE_HANDLE];
        inb_made_handle_draw(&rng, handle);
        ck_assert(handle[0] == '@' && strlen(handle) > 8);
    }
}
INB_END

INB_TEST(a_phoenix_keeps_something) {
    size_t kept[3] = {0};
    for (uint64_t i = 0; i < 3000; i++) {
        inb_rng rng = inb_rng_make(2, i);
        inb_made_agency agency;
        inb_made_agency_draw(&rng, &agency);
        ck_assert_uint_eq(strlen(agency.kvk), 8);
        ck_assert(strncmp(agency.kvk, "00", 2) == 0);
        ck_assert_uint_eq(agency.generation, 0);
        inb_made_agency before = agency;
        inb_made_agency_rise(&rng, &agency);
        ck_assert_uint_eq(agency.generation, 1);
        ck_assert_str_ne(before.name, agency.name);
        bool phone = strcmp(before.phone, agency.phone) == 0;
        bool address = memcmp(&before.address, &agency.address, sizeof agency.address) == 0;
        bool director = memcmp(&before.director, &agency.director, sizeof agency.director) == 0;
        INB_HOLDS(phone || address || director, "nothing stayed");
        kept[0] += phone;
        kept[1] += address;
        kept[2] += director;
    }
    for (size_t i = 0; i < 3; i++) { // each changes sometimes, and mostly stays
        INB_HOLDS(kept[i] > 1800 && kept[i] < 2700, "%zu kept", kept[i]);
    }
}
INB_END

INB_TEST_MAIN("world/made_things", nothing_that_is_given_out, a_phoenix_keeps_something)
