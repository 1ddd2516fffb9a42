// SPDX-License-Identifier: EUPL-1.2
// The reader of signals: decides the form of a file, brings each signal through draft and check,
// sees ids that come back and columns of citizen service numbers, and reads a whole file ahead of
// an import.

#include "signal_i.h"

#include "base/alloc.h"
#include "id_set.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct inb_signal_reader {
    char *name;
    inb_map *map;
    inb_known_id known;
    void *payload;
    inb_signal_csv *csv; // one of the two
    inb_signal_json *json;
    inb_id_set ids;
    bool stopped;  // by a failure of the machine
    size_t line;   // of the last signal
    bool has_last; // whether there is one
    inb_signal signal;
    inb_draft draft;
    struct {
        size_t line;
        size_t column;
    } suspect[INB_FIELDS]; // where the first signal begins in which a field passed the test
};

// ---- opening ----

// The first byte that is neither a mark nor a blank decides.
static bool is_json(const char *bytes, size_t length) {
    size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < length && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0') {
        at++;
    }
    return at < length && (bytes[at] == '{' || bytes[at] == '[');
}

// The same of a file: blanks may be many.
static inb_status file_is_json(const char *path, bool *ret_json, inb_error *err) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return inb_fail(err, errno == ENOENT ? INB_BAD_INPUT : INB_IO, "%s: cannot be opened: %s",
            path, strerror(errno));
    }
    char start[3];
    size_t length = fread(start, 1, sizeof start, file);
    bool json = is_json(start, length);
    bool blank = length == sizeof start && memcmp(start, "\xEF\xBB\xBF", 3) == 0;
    for (size_t i = 0; !json && !blank && i < length; i++) {
        blank = strchr(" \t\r\n", start[i]) == NULL ? false : i + 1 == length;
    }
    while (blank) {
        int byte = getc(file);
        json = byte == '{' || byte == '[';
        blank = byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
    }
    bool failed = ferror(file) != 0;
    int problem = errno;
    (void)fclose(file); // opened for reading: nothing can be lost
    if (failed) {
        return inb_fail(err, INB_IO, "%s: reading failed: %s", path, strerror(problem));
    }
    *ret_json = json;
    return INB_OK;
}

static char *copy_of(const char *text) {
    size_t length = strlen(text);
    char *copy = inb_alloc(length + 1, 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
    }
    return copy;
}

static inb_status new_reader(const char *name, inb_known_id known, void *payload,
    inb_signal_reader **ret_reader, inb_error *err) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = inb_alloc(1, sizeof *reader);
    if (reader != NULL) {
        reader->name = copy_of(name);
    }
    if (reader == NULL || reader->name == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory to read", name);
    }
    reader->known = known;
    reader->payload = payload;
    reader->draft.name = reader->name;
    INB_TRY(inb_arena_new(0, &reader->draft.arena, err));
    *ret_reader = INB_TAKE(reader);
    return INB_OK;
}

static inb_status open_form(
    inb_signal_reader *reader, const inb_origin *origin, bool json, inb_error *err) {
    reader->draft.map = reader->map;
    return json ? inb_signal_json_open(origin, &reader->draft, &reader->json, err)
                : inb_signal_csv_open(origin, &reader->draft, &reader->csv, err);
}

inb_status inb_signal_reader_open(const char *path, const char *map, inb_known_id known,
    void *payload, inb_signal_reader **ret_reader, inb_error *err) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    bool json;
    INB_TRY(new_reader(path, known, payload, &reader, err));
    INB_TRY(map == NULL ? inb_map_parse(path, NULL, 0, &reader->map, err)
                        : inb_map_load(map, &reader->map, err));
    INB_TRY(file_is_json(path, &json, err));
    const inb_origin origin = {reader->name, path, NULL, 0};
    INB_TRY(open_form(reader, &origin, json, err));
    *ret_reader = INB_TAKE(reader);
    return INB_OK;
}

inb_status inb_signal_reader_open_memory(const char *name, const char *data, size_t length,
    const char *map_text, inb_known_id known, void *payload, inb_signal_reader **ret_reader,
    inb_error *err) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    INB_TRY(new_reader(name, known, payload, &reader, err));
    INB_TRY(
        inb_map_parse("map", map_text, map_text == NULL ? 0 : strlen(map_text), &reader->map, err));
    const inb_origin origin = {reader->name, NULL, length == 0 ? "" : data, length};
    INB_TRY(open_form(reader, &origin, is_json(origin.data, length), err));
    *ret_reader = INB_TAKE(reader);
    return INB_OK;
}

void inb_signal_reader_free(inb_signal_reader *reader) {
    if (reader == NULL) {
        return;
    }
    inb_signal_csv_free(reader->csv);
    inb_signal_json_free(reader->json);
    inb_id_set_clear(&reader->ids);
    inb_arena_free(reader->draft.arena);
    inb_map_free(reader->map);
    inb_free(reader->name);
    inb_free(reader);
}

void inb_signal_reader_freep(inb_signal_reader **reader) {
    inb_signal_reader_free(*reader);
}

// ---- reading ----

static inb_status read_draft(inb_signal_reader *reader, bool *ret_more, inb_error *err) {
    return reader->json != NULL ? inb_signal_json_next(reader->json, &reader->draft, ret_more, err)
                                : inb_signal_csv_next(reader->csv, &reader->draft, ret_more, err);
}

