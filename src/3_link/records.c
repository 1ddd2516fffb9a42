// SPDX-License-Identifier: EUPL-1.2
// Reading files of records into columns: plain forms of values, each distinct one once. Nothing but
// ids, groups and plain forms is kept.

#include "records.h"

#include "plain_form.h"

#include "base/alloc.h"
#include "base/csv.h"

#include <inbeeld/citizen.h>
#include <inbeeld/spread.h>

#include <stdio.h>
#include <string.h>

const char *const inb_link_column_names[INB_LINK_COLUMNS] = {"id", "given_name", "prefix",
    "surname", "name", "birth_date", "birth_year", "birth_month", "birth_day", "sex", "postcode",
    "street", "house_number", "place", "phone", "email", "organisation", "kvk", "number"};

const char *const inb_feature_names[INB_FEATURES] = {"given name", "surname", "sex", "birth year",
    "birth month", "birth day", "postcode", "street", "house number", "place", "phone", "email",
    "organisation", "kvk", "number"};

// Columns that feed a feature of their own.
static const struct {
    enum inb_link_column column;
    enum inb_feature feature;
} plain_columns[] = {{INB_C_SEX, INB_SEX}, {INB_C_POSTCODE, INB_POSTCODE},
    {INB_C_STREET, INB_STREET}, {INB_C_HOUSE_NUMBER, INB_HOUSE}, {INB_C_PLACE, INB_PLACE},
    {INB_C_PHONE, INB_PHONE}, {INB_C_EMAIL, INB_EMAIL}, {INB_C_ORGANISATION, INB_ORGANISATION},
    {INB_C_KVK, INB_KVK}, {INB_C_NUMBER, INB_NUMBER}};

// Rows that were read and not yet made columns of. Each column takes its values in the order of the
// rows, and has words of its own, so that columns can be made side by side and the number of a
// value does not depend on how many threads there are.
struct batch {
    char *text; // the fields one after another, each NUL-ended
    size_t used;
    size_t size;
    size_t *starts; // BATCH rows of `width` fields, and the end
    size_t width;
    size_t rows;
    size_t first; // the record of row 0
};

enum { BATCH = 4096, BATCH_TEXT = 1 << 20 };

// What is known while one file is read.
struct reading {
    inb_people *people;
    inb_csv *csv;
    const inb_link_map *map;
    size_t columns[INB_LINK_COLUMNS]; // SIZE_MAX = not there
    size_t *groups;                   // a group, its column
    bool *found;                      // columns that a file had so far
    size_t file;
    const inb_spread *spread;
    struct batch batch;
};

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the records");
}

// ---- room ----

static inb_status grow_codes(uint32_t **codes, size_t old, size_t size, inb_error *err) {
    uint32_t *grown = inb_realloc(*codes, size, sizeof **codes);
    if (grown == NULL) {
        return no_room(err);
    }
    memset(grown + old, 0, (size - old) * sizeof *grown);
    *codes = grown;
    return INB_OK;
}

static inb_status make_room(inb_people *people, inb_error *err) {
    enum { FIRST = 1024 };
    if (people->count < people->size) {
        return INB_OK;
    }
    if (people->count >= (size_t)1 << 30) {
        return inb_fail(err, INB_TOO_LARGE, "more than 2^30 records");
    }
    size_t size = people->size == 0 ? FIRST : people->size * 2;
    INB_TRY(grow_codes(&people->id_codes, people->count, size, err));
    for (size_t f = 0; f < INB_FEATURES; f++) {
        if (people->codes[f] != NULL) {
            INB_TRY(grow_codes(&people->codes[f], people->count, size, err));
        }
    }
    for (size_t g = 0; g < people->group_count; g++) {
        INB_TRY(grow_codes(&people->groups[g].codes, people->count, size, err));
    }
    people->size = size;
    return INB_OK;
}

// A column appears with the first file that has it; earlier records are blank there.
static inb_status need_feature(inb_people *people, size_t feature, inb_error *err) {
    if (people->codes[feature] != NULL) {
        return INB_OK;
    }
    if (feature > INB_SURNAME && feature != INB_DAY) {
        INB_TRY(inb_words_begin(&people->other_words[feature], err));
    }
    people->codes[feature] = inb_alloc(people->size, sizeof *people->codes[feature]);
    return people->codes[feature] == NULL ? no_room(err) : INB_OK;
}

