// SPDX-License-Identifier: EUPL-1.2
// Partial pooling as part of an estimate: interactions chosen stepwise over all groups together,
// people without a group value shared out by EM, and replicates. In each the counts are drawn anew,
// interactions and variances found anew, and from the posterior that these give on the data as they
// are one value of all effects is drawn: empirical Bayes intervals that know the hyperparameters
// are estimated (Laird, Louis 1987, doi:10.1080/01621459.1987.10478490). The total adds up the
// groups within each replicate.
//
// Stated assumption for a missing group value: whether it is missing depends on the lists someone
// is on and on the values that are known, not on the missing value itself.

#include <inbeeld/pooling.h>
#include <inbeeld/spread.h>

#include "base/alloc.h"
#include "bootstrap.h"
#include "loglinear.h"
#include "math/binomial.h"
#include "math/poisson.h"
#include "pooled_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    REPLICATES = 500,
    MANY_LISTS = 7,
    FEWER_REPLICATES = 200,
    MOST_PAIRS = INB_LISTS_MOST * (INB_LISTS_MOST - 1) / 2,
    EM_ROUNDS = 200
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to pool groups");
}

// What all replicates share.
struct frame {
    const inb_histories *histories;
    const inb_estimate_options *options;
    size_t lists;
    size_t size;
    size_t known_count;
    size_t *known; // [group_count] groups whose values are known in full
    size_t unknown_count;
    size_t *unknown; // [group_count] the others
    inb_terms given; // of options->model
    size_t replicates;
    struct bench *benches;
    inb_spread spread;
    double *numbers; // [replicates][known_count + 1] N of each group, then of all
};

struct bench { // one worker's
    inb_pooled *pooled;
    inb_list_set *interactions; // [size]
    inb_fit_room *room;         // to ask whether a model exists, on all groups added up
    inb_cell *sum;              // [size]
    double *drawn;              // [group_count][size] counts of the groups as they are
    double *before;             // [known_count][size] the last sharing out
    double *own;                // [known_count][lists + 1]
    double *shared;             // [size]
    double *weights;            // [size]
    int64_t *counts;            // [size]
    inb_list_set *terms;        // [size]
};

static void clear_frame(struct frame *frame) {
    for (size_t i = 0; frame->benches != NULL && i < frame->spread.workers; i++) {
        struct bench *bench = &frame->benches[i];
        inb_pooled_freep(&bench->pooled);
        inb_fit_room_freep(&bench->room);
        inb_free(bench->interactions);
        inb_free(bench->sum);
        inb_free(bench->drawn);
        inb_free(bench->before);
        inb_free(bench->own);
        inb_free(bench->shared);
        inb_free(bench->weights);
        inb_free(bench->counts);
        inb_free(bench->terms);
    }
    inb_free(frame->benches);
    inb_free(frame->known);
    inb_free(frame->unknown);
    inb_free(frame->given.terms);
    inb_free(frame->numbers);
}

static inb_status make_bench(const struct frame *frame, struct bench *bench, inb_error *err) {
    size_t groups = frame->histories->group_count;
    bench->interactions = inb_alloc(frame->size, sizeof *bench->interactions);
    bench->sum = inb_alloc(frame->size, sizeof *bench->sum);
    bench->drawn = inb_alloc(groups * frame->size, sizeof *bench->drawn);
    bench->before = inb_alloc(groups * frame->size, sizeof *bench->before);
    bench->own = inb_alloc(groups * (frame->lists + 1), sizeof *bench->own);
    bench->shared = inb_alloc(frame->size, sizeof *bench->shared);
    bench->weights = inb_alloc(frame->size, sizeof *bench->weights);
    bench->counts = inb_alloc(frame->size, sizeof *bench->counts);
    bench->terms = inb_alloc(frame->size, sizeof *bench->terms);
    if (bench->interactions == NULL || bench->sum == NULL || bench->drawn == NULL ||
        bench->before == NULL || bench->own == NULL || bench->shared == NULL ||
        bench->weights == NULL || bench->counts == NULL || bench->terms == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_fit_room_new(frame->lists, frame->size, &bench->room, err));
    INB_TRY(inb_pooled_new(frame->lists, frame->known_count, &bench->pooled, err));
    bench->pooled->interactions = bench->interactions;
    for (size_t k = 0; k < frame->known_count; k++) {
        bench->pooled->cells[k] = frame->histories->groups[frame->known[k]].cells;
    }
    return INB_OK;
}

