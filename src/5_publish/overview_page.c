// SPDX-License-Identifier: EUPL-1.2
// The picture as a page: what it says in short, who tells what, and how to read it; the sections on
// groups and on the people around are files of their own. Each picture has its table; counts under
// INB_SMALL_CELL are hidden in both, and where a group is that small nothing else of it is shown.

#include "overview_i.h"

#include <stdio.h>

static void text(inb_i_overview *page, const char *open, const char *key, const char *close) {
    inb_i_page_text(&page->base, open, key, close);
}

// ---- in short ----

bool inb_i_overview_points(inb_i_overview *page) {
    const inb_overview *overview = page->overview;
    inb_picture *words = &page->base.words;
    if (overview->persons < INB_SMALL_CELL) {
        text(page, "<li>", "overview.short.few", "</li>\n");
        return false;
    }
    inb_i_number persons = inb_i_people(words, (double)overview->persons);
    inb_i_number signals = inb_i_people(words, (double)overview->in_picture);
    INB_PAGE_SAY(
        &page->base, "<li>", "</li>\n", "overview.short.persons", persons.text, signals.text);
    int64_t known = page->estimates->all.observed;
    if (known >= INB_SMALL_CELL && overview->persons - known >= INB_SMALL_CELL) {
        inb_i_number number = inb_i_people(words, (double)known);
        INB_PAGE_SAY(&page->base, "<li>", "</li>\n", "overview.short.known", number.text);
    }
    int64_t truth = inb_truth_of(page->truth, NULL, NULL);
    inb_i_say_hidden(&page->base, &page->estimates->all, overview->linked, overview->persons);
    inb_i_say_truth(&page->base, &page->estimates->all, overview->linked, truth);
    int64_t care = overview->with_route - overview->criminal_first;
    if (!inb_i_small(care) && !inb_i_small(overview->criminal_first) && overview->with_route > 0) {
        inb_i_number share = inb_i_percent(words, (double)care / (double)overview->with_route);
        INB_PAGE_SAY(&page->base, "<li>", "</li>\n", "overview.short.care", share.text);
    }
    return true;
}

// ---- who tells what (R1) ----

static inb_i_key reporter_key(int reporter) {
    inb_i_key key;
    snprintf(key.text, sizeof key.text, "reporter.%s", inb_reporter_code((inb_reporter)reporter));
    return key;
}

static void source_row(inb_i_overview *page, int reporter, int64_t count, int64_t whole) {
    double low;
    double high;
    text(page, "<tr><th scope=\"row\">", reporter_key(reporter).text, "</th>");
    inb_i_cell(&page->base, count);
    if (inb_i_small(count)) {
        inb_i_cell_text(&page->base, "overview.notshown");
        inb_i_cell_text(&page->base, "overview.notshown");
        inb_buffer_text(page->base.out, "</tr>\n");
        return;
    }
    inb_share_interval(count, whole, &low, &high);
    inb_i_number shares[3] = {inb_i_percent(&page->base.words, (double)count / (double)whole),
        inb_i_percent(&page->base.words, low), inb_i_percent(&page->base.words, high)};
    inb_buffer_format(page->base.out,
        "<td class=\"p-number\">%s</td><td class=\"p-number\">%s\u2013%s</td></tr>\n",
        shares[0].text, shares[1].text, shares[2].text);
}

// First-line police in a sentence, whatever its share.
static void say_police(inb_i_overview *page, int64_t count, int64_t whole) {
    double low;
    double high;
    if (inb_i_small(count)) {
        text(page, "<p>", "overview.sources.police.few", "</p>\n");
        return;
    }
    inb_share_interval(count, whole, &low, &high);
    const inb_picture *words = &page->base.words;
    inb_i_number numbers[3] = {inb_i_percent(words, (double)count / (double)whole),
        inb_i_percent(words, low), inb_i_percent(words, high)};
    INB_PAGE_SAY(&page->base, "<p>", "</p>\n",
        count == 0 ? "overview.sources.police.none" : "overview.sources.police", numbers[0].text,
        numbers[1].text, numbers[2].text);
}

