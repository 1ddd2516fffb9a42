// SPDX-License-Identifier: EUPL-1.2
// Denominators looked up by group, and rates per 100,000 of what was seen and what is estimated. A
// form of exploitation has no population of its own: where the file does not split by a group
// column, groups that differ only there share a denominator, and the total counts it once.

#include <inbeeld/population.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PER = 100000;
static const double MOST_PEOPLE = 1e11;
enum { DIGITS = 12 };

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the populations");
}

// A row by all that it has but the people.
struct row {
    const char *key;
    size_t line;
};

// What is read, while it is read.
struct reader {
    inb_csv *csv;
    const inb_estimate *estimate;
    inb_population *population;
    size_t people;   // column
    size_t *columns; // [group_column_count], SIZE_MAX where the file does not split by it
    double total;
    inb_arena *keys;
    struct row *rows; // [row_count]
    size_t row_count;
    size_t row_room;
};

static void clear_reader(struct reader *reader) {
    inb_csv_free(reader->csv);
    inb_free(reader->columns);
    inb_free(reader->rows);
    inb_arena_free(reader->keys);
}

// Rows that differ in nothing but the people would be added up, and a denominator be twice what it
// is.
static inb_status keep_row(struct reader *reader, inb_error *err) {
    enum { FIRST_ROOM = 64 };
    if (reader->row_count == reader->row_room) {
        size_t room = reader->row_room == 0 ? FIRST_ROOM : 2 * reader->row_room;
        struct row *grown = inb_realloc(reader->rows, room, sizeof *grown);
        if (grown == NULL) {
            return no_memory(err);
        }
        reader->rows = grown;
        reader->row_room = room;
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer key = INB_BUFFER_INIT(INB_CSV_MAX_ROW);
    for (size_t c = 0; c < inb_csv_columns(reader->csv); c++) {
        if (c != reader->people) {
            inb_buffer_json(&key, inb_csv_field(reader->csv, c));
        }
    }
    INB_TRY(inb_buffer_check(&key, err));
    const char *kept = inb_arena_text(reader->keys, inb_buffer_get(&key), key.length);
    if (kept == NULL) {
        return no_memory(err);
    }
    reader->rows[reader->row_count++] = (struct row){kept, inb_csv_line(reader->csv, 0)};
    return INB_OK;
}

static int compare_rows(const void *a, const void *b) {
    const struct row *x = a;
    const struct row *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static inb_status refuse_twins(struct reader *reader, inb_error *err) {
    if (reader->row_count > 0) {
        qsort(reader->rows, reader->row_count, sizeof *reader->rows, compare_rows);
    }
    for (size_t i = 1; i < reader->row_count; i++) {
        if (strcmp(reader->rows[i - 1].key, reader->rows[i].key) == 0) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:%zu:1: found the same group as in line %zu, expected each once",
                inb_csv_name(reader->csv), reader->rows[i].line, reader->rows[i - 1].line);
        }
    }
    return INB_OK;
}

static bool row_is_of(const struct reader *reader, const inb_figures *group) {
    for (size_t c = 0; c < reader->estimate->group_column_count; c++) {
        if (reader->columns[c] == SIZE_MAX) {
            continue;
        }
        const char *value = group->group_values[c] == NULL ? "" : group->group_values[c];
        if (strcmp(inb_csv_field(reader->csv, reader->columns[c]), value) != 0) {
            return false;
        }
    }
    return true;
}

static inb_status take_row(struct reader *reader, inb_error *err) {
    double people;
    INB_TRY(keep_row(reader, err));
    const char *field = inb_csv_field(reader->csv, reader->people);
    if (!inb_parse_double(field, inb_csv_length(reader->csv, reader->people), &people) ||
        !(people >= 0 && people <= MOST_PEOPLE)) {
        return inb_csv_fail(reader->csv, reader->people, err,
            "found something else, expected a number of people from 0 to 1e11");
    }
    bool used = reader->estimate->group_count == 0;
    for (size_t g = 0; g < reader->estimate->group_count; g++) {
        if (row_is_of(reader, &reader->estimate->groups[g])) {
            reader->population->groups[g].given = true;
            reader->population->groups[g].population += people;
            used = true;
        }
    }
    reader->total += used ? people : 0;
    return INB_OK;
}

