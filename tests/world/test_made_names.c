// SPDX-License-Identifier: EUPL-1.2
// Made-up names: valid UTF-8 in every way of spelling, the published transliteration of Ukrainian,
// the customs of each tongue for kin, and as many different names as a region needs.

#include "made_names.h"

#include "base/text.h"
#include "inb_test.h"

#include <stdio.h>
#include <string.h>

static void demand_text(const char *text, bool may_be_empty) {
    size_t length = strlen(text);
    INB_HOLDS(length < INB_MADE_NAME, "too long");
    INB_HOLDS(inb_utf8_valid(text, length) == length, "'%s' is no UTF-8", text);
    INB_HOLDS(may_be_empty || length > 1, "empty");
}

static bool is_latin(const char *text) { // no code point from U+0370 on but the marks of Vietnamese
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (*at >= 0xcd && *at != 0xe1) {
            return false;
        }
    }
    return true;
}

INB_TEST(every_way_gives_a_text) {
    for (int tongue = 0; tongue < INB_TONGUE_COUNT; tongue++) {
        unsigned bits = inb_made_name_ways((inb_tongue)tongue);
        ck_assert_uint_ge(bits, 1);
        for (uint64_t i = 0; i < 2000; i++) {
            inb_rng rng = inb_rng_make(7, i);
            inb_made_name name;
            inb_made_name_draw((inb_tongue)tongue, i % 2 == 1, &rng, &name);
            demand_text(name.given, false);
            demand_text(name.surname, false);
            demand_text(name.own_given, false);
            demand_text(name.own_surname, false);
            for (unsigned way = 0; way < 1u << bits; way++) {
                inb_made_name other;
                inb_made_name_respell(&name, way, &other);
                demand_text(other.given, false);
                demand_text(other.surname, false);
                ck_assert_str_eq(other.own_given, name.own_given);
                INB_HOLDS(way != 0 || strcmp(other.given, name.given) == 0, "way 0 changes");
                INB_HOLDS(tongue == INB_TONGUE_NIGERIAN || is_latin(other.surname), "'%s'",
                    other.surname);
            }
        }
    }
}
INB_END

// Each bit of each tongue changes something in somebody's name.
INB_TEST(every_bit_means_something) {
    for (int tongue = 0; tongue < INB_TONGUE_COUNT; tongue++) {
        for (unsigned bit = 0; bit < inb_made_name_ways((inb_tongue)tongue); bit++) {
            size_t changed = 0;
            for (uint64_t i = 0; i < 500; i++) {
                inb_rng rng = inb_rng_make(3, i);
                inb_made_name name;
                inb_made_name other;
                inb_made_name_draw((inb_tongue)tongue, i % 2 == 1, &rng, &name);
                inb_made_name_respell(&name, 1u << bit, &other);
                changed += strcmp(name.given, other.given) != 0 ||
                           strcmp(name.prefix, other.prefix) != 0 ||
                           strcmp(name.surname, other.surname) != 0;
            }
            INB_HOLDS(changed > 0, "tongue %d bit %u changes nothing", tongue, bit);
        }
    }
}
INB_END

