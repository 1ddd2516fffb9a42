// SPDX-License-Identifier: EUPL-1.2
// The report's section on one table of lists: what it is, who sees whom, what the methods say, what
// they assume and where one has to mind. Numbers are those of station 4, rounded to whole people.

#include "report_i.h"

#include "base/alloc.h"
#include "base/assets.h"

#include <stdio.h>
#include <string.h>

// ---- tables that are published elsewhere ----

typedef struct known_table {
    const char *name;
    const char *reference; // key of an earlier published answer's name
    double value;          // 0 = only a range
    double low;            // 0 = only a value
    double high;
} known_table;

// References: UK Home Office 2014 (10,000 to 13,000); National Rapporteur and UNODC 2017, about
// 6,250 a year, here times the six years that the lists cover.
static const known_table known_tables[] = {
    {"Ned", "report.reference.Ned", 37500, 0, 0},
    {"Ned_5", "report.reference.Ned", 37500, 0, 0},
    {"UKdat", "report.reference.UKdat", 0, 10000, 13000},
    {"UKdat_5", "report.reference.UKdat", 0, 10000, 13000},
};

static const known_table *find_known(const char *name) {
    for (size_t i = 0; i < sizeof known_tables / sizeof known_tables[0]; i++) {
        if (strcmp(known_tables[i].name, name) == 0) {
            return &known_tables[i];
        }
    }
    return NULL;
}

static bool same_table(const inb_histories *one, const inb_histories *other) {
    if (one->list_count != other->list_count || one->group_count != 1 || other->group_count != 1) {
        return false;
    }
    for (size_t list = 0; list < one->list_count; list++) {
        if (strcmp(one->lists[list], other->lists[list]) != 0) {
            return false;
        }
    }
    for (size_t h = 1; h < (size_t)1 << one->list_count; h++) {
        const inb_cell *a = &one->groups[0].cells[h];
        const inb_cell *b = &other->groups[0].cells[h];
        if (a->kind != b->kind || a->count != b->count) {
            return false;
        }
    }
    return true;
}

inb_status inb_report_known(const inb_histories *histories, const char **ret_name, inb_error *err) {
    for (size_t i = 0; i < sizeof known_tables / sizeof known_tables[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "data/lists/%s.csv", known_tables[i].name);
        const inb_asset *asset = inb_asset_find(path);
        if (asset == NULL) {
            continue;
        }
        INB_CLEANUP(inb_histories_freep) inb_histories *published = NULL;
        INB_TRY(
            inb_histories_read_memory(path, asset->data, asset->length, NULL, 0, &published, err));
        if (same_table(histories, published)) {
            *ret_name = known_tables[i].name;
            return INB_OK;
        }
    }
    *ret_name = NULL;
    return INB_OK;
}

void inb_i_table_title(
    inb_i_page *page, const inb_report_table *table, const char *known, inb_buffer *plain) {
    if (known == NULL) {
        inb_buffer_text(plain, table->name);
        return;
    }
    char key[80];
    snprintf(key, sizeof key, "report.known.%s.name", known);
    inb_i_page_plain(page, plain, key, (const char *const[]){table->name, NULL});
}

void inb_i_reference(inb_i_page *page, const char *known, const char *part) {
    char key[80];
    snprintf(key, sizeof key, "%s.%s", find_known(known)->reference, part);
    inb_i_text(&page->words, page->out, key);
}

// ---- what the estimates say ----

// Methods further apart than this have no single number (design.md, headline).
static const double MOST_APART = 2;

const inb_estimate *inb_i_leading(const inb_report_table *table) {
    const inb_estimate *leading = NULL;
    for (size_t i = 0; i < table->estimate_count; i++) {
        if (leading == NULL || leading->method != INB_COUNT_STEPWISE) {
            leading = table->estimates[i];
        }
    }
    return leading;
}

int64_t inb_i_observed(const inb_report_table *table) {
    int64_t sum = 0;
    for (size_t g = 0; g < table->histories->group_count; g++) {
        sum += table->histories->groups[g].observed;
    }
    return sum;
}

