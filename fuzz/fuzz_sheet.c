// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of the assumption sheet: any bytes give a sheet with its warnings, or a complaint with a
// line.

#include "base/alloc.h"

#include <inbeeld/sheet.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const lists[] = {"a", "b"};
    static const int64_t counts[] = {0, 3, 2, 1};
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    INB_CLEANUP(inb_sheet_freep) inb_sheet *sheet = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT((size_t)1 << 26);
    INB_CLEANUP(inb_freep) char *copy = inb_alloc(size, 1);
    inb_error err = INB_ERROR_INIT;
    demand(copy != NULL);
    memcpy(copy, data, size);
    demand(inb_histories_from_counts(lists, 2, counts, &histories, &err) == INB_OK);
    inb_status status = inb_sheet_read_memory("f", copy, size, histories, &sheet, &err);
    if (status != INB_OK) {
        demand(sheet == NULL && strncmp(err.message, "f:", 2) == 0);
        return 0;
    }
    for (size_t i = 0; i < sheet->warning_count; i++) {
        demand(sheet->warnings[i].code[0] != '\0' && sheet->warnings[i].text[0] != '\0');
    }
    inb_sheet_json(sheet, &out);
    demand(inb_buffer_check(&out, &err) == INB_OK);
    return 0;
}