INB_TEST(ukrainian_by_the_table_of_2010) {
    inb_made_name name = {.tongue = INB_TONGUE_UKRAINIAN};
    static const struct {
        const char *given;
        const char *surname;
        unsigned way;
        const char *latin_given;
        const char *latin_surname;
    } cases[] = {
        {"Юлія", "Ковальчук", 0, "Yuliia", "Kovalchuk"},
        {"Юлія", "Ковальчук", 1, "Yuliya", "Kovalchuk"},
        {"Юлія", "Ковальчук", 4, "Joelija", "Kowaltsjoek"},
        {"Юлія", "Ковальчук", 8, "Julija", "Koval'čuk"},
        {"Григорій", "Щербак", 0, "Hryhorii", "Shcherbak"},
        {"Григорій", "Щербак", 2, "Grigoriy", "Scherbak"},
        {"Євген", "Чиж", 8, "Jevhen", "Čyž"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memcpy(name.own_given, cases[i].given, strlen(cases[i].given) + 1);
        memcpy(name.own_surname, cases[i].surname, strlen(cases[i].surname) + 1);
        inb_made_name latin;
        inb_made_name_respell(&name, cases[i].way, &latin);
        ck_assert_str_eq(latin.given, cases[i].latin_given);
        ck_assert_str_eq(latin.surname, cases[i].latin_surname);
    }
}
INB_END

static inb_made_name named(
    inb_tongue tongue, const char *given, const char *prefix, const char *surname) {
    inb_made_name name = {.tongue = tongue};
    memcpy(name.given, given, strlen(given) + 1);
    memcpy(name.prefix, prefix, strlen(prefix) + 1);
    memcpy(name.surname, surname, strlen(surname) + 1);
    memcpy(name.own_given, given, strlen(given) + 1);
    memcpy(name.own_surname, surname, strlen(surname) + 1);
    return name;
}

INB_TEST(other_tongues) {
    inb_made_name name = named(INB_TONGUE_DUTCH, "Esmée", "van der", "Dijk");
    inb_made_name other;
    inb_made_name_respell(&name, 1 | 2, &other);
    ck_assert_str_eq(other.given, "Esmee");
    ck_assert_str_eq(other.surname, "Dyk");
    ck_assert_str_eq(other.prefix, "van der");
    inb_made_name_respell(&name, 8, &other);
    ck_assert_str_eq(other.prefix, "");
    ck_assert_str_eq(other.surname, "Van der Dijk");
    inb_made_name_respell(&name, 16, &other);
    ck_assert_str_eq(other.prefix, "v.d.");
    ck_assert_str_eq(other.surname, "Dijk");
    name = named(INB_TONGUE_POLISH, "Małgorzata", "", "Zielińska");
    inb_made_name_respell(&name, 1, &other);
    ck_assert_str_eq(other.given, "Malgorzata");
    ck_assert_str_eq(other.surname, "Zielinska");
    name = named(INB_TONGUE_ARABIC, "Mohammed", "", "Al-Haddad");
    inb_made_name_respell(&name, 1, &other);
    ck_assert_str_eq(other.given, "Muhammad");
    inb_made_name_respell(&name, 2 | 4 | 8, &other);
    ck_assert_str_eq(other.given, "Mohamed");
    ck_assert_str_eq(other.surname, "El Hadad");
    inb_made_name_respell(&name, 16, &other);
    ck_assert_str_eq(other.surname, "Haddad");
}
INB_END

INB_TEST(kin) {
    inb_rng rng = inb_rng_make(1, 1);
    inb_made_name father = named(INB_TONGUE_TIGRINYA, "Tesfay", "", "Haile Mehari");
    inb_made_name child;
    inb_made_name_kin(&father, true, true, &rng, &child);
    ck_assert_str_eq(child.surname, "Tesfay Haile");
    ck_assert(child.female);
    inb_made_name_kin(&father, false, false, &rng, &child);
    ck_assert_str_eq(child.surname, "Haile Mehari");
    father = named(INB_TONGUE_POLISH, "Piotr", "", "Dąbrowski");
    inb_made_name_kin(&father, true, true, &rng, &child);
    ck_assert_str_eq(child.surname, "Dąbrowska");
    inb_made_name_kin(&child, false, false, &rng, &child); // in place
    ck_assert_str_eq(child.surname, "Dąbrowski");
    father = named(INB_TONGUE_DUTCH, "Daan", "ter", "Horst");
    inb_made_name_kin(&father, true, false, &rng, &child);
    ck_assert_str_eq(child.prefix, "ter");
    ck_assert_str_eq(child.surname, "Horst");
}
INB_END

static int compare(const void *a, const void *b) {
    return strcmp(a, b);
}

INB_TEST(many_names_and_the_same_again) {
    enum { DRAWN = 5000, SIZE = 2 * INB_MADE_NAME + INB_MADE_PREFIX + 2 };
    char(*texts)[SIZE] = calloc(DRAWN, SIZE);
    ck_assert_ptr_nonnull(texts);
    for (int tongue = 0; tongue < INB_TONGUE_COUNT; tongue++) {
        for (uint64_t i = 0; i < DRAWN; i++) {
            inb_rng rng = inb_rng_make(11, i);
            inb_rng again = inb_rng_make(11, i);
            inb_made_name name;
            inb_made_name same;
            inb_made_name_draw((inb_tongue)tongue, i % 2 == 0, &rng, &name);
            inb_made_name_draw((inb_tongue)tongue, i % 2 == 0, &again, &same);
            INB_HOLDS(memcmp(&name, &same, sizeof name) == 0, "not the same again");
            snprintf(texts[i], SIZE, "%s %s %s", name.given, name.prefix, name.surname);
        }
        qsort(texts, DRAWN, SIZE, compare);
        size_t different = 1;
        for (size_t i = 1; i < DRAWN; i++) {
            different += strcmp(texts[i - 1], texts[i]) != 0;
        }
        // Vietnamese has few family names, as in life.
        size_t least = tongue == INB_TONGUE_VIETNAMESE ? 2000 : 4000;
        INB_HOLDS(different > least, "tongue %d: %zu different names", tongue, different);
        INB_HOLDS(different < DRAWN, "no namesakes in tongue %d", tongue);
    }
    free(texts);
    ck_assert_str_eq(inb_tongue_tag(INB_TONGUE_TIGRINYA), "ti");
}
INB_END

INB_TEST_MAIN("world/made_names", every_way_gives_a_text, every_bit_means_something,
    ukrainian_by_the_table_of_2010, other_tongues, kin, many_names_and_the_same_again)
