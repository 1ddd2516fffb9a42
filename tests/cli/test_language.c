// SPDX-License-Identifier: EUPL-1.2
// --lang: every language of the norm is taken, no other.

#include "cli/cli.h"

#include "inb_test.h"

#include "base/alloc.h"

#include <inbeeld/weigh.h>

INB_TEST(languages) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    INB_OK_IS(inb_check_language(catalogue, "nl", err));
    INB_OK_IS(inb_check_language(catalogue, "en", err));
    static const char *const others[] = {"", "n", "nll", "NL", "xx", "../nl"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        INB_FAILS(inb_check_language(catalogue, others[i], err), INB_USAGE, "a language");
    }
}
INB_END

INB_TEST_MAIN("cli/language", languages)
