// SPDX-License-Identifier: EUPL-1.2
// truth.csv of a generated region, summed by any of its group columns, to stand beside an estimate.

#include <inbeeld/overview.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/text.h"

#include <string.h>

enum { ROWS_MOST = 100000 };
static const int64_t MOST_PEOPLE = 1000000000000;

struct row {
    struct row *next;
    int64_t total;
    const char *values[]; // [column_count]
};

struct inb_truth {
    inb_arena *arena; // owns everything
    size_t column_count;
    const char **columns; // `total` among them
    struct row *rows;
};

void inb_truth_free(inb_truth *truth) {
    if (truth != NULL) {
        inb_arena_free(truth->arena);
    }
}

void inb_truth_freep(inb_truth **truth) {
    inb_truth_free(*truth);
    *truth = NULL;
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the truth");
}

static const char *copy(inb_arena *arena, const char *text) {
    size_t size = strlen(text) + 1;
    char *kept = inb_arena_get(arena, size, 1);
    return kept == NULL ? NULL : memcpy(kept, text, size);
}

static inb_status take_row(inb_truth *truth, const inb_csv *csv, size_t total, inb_error *err) {
    int64_t people;
    if (!inb_parse_int64(inb_csv_field(csv, total), inb_csv_length(csv, total), &people) ||
        people < 0 || people > MOST_PEOPLE) {
        return inb_csv_fail(
            csv, total, err, "found something else, expected a whole number from 0 to 1e12");
    }
    struct row *row =
        inb_arena_get(truth->arena, 1, sizeof *row + truth->column_count * sizeof *row->values);
    if (row == NULL) {
        return no_memory(err);
    }
    for (size_t c = 0; c < truth->column_count; c++) {
        row->values[c] = copy(truth->arena, inb_csv_field(csv, c));
        if (row->values[c] == NULL) {
            return no_memory(err);
        }
    }
    row->total = people;
    row->next = truth->rows;
    truth->rows = row;
    return INB_OK;
}

static inb_status read_rows(inb_truth *truth, inb_csv *csv, inb_error *err) {
    size_t total;
    INB_TRY(inb_csv_require(csv, "total", &total, err));
    truth->column_count = inb_csv_columns(csv);
    truth->columns = inb_arena_get(truth->arena, truth->column_count, sizeof *truth->columns);
    if (truth->columns == NULL) {
        return no_memory(err);
    }
    for (size_t c = 0; c < truth->column_count; c++) {
        truth->columns[c] = copy(truth->arena, inb_csv_column(csv, c));
        if (truth->columns[c] == NULL) {
            return no_memory(err);
        }
    }
    size_t rows = 0;
    for (;;) {
        bool more;
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return INB_OK;
        }
        if (++rows > ROWS_MOST) {
            return inb_csv_fail(csv, total, err, "found more than %d rows", ROWS_MOST);
        }
        INB_TRY(take_row(truth, csv, total, err));
    }
}

static inb_status read_truth(inb_csv *csv, inb_truth **ret_truth, inb_error *err) {
    inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_truth *truth = inb_arena_get(arena, 1, sizeof *truth);
    if (truth == NULL) {
        inb_arena_free(arena);
        return no_memory(err);
    }
    *truth = (inb_truth){.arena = arena};
    inb_status status = read_rows(truth, csv, err);
    if (status != INB_OK) {
        inb_truth_free(truth);
        return status;
    }
    *ret_truth = truth;
    return INB_OK;
}

inb_status inb_truth_read(const char *path, inb_truth **ret_truth, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open(path, &csv, err));
    return read_truth(csv, ret_truth, err);
}

inb_status inb_truth_read_memory(
    const char *name, const char *data, size_t length, inb_truth **ret_truth, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open_memory(name, data, length, &csv, err));
    return read_truth(csv, ret_truth, err);
}

int64_t inb_truth_of(const inb_truth *truth, const char *column, const char *value) {
    if (truth == NULL) {
        return -1;
    }
    size_t at = 0;
    while (column != NULL && at < truth->column_count && strcmp(truth->columns[at], column) != 0) {
        at++;
    }
    if (at == truth->column_count) {
        return -1;
    }
    int64_t sum = 0;
    for (const struct row *row = truth->rows; row != NULL; row = row->next) {
        sum += column == NULL || strcmp(row->values[at], value) == 0 ? row->total : 0;
    }
    return sum;
}

int64_t inb_truth_of_age(const inb_truth *truth, inb_age_class age) {
    return age == INB_AGE_UNKNOWN ? -1 : inb_truth_of(truth, "age_class", inb_age_class_code(age));
}

int64_t inb_truth_of_sex(const inb_truth *truth, inb_sex sex) {
    static const char *const codes[INB_SEX_COUNT] = {[INB_SEX_FEMALE] = "f", [INB_SEX_MALE] = "m"};
    return codes[sex] == NULL ? -1 : inb_truth_of(truth, "sex", codes[sex]);
}

int64_t inb_truth_of_form(const inb_truth *truth, inb_form form) {
    return form == INB_FORM_UNSPECIFIED ? -1 : inb_truth_of(truth, "form", inb_form_code(form));
}
