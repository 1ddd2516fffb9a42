// SPDX-License-Identifier: EUPL-1.2
// What holds of every told text: its length for every field, control characters, blanks, the map,
// lists as CSV writes them, and that a draft forgets.

#include "signal_i.h"

#include "base/alloc.h"
#include "inb_sweep.h"

static void place(const inb_draft *draft, inb_where where, size_t *line, size_t *column) {
    (void)draft;
    *line = where.field;
    *column = where.item == SIZE_MAX ? 1 : where.item + 10;
}

static inb_draft *new_draft(const char *map_text) {
    inb_map *map = NULL;
    inb_draft *draft = inb_alloc(1, sizeof *draft);
    ck_assert_ptr_nonnull(draft);
    INB_OK_IS(inb_map_parse("m", map_text, map_text == NULL ? 0 : strlen(map_text), &map, err));
    INB_OK_IS(inb_arena_new(0, &draft->arena, err));
    draft->name = "f";
    draft->map = map;
    draft->place = place;
    return draft;
}

static void free_draft(inb_draft *draft) {
    inb_map_free((inb_map *)draft->map);
    inb_arena_free(draft->arena);
    inb_free(draft);
}

static inb_where of(enum inb_field field) {
    return (inb_where){field, 0, SIZE_MAX, false};
}

static const char *take(inb_draft *draft, enum inb_field field, const char *text) {
    inb_cell cell = {0};
    INB_OK_IS(inb_draft_text(draft, of(field), text, strlen(text), &cell, err));
    return cell.text;
}

INB_TEST(lengths_of_every_field) {
    inb_draft *draft = new_draft(NULL);
    char *text = inb_alloc(INB_SIGNAL_TEXT_MOST + 2, 1);
    for (int i = 0; i < INB_FIELDS; i++) {
        const inb_field_info *info = &inb_field_list[i];
        bool list = (info->flags & (INB_IS_LIST | INB_IS_PAIRS)) != 0;
        char place_text[32];
        snprintf(place_text, sizeof place_text, "f:%d:1: found a ", i);
        for (size_t extra = 0; extra <= 1; extra++) {
            inb_cell cell = {0};
            inb_error err = INB_ERROR_INIT;
            memset(text, 'Q', info->most + extra);
            text[info->most + extra] = '\0';
            for (size_t at = 50; list && at < info->most; at += 50) {
                text[at] = ';';
            }
            inb_status status = (list ? inb_draft_list : inb_draft_text)(
                draft, of((enum inb_field)i), text, info->most + extra, &cell, &err);
            ck_assert_int_eq(status, extra == 0 ? INB_OK : INB_BAD_INPUT);
            if (extra == 1) {
                ck_assert_ptr_eq(strstr(err.message, place_text), err.message);
                ck_assert_ptr_nonnull(strstr(err.message, info->name));
                ck_assert_ptr_null(strchr(err.message, 'Q'));
                ck_assert(!inb_cell_told(&cell));
            } else {
                ck_assert(inb_cell_told(&cell));
            }
        }
    }
    inb_free(text);
    free_draft(draft);
}
INB_END

INB_TEST(control_characters) {
    inb_draft *draft = new_draft(NULL);
    for (int i = 0; i < INB_FIELDS; i++) {
        bool lines = (inb_field_list[i].flags & INB_IS_LINES) != 0;
        for (int c = 1; c < 0x80; c++) {
            char text[4] = {'a', (char)c, 'b', '\0'};
            inb_cell cell = {0};
            inb_error err = INB_ERROR_INIT;
            bool control = c < 0x20 || c == 0x7f;
            bool fine = !control || (lines && (c == '\t' || c == '\n' || c == '\r'));
            inb_status status = inb_draft_text(draft, of((enum inb_field)i), text, 3, &cell, &err);
            ck_assert_int_eq(status, fine ? INB_OK : INB_BAD_INPUT);
            ck_assert(fine || strstr(err.message, "control character") != NULL);
        }
    }
    free_draft(draft);
}
INB_END

INB_TEST(blanks) {
    inb_draft *draft = new_draft(NULL);
    ck_assert_str_eq(take(draft, INB_F_SOURCE_KIND, " \tschool \r\n"), "school");
    ck_assert_str_eq(take(draft, INB_F_SURNAME, " Jansen "), " Jansen "); // as it was written
    for (int i = 0; i < INB_FIELDS; i++) {
        ck_assert_ptr_null(take(draft, (enum inb_field)i, ""));
        ck_assert_ptr_null(take(draft, (enum inb_field)i, " \t\r\n "));
    }
    free_draft(draft);
}
INB_END

