// SPDX-License-Identifier: EUPL-1.2
// The methods by number: their names, and the entry of each. A method is added as one line in
// INB_COUNT_METHODS (count.h) and one file that defines its entry.

#include "methods.h"

#include <string.h>

const char *inb_count_method_name(inb_count_method method) {
#define NAME(number, entry, name) name,
    static const char *const names[] = {INB_COUNT_METHODS(NAME)};
#undef NAME
    return names[method];
}

bool inb_count_method_named(const char *name, inb_count_method *ret_method) {
    for (size_t i = 0; i < INB_COUNT_METHOD_COUNT; i++) {
        if (strcmp(name, inb_count_method_name((inb_count_method)i)) == 0) {
            *ret_method = (inb_count_method)i;
            return true;
        }
    }
    return false;
}

const inb_i_method *inb_i_method_of(inb_count_method method) {
#define ENTRY(number, entry, name) &inb_i_method_##entry,
    static const inb_i_method *const entries[] = {INB_COUNT_METHODS(ENTRY)};
#undef ENTRY
    return entries[method];
}
