// SPDX-License-Identifier: EUPL-1.2
// What the tests of templates share: some to include, and compiling as "t".
#ifndef INB_TESTS_DESK_TEMPLATE_HELP_H
#define INB_TESTS_DESK_TEMPLATE_HELP_H

#include "desk/template.h"

#include "inb_test.h"

#include <string.h>

static inline const char *help_source(const char *name, size_t *ret_length, void *payload) {
    (void)payload;
    static const char good[] = "<b>{{v}}</b>";
    static const char loop[] = "{{> loop}}";
    static const char unclosed[] = "<p class=\"";
    const char *text = strcmp(name, "good") == 0       ? good
                       : strcmp(name, "loop") == 0     ? loop
                       : strcmp(name, "unclosed") == 0 ? unclosed
                                                       : NULL;
    *ret_length = text == NULL ? 0 : strlen(text);
    return text;
}

static inline inb_status help_compile(
    const char *text, inb_template **ret_template, inb_error *err) {
    return inb_template_compile("t", text, strlen(text), help_source, NULL, ret_template, err);
}

#endif
