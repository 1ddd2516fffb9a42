// SPDX-License-Identifier: EUPL-1.2
// CSV as a byte machine over a 64 kB window (RFC 4180). Invariant: `row` holds the NUL-ended fields
// of the current row one after another, `fields[i]` says where each begins and stood in the file.

#include "base/csv.h"

#include "base/alloc.h"
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

enum { WINDOW = 64 * 1024, NOT_A_BYTE = -1 };

struct field {
    size_t start; // in row
    size_t length;
    size_t line;
    size_t place;
};

struct inb_csv {
    char *name;
    FILE *file;         // NULL for memory
    const char *memory; // NULL for a file
    size_t memory_left;
    unsigned char *window;
    size_t window_used;
    size_t window_at;
    bool at_end;
    bool windows1252;
    char separator;
    size_t line;     // of the next byte
    size_t place;    // of the next byte, in characters
    bool after_cr;   // the last byte taken was a CR: an LF now belongs to the same line end
    uint64_t offset; // bytes taken
    bool whole;      // the current row was read up to its line end
    char *row;
    size_t row_length;
    size_t row_size;
    struct field *fields;
    size_t field_count;
    size_t field_size;
    char **columns;
    size_t column_count;
};

// ---- bytes ----

static inb_status refill(inb_csv *csv, inb_error *err) {
    if (csv->memory != NULL) {
        size_t take = csv->memory_left < WINDOW ? csv->memory_left : WINDOW;
        memcpy(csv->window, csv->memory, take);
        csv->memory += take;
        csv->memory_left -= take;
        csv->window_used = take;
    } else {
        csv->window_used = fread(csv->window, 1, WINDOW, csv->file);
        if (ferror(csv->file)) {
            return inb_fail(err, INB_IO, "%s: reading failed: %s", csv->name, strerror(errno));
        }
    }
    csv->window_at = 0;
    csv->at_end = csv->window_used == 0;
    return INB_OK;
}

// The next byte without taking it; NOT_A_BYTE at the end.
static inb_status peek(inb_csv *csv, int *ret_byte, inb_error *err) {
    if (csv->window_at == csv->window_used && !csv->at_end) {
        INB_TRY(refill(csv, err));
    }
    *ret_byte = csv->at_end ? NOT_A_BYTE : csv->window[csv->window_at];
    return INB_OK;
}

// Takes the byte that was peeked and keeps line and place.
static void take(inb_csv *csv, int byte) {
    csv->window_at++;
    csv->offset++;
    bool line_end = byte == '\r' || byte == '\n';
    if (line_end) { // an old single CR ends a line too
        csv->line += byte == '\n' && csv->after_cr ? 0 : 1;
        csv->place = 1;
    } else if (csv->windows1252 || (byte & 0xC0) != 0x80) { // a continuation byte is no character
        csv->place++;
    }
    csv->after_cr = byte == '\r';
}

static inb_status fail_at(
    const inb_csv *csv, size_t line, size_t place, inb_error *err, const char *text) {
    return inb_fail(err, INB_BAD_INPUT, "%s:%zu:%zu: %s", csv->name, line, place, text);
}

static inb_status put(inb_csv *csv, char c, inb_error *err) {
    if (csv->row_length + 1 > INB_CSV_MAX_ROW) {
        return fail_at(csv, csv->line, csv->place, err,
            "found a row of more than 16 MB, expected a shorter one (an unclosed quote?)");
    }
    if (csv->row_length == csv->row_size) {
        size_t size = csv->row_size == 0 ? 1024 : csv->row_size * 2;
        char *row = inb_realloc(csv->row, size, 1);
        if (row == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory for a row", csv->name);
        }
        csv->row = row;
        csv->row_size = size;
    }
    csv->row[csv->row_length++] = c;
    return INB_OK;
}

static inb_status put_byte(inb_csv *csv, int byte, inb_error *err) {
    if (byte == 0) {
        return fail_at(csv, csv->line, csv->place, err, "found a NUL byte, expected text");
    }
    if (!csv->windows1252 || byte < 0x80) {
        return put(csv, (char)byte, err);
    }
    char utf8[4];
    size_t width = inb_utf8_put(inb_windows1252((unsigned char)byte), utf8);
    for (size_t at = 0; at < width; at++) {
        INB_TRY(put(csv, utf8[at], err));
    }
    return INB_OK;
}

