// SPDX-License-Identifier: EUPL-1.2
// The picture as a page: who tells what, which groups are seen by whom and how many remain hidden,
// roles that meet, the people around, signals over time. Tables only; counts under INB_SMALL_CELL
// are hidden, and where a group is that small nothing else of it is shown.

#include <inbeeld/overview_page.h>

#include "report_i.h"

#include <stdio.h>

struct page {
    inb_i_page base;
    const inb_overview *overview;
    const inb_overview_estimates *estimates;
};

static void text(struct page *page, const char *open, const char *key, const char *close) {
    inb_i_page_text(&page->base, open, key, close);
}

static bool small(int64_t count) {
    return count > 0 && count < INB_SMALL_CELL;
}

static void number(struct page *page, int64_t count) {
    inb_buffer_text(page->base.out, inb_i_people(&page->base.words, (double)count).text);
}

// <td> of a count.
static void cell(struct page *page, int64_t count) {
    if (small(count)) {
        text(page, "<td class=\"p-number\">", "overview.few", "</td>");
        return;
    }
    inb_buffer_text(page->base.out, "<td class=\"p-number\">");
    number(page, count);
    inb_buffer_text(page->base.out, "</td>");
}

// A heading that the table after it is called by.
static void heading(struct page *page, const char *element, const char *key) {
    inb_buffer_format(page->base.out, "<%s id=\"t%u\">", element, ++page->base.figures);
    text(page, "", key, "");
    inb_buffer_format(page->base.out, "</%s>\n", element);
}

// A table that scrolls by itself on a narrow screen.
static void table_begin(struct page *page, const char *const *columns, size_t count) {
    unsigned id = page->base.figures;
    inb_buffer_format(page->base.out,
        "<div class=\"p-scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"t%u\">\n<table "
        "class=\"p-table\" aria-labelledby=\"t%u\">\n<thead><tr>",
        id, id);
    for (size_t i = 0; i < count; i++) {
        text(page, "<th scope=\"col\">", columns[i], "</th>");
    }
    inb_buffer_text(page->base.out, "</tr></thead>\n<tbody>\n");
}

static void table_end(struct page *page) {
    inb_buffer_text(page->base.out, "</tbody></table></div>\n");
}

static void section(struct page *page, const char *title, const char *intro) {
    inb_buffer_text(page->base.out, "<section>\n");
    heading(page, "h2", title);
    text(page, "<p>", intro, "</p>\n");
}

// ---- in short ----

static void in_short(struct page *page) {
    const inb_overview *overview = page->overview;
    inb_picture *words = &page->base.words;
    text(page, "<section>\n<h2>", "overview.short", "</h2>\n<ul>\n");
    if (overview->persons < INB_SMALL_CELL) {
        text(page, "<li>", "overview.short.few", "</li>\n</ul></section>\n");
        return;
    }
    inb_i_number persons = inb_i_people(words, (double)overview->persons);
    inb_i_number signals = inb_i_people(words, (double)overview->in_picture);
    INB_PAGE_SAY(
        &page->base, "<li>", "</li>\n", "overview.short.persons", persons.text, signals.text);
    const inb_hidden *hidden = &page->estimates->all;
    inb_i_number numbers[3] = {inb_i_people(words, hidden->estimate),
        inb_i_people(words, hidden->low), inb_i_people(words, hidden->high)};
    inb_i_number range[2] = {
        inb_i_people(words, hidden->range_low), inb_i_people(words, hidden->range_high)};
    if (!overview->linked) {
        text(page, "<li>", "overview.short.thin", "</li>\n");
    } else if (!hidden->has_estimate) {
        text(page, "<li>", "overview.short.none", "</li>\n");
    } else if (!hidden->headline) {
        INB_PAGE_SAY(
            &page->base, "<li>", "</li>\n", "overview.short.range", range[0].text, range[1].text);
    } else {
        INB_PAGE_SAY(&page->base, "<li>", "</li>\n", "overview.short.hidden", numbers[0].text,
            numbers[1].text, numbers[2].text);
    }
    int64_t care = overview->with_route - overview->criminal_first;
    if (!small(care) && !small(overview->criminal_first) && overview->with_route > 0) {
        inb_i_number share =
            inb_i_people(words, 100.0 * (double)care / (double)overview->with_route);
        INB_PAGE_SAY(&page->base, "<li>", "</li>\n", "overview.short.care", share.text);
    }
    inb_buffer_text(page->base.out, "</ul></section>\n");
}