// ---- missing group values ----

// Whether the values that unknown group u does have are those of known group k.
static bool may_be(const struct frame *frame, size_t u, size_t k) {
    const char **missing = frame->histories->groups[frame->unknown[u]].values;
    const char **full = frame->histories->groups[frame->known[k]].values;
    for (size_t c = 0; c < frame->histories->group_column_count; c++) {
        if (missing[c] != NULL && strcmp(missing[c], full[c]) != 0) {
            return false;
        }
    }
    return true;
}

// The counts of the known groups with those of the unknown ones shared out as the means say.
static void share_out(const struct frame *frame, struct bench *bench) {
    double *counts = bench->pooled->counts;
    const double *means = bench->pooled->means;
    for (size_t k = 0; k < frame->known_count; k++) {
        memcpy(counts + k * frame->size, bench->drawn + frame->known[k] * frame->size,
            frame->size * sizeof *counts);
    }
    for (size_t u = 0; u < frame->unknown_count; u++) {
        const double *missing = bench->drawn + frame->unknown[u] * frame->size;
        for (size_t h = 1; h < frame->size; h++) {
            double sum = 0;
            for (size_t k = 0; missing[h] > 0 && k < frame->known_count; k++) {
                bool counted = bench->pooled->cells[k][h].kind == INB_CELL_COUNTED;
                sum += counted && may_be(frame, u, k) ? means[k * frame->size + h] : 0;
            }
            for (size_t k = 0; sum > 0 && k < frame->known_count; k++) {
                bool counted = bench->pooled->cells[k][h].kind == INB_CELL_COUNTED;
                counts[k * frame->size + h] += counted && may_be(frame, u, k)
                                                   ? missing[h] * means[k * frame->size + h] / sum
                                                   : 0;
            }
        }
    }
}

// Fits with the interactions in place: EM over who the unknown are, each step a whole fit.
static bool fit(const struct frame *frame, struct bench *bench, bool find_variances) {
    inb_pooled *pooled = bench->pooled;
    for (size_t i = 0; i < frame->known_count * frame->size; i++) {
        pooled->means[i] = 1;
    }
    share_out(frame, bench);
    if (find_variances) {
        inb_pooled_start(pooled);
    } else {
        double kept[INB_LISTS_MOST];
        memcpy(kept, pooled->variance, frame->lists * sizeof *kept);
        inb_pooled_start(pooled);
        memcpy(pooled->variance, kept, frame->lists * sizeof *kept);
    }
    for (int round = 0; round < EM_ROUNDS; round++) {
        if (!(find_variances ? inb_pooled_fit(pooled) : inb_pooled_maximise(pooled))) {
            return false;
        }
        if (frame->unknown_count == 0) {
            return true;
        }
        size_t bytes = frame->known_count * frame->size * sizeof *bench->before;
        memcpy(bench->before, pooled->counts, bytes);
        share_out(frame, bench);
        double change = 0;
        for (size_t i = 0; i < frame->known_count * frame->size; i++) {
            change = fmax(change, fabs(pooled->counts[i] - bench->before[i]));
        }
        if (change < 1e-6) {
            return true;
        }
    }
    return true;
}

// ---- interactions ----

// Whether the model with the interactions in place has a finite, identified estimate on all groups
// added up.
static inb_status examine(
    const struct frame *frame, struct bench *bench, bool *ret_exists, inb_error *err) {
    inb_terms terms = {frame->lists, bench->terms, 0};
    inb_terms_independence(&terms);
    for (size_t i = 0; i < bench->pooled->interaction_count; i++) {
        inb_terms_add(&terms, bench->interactions[i]);
    }
    int status;
    INB_TRY(inb_fit_examine(bench->room, bench->sum, terms.terms, terms.count, &status, err));
    *ret_exists = status == 0;
    return INB_OK;
}