bool inb_i_too_few(const inb_report_table *table) {
    return !table->published && inb_i_observed(table) < INB_SMALL_CELL;
}

bool inb_i_extent(const inb_report_table *table, double *ret_low, double *ret_high) {
    bool any = false;
    for (size_t i = 0; i < table->estimate_count; i++) {
        const inb_figures *total = &table->estimates[i]->total;
        if (total->has_estimate && total->status == 0) {
            *ret_low = !any || total->estimate < *ret_low ? total->estimate : *ret_low;
            *ret_high = !any || total->estimate > *ret_high ? total->estimate : *ret_high;
            any = true;
        }
    }
    return any;
}

static void headline(inb_i_page *page, const inb_report_table *table) {
    const inb_estimate *leading = inb_i_leading(table);
    const inb_picture *words = &page->words;
    const inb_figures *total = &leading->total;
    double low = 0;
    double high = 0;
    bool any = inb_i_extent(table, &low, &high);
    // The leading estimate knows of some methods only; the page shows more.
    bool given = leading->headline.given && high <= MOST_APART * low;
    inb_buffer_text(page->out, given ? "<div class=\"box\">" : "<div class=\"box unsure\">");
    inb_i_number lowest = inb_i_people(words, low);
    inb_i_number highest = inb_i_people(words, high);
    if (given) {
        inb_i_number all = inb_i_people(words, total->estimate);
        inb_i_number hidden = inb_i_people(words, total->hidden);
        INB_PAGE_SAY(page, "<p class=\"lead\">", "</p>\n", "report.hidden.given", all.text,
            hidden.text, lowest.text, highest.text);
    } else if (any && low < high && total->status == 0 && total->has_estimate) {
        inb_i_number factor = inb_i_decimal(words, high / low, 1);
        INB_PAGE_SAY(page, "<p class=\"lead\">", "</p>\n", "report.hidden.notgiven", lowest.text,
            highest.text, factor.text);
    } else {
        inb_i_page_text(page, "<p class=\"lead\">",
            total->has_estimate ? "report.hidden.notfull" : "report.hidden.none", "</p>\n");
    }
    if (given && total->has_interval) {
        inb_i_number level = inb_i_people(words, total->interval.level * 100);
        inb_i_number from = inb_i_people(words, total->interval.low);
        inb_i_number to = inb_i_people(words, total->interval.high);
        INB_PAGE_SAY(
            page, "<p>", "</p>\n", "report.hidden.interval", level.text, from.text, to.text);
    }
    inb_buffer_text(page->out, "</div>\n");
}

static void seen(inb_i_page *page, const inb_report_table *table) {
    double low;
    double high;
    if (!inb_i_extent(table, &low, &high) || low <= 0) {
        return;
    }
    inb_buffer caption = INB_BUFFER_INIT(4096);
    inb_i_page_plain(page, &caption, "report.seen.caption.table", (const char *const[]){NULL});
    double people = (double)inb_i_observed(table);
    inb_i_figure figure = {
        .kind = INB_I_FIGURE_SEEN, .low_share = people / high, .high_share = people / low};
    inb_i_page_figure(page, &figure, inb_buffer_get(&caption), NULL, false);
    inb_buffer_clear(&caption);
}

enum { ROWS_MOST = 8 };

// The texts that a forest borrows while it is drawn.
typedef struct forest_texts {
    inb_buffer title;
    inb_buffer description;
    inb_buffer unit;
    inb_buffer observed;
    inb_buffer labels[ROWS_MOST];
    inb_buffer note;
} forest_texts;

static void forest_texts_clear(forest_texts *texts) {
    inb_buffer_clear(&texts->title);
    inb_buffer_clear(&texts->description);
    inb_buffer_clear(&texts->unit);
    inb_buffer_clear(&texts->observed);
    for (size_t i = 0; i < ROWS_MOST; i++) {
        inb_buffer_clear(&texts->labels[i]);
    }
    inb_buffer_clear(&texts->note);
}

