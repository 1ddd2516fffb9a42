// SPDX-License-Identifier: EUPL-1.2
// LINK.ini by inih: [columns] with one line for each of our columns that has another name in the
// files. Lines are handed to inih one at a time without their leading blanks, so that the line of a
// complaint is known and none is joined to the one before.

#include "records.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"

#include <ini.h>
#include <string.h>

enum { MOST_BYTES = 1 << 16, MOST_LINE = 190, MOST_NAME = 128 };

struct inb_link_map {
    char theirs[INB_LINK_COLUMNS][MOST_NAME]; // "" = our own name
};

struct reading {
    inb_link_map *map;
    const char *name;
    const char *at;
    const char *end;
    size_t line;
    inb_error *err;
    inb_status status;
};

static inb_status complain(struct reading *r, const char *text) {
    return inb_fail(r->err, INB_BAD_INPUT, "%s:%zu:1: %s", r->name, r->line, text);
}

static inb_status add(
    struct reading *r, const char *section, const char *ours, const char *theirs) {
    if (strcmp(section, "columns") != 0) {
        return complain(r, "found a line outside [columns], expected it there");
    }
    size_t column = 0;
    while (column < INB_LINK_COLUMNS && strcmp(inb_link_column_names[column], ours) != 0) {
        column++;
    }
    if (column == INB_LINK_COLUMNS) {
        return complain(r,
            "found a name that is not one of ours, expected id, given_name, prefix, surname, name, "
            "birth_date, birth_year, birth_month, birth_day, sex, postcode, street, house_number, "
            "place, phone, email, organisation, kvk or number");
    }
    if (theirs[0] == '\0' || strlen(theirs) >= MOST_NAME) {
        return complain(r, "found no name after '=', or one of more than 127 bytes, expected the "
                           "name that the files have");
    }
    if (r->map->theirs[column][0] != '\0') {
        return complain(r, "found one of our names a second time, expected it once");
    }
    for (size_t c = INB_C_ID + 1; column != INB_C_ID && c < INB_LINK_COLUMNS; c++) {
        if (strcmp(r->map->theirs[c], theirs) == 0) {
            return complain(r, "found a name of the files a second time, expected it once: one "
                               "column is compared as one thing");
        }
    }
    memcpy(r->map->theirs[column], theirs, strlen(theirs) + 1);
    return INB_OK;
}

static int pair(void *payload, const char *section, const char *name, const char *value) {
    struct reading *r = payload;
    if (r->status == INB_OK) {
        r->status = add(r, section, name, value);
    }
    return r->status == INB_OK ? 1 : 0;
}

// inih tells only of pairs: a section is looked at here, an empty one may be misspelt.
static inb_status check_line(struct reading *r, const char *line, size_t length) {
    if (length > MOST_LINE) {
        return complain(r, "found a line of more than 190 bytes, expected a shorter one");
    }
    if (length > 0 && line[0] == '[' && (length < 9 || memcmp(line, "[columns]", 9) != 0)) {
        return complain(r, "found a section that is not known, expected [columns]");
    }
    return INB_OK;
}

static char *next_line(char *out, int size, void *payload) {
    struct reading *r = payload;
    if (r->status != INB_OK || r->at == r->end) {
        return NULL;
    }
    r->line++;
    const char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
    const char *line = r->at;
    const char *after = stop == NULL ? r->end : stop;
    r->at = stop == NULL ? r->end : stop + 1;
    while (line < after && (*line == ' ' || *line == '\t')) {
        line++;
    }
    if (after > line && after[-1] == '\r') {
        after--;
    }
    size_t length = (size_t)(after - line);
    r->status = check_line(r, line, length);
    if (r->status != INB_OK || length + 1 > (size_t)size) {
        return NULL;
    }
    memcpy(out, line, length);
    out[length] = '\0';
    return out;
}

inb_status inb_link_map_read_memory(
    const char *name, const char *data, size_t length, inb_link_map **ret_map, inb_error *err) {
    INB_CLEANUP(inb_link_map_freep) inb_link_map *map = inb_alloc(1, sizeof *map);
    if (map == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory for a map", name);
    }
    struct reading r = {map, name, data, data + length, 1, err, INB_OK};
    if (length > MOST_BYTES || memchr(data, '\0', length) != NULL ||
        inb_utf8_valid(data, length) != length) {
        return complain(&r, "found more than 64 kB or something that is not UTF-8 text, expected "
                            "a map");
    }
    r.at += length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    r.line = 0;
    int wrong = ini_parse_stream(next_line, &r, pair, &r);
    if (r.status != INB_OK) {
        return r.status;
    }
    if (wrong != 0) {
        r.line = (size_t)wrong;
        return complain(&r, "found a line that is not understood, expected [columns] or "
                            "name = value");
    }
    *ret_map = INB_TAKE(map);
    return INB_OK;
}

inb_status inb_link_map_read(const char *path, inb_link_map **ret_map, inb_error *err) {
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    INB_TRY(inb_read_file(path, MOST_BYTES, &text, &length, err));
    return inb_link_map_read_memory(path, text, length, ret_map, err);
}

void inb_link_map_free(inb_link_map *map) {
    inb_free(map);
}

void inb_link_map_freep(inb_link_map **map) {
    inb_link_map_free(*map);
    *map = NULL;
}

const char *inb_link_map_name(const inb_link_map *map, enum inb_link_column column) {
    const char *ours = inb_link_column_names[column];
    if (map == NULL) {
        return ours;
    }
    if (map->theirs[column][0] != '\0') {
        return map->theirs[column];
    }
    for (size_t c = INB_C_ID + 1; column != INB_C_ID && c < INB_LINK_COLUMNS; c++) {
        if (strcmp(map->theirs[c], ours) == 0) {
            return NULL; // what stands there is something else
        }
    }
    return ours;
}
