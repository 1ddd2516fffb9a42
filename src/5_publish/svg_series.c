// SPDX-License-Identifier: EUPL-1.2
// Yearly series as a picture from zero and as a table. A line runs only where inb_series_pick
// joined two points; years without any figure are hatched, since they are unknown and not zero; a
// dotted upright marks where no counter goes on from one year with figures to the next.

#include "markup.h"

#include <stdio.h>
#include <string.h>

enum {
    LABELS_MOST = 256, // boxes kept to place numbers without overlap; more numbers are not written
    LEGEND_ROW = 21
};

typedef struct plot {
    const inb_picture *picture;
    const inb_series_set *set;
    inb_buffer *out;
    int first_year;
    int last_year;
    double highest;
    double left;
    double right;
    double top;
    double bottom;
    inb_i_axis axis; // upwards: places are taken from `bottom`
} plot;

static double place_year(const plot *p, double year) {
    double years = p->last_year - p->first_year + 1;
    return p->left + (year - p->first_year + 0.5) / years * (p->right - p->left);
}

static double place_value(const plot *p, double value) {
    return p->bottom - inb_i_axis_place(&p->axis, value);
}

static const inb_point *point_of(const inb_series *series, int year) {
    for (size_t i = 0; i < series->point_count; i++) {
        if (series->points[i].year == year) {
            return &series->points[i];
        }
    }
    return NULL;
}

static bool year_has_figure(const inb_series_set *set, int year) {
    for (size_t i = 0; i < set->series_count; i++) {
        if (point_of(&set->series[i], year) != NULL) {
            return true;
        }
    }
    return false;
}

static bool some_series_goes_on(const inb_series_set *set, int from, int to) {
    for (size_t i = 0; i < set->series_count; i++) {
        if (point_of(&set->series[i], from) != NULL && point_of(&set->series[i], to) != NULL) {
            return true;
        }
    }
    return false;
}

static void measure(plot *p) {
    p->first_year = p->set->series[0].points[0].year;
    p->last_year = p->first_year;
    for (size_t i = 0; i < p->set->series_count; i++) {
        const inb_series *series = &p->set->series[i];
        for (size_t j = 0; j < series->point_count; j++) {
            const inb_point *point = &series->points[j];
            p->first_year = point->year < p->first_year ? point->year : p->first_year;
            p->last_year = point->year > p->last_year ? point->year : p->last_year;
            p->highest = point->value > p->highest ? point->value : p->highest;
        }
    }
}

// ---- marks ----

static void draw_mark(plot *p, size_t series, double x, double y, bool open) {
    static const char *const shapes[] = {
        "M0-5.6 5.6 0 0 5.6-5.6 0z",            // diamond
        "M-4.6-4.6H4.6V4.6H-4.6z",              // square
        "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", // circle
        "M0-5.8 5.6 4.4H-5.6z",                 // triangle
    };
    size_t count = sizeof shapes / sizeof shapes[0];
    inb_buffer_format(p->out, "<path class=\"p-mark p-s%zu%s\"%s d=\"%s\" transform=\"translate(",
        series % count, open ? " p-open" : "",
        open ? " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"" : "",
        shapes[series % count]);
    inb_i_coordinate(p->out, x);
    inb_buffer_char(p->out, ' ');
    inb_i_coordinate(p->out, y);
    inb_buffer_text(p->out, ")\"/>\n");
}

static const char *dash(const inb_series *series) {
    return series->certain ? "" : " stroke-dasharray=\"5 4\"";
}

static void draw_segment(plot *p, size_t series, double x1, double y1, double x2, double y2) {
    char class_name[32];
    char style[64];
    snprintf(class_name, sizeof class_name, "p-line p-s%zu", series % 4);
    snprintf(style, sizeof style, "stroke-width=\"2.2\"%s", dash(&p->set->series[series]));
    inb_i_line(p->out, class_name, style, x1, y1, x2, y2);
}

