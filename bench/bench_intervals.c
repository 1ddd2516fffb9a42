// SPDX-License-Identifier: EUPL-1.2
// Which interval holds the truth? Candidates for an interval that knows that the model was chosen,
// on two sets of scenarios that were written down before anything was looked at: A to choose one,
// B to confirm it; on C see docs/decisions/0024. Prints for every scenario and candidate how often
// it holds the truth, its Monte Carlo error, how often it is given at all and its median width over
// N.
//
// The rule, also written down before: of the candidates whose mean coverage over A lies between 93
// and 97.5 % and whose least is at least 90 %, the one with the least mean of log widths; where
// there is none, the one with the highest least coverage that is at most half again as wide as the
// reselected BCa of stepwise. It is confirmed where on B its mean coverage is at least 93 %, its
// least at least 88 % and both are above those of that BCa.
//
//   bench_intervals LISTS a|b|c|SCENARIO [TABLES [REPLICATES]]     LISTS: the folder of the tables

#include "base/alloc.h"
#include "bootstrap.h"
#include "chooser.h"
#include "math/normal.h"
#include "profile.h"
#include "resample.h"
#include "truths.h"

#include <inbeeld/spread.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LISTS = 6, MOST_CELLS = 1 << MOST_LISTS, MOST_REPLICATES = 1000, WORKERS = 2 };
enum { BAGS = 25 }; // tables drawn anew on which models are weighed

static const double LEVEL = 0.95;
static const double WINDOW = 13.8; // of a criterion: models a thousandth as likely and more

// ---- scenarios ----

typedef struct scenario {
    const char *name;
    const char *file;  // a table of LISTS, or NULL: made up
    const char *model; // around which the truth is built: maximal terms
    inb_truth truth;
    // made up: N, the odds of being on each list, pairs that depend with their odds ratio; two
    // halves whose log odds lie `apart` from each other
    double people;
    size_t lists;
    double odds[MOST_LISTS];
    inb_list_set pairs[3];
    double ratios[3];
    double apart;
} scenario;

static const scenario set_a[] = {
    {"UK 5, stepwise's model", "UKdat_5", "stepwise", INB_TRUTH_FITTED},
    {"UK 5, pairs-bic's model", "UKdat_5", "bic2", INB_TRUTH_FITTED},
    {"UK 5, omitted pair", "UKdat_5", "stepwise", INB_TRUTH_PAIR},
    {"UK 5, heterogeneity", "UKdat_5", "stepwise", INB_TRUTH_HETEROGENEITY},
    {"New Orleans 5, sparse", "NewOrl_5", "stepwise", INB_TRUTH_FITTED},
    {"4 lists, independent", .people = 1500, .lists = 4, .odds = {.4, .3, .25, .2}},
    {"3 lists, one pair", .people = 5000, .lists = 3, .odds = {.2, .15, .1}, .pairs = {3},
        .ratios = {2.5}},
};
static const scenario set_b[] = {
    {"UK 5, omitted three-way", "UKdat_5", "stepwise", INB_TRUTH_THREE},
    {"UK 4, stepwise's model", "UKdat_4", "stepwise", INB_TRUTH_FITTED},
    {"UK 4, heterogeneity", "UKdat_4", "bic2", INB_TRUTH_HETEROGENEITY},
    {"Ned 5, stepwise's model", "Ned_5", "stepwise", INB_TRUTH_FITTED},
    {"Ned 5, pairs-bic's model", "Ned_5", "bic2", INB_TRUTH_FITTED},
    {"New Orleans 5, heterogeneity", "NewOrl_5", "stepwise", INB_TRUTH_HETEROGENEITY},
    {"Rome 4, omitted pair", "HIV_rome", "stepwise", INB_TRUTH_PAIR},
    {"UK 6, stepwise's model", "UKdat", "stepwise", INB_TRUTH_FITTED},
    {"4 lists, two pairs", .people = 3000, .lists = 4, .odds = {.2, .2, .12, .08}, .pairs = {3, 12},
        .ratios = {3, .4}},
    {"3 lists, people not alike", .people = 4000, .lists = 3, .odds = {.2, .15, .15}, .apart = 1},
};

