// SPDX-License-Identifier: EUPL-1.2
// Station 5, publish: what may be shown to everybody. Published figures with their sources,
// pictures (SVG) each with a table that says the same, and one report that opens without a network.
//
// Everything is written into an inb_buffer and escaped here: texts and names of lists may hold
// anything. A picture needs no style sheet: it draws in currentColor, with shapes, dashes and
// hatching; inb_picture_css adds colour. Nothing depends on the clock or the locale.
#ifndef INBEELD_PUBLISH_H
#define INBEELD_PUBLISH_H

#include <inbeeld/arena.h>
#include <inbeeld/buffer.h>
#include <inbeeld/count.h>
#include <inbeeld/status.h>
#include <inbeeld/weigh.h>

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- published figures (figures.csv) ----

// One row: a figure that somebody published. Texts are never NULL and owned by the set.
typedef struct inb_public_figure {
    const char *year; // as written: "2014", "2016-2020", "2023-11", "2015-mid 2019", "various"
    const char *measure;
    const char *group;
    const char *value;  // as written: "716", "16%", "5000-7500", "more than half"
    const char *series; // whose count: "comensha", "rapporteur", "unstated"; "" = does not apply
    const char *source; // URL or words
    const char *note;
    int first_year; // equal to last_year for one year; both 0 where `year` is not of whole years
    int last_year;
    bool has_number; // `value` is one plain number
    double number;
    bool has_range; // `value` is a range; of several ends the widest
    double low;
    double high;
    size_t line; // in the file
} inb_public_figure;

typedef struct inb_public_figures {
    inb_arena *arena; // owns everything below
    const char *name; // of the file
    size_t count;
    const inb_public_figure *rows; // in the order of the file
} inb_public_figures;

// Reads figures.csv (year,measure,group,value,series,source,note). Fails with "file:line:column:
// found …, expected …" on a year, value or series that is not understood, and where a registered
// number has no source. Owner of *ret_figures: the caller. O(bytes).
inb_status inb_public_figures_read(
    const char *path, inb_public_figures **ret_figures, inb_error *err) INB_NODISCARD;

// The same over bytes in memory; `name` is used in complaints.
inb_status inb_public_figures_read_memory(const char *name, const char *data, size_t length,
    inb_public_figures **ret_figures, inb_error *err) INB_NODISCARD;

// The figures inside the program (data/figures.csv).
inb_status inb_public_figures_embedded(
    inb_public_figures **ret_figures, inb_error *err) INB_NODISCARD;

// Accept NULL.
void inb_public_figures_free(inb_public_figures *figures);
void inb_public_figures_freep(inb_public_figures **figures);

// ---- yearly series ----

typedef enum inb_series_kind {
    INB_SERIES_REGISTERED, // registered presumed victims, all
    INB_SERIES_MINORS      // those under 18, and those of them in criminal exploitation
} inb_series_kind;

typedef struct inb_point {
    int year;
    double value;
    bool rounded; // the source rounds ("ruim", "ca."): drawn open
    bool joined;  // a line runs from the point before to this one: this is the very next year
    const inb_public_figure *figure;
} inb_point;

typedef struct inb_series {
    const char *id;  // as in the file: "comensha"
    const char *key; // of its name in the catalogue's texts: "report.series.comensha"
    bool certain;    // false: nobody says whose count it is; its lines are dashed
    size_t point_count;
    const inb_point *points; // by year
} inb_series;

typedef struct inb_series_set {
    inb_arena *arena; // owns everything below, but the figures
    inb_series_kind kind;
    size_t series_count;
    const inb_series *series; // in the order in which the file names them
    size_t undrawn_count;     // rows of the same kind that are no point of one year
    const inb_public_figure *const *undrawn;
} inb_series_set;

// Picks the rows of `kind`; `figures` must outlive the set. A file without such rows gives a set
// without series; two numbers of one series for one year, or more than 12 series, are refused with
// their line. Owner of *ret_set: the caller. O(rows log rows).
inb_status inb_series_pick(const inb_public_figures *figures, inb_series_kind kind,
    inb_series_set **ret_set, inb_error *err) INB_NODISCARD;
void inb_series_set_free(inb_series_set *set); // accepts NULL
void inb_series_set_freep(inb_series_set **set);

// ---- pictures and tables ----

// Where and for whom a picture is drawn.
typedef struct inb_picture {
    const inb_catalogue *catalogue; // its texts "report.…"
    const char *language;           // "nl"
    const char *id; // begins every id inside the picture: letters, digits, '-'; unique in the page
    unsigned width; // of the viewBox: INB_PICTURE_PHONE or INB_PICTURE_DESK
} inb_picture;

enum { INB_PICTURE_PHONE = 340, INB_PICTURE_DESK = 700 };

// <svg role="img"> with <title> and <desc>, drawn from zero; nothing for a set without series.
void inb_svg_series(const inb_picture *picture, const inb_series_set *set, inb_buffer *out);
// <table> of every value by year with whose count it is and a link to its source, and below it the
// rows that are not drawn, with why.
void inb_table_series(const inb_picture *picture, const inb_series_set *set, inb_buffer *out);