static void draw_break(plot *p, double x, double top, double bottom) {
    inb_i_line_up(
        p->out, "p-break", "stroke-width=\"1.4\" stroke-dasharray=\"2 3\"", x, top, bottom);
}

static void draw_hatched(plot *p, double x, double y, double width, double height) {
    inb_buffer_text(p->out, "<rect class=\"p-gap\"");
    inb_i_at(p->out, "x", x);
    inb_i_at(p->out, "y", y);
    inb_i_at(p->out, "width", width);
    inb_i_at(p->out, "height", height);
    inb_buffer_format(p->out, " fill=\"url(#%s-hatch)\"/>\n", p->picture->id);
}

// ---- parts ----

static bool has_gap(const plot *p) {
    for (int year = p->first_year; year <= p->last_year; year++) {
        if (!year_has_figure(p->set, year)) {
            return true;
        }
    }
    return false;
}

// The next year after `year` that has a figure, or 0.
static int next_with_figure(const plot *p, int year) {
    for (year++; year <= p->last_year; year++) {
        if (year_has_figure(p->set, year)) {
            return year;
        }
    }
    return 0;
}

static bool has_break(const plot *p) {
    for (int year = p->first_year, next; (next = next_with_figure(p, year)) != 0; year = next) {
        if (!some_series_goes_on(p->set, year, next)) {
            return true;
        }
    }
    return false;
}

static bool has_rounded(const plot *p) {
    for (size_t i = 0; i < p->set->series_count; i++) {
        for (size_t j = 0; j < p->set->series[i].point_count; j++) {
            if (p->set->series[i].points[j].rounded) {
                return true;
            }
        }
    }
    return false;
}

static void legend_text(plot *p, double y, const char *key) {
    inb_buffer_text(p->out, "<text x=\"40\"");
    inb_i_at(p->out, "y", y + 4.5);
    inb_buffer_char(p->out, '>');
    inb_i_text(p->picture, p->out, key);
    inb_buffer_text(p->out, "</text>\n");
}

// Draws the legend and returns where it ends.
static double draw_legend(plot *p) {
    double y = 12;
    for (size_t i = 0; i < p->set->series_count; i++, y += LEGEND_ROW) {
        draw_segment(p, i, 2, y, 32, y);
        draw_mark(p, i, 17, y, false);
        inb_i_svg_text(
            p->out, 40, y + 4.5, "start", NULL, inb_i_series_name(p->picture, &p->set->series[i]));
    }
    if (has_rounded(p)) {
        draw_mark(p, 0, 17, y, true);
        legend_text(p, y, "report.legend.rounded");
        y += LEGEND_ROW;
    }
    if (has_break(p)) {
        draw_break(p, 17, y - 8, y + 8);
        legend_text(p, y, "report.legend.break");
        y += LEGEND_ROW;
    }
    if (has_gap(p)) {
        draw_hatched(p, 4, y - 7, 26, 14);
        legend_text(p, y, "report.legend.gap");
        y += LEGEND_ROW;
    }
    return y;
}

static void draw_grid(plot *p) {
    for (double value = 0; value <= p->axis.to + p->axis.step / 2; value += p->axis.step) {
        double y = place_value(p, value);
        inb_i_line_across(p->out, "p-grid", "stroke-opacity=\".25\"", p->left, y, p->right);
        inb_i_number number = inb_i_people(p->picture, value);
        inb_i_svg_text(p->out, p->left - 6, y + 4, "end", "p-tick", number.text);
    }
    int step = 1;
    double each = place_year(p, p->first_year + 1) - place_year(p, p->first_year);
    while (step * each < 36) {
        step++;
    }
    for (int year = p->last_year; year >= p->first_year; year -= step) {
        char text[16];
        snprintf(text, sizeof text, "%d", year);
        inb_i_svg_text(p->out, place_year(p, year), p->bottom + 18, "middle", "p-tick", text);
    }
}

