// SPDX-License-Identifier: EUPL-1.2
// Faults of made-up records: each changes what it says and nothing else, persons who cannot have
// one are left as they are, rates are obeyed, and the same seed gives the same bytes.

#include "name_faults.h"

#include "inb_test.h"

#include <string.h>

// Which groups of columns differ from the clean record: names, birth, phone, address.
enum { NAMES = 1, BIRTH = 2, PHONE = 4, ADDRESS = 8 };

static unsigned changed(const inb_fault_record *a, const inb_fault_record *b) {
    unsigned found = 0;
    found |= strcmp(a->given_name, b->given_name) != 0 || strcmp(a->surname, b->surname) != 0 ||
                     strcmp(a->prefix, b->prefix) != 0
                 ? NAMES
                 : 0;
    found |= strcmp(a->birth_date, b->birth_date) != 0 || strcmp(a->birth_year, b->birth_year) != 0
                 ? BIRTH
                 : 0;
    found |= strcmp(a->phone, b->phone) != 0 ? PHONE : 0;
    found |= strcmp(a->house_number, b->house_number) != 0 ? ADDRESS : 0;
    ck_assert_str_eq(a->postcode, b->postcode);
    ck_assert_str_eq(a->street, b->street);
    ck_assert_str_eq(a->place, b->place);
    return found;
}

INB_TEST(each_fault_changes_what_it_says) {
    inb_rng rng = inb_rng_make(1, 0);
    size_t applied[INB_FAULT_COUNT] = {0};
    for (int round = 0; round < 8000; round++) {
        inb_fault_person person;
        inb_fault_person_draw((inb_tongue)(round % INB_TONGUE_COUNT), &rng, &person);
        inb_fault_record clean;
        inb_fault_record_clean(&person, &clean);
        ck_assert_uint_eq(clean.faults, 0);
        for (int fault = 0; fault < INB_FAULT_COUNT; fault++) {
            inb_fault_record record = clean;
            bool done = inb_fault_apply((inb_fault)fault, &person, &rng, &record);
            ck_assert_uint_eq(record.faults, done ? 1U << fault : 0);
            unsigned expected = fault < INB_FAULT_HEAPED || fault == INB_FAULT_TYPING ? NAMES
                                : fault <= INB_FAULT_AGE_ONLY                         ? BIRTH
                                : fault <= INB_FAULT_SHARED_PHONE                     ? PHONE
                                                                                      : ADDRESS;
            unsigned found = changed(&clean, &record);
            // A date can be a heaped one already, or a year the same.
            INB_HOLDS(
                done ? (found & ~expected) == 0 : found == 0, "fault %d, groups %u", fault, found);
            INB_HOLDS(!done || fault == INB_FAULT_HEAPED || found == expected, "fault %d", fault);
            applied[fault] += done ? 1 : 0;
        }
    }
    for (int fault = 0; fault < INB_FAULT_COUNT; fault++) {
        ck_assert_msg(
            applied[fault] > 300, "%s: %zu", inb_fault_code((inb_fault)fault), applied[fault]);
    }
}
INB_END

INB_TEST(who_cannot_have_it) {
    inb_rng rng = inb_rng_make(2, 0);
    for (int round = 0; round < 500; round++) {
        inb_fault_person dutch, tigrinya;
        inb_fault_record record;
        inb_fault_person_draw(INB_TONGUE_DUTCH, &rng, &dutch);
        inb_fault_person_draw(INB_TONGUE_TIGRINYA, &rng, &tigrinya);
        inb_fault_record_clean(&dutch, &record);
        ck_assert(!inb_fault_apply(INB_FAULT_SCRIPT, &dutch, &rng, &record));
        ck_assert(!inb_fault_apply(INB_FAULT_VOWELS, &dutch, &rng, &record));
        ck_assert(!inb_fault_apply(INB_FAULT_ENDING, &dutch, &rng, &record));
        ck_assert(inb_fault_apply(INB_FAULT_PREFIX, &dutch, &rng, &record) ==
                  (dutch.name.prefix[0] != '\0'));
        inb_fault_record_clean(&tigrinya, &record);
        ck_assert(!inb_fault_apply(INB_FAULT_DOUBLE, &tigrinya, &rng, &record));
        ck_assert(inb_fault_apply(INB_FAULT_SCRIPT, &tigrinya, &rng, &record));
        ck_assert(!inb_fault_apply(INB_FAULT_COUNT, &tigrinya, &rng, &record));
    }
    ck_assert_str_eq(inb_fault_code(INB_FAULT_COUNT), "");
}
INB_END

INB_TEST(rates_and_seeds) {
    double rates[INB_FAULT_COUNT] = {0};
    inb_rng rng = inb_rng_make(3, 0);
    inb_rng again = inb_rng_make(3, 0);
    size_t heaped = 0;
    enum { MANY = 4000 };
    rates[INB_FAULT_HEAPED] = 0.25;
    for (int round = 0; round < MANY; round++) {
        inb_fault_person person, same;
        inb_fault_record record, other;
        memset(&record, 0, sizeof record);
        memset(&other, 0, sizeof other);
        inb_fault_person_draw(INB_TONGUE_ARABIC, &rng, &person);
        inb_fault_person_draw(INB_TONGUE_ARABIC, &again, &same);
        inb_fault_record_draw(&person, rates, &rng, &record);
        inb_fault_record_draw(&same, rates, &again, &other);
        ck_assert_str_eq(record.surname, other.surname);
        ck_assert_str_eq(record.birth_date, other.birth_date);
        ck_assert((record.faults & ~(1U << INB_FAULT_HEAPED)) == 0);
        heaped += record.faults != 0 ? 1 : 0;
    }
    INB_NEAR_ABS((double)heaped, MANY * 0.25, 5 * sqrt(MANY * 0.25 * 0.75));
}
INB_END

INB_TEST_MAIN(
    "world/name_faults", each_fault_changes_what_it_says, who_cannot_have_it, rates_and_seeds)
