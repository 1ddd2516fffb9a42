// SPDX-License-Identifier: EUPL-1.2
// HISTORIES.csv into tables of capture histories. Rows are added up while they are read, under the
// bits of every column that has held only 0 and 1 so far; which of those are lists is known at the
// end, and the bits of the others are then summed over. Memory: one entry per distinct history.

#include <inbeeld/count.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/text.h"
#include "histories_i.h"
#include "model_terms.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST_BITS = 64,
    MOST_ENTRIES = 1 << 20, // 0/1 columns make at most 1,024 histories a group; more is no table
    MOST_GROUPS = 1 << 12,
    MOST_CELLS = 1 << 22,     // over all groups
    MOST_ROW_MARKS = 1 << 16, // rows remembered to find repeated ones
    MOST_BOUND = 1000000
};

// What is known of a column so far.
struct column {
    const char *name; // trimmed
    size_t header_line;
    size_t header_place;
    bool is_count;
    size_t group; // position among the named group columns, SIZE_MAX = not named
    bool binary;  // only 0, 1 and empty so far
    size_t bit;   // SIZE_MAX = never binary
    bool text;    // some value that is no number
    size_t zero_one;
    size_t other;
    size_t other_line; // the first value that is neither 0 nor 1 nor empty
    size_t other_place;
    size_t empty_line; // the first empty one, 0 = none
    size_t empty_place;
};

// Rows with the same bits in the same group, added up.
struct entry {
    uint64_t bits;
    size_t group;
    bool used;
    bool counted;
    bool censored;
    bool missing;
    bool structural;
    int64_t count;
    int64_t bound;
    size_t line; // of the first row whose count is not empty, 0 = none
    size_t place;
};

struct reader {
    inb_csv *csv;
    inb_arena *arena; // of the result
    struct column *columns;
    size_t column_count;
    size_t count_column; // SIZE_MAX = none
    size_t group_column_count;
    size_t *group_at; // [group_column_count] column of each named group
    const char ***groups;
    size_t group_count;
    size_t group_size;
    size_t bit_count;
    struct entry *entries;
    size_t entry_count;
    size_t entry_size; // a power of two
    uint64_t *marks;   // hashes of whole rows without their count
    size_t mark_count;
    size_t repeated;
    size_t repeated_line;   // the first
    bool partly_structural; // some rows of a history say that it cannot occur, others count it
    size_t rows;
    int64_t people;
};

static void clear_reader(struct reader *reader) {
    inb_csv_free(reader->csv);
    inb_arena_free(reader->arena);
    inb_free(reader->columns);
    inb_free(reader->group_at);
    inb_free(reader->groups);
    inb_free(reader->entries);
    inb_free(reader->marks);
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the histories");
}

// ---- small things ----

// A piece of text without the blanks around it, borrowed.
struct piece {
    const char *text;
    size_t length;
};

static struct piece trim(const char *text, size_t length) {
    while (length > 0 && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        length--;
    }
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        length--;
    }
    return (struct piece){text, length};
}

// Names and values are printed: one line, and nothing that a terminal obeys (C0, delete, C1).
static bool has_control(struct piece piece) {
    for (size_t i = 0; i < piece.length; i++) {
        unsigned char c = (unsigned char)piece.text[i];
        unsigned char after = i + 1 < piece.length ? (unsigned char)piece.text[i + 1] : 0xff;
        if (c < 0x20 || c == 0x7f || (c == 0xC2 && after < 0xA0)) {
            return true;
        }
    }
    return false;
}

static struct piece field(const struct reader *reader, size_t column) {
    return trim(inb_csv_field(reader->csv, column), inb_csv_length(reader->csv, column));
}

