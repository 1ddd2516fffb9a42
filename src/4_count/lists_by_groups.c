// SPDX-License-Identifier: EUPL-1.2
// The chosen model over lists and groups as figures: N of each group and of all with the interval
// that takes the model as given, or with replicates in which it is chosen anew (Efron's BCa limits;
// the total is the sum of the groups within a replicate).

#include <inbeeld/pooling.h>
#include <inbeeld/spread.h>

#include "base/alloc.h"
#include "bootstrap.h"
#include "group_model.h"
#include "math/binomial.h"
#include "math/normal.h"

#include <math.h>
#include <string.h>

enum {
    MOST_WORK = 1000000,  // cells of all groups times lists and pairs: a second or two
    MOST_DRAWN = 30000000 // the same times replicates: a minute
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for a model over groups");
}

struct frame {
    const inb_histories *histories;
    const inb_estimate_options *options;
    size_t lists;
    size_t size;
    size_t groups;
    size_t leaves;           // histories with people, one jackknife value each
    size_t *leave_cell;      // [leaves] group * size + history
    inb_group_choice chosen; // on the table itself; pairs borrowed from the result
    inb_spread spread;
    inb_group_room **rooms; // [workers]
    int64_t **drawn;        // [workers][size]
    double **weights;       // [workers][size]
    double *numbers;        // [replicates + leaves][groups + 1] N of each group, then of all
};

static void clear_frame(struct frame *frame) {
    for (size_t i = 0; i < frame->spread.workers; i++) {
        if (frame->rooms != NULL) {
            inb_group_room_freep(&frame->rooms[i]);
        }
        if (frame->drawn != NULL) {
            inb_free(frame->drawn[i]);
        }
        if (frame->weights != NULL) {
            inb_free(frame->weights[i]);
        }
    }
    inb_free(frame->rooms);
    inb_free(frame->drawn);
    inb_free(frame->weights);
    inb_free(frame->leave_cell);
    inb_free(frame->numbers);
}

static bool is_counted(inb_cell cell, size_t h) {
    return h > 0 && cell.kind == INB_CELL_COUNTED;
}

static void take_counts(const struct frame *frame, inb_group_room *room) {
    for (size_t g = 0; g < frame->groups; g++) {
        const inb_cell *cells = frame->histories->groups[g].cells;
        room->pooled->cells[g] = cells;
        for (size_t h = 0; h < frame->size; h++) {
            room->pooled->counts[g * frame->size + h] =
                is_counted(cells[h], h) ? (double)cells[h].count : 0;
        }
    }
}

static void draw_counts(const struct frame *frame, size_t worker, inb_rng *rng) {
    double *weights = frame->weights[worker];
    int64_t *drawn = frame->drawn[worker];
    double *counts = frame->rooms[worker]->pooled->counts;
    for (size_t g = 0; g < frame->groups; g++) {
        const inb_history_group *group = &frame->histories->groups[g];
        for (size_t h = 0; h < frame->size; h++) {
            weights[h] = is_counted(group->cells[h], h) ? (double)group->cells[h].count : 0;
        }
        inb_multinomial_draw(rng, group->observed, weights, frame->size, drawn);
        for (size_t h = 0; h < frame->size; h++) {
            counts[g * frame->size + h] = weights[h] > 0 ? (double)drawn[h] : 0;
        }
    }
}

// N of every group on the counts of a room, NAN where there is none.
static inb_status number(const struct frame *frame, inb_group_room *room,
    const inb_group_choice *start, double *numbers, inb_error *err) {
    INB_TRY(inb_group_choose(room, start, err));
    numbers[frame->groups] = 0;
    for (size_t g = 0; g < frame->groups; g++) {
        numbers[g] = room->choice.fitted ? inb_group_hidden(room, g) : NAN;
        for (size_t h = 1; h < frame->size; h++) {
            numbers[g] += room->pooled->counts[g * frame->size + h];
        }
        numbers[frame->groups] += numbers[g];
    }
    return INB_OK;
}

