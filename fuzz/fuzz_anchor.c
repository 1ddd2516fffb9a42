// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of files of anchors: any bytes give anchors or a complaint with a place; what was read,
// written again, is the same bytes but for leading zeroes.

#include "cli/cli.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    inb_buffer again = INB_BUFFER_INIT((size_t)1 << 24);
    size_t at = 0;
    size_t line = 0;
    bool found = true;
    inb_anchor_head(&again);
    while (found) {
        inb_anchor anchor;
        inb_anchor back;
        size_t before = again.length;
        if (inb_anchor_next("f", text, size, &at, &line, &anchor, &found, NULL) != INB_OK) {
            break;
        }
        if (!found) {
            continue;
        }
        size_t chain = strlen(anchor.chain);
        if (chain == 0 || anchor.anchor.sequence < 0 || at > size || text[at - 1] != '\n') {
            abort();
        }
        inb_anchor_write(&again, anchor.chain, &anchor.anchor);
        // The line that was written, behind a head of its own.
        inb_buffer one = INB_BUFFER_INIT(4096);
        size_t at_one = 0;
        size_t line_one = 0;
        bool found_one = false;
        inb_anchor_head(&one);
        inb_buffer_add(&one, again.data + before, again.length - before);
        if (inb_anchor_next(
                "f", one.data, one.length, &at_one, &line_one, &back, &found_one, NULL) != INB_OK ||
            !found_one || strcmp(back.chain, anchor.chain) != 0 ||
            back.anchor.sequence != anchor.anchor.sequence ||
            memcmp(back.anchor.hash, anchor.anchor.hash, sizeof back.anchor.hash) != 0) {
            abort();
        }
        inb_buffer_clear(&one);
    }
    inb_buffer_clear(&again);
    return 0;
}