// FNV-1a (Fowler, Noll, Vo), continued from `hash`; then finished by a multiply-xor mix.
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length) {
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static const uint64_t HASH_START = UINT64_C(14695981039346656037);

static uint64_t mix(uint64_t hash) {
    hash ^= hash >> 33;
    hash *= UINT64_C(0xff51afd7ed558ccd);
    return hash ^ (hash >> 33);
}

// "file:line:column: " and the message, for a place that is no longer the current row.
static inb_status fail_at(const struct reader *reader, size_t line, size_t place, inb_error *err,
    const char *format, ...) INB_PRINTF(5, 6);

static inb_status fail_at(const struct reader *reader, size_t line, size_t place, inb_error *err,
    const char *format, ...) {
    char message[INB_MESSAGE_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    return inb_fail(
        err, INB_BAD_INPUT, "%s:%zu:%zu: %s", inb_csv_name(reader->csv), line, place, message);
}

// ---- the header ----

static inb_status read_header(struct reader *reader, const char *const *group_columns,
    size_t group_column_count, inb_error *err) {
    size_t count = inb_csv_columns(reader->csv);
    reader->columns = inb_alloc(count, sizeof *reader->columns);
    reader->group_at = inb_alloc(group_column_count, sizeof *reader->group_at);
    if (reader->columns == NULL || reader->group_at == NULL) {
        return no_memory(err);
    }
    reader->column_count = count;
    reader->count_column = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        struct column *column = &reader->columns[i];
        const char *name = inb_csv_column(reader->csv, i);
        struct piece piece = trim(name, strlen(name));
        column->name = inb_arena_text(reader->arena, piece.text, piece.length);
        if (column->name == NULL) {
            return no_memory(err);
        }
        column->header_line = inb_csv_line(reader->csv, i);
        column->header_place = inb_csv_place(reader->csv, i);
        column->group = SIZE_MAX;
        column->bit = SIZE_MAX;
        column->binary = true;
        if (piece.length == 0) {
            return fail_at(reader, column->header_line, column->header_place, err,
                "found a column without a name, expected one");
        }
        if (has_control(piece)) {
            return fail_at(reader, column->header_line, column->header_place, err,
                count == 1 && memchr(piece.text, '\t', piece.length) != NULL
                    ? "found columns parted by tabs, expected commas or semicolons"
                    : "column name: found a control character, expected text on one line");
        }
        if (strcmp(column->name, "count") == 0) {
            column->is_count = true;
            reader->count_column = i;
        }
    }
    for (size_t g = 0; g < group_column_count; g++) {
        size_t at = 0;
        while (at < count && strcmp(reader->columns[at].name, group_columns[g]) != 0) {
            at++;
        }
        if (at == count || reader->columns[at].is_count) {
            return inb_fail(err, INB_USAGE,
                "group '%.60s': found no such column in %.200s, expected one of its columns other "
                "than 'count'",
                group_columns[g], inb_csv_name(reader->csv));
        }
        if (reader->columns[at].group != SIZE_MAX) {
            return inb_fail(err, INB_USAGE, "group '%.60s' is named twice", group_columns[g]);
        }
        reader->columns[at].group = g;
        reader->group_at[g] = at;
    }
    reader->group_column_count = group_column_count;
    return INB_OK;
}

// ---- one row ----

// What the count of a row says.
struct amount {
    inb_cell_kind kind;
    int64_t count;
};

static inb_status read_number(const struct reader *reader, struct piece piece, int64_t most,
    int64_t *ret_count, inb_error *err) {
    size_t column = reader->count_column;
    double value;
    int64_t whole;
    if (inb_parse_int64(piece.text, piece.length, &whole)) {
        value = (double)whole;
    } else if (inb_parse_double(piece.text, piece.length, &value)) {
        whole = 0;
    } else {
        return inb_csv_fail(reader->csv, column, err,
            "count: found text, expected a whole number, nothing (not known), '<=' with a number "
            "(at most so many) or '-' (cannot occur)");
    }
    if (value < 0) {
        return inb_csv_fail(
            reader->csv, column, err, "count: found a negative number, expected 0 or more");
    }
    if (value > (double)most) {
        return inb_csv_fail(reader->csv, column, err,
            "count: found a number over %lld, expected people", (long long)most);
    }
    if (value != floor(value)) {
        return inb_csv_fail(
            reader->csv, column, err, "count: found a fraction, expected a whole number");
    }
    *ret_count = (int64_t)value;
    return INB_OK;
}

static inb_status read_amount(
    const struct reader *reader, struct amount *ret_amount, inb_error *err) {
    struct amount amount = {INB_CELL_COUNTED, 1};
    if (reader->count_column != SIZE_MAX) {
        struct piece piece = field(reader, reader->count_column);
        if (piece.length == 0) {
            amount = (struct amount){INB_CELL_MISSING, 0};
        } else if (inb_equals(piece.text, piece.length, "-")) {
            amount = (struct amount){INB_CELL_STRUCTURAL, 0};
        } else if (piece.length >= 2 && memcmp(piece.text, "<=", 2) == 0) {
            struct piece bound = trim(piece.text + 2, piece.length - 2);
            INB_TRY(read_number(reader, bound, MOST_BOUND, &amount.count, err));
            amount.kind = amount.count == 0 ? INB_CELL_COUNTED : INB_CELL_CENSORED;
        } else {
            INB_TRY(read_number(reader, piece, INB_I_MOST_PEOPLE, &amount.count, err));
        }
    }
    *ret_amount = amount;
    return INB_OK;
}

// Takes in what the values of this row say about their columns; *ret_bits are the ones.
static inb_status read_bits(struct reader *reader, uint64_t *ret_bits, inb_error *err) {
    uint64_t bits = 0;
    for (size_t i = 0; i < reader->column_count; i++) {
        struct column *column = &reader->columns[i];
        if (column->is_count || column->group != SIZE_MAX) {
            continue;
        }
        struct piece piece = field(reader, i);
        bool zero = inb_equals(piece.text, piece.length, "0");
        bool one = inb_equals(piece.text, piece.length, "1");
        if (zero || one) {
            column->zero_one++;
        } else if (piece.length == 0) {
            if (column->empty_line == 0) {
                column->empty_line = inb_csv_line(reader->csv, i);
                column->empty_place = inb_csv_place(reader->csv, i);
            }
        } else {
            double value;
            column->text = column->text || !inb_parse_double(piece.text, piece.length, &value);
            if (column->other++ == 0) {
                column->other_line = inb_csv_line(reader->csv, i);
                column->other_place = inb_csv_place(reader->csv, i);
                column->binary = false;
            }
        }
        if (!column->binary) {
            continue;
        }
        if (reader->rows == 0) {
            if (reader->bit_count == MOST_BITS) {
                return inb_csv_fail(reader->csv, i, err,
                    "found more than %d columns of 0 and 1, expected %d to %d lists", MOST_BITS,
                    INB_LISTS_LEAST, INB_LISTS_MOST);
            }
            column->bit = reader->bit_count++;
        }
        if (one) {
            bits |= UINT64_C(1) << column->bit;
        }
    }
    *ret_bits = bits;
    return INB_OK;
}

// The number of this row's group, new or known.
static inb_status read_group(struct reader *reader, size_t *ret_group, inb_error *err) {
    size_t named = reader->group_column_count;
    for (size_t g = 0; g < reader->group_count; g++) {
        bool same = true;
        for (size_t i = 0; same && i < named; i++) {
            struct piece piece = field(reader, reader->group_at[i]);
            const char *value = reader->groups[g][i];
            same = value == NULL ? piece.length == 0 : inb_equals(piece.text, piece.length, value);
        }
        if (same) {
            *ret_group = g;
            return INB_OK;
        }
    }
    if (reader->group_count == MOST_GROUPS) {
        return inb_csv_fail(reader->csv, reader->group_at[0], err,
            "found more than %d groups, expected fewer", MOST_GROUPS);
    }
    if (reader->group_count == reader->group_size) {
        size_t size = reader->group_size == 0 ? 16 : 2 * reader->group_size;
        const char ***grown = inb_realloc(reader->groups, size, sizeof *grown);
        if (grown == NULL) {
            return no_memory(err);
        }
        reader->groups = grown;
        reader->group_size = size;
    }
    const char **values = inb_arena_get(reader->arena, named > 0 ? named : 1, sizeof *values);
    if (values == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < named; i++) {
        struct piece piece = field(reader, reader->group_at[i]);
        if (has_control(piece)) {
            return inb_csv_fail(reader->csv, reader->group_at[i], err,
                "group: found a control character, expected text on one line");
        }
        if (piece.length > 0) {
            values[i] = inb_arena_text(reader->arena, piece.text, piece.length);
            if (values[i] == NULL) {
                return no_memory(err);
            }
        }
    }
    *ret_group = reader->group_count;
    reader->groups[reader->group_count++] = values;
    return INB_OK;
}

// Where (bits, group) stands or would stand.
static struct entry *find_entry(struct entry *entries, size_t size, uint64_t bits, size_t group) {
    size_t at = (size_t)mix(bits * UINT64_C(0x9e3779b97f4a7c15) + group) & (size - 1);
    while (entries[at].used && (entries[at].bits != bits || entries[at].group != group)) {
        at = (at + 1) & (size - 1);
    }
    return &entries[at];
}

static inb_status get_entry(
    struct reader *reader, uint64_t bits, size_t group, struct entry **ret_entry, inb_error *err) {
    if (2 * reader->entry_count >= reader->entry_size) {
        size_t size = reader->entry_size == 0 ? 256 : 2 * reader->entry_size;
        struct entry *grown =
            size > 2 * (size_t)MOST_ENTRIES ? NULL : inb_alloc(size, sizeof *grown);
        if (grown == NULL && size <= 2 * (size_t)MOST_ENTRIES) {
            return no_memory(err);
        }
        if (grown == NULL) {
            return inb_csv_fail(reader->csv, 0, err,
                "found more than %d different histories, expected a table of %d to %d lists",
                MOST_ENTRIES, INB_LISTS_LEAST, INB_LISTS_MOST);
        }
        for (size_t i = 0; i < reader->entry_size; i++) {
            const struct entry *old = &reader->entries[i];
            if (old->used) {
                *find_entry(grown, size, old->bits, old->group) = *old;
            }
        }
        inb_free(reader->entries);
        reader->entries = grown;
        reader->entry_size = size;
    }
    struct entry *entry = find_entry(reader->entries, reader->entry_size, bits, group);
    if (!entry->used) {
        *entry = (struct entry){.bits = bits, .group = group, .used = true};
        reader->entry_count++;
    }
    *ret_entry = entry;
    return INB_OK;
}

// Notes a row whose values, the count aside, stood in an earlier row. A collision of two hashes
// would only make the message count one too many.
static inb_status mark_row(struct reader *reader, inb_error *err) {
    if (reader->count_column == SIZE_MAX) {
        return INB_OK; // one row a person: repetition is the rule
    }
    if (reader->marks == NULL) {
        reader->marks = inb_alloc(2 * (size_t)MOST_ROW_MARKS, sizeof *reader->marks);
        if (reader->marks == NULL) {
            return no_memory(err);
        }
    }
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < reader->column_count; i++) {
        if (i != reader->count_column) {
            struct piece piece = field(reader, i);
            hash = hash_bytes(hash, piece.text, piece.length);
            hash = hash_bytes(hash, "\n", 1);
        }
    }
    hash = mix(hash) | 1; // 0 is an empty place
    size_t mask = 2 * (size_t)MOST_ROW_MARKS - 1;
    size_t at = (size_t)(hash >> 1) & mask;
    while (reader->marks[at] != 0 && reader->marks[at] != hash) {
        at = (at + 1) & mask;
    }
    if (reader->marks[at] == hash) {
        if (reader->repeated++ == 0) {
            reader->repeated_line = inb_csv_line(reader->csv, 0);
        }
    } else if (reader->mark_count < MOST_ROW_MARKS) {
        reader->marks[at] = hash;
        reader->mark_count++;
    }
    return INB_OK;
}

