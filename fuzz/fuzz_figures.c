// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of the published figures: any bytes give figures or a complaint with a place; what was
// read is in order, and the series picked from it join consecutive years of one series alone.

#include <inbeeld/publish.h>

#include "base/alloc.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check_row(const inb_public_figure *row) {
    demand(row->year[0] != '\0' && row->measure[0] != '\0' && row->source[0] != '\0');
    demand((row->first_year == 0) == (row->last_year == 0) && row->first_year <= row->last_year);
    demand(row->first_year == 0 || (row->first_year >= 1900 && row->last_year <= 2199));
    demand(!(row->has_number && row->has_range));
    demand(!row->has_number || (isfinite(row->number) && row->number >= 0));
    demand(!row->has_range || (isfinite(row->high) && row->low <= row->high && row->low >= 0));
}

static void check_set(const inb_series_set *set, const inb_public_figures *figures) {
    size_t points = 0;
    for (size_t i = 0; i < set->series_count; i++) {
        const inb_series *series = &set->series[i];
        demand(series->point_count > 0 && !series->points[0].joined);
        points += series->point_count;
        for (size_t j = 1; j < series->point_count; j++) {
            const inb_point *before = &series->points[j - 1];
            const inb_point *here = &series->points[j];
            demand(here->year > before->year);
            demand(here->joined == (here->year == before->year + 1));
            demand(strcmp(here->figure->series, before->figure->series) == 0);
        }
    }
    demand(points + set->undrawn_count <= figures->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    inb_error err = INB_ERROR_INIT;
    INB_CLEANUP(inb_public_figures_freep) inb_public_figures *figures = NULL;
    if (inb_public_figures_read_memory("f", (const char *)data, size, &figures, &err) != INB_OK) {
        demand(figures == NULL && strncmp(err.message, "f:", 2) == 0);
        return 0;
    }
    for (size_t i = 0; i < figures->count; i++) {
        check_row(&figures->rows[i]);
    }
    for (inb_series_kind kind = INB_SERIES_REGISTERED; kind <= INB_SERIES_MINORS; kind++) {
        INB_CLEANUP(inb_series_set_freep) inb_series_set *set = NULL;
        inb_error refused = INB_ERROR_INIT;
        if (inb_series_pick(figures, kind, &set, &refused) == INB_OK) {
            check_set(set, figures);
        } else {
            demand(set == NULL && strncmp(refused.message, "f:", 2) == 0);
        }
    }
    return 0;
}
