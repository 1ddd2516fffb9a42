// SPDX-License-Identifier: EUPL-1.2
// The bootstrap over persons: Multinomial(n, counts / n) on the counted histories, or from a fitted
// model, each replicate from a random stream of its own, so that threads change nothing. Limits:
// Efron 1987 (doi:10.1080/01621459.1987.10478410), with z0 from the share of replicates strictly
// below the estimate, the acceleration from the jackknife over persons (one value a history,
// weighted by its people), and quantiles of definition 8 of Hyndman and Fan 1996.
//
// Where no replicate (or every one) lies below the estimate z0 would be infinite; it is then taken
// at half a replicate, and said.

#include "bootstrap.h"

#include "base/alloc.h"
#include "math/normal.h"
#include "resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- limits ----

double inb_quantile_8(const double *sorted, size_t count, double p) {
    double place = ((double)count + 1.0 / 3) * p + 1.0 / 3;
    if (!(place > 1)) {
        return sorted[0];
    }
    if (place >= (double)count) {
        return sorted[count - 1];
    }
    size_t below = (size_t)place;
    double part = place - (double)below;
    return sorted[below - 1] + part * (sorted[below] - sorted[below - 1]);
}

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double find_acceleration(const inb_jackknife *jackknife, size_t count) {
    double weights = 0;
    double mean = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(jackknife[i].estimate)) {
            weights += jackknife[i].weight;
            mean += jackknife[i].weight * jackknife[i].estimate;
        }
    }
    mean /= weights;
    double squares = 0;
    double cubes = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(jackknife[i].estimate)) {
            double d = mean - jackknife[i].estimate;
            squares += jackknife[i].weight * d * d;
            cubes += jackknife[i].weight * d * d * d;
        }
    }
    double acceleration = cubes / (6 * pow(squares, 1.5));
    return isfinite(acceleration) ? acceleration : 0;
}

// The share of replicates at which BCa takes its limit on the side of z.
static double corrected_share(double bias, double acceleration, double z) {
    double w = bias + z;
    double stretch = 1 - acceleration * w;
    if (!(stretch > 0)) { // beyond the pole the limit is the outermost replicate on z's side
        return z < 0 ? 0 : 1;
    }
    return inb_normal_below(bias + w / stretch);
}

inb_bca inb_bca_limits(double *replicates, size_t count, double estimate,
    const inb_jackknife *jackknife, size_t jackknife_count, double level) {
    inb_bca result = {.given = false};
    size_t finite = 0;
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(replicates[i])) {
            below += replicates[i] < estimate;
            replicates[finite++] = replicates[i];
        }
    }
    result.failed = count - finite;
    if (finite < 2) {
        return result;
    }
    qsort(replicates, finite, sizeof *replicates, compare_numbers);
    result.at_the_edge = below == 0 || below == finite;
    double share = below == 0        ? 0.5 / (double)finite
                   : below == finite ? 1 - 0.5 / (double)finite
                                     : (double)below / (double)finite;
    result.bias = inb_normal_quantile(share);
    result.acceleration = find_acceleration(jackknife, jackknife_count);
    double z = inb_normal_quantile(0.5 + level / 2);
    double low = corrected_share(result.bias, result.acceleration, -z);
    double high = corrected_share(result.bias, result.acceleration, z);
    result.low = inb_quantile_8(replicates, finite, low);
    result.high = inb_quantile_8(replicates, finite, high);
    result.beyond = (double)finite * fmin(low, 1 - high);
    result.given = true;
    return result;
}

// ---- replicates ----

struct bench { // one worker's
    void *chooser;
    inb_cell *cells; // [size]
    inb_resample_room room;
};

struct run {
    const inb_bootstrap *plan;
    size_t size;
    struct bench *benches;    // [workers]
    double *replicates;       // [tables][replicates]
    inb_jackknife *jackknife; // [leave_count] over all tables
    size_t *leave_table;      // [leave_count]
    size_t *leave_cell;       // [leave_count]
    size_t leave_count;
};

static void clear_run(struct run *run) {
    for (size_t i = 0; run->benches != NULL && i < run->plan->spread->workers; i++) {
        run->plan->chooser->drop(run->benches[i].chooser);
        inb_free(run->benches[i].cells);
        inb_resample_room_clear(&run->benches[i].room);
    }
    inb_free(run->benches);
    inb_free(run->replicates);
    inb_free(run->jackknife);
    inb_free(run->leave_table);
    inb_free(run->leave_cell);
}

static bool is_counted(const inb_cell *cell) {
    return cell->kind == INB_CELL_COUNTED && cell->count > 0;
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the bootstrap");
}

static inb_status make_benches(struct run *run, inb_error *err) {
    size_t workers = run->plan->spread->workers;
    run->benches = inb_alloc(workers, sizeof *run->benches);
    if (run->benches == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < workers; i++) {
        struct bench *bench = &run->benches[i];
        bench->cells = inb_alloc(run->size, sizeof *bench->cells);
        if (bench->cells == NULL) {
            return no_memory(err);
        }
        INB_TRY(inb_resample_room_new(run->plan->list_count, &bench->room, err));
        INB_TRY(run->plan->chooser->make(run->plan->chooser->plan, &bench->chooser, err));
    }
    return INB_OK;
}

