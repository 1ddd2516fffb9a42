// SPDX-License-Identifier: EUPL-1.2
// A store counted as a picture, as `picture` and `publish` do: its row in the log first, persons
// linked where there is the key, hidden numbers estimated, and a truth beside where one is given.
#ifndef INB_CLI_PICTURED_H
#define INB_CLI_PICTURED_H

#include "cli/cli.h"

#include <inbeeld/keys.h>
#include <inbeeld/overview_page.h>
#include <inbeeld/store_picture.h>

typedef struct inb_pictured {
    inb_store *store;
    inb_store *reader; // of sealed parts, with the key
    inb_keys *keys;
    inb_keyring *ring;
    inb_picture_links links;
    inb_overview *overview;
    inb_overview_draws draws;
    inb_overview_estimates estimates;
    inb_truth *truth; // NULL = none given
} inb_pictured;

void inb_pictured_clear(inb_pictured *pictured); // accepts one that is all zero

// --draws, --seed, --threads.
inb_status inb_pictured_links(
    const inb_arguments *arguments, inb_picture_links *ret_links, inb_error *err) INB_NODISCARD;
// --method, where the command has it, with the seed and threads of `links`.
inb_status inb_pictured_method(const inb_arguments *arguments, const inb_picture_links *links,
    inb_estimate_options *ret_options, inb_error *err) INB_NODISCARD;
// Everything: --store, --key, --truth and the above. action: of the row in the log.
inb_status inb_pictured_store(const inb_arguments *arguments, const inb_catalogue *catalogue,
    const char *action, inb_pictured *pictured, inb_error *err) INB_NODISCARD;

#endif
