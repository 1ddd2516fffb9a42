// SPDX-License-Identifier: EUPL-1.2
// The number that remains hidden of one table: without the lists that saw nobody of it, by the
// asked method, and with what the linkage leaves open where there are draws of it (draws.h).

#include "hide.h"

#include <inbeeld/draws.h>

#include "base/alloc.h"

enum { REPLICATES_A_DRAW = 10 };

struct packing {
    size_t lists;
    const char *names[INB_LISTS_MOST];
    int place[INB_LISTS_MOST]; // -1 = saw nobody
};

static struct packing find_lists(const inb_i_hide_input *input) {
    struct packing packing = {.lists = 0};
    for (size_t i = 0; i < input->lists; i++) {
        int64_t seen = 0;
        for (size_t h = 1; h < (size_t)1 << input->lists; h++) {
            seen += (h >> i & 1) != 0 ? input->full[h] : 0;
        }
        packing.place[i] = seen > 0 ? (int)packing.lists : -1;
        if (seen > 0) {
            packing.names[packing.lists++] = input->names[i];
        }
    }
    return packing;
}

static size_t pack(const inb_i_hide_input *input, const struct packing *packing, size_t history) {
    size_t to = 0;
    for (size_t i = 0; i < input->lists; i++) {
        if (packing->place[i] >= 0) {
            to |= (history >> i & 1) << packing->place[i];
        }
    }
    return to;
}

// A draw may hold people of a list that saw nobody of the table as made; there that list is left
// out.
static inb_status pack_draws(const inb_i_hide_input *input, const struct packing *packing,
    inb_draws **ret_draws, inb_error *err) {
    size_t count = input->draw_count;
    size_t size = (size_t)1 << packing->lists;
    inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_draws *draws = inb_arena_get(arena, 1, sizeof *draws);
    const inb_cell **tables = inb_arena_get(arena, count, sizeof *tables);
    int64_t *observed = inb_arena_get(arena, count, sizeof *observed);
    inb_cell *cells = inb_arena_get(arena, count * size, sizeof *cells);
    if (draws == NULL || tables == NULL || observed == NULL || cells == NULL) {
        inb_arena_free(arena);
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the draws of the picture");
    }
    for (size_t k = 0; k < count; k++) {
        const int64_t *full = input->draws + k * ((size_t)1 << input->lists);
        inb_cell *mine = cells + k * size;
        for (size_t h = 0; h < size; h++) {
            mine[h] = (inb_cell){.kind = h == 0 ? INB_CELL_MISSING : INB_CELL_COUNTED};
        }
        tables[k] = mine;
        observed[k] = 0;
        for (size_t h = 1; h < (size_t)1 << input->lists; h++) {
            size_t to = pack(input, packing, h);
            mine[to].count += to == 0 ? 0 : full[h];
            observed[k] += to == 0 ? 0 : full[h];
        }
    }
    *draws = (inb_draws){.arena = arena,
        .list_count = packing->lists,
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

static inb_status estimate(const inb_i_hide_input *input, const struct packing *packing,
    inb_hidden *hidden, inb_error *err) {
    INB_CLEANUP(inb_freep) int64_t *counts = inb_alloc((size_t)1 << packing->lists, sizeof *counts);
    INB_CLEANUP(inb_draws_freep) inb_draws *draws = NULL;
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    INB_CLEANUP(inb_estimate_freep) inb_estimate *found = NULL;
    inb_estimate_options options = *input->options;
    if (counts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
    }
    for (size_t h = 1; h < (size_t)1 << input->lists; h++) {
        counts[pack(input, packing, h)] += input->full[h];
    }
    if (input->draw_count >= INB_DRAWS_LEAST) {
        INB_TRY(pack_draws(input, packing, &draws, err));
        options.draws = draws;
        options.bootstrap =
            options.bootstrap > 0 ? options.bootstrap : REPLICATES_A_DRAW * draws->count;
    }
    INB_TRY(inb_histories_from_counts(packing->names, packing->lists, counts, &histories, err));
    INB_TRY(inb_estimate_run(histories, &options, &found, err));
    take(found, hidden);
    return INB_OK;
}

inb_status inb_i_hide(const inb_i_hide_input *input, inb_hidden *ret_hidden, inb_error *err) {
    struct packing packing = find_lists(input);
    inb_hidden hidden = {.lists = packing.lists};
    for (size_t h = 1; h < (size_t)1 << input->lists; h++) {
        hidden.observed += input->full[h];
    }
    if (input->linked && packing.lists >= INB_LISTS_LEAST) {
        INB_TRY(estimate(input, &packing, &hidden, err));
    }
    *ret_hidden = hidden;
    return INB_OK;
}
