// SPDX-License-Identifier: EUPL-1.2
// K link structures as capture histories: in each draw m and u from their posterior, all candidates
// weighed anew, a matching, persons or a partition drawn over them from the links as made, and
// pairs that blocking lost put in (Tancredi & Liseo 2011, doi:10.1214/10-AOAS447, for the aim).

#include <inbeeld/link_draws.h>
#include <inbeeld/spread.h>

#include "draw_candidates.h"
#include "draw_persons.h"
#include "draw_rates.h"
#include "draw_structure.h"
#include "draw_weights.h"

#include "base/alloc.h"
#include "math/gamma.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SWEEPS = 40, MOST_LISTS = 10, TRIES = 50 };
static const size_t most_cells = (size_t)1 << 24;
static const size_t most_text = (size_t)1 << 32;
static const uint64_t first_stream = (uint64_t)1 << 48; // apart from those of the link itself

struct inb_link_draws {
    size_t count;
    inb_buffer *histories;
    inb_buffer rates;
};

void inb_link_draws_free(inb_link_draws *draws) {
    if (draws != NULL) {
        for (size_t k = 0; draws->histories != NULL && k < draws->count; k++) {
            inb_buffer_clear(&draws->histories[k]);
        }
        inb_free(draws->histories);
        inb_buffer_clear(&draws->rates);
        inb_free(draws);
    }
}

void inb_link_draws_freep(inb_link_draws **draws) {
    inb_link_draws_free(*draws);
    *draws = NULL;
}

size_t inb_link_draws_count(const inb_link_draws *draws) {
    return draws->count;
}

const char *inb_link_draws_histories(const inb_link_draws *draws, size_t n) {
    return inb_buffer_get(&draws->histories[n]);
}

const char *inb_link_draws_rates(const inb_link_draws *draws) {
    return inb_buffer_get(&draws->rates);
}

// ---- what all draws share ----

struct drawing {
    const inb_linked *linked;
    inb_draw_candidates candidates;
    bool by_persons; // over three lists and more that hold each person once
    size_t fits;     // drawn
    double miss;
    uint32_t *list;         // a record: its list where each person is once in it
    uint32_t *groups;       // a person as made: its groups
    uint32_t *combo;        // a record: which groups its person has, all combinations numbered
    uint32_t *combo_person; // a combination: a person that has it
    size_t combos;
    inb_link_draws *draws;
    inb_draw_tally *tallies;
};

static void drawing_clear(struct drawing *drawing) {
    inb_draw_candidates_clear(&drawing->candidates);
    inb_free(drawing->list);
    inb_free(drawing->groups);
    inb_free(drawing->combo);
    inb_free(drawing->combo_person);
    inb_free(drawing->tallies);
}

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw links");
}

struct combination {
    const uint32_t *values;
    size_t width;
    uint32_t person;
};

static int by_values(const void *a, const void *b) {
    const struct combination *x = a;
    const struct combination *y = b;
    for (size_t i = 0; i < x->width; i++) {
        if (x->values[i] != y->values[i]) {
            return x->values[i] < y->values[i] ? -1 : 1;
        }
    }
    return x->person < y->person ? -1 : x->person > y->person ? 1 : 0;
}

