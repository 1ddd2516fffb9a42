// SPDX-License-Identifier: EUPL-1.2
// Levels of agreement of names of this field: a table of pairs, made up, with the level that each
// should have; symmetry on many pairs; and the assignment against all orders tried one by one.

#include "name_form.h"

#include <inbeeld/rng.h>

#include "inb_test.h"

#include <stdio.h>
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

static const inb_name_form *form(inb_name_kind kind, const char *text) {
    const inb_name_form *made = NULL;
    INB_OK_IS(inb_name_form_make(reader, kind, text, strlen(text), arena, &made, err));
    return made;
}

typedef struct pair {
    const char *a, *b;
    inb_name_level level;
} pair;

static void check_pairs(inb_name_kind kind, const pair *pairs, size_t count) {
    begin();
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const inb_name_form *a = form(kind, pairs[i].a);
        const inb_name_form *b = form(kind, pairs[i].b);
        ck_assert(a != NULL && b != NULL);
        inb_name_level level = inb_name_compare(a, b);
        ck_assert_int_eq(level, inb_name_compare(b, a));
        if (level != pairs[i].level) {
            wrong++;
            printf("# %s / %s: %s, expected %s\n", pairs[i].a, pairs[i].b,
                inb_name_level_code(level), inb_name_level_code(pairs[i].level));
        }
        if (level < INB_NAME_NEAR || level == INB_NAME_SKELETON) {
            ck_assert_msg(!inb_name_apart(a, b), "%s %s", pairs[i].a, pairs[i].b);
        }
    }
    ck_assert_uint_eq(wrong, 0);
    end();
}

#define CHECK(kind, pairs) check_pairs(kind, pairs, sizeof(pairs) / sizeof((pairs)[0]))

INB_TEST(surnames) {
    static const pair pairs[] = {
        {"Kowalski", "KOWALSKI", INB_NAME_EXACT},
        {"Wałęsa", "Walesa", INB_NAME_EXACT},
        {"Ковальчук", "Kovalchuk", INB_NAME_EXACT},
        {"Ковальчук", "Kowaltschuk", INB_NAME_SAME}, // German
        {"Ковальчук", "Kovaltsjoek", INB_NAME_SAME}, // Dutch
        {"Ковальчук", "Kovaltchouk", INB_NAME_SAME}, // French
        {"Гончаренко", "Goncharenko", INB_NAME_SAME},
        {"Щербак", "Szczerbak", INB_NAME_SAME},
        {"Шевченко", "Schewtschenko", INB_NAME_SAME},
        {"Kovalska", "Kovalskyi", INB_NAME_SAME},
        {"Ковальська", "Kovalsky", INB_NAME_SAME},
        {"Иванова", "Ivanov", INB_NAME_SAME},
        {"Ivanoff", "Ivanova", INB_NAME_SAME},
        {"Nováková", "Novák", INB_NAME_SAME},
        {"Kazlauskas", "Kazlauskienė", INB_NAME_SAME},
        {"Kazlauskaitė", "Kazlauskienė", INB_NAME_SAME},
        {"Papadopoulou", "Papadopoulos", INB_NAME_SAME},
        {"van der Berg", "Berg", INB_NAME_SAME},
        {"van den Berg", "Vandenberg", INB_NAME_SAME},
        {"v.d. Berg", "van der Berg", INB_NAME_SAME},
        {"'t Haar", "Haar", INB_NAME_SAME},
        {"El Amrani", "Elamrani", INB_NAME_SAME},
        {"El Amrani", "Al-Amrani", INB_NAME_SAME},
        {"Al Amrani", "Elamrani", INB_NAME_SAME},
        {"Ben Ali", "Benali", INB_NAME_SAME},
        {"de Jong-Bakker", "Bakker", INB_NAME_PART},
        {"Bakker-de Jong", "de Jong - Bakker", INB_NAME_SWAPPED},
        {"Schmidt", "Schmitt", INB_NAME_SAME},
        {"Ștefănescu", "Stefanescu", INB_NAME_EXACT},
        {"Țăran", "Taran", INB_NAME_EXACT},
        {"Janssen", "Jansen", INB_NAME_SAME},
        {"Kovalenko", "Kovalemko", INB_NAME_NEAR},
        {"Kovalenko", "Kovalneko", INB_NAME_NEAR},
        {"Kovalenko", "Petrenko", INB_NAME_DIFFERENT},
        {"Bakker", "Visser", INB_NAME_DIFFERENT},
        {"حسين", "Hoessein", INB_NAME_SKELETON},
        {"الأسد", "al-Asad", INB_NAME_SKELETON},
        {"Kidane", "ኪዳነ", INB_NAME_EXACT},
        {"Yohannes", "ዮሃንስ", INB_NAME_SKELETON},
    };
    CHECK(INB_NAME_SURNAME, pairs);
}
INB_END

