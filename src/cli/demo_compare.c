// SPDX-License-Identifier: EUPL-1.2
// Estimates from the true capture histories of a generated region, form by form, beside how many
// there truly are.

#include "cli/demo_compare.h"

#include <inbeeld/count.h>

#include "base/alloc.h"

#include <inttypes.h>

// Leaves out lists that nobody of this group is on: they carry nothing and have no place in a
// model.
static size_t only_used(const int64_t counts[INB_WORLD_HISTORIES],
    const char *ret_names[INB_WORLD_LIST_COUNT], int64_t ret_counts[INB_WORLD_HISTORIES]) {
    size_t used = 0;
    unsigned bits[INB_WORLD_LIST_COUNT];
    for (unsigned list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        int64_t on = 0;
        for (unsigned history = 1; history < INB_WORLD_HISTORIES; history++) {
            on += (history >> list & 1) != 0 ? counts[history] : 0;
        }
        if (on > 0) {
            ret_names[used] = inb_world_list_name((inb_world_list)list);
            bits[used++] = list;
        }
    }
    for (unsigned history = 1; history < INB_WORLD_HISTORIES; history++) {
        unsigned shorter = 0;
        for (unsigned i = 0; i < used; i++) {
            shorter |= (history >> bits[i] & 1) << i;
        }
        ret_counts[shorter] += counts[history];
    }
    return used;
}

static inb_status estimate(
    const int64_t counts[INB_WORLD_HISTORIES], inb_demo_row *row, inb_error *err) {
    const char *names[INB_WORLD_LIST_COUNT];
    int64_t shorter[INB_WORLD_HISTORIES] = {0};
    size_t lists = only_used(counts, names, shorter);
    if (lists < 2) {
        return INB_OK;
    }
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    INB_CLEANUP(inb_estimate_freep) inb_estimate *made = NULL;
    INB_TRY(inb_histories_from_counts(names, lists, shorter, &histories, err));
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    INB_TRY(inb_estimate_run(histories, &options, &made, err));
    row->has_estimate = made->total.has_estimate && made->total.has_interval;
    if (row->has_estimate) {
        row->estimate = made->total.estimate;
        row->low = made->total.interval.low;
        row->high = made->total.interval.high;
    }
    return INB_OK;
}

inb_status inb_demo_compare(
    const inb_world_tally *tally, inb_demo_row ret_rows[INB_DEMO_ROWS], inb_error *err) {
    inb_demo_row rows[INB_DEMO_ROWS];
    int64_t all[INB_WORLD_HISTORIES] = {0};
    for (int form = 0; form <= INB_WORLD_FORMS; form++) {
        int64_t counts[INB_WORLD_HISTORIES] = {0};
        bool last = form == INB_WORLD_FORMS;
        rows[form] = (inb_demo_row){.group = last ? "all" : inb_form_code((inb_form)form)};
        for (unsigned history = 0; history < INB_WORLD_HISTORIES; history++) {
            for (int group = 0; group < 4 && !last; group++) {
                counts[history] += (int64_t)tally->counts[form][group / 2][group % 2][history];
            }
            all[history] += counts[history];
            counts[history] = last ? all[history] : counts[history];
            rows[form].truth += counts[history];
            rows[form].seen += history == 0 ? 0 : counts[history];
        }
        INB_TRY(estimate(counts, &rows[form], err));
    }
    for (int form = 0; form <= INB_WORLD_FORMS; form++) {
        ret_rows[form] = rows[form];
    }
    return INB_OK;
}

void inb_demo_compare_text(const inb_demo_row rows[INB_DEMO_ROWS], inb_buffer *text) {
    inb_buffer_format(
        text, "  %-12s %9s %10s %21s %9s\n", "", "seen", "estimated", "(95% interval)", "truly");
    for (size_t i = 0; i < INB_DEMO_ROWS; i++) {
        const inb_demo_row *row = &rows[i];
        if (row->truth == 0) {
            continue;
        }
        inb_buffer_format(text, "  %-12s %9" PRId64, row->group, row->seen);
        if (row->has_estimate) {
            inb_buffer_format(text, " %10.0f %9.0f to %8.0f", row->estimate, row->low, row->high);
        } else {
            inb_buffer_format(text, " %10s %21s", "too few", "");
        }
        inb_buffer_format(text, " %9" PRId64 "\n", row->truth);
    }
}

void inb_demo_compare_json(const inb_demo_row rows[INB_DEMO_ROWS], inb_buffer *json) {
    for (size_t i = 0; i < INB_DEMO_ROWS; i++) {
        const inb_demo_row *row = &rows[i];
        inb_buffer_text(json, i == 0 ? "[{\"group\":" : ",{\"group\":");
        inb_buffer_json(json, row->group);
        inb_buffer_format(json, ",\"seen\":%" PRId64 ",\"truth\":%" PRId64, row->seen, row->truth);
        if (row->has_estimate) {
            inb_buffer_text(json, ",\"estimate\":");
            inb_buffer_number(json, row->estimate, 12);
            inb_buffer_text(json, ",\"low\":");
            inb_buffer_number(json, row->low, 12);
            inb_buffer_text(json, ",\"high\":");
            inb_buffer_number(json, row->high, 12);
            inb_buffer_char(json, '}');
        } else {
            inb_buffer_text(json, ",\"estimate\":null}");
        }
    }
    inb_buffer_char(json, ']');
}
