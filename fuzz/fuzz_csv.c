// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of the CSV reader: any bytes give rows or a complaint with a place; rows lie where they
// say they do; and what was read, written again with every field in quotes, reads back equal.

#include "base/csv.h"

#include "base/alloc.h"
#include "base/text.h"

#include <inbeeld/buffer.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void add_quoted(inb_buffer *out, const char *text, size_t length) {
    inb_buffer_char(out, '"');
    for (size_t i = 0; i < length; i++) {
        inb_buffer_add(out, text[i] == '"' ? "\"\"" : text + i, text[i] == '"' ? 2 : 1);
    }
    inb_buffer_char(out, '"');
}

// Everything that could be read, written again in quotes; the status of reading.
static inb_status rewrite(const char *data, size_t length, inb_buffer *out, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open_memory("f", data, length, &csv, err));
    size_t columns = inb_csv_columns(csv);
    demand(columns > 0 && columns <= INB_CSV_MAX_COLUMNS);
    for (size_t i = 0; i < columns; i++) {
        const char *name = inb_csv_column(csv, i);
        demand(inb_csv_find(csv, name) == i);
        inb_buffer_text(out, i == 0 ? "" : ",");
        add_quoted(out, name, strlen(name));
    }
    inb_buffer_char(out, '\n');
    size_t line = 1;
    size_t place = 0;
    for (;;) {
        bool more = false;
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return INB_OK;
        }
        for (size_t i = 0; i < columns; i++) {
            const char *field = inb_csv_field(csv, i);
            size_t bytes = inb_csv_length(csv, i);
            demand(strlen(field) == bytes && inb_utf8_valid(field, bytes) == bytes);
            // Fields stand one after another.
            demand(inb_csv_line(csv, i) > line ||
                   (inb_csv_line(csv, i) == line && inb_csv_place(csv, i) > place));
            line = inb_csv_line(csv, i);
            place = inb_csv_place(csv, i);
            inb_buffer_text(out, i == 0 ? "" : ",");
            add_quoted(out, field, bytes);
        }
        inb_buffer_char(out, '\n');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer once = INB_BUFFER_INIT((size_t)1 << 28);
    INB_CLEANUP(inb_buffer_clear) inb_buffer twice = INB_BUFFER_INIT((size_t)1 << 28);
    inb_error err = INB_ERROR_INIT;
    // A copy of the exact size, so that a byte read past the end is seen.
    INB_CLEANUP(inb_freep) char *copy = inb_alloc(size, 1);
    demand(copy != NULL);
    memcpy(copy, data, size);
    inb_status status = rewrite(copy, size, &once, &err);
    if (status != INB_OK) {
        demand(status == INB_BAD_INPUT && err.status == status);
        demand(
            strncmp(err.message, "f:", 2) == 0 && err.message[2] >= '1' && err.message[2] <= '9');
        return 0;
    }
    demand(inb_buffer_check(&once, NULL) == INB_OK);
    demand(rewrite(inb_buffer_get(&once), once.length, &twice, &err) == INB_OK);
    demand(once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0);
    return 0;
}
