// SPDX-License-Identifier: EUPL-1.2
// The report: one HTML page that answers "how many are not in view?" from published figures and
// from the lists given. Nothing is loaded and nothing runs: style is inline and allowed by its hash
// alone, pictures are inline SVG, and every number also stands in a table.

#include "overview_i.h"

#include "base/alloc.h"
#include "base/assets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// SHA-256, in base64, of the text between <style> and </style>, for the CSP (CSP level 3, 2.3.1).
// tests/5_publish/report_page.py says what they should be when a style sheet changes.
static const char picture_style_hash[] = "FksT2b4sgPkVhsthIFz2ne7qkwsPdx+bWrI5gBooQcE=";
static const char report_style_hash[] = "ssicORiA8HtehDVSL9BiDMcNeUFYqJUE+PXJZQEV0Bs=";

static const char *style(const char *path) {
    const inb_asset *asset = inb_asset_find(path);
    return asset == NULL ? "" : asset->data;
}

const char *inb_picture_css(void) {
    return style("web/css/picture.css");
}

// ---- pieces of a page ----

void inb_i_page_text(inb_i_page *page, const char *open, const char *key, const char *close) {
    inb_buffer_text(page->out, open);
    inb_i_text(&page->words, page->out, key);
    inb_buffer_text(page->out, close);
}

void inb_i_page_plain(
    inb_i_page *page, inb_buffer *plain, const char *key, const char *const *arguments) {
    inb_i_say_plain(&page->words, plain, key, arguments);
    if (plain->status != INB_OK && page->out->status == INB_OK) {
        page->out->status = plain->status;
    }
}

static void draw(const inb_picture *picture, const inb_i_figure *figure, inb_buffer *out) {
    switch (figure->kind) {
    case INB_I_FIGURE_SERIES:
        inb_svg_series(picture, figure->series, out);
        break;
    case INB_I_FIGURE_FOREST:
        inb_svg_forest(picture, figure->forest, out);
        break;
    case INB_I_FIGURE_LISTS:
        inb_svg_lists(picture, figure->histories, figure->published, out);
        break;
    case INB_I_FIGURE_OVERLAPS:
        inb_svg_overlaps(picture, figure->histories, figure->published, out);
        break;
    case INB_I_FIGURE_BARS:
        inb_svg_bars(picture, figure->bars, out);
        break;
    case INB_I_FIGURE_QUARTERS:
        inb_svg_quarters(picture, figure->quarters, out);
        break;
    case INB_I_FIGURE_SEEN:
        inb_svg_seen(picture, figure->low_share, figure->high_share, out);
        break;
    }
}

static void tabulate(const inb_picture *picture, const inb_i_figure *figure, inb_buffer *out) {
    switch (figure->kind) {
    case INB_I_FIGURE_SERIES:
        inb_table_series(picture, figure->series, out);
        break;
    case INB_I_FIGURE_FOREST:
        inb_table_forest(picture, figure->forest, out);
        break;
    case INB_I_FIGURE_LISTS:
        inb_table_lists(picture, figure->histories, figure->published, out);
        break;
    case INB_I_FIGURE_OVERLAPS:
        inb_table_overlaps(picture, figure->histories, figure->published, out);
        break;
    case INB_I_FIGURE_BARS:
    case INB_I_FIGURE_QUARTERS:
    case INB_I_FIGURE_SEEN:
        break;
    }
}