// Draws have the groups of HISTORIES.csv and no others: a record has those of its person as made.
static inb_status find_groups(struct drawing *drawing, inb_error *err) {
    const inb_linked *linked = drawing->linked;
    const inb_people *people = linked->people;
    size_t width = people->group_count;
    INB_CLEANUP(inb_freep) struct combination *sorted = inb_alloc(linked->persons, sizeof *sorted);
    INB_CLEANUP(inb_freep) uint32_t *of_person = inb_alloc(linked->persons, sizeof *of_person);
    drawing->groups = inb_alloc(linked->persons, width * sizeof *drawing->groups);
    drawing->combo = inb_alloc(people->count, sizeof *drawing->combo);
    drawing->combo_person = inb_alloc(linked->persons, sizeof *drawing->combo_person);
    if (sorted == NULL || of_person == NULL || drawing->groups == NULL || drawing->combo == NULL ||
        drawing->combo_person == NULL) {
        return no_room(err);
    }
    INB_TRY(inb_linked_groups(linked, width, 0, drawing->groups, err));
    for (size_t p = 0; p < linked->persons; p++) {
        sorted[p] = (struct combination){drawing->groups + p * width, width, (uint32_t)p};
    }
    qsort(sorted, linked->persons, sizeof *sorted, by_values);
    for (size_t i = 0; i < linked->persons; i++) {
        if (i == 0 || (width > 0 && memcmp(sorted[i].values, sorted[i - 1].values,
                                        width * sizeof *sorted[i].values) != 0)) {
            drawing->combo_person[drawing->combos++] = sorted[i].person;
        }
        of_person[sorted[i].person] = (uint32_t)drawing->combos - 1;
    }
    for (size_t r = 0; r < people->count; r++) {
        drawing->combo[r] = of_person[linked->person[r]];
    }
    if (drawing->combos > most_cells >> people->file_count) {
        return inb_fail(err, INB_TOO_LARGE,
            "option '--draws': found %zu groups over %zu lists, expected fewer: their table has "
            "more than %zu cells",
            drawing->combos, people->file_count, most_cells);
    }
    return INB_OK;
}

static inb_status find_lists(struct drawing *drawing, inb_error *err) {
    const inb_linked *linked = drawing->linked;
    drawing->list = inb_alloc(linked->people->count, sizeof *drawing->list);
    if (drawing->list == NULL) {
        return no_room(err);
    }
    drawing->by_persons = linked->people->file_count > 2;
    for (size_t r = 0; r < linked->people->count; r++) {
        size_t f = inb_people_file_of(linked->people, r);
        drawing->list[r] = linked->unique[f] ? (uint32_t)f : UINT32_MAX;
        drawing->by_persons = drawing->by_persons && linked->unique[f];
    }
    return inb_linked_miss(linked, &drawing->miss, err);
}

// ---- one draw ----

struct draw {
    inb_rng rng;
    const inb_fit *fit;
    inb_edge *edges;
    bool *together;
    uint32_t *person;
    uint32_t *room; // a record
    size_t persons;
    int64_t *cells; // combination << lists | history
};

static void draw_clear(struct draw *draw) {
    inb_free(draw->edges);
    inb_free(draw->together);
    inb_free(draw->person);
    inb_free(draw->room);
    inb_free(draw->cells);
}

static inb_status draw_one_to_one(
    const struct drawing *drawing, struct draw *draw, inb_error *err) {
    const inb_linked *linked = drawing->linked;
    size_t left = linked->people->file_starts[1];
    size_t right = linked->people->count - left;
    size_t count = drawing->candidates.count;
    for (size_t i = 0; i < count; i++) {
        const inb_draw_candidate *candidate = &drawing->candidates.at[i];
        const inb_pair *pair = &candidate->pair;
        draw->together[i] = linked->person[pair->a] == linked->person[pair->b];
        draw->edges[i] = (inb_edge){
            pair->a, (uint32_t)(pair->b - left), (float)inb_draw_weight(draw->fit, candidate)};
    }
    INB_TRY(inb_draw_matching(
        left, right, draw->edges, count, SWEEPS, &draw->rng, draw->together, err));
    for (size_t r = 0; r < linked->people->count; r++) {
        draw->person[r] = (uint32_t)r;
    }
    for (size_t i = 0; i < count; i++) {
        if (draw->together[i]) {
            draw->person[left + draw->edges[i].b] = draw->edges[i].a;
        }
    }
    draw->persons = inb_number_persons(linked->people->count, draw->person, draw->room);
    return INB_OK;
}

// The log of a prior's odds, as much larger or smaller than the link's as the draw's fit says.
static double draw_logit(double prior, double times) {
    double share = fmin(fmax(prior * times, 1e-15), 0.5);
    return log(share / (1 - share));
}

