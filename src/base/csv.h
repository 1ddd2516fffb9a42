// SPDX-License-Identifier: EUPL-1.2
// Reads CSV row by row in constant memory: RFC 4180 with comma or semicolon (decided by the header
// row), quoted line breaks, CR, LF or CRLF, UTF-8 with or without a byte order mark, or
// Windows-1252 (where there is no mark and the whole input is not valid UTF-8). Every complaint
// begins "file:line:column: ".
#ifndef INB_BASE_CSV_H
#define INB_BASE_CSV_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct inb_csv inb_csv;

// Opens a file and reads its header row. A file that cannot be read twice (a pipe) must be UTF-8.
// The name in complaints is `path`. Owner of *ret_csv: the caller.
inb_status inb_csv_open(const char *path, inb_csv **ret_csv, inb_error *err) INB_NODISCARD;

// The same over bytes in memory (borrowed until inb_csv_free); `name` is used in complaints.
inb_status inb_csv_open_memory(const char *name, const char *data, size_t length, inb_csv **ret_csv,
    inb_error *err) INB_NODISCARD;

// Accepts NULL.
void inb_csv_free(inb_csv *csv);
void inb_csv_freep(inb_csv **csv);

// Header: number of columns, name of one (borrowed from csv), and where a name stands
// (SIZE_MAX = not there).
size_t inb_csv_columns(const inb_csv *csv);
const char *inb_csv_column(const inb_csv *csv, size_t column);
size_t inb_csv_find(const inb_csv *csv, const char *name);

// As inb_csv_find, but a missing column is a failure that lists the columns expected.
inb_status inb_csv_require(
    const inb_csv *csv, const char *name, size_t *ret_column, inb_error *err) INB_NODISCARD;

// The next row; *ret_more = false at the end. Wholly empty lines are skipped. A row has exactly the
// header's number of fields, else it is a failure.
inb_status inb_csv_next(inb_csv *csv, bool *ret_more, inb_error *err) INB_NODISCARD;

// After a failure: whether the row was read up to its line end (it has the wrong number of fields),
// so that its fields can be looked at and inb_csv_next goes on with the next row.
bool inb_csv_whole(const inb_csv *csv);

// How many fields the current row has: as the header, but for a whole row that failed.
size_t inb_csv_fields(const inb_csv *csv);

// Bytes of the input up to and including the line end of the current row (or header row).
uint64_t inb_csv_offset(const inb_csv *csv);

// Field `column` of the current row: NUL-ended UTF-8, borrowed until the next inb_csv_next.
const char *inb_csv_field(const inb_csv *csv, size_t column);
size_t inb_csv_length(const inb_csv *csv, size_t column);

// Where the field starts: line of the file and column in characters, both from 1.
size_t inb_csv_line(const inb_csv *csv, size_t column);
size_t inb_csv_place(const inb_csv *csv, size_t column);

// Fails with "file:line:column: " before the message, at field `column` of the current row.
inb_status inb_csv_fail(const inb_csv *csv, size_t column, inb_error *err, const char *format, ...)
    INB_PRINTF(4, 5);

// The name in complaints, borrowed.
const char *inb_csv_name(const inb_csv *csv);

enum {
    INB_CSV_MAX_ROW = 16 * 1024 * 1024, // bytes in one row
    INB_CSV_MAX_COLUMNS = 4096
};

#endif
