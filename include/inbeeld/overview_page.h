// SPDX-License-Identifier: EUPL-1.2
// Station 5, the picture as a page: the counts of overview.h in pictures and tables, small ones
// hidden. Hiding
// small counts alone can be undone by subtraction, and the page says so: it is for those who may
// see the signals.
#ifndef INBEELD_OVERVIEW_PAGE_H
#define INBEELD_OVERVIEW_PAGE_H

#include <inbeeld/overview.h>
#include <inbeeld/publish.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct inb_overview_report {
    const inb_catalogue *catalogue; // its texts "overview.…"
    const char *language;           // "nl" or "en"
    const char *date;               // of today, "2026-11-24"
    const char *version;            // of the program
    const inb_overview *overview;
    const inb_overview_estimates *estimates;
    const inb_truth *truth; // of a generated region, shown beside everything; NULL = none
} inb_overview_report;

// One whole HTML page that opens without a network, as inb_report_html. Fails with
// INB_BAD_CATALOGUE where a text is missing. What was written to `out` before a failure is of no
// use.
inb_status inb_overview_html(
    const inb_overview_report *report, inb_buffer *out, inb_error *err) INB_NODISCARD;

// Only the sections with their headings (h2, h3), for a page that has its own frame.
inb_status inb_overview_sections(
    const inb_overview_report *report, inb_buffer *out, inb_error *err) INB_NODISCARD;

// One JSON object. by[by_count]: "age", "sex", "form"; none = all three.
void inb_overview_json(
    const inb_overview_report *report, const char *const *by, size_t by_count, inb_buffer *out);

// ---- the picture of linked lists ----

typedef struct inb_lists_report {
    const inb_catalogue *catalogue; // its texts "overview.…" and "lists.…"
    const char *language;           // "nl" or "en"
    const char *date;               // of today
    const char *version;            // of the program
    const inb_lists_overview *lists;
    const inb_truth *truth; // of a generated region; NULL = none
} inb_lists_report;

// As inb_overview_html and inb_overview_json, as far as lists can tell.
inb_status inb_lists_html(
    const inb_lists_report *report, inb_buffer *out, inb_error *err) INB_NODISCARD;
void inb_lists_json(const inb_lists_report *report, inb_buffer *out);

// ---- tables ----

// The same tables as CSV, one each: X(NAME, "file name without ending").
#define INB_OVERVIEW_TABLES(X)                                                                     \
    X(GROUPS, "groups")                                                                            \
    X(SOURCES, "sources")                                                                          \
    X(ROLES, "roles")                                                                              \
    X(SURROUNDINGS, "surroundings")                                                                \
    X(FIRST_STEP, "first_step")                                                                    \
    X(TREND, "trend")

typedef enum inb_overview_csv_table {
#define X(name, text) INB_OVERVIEW_##name,
    INB_OVERVIEW_TABLES(X)
#undef X
        INB_OVERVIEW_TABLE_COUNT
} inb_overview_csv_table;

const char *inb_overview_table_name(inb_overview_csv_table table); // static

// by,group,measure,value,low,high,note: one number a row, codes as in the catalogue. A count that
// is hidden has no value and the note "fewer than 11"; of a group that small nothing else is
// written.
void inb_overview_csv(
    const inb_overview_report *report, inb_overview_csv_table table, inb_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
