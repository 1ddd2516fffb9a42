// SPDX-License-Identifier: EUPL-1.2
// Signals from CSV: one row per person, rows that stand together with one id (and no two different
// organisations) are one signal. Invariant between calls: the row after the last signal has been
// read ahead and stands in csv; `state` says what became of it.
//
// A row with a wrong number of fields belongs to the signal around it where its id can be read, so
// that half a signal is never taken for a whole one.

#include <inbeeld/buffer.h>

#include "signal_i.h"

#include "base/alloc.h"
#include "base/csv.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MOST_ROWS = 128, MOST_RAW = 16 * 1024 * 1024 };
enum { PARTY_CELLS = INB_FIELDS - INB_F_PARTY_KIND };

enum state {
    UNREAD,    // no row was read yet
    ROW,       // a row
    WRONG_ROW, // one with a wrong number of fields: `problem`
    BROKEN,    // reading cannot go on: `problem`, not told yet
    STOPPED,   // and told
    END
};

struct inb_signal_csv {
    inb_csv *csv;
    const char *memory; // of the input, NULL for a file
    FILE *again;        // the file a second time, for raw rows; NULL where it cannot be had
    size_t column_count;
    enum inb_field *columns; // per column of the file; INB_FIELDS = left out
    struct {
        size_t line;
        size_t column;
    } header[INB_FIELDS]; // where the header names a field
    size_t id_column;
    size_t organisation_column; // SIZE_MAX = none
    enum state state;
    inb_error problem;
    size_t at_column; // while a row is brought into the draft, else SIZE_MAX
    uint64_t header_end;
    uint64_t row_start; // of the row read ahead
    uint64_t begin;     // of the last signal
    uint64_t end;
    inb_buffer raw;
    inb_buffer header_raw;
};

static inb_where where_of(enum inb_field field, size_t index) {
    return (inb_where){field, index, SIZE_MAX, false};
}

static void place(const inb_draft *draft, inb_where where, size_t *line, size_t *column) {
    const inb_signal_csv *form = draft->form;
    if (form->at_column != SIZE_MAX) {
        *line = inb_csv_line(form->csv, form->at_column);
        *column = inb_csv_place(form->csv, form->at_column);
        return;
    }
    const inb_cell *cell = inb_draft_cell((inb_draft *)draft, where);
    if (cell->line != 0) {
        *line = cell->line;
        *column = cell->column;
    }
}

// ---- header ----

// Which field a column holds; *ret_second: another one that claims it too.
static enum inb_field field_of(const inb_map *map, const char *name, enum inb_field *ret_second) {
    enum inb_field first = INB_F_NONE;
    *ret_second = INB_F_NONE;
    for (int i = 0; i < INB_FIELDS; i++) {
        const inb_field_info *info = &inb_field_list[i];
        const char *theirs = inb_map_theirs(map, (enum inb_field)i);
        bool same = theirs != NULL
                        ? strcmp(theirs, name) == 0
                        : strcmp(info->name, name) == 0 ||
                              ((info->flags & INB_IS_SHORT) != 0 && strcmp(info->key, name) == 0);
        if (same && (info->flags & INB_ONLY_JSON) == 0) {
            *(first == INB_F_NONE ? &first : ret_second) = (enum inb_field)i;
        }
    }
    return first;
}

static inb_status read_column(
    inb_signal_csv *form, const inb_map *map, size_t column, inb_error *err) {
    const char *name = inb_csv_column(form->csv, column);
    enum inb_field second;
    enum inb_field field = field_of(map, name, &second);
    if (field == INB_F_NONE && inb_map_ignores(map, name)) {
        form->columns[column] = INB_FIELDS;
        return INB_OK;
    }
    if (field == INB_F_NONE) { // the name is not shown: a file without a header begins with data
        char known[INB_MESSAGE_SIZE];
        inb_fields_list_columns(known, sizeof known);
        return inb_csv_fail(
            form->csv, column, err, "found an unknown column, expected one of: %s", known);
    }
    if (second != INB_F_NONE) {
        return inb_csv_fail(form->csv, column, err,
            "found a column that the map gives to '%s' and to '%s', expected one of them",
            inb_field_list[field].name, inb_field_list[second].name);
    }
    if (form->header[field].line != 0) {
        return inb_csv_fail(form->csv, column, err, "found a second column for '%s', expected one",
            inb_field_list[field].name);
    }
    form->columns[column] = field;
    form->header[field].line = inb_csv_line(form->csv, column);
    form->header[field].column = inb_csv_place(form->csv, column);
    form->id_column = field == INB_F_ID ? column : form->id_column;
    form->organisation_column = field == INB_F_ORGANISATION ? column : form->organisation_column;
    return INB_OK;
}

