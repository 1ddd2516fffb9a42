// SPDX-License-Identifier: EUPL-1.2
// Yearly series out of the published figures. Invariant: a line only ever joins two points of one
// series in consecutive years; another counter, a year without a figure and a figure over several
// years all break it.

#include <inbeeld/publish.h>

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

// More lines than this nobody can tell apart in one picture.
enum { SERIES_MOST = 12 };

static const char registered[] = "registered presumed victims";

// A row's place in a kind of series: which of its lines, or none.
typedef enum line_kind { LINE_NONE, LINE_TOTAL, LINE_MINORS, LINE_MINORS_CRIMINAL } line_kind;

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static line_kind line_of(const inb_public_figure *figure, inb_series_kind kind) {
    if (!begins(figure->measure, registered)) {
        return LINE_NONE;
    }
    if (kind == INB_SERIES_REGISTERED) {
        return begins(figure->group, "total") ? LINE_TOTAL : LINE_NONE;
    }
    if (strcmp(figure->group, "under 18") == 0 || begins(figure->group, "minors with") ||
        strcmp(figure->group, "minors") == 0) {
        return LINE_MINORS;
    }
    return strcmp(figure->group, "minors, criminal exploitation") == 0 ||
                   strcmp(figure->group, "minors, criminal") == 0
               ? LINE_MINORS_CRIMINAL
               : LINE_NONE;
}

static bool is_point(const inb_public_figure *figure) {
    return figure->first_year != 0 && figure->first_year == figure->last_year && figure->has_number;
}

static bool is_rounded(const inb_public_figure *figure) {
    return strstr(figure->group, "ruim") != NULL || strstr(figure->group, "about") != NULL ||
           strstr(figure->group, "more than") != NULL;
}

static int by_year(const void *a, const void *b) {
    const inb_point *one = a;
    const inb_point *other = b;
    if (one->year != other->year) {
        return one->year < other->year ? -1 : 1;
    }
    return one->figure->line < other->figure->line ? -1 : one->figure->line > other->figure->line;
}

// points are sorted. A series that says two things about one year is for people to sort out.
static inb_status join(const char *name, inb_point *points, size_t count, inb_error *err) {
    for (size_t i = 1; i < count; i++) {
        if (points[i].year == points[i - 1].year) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:%zu:1: found a second number of this series for %d (the first is in line %zu), "
                "expected one",
                name, points[i].figure->line, points[i].year, points[i - 1].figure->line);
        }
        points[i].joined = points[i].year == points[i - 1].year + 1;
    }
    return INB_OK;
}

// What is picked while reading: lines are told apart by kind and by whose count it is.
typedef struct line {
    line_kind kind;
    const char *id;
    inb_point *points;
    size_t count;
} line;

// The text key of a line's name.
static inb_status name_key(inb_arena *arena, const line *of, const char **ret_key, inb_error *err) {
    if (of->kind != LINE_TOTAL) {
        *ret_key = of->kind == LINE_MINORS ? "report.minors.all" : "report.minors.criminal";
        return INB_OK;
    }
    static const char before[] = "report.series.";
    size_t length = strlen(of->id);
    char *key = inb_arena_get(arena, sizeof before + length, 1);
    if (key == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the yearly series");
    }
    memcpy(key, before, sizeof before - 1);
    memcpy(key + sizeof before - 1, of->id, length);
    *ret_key = key;
    return INB_OK;
}

// Which of lines[0..*count) the figure is on, added where it is the first.
static inb_status find_line(line *lines, size_t *count, line_kind kind,
    const inb_public_figures *figures, const inb_public_figure *figure, size_t *ret_at,
    inb_error *err) {
    size_t at = 0;
    while (at < *count && (lines[at].kind != kind || strcmp(lines[at].id, figure->series) != 0)) {
        at++;
    }
    if (at == *count) {
        if (at == SERIES_MOST) {
            return inb_fail(err, INB_TOO_LARGE,
                "%s:%zu:1: found more than %d series of one kind, expected fewer", figures->name,
                figure->line, SERIES_MOST);
        }
        lines[at] = (line){.kind = kind, .id = figure->series};
        (*count)++;
    }
    *ret_at = at;
    return INB_OK;
}