void inb_i_page_figure(inb_i_page *page, const inb_i_figure *figure, const char *caption,
    const char *table_key, bool open) {
    static const struct {
        const char *class_name;
        unsigned width;
    } sizes[] = {{"p-wide", INB_PICTURE_DESK}, {"p-narrow", INB_PICTURE_PHONE}};
    unsigned number = ++page->figures;
    inb_picture picture = page->words;
    char id[32];
    picture.id = id;
    inb_buffer_text(page->out, "<figure class=\"p-figure\">\n");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        snprintf(id, sizeof id, "f%u%c", number, sizes[i].class_name[2]);
        picture.width = sizes[i].width;
        inb_buffer_format(page->out, "<div class=\"%s\">\n", sizes[i].class_name);
        draw(&picture, figure, page->out);
        inb_buffer_text(page->out, "</div>\n");
    }
    if (caption != NULL) {
        inb_buffer_text(page->out, "<figcaption>");
        inb_i_escape(page->out, caption);
        inb_buffer_text(page->out, "</figcaption>\n");
    }
    inb_buffer_text(page->out, "</figure>\n");
    if (table_key == NULL) {
        return;
    }
    inb_buffer_format(
        page->out, "<details%s><summary id=\"f%u-table\">", open ? " open" : "", number);
    inb_i_text(&page->words, page->out, table_key);
    inb_buffer_format(page->out,
        "</summary>\n<div class=\"p-scroll\" role=\"region\" tabindex=\"0\" "
        "aria-labelledby=\"f%u-table\">\n",
        number);
    tabulate(&picture, figure, page->out);
    inb_buffer_text(page->out, "</div></details>\n");
}

// ---- published estimates ----

typedef struct published {
    const char *years;
    const inb_public_figure *middle; // may be NULL
    const inb_public_figure *range;  // may be NULL
    const inb_public_figure *seen;   // observed per year in the same data; may be NULL
} published;

enum { PUBLISHED_MOST = 6 };

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static const inb_public_figure **published_slot(published *one, const inb_public_figure *row) {
    if (strcmp(row->measure, "MSE estimate per year") == 0 && begins(row->group, "total")) {
        return row->has_number ? &one->middle : row->has_range ? &one->range : NULL;
    }
    bool is_seen = strcmp(row->measure, "observed per year in MSE data") == 0 &&
                   begins(row->group, "total") && row->has_number;
    return is_seen ? &one->seen : NULL;
}

// Estimates of the total by the years that they are of, in the order of the file.
static size_t find_published(const inb_public_figures *figures, published found[PUBLISHED_MOST]) {
    size_t count = 0;
    for (size_t i = 0; i < figures->count; i++) {
        const inb_public_figure *row = &figures->rows[i];
        published none = {0};
        if (published_slot(&none, row) == NULL) {
            continue;
        }
        size_t at = 0;
        while (at < count && strcmp(found[at].years, row->year) != 0) {
            at++;
        }
        if (at == PUBLISHED_MOST) {
            continue;
        }
        if (at == count) {
            found[count++] = (published){.years = row->year};
        }
        *published_slot(&found[at], row) = row;
    }
    return count;
}

// The newest with a middle and a range, or NULL.
static const published *newest(const published *found, size_t count) {
    const published *result = NULL;
    for (size_t i = 0; i < count; i++) {
        if (found[i].middle != NULL && found[i].range != NULL &&
            (result == NULL || strcmp(found[i].years, result->years) > 0)) {
            result = &found[i];
        }
    }
    return result;
}

static void published_seen(inb_i_page *page, const published *one) {
    if (one == NULL || one->seen == NULL || one->range->low <= 0 || one->range->high <= 0) {
        return;
    }
    inb_i_number seen = inb_i_people(&page->words, one->seen->number);
    inb_i_number low = inb_i_people(&page->words, one->range->low);
    inb_i_number high = inb_i_people(&page->words, one->range->high);
    inb_buffer caption = INB_BUFFER_INIT(4096);
    inb_i_page_plain(page, &caption, "report.seen.caption.published",
        (const char *const[]){one->years, seen.text, low.text, high.text, NULL});
    inb_i_figure figure = {.kind = INB_I_FIGURE_SEEN,
        .low_share = one->seen->number / one->range->high,
        .high_share = one->seen->number / one->range->low};
    inb_i_page_figure(page, &figure, inb_buffer_get(&caption), NULL, false);
    inb_buffer_clear(&caption);
}

