// SPDX-License-Identifier: EUPL-1.2
// How often what link draws holds the truth, from the text of the lists to N: simulated lists are
// linked, link structures drawn, and N estimated over the draws, over the links as made, and over
// the true links. Told besides: how often the draws' range holds each overlap of two lists, and
// the intervals of rates.json the rates; and the z of the overlaps (mean 0 and deviation 1 where
// the draws are as wide as they should be).
//
//   bench_link_draws SCENARIO|first|second [SIMULATIONS [DRAWS [REPLICATES [SEED [THREADS]]]]]
//
// `first` are the scenarios that methods were chosen on, `second` those that they were confirmed
// on.

#include "draw_rates.h"
#include "link_lists.h"

#include "base/alloc.h"

#include <inbeeld/draws.h>
#include <inbeeld/link_draws.h>
#include <inbeeld/spread.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS_MOST = 400, WORKERS_MOST = 8 };

static void demand(inb_status status, const inb_error *err) {
    if (status != INB_OK) {
        lists_give_up(err->message);
    }
}

// ---- what is counted ----

// Of a figure with an interval against its truth.
typedef struct held {
    double count;
    double inside;
    double below; // the truth is below the interval
} held;

static void hold(held *h, double low, double high, double truth) {
    h->count++;
    h->inside += low <= truth && truth <= high ? 1 : 0;
    h->below += truth < low ? 1 : 0;
}

typedef struct moments {
    double count;
    double sum;
    double squares;
} moments;

static void take(moments *m, double x) {
    m->count++;
    m->sum += x;
    m->squares += x * x;
}

static double mean_of(const moments *m) {
    return m->sum / m->count;
}

static double deviation_of(const moments *m) {
    double mean = mean_of(m);
    return sqrt(fmax(m->squares / m->count - mean * mean, 0));
}

typedef struct tally {
    held made;      // N, the links as made
    held mixture;   // over the draws
    held right;     // true links
    moments made_n; // log of N by N on true links
    moments drawn_n;
    moments right_n;      // log of N by the truth
    moments wide;         // width of the mixture by that on true links
    moments share;        // of the links in the mixture's variance
    held overlap;         // of two lists, among the draws
    moments overlap_made; // relative to the truth
    moments overlap_drawn;
    moments z;
    held alpha;
    held beta;
    moments lost; // 1 - alpha
    moments root; // lost times the root of the overlap
    double failed;
    double refused;
} tally;

static void add_held(held *to, const held *h) {
    to->count += h->count;
    to->inside += h->inside;
    to->below += h->below;
}

static void add_moments(moments *to, const moments *m) {
    to->count += m->count;
    to->sum += m->sum;
    to->squares += m->squares;
}

static void add(tally *to, const tally *t) {
    add_held(&to->made, &t->made);
    add_held(&to->mixture, &t->mixture);
    add_held(&to->right, &t->right);
    add_moments(&to->made_n, &t->made_n);
    add_moments(&to->drawn_n, &t->drawn_n);
    add_moments(&to->right_n, &t->right_n);
    add_moments(&to->wide, &t->wide);
    add_moments(&to->share, &t->share);
    add_held(&to->overlap, &t->overlap);
    add_moments(&to->overlap_made, &t->overlap_made);
    add_moments(&to->overlap_drawn, &t->overlap_drawn);
    add_moments(&to->z, &t->z);
    add_held(&to->alpha, &t->alpha);
    add_held(&to->beta, &t->beta);
    add_moments(&to->lost, &t->lost);
    add_moments(&to->root, &t->root);
    to->failed += t->failed;
    to->refused += t->refused;
}

// ---- one simulation ----

struct work {
    const lists_scenario *s;
    size_t draws;
    size_t replicates;
    uint64_t seed;
    char model[64];
    tally tallies[WORKERS_MOST];
};