// Written down after A and B had been looked at, for the candidate that did best over both.
static const scenario set_c[] = {
    {"Ned 5, omitted pair", "Ned_5", "stepwise", INB_TRUTH_PAIR},
    {"UK 4, omitted pair", "UKdat_4", "stepwise", INB_TRUTH_PAIR},
    {"Rome 4, heterogeneity", "HIV_rome", "stepwise", INB_TRUTH_HETEROGENEITY},
    {"New Orleans 5, omitted three-way", "NewOrl_5", "stepwise", INB_TRUTH_THREE},
    {"5 lists, three pairs", .people = 6000, .lists = 5, .odds = {.15, .15, .12, .1, .06},
        .pairs = {3, 12, 17}, .ratios = {2, 2.5, .5}},
    {"4 lists, people not alike", .people = 4000, .lists = 4, .odds = {.15, .12, .12, .1},
        .apart = 0.8},
};

// ---- candidates ----

#define CANDIDATES(X)                                                                              \
    X(MODEL, "stepwise, model taken as given")                                                     \
    X(PROFILE_2, "pairs-bic, profile")                                                             \
    X(BCA, "stepwise, reselected BCa")                                                             \
    X(PERCENTILE, "stepwise, reselected percentile")                                               \
    X(PARAMETRIC, "stepwise, parametric BCa")                                                      \
    X(STUDENT, "stepwise, studentised on log hidden")                                              \
    X(ENVELOPE, "all pair models within 6 of bic, envelope")                                       \
    X(AVERAGE_2, "pair models weighed by bic")                                                     \
    X(TEMPERED, "pair models weighed by bic, differences halved")                                  \
    X(AVERAGE, "all models weighed by bic")                                                        \
    X(AVERAGE_AIC, "pair models weighed by aic")                                                   \
    X(BAGGED_2, "pair models weighed by bic, bagged")                                              \
    X(BCA_AVERAGE, "hull of stepwise BCa and pair models by bic")

enum candidate {
#define NUMBER(name, text) name,
    CANDIDATES(NUMBER)
#undef NUMBER
        CANDIDATE_COUNT
};

static const char *const candidate_texts[] = {
#define TEXT(name, text) text,
    CANDIDATES(TEXT)
#undef TEXT
};

struct interval {
    double low;
    double high;
};

struct study {
    size_t lists;
    size_t size;
    inb_cell kinds[MOST_CELLS];
    double means[MOST_CELLS];
    double people;
    size_t replicates;
    bool brief;                                // without what takes longest
    struct interval (*found)[CANDIDATE_COUNT]; // [tables]
};