static inb_status find_columns(struct reader *reader, inb_error *err) {
    const inb_estimate *estimate = reader->estimate;
    INB_TRY(inb_csv_require(reader->csv, "population", &reader->people, err));
    size_t count = estimate->group_column_count;
    reader->columns = inb_alloc(count, sizeof *reader->columns);
    inb_population *population = reader->population;
    population->used = inb_arena_get(population->arena, count + 1, sizeof *population->used);
    if (reader->columns == NULL || population->used == NULL) {
        return no_memory(err);
    }
    for (size_t c = 0; c < count; c++) {
        reader->columns[c] = inb_csv_find(reader->csv, estimate->group_columns[c]);
        if (reader->columns[c] == SIZE_MAX) {
            continue;
        }
        const char *name = estimate->group_columns[c];
        const char *copy = inb_arena_text(population->arena, name, strlen(name));
        if (copy == NULL) {
            return no_memory(err);
        }
        population->used[population->used_count++] = copy;
    }
    return INB_OK;
}

// Whether the group's value is missing in a column that the file splits by: such people belong to
// several populations, so there is nothing to divide by.
static bool is_unknown(const struct reader *reader, const inb_figures *group) {
    for (size_t c = 0; c < reader->estimate->group_column_count; c++) {
        if (reader->columns[c] != SIZE_MAX && group->group_values[c] == NULL) {
            return true;
        }
    }
    return false;
}

static inb_status rate(
    const struct reader *reader, const inb_figures *figures, inb_rates *rates, inb_error *err) {
    if (!(rates->population > 0)) {
        return inb_fail(err, INB_BAD_INPUT, "%s:1:1: the populations of a group add up to nobody",
            inb_csv_name(reader->csv));
    }
    if ((double)figures->observed > rates->population) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: more people of a group were seen than its population has, expected people, "
            "not thousands",
            inb_csv_name(reader->csv));
    }
    double per = PER / rates->population;
    rates->seen = per * (double)figures->observed;
    rates->has_estimate = figures->has_estimate;
    rates->estimate = figures->has_estimate ? per * figures->estimate : 0;
    rates->has_interval = figures->has_interval;
    rates->low = figures->has_interval ? per * figures->interval.low : 0;
    rates->high = figures->has_interval ? per * figures->interval.high : 0;
    return INB_OK;
}

static inb_status fill(struct reader *reader, inb_error *err) {
    const inb_estimate *estimate = reader->estimate;
    inb_population *population = reader->population;
    INB_TRY(find_columns(reader, err));
    for (;;) {
        bool more;
        INB_TRY(inb_csv_next(reader->csv, &more, err));
        if (!more) {
            break;
        }
        INB_TRY(take_row(reader, err));
    }
    INB_TRY(refuse_twins(reader, err));
    for (size_t g = 0; g < estimate->group_count; g++) {
        if (!population->groups[g].given && is_unknown(reader, &estimate->groups[g])) {
            continue;
        }
        if (!population->groups[g].given) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:1:1: found no row for group %zu of the estimate, expected one for each",
                inb_csv_name(reader->csv), g + 1);
        }
        INB_TRY(rate(reader, &estimate->groups[g], &population->groups[g], err));
    }
    population->total.given = true;
    population->total.population = reader->total;
    return rate(reader, &estimate->total, &population->total, err);
}

static inb_status read_from(
    inb_csv *csv, const inb_estimate *estimate, inb_population **ret_population, inb_error *err) {
    INB_CLEANUP(clear_reader) struct reader reader = {.csv = csv, .estimate = estimate};
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_population *population = inb_arena_get(arena, 1, sizeof *population);
    inb_rates *groups = inb_arena_get(arena, estimate->group_count + 1, sizeof *groups);
    if (population == NULL || groups == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_arena_new(0, &reader.keys, err));
    population->arena = arena;
    population->group_count = estimate->group_count;
    population->groups = groups;
    reader.population = population;
    INB_TRY(fill(&reader, err));
    (void)INB_TAKE(arena);
    *ret_population = population;
    return INB_OK;
}

inb_status inb_population_read(const char *path, const inb_estimate *estimate,
    inb_population **ret_population, inb_error *err) {
    inb_csv *csv;
    INB_TRY(inb_csv_open(path, &csv, err));
    return read_from(csv, estimate, ret_population, err);
}

