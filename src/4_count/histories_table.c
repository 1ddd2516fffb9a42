// SPDX-License-Identifier: EUPL-1.2
// Tables of capture histories once they are filled: cells of several kinds added up, the pooled
// table over the groups, and what the lists alone give away (one within another, or nobody on it).

#include <inbeeld/count.h>

#include "base/alloc.h"
#include "histories_i.h"

#include <string.h>

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the histories");
}

bool inb_i_cell_add(inb_cell *cell, unsigned *kinds, const inb_cell *more) {
    *kinds |= 1U << more->kind;
    bool counted = (*kinds & (1U << INB_CELL_COUNTED)) != 0;
    bool censored = (*kinds & (1U << INB_CELL_CENSORED)) != 0;
    bool missing = (*kinds & (1U << INB_CELL_MISSING)) != 0;
    if (counted && (censored || missing)) {
        return false;
    }
    // A cell that cannot occur in one part and is counted in another is counted as a whole.
    cell->kind = missing    ? INB_CELL_MISSING
                 : censored ? INB_CELL_CENSORED
                 : counted  ? INB_CELL_COUNTED
                            : INB_CELL_STRUCTURAL;
    cell->count = missing ? 0 : cell->count + more->count;
    return true;
}

inb_status inb_i_histories_new(const char *name, size_t list_count, size_t group_count,
    inb_arena *arena, inb_histories **ret_histories, inb_error *err) {
    inb_histories *histories = inb_arena_get(arena, 1, sizeof *histories);
    if (histories == NULL) {
        return no_memory(err);
    }
    size_t size = (size_t)1 << list_count;
    histories->name = inb_arena_text(arena, name, strlen(name));
    histories->list_count = list_count;
    histories->lists = inb_arena_get(arena, list_count, sizeof *histories->lists);
    histories->group_count = group_count;
    histories->groups = inb_arena_get(arena, group_count, sizeof *histories->groups);
    histories->pooled.cells = inb_arena_get(arena, size, sizeof(inb_cell));
    if (histories->name == NULL || histories->lists == NULL || histories->groups == NULL ||
        histories->pooled.cells == NULL) {
        return no_memory(err);
    }
    for (size_t g = 0; g < group_count; g++) {
        inb_cell *cells = inb_arena_get(arena, size, sizeof *cells);
        if (cells == NULL) {
            return no_memory(err);
        }
        cells[0].kind = INB_CELL_MISSING;
        histories->groups[g].cells = cells;
    }
    histories->pooled.cells[0].kind = INB_CELL_MISSING;
    *ret_histories = histories;
    return INB_OK;
}

// ---- sums, checks and warnings over the whole table ----

inb_status inb_i_histories_warn(inb_histories *histories, inb_arena *arena, const char *code,
    inb_buffer *text, inb_error *err) {
    INB_TRY(inb_buffer_check(text, err));
    inb_warning *warning = &histories->warnings[histories->warning_count];
    warning->code = code;
    warning->text = inb_arena_text(arena, inb_buffer_get(text), text->length);
    if (warning->text == NULL) {
        return no_memory(err);
    }
    histories->warning_count++;
    inb_buffer_reset(text);
    return INB_OK;
}

// False where a history cannot occur in some groups and can in others.
static bool pool(inb_histories *histories) {
    size_t size = (size_t)1 << histories->list_count;
    histories->has_pooled = true;
    bool alike = true;
    for (size_t h = 1; h < size; h++) {
        unsigned kinds = 0;
        inb_cell *cell = &histories->pooled.cells[h];
        for (size_t g = 0; g < histories->group_count; g++) {
            const inb_cell *more = &histories->groups[g].cells[h];
            // A sampling zero of a group leaves what other groups do not know as it is.
            if (more->kind == INB_CELL_COUNTED && more->count == 0) {
                continue;
            }
            histories->has_pooled = inb_i_cell_add(cell, &kinds, more) && histories->has_pooled;
        }
        size_t structural = 0;
        for (size_t g = 0; g < histories->group_count; g++) {
            structural += histories->groups[g].cells[h].kind == INB_CELL_STRUCTURAL;
        }
        alike = alike && (structural == 0 || structural == histories->group_count);
        if (kinds == 1U << INB_CELL_STRUCTURAL && structural < histories->group_count) {
            cell->kind = INB_CELL_COUNTED;
        }
    }
    return alike;
}

// Observed people per group and in all, and the pooled table; false as pool().
static bool add_up(inb_histories *histories) {
    size_t size = (size_t)1 << histories->list_count;
    for (size_t g = 0; g < histories->group_count; g++) {
        inb_history_group *group = &histories->groups[g];
        for (size_t h = 1; h < size; h++) {
            group->observed += group->cells[h].kind == INB_CELL_COUNTED ? group->cells[h].count : 0;
        }
        histories->pooled.observed += group->observed;
    }
    return pool(histories);
}

