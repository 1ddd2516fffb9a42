// SPDX-License-Identifier: EUPL-1.2
// How often the interval over draws of the links covers the truth, and how often one that takes the
// links as made does: simulated populations, links lost at known rates, an audit that measures the
// rates, draws of what may have been true. Scenario, simulations and draws are arguments; "smoke"
// runs a few of each and fails where the failure does not show or the mixture does not mend it.
//
//   bench_draws fixed|false|select|mild|select_fixed|dense|wrong
//       [SIMULATIONS [DRAWS [REPLICATES [persons]]]]
//
// "persons" draws the replicates from the people seen, as estimate does without --parametric.

#include "chooser.h"
#include "link_errors.h"
#include "mixture.h"
#include "resample.h"

#include <inbeeld/spread.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS_MOST = 200, AUDIT = 400 };

static void demand(inb_status status, const inb_error *err) {
    if (status != INB_OK) {
        fprintf(stderr, "bench_draws: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

typedef struct scenario {
    const char *name;
    size_t lists;
    double people;
    double seen[LINK_LISTS]; // chance of each list
    double lost[LINK_LISTS]; // of links, by list
    unsigned pairs[3];       // dependent pairs of lists, 0 = none
    double odds[3];          // their odds ratios
    inb_choice choice;
    double believed;    // the draws take what the audit says times this; 1 = calibrated
    double false_links; // two lists: chance that a record of the first without a match gets a link
} scenario;

typedef struct tally {
    size_t tables;
    size_t plain;   // the links as made, the model as given or as chosen: model interval
    size_t boot;    // the links as made, quantiles of replicates
    size_t mixture; // over the draws
    size_t people;  // over the draws, quantiles of N itself instead of n + exp(quantile)
    size_t truth;   // the true links, quantiles of replicates
    size_t failed;
    double share;
    double shift; // of N on the links as made, relative
} tally;

static void true_means(const scenario *s, double *means) {
    double sum = 0;
    for (size_t h = 0; h < (size_t)1 << s->lists; h++) {
        means[h] = 1;
        for (size_t j = 0; j < s->lists; j++) {
            means[h] *= (h >> j & 1) != 0 ? s->seen[j] : 1 - s->seen[j];
        }
        for (size_t i = 0; i < 3; i++) {
            means[h] *= s->pairs[i] != 0 && (h & s->pairs[i]) == s->pairs[i] ? s->odds[i] : 1;
        }
        sum += means[h];
    }
    for (size_t h = 0; h < (size_t)1 << s->lists; h++) {
        means[h] *= s->people / sum;
    }
}

// Draws of the overlap of two lists where links are lost and made: normal likelihood of the linked
// number, prior 1/m.
static void draw_two(
    const inb_cell *seen, double alpha, double beta, inb_rng *rng, inb_cell *ret_truth) {
    double linked = (double)seen[3].count;
    double first = linked + (double)seen[1].count;
    double second = linked + (double)seen[2].count;
    enum { GRID = 2001 };
    double weight[GRID];
    double middle = (linked - beta * first) / (alpha - beta);
    double wide = 8 * sqrt(linked + 1) / alpha / GRID;
    double sum = 0;
    for (int i = 0; i < GRID; i++) {
        double m = middle + (i - GRID / 2) * wide;
        double mean = alpha * m + beta * (first - m);
        double variance = m * alpha * (1 - alpha) + (first - m) * beta * (1 - beta);
        bool inside = m > 1 && m < first && m < second;
        weight[i] = inside ? exp(-pow(linked - mean, 2) / 2 / variance) / sqrt(variance) / m : 0;
        sum += weight[i];
    }
    double at = inb_rng_uniform(rng) * sum;
    int i = 0;
    while (i + 1 < GRID && at > weight[i]) {
        at -= weight[i++];
    }
    int64_t m = llround(middle + (i - GRID / 2 + inb_rng_uniform(rng) - 0.5) * wide);
    memcpy(ret_truth, seen, 4 * sizeof *seen);
    ret_truth[1].count = (int64_t)first - m;
    ret_truth[2].count = (int64_t)second - m;
    ret_truth[3].count = m;
}

static bool covers(const inb_mixture *m, double truth) {
    return m->given && m->low <= truth && truth <= m->high;
}

struct work {
    const scenario *s;
    linker link;
    inb_choice_plan plan;
    inb_terms given;
    inb_list_set terms[LINK_CELLS];
    double means[LINK_CELLS];
    size_t draws;
    size_t replicates;
    bool parametric;
    uint64_t seed;
};

// The same table as every draw: the quantiles of plain replicates.
static inb_mixture plain_quantiles(const struct work *work, const inb_cell *cells, uint64_t seed) {
    const inb_cell *tables[2] = {cells, cells};
    inb_error err = INB_ERROR_INIT;
    inb_chooser chooser = inb_choice_chooser(&work->plan);
    inb_spread spread = inb_spread_threads(1);
    inb_mixture_plan plan = {work->s->lists, 1, 2, tables, work->replicates, work->parametric, seed,
        0.95, &chooser, &spread};
    inb_mixture result;
    inb_mixture total;
    demand(inb_mixture_run(&plan, &result, &total, &err), &err);
    return result;
}

static void simulate(const struct work *work, size_t table, tally *t) {
    const scenario *s = work->s;
    inb_error err = INB_ERROR_INIT;
    inb_rng rng = inb_rng_make(work->seed, table);
    inb_resample_room room;
    demand(inb_resample_room_new(s->lists, &room, &err), &err);
    inb_cell empty[LINK_CELLS] = {{0, INB_CELL_MISSING}};
    inb_cell truth[LINK_CELLS];
    inb_cell seen[LINK_CELLS];
    inb_resample(&rng, empty, work->means, s->lists, &room, truth);
    link_observe(&work->link, s->lost, truth, &rng, seen);
    if (s->false_links > 0) {
        int64_t made = inb_binomial_draw(&rng, truth[1].count, s->false_links);
        seen[1].count -= made;
        seen[2].count -= made;
        seen[3].count += made;
    }
    static _Thread_local inb_cell drawn[DRAWS_MOST][LINK_CELLS];
    const inb_cell *tables[DRAWS_MOST];
    int64_t found[LINK_LISTS];
    for (size_t j = 0; j < s->lists; j++) {
        found[j] = inb_binomial_draw(&rng, AUDIT, s->lost[j]);
    }
    int64_t wrong = inb_binomial_draw(&rng, 10 * AUDIT, s->false_links);
    for (size_t k = 0; k < work->draws; k++) {
        double lost[LINK_LISTS];
        for (size_t j = 0; j < s->lists; j++) {
            lost[j] = s->believed *
                      draw_beta(&rng, (double)found[j] + 0.5, (double)(AUDIT - found[j]) + 0.5);
        }
        if (s->false_links > 0) {
            double beta = draw_beta(&rng, (double)wrong + 0.5, (double)(10 * AUDIT - wrong) + 0.5);
            double alpha = (1 - lost[0]) * (1 - lost[1]);
            draw_two(seen, alpha, beta, &rng, drawn[k]);
        } else {
            link_draw(&work->link, lost, seen, &rng, drawn[k]);
        }
        tables[k] = drawn[k];
    }
    inb_chooser chooser = inb_choice_chooser(&work->plan);
    inb_spread spread = inb_spread_threads(1);
    inb_mixture_plan plan = {s->lists, 1, work->draws, tables, work->replicates, work->parametric,
        work->seed + table + 1, 0.95, &chooser, &spread};
    inb_mixture mixture;
    inb_mixture total;
    demand(inb_mixture_run(&plan, &mixture, &total, &err), &err);
    inb_choice_room *choice = NULL;
    inb_list_set of_terms[LINK_CELLS];
    inb_terms terms = {s->lists, of_terms, 0};
    inb_fit fit;
    demand(inb_choice_new(&work->plan, &choice, &err), &err);
    demand(inb_choice_make(choice, 0, seen, &terms, &fit, NULL, &err), &err);
    inb_choice_freep(&choice);
    double people = 0;
    for (size_t h = 1; h < work->link.size; h++) {
        people += (double)seen[h].count;
    }
    double low = people + fit.hidden * exp(-1.959964 * fit.log_hidden_se);
    double high = people + fit.hidden * exp(1.959964 * fit.log_hidden_se);
    inb_mixture boot = plain_quantiles(work, seen, work->seed + 3 * table);
    inb_mixture right = plain_quantiles(work, truth, work->seed + 7 * table);
    t->tables++;
    t->plain += low <= s->people && s->people <= high;
    t->boot += covers(&boot, s->people);
    t->mixture += covers(&mixture, s->people);
    t->truth += covers(&right, s->people);
    t->failed += !mixture.given;
    t->share += mixture.share;
    t->shift += (people + fit.hidden) / s->people - 1;
    inb_resample_room_clear(&room);
}

struct crowd {
    const struct work *work;
    tally *tallies; // by worker
};

static inb_status do_table(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)err;
    struct crowd *crowd = context;
    simulate(crowd->work, piece, &crowd->tallies[worker]);
    return INB_OK;
}

static void put_share(const char *what, size_t count, size_t tables) {
    double p = (double)count / (double)tables;
    printf("  %-44s %5.1f %% (+- %.1f)\n", what, 100 * p, 100 * sqrt(p * (1 - p) / (double)tables));
}

static tally run(
    const scenario *s, size_t simulations, size_t draws, size_t replicates, bool parametric) {
    enum { WORKERS = 2 };
    static struct work work;
    work = (struct work){.s = s,
        .link = linker_of(s->lists),
        .draws = draws,
        .replicates = replicates,
        .parametric = parametric,
        .seed = 20261124};
    work.given = (inb_terms){s->lists, work.terms, 0};
    inb_terms_independence(&work.given);
    for (size_t i = 0; i < 3; i++) {
        if (s->pairs[i] != 0) {
            inb_terms_add(&work.given, (inb_list_set)s->pairs[i]);
        }
    }
    work.plan = (inb_choice_plan){.list_count = s->lists,
        .choice = s->choice,
        .threshold = 0.02,
        .search = {INB_SEARCH_BIC, 0, INFINITY},
        .given = &work.given};
    true_means(s, work.means);
    tally tallies[WORKERS] = {{0}};
    struct crowd crowd = {&work, tallies};
    inb_spread spread = inb_spread_threads(WORKERS);
    inb_error err = INB_ERROR_INIT;
    demand(spread.run(&spread, simulations, do_table, &crowd, &err), &err);
    tally t = tallies[0];
    t.tables += tallies[1].tables;
    t.plain += tallies[1].plain;
    t.boot += tallies[1].boot;
    t.mixture += tallies[1].mixture;
    t.truth += tallies[1].truth;
    t.failed += tallies[1].failed;
    t.share += tallies[1].share;
    t.shift += tallies[1].shift;
    double overlap = 0;
    for (size_t h = 1; h < work.link.size; h++) {
        overlap += (h & 3) == 3 ? work.means[h] : 0;
    }
    double f = 1 - (1 - s->lost[0]) * (1 - s->lost[1]);
    printf("%s: %zu lists, N %.0f, overlap of the first two %.0f, %.1f %% of its links lost\n"
           "  share lost x root of overlap %.1f; %zu tables, %zu draws, %zu replicates %s\n",
        s->name, s->lists, s->people, overlap, 100 * f, f * sqrt(overlap), t.tables, draws,
        replicates, parametric ? "from the model" : "of persons");
    put_share("links as made, model interval", t.plain, t.tables);
    put_share("links as made, replicates", t.boot, t.tables);
    put_share("draws of the links, mixture", t.mixture, t.tables);
    put_share("true links, replicates", t.truth, t.tables);
    printf("  N on the links as made %+.1f %%; links make %.0f %% of the mixture's variance; %zu "
           "without a mixture\n",
        100 * t.shift / (double)t.tables, 100 * t.share / (double)t.tables, t.failed);
    return t;
}

static const scenario scenarios[] = {
    {"fixed", 3, 50000, {0.12, 0.15, 0.10}, {0.05, 0.06, 0.07}, {3}, {2}, INB_CHOICE_GIVEN, 1, 0},
    {"false", 2, 200000, {0.1, 0.1}, {0.05, 0.06}, {0}, {0}, INB_CHOICE_GIVEN, 1, 0.003},
    {"select", 4, 30000, {0.12, 0.15, 0.10, 0.08}, {0.07, 0.08, 0.07, 0.06}, {3, 12}, {2.5, 0.5},
        INB_CHOICE_STEPWISE, 1, 0},
    {"mild", 4, 30000, {0.12, 0.15, 0.10, 0.08}, {0.04, 0.05, 0.04, 0.04}, {3, 12}, {2.5, 0.5},
        INB_CHOICE_STEPWISE, 1, 0},
    {"select_fixed", 4, 30000, {0.12, 0.15, 0.10, 0.08}, {0.07, 0.08, 0.07, 0.06}, {3, 12},
        {2.5, 0.5}, INB_CHOICE_GIVEN, 1, 0},
    {"dense", 3, 6000, {0.5, 0.4, 0.3}, {0.05, 0.05, 0.05}, {3}, {1.5}, INB_CHOICE_GIVEN, 1, 0},
    {"wrong", 3, 50000, {0.12, 0.15, 0.10}, {0.05, 0.06, 0.07}, {3}, {2}, INB_CHOICE_GIVEN, 0.5, 0},
};

static const scenario *find(const char *name) {
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++) {
        if (strcmp(scenarios[i].name, name) == 0) {
            return &scenarios[i];
        }
    }
    fprintf(stderr, "bench_draws: no scenario of that name\n");
    exit(EXIT_FAILURE);
}

// A few of each: wide bounds, so that only a broken program falls out of them.
static int smoke(void) {
    enum { TABLES = 60, DRAWS = 10, REPLICATES = 100 };
    bool good = true;
    printf("TAP version 13\n1..2\n");
    tally fixed = run(find("fixed"), TABLES, DRAWS, REPLICATES, true);
    bool holds = fixed.mixture >= TABLES * 8 / 10 && fixed.plain <= TABLES / 2;
    printf("%s 1 - the mixture covers where the plain interval fails\n", holds ? "ok" : "not ok");
    good = good && holds;
    tally wrong = run(find("wrong"), TABLES, DRAWS, REPLICATES, true);
    holds = wrong.mixture < fixed.mixture;
    printf("%s 2 - draws that are not calibrated cover less\n", holds ? "ok" : "not ok");
    return good && holds ? EXIT_SUCCESS : EXIT_FAILURE;
}

static size_t number(int argc, char **argv, int at, size_t otherwise) {
    return argc > at ? (size_t)strtoul(argv[at], NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "smoke") == 0) {
        return smoke();
    }
    size_t simulations = number(argc, argv, 2, 1000);
    size_t draws = number(argc, argv, 3, 25);
    size_t replicates = number(argc, argv, 4, 500);
    if (draws < 2 || draws > DRAWS_MOST || replicates < draws) {
        fprintf(
            stderr, "bench_draws: expected 2 to %d draws, and a replicate for each\n", DRAWS_MOST);
        return EXIT_FAILURE;
    }
    run(find(argc > 1 ? argv[1] : "fixed"), simulations, draws, replicates, argc <= 5);
    return EXIT_SUCCESS;
}
