// SPDX-License-Identifier: EUPL-1.2
// CLUSTERS.csv, PAIRS.csv and HISTORIES.csv of the design. Persons appear as ids only; histories
// not even so.

#include "linked.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static const float least_written = 0.01F;

static void record(inb_buffer *out, const inb_people *people, size_t r, size_t file) {
    inb_buffer_cell(out, people->stems[file]);
    inb_buffer_char(out, ',');
    uint32_t code = people->id_codes[r];
    inb_buffer_cell_bytes(out, inb_word(&people->ids, code), inb_word_length(&people->ids, code));
}

void inb_linked_clusters_csv(const inb_linked *linked, inb_buffer *out) {
    const inb_people *people = linked->people;
    inb_buffer_text(out, "cluster,source,id\n");
    size_t file = 0;
    for (size_t r = 0; r < people->count; r++) {
        while (r >= people->file_starts[file + 1]) {
            file++;
        }
        inb_buffer_format(out, "%lu,", (unsigned long)linked->person[r] + 1);
        record(out, people, r, file);
        inb_buffer_char(out, '\n');
    }
}

static int by_records(const void *a, const void *b) {
    const uint64_t *x = a;
    const uint64_t *y = b;
    return *x < *y ? -1 : *x > *y ? 1 : 0;
}

void inb_linked_pairs_csv(const inb_linked *linked, inb_buffer *out) {
    const inb_people *people = linked->people;
    inb_buffer_text(out, "source_a,id_a,source_b,id_b,probability\n");
    // In the order of the records: key = a, b; then the pair itself is found again by its place.
    size_t count = 0;
    uint64_t *keys = inb_alloc(linked->pair_count * 2, sizeof *keys);
    if (keys == NULL) {
        out->status = out->status == INB_OK ? INB_NO_MEMORY : out->status;
        return;
    }
    for (size_t i = 0; i < linked->pair_count; i++) {
        if (linked->probability[i] >= least_written) {
            keys[2 * count] = (uint64_t)linked->pairs[i].a << 32 | linked->pairs[i].b;
            keys[2 * count++ + 1] = i;
        }
    }
    qsort(keys, count, 2 * sizeof *keys, by_records);
    for (size_t k = 0; k < count; k++) {
        size_t i = keys[2 * k + 1];
        size_t a = linked->pairs[i].a;
        size_t b = linked->pairs[i].b;
        record(out, people, a, inb_people_file_of(people, a));
        inb_buffer_char(out, ',');
        record(out, people, b, inb_people_file_of(people, b));
        inb_buffer_char(out, ',');
        inb_buffer_number(out, (double)linked->probability[i], 6);
        inb_buffer_char(out, '\n');
    }
    inb_free(keys);
}

// ---- histories ----

struct row {
    const uint32_t *values; // on which lists, then the code of each group
    size_t width;
};

static int compare_rows(const void *a, const void *b) {
    const struct row *x = a;
    const struct row *y = b;
    for (size_t i = 0; i < x->width; i++) {
        if (x->values[i] != y->values[i]) {
            return x->values[i] < y->values[i] ? -1 : 1;
        }
    }
    return 0;
}

static inb_status check_names(const inb_people *people, inb_error *err) {
    if (people->file_count < 2) {
        return inb_fail(err, INB_USAGE,
            "option '--histories': found one file, expected two or "
            "more: each is a list");
    }
    for (size_t g = 0; g < people->group_count; g++) {
        bool taken = strcmp(people->groups[g].name, "count") == 0;
        for (size_t f = 0; f < people->file_count; f++) {
            taken = taken || strcmp(people->groups[g].name, people->stems[f]) == 0;
        }
        if (taken) {
            return inb_fail(err, INB_USAGE,
                "option '--group': found the name of a list or 'count', "
                "expected another");
        }
    }
    return INB_OK;
}