// ---- a column of a batch ----

static inb_status set(inb_people *people, enum inb_feature feature, size_t record, const char *text,
    size_t length, inb_error *err) {
    inb_words *words = (inb_words *)inb_feature_words(people, feature);
    return inb_words_add(words, text, length, &people->codes[feature][record], err);
}

// A name, and the form of the text that it was written as.
static inb_status set_name(inb_people *people, enum inb_feature feature, size_t record,
    const char *plain, size_t length, const char *text, size_t text_length, inb_error *err) {
    INB_TRY(set(people, feature, record, plain, length, err));
    return inb_name_table_add(
        people->names, people->codes[feature][record], text, text_length, err);
}

// Field `at` of a row: INB_LINK_COLUMNS of ours, then the groups.
static const char *kept(const struct reading *r, size_t row, size_t at, size_t *ret_length) {
    const size_t *start = &r->batch.starts[row * r->batch.width + at];
    *ret_length = start[1] - start[0] - 1;
    return r->batch.text + start[0];
}

static inb_status set_names(const struct reading *r, size_t row, inb_error *err) {
    size_t record = r->batch.first + row;
    char given[INB_PLAIN_MOST];
    char surname[INB_PLAIN_MOST];
    size_t length;
    const char *text = kept(r, row, INB_C_GIVEN_NAME, &length);
    size_t given_length = inb_plain_value(INB_GIVEN, text, length, given);
    size_t text_length;
    const char *surname_text = kept(r, row, INB_C_SURNAME, &text_length);
    size_t surname_length = inb_plain_value(INB_SURNAME, surname_text, text_length, surname);
    bool whole = given_length == 0 && surname_length == 0;
    if (whole) {
        text = kept(r, row, INB_C_NAME, &length);
        inb_plain_split(text, length, given, &given_length, surname, &surname_length);
    }
    INB_TRY(set_name(r->people, INB_GIVEN, record, given, given_length, whole ? given : text,
        whole ? given_length : length, err));
    return set_name(r->people, INB_SURNAME, record, surname, surname_length,
        whole ? surname : surname_text, whole ? surname_length : text_length, err);
}

static unsigned small_number(const char *text, size_t length, unsigned most) {
    unsigned value = 0;
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.') {
            break; // "1949.0"
        }
        if (text[i] >= '0' && text[i] <= '9') {
            value = value * 10 + (unsigned)(text[i] - '0');
            if (++digits > 6) {
                return 0;
            }
        }
    }
    return value <= most ? value : 0;
}

static unsigned number_of(
    const struct reading *r, size_t row, enum inb_link_column column, unsigned most) {
    size_t length;
    const char *text = kept(r, row, column, &length);
    return small_number(text, length, most);
}

static inb_status set_date(const struct reading *r, size_t row, inb_error *err) {
    inb_people *people = r->people;
    unsigned parts[3] = {0};
    size_t length;
    const char *text = kept(r, row, INB_C_BIRTH_DATE, &length);
    if (length > 0 && !inb_plain_date(text, length, parts)) {
        people->odd_dates++;
    }
    parts[0] = parts[0] != 0 ? parts[0] : number_of(r, row, INB_C_BIRTH_YEAR, 9999);
    parts[1] = parts[1] != 0 ? parts[1] : number_of(r, row, INB_C_BIRTH_MONTH, 99);
    parts[2] = parts[2] != 0 ? parts[2] : number_of(r, row, INB_C_BIRTH_DAY, 99);
    for (unsigned i = 0; i < 3; i++) {
        char number[16];
        int size = parts[i] == 0 ? 0 : snprintf(number, sizeof number, "%u", parts[i]);
        INB_TRY(set(people, (enum inb_feature)(INB_YEAR + i), r->batch.first + row, number,
            (size_t)size, err));
    }
    return INB_OK;
}

static inb_status set_plain(const struct reading *r, size_t row, size_t which, inb_error *err) {
    char plain[INB_PLAIN_MOST];
    size_t length;
    const char *text = kept(r, row, plain_columns[which].column, &length);
    enum inb_feature feature = plain_columns[which].feature;
    length = inb_plain_value(feature, text, length, plain);
    return set(r->people, feature, r->batch.first + row, plain, length, err);
}