static void draw_gaps_and_breaks(plot *p) {
    for (int year = p->first_year, next; (next = next_with_figure(p, year)) != 0; year = next) {
        if (next > year + 1) {
            double from = place_year(p, year + 0.5);
            draw_hatched(p, from, p->top, place_year(p, next - 0.5) - from, p->bottom - p->top);
        }
        if (!some_series_goes_on(p->set, year, next)) {
            draw_break(p, place_year(p, (year + next) / 2.0), p->top - 8, p->bottom);
        }
    }
}

static void draw_series(plot *p) {
    for (size_t i = 0; i < p->set->series_count; i++) {
        const inb_series *series = &p->set->series[i];
        for (size_t j = 1; j < series->point_count; j++) {
            const inb_point *before = &series->points[j - 1];
            const inb_point *here = &series->points[j];
            if (here->joined) {
                draw_segment(p, i, place_year(p, before->year), place_value(p, before->value),
                    place_year(p, here->year), place_value(p, here->value));
            }
        }
    }
    for (size_t i = 0; i < p->set->series_count; i++) {
        const inb_series *series = &p->set->series[i];
        for (size_t j = 0; j < series->point_count; j++) {
            draw_mark(p, i, place_year(p, series->points[j].year),
                place_value(p, series->points[j].value), series->points[j].rounded);
        }
    }
}

// ---- numbers at the points, where there is room ----

typedef struct box {
    double left;
    double top;
    double right;
    double bottom;
} box;

typedef struct boxes {
    box taken[LABELS_MOST];
    size_t count;
} boxes;

static bool is_free(const boxes *all, box one) {
    for (size_t i = 0; i < all->count; i++) {
        const box *other = &all->taken[i];
        if (one.left < other->right && other->left < one.right && one.top < other->bottom &&
            other->top < one.bottom) {
            return false;
        }
    }
    return all->count < LABELS_MOST;
}

static void label_point(plot *p, boxes *all, const inb_point *point) {
    inb_i_number number = inb_i_people(p->picture, point->value);
    double half = 3.5 * (double)strlen(number.text) + 1;
    double x = place_year(p, point->year);
    double y = place_value(p, point->value);
    // Above where that is free, else below.
    const double tops[] = {y - 21, y + 8};
    for (size_t i = 0; i < sizeof tops / sizeof tops[0]; i++) {
        box one = {x - half, tops[i], x + half, tops[i] + 13};
        bool inside = one.right <= p->picture->width && one.left >= p->left - 4 &&
                      one.bottom <= p->bottom + 2;
        if (inside && is_free(all, one)) {
            all->taken[all->count++] = one;
            inb_i_svg_text(p->out, x, tops[i] + 11, "middle", "p-value", number.text);
            return;
        }
    }
}

// First the newest and highest points of each series, then the others.
static bool is_telling(const inb_series *series, size_t at) {
    if (at + 1 == series->point_count || at == 0) {
        return true;
    }
    for (size_t i = 0; i < series->point_count; i++) {
        if (series->points[i].value > series->points[at].value) {
            return false;
        }
    }
    return true;
}

static void draw_values(plot *p) {
    boxes all = {.count = 0};
    for (size_t i = 0; i < p->set->series_count; i++) {
        for (size_t j = 0; j < p->set->series[i].point_count && all.count < LABELS_MOST / 2; j++) {
            double x = place_year(p, p->set->series[i].points[j].year);
            double y = place_value(p, p->set->series[i].points[j].value);
            all.taken[all.count++] = (box){x - 5, y - 5, x + 5, y + 5};
        }
    }
    for (int telling = 1; telling >= 0; telling--) {
        for (size_t i = 0; i < p->set->series_count; i++) {
            const inb_series *series = &p->set->series[i];
            for (size_t j = series->point_count; j-- > 0;) {
                if (is_telling(series, j) == (telling == 1)) {
                    label_point(p, &all, &series->points[j]);
                }
            }
        }
    }
}

// ---- the picture ----

