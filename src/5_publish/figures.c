// SPDX-License-Identifier: EUPL-1.2
// Reads the published figures: year, measure, group, value, series, source, note. What is not
// understood is refused with its place, so that a slip of the pen never becomes a silent gap in a
// picture; what is understood but is no single year or plain number stays text.

#include <inbeeld/publish.h>

#include "base/alloc.h"
#include "base/assets.h"
#include "base/csv.h"
#include "base/text.h"

#include <string.h>

enum {
    FIGURES_MAX_BYTES = 64 * 1024 * 1024,
    TEXT_MAX = 2000, // bytes of one field
    YEAR_FIRST = 1900,
    YEAR_LAST = 2199
};

static const char columns_expected[] = "year,measure,group,value,series,source,note";

enum column { YEAR, MEASURE, GROUP, VALUE, SERIES, SOURCE, NOTE, COLUMN_COUNT };

static const char *const column_names[COLUMN_COUNT] = {
    "year", "measure", "group", "value", "series", "source", "note"};

// ---- years ----

// Four digits at text[0..4) as a year, or 0.
static int year_at(const char *text, size_t length) {
    int year = 0;
    if (length < 4) {
        return 0;
    }
    for (size_t i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return 0;
        }
        year = year * 10 + (text[i] - '0');
    }
    return year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

// "2014", "2014-2016"; "2023-11", "2015-mid 2019", "various" and "undated" are fine but not of
// whole years. False where it is none of these.
static bool read_year(const char *text, size_t length, int *ret_first, int *ret_last) {
    *ret_first = 0;
    *ret_last = 0;
    if (inb_equals(text, length, "various") || inb_equals(text, length, "undated")) {
        return true;
    }
    int first = year_at(text, length);
    if (first == 0) {
        return false;
    }
    if (length == 4) {
        *ret_first = *ret_last = first;
        return true;
    }
    if (text[4] != '-') {
        return false;
    }
    const char *rest = text + 5;
    size_t left = length - 5;
    int64_t month;
    if (left == 2 && rest[0] != '-' && inb_parse_int64(rest, 2, &month)) {
        return month >= 1 && month <= 12;
    }
    bool partial = left == 8 && memcmp(rest, "mid ", 4) == 0;
    int last = partial ? year_at(rest + 4, 4) : left == 4 ? year_at(rest, 4) : 0;
    if (last < first) {
        return false;
    }
    *ret_first = partial ? 0 : first;
    *ret_last = partial ? 0 : last;
    return true;
}

// ---- values ----

static size_t skip_blanks(const char *text, size_t at) {
    while (text[at] == ' ') {
        at++;
    }
    return at;
}

// Digits with at most one point at text[*at]; moves *at behind them.
static bool read_plain(const char *text, size_t *at, double *ret_value) {
    size_t start = *at;
    size_t end = start;
    while ((text[end] >= '0' && text[end] <= '9') || text[end] == '.') {
        end++;
    }
    if (end == start || text[start] == '.' || text[end - 1] == '.' ||
        !inb_parse_double(text + start, end - start, ret_value)) {
        return false;
    }
    *at = end;
    return true;
}

// "5000-7500", "4000 - 6300/7000": two ends, the upper one with alternatives. Of each the widest.
static bool read_range(const char *text, double *ret_low, double *ret_high) {
    size_t at = 0;
    double low;
    double high;
    if (!read_plain(text, &at, &low)) {
        return false;
    }
    at = skip_blanks(text, at);
    if (text[at] != '-') {
        return false;
    }
    at = skip_blanks(text, at + 1);
    if (!read_plain(text, &at, &high)) {
        return false;
    }
    while (text[at] == '/') {
        double other;
        at++;
        if (!read_plain(text, &at, &other)) {
            return false;
        }
        high = other > high ? other : high;
    }
    if (text[at] != '\0' || high < low) {
        return false;
    }
    *ret_low = low;
    *ret_high = high;
    return true;
}

static bool is_series(const char *text, size_t length) {
    if (length > 40) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!fine) {
            return false;
        }
    }
    return true;
}

// ---- rows ----

// Copies one field; refuses what has no place on a page.
static inb_status take_text(
    inb_arena *arena, const inb_csv *csv, size_t column, const char **ret_text, inb_error *err) {
    const char *text = inb_csv_field(csv, column);
    size_t length = inb_csv_length(csv, column);
    if (length > TEXT_MAX) {
        return inb_csv_fail(
            csv, column, err, "found %zu bytes, expected at most %d", length, TEXT_MAX);
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == 0x7f) {
            return inb_csv_fail(
                csv, column, err, "found a control character (0x%02x), expected text", c);
        }
    }
    *ret_text = inb_arena_text(arena, text, length);
    if (*ret_text == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the published figures");
    }
    return INB_OK;
}