static void published_forest(inb_i_page *page, const published *found, size_t count) {
    inb_buffer texts[3] = {INB_BUFFER_INIT(4096), INB_BUFFER_INIT(4096), INB_BUFFER_INIT(4096)};
    inb_buffer labels[PUBLISHED_MOST];
    inb_forest_row rows[PUBLISHED_MOST];
    memset(labels, 0, sizeof labels);
    memset(rows, 0, sizeof rows);
    static const char *const keys[] = {
        "report.published.title", "report.published.desc", "report.published.unit"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        inb_i_page_plain(page, &texts[i], keys[i], (const char *const[]){NULL});
    }
    size_t row_count = 0;
    for (size_t i = 0; i < count; i++) {
        const published *one = &found[i];
        if (one->middle == NULL && one->range == NULL) {
            continue;
        }
        labels[row_count].max = 4096;
        inb_i_page_plain(page, &labels[row_count], "report.published.label",
            (const char *const[]){one->years, NULL});
        rows[row_count] = (inb_forest_row){.label = inb_buffer_get(&labels[row_count]),
            .note = one->middle != NULL ? one->middle->source : one->range->source,
            .has_value = one->middle != NULL,
            .value = one->middle != NULL ? one->middle->number : 0,
            .has_interval = one->range != NULL,
            .low = one->range != NULL ? one->range->low : 0,
            .high = one->range != NULL ? one->range->high : 0};
        row_count++;
    }
    inb_forest forest = {.title = inb_buffer_get(&texts[0]),
        .description = inb_buffer_get(&texts[1]),
        .unit = inb_buffer_get(&texts[2]),
        .row_count = row_count,
        .rows = rows};
    inb_buffer caption = INB_BUFFER_INIT(4096);
    inb_i_page_plain(page, &caption, "report.published.range", (const char *const[]){NULL});
    inb_i_figure figure = {.kind = INB_I_FIGURE_FOREST, .forest = &forest};
    if (row_count > 0) {
        inb_i_page_figure(page, &figure, inb_buffer_get(&caption), "report.table.picture", true);
    }
    inb_buffer_clear(&caption);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        inb_buffer_clear(&texts[i]);
    }
    for (size_t i = 0; i < PUBLISHED_MOST; i++) {
        inb_buffer_clear(&labels[i]);
    }
}

// Groups of whom the least is seen, each with the text's key for its kind of row.
static void least_seen(inb_i_page *page) {
    const inb_public_figures *figures = page->report->figures;
    bool any = false;
    for (size_t i = 0; i < figures->count; i++) {
        const inb_public_figure *row = &figures->rows[i];
        bool share = strcmp(row->measure, "share in view") == 0;
        if (!share && strcmp(row->measure, "least in view") != 0) {
            continue;
        }
        if (!any) {
            inb_i_page_text(page, "<h3>", "report.least.heading", "</h3>\n<ul>\n");
        }
        any = true;
        inb_buffer group = INB_BUFFER_INIT(8192);
        inb_i_data_plain(&page->words, &group, "group", share ? row->group : row->value);
        INB_PAGE_SAY(page, "<li>", " (", share ? "report.least.item" : "report.least.groups",
            inb_buffer_get(&group), share ? row->value : row->year, row->year);
        inb_i_source(page->out, row->source);
        inb_buffer_text(page->out, ")</li>\n");
        if (group.status != INB_OK && page->out->status == INB_OK) {
            page->out->status = group.status;
        }
        inb_buffer_clear(&group);
    }
    inb_buffer_text(page->out, any ? "</ul>\n" : "");
}

// ---- in short ----

static void short_registered(inb_i_page *page, const inb_series_set *set) {
    int newest_year = 0;
    for (size_t i = 0; i < set->series_count; i++) {
        const inb_series *series = &set->series[i];
        int year = series->points[series->point_count - 1].year;
        newest_year = year > newest_year ? year : newest_year;
    }
    for (size_t i = 0; i < set->series_count; i++) {
        const inb_series *series = &set->series[i];
        const inb_point *last = &series->points[series->point_count - 1];
        if (last->year == newest_year) {
            char year[16];
            snprintf(year, sizeof year, "%d", last->year);
            inb_i_number value = inb_i_people(&page->words, last->value);
            INB_PAGE_SAY(page, "<li>", "</li>\n",
                series->certain ? "report.short.registered" : "report.short.registered.unstated",
                year, value.text, inb_i_series_name(&page->words, series));
        }
    }
}