static inb_status read_row(struct reader *reader, inb_error *err) {
    uint64_t bits;
    struct amount amount;
    size_t group;
    struct entry *entry;
    INB_TRY(read_bits(reader, &bits, err));
    INB_TRY(read_amount(reader, &amount, err));
    INB_TRY(read_group(reader, &group, err));
    INB_TRY(mark_row(reader, err));
    INB_TRY(get_entry(reader, bits, group, &entry, err));
    size_t place_column = reader->count_column == SIZE_MAX ? 0 : reader->count_column;
    if (amount.kind != INB_CELL_MISSING && entry->line == 0) {
        entry->line = inb_csv_line(reader->csv, place_column);
        entry->place = inb_csv_place(reader->csv, place_column);
    }
    switch (amount.kind) {
    case INB_CELL_COUNTED:
        reader->people += amount.count; // both at most 1e11: no overflow
        if (reader->people > INB_I_MOST_PEOPLE) {
            return inb_csv_fail(reader->csv, place_column, err,
                "count: found more than %lld people in all, expected fewer",
                (long long)INB_I_MOST_PEOPLE);
        }
        entry->counted = true;
        entry->count += amount.count;
        break;
    case INB_CELL_CENSORED:
        entry->censored = true;
        entry->bound += amount.count;
        if (entry->bound > MOST_BOUND) {
            return inb_csv_fail(reader->csv, place_column, err,
                "count: found bounds that add up to more than %d, expected less", MOST_BOUND);
        }
        break;
    case INB_CELL_MISSING:
        entry->missing = true;
        break;
    case INB_CELL_STRUCTURAL:
        entry->structural = true;
        break;
    }
    reader->rows++;
    return INB_OK;
}