static inb_status set_group(const struct reading *r, size_t row, size_t g, inb_error *err) {
    inb_group_column *group = &r->people->groups[g];
    size_t length;
    const char *text = kept(r, row, INB_LINK_COLUMNS + g, &length);
    if (r->groups[g] == SIZE_MAX) {
        return INB_OK;
    }
    return inb_words_add(&group->words, text, length, &group->codes[r->batch.first + row], err);
}

// The longest first. They write to words of their own each: of names, of dates, of one column, of a
// group.
enum {
    PIECE_NAMES,
    PIECE_DATE,
    PIECE_PLAIN,
    PIECE_GROUP = PIECE_PLAIN + sizeof plain_columns / sizeof plain_columns[0]
};

static inb_status make_column(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)worker;
    const struct reading *r = context;
    enum inb_feature feature = piece == PIECE_NAMES  ? INB_GIVEN
                               : piece == PIECE_DATE ? INB_YEAR
                               : piece < PIECE_GROUP ? plain_columns[piece - PIECE_PLAIN].feature
                                                     : INB_FEATURES;
    if (feature != INB_FEATURES && r->people->codes[feature] == NULL) {
        return INB_OK;
    }
    for (size_t row = 0; row < r->batch.rows; row++) {
        INB_TRY(piece == PIECE_NAMES  ? set_names(r, row, err)
                : piece == PIECE_DATE ? set_date(r, row, err)
                : piece < PIECE_GROUP ? set_plain(r, row, piece - PIECE_PLAIN, err)
                                      : set_group(r, row, piece - PIECE_GROUP, err));
    }
    return INB_OK;
}

static inb_status end_batch(struct reading *r, inb_error *err) {
    inb_people *people = r->people;
    struct batch *batch = &r->batch;
    INB_TRY(
        inb_spread_run(r->spread, NULL, PIECE_GROUP + people->group_count, make_column, r, err));
    for (size_t f = 0; f < INB_FEATURES; f++) {
        for (size_t i = batch->first; people->codes[f] != NULL && i < people->count; i++) {
            people->filled[f] += people->codes[f][i] != 0 ? 1 : 0;
        }
    }
    batch->rows = 0;
    batch->used = 0;
    return INB_OK;
}

// ---- one record ----

static inb_status keep_field(struct reading *r, size_t column, inb_error *err) {
    struct batch *batch = &r->batch;
    size_t length = column == SIZE_MAX ? 0 : inb_csv_length(r->csv, column);
    if (batch->size - batch->used <= length) {
        size_t size = batch->size == 0 ? BATCH_TEXT : 2 * batch->size;
        while (size - batch->used <= length) {
            size *= 2;
        }
        char *grown = inb_realloc(batch->text, size, 1);
        if (grown == NULL) {
            return no_room(err);
        }
        batch->text = grown;
        batch->size = size;
    }
    if (length > 0) {
        memcpy(batch->text + batch->used, inb_csv_field(r->csv, column), length);
    }
    batch->text[batch->used + length] = '\0';
    batch->used += length + 1;
    return INB_OK;
}

static inb_status keep_row(struct reading *r, inb_error *err) {
    struct batch *batch = &r->batch;
    if (batch->rows == 0) {
        batch->first = r->people->count - 1;
    }
    size_t *starts = &batch->starts[batch->rows * batch->width];
    for (size_t c = 0; c < batch->width; c++) {
        starts[c] = batch->used;
        // Whoever needs the id has it already.
        size_t column = c == INB_C_ID          ? SIZE_MAX
                        : c < INB_LINK_COLUMNS ? r->columns[c]
                                               : r->groups[c - INB_LINK_COLUMNS];
        INB_TRY(keep_field(r, column, err));
    }
    starts[batch->width] = batch->used;
    batch->rows++;
    return batch->rows == BATCH || batch->used >= BATCH_TEXT ? end_batch(r, err) : INB_OK;
}