// ---- fields and rows ----

static inb_status begin_field(inb_csv *csv, inb_error *err) {
    if (csv->field_count == INB_CSV_MAX_COLUMNS) {
        return fail_at(csv, csv->line, csv->place, err,
            "found more than 4096 fields in a row, expected fewer");
    }
    if (csv->field_count == csv->field_size) {
        size_t size = csv->field_size == 0 ? 16 : csv->field_size * 2;
        struct field *fields = inb_realloc(csv->fields, size, sizeof *fields);
        if (fields == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory for a row", csv->name);
        }
        csv->fields = fields;
        csv->field_size = size;
    }
    csv->fields[csv->field_count++] = (struct field){csv->row_length, 0, csv->line, csv->place};
    return INB_OK;
}

// Where byte `at` of a field stands in the file; a quoted field is written out again in thought.
static void place_within(const inb_csv *csv, const struct field *field, bool quoted, size_t at,
    size_t *ret_line, size_t *ret_place) {
    const char *text = csv->row + field->start;
    size_t line = field->line;
    size_t place = field->place + (quoted ? 1 : 0);
    for (size_t i = 0; i < at; i++) {
        if (text[i] == '\r' || text[i] == '\n') {
            line += text[i] == '\n' && i > 0 && text[i - 1] == '\r' ? 0 : 1;
            place = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            place += text[i] == '"' ? 2 : 1; // a quote is written twice
        }
    }
    *ret_line = line;
    *ret_place = place;
}

static inb_status end_field(inb_csv *csv, bool quoted, inb_error *err) {
    struct field *field = &csv->fields[csv->field_count - 1];
    field->length = csv->row_length - field->start;
    INB_TRY(put(csv, '\0', err)); // also makes sure that there is a row to point into
    size_t bad = inb_utf8_valid(csv->row + field->start, field->length);
    if (bad != field->length) {
        size_t line;
        size_t place;
        place_within(csv, field, quoted, bad, &line, &place);
        return fail_at(csv, line, place, err,
            "found a byte that is not UTF-8, expected UTF-8 (or a Windows-1252 file)");
    }
    return INB_OK;
}

static bool is_line_end(int byte) {
    return byte == '\n' || byte == '\r' || byte == NOT_A_BYTE;
}

// After the opening quote was taken: up to and including the closing one.
static inb_status quoted(inb_csv *csv, inb_error *err) {
    size_t line = csv->line;
    size_t place = csv->place - 1;
    for (;;) {
        int byte;
        INB_TRY(peek(csv, &byte, err));
        if (byte == NOT_A_BYTE) {
            return fail_at(
                csv, line, place, err, "found a quote that is never closed, expected a closing \"");
        }
        if (byte == '"') {
            take(csv, byte);
            INB_TRY(peek(csv, &byte, err));
            if (byte != '"') {
                if (byte != csv->separator && !is_line_end(byte)) {
                    return fail_at(csv, csv->line, csv->place, err,
                        "found text after a closing quote, expected a separator or a line end");
                }
                return INB_OK;
            }
        }
        INB_TRY(put_byte(csv, byte, err)); // complains of this byte, so before it is taken
        take(csv, byte);
    }
}

static inb_status bare(inb_csv *csv, inb_error *err) {
    for (;;) {
        int byte;
        INB_TRY(peek(csv, &byte, err));
        if (byte == csv->separator || is_line_end(byte)) {
            return INB_OK;
        }
        if (byte == '"') {
            return fail_at(csv, csv->line, csv->place, err,
                "found a quote inside an unquoted field, expected the whole field in quotes");
        }
        INB_TRY(put_byte(csv, byte, err));
        take(csv, byte);
    }
}

static inb_status skip_line_end(inb_csv *csv, inb_error *err) {
    int byte;
    INB_TRY(peek(csv, &byte, err));
    if (byte == '\r') {
        take(csv, byte);
        INB_TRY(peek(csv, &byte, err));
    }
    if (byte == '\n') {
        take(csv, byte);
    }
    return INB_OK;
}

