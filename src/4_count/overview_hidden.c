// SPDX-License-Identifier: EUPL-1.2
// The number that remains hidden, for all persons of an overview and for each age class, sex and
// form.

#include "hide.h"

#include "base/alloc.h"

enum { HISTORIES = 1 << INB_SOURCE_GROUP_COUNT };

void inb_overview_draws_clear(inb_overview_draws *draws) {
    inb_free(draws->tables);
    *draws = (inb_overview_draws)INB_OVERVIEW_DRAWS_INIT;
}

// Which part of a table: -1 = all of that kind; a form stands by itself.
struct part {
    int age;
    int sex;
    int form;
};

static void add_up(const inb_overview_table *table, struct part part, int64_t *sum) {
    for (size_t history = 1; history < HISTORIES; history++) {
        sum[history] = part.form >= 0 ? table->of_form[part.form][history] : 0;
        for (int age = 0; part.form < 0 && age < INB_AGE_CLASS_COUNT; age++) {
            for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
                bool in = (part.age < 0 || part.age == age) && (part.sex < 0 || part.sex == sex);
                sum[history] += in ? table->histories[age][sex][history] : 0;
            }
        }
    }
}

struct hiding {
    const inb_overview *overview;
    size_t draw_count;
    const inb_overview_table *draws;
    int64_t *tables; // [draw_count][HISTORIES], of the part at hand
    const inb_estimate_options *options;
};

static inb_status estimate(
    const struct hiding *hiding, struct part part, inb_hidden *ret_hidden, inb_error *err) {
    const char *names[INB_SOURCE_GROUP_COUNT];
    int64_t full[HISTORIES] = {0};
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        names[i] = inb_source_group_code((inb_source_group)i);
    }
    add_up(&hiding->overview->seen, part, full);
    for (size_t k = 0; k < hiding->draw_count; k++) {
        add_up(&hiding->draws[k], part, hiding->tables + k * HISTORIES);
    }
    const inb_i_hide_input input = {.lists = INB_SOURCE_GROUP_COUNT,
        .names = names,
        .full = full,
        .draw_count = hiding->draw_count,
        .draws = hiding->tables,
        .linked = hiding->overview->linked,
        .options = hiding->options};
    return inb_i_hide(&input, ret_hidden, err);
}

inb_status inb_overview_hidden(const inb_overview *overview, const inb_overview_draws *draws,
    const inb_estimate_options *options, inb_overview_estimates *ret_estimates, inb_error *err) {
    size_t draw_count = draws == NULL ? 0 : draws->count;
    INB_CLEANUP(inb_freep)
    int64_t *tables = inb_alloc(draw_count * HISTORIES + 1, sizeof *tables);
    if (tables == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the draws of the picture");
    }
    const struct hiding hiding = {
        overview, draw_count, draws == NULL ? NULL : draws->tables, tables, options};
    inb_overview_estimates estimates;
    INB_TRY(estimate(&hiding, (struct part){-1, -1, -1}, &estimates.all, err));
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        INB_TRY(estimate(&hiding, (struct part){age, -1, -1}, &estimates.by_age[age], err));
    }
    for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
        INB_TRY(estimate(&hiding, (struct part){-1, sex, -1}, &estimates.by_sex[sex], err));
    }
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        INB_TRY(estimate(&hiding, (struct part){-1, -1, form}, &estimates.of_form[form], err));
    }
    *ret_estimates = estimates;
    return INB_OK;
}