static inb_status read_row(inb_arena *arena, const inb_csv *csv, const size_t *at,
    inb_public_figure *ret_figure, inb_error *err) {
    inb_public_figure figure = {.line = inb_csv_line(csv, at[YEAR])};
    const char **texts[COLUMN_COUNT] = {&figure.year, &figure.measure, &figure.group, &figure.value,
        &figure.series, &figure.source, &figure.note};
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        INB_TRY(take_text(arena, csv, at[column], texts[column], err));
    }
    if (!read_year(figure.year, strlen(figure.year), &figure.first_year, &figure.last_year)) {
        return inb_csv_fail(csv, at[YEAR], err,
            "found '%.20s', expected a year (2014), years (2016-2020), a month (2023-11), various "
            "or undated",
            figure.year);
    }
    static const enum column filled[] = {MEASURE, GROUP, VALUE, SOURCE};
    for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++) {
        if (texts[filled[i]][0][0] == '\0') {
            return inb_csv_fail(
                csv, at[filled[i]], err, "found no %s, expected one", column_names[filled[i]]);
        }
    }
    if (!is_series(figure.series, strlen(figure.series))) {
        return inb_csv_fail(csv, at[SERIES], err,
            "found '%.20s', expected whose count it is in a-z, 0-9, _ and -, or nothing",
            figure.series);
    }
    size_t end = 0;
    figure.has_number = read_plain(figure.value, &end, &figure.number) && figure.value[end] == '\0';
    if (!figure.has_number) {
        figure.number = 0;
        figure.has_range = read_range(figure.value, &figure.low, &figure.high);
    }
    *ret_figure = figure;
    return INB_OK;
}

static inb_status read_rows(inb_csv *csv, inb_public_figures *figures, inb_error *err) {
    size_t at[COLUMN_COUNT];
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        at[column] = inb_csv_find(csv, column_names[column]);
        if (at[column] == SIZE_MAX) {
            return inb_fail(err, INB_BAD_INPUT, "%s:1:1: found no column '%s', expected %s",
                inb_csv_name(csv), column_names[column], columns_expected);
        }
    }
    inb_public_figure *rows = NULL;
    size_t size = 0;
    for (;;) {
        bool more;
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        if (figures->count == size) {
            size_t wider = size == 0 ? 256 : size * 2;
            inb_public_figure *grown = inb_arena_get(figures->arena, wider, sizeof *grown);
            if (grown == NULL) {
                return inb_fail(err, INB_NO_MEMORY, "not enough memory for the published figures");
            }
            if (size > 0) {
                memcpy(grown, rows, size * sizeof *grown);
            }
            rows = grown;
            size = wider;
        }
        INB_TRY(read_row(figures->arena, csv, at, &rows[figures->count], err));
        figures->count++;
        figures->rows = rows;
    }
    return INB_OK;
}

static inb_status read_figures(inb_csv *csv, inb_public_figures **ret_figures, inb_error *err) {
    INB_CLEANUP(inb_public_figures_freep)
    inb_public_figures *figures = inb_alloc(1, sizeof *figures);
    if (figures == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the published figures");
    }
    INB_TRY(inb_arena_new(FIGURES_MAX_BYTES, &figures->arena, err));
    const char *name = inb_csv_name(csv);
    figures->name = inb_arena_text(figures->arena, name, strlen(name));
    if (figures->name == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the published figures");
    }
    INB_TRY(read_rows(csv, figures, err));
    *ret_figures = INB_TAKE(figures);
    return INB_OK;
}

inb_status inb_public_figures_read(
    const char *path, inb_public_figures **ret_figures, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open(path, &csv, err));
    return read_figures(csv, ret_figures, err);
}

inb_status inb_public_figures_read_memory(const char *name, const char *data, size_t length,
    inb_public_figures **ret_figures, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open_memory(name, data, length, &csv, err));
    return read_figures(csv, ret_figures, err);
}

inb_status inb_public_figures_embedded(inb_public_figures **ret_figures, inb_error *err) {
    static const char path[] = "data/figures.csv";
    const inb_asset *asset = inb_asset_find(path);
    if (asset == NULL) {
        return inb_fail(err, INB_NOT_FOUND, "%s: not in this program", path);
    }
    return inb_public_figures_read_memory(path, asset->data, asset->length, ret_figures, err);
}

void inb_public_figures_free(inb_public_figures *figures) {
    if (figures != NULL) {
        inb_arena_free(figures->arena);
        inb_free(figures);
    }
}

void inb_public_figures_freep(inb_public_figures **figures) {
    inb_public_figures_free(*figures);
}