static void add_up(const struct frame *frame, struct bench *bench) {
    for (size_t h = 0; h < frame->size; h++) {
        double people = 0;
        bool counted = false;
        for (size_t g = 0; h > 0 && g < frame->histories->group_count; g++) {
            bool here = frame->histories->groups[g].cells[h].kind == INB_CELL_COUNTED;
            people += here ? bench->drawn[g * frame->size + h] : 0;
            counted = counted || here;
        }
        bench->sum[h] = (inb_cell){(int64_t)people, counted ? INB_CELL_COUNTED : INB_CELL_MISSING};
    }
}

// The absent pair whose overlap over all groups is least likely under the fit; its log p.
static inb_list_set least_likely(
    const struct frame *frame, const struct bench *bench, const bool *passed, double *ret_log_p) {
    inb_list_set best = 0;
    *ret_log_p = 0;
    const inb_pooled *pooled = bench->pooled;
    for (size_t set = 1; set < frame->size; set++) {
        bool absent = inb_set_size((inb_list_set)set) == 2 && !passed[set];
        for (size_t i = 0; i < pooled->interaction_count; i++) {
            absent = absent && (pooled->interactions[i] & set) != set;
        }
        if (!absent) {
            continue;
        }
        double observed = 0;
        double expected = 0;
        for (size_t k = 0; k < frame->known_count; k++) {
            for (size_t h = 1; h < frame->size && !pooled->empty[k]; h++) {
                if ((h & set) == set && pooled->cells[k][h].kind == INB_CELL_COUNTED) {
                    observed += pooled->counts[k * frame->size + h];
                    expected += pooled->means[k * frame->size + h];
                }
            }
        }
        observed = round(observed);
        double log_p = fmin(
            inb_poisson_log_most(observed, expected), inb_poisson_log_least(observed, expected));
        if (log_p < *ret_log_p - 1e-9 * (1 + fabs(*ret_log_p))) {
            *ret_log_p = log_p;
            best = (inb_list_set)set;
        }
    }
    return best;
}

// Chooses interactions on bench->drawn and fits; *ret_fitted is false where nothing can be.
static inb_status choose(
    const struct frame *frame, struct bench *bench, bool *ret_fitted, inb_error *err) {
    inb_pooled *pooled = bench->pooled;
    bool passed[1 << INB_LISTS_MOST] = {false};
    bool exists;
    pooled->interaction_count = 0;
    add_up(frame, bench);
    for (size_t i = 0; i < frame->given.count; i++) {
        if (inb_set_size(frame->given.terms[i]) > 1) {
            bench->interactions[pooled->interaction_count++] = frame->given.terms[i];
        }
    }
    INB_TRY(examine(frame, bench, &exists, err));
    *ret_fitted = exists && fit(frame, bench, true);
    bool chooses =
        frame->options->model == NULL && frame->options->method != INB_COUNT_INDEPENDENCE;
    while (*ret_fitted && chooses) {
        double log_p;
        inb_list_set pair = least_likely(frame, bench, passed, &log_p);
        if (pair == 0 || !(log_p < log(frame->options->threshold))) {
            break;
        }
        bench->interactions[pooled->interaction_count++] = pair;
        INB_TRY(examine(frame, bench, &exists, err));
        double people = 0;
        for (size_t h = 1; h < frame->size; h++) {
            people += (h & pair) == pair ? (double)bench->sum[h].count : 0;
        }
        if (!exists || people == 0) { // an empty overlap has no finite effect to share
            passed[pair] = true;
            pooled->interaction_count--;
            continue;
        }
        *ret_fitted = fit(frame, bench, true);
    }
    return INB_OK;
}

// ---- replicates ----

static void take_counts(const struct frame *frame, struct bench *bench) {
    for (size_t g = 0; g < frame->histories->group_count; g++) {
        const inb_cell *cells = frame->histories->groups[g].cells;
        for (size_t h = 0; h < frame->size; h++) {
            bool counted = h > 0 && cells[h].kind == INB_CELL_COUNTED;
            bench->drawn[g * frame->size + h] = counted ? (double)cells[h].count : 0;
        }
    }
}