// An id that came before, at its place. A wrong signal counts as well: its rows stood here.
static inb_status check_id(inb_signal_reader *reader, inb_error *err) {
    const char *id = reader->draft.signal[INB_F_ID].text;
    const char *organisation = reader->draft.signal[INB_F_ORGANISATION].text;
    if (id == NULL) {
        return INB_OK; // the check complains of it
    }
    bool is_new;
    INB_TRY(inb_id_set_add(
        &reader->ids, inb_id_hash(organisation == NULL ? "" : organisation, id), &is_new, err));
    if (!is_new) {
        return inb_draft_fail(&reader->draft, (inb_where){INB_F_ID, 0, SIZE_MAX, false}, err,
            "found an id that stood earlier in this file, expected each signal once and its rows "
            "together");
    }
    return INB_OK;
}

static void note_suspects(
    inb_signal_reader *reader, const inb_citizen_count before[static INB_FIELDS]) {
    for (int field = 0; field < INB_FIELDS; field++) {
        if (before[field].passing == 0 && reader->draft.citizen[field].passing > 0) {
            reader->suspect[field].line = reader->draft.line;
            reader->suspect[field].column = reader->draft.column;
        }
    }
}

static inb_status next(inb_signal_reader *reader, bool *ret_more, inb_error *err) {
    inb_citizen_count before[INB_FIELDS];
    memcpy(before, reader->draft.citizen, sizeof before);
    inb_status status = read_draft(reader, ret_more, err);
    reader->line = reader->draft.line != 0 ? reader->draft.line : reader->line;
    note_suspects(reader, before);
    INB_TRY(status);
    if (!*ret_more) {
        return INB_OK;
    }
    INB_TRY(check_id(reader, err));
    return inb_draft_check(&reader->draft, reader->known, reader->payload, &reader->signal, err);
}

inb_status inb_signal_reader_next(
    inb_signal_reader *reader, const inb_signal **ret_signal, inb_error *err) {
    if (!inb_signal_reader_can_go_on(reader)) {
        return inb_fail(
            err, INB_USAGE, "%s: reading cannot go on after what failed before", reader->name);
    }
    bool more;
    inb_status status = next(reader, &more, err);
    reader->stopped = status != INB_OK && status != INB_BAD_INPUT;
    reader->has_last = status != INB_OK || more;
    INB_TRY(status);
    *ret_signal = more ? &reader->signal : NULL;
    return INB_OK;
}

bool inb_signal_reader_can_go_on(const inb_signal_reader *reader) {
    return !reader->stopped && (reader->json != NULL ? inb_signal_json_can_go_on(reader->json)
                                                     : inb_signal_csv_can_go_on(reader->csv));
}

inb_status inb_signal_reader_finish(const inb_signal_reader *reader, inb_error *err) {
    for (int i = 0; i < INB_FIELDS; i++) {
        enum inb_field field = (enum inb_field)i;
        const inb_citizen_count *count = &reader->draft.citizen[field];
        if (!inb_citizen_refuses(count)) {
            continue;
        }
        size_t line = reader->suspect[field].line;
        size_t column = reader->suspect[field].column;
        if (reader->csv != NULL) {
            inb_signal_csv_column(reader->csv, field, &line, &column);
        }
        return inb_fail(err, INB_BAD_INPUT,
            "%s:%zu:%zu: found citizen service numbers in '%s' (%zu of %zu nine-digit values pass "
            "the eleven-test), expected none: leave it out",
            reader->name, line, column, inb_field_list[field].name, count->passing, count->nine);
    }
    return INB_OK;
}

// ---- the file as it stands ----

const char *inb_signal_reader_raw(inb_signal_reader *reader, size_t *ret_length) {
    *ret_length = 0;
    if (!reader->has_last) {
        return NULL;
    }
    return reader->json != NULL ? inb_signal_json_raw(reader->json, ret_length)
                                : inb_signal_csv_raw(reader->csv, ret_length);
}

const char *inb_signal_reader_header(inb_signal_reader *reader) {
    return reader->csv == NULL ? NULL : inb_signal_csv_header(reader->csv);
}

bool inb_signal_reader_is_json(const inb_signal_reader *reader) {
    return reader->json != NULL;
}

size_t inb_signal_reader_line(const inb_signal_reader *reader) {
    return reader->line;
}

uint64_t inb_signal_reader_offset(const inb_signal_reader *reader) {
    return reader->json != NULL ? inb_signal_json_offset(reader->json)
                                : inb_signal_csv_offset(reader->csv);
}

// ---- the whole file ahead ----

inb_status inb_signal_scan(const char *path, const char *map, inb_known_id known, void *payload,
    inb_signal_count *ret_count, inb_error *err) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    inb_signal_count count = {0};
    INB_TRY(inb_signal_reader_open(path, map, known, payload, &reader, err));
    while (inb_signal_reader_can_go_on(reader) && !count.whole) {
        const inb_signal *signal;
        inb_error problem = INB_ERROR_INIT;
        inb_status status = inb_signal_reader_next(reader, &signal, &problem);
        if (status == INB_NO_MEMORY || status == INB_IO) {
            return inb_fail(err, status, "%s", problem.message);
        }
        if (status != INB_OK) {
            count.bad++;
            count.first = count.first.status == INB_OK ? problem : count.first;
            count.last = problem;
        } else if (signal == NULL) {
            count.whole = true;
        } else {
            count.signals++;
            count.persons += signal->person_count;
        }
    }
    if (count.whole) {
        count.last = (inb_error)INB_ERROR_INIT;
    }
    inb_status refused = inb_signal_reader_finish(reader, &count.refusal);
    count.refusal.status = refused; // for the caller to act on
    *ret_count = count;
    return INB_OK;
}