// Counts the points of each line and makes room for them.
static inb_status make_room(const inb_public_figures *figures, inb_series_set *set, line *lines,
    size_t *ret_count, const inb_public_figure ***ret_undrawn, inb_error *err) {
    size_t undrawn = 0;
    size_t count = 0;
    for (size_t row = 0; row < figures->count; row++) {
        line_kind kind = line_of(&figures->rows[row], set->kind);
        if (kind != LINE_NONE && is_point(&figures->rows[row])) {
            size_t at;
            INB_TRY(find_line(lines, &count, kind, figures, &figures->rows[row], &at, err));
            lines[at].count++;
        } else if (kind != LINE_NONE) {
            undrawn++;
        }
    }
    bool full = false;
    for (size_t i = 0; i < count; i++) {
        lines[i].points = inb_arena_get(set->arena, lines[i].count, sizeof *lines[i].points);
        full = full || lines[i].points == NULL;
        lines[i].count = 0;
    }
    const inb_public_figure **room = inb_arena_get(set->arena, undrawn + 1, sizeof *room);
    if (full || room == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the yearly series");
    }
    *ret_count = count;
    *ret_undrawn = room;
    return INB_OK;
}

static inb_status pick(const inb_public_figures *figures, inb_series_set *set, inb_error *err) {
    line lines[SERIES_MOST] = {{0}};
    size_t count = 0;
    const inb_public_figure **undrawn;
    INB_TRY(make_room(figures, set, lines, &count, &undrawn, err));
    set->undrawn = undrawn;
    for (size_t row = 0; row < figures->count; row++) {
        const inb_public_figure *figure = &figures->rows[row];
        line_kind kind = line_of(figure, set->kind);
        if (kind == LINE_NONE) {
            continue;
        }
        if (!is_point(figure)) {
            undrawn[set->undrawn_count++] = figure;
            continue;
        }
        size_t at;
        INB_TRY(find_line(lines, &count, kind, figures, figure, &at, err));
        lines[at].points[lines[at].count++] = (inb_point){.year = figure->first_year,
            .value = figure->number,
            .rounded = is_rounded(figure),
            .figure = figure};
    }
    inb_series *series = inb_arena_get(set->arena, count + 1, sizeof *series);
    if (series == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the yearly series");
    }
    for (size_t i = 0; i < count; i++) {
        qsort(lines[i].points, lines[i].count, sizeof *lines[i].points, by_year);
        INB_TRY(join(figures->name, lines[i].points, lines[i].count, err));
        series[i].id = lines[i].id;
        series[i].certain = lines[i].id[0] != '\0' && strcmp(lines[i].id, "unstated") != 0;
        series[i].point_count = lines[i].count;
        series[i].points = lines[i].points;
        INB_TRY(name_key(set->arena, &lines[i], &series[i].key, err));
    }
    set->series = series;
    set->series_count = count;
    return INB_OK;
}

inb_status inb_series_pick(const inb_public_figures *figures, inb_series_kind kind,
    inb_series_set **ret_set, inb_error *err) {
    INB_CLEANUP(inb_series_set_freep) inb_series_set *set = inb_alloc(1, sizeof *set);
    if (set == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the yearly series");
    }
    INB_TRY(inb_arena_new(0, &set->arena, err));
    set->kind = kind;
    INB_TRY(pick(figures, set, err));
    *ret_set = INB_TAKE(set);
    return INB_OK;
}

void inb_series_set_free(inb_series_set *set) {
    if (set != NULL) {
        inb_arena_free(set->arena);
        inb_free(set);
    }
}

void inb_series_set_freep(inb_series_set **set) {
    inb_series_set_free(*set);
}
