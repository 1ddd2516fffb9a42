// SPDX-License-Identifier: EUPL-1.2
// Reads the assumption sheet with inih, line by line so that each complaint has its place, and
// turns gaps and answers that speak against the method into sentences.

#include <inbeeld/sheet.h>

#include "base/alloc.h"
#include "base/json.h"

#include <ini.h>
#include <string.h>
#include <strings.h>

enum { MOST_FILE = 1 << 20, WARNINGS_PER_LIST = 4, WARNINGS_BESIDE = 2 };

const char *inb_sheet_key(inb_sheet_field field) {
#define KEY(number, key, what) key,
    static const char *const keys[] = {INB_SHEET_FIELDS(KEY)};
#undef KEY
    return keys[field];
}

// What is read, while it is read.
struct reader {
    const char *name;
    const char *rest; // of the text
    size_t left;
    size_t line; // of the last that inih took
    inb_sheet *sheet;
    inb_status status;
    inb_error *err;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the assumption sheet");
}

// ---- reading ----

// inih's stream: one line into text[size], longer ones in pieces; NULL at the end.
static char *next_line(char *text, int size, void *stream) {
    struct reader *reader = stream;
    if (reader->left == 0) {
        return NULL;
    }
    const char *end = memchr(reader->rest, '\n', reader->left);
    size_t length = end == NULL ? reader->left : (size_t)(end - reader->rest) + 1;
    if (length > (size_t)size - 1) {
        reader->status =
            inb_fail(reader->err, INB_BAD_INPUT, "%s:%zu:1: found a line of more than %d bytes",
                reader->name, reader->line + 1, size - 1);
        return NULL;
    }
    memcpy(text, reader->rest, length);
    text[length] = '\0';
    reader->rest += length;
    reader->left -= length;
    reader->line++;
    return text;
}

static size_t find_list(const inb_sheet *sheet, const char *name) {
    size_t j = 0;
    while (j < sheet->list_count && strcmp(sheet->lists[j], name) != 0) {
        j++;
    }
    return j;
}

static inb_status take(
    struct reader *reader, const char *section, const char *key, const char *value) {
    inb_sheet *sheet = reader->sheet;
    size_t list = find_list(sheet, section);
    if (list == sheet->list_count) {
        return inb_fail(reader->err, INB_BAD_INPUT,
            "%s:%zu:1: found a section that is no list of the table, expected [%s] or another list",
            reader->name, reader->line, sheet->lists[0]);
    }
    size_t field = 0;
    while (
        field < INB_SHEET_FIELD_COUNT && strcmp(key, inb_sheet_key((inb_sheet_field)field)) != 0) {
        field++;
    }
    if (field == INB_SHEET_FIELD_COUNT) {
        return inb_fail(reader->err, INB_BAD_INPUT,
            "%s:%zu:1: found an unknown key, expected reference_period, case_definition, "
            "overcoverage, fed_by or same_person",
            reader->name, reader->line);
    }
    const char **place = &sheet->sheets[list].values[field];
    if (*place != NULL) {
        return inb_fail(reader->err, INB_BAD_INPUT, "%s:%zu:1: found %s of this list twice",
            reader->name, reader->line, key);
    }
    *place = inb_arena_text(sheet->arena, value, strlen(value));
    return *place == NULL ? no_memory(reader->err) : INB_OK;
}

// inih's handler: 0 stops.
static int take_pair(void *user, const char *section, const char *key, const char *value) {
    struct reader *reader = user;
    if (reader->status == INB_OK) {
        reader->status = take(reader, section, key, value);
    }
    return reader->status == INB_OK;
}

// ---- sentences ----

struct writer {
    inb_sheet *sheet;
    inb_warning *list;
    size_t count;
    inb_buffer text;
};

static inb_status warn(struct writer *writer, const char *code, inb_error *err) {
    INB_TRY(inb_buffer_check(&writer->text, err));
    const char *text =
        inb_arena_text(writer->sheet->arena, inb_buffer_get(&writer->text), writer->text.length);
    if (text == NULL) {
        return no_memory(err);
    }
    writer->list[writer->count++] = (inb_warning){code, text};
    inb_buffer_reset(&writer->text);
    return INB_OK;
}