static void method_key(
    const inb_estimate *estimate, const char *group, const char *end, char *key, size_t size) {
    snprintf(key, size, "report.%s.%s%s", group, inb_count_method_name(estimate->method), end);
}

static void draw_estimates(
    inb_i_page *page, const inb_report_table *table, const known_table *known) {
    INB_CLEANUP(forest_texts_clear)
    forest_texts texts = {INB_BUFFER_INIT(4096), INB_BUFFER_INIT(4096), INB_BUFFER_INIT(4096),
        INB_BUFFER_INIT(4096), {{0}}, INB_BUFFER_INIT(4096)};
    const char *const none[] = {NULL};
    inb_i_number people = inb_i_people(&page->words, (double)inb_i_observed(table));
    inb_i_page_plain(
        page, &texts.title, "report.forest.title", (const char *const[]){table->name, NULL});
    inb_i_page_plain(page, &texts.description, "report.forest.desc", none);
    inb_i_page_plain(page, &texts.unit, "report.forest.unit", none);
    inb_i_page_plain(
        page, &texts.observed, "report.forest.observed", (const char *const[]){people.text, NULL});
    inb_forest_row rows[ROWS_MOST];
    memset(rows, 0, sizeof rows);
    size_t count = 0;
    for (size_t i = 0; i < table->estimate_count && count < ROWS_MOST - 1; i++) {
        const inb_estimate *estimate = table->estimates[i];
        const inb_figures *total = &estimate->total;
        char key[64];
        method_key(estimate, "method", "", key, sizeof key);
        texts.labels[count].max = 4096;
        inb_i_page_plain(page, &texts.labels[count], key, none);
        rows[count] = (inb_forest_row){.label = inb_buffer_get(&texts.labels[count]),
            .has_value = total->has_estimate,
            .value = total->estimate,
            .has_interval = total->has_interval,
            .low = total->interval.low,
            .high = total->interval.high};
        count++;
    }
    if (known != NULL) {
        char key[64];
        snprintf(key, sizeof key, "%s.note", known->reference);
        texts.labels[count].max = 4096;
        inb_i_page_plain(page, &texts.labels[count], known->reference, none);
        inb_i_page_plain(page, &texts.note, key, none);
        rows[count] = (inb_forest_row){.label = inb_buffer_get(&texts.labels[count]),
            .note = inb_buffer_get(&texts.note),
            .has_value = known->value > 0,
            .value = known->value,
            .has_interval = known->high > 0,
            .low = known->low,
            .high = known->high};
        count++;
    }
    inb_forest forest = {.title = inb_buffer_get(&texts.title),
        .description = inb_buffer_get(&texts.description),
        .unit = inb_buffer_get(&texts.unit),
        .has_observed = true,
        .observed = (double)inb_i_observed(table),
        .observed_label = inb_buffer_get(&texts.observed),
        .row_count = count,
        .rows = rows};
    inb_buffer caption = INB_BUFFER_INIT(4096);
    inb_i_page_plain(page, &caption, "report.forest.figcaption", none);
    inb_i_figure figure = {.kind = INB_I_FIGURE_FOREST, .forest = &forest};
    inb_i_page_figure(page, &figure, inb_buffer_get(&caption), "report.table.picture", true);
    inb_buffer_clear(&caption);
}

// ---- model, assumption and warnings in words ----