// One row into row and fields; *ret_more = false when there is none.
static inb_status read_row(inb_csv *csv, bool *ret_more, inb_error *err) {
    int byte;
    INB_TRY(peek(csv, &byte, err));
    while (byte == '\n' || byte == '\r') { // empty lines
        INB_TRY(skip_line_end(csv, err));
        INB_TRY(peek(csv, &byte, err));
    }
    if (byte == NOT_A_BYTE) {
        *ret_more = false;
        return INB_OK;
    }
    csv->row_length = 0;
    csv->field_count = 0;
    csv->whole = false;
    for (;;) {
        INB_TRY(begin_field(csv, err));
        INB_TRY(peek(csv, &byte, err));
        bool in_quotes = byte == '"';
        if (in_quotes) {
            take(csv, byte);
            INB_TRY(quoted(csv, err));
        } else {
            INB_TRY(bare(csv, err));
        }
        INB_TRY(end_field(csv, in_quotes, err));
        INB_TRY(peek(csv, &byte, err));
        if (byte != csv->separator) {
            break;
        }
        take(csv, byte);
    }
    INB_TRY(skip_line_end(csv, err));
    csv->whole = true;
    *ret_more = true;
    return INB_OK;
}

// ---- opening ----

// The separator is whichever of ',' and ';' the header row holds more of, outside quotes. Of a
// header row longer than the window, the part within it decides.
static void choose_separator(inb_csv *csv) {
    size_t commas = 0;
    size_t semicolons = 0;
    bool inside = false;
    bool begun = false; // empty lines before the header are skipped
    for (size_t at = csv->window_at; at < csv->window_used; at++) {
        unsigned char c = csv->window[at];
        bool line_end = c == '\n' || c == '\r';
        inside = c == '"' ? !inside : inside;
        if (!inside && line_end && begun) {
            break;
        }
        begun = begun || !line_end;
        commas += !inside && c == ',';
        semicolons += !inside && c == ';';
    }
    csv->separator = semicolons > commas ? ';' : ',';
}

// Reads a file once to see whether it is UTF-8 throughout, then rewinds.
static inb_status file_is_utf8(FILE *file, const char *name, bool *ret_utf8, inb_error *err) {
    INB_CLEANUP(inb_freep) char *window = inb_alloc(WINDOW, 1);
    if (window == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory to read", name);
    }
    size_t kept = 0;
    bool valid = true;
    for (;;) {
        size_t got = fread(window + kept, 1, WINDOW - kept, file);
        size_t length = kept + got;
        size_t good = inb_utf8_valid(window, length);
        kept = length - good;
        if (kept > 3 || (got == 0 && kept > 0)) { // more than a character cut in two
            valid = false;
            break;
        }
        if (got == 0) {
            break;
        }
        memmove(window, window + good, kept);
    }
    if (ferror(file) || fseek(file, 0, SEEK_SET) != 0) {
        return inb_fail(err, INB_IO, "%s: reading failed: %s", name, strerror(errno));
    }
    *ret_utf8 = valid;
    return INB_OK;
}

static inb_status read_header(inb_csv *csv, inb_error *err) {
    INB_TRY(refill(csv, err));
    if (csv->window_used >= 3 && memcmp(csv->window, "\xEF\xBB\xBF", 3) == 0) {
        csv->window_at = 3;
        csv->offset = 3;
        csv->windows1252 = false; // it says that it is UTF-8, so a wrong byte is a mistake
    }
    choose_separator(csv);
    bool more;
    INB_TRY(read_row(csv, &more, err));
    if (!more) {
        return fail_at(csv, 1, 1, err, "found an empty file, expected a header row");
    }
    csv->columns = inb_alloc(csv->field_count, sizeof *csv->columns);
    if (csv->columns == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory for the header", csv->name);
    }
    for (size_t i = 0; i < csv->field_count; i++) {
        size_t length = csv->fields[i].length;
        char *column = inb_alloc(length + 1, 1);
        if (column == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory for the header", csv->name);
        }
        memcpy(column, csv->row + csv->fields[i].start, length);
        csv->columns[csv->column_count++] = column;
        size_t earlier = inb_csv_find(csv, column);
        if (earlier != i) {
            return inb_csv_fail(csv, i, err,
                "found the same column name as in column %zu, expected each name once",
                earlier + 1);
        }
    }
    return INB_OK;
}

