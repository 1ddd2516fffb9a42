// SPDX-License-Identifier: EUPL-1.2
// inbeeld weigh: FACTS.json to a finding, as text or JSON. Keeps nothing.

#include "cli/cli.h"

#include <inbeeld/weigh.h>

#include "base/alloc.h"
#include "base/json.h"

enum { MOST_FACTS = 1 << 20, MOST_OUTPUT = 1 << 22 };

static const inb_option options[] = {
    {"lang", "nl|en", "language of the texts (default nl)", false},
    {"catalogue", "DIR", "weigh by the norm in this folder (default: the one built in)", false},
    {"local", "LOCAL.ini", "contacts of your region: [route] with contact, lookup, as_of", false},
    {NULL, NULL, NULL, false},
};

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count != 1) {
        return inb_fail(err, INB_USAGE, "found %zu files, expected one, or - for standard input",
            arguments->operand_count);
    }
    const char *path = arguments->operands[0];
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_TRY(inb_catalogue_load(inb_value(arguments, "catalogue", NULL), &catalogue, err));
    const char *language = inb_value(arguments, "lang", "nl");
    INB_TRY(inb_check_language(catalogue, language, err));
    const char *local = inb_value(arguments, "local", NULL);
    if (local != NULL) {
        INB_TRY(inb_catalogue_local(catalogue, local, err));
    }
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    INB_TRY(inb_read_file(path, MOST_FACTS, &text, &length, err));
    inb_facts facts;
    INB_TRY(inb_facts_parse(catalogue, path, text, length, &facts, err));
    inb_finding finding;
    inb_weigh(catalogue, &facts, &finding);
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(MOST_OUTPUT);
    if (inb_given(arguments, "json")) {
        inb_finding_json(catalogue, &finding, language, &out);
    } else {
        inb_finding_text(catalogue, &facts, &finding, language, &out);
    }
    return inb_print_buffer(&out, err);
}

const inb_command inb_command_weigh = {
    "weigh",
    "FACTS.json|-",
    "weigh facts by the norm: what it may be, what to do, whom to turn to; keeps nothing",
    options,
    "The finding touches parts of the law; it proves nothing.",
    run,
};