// "police with shelters, police with NGOs": the dependences of a model.
static size_t name_pairs(inb_i_page *page, const inb_estimate *estimate, inb_buffer *plain) {
    const inb_figures *total = &estimate->total;
    size_t named = 0;
    for (size_t i = 0; i < total->model_count; i++) {
        inb_buffer others = INB_BUFFER_INIT(64 * 1024);
        const char *last = NULL;
        size_t size = 0;
        for (size_t list = 0; list < estimate->list_count; list++) {
            if ((total->model[i] >> list & 1) == 0) {
                continue;
            }
            if (last != NULL) {
                inb_buffer_text(&others, size > 1 ? ", " : "");
                inb_buffer_text(&others, last);
            }
            last = estimate->lists[list];
            size++;
        }
        if (size >= 2) {
            inb_buffer_text(plain, named == 0 ? "" : "; ");
            inb_i_page_plain(page, plain, "report.words.pair",
                (const char *const[]){inb_buffer_get(&others), last, NULL});
            named++;
        }
        if (others.status != INB_OK && page->out->status == INB_OK) {
            page->out->status = others.status;
        }
        inb_buffer_clear(&others);
    }
    return named;
}

static void words(inb_i_page *page, const inb_report_table *table) {
    inb_i_page_text(page, "<h3>", "report.words.heading", "</h3>\n<ul>\n");
    for (size_t i = 0; i < table->estimate_count; i++) {
        char key[80];
        inb_buffer pairs = INB_BUFFER_INIT(64 * 1024);
        size_t named = name_pairs(page, table->estimates[i], &pairs);
        inb_count_method method = table->estimates[i]->method;
        bool none = (method == INB_COUNT_STEPWISE || method == INB_COUNT_BIC) && named == 0;
        method_key(table->estimates[i], "words", none ? ".none" : "", key, sizeof key);
        INB_PAGE_SAY(page, "<li>", "</li>\n", key, inb_buffer_get(&pairs));
        if (pairs.status != INB_OK && page->out->status == INB_OK) {
            page->out->status = pairs.status;
        }
        inb_buffer_clear(&pairs);
    }
    inb_i_page_text(page, "</ul>\n<p><strong>", "report.assumption", "</strong></p>\n");
}

