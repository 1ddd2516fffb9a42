// SPDX-License-Identifier: EUPL-1.2
// Encoded lists on the command line of `inbeeld link`: recognised by their first bytes, never mixed
// with plain ones.

#include "link_encoded.h"

#include "base/alloc.h"

#include <string.h>

inb_status inb_link_is_encoded(const inb_arguments *arguments, bool *ret_encoded, inb_error *err) {
    size_t encoded = 0;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        encoded += inb_encoded_is(arguments->operands[i]) ? 1 : 0;
    }
    if (encoded != 0 && encoded != arguments->operand_count) {
        return inb_fail(
            err, INB_BAD_INPUT, "found encoded lists among plain ones, expected all of one kind");
    }
    static const char *const plain_only[] = {
        "group", "explain", "config", "draws", "draws-out", "undo"};
    for (size_t i = 0; encoded != 0 && i < sizeof plain_only / sizeof plain_only[0]; i++) {
        if (inb_given(arguments, plain_only[i])) {
            return inb_fail(err, INB_USAGE, "option '--%s' needs plain lists, found encoded ones",
                plain_only[i]);
        }
    }
    *ret_encoded = encoded != 0;
    return INB_OK;
}

struct lists {
    inb_encoded *lists;
    size_t count;
};

static void lists_clear(struct lists *lists) {
    for (size_t i = 0; lists->lists != NULL && i < lists->count; i++) {
        inb_encoded_clear(&lists->lists[i]);
    }
    inb_free(lists->lists);
}

inb_status inb_link_encoded_files(const inb_arguments *arguments, const inb_link_options *options,
    inb_people **ret_people, inb_linked **ret_linked, inb_buffer *ret_text, inb_error *err) {
    INB_CLEANUP(lists_clear) struct lists lists = {.count = arguments->operand_count};
    lists.lists = inb_alloc(lists.count, sizeof *lists.lists);
    if (lists.lists == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for encoded lists");
    }
    for (size_t i = 0; i < lists.count; i++) {
        INB_TRY(inb_encoded_read(arguments->operands[i], &lists.lists[i], err));
    }
    INB_TRY(inb_link_encoded(
        arguments->operands, lists.lists, lists.count, options, ret_people, ret_linked, err));
    if (inb_given(arguments, "json")) {
        inb_linked_json(*ret_linked, ret_text);
        inb_buffer_char(ret_text, '\n');
    } else {
        inb_linked_encoded_text(*ret_linked, &lists.lists[0].about, ret_text);
    }
    return inb_buffer_check(ret_text, err);
}
