// SPDX-License-Identifier: EUPL-1.2
// A signal as it was told: where each text goes and what holds for every one of them, whatever its
// meaning (length, control characters, blanks, the map). No complaint here shows a value.

#include "signal_i.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MOST_ITEMS = 512, MOST_CODE = 64 };

void inb_draft_reset(inb_draft *draft) {
    inb_arena_reset(draft->arena);
    memset(draft->signal, 0, sizeof draft->signal);
    // One more than are counted: the last one may have been begun.
    size_t begun = draft->person_count + 1;
    memset(draft->persons, 0, begun * sizeof draft->persons[0]);
    draft->person_count = 0;
    draft->party_count = 0;
    draft->line = 0;
    draft->column = 0;
}

inb_status inb_draft_fail(
    const inb_draft *draft, inb_where where, inb_error *err, const char *format, ...) {
    char text[INB_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t line = draft->line;
    size_t column = draft->column;
    if (where.field != INB_F_NONE) {
        draft->place(draft, where, &line, &column);
    }
    return inb_fail(err, INB_BAD_INPUT, "%s:%zu:%zu: %s", draft->name, line, column,
        length < 0 ? "wrong" : text);
}

inb_status inb_draft_no_memory(const inb_draft *draft, inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory for a signal", draft->name);
}

inb_cell *inb_draft_cell(inb_draft *draft, inb_where where) {
    if (where.field < INB_FIELDS_OF_SIGNAL) {
        return &draft->signal[where.field];
    }
    if (where.field < INB_F_PARTY_KIND) {
        return &draft->persons[where.index].cells[where.field - INB_F_REF];
    }
    inb_draft_party *party = &draft->parties[where.index];
    return where.field == INB_F_PARTY_KIND ? &party->kind
           : where.field == INB_F_KVK || where.field == INB_F_AGENCY_KVK ||
                   where.field == INB_F_EMPLOYER_KVK
               ? &party->kvk
               : &party->value;
}

void inb_draft_count(inb_draft *draft, enum inb_field field, const char *text, size_t length) {
    inb_citizen_add(&draft->citizen[field], text, length);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *length) {
    while (*length > 0 && is_blank(**text)) {
        (*text)++;
        (*length)--;
    }
    while (*length > 0 && is_blank((*text)[*length - 1])) {
        (*length)--;
    }
}

bool inb_cell_told(const inb_cell *cell) {
    return cell->text != NULL || cell->item_count > 0;
}

static bool has_control(const char *text, size_t length, bool lines) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && !(lines && is_blank((char)c))) || c == 0x7f) {
            return true;
        }
    }
    return false;
}

inb_status inb_draft_text(inb_draft *draft, inb_where where, const char *text, size_t length,
    inb_cell *cell, inb_error *err) {
    const inb_field_info *info = &inb_field_list[where.field];
    const char *inner = text;
    size_t inner_length = length;
    trim(&inner, &inner_length);
    if (inner_length == 0) { // blanks alone tell nothing
        return INB_OK;
    }
    if ((info->flags & INB_IS_SEALED) == 0) { // a sealed text stays as it was written
        const char *ours = inb_map_value(draft->map, where.field, inner, inner_length);
        text = ours == NULL ? inner : ours;
        length = ours == NULL ? inner_length : strlen(ours);
        if (length == 0) {
            return INB_OK;
        }
    }
    if (length > info->most) {
        return inb_draft_fail(draft, where, err,
            "found a text of more than %zu bytes, expected a shorter one for '%s'", info->most,
            info->name);
    }
    if (has_control(text, length, (info->flags & INB_IS_LINES) != 0)) {
        return inb_draft_fail(draft, where, err,
            "found a control character, expected text without one for '%s'", info->name);
    }
    const char *copy = inb_arena_text(draft->arena, text, length);
    if (copy == NULL) {
        return inb_draft_no_memory(draft, err);
    }
    cell->text = copy;
    return INB_OK;
}

// A code or answer, trimmed and mapped; NULL where it tells nothing.
static inb_status take_code(inb_draft *draft, inb_where where, const char *text, size_t length,
    const char **ret_told, const char **ret_code, inb_error *err) {
    trim(&text, &length);
    if (length > MOST_CODE) {
        return inb_draft_fail(draft, where, err,
            "found an item of more than %d bytes, expected a code for '%s'", MOST_CODE,
            inb_field_list[where.field].name);
    }
    const char *ours = inb_map_value(draft->map, where.field, text, length);
    const char *told = inb_arena_text(draft->arena, text, length);
    if (told == NULL) {
        return inb_draft_no_memory(draft, err);
    }
    *ret_told = told;
    *ret_code = ours == NULL ? told : ours; // the map outlives the draft
    return INB_OK;
}

inb_status inb_draft_item(inb_draft *draft, inb_where where, const char *code, size_t code_length,
    const char *answer, size_t answer_length, inb_item *ret_item, inb_error *err) {
    inb_item item = {NULL, NULL, NULL};
    const char *told;
    INB_TRY(take_code(draft, where, code, code_length, &item.told, &item.code, err));
    if (answer != NULL) {
        INB_TRY(take_code(draft, where, answer, answer_length, &told, &item.answer, err));
    }
    *ret_item = item;
    return INB_OK;
}

inb_status inb_draft_list(inb_draft *draft, inb_where where, const char *text, size_t length,
    inb_cell *cell, inb_error *err) {
    const inb_field_info *info = &inb_field_list[where.field];
    trim(&text, &length);
    if (length == 0) {
        return INB_OK;
    }
    if (length > info->most) {
        return inb_draft_fail(draft, where, err,
            "found a list of more than %zu bytes, expected a shorter one for '%s'", info->most,
            info->name);
    }
    size_t most = 1;
    for (size_t i = 0; i < length; i++) {
        most += text[i] == ';' ? 1 : 0;
    }
    if (most > MOST_ITEMS) {
        return inb_draft_fail(draft, where, err,
            "found more than %d items, expected fewer for '%s'", MOST_ITEMS, info->name);
    }
    inb_item *items = inb_arena_get(draft->arena, most, sizeof *items);
    const char *copy = inb_arena_text(draft->arena, text, length);
    if (items == NULL || copy == NULL) {
        return inb_draft_no_memory(draft, err);
    }
    size_t count = 0;
    const char *end = copy + length;
    for (const char *at = copy; at <= end;) {
        const char *stop = memchr(at, ';', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        const char *item = at;
        size_t item_length = (size_t)(stop - at);
        trim(&item, &item_length);
        if (item_length > 0) {
            bool pairs = (info->flags & INB_IS_PAIRS) != 0;
            const char *equals = pairs ? memchr(item, '=', item_length) : NULL;
            size_t code_length = equals == NULL ? item_length : (size_t)(equals - item);
            size_t answer_length = equals == NULL ? 0 : item_length - code_length - 1;
            where.item = count;
            INB_TRY(inb_draft_item(draft, where, item, code_length,
                equals == NULL ? NULL : equals + 1, answer_length, &items[count], err));
            count++;
        }
        at = stop + 1;
    }
    cell->text = count == 0 ? NULL : copy;
    cell->items = items;
    cell->item_count = count;
    return INB_OK;
}
