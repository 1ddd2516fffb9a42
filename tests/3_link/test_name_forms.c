// SPDX-License-Identifier: EUPL-1.2
// Forms of names: what is left of a text, parts and particles, aliases, fillers, scripts without a
// table; bounded for any text, and whole when memory is refused.

#include "name_form.h"

#include <inbeeld/rng.h>

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

static const inb_name_form *form(inb_name_kind kind, const char *text) {
    const inb_name_form *made = NULL;
    INB_OK_IS(inb_name_form_make(reader, kind, text, strlen(text), arena, &made, err));
    return made;
}

static const char *letters(inb_name_kind kind, const char *text) {
    const inb_name_form *made = form(kind, text);
    return made == NULL ? "" : inb_name_letters(made);
}

INB_TEST(what_is_left) {
    begin();
    ck_assert_str_eq(letters(INB_NAME_WHOLE, "Dhr. Jan van der Berg"), "jan van der berg");
    ck_assert_str_eq(letters(INB_NAME_WHOLE, "Berg, Jan"), "jan berg");
    ck_assert_str_eq(letters(INB_NAME_SURNAME, "O'Brien"), "obrien");
    ck_assert_str_eq(letters(INB_NAME_SURNAME, "'t Haar"), "t haar");
    ck_assert_str_eq(letters(INB_NAME_GIVEN, "Anne-Marie"), "anne marie");
    ck_assert_str_eq(letters(INB_NAME_WHOLE, "Юлія Ковальчук"), "yuliia kovalchuk");
    ck_assert_str_eq(letters(INB_NAME_GIVEN, "Abdul Rahman"), "abdrahman");
    ck_assert_str_eq(letters(INB_NAME_GIVEN, "عبد الرحمن"), "abdrhmn");
    ck_assert_str_eq(letters(INB_NAME_SURNAME, "الأسد"), "al asd");
    ck_assert_str_eq(letters(INB_NAME_SURNAME, "van"), "van"); // nothing else: then it is the name
    end();
}
INB_END

INB_TEST(nothing_to_compare) {
    begin();
    static const char *const none[] = {
        "", " ", "-", "?", "onbekend", "N.N.", "NN", "xx", "123", "\xFF\xFE", "dhr.", "()"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        bool initials = strcmp(none[i], "N.N.") == 0; // two initials are a name
        ck_assert_msg((form(INB_NAME_WHOLE, none[i]) == NULL) != initials, "%zu", i);
    }
    end();
}
INB_END

INB_TEST(parts_and_variants) {
    begin();
    const inb_name_form *made = form(INB_NAME_WHOLE, "Mykola (Kolya) Kovalenko alias Krot");
    ck_assert_uint_eq(made->variants, 3);
    ck_assert_uint_eq(made->starts[1], 2); // mykola kovalenko
    ck_assert_uint_eq(made->starts[2], 3); // kolya
    ck_assert_uint_eq(made->starts[3], 4); // krot
    made = form(INB_NAME_WHOLE, "Ivan Petrovych Kovalenko");
    ck_assert_uint_eq(made->starts[1], 3);
    ck_assert(made->units[1].flags & INB_PART_OPTIONAL);
    made = form(INB_NAME_SURNAME, "Abramovich"); // alone it is the surname
    ck_assert(made->units[0].flags == 0);
    made = form(INB_NAME_GIVEN, "محمد");
    ck_assert(made->units[0].flags & INB_PART_BARE);
    made = form(INB_NAME_GIVEN, "J. Maria");
    ck_assert(made->units[0].flags & INB_PART_INITIAL);
    made = form(INB_NAME_WHOLE, "a b c d e f g h i j k l m n o p");
    ck_assert_uint_le(made->starts[1], INB_NAME_PARTS);
    end();
}
INB_END

INB_TEST(scripts_by_icu) {
    begin();
    ck_assert_str_eq(letters(INB_NAME_WHOLE, "Γιώργος Παπαδόπουλος"), "giorgos papadopoulos");
    ck_assert_str_eq(letters(INB_NAME_WHOLE, "გიორგი"), "giorgi");
    ck_assert(form(INB_NAME_WHOLE, "王伟") != NULL);
    end();
}
INB_END

// Any bytes at all give a form within its bounds.
INB_TEST(any_bytes) {
    begin();
    inb_rng rng = inb_rng_make(7, 0);
    static const char *const pieces[] = {"a", "van ", "abd ", "(", ")", "\"", ",", "/", "'", "-",
        " ", "\xD1\x8E", "\xD8\xA7\xD9\x84", "\xE1\x88\xB0", "\xFF", "alias ", "ova", "sch", ".",
        "\xCE\xB1", "9", "ovych", "B"};
    for (int round = 0; round < 20000; round++) {
        char text[600];
        size_t length = 0;
        uint32_t many = inb_rng_below(&rng, 40);
        for (uint32_t i = 0; i < many; i++) {
            const char *piece = pieces[inb_rng_below(&rng, sizeof pieces / sizeof pieces[0])];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        const inb_name_form *made = NULL;
        INB_OK_IS(inb_name_form_make(
            reader, (inb_name_kind)inb_rng_below(&rng, 3), text, length, arena, &made, err));
        if (made != NULL) {
            size_t size = strlen(made->letters);
            INB_HOLDS(size < INB_NAME_LETTERS, "round %d", round);
            INB_HOLDS(
                made->variants >= 1 && made->variants <= INB_NAME_VARIANTS, "round %d", round);
            for (size_t i = 0; i < made->starts[made->variants]; i++) {
                const inb_name_unit *unit = &made->units[i];
                INB_HOLDS(unit->at + unit->length <= size && unit->length > 0, "round %d", round);
                INB_HOLDS(unit->key_count >= 1, "round %d", round);
            }
        }
        inb_arena_reset(arena);
    }
    end();
}
INB_END

static inb_status once(inb_error *err) {
    INB_CLEANUP(inb_name_reader_freep) inb_name_reader *own = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *memory = NULL;
    INB_TRY(inb_arena_new(0, &memory, err));
    INB_TRY(inb_name_reader_new(&own, err));
    const inb_name_form *made;
    return inb_name_form_make(own, INB_NAME_WHOLE, "Jan de Vries", 12, memory, &made, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/name_forms", what_is_left, nothing_to_compare, parts_and_variants,
    scripts_by_icu, any_bytes, memory_refused)
