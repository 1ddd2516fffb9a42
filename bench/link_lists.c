// SPDX-License-Identifier: EUPL-1.2
// See link_lists.h. Model populations come from made-up people of the tests, others from src/world.

#include "link_lists.h"

#include "inb_made_people.h"

#include "base/alloc.h"

#include <inbeeld/world.h>

#include <stdio.h>
#include <stdlib.h>

void lists_clear(lists_made *made) {
    for (size_t j = 0; j < made->lists; j++) {
        inb_buffer_clear(&made->text[j]);
    }
    inb_free(made->person);
    *made = (lists_made){0};
}

void lists_give_up(const char *what) {
    fprintf(stderr, "bench: %s\n", what);
    exit(EXIT_FAILURE);
}

// ---- people by a model ----

static void lists_chances(const lists_scenario *s, double *sums) {
    double sum = 0;
    for (size_t h = 0; h < (size_t)1 << s->lists; h++) {
        double chance = 1;
        for (size_t j = 0; j < s->lists; j++) {
            chance *= (h >> j & 1) != 0 ? s->seen[j] : 1 - s->seen[j];
        }
        for (size_t i = 0; i < LISTS_PAIRS; i++) {
            bool both = s->pairs[i] != 0 && (h & s->pairs[i]) == s->pairs[i];
            chance *= both ? s->odds[i] : 1;
        }
        sum += chance;
        sums[h] = sum;
    }
    for (size_t h = 0; h < (size_t)1 << s->lists; h++) {
        sums[h] /= sum;
    }
}

// Damages a word once; a second error in a quarter of the cases.
static void lists_word(
    struct inb_made *made, const lists_column *column, double times, char *text) {
    if (inb_made_chance(made, column->empty * times)) {
        text[0] = '\0';
    } else if (inb_made_chance(made, column->wrong * times)) {
        inb_made_typo(made, text);
        if (inb_made_chance(made, 0.25)) {
            inb_made_typo(made, text);
        }
    }
}

static void lists_row(
    struct inb_made *made, const lists_scenario *s, struct inb_made_person row, inb_buffer *out) {
    double light = s->bad > 0 ? (1 - s->bad * s->bad_wrong) / (1 - s->bad) : 1;
    double times = s->bad > 0 && inb_made_chance(made, s->bad) ? s->bad_wrong : light;
    lists_word(made, &s->given, times, row.given);
    lists_word(made, &s->surname, times, row.surname);
    lists_word(made, &s->place, times, row.place);
    lists_word(made, &s->phone, times, row.number);
    bool date = s->date.there && !inb_made_chance(made, s->date.empty * times);
    if (inb_made_chance(made, s->date.wrong * times)) {
        inb_made_date_error(made, &row);
    }
    if (s->given.there) {
        inb_buffer_format(out, ",%s", row.given);
    }
    if (s->surname.there) {
        inb_buffer_format(out, ",%s", row.surname);
    }
    if (date) {
        inb_buffer_format(out, ",%04u-%02u-%02u", row.year, row.month, row.day);
    } else if (s->date.there) {
        inb_buffer_text(out, ",");
    }
    if (s->place.there) {
        inb_buffer_format(out, ",%s", row.place);
    }
    if (s->phone.there) {
        inb_buffer_format(out, ",%s%s", row.number[0] == '\0' ? "" : "06", row.number);
    }
    inb_buffer_char(out, '\n');
}