static void draw_counts(const struct frame *frame, struct bench *bench, inb_rng *rng) {
    for (size_t g = 0; g < frame->histories->group_count; g++) {
        const inb_cell *cells = frame->histories->groups[g].cells;
        for (size_t h = 0; h < frame->size; h++) {
            bool counted = h > 0 && cells[h].kind == INB_CELL_COUNTED;
            bench->weights[h] = counted ? (double)cells[h].count : 0;
        }
        inb_multinomial_draw(
            rng, frame->histories->groups[g].observed, bench->weights, frame->size, bench->counts);
        for (size_t h = 0; h < frame->size; h++) {
            bench->drawn[g * frame->size + h] =
                bench->weights[h] > 0 ? (double)bench->counts[h] : 0;
        }
    }
}

// Poisson as a binomial of very many chances.
static double draw_poisson(inb_rng *rng, double mean) {
    const double chances = 1e15;
    return mean < 1e12 ? (double)inb_binomial_draw(rng, (int64_t)chances, mean / chances) : mean;
}

static double people_of(const struct frame *frame, const struct bench *bench, size_t k) {
    double people = 0;
    for (size_t h = 1; h < frame->size; h++) {
        people += bench->pooled->counts[k * frame->size + h];
    }
    return people;
}

static inb_status do_replicate(void *context, size_t worker, size_t piece, inb_error *err) {
    struct frame *frame = context;
    struct bench *bench = &frame->benches[worker];
    double *numbers = frame->numbers + piece * (frame->known_count + 1);
    inb_rng rng = inb_rng_make(frame->options->seed, (UINT64_C(3) << 60) + piece);
    bool fitted;
    draw_counts(frame, bench, &rng);
    INB_TRY(choose(frame, bench, &fitted, err));
    take_counts(frame, bench);
    add_up(frame, bench);
    fitted = fitted && fit(frame, bench, false);
    for (size_t k = 0; k <= frame->known_count; k++) {
        numbers[k] = fitted ? 0 : NAN;
    }
    if (!fitted) {
        return INB_OK;
    }
    inb_pooled_draw(bench->pooled, &rng, bench->own, bench->shared);
    for (size_t k = 0; k < frame->known_count; k++) {
        if (bench->pooled->empty[k]) {
            continue;
        }
        double hidden =
            inb_pooled_hidden(bench->pooled, k, bench->own + k * (frame->lists + 1), bench->shared);
        numbers[k] = people_of(frame, bench, k) + draw_poisson(&rng, hidden);
        numbers[frame->known_count] += numbers[k];
    }
    return INB_OK;
}

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

// Limits of column k over the replicates that have one; the number of those.
static size_t find_limits(
    const struct frame *frame, size_t k, double *scratch, double *ret_low, double *ret_high) {
    size_t count = 0;
    for (size_t r = 0; r < frame->replicates; r++) {
        double number = frame->numbers[r * (frame->known_count + 1) + k];
        if (isfinite(number)) {
            scratch[count++] = number;
        }
    }
    if (count > 0) {
        qsort(scratch, count, sizeof *scratch, compare_numbers);
        *ret_low = inb_quantile_8(scratch, count, (1 - frame->options->level) / 2);
        *ret_high = inb_quantile_8(scratch, count, (1 + frame->options->level) / 2);
    }
    return count;
}

// ---- the result ----

static inb_status copy_text(
    inb_arena *arena, const char *text, const char **ret_text, inb_error *err) {
    *ret_text = text == NULL ? NULL : inb_arena_text(arena, text, strlen(text));
    return text != NULL && *ret_text == NULL ? no_memory(err) : INB_OK;
}