static inb_status read_header(inb_signal_csv *form, const inb_map *map, inb_error *err) {
    form->id_column = SIZE_MAX;
    form->organisation_column = SIZE_MAX;
    form->column_count = inb_csv_columns(form->csv);
    form->columns = inb_alloc(form->column_count, sizeof *form->columns);
    if (form->columns == NULL) {
        return inb_fail(
            err, INB_NO_MEMORY, "%s: not enough memory for the header", inb_csv_name(form->csv));
    }
    for (size_t column = 0; column < form->column_count; column++) {
        INB_TRY(read_column(form, map, column, err));
    }
    static const enum inb_field required[] = {INB_F_ID, INB_F_SOURCE_KIND};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        if (form->header[required[i]].line == 0) {
            return inb_csv_fail(form->csv, 0, err,
                "found no column for '%s' in the header row, expected one",
                inb_field_list[required[i]].name);
        }
    }
    for (int field = 0; field < INB_FIELDS; field++) {
        bool json = (inb_field_list[field].flags & INB_ONLY_JSON) != 0;
        if (!json && inb_map_theirs(map, (enum inb_field)field) != NULL &&
            form->header[field].line == 0) {
            return inb_csv_fail(form->csv, 0, err,
                "found no column in the header row for '%s', expected the one that the map names",
                inb_field_list[field].name);
        }
    }
    return INB_OK;
}

static void free_form(inb_signal_csv **form) {
    inb_signal_csv_free(*form);
}

inb_status inb_signal_csv_open(
    const inb_origin *origin, inb_draft *draft, inb_signal_csv **ret_form, inb_error *err) {
    INB_CLEANUP(free_form) inb_signal_csv *form = inb_alloc(1, sizeof *form);
    if (form == NULL) {
        return inb_draft_no_memory(draft, err);
    }
    form->raw = (inb_buffer)INB_BUFFER_INIT(MOST_RAW + 1);
    form->header_raw = (inb_buffer)INB_BUFFER_INIT(MOST_RAW + 1);
    form->at_column = SIZE_MAX;
    form->memory = origin->data;
    if (origin->path == NULL) {
        INB_TRY(inb_csv_open_memory(origin->name, origin->data, origin->length, &form->csv, err));
    } else {
        INB_TRY(inb_csv_open(origin->path, &form->csv, err));
        form->again = fopen(origin->path, "rb");
        if (form->again != NULL && fseek(form->again, 0, SEEK_SET) != 0) {
            (void)fclose(form->again);
            form->again = NULL;
        }
    }
    INB_TRY(read_header(form, draft->map, err));
    form->header_end = inb_csv_offset(form->csv);
    draft->place = place;
    draft->form = form;
    *ret_form = INB_TAKE(form);
    return INB_OK;
}

void inb_signal_csv_free(inb_signal_csv *form) {
    if (form == NULL) {
        return;
    }
    if (form->again != NULL) {
        (void)fclose(form->again); // opened for reading: nothing can be lost
    }
    inb_csv_free(form->csv);
    inb_free(form->columns);
    inb_buffer_clear(&form->raw);
    inb_buffer_clear(&form->header_raw);
    inb_free(form);
}

// ---- rows ----

static inb_status read_ahead(inb_signal_csv *form, inb_error *err) {
    bool more;
    form->row_start = inb_csv_offset(form->csv);
    form->problem = (inb_error)INB_ERROR_INIT;
    inb_status status = inb_csv_next(form->csv, &more, &form->problem);
    form->state = status == INB_OK                                      ? more ? ROW : END
                  : status == INB_BAD_INPUT && inb_csv_whole(form->csv) ? WRONG_ROW
                                                                        : BROKEN;
    return status == INB_NO_MEMORY ? inb_fail(err, status, "%s", form->problem.message) : INB_OK;
}

