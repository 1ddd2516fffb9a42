// SPDX-License-Identifier: EUPL-1.2
// Contacts of a region laid over the national ones, from an ini file with a section per route id.

#include "catalogue_i.h"

#include "base/alloc.h"
#include "base/json.h"

#include <ini.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

struct reader {
    inb_catalogue *catalogue;
    const char *path;
    inb_error *err;
    inb_status status;
};

static inb_route *find_route(inb_catalogue *catalogue, const char *id) {
    for (size_t i = 0; i < catalogue->route_count; i++) {
        if (strcmp(catalogue->routes[i].id, id) == 0) {
            return &catalogue->routes[i];
        }
    }
    return NULL;
}

static int pair(void *payload, const char *section, const char *name, const char *value) {
    struct reader *reader = payload;
    inb_route *route = find_route(reader->catalogue, section);
    if (route == NULL) {
        reader->status = inb_fail(reader->err, INB_BAD_INPUT,
            "%s: found section [%.40s], expected the id of a route", reader->path, section);
        return 0;
    }
    const char **field = strcmp(name, "contact") == 0  ? &route->contact
                         : strcmp(name, "lookup") == 0 ? &route->lookup
                         : strcmp(name, "as_of") == 0  ? &route->as_of
                                                       : NULL;
    if (field == NULL) {
        reader->status = inb_fail(reader->err, INB_BAD_INPUT,
            "%s: found '%.40s' in [%.40s], expected contact, lookup or as_of", reader->path, name,
            section);
        return 0;
    }
    bool link = field == &route->lookup;
    if (link && strncmp(value, "https://", 8) != 0) {
        reader->status = inb_fail(reader->err, INB_BAD_INPUT,
            "%s: found a lookup in [%.40s] that is no https:// address", reader->path, section);
        return 0;
    }
    const char *text = inb_arena_text(reader->catalogue->arena, value, strlen(value));
    if (text == NULL) {
        reader->status = inb_fail(reader->err, INB_NO_MEMORY, "not enough memory for contacts");
        return 0;
    }
    *field = text;
    return 1;
}

inb_status inb_catalogue_local(inb_catalogue *catalogue, const char *path, inb_error *err) {
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    INB_TRY(inb_read_file(path, MOST_BYTES, &text, &length, err));
    struct reader reader = {catalogue, path, err, INB_OK};
    int line = ini_parse_string(text, pair, &reader);
    if (reader.status != INB_OK) {
        return reader.status;
    }
    if (line != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:%d:1: found a line that is not understood, expected [route] or name = value", path,
            line);
    }
    return INB_OK;
}