static void describe(const plot *p, inb_buffer *plain) {
    for (size_t i = 0; i < p->set->series_count; i++) {
        const inb_series *series = &p->set->series[i];
        const inb_point *first = &series->points[0];
        const inb_point *last = &series->points[series->point_count - 1];
        char years[2][16];
        snprintf(years[0], sizeof years[0], "%d", first->year);
        snprintf(years[1], sizeof years[1], "%d", last->year);
        inb_i_number values[2] = {
            inb_i_people(p->picture, first->value), inb_i_people(p->picture, last->value)};
        INB_SAY_PLAIN(p->picture, plain,
            series->point_count == 1 ? "report.series.desc.one" : "report.series.desc",
            inb_i_series_name(p->picture, series), years[0], values[0].text, years[1],
            values[1].text);
        inb_buffer_char(plain, ' ');
    }
    INB_SAY_PLAIN(p->picture, plain, "report.series.desc.end", "");
}

void inb_svg_series(const inb_picture *picture, const inb_series_set *set, inb_buffer *out) {
    if (set->series_count == 0) {
        return;
    }
    bool phone = picture->width < INB_PICTURE_DESK;
    plot p = {
        .picture = picture, .set = set, .out = out, .left = 50, .right = picture->width - 16.0};
    measure(&p);
    size_t rows = set->series_count + (has_rounded(&p) ? 1 : 0) + (has_break(&p) ? 1 : 0) +
                  (has_gap(&p) ? 1 : 0);
    bool small = set->kind == INB_SERIES_MINORS;
    p.top = 12 + (double)rows * LEGEND_ROW + 22;
    p.bottom = p.top + (small ? 150 : phone ? 210 : 280);
    // Room above the highest point for its number.
    p.axis = inb_i_axis_linear(p.highest * 1.04, small ? 4 : 6, 0, p.bottom - p.top);

    inb_buffer title = INB_BUFFER_INIT(4096);
    inb_buffer description = INB_BUFFER_INIT(64 * 1024);
    INB_SAY_PLAIN(picture, &title, small ? "report.minors.title" : "report.registered.title", "");
    describe(&p, &description);
    inb_i_svg_open(
        picture, out, p.bottom + 28, inb_buffer_get(&title), inb_buffer_get(&description));
    if (out->status == INB_OK) {
        out->status = title.status != INB_OK ? title.status : description.status;
    }
    inb_buffer_clear(&title);
    inb_buffer_clear(&description);

    inb_buffer_format(out,
        "<defs><pattern id=\"%s-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><path stroke=\"currentColor\" stroke-opacity=\".35\" "
        "d=\"M0 0V6\"/></pattern></defs>\n",
        picture->id);
    draw_legend(&p);
    draw_gaps_and_breaks(&p);
    draw_grid(&p);
    draw_series(&p);
    draw_values(&p);
    inb_buffer_text(out, "</svg>\n");
}

// ---- the table ----

static void header_cell(const inb_picture *picture, inb_buffer *out, const char *key) {
    bool number = strcmp(key, "report.column.number") == 0;
    inb_buffer_text(out, number ? "<th scope=\"col\" class=\"p-number\">" : "<th scope=\"col\">");
    inb_i_text(picture, out, key);
    inb_buffer_text(out, "</th>");
}

static void whose(const inb_picture *picture, inb_buffer *out, const char *id) {
    char key[64];
    snprintf(key, sizeof key, "report.series.%.40s", id[0] == '\0' ? "unstated" : id);
    if (inb_i_has_text(picture, key)) {
        inb_i_text(picture, out, key);
    } else {
        inb_i_escape(out, id);
    }
}

static void remark(const inb_picture *picture, inb_buffer *out, bool rounded, const char *note) {
    if (rounded) {
        inb_i_text(picture, out, "report.rounded");
        inb_buffer_text(out, note[0] != '\0' ? " " : "");
    }
    if (note[0] != '\0') {
        inb_i_data_text(picture, out, "note", note);
    }
}