static inb_status draw_clusters(const struct drawing *drawing, struct draw *draw, inb_error *err) {
    const inb_linked *linked = drawing->linked;
    double times = draw->fit->prior / linked->fit->prior;
    double across = draw_logit(linked->prior_across, times);
    double within = draw_logit(linked->prior_within, times);
    for (size_t i = 0; i < drawing->candidates.count; i++) {
        const inb_draw_candidate *candidate = &drawing->candidates.at[i];
        double odds = inb_draw_weight(draw->fit, candidate) + (candidate->across ? across : within);
        odds = fmin(fmax(odds, -drawing->miss), INB_LINKED_MOST_SCORE);
        draw->edges[i] = (inb_edge){candidate->pair.a, candidate->pair.b, (float)odds};
    }
    memcpy(draw->person, linked->person, linked->people->count * sizeof *draw->person);
    inb_cluster_input input = {linked->people->count, draw->edges, drawing->candidates.count,
        -drawing->miss, drawing->list};
    return inb_draw_partition(&input, SWEEPS, &draw->rng, draw->person, &draw->persons, err);
}

static inb_status draw_persons(const struct drawing *drawing, struct draw *draw, inb_error *err) {
    const inb_linked *linked = drawing->linked;
    const inb_draw_candidates *candidates = &drawing->candidates;
    size_t groups = candidates->groups;
    INB_CLEANUP(inb_freep) inb_person_edge *edges = inb_alloc(candidates->count, sizeof *edges);
    INB_CLEANUP(inb_freep) float *cost = inb_alloc(candidates->count, sizeof *cost);
    INB_CLEANUP(inb_freep) float *ratio = inb_alloc(candidates->count, groups * sizeof *ratio);
    if (edges == NULL || cost == NULL || ratio == NULL) {
        return no_room(err);
    }
    for (size_t i = 0; i < candidates->count; i++) {
        edges[i] = (inb_person_edge){candidates->at[i].pair.a, candidates->at[i].pair.b};
        cost[i] = (float)inb_draw_cost(draw->fit, &candidates->at[i]);
        inb_draw_ratios(draw->fit, candidates, i, &ratio[i * groups]);
    }
    memcpy(draw->person, linked->person, linked->people->count * sizeof *draw->person);
    inb_persons_input input = {linked->people->count, linked->people->file_count, groups,
        drawing->list, edges, candidates->count, candidates->active, ratio, cost};
    return inb_draw_persons(&input, SWEEPS, &draw->rng, draw->person, &draw->persons, err);
}

// Joins records that stand alone, of different files and of equal groups, as many as blocking is
// estimated to have lost beside the matches of this draw.
static void put_lost(const struct drawing *drawing, struct draw *draw) {
    const inb_linked *linked = drawing->linked;
    if (!(linked->lost > 0)) {
        return;
    }
    double matches = 0;
    memset(draw->room, 0, linked->people->count * sizeof *draw->room);
    for (size_t r = 0; r < linked->people->count; r++) {
        matches += draw->room[draw->person[r]]++;
    }
    int64_t lost = inb_poisson_draw(&draw->rng, matches * linked->lost / (1 - linked->lost));
    size_t n = linked->people->count;
    for (int64_t made = 0, tries = 0; made < lost && tries < TRIES * lost; tries++) {
        uint32_t a = inb_rng_below(&draw->rng, (uint32_t)n);
        uint32_t b = inb_rng_below(&draw->rng, (uint32_t)n);
        if (draw->room[draw->person[a]] == 1 && draw->room[draw->person[b]] == 1 && a != b &&
            drawing->combo[a] == drawing->combo[b] &&
            inb_people_file_of(linked->people, a) != inb_people_file_of(linked->people, b)) {
            draw->room[draw->person[a]] = 2;
            draw->room[draw->person[b]] = 2;
            draw->person[b] = draw->person[a];
            made++;
        }
    }
    draw->persons = inb_number_persons(n, draw->person, draw->room);
}