// Whether somebody is, or may be, on a history that holds `in` and not `out`.
static bool somebody(const inb_histories *histories, unsigned in, unsigned out) {
    size_t size = (size_t)1 << histories->list_count;
    for (size_t g = 0; g < histories->group_count; g++) {
        for (size_t h = 1; h < size; h++) {
            const inb_cell *cell = &histories->groups[g].cells[h];
            if ((h & in) == in && (h & out) == 0 &&
                (cell->count > 0 || cell->kind == INB_CELL_MISSING)) {
                return true;
            }
        }
    }
    return false;
}

static inb_status warn_nested(
    inb_histories *histories, inb_arena *arena, inb_buffer *text, inb_error *err) {
    for (unsigned a = 0; a < histories->list_count; a++) {
        for (unsigned b = a + 1; b < histories->list_count; b++) {
            const char *name_a = histories->lists[a];
            const char *name_b = histories->lists[b];
            bool a_alone = somebody(histories, 1U << a, 1U << b);
            bool b_alone = somebody(histories, 1U << b, 1U << a);
            if (!a_alone && !b_alone) {
                inb_buffer_format(text,
                    "lists %s and %s hold exactly the same people: one of them adds nothing, and "
                    "they cannot have come about independently",
                    name_a, name_b);
                INB_TRY(inb_i_histories_warn(histories, arena, "identical_lists", text, err));
            } else if (!a_alone || !b_alone) {
                inb_buffer_format(text,
                    "everybody on list %s is also on list %s: if one was made from the other, they "
                    "are not independent",
                    a_alone ? name_b : name_a, a_alone ? name_a : name_b);
                INB_TRY(inb_i_histories_warn(histories, arena, "nested_lists", text, err));
            }
        }
    }
    return INB_OK;
}

inb_status inb_i_histories_finish(inb_histories *histories, inb_arena *arena, size_t room,
    size_t *ret_empty_list, inb_error *err) {
    *ret_empty_list = SIZE_MAX;
    for (size_t j = 0; j < histories->list_count && *ret_empty_list == SIZE_MAX; j++) {
        if (!somebody(histories, 1U << j, 0)) {
            *ret_empty_list = j;
        }
    }
    size_t pairs = histories->list_count * (histories->list_count - 1) / 2;
    histories->warnings = inb_arena_get(arena, room + 1 + pairs, sizeof *histories->warnings);
    if (histories->warnings == NULL) {
        return no_memory(err);
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 16);
    if (!add_up(histories)) {
        inb_buffer_text(&text, INB_I_PARTLY_STRUCTURAL);
        INB_TRY(inb_i_histories_warn(histories, arena, "partly_structural", &text, err));
    }
    return warn_nested(histories, arena, &text, err);
}

// ---- a table by hand ----

static inb_status from_counts(const char *const *lists, size_t list_count, const int64_t *counts,
    inb_arena **arena, inb_histories **ret_histories, inb_error *err) {
    inb_histories *histories;
    INB_TRY(inb_i_histories_new("table", list_count, 1, *arena, &histories, err));
    for (size_t j = 0; j < list_count; j++) {
        histories->lists[j] = inb_arena_text(*arena, lists[j], strlen(lists[j]));
        if (histories->lists[j] == NULL) {
            return no_memory(err);
        }
    }
    int64_t people = 0;
    for (size_t h = 1; h < (size_t)1 << list_count; h++) {
        if (counts[h] < 0 || counts[h] > INB_I_MOST_PEOPLE - people) {
            return inb_fail(err, INB_BAD_INPUT,
                "history %zu: found a negative or huge count, expected people", h);
        }
        people += counts[h];
        histories->groups[0].cells[h].count = counts[h];
    }
    size_t empty_list;
    INB_TRY(inb_i_histories_finish(histories, *arena, 0, &empty_list, err));
    if (empty_list != SIZE_MAX) {
        return inb_fail(err, INB_BAD_INPUT,
            "list %zu: found nobody on it, expected at least one person", empty_list + 1);
    }
    histories->arena = INB_TAKE(*arena);
    *ret_histories = histories;
    return INB_OK;
}

inb_status inb_histories_from_counts(const char *const *lists, size_t list_count,
    const int64_t *counts, inb_histories **ret_histories, inb_error *err) {
    if (list_count < INB_LISTS_LEAST || list_count > INB_LISTS_MOST) {
        return inb_fail(err, INB_BAD_INPUT, "found %zu lists, expected %d to %d", list_count,
            INB_LISTS_LEAST, INB_LISTS_MOST);
    }
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    return from_counts(lists, list_count, counts, &arena, ret_histories, err);
}

void inb_histories_free(inb_histories *histories) {
    if (histories != NULL) {
        inb_arena_free(histories->arena);
    }
}

void inb_histories_freep(inb_histories **histories) {
    inb_histories_free(*histories);
    *histories = NULL;
}