inb_status inb_population_read_memory(const char *name, const char *data, size_t length,
    const inb_estimate *estimate, inb_population **ret_population, inb_error *err) {
    inb_csv *csv;
    INB_TRY(inb_csv_open_memory(name, data, length, &csv, err));
    return read_from(csv, estimate, ret_population, err);
}

// ---- out ----

static void put_number(inb_buffer *out, const char *key, bool given, double value) {
    inb_buffer_format(out, "\"%s\":", key);
    inb_buffer_number(out, given ? value : NAN, DIGITS);
}

static void put_rates(inb_buffer *out, const inb_rates *rates) {
    put_number(out, "population", rates->given, rates->population);
    inb_buffer_char(out, ',');
    put_number(out, "seen", rates->given, rates->seen);
    inb_buffer_char(out, ',');
    put_number(out, "estimate", rates->has_estimate, rates->estimate);
    inb_buffer_char(out, ',');
    put_number(out, "low", rates->has_interval, rates->low);
    inb_buffer_char(out, ',');
    put_number(out, "high", rates->has_interval, rates->high);
}

void inb_population_json(
    const inb_population *population, const inb_estimate *estimate, inb_buffer *out) {
    inb_buffer_text(out, "{\"indicator\":\"SDG 16.2.2\",\"per\":100000,");
    put_rates(out, &population->total);
    inb_buffer_text(out, ",\"by\":[");
    for (size_t i = 0; i < population->used_count; i++) {
        inb_buffer_text(out, i > 0 ? "," : "");
        inb_buffer_json(out, population->used[i]);
    }
    inb_buffer_text(out, "],\"groups\":[");
    for (size_t g = 0; g < population->group_count; g++) {
        inb_buffer_text(out, g > 0 ? ",{\"group\":{" : "{\"group\":{");
        for (size_t c = 0; c < estimate->group_column_count; c++) {
            const char *value = estimate->groups[g].group_values[c];
            inb_buffer_text(out, c > 0 ? "," : "");
            inb_buffer_json(out, estimate->group_columns[c]);
            inb_buffer_char(out, ':');
            if (value == NULL) {
                inb_buffer_text(out, "null");
            } else {
                inb_buffer_json(out, value);
            }
        }
        inb_buffer_text(out, "},");
        put_rates(out, &population->groups[g]);
        inb_buffer_char(out, '}');
    }
    inb_buffer_text(out, "]}");
}

static void put_line(inb_buffer *out, const inb_rates *rates) {
    if (!rates->given) {
        inb_buffer_text(out, "no rate: no population of people whose group is not known\n");
        return;
    }
    inb_buffer_format(out, "%.2f seen", rates->seen);
    if (rates->has_estimate) {
        inb_buffer_format(out, ", %.2f in all", rates->estimate);
    }
    if (rates->has_interval) {
        inb_buffer_format(out, " (%.2f to %.2f)", rates->low, rates->high);
    }
    inb_buffer_format(out, ", of %.0f people%s\n", rates->population,
        rates->estimate > PER ? ": more than there are" : "");
}

void inb_population_text(
    const inb_population *population, const inb_estimate *estimate, inb_buffer *out) {
    inb_buffer_text(out, "\nPer 100,000 people (SDG indicator 16.2.2)\n  all       ");
    put_line(out, &population->total);
    for (size_t g = 0; g < population->group_count; g++) {
        inb_buffer_text(out, "  ");
        for (size_t c = 0; c < estimate->group_column_count; c++) {
            const char *value = estimate->groups[g].group_values[c];
            inb_buffer_format(
                out, "%s%s", c > 0 ? ", " : "", value == NULL ? "(not known)" : value);
        }
        inb_buffer_text(out, "  ");
        put_line(out, &population->groups[g]);
    }
    for (size_t c = 0; c < estimate->group_column_count; c++) {
        bool used = false;
        for (size_t i = 0; i < population->used_count; i++) {
            used = used || strcmp(population->used[i], estimate->group_columns[c]) == 0;
        }
        if (!used) {
            inb_buffer_format(out,
                "  the populations are not split by %s: groups that differ there alone share one\n",
                estimate->group_columns[c]);
        }
    }
}

void inb_population_free(inb_population *population) {
    if (population != NULL) {
        inb_arena_free(population->arena);
    }
}

void inb_population_freep(inb_population **population) {
    inb_population_free(*population);
    *population = NULL;
}