static inb_status describe(const struct frame *frame, inb_pooling *result, inb_error *err) {
    const inb_histories *histories = frame->histories;
    inb_arena *arena = result->arena;
    size_t columns = histories->group_column_count;
    result->level = frame->options->level;
    result->list_count = frame->lists;
    result->group_column_count = columns;
    result->group_count = frame->known_count;
    result->lists = inb_arena_get(arena, frame->lists, sizeof *result->lists);
    result->deviations = inb_arena_get(arena, frame->lists, sizeof *result->deviations);
    result->group_columns = inb_arena_get(arena, columns + 1, sizeof *result->group_columns);
    result->groups = inb_arena_get(arena, frame->known_count + 1, sizeof *result->groups);
    if (result->lists == NULL || result->deviations == NULL || result->group_columns == NULL ||
        result->groups == NULL) {
        return no_memory(err);
    }
    for (size_t j = 0; j < frame->lists; j++) {
        INB_TRY(copy_text(arena, histories->lists[j], &result->lists[j], err));
    }
    for (size_t c = 0; c < columns; c++) {
        INB_TRY(copy_text(arena, histories->group_columns[c], &result->group_columns[c], err));
    }
    for (size_t k = 0; k < frame->known_count; k++) {
        const inb_history_group *group = &histories->groups[frame->known[k]];
        inb_pooled_group *target = &result->groups[k];
        target->observed = group->observed;
        target->values = inb_arena_get(arena, columns + 1, sizeof *target->values);
        if (target->values == NULL) {
            return no_memory(err);
        }
        for (size_t c = 0; c < columns; c++) {
            INB_TRY(copy_text(arena, group->values[c], &target->values[c], err));
        }
        result->observed += (double)group->observed;
    }
    for (size_t u = 0; u < frame->unknown_count; u++) {
        result->unknown += (double)histories->groups[frame->unknown[u]].observed;
    }
    result->observed += result->unknown;
    return INB_OK;
}

static inb_status name_model(
    const struct frame *frame, const struct bench *bench, inb_pooling *result, inb_error *err) {
    size_t count = bench->pooled->interaction_count;
    result->model = inb_arena_get(result->arena, count + 1, sizeof *result->model);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
    if (result->model == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        inb_set_text(bench->interactions[i], frame->histories->lists, frame->lists, &text);
        INB_TRY(inb_buffer_check(&text, err));
        INB_TRY(copy_text(result->arena, inb_buffer_get(&text), &result->model[i], err));
        inb_buffer_reset(&text);
    }
    result->model_count = count;
    return INB_OK;
}

// People of group k, or of all the others, on two lists or more.
static double overlap_of(const struct frame *frame, const inb_pooled *pooled, size_t k, bool own) {
    double overlap = 0;
    for (size_t i = 0; i < frame->known_count * frame->size; i++) {
        bool several = inb_set_size((inb_list_set)(i % frame->size)) > 1;
        overlap += several && (i / frame->size == k) == own ? pooled->counts[i] : 0;
    }
    return overlap;
}

// Whether the other groups say more of the log of the hidden than the group's own people do. What
// it says itself has about the variance 1 / (people on two lists); what the others say has theirs
// and that of the effects between them.
static bool leans(const struct frame *frame, const inb_pooled *pooled, size_t k) {
    double own = floor(overlap_of(frame, pooled, k, true));
    double others = overlap_of(frame, pooled, k, false);
    double lent = 0;
    for (size_t j = 0; j < frame->lists; j++) {
        lent += pooled->variance[j];
    }
    return !(own > 0) || (others > 0 && 1 / own > lent + 1 / others);
}

static void take_fit(const struct frame *frame, struct bench *bench, inb_pooling *result) {
    inb_pooled *pooled = bench->pooled;
    for (size_t j = 0; j < frame->lists; j++) {
        result->deviations[j] = sqrt(pooled->variance[j]);
    }
    for (size_t k = 0; k < frame->known_count; k++) {
        inb_pooled_group *group = &result->groups[k];
        group->given = !pooled->empty[k];
        if (!group->given) {
            continue;
        }
        group->assigned = fmax(people_of(frame, bench, k) - (double)group->observed, 0);
        group->hidden =
            inb_pooled_hidden(pooled, k, pooled->own + k * (frame->lists + 1), pooled->shared);
        group->estimate = (double)group->observed + group->assigned + group->hidden;
        group->small = leans(frame, pooled, k);
        result->estimate += group->estimate;
    }
}