INB_TEST(given_names) {
    static const pair pairs[] = {
        {"Юлія", "Yuliia", INB_NAME_EXACT},
        {"Юлія", "Julia", INB_NAME_SAME},
        {"Юлія", "Iuliia", INB_NAME_SAME},
        {"Сергій", "Serhij", INB_NAME_SAME},
        {"Сергій", "Sergey", INB_NAME_NICKNAME},
        {"Ольга", "Olga", INB_NAME_SAME},
        {"Екатерина", "Yekaterina", INB_NAME_SAME},
        {"Екатерина", "Katya", INB_NAME_NICKNAME},
        {"Oleksandr", "Sasha", INB_NAME_NICKNAME},
        {"Микола", "Nikolai", INB_NAME_NICKNAME},
        {"Wilhelmus", "Wim", INB_NAME_NICKNAME},
        {"Johannes", "Jan", INB_NAME_NICKNAME},
        {"Mohammed", "Mohamed", INB_NAME_SAME},
        {"Mohammed", "محمد", INB_NAME_NICKNAME},
        {"Muhammad", "Mohamed", INB_NAME_NICKNAME},
        {"Youssef", "يوسف", INB_NAME_NICKNAME},
        {"Abdulrahman", "Abd al-Rahman", INB_NAME_SAME},
        {"Abderrahman", "Abdul Rahman", INB_NAME_SAME},
        {"Bouchra", "Boesjra", INB_NAME_SAME},
        {"Chaima", "Shayma", INB_NAME_SAME},
        {"Khadija", "Chadidja", INB_NAME_SAME},
        {"Salwa", "سلوى", INB_NAME_SKELETON},
        {"Anne-Marie", "Annemarie", INB_NAME_SAME},
        {"Anna Maria", "Maria Anna", INB_NAME_SWAPPED},
        {"Anna Maria", "Anna", INB_NAME_PART},
        {"J.", "Jan", INB_NAME_DIFFERENT}, // an initial alone is taken for the name
        {"Jan P.", "Jan Piet", INB_NAME_PART},
        {"Tesfay", "ተስፋይ", INB_NAME_EXACT},
        {"Gebre Kidane", "Gebrekidane", INB_NAME_SAME},
        {"Anna", "Pieter", INB_NAME_DIFFERENT},
        {"Daan", "Dean", INB_NAME_NEAR},
    };
    CHECK(INB_NAME_GIVEN, pairs);
}
INB_END

INB_TEST(whole_names) {
    static const pair pairs[] = {
        {"Ivan Petrovych Kovalenko", "Ivan Kovalenko", INB_NAME_SAME},
        {"Kovalenko, Ivan", "Ivan Kovalenko", INB_NAME_EXACT},
        {"Kovalenko Ivan", "Ivan Kovalenko", INB_NAME_SWAPPED},
        {"Tesfay Gebre Kidane", "Tesfay Gebre", INB_NAME_PART},
        {"Tesfay Gebre Kidane", "Gebre Tesfay Kidane", INB_NAME_SWAPPED},
        {"ተስፋይ ገብረ ኪዳነ", "Kidane Tesfay Gebre", INB_NAME_SWAPPED},
        {"Mykola Kovalenko", "Mykola Kovalenko alias Krot", INB_NAME_SAME},
        {"Krot", "Mykola Kovalenko alias Krot", INB_NAME_NICKNAME},
        {"Maria de Jong-Bakker", "Maria Bakker", INB_NAME_PART},
        {"Jan de Vries", "Piet Jansen", INB_NAME_DIFFERENT},
        {"Ahmed bin Ali", "Ahmed Ali", INB_NAME_SAME},
    };
    CHECK(INB_NAME_WHOLE, pairs);
}
INB_END

