// SPDX-License-Identifier: EUPL-1.2
// The picture of linked lists, as far as lists can tell: everybody and each group with who is in
// view and how many there may be, and who sees the same people; as a page and as JSON. Small counts
// are hidden as in the picture of a store.

#include "overview_i.h"

#include <string.h>

struct lists_page {
    inb_i_page base;
    const inb_lists_overview *lists;
    const inb_truth *truth;
};

static const char *const none[] = {NULL};

static int64_t truth_of(const inb_truth *truth, const inb_lists_group *group) {
    return inb_truth_of(truth, group->column, group->value);
}

// "form: labour", or everybody.
static void name_of(struct lists_page *page, const inb_lists_group *group, inb_buffer *plain) {
    if (group->column == NULL) {
        inb_i_page_plain(&page->base, plain, "overview.groups.all", none);
    } else if (group->value[0] == '\0') {
        inb_i_page_plain(
            &page->base, plain, "lists.group.empty", (const char *const[]){group->column, NULL});
    } else {
        inb_i_page_plain(&page->base, plain, "lists.group",
            (const char *const[]){group->column, group->value, NULL});
    }
}

static void text(struct lists_page *page, const char *open, const char *key, const char *close) {
    inb_i_page_text(&page->base, open, key, close);
}

static bool in_short(struct lists_page *page) {
    const inb_lists_group *all = &page->lists->groups[0];
    inb_picture *words = &page->base.words;
    bool any = all->persons >= INB_SMALL_CELL;
    text(page, "<section>\n<h2>", "overview.short", "</h2>\n<ul>\n");
    if (!any) {
        text(page, "<li>", "overview.short.few", "</li>\n</ul></section>\n");
        return false;
    }
    inb_i_number numbers[2] = {inb_i_people(words, (double)all->persons),
        inb_i_people(words, (double)page->lists->histories->list_count)};
    INB_PAGE_SAY(
        &page->base, "<li>", "</li>\n", "lists.short.persons", numbers[0].text, numbers[1].text);
    if (!inb_i_small(all->seen_once) && !inb_i_small(all->persons - all->seen_once)) {
        inb_i_number more = inb_i_people(words, (double)(all->persons - all->seen_once));
        INB_PAGE_SAY(&page->base, "<li>", "</li>\n", "lists.short.more", more.text);
    }
    inb_i_say_hidden(&page->base, &all->hidden, true, all->persons);
    inb_i_say_truth(&page->base, &all->hidden, true, inb_truth_of(page->truth, NULL, NULL));
    inb_buffer_text(page->base.out, "</ul></section>\n");
    return true;
}

static void group_row(struct lists_page *page, const inb_lists_group *group) {
    inb_buffer name = INB_BUFFER_INIT(8192);
    name_of(page, group, &name);
    inb_buffer_text(page->base.out, "<tr><th scope=\"row\">");
    inb_i_escape(page->base.out, inb_buffer_get(&name));
    inb_buffer_text(page->base.out, "</th>");
    inb_buffer_clear(&name);
    inb_i_cell(&page->base, group->persons);
    if (group->persons < INB_SMALL_CELL) { // nothing else of so few
        for (int i = 0; i < 4; i++) {
            inb_i_cell_text(&page->base, "overview.notshown");
        }
    } else {
        inb_i_cell(&page->base, group->seen_once);
        inb_i_cell(&page->base, group->seen_twice);
        inb_i_cell(&page->base, group->seen_more);
        inb_i_cell_hidden(&page->base, &group->hidden);
    }
    if (page->truth != NULL) {
        inb_i_cell_truth(&page->base, truth_of(page->truth, group));
    }
    inb_buffer_text(page->base.out, "</tr>\n");
}

// Everybody and the groups of one column, which may be more than a picture holds.
static void picture_of(struct lists_page *page, const char *column) {
    inb_i_bars bars;
    inb_i_bars_begin(&bars, &page->base, "overview.groups.title", "overview.groups.desc",
        "overview.groups.unit");
    inb_i_bars_coverage_legend(&bars, page->truth != NULL);
    for (size_t i = 0; i < page->lists->group_count && bars.bars.row_count < 30; i++) {
        const inb_lists_group *group = &page->lists->groups[i];
        bool mine = group->column == NULL || (column != NULL && strcmp(group->column, column) == 0);
        if (!mine || group->persons < INB_SMALL_CELL) {
            continue;
        }
        inb_buffer name = INB_BUFFER_INIT(8192);
        name_of(page, group, &name);
        inb_i_bars_coverage(&bars,
            inb_i_bars_say(
                &bars, "lists.plain", (const char *const[]){inb_buffer_get(&name), NULL}),
            group->persons, &group->hidden, truth_of(page->truth, group));
        inb_buffer_clear(&name);
    }
    inb_i_bars_end(&bars, page->truth != NULL ? "lists.truth.caption" : "overview.groups.caption");
}