// Field `column` of the row read ahead without blanks around it; length 0 where it has none.
static const char *trimmed(const inb_signal_csv *form, size_t column, size_t *ret_length) {
    if (column >= inb_csv_fields(form->csv)) {
        *ret_length = 0;
        return "";
    }
    const char *text = inb_csv_field(form->csv, column);
    size_t start = strspn(text, " \t\r\n");
    size_t length = inb_csv_length(form->csv, column);
    while (length > start && strchr(" \t\r\n", text[length - 1]) != NULL) {
        length--;
    }
    *ret_length = length - start;
    return text + start;
}

// What rows of one signal share.
struct group {
    const char *id;
    size_t id_length;
    const char *organisation; // NULL = not told so far
    size_t organisation_length;
};

static inb_status keep(const inb_draft *draft, const char *text, size_t length,
    const char **ret_text, size_t *ret_length, inb_error *err) {
    const char *copy = inb_arena_text(draft->arena, text, length);
    if (copy == NULL) {
        return inb_draft_no_memory(draft, err);
    }
    *ret_text = copy;
    *ret_length = length;
    return INB_OK;
}

static inb_status join(
    const inb_signal_csv *form, const inb_draft *draft, struct group *group, inb_error *err) {
    size_t length;
    const char *text = trimmed(form, form->id_column, &length);
    if (group->id == NULL) {
        INB_TRY(keep(draft, text, length, &group->id, &group->id_length, err));
    }
    text = trimmed(form, form->organisation_column, &length);
    if (group->organisation == NULL && length > 0) {
        INB_TRY(keep(draft, text, length, &group->organisation, &group->organisation_length, err));
    }
    return INB_OK;
}

static bool belongs(const inb_signal_csv *form, const struct group *group) {
    size_t length;
    const char *text = trimmed(form, form->id_column, &length);
    if (length == 0 || length != group->id_length || memcmp(text, group->id, length) != 0) {
        return false;
    }
    text = trimmed(form, form->organisation_column, &length);
    return length == 0 || group->organisation == NULL ||
           (length == group->organisation_length && memcmp(text, group->organisation, length) == 0);
}

// ---- a row into the draft ----

static inb_status draft_cell(inb_draft *draft, inb_where where, const char *text, size_t length,
    inb_cell *cell, inb_error *err) {
    bool list = (inb_field_list[where.field].flags & (INB_IS_LIST | INB_IS_PAIRS)) != 0;
    return (list ? inb_draft_list : inb_draft_text)(draft, where, text, length, cell, err);
}

// A field of the signal: in a later row nothing, or what it was.
static inb_status signal_cell(
    inb_draft *draft, enum inb_field field, const inb_cell *told, inb_error *err) {
    inb_cell *cell = &draft->signal[field];
    if (!inb_cell_told(cell)) {
        bool first = cell->line == 0;
        if (first || inb_cell_told(told)) {
            *cell = *told;
        }
        return INB_OK;
    }
    if (inb_cell_told(told) && strcmp(cell->text, told->text) != 0) {
        return inb_draft_fail(draft, where_of(field, 0), err,
            "found another '%s' than in an earlier row of this signal, expected the same or "
            "nothing",
            inb_field_list[field].name);
    }
    return INB_OK;
}

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static inb_status add_party(inb_draft *draft, inb_party_kind kind, const inb_cell *value,
    const inb_cell *kvk, inb_error *err) {
    const char *code = inb_party_kind_code(kind);
    for (size_t i = 0; i < draft->party_count; i++) { // each row of a signal may repeat it
        const inb_draft_party *earlier = &draft->parties[i];
        if (earlier->kind.text == code && same_text(earlier->value.text, value->text) &&
            same_text(earlier->kvk.text, kvk->text)) {
            return INB_OK;
        }
    }
    if (draft->party_count == INB_SIGNAL_PARTIES_MOST) {
        return inb_draft_fail(draft, where_of(INB_F_PARTY_KIND, 0), err,
            "found more than %d parties in a signal, expected fewer", INB_SIGNAL_PARTIES_MOST);
    }
    inb_draft_party *party = &draft->parties[draft->party_count++];
    *party = (inb_draft_party){*value, *value, *kvk};
    party->kind.text = code;
    party->kind.line = value->text != NULL ? value->line : kvk->line;
    party->kind.column = value->text != NULL ? value->column : kvk->column;
    return INB_OK;
}

