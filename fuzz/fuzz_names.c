// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of values of persons and agencies: the text is cut at its first NUL, every exact value is
// made of each half and made again of itself, and the forms of both halves are compared both ways.

#include <inbeeld/agency.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

typedef bool (*way)(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]);

static void check_exact(const char *text, size_t length) {
    // Those of which the value is a way to write itself.
    static const way stable[] = {
        inb_exact_phone, inb_exact_kvk, inb_exact_vehicle, inb_exact_account};
    static const way others[] = {
        inb_exact_agency, inb_exact_address, inb_exact_handle, inb_exact_email, inb_phone_e164};
    char value[INB_EXACT_SIZE];
    for (size_t i = 0; i < sizeof stable / sizeof stable[0]; i++) {
        memset(value, '#', sizeof value);
        if (stable[i](text, length, value)) {
            char again[INB_EXACT_SIZE];
            demand(memchr(value, '\0', sizeof value) != NULL && value[0] != '\0');
            demand(stable[i](value, strlen(value), again) && strcmp(value, again) == 0);
        } else {
            demand(value[0] == '#'); // untouched
        }
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        memset(value, '#', sizeof value);
        bool made = others[i](text, length, value);
        demand(
            made ? memchr(value, '\0', sizeof value) != NULL && value[0] != '\0' : value[0] == '#');
    }
    inb_birth birth;
    if (inb_birth_parse(text, length, &birth)) {
        demand(birth.first <= birth.last);
        demand(inb_birth_compare(&birth, &birth) != INB_BIRTH_DIFFERENT);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static inb_name_reader *reader; // reading the tables once is enough
    static inb_arena *arena;
    inb_error err = INB_ERROR_INIT;
    if (reader == NULL) {
        demand(inb_name_reader_new(&reader, &err) == INB_OK);
        demand(inb_arena_new(0, &arena, &err) == INB_OK);
    }
    const char *text = (const char *)data;
    const char *cut = size == 0 ? NULL : memchr(text, '\0', size);
    size_t first = cut == NULL ? size : (size_t)(cut - text);
    size_t second = cut == NULL ? 0 : size - first - 1;
    const char *rest = cut == NULL ? text : cut + 1;
    check_exact(text, first);
    check_exact(rest, second);
    for (int kind = INB_NAME_GIVEN; kind <= INB_NAME_WHOLE; kind++) {
        const inb_name_form *a = NULL;
        const inb_name_form *b = NULL;
        demand(inb_name_form_make(reader, (inb_name_kind)kind, text, first, arena, &a, &err) ==
               INB_OK);
        demand(inb_name_form_make(reader, (inb_name_kind)kind, rest, second, arena, &b, &err) ==
               INB_OK);
        if (a != NULL && b != NULL) {
            inb_name_level level = inb_name_compare(a, b);
            demand(level == inb_name_compare(b, a));
            demand(inb_name_apart(a, b) == inb_name_apart(b, a));
            demand(inb_name_compare(a, a) == INB_NAME_EXACT);
            demand(inb_name_crossed(a, b, b, a) == inb_name_crossed(b, a, a, b));
        }
    }
    inb_arena_reset(arena);
    return 0;
}