static inb_status begin_record(struct reading *r, inb_error *err) {
    inb_people *people = r->people;
    INB_TRY(make_room(people, err));
    size_t column = r->columns[INB_C_ID];
    const char *text = inb_csv_field(r->csv, column);
    if (text[strspn(text, " ")] == '\0') {
        return inb_csv_fail(r->csv, column, err, "found an empty id, expected one a record");
    }
    INB_TRY(inb_words_add(
        &people->ids, text, inb_csv_length(r->csv, column), &people->id_codes[people->count], err));
    people->count++;
    return INB_OK;
}

// ---- one file ----

static inb_status find_columns(struct reading *r, inb_error *err) {
    bool any = false;
    for (size_t c = 0; c < INB_LINK_COLUMNS; c++) {
        const char *name = inb_link_map_name(r->map, (enum inb_link_column)c);
        r->columns[c] = name == NULL ? SIZE_MAX : inb_csv_find(r->csv, name);
        r->found[c] = r->found[c] || r->columns[c] != SIZE_MAX;
        any = any || (c != INB_C_ID && r->columns[c] != SIZE_MAX);
    }
    if (r->columns[INB_C_ID] == SIZE_MAX) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found no column '%.60s', expected one (--config maps names of columns)",
            inb_csv_name(r->csv), inb_link_map_name(r->map, INB_C_ID));
    }
    if (!any) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found no column to compare, expected at least one of given_name, surname, "
            "name, birth_date, birth_year, birth_month, birth_day, sex, postcode, street, "
            "house_number, place, phone, email, organisation, kvk, number (--config maps names)",
            inb_csv_name(r->csv));
    }
    return INB_OK;
}

static inb_status need_features(const struct reading *r, inb_error *err) {
    static const enum inb_link_column names[] = {INB_C_GIVEN_NAME, INB_C_SURNAME, INB_C_NAME};
    static const enum inb_link_column dates[] = {
        INB_C_BIRTH_DATE, INB_C_BIRTH_YEAR, INB_C_BIRTH_MONTH, INB_C_BIRTH_DAY};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (r->columns[names[i]] != SIZE_MAX) {
            INB_TRY(need_feature(r->people, INB_GIVEN, err));
            INB_TRY(need_feature(r->people, INB_SURNAME, err));
        }
    }
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        for (size_t f = INB_YEAR; f <= INB_DAY && r->columns[dates[i]] != SIZE_MAX; f++) {
            INB_TRY(need_feature(r->people, f, err));
        }
    }
    for (size_t i = 0; i < sizeof plain_columns / sizeof plain_columns[0]; i++) {
        if (r->columns[plain_columns[i].column] != SIZE_MAX) {
            INB_TRY(need_feature(r->people, plain_columns[i].feature, err));
        }
    }
    return INB_OK;
}

// A group that no file has is the caller's mistake; one that this file lacks is blank here.
static void find_groups(struct reading *r, bool *seen) {
    for (size_t g = 0; g < r->people->group_count; g++) {
        r->groups[g] = inb_csv_find(r->csv, r->people->groups[g].name);
        seen[g] = seen[g] || r->groups[g] != SIZE_MAX;
    }
}

// Two records of one file with one id: `line_of` holds the record that had each id's text last.
static inb_status check_id(const struct reading *r, uint32_t **last, size_t *size, inb_error *err) {
    const inb_people *people = r->people;
    size_t record = people->count - 1;
    uint32_t code = people->id_codes[record];
    if (code >= *size) {
        size_t grown = *size * 2 > code + 1 ? *size * 2 : (size_t)code + 1024;
        INB_TRY(grow_codes(last, *size, grown, err));
        *size = grown;
    }
    // Records count from 1 here, so that 0 is none.
    if ((*last)[code] > people->file_starts[r->file]) {
        return inb_csv_fail(r->csv, r->columns[INB_C_ID], err,
            "found an id that record %zu has too, expected each once",
            (size_t)(*last)[code] - people->file_starts[r->file]);
    }
    (*last)[code] = (uint32_t)(record + 1);
    return INB_OK;
}

// After the last row: no column may be one of citizen service numbers, compared or not.
static inb_status check_citizens(
    const inb_csv *csv, const inb_citizen_count *citizens, inb_error *err) {
    for (size_t c = 0; c < inb_csv_columns(csv); c++) {
        if (inb_citizen_refuses(&citizens[c])) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s: found citizen service numbers in column %zu (%.60s), expected none: they have "
                "no place here; leave the column out",
                inb_csv_name(csv), c + 1, inb_csv_column(csv, c));
        }
    }
    return INB_OK;
}

