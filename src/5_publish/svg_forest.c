// SPDX-License-Identifier: EUPL-1.2
// A range plot ("forest plot"): one row per estimate, the interval as a bar, the estimate as a
// diamond, its words above it. The axis starts at zero wherever that can be read; a logarithmic one
// is named as such in the picture.

#include "markup.h"

#include <string.h>

enum { ROW_HEIGHT = 68, BAR_AT = 52, BAR_HALF = 11, LOGARITHMIC_FROM = 100 };

typedef struct plot {
    const inb_picture *picture;
    const inb_forest *forest;
    inb_buffer *out;
    double top;
    double bottom;
    inb_i_axis axis;
} plot;

static double place(const plot *p, double value) {
    return inb_i_axis_place(&p->axis, value);
}

static void consider(double value, double *lowest, double *highest) {
    if (value > 0 && (*lowest == 0 || value < *lowest)) {
        *lowest = value;
    }
    *highest = value > *highest ? value : *highest;
}

static inb_i_axis choose_axis(const inb_picture *picture, const inb_forest *forest) {
    double lowest = 0;
    double highest = 0;
    if (forest->has_observed) {
        consider(forest->observed, &lowest, &highest);
    }
    for (size_t i = 0; i < forest->row_count; i++) {
        const inb_forest_row *row = &forest->rows[i];
        if (row->has_value) {
            consider(row->value, &lowest, &highest);
        }
        if (row->has_interval) {
            consider(row->low, &lowest, &highest);
            consider(row->high, &lowest, &highest);
        }
    }
    double start = 10;
    double length = picture->width - 34.0;
    if (lowest > 0 && highest / lowest > LOGARITHMIC_FROM) {
        return inb_i_axis_logarithmic(lowest, highest, start, length);
    }
    return inb_i_axis_linear(highest, picture->width < INB_PICTURE_DESK ? 4 : 7, start, length);
}

// "52.924 (50.000 tot 56.000)", or the words for a row without an estimate.
static void row_value(const inb_picture *picture, const inb_forest_row *row, inb_buffer *plain) {
    inb_i_number value = inb_i_people(picture, row->value);
    inb_i_number low = inb_i_people(picture, row->low);
    inb_i_number high = inb_i_people(picture, row->high);
    const char *key = row->has_value && row->has_interval ? "report.forest.value.interval"
                      : row->has_value                    ? "report.forest.value"
                      : row->has_interval                 ? "report.forest.interval"
                                                          : "report.forest.none";
    INB_SAY_PLAIN(picture, plain, key, value.text, low.text, high.text);
}

// An upright through the bars of all rows; the words above the bars stay free of it.
static void upright_through(plot *p, const char *class_name, const char *style, double x) {
    for (size_t i = 0; i < p->forest->row_count; i++) {
        double middle = p->top + (double)i * ROW_HEIGHT + BAR_AT;
        inb_i_line_up(p->out, class_name, style, x, middle - BAR_HALF, middle + BAR_HALF);
    }
}

static void draw_tick(plot *p, double value) {
    double x = place(p, value);
    upright_through(p, "p-grid", "stroke-opacity=\".35\"", x);
    inb_i_line_up(p->out, "p-grid", "stroke-opacity=\".6\"", x, p->bottom - 2, p->bottom + 3);
    inb_i_axis_number(p->picture, p->out, value, x, p->bottom, 4.3);
}

static void draw_axis(plot *p) {
    inb_i_axis_line(p->out, &p->axis, p->bottom);
    if (p->axis.logarithmic) {
        for (double value = p->axis.from; value <= p->axis.to * 1.0001; value *= 10) {
            draw_tick(p, value);
        }
    } else {
        for (double value = 0; value <= p->axis.to + p->axis.step / 2; value += p->axis.step) {
            draw_tick(p, value);
        }
    }
    inb_i_svg_text(p->out, 10, p->bottom + 36, "start", "p-unit", p->forest->unit);
    if (p->axis.logarithmic) {
        inb_buffer_text(p->out, "<text x=\"10\"");
        inb_i_at(p->out, "y", p->bottom + 54);
        inb_buffer_text(p->out, " class=\"p-unit\">");
        inb_i_text(p->picture, p->out, "report.forest.logarithmic");
        inb_buffer_text(p->out, "</text>\n");
    }
}

