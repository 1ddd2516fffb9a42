// SPDX-License-Identifier: EUPL-1.2
// The picture of linked lists: everybody, and each value of each group column, with who is seen
// once and more often and the number that remains hidden.

#include <inbeeld/draws.h>

#include "hide.h"

#include "base/alloc.h"

#include <string.h>

enum { GROUPS_MOST = 500 };

void inb_lists_overview_free(inb_lists_overview *lists) {
    if (lists != NULL) {
        inb_histories_free(lists->histories);
        inb_arena_free(lists->arena);
    }
}

void inb_lists_overview_freep(inb_lists_overview **lists) {
    inb_lists_overview_free(*lists);
    *lists = NULL;
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
}

struct making {
    const inb_lists_input *input;
    inb_lists_overview *lists;
    inb_histories **draws; // [draw_count]
    int64_t *full;         // [1 << list_count], of the group at hand
    int64_t *tables;       // [draw_count][1 << list_count]
};

static void making_clear(struct making *making) {
    for (size_t k = 0; making->draws != NULL && k < making->input->draw_count; k++) {
        inb_histories_free(making->draws[k]);
    }
    inb_free(making->draws);
    inb_free(making->full);
    inb_free(making->tables);
    inb_lists_overview_free(making->lists);
}

static bool same(const char *a, const char *b) {
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

// column SIZE_MAX = everybody.
static void add_up(const inb_histories *histories, size_t column, const char *value, int64_t *sum) {
    size_t size = (size_t)1 << histories->list_count;
    memset(sum, 0, size * sizeof *sum);
    for (size_t g = 0; g < histories->group_count; g++) {
        const inb_history_group *group = &histories->groups[g];
        bool in = column == SIZE_MAX || same(group->values[column], value);
        for (size_t h = 1; in && h < size; h++) {
            sum[h] += group->cells[h].count;
        }
    }
}

static inb_status add_group(
    struct making *making, size_t column, const char *value, inb_error *err) {
    const inb_histories *histories = making->lists->histories;
    size_t size = (size_t)1 << histories->list_count;
    inb_lists_group *group = &making->lists->groups[making->lists->group_count];
    *group =
        (inb_lists_group){.column = column == SIZE_MAX ? NULL : histories->group_columns[column],
            .value = value == NULL ? "" : value};
    add_up(histories, column, value, making->full);
    for (size_t h = 1; h < size; h++) {
        int on = __builtin_popcountll(h);
        group->persons += making->full[h];
        group->seen_once += on == 1 ? making->full[h] : 0;
        group->seen_twice += on == 2 ? making->full[h] : 0;
        group->seen_more += on > 2 ? making->full[h] : 0;
    }
    for (size_t k = 0; k < making->input->draw_count; k++) {
        add_up(making->draws[k], column, value, making->tables + k * size);
    }
    const inb_i_hide_input input = {.lists = histories->list_count,
        .names = histories->lists,
        .full = making->full,
        .draw_count = making->input->draw_count,
        .draws = making->tables,
        .linked = true,
        .options = making->input->options};
    INB_TRY(inb_i_hide(&input, &group->hidden, err));
    making->lists->group_count++;
    return INB_OK;
}

// Each value of the column, in the order in which the histories have them.
static inb_status add_column(struct making *making, size_t column, inb_error *err) {
    const inb_histories *histories = making->lists->histories;
    for (size_t g = 0; g < histories->group_count; g++) {
        const char *value = histories->groups[g].values[column];
        bool before = false;
        for (size_t i = 0; i < g; i++) {
            before = before || same(histories->groups[i].values[column], value);
        }
        if (before) {
            continue;
        }
        if (making->lists->group_count == GROUPS_MOST) {
            return inb_fail(err, INB_TOO_LARGE,
                "column '%.60s': found more values than a picture can show (%d), expected few: a "
                "column of names or dates is no group",
                histories->group_columns[column], GROUPS_MOST);
        }
        INB_TRY(add_group(making, column, value, err));
    }
    return INB_OK;
}

static inb_status prepare(struct making *making, inb_error *err) {
    const inb_lists_input *input = making->input;
    inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_lists_overview *lists = inb_arena_get(arena, 1, sizeof *lists);
    inb_lists_group *groups = inb_arena_get(arena, GROUPS_MOST, sizeof *groups);
    if (lists == NULL || groups == NULL) {
        inb_arena_free(arena);
        return no_memory(err);
    }
    *lists = (inb_lists_overview){.arena = arena, .groups = groups};
    making->lists = lists;
    INB_TRY(inb_histories_read_memory("histories", input->histories, strlen(input->histories),
        input->columns, input->column_count, &lists->histories, err));
    size_t size = (size_t)1 << lists->histories->list_count;
    making->draws = inb_alloc(input->draw_count + 1, sizeof(inb_histories *));
    making->full = inb_alloc(size, sizeof *making->full);
    making->tables = inb_alloc(input->draw_count * size + 1, sizeof *making->tables);
    if (making->draws == NULL || making->full == NULL || making->tables == NULL) {
        return no_memory(err);
    }
    for (size_t k = 0; k < input->draw_count; k++) {
        INB_TRY(inb_histories_read_memory("draw", input->draws[k], strlen(input->draws[k]),
            input->columns, input->column_count, &making->draws[k], err));
    }
    return INB_OK;
}

inb_status inb_lists_overview_make(
    const inb_lists_input *input, inb_lists_overview **ret_lists, inb_error *err) {
    INB_CLEANUP(making_clear) struct making making = {.input = input};
    INB_TRY(prepare(&making, err));
    INB_TRY(add_group(&making, SIZE_MAX, NULL, err));
    for (size_t c = 0; c < input->column_count; c++) {
        INB_TRY(add_column(&making, c, err));
    }
    *ret_lists = making.lists;
    making.lists = NULL;
    return INB_OK;
}