// Whether an earlier warning of an earlier estimate, or of this one, has the same code.
static bool was_said(const inb_report_table *table, size_t estimate, size_t warning) {
    const char *code = table->estimates[estimate]->total.warnings[warning].code;
    for (size_t i = 0; i <= estimate; i++) {
        const inb_figures *total = &table->estimates[i]->total;
        size_t count = i == estimate ? warning : total->warning_count;
        for (size_t j = 0; j < count; j++) {
            if (strcmp(total->warnings[j].code, code) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void say_warning(
    inb_i_page *page, const inb_report_table *table, const inb_warning *warning) {
    char key[96];
    snprintf(key, sizeof key, "report.warning.%.64s", warning->code);
    inb_buffer_text(page->out, "<li>");
    if (inb_i_has_text(&page->words, key)) {
        inb_i_text(&page->words, page->out, key);
    } else if (table->published) {
        inb_buffer_text(page->out, "<span lang=\"en\">");
        inb_i_escape(page->out, warning->text);
        inb_buffer_text(page->out, "</span>");
    } else {
        // Its own words may hold a small count.
        inb_i_text(&page->words, page->out, "report.warning.other");
    }
    inb_buffer_text(page->out, "</li>\n");
}

static void warnings(inb_i_page *page, const inb_report_table *table) {
    bool any = false;
    for (size_t i = 0; i < table->estimate_count; i++) {
        const inb_figures *total = &table->estimates[i]->total;
        for (size_t j = 0; j < total->warning_count; j++) {
            // The report says in its own words what is confidential.
            if (strcmp(total->warnings[j].code, "confidential") == 0 || was_said(table, i, j)) {
                continue;
            }
            if (!any) {
                inb_i_page_text(page, "<h3>", "report.warnings", "</h3>\n<ul>\n");
            }
            any = true;
            say_warning(page, table, &total->warnings[j]);
        }
    }
    inb_buffer_text(page->out, any ? "</ul>\n" : "");
}

// ---- who sees whom ----

void inb_i_page_overlaps(inb_i_page *page, const inb_histories *histories, bool published) {
    inb_buffer caption = INB_BUFFER_INIT(4096);
    const char *const none[] = {NULL};
    inb_i_page_plain(page, &caption, "report.lists.figcaption", none);
    inb_i_figure figure = {
        .kind = INB_I_FIGURE_LISTS, .histories = histories, .published = published};
    inb_i_page_figure(page, &figure, inb_buffer_get(&caption), "report.table.picture", false);
    inb_buffer_reset(&caption);
    inb_i_page_text(page, "<h3>", "report.overlaps.heading", "</h3>\n");
    bool drawn = inb_i_has_overlaps(histories, published);
    inb_i_page_plain(
        page, &caption, drawn ? "report.overlaps.figcaption" : "report.overlaps.none", none);
    figure.kind = INB_I_FIGURE_OVERLAPS;
    inb_i_page_figure(page, &figure, inb_buffer_get(&caption), "report.table.picture", false);
    inb_buffer_clear(&caption);
}

static void who_sees_whom(inb_i_page *page, const inb_report_table *table) {
    const inb_histories *histories = table->histories;
    inb_i_page_text(page, "<h3>", "report.lists.heading", "</h3>\n");
    int64_t single = 0;
    for (size_t g = 0; g < histories->group_count; g++) {
        for (size_t list = 0; list < histories->list_count; list++) {
            const inb_cell *cell = &histories->groups[g].cells[(size_t)1 << list];
            single += cell->kind == INB_CELL_COUNTED ? cell->count : 0;
        }
    }
    int64_t all = inb_i_observed(table);
    int64_t several = all - single;
    bool small = !table->published && (single < INB_SMALL_CELL || several < INB_SMALL_CELL);
    if (!small) {
        inb_i_number numbers[3] = {inb_i_people(&page->words, (double)all),
            inb_i_people(&page->words, (double)single),
            inb_i_people(&page->words, (double)several)};
        INB_PAGE_SAY(page, "<p>", "</p>\n", "report.lists.intro", numbers[0].text, numbers[1].text,
            numbers[2].text);
    }
    if (histories->group_count > 1 && !histories->has_pooled) {
        inb_i_page_text(page, "<p>", "report.groups.apart", "</p>\n");
        return;
    }
    inb_i_page_overlaps(page, histories, table->published);
}

inb_status inb_i_page_table(inb_i_page *page, const inb_report_table *table, inb_error *err) {
    const char *name;
    INB_TRY(inb_report_known(table->histories, &name, err));
    const known_table *known = name == NULL ? NULL : find_known(name);
    inb_buffer_text(page->out, "<section>\n");
    inb_buffer title = INB_BUFFER_INIT(64 * 1024);
    inb_i_table_title(page, table, name, &title);
    INB_PAGE_SAY(page, "<h2>", "</h2>\n", "report.table.heading", inb_buffer_get(&title));
    inb_buffer_clear(&title);
    char key[64] = "report.table.unknown";
    if (known != NULL) {
        snprintf(key, sizeof key, "report.known.%s", known->name);
    }
    inb_i_page_text(page, "<p>", key, "</p>\n");
    if (inb_i_too_few(table)) {
        inb_i_page_text(page, "<p>", "report.small.few", "</p>\n</section>\n");
        return INB_OK;
    }
    inb_i_page_text(page, table->published ? "<p class=\"soft\">" : "<p class=\"box unsure\">",
        table->published ? "report.small.published" : "report.small.hidden", "</p>\n");
    if (inb_i_leading(table) != NULL) {
        inb_i_page_text(page, "<h3>", "report.hidden.heading", "</h3>\n");
        headline(page, table);
        seen(page, table);
        draw_estimates(page, table, known);
        if (known != NULL) {
            inb_buffer_text(page->out, "<p>");
            inb_i_reference(page, known->name, "text");
            inb_buffer_text(page->out, "</p>\n");
        }
    }
    who_sees_whom(page, table);
    if (inb_i_leading(table) != NULL) {
        words(page, table);
        warnings(page, table);
    }
    inb_buffer_text(page->out, "</section>\n");
    return INB_OK;
}