// The interval of quantiles over tables, as estimate --draws gives it.
static bool mixture_of(const struct work *work, const int64_t (*tables)[LISTS_CELLS], size_t count,
    uint64_t seed, double ret[4]) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    static _Thread_local inb_cell cells[DRAWS_MOST][LISTS_CELLS];
    const inb_cell *at[DRAWS_MOST];
    int64_t observed[DRAWS_MOST] = {0};
    inb_error err = INB_ERROR_INIT;
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    for (size_t k = 0; k < count; k++) {
        cells[k][0] = (inb_cell){0, INB_CELL_MISSING};
        for (size_t h = 1; h < (size_t)1 << work->s->lists; h++) {
            cells[k][h] = (inb_cell){tables[k][h], INB_CELL_COUNTED};
            observed[k] += tables[k][h];
        }
        at[k] = cells[k];
    }
    demand(inb_histories_from_counts(names, work->s->lists, tables[0], &histories, &err), &err);
    inb_draws draws = {.list_count = work->s->lists,
        .count = count,
        .group_count = 1,
        .tables = at,
        .observed = observed};
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = work->s->stepwise ? INB_COUNT_STEPWISE : INB_COUNT_MODEL;
    options.model = work->s->stepwise ? NULL : work->model;
    options.bootstrap = work->replicates;
    options.parametric = true;
    options.seed = seed;
    options.draws = &draws;
    demand(inb_estimate_run(histories, &options, &estimate, &err), &err);
    const inb_figures *total = &estimate->total;
    bool given = total->has_interval && total->interval.kind == INB_INTERVAL_MIXTURE;
    ret[0] = total->mixture.estimate;
    ret[1] = total->interval.low;
    ret[2] = total->interval.high;
    ret[3] = total->mixture.share;
    inb_estimate_freep(&estimate);
    inb_histories_freep(&histories);
    return given;
}