// ---- who tells what (R1) ----

static void source_row(struct page *page, inb_reporter reporter, int64_t count, int64_t whole) {
    char key[64];
    double low;
    double high;
    snprintf(key, sizeof key, "reporter.%s", inb_reporter_code(reporter));
    text(page, "<tr><th scope=\"row\">", key, "</th>");
    cell(page, count);
    if (small(count)) {
        text(page, "<td class=\"p-number soft\">", "overview.notshown", "</td>");
        text(page, "<td class=\"p-number soft\">", "overview.notshown", "</td></tr>\n");
        return;
    }
    inb_share_interval(count, whole, &low, &high);
    inb_i_number shares[3] = {
        inb_i_people(&page->base.words, 100.0 * (double)count / (double)whole),
        inb_i_people(&page->base.words, 100 * low), inb_i_people(&page->base.words, 100 * high)};
    inb_buffer_format(page->base.out,
        "<td class=\"p-number\">%s</td><td class=\"p-number\">%s\u2013%s</td></tr>\n",
        shares[0].text, shares[1].text, shares[2].text);
}

static void sources(struct page *page) {
    static const char *const columns[] = {"overview.sources.source", "overview.sources.signals",
        "overview.sources.share", "overview.sources.margin"};
    section(page, "overview.sources.heading", "overview.sources.intro");
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        const int64_t *counts = page->overview->by_form[form];
        char key[64];
        int64_t whole = 0;
        for (int i = 0; i < INB_REPORTER_COUNT; i++) {
            whole += counts[i];
        }
        snprintf(key, sizeof key, "form.%s", inb_form_code((inb_form)form));
        heading(page, "h3", key);
        if (whole < INB_SMALL_CELL) {
            text(page, "<p>", whole == 0 ? "overview.sources.none" : "overview.sources.few",
                "</p>\n");
            continue;
        }
        table_begin(page, columns, 4);
        for (int i = 0; i < INB_REPORTER_COUNT; i++) {
            if (counts[i] > 0 || i == INB_REPORTER_POLICE_BEAT) {
                source_row(page, (inb_reporter)i, counts[i], whole);
            }
        }
        table_end(page);
    }
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- groups ----

static void hidden_cell(struct page *page, const inb_hidden *hidden) {
    inb_picture *words = &page->base.words;
    if (hidden == NULL) {
        inb_buffer_text(page->base.out, "<td class=\"p-number\"></td>");
    } else if (!hidden->has_estimate) {
        text(page, "<td class=\"p-number soft\">", "overview.hidden.none", "</td>");
    } else if (!hidden->headline) {
        inb_i_number low = inb_i_people(words, hidden->range_low);
        inb_i_number high = inb_i_people(words, hidden->range_high);
        INB_PAGE_SAY(&page->base, "<td class=\"p-number\">", "</td>", "overview.hidden.range",
            low.text, high.text);
    } else {
        inb_i_number numbers[3] = {inb_i_people(words, hidden->estimate),
            inb_i_people(words, hidden->low), inb_i_people(words, hidden->high)};
        INB_PAGE_SAY(&page->base, "<td class=\"p-number\">", "</td>", "overview.hidden.value",
            numbers[0].text, numbers[1].text, numbers[2].text);
    }
}

