// SPDX-License-Identifier: EUPL-1.2
// The number that remains hidden, for all persons of an overview and for each age class, sex and
// form: the histories of the group, over the groups of sources that saw anybody of it, to an
// estimate, with what the linkage leaves open where there are draws of it (draws.h).

#include <inbeeld/draws.h>
#include <inbeeld/overview.h>

#include "base/alloc.h"

enum { HISTORIES = 1 << INB_SOURCE_GROUP_COUNT, REPLICATES_A_DRAW = 10 };

void inb_overview_draws_clear(inb_overview_draws *draws) {
    inb_free(draws->tables);
    *draws = (inb_overview_draws)INB_OVERVIEW_DRAWS_INIT;
}

// Which part of a table: -1 = all of that kind; a form stands by itself.
struct part {
    int age;
    int sex;
    int form;
};

static void add_up(const inb_overview_table *table, struct part part, int64_t sum[HISTORIES]) {
    for (size_t history = 1; history < HISTORIES; history++) {
        sum[history] = part.form >= 0 ? table->of_form[part.form][history] : 0;
        for (int age = 0; part.form < 0 && age < INB_AGE_CLASS_COUNT; age++) {
            for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
                bool in = (part.age < 0 || part.age == age) && (part.sex < 0 || part.sex == sex);
                sum[history] += in ? table->histories[age][sex][history] : 0;
            }
        }
    }
}

// Without the sources that saw nobody of the group.
static void pack(const int64_t full[HISTORIES], const int *place, int64_t packed[HISTORIES]) {
    for (size_t history = 1; history < HISTORIES; history++) {
        size_t to = 0;
        for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
            if (place[i] >= 0) {
                to |= (history >> i & 1) << place[i];
            }
        }
        packed[to] += full[history];
    }
}

struct hiding {
    const inb_overview *overview;
    const inb_overview_draws *draws; // NULL = none
    const inb_estimate_options *options;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the draws of the picture");
}

// The draws of one part as station 4 takes them. A draw may hold people of a list that saw nobody
// of the part as made; of those that list is left out.
static inb_status draw_part(const struct hiding *hiding, struct part part, const int *place,
    size_t lists, inb_draws **ret_draws, inb_error *err) {
    size_t count = hiding->draws->count;
    size_t size = (size_t)1 << lists;
    inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_draws *draws = inb_arena_get(arena, 1, sizeof *draws);
    const inb_cell **tables = inb_arena_get(arena, count, sizeof *tables);
    int64_t *observed = inb_arena_get(arena, count, sizeof *observed);
    inb_cell *cells = inb_arena_get(arena, count * size, sizeof *cells);
    if (draws == NULL || tables == NULL || observed == NULL || cells == NULL) {
        inb_arena_free(arena);
        return no_memory(err);
    }
    for (size_t k = 0; k < count; k++) {
        int64_t full[HISTORIES] = {0};
        int64_t packed[HISTORIES] = {0};
        add_up(&hiding->draws->tables[k], part, full);
        pack(full, place, packed);
        tables[k] = cells + k * size;
        observed[k] = 0;
        cells[k * size] = (inb_cell){.kind = INB_CELL_MISSING};
        for (size_t history = 1; history < size; history++) {
            cells[k * size + history] =
                (inb_cell){.count = packed[history], .kind = INB_CELL_COUNTED};
            observed[k] += packed[history];
        }
    }
    *draws = (inb_draws){.arena = arena,
        .list_count = lists,
        .count = count,
        .group_count = 1,
        .tables = tables,
        .observed = observed};
    *ret_draws = draws;
    return INB_OK;
}

static void take(const inb_estimate *found, inb_hidden *hidden) {
    const inb_figures *total = &found->total;
    hidden->has_estimate = total->has_estimate && total->has_interval;
    hidden->mixture = total->has_mixture && total->interval.kind == INB_INTERVAL_MIXTURE;
    // One number with its own interval: over the draws, both (docs/decisions/0018).
    hidden->estimate = hidden->mixture ? total->mixture.estimate : total->estimate;
    hidden->low = total->interval.low;
    hidden->high = total->interval.high;
    hidden->headline = found->headline.given;
    hidden->range_low = found->headline.low;
    hidden->range_high = found->headline.high;
}

static inb_status estimate(
    const struct hiding *hiding, struct part part, inb_hidden *ret_hidden, inb_error *err) {
    int place[INB_SOURCE_GROUP_COUNT];
    const char *names[INB_SOURCE_GROUP_COUNT];
    size_t lists = 0;
    inb_hidden hidden = {.observed = 0};
    int64_t full[HISTORIES] = {0};
    add_up(&hiding->overview->seen, part, full);
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        int64_t seen = 0;
        for (size_t history = 1; history < HISTORIES; history++) {
            seen += (history >> i & 1) != 0 ? full[history] : 0;
        }
        place[i] = seen > 0 ? (int)lists : -1;
        if (seen > 0) {
            names[lists++] = inb_source_group_code((inb_source_group)i);
        }
    }
    int64_t counts[HISTORIES] = {0};
    pack(full, place, counts);
    for (size_t history = 1; history < HISTORIES; history++) {
        hidden.observed += full[history];
    }
    hidden.lists = lists;
    if (hiding->overview->linked && lists >= INB_LISTS_LEAST) {
        inb_estimate_options options = *hiding->options;
        INB_CLEANUP(inb_draws_freep) inb_draws *draws = NULL;
        INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
        INB_CLEANUP(inb_estimate_freep) inb_estimate *found = NULL;
        if (hiding->draws != NULL && hiding->draws->count >= INB_DRAWS_LEAST) {
            INB_TRY(draw_part(hiding, part, place, lists, &draws, err));
            options.draws = draws;
            options.bootstrap =
                options.bootstrap > 0 ? options.bootstrap : REPLICATES_A_DRAW * draws->count;
        }
        INB_TRY(inb_histories_from_counts(names, lists, counts, &histories, err));
        INB_TRY(inb_estimate_run(histories, &options, &found, err));
        take(found, &hidden);
    }
    *ret_hidden = hidden;
    return INB_OK;
}

inb_status inb_overview_hidden(const inb_overview *overview, const inb_overview_draws *draws,
    const inb_estimate_options *options, inb_overview_estimates *ret_estimates, inb_error *err) {
    const struct hiding hiding = {overview, draws, options};
    inb_overview_estimates estimates;
    INB_TRY(estimate(&hiding, (struct part){-1, -1, -1}, &estimates.all, err));
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        INB_TRY(estimate(&hiding, (struct part){age, -1, -1}, &estimates.by_age[age], err));
    }
    for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
        INB_TRY(estimate(&hiding, (struct part){-1, sex, -1}, &estimates.by_sex[sex], err));
    }
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        INB_TRY(estimate(&hiding, (struct part){-1, -1, form}, &estimates.of_form[form], err));
    }
    *ret_estimates = estimates;
    return INB_OK;
}