INB_TEST(mapped) {
    inb_draft *draft = new_draft("[values.person.age]\nonbekend =\nvolwassen = adult\n"
                                 "[values.roles]\nslachtoffer = possible_victim\n"
                                 "[values.observations]\nja = yes\nK1 = D1-01\n"
                                 "[values.person.ref]\nlang = "
                                 "a2345678901234567890123456789012345\n");
    inb_cell ref = {0}; // what the map gives is held to the same
    INB_FAILS(inb_draft_text(draft, of(INB_F_REF), "lang", 4, &ref, err), INB_BAD_INPUT,
        "more than 32 bytes");
    ck_assert_str_eq(take(draft, INB_F_AGE, " volwassen "), "adult");
    ck_assert_str_eq(take(draft, INB_F_AGE, "volwassene"), "volwassene");
    ck_assert_ptr_null(take(draft, INB_F_AGE, "onbekend"));
    ck_assert_str_eq(take(draft, INB_F_SEX, "volwassen"), "volwassen"); // another field
    inb_cell cell = {0};
    INB_OK_IS(inb_draft_list(draft, of(INB_F_ROLES), "slachtoffer; suspect", 20, &cell, err));
    ck_assert_uint_eq(cell.item_count, 2);
    ck_assert_str_eq(cell.items[0].code, "possible_victim");
    ck_assert_str_eq(cell.items[0].told, "slachtoffer");
    ck_assert_str_eq(cell.items[1].code, "suspect");
    cell = (inb_cell){0};
    INB_OK_IS(inb_draft_list(draft, of(INB_F_OBSERVATIONS), "K1 = ja", 7, &cell, err));
    ck_assert_str_eq(cell.items[0].code, "D1-01");
    ck_assert_str_eq(cell.items[0].answer, "yes");
    free_draft(draft);
}
INB_END

INB_TEST(lists) {
    inb_draft *draft = new_draft(NULL);
    static const struct {
        const char *text;
        const char *items; // "code=answer|"
    } cases[] = {{"", ""}, {";", ""}, {" ; ;", ""}, {"a", "a|"}, {"a;b", "a|b|"},
        {";a;;b; ", "a|b|"}, {" a = yes ;b=", "a=yes|b=|"}, {"a=b=c", "a=b=c|"}, {"=yes", "=yes|"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_cell cell = {0};
        char out[100] = "";
        INB_OK_IS(inb_draft_list(
            draft, of(INB_F_OBSERVATIONS), cases[i].text, strlen(cases[i].text), &cell, err));
        for (size_t j = 0; j < cell.item_count; j++) {
            size_t used = strlen(out);
            snprintf(out + used, sizeof out - used, "%s%s%s|", cell.items[j].code,
                cell.items[j].answer == NULL ? "" : "=",
                cell.items[j].answer == NULL ? "" : cell.items[j].answer);
        }
        ck_assert_str_eq(out, cases[i].items);
        ck_assert_int_eq(inb_cell_told(&cell), cases[i].items[0] != '\0');
    }
    inb_cell cell = {0};
    INB_OK_IS(inb_draft_list(draft, of(INB_F_ROLES), "a=yes", 5, &cell, err)); // no pairs here
    ck_assert_str_eq(cell.items[0].code, "a=yes");
    char many[1100];
    memset(many, ';', sizeof many);
    many[511] = '\0';
    INB_OK_IS(inb_draft_list(draft, of(INB_F_OBSERVATIONS), many, 511, &cell, err));
    many[511] = ';';
    INB_FAILS(inb_draft_list(draft, of(INB_F_OBSERVATIONS), many, 512, &cell, err), INB_BAD_INPUT,
        "more than 512 items");
    char code[70];
    memset(code, 'x', sizeof code);
    INB_OK_IS(inb_draft_list(draft, of(INB_F_OBSERVATIONS), code, 64, &cell, err));
    memcpy(code, "a;", 2);
    INB_FAILS(inb_draft_list(draft, of(INB_F_OBSERVATIONS), code, 67, &cell, err), INB_BAD_INPUT,
        ":11: found an item of more than 64 bytes"); // the second item
    free_draft(draft);
}
INB_END

INB_TEST(a_draft_forgets) {
    inb_draft *draft = new_draft(NULL);
    draft->persons[0].cells[0].text = "a";
    draft->persons[1].cells[2].text = "b"; // begun, not counted
    draft->person_count = 1;
    draft->party_count = 3;
    draft->signal[INB_F_TEXT].text = "c";
    draft->line = 7;
    inb_draft_count(draft, INB_F_NAME, "123456782", 9);
    inb_draft_reset(draft);
    ck_assert_ptr_null(draft->persons[0].cells[0].text);
    ck_assert_ptr_null(draft->persons[1].cells[2].text);
    ck_assert_ptr_null(draft->signal[INB_F_TEXT].text);
    ck_assert_uint_eq(draft->person_count + draft->party_count + draft->line, 0);
    ck_assert_uint_eq(draft->citizen[INB_F_NAME].passing, 1); // of the whole file
    free_draft(draft);
}
INB_END

INB_TEST(cells_of_fields) {
    inb_draft *draft = new_draft(NULL);
    for (int i = 0; i < INB_FIELDS; i++) { // each but parties has one of its own
        inb_where where = {(enum inb_field)i, 2, SIZE_MAX, false};
        inb_cell *cell = inb_draft_cell(draft, where);
        inb_cell *expected = i < INB_FIELDS_OF_SIGNAL ? &draft->signal[i]
                             : i < INB_F_PARTY_KIND   ? &draft->persons[2].cells[i - INB_F_REF]
                             : i == INB_F_PARTY_KIND  ? &draft->parties[2].kind
                             : strstr(inb_field_list[i].name, "kvk") != NULL
                                 ? &draft->parties[2].kvk
                                 : &draft->parties[2].value;
        ck_assert_ptr_eq(cell, expected);
    }
    free_draft(draft);
}
INB_END

INB_TEST_MAIN("1_observe/signal_draft", lengths_of_every_field, control_characters, blanks, mapped,
    lists, a_draft_forgets, cells_of_fields)