static inb_status do_piece(void *context, size_t worker, size_t piece, inb_error *err) {
    struct frame *frame = context;
    inb_group_room *room = frame->rooms[worker];
    const inb_group_choice *start = NULL; // one person less: from what all together chose
    if (piece < frame->options->bootstrap) {
        inb_rng rng = inb_rng_make(frame->options->seed, (UINT64_C(5) << 60) + piece);
        draw_counts(frame, worker, &rng);
    } else {
        take_counts(frame, room);
        room->pooled->counts[frame->leave_cell[piece - frame->options->bootstrap]] -= 1;
        start = &frame->chosen;
    }
    return number(frame, room, start, frame->numbers + piece * (frame->groups + 1), err);
}

static inb_status find_leaves(struct frame *frame, inb_error *err) {
    frame->leave_cell = inb_alloc(frame->groups * frame->size, sizeof *frame->leave_cell);
    if (frame->leave_cell == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < frame->groups * frame->size; i++) {
        inb_cell cell = frame->histories->groups[i / frame->size].cells[i % frame->size];
        if (is_counted(cell, i % frame->size) && cell.count > 0) {
            frame->leave_cell[frame->leaves++] = i;
        }
    }
    return INB_OK;
}

// Limits of the groups and of all from the replicates.
static inb_status draw(struct frame *frame, inb_group_model *result, inb_error *err) {
    INB_TRY(find_leaves(frame, err));
    size_t replicates = frame->options->bootstrap;
    size_t pieces = replicates + frame->leaves;
    size_t columns = frame->groups + 1;
    frame->numbers = inb_alloc(pieces * columns, sizeof *frame->numbers);
    INB_CLEANUP(inb_freep) double *values = inb_alloc(replicates, sizeof *values);
    INB_CLEANUP(inb_freep)
    inb_jackknife *leave = inb_alloc(frame->leaves, sizeof *leave);
    if (frame->numbers == NULL || values == NULL || leave == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_spread_run(&frame->spread, "replicates by groups", pieces, do_piece, frame, err));
    for (size_t k = 0; k < columns; k++) {
        inb_group_figure *figure = k < frame->groups ? &result->groups[k] : &result->total;
        if (!figure->given) {
            continue;
        }
        for (size_t r = 0; r < replicates; r++) {
            values[r] = frame->numbers[r * columns + k];
        }
        for (size_t i = 0; i < frame->leaves; i++) {
            size_t cell = frame->leave_cell[i];
            leave[i] = (inb_jackknife){frame->numbers[(replicates + i) * columns + k],
                (double)frame->histories->groups[cell / frame->size]
                    .cells[cell % frame->size]
                    .count};
        }
        inb_bca bca = inb_bca_limits(
            values, replicates, figure->estimate, leave, frame->leaves, frame->options->level);
        if (!bca.given) {
            result->given = false;
            result->reason = "fewer than two replicates could be fitted";
            return INB_OK;
        }
        figure->low = bca.low;
        figure->high = bca.high;
        result->failed = k == frame->groups ? bca.failed : result->failed;
    }
    result->kind = INB_INTERVAL_BCA;
    result->replicates = replicates;
    return INB_OK;
}

// Whether nobody of group g is on two lists.
static bool has_no_overlap(const struct frame *frame, const inb_group_room *room, size_t g) {
    for (size_t h = 3; h < frame->size; h++) {
        if (inb_set_size((inb_list_set)h) > 1 && room->pooled->counts[g * frame->size + h] > 0) {
            return false;
        }
    }
    return true;
}

static void take_figures(const struct frame *frame, inb_group_room *room, inb_group_model *result) {
    double z = inb_normal_quantile(0.5 + frame->options->level / 2);
    for (size_t g = 0; g <= frame->groups; g++) {
        bool all = g == frame->groups;
        inb_group_figure *figure = all ? &result->total : &result->groups[g];
        figure->given = all || !room->pooled->empty[g];
        if (!figure->given) {
            continue;
        }
        if (!all) {
            figure->observed = frame->histories->groups[g].observed;
            figure->hidden = inb_group_hidden(room, g);
            figure->small = has_no_overlap(frame, room, g);
            result->total.observed += figure->observed;
            result->total.hidden += figure->hidden;
        }
        double reach = exp(z * inb_group_se(room, g));
        figure->estimate = (double)figure->observed + figure->hidden;
        figure->low = (double)figure->observed + figure->hidden / reach;
        figure->high = (double)figure->observed + figure->hidden * reach;
    }
}