// keys: one or two texts that name the group. hidden: NULL where no estimate is made of it.
static void group_row(struct page *page, const char *const keys[2], const inb_group_counts *group,
    const inb_hidden *hidden) {
    inb_picture *words = &page->base.words;
    text(page, "<tr><th scope=\"row\">", keys[0], "");
    if (keys[1] != NULL) {
        text(page, ", ", keys[1], "");
    }
    inb_buffer_text(page->base.out, "</th>");
    cell(page, group->persons);
    if (group->persons < INB_SMALL_CELL) { // nothing else of so few
        for (int i = 0; i < 6; i++) {
            text(page, "<td class=\"p-number soft\">", "overview.notshown", "</td>");
        }
        inb_buffer_text(page->base.out, "</tr>\n");
        return;
    }
    cell(page, group->seen_once);
    cell(page, group->seen_twice);
    cell(page, group->seen_more);
    cell(page, group->also_suspect);
    int64_t answers = group->yes + group->no + group->unknown;
    if (answers == 0 || small(group->unknown)) {
        text(page, "<td class=\"p-number\">", answers == 0 ? "overview.notshown" : "overview.few",
            "</td>");
    } else {
        inb_i_number share = inb_i_people(words, 100.0 * (double)group->unknown / (double)answers);
        INB_PAGE_SAY(&page->base, "<td class=\"p-number\">", "</td>", "overview.of100", share.text);
    }
    hidden_cell(page, hidden);
    inb_buffer_text(page->base.out, "</tr>\n");
}

static void group_head(struct page *page, const char *key) {
    text(page, "<tr><th scope=\"colgroup\" colspan=\"8\">", key, "</th></tr>\n");
}

static void groups(struct page *page) {
    static const char *const columns[] = {"overview.groups.group", "overview.groups.persons",
        "overview.groups.once", "overview.groups.twice", "overview.groups.more",
        "overview.groups.suspect", "overview.groups.unknown", "overview.groups.hidden"};
    const inb_overview *overview = page->overview;
    char age_key[32];
    char sex_key[32];
    section(page, "overview.groups.heading", "overview.groups.intro");
    table_begin(page, columns, 8);
    group_row(page, (const char *const[2]){"overview.groups.all", NULL}, &overview->all,
        &page->estimates->all);
    group_head(page, "overview.groups.by.age");
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        snprintf(age_key, sizeof age_key, "age.%s", inb_age_class_code((inb_age_class)age));
        group_row(page, (const char *const[2]){age_key, NULL}, &overview->by_age[age],
            &page->estimates->by_age[age]);
    }
    group_head(page, "overview.groups.by.sex");
    for (int sex = INB_SEX_COUNT - 1; sex >= 0; sex--) {
        snprintf(sex_key, sizeof sex_key, "overview.sex.%s", inb_sex_code((inb_sex)sex));
        group_row(page, (const char *const[2]){sex_key, NULL}, &overview->by_sex[sex],
            &page->estimates->by_sex[sex]);
    }
    group_head(page, "overview.groups.by.both");
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        for (int sex = INB_SEX_COUNT - 1; sex >= 0; sex--) {
            const inb_group_counts *group = &overview->by_age_and_sex[age][sex];
            if (group->persons > 0) {
                snprintf(age_key, sizeof age_key, "age.%s", inb_age_class_code((inb_age_class)age));
                snprintf(sex_key, sizeof sex_key, "overview.sex.%s", inb_sex_code((inb_sex)sex));
                group_row(page, (const char *const[2]){age_key, sex_key}, group, NULL);
            }
        }
    }
    group_head(page, "overview.groups.by.form");
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        char form_key[32];
        snprintf(form_key, sizeof form_key, "form.%s", inb_form_code((inb_form)form));
        group_row(page, (const char *const[2]){form_key, NULL}, &overview->of_form[form], NULL);
    }
    table_end(page);
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- roles that meet (R3), the people around (R16) ----

static void age_header(struct page *page, int age) {
    char key[32];
    snprintf(key, sizeof key, "age.%s", inb_age_class_code((inb_age_class)age));
    text(page, "<tr><th scope=\"row\">", key, "</th>");
}

static void roles(struct page *page) {
    static const char *const columns[] = {"overview.groups.group", "overview.roles.signal",
        "overview.roles.organisation", "overview.roles.over"};
    section(page, "overview.roles.heading", "overview.roles.intro");
    table_begin(page, columns, 4);
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        const inb_role_overlap *overlap = &page->overview->overlap[age];
        age_header(page, age);
        cell(page, overlap->in_one_signal);
        cell(page, overlap->in_one_organisation);
        cell(page, overlap->over_organisations);
        inb_buffer_text(page->base.out, "</tr>\n");
    }
    table_end(page);
    inb_buffer_text(page->base.out, "</section>\n");
}

