// SPDX-License-Identifier: EUPL-1.2
// What the parts of the report share: the page being written, and a figure that stands in it twice
// (for a phone and for a desk) with its table below. Private to 5_publish.
#ifndef INB_PUBLISH_REPORT_I_H
#define INB_PUBLISH_REPORT_I_H

#include "markup.h"

typedef struct inb_i_page {
    const inb_report *report;
    inb_picture words; // catalogue and language; its id and width are not used
    inb_buffer *out;
    unsigned figures; // written so far: begins the ids of the next
} inb_i_page;

typedef enum inb_i_figure_kind {
    INB_I_FIGURE_SERIES,
    INB_I_FIGURE_FOREST,
    INB_I_FIGURE_LISTS,
    INB_I_FIGURE_OVERLAPS,
    INB_I_FIGURE_BARS,     // its table stands on the page
    INB_I_FIGURE_QUARTERS, // its table stands on the page
    INB_I_FIGURE_SEEN      // has no table: its numbers stand in it and in the text above
} inb_i_figure_kind;

typedef struct inb_i_figure {
    inb_i_figure_kind kind;
    const inb_series_set *series;   // SERIES
    const inb_forest *forest;       // FOREST
    const inb_histories *histories; // LISTS, OVERLAPS
    const inb_bars *bars;           // BARS
    const inb_quarters *quarters;   // QUARTERS
    bool published;                 // LISTS, OVERLAPS
    double low_share;               // SEEN
    double high_share;
} inb_i_figure;

// The figure, `caption` (plain text, escaped here; may be NULL) and its table, open or folded.
void inb_i_page_figure(inb_i_page *page, const inb_i_figure *figure, const char *caption,
    const char *table_key, bool open);

// Everything up to <main>, with keys of the title and of the words under it; and everything after
// the footer's own paragraphs.
void inb_i_page_begin(inb_i_page *page, const char *title, const char *lead);
void inb_i_page_end(inb_i_page *page);

// <tag>text</tag> of a key; the second with things filled in.
void inb_i_page_text(inb_i_page *page, const char *open, const char *key, const char *close);
#define INB_PAGE_SAY(page, open, close, key, ...)                                                  \
    do {                                                                                           \
        inb_buffer_text((page)->out, (open));                                                      \
        INB_SAY(&(page)->words, (page)->out, (key), __VA_ARGS__);                                  \
        inb_buffer_text((page)->out, (close));                                                     \
    } while (0)

// A plain text with things filled in, in `plain`; a failure goes to the page.
void inb_i_page_plain(
    inb_i_page *page, inb_buffer *plain, const char *key, const char *const *arguments);

// What the reader sees as the table's name, as plain text. known: from inb_report_known.
void inb_i_table_title(
    inb_i_page *page, const inb_report_table *table, const char *known, inb_buffer *plain);
// An earlier published answer for the table `known`: the text "report.reference.<it>.<part>".
void inb_i_reference(inb_i_page *page, const char *known, const char *part);
// People on the lists.
int64_t inb_i_observed(const inb_report_table *table);
// The estimate that the report leads with: stepwise, else the last; NULL without estimates.
const inb_estimate *inb_i_leading(const inb_report_table *table);
// Whether so few people are on the lists that nothing may be shown.
bool inb_i_too_few(const inb_report_table *table);
// Lowest and highest N of the table's methods; false where there is none.
bool inb_i_extent(const inb_report_table *table, double *ret_low, double *ret_high);

// Pictures of who is on each list and on exactly these lists, with their tables.
void inb_i_page_overlaps(inb_i_page *page, const inb_histories *histories, bool published);

// The section on one HISTORIES file.
inb_status inb_i_page_table(
    inb_i_page *page, const inb_report_table *table, inb_error *err) INB_NODISCARD;

#endif