static void series_row(const inb_picture *picture, inb_buffer *out, const inb_series_set *set,
    const inb_series *series, const inb_point *point) {
    inb_i_number value = inb_i_people(picture, point->value);
    inb_buffer_format(out, "<tr><th scope=\"row\">%d</th><td class=\"p-number\">%s</td><td>",
        point->year, value.text);
    if (set->kind == INB_SERIES_MINORS) {
        inb_i_escape(out, inb_i_series_name(picture, series));
        inb_buffer_text(out, "</td><td>");
    }
    whose(picture, out, series->id);
    inb_buffer_text(out, "</td><td>");
    inb_i_source(out, point->figure->source);
    inb_buffer_text(out, "</td><td>");
    remark(picture, out, point->rounded, point->figure->note);
    inb_buffer_text(out, "</td></tr>\n");
}

static void undrawn_row(
    const inb_picture *picture, inb_buffer *out, const inb_public_figure *figure) {
    inb_buffer_text(out, "<tr><th scope=\"row\">");
    inb_i_escape(out, figure->year);
    inb_buffer_text(out, "</th><td class=\"p-number\">");
    if (figure->has_number) {
        inb_buffer_text(out, inb_i_people(picture, figure->number).text);
    } else {
        inb_i_escape(out, figure->value);
    }
    inb_buffer_text(out, "</td><td>");
    inb_i_data_text(picture, out, "group", figure->group);
    inb_buffer_text(out, "</td><td>");
    whose(picture, out, figure->series);
    inb_buffer_text(out, "</td><td>");
    inb_i_source(out, figure->source);
    inb_buffer_text(out, "</td><td>");
    remark(picture, out, false, figure->note);
    inb_buffer_text(out, "</td></tr>\n");
}

void inb_table_series(const inb_picture *picture, const inb_series_set *set, inb_buffer *out) {
    if (set->series_count > 0) {
        bool minors = set->kind == INB_SERIES_MINORS;
        plot p = {.picture = picture, .set = set, .out = out};
        measure(&p);
        inb_buffer_text(out, "<table class=\"p-table\"><caption>");
        inb_i_text(picture, out, minors ? "report.minors.title" : "report.registered.title");
        inb_buffer_text(out, "</caption>\n<thead><tr>");
        header_cell(picture, out, "report.column.year");
        header_cell(picture, out, "report.column.number");
        if (minors) {
            header_cell(picture, out, "report.column.who");
        }
        header_cell(picture, out, "report.column.whose");
        header_cell(picture, out, "report.column.source");
        header_cell(picture, out, "report.column.remark");
        inb_buffer_text(out, "</tr></thead>\n<tbody>\n");
        for (int year = p.first_year; year <= p.last_year; year++) {
            for (size_t i = 0; i < set->series_count; i++) {
                for (size_t j = 0; j < set->series[i].point_count; j++) {
                    if (set->series[i].points[j].year == year) {
                        series_row(picture, out, set, &set->series[i], &set->series[i].points[j]);
                    }
                }
            }
        }
        inb_buffer_text(out, "</tbody></table>\n");
    }
    if (set->undrawn_count > 0) {
        inb_buffer_text(out, "<table class=\"p-table\"><caption>");
        inb_i_text(picture, out, "report.undrawn");
        inb_buffer_text(out, "</caption>\n<thead><tr>");
        header_cell(picture, out, "report.column.years");
        header_cell(picture, out, "report.column.number");
        header_cell(picture, out, "report.column.who");
        header_cell(picture, out, "report.column.whose");
        header_cell(picture, out, "report.column.source");
        header_cell(picture, out, "report.column.remark");
        inb_buffer_text(out, "</tr></thead>\n<tbody>\n");
        for (size_t i = 0; i < set->undrawn_count; i++) {
            undrawn_row(picture, out, set->undrawn[i]);
        }
        inb_buffer_text(out, "</tbody></table>\n");
    }
}