// ---- what the columns are ----

static inb_status check_column(
    const struct reader *reader, const struct column *column, inb_error *err) {
    if (column->other > 0 && !column->text) {
        return fail_at(reader, column->other_line, column->other_place, err,
            "column '%.60s': found a number other than 0 and 1, expected 0 or 1 (a "
            "column of groups is named by --group, the column of counts is called 'count')",
            column->name);
    }
    if (column->other > 0 && column->zero_one >= 3 * column->other) {
        return fail_at(reader, column->other_line, column->other_place, err,
            "column '%.60s': found text in a column of 0 and 1, expected 0 or 1 (a "
            "column of groups is named by --group)",
            column->name);
    }
    if (column->other == 0 && column->empty_line > 0) {
        return fail_at(reader, column->empty_line, column->empty_place, err,
            "column '%.60s': found nothing, expected 0 or 1", column->name);
    }
    return INB_OK;
}

// Which columns are lists; list_columns[INB_LISTS_MOST].
static inb_status find_lists(
    const struct reader *reader, size_t *list_columns, size_t *ret_count, inb_error *err) {
    size_t count = 0;
    for (size_t i = 0; i < reader->column_count; i++) {
        const struct column *column = &reader->columns[i];
        if (column->is_count || column->group != SIZE_MAX) {
            continue;
        }
        INB_TRY(check_column(reader, column, err));
        if (column->binary) {
            if (count < INB_LISTS_MOST) {
                list_columns[count] = i;
            }
            count++;
        }
    }
    if (count < INB_LISTS_LEAST || count > INB_LISTS_MOST) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found %zu list%s, expected %d to %d columns that hold only 0 and 1",
            inb_csv_name(reader->csv), count, count == 1 ? "" : "s", INB_LISTS_LEAST,
            INB_LISTS_MOST);
    }
    *ret_count = count;
    return INB_OK;
}