// One line of a range plot. Texts are plain, escaped here; note may be NULL.
typedef struct inb_forest_row {
    const char *label;
    const char *note;
    bool has_value; // false: only the range, or a row that says there is no estimate
    double value;
    bool has_interval;
    double low;
    double high;
} inb_forest_row;

typedef struct inb_forest {
    const char *title;
    const char *description; // what the picture shows, in a sentence or two
    const char *unit;        // words under the axis
    bool has_observed;       // a dashed line at `observed`, named
    double observed;
    const char *observed_label;
    size_t row_count;
    const inb_forest_row *rows;
} inb_forest;

// Range bars on an axis from zero; where the largest is over 100 times the smallest, on a
// logarithmic axis that says so.
void inb_svg_forest(const inb_picture *picture, const inb_forest *forest, inb_buffer *out);
void inb_table_forest(const inb_picture *picture, const inb_forest *forest, inb_buffer *out);

// One row of a bar picture. Texts are plain, escaped here. A row without a value shows its words
// alone: a bar of any length would tell a count that is hidden.
typedef struct inb_bar {
    const char *label;
    const char *words; // what the row says in numbers
    bool has_value;
    double value;  // filled, from zero
    bool has_more; // hatched, from value to more; only with has_value
    double more;
    bool has_interval; // a line with ends below the bar
    double low;
    double high;
    bool has_mark; // a diamond: the truth, where it is known
    double mark;
} inb_bar;

typedef struct inb_bars {
    const char *title;
    const char *description;
    const char *unit;       // words under the axis
    double most;            // the axis goes up to it; 0 = as far as the rows need
    const char *value_name; // legend; NULL = not named
    const char *more_name;
    const char *interval_name;
    const char *mark_name;
    size_t row_count;
    const inb_bar *rows;
} inb_bars;

// Lying bars on an axis from zero; nothing for no rows.
void inb_svg_bars(const inb_picture *picture, const inb_bars *bars, inb_buffer *out);

// A quarter of a year. A hidden count (1 up to INB_SMALL_CELL - 1) is a hatched box of one height,
// whatever it is. breaks: a number from 1 over a dashed upright before it, where what is counted
// changed; 0 = none. open: the quarter is not over, its bar is drawn with a dashed line.
typedef struct inb_quarter {
    int year;
    int quarter; // 1 to 4
    int64_t count;
    bool hidden;
    unsigned breaks;
    bool open;
} inb_quarter;

typedef struct inb_quarters {
    const char *title;
    const char *description;
    const char *unit;
    const char *hidden_name; // legend of hidden counts, used where there is one
    size_t count;
    const inb_quarter *items; // one after another, no quarter left out
} inb_quarters;

// Standing bars from zero; nothing for no quarters.
void inb_svg_quarters(const inb_picture *picture, const inb_quarters *quarters, inb_buffer *out);

// Counts below this are not shown of tables that are not published elsewhere.
enum { INB_SMALL_CELL = 11 };

// Bars: people on each list. published: small counts may be shown.
void inb_svg_lists(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out);
void inb_table_lists(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out);

// Bars over a matrix of dots: people seen by exactly these lists, two or more, the most first
// (after Lex and others 2014, doi:10.1109/TVCG.2014.2346248). Unpublished small combinations are
// counted together and not named.
void inb_svg_overlaps(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out);
void inb_table_overlaps(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out);

// A hundred dots for all people that there may be: seen for certain on the way in which the numbers
// are read (filled), seen or not according to the estimate that one takes (hatched), not seen
// (open). Shares from 0 to 1, low_share <= high_share.
void inb_svg_seen(const inb_picture *picture, double low_share, double high_share, inb_buffer *out);

// The style sheet of pictures and tables (classes beginning with "p-"), static. A page that uses it
// defines no class of that beginning itself.
const char *inb_picture_css(void);

// ---- the report ----

// One HISTORIES file with its estimates, of one table each (groups are not shown).
typedef struct inb_report_table {
    const char *name; // to show: the file's name without folder and ending
    const inb_histories *histories;
    size_t estimate_count;
    const inb_estimate *const *estimates; // [estimate_count], by method
    bool published;                       // published elsewhere: small counts may be shown
} inb_report_table;

typedef struct inb_report {
    const inb_catalogue *catalogue;
    const char *language; // "nl" or "en"
    const char *date;     // of today, "2026-11-24"
    const char *version;  // of the program
    const inb_public_figures *figures;
    size_t table_count;
    const inb_report_table *tables;
    const struct inb_overview_report *overview; // overview_page.h: of a store; NULL = none
} inb_report;

// The name ("Ned_5") of the published table in data/lists that has these lists and counts, or NULL.
// Static.
inb_status inb_report_known(
    const inb_histories *histories, const char **ret_name, inb_error *err) INB_NODISCARD;

// One whole HTML page: inline style under a hash in its CSP, no script, nothing loaded. Fails with
// INB_BAD_CATALOGUE where a text is missing. What was written to `out` before a failure is of no
// use.
inb_status inb_report_html(const inb_report *report, inb_buffer *out, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
