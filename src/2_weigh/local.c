// SPDX-License-Identifier: EUPL-1.2
// Contacts of a region laid over the national ones, from an ini file with a section per route id.
// A contact that is not dated there has no date: that of the national one says nothing about it.

#include "catalogue_i.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"

#include <ini.h>
#include <stdio.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

struct reader {
    inb_catalogue *catalogue;
    inb_route routes[INB_MAX_ROUTES]; // as they will be, where the whole file is right
    bool dated[INB_MAX_ROUTES];       // the file gave this route's as_of
    char wrong[200];                  // what was wrong first, "" = nothing
    bool no_memory;
};

static size_t find_route(const inb_catalogue *catalogue, const char *id) {
    for (size_t i = 0; i < catalogue->route_count; i++) {
        if (strcmp(catalogue->routes[i].id, id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

// "2026-01"
static bool is_month(const char *text) {
    return strlen(text) == 7 && strspn(text, "0123456789") == 4 && text[4] == '-' &&
           strspn(text + 5, "0123456789") == 2 && memcmp(text + 5, "00", 2) > 0 &&
           memcmp(text + 5, "12", 2) <= 0;
}

// UTF-8 without control characters: it goes to terminals and pages.
static bool is_plain(const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7F) {
            return false;
        }
    }
    return inb_utf8_valid(text, length) == length;
}

// What is wrong with the pair, NULL = nothing.
static const char *wrong_with(const char *name, const char *value) {
    if (!is_plain(value)) {
        return "found a value that is no plain text";
    }
    if (strcmp(name, "contact") == 0) {
        return NULL;
    }
    if (strcmp(name, "lookup") == 0) {
        bool link = strncmp(value, "https://", 8) == 0;
        return link ? NULL : "found a lookup that is no https:// address";
    }
    if (strcmp(name, "as_of") == 0) {
        return is_month(value) ? NULL : "found an as_of that is no month, expected such as 2026-01";
    }
    return "found another name, expected contact, lookup or as_of";
}

static int pair(void *payload, const char *section, const char *name, const char *value) {
    struct reader *reader = payload;
    if (reader->wrong[0] != '\0' || reader->no_memory) {
        return 0;
    }
    size_t at = find_route(reader->catalogue, section);
    const char *wrong =
        at == SIZE_MAX ? "found a section that is not the id of a route" : wrong_with(name, value);
    if (wrong != NULL) {
        int shown = is_plain(section) ? 40 : 0;
        snprintf(reader->wrong, sizeof reader->wrong, "%s, in [%.*s]", wrong, shown, section);
        return 0;
    }
    const char *text = inb_arena_text(reader->catalogue->arena, value, strlen(value));
    if (text == NULL) {
        reader->no_memory = true;
        return 0;
    }
    inb_route *route = &reader->routes[at];
    if (name[0] == 'a') {
        route->as_of = text;
        reader->dated[at] = true;
        return 1;
    }
    *(name[0] == 'c' ? &route->contact : &route->lookup) = text;
    route->as_of = reader->dated[at] ? route->as_of : "";
    return 1;
}

inb_status inb_catalogue_local(inb_catalogue *catalogue, const char *path, inb_error *err) {
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    INB_TRY(inb_read_file(path, MOST_BYTES, &text, &length, err));
    struct reader reader = {.catalogue = catalogue};
    memcpy(reader.routes, catalogue->routes, sizeof reader.routes);
    int line = ini_parse_string(text, pair, &reader);
    if (reader.no_memory) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for contacts");
    }
    if (line != 0) {
        return inb_fail(err, INB_BAD_INPUT, "%s:%d:1: %s", path, line,
            reader.wrong[0] != '\0'
                ? reader.wrong
                : "found a line that is not understood, expected [route] or name = value");
    }
    memcpy(catalogue->routes, reader.routes, sizeof reader.routes);
    return INB_OK;
}
