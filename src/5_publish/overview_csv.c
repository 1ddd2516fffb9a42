// SPDX-License-Identifier: EUPL-1.2
// The picture's tables as CSV, one number a row, for whoever counts on: the same counts hidden as
// on the page and in the JSON.

#include "overview_i.h"

#include <math.h>
#include <stdio.h>

static const char few[] = "fewer than 11";

const char *inb_overview_table_name(inb_overview_csv_table table) {
#define X(name, text) text,
    static const char *const names[] = {INB_OVERVIEW_TABLES(X)};
#undef X
    return names[table];
}

struct csv {
    const inb_overview_report *report;
    inb_buffer *out;
    const char *by; // of the rows that follow
    const char *group;
};

static void begin(struct csv *csv, const char *measure) {
    inb_buffer_format(csv->out, "%s,%s,%s,", csv->by, csv->group, measure);
}

static void count(struct csv *csv, const char *measure, int64_t value) {
    begin(csv, measure);
    if (inb_i_small(value)) {
        inb_buffer_format(csv->out, ",,,%s\n", few);
    } else {
        inb_buffer_format(csv->out, "%lld,,,\n", (long long)value);
    }
}

static void number(struct csv *csv, const char *measure, double value, double low, double high) {
    begin(csv, measure);
    inb_buffer_number(csv->out, value, 6);
    inb_buffer_char(csv->out, ',');
    if (isfinite(low)) {
        inb_buffer_number(csv->out, low, 6);
    }
    inb_buffer_char(csv->out, ',');
    if (isfinite(high)) {
        inb_buffer_number(csv->out, high, 6);
    }
    inb_buffer_text(csv->out, ",\n");
}

static void share(struct csv *csv, const char *measure, int64_t part, int64_t whole) {
    double low;
    double high;
    if (inb_i_small(part) || whole <= 0) {
        begin(csv, measure);
        inb_buffer_format(csv->out, ",,,%s\n", whole <= 0 ? "nothing to divide" : few);
        return;
    }
    inb_share_interval(part, whole, &low, &high);
    number(csv, measure, (double)part / (double)whole, low, high);
}

// ---- groups ----

static void hidden(struct csv *csv, const inb_hidden *one) {
    if (!one->has_estimate) {
        begin(csv, "in_all");
        inb_buffer_text(csv->out, ",,,cannot be estimated\n");
    } else if (!one->headline) {
        begin(csv, "in_all");
        inb_buffer_char(csv->out, ',');
        inb_buffer_number(csv->out, one->range_low, 6);
        inb_buffer_char(csv->out, ',');
        inb_buffer_number(csv->out, one->range_high, 6);
        inb_buffer_text(csv->out, ",methods do not agree: their range\n");
    } else {
        number(csv, "in_all", one->estimate, one->low, one->high);
    }
}

static void group(struct csv *csv, const char *by, const char *name, const inb_group_counts *counts,
    const inb_hidden *estimate, int64_t truth) {
    csv->by = by;
    csv->group = name;
    count(csv, "persons", counts->persons);
    if (counts->persons >= INB_SMALL_CELL) {
        if (estimate->observed >= INB_SMALL_CELL &&
            !inb_i_small(counts->persons - estimate->observed)) {
            count(csv, "recognised", estimate->observed);
        }
        count(csv, "seen_once", counts->seen_once);
        count(csv, "seen_twice", counts->seen_twice);
        count(csv, "seen_more", counts->seen_more);
        count(csv, "also_suspect", counts->also_suspect);
        share(csv, "answers_unknown", counts->unknown, counts->yes + counts->no + counts->unknown);
        for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
            char measure[64];
            snprintf(
                measure, sizeof measure, "seen_by_%s", inb_source_group_code((inb_source_group)i));
            count(csv, measure, counts->by_source[i]);
        }
        hidden(csv, estimate);
    }
    if (truth >= 0) {
        begin(csv, "truth");
        inb_buffer_format(csv->out, "%lld,,,made-up region\n", (long long)truth);
    }
}

static void groups(struct csv *csv) {
    const inb_overview *o = csv->report->overview;
    const inb_overview_estimates *e = csv->report->estimates;
    const inb_truth *truth = csv->report->truth;
    group(csv, "all", "all", &o->all, &e->all, inb_truth_of(truth, NULL, NULL));
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        group(csv, "age", inb_age_class_code((inb_age_class)age), &o->by_age[age], &e->by_age[age],
            inb_truth_of_age(truth, (inb_age_class)age));
    }
    for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
        group(csv, "sex", inb_sex_code((inb_sex)sex), &o->by_sex[sex], &e->by_sex[sex],
            inb_truth_of_sex(truth, (inb_sex)sex));
    }
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        group(csv, "form", inb_form_code((inb_form)form), &o->of_form[form], &e->of_form[form],
            inb_truth_of_form(truth, (inb_form)form));
    }
}

