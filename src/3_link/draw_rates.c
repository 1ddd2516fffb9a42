// SPDX-License-Identifier: EUPL-1.2
// alpha = P(linked | true match) and beta = P(a record without a match there gets a link), each
// draw taken for the truth once and the links as made held against it; the draws' spread is the
// interval's (Di Consiglio & Tuoto 2015, doi:10.1515/jos-2015-0025, for the rates).

#include "draw_rates.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for error rates");
}

// Adds up the records of one drawn person.
static void tally_person(const struct inb_linked *linked, const uint32_t *records, size_t count,
    const uint64_t *lists, inb_draw_tally *tally) {
    const inb_people *people = linked->people;
    uint64_t here = 0;
    for (size_t i = 0; i < count; i++) {
        here |= (uint64_t)1 << inb_people_file_of(people, records[i]);
    }
    for (size_t i = 0; i < count; i++) {
        size_t from = inb_people_file_of(people, records[i]);
        uint32_t made = linked->person[records[i]];
        uint64_t right = 0; // lists with a record that it is rightly linked to
        for (size_t j = 0; j < count; j++) {
            bool together = linked->person[records[j]] == made;
            right |= together ? (uint64_t)1 << inb_people_file_of(people, records[j]) : 0;
        }
        for (size_t to = 0; to < people->file_count; to++) {
            inb_draw_tally *at = &tally[from * people->file_count + to];
            uint64_t bit = (uint64_t)1 << to;
            if (to == from) {
                continue;
            }
            if ((here & bit) != 0) {
                at->matches++;
                at->linked += (right & bit) != 0 ? 1 : 0;
            } else {
                at->without++;
                at->false_links += (lists[made] & bit) != 0 ? 1 : 0;
            }
        }
    }
}

inb_status inb_draw_tally_of(const struct inb_linked *linked, const uint32_t *person,
    size_t persons, inb_draw_tally *ret_tally, inb_error *err) {
    const inb_people *people = linked->people;
    INB_CLEANUP(inb_freep) uint64_t *lists = inb_alloc(linked->persons, sizeof *lists);
    INB_CLEANUP(inb_freep) uint32_t *starts = inb_alloc(persons + 2, sizeof *starts);
    INB_CLEANUP(inb_freep) uint32_t *order = inb_alloc(people->count, sizeof *order);
    if (lists == NULL || starts == NULL || order == NULL) {
        return no_room(err);
    }
    for (size_t r = 0; r < people->count; r++) {
        lists[linked->person[r]] |= (uint64_t)1 << inb_people_file_of(people, r);
        starts[person[r] + 2]++;
    }
    for (size_t p = 2; p < persons + 2; p++) {
        starts[p] += starts[p - 1];
    }
    for (size_t r = 0; r < people->count; r++) {
        order[starts[person[r] + 1]++] = (uint32_t)r;
    }
    for (size_t i = 0; i < people->file_count * people->file_count; i++) {
        ret_tally[i] = (inb_draw_tally){0};
    }
    for (size_t p = 0; p < persons; p++) {
        tally_person(linked, order + starts[p], starts[p + 1] - starts[p], lists, ret_tally);
    }
    return INB_OK;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

static void write_rate(inb_buffer *out, const char *name, double *shares, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += shares[i];
    }
    qsort(shares, count, sizeof *shares, by_size);
    double last = (double)(count - 1);
    inb_buffer_format(out, ",\"%s\":{\"estimate\":", name);
    inb_buffer_number(out, sum / (double)count, 6);
    inb_buffer_text(out, ",\"low\":");
    inb_buffer_number(out, shares[(size_t)floor(0.025 * last)], 6);
    inb_buffer_text(out, ",\"high\":");
    inb_buffer_number(out, shares[(size_t)ceil(0.975 * last)], 6);
    inb_buffer_char(out, '}');
}

inb_status inb_draw_rates_json(const struct inb_linked *linked, const inb_draw_tally *tallies,
    size_t count, inb_buffer *out, inb_error *err) {
    const inb_people *people = linked->people;
    size_t files = people->file_count;
    INB_CLEANUP(inb_freep) double *alpha = inb_alloc(count, sizeof *alpha);
    INB_CLEANUP(inb_freep) double *beta = inb_alloc(count, sizeof *beta);
    if (alpha == NULL || beta == NULL) {
        return no_room(err);
    }
    bool first = true;
    inb_buffer_text(out, "{\"rates\":[");
    for (size_t pair = 0; pair < files * files; pair++) {
        size_t with = 0;
        size_t without = 0;
        for (size_t k = 0; k < count; k++) {
            const inb_draw_tally *tally = &tallies[k * files * files + pair];
            if (tally->matches > 0) {
                alpha[with++] = tally->linked / tally->matches;
            }
            if (tally->without > 0) {
                beta[without++] = tally->false_links / tally->without;
            }
        }
        if (with > 0 && without > 0) {
            inb_buffer_text(out, first ? "\n{\"from\":" : ",\n{\"from\":");
            inb_buffer_json(out, people->stems[pair / files]);
            inb_buffer_text(out, ",\"to\":");
            inb_buffer_json(out, people->stems[pair % files]);
            write_rate(out, "alpha", alpha, with);
            write_rate(out, "beta", beta, without);
            inb_buffer_char(out, '}');
            first = false;
        }
    }
    inb_buffer_text(out, "\n]}\n");
    return inb_buffer_check(out, err);
}