static void groups(struct lists_page *page) {
    static const char *const columns[] = {"overview.groups.group", "overview.groups.persons",
        "lists.once", "lists.twice", "lists.more", "overview.groups.hidden",
        "overview.truth.column"};
    const inb_histories *histories = page->lists->histories;
    inb_i_section(&page->base, "overview.groups.heading", "lists.groups.intro");
    inb_buffer_text(page->base.out, "<ul>\n");
    for (size_t i = 1; i < page->lists->group_count; i++) { // of everybody it is said in short
        const inb_lists_group *group = &page->lists->groups[i];
        inb_buffer name = INB_BUFFER_INIT(8192);
        name_of(page, group, &name);
        inb_i_say_group(
            &page->base, inb_buffer_get(&name), group->persons, group->persons, &group->hidden);
        inb_buffer_clear(&name);
    }
    inb_buffer_text(page->base.out, "</ul>\n");
    for (size_t c = 0; c < histories->group_column_count; c++) {
        picture_of(page, histories->group_columns[c]);
    }
    if (histories->group_column_count == 0) {
        picture_of(page, NULL);
    }
    inb_i_table_begin(&page->base, columns, page->truth != NULL ? 7 : 6);
    for (size_t i = 0; i < page->lists->group_count; i++) {
        group_row(page, &page->lists->groups[i]);
    }
    inb_i_table_end(&page->base);
    inb_buffer_text(page->base.out, "</section>\n");
}

static void body(struct lists_page *page) {
    const char *const points[] = {"overview.read.1",
        page->lists->groups[0].hidden.mixture ? "lists.read.mixture" : "lists.read.linked",
        "overview.read.3", "lists.read.silent"};
    inb_i_banner(&page->base, page->truth != NULL);
    if (in_short(page)) {
        groups(page);
        inb_i_section(&page->base, "overview.lists.heading", "lists.overlap.intro");
        inb_i_page_overlaps(&page->base, page->lists->histories, false);
        inb_buffer_text(page->base.out, "</section>\n");
    }
    text(page, "<section>\n<h2>", "overview.read.heading", "</h2>\n<ul>\n");
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        text(page, "<li>", points[i], "</li>\n");
    }
    inb_buffer_text(page->base.out, "</ul></section>\n");
}

inb_status inb_lists_html(const inb_lists_report *report, inb_buffer *out, inb_error *err) {
    const inb_report base = {.catalogue = report->catalogue,
        .language = report->language,
        .date = report->date,
        .version = report->version};
    struct lists_page page = {
        .base = {.report = &base,
            .words = {.catalogue = report->catalogue, .language = report->language, .id = ""},
            .out = out},
        .lists = report->lists,
        .truth = report->truth};
    inb_i_page_begin(&page.base, "overview.title", "lists.lead");
    body(&page);
    text(&page, "</main>\n<footer>\n<p>", "report.confidential", "</p>\n");
    inb_i_page_end(&page.base);
    return inb_buffer_check(out, err);
}

// ---- JSON ----

static void count(inb_buffer *out, const char *name, int64_t value) {
    if (inb_i_small(value)) {
        inb_buffer_format(out, ",\"%s\":null,\"%s_few\":true", name, name);
    } else {
        inb_buffer_format(out, ",\"%s\":%lld", name, (long long)value);
    }
}

static void put_group(inb_buffer *out, const inb_lists_group *group, int64_t truth) {
    inb_buffer_text(out, "{\"by\":");
    if (group->column == NULL) {
        inb_buffer_text(out, "null");
    } else {
        inb_buffer_json(out, group->column);
        inb_buffer_text(out, ",\"group\":");
        inb_buffer_json(out, group->value);
    }
    count(out, "persons", group->persons);
    if (group->persons >= INB_SMALL_CELL) {
        count(out, "seen_once", group->seen_once);
        count(out, "seen_twice", group->seen_twice);
        count(out, "seen_more", group->seen_more);
        inb_i_json_hidden(out, &group->hidden);
    }
    if (truth >= 0) {
        inb_buffer_format(out, ",\"truth\":%lld", (long long)truth);
    }
    inb_buffer_char(out, '}');
}

void inb_lists_json(const inb_lists_report *report, inb_buffer *out) {
    const inb_histories *histories = report->lists->histories;
    inb_buffer_text(out, "{\"lists\":[");
    for (size_t i = 0; i < histories->list_count; i++) {
        inb_buffer_text(out, i == 0 ? "" : ",");
        inb_buffer_json(out, histories->lists[i]);
    }
    inb_buffer_text(out, "],\n\"groups\":[");
    for (size_t i = 0; i < report->lists->group_count; i++) {
        const inb_lists_group *group = &report->lists->groups[i];
        inb_buffer_text(out, i == 0 ? "\n" : ",\n");
        put_group(out, group, truth_of(report->truth, group));
    }
    inb_buffer_text(out, "]}\n");
}