// The last two points of the line of all minors.
static void short_minors(inb_i_page *page, const inb_series_set *set) {
    for (size_t i = 0; i < set->series_count; i++) {
        const inb_series *series = &set->series[i];
        if (strcmp(series->key, "report.minors.all") != 0 || series->point_count < 2) {
            continue;
        }
        const inb_point *last = &series->points[series->point_count - 1];
        char years[2][16];
        snprintf(years[0], sizeof years[0], "%d", last[-1].year);
        snprintf(years[1], sizeof years[1], "%d", last->year);
        inb_i_number values[2] = {
            inb_i_people(&page->words, last[-1].value), inb_i_people(&page->words, last->value)};
        INB_PAGE_SAY(page, "<li>", "</li>\n", "report.short.minors", values[0].text, years[0],
            values[1].text, years[1]);
    }
}

static inb_status short_table(inb_i_page *page, const inb_report_table *table, inb_error *err) {
    const char *known;
    INB_TRY(inb_report_known(table->histories, &known, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer title = INB_BUFFER_INIT(64 * 1024);
    inb_i_table_title(page, table, known, &title);
    INB_TRY(inb_buffer_check(&title, err));
    const char *name = inb_buffer_get(&title);
    double low = 0;
    double high = 0;
    if (inb_i_too_few(table)) {
        INB_PAGE_SAY(page, "<li>", "</li>\n", "report.short.table.few", name);
        return INB_OK;
    }
    double observed = (double)inb_i_observed(table);
    inb_i_number people = inb_i_people(&page->words, observed);
    bool any = inb_i_extent(table, &low, &high) && low > 0;
    inb_i_number numbers[2] = {inb_i_people(&page->words, low), inb_i_people(&page->words, high)};
    inb_i_number shares[2] = {inb_i_people(&page->words, any ? 100 * observed / high : 0),
        inb_i_people(&page->words, any ? 100 * observed / low : 0)};
    bool one = any && strcmp(numbers[0].text, numbers[1].text) == 0;
    INB_PAGE_SAY(page, "<li>", "",
        one   ? "report.short.table.one"
        : any ? "report.short.table"
              : "report.short.table.none",
        name, people.text, numbers[0].text, numbers[1].text, shares[0].text, shares[1].text);
    if (known != NULL) {
        // What was published of the same people stands beside, also where it says otherwise.
        inb_buffer_char(page->out, ' ');
        inb_i_reference(page, known, "short");
    }
    inb_buffer_text(page->out, "</li>\n");
    return INB_OK;
}

static inb_status in_short(inb_i_page *page, const inb_series_set *registered,
    const inb_series_set *minors, const published *estimate, inb_error *err) {
    inb_i_page_text(page, "<section>\n<h2>",
        page->report->overview != NULL ? "report.store.country" : "report.short", "</h2>\n<ul>\n");
    short_registered(page, registered);
    if (estimate != NULL) {
        inb_i_number numbers[3] = {inb_i_people(&page->words, estimate->middle->number),
            inb_i_people(&page->words, estimate->range->low),
            inb_i_people(&page->words, estimate->range->high)};
        INB_PAGE_SAY(page, "<li>", "</li>\n", "report.short.published", estimate->years,
            numbers[0].text, numbers[1].text, numbers[2].text);
    }
    inb_i_page_text(page, "<li>", "report.short.fewer", "</li>\n");
    short_minors(page, minors);
    for (size_t i = 0; i < page->report->table_count; i++) {
        INB_TRY(short_table(page, &page->report->tables[i], err));
    }
    inb_buffer_text(page->out, "</ul>\n");
    published_seen(page, estimate);
    inb_buffer_text(page->out, "</section>\n");
    return INB_OK;
}

// ---- registered ----

static void registered_section(
    inb_i_page *page, const inb_series_set *registered, const inb_series_set *minors) {
    inb_buffer caption = INB_BUFFER_INIT(4096);
    const char *const none[] = {NULL};
    inb_i_page_text(page, "<section>\n<h2>", "report.registered.heading", "</h2>\n");
    inb_i_page_text(page, "<p>", "report.registered.intro", "</p>\n");
    inb_i_page_plain(page, &caption, "report.registered.caption", none);
    inb_i_figure figure = {.kind = INB_I_FIGURE_SERIES, .series = registered};
    inb_i_page_figure(page, &figure, inb_buffer_get(&caption), "report.table.registered", false);
    inb_i_page_text(page, "<p>", "report.breaks", "</p>\n");
    if (minors->series_count > 0) {
        inb_i_page_text(page, "<h3>", "report.minors.heading", "</h3>\n");
        inb_i_page_text(page, "<p>", "report.minors.intro", "</p>\n");
        figure.series = minors;
        inb_i_page_figure(page, &figure, NULL, "report.table.registered", false);
    }
    inb_buffer_text(page->out, "</section>\n");
    inb_buffer_clear(&caption);
}

// ---- how to read, sources, foot ----

static void points(inb_i_page *page, const char *before, const char *const *keys, size_t count) {
    inb_buffer_text(page->out, before);
    for (size_t i = 0; i < count; i++) {
        inb_i_page_text(page, "<li>", keys[i], "</li>\n");
    }
    inb_buffer_text(page->out, "</ul>\n");
}

static void how_to_read(inb_i_page *page, inb_i_overview *overview) {
    static const char *const reading[] = {
        "report.read.1", "report.read.2", "report.read.3", "report.read.4"};
    static const char *const silent[] = {
        "report.not.1", "report.not.2", "report.not.3", "report.not.4"};
    inb_i_page_text(page, "<section>\n<h2>", "report.read.heading", "</h2>\n");
    points(page, "<ul>\n", reading, sizeof reading / sizeof reading[0]);
    if (overview != NULL) {
        inb_i_page_text(page, "<h3>", "report.store.read", "</h3>\n<ul>\n");
        inb_i_overview_read(overview);
        inb_buffer_text(page->out, "</ul>\n");
    }
    inb_i_page_text(page, "<h3>", "report.not.heading", "</h3>\n");
    points(page, "<ul>\n", silent, sizeof silent / sizeof silent[0]);
    inb_buffer_text(page->out, "</section>\n");
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Which figures the report shows; their sources are listed.
static bool is_shown(const inb_public_figure *row) {
    return begins(row->measure, "registered presumed victims") ||
           begins(row->measure, "MSE estimate per year") ||
           begins(row->measure, "observed per year in MSE data") ||
           begins(row->measure, "share in view") || begins(row->measure, "least in view");
}

static inb_status sources(inb_i_page *page, inb_error *err) {
    const inb_public_figures *figures = page->report->figures;
    INB_CLEANUP(inb_freep) const char **list = inb_alloc(figures->count + 1, sizeof *list);
    if (list == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the report");
    }
    size_t count = 0;
    for (size_t i = 0; i < figures->count; i++) {
        if (is_shown(&figures->rows[i])) {
            list[count++] = figures->rows[i].source;
        }
    }
    qsort(list, count, sizeof *list, by_text);
    inb_i_page_text(page, "<section>\n<h2>", "report.sources.heading", "</h2>\n");
    inb_i_page_text(page, "<p>", "report.sources.intro", "</p>\n<ul class=\"sources\">\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(list[i], list[i - 1]) == 0) {
            continue;
        }
        inb_buffer_text(page->out, "<li>");
        inb_i_source_whole(page->out, list[i]);
        inb_buffer_text(page->out, "</li>\n");
    }
    inb_i_page_text(page, "</ul>\n<p>", "report.sources.method", "</p>\n</section>\n");
    return INB_OK;
}

// "24 november 2026" of "2026-11-24"; the date itself where it is not one.
static void write_date(inb_i_page *page, inb_buffer *plain) {
    const char *date = page->report->date;
    char key[32];
    int year;
    int month;
    int day;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3) {
        inb_buffer_text(plain, date);
        return;
    }
    snprintf(key, sizeof key, "report.month.%d", month);
    inb_buffer_format(plain, "%d ", day);
    inb_i_page_plain(page, plain, key, (const char *const[]){NULL});
    inb_buffer_format(plain, " %d", year);
}

void inb_i_page_begin(inb_i_page *page, const char *title, const char *lead) {
    inb_buffer_text(page->out, "<!DOCTYPE html>\n<html lang=\"");
    inb_i_escape(page->out, page->report->language);
    inb_buffer_format(page->out,
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'sha256-%s' 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        picture_style_hash, report_style_hash);
    inb_i_page_text(page, "<title>", title, "</title>\n<style>");
    inb_buffer_text(page->out, inb_picture_css());
    inb_buffer_text(page->out, "</style>\n<style>");
    inb_buffer_text(page->out, style("web/css/report.css"));
    inb_i_page_text(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">",
        "report.skip", "</a>\n");
    inb_i_page_text(page, "<header>\n<h1>", title, "</h1>\n");
    inb_i_page_text(page, "<p class=\"lead\">", lead, "</p>\n");
    inb_buffer date = INB_BUFFER_INIT(256);
    write_date(page, &date);
    INB_PAGE_SAY(page, "<p class=\"soft\">", "</p>\n</header>\n<main id=\"main\">\n",
        "report.dateline", inb_buffer_get(&date), page->report->version);
    inb_buffer_clear(&date);
}

void inb_i_page_end(inb_i_page *page) {
    const inb_report *report = page->report;
    INB_PAGE_SAY(page, "<p>", "</p>\n</footer>\n</body>\n</html>\n", "report.version",
        report->version, inb_catalogue_version(report->catalogue), report->date);
}

static void foot(inb_i_page *page) {
    const inb_report *report = page->report;
    bool open = true;
    for (size_t i = 0; i < report->table_count; i++) {
        open = open && report->tables[i].published;
    }
    inb_i_page_text(page, "</main>\n<footer>\n<p>",
        report->overview != NULL   ? "report.confidential"
        : report->table_count == 0 ? "report.nolists"
        : open                     ? "report.open"
                                   : "report.confidential",
        "</p>\n");
    inb_i_page_end(page);
}

// The picture of a store, written into the report's own page so that no id stands twice.
static inb_status store_sections(inb_i_page *page, inb_i_overview *overview, inb_error *err) {
    inb_i_page_text(page, "<section>\n<h2>", "report.store.short", "</h2>\n<ul>\n");
    bool any = inb_i_overview_points(overview);
    inb_i_page_text(
        page, "</ul>\n<p class=\"box unsure\">", "overview.read.1", "</p>\n</section>\n");
    overview->base.figures = page->figures;
    if (any) {
        INB_TRY(inb_i_overview_body(overview, err));
    }
    page->figures = overview->base.figures;
    return INB_OK;
}

inb_status inb_report_html(const inb_report *report, inb_buffer *out, inb_error *err) {
    inb_i_page page = {.report = report,
        .words = {.catalogue = report->catalogue, .language = report->language, .id = ""},
        .out = out};
    INB_CLEANUP(inb_series_set_freep) inb_series_set *registered = NULL;
    INB_CLEANUP(inb_series_set_freep) inb_series_set *minors = NULL;
    INB_TRY(inb_series_pick(report->figures, INB_SERIES_REGISTERED, &registered, err));
    INB_TRY(inb_series_pick(report->figures, INB_SERIES_MINORS, &minors, err));
    published found[PUBLISHED_MOST];
    size_t count = find_published(report->figures, found);
    inb_report base;
    inb_i_overview store;
    inb_i_overview *overview = NULL;
    if (report->overview != NULL) {
        store = inb_i_overview_of(report->overview, &base, out);
        overview = &store;
    }
    inb_i_page_begin(&page, "report.title", "report.lead");
    inb_i_banner(&page, overview != NULL && overview->truth != NULL);
    if (overview != NULL) {
        INB_TRY(store_sections(&page, overview, err));
    }
    INB_TRY(in_short(&page, registered, minors, newest(found, count), err));
    registered_section(&page, registered, minors);
    inb_i_page_text(&page, "<section>\n<h2>", "report.published.heading", "</h2>\n");
    inb_i_page_text(&page, "<p>", "report.published.intro", "</p>\n");
    published_forest(&page, found, count);
    least_seen(&page);
    inb_buffer_text(out, "</section>\n");
    for (size_t i = 0; i < report->table_count; i++) {
        INB_TRY(inb_i_page_table(&page, &report->tables[i], err));
    }
    how_to_read(&page, overview);
    INB_TRY(sources(&page, err));
    foot(&page);
    return inb_buffer_check(out, err);
}
