// SPDX-License-Identifier: EUPL-1.2
// The rule for two persons, case by case, the same whichever comes first; and keys: whoever the
// rule joins shares one, whoever has little in common does not.

#include <inbeeld/near_person.h>

#include "support/inb_test.h"

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

static bool near(const inb_person *a, const inb_person *b) {
    inb_near_form forms[2];
    INB_OK_IS(inb_near_form_make(reader, a, arena, &forms[0], err));
    INB_OK_IS(inb_near_form_make(reader, b, arena, &forms[1], err));
    ck_assert_int_eq(inb_near_same(&forms[0], &forms[1]), inb_near_same(&forms[1], &forms[0]));
    return inb_near_same(&forms[0], &forms[1]);
}

static bool share(const inb_person *a, const inb_person *b) {
    static char keys[2][INB_NEAR_KEYS_MOST][INB_NEAR_KEY_SIZE];
    size_t counts[2] = {inb_near_keys(a, keys[0]), inb_near_keys(b, keys[1])};
    for (size_t i = 0; i < counts[0]; i++) {
        for (size_t k = 0; k < counts[1]; k++) {
            if (strcmp(keys[0][i], keys[1][k]) == 0) {
                return true;
            }
        }
    }
    return false;
}

INB_TEST(the_rule) {
    static const struct {
        const char *names[2];
        const char *births[2];
        bool near;
    } cases[] = {
        {{"Jan van der Made", "Made, Jan van der"}, {"2011-03-02", "2011-03-02"}, true},
        {{"Jan van der Made", "Jan van der Maden"}, {"2011-03-02", "2011-03-02"}, true},
        {{"Robert Jansen", "Bob Jansen"}, {"2011-03-02", "2011-03-02"}, true},
        {{"Юлія Ковальчук", "Yuliia Kovalchuk"}, {"1999-05-20", "1999-05-20"}, true},
        {{"Jan van der Made", "Jan van der Made"}, {"2011-03-02", "2011-02-03"}, true},
        {{"Jan van der Made", "Jan van der Made"}, {"2011-03-02", "2011-03-12"}, true},
        {{"Jan van der Made", "Jan van der Made"}, {"2011-03-02", "2017-03-02"}, true},
        // Two slips are one too many.
        {{"Jan van der Made", "Jan van der Maden"}, {"2011-03-02", "2011-03-12"}, false},
        {{"Jan van der Made", "Jan van der Made"}, {"2011-03-02", "2012-04-02"}, false},
        // A day that is written where none is known says little.
        {{"Mohamed Ali", "Mohamed Ali"}, {"1999-01-01", "1999-01-01"}, true},
        {{"Mohamed Ali", "Mohammad Aly"}, {"1999-01-01", "1999-01-01"}, false},
        // A twin with another name; a person of the same day.
        {{"Willem Jansen", "Marieke Jansen"}, {"2011-03-02", "2011-03-02"}, false},
        {{"Mohamed Ali Hassan", "Ahmed Ali Hassan"}, {"2011-03-02", "2011-03-02"}, false},
        {{"Jan Made", "Piet Ander"}, {"2011-03-02", "2011-03-02"}, false},
        {{"Jan Made", "Jan Made"}, {"2011-03", "2011-03"}, false},
        {{"Jan Made", "Jan Made"}, {NULL, "2011-03-02"}, false},
        {{NULL, "Jan Made"}, {"2011-03-02", "2011-03-02"}, false},
    };
    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const inb_person a = {.name = cases[i].names[0], .birth_date = cases[i].births[0]};
        const inb_person b = {.name = cases[i].names[1], .birth_date = cases[i].births[1]};
        ck_assert_msg(near(&a, &b) == cases[i].near, "row %zu", i);
        ck_assert_msg(share(&a, &b) || !cases[i].near, "row %zu shares no key", i);
    }
    const inb_person whole = {.name = "Jan van der Made", .birth_date = "2011-03-02"};
    const inb_person apart = {.name = "somebody else",
        .given_name = "Jan",
        .prefix = "van der",
        .surname = "Made",
        .birth_date = "20110302"};
    ck_assert(near(&whole, &apart) && share(&whole, &apart));
    end();
}
INB_END

INB_TEST(keys) {
    static char keys[INB_NEAR_KEYS_MOST][INB_NEAR_KEY_SIZE];
    inb_person person = {.name = "Jan van der Made", .birth_date = "2011-03-02"};
    ck_assert_uint_eq(inb_near_keys(&person, keys), 4);
    ck_assert_str_eq(keys[0], "d 2011-03-02 i");
    ck_assert_str_eq(keys[1], "d 2011-03-02 m");
    ck_assert_str_eq(keys[2], "y 2011 in-mt-");
    ck_assert_str_eq(keys[3], "m 2 3 in-mt-");
    person.birth_date = "2011-01-01"; // a heaped one: no key of the day
    ck_assert_uint_eq(inb_near_keys(&person, keys), 2);
    person.birth_date = "2011-03";
    ck_assert_uint_eq(inb_near_keys(&person, keys), 0);
    person = (inb_person){.name = "Jan", .birth_date = "2011-03-02"};
    ck_assert_uint_eq(inb_near_keys(&person, keys), 0);
    person.name = "a b c";
    ck_assert_uint_eq(inb_near_keys(&person, keys), 0);
    static char much[2000]; // more than fits gives no key, and breaks nothing
    for (size_t i = 0; i + 1 < sizeof much; i++) {
        much[i] = i % 9 == 8 ? ' ' : (char)('b' + i % 20);
    }
    person.name = much;
    (void)inb_near_keys(&person, keys);
    person = (inb_person){.given_name = much, .surname = "Made", .birth_date = "2011-03-02"};
    (void)inb_near_keys(&person, keys);
    much[100] = '\0';
    ck_assert_uint_le(inb_near_keys(&person, keys), INB_NEAR_KEYS_MOST);
    ck_assert_uint_gt(inb_near_keys(&person, keys), 2);
    // One sound, several letters.
    const inb_person a = {.name = "Jusuf Qasim", .birth_date = "2001-01-01"};
    const inb_person b = {.name = "Yusof Kassim", .birth_date = "2001-01-01"};
    ck_assert(share(&a, &b));
    const inb_person c = {.name = "Piet Qasim", .birth_date = "2001-01-01"};
    ck_assert(!share(&a, &c));
}
INB_END

INB_TEST_MAIN("3_link/near_person", the_rule, keys)