static inb_status run_replicates(struct frame *frame, inb_pooling *result, inb_error *err) {
    frame->numbers =
        inb_alloc(frame->replicates * (frame->known_count + 1), sizeof *frame->numbers);
    INB_CLEANUP(inb_freep) double *scratch = inb_alloc(frame->replicates, sizeof *scratch);
    if (frame->numbers == NULL || scratch == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_spread_run(
        &frame->spread, "pooled replicates", frame->replicates, do_replicate, frame, err));
    for (size_t k = 0; k < frame->known_count; k++) {
        if (result->groups[k].given) {
            (void)find_limits(frame, k, scratch, &result->groups[k].low, &result->groups[k].high);
        }
    }
    size_t found = find_limits(frame, frame->known_count, scratch, &result->low, &result->high);
    result->replicates = frame->replicates;
    result->failed = frame->replicates - found;
    if (found < 2) {
        result->given = false;
        result->reason = "fewer than two replicates could be fitted";
    }
    return INB_OK;
}

static inb_status pool(struct frame *frame, inb_pooling *result, inb_error *err) {
    INB_TRY(describe(frame, result, err));
    if (frame->known_count < 2 || frame->known_count > INB_POOLING_GROUPS_MOST) {
        result->reason = frame->known_count < 2 ? "there is no second group to pool with"
                                                : "there are more groups than can be pooled";
        return INB_OK;
    }
    frame->benches = inb_alloc(frame->spread.workers, sizeof *frame->benches);
    if (frame->benches == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < frame->spread.workers; i++) {
        INB_TRY(make_bench(frame, &frame->benches[i], err));
    }
    struct bench *bench = &frame->benches[0];
    bool fitted;
    take_counts(frame, bench);
    INB_TRY(choose(frame, bench, &fitted, err));
    if (!fitted) {
        result->reason = "the groups together carry no finite, identified estimate";
        return INB_OK;
    }
    result->given = true;
    take_fit(frame, bench, result);
    INB_TRY(name_model(frame, bench, result, err));
    return run_replicates(frame, result, err);
}

static inb_status sort_groups(struct frame *frame, inb_error *err) {
    const inb_histories *histories = frame->histories;
    frame->known = inb_alloc(histories->group_count, sizeof *frame->known);
    frame->unknown = inb_alloc(histories->group_count, sizeof *frame->unknown);
    frame->given = (inb_terms){frame->lists, inb_alloc(frame->size, sizeof(inb_list_set)), 0};
    if (frame->known == NULL || frame->unknown == NULL || frame->given.terms == NULL) {
        return no_memory(err);
    }
    for (size_t g = 0; g < histories->group_count; g++) {
        bool known = true;
        for (size_t c = 0; c < histories->group_column_count; c++) {
            known = known && histories->groups[g].values[c] != NULL;
        }
        if (known) {
            frame->known[frame->known_count++] = g;
        } else {
            frame->unknown[frame->unknown_count++] = g;
        }
    }
    return frame->options->model == NULL
               ? INB_OK
               : inb_terms_parse(frame->options->model, histories->lists, &frame->given, err);
}

inb_status inb_pooling_run(const inb_histories *histories, const inb_estimate_options *options,
    inb_pooling **ret_pooling, inb_error *err) {
    if (histories->group_column_count == 0) {
        return inb_fail(err, INB_USAGE, "pooling is between groups: name a group column");
    }
    INB_CLEANUP(clear_frame)
    struct frame frame = {.histories = histories,
        .options = options,
        .lists = histories->list_count,
        .size = (size_t)1 << histories->list_count,
        .replicates = options->bootstrap > 1               ? options->bootstrap
                      : histories->list_count > MANY_LISTS ? FEWER_REPLICATES
                                                           : REPLICATES,
        .spread = inb_spread_or_threads(options->spread, options->threads)};
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_pooling *result = inb_arena_get(arena, 1, sizeof *result);
    if (result == NULL) {
        return no_memory(err);
    }
    result->arena = arena;
    INB_TRY(sort_groups(&frame, err));
    INB_TRY(pool(&frame, result, err));
    (void)INB_TAKE(arena);
    *ret_pooling = result;
    return INB_OK;
}

void inb_pooling_free(inb_pooling *pooling) {
    if (pooling != NULL) {
        inb_arena_free(pooling->arena);
    }
}

void inb_pooling_freep(inb_pooling **pooling) {
    inb_pooling_free(*pooling);
    *pooling = NULL;
}