static bool is_gap(const char *value) {
    return value == NULL || value[0] == '\0' || strcmp(value, "?") == 0;
}

static bool says(const char *value, const char *word) {
    return strcasecmp(value, word) == 0;
}

static inb_status warn_of_gaps(struct writer *writer, size_t j, inb_error *err) {
    static const char *const meanings[] = {"in which period people came onto it",
        "whom it takes in", "whether people are on it who should not be",
        "whether another list feeds it", "how someone of an earlier year is counted"};
    size_t gaps = 0;
    for (size_t f = 0; f < INB_SHEET_FIELD_COUNT; f++) {
        if (is_gap(writer->sheet->sheets[j].values[f])) {
            if (gaps == 0) {
                inb_buffer_format(
                    &writer->text, "the sheet does not say of list %s: ", writer->sheet->lists[j]);
            }
            inb_buffer_format(&writer->text, "%s%s", gaps > 0 ? "; " : "", meanings[f]);
            gaps++;
        }
    }
    return gaps > 0 ? warn(writer, "sheet_gap", err) : INB_OK;
}

static inb_status warn_of_answers(struct writer *writer, size_t j, inb_error *err) {
    const char *list = writer->sheet->lists[j];
    const char *const *values = writer->sheet->sheets[j].values;
    if (!is_gap(values[INB_SHEET_OVERCOVERAGE]) && !says(values[INB_SHEET_OVERCOVERAGE], "none")) {
        inb_buffer_format(&writer->text,
            "list %s holds people who should not be on it: each of them counts as several who were "
            "not seen",
            list);
        INB_TRY(warn(writer, "sheet_overcoverage", err));
    }
    if (!is_gap(values[INB_SHEET_FED_BY]) && !says(values[INB_SHEET_FED_BY], "none")) {
        inb_buffer_format(&writer->text,
            "list %s is fed by another (%s): they depend on each other by the way people come onto "
            "them, so the model has to hold that dependence, whatever the data say",
            list, values[INB_SHEET_FED_BY]);
        INB_TRY(warn(writer, "sheet_fed", err));
    }
    if (!is_gap(values[INB_SHEET_SAME_PERSON]) && !says(values[INB_SHEET_SAME_PERSON], "once")) {
        inb_buffer_format(&writer->text,
            "on list %s someone can be counted again in another year: over several years the "
            "number "
            "is not one of persons",
            list);
        INB_TRY(warn(writer, "sheet_same_person", err));
    }
    return INB_OK;
}

// Whether two lists say different things in a field in which all have to say the same.
static bool differ(const inb_sheet *sheet, inb_sheet_field field) {
    const char *first = NULL;
    for (size_t j = 0; j < sheet->list_count; j++) {
        const char *value = sheet->sheets[j].values[field];
        if (!is_gap(value) && first != NULL && strcmp(first, value) != 0) {
            return true;
        }
        first = first == NULL && !is_gap(value) ? value : first;
    }
    return false;
}

static inb_status write_warnings(inb_sheet *sheet, inb_error *err) {
    struct writer writer = {.sheet = sheet, .text = INB_BUFFER_INIT((size_t)1 << 20)};
    writer.list = inb_arena_get(
        sheet->arena, WARNINGS_PER_LIST * sheet->list_count + WARNINGS_BESIDE, sizeof *writer.list);
    inb_status status = writer.list == NULL ? no_memory(err) : INB_OK;
    for (size_t j = 0; status == INB_OK && j < sheet->list_count; j++) {
        status = warn_of_gaps(&writer, j, err);
        status = status == INB_OK ? warn_of_answers(&writer, j, err) : status;
    }
    if (status == INB_OK && differ(sheet, INB_SHEET_PERIOD)) {
        inb_buffer_text(&writer.text,
            "the lists are not of the same period: someone can be missing from one because it was "
            "not kept then, which looks like being hidden");
        status = warn(&writer, "sheet_periods", err);
    }
    if (status == INB_OK && differ(sheet, INB_SHEET_DEFINITION)) {
        inb_buffer_text(&writer.text,
            "the lists do not take in the same people: who belongs on one and not on another looks "
            "as if not seen there");
        status = warn(&writer, "sheet_definitions", err);
    }
    inb_buffer_clear(&writer.text);
    sheet->warnings = writer.list;
    sheet->warning_count = writer.count;
    return status;
}