static inb_status make_leaves(struct run *run, inb_error *err) {
    const inb_bootstrap *plan = run->plan;
    size_t most = plan->table_count * run->size;
    run->jackknife = inb_alloc(most, sizeof *run->jackknife);
    run->leave_table = inb_alloc(most, sizeof *run->leave_table);
    run->leave_cell = inb_alloc(most, sizeof *run->leave_cell);
    if (run->jackknife == NULL || run->leave_table == NULL || run->leave_cell == NULL) {
        return no_memory(err);
    }
    for (size_t t = 0; t < plan->table_count; t++) {
        for (size_t h = 1; h < run->size; h++) {
            if (is_counted(&plan->tables[t][h])) {
                run->leave_table[run->leave_count] = t;
                run->leave_cell[run->leave_count] = h;
                run->jackknife[run->leave_count++].weight = (double)plan->tables[t][h].count;
            }
        }
    }
    return INB_OK;
}

static inb_status leave_one(struct run *run, struct bench *bench, size_t leave, inb_error *err) {
    size_t table = run->leave_table[leave];
    memcpy(bench->cells, run->plan->tables[table], run->size * sizeof *bench->cells);
    bench->cells[run->leave_cell[leave]].count--;
    return run->plan->chooser->estimate(
        bench->chooser, table, bench->cells, &run->jackknife[leave].estimate, err);
}

static inb_status draw_one(
    struct run *run, struct bench *bench, size_t table, size_t replicate, inb_error *err) {
    const inb_bootstrap *plan = run->plan;
    inb_rng rng = inb_rng_make(plan->seed, ((uint64_t)table << 40) + replicate);
    inb_resample(&rng, plan->tables[table], plan->means == NULL ? NULL : plan->means[table],
        plan->list_count, &bench->room, bench->cells);
    return plan->chooser->estimate(bench->chooser, table, bench->cells,
        &run->replicates[table * plan->replicates + replicate], err);
}

static inb_status do_piece(void *context, size_t worker, size_t piece, inb_error *err) {
    struct run *run = context;
    struct bench *bench = &run->benches[worker];
    if (piece < run->leave_count) {
        return leave_one(run, bench, piece, err);
    }
    size_t draw = piece - run->leave_count;
    return draw_one(run, bench, draw / run->plan->replicates, draw % run->plan->replicates, err);
}

// The sum over the tables, before the tables' own replicates are sorted.
static inb_status sum_up(struct run *run, inb_bca *ret_total, inb_error *err) {
    const inb_bootstrap *plan = run->plan;
    INB_CLEANUP(inb_freep) double *sums = inb_alloc(plan->replicates, sizeof *sums);
    INB_CLEANUP(inb_freep)
    inb_jackknife *jackknife = inb_alloc(run->leave_count, sizeof *jackknife);
    if (sums == NULL || jackknife == NULL) {
        return no_memory(err);
    }
    double total = 0;
    for (size_t t = 0; t < plan->table_count; t++) {
        total += plan->estimates[t];
        for (size_t r = 0; r < plan->replicates; r++) {
            sums[r] += run->replicates[t * plan->replicates + r];
        }
    }
    for (size_t i = 0; i < run->leave_count; i++) {
        jackknife[i] = run->jackknife[i];
        jackknife[i].estimate += total - plan->estimates[run->leave_table[i]];
    }
    *ret_total =
        inb_bca_limits(sums, plan->replicates, total, jackknife, run->leave_count, plan->level);
    return INB_OK;
}

inb_status inb_bootstrap_run(
    const inb_bootstrap *bootstrap, inb_bca *ret_tables, inb_bca *ret_total, inb_error *err) {
    INB_CLEANUP(clear_run)
    struct run run = {.plan = bootstrap, .size = (size_t)1 << bootstrap->list_count};
    size_t draws;
    if (__builtin_mul_overflow(bootstrap->table_count, bootstrap->replicates, &draws)) {
        return no_memory(err);
    }
    run.replicates = inb_alloc(draws, sizeof *run.replicates);
    if (run.replicates == NULL) {
        return no_memory(err);
    }
    INB_TRY(make_benches(&run, err));
    INB_TRY(make_leaves(&run, err));
    INB_TRY(inb_spread_run(
        bootstrap->spread, "replicates", run.leave_count + draws, do_piece, &run, err));
    inb_bca total;
    INB_TRY(sum_up(&run, &total, err));
    size_t leave = 0;
    for (size_t t = 0; t < bootstrap->table_count; t++) {
        size_t begin = leave;
        while (leave < run.leave_count && run.leave_table[leave] == t) {
            leave++;
        }
        ret_tables[t] =
            inb_bca_limits(run.replicates + t * bootstrap->replicates, bootstrap->replicates,
                bootstrap->estimates[t], run.jackknife + begin, leave - begin, bootstrap->level);
    }
    if (bootstrap->kept != NULL && bootstrap->table_count == 1) {
        size_t finite = bootstrap->replicates - ret_tables[0].failed;
        memcpy(bootstrap->kept, run.replicates, finite * sizeof *bootstrap->kept);
    }
    *ret_total = total;
    return INB_OK;
}