// Of each person the value that most of its records have, blanks aside; the earlier record's where
// two are as frequent.
static void most_frequent(const inb_linked *linked, const uint32_t *order, const uint32_t *starts,
    const inb_group_column *group, size_t width, size_t at, uint32_t *values) {
    for (size_t p = 0; p < linked->persons; p++) {
        uint32_t best = 0;
        size_t best_count = 0;
        for (uint32_t i = starts[p]; i < starts[p + 1]; i++) {
            uint32_t code = group->codes[order[i]];
            size_t count = 0;
            for (uint32_t j = starts[p]; code != 0 && j < starts[p + 1]; j++) {
                count += group->codes[order[j]] == code ? 1 : 0;
            }
            if (count > best_count) {
                best = code;
                best_count = count;
            }
        }
        values[p * width + at] = best;
    }
}

inb_status inb_linked_groups(
    const inb_linked *linked, size_t width, size_t first, uint32_t *values, inb_error *err) {
    const inb_people *people = linked->people;
    INB_CLEANUP(inb_freep) uint32_t *starts = inb_alloc(linked->persons + 2, sizeof *starts);
    INB_CLEANUP(inb_freep) uint32_t *order = inb_alloc(people->count, sizeof *order);
    if (starts == NULL || order == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for histories");
    }
    for (size_t r = 0; r < people->count; r++) {
        starts[linked->person[r] + 2]++;
    }
    for (size_t p = 2; p < linked->persons + 2; p++) {
        starts[p] += starts[p - 1];
    }
    for (size_t r = 0; r < people->count; r++) {
        order[starts[linked->person[r] + 1]++] = (uint32_t)r;
    }
    for (size_t g = 0; g < people->group_count; g++) {
        most_frequent(linked, order, starts, &people->groups[g], width, first + g, values);
    }
    return INB_OK;
}

static void write_rows(
    const inb_people *people, const struct row *rows, size_t count, inb_buffer *out) {
    for (size_t f = 0; f < people->file_count; f++) {
        inb_buffer_cell(out, people->stems[f]);
        inb_buffer_char(out, ',');
    }
    for (size_t g = 0; g < people->group_count; g++) {
        inb_buffer_cell(out, people->groups[g].name);
        inb_buffer_char(out, ',');
    }
    inb_buffer_text(out, "count\n");
    for (size_t i = 0; i < count;) {
        size_t same = i + 1;
        while (same < count && compare_rows(&rows[i], &rows[same]) == 0) {
            same++;
        }
        for (size_t f = 0; f < people->file_count; f++) {
            inb_buffer_text(out, rows[i].values[f] != 0 ? "1," : "0,");
        }
        for (size_t g = 0; g < people->group_count; g++) {
            const inb_words *words = &people->groups[g].words;
            uint32_t code = rows[i].values[people->file_count + g];
            inb_buffer_cell_bytes(out, inb_word(words, code), inb_word_length(words, code));
            inb_buffer_char(out, ',');
        }
        inb_buffer_format(out, "%lu\n", (unsigned long)(same - i));
        i = same;
    }
}

inb_status inb_linked_histories_csv(const inb_linked *linked, inb_buffer *out, inb_error *err) {
    const inb_people *people = linked->people;
    INB_TRY(check_names(people, err));
    size_t width = people->file_count + people->group_count;
    INB_CLEANUP(inb_freep) uint32_t *values = inb_alloc(linked->persons, width * sizeof *values);
    INB_CLEANUP(inb_freep) struct row *rows = inb_alloc(linked->persons, sizeof *rows);
    if (values == NULL || rows == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for histories");
    }
    for (size_t r = 0; r < people->count; r++) {
        values[linked->person[r] * width + inb_people_file_of(people, r)] = 1;
    }
    INB_TRY(inb_linked_groups(linked, width, people->file_count, values, err));
    for (size_t p = 0; p < linked->persons; p++) {
        rows[p] = (struct row){values + p * width, width};
    }
    qsort(rows, linked->persons, sizeof *rows, compare_rows);
    write_rows(people, rows, linked->persons, out);
    return INB_OK;
}