static inb_status read_file(struct reading *r, bool *seen, inb_error *err) {
    INB_CLEANUP(inb_freep) uint32_t *last = NULL;
    INB_CLEANUP(inb_freep)
    inb_citizen_count *citizens = inb_alloc(inb_csv_columns(r->csv), sizeof *citizens);
    if (citizens == NULL) {
        return no_room(err);
    }
    size_t last_size = 0;
    inb_people *people = r->people;
    INB_TRY(find_columns(r, err));
    if (people->size == 0) {
        INB_TRY(make_room(people, err));
    }
    INB_TRY(need_features(r, err));
    find_groups(r, seen);
    for (;;) {
        bool more;
        INB_TRY(inb_csv_next(r->csv, &more, err));
        if (!more) {
            break;
        }
        for (size_t c = 0; c < inb_csv_columns(r->csv); c++) {
            inb_citizen_add(&citizens[c], inb_csv_field(r->csv, c), inb_csv_length(r->csv, c));
        }
        INB_TRY(begin_record(r, err));
        INB_TRY(check_id(r, &last, &last_size, err));
        INB_TRY(keep_row(r, err));
    }
    INB_TRY(end_batch(r, err));
    people->file_starts[r->file + 1] = people->count;
    return check_citizens(r->csv, citizens, err);
}

// ---- all files ----

static inb_status copy_text(const char *text, size_t length, char **ret_copy, inb_error *err) {
    char *copy = inb_alloc(length + 1, 1);
    if (copy == NULL) {
        return no_room(err);
    }
    memcpy(copy, text, length);
    *ret_copy = copy;
    return INB_OK;
}

// The last part of a path without its ending.
static void stem_of(const char *path, const char **ret_stem, size_t *ret_length) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    *ret_stem = name;
    *ret_length = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
}

static inb_status name_files(
    inb_people *people, const char *const *paths, size_t count, inb_error *err) {
    people->paths = inb_alloc(count, sizeof *people->paths);
    people->stems = inb_alloc(count, sizeof *people->stems);
    people->file_starts = inb_alloc(count + 1, sizeof *people->file_starts);
    if (people->paths == NULL || people->stems == NULL || people->file_starts == NULL) {
        return no_room(err);
    }
    people->file_count = count;
    for (size_t f = 0; f < count; f++) {
        const char *stem;
        size_t length;
        stem_of(paths[f], &stem, &length);
        INB_TRY(copy_text(stem, length, &people->stems[f], err));
        INB_TRY(copy_text(paths[f], strlen(paths[f]), &people->paths[f], err));
        for (size_t g = 0; g < f; g++) {
            if (strcmp(people->stems[f], people->stems[g]) == 0) {
                return inb_fail(err, INB_USAGE,
                    "%s and %s have the same name without folder and ending, expected different "
                    "ones: it names the source",
                    paths[g], paths[f]);
            }
        }
    }
    return INB_OK;
}

static inb_status name_groups(
    inb_people *people, const char *const *groups, size_t count, inb_error *err) {
    people->groups = inb_alloc(count, sizeof *people->groups);
    if (people->groups == NULL) {
        return no_room(err);
    }
    people->group_count = count;
    for (size_t g = 0; g < count; g++) {
        INB_TRY(copy_text(groups[g], strlen(groups[g]), &people->groups[g].name, err));
        INB_TRY(inb_words_begin(&people->groups[g].words, err));
    }
    return INB_OK;
}

static void batch_clear(struct batch *batch) {
    inb_free(batch->text);
    inb_free(batch->starts);
}