// ---- the result ----

static inb_list_set to_history(
    const struct reader *reader, const size_t *list_columns, size_t list_count, uint64_t bits) {
    unsigned history = 0;
    for (size_t j = 0; j < list_count; j++) {
        if ((bits >> reader->columns[list_columns[j]].bit & 1) != 0) {
            history |= 1U << j;
        }
    }
    return (inb_list_set)history;
}

// The pieces of one entry as cells, one per kind.
static size_t split_entry(const struct entry *entry, inb_cell pieces[4]) {
    size_t count = 0;
    if (entry->counted && entry->count > 0) { // a zero is what an absent history is
        pieces[count++] = (inb_cell){entry->count, INB_CELL_COUNTED};
    }
    if (entry->censored) {
        pieces[count++] = (inb_cell){entry->bound, INB_CELL_CENSORED};
    }
    if (entry->missing) {
        pieces[count++] = (inb_cell){0, INB_CELL_MISSING};
    }
    if (entry->structural) {
        pieces[count++] = (inb_cell){0, INB_CELL_STRUCTURAL};
    }
    return count;
}

// Whether rows of several groups fall together in one history.
static bool sums_over(const struct reader *reader) {
    bool sums = false;
    for (size_t i = 0; i < reader->column_count; i++) {
        const struct column *column = &reader->columns[i];
        sums = sums || (!column->is_count && column->group == SIZE_MAX && !column->binary);
    }
    return sums;
}

