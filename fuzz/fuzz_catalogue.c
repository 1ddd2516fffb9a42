// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of the condition language: any text in the column `when` compiles or is refused at its
// place. What compiles can be asked of any facts, says the same when compiled again, and the
// opposite of one term is its negation.

#include "catalogue_i.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static const inb_catalogue *norm(void) {
    static inb_catalogue *catalogue;
    if (catalogue == NULL) {
        demand(inb_catalogue_load(NULL, &catalogue, NULL) == INB_OK);
    }
    return catalogue;
}

// A table of one rule, the text in quotes.
static inb_status compile(const char *before, const char *text, inb_arena *arena,
    inb_condition *ret_condition, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer table = INB_BUFFER_INIT((size_t)1 << 22);
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    inb_buffer_format(&table, "id,when\nx,\"%s", before);
    for (const char *c = text; *c != '\0'; c++) {
        inb_buffer_text(&table, *c == '"' ? "\"" : "");
        inb_buffer_char(&table, *c);
    }
    inb_buffer_text(&table, "\"\n");
    INB_TRY(inb_buffer_check(&table, err));
    INB_TRY(inb_csv_open_memory("f", table.data, table.length, &csv, err));
    bool more;
    INB_TRY(inb_csv_next(csv, &more, err));
    demand(more);
    return inb_condition_compile(norm(), arena, csv, 1, ret_condition, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    INB_CLEANUP(inb_freep) char *text = inb_alloc(size + 1, 1);
    demand(text != NULL);
    memcpy(text, data, size);
    inb_arena *arena;
    demand(inb_arena_new(0, &arena, NULL) == INB_OK);
    inb_condition once;
    inb_condition twice;
    inb_error err = INB_ERROR_INIT;
    inb_status status = compile("", text, arena, &once, &err);
    if (status != INB_OK) {
        demand(status == INB_BAD_INPUT && strncmp(err.message, "f:", 2) == 0);
    } else {
        demand(compile("", text, arena, &twice, &err) == INB_OK && once.count == twice.count);
        inb_set seen = {{0}};
        inb_set circumstances = {{0}};
        inb_context context = {.seen = &seen, .circumstances = &circumstances};
        for (int i = 0; i < 64; i++) { // facts made from the text itself
            uint64_t mix = UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(i + 1);
            seen.words[i % INB_SET_WORDS] ^= mix;
            circumstances.words[(i + 1) % INB_SET_WORDS] ^= mix;
            context.masks[i % INB_P_MASKS] ^= (uint32_t)(mix >> 32);
            inb_context_pack(&context);
            bool holds = inb_condition_holds(&once, &context);
            demand(holds == inb_condition_holds(&twice, &context));
            demand(text[strspn(text, " ")] != '\0' || holds);
        }
        if (text[0] != '\0' && strchr(text, '!') == NULL && strchr(text, ' ') == NULL) {
            inb_condition opposite;
            demand(compile("!", text, arena, &opposite, &err) == INB_OK);
            demand(
                inb_condition_holds(&opposite, &context) != inb_condition_holds(&once, &context));
        }
    }
    inb_arena_free(arena);
    return 0;
}
