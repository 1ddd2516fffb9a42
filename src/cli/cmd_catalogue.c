// SPDX-License-Identifier: EUPL-1.2
// inbeeld catalogue check: every gap in the norm, one a line; exit 1 where there is one.

#include "cli/cli.h"

#include <inbeeld/weigh.h>

#include "base/alloc.h"

static const inb_option options[] = {{NULL, NULL, NULL, false}};

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count > 1) {
        return inb_fail(
            err, INB_USAGE, "found %zu folders, expected one at most", arguments->operand_count);
    }
    const char *dir = arguments->operand_count == 1 ? arguments->operands[0] : NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer gaps = INB_BUFFER_INIT((size_t)1 << 24);
    size_t count;
    INB_TRY(inb_catalogue_check(dir, &gaps, &count, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT((size_t)1 << 25);
    if (inb_given(arguments, "json")) {
        const char *line = inb_buffer_get(&gaps);
        inb_buffer_format(&out, "{\"gaps\":%zu,\"lines\":[", count);
        for (size_t i = 0; i < count; i++) {
            INB_CLEANUP(inb_buffer_clear) inb_buffer one = INB_BUFFER_INIT(4096);
            const char *end = line;
            while (*end != '\n' && *end != '\0') {
                end++;
            }
            inb_buffer_add(&one, line, (size_t)(end - line));
            INB_TRY(inb_buffer_check(&one, err));
            inb_buffer_text(&out, i == 0 ? "" : ",");
            inb_buffer_json(&out, inb_buffer_get(&one));
            line = *end == '\n' ? end + 1 : end;
        }
        inb_buffer_text(&out, "]}\n");
    } else if (count == 0) {
        inb_buffer_text(&out, "The norm has no gaps.\n");
    } else {
        inb_buffer_text(&out, inb_buffer_get(&gaps));
    }
    INB_TRY(inb_print_buffer(&out, err));
    if (count > 0) {
        return inb_fail(err, INB_BAD_CATALOGUE, "the norm has %zu gaps", count);
    }
    return INB_OK;
}

const inb_command inb_command_catalogue_check = {
    "catalogue check",
    "[DIR]",
    "find every gap in the norm",
    options,
    "Reads the norm in DIR, or the one that is built in: languages, sources, dates and reviews "
    "that\n"
    "are missing, rows that no question reaches, routes without a look-up page, forms without an\n"
    "offer, texts that are hard to read (Flesch-Douma, Flesch), words not to use.",
    run,
};
