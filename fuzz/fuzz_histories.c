// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of HISTORIES.csv and of what stands behind it: any bytes give a table or a complaint with
// a place; a table's sums hold; and its estimate, where there is one, is a finite number of people
// not below those who were seen, with an interval around it.

#include "base/alloc.h"

#include <inbeeld/count.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check_table(const inb_histories *histories) {
    size_t size = (size_t)1 << histories->list_count;
    demand(histories->list_count >= INB_LISTS_LEAST && histories->list_count <= INB_LISTS_MOST);
    demand(histories->group_count >= 1 && histories->rows >= 1);
    int64_t people = 0;
    for (size_t g = 0; g < histories->group_count; g++) {
        int64_t observed = 0;
        for (size_t h = 1; h < size; h++) {
            const inb_cell *cell = &histories->groups[g].cells[h];
            demand(cell->count >= 0);
            demand(cell->kind != INB_CELL_STRUCTURAL || cell->count == 0);
            demand(cell->kind != INB_CELL_MISSING || cell->count == 0);
            observed += cell->kind == INB_CELL_COUNTED ? cell->count : 0;
        }
        demand(observed == histories->groups[g].observed);
        people += observed;
    }
    demand(people == histories->pooled.observed);
}

static void check_figures(const inb_figures *figures) {
    demand(figures->status >= 0 && figures->status <= 3);
    if (!figures->has_estimate) {
        demand(!figures->has_interval && figures->estimate == 0);
        return;
    }
    demand(isfinite(figures->estimate) && figures->estimate >= (double)figures->observed);
    demand(isfinite(figures->hidden) && figures->hidden > 0);
    demand(isfinite(figures->log_hidden_se) && figures->log_hidden_se >= 0);
    if (figures->has_interval) {
        demand(figures->interval.low <= figures->estimate * (1 + 1e-12));
        demand(figures->interval.high >= figures->estimate * (1 - 1e-12));
        demand(figures->interval.low >= (double)figures->observed);
    }
}

static void estimate_and_check(const inb_histories *histories, inb_count_method method) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT((size_t)1 << 28);
    INB_CLEANUP(inb_estimate_freep) inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    inb_error err = INB_ERROR_INIT;
    demand(inb_estimate_run(histories, &options, &estimate, &err) == INB_OK);
    check_figures(&estimate->total);
    for (size_t g = 0; g < estimate->group_count; g++) {
        check_figures(&estimate->groups[g]);
    }
    inb_estimate_json(estimate, &out);
    inb_estimate_text(estimate, &out);
    demand(inb_buffer_check(&out, &err) == INB_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const groups[] = {"g"};
    // A copy of the exact size, so that a byte read past the end is seen.
    INB_CLEANUP(inb_freep) char *copy = inb_alloc(size, 1);
    demand(copy != NULL);
    memcpy(copy, data, size);
    for (size_t named = 0; named < 2; named++) {
        INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
        inb_error err = INB_ERROR_INIT;
        inb_status status =
            inb_histories_read_memory("f", copy, size, groups, named, &histories, &err);
        if (status != INB_OK) {
            demand(histories == NULL && err.message[0] != '\0');
            demand(status == INB_BAD_INPUT || status == INB_TOO_LARGE ||
                   (status == INB_USAGE && named > 0));
            continue;
        }
        check_table(histories);
        // Large tables are bench's business; here it is the odd ones that matter.
        if (histories->list_count <= 6 && histories->group_count <= 16) {
            estimate_and_check(histories, INB_COUNT_STEPWISE);
            estimate_and_check(histories, INB_COUNT_INDEPENDENCE);
        }
    }
    return 0;
}