static void form_sources(inb_i_overview *page, int form, int64_t whole) {
    static const char *const columns[] = {"overview.sources.source", "overview.sources.signals",
        "overview.sources.share", "overview.sources.margin"};
    static const char *const none[] = {NULL};
    const int64_t *counts = page->overview->by_form[form];
    inb_i_bars bars;
    bool left_out = false;
    say_police(page, counts[INB_REPORTER_POLICE_BEAT], whole);
    inb_i_bars_begin(&bars, &page->base, inb_i_form_key(form).text, "overview.sources.desc",
        "overview.sources.unit");
    for (int i = 0; i < INB_REPORTER_COUNT; i++) {
        bool small = inb_i_small(counts[i]);
        left_out = left_out || (small && i != INB_REPORTER_POLICE_BEAT);
        if ((counts[i] > 0 && !small) || i == INB_REPORTER_POLICE_BEAT) {
            inb_i_bars_share(
                &bars, inb_i_bars_say(&bars, reporter_key(i).text, none), counts[i], whole);
        }
    }
    inb_i_bars_end(&bars, left_out ? "overview.sources.left" : NULL);
    inb_i_table_begin(&page->base, columns, 4);
    for (int i = 0; i < INB_REPORTER_COUNT; i++) {
        if (counts[i] > 0 || i == INB_REPORTER_POLICE_BEAT) {
            source_row(page, i, counts[i], whole);
        }
    }
    inb_i_table_end(&page->base);
}

static void sources(inb_i_overview *page) {
    inb_i_section(&page->base, "overview.sources.heading", "overview.sources.intro");
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        int64_t whole = 0;
        for (int i = 0; i < INB_REPORTER_COUNT; i++) {
            whole += page->overview->by_form[form][i];
        }
        inb_i_heading(&page->base, "h3", inb_i_form_key(form).text);
        if (whole < INB_SMALL_CELL) {
            text(page, "<p>", whole == 0 ? "overview.sources.none" : "overview.sources.few",
                "</p>\n");
        } else {
            form_sources(page, form, whole);
        }
    }
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- the page ----

void inb_i_overview_read(inb_i_overview *page) {
    const char *const points[] = {"overview.read.1",
        !page->overview->linked        ? "overview.read.2"
        : page->estimates->all.mixture ? "overview.read.2.mixture"
                                       : "overview.read.2.linked",
        "overview.read.3", "overview.read.4"};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        text(page, "<li>", points[i], "</li>\n");
    }
}

inb_status inb_i_overview_body(inb_i_overview *page, inb_error *err) {
    inb_i_overview_groups(page);
    INB_TRY(inb_i_overview_lists(page, err));
    sources(page);
    inb_i_overview_roles(page);
    inb_i_overview_around(page);
    inb_i_overview_first_step(page);
    inb_i_overview_trend(page);
    return INB_OK;
}

inb_i_overview inb_i_overview_of(
    const inb_overview_report *report, inb_report *base, inb_buffer *out) {
    *base = (inb_report){.catalogue = report->catalogue,
        .language = report->language,
        .date = report->date,
        .version = report->version};
    return (inb_i_overview){
        .base = {.report = base,
            .words = {.catalogue = report->catalogue, .language = report->language, .id = ""},
            .out = out},
        .overview = report->overview,
        .estimates = report->estimates,
        .truth = report->truth,
        .date = report->date};
}

static inb_status body(inb_i_overview *page, inb_error *err) {
    inb_i_banner(&page->base, page->truth != NULL);
    text(page, "<section>\n<h2>", "overview.short", "</h2>\n<ul>\n");
    bool any = inb_i_overview_points(page);
    inb_buffer_text(page->base.out, "</ul></section>\n");
    if (any) {
        INB_TRY(inb_i_overview_body(page, err));
    }
    text(page, "<section>\n<h2>", "overview.read.heading", "</h2>\n<ul>\n");
    inb_i_overview_read(page);
    inb_buffer_text(page->base.out, "</ul></section>\n");
    return INB_OK;
}

inb_status inb_overview_sections(
    const inb_overview_report *report, inb_buffer *out, inb_error *err) {
    inb_report base;
    inb_i_overview page = inb_i_overview_of(report, &base, out);
    INB_TRY(body(&page, err));
    return inb_buffer_check(out, err);
}

inb_status inb_overview_html(const inb_overview_report *report, inb_buffer *out, inb_error *err) {
    inb_report base;
    inb_i_overview page = inb_i_overview_of(report, &base, out);
    inb_i_page_begin(&page.base, "overview.title", "overview.lead");
    INB_TRY(body(&page, err));
    text(&page, "</main>\n<footer>\n<p>", "report.confidential", "</p>\n");
    inb_i_page_end(&page.base);
    return inb_buffer_check(out, err);
}
