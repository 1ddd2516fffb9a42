// SPDX-License-Identifier: EUPL-1.2
// The folder of estimate --out: what was printed, and a picture with its table for each way of
// looking. Appears whole or not at all.
#ifndef INB_CLI_ESTIMATE_OUT_H
#define INB_CLI_ESTIMATE_OUT_H

#include "cli/folder.h"

#include <inbeeld/count.h>

// Writes estimate.txt, estimate.json, every plot that has something to show as .svg and .csv, and
// README.md that says what is what, into a folder that was begun, and puts it in its place.
inb_status inb_estimate_out(inb_folder *folder, const inb_estimate *estimate,
    const inb_buffer *text, const inb_buffer *json, inb_error *err) INB_NODISCARD;

#endif