static void people_around(struct page *page) {
    static const char *const columns[] = {"overview.groups.group", "overview.near.signals",
        "overview.near.protective", "overview.near.unaware", "overview.near.profiting",
        "overview.near.parent_of_suspect", "overview.near.parent", "overview.near.with",
        "overview.near.nothing"};
    section(page, "overview.near.heading", "overview.near.intro");
    table_begin(page, columns, 9);
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        const inb_involvement *involvement = &page->overview->involvement[age];
        age_header(page, age);
        cell(page, involvement->sightings);
        for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
            cell(page, involvement->by_surrounding[i]);
        }
        cell(page, involvement->parent_profits);
        cell(page, involvement->with_others_near);
        cell(page, involvement->not_told);
        inb_buffer_text(page->base.out, "</tr>\n");
    }
    table_end(page);
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- over time ----

static void trend(struct page *page) {
    static const char *const columns[] = {"overview.trend.quarter", "overview.sources.signals"};
    const inb_overview *overview = page->overview;
    int first = 0;
    int last = INB_OVERVIEW_QUARTERS - 1;
    while (first < last && overview->quarters[first] == 0) {
        first++;
    }
    while (last > first && overview->quarters[last] == 0) {
        last--;
    }
    section(page, "overview.trend.heading", "overview.trend.intro");
    table_begin(page, columns, 2);
    for (int i = first; i <= last && overview->quarters[last] > 0; i++) {
        char year[16];
        char quarter[4];
        snprintf(year, sizeof year, "%d", INB_OVERVIEW_FIRST_YEAR + i / 4);
        snprintf(quarter, sizeof quarter, "%d", i % 4 + 1);
        INB_PAGE_SAY(
            &page->base, "<tr><th scope=\"row\">", "</th>", "overview.trend.name", year, quarter);
        cell(page, overview->quarters[i]);
        inb_buffer_text(page->base.out, "</tr>\n");
    }
    text(page, "<tr><th scope=\"row\">", "overview.trend.unknown", "</th>");
    cell(page, overview->month_unknown + overview->other_quarters);
    inb_buffer_text(page->base.out, "</tr>\n");
    table_end(page);
    inb_buffer_text(page->base.out, "</section>\n");
}

static void how_to_read(struct page *page) {
    const char *const points[] = {"overview.read.1",
        !page->overview->linked        ? "overview.read.2"
        : page->estimates->all.mixture ? "overview.read.2.mixture"
                                       : "overview.read.2.linked",
        "overview.read.3", "overview.read.4"};
    text(page, "<section>\n<h2>", "overview.read.heading", "</h2>\n<ul>\n");
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        text(page, "<li>", points[i], "</li>\n");
    }
    inb_buffer_text(page->base.out, "</ul></section>\n");
}

static void body(struct page *page) {
    in_short(page);
    if (page->overview->persons >= INB_SMALL_CELL) {
        sources(page);
        groups(page);
        roles(page);
        people_around(page);
        trend(page);
    }
    how_to_read(page);
}

static struct page page_of(const inb_overview_report *report, inb_report *base, inb_buffer *out) {
    *base = (inb_report){.catalogue = report->catalogue,
        .language = report->language,
        .date = report->date,
        .version = report->version};
    return (struct page){
        .base = {.report = base,
            .words = {.catalogue = report->catalogue, .language = report->language, .id = ""},
            .out = out},
        .overview = report->overview,
        .estimates = report->estimates};
}

inb_status inb_overview_sections(
    const inb_overview_report *report, inb_buffer *out, inb_error *err) {
    inb_report base;
    struct page page = page_of(report, &base, out);
    body(&page);
    return inb_buffer_check(out, err);
}

inb_status inb_overview_html(const inb_overview_report *report, inb_buffer *out, inb_error *err) {
    inb_report base;
    struct page page = page_of(report, &base, out);
    inb_i_page_begin(&page.base, "overview.title", "overview.lead");
    body(&page);
    text(&page, "</main>\n<footer>\n<p>", "report.confidential", "</p>\n");
    inb_i_page_end(&page.base);
    return inb_buffer_check(out, err);
}
