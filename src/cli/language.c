// SPDX-License-Identifier: EUPL-1.2
// The --lang option, checked against the languages that the norm has texts in.

#include "cli/cli.h"

#include <inbeeld/weigh.h>

#include <string.h>

inb_status inb_check_language(
    const inb_catalogue *catalogue, const char *language, inb_error *err) {
    for (size_t i = 0; inb_catalogue_language(catalogue, i) != NULL; i++) {
        if (strcmp(inb_catalogue_language(catalogue, i), language) == 0) {
            return INB_OK;
        }
    }
    return inb_fail(err, INB_USAGE,
        "option '--lang': found '%.16s', expected a language of the norm", language);
}