static void read_table(const char *text, size_t lists, int64_t *cells) {
    memset(cells, 0, LISTS_CELLS * sizeof *cells);
    for (const char *line = strchr(text, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n')) {
        size_t history = 0;
        for (size_t j = 0; j < lists; j++) {
            history |= (size_t)(line[1 + 2 * j] == '1') << j;
        }
        cells[history] += strtoll(line + 1 + 2 * lists, NULL, 10);
    }
}

static double overlap_of(const int64_t *cells, size_t lists, size_t both) {
    double sum = 0;
    for (size_t h = 1; h < (size_t)1 << lists; h++) {
        sum += (h & both) == both ? (double)cells[h] : 0;
    }
    return sum;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

static void judge_overlaps(const struct work *work, const int64_t (*drawn)[LISTS_CELLS],
    const int64_t *made, const int64_t *truth, tally *t) {
    size_t lists = work->s->lists;
    for (size_t both = 1; both < (size_t)1 << lists; both++) {
        if (__builtin_popcountll(both) != 2) {
            continue;
        }
        double values[DRAWS_MOST];
        moments m = {0};
        for (size_t k = 0; k < work->draws; k++) {
            values[k] = overlap_of(drawn[k], lists, both);
            take(&m, values[k]);
        }
        qsort(values, work->draws, sizeof *values, by_size);
        double last = (double)(work->draws - 1);
        double right = overlap_of(truth, lists, both);
        hold(&t->overlap, values[(size_t)floor(0.025 * last)], values[(size_t)ceil(0.975 * last)],
            right);
        if (right > 0) {
            take(&t->overlap_made, overlap_of(made, lists, both) / right - 1);
            take(&t->overlap_drawn, mean_of(&m) / right - 1);
        }
        take(&t->z, (right - mean_of(&m)) / fmax(deviation_of(&m), 0.5));
    }
}

static void judge_rates(const struct work *work, const inb_linked *linked,
    const inb_link_draws *draws, const lists_made *made, tally *t) {
    size_t lists = work->s->lists;
    const char *names[LISTS_MOST];
    inb_link_rate rates[LISTS_MOST * LISTS_MOST];
    inb_draw_tally right[LISTS_MOST * LISTS_MOST];
    size_t count = 0;
    inb_error err = INB_ERROR_INIT;
    for (size_t j = 0; j < lists; j++) {
        names[j] = linked->people->stems[j];
    }
    const char *text = inb_link_draws_rates(draws);
    demand(inb_link_rates_read_memory(
               "rates.json", text, strlen(text), names, lists, rates, &count, &err),
        &err);
    uint32_t *person = inb_alloc(made->count, sizeof *person);
    uint32_t *room = inb_alloc((size_t)made->people + 1, sizeof *room);
    size_t persons = 0;
    for (size_t r = 0; r < made->count; r++) {
        if (room[made->person[r]] == 0) {
            room[made->person[r]] = (uint32_t)++persons;
        }
        person[r] = room[made->person[r]] - 1;
    }
    demand(inb_draw_tally_of(linked, person, persons, right, &err), &err);
    for (size_t i = 0; i < count; i++) {
        const inb_draw_tally *at = &right[rates[i].from * lists + rates[i].to];
        if (at->matches > 0 && at->without > 0) {
            double alpha = at->linked / at->matches;
            hold(&t->alpha, rates[i].alpha.low - 1e-6, rates[i].alpha.high + 1e-6, alpha);
            hold(&t->beta, rates[i].beta.low - 1e-6, rates[i].beta.high + 1e-6,
                at->false_links / at->without);
            take(&t->lost, 1 - alpha);
            take(&t->root, (1 - alpha) * sqrt(at->matches));
        }
    }
    inb_free(person);
    inb_free(room);
}

static void simulate(const struct work *work, size_t number, tally *t) {
    static _Thread_local int64_t drawn[DRAWS_MOST][LISTS_CELLS];
    int64_t table[2][LISTS_CELLS];
    size_t lists = work->s->lists;
    lists_made made;
    inb_error err = INB_ERROR_INIT;
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    inb_link_draws *draws = NULL;
    inb_buffer csv = INB_BUFFER_INIT((size_t)1 << 24);
    const char *names[LISTS_MOST];
    const char *data[LISTS_MOST];
    size_t lengths[LISTS_MOST];
    lists_make(work->s, work->seed + number, &made);
    for (size_t j = 0; j < lists; j++) {
        names[j] = made.names[j];
        data[j] = inb_buffer_get(&made.text[j]);
        lengths[j] = made.text[j].length;
    }
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    options.seed = work->seed + number;
    demand(
        inb_people_read_memory(names, data, lengths, lists, NULL, NULL, 0, 1, &people, &err), &err);
    if (inb_link_run(people, &options, &linked, &err) != INB_OK) {
        t->refused++;
    } else {
        demand(inb_link_draws_new(linked, work->draws, &draws, &err), &err);
        demand(inb_linked_histories_csv(linked, &csv, &err), &err);
        for (size_t k = 0; k < work->draws; k++) {
            read_table(inb_link_draws_histories(draws, k), lists, drawn[k]);
        }
        read_table(inb_buffer_get(&csv), lists, table[0]);
        double from_made[4];
        double from_draws[4];
        double from_truth[4];
        memcpy(table[1], table[0], sizeof table[0]);
        bool all = mixture_of(work, (const int64_t(*)[LISTS_CELLS])table, 2, number * 3, from_made);
        judge_overlaps(work, (const int64_t(*)[LISTS_CELLS])drawn, table[0], made.truth, t);
        judge_rates(work, linked, draws, &made, t);
        all = mixture_of(work, (const int64_t(*)[LISTS_CELLS])drawn, work->draws, number * 3 + 1,
                  from_draws) &&
              all;
        memcpy(table[0], made.truth, sizeof table[0]);
        memcpy(table[1], made.truth, sizeof table[0]);
        all =
            mixture_of(work, (const int64_t(*)[LISTS_CELLS])table, 2, number * 3 + 2, from_truth) &&
            all;
        if (all) {
            hold(&t->made, from_made[1], from_made[2], made.people);
            hold(&t->mixture, from_draws[1], from_draws[2], made.people);
            hold(&t->right, from_truth[1], from_truth[2], made.people);
            take(&t->made_n, log(from_made[0] / from_truth[0]));
            take(&t->drawn_n, log(from_draws[0] / from_truth[0]));
            take(&t->right_n, log(from_truth[0] / made.people));
            take(&t->wide, (from_draws[2] - from_draws[1]) / (from_truth[2] - from_truth[1]));
            take(&t->share, from_draws[3]);
        }
        t->failed += all ? 0 : 1;
    }
    inb_buffer_clear(&csv);
    inb_link_draws_freep(&draws);
    inb_linked_freep(&linked);
    inb_people_freep(&people);
    lists_clear(&made);
}

static inb_status do_simulation(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)err;
    struct work *work = context;
    simulate(work, piece, &work->tallies[worker]);
    return INB_OK;
}

// ---- what is told ----

static void tell(const char *what, const held *h) {
    double p = h->inside / h->count;
    printf("  %-24s %5.1f %% (+- %.1f; %4.1f %% of the truths below)\n", what, 100 * p,
        100 * sqrt(p * (1 - p) / h->count), 100 * h->below / h->count);
}

static tally run(const lists_scenario *s, size_t simulations, size_t draws, size_t replicates,
    uint64_t seed, size_t threads) {
    struct work *work = inb_alloc(1, sizeof *work);
    inb_error err = INB_ERROR_INIT;
    inb_spread spread = inb_spread_threads(threads);
    *work = (struct work){.s = s, .draws = draws, .replicates = replicates, .seed = seed << 32};
    unsigned covered = 0;
    size_t used = 0;
    for (size_t i = 0; i < LISTS_PAIRS; i++) {
        if (s->pairs[i] != 0) {
            size_t first = (size_t)__builtin_ctz(s->pairs[i]);
            size_t second = (size_t)__builtin_ctz(s->pairs[i] & (s->pairs[i] - 1));
            used += (size_t)snprintf(work->model + used, sizeof work->model - used, "%s%cx%c",
                used > 0 ? "," : "", (char)('a' + first), (char)('a' + second));
            covered |= s->pairs[i];
        }
    }
    for (size_t j = 0; j < s->lists; j++) {
        if ((covered >> j & 1) == 0) {
            used += (size_t)snprintf(work->model + used, sizeof work->model - used, "%s%c",
                used > 0 ? "," : "", (char)('a' + j));
        }
    }
    demand(spread.run(&spread, simulations, do_simulation, work, &err), &err);
    tally t = {0};
    for (size_t w = 0; w < threads; w++) {
        add(&t, &work->tallies[w]);
    }
    inb_free(work);
    printf(
        "%s: %zu lists, %.0f people, %s; %zu simulations, %zu draws, %zu replicates, seed %llu\n",
        s->name, s->lists, s->people, s->stepwise ? "model chosen" : "model given", simulations,
        draws, replicates, (unsigned long long)seed);
    printf("  links lost %.1f %%, times root of overlap %.1f\n", 100 * mean_of(&t.lost),
        mean_of(&t.root));
    tell("N, links as made", &t.made);
    tell("N, draws", &t.mixture);
    tell("N, true links", &t.right);
    printf("  log N by that on true links: as made %+.3f, draws %+.3f; true links by N %+.3f\n"
           "  width of the draws' by that on true links %.2f, links' share %.0f %%\n",
        mean_of(&t.made_n), mean_of(&t.drawn_n), mean_of(&t.right_n), mean_of(&t.wide),
        100 * mean_of(&t.share));
    tell("overlaps, draws", &t.overlap);
    printf("  overlap by the truth: as made %+.1f %%, draws %+.1f %%; z %+.2f, deviation %.2f\n",
        100 * mean_of(&t.overlap_made), 100 * mean_of(&t.overlap_drawn), mean_of(&t.z),
        deviation_of(&t.z));
    tell("alpha", &t.alpha);
    tell("beta", &t.beta);
    if (t.failed + t.refused > 0) {
        printf("  %.0f without an estimate, %.0f refused to link\n", t.failed, t.refused);
    }
    fflush(stdout);
    return t;
}

#define COLUMN(wrong, empty)                                                                       \
    { true, wrong, empty }
#define NO_COLUMN                                                                                  \
    { false, 0, 0 }

static const lists_scenario first[] = {
    {"light2", 2, 3000, {0.4, 0.4}, {0}, {0}, COLUMN(0.1, 0), COLUMN(0.1, 0), COLUMN(0.05, 0),
        COLUMN(0.1, 0), NO_COLUMN, 2000, 0, 0, 0, false},
    {"middle2", 2, 3000, {0.4, 0.4}, {0}, {0}, COLUMN(0.3, 0.02), COLUMN(0.3, 0.02),
        COLUMN(0.2, 0.05), NO_COLUMN, COLUMN(0.1, 0.5), 2000, 0, 0, 0, false},
    {"heavy2", 2, 3000, {0.4, 0.4}, {0}, {0}, COLUMN(0.4, 0.05), COLUMN(0.5, 0.05),
        COLUMN(0.4, 0.1), NO_COLUMN, NO_COLUMN, 700, 0, 0, 0, false},
    {"torn2", 2, 1600, {0.7, 0.65}, {0}, {0}, COLUMN(0.55, 0.05), COLUMN(0.65, 0.05),
        COLUMN(0.6, 0.1), NO_COLUMN, NO_COLUMN, 400, 0, 0, 0, false},
    {"lost2", 2, 3200, {0.7, 0.65}, {0}, {0}, COLUMN(0.55, 0.05), COLUMN(0.65, 0.05),
        COLUMN(0.6, 0.1), NO_COLUMN, NO_COLUMN, 400, 0, 0, 0, false},
    {"heavy3", 3, 2400, {0.4, 0.4, 0.35}, {3}, {2}, COLUMN(0.4, 0.05), COLUMN(0.5, 0.05),
        COLUMN(0.4, 0.1), NO_COLUMN, NO_COLUMN, 700, 0, 0, 0, false},
    {"middle3", 3, 2400, {0.4, 0.4, 0.35}, {3}, {2}, COLUMN(0.3, 0.02), COLUMN(0.3, 0.02),
        COLUMN(0.2, 0.05), NO_COLUMN, COLUMN(0.1, 0.5), 2000, 0, 0, 0, false},
    {"bad2", 2, 3000, {0.4, 0.4}, {0}, {0}, COLUMN(0.2, 0.03), COLUMN(0.2, 0.03), COLUMN(0.2, 0.03),
        COLUMN(0.2, 0.03), NO_COLUMN, 2000, 0.2, 3.5, 0, false},
    {"bad3", 3, 2400, {0.4, 0.4, 0.35}, {3}, {2}, COLUMN(0.2, 0.03), COLUMN(0.2, 0.03),
        COLUMN(0.2, 0.03), COLUMN(0.2, 0.03), NO_COLUMN, 2000, 0.2, 3.5, 0, false},
    {"heavy5", 5, 2000, {0.3, 0.3, 0.25, 0.25, 0.3}, {3, 12}, {2, 0.5}, COLUMN(0.4, 0.05),
        COLUMN(0.5, 0.05), COLUMN(0.4, 0.1), NO_COLUMN, NO_COLUMN, 700, 0, 0, 0, true},
    {"large3", 3, 50000, {0.4, 0.4, 0.4}, {0}, {0}, COLUMN(0.2, 0.03), COLUMN(0.2, 0.03),
        COLUMN(0.15, 0.05), COLUMN(0.1, 0.05), NO_COLUMN, 8000, 0, 0, 0, false},
    {"world6", 6, 4000, {0}, {0}, {0}, NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN, 0, 0,
        0, 3, true},
};

static const lists_scenario second[] = {
    {"worn2", 2, 2600, {0.45, 0.35}, {0}, {0}, COLUMN(0.25, 0.05), COLUMN(0.4, 0.02),
        COLUMN(0.25, 0.08), NO_COLUMN, COLUMN(0.15, 0.6), 1200, 0, 0, 0, false},
    {"worn3", 3, 2000, {0.45, 0.3, 0.4}, {6}, {0.5}, COLUMN(0.25, 0.05), COLUMN(0.4, 0.02),
        COLUMN(0.25, 0.08), NO_COLUMN, COLUMN(0.15, 0.6), 1200, 0, 0, 0, false},
    {"worn5", 5, 1600, {0.3, 0.3, 0.25, 0.25, 0.3}, {6, 24}, {2, 0.5}, COLUMN(0.3, 0.05),
        COLUMN(0.3, 0.02), COLUMN(0.2, 0.05), NO_COLUMN, COLUMN(0.15, 0.4), 1200, 0, 0, 0, true},
    {"most3", 3, 1500, {0.6, 0.5, 0.5}, {0}, {0}, COLUMN(0.35, 0.05), COLUMN(0.45, 0.05),
        COLUMN(0.3, 0.1), NO_COLUMN, NO_COLUMN, 700, 0, 0, 0, false},
    {"uneven2", 2, 2600, {0.45, 0.35}, {0}, {0}, COLUMN(0.15, 0.03), COLUMN(0.2, 0.03),
        COLUMN(0.15, 0.03), COLUMN(0.15, 0.03), NO_COLUMN, 1500, 0.15, 4, 0, false},
};

static int one_of(const lists_scenario *all, size_t count, const char *name, size_t simulations,
    size_t draws, size_t replicates, uint64_t seed, size_t threads, bool every) {
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        if (every || strcmp(all[i].name, name) == 0) {
            (void)run(&all[i], simulations, draws, replicates, seed, threads);
            found++;
        }
    }
    return found;
}

static size_t number(int argc, char **argv, int at, size_t otherwise) {
    return argc > at ? (size_t)strtoul(argv[at], NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "first";
    size_t simulations = number(argc, argv, 2, 300);
    size_t draws = number(argc, argv, 3, 40);
    size_t replicates = number(argc, argv, 4, 400);
    uint64_t seed = number(argc, argv, 5, 1);
    size_t threads = number(argc, argv, 6, 1);
    if (draws < 2 || draws > DRAWS_MOST || replicates < draws || threads < 1 ||
        threads > WORKERS_MOST) {
        lists_give_up("expected 2 to 400 draws, a replicate for each, 1 to 8 threads");
    }
    int found = one_of(first, sizeof first / sizeof first[0], name, simulations, draws, replicates,
        seed, threads, strcmp(name, "first") == 0);
    found += one_of(second, sizeof second / sizeof second[0], name, simulations, draws, replicates,
        seed, threads, strcmp(name, "second") == 0);
    if (found == 0) {
        lists_give_up("no scenario of that name");
    }
    return EXIT_SUCCESS;
}