static void lists_from_model(const lists_scenario *s, uint64_t seed, lists_made *ret_made) {
    struct inb_made made = {inb_rng_make(seed, 41)};
    double sums[LISTS_CELLS];
    lists_made all = {.lists = s->lists, .people = s->people};
    uint32_t people = (uint32_t)s->people;
    uint32_t *of[LISTS_MOST];
    size_t counts[LISTS_MOST] = {0};
    lists_chances(s, sums);
    for (size_t j = 0; j < s->lists; j++) {
        snprintf(all.names[j], sizeof all.names[j], "%c.csv", (char)('a' + j));
        all.text[j] = (inb_buffer)INB_BUFFER_INIT((size_t)1 << 30);
        of[j] = inb_alloc(people, sizeof *of[j]);
        inb_buffer_text(&all.text[j], "id");
        inb_buffer_text(&all.text[j], s->given.there ? ",given_name" : "");
        inb_buffer_text(&all.text[j], s->surname.there ? ",surname" : "");
        inb_buffer_text(&all.text[j], s->date.there ? ",birth_date" : "");
        inb_buffer_text(&all.text[j], s->place.there ? ",place" : "");
        inb_buffer_text(&all.text[j], s->phone.there ? ",phone" : "");
        inb_buffer_char(&all.text[j], '\n');
    }
    for (uint32_t i = 0; i < people; i++) {
        struct inb_made_person person;
        inb_made_person(&made, s->surnames, &person);
        double at = inb_rng_uniform(&made.rng);
        size_t h = 0;
        while (sums[h] < at) {
            h++;
        }
        all.truth[h]++;
        for (size_t j = 0; j < s->lists; j++) {
            if ((h >> j & 1) != 0) {
                inb_buffer_format(&all.text[j], "%u", i);
                lists_row(&made, s, person, &all.text[j]);
                of[j][counts[j]++] = i;
                all.count++;
            }
        }
    }
    all.truth[0] = 0;
    all.person = inb_alloc(all.count, sizeof *all.person);
    size_t at = 0;
    for (size_t j = 0; j < s->lists; j++) {
        for (size_t i = 0; i < counts[j]; i++) {
            all.person[at++] = of[j][i];
        }
        inb_free(of[j]);
    }
    *ret_made = all;
}

// ---- people of the generated region: lists that depend, sources that refer ----

static double lists_less(double chance) {
    return chance < 1 ? chance : 1;
}

static void lists_from_world(const lists_scenario *s, uint64_t seed, lists_made *ret_made) {
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    inb_world *world = NULL;
    inb_arena *arena = NULL;
    inb_error err = INB_ERROR_INIT;
    options.people = (uint64_t)s->people;
    options.seed = seed;
    options.split = 0;
    options.faults.typing = lists_less(options.faults.typing * s->world);
    options.faults.missing = lists_less(options.faults.missing * s->world);
    options.faults.moved = lists_less(options.faults.moved * s->world);
    if (inb_world_new(&options, &world, &err) != INB_OK ||
        inb_arena_new(0, &arena, &err) != INB_OK) {
        lists_give_up(err.message);
    }
    lists_made all = {.lists = s->lists, .people = s->people};
    uint32_t *of[INB_WORLD_LIST_COUNT];
    size_t counts[INB_WORLD_LIST_COUNT] = {0};
    for (size_t j = 0; j < s->lists; j++) {
        snprintf(
            all.names[j], sizeof all.names[j], "%s.csv", inb_world_list_name((inb_world_list)j));
        all.text[j] = (inb_buffer)INB_BUFFER_INIT((size_t)1 << 30);
        inb_world_record_header(&all.text[j]);
        of[j] = inb_alloc((size_t)s->people, 4 * sizeof *of[j]);
    }
    for (uint64_t b = 0; b < inb_world_blocks(world); b++) {
        inb_world_block block;
        inb_arena_reset(arena);
        if (inb_world_make(world, b, arena, &block, &err) != INB_OK) {
            lists_give_up(err.message);
        }
        size_t history[INB_WORLD_BLOCK + 1] = {0};
        for (size_t i = 0; i < block.record_count; i++) {
            const inb_world_record *record = &block.records[i];
            size_t j = (size_t)record->list;
            if (j < s->lists) {
                inb_world_record_csv(record, &all.text[j]);
                of[j][counts[j]++] = (uint32_t)record->person;
                history[record->person - block.people[0].number] |= (size_t)1 << j;
                all.count++;
            }
        }
        for (size_t i = 0; i < block.people_count; i++) {
            all.truth[history[i]]++;
        }
    }
    all.truth[0] = 0;
    all.person = inb_alloc(all.count, sizeof *all.person);
    size_t at = 0;
    for (size_t j = 0; j < s->lists; j++) {
        for (size_t i = 0; i < counts[j]; i++) {
            all.person[at++] = of[j][i];
        }
        inb_free(of[j]);
    }
    inb_arena_freep(&arena);
    inb_world_freep(&world);
    *ret_made = all;
}

void lists_make(const lists_scenario *s, uint64_t seed, lists_made *ret_made) {
    (s->world > 0 ? lists_from_world : lists_from_model)(s, seed, ret_made);
}