// `party.kvk` is of the agency or employer of its row, where that has one of the two.
static inb_status share_kvk(inb_draft *draft, inb_cell cells[static PARTY_CELLS], inb_error *err) {
    inb_cell *kvk = &cells[INB_F_KVK - INB_F_PARTY_KIND];
    inb_cell *of_agency = &cells[INB_F_AGENCY_KVK - INB_F_PARTY_KIND];
    inb_cell *of_employer = &cells[INB_F_EMPLOYER_KVK - INB_F_PARTY_KIND];
    bool agency = cells[INB_F_AGENCY - INB_F_PARTY_KIND].text != NULL;
    bool employer = cells[INB_F_EMPLOYER - INB_F_PARTY_KIND].text != NULL;
    if (kvk->text == NULL) {
        return INB_OK;
    }
    if (agency == employer || (agency ? of_agency : of_employer)->text != NULL) {
        return inb_draft_fail(draft, where_of(INB_F_KVK, 0), err,
            "found a 'party.kvk' that is not clearly of one party, expected one agency or one "
            "employer in this row, or 'party.agency.kvk' or 'party.employer.kvk'");
    }
    *(agency ? of_agency : of_employer) = *kvk;
    return INB_OK;
}

static inb_status parties(
    inb_signal_csv *form, inb_draft *draft, inb_cell cells[static PARTY_CELLS], inb_error *err) {
    static const inb_cell nothing = {0};
    for (size_t column = 0; column < form->column_count; column++) {
        if (form->columns[column] == INB_F_KVK) {
            form->at_column = column;
        }
    }
    INB_TRY(share_kvk(draft, cells, err));
    form->at_column = 0;
    for (int kind = 0; kind < INB_PARTY_KIND_COUNT; kind++) {
        const inb_cell *value = &cells[INB_F_PARTY_BY_KIND + kind - INB_F_PARTY_KIND];
        const inb_cell *kvk = kind == INB_PARTY_AGENCY ? &cells[INB_F_AGENCY_KVK - INB_F_PARTY_KIND]
                              : kind == INB_PARTY_EMPLOYER
                                  ? &cells[INB_F_EMPLOYER_KVK - INB_F_PARTY_KIND]
                                  : &nothing;
        if (value->text != NULL || kvk->text != NULL) {
            INB_TRY(add_party(draft, (inb_party_kind)kind, value, kvk, err));
        }
    }
    return INB_OK;
}

static inb_status draft_row(inb_signal_csv *form, inb_draft *draft, inb_error *err) {
    inb_cell party_cells[PARTY_CELLS] = {0};
    inb_draft_person *person = &draft->persons[draft->person_count];
    bool has_person = false;
    for (size_t column = 0; column < form->column_count; column++) {
        enum inb_field field = form->columns[column];
        if (field == INB_FIELDS) {
            continue;
        }
        form->at_column = column;
        inb_cell cell = {
            .line = inb_csv_line(form->csv, column), .column = inb_csv_place(form->csv, column)};
        INB_TRY(draft_cell(draft, where_of(field, draft->person_count),
            inb_csv_field(form->csv, column), inb_csv_length(form->csv, column), &cell, err));
        if (field < INB_FIELDS_OF_SIGNAL) {
            INB_TRY(signal_cell(draft, field, &cell, err));
        } else if (field < INB_F_PARTY_KIND) {
            person->cells[field - INB_F_REF] = cell;
            has_person = has_person || inb_cell_told(&cell);
        } else {
            party_cells[field - INB_F_PARTY_KIND] = cell;
        }
    }
    INB_TRY(parties(form, draft, party_cells, err));
    if (has_person && draft->person_count == INB_SIGNAL_PERSONS_MOST) {
        return inb_draft_fail(draft, where_of(INB_F_REF, 0), err,
            "found more than %d persons in a signal, expected fewer", INB_SIGNAL_PERSONS_MOST);
    }
    draft->person_count += has_person ? 1 : 0;
    return INB_OK;
}

static void count_row(const inb_signal_csv *form, inb_draft *draft) {
    for (size_t column = 0; column < form->column_count; column++) {
        if (form->columns[column] != INB_FIELDS && column < inb_csv_fields(form->csv)) {
            inb_draft_count(draft, form->columns[column], inb_csv_field(form->csv, column),
                inb_csv_length(form->csv, column));
        }
    }
}

