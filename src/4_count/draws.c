// SPDX-License-Identifier: EUPL-1.2
// Reads what `inbeeld link --draws` writes: numbered histories, which must speak of the same lists,
// groups and kinds of cells as the table they stand beside, so that replicates of them mix. The
// limits of the mixture are mixture.c's.

#include <inbeeld/draws.h>

#include "base/alloc.h"
#include "link_rates.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <string.h>

enum { MOST_PATH = 1 << 16 };

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the draws");
}

// ---- the folder ----

// The number in histories_0001.csv; 0 where the name is another.
static size_t number_of(const char *name) {
    static const char before[] = "histories_";
    if (strncmp(name, before, sizeof before - 1) != 0) {
        return 0;
    }
    const char *digits = name + sizeof before - 1;
    size_t number = 0;
    size_t length = 0;
    for (; isdigit((unsigned char)digits[length]) && length < 6; length++) {
        number = number * 10 + (size_t)(digits[length] - '0');
    }
    bool padded = length == 4 || (length > 4 && digits[0] != '0');
    return padded && strcmp(digits + length, ".csv") == 0 ? number : 0;
}

static void close_folder(DIR **folder) {
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

static inb_status count_files(
    const char *directory, size_t *ret_count, bool *ret_rates, inb_error *err) {
    INB_CLEANUP(close_folder) DIR *folder = opendir(directory);
    if (folder == NULL) {
        return inb_fail(err, errno == ENOMEM ? INB_NO_MEMORY : INB_BAD_INPUT,
            "%s: cannot be read: %s", directory, strerror(errno));
    }
    size_t count = 0;
    size_t last = 0;
    bool rates = false;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t number = number_of(entry->d_name);
        count += number > 0;
        last = number > last ? number : last;
        rates = rates || strcmp(entry->d_name, "rates.json") == 0;
    }
    if (count < INB_DRAWS_LEAST) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found %zu draws, expected at least %d files histories_0001.csv, "
            "histories_0002.csv "
            "and so on",
            directory, count, INB_DRAWS_LEAST);
    }
    if (count > INB_DRAWS_MOST) {
        return inb_fail(err, INB_TOO_LARGE, "%s: found %zu draws, expected at most %d", directory,
            count, INB_DRAWS_MOST);
    }
    if (last != count) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found %zu draws of which the last is number %zu, expected numbers without a gap",
            directory, count, last);
    }
    *ret_count = count;
    *ret_rates = rates;
    return INB_OK;
}

// ---- one draw ----

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static inb_status check_lists(
    const inb_histories *like, const inb_histories *draw, inb_error *err) {
    if (draw->list_count != like->list_count) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found %zu lists, expected the %zu lists of %s: every draw has the same ones",
            draw->name, draw->list_count, like->list_count, like->name);
    }
    for (size_t j = 0; j < like->list_count; j++) {
        if (strcmp(draw->lists[j], like->lists[j]) != 0) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:1:1: found list '%.40s' in place %zu, expected '%.40s' as in %s: every draw "
                "has "
                "the same lists in the same order",
                draw->name, draw->lists[j], j + 1, like->lists[j], like->name);
        }
    }
    return INB_OK;
}

// The group of `draw` with the values of group g of `like`; NULL where it has none.
static const inb_history_group *find_group(
    const inb_histories *like, size_t g, const inb_histories *draw) {
    for (size_t i = 0; i < draw->group_count; i++) {
        bool same = true;
        for (size_t c = 0; c < like->group_column_count; c++) {
            same = same && same_text(draw->groups[i].values[c], like->groups[g].values[c]);
        }
        if (same) {
            return &draw->groups[i];
        }
    }
    return NULL;
}

static inb_status take_draw(inb_draws *draws, const inb_histories *like, size_t k,
    const inb_histories *draw, inb_error *err) {
    size_t size = (size_t)1 << like->list_count;
    INB_TRY(check_lists(like, draw, err));
    if (draw->group_count != like->group_count) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found %zu groups, expected the %zu of %s: every draw has the same groups",
            draw->name, draw->group_count, like->group_count, like->name);
    }
    for (size_t g = 0; g < like->group_count; g++) {
        const inb_history_group *group = find_group(like, g, draw);
        if (group == NULL) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:1:1: group %zu of %s is not there: every draw has the same groups", draw->name,
                g + 1, like->name);
        }
        for (size_t h = 1; h < size; h++) {
            if (group->cells[h].kind != like->groups[g].cells[h].kind) {
                return inb_fail(err, INB_BAD_INPUT,
                    "%s:1:1: a history that is counted in one of this file and %s is missing, "
                    "censored or impossible in the other",
                    draw->name, like->name);
            }
        }
        inb_cell *cells = inb_arena_get(draws->arena, size, sizeof *cells);
        if (cells == NULL) {
            return no_memory(err);
        }
        memcpy(cells, group->cells, size * sizeof *cells);
        draws->tables[k * like->group_count + g] = cells;
        draws->observed[k * like->group_count + g] = group->observed;
    }
    return INB_OK;
}

static inb_status read_draw(
    inb_draws *draws, const char *directory, const inb_histories *like, size_t k, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(MOST_PATH);
    INB_CLEANUP(inb_histories_freep) inb_histories *draw = NULL;
    inb_buffer_format(&path, "%s/histories_%04zu.csv", directory, k + 1);
    INB_TRY(inb_buffer_check(&path, err));
    INB_TRY(inb_histories_read(
        inb_buffer_get(&path), like->group_columns, like->group_column_count, &draw, err));
    return take_draw(draws, like, k, draw, err);
}

static void clear_arena(inb_arena **arena) {
    inb_arena_free(*arena);
}

inb_status inb_draws_read(
    const char *directory, const inb_histories *like, inb_draws **ret_draws, inb_error *err) {
    size_t count;
    bool has_rates;
    INB_TRY(count_files(directory, &count, &has_rates, err));
    INB_CLEANUP(clear_arena) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_draws *draws = inb_arena_get(arena, 1, sizeof *draws);
    if (draws == NULL) {
        return no_memory(err);
    }
    size_t lists = like->list_count;
    *draws = (inb_draws){
        .arena = arena, .list_count = lists, .count = count, .group_count = like->group_count};
    draws->tables = inb_arena_get(arena, count * like->group_count, sizeof *draws->tables);
    draws->observed = inb_arena_get(arena, count * like->group_count, sizeof *draws->observed);
    draws->rates = inb_arena_get(arena, lists * (lists - 1), sizeof *draws->rates);
    if (draws->tables == NULL || draws->observed == NULL || draws->rates == NULL) {
        return no_memory(err);
    }
    for (size_t k = 0; k < count; k++) {
        INB_TRY(read_draw(draws, directory, like, k, err));
    }
    if (has_rates) {
        INB_TRY(inb_i_link_rates_read(directory, like, draws, err));
    }
    (void)INB_TAKE(arena);
    *ret_draws = draws;
    return INB_OK;
}

void inb_draws_free(inb_draws *draws) {
    if (draws != NULL) {
        inb_arena_free(draws->arena);
    }
}

void inb_draws_freep(inb_draws **draws) {
    inb_draws_free(*draws);
    *draws = NULL;
}
