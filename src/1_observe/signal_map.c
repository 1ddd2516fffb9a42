// SPDX-License-Identifier: EUPL-1.2
// A map from an organisation's names and values to ours, read from an ini file by inih. Lines are
// handed to inih one at a time without their leading blanks (it would join an indented line to the
// one before), so that the number of the line is known in a complaint.

#include "signal_i.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"

#include <ini.h>
#include <string.h>

enum {
    MOST_BYTES = 1 << 20,
    MOST_LINE = 190,   // inih reads at most 199 bytes a line
    MOST_SECTION = 45, // and keeps 49 of a section's name
    MOST_PAIRS = 2000
};

struct value {
    const char *theirs;
    const char *ours;
    struct value *next;
};

struct ignored {
    const char *theirs;
    struct ignored *next;
};

struct inb_map {
    inb_arena *arena;
    const char *theirs[INB_FIELDS];
    struct value *values[INB_FIELDS];
    struct ignored *ignored;
    size_t pairs;
};

struct reading {
    inb_map *map;
    const char *name;
    const char *at;
    const char *end;
    size_t line;
    inb_error *err;
    inb_status status;
};

// ---- what a map says ----

static enum inb_field find_field(const char *name) {
    for (int field = 0; field < INB_FIELDS; field++) {
        const inb_field_info *info = &inb_field_list[field];
        bool short_name = (info->flags & INB_IS_SHORT) != 0 && strcmp(info->key, name) == 0;
        if (strcmp(info->name, name) == 0 || short_name) {
            return (enum inb_field)field;
        }
    }
    return INB_F_NONE;
}

static inb_status complain(struct reading *r, const char *text) {
    return inb_fail(r->err, INB_BAD_INPUT, "%s:%zu:1: %s", r->name, r->line, text);
}

static inb_status no_memory(struct reading *r) {
    return inb_fail(r->err, INB_NO_MEMORY, "%s: not enough memory for a map", r->name);
}

static inb_status unknown_field(struct reading *r) {
    char columns[INB_MESSAGE_SIZE];
    inb_fields_list_columns(columns, sizeof columns);
    return inb_fail(r->err, INB_BAD_INPUT,
        "%s:%zu:1: found a name that is not one of ours, expected one of: %s", r->name, r->line,
        columns);
}

static inb_status add_ignored(struct reading *r, const char *theirs) {
    struct ignored *ignored = inb_arena_get(r->map->arena, 1, sizeof *ignored);
    if (ignored == NULL) {
        return no_memory(r);
    }
    *ignored = (struct ignored){theirs, r->map->ignored};
    r->map->ignored = ignored;
    return INB_OK;
}

static inb_status add_column(struct reading *r, const char *ours, const char *theirs) {
    if (theirs[0] == '\0') {
        return complain(r, "found no name after '=', expected the name that the file has");
    }
    const char *kept = inb_arena_text(r->map->arena, theirs, strlen(theirs));
    if (kept == NULL) {
        return no_memory(r);
    }
    if (strcmp(ours, "-") == 0) {
        return add_ignored(r, kept);
    }
    enum inb_field field = find_field(ours);
    if (field == INB_F_NONE) {
        return unknown_field(r);
    }
    if (r->map->theirs[field] != NULL) {
        return complain(r, "found one of our names a second time, expected it once");
    }
    r->map->theirs[field] = kept;
    return INB_OK;
}

static inb_status add_value(
    struct reading *r, enum inb_field field, const char *theirs, const char *ours) {
    if (inb_map_value(r->map, field, theirs, strlen(theirs)) != NULL) {
        return complain(r, "found a value of theirs a second time, expected it once");
    }
    struct value *value = inb_arena_get(r->map->arena, 1, sizeof *value);
    const char *kept_theirs = inb_arena_text(r->map->arena, theirs, strlen(theirs));
    const char *kept_ours = inb_arena_text(r->map->arena, ours, strlen(ours));
    if (value == NULL || kept_theirs == NULL || kept_ours == NULL) {
        return no_memory(r);
    }
    *value = (struct value){kept_theirs, kept_ours, r->map->values[field]};
    r->map->values[field] = value;
    return INB_OK;
}