// The row read ahead into the draft, or its complaint into *problem where that has none yet.
static inb_status take_row(
    inb_signal_csv *form, inb_draft *draft, size_t rows, inb_error *problem, inb_error *err) {
    count_row(form, draft);
    inb_error wrong = form->problem;
    if (form->state == ROW && problem->status == INB_OK) {
        if (rows == MOST_ROWS) {
            inb_csv_fail(form->csv, 0, &wrong,
                "found more than %d rows of one signal, expected fewer", MOST_ROWS);
        } else {
            inb_status status = draft_row(form, draft, &wrong);
            form->at_column = SIZE_MAX;
            if (status == INB_NO_MEMORY) {
                return inb_fail(err, status, "%s", wrong.message);
            }
        }
    }
    if (problem->status == INB_OK) {
        *problem = wrong;
    }
    return INB_OK;
}

inb_status inb_signal_csv_next(
    inb_signal_csv *form, inb_draft *draft, bool *ret_more, inb_error *err) {
    inb_draft_reset(draft);
    if (form->state == UNREAD) {
        INB_TRY(read_ahead(form, err));
    }
    if (form->state == END) {
        *ret_more = false;
        return INB_OK;
    }
    if (form->state == BROKEN || form->state == STOPPED) {
        form->state = STOPPED;
        form->begin = form->end; // there is nothing to show of it
        return inb_fail(err, form->problem.status, "%s", form->problem.message);
    }
    struct group group = {0};
    inb_error problem = INB_ERROR_INIT;
    draft->line = inb_csv_line(form->csv, 0);
    draft->column = inb_csv_place(form->csv, 0);
    form->begin = form->row_start;
    size_t rows = 0;
    do {
        INB_TRY(join(form, draft, &group, err));
        INB_TRY(take_row(form, draft, rows++, &problem, err));
        form->end = inb_csv_offset(form->csv);
        INB_TRY(read_ahead(form, err));
    } while ((form->state == ROW || form->state == WRONG_ROW) && belongs(form, &group));
    if (problem.status != INB_OK) {
        return inb_fail(err, problem.status, "%s", problem.message);
    }
    *ret_more = true;
    return INB_OK;
}

bool inb_signal_csv_can_go_on(const inb_signal_csv *form) {
    return form->state != STOPPED;
}

// ---- as it stood in the file ----

static const char *part(
    inb_signal_csv *form, uint64_t from, uint64_t to, inb_buffer *buffer, size_t *ret_length) {
    size_t length = (size_t)(to - from);
    inb_buffer_reset(buffer);
    if (length == 0 || length > MOST_RAW || (form->memory == NULL && form->again == NULL)) {
        return NULL;
    }
    if (form->memory != NULL) {
        inb_buffer_add(buffer, form->memory + from, length);
    } else {
        if (fseeko(form->again, (off_t)from, SEEK_SET) != 0) {
            return NULL;
        }
        char window[4096];
        while (buffer->length < length) {
            size_t want = length - buffer->length;
            size_t got = fread(window, 1, want < sizeof window ? want : sizeof window, form->again);
            if (got == 0) {
                return NULL;
            }
            inb_buffer_add(buffer, window, got);
            if (buffer->status != INB_OK) {
                break;
            }
        }
    }
    if (inb_buffer_check(buffer, NULL) != INB_OK) {
        inb_buffer_clear(buffer);
        return NULL;
    }
    *ret_length = length;
    return inb_buffer_get(buffer);
}

const char *inb_signal_csv_raw(inb_signal_csv *form, size_t *ret_length) {
    return part(form, form->begin, form->end, &form->raw, ret_length);
}

const char *inb_signal_csv_header(inb_signal_csv *form) {
    size_t length;
    return part(form, 0, form->header_end, &form->header_raw, &length);
}

uint64_t inb_signal_csv_offset(const inb_signal_csv *form) {
    return inb_csv_offset(form->csv);
}

void inb_signal_csv_column(
    const inb_signal_csv *form, enum inb_field field, size_t *ret_line, size_t *ret_column) {
    *ret_line = form->header[field].line;
    *ret_column = form->header[field].column;
}
