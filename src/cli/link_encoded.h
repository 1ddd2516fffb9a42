// SPDX-License-Identifier: EUPL-1.2
// What `inbeeld link` does with encoded lists instead of plain ones.
#ifndef INB_CLI_LINK_ENCODED_H
#define INB_CLI_LINK_ENCODED_H

#include "cli/cli.h"

#include <inbeeld/encoded.h>

#include <stdbool.h>

// Whether the files are encoded lists: all of them (true), none (false), else INB_BAD_INPUT.
// Options that need what encodings do not hold (--group, --explain, --config, --draws) are
// INB_USAGE then.
inb_status inb_link_is_encoded(
    const inb_arguments *arguments, bool *ret_encoded, inb_error *err) INB_NODISCARD;

// Reads and links them; *ret_text: the summary in words, or JSON where asked for.
inb_status inb_link_encoded_files(const inb_arguments *arguments, const inb_link_options *options,
    inb_people **ret_people, inb_linked **ret_linked, inb_buffer *ret_text,
    inb_error *err) INB_NODISCARD;

#endif