static inb_status add_pair(
    struct reading *r, const char *section, const char *name, const char *value) {
    if (r->map->pairs++ == MOST_PAIRS) {
        return complain(r, "found more than 2000 lines, expected fewer");
    }
    if (name[0] == '\0') {
        return complain(r, "found nothing before '=', expected a name or a value");
    }
    if (strcmp(section, "columns") == 0) {
        return add_column(r, name, value);
    }
    if (strncmp(section, "values.", 7) != 0) {
        return complain(r, "found a line outside [columns] and [values.FIELD], expected it in one");
    }
    enum inb_field field = find_field(section + 7);
    if (field == INB_F_NONE) {
        return unknown_field(r);
    }
    if ((inb_field_list[field].flags & INB_IS_SEALED) != 0) {
        return complain(r, "found values of a field that is sealed, expected those of another");
    }
    return add_value(r, field, name, value);
}

// ---- reading ----

static int pair(void *payload, const char *section, const char *name, const char *value) {
    struct reading *r = payload;
    if (r->status == INB_OK) {
        r->status = add_pair(r, section, name, value);
    }
    return r->status == INB_OK ? 1 : 0;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

// A section is checked here, since inih tells only of pairs, and an empty one may be misspelt.
static inb_status check_line(struct reading *r, const char *line, size_t length) {
    if (length > MOST_LINE) {
        return complain(r, "found a line of more than 190 bytes, expected a shorter one");
    }
    if (length == 0 || line[0] != '[') {
        return INB_OK;
    }
    const char *close = memchr(line, ']', length);
    size_t name_length = close == NULL ? 0 : (size_t)(close - line - 1);
    char name[MOST_SECTION + 1] = "";
    if (name_length <= MOST_SECTION) {
        memcpy(name, line + 1, name_length);
    }
    if (close != NULL && strcmp(name, "columns") == 0) {
        return INB_OK;
    }
    if (strncmp(name, "values.", 7) != 0) {
        return complain(r, "found a section that is not known, expected [columns] or "
                           "[values.FIELD]");
    }
    return find_field(name + 7) == INB_F_NONE ? unknown_field(r) : INB_OK;
}

// One line for inih, which asks for at most `size` bytes; NULL at the end or after a complaint.
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
    if (after > line && after[-1] == '\r') {
        after--;
    }
    while (line < after && is_blank(*line)) {
        line++;
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

inb_status inb_map_parse(
    const char *name, const char *text, size_t length, inb_map **ret_map, inb_error *err) {
    INB_CLEANUP(inb_map_freep) inb_map *map = inb_alloc(1, sizeof *map);
    if (map == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory for a map", name);
    }
    INB_TRY(inb_arena_new(0, &map->arena, err));
    if (text != NULL) {
        struct reading reading = {map, name, text, text + length, 1, err, INB_OK};
        size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        if (memchr(text, '\0', length) != NULL || inb_utf8_valid(text, length) != length) {
            return complain(&reading, "found something that is not UTF-8 text, expected a map");
        }
        reading.at += mark;
        reading.line = 0;
        int wrong = ini_parse_stream(next_line, &reading, pair, &reading);
        if (reading.status != INB_OK) {
            return reading.status;
        }
        if (wrong != 0) {
            reading.line = (size_t)wrong;
            return complain(&reading, "found a line that is not understood, expected [section] or "
                                      "name = value");
        }
    }
    *ret_map = INB_TAKE(map);
    return INB_OK;
}

inb_status inb_map_load(const char *path, inb_map **ret_map, inb_error *err) {
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    INB_TRY(inb_read_file(path, MOST_BYTES, &text, &length, err));
    return inb_map_parse(path, text, length, ret_map, err);
}

void inb_map_free(inb_map *map) {
    if (map != NULL) {
        inb_arena_free(map->arena);
        inb_free(map);
    }
}

void inb_map_freep(inb_map **map) {
    inb_map_free(*map);
}

const char *inb_map_theirs(const inb_map *map, enum inb_field field) {
    return map->theirs[field];
}

bool inb_map_ignores(const inb_map *map, const char *theirs) {
    for (const struct ignored *ignored = map->ignored; ignored != NULL; ignored = ignored->next) {
        if (strcmp(ignored->theirs, theirs) == 0) {
            return true;
        }
    }
    return false;
}

const char *inb_map_value(
    const inb_map *map, enum inb_field field, const char *theirs, size_t length) {
    for (const struct value *value = map->values[field]; value != NULL; value = value->next) {
        if (inb_equals(theirs, length, value->theirs)) {
            return value->ours;
        }
    }
    return NULL;
}
