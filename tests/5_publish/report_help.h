// SPDX-License-Identifier: EUPL-1.2
// What the two tests of the report share: the published tables with their estimates, and a page.
#ifndef INB_REPORT_HELP_H
#define INB_REPORT_HELP_H

#include "publish_help.h"

#include "base/assets.h"

enum { HELP_METHODS = 3 };

typedef struct help_table {
    inb_histories *histories;
    inb_estimate **estimates; // [HELP_METHODS]
    inb_report_table table;
} help_table;

static inline inb_status help_table_make(const char *name, const char *text, size_t length,
    bool published, help_table *ret_table, inb_error *err) {
    static const inb_count_method methods[] = {
        INB_COUNT_INDEPENDENCE, INB_COUNT_STEPWISE, INB_COUNT_BIC};
    memset(ret_table, 0, sizeof *ret_table);
    ret_table->estimates = calloc(HELP_METHODS, sizeof *ret_table->estimates);
    ck_assert_ptr_nonnull(ret_table->estimates);
    INB_TRY(inb_histories_read_memory(name, text, length, NULL, 0, &ret_table->histories, err));
    for (size_t i = 0; i < HELP_METHODS; i++) {
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        options.method = methods[i];
        INB_TRY(inb_estimate_run(ret_table->histories, &options, &ret_table->estimates[i], err));
    }
    ret_table->table = (inb_report_table){.name = name,
        .histories = ret_table->histories,
        .estimate_count = HELP_METHODS,
        .estimates = (const inb_estimate *const *)ret_table->estimates,
        .published = published};
    return INB_OK;
}

static inline void help_table_clear(help_table *table) {
    inb_histories_free(table->histories);
    for (size_t i = 0; i < HELP_METHODS; i++) {
        inb_estimate_free(table->estimates[i]);
    }
    free(table->estimates);
}

static inline help_table help_list(const char *name) {
    char path[64];
    snprintf(path, sizeof path, "data/lists/%s.csv", name);
    const inb_asset *asset = inb_asset_find(path);
    ck_assert_ptr_nonnull(asset);
    help_table table;
    INB_OK_IS(help_table_make(name, asset->data, asset->length, true, &table, err));
    return table;
}

static inline help_table help_text(const char *name, const char *text, bool published) {
    help_table table;
    INB_OK_IS(help_table_make(name, text, strlen(text), published, &table, err));
    return table;
}

// The page over these tables; borrowed until the next call.
static inline const char *help_page(
    const char *language, const inb_report_table *tables, size_t count) {
    static inb_buffer out = INB_BUFFER_INIT(1 << 24);
    inb_public_figures *figures = NULL;
    INB_OK_IS(inb_public_figures_embedded(&figures, err));
    inb_report report = {.catalogue = norm(),
        .language = language,
        .date = "2026-11-24",
        .version = "0.1",
        .figures = figures,
        .table_count = count,
        .tables = tables};
    inb_buffer_reset(&out);
    INB_OK_IS(inb_report_html(&report, &out, err));
    inb_public_figures_free(figures);
    check_markup(inb_buffer_get(&out));
    return inb_buffer_get(&out);
}

#endif