static inb_status fill_cells(
    struct reader *reader, const size_t *list_columns, inb_histories *histories, inb_error *err) {
    size_t size = (size_t)1 << histories->list_count;
    INB_CLEANUP(inb_freep)
    unsigned *kinds = inb_alloc(reader->group_count * size, sizeof *kinds);
    if (kinds == NULL) {
        return no_memory(err);
    }
    // Complaints name the first line that has the trouble, whatever the order of the entries.
    const struct entry *nobody = NULL;
    const struct entry *mixed = NULL;
    const struct entry *denied = NULL; // cannot occur, and has people, of one and the same group
    bool sums = sums_over(reader);
    for (size_t i = 0; i < reader->entry_size; i++) {
        const struct entry *entry = &reader->entries[i];
        if (!entry->used) {
            continue;
        }
        inb_list_set history = to_history(reader, list_columns, histories->list_count, entry->bits);
        if (history == 0) {
            bool given = entry->counted || entry->censored || entry->structural;
            nobody = given && (nobody == NULL || entry->line < nobody->line) ? entry : nobody;
            continue;
        }
        bool people = entry->count > 0 || entry->bound > 0 || entry->missing;
        if (!sums && entry->structural && people &&
            (denied == NULL || entry->line < denied->line)) {
            denied = entry;
        }
        inb_cell pieces[4];
        size_t count = split_entry(entry, pieces);
        for (size_t p = 0; p < count; p++) {
            size_t at = entry->group * size + history;
            if (!inb_i_cell_add(
                    &histories->groups[entry->group].cells[history], &kinds[at], &pieces[p]) &&
                (mixed == NULL || entry->line < mixed->line)) {
                mixed = entry;
            }
        }
    }
    const unsigned both = 1U << INB_CELL_STRUCTURAL | 1U << INB_CELL_COUNTED;
    for (size_t i = 0; i < reader->group_count * size; i++) {
        reader->partly_structural = reader->partly_structural || (kinds[i] & both) == both;
    }
    if (nobody != NULL) {
        return fail_at(reader, nobody->line, nobody->place, err,
            "found a row that is on no list, expected its count to be empty: nobody "
            "can have counted those people");
    }
    if (denied != NULL) {
        return fail_at(reader, denied->line, denied->place, err,
            "found a history that cannot occur in one row and may have people in another, expected "
            "one of them (columns that split the rows are named by --group)");
    }
    if (mixed != NULL) {
        return fail_at(reader, mixed->line, mixed->place, err,
            "found a history that is counted in one row and censored or missing in "
            "another, expected one of them (columns that split the rows are named by --group)");
    }
    return INB_OK;
}

static inb_status warn_reading(
    const struct reader *reader, inb_histories *histories, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
    if (reader->repeated > 0) {
        inb_buffer_format(&text,
            "%zu row%s a history that stood there before (first at line %zu): the counts were "
            "added up",
            reader->repeated, reader->repeated == 1 ? " repeats" : "s repeat",
            reader->repeated_line);
        INB_TRY(inb_i_histories_warn(histories, reader->arena, "repeated_rows", &text, err));
    }
    size_t summed = 0;
    for (size_t i = 0; i < reader->column_count; i++) {
        const struct column *column = &reader->columns[i];
        if (!column->is_count && column->group == SIZE_MAX && !column->binary) {
            inb_buffer_text(&text, summed++ == 0 ? "added up over " : ", ");
            inb_buffer_text(&text, column->name);
        }
    }
    if (summed > 0) {
        inb_buffer_text(&text, ": groups that are seen very differently bias the total; --group "
                               "estimates them apart");
        INB_TRY(inb_i_histories_warn(histories, reader->arena, "summed_over", &text, err));
    }
    if (reader->partly_structural) {
        inb_buffer_text(&text, INB_I_PARTLY_STRUCTURAL);
        INB_TRY(inb_i_histories_warn(histories, reader->arena, "partly_structural", &text, err));
    }
    bool missing_value = false;
    for (size_t g = 0; g < histories->group_count; g++) {
        for (size_t i = 0; i < histories->group_column_count; i++) {
            missing_value = missing_value || histories->groups[g].values[i] == NULL;
        }
    }
    if (missing_value) {
        inb_buffer_text(
            &text, "people without a value in a group column form a group of their own");
        INB_TRY(inb_i_histories_warn(histories, reader->arena, "missing_group", &text, err));
    }
    return INB_OK;
}

