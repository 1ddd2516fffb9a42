// SPDX-License-Identifier: EUPL-1.2
// Multiple imputation of the links (Rubin 1987, doi:10.1002/9780470316696): each draw of the link
// structure is a complete table, of which replicates are drawn and estimated with the model chosen
// anew; the quantiles of all together (definition 8 of Hyndman, Fan 1996) hold what sampling,
// choice and links leave open. On the scale of log(N - n_k), n_k the people of draw k.

#include "mixture.h"

#include "base/alloc.h"
#include "resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the draws");
}

// ---- limits ----

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double log_hidden(double estimate, double observed) {
    double value = log(estimate - observed);
    return isfinite(value) ? value : NAN; // NAN too where the estimate is not above n_k
}

// Mean and variance (with count - 1) of what is finite; the count.
static size_t summarise(
    const double *values, size_t count, double *ret_mean, double *ret_variance) {
    size_t finite = 0;
    double mean = 0;
    double squares = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(values[i])) {
            finite++;
            double step = values[i] - mean;
            mean += step / (double)finite;
            squares += step * (values[i] - mean);
        }
    }
    *ret_mean = mean;
    *ret_variance = finite > 1 ? squares / (double)(finite - 1) : 0;
    return finite;
}

inb_mixture inb_mixture_limits(const double *own, const double *observed, size_t draw_count,
    double *replicates, double *scratch, const size_t *first, double level) {
    inb_mixture result = {.given = false};
    double squares = 0;
    double mean = 0;
    double within = 0;
    size_t usable = 0;
    size_t spread = 0;
    for (size_t k = 0; k < draw_count; k++) {
        double value = log_hidden(own[k], observed[k]);
        if (isfinite(value)) {
            usable++;
            double step = value - mean;
            mean += step / (double)usable;
            squares += step * (value - mean);
        }
        for (size_t i = first[k]; i < first[k + 1]; i++) {
            replicates[i] = log_hidden(replicates[i], observed[k]);
        }
        double centre;
        double variance;
        if (summarise(replicates + first[k], first[k + 1] - first[k], &centre, &variance) > 1) {
            within += variance;
            spread++;
        }
        result.observed += observed[k] / (double)draw_count;
    }
    size_t finite = 0;
    for (size_t k = 0; k < draw_count; k++) {
        for (size_t i = first[k]; i < first[k + 1]; i++) {
            if (isfinite(replicates[i])) {
                scratch[finite] = observed[k] + exp(replicates[i]);
                replicates[finite++] = replicates[i];
            }
        }
    }
    result.failed = first[draw_count] - finite;
    result.draws_failed = draw_count - usable;
    if (usable < 2 || finite < 2) {
        return result;
    }
    qsort(replicates, finite, sizeof *replicates, compare_numbers);
    qsort(scratch, finite, sizeof *scratch, compare_numbers);
    double out = (1 - level) / 2;
    result.given = true;
    result.estimate = result.observed + exp(mean);
    result.low = inb_quantile_8(scratch, finite, out);
    result.high = inb_quantile_8(scratch, finite, 1 - out);
    result.log_low = inb_quantile_8(replicates, finite, out);
    result.log_high = inb_quantile_8(replicates, finite, 1 - out);
    result.within = spread > 0 ? within / (double)spread : 0;
    result.between = squares / (double)(usable - 1);
    double links = (1 + 1 / (double)usable) * result.between;
    result.total = result.within + links;
    result.share = result.total > 0 ? links / result.total : 0;
    return result;
}

// ---- replicates ----

struct bench { // one worker's
    void *chooser;
    inb_cell *cells; // [size]
    double *means;   // [size]
    inb_resample_room room;
};

struct run {
    const inb_mixture_plan *plan;
    size_t size;
    struct bench *benches; // [workers]
    size_t *first;         // [draws + 1] places of replicates
    double *own;           // [tables][draws]
    double *replicates;    // [tables][replicates]
    double *observed;      // [tables][draws]
    double *scratch;       // [replicates]
};

static void clear_run(struct run *run) {
    for (size_t i = 0; run->benches != NULL && i < run->plan->spread->workers; i++) {
        run->plan->chooser->drop(run->benches[i].chooser);
        inb_free(run->benches[i].cells);
        inb_free(run->benches[i].means);
        inb_resample_room_clear(&run->benches[i].room);
    }
    inb_free(run->benches);
    inb_free(run->first);
    inb_free(run->own);
    inb_free(run->replicates);
    inb_free(run->observed);
    inb_free(run->scratch);
}

static inb_status make_benches(struct run *run, inb_error *err) {
    const inb_mixture_plan *plan = run->plan;
    run->benches = inb_alloc(plan->spread->workers, sizeof *run->benches);
    if (run->benches == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < plan->spread->workers; i++) {
        struct bench *bench = &run->benches[i];
        bench->cells = inb_alloc(run->size, sizeof *bench->cells);
        bench->means = inb_alloc(run->size, sizeof *bench->means);
        if (bench->cells == NULL || bench->means == NULL) {
            return no_memory(err);
        }
        INB_TRY(inb_resample_room_new(plan->list_count, &bench->room, err));
        INB_TRY(plan->chooser->make(plan->chooser->plan, &bench->chooser, err));
    }
    return INB_OK;
}

