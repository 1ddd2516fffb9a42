// SPDX-License-Identifier: EUPL-1.2
// The study behind --check-coverage: from each truth (truths.c) many tables, on each the choice of
// the model, the intervals that take it as given, and the bootstrap that chooses anew in every
// replicate; then how many hold the truth, with the Monte Carlo error sqrt(p (1 - p) / tables).

#include <inbeeld/coverage.h>
#include <inbeeld/spread.h>

#include "base/alloc.h"
#include "bootstrap.h"
#include "chooser.h"
#include "math/normal.h"
#include "methods.h"
#include "profile.h"
#include "replicates.h"
#include "resample.h"
#include "truths.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const inb_interval_kind kinds[INB_COVERAGE_KINDS] = {
    INB_INTERVAL_MODEL, INB_INTERVAL_PROFILE, INB_INTERVAL_BCA};

// What one table gave; NAN where it gave none.
struct outcome {
    double estimate;
    double low[INB_COVERAGE_KINDS];
    double high[INB_COVERAGE_KINDS];
};

struct bench { // one worker's
    inb_choice_plan plan;
    inb_terms start; // of the searches in replicates: what was chosen on the table
    inb_choice_room *choice;
    inb_terms terms;
    inb_resample_room room;
    inb_cell *table;      // [size]
    inb_cell *drawn;      // [size]
    double *expected;     // [size]
    double *replicates;   // [replicates]
    inb_jackknife *leave; // [size]
};

struct study {
    const inb_estimate_options *options;
    const inb_coverage_options *wanted;
    const inb_cell *cells; // whose kinds the tables have
    const inb_choice_plan *plan;
    size_t lists;
    size_t size;
    inb_spread spread;
    inb_truth truth;
    double *means; // [size]
    struct bench *benches;
    struct outcome *outcomes; // [tables]
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the study of coverage");
}

static void clear_study(struct study *study) {
    for (size_t i = 0; study->benches != NULL && i < study->spread.workers; i++) {
        struct bench *bench = &study->benches[i];
        inb_choice_freep(&bench->choice);
        inb_resample_room_clear(&bench->room);
        inb_free(bench->start.terms);
        inb_free(bench->terms.terms);
        inb_free(bench->table);
        inb_free(bench->drawn);
        inb_free(bench->expected);
        inb_free(bench->replicates);
        inb_free(bench->leave);
    }
    inb_free(study->benches);
    inb_free(study->means);
    inb_free(study->outcomes);
}

static inb_status make_bench(const struct study *study, struct bench *bench, inb_error *err) {
    size_t size = study->size;
    bench->start = (inb_terms){study->lists, inb_alloc(size, sizeof(inb_list_set)), 0};
    bench->terms = (inb_terms){study->lists, inb_alloc(size, sizeof(inb_list_set)), 0};
    bench->table = inb_alloc(size, sizeof *bench->table);
    bench->drawn = inb_alloc(size, sizeof *bench->drawn);
    bench->expected = inb_alloc(size, sizeof *bench->expected);
    bench->replicates = inb_alloc(study->wanted->replicates, sizeof *bench->replicates);
    bench->leave = inb_alloc(size, sizeof *bench->leave);
    if (bench->start.terms == NULL || bench->terms.terms == NULL || bench->table == NULL ||
        bench->drawn == NULL || bench->expected == NULL || bench->replicates == NULL ||
        bench->leave == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_resample_room_new(study->lists, &bench->room, err));
    bench->plan = *study->plan;
    bench->plan.starts = &bench->start;
    inb_terms_independence(&bench->start);
    return inb_choice_new(&bench->plan, &bench->choice, err);
}

// ---- one table ----

static double people_of(const struct study *study, const inb_cell *cells) {
    double people = 0;
    for (size_t h = 1; h < study->size; h++) {
        people += cells[h].kind == INB_CELL_COUNTED ? (double)cells[h].count : 0;
    }
    return people;
}

static inb_status number_of(
    const struct study *study, struct bench *bench, double *ret_number, inb_error *err) {
    inb_fit fit;
    INB_TRY(inb_choice_make(bench->choice, 0, bench->drawn, &bench->terms, &fit, NULL, err));
    bool usable = fit.converged && fit.identified && fit.status == 0;
    *ret_number = usable ? people_of(study, bench->drawn) + fit.hidden : NAN;
    return INB_OK;
}