// ---- the other tables ----

static void sources(struct csv *csv) {
    csv->by = "form";
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        const int64_t *counts = csv->report->overview->by_form[form];
        int64_t whole = 0;
        for (int i = 0; i < INB_REPORTER_COUNT; i++) {
            whole += counts[i];
        }
        csv->group = inb_form_code((inb_form)form);
        for (int i = 0; whole >= INB_SMALL_CELL && i < INB_REPORTER_COUNT; i++) {
            if (counts[i] > 0 || i == INB_REPORTER_POLICE_BEAT) {
                char measure[64];
                const char *code = inb_reporter_code((inb_reporter)i);
                snprintf(measure, sizeof measure, "signals_%s", code);
                count(csv, measure, counts[i]);
                snprintf(measure, sizeof measure, "share_%s", code);
                share(csv, measure, counts[i], whole);
            }
        }
    }
}

static void roles(struct csv *csv) {
    csv->by = "age";
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        const inb_role_overlap *overlap = &csv->report->overview->overlap[age];
        csv->group = inb_age_class_code((inb_age_class)age);
        count(csv, "in_one_signal", overlap->in_one_signal);
        count(csv, "in_one_organisation", overlap->in_one_organisation);
        count(csv, "over_organisations", overlap->over_organisations);
    }
}

static void told(struct csv *csv, const char *code, int64_t part, int64_t whole) {
    char measure[64];
    snprintf(measure, sizeof measure, "signals_%s", code);
    count(csv, measure, part);
    snprintf(measure, sizeof measure, "share_%s", code);
    share(csv, measure, part, whole);
}

static void surroundings(struct csv *csv) {
    csv->by = "age";
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        const inb_involvement *involvement = &csv->report->overview->involvement[age];
        int64_t whole = involvement->sightings;
        csv->group = inb_age_class_code((inb_age_class)age);
        count(csv, "signals", whole);
        if (whole < INB_SMALL_CELL) {
            continue;
        }
        for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
            told(csv, inb_surrounding_code((inb_surrounding)i), involvement->by_surrounding[i],
                whole);
        }
        told(csv, "parent_profits", involvement->parent_profits, whole);
        told(csv, "close_person_in_signal", involvement->with_others_near, whole);
        told(csv, "not_told", involvement->not_told, whole);
    }
}

static void first_step(struct csv *csv) {
    int64_t whole = csv->report->overview->with_route;
    int64_t criminal = csv->report->overview->criminal_first;
    bool hide = inb_i_small(criminal) || inb_i_small(whole - criminal);
    csv->by = "all";
    csv->group = "all";
    count(csv, "with_route", whole);
    // Of two parts of a known whole one gives away the other.
    share(csv, "share_care_first", hide ? 1 : whole - criminal, whole);
    share(csv, "share_criminal_first", hide ? 1 : criminal, whole);
}

static void trend(struct csv *csv) {
    const inb_overview *overview = csv->report->overview;
    char name[32];
    csv->by = "quarter";
    csv->group = name;
    for (int i = 0; i < INB_OVERVIEW_QUARTERS; i++) {
        if (overview->quarters[i] > 0) {
            snprintf(name, sizeof name, "%d-Q%d", INB_OVERVIEW_FIRST_YEAR + i / 4, i % 4 + 1);
            count(csv, "signals", overview->quarters[i]);
            for (int source = 0; source < INB_SOURCE_GROUP_COUNT; source++) {
                if (overview->first_quarter[source] == i) {
                    begin(csv, "break");
                    inb_buffer_format(csv->out, ",,,first signals of %s\n",
                        inb_source_group_code((inb_source_group)source));
                }
            }
        }
    }
    csv->group = "unknown";
    count(csv, "signals", overview->month_unknown + overview->other_quarters);
}

void inb_overview_csv(
    const inb_overview_report *report, inb_overview_csv_table table, inb_buffer *out) {
    static void (*const writers[INB_OVERVIEW_TABLE_COUNT])(struct csv *) = {
        [INB_OVERVIEW_GROUPS] = groups,
        [INB_OVERVIEW_SOURCES] = sources,
        [INB_OVERVIEW_ROLES] = roles,
        [INB_OVERVIEW_SURROUNDINGS] = surroundings,
        [INB_OVERVIEW_FIRST_STEP] = first_step,
        [INB_OVERVIEW_TREND] = trend,
    };
    struct csv csv = {.report = report, .out = out};
    inb_buffer_text(out, "by,group,measure,value,low,high,note\n");
    if (report->overview->persons >= INB_SMALL_CELL) { // as the page: of so few nothing
        writers[table](&csv);
    }
}