// The groups of a drawn person: those that most of its records have, the least number of equals.
static inb_status count_histories(
    const struct drawing *drawing, struct draw *draw, inb_error *err) {
    const inb_people *people = drawing->linked->people;
    INB_CLEANUP(inb_freep) uint32_t *starts = inb_alloc(draw->persons + 2, sizeof *starts);
    draw->cells = inb_alloc(drawing->combos << people->file_count, sizeof *draw->cells);
    if (starts == NULL || draw->cells == NULL) {
        return no_room(err);
    }
    for (size_t r = 0; r < people->count; r++) {
        starts[draw->person[r] + 2]++;
    }
    for (size_t p = 2; p < draw->persons + 2; p++) {
        starts[p] += starts[p - 1];
    }
    for (size_t r = 0; r < people->count; r++) {
        draw->room[starts[draw->person[r] + 1]++] = (uint32_t)r;
    }
    for (size_t p = 0; p < draw->persons; p++) {
        size_t history = 0;
        size_t best = 0;
        uint32_t combo = 0;
        for (uint32_t i = starts[p]; i < starts[p + 1]; i++) {
            uint32_t mine = drawing->combo[draw->room[i]];
            size_t count = 0;
            history |= (size_t)1 << inb_people_file_of(people, draw->room[i]);
            for (uint32_t j = starts[p]; j < starts[p + 1]; j++) {
                count += drawing->combo[draw->room[j]] == mine ? 1 : 0;
            }
            if (count > best || (count == best && mine < combo)) {
                best = count;
                combo = mine;
            }
        }
        draw->cells[(size_t)combo << people->file_count | history]++;
    }
    return INB_OK;
}

static void write_row(
    const struct drawing *drawing, size_t combo, size_t history, int64_t count, inb_buffer *out) {
    const inb_people *people = drawing->linked->people;
    for (size_t f = 0; f < people->file_count; f++) {
        inb_buffer_text(out, (history >> f & 1) != 0 ? "1," : "0,");
    }
    const uint32_t *values = drawing->groups + drawing->combo_person[combo] * people->group_count;
    for (size_t g = 0; g < people->group_count; g++) {
        const inb_words *words = &people->groups[g].words;
        inb_buffer_cell_bytes(out, inb_word(words, values[g]), inb_word_length(words, values[g]));
        inb_buffer_char(out, ',');
    }
    inb_buffer_format(out, "%lld\n", (long long)count);
}

static void write_histories(
    const struct drawing *drawing, const struct draw *draw, inb_buffer *out) {
    const inb_people *people = drawing->linked->people;
    for (size_t f = 0; f < people->file_count; f++) {
        inb_buffer_cell(out, people->stems[f]);
        inb_buffer_char(out, ',');
    }
    for (size_t g = 0; g < people->group_count; g++) {
        inb_buffer_cell(out, people->groups[g].name);
        inb_buffer_char(out, ',');
    }
    inb_buffer_text(out, "count\n");
    for (size_t combo = 0; combo < drawing->combos; combo++) {
        bool any = false;
        for (size_t h = 1; h < (size_t)1 << people->file_count; h++) {
            int64_t count = draw->cells[combo << people->file_count | h];
            if (count > 0) {
                write_row(drawing, combo, h, count, out);
                any = true;
            }
        }
        if (!any) { // every draw has every group
            write_row(drawing, combo, 1, 0, out);
        }
    }
}