static void demand(inb_status status, const inb_error *err) {
    if (status != INB_OK) {
        fprintf(stderr, "bench_intervals: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

static double people_of(const struct study *study, const inb_cell *cells) {
    double people = 0;
    for (size_t h = 1; h < study->size; h++) {
        people += (double)cells[h].count;
    }
    return people;
}

// What a choice gives on one table.
struct answer {
    double hidden; // NAN: none
    double se;     // of its logarithm
    double people; // seen
};

struct room {
    inb_choice_room *choice;
    inb_terms terms;
    inb_list_set term_array[MOST_CELLS];
};

static void make_room(
    const struct study *study, inb_choice_plan *plan, struct room *room, inb_error *err) {
    room->terms = (inb_terms){study->lists, room->term_array, 0};
    demand(inb_choice_new(plan, &room->choice, err), err);
}

static struct answer answer_on(const struct study *study, struct room *room, const inb_cell *cells,
    inb_fit *ret_fit, inb_error *err) {
    demand(inb_choice_make(room->choice, 0, cells, &room->terms, ret_fit, NULL, err), err);
    bool usable = ret_fit->converged && ret_fit->identified && ret_fit->status == 0;
    return (struct answer){usable ? ret_fit->hidden : NAN, usable ? ret_fit->log_hidden_se : NAN,
        people_of(study, cells)};
}

// ---- models weighed ----

struct component {
    double weight;
    double people;
    double log_hidden;
    double se;
};

struct mixture {
    struct component *parts;
    size_t count;
    size_t size;
};

static void add_part(struct mixture *mixture, struct component part) {
    if (mixture->count == mixture->size) {
        mixture->size = 2 * mixture->size + 64;
        mixture->parts = inb_realloc(mixture->parts, mixture->size, sizeof *mixture->parts);
        demand(mixture->parts == NULL ? INB_NO_MEMORY : INB_OK, &(inb_error)INB_ERROR_INIT);
    }
    mixture->parts[mixture->count++] = part;
}

static double share_below(const struct mixture *mixture, double number) {
    double below = 0;
    double all = 0;
    for (size_t i = 0; i < mixture->count; i++) {
        const struct component *part = &mixture->parts[i];
        double hidden = number - part->people;
        all += part->weight;
        below += hidden <= 0
                     ? 0
                     : part->weight * inb_normal_below((log(hidden) - part->log_hidden) / part->se);
    }
    return below / all;
}

static double mixture_quantile(const struct mixture *mixture, double p) {
    double low = 1;
    double high = 1e15;
    while (high - low > 1e-7 * high) {
        double middle = sqrt(low * high);
        if (share_below(mixture, middle) < p) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

static struct interval mixture_interval(const struct mixture *mixture) {
    if (mixture->count == 0) {
        return (struct interval){NAN, NAN};
    }
    return (struct interval){
        mixture_quantile(mixture, 0.5 - LEVEL / 2), mixture_quantile(mixture, 0.5 + LEVEL / 2)};
}

// Adds every model near the best of the table, weights exp(-sharpness * difference) that add up to
// 1, and takes the envelope of the model intervals of those within `within` of the best.
static void weigh_models(const struct study *study, inb_search *search, const inb_cell *cells,
    double sharpness, struct mixture *mixture, double within, struct interval *ret_envelope,
    inb_error *err) {
    inb_list_set array[MOST_CELLS];
    inb_terms terms = {study->lists, array, 0};
    inb_search_result result;
    demand(inb_search_run(search, cells, NULL, &terms, &result, err), err);
    size_t count;
    bool all;
    const inb_near_model *near = inb_search_near(search, &count, &all);
    if (!result.found || !all) {
        return;
    }
    double z = inb_normal_quantile(0.5 + LEVEL / 2);
    double n = people_of(study, cells);
    double sum = 0;
    size_t begin = mixture->count;
    struct interval envelope = {INFINITY, 0};
    for (size_t i = 0; i < count; i++) {
        inb_fit fit;
        demand(
            inb_fit_model(inb_search_room(search), cells, near[i].terms, near[i].count, &fit, err),
            err);
        if (!fit.converged || fit.status != 0 || !(fit.log_hidden_se > 0)) {
            continue;
        }
        double weight = exp(-sharpness * (near[i].value - result.value));
        sum += weight;
        add_part(mixture, (struct component){weight, n, log(fit.hidden), fit.log_hidden_se});
        if (near[i].value <= result.value + within) {
            envelope.low = fmin(envelope.low, n + fit.hidden * exp(-z * fit.log_hidden_se));
            envelope.high = fmax(envelope.high, n + fit.hidden * exp(z * fit.log_hidden_se));
        }
    }
    for (size_t i = begin; i < mixture->count; i++) {
        mixture->parts[i].weight /= sum;
    }
    if (ret_envelope != NULL) {
        *ret_envelope = envelope;
    }
}

static inb_search *new_search(const struct study *study, size_t order, inb_search_criterion by,
    double window, inb_error *err) {
    inb_search_options options = {by, order, INFINITY, window};
    inb_search *search = NULL;
    demand(inb_search_new(study->lists, &options, &search, err), err);
    return search;
}

static void average(const struct study *study, const inb_cell *cells, size_t order,
    inb_search_criterion by, double window, double sharpness, struct interval *ret_average,
    struct interval *ret_envelope, inb_error *err) {
    INB_CLEANUP(inb_search_freep)
    inb_search *search = new_search(study, order, by, window, err);
    struct mixture mixture = {NULL, 0, 0};
    weigh_models(study, search, cells, sharpness, &mixture, 6, ret_envelope, err);
    *ret_average = mixture_interval(&mixture);
    inb_free(mixture.parts);
}

static struct interval bagged(const struct study *study, const inb_cell *cells, inb_rng *rng,
    inb_resample_room *draw, inb_error *err) {
    INB_CLEANUP(inb_search_freep)
    inb_search *search = new_search(study, 2, INB_SEARCH_BIC, 9.2, err);
    struct mixture mixture = {NULL, 0, 0};
    inb_cell drawn[MOST_CELLS];
    for (int i = 0; i < BAGS; i++) {
        inb_resample(rng, cells, NULL, study->lists, draw, drawn);
        weigh_models(study, search, drawn, 0.5, &mixture, 0, NULL, err);
    }
    struct interval interval = mixture_interval(&mixture);
    inb_free(mixture.parts);
    return interval;
}

// ---- bootstraps ----

struct boots {
    double numbers[MOST_REPLICATES];
    double roots[MOST_REPLICATES]; // (log hidden of the replicate - of the table) / se
    inb_jackknife leave[MOST_CELLS];
    size_t leaves;
};

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t sort_finite(double *values, size_t count) {
    size_t finite = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(values[i])) {
            values[finite++] = values[i];
        }
    }
    qsort(values, finite, sizeof *values, compare_numbers);
    return finite;
}

static void draw(const struct study *study, struct room *room, const inb_cell *cells,
    const double *means, const struct answer *of_table, inb_rng *rng, inb_resample_room *draw_room,
    struct boots *boots, inb_error *err) {
    inb_cell drawn[MOST_CELLS];
    inb_fit fit;
    for (size_t r = 0; r < study->replicates; r++) {
        inb_resample(rng, cells, means, study->lists, draw_room, drawn);
        struct answer got = answer_on(study, room, drawn, &fit, err);
        boots->numbers[r] = got.people + got.hidden;
        boots->roots[r] = (log(got.hidden) - log(of_table->hidden)) / got.se;
    }
    boots->leaves = 0;
    memcpy(drawn, cells, study->size * sizeof *drawn);
    for (size_t h = 1; h < study->size; h++) {
        if (cells[h].count > 0) {
            drawn[h].count--;
            struct answer got = answer_on(study, room, drawn, &fit, err);
            boots->leave[boots->leaves++] =
                (inb_jackknife){got.people + got.hidden, (double)cells[h].count};
            drawn[h].count++;
        }
    }
}

// Sorts the replicates.
static struct interval bca_of(
    const struct study *study, const struct answer *of_table, struct boots *boots) {
    inb_bca bca = inb_bca_limits(boots->numbers, study->replicates,
        of_table->people + of_table->hidden, boots->leave, boots->leaves, LEVEL);
    return bca.given ? (struct interval){bca.low, bca.high} : (struct interval){NAN, NAN};
}

static struct interval percentile_of(double *values, size_t count) {
    size_t finite = sort_finite(values, count);
    if (finite < 2) {
        return (struct interval){NAN, NAN};
    }
    return (struct interval){inb_quantile_8(values, finite, 0.5 - LEVEL / 2),
        inb_quantile_8(values, finite, 0.5 + LEVEL / 2)};
}

static struct interval hull(struct interval a, struct interval b) {
    if (!isfinite(a.low) || !isfinite(b.low)) {
        return isfinite(a.low) ? a : b;
    }
    return (struct interval){fmin(a.low, b.low), fmax(a.high, b.high)};
}

static struct interval from_hidden(const struct answer *answer, double low, double high) {
    return (struct interval){answer->people + low, answer->people + high};
}

static void try_stepwise(const struct study *study, const inb_cell *cells, inb_rng *rng,
    inb_resample_room *draw_room, struct boots *boots, struct interval *found, inb_error *err) {
    inb_choice_plan plan = {
        .list_count = study->lists, .choice = INB_CHOICE_STEPWISE, .threshold = 0.02};
    struct room room;
    make_room(study, &plan, &room, err);
    inb_fit fit;
    struct answer answer = answer_on(study, &room, cells, &fit, err);
    if (isfinite(answer.hidden)) {
        double z = inb_normal_quantile(0.5 + LEVEL / 2);
        double expected[MOST_CELLS];
        inb_choice_expect(room.choice, cells, &room.terms, expected);
        found[MODEL] = from_hidden(
            &answer, answer.hidden * exp(-z * answer.se), answer.hidden * exp(z * answer.se));
        draw(study, &room, cells, NULL, &answer, rng, draw_room, boots, err);
        struct interval roots = percentile_of(boots->roots, study->replicates);
        found[STUDENT] = from_hidden(&answer, answer.hidden * exp(-roots.high * answer.se),
            answer.hidden * exp(-roots.low * answer.se));
        found[BCA] = bca_of(study, &answer, boots);
        found[PERCENTILE] = percentile_of(boots->numbers, study->replicates);
        draw(study, &room, cells, expected, &answer, rng, draw_room, boots, err);
        found[PARAMETRIC] = bca_of(study, &answer, boots);
    }
    inb_choice_freep(&room.choice);
}

static void try_pairs(
    const struct study *study, const inb_cell *cells, struct interval *found, inb_error *err) {
    inb_choice_plan plan = {.list_count = study->lists,
        .choice = INB_CHOICE_BEST,
        .search = {INB_SEARCH_BIC, 2, INFINITY, 0}};
    struct room room;
    make_room(study, &plan, &room, err);
    inb_fit fit;
    struct answer answer = answer_on(study, &room, cells, &fit, err);
    if (isfinite(answer.hidden)) {
        inb_profile profile;
        demand(inb_profile_interval(study->lists, cells, room.terms.terms, room.terms.count,
                   answer.hidden, LEVEL, &profile, err),
            err);
        if (profile.given) {
            found[PROFILE_2] = from_hidden(&answer, profile.low, profile.high);
        }
    }
    inb_choice_freep(&room.choice);
}

static inb_status do_table(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)worker;
    struct study *study = context;
    struct interval *found = study->found[piece];
    inb_rng rng = inb_rng_make(20261130, piece);
    inb_resample_room draw_room;
    struct boots *boots = inb_alloc(1, sizeof *boots);
    demand(boots == NULL ? INB_NO_MEMORY : INB_OK, err);
    demand(inb_resample_room_new(study->lists, &draw_room, err), err);
    for (size_t i = 0; i < CANDIDATE_COUNT; i++) {
        found[i] = (struct interval){NAN, NAN};
    }
    inb_cell cells[MOST_CELLS];
    inb_resample(&rng, study->kinds, study->means, study->lists, &draw_room, cells);
    try_stepwise(study, cells, &rng, &draw_room, boots, found, err);
    try_pairs(study, cells, found, err);
    average(study, cells, 2, INB_SEARCH_BIC, WINDOW, 0.5, &found[AVERAGE_2], &found[ENVELOPE], err);
    average(study, cells, 2, INB_SEARCH_BIC, 2 * WINDOW, 0.25, &found[TEMPERED], NULL, err);
    average(study, cells, 2, INB_SEARCH_AIC, WINDOW, 0.5, &found[AVERAGE_AIC], NULL, err);
    if (study->lists <= 5 && !study->brief) {
        average(study, cells, 0, INB_SEARCH_BIC, 9.2, 0.5, &found[AVERAGE], NULL, err);
    }
    if (!study->brief) {
        found[BAGGED_2] = bagged(study, cells, &rng, &draw_room, err);
    }
    found[BCA_AVERAGE] = hull(found[BCA], found[AVERAGE_2]);
    inb_resample_room_clear(&draw_room);
    inb_free(boots);
    return INB_OK;
}

// ---- truths ----

static void make_up(const scenario *of, struct study *study) {
    study->lists = of->lists;
    study->size = (size_t)1 << of->lists;
    memset(study->means, 0, sizeof study->means);
    double sum = 0;
    for (int half = -1; half <= 1; half += 2) {
        double odds_sum = 0;
        double weights[MOST_CELLS];
        for (size_t h = 0; h < study->size; h++) {
            weights[h] = 1;
            for (size_t j = 0; j < of->lists; j++) {
                weights[h] *= (h >> j & 1) != 0 ? of->odds[j] * exp(half * of->apart / 2) : 1;
            }
            for (size_t p = 0; p < 3; p++) {
                bool both = of->pairs[p] != 0 && (h & of->pairs[p]) == of->pairs[p];
                weights[h] *= both ? of->ratios[p] : 1;
            }
            odds_sum += weights[h];
        }
        for (size_t h = 0; h < study->size; h++) {
            study->means[h] += weights[h] / odds_sum;
        }
    }
    for (size_t h = 0; h < study->size; h++) {
        sum += study->means[h];
    }
    for (size_t h = 0; h < study->size; h++) {
        study->means[h] *= of->people / sum;
        study->kinds[h] = (inb_cell){.kind = INB_CELL_COUNTED};
    }
    study->people = of->people;
}

static void build(const char *folder, const scenario *of, struct study *study, inb_error *err) {
    if (of->file == NULL) {
        make_up(of, study);
        return;
    }
    char path[4096];
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    snprintf(path, sizeof path, "%s/%s.csv", folder, of->file);
    demand(inb_histories_read(path, NULL, 0, &histories, err), err);
    study->lists = histories->list_count;
    study->size = (size_t)1 << study->lists;
    memcpy(study->kinds, histories->groups[0].cells, study->size * sizeof *study->kinds);
    bool stepwise = strcmp(of->model, "stepwise") == 0;
    inb_choice_plan plan = {.list_count = study->lists,
        .choice = stepwise ? INB_CHOICE_STEPWISE : INB_CHOICE_BEST,
        .threshold = 0.02,
        .search = {INB_SEARCH_BIC, 2, INFINITY, 0}};
    struct room room;
    make_room(study, &plan, &room, err);
    inb_fit fit;
    (void)answer_on(study, &room, study->kinds, &fit, err);
    bool given;
    inb_list_set added;
    demand(inb_truth_build(of->truth, study->kinds, &room.terms, &given, study->means, &added, err),
        err);
    demand(given ? INB_OK : INB_INTERNAL, err);
    double sum = 0;
    for (size_t h = 0; h < study->size; h++) {
        sum += study->means[h];
    }
    study->people = (double)llround(sum);
    inb_choice_freep(&room.choice);
}

static void print_line(const struct study *study, size_t tables, size_t candidate) {
    size_t given = 0;
    size_t covered = 0;
    double *widths = inb_alloc(tables, sizeof *widths);
    demand(widths == NULL ? INB_NO_MEMORY : INB_OK, &(inb_error)INB_ERROR_INIT);
    for (size_t i = 0; i < tables; i++) {
        struct interval interval = study->found[i][candidate];
        if (isfinite(interval.low) && isfinite(interval.high)) {
            covered += interval.low <= study->people && study->people <= interval.high;
            widths[given++] = (interval.high - interval.low) / study->people;
        }
    }
    qsort(widths, given, sizeof *widths, compare_numbers);
    double share = (double)covered / (double)tables;
    printf("  %-46s %5.1f (%.1f)  given %5.1f  width %6.1f\n", candidate_texts[candidate],
        100 * share, 100 * sqrt(share * (1 - share) / (double)tables),
        100 * (double)given / (double)tables,
        given == 0 ? 0 : 100 * inb_quantile_8(widths, given, 0.5));
    inb_free(widths);
}

static void run(
    const char *folder, const scenario *of, bool brief, size_t tables, size_t replicates) {
    inb_error err = INB_ERROR_INIT;
    INB_CLEANUP(inb_freep) struct study *study = inb_alloc(1, sizeof *study);
    demand(study == NULL ? INB_NO_MEMORY : INB_OK, &err);
    build(folder, of, study, &err);
    study->replicates = replicates;
    study->brief = brief;
    study->found = inb_alloc(tables, sizeof *study->found);
    demand(study->found == NULL ? INB_NO_MEMORY : INB_OK, &err);
    inb_spread spread = inb_spread_threads(WORKERS);
    demand(spread.run(&spread, tables, do_table, study, &err), &err);
    printf("%s: N %.0f, %zu tables, %zu replicates\n", of->name, study->people, tables, replicates);
    for (size_t i = 0; i < CANDIDATE_COUNT; i++) {
        print_line(study, tables, i);
    }
    fflush(stdout);
    inb_free(study->found);
}

static size_t number(int argc, char **argv, int at, size_t otherwise) {
    return argc > at ? (size_t)strtoul(argv[at], NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
    size_t tables = number(argc, argv, 3, 500);
    size_t replicates = number(argc, argv, 4, 200);
    if (argc < 3 || tables == 0 || replicates < 2 || replicates > MOST_REPLICATES) {
        fprintf(stderr, "bench_intervals LISTS a|b|c|SCENARIO [TABLES [REPLICATES]]\n");
        return EXIT_FAILURE;
    }
    const struct {
        const char *name;
        const scenario *all;
        size_t count;
    } sets[] = {{"a", set_a, sizeof set_a / sizeof set_a[0]},
        {"b", set_b, sizeof set_b / sizeof set_b[0]}, {"c", set_c, sizeof set_c / sizeof set_c[0]}};
    for (size_t s = 0; s < 3; s++) {
        for (size_t i = 0; i < sets[s].count; i++) {
            if (strcmp(argv[2], sets[s].name) == 0 || strcmp(argv[2], sets[s].all[i].name) == 0) {
                run(argv[1], &sets[s].all[i], s == 2, tables, replicates);
            }
        }
    }
    return EXIT_SUCCESS;
}
