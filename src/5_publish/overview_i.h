// SPDX-License-Identifier: EUPL-1.2
// What the parts of the picture share: the page being written, tables with hidden counts, shares
// with their margin, and pictures whose texts live as long as they are drawn. Private to 5_publish.
#ifndef INB_PUBLISH_OVERVIEW_I_H
#define INB_PUBLISH_OVERVIEW_I_H

#include <inbeeld/overview_page.h>

#include "report_i.h"

typedef struct inb_i_overview {
    inb_i_page base;
    const inb_overview *overview;
    const inb_overview_estimates *estimates;
    const inb_truth *truth; // NULL = a region in which people exist
    const char *date;
} inb_i_overview;

static inline bool inb_i_small(int64_t count) {
    return count > 0 && count < INB_SMALL_CELL;
}

// A share of a hundred as people write it: whole, one decimal below 1.
inb_i_number inb_i_percent(const inb_picture *picture, double share);
// Key of an age class, a sex, a form or a group of sources, as the texts name it; in `key`.
typedef struct inb_i_key {
    char text[64];
} inb_i_key;
inb_i_key inb_i_age_key(int age);
inb_i_key inb_i_sex_key(int sex);
inb_i_key inb_i_form_key(int form);
inb_i_key inb_i_source_key(int group);

// ---- tables: a picture's table is folded, under the words of the heading before it ----

void inb_i_heading(inb_i_page *page, const char *element, const char *key);
void inb_i_section(inb_i_page *page, const char *title, const char *intro);
void inb_i_table_begin(inb_i_page *page, const char *const *columns, size_t count);
void inb_i_table_end(inb_i_page *page);
// <td> of a count, "fewer than 11" where it is small.
void inb_i_cell(inb_i_page *page, int64_t count);
void inb_i_cell_text(inb_i_page *page, const char *key); // <td> of a text, soft

// ---- pictures ----

enum { INB_I_BARS_MOST = 40, INB_I_BAR_TEXTS = 3 * INB_I_BARS_MOST };

typedef struct inb_i_bars {
    inb_i_page *page;
    inb_bars bars;
    inb_bar rows[INB_I_BARS_MOST];
    inb_buffer texts[INB_I_BAR_TEXTS];
    size_t text_count;
} inb_i_bars;

// Begins a picture with the texts of these keys. Rows beyond the most are left out.
void inb_i_bars_begin(inb_i_bars *bars, inb_i_page *page, const char *title,
    const char *description, const char *unit);
// A plain text that lives as long as the picture.
const char *inb_i_bars_say(inb_i_bars *bars, const char *key, const char *const *arguments);
// A new row with a label and words, both plain and living as long as the picture.
inb_bar *inb_i_bars_row(inb_i_bars *bars, const char *label, const char *words);
// A row of `part` of `whole`, of a hundred, with Wilson's interval; only words where part is small.
void inb_i_bars_share(inb_i_bars *bars, const char *label, int64_t part, int64_t whole);
// Draws and releases. caption: key, NULL = none.
void inb_i_bars_end(inb_i_bars *bars, const char *caption);

// Legend of rows of coverage: seen, hidden, margin, and the truth where there is one.
void inb_i_bars_coverage_legend(inb_i_bars *bars, bool truth);
// A row of `seen` people, the estimate with its interval, and the truth (-1 = not known).
void inb_i_bars_coverage(
    inb_i_bars *bars, const char *label, int64_t seen, const inb_hidden *hidden, int64_t truth);

// ---- what is said of an estimate ----

// <li>s: how many there may be and how many of a hundred are in view; whether the truth of a
// generated region (-1 = none) lies in the margin; the same of one group, by name, where it has a
// number to quote and `seen` of its `persons` may be told.
void inb_i_say_hidden(inb_i_page *page, const inb_hidden *hidden, bool linked, int64_t persons);
void inb_i_say_truth(inb_i_page *page, const inb_hidden *hidden, bool linked, int64_t truth);
void inb_i_say_group(
    inb_i_page *page, const char *name, int64_t persons, int64_t seen, const inb_hidden *hidden);
// The box that says that nobody here exists.
void inb_i_banner(inb_i_page *page, bool generated);
void inb_i_cell_hidden(inb_i_page *page, const inb_hidden *hidden); // <td>; NULL = empty
void inb_i_cell_truth(inb_i_page *page, int64_t truth);             // <td>; -1 = does not apply
void inb_i_json_hidden(inb_buffer *out, const inb_hidden *hidden);  // ,"in_all":…

// ---- parts of the picture ----

// <li> of each sentence that says it all in short; false: too few people to show anything.
bool inb_i_overview_points(inb_i_overview *page);
// The sections between that and how to read them.
inb_status inb_i_overview_body(inb_i_overview *page, inb_error *err) INB_NODISCARD;
void inb_i_overview_read(inb_i_overview *page); // how to read it: <li>s

void inb_i_overview_groups(inb_i_overview *page);
inb_status inb_i_overview_lists(inb_i_overview *page, inb_error *err) INB_NODISCARD;
void inb_i_overview_roles(inb_i_overview *page);
void inb_i_overview_around(inb_i_overview *page);
void inb_i_overview_trend(inb_i_overview *page);
void inb_i_overview_first_step(inb_i_overview *page);

inb_i_overview inb_i_overview_of(
    const inb_overview_report *report, inb_report *base, inb_buffer *out);

#endif