// data NULL: names are paths to open.
static inb_status read_all(const char *const *names, const char *const *data, const size_t *lengths,
    size_t count, const inb_link_map *map, const char *const *groups, size_t group_count,
    size_t threads, inb_people **ret_people, inb_error *err) {
    INB_CLEANUP(inb_people_freep) inb_people *people = inb_alloc(1, sizeof *people);
    INB_CLEANUP(inb_freep) size_t *group_columns = inb_alloc(group_count, sizeof *group_columns);
    INB_CLEANUP(inb_freep) bool *seen = inb_alloc(group_count, sizeof *seen);
    bool found[INB_LINK_COLUMNS] = {false};
    if (people == NULL || group_columns == NULL || seen == NULL) {
        return no_room(err);
    }
    INB_TRY(name_files(people, names, count, err));
    INB_TRY(name_groups(people, groups, group_count, err));
    INB_TRY(inb_words_begin(&people->ids, err));
    INB_TRY(inb_words_begin(&people->name_words, err));
    INB_TRY(inb_name_table_new(&people->names, err));
    people->name_words.names = people->names;
    inb_spread spread = inb_spread_threads(threads);
    INB_CLEANUP(batch_clear) struct batch batch = {.width = INB_LINK_COLUMNS + group_count};
    batch.starts = inb_alloc(BATCH * batch.width + 1, sizeof *batch.starts);
    if (batch.starts == NULL) {
        return no_room(err);
    }
    for (size_t f = 0; f < count; f++) {
        INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
        INB_TRY(data == NULL ? inb_csv_open(names[f], &csv, err)
                             : inb_csv_open_memory(names[f], data[f], lengths[f], &csv, err));
        struct reading r = {people, csv, map, {0}, group_columns, found, f, &spread, batch};
        inb_status status = read_file(&r, seen, err);
        batch = r.batch;
        INB_TRY(status);
    }
    for (size_t c = 0; c < INB_LINK_COLUMNS; c++) {
        const char *name = inb_link_map_name(map, (enum inb_link_column)c);
        if (!found[c] && name != NULL && name != inb_link_column_names[c]) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:1:1: found no column '%.60s' in any of the files, expected one (--config: %s)",
                names[0], name, inb_link_column_names[c]);
        }
    }
    for (size_t g = 0; g < group_count; g++) {
        if (!seen[g]) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:1:1: found no column '%.60s' in any of the files, expected one (--group)",
                names[0], groups[g]);
        }
    }
    inb_words_seal(&people->ids);
    inb_words_seal(&people->name_words);
    for (size_t f = 0; f < INB_FEATURES; f++) {
        inb_words_seal(&people->other_words[f]);
    }
    *ret_people = INB_TAKE(people);
    return INB_OK;
}

inb_status inb_people_read(const char *const *paths, size_t path_count, const inb_link_map *map,
    const char *const *groups, size_t group_count, size_t threads, inb_people **ret_people,
    inb_error *err) {
    return read_all(
        paths, NULL, NULL, path_count, map, groups, group_count, threads, ret_people, err);
}

inb_status inb_people_read_memory(const char *const *names, const char *const *data,
    const size_t *lengths, size_t count, const inb_link_map *map, const char *const *groups,
    size_t group_count, size_t threads, inb_people **ret_people, inb_error *err) {
    return read_all(
        names, data, lengths, count, map, groups, group_count, threads, ret_people, err);
}

void inb_people_free(inb_people *people) {
    if (people == NULL) {
        return;
    }
    for (size_t f = 0; f < people->file_count; f++) {
        inb_free(people->paths[f]);
        inb_free(people->stems[f]);
    }
    inb_free(people->paths);
    inb_free(people->stems);
    inb_free(people->file_starts);
    inb_words_clear(&people->ids);
    inb_free(people->id_codes);
    inb_words_clear(&people->name_words);
    inb_name_table_freep(&people->names);
    for (size_t f = 0; f < INB_FEATURES; f++) {
        inb_words_clear(&people->other_words[f]);
        inb_free(people->codes[f]);
    }
    for (size_t g = 0; g < people->group_count; g++) {
        inb_free(people->groups[g].name);
        inb_words_clear(&people->groups[g].words);
        inb_free(people->groups[g].codes);
    }
    inb_free(people->groups);
    inb_free(people);
}

void inb_people_freep(inb_people **people) {
    inb_people_free(*people);
    *people = NULL;
}

size_t inb_people_count(const inb_people *people) {
    return people->count;
}

size_t inb_people_files(const inb_people *people) {
    return people->file_count;
}

size_t inb_people_file_of(const inb_people *people, size_t record) {
    size_t low = 0;
    size_t high = people->file_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (people->file_starts[middle] <= record) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}
