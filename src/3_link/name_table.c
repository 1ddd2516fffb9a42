// SPDX-License-Identifier: EUPL-1.2
// Forms of names by number, with their marks in a table of their own: most pairs are told apart by
// four words of memory that lie beside each other.

#include "name_table.h"

#include "base/alloc.h"
#include "name_form.h"

#include <string.h>

struct inb_name_table {
    inb_name_reader *reader;
    inb_arena *arena;
    const inb_name_form **forms; // a word; NULL = nothing to compare
    uint64_t (*marks)[4];
    size_t size;
};

inb_status inb_name_table_new(inb_name_table **ret_table, inb_error *err) {
    INB_CLEANUP(inb_name_table_freep) inb_name_table *table = inb_alloc(1, sizeof *table);
    if (table == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the forms of names");
    }
    INB_TRY(inb_name_reader_new(&table->reader, err));
    INB_TRY(inb_arena_new(0, &table->arena, err));
    *ret_table = INB_TAKE(table);
    return INB_OK;
}

void inb_name_table_freep(inb_name_table **table) {
    if (*table != NULL) {
        inb_name_reader_free((*table)->reader);
        inb_arena_free((*table)->arena);
        inb_free((*table)->forms);
        inb_free((*table)->marks);
        inb_free(*table);
        *table = NULL;
    }
}

static inb_status make_room(inb_name_table *table, uint32_t code, inb_error *err) {
    if (code < table->size) {
        return INB_OK;
    }
    size_t size = table->size * 2 > code ? table->size * 2 : (size_t)code + 1024;
    const inb_name_form **forms = inb_realloc(table->forms, size, sizeof *forms);
    if (forms != NULL) {
        table->forms = forms;
    }
    uint64_t(*marks)[4] = forms == NULL ? NULL : inb_realloc(table->marks, size, sizeof *marks);
    if (marks == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the forms of names");
    }
    table->marks = marks;
    memset(forms + table->size, 0, (size - table->size) * sizeof *forms);
    memset(marks + table->size, 0, (size - table->size) * sizeof *marks);
    table->size = size;
    return INB_OK;
}

inb_status inb_name_table_add(
    inb_name_table *table, uint32_t code, const char *text, size_t length, inb_error *err) {
    INB_TRY(make_room(table, code, err));
    if (code == 0 || table->forms[code] != NULL) {
        return INB_OK;
    }
    // Given names and surnames share their words: a form of either is one of a whole name.
    INB_TRY(inb_name_form_make(
        table->reader, INB_NAME_WHOLE, text, length, table->arena, &table->forms[code], err));
    if (table->forms[code] != NULL) {
        memcpy(table->marks[code], table->forms[code]->marks, sizeof table->marks[code]);
    }
    return INB_OK;
}

inb_name_level inb_name_table_compare(const inb_name_table *table, uint32_t a, uint32_t b) {
    if (a >= table->size || b >= table->size) {
        return INB_NAME_DIFFERENT;
    }
    const uint64_t *x = table->marks[a];
    const uint64_t *y = table->marks[b];
    if (((x[0] & y[0]) | (x[1] & y[1]) | (x[2] & y[2]) | (x[3] & y[3])) == 0) {
        return INB_NAME_DIFFERENT; // a word without a form has no marks
    }
    return inb_name_compare(table->forms[a], table->forms[b]);
}
