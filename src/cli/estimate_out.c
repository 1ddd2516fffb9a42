// SPDX-License-Identifier: EUPL-1.2
// Writes an estimate to a folder: words, JSON, pictures and the table beside each picture. All of
// it is made before anything is written.

#include "cli/estimate_out.h"

#include "base/alloc.h"

#include <inbeeld/plots.h>

enum { MOST_FILE = 1 << 28 };

static inb_status write_text(
    const inb_folder *folder, const char *name, inb_buffer *text, inb_error *err) {
    FILE *file = NULL;
    INB_TRY(inb_folder_open(folder, name, &file, err));
    inb_status status = inb_folder_write(file, name, text, err);
    inb_status closed = inb_folder_close(&file, name, status == INB_OK ? err : NULL);
    return status != INB_OK ? status : closed;
}

// A copy, since writing empties a buffer.
static inb_status write_copy(
    const inb_folder *folder, const char *name, const inb_buffer *text, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer copy = INB_BUFFER_INIT(MOST_FILE);
    inb_buffer_add(&copy, inb_buffer_get(text), text->length);
    INB_TRY(inb_buffer_check(&copy, err));
    return write_text(folder, name, &copy, err);
}

static inb_status write_plot(
    const inb_folder *folder, const inb_estimate *estimate, inb_plot plot, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer name = INB_BUFFER_INIT(256);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_FILE);
    inb_buffer_format(&name, "%s.svg", inb_plot_name(plot));
    inb_plot_svg(estimate, plot, &text);
    INB_TRY(inb_buffer_check(&name, err));
    INB_TRY(inb_buffer_check(&text, err));
    INB_TRY(write_text(folder, inb_buffer_get(&name), &text, err));
    inb_buffer_reset(&name);
    inb_buffer_reset(&text);
    inb_buffer_format(&name, "%s.csv", inb_plot_name(plot));
    inb_plot_csv(estimate, plot, &text);
    INB_TRY(inb_buffer_check(&name, err));
    INB_TRY(inb_buffer_check(&text, err));
    return write_text(folder, inb_buffer_get(&name), &text, err);
}

static inb_status write_readme(
    const inb_folder *folder, const inb_estimate *estimate, inb_error *err) {
    static const char *const about[] = {
        [INB_PLOT_ENSEMBLE] = "every method, each list left out, each two as one",
        [INB_PLOT_THRESHOLD] = "the number against the threshold of stepwise",
        [INB_PLOT_SENSITIVITY] = "the number against the dependence of each pair of lists",
        [INB_PLOT_REPLICATES] = "how replicates, or draws of the posterior, are spread"};
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 16);
    inb_buffer_text(&text, "# An estimate by inbeeld\n\nConfidential until published: station 5 "
                           "decides what may leave the house.\n\n| file | what |\n|---|---|\n"
                           "| `estimate.txt` | the estimate in words, with every warning |\n"
                           "| `estimate.json` | the same for programs |\n");
    for (size_t i = 0; i < INB_PLOT_COUNT; i++) {
        if (inb_plot_has(estimate, (inb_plot)i)) {
            const char *name = inb_plot_name((inb_plot)i);
            inb_buffer_format(&text, "| `%s.svg`, `%s.csv` | %s |\n", name, name, about[i]);
        }
    }
    INB_TRY(inb_buffer_check(&text, err));
    return write_text(folder, "README.md", &text, err);
}

inb_status inb_estimate_out(inb_folder *folder, const inb_estimate *estimate,
    const inb_buffer *text, const inb_buffer *json, inb_error *err) {
    INB_TRY(write_copy(folder, "estimate.txt", text, err));
    INB_TRY(write_copy(folder, "estimate.json", json, err));
    for (size_t i = 0; i < INB_PLOT_COUNT; i++) {
        if (inb_plot_has(estimate, (inb_plot)i)) {
            INB_TRY(write_plot(folder, estimate, (inb_plot)i, err));
        }
    }
    INB_TRY(write_readme(folder, estimate, err));
    return inb_folder_commit(folder, err);
}