static inb_status new_csv(const char *name, inb_csv **ret_csv, inb_error *err) {
    inb_csv *csv = inb_alloc(1, sizeof *csv);
    if (csv != NULL) {
        csv->line = 1;
        csv->place = 1;
        csv->name = inb_alloc(strlen(name) + 1, 1);
        csv->window = inb_alloc(WINDOW, 1);
    }
    if (csv == NULL || csv->name == NULL || csv->window == NULL) {
        inb_csv_free(csv);
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory to read", name);
    }
    memcpy(csv->name, name, strlen(name));
    *ret_csv = csv;
    return INB_OK;
}

inb_status inb_csv_open(const char *path, inb_csv **ret_csv, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(new_csv(path, &csv, err));
    csv->file = fopen(path, "rb");
    if (csv->file == NULL) {
        return inb_fail(err, errno == ENOENT ? INB_BAD_INPUT : INB_IO, "%s: cannot be opened: %s",
            path, strerror(errno));
    }
    if (fseek(csv->file, 0, SEEK_SET) == 0) {
        bool utf8;
        INB_TRY(file_is_utf8(csv->file, path, &utf8, err));
        csv->windows1252 = !utf8;
    }
    INB_TRY(read_header(csv, err));
    *ret_csv = INB_TAKE(csv);
    return INB_OK;
}

inb_status inb_csv_open_memory(
    const char *name, const char *data, size_t length, inb_csv **ret_csv, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(new_csv(name, &csv, err));
    csv->memory = length == 0 ? "" : data; // NULL would mean a file
    csv->memory_left = length;
    csv->windows1252 = inb_utf8_valid(csv->memory, length) != length;
    INB_TRY(read_header(csv, err));
    *ret_csv = INB_TAKE(csv);
    return INB_OK;
}

void inb_csv_free(inb_csv *csv) {
    if (csv == NULL) {
        return;
    }
    if (csv->file != NULL) {
        (void)fclose(csv->file); // opened for reading: nothing can be lost
    }
    for (size_t i = 0; i < csv->column_count; i++) {
        inb_free(csv->columns[i]);
    }
    inb_free(csv->columns);
    inb_free(csv->fields);
    inb_free(csv->row);
    inb_free(csv->window);
    inb_free(csv->name);
    inb_free(csv);
}

void inb_csv_freep(inb_csv **csv) {
    inb_csv_free(*csv);
}

// ---- reading ----

size_t inb_csv_columns(const inb_csv *csv) {
    return csv->column_count;
}

const char *inb_csv_column(const inb_csv *csv, size_t column) {
    return csv->columns[column];
}

size_t inb_csv_find(const inb_csv *csv, const char *name) {
    for (size_t i = 0; i < csv->column_count; i++) {
        if (strcmp(csv->columns[i], name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

inb_status inb_csv_require(
    const inb_csv *csv, const char *name, size_t *ret_column, inb_error *err) {
    size_t column = inb_csv_find(csv, name);
    if (column == SIZE_MAX) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found no column '%s' in the header row, expected one", csv->name, name);
    }
    *ret_column = column;
    return INB_OK;
}

inb_status inb_csv_next(inb_csv *csv, bool *ret_more, inb_error *err) {
    bool more;
    INB_TRY(read_row(csv, &more, err));
    if (more && csv->field_count != csv->column_count) {
        return inb_csv_fail(csv, csv->field_count - 1, err,
            "found %zu fields in this row, expected %zu as in the header", csv->field_count,
            csv->column_count);
    }
    *ret_more = more;
    return INB_OK;
}

const char *inb_csv_field(const inb_csv *csv, size_t column) {
    return csv->row + csv->fields[column].start;
}

size_t inb_csv_length(const inb_csv *csv, size_t column) {
    return csv->fields[column].length;
}

size_t inb_csv_line(const inb_csv *csv, size_t column) {
    return csv->fields[column].line;
}

size_t inb_csv_place(const inb_csv *csv, size_t column) {
    return csv->fields[column].place;
}

size_t inb_csv_fields(const inb_csv *csv) {
    return csv->field_count;
}

bool inb_csv_whole(const inb_csv *csv) {
    return csv->whole;
}

uint64_t inb_csv_offset(const inb_csv *csv) {
    return csv->offset;
}

const char *inb_csv_name(const inb_csv *csv) {
    return csv->name;
}

inb_status inb_csv_fail(
    const inb_csv *csv, size_t column, inb_error *err, const char *format, ...) {
    char text[INB_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return fail_at(
        csv, csv->fields[column].line, csv->fields[column].place, err, length < 0 ? "wrong" : text);
}
