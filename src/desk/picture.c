// SPDX-License-Identifier: EUPL-1.2
// Joins stations 4 and 5 for the page of figures: two methods on each of two published tables,
// shown side by side because neither is right by itself.

#include "picture.h"

#include "base/alloc.h"
#include "base/assets.h"

#include <inbeeld/count.h>

#include <stdio.h>
#include <string.h>

enum { SERIES = 2, TABLES = 2, METHODS = 2 };

static const char *const keys[] = {
#define X(name, key) key,
    INB_DESK_PICTURES(X)
#undef X
};
static const char *const tables[TABLES] = {"data/lists/Ned_5.csv", "data/lists/UKdat_5.csv"};
static const inb_count_method methods[METHODS] = {INB_COUNT_INDEPENDENCE, INB_COUNT_STEPWISE};
static const char *const method_keys[METHODS] = {"independence", "stepwise"};

struct inb_desk_picture {
    inb_public_figures *figures;
    inb_series_set *series[SERIES];
    inb_histories *histories[TABLES];
    inb_estimate *estimates[TABLES][METHODS];
};

static void picture_freep(inb_desk_picture **picture) {
    inb_desk_picture_free(*picture);
}

static inb_status load_table(inb_desk_picture *picture, size_t table, inb_error *err) {
    const inb_asset *asset = inb_asset_find(tables[table]);
    if (asset == NULL) {
        return inb_fail(err, INB_INTERNAL, "%s is not in the program", tables[table]);
    }
    INB_TRY(inb_histories_read_memory(
        tables[table], asset->data, asset->length, NULL, 0, &picture->histories[table], err));
    for (size_t m = 0; m < METHODS; m++) {
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        options.method = methods[m];
        INB_TRY(inb_estimate_run(
            picture->histories[table], &options, &picture->estimates[table][m], err));
    }
    return INB_OK;
}

inb_status inb_desk_picture_new(inb_desk_picture **ret_picture, inb_error *err) {
    INB_CLEANUP(picture_freep) inb_desk_picture *picture = inb_alloc(1, sizeof *picture);
    if (picture == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the figures");
    }
    INB_TRY(inb_public_figures_embedded(&picture->figures, err));
    INB_TRY(inb_series_pick(picture->figures, INB_SERIES_REGISTERED, &picture->series[0], err));
    INB_TRY(inb_series_pick(picture->figures, INB_SERIES_MINORS, &picture->series[1], err));
    for (size_t i = 0; i < TABLES; i++) {
        INB_TRY(load_table(picture, i, err));
    }
    *ret_picture = INB_TAKE(picture);
    return INB_OK;
}

void inb_desk_picture_free(inb_desk_picture *picture) {
    if (picture == NULL) {
        return;
    }
    for (size_t i = 0; i < TABLES; i++) {
        for (size_t m = 0; m < METHODS; m++) {
            inb_estimate_free(picture->estimates[i][m]);
        }
        inb_histories_free(picture->histories[i]);
    }
    for (size_t i = 0; i < SERIES; i++) {
        inb_series_set_free(picture->series[i]);
    }
    inb_public_figures_free(picture->figures);
    inb_free(picture);
}

const char *inb_desk_picture_key(inb_desk_picture_part part) {
    return keys[part];
}

bool inb_desk_picture_range(const inb_desk_picture *picture, inb_desk_picture_part part,
    double *ret_seen, double *ret_low, double *ret_high) {
    if ((int)part < SERIES) {
        return false;
    }
    const inb_figures *first = &picture->estimates[(int)part - SERIES][0]->total;
    double low = first->estimate;
    double high = first->estimate;
    for (size_t m = 1; m < METHODS; m++) {
        double estimate = picture->estimates[(int)part - SERIES][m]->total.estimate;
        low = estimate < low ? estimate : low;
        high = estimate > high ? estimate : high;
    }
    *ret_seen = (double)first->observed;
    *ret_low = low;
    *ret_high = high;
    return true;
}

static const char *say(const inb_picture *where, const char *key) {
    return inb_catalogue_label(where->catalogue, where->language, "page.picture", key, NULL);
}

static void forest(const inb_desk_picture *picture, inb_desk_picture_part part,
    const inb_picture *where, bool table, inb_buffer *out) {
    inb_forest_row rows[METHODS];
    memset(rows, 0, sizeof rows);
    for (size_t m = 0; m < METHODS; m++) {
        const inb_figures *total = &picture->estimates[(int)part - SERIES][m]->total;
        rows[m] = (inb_forest_row){
            .label = say(where, method_keys[m]),
            .has_value = total->has_estimate,
            .value = total->estimate,
            .has_interval = total->has_interval,
            .low = total->interval.low,
            .high = total->interval.high,
        };
    }
    inb_forest shown = {
        .title = say(where, keys[part]),
        .description = say(where, "forest"),
        .unit = say(where, "unit"),
        .has_observed = true,
        .observed = (double)picture->histories[(int)part - SERIES]->pooled.observed,
        .observed_label = say(where, "seen"),
        .row_count = METHODS,
        .rows = rows,
    };
    (table ? inb_table_forest : inb_svg_forest)(where, &shown, out);
}

void inb_desk_picture_svg(const inb_desk_picture *picture, inb_desk_picture_part part,
    const inb_picture *where, inb_buffer *out) {
    if ((int)part < SERIES) {
        inb_svg_series(where, picture->series[part], out);
    } else {
        forest(picture, part, where, false, out);
    }
}

void inb_desk_picture_table(const inb_desk_picture *picture, inb_desk_picture_part part,
    const inb_picture *where, inb_buffer *out) {
    if ((int)part < SERIES) {
        inb_table_series(where, picture->series[part], out);
    } else {
        forest(picture, part, where, true, out);
    }
}

void inb_desk_people(double people, const char *language, char ret_text[static 32]) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%.0f", people);
    char mark = strcmp(language, "nl") == 0 ? '.' : ',';
    size_t n = 0;
    for (int i = 0; i < length && n < 30; i++) {
        if (i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-') {
            ret_text[n++] = mark;
        }
        ret_text[n++] = digits[i];
    }
    ret_text[n] = '\0';
}
