// SPDX-License-Identifier: EUPL-1.2
// The picture of lists: `inbeeld picture LIST.csv…`, each file a list, linked as `inbeeld link`
// does.
#ifndef INB_CLI_PICTURE_LISTS_H
#define INB_CLI_PICTURE_LISTS_H

#include "cli/cli.h"

#include <inbeeld/overview.h>

// Links the operands, with --config, --draws, --seed and --threads, and counts everybody and each
// value of each --by column. INB_USAGE where options are of a store, or there is one file.
inb_status inb_picture_lists(
    const inb_arguments *arguments, inb_lists_overview **ret_lists, inb_error *err) INB_NODISCARD;

#endif