// Takes the people expected before the next choice overwrites them.
static inb_status draw_bca(const struct study *study, struct bench *bench, inb_rng *rng,
    double estimate, struct outcome *outcome, inb_error *err) {
    const double *means = study->options->parametric ? bench->expected : NULL;
    for (size_t r = 0; r < study->wanted->replicates; r++) {
        inb_resample(rng, bench->table, means, study->lists, &bench->room, bench->drawn);
        INB_TRY(number_of(study, bench, &bench->replicates[r], err));
    }
    size_t leaves = 0;
    memcpy(bench->drawn, bench->table, study->size * sizeof *bench->drawn);
    for (size_t h = 1; h < study->size; h++) {
        if (bench->table[h].kind != INB_CELL_COUNTED || bench->table[h].count == 0) {
            continue;
        }
        bench->drawn[h].count--;
        bench->leave[leaves].weight = (double)bench->table[h].count;
        INB_TRY(number_of(study, bench, &bench->leave[leaves++].estimate, err));
        bench->drawn[h].count++;
    }
    inb_bca bca = inb_bca_limits(bench->replicates, study->wanted->replicates, estimate,
        bench->leave, leaves, study->options->level);
    outcome->low[2] = bca.given ? bca.low : NAN;
    outcome->high[2] = bca.given ? bca.high : NAN;
    return INB_OK;
}

static inb_status do_table(void *context, size_t worker, size_t piece, inb_error *err) {
    struct study *study = context;
    struct bench *bench = &study->benches[worker];
    struct outcome *outcome = &study->outcomes[piece];
    *outcome = (struct outcome){NAN, {NAN, NAN, NAN}, {NAN, NAN, NAN}};
    inb_rng rng = inb_rng_make(
        study->options->seed, (UINT64_C(1) << 61) + ((uint64_t)study->truth << 40) + piece);
    inb_resample(&rng, study->cells, study->means, study->lists, &bench->room, bench->table);
    inb_terms_independence(&bench->start);
    inb_fit fit;
    INB_TRY(inb_choice_make(bench->choice, 0, bench->table, &bench->terms, &fit, NULL, err));
    if (!(fit.converged && fit.identified && fit.status == 0)) {
        return INB_OK;
    }
    double people = people_of(study, bench->table);
    double reach = exp(inb_normal_quantile(0.5 + study->options->level / 2) * fit.log_hidden_se);
    outcome->estimate = people + fit.hidden;
    outcome->low[0] = people + fit.hidden / reach;
    outcome->high[0] = people + fit.hidden * reach;
    inb_choice_expect(bench->choice, bench->table, &bench->terms, bench->expected);
    bench->start.count = bench->terms.count;
    memcpy(bench->start.terms, bench->terms.terms, bench->terms.count * sizeof(inb_list_set));
    inb_profile profile;
    INB_TRY(inb_profile_interval(study->lists, bench->table, bench->terms.terms, bench->terms.count,
        fit.hidden, study->options->level, &profile, err));
    if (profile.given) {
        outcome->low[1] = people + profile.low;
        outcome->high[1] = people + profile.high;
    }
    return study->wanted->replicates == 0
               ? INB_OK
               : draw_bca(study, bench, &rng, outcome->estimate, outcome, err);
}

// ---- summing up ----

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

// Median of values[count]; 0 of none.
static double median(double *values, size_t count) {
    if (count == 0) {
        return 0;
    }
    qsort(values, count, sizeof *values, compare_numbers);
    return inb_quantile_8(values, count, 0.5);
}

static void sum_up(const struct study *study, double *scratch, inb_coverage_truth *truth) {
    size_t tables = study->wanted->tables;
    size_t found = 0;
    for (size_t i = 0; i < tables; i++) {
        if (isfinite(study->outcomes[i].estimate)) {
            scratch[found++] = study->outcomes[i].estimate;
        }
    }
    truth->without = tables - found;
    truth->error = found > 0 ? median(scratch, found) / truth->people - 1 : 0;
    for (size_t k = 0; k < INB_COVERAGE_KINDS; k++) {
        inb_coverage_interval *interval = &truth->intervals[k];
        *interval = (inb_coverage_interval){.kind = kinds[k]};
        for (size_t i = 0; i < tables; i++) {
            double low = study->outcomes[i].low[k];
            double high = study->outcomes[i].high[k];
            if (isfinite(low) && isfinite(high)) {
                interval->covered += low <= truth->people && truth->people <= high;
                scratch[interval->given++] = high - low;
            }
        }
        interval->share = (double)interval->covered / (double)tables;
        interval->se = sqrt(interval->share * (1 - interval->share) / (double)tables);
        interval->width = median(scratch, interval->given) / truth->people;
    }
}