static inb_status build(struct reader *reader, inb_histories **ret_histories, inb_error *err) {
    size_t list_columns[INB_LISTS_MOST];
    size_t list_count;
    if (reader->rows == 0) {
        return inb_fail(err, INB_BAD_INPUT, "%s:2:1: found no rows, expected capture histories",
            inb_csv_name(reader->csv));
    }
    INB_TRY(find_lists(reader, list_columns, &list_count, err));
    if (reader->group_count > (size_t)MOST_CELLS >> list_count) {
        return inb_fail(err, INB_TOO_LARGE,
            "%s:1:1: found %zu groups of %zu lists, expected at most %zu groups",
            inb_csv_name(reader->csv), reader->group_count, list_count,
            (size_t)MOST_CELLS >> list_count);
    }
    inb_histories *histories;
    INB_TRY(inb_i_histories_new(inb_csv_name(reader->csv), list_count, reader->group_count,
        reader->arena, &histories, err));
    histories->rows = reader->rows;
    histories->group_column_count = reader->group_column_count;
    histories->group_columns = inb_arena_get(
        reader->arena, reader->group_column_count + 1, sizeof *histories->group_columns);
    if (histories->group_columns == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < reader->group_column_count; i++) {
        histories->group_columns[i] = reader->columns[reader->group_at[i]].name;
    }
    for (size_t j = 0; j < list_count; j++) {
        histories->lists[j] = reader->columns[list_columns[j]].name;
    }
    for (size_t j = 0; j < list_count; j++) {
        const struct column *column = &reader->columns[list_columns[j]];
        if (inb_term_ways(column->name, histories->lists, list_count) > 1) {
            return fail_at(reader, column->header_line, column->header_place, err,
                "list '%.60s': found the name that other lists have together in a model, expected "
                "one of its own",
                column->name);
        }
    }
    for (size_t g = 0; g < reader->group_count; g++) {
        histories->groups[g].values = reader->groups[g];
    }
    INB_TRY(fill_cells(reader, list_columns, histories, err));
    enum { READING_WARNINGS = 4 };
    size_t empty_list;
    INB_TRY(inb_i_histories_finish(histories, reader->arena, READING_WARNINGS, &empty_list, err));
    if (empty_list != SIZE_MAX) {
        const struct column *column = &reader->columns[list_columns[empty_list]];
        return fail_at(reader, column->header_line, column->header_place, err,
            "list '%.60s': found nobody on it, expected at least one person", column->name);
    }
    INB_TRY(warn_reading(reader, histories, err));
    histories->arena = INB_TAKE(reader->arena);
    *ret_histories = histories;
    return INB_OK;
}

static inb_status read_all(struct reader *reader, const char *const *group_columns,
    size_t group_column_count, inb_histories **ret_histories, inb_error *err) {
    INB_TRY(inb_arena_new(0, &reader->arena, err));
    INB_TRY(read_header(reader, group_columns, group_column_count, err));
    for (;;) {
        bool more;
        INB_TRY(inb_csv_next(reader->csv, &more, err));
        if (!more) {
            return build(reader, ret_histories, err);
        }
        INB_TRY(read_row(reader, err));
    }
}

inb_status inb_histories_read(const char *path, const char *const *group_columns,
    size_t group_column_count, inb_histories **ret_histories, inb_error *err) {
    INB_CLEANUP(clear_reader) struct reader reader = {0};
    INB_TRY(inb_csv_open(path, &reader.csv, err));
    return read_all(&reader, group_columns, group_column_count, ret_histories, err);
}

inb_status inb_histories_read_memory(const char *name, const char *data, size_t length,
    const char *const *group_columns, size_t group_column_count, inb_histories **ret_histories,
    inb_error *err) {
    INB_CLEANUP(clear_reader) struct reader reader = {0};
    INB_TRY(inb_csv_open_memory(name, data, length, &reader.csv, err));
    return read_all(&reader, group_columns, group_column_count, ret_histories, err);
}