// Pieces are draws of tables: the draw itself, then its replicates.
static inb_status do_piece(void *context, size_t worker, size_t piece, inb_error *err) {
    struct run *run = context;
    const inb_mixture_plan *plan = run->plan;
    struct bench *bench = &run->benches[worker];
    size_t table = piece / plan->draw_count;
    size_t draw = piece % plan->draw_count;
    const inb_cell *cells = plan->tables[draw * plan->table_count + table];
    double *own = &run->own[piece];
    if (plan->parametric) {
        INB_TRY(plan->chooser->expect(bench->chooser, table, cells, bench->means, own, err));
    } else {
        INB_TRY(plan->chooser->estimate(bench->chooser, table, cells, own, err));
    }
    const double *means = plan->parametric ? bench->means : NULL;
    double *replicates = run->replicates + table * plan->replicates;
    for (size_t i = run->first[draw]; i < run->first[draw + 1]; i++) {
        if (!isfinite(*own)) {
            replicates[i] = NAN;
            continue;
        }
        inb_rng rng = inb_rng_make(plan->seed, (UINT64_C(1) << 62) + ((uint64_t)table << 40) +
                                                   ((uint64_t)draw << 20) + (i - run->first[draw]));
        inb_resample(&rng, cells, means, plan->list_count, &bench->room, bench->cells);
        INB_TRY(plan->chooser->estimate(bench->chooser, table, bench->cells, &replicates[i], err));
    }
    return INB_OK;
}

static void lay_out(struct run *run) {
    const inb_mixture_plan *plan = run->plan;
    size_t each = plan->replicates / plan->draw_count;
    size_t more = plan->replicates % plan->draw_count;
    for (size_t k = 0; k < plan->draw_count; k++) {
        run->first[k + 1] = run->first[k] + each + (k < more);
    }
    for (size_t t = 0; t < plan->table_count; t++) {
        for (size_t k = 0; k < plan->draw_count; k++) {
            const inb_cell *cells = plan->tables[k * plan->table_count + t];
            double people = 0;
            for (size_t h = 1; h < run->size; h++) {
                people += cells[h].kind == INB_CELL_COUNTED ? (double)cells[h].count : 0;
            }
            run->observed[t * plan->draw_count + k] = people;
        }
    }
}

// Sums over the tables into the arrays of one more table.
static void sum_up(struct run *run) {
    const inb_mixture_plan *plan = run->plan;
    size_t last = plan->table_count;
    for (size_t t = 0; t < plan->table_count; t++) {
        for (size_t k = 0; k < plan->draw_count; k++) {
            run->own[last * plan->draw_count + k] += run->own[t * plan->draw_count + k];
            run->observed[last * plan->draw_count + k] += run->observed[t * plan->draw_count + k];
        }
        for (size_t i = 0; i < plan->replicates; i++) {
            run->replicates[last * plan->replicates + i] +=
                run->replicates[t * plan->replicates + i];
        }
    }
}

static inb_status check_plan(const inb_mixture_plan *plan, inb_error *err) {
    if (plan->replicates < plan->draw_count) {
        return inb_fail(err, INB_USAGE,
            "bootstrap: found %zu replicates, expected at least one for each of %zu draws",
            plan->replicates, plan->draw_count);
    }
    if (plan->replicates / plan->draw_count >= INB_MIXTURE_PER_DRAW_MOST) {
        return inb_fail(err, INB_USAGE, "bootstrap: more replicates a draw than there is room for");
    }
    if (plan->parametric && plan->chooser->expect == NULL) {
        return inb_fail(err, INB_USAGE, "this method has no model to draw replicates from");
    }
    return INB_OK;
}

inb_status inb_mixture_run(
    const inb_mixture_plan *plan, inb_mixture *ret_tables, inb_mixture *ret_total, inb_error *err) {
    INB_TRY(check_plan(plan, err));
    INB_CLEANUP(clear_run)
    struct run run = {.plan = plan, .size = (size_t)1 << plan->list_count};
    size_t tables = plan->table_count + 1; // the last is the sum
    size_t draws;
    size_t replicates;
    if (__builtin_mul_overflow(tables, plan->draw_count, &draws) ||
        __builtin_mul_overflow(tables, plan->replicates, &replicates)) {
        return no_memory(err);
    }
    run.first = inb_alloc(plan->draw_count + 1, sizeof *run.first);
    run.own = inb_alloc(draws, sizeof *run.own);
    run.observed = inb_alloc(draws, sizeof *run.observed);
    run.replicates = inb_alloc(replicates, sizeof *run.replicates);
    run.scratch = inb_alloc(plan->replicates, sizeof *run.scratch);
    if (run.scratch == NULL || run.first == NULL || run.own == NULL || run.observed == NULL ||
        run.replicates == NULL) {
        return no_memory(err);
    }
    INB_TRY(make_benches(&run, err));
    lay_out(&run);
    INB_TRY(inb_spread_run(plan->spread, "draws of the links", plan->table_count * plan->draw_count,
        do_piece, &run, err));
    sum_up(&run);
    for (size_t t = 0; t < tables; t++) {
        inb_mixture *result = t < plan->table_count ? &ret_tables[t] : ret_total;
        *result = inb_mixture_limits(run.own + t * plan->draw_count,
            run.observed + t * plan->draw_count, plan->draw_count,
            run.replicates + t * plan->replicates, run.scratch, run.first, plan->level);
    }
    return INB_OK;
}