static void draw_row(plot *p, size_t index) {
    const inb_forest_row *row = &p->forest->rows[index];
    double y = p->top + 8 + (double)index * ROW_HEIGHT;
    inb_i_svg_text(p->out, 2, y + 10, "start", "p-strong", row->label);
    inb_buffer words = INB_BUFFER_INIT(4096);
    row_value(p->picture, row, &words);
    if (words.status != INB_OK && p->out->status == INB_OK) {
        p->out->status = words.status;
    }
    inb_i_svg_text(p->out, 2, y + 28, "start", NULL, inb_buffer_get(&words));
    inb_buffer_clear(&words);
    double middle = p->top + (double)index * ROW_HEIGHT + BAR_AT;
    if (row->has_interval) {
        double low = place(p, row->low);
        double high = place(p, row->high);
        inb_buffer_text(p->out, "<rect class=\"p-bar p-s1\" fill-opacity=\".3\" "
                                "stroke=\"currentColor\" rx=\"2\"");
        inb_i_at(p->out, "x", low);
        inb_i_at(p->out, "y", middle - 7);
        inb_i_at(p->out, "width", high - low > 1 ? high - low : 1);
        inb_i_at(p->out, "height", 14);
        inb_buffer_text(p->out, "/>\n");
    }
    if (row->has_value) {
        inb_buffer_text(p->out, "<path class=\"p-mark p-s1\" d=\"M0-8 7 0 0 8-7 0z\" "
                                "transform=\"translate(");
        inb_i_coordinate(p->out, place(p, row->value));
        inb_buffer_char(p->out, ' ');
        inb_i_coordinate(p->out, middle);
        inb_buffer_text(p->out, ")\"/>\n");
    }
}

static void draw_observed(plot *p) {
    static const char style[] = "stroke-width=\"2.4\" stroke-dasharray=\"5 3\"";
    upright_through(p, "p-seen", style, place(p, p->forest->observed));
    inb_i_line_up(p->out, "p-seen", style, 10, 0, 22);
    inb_i_svg_text(p->out, 20, 15, "start", NULL, p->forest->observed_label);
}

void inb_svg_forest(const inb_picture *picture, const inb_forest *forest, inb_buffer *out) {
    if (forest->row_count == 0) {
        return;
    }
    plot p = {.picture = picture, .forest = forest, .out = out};
    p.axis = choose_axis(picture, forest);
    p.top = forest->has_observed ? 30 : 4;
    p.bottom = p.top + (double)forest->row_count * ROW_HEIGHT + 4;
    inb_i_svg_open(picture, out, p.bottom + (p.axis.logarithmic ? 62 : 44), forest->title,
        forest->description);
    draw_axis(&p);
    if (forest->has_observed) {
        draw_observed(&p);
    }
    for (size_t i = 0; i < forest->row_count; i++) {
        draw_row(&p, i);
    }
    inb_buffer_text(out, "</svg>\n");
}

static void number_cell(const inb_picture *picture, inb_buffer *out, bool has, double value) {
    inb_buffer_text(out, "<td class=\"p-number\">");
    if (has) {
        inb_buffer_text(out, inb_i_people(picture, value).text);
    } else {
        inb_i_text(picture, out, "report.forest.no");
    }
    inb_buffer_text(out, "</td>");
}

void inb_table_forest(const inb_picture *picture, const inb_forest *forest, inb_buffer *out) {
    static const char *const keys[] = {"report.column.estimate", "report.column.middle",
        "report.column.low", "report.column.high", "report.column.remark"};
    inb_buffer_text(out, "<table class=\"p-table\"><caption>");
    inb_i_escape(out, forest->title);
    inb_buffer_text(out, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        bool number = i >= 1 && i <= 3;
        inb_buffer_text(
            out, number ? "<th scope=\"col\" class=\"p-number\">" : "<th scope=\"col\">");
        inb_i_text(picture, out, keys[i]);
        inb_buffer_text(out, "</th>");
    }
    inb_buffer_text(out, "</tr></thead>\n<tbody>\n");
    if (forest->has_observed) {
        inb_buffer_text(out, "<tr><th scope=\"row\">");
        inb_i_escape(out, forest->observed_label);
        inb_buffer_text(out, "</th>");
        number_cell(picture, out, true, forest->observed);
        number_cell(picture, out, false, 0);
        number_cell(picture, out, false, 0);
        inb_buffer_text(out, "<td></td></tr>\n");
    }
    for (size_t i = 0; i < forest->row_count; i++) {
        const inb_forest_row *row = &forest->rows[i];
        inb_buffer_text(out, "<tr><th scope=\"row\">");
        inb_i_escape(out, row->label);
        inb_buffer_text(out, "</th>");
        number_cell(picture, out, row->has_value, row->value);
        number_cell(picture, out, row->has_interval, row->low);
        number_cell(picture, out, row->has_interval, row->high);
        inb_buffer_text(out, "<td>");
        if (row->note != NULL) {
            inb_i_source(out, row->note);
        }
        inb_buffer_text(out, "</td></tr>\n");
    }
    inb_buffer_text(out, "</tbody></table>\n");
}