static inb_status study_truth(
    struct study *study, const inb_terms *fitted, inb_coverage_truth *truth, inb_error *err) {
    INB_TRY(inb_truth_build(
        study->truth, study->cells, fitted, &truth->given, study->means, &truth->added, err));
    truth->truth = study->truth;
    if (!truth->given) {
        return INB_OK;
    }
    double people = 0;
    for (size_t h = 0; h < study->size; h++) {
        people += study->means[h];
    }
    truth->people = (double)llround(people);
    INB_CLEANUP(inb_freep)
    double *scratch = inb_alloc(study->wanted->tables, sizeof *scratch);
    if (scratch == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_spread_run(
        &study->spread, "tables of the study", study->wanted->tables, do_table, study, err));
    sum_up(study, scratch, truth);
    return INB_OK;
}

inb_status inb_coverage_check(const inb_histories *histories, const inb_estimate_options *options,
    const inb_coverage_options *wanted, inb_error *err) {
    if (!inb_i_method_of(options->method)->can_be_drawn) {
        return inb_fail(err, INB_USAGE,
            "the study of coverage repeats methods that choose a model: "
            "method %s is none",
            inb_count_method_name(options->method));
    }
    if (histories->group_column_count > 0) {
        return inb_fail(
            err, INB_USAGE, "the study of coverage is of one table: it does not go with groups");
    }
    if (wanted->tables == 0 || wanted->tables > INB_REPLICATES_MOST ||
        wanted->replicates > INB_REPLICATES_MOST || wanted->replicates == 1) {
        return inb_fail(err, INB_USAGE,
            "coverage: expected 1 to %d tables, and no replicates or 2 to %d", INB_REPLICATES_MOST,
            INB_REPLICATES_MOST);
    }
    return INB_OK;
}

// The model that the truths are built around: the one given, or what the method chooses on the
// table itself. Left in the first bench.
static inb_status choose(
    struct study *study, const inb_histories *histories, bool *ret_usable, inb_error *err) {
    struct bench *bench = &study->benches[0];
    if (study->wanted->model != NULL) {
        *ret_usable = true;
        return inb_terms_parse(study->wanted->model, histories->lists, &bench->terms, err);
    }
    inb_fit fit;
    INB_TRY(inb_choice_make(bench->choice, 0, study->cells, &bench->terms, &fit, NULL, err));
    *ret_usable = fit.converged && fit.identified && fit.status == 0;
    return INB_OK;
}

inb_status inb_coverage_run(const inb_histories *histories, const inb_estimate_options *options,
    const inb_coverage_options *wanted, inb_coverage *ret_coverage, inb_error *err) {
    INB_TRY(inb_coverage_check(histories, options, wanted, err));
    size_t size = (size_t)1 << histories->list_count;
    INB_CLEANUP(inb_freep) inb_list_set *given = inb_alloc(size, sizeof *given);
    INB_CLEANUP(inb_freep) inb_list_set *chosen = inb_alloc(size, sizeof *chosen);
    if (given == NULL || chosen == NULL) {
        return no_memory(err);
    }
    inb_terms of_given = {histories->list_count, given, 0};
    if (options->model != NULL) {
        INB_TRY(inb_terms_parse(options->model, histories->lists, &of_given, err));
    }
    inb_choice_plan of_table = inb_i_plan_of(histories, options, &of_given);
    inb_choice_plan plan = inb_i_replicate_plan(&of_table, NULL);
    inb_spread spread = inb_spread_or_threads(options->spread, options->threads);
    INB_CLEANUP(clear_study)
    struct study study = {.options = options,
        .wanted = wanted,
        .cells = histories->groups[0].cells,
        .plan = &plan,
        .lists = histories->list_count,
        .size = size,
        .spread = spread,
        .means = inb_alloc(size, sizeof(double)),
        .benches = inb_alloc(spread.workers, sizeof(struct bench)),
        .outcomes = inb_alloc(wanted->tables, sizeof(struct outcome))};
    if (study.means == NULL || study.benches == NULL || study.outcomes == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < spread.workers; i++) {
        INB_TRY(make_bench(&study, &study.benches[i], err));
    }
    bool usable;
    INB_TRY(choose(&study, histories, &usable, err));
    inb_terms fitted = {histories->list_count, chosen, study.benches[0].terms.count};
    memcpy(chosen, study.benches[0].terms.terms, fitted.count * sizeof *chosen);
    inb_coverage coverage = {.options = *wanted, .level = options->level};
    for (size_t i = 0; i < INB_TRUTH_COUNT; i++) {
        study.truth = (inb_truth)i;
        coverage.truths[i].truth = study.truth;
        if (usable && (i == INB_TRUTH_FITTED || !wanted->fitted_only)) {
            INB_TRY(study_truth(&study, &fitted, &coverage.truths[i], err));
        }
    }
    *ret_coverage = coverage;
    return INB_OK;
}