// ---- the door ----

static inb_status own_lists(inb_sheet *sheet, const inb_histories *histories, inb_error *err) {
    sheet->list_count = histories->list_count;
    sheet->lists = inb_arena_get(sheet->arena, histories->list_count, sizeof *sheet->lists);
    sheet->sheets = inb_arena_get(sheet->arena, histories->list_count, sizeof *sheet->sheets);
    if (sheet->lists == NULL || sheet->sheets == NULL) {
        return no_memory(err);
    }
    for (size_t j = 0; j < histories->list_count; j++) {
        const char *list = histories->lists[j];
        sheet->lists[j] = inb_arena_text(sheet->arena, list, strlen(list));
        if (sheet->lists[j] == NULL) {
            return no_memory(err);
        }
    }
    return INB_OK;
}

inb_status inb_sheet_read_memory(const char *name, const char *data, size_t length,
    const inb_histories *histories, inb_sheet **ret_sheet, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new((size_t)1 << 26, &arena, err));
    inb_sheet *sheet = inb_arena_get(arena, 1, sizeof *sheet);
    if (sheet == NULL) {
        return no_memory(err);
    }
    sheet->arena = arena;
    INB_TRY(own_lists(sheet, histories, err));
    if (memchr(data, '\0', length) != NULL) {
        return inb_fail(err, INB_BAD_INPUT, "%s:1:1: found a zero byte, expected text", name);
    }
    struct reader reader = {name, data, length, 0, sheet, INB_OK, err};
    int line = ini_parse_stream(next_line, &reader, take_pair, &reader);
    INB_TRY(reader.status);
    if (line != 0) {
        return inb_fail(err, line < 0 ? INB_NO_MEMORY : INB_BAD_INPUT,
            "%s:%d:1: found neither [LIST] nor key = value", name, line < 0 ? 1 : line);
    }
    INB_TRY(write_warnings(sheet, err));
    (void)INB_TAKE(arena);
    *ret_sheet = sheet;
    return INB_OK;
}

inb_status inb_sheet_read(
    const char *path, const inb_histories *histories, inb_sheet **ret_sheet, inb_error *err) {
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    INB_TRY(inb_read_file(path, MOST_FILE, &text, &length, err));
    return inb_sheet_read_memory(path, text, length, histories, ret_sheet, err);
}

void inb_sheet_json(const inb_sheet *sheet, inb_buffer *out) {
    inb_buffer_char(out, '[');
    for (size_t j = 0; j < sheet->list_count; j++) {
        inb_buffer_text(out, j > 0 ? ",{\"list\":" : "{\"list\":");
        inb_buffer_json(out, sheet->lists[j]);
        for (size_t f = 0; f < INB_SHEET_FIELD_COUNT; f++) {
            const char *value = sheet->sheets[j].values[f];
            inb_buffer_format(out, ",\"%s\":", inb_sheet_key((inb_sheet_field)f));
            if (is_gap(value)) {
                inb_buffer_text(out, "null");
            } else {
                inb_buffer_json(out, value);
            }
        }
        inb_buffer_char(out, '}');
    }
    inb_buffer_char(out, ']');
}

void inb_sheet_free(inb_sheet *sheet) {
    if (sheet != NULL) {
        inb_arena_free(sheet->arena);
    }
}

void inb_sheet_freep(inb_sheet **sheet) {
    inb_sheet_free(*sheet);
    *sheet = NULL;
}