static inb_status draw_one(
    const struct drawing *drawing, const inb_fit *fit, size_t k, inb_error *err) {
    const inb_linked *linked = drawing->linked;
    size_t files = linked->people->file_count;
    INB_CLEANUP(draw_clear)
    struct draw draw = {.rng = inb_rng_make(linked->options.seed, first_stream + k), .fit = fit};
    size_t count = drawing->candidates.count;
    draw.edges = inb_alloc(count, sizeof *draw.edges);
    draw.together = inb_alloc(count, sizeof *draw.together);
    draw.person = inb_alloc(linked->people->count, sizeof *draw.person);
    draw.room = inb_alloc(linked->people->count, sizeof *draw.room);
    if (draw.edges == NULL || draw.together == NULL || draw.person == NULL || draw.room == NULL) {
        return no_room(err);
    }
    INB_TRY((linked->one_to_one    ? draw_one_to_one
             : drawing->by_persons ? draw_persons
                                   : draw_clusters)(drawing, &draw, err));
    put_lost(drawing, &draw);
    INB_TRY(count_histories(drawing, &draw, err));
    write_histories(drawing, &draw, &drawing->draws->histories[k]);
    INB_TRY(inb_buffer_check(&drawing->draws->histories[k], err));
    return inb_draw_tally_of(
        linked, draw.person, draw.persons, &drawing->tallies[k * files * files], err);
}

// A fit drawn, and the draws that stand on it.
static inb_status draw_some(void *context, size_t worker, size_t piece, inb_error *err) {
    const struct drawing *drawing = context;
    const inb_linked *linked = drawing->linked;
    INB_CLEANUP(inb_fit_freep) inb_fit *fit = NULL;
    inb_rng rng = inb_rng_make(linked->options.seed, 2 * first_stream + piece);
    (void)worker;
    INB_TRY(inb_draw_fit(linked, &rng, &fit, err));
    for (size_t k = piece; k < drawing->draws->count; k += drawing->fits) {
        INB_TRY(draw_one(drawing, fit != NULL ? fit : linked->fit, k, err));
    }
    return INB_OK;
}

// A fit for each draw; fewer, and each for several of them, where there are many patterns.
static size_t count_fits(const inb_linked *linked, size_t draws) {
    static const double most_patterns = 2e6; // over all fits
    static const double least = 25;
    double patterns = (double)(linked->counts.count + linked->random.count + 1);
    double fits = fmax(most_patterns / patterns, least);
    return fits < (double)draws ? (size_t)fits : draws;
}

inb_status inb_link_draws_new(
    const inb_linked *linked, size_t count, inb_link_draws **ret_draws, inb_error *err) {
    INB_CLEANUP(drawing_clear) struct drawing drawing = {.linked = linked};
    INB_CLEANUP(inb_link_draws_freep) inb_link_draws *draws = NULL;
    size_t files = linked->people->file_count;
    if (files < 2 || files > MOST_LISTS) {
        return inb_fail(err, INB_USAGE, "option '--draws': found %zu file%s, expected 2 to %d",
            files, files == 1 ? "" : "s", MOST_LISTS);
    }
    draws = inb_alloc(1, sizeof *draws);
    if (draws == NULL) {
        return no_room(err);
    }
    draws->rates = (inb_buffer)INB_BUFFER_INIT(most_text);
    draws->histories = inb_alloc(count, sizeof *draws->histories);
    drawing.tallies = inb_alloc(count, files * files * sizeof *drawing.tallies);
    if (draws->histories == NULL || drawing.tallies == NULL) {
        return no_room(err);
    }
    draws->count = count;
    for (size_t k = 0; k < count; k++) {
        draws->histories[k] = (inb_buffer)INB_BUFFER_INIT(most_text);
    }
    drawing.draws = draws;
    INB_TRY(find_lists(&drawing, err));
    INB_TRY(inb_draw_candidates_new(linked, drawing.by_persons, &drawing.candidates, err));
    INB_TRY(find_groups(&drawing, err));
    inb_spread spread = inb_spread_or_threads(linked->options.spread, linked->options.threads);
    drawing.fits = count_fits(linked, count);
    INB_TRY(inb_spread_run(&spread, "link structures", drawing.fits, draw_some, &drawing, err));
    INB_TRY(inb_draw_rates_json(linked, drawing.tallies, count, &draws->rates, err));
    *ret_draws = INB_TAKE(draws);
    return INB_OK;
}
