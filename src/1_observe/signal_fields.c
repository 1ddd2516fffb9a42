// SPDX-License-Identifier: EUPL-1.2
// The table of fields that a signal has in a file, made from the list in signal_i.h, and how it is
// told in a complaint.

#include "signal_i.h"

#include <stdio.h>
#include <string.h>

const inb_field_info inb_field_list[INB_FIELDS] = {
#define X(name, object, prefix, key, flags, most)                                                  \
    {prefix key, key, INB_IN_##object, (flags), (most)},
    INB_SIGNAL_FIELDS(X)
#undef X
};

static void add(char *out, size_t size, const char *text) {
    size_t used = strlen(out);
    size_t length = strlen(text);
    if (used + length < size) {
        memcpy(out + used, text, length + 1);
    }
}

void inb_fields_list_columns(char *out, size_t size) {
    static const char *const openings[INB_OBJECTS] = {
        "", "source.{", "place.{", "situation.{", "person.{", "party.{"};
    out[0] = '\0';
    for (int object = 0; object < INB_OBJECTS; object++) {
        const char *before = openings[object];
        add(out, size, object == 0 ? "" : " ");
        for (int field = 0; field < INB_FIELDS; field++) {
            const inb_field_info *info = &inb_field_list[field];
            if ((int)info->object == object && (info->flags & INB_ONLY_JSON) == 0) {
                add(out, size, before);
                add(out, size, info->key);
                before = " ";
            }
        }
        add(out, size, object == 0 ? "" : "}");
    }
}

void inb_fields_list_keys(enum inb_object object, char *out, size_t size) {
    out[0] = '\0';
    for (int field = 0; field < INB_FIELDS; field++) {
        const inb_field_info *info = &inb_field_list[field];
        if (info->object == object && (info->flags & INB_ONLY_CSV) == 0) {
            add(out, size, out[0] == '\0' ? "" : " ");
            add(out, size, info->key);
        }
    }
    add(out, size, object == INB_IN_ROOT ? " source place persons parties situation" : "");
}