static inb_status make_rooms(struct frame *frame, inb_error *err) {
    size_t workers = frame->spread.workers;
    frame->rooms = inb_alloc(workers, sizeof *frame->rooms);
    frame->drawn = inb_alloc(workers, sizeof *frame->drawn);
    frame->weights = inb_alloc(workers, sizeof *frame->weights);
    if (frame->rooms == NULL || frame->drawn == NULL || frame->weights == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < workers; i++) {
        frame->drawn[i] = inb_alloc(frame->size, sizeof *frame->drawn[i]);
        frame->weights[i] = inb_alloc(frame->size, sizeof *frame->weights[i]);
        if (frame->drawn[i] == NULL || frame->weights[i] == NULL) {
            return no_memory(err);
        }
        INB_TRY(inb_group_room_new(frame->lists, frame->groups, &frame->rooms[i], err));
        take_counts(frame, frame->rooms[i]);
    }
    return INB_OK;
}

static double work_of(const struct frame *frame) {
    double terms = (double)(frame->lists * (frame->lists + 1)) / 2;
    return (double)(frame->groups * frame->size) * terms;
}

// Why there can be no such model, or NULL.
static const char *find_reason(const struct frame *frame) {
    const inb_histories *histories = frame->histories;
    if (frame->groups < 2) {
        return "there is no second group";
    }
    for (size_t g = 0; g < frame->groups; g++) {
        for (size_t c = 0; c < histories->group_column_count; c++) {
            if (histories->groups[g].values[c] == NULL && histories->groups[g].observed > 0) {
                return "some people have no group value; partial pooling shares them out";
            }
        }
    }
    return work_of(frame) > MOST_WORK ? "there are too many lists and groups for the search" : NULL;
}

static inb_status model(struct frame *frame, inb_group_model *result, inb_error *err) {
    result->level = frame->options->level;
    result->group_count = frame->groups;
    result->groups = inb_arena_get(result->arena, frame->groups, sizeof *result->groups);
    result->pairs = inb_arena_get(result->arena, frame->size, sizeof *result->pairs);
    if (result->groups == NULL || result->pairs == NULL) {
        return no_memory(err);
    }
    result->reason = find_reason(frame);
    if (result->reason != NULL) {
        return INB_OK;
    }
    INB_TRY(make_rooms(frame, err));
    inb_group_room *room = frame->rooms[0];
    INB_TRY(inb_group_choose(room, NULL, err));
    if (!room->choice.fitted) {
        result->reason = "the groups together carry no finite, identified estimate";
        return INB_OK;
    }
    result->given = true;
    result->apart = room->choice.apart;
    result->pair_count = room->choice.pair_count;
    memcpy(result->pairs, room->choice.pairs, result->pair_count * sizeof *result->pairs);
    result->criterion = room->choice.criterion;
    take_figures(frame, room, result);
    frame->chosen = room->choice;
    frame->chosen.pairs = result->pairs;
    double replicates = (double)frame->options->bootstrap;
    return replicates > 1 && replicates * work_of(frame) <= MOST_DRAWN ? draw(frame, result, err)
                                                                       : INB_OK;
}

inb_status inb_group_model_run(const inb_histories *histories, const inb_estimate_options *options,
    inb_group_model **ret_model, inb_error *err) {
    if (histories->group_column_count == 0) {
        return inb_fail(err, INB_USAGE, "a model over groups: name a group column");
    }
    INB_CLEANUP(clear_frame)
    struct frame frame = {.histories = histories,
        .options = options,
        .lists = histories->list_count,
        .size = (size_t)1 << histories->list_count,
        .groups = histories->group_count,
        .spread = inb_spread_or_threads(options->spread, options->threads)};
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_group_model *result = inb_arena_get(arena, 1, sizeof *result);
    if (result == NULL) {
        return no_memory(err);
    }
    result->arena = arena;
    INB_TRY(model(&frame, result, err));
    (void)INB_TAKE(arena);
    *ret_model = result;
    return INB_OK;
}

void inb_group_model_free(inb_group_model *model) {
    if (model != NULL) {
        inb_arena_free(model->arena);
    }
}

void inb_group_model_freep(inb_group_model **model) {
    inb_group_model_free(*model);
    *model = NULL;
}