INB_TEST(crossed_columns) {
    begin();
    const inb_name_form *tesfay = form(INB_NAME_GIVEN, "Tesfay");
    const inb_name_form *gebre = form(INB_NAME_SURNAME, "Gebre Kidane");
    const inb_name_form *given = form(INB_NAME_GIVEN, "Gebre");
    const inb_name_form *surname = form(INB_NAME_SURNAME, "Tesfay");
    ck_assert_int_eq(inb_name_crossed(tesfay, gebre, given, surname), INB_NAME_SWAPPED);
    ck_assert_int_eq(inb_name_crossed(given, surname, tesfay, gebre), INB_NAME_SWAPPED);
    ck_assert_int_eq(inb_name_crossed(tesfay, NULL, given, surname), INB_NAME_DIFFERENT);
    ck_assert_int_eq(inb_name_crossed(NULL, NULL, NULL, NULL), INB_NAME_DIFFERENT);
    const inb_name_form *other = form(INB_NAME_SURNAME, "Jansen");
    ck_assert_int_eq(inb_name_crossed(tesfay, other, given, surname), INB_NAME_DIFFERENT);
    end();
}
INB_END

// The best number of matched parts by trying every order, beside the level that was given.
static size_t most_pairs(const inb_name_form *a, const inb_name_form *b, size_t i, unsigned taken) {
    if (i == a->starts[1]) {
        return 0;
    }
    size_t best = most_pairs(a, b, i + 1, taken);
    for (size_t k = 0; k < b->starts[1]; k++) {
        bool same = a->units[i].keys[0] == b->units[k].keys[0];
        if (same && (taken >> k & 1) == 0) {
            size_t with = 1 + most_pairs(a, b, i + 1, taken | 1U << k);
            best = with > best ? with : best;
        }
    }
    return best;
}

INB_TEST(assignment_against_all_orders) {
    begin();
    static const char *const words[] = {"bakelor", "dufimak", "gosetin", "hilvaro", "zupsken"};
    inb_rng rng = inb_rng_make(5, 0);
    for (int round = 0; round < 4000; round++) {
        char text[2][64];
        for (int side = 0; side < 2; side++) {
            text[side][0] = '\0';
            for (uint32_t many = 2 + inb_rng_below(&rng, 3); many > 0; many--) {
                strcat(text[side], words[inb_rng_below(&rng, 5)]);
                strcat(text[side], " ");
            }
        }
        const inb_name_form *a = form(INB_NAME_WHOLE, text[0]);
        const inb_name_form *b = form(INB_NAME_WHOLE, text[1]);
        size_t pairs = most_pairs(a, b, 0, 0);
        size_t na = a->starts[1];
        size_t nb = b->starts[1];
        inb_name_level expected = strcmp(a->letters, b->letters) == 0 ? INB_NAME_EXACT
                                  : pairs == na && pairs == nb        ? INB_NAME_SWAPPED
                                  : pairs > 1 || (pairs == 1 && (na == 1 || nb == 1))
                                      ? INB_NAME_PART
                                      : INB_NAME_DIFFERENT;
        inb_name_level level = inb_name_compare(a, b);
        INB_HOLDS(level == expected, "%s/ %s: %s, not %s", text[0], text[1],
            inb_name_level_code(level), inb_name_level_code(expected));
        inb_arena_reset(arena);
    }
    end();
}
INB_END

INB_TEST(symmetric) {
    begin();
    static const char *const words[] = {"anne", "marie", "annemarie", "van", "den", "berg",
        "vandenberg", "abd", "al", "rahman", "abdulrahman", "ivanova", "ivanov", "p", "petrovych",
        "gebre", "kidane", "gebrekidane", "(kolya)", "alias", "محمد", "юлія"};
    inb_rng rng = inb_rng_make(6, 0);
    for (int round = 0; round < 20000; round++) {
        const inb_name_form *made[2];
        char text[2][256];
        for (int side = 0; side < 2; side++) {
            text[side][0] = '\0';
            for (uint32_t many = 1 + inb_rng_below(&rng, 5); many > 0; many--) {
                strcat(text[side], words[inb_rng_below(&rng, sizeof words / sizeof words[0])]);
                strcat(text[side], " ");
            }
            made[side] = form(INB_NAME_WHOLE, text[side]);
        }
        if (made[0] != NULL && made[1] != NULL) {
            inb_name_level ab = inb_name_compare(made[0], made[1]);
            inb_name_level ba = inb_name_compare(made[1], made[0]);
            INB_HOLDS(ab == ba, "%s/ %s: %s, %s", text[0], text[1], inb_name_level_code(ab),
                inb_name_level_code(ba));
            INB_HOLDS(inb_name_compare(made[0], made[0]) == INB_NAME_EXACT, "itself");
        }
        inb_arena_reset(arena);
    }
    end();
}
INB_END

INB_TEST_MAIN("3_link/name_compare", surnames, given_names, whole_names, crossed_columns,
    assignment_against_all_orders, symmetric)
