// SPDX-License-Identifier: EUPL-1.2
// Lying bars from zero, one a row, with words above: what is counted filled, what is estimated
// beside it hatched, an interval as a line with ends, a known truth as a diamond. A count that is
// hidden has no bar.

#include "markup.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 19, BAR = 12, WHISKER = 10, GAP = 12, LEGEND_ROW = 21 };

typedef struct plot {
    const inb_picture *picture;
    const inb_bars *bars;
    inb_buffer *out;
    bool intervals; // some row has one: room below the bars
    double top;
    double bottom;
    inb_i_axis axis;
    char hatched[128];
} plot;

static double letters(const char *text) {
    double count = 0;
    for (; *text != '\0'; text++) {
        count += (*text & 0xC0) != 0x80 ? 1 : 0; // characters, not bytes
    }
    return count;
}

static double width_of(const plot *p, const char *text, bool strong) {
    double letter = p->picture->width < INB_PICTURE_DESK ? 7.4 : 6.9;
    return letters(text) * (strong ? letter + 0.9 : letter);
}

static double highest_of(const inb_bars *bars) {
    double highest = bars->most;
    for (size_t i = 0; i < bars->row_count && bars->most <= 0; i++) {
        const inb_bar *row = &bars->rows[i];
        double ends[] = {row->has_value ? row->value : 0, row->has_more ? row->more : 0,
            row->has_interval ? row->high : 0, row->has_mark ? row->mark : 0};
        for (size_t j = 0; j < sizeof ends / sizeof ends[0]; j++) {
            highest = ends[j] > highest ? ends[j] : highest;
        }
    }
    return highest;
}

static void rect(
    plot *p, const char *class_name, const char *style, double x, double y, double width) {
    inb_buffer_format(p->out, "<rect class=\"%s\" %s", class_name, style);
    inb_i_at(p->out, "x", x);
    inb_i_at(p->out, "y", y);
    inb_i_at(p->out, "width", width > 0 ? width : 0);
    inb_i_at(p->out, "height", BAR);
    inb_buffer_text(p->out, "/>\n");
}

// A line from low to high with an upright at each end.
static void whisker(plot *p, double low, double high, double y) {
    inb_buffer_text(p->out, "<path class=\"p-range\" fill=\"none\" stroke=\"currentColor\" "
                            "stroke-width=\"1.6\" d=\"M");
    inb_i_coordinate(p->out, low);
    inb_buffer_char(p->out, ' ');
    inb_i_coordinate(p->out, y);
    inb_buffer_char(p->out, 'H');
    inb_i_coordinate(p->out, high);
    double ends[] = {low, high};
    for (size_t i = 0; i < 2; i++) {
        inb_buffer_char(p->out, 'M');
        inb_i_coordinate(p->out, ends[i]);
        inb_buffer_char(p->out, ' ');
        inb_i_coordinate(p->out, y - 3.5);
        inb_buffer_text(p->out, "v7");
    }
    inb_buffer_text(p->out, "\"/>\n");
}

static void diamond(plot *p, double x, double y) {
    inb_buffer_text(p->out, "<path class=\"p-mark p-s2\" stroke=\"currentColor\" "
                            "d=\"M0-7 6 0 0 7-6 0z\" transform=\"translate(");
    inb_i_coordinate(p->out, x);
    inb_buffer_char(p->out, ' ');
    inb_i_coordinate(p->out, y);
    inb_buffer_text(p->out, ")\"/>\n");
}

// ---- legend ----

static double legend_text(plot *p, double y, const char *name) {
    inb_i_svg_text(p->out, 36, y + 11, "start", NULL, name);
    return y + LEGEND_ROW;
}

static double legend(plot *p) {
    double y = 2;
    if (p->bars->value_name != NULL) {
        rect(p, "p-bar p-s1", "stroke=\"currentColor\"", 2, y, 24);
        y = legend_text(p, y, p->bars->value_name);
    }
    if (p->bars->more_name != NULL) {
        rect(p, "p-bar p-s1", p->hatched, 2, y, 24);
        y = legend_text(p, y, p->bars->more_name);
    }
    if (p->bars->interval_name != NULL) {
        whisker(p, 2, 26, y + 6);
        y = legend_text(p, y, p->bars->interval_name);
    }
    if (p->bars->mark_name != NULL) {
        diamond(p, 14, y + 6);
        y = legend_text(p, y, p->bars->mark_name);
    }
    return y > 2 ? y + 6 : y;
}

// ---- axis and rows ----

static double room_of(const plot *p) {
    return p->picture->width - 4.0;
}

// A text that is wider than the picture is parted after `mark`, where it has one.
static int lines_of(const plot *p, const char *text, const char *mark, bool strong) {
    return width_of(p, text, strong) <= room_of(p) || strstr(text, mark) == NULL ? 1 : 2;
}

// Words beside their label, if both fit on a line; else below it.
static bool is_beside(const plot *p, const inb_bar *row) {
    return width_of(p, row->label, true) + width_of(p, row->words, false) + 12 <= room_of(p);
}

static int row_lines(const plot *p, const inb_bar *row) {
    return is_beside(p, row)
               ? 1
               : lines_of(p, row->label, ": ", true) + lines_of(p, row->words, ", ", false);
}

// Returns the baseline below.
static double put_lines(
    plot *p, double y, const char *class_name, const char *text, const char *mark) {
    size_t most = p->picture->width < INB_PICTURE_DESK ? 40 : 64;
    if (lines_of(p, text, mark, class_name != NULL) == 2) {
        const char *after = strstr(text, mark) + 1;
        char first[256];
        snprintf(first, sizeof first, "%.*s", (int)(after - text), text);
        inb_i_svg_text(p->out, 2, y, "start", class_name, inb_i_shorten(first, most).text);
        text = after + 1;
        y += LINE;
    }
    inb_i_svg_text(p->out, 2, y, "start", class_name, inb_i_shorten(text, most).text);
    return y + LINE;
}

static double row_height(const plot *p, const inb_bar *row) {
    return row_lines(p, row) * LINE + BAR + (p->intervals ? WHISKER : 0) + GAP;
}

static void tick(plot *p, double value) {
    double x = inb_i_axis_place(&p->axis, value);
    inb_buffer_text(p->out, "<path class=\"p-grid\" fill=\"none\" stroke=\"currentColor\" "
                            "stroke-opacity=\".6\" d=\"M");
    inb_i_coordinate(p->out, x);
    inb_buffer_char(p->out, ' ');
    inb_i_coordinate(p->out, p->bottom - 2);
    inb_buffer_text(p->out, "v5\"/>\n");
    inb_i_axis_number(p->picture, p->out, value, x, p->bottom, 4.0);
}

static void draw_axis(plot *p) {
    inb_i_axis_line(p->out, &p->axis, p->bottom);
    for (double value = 0; value <= p->axis.to + p->axis.step / 2; value += p->axis.step) {
        tick(p, value);
    }
    inb_i_svg_text(p->out, 2, p->bottom + 36, "start", "p-unit", p->bars->unit);
}

static void draw_row(plot *p, const inb_bar *row, double y) {
    double below = put_lines(p, y + 12, "p-strong", row->label, ": ");
    if (is_beside(p, row)) {
        inb_i_svg_text(p->out, p->picture->width - 2.0, y + 12, "end", NULL, row->words);
    } else {
        (void)put_lines(p, below, NULL, row->words, ", ");
    }
    double bar = y + row_lines(p, row) * LINE;
    double zero = p->axis.start;
    if (row->has_value) {
        double end = inb_i_axis_place(&p->axis, row->value);
        if (row->has_more && row->more > row->value) {
            rect(
                p, "p-bar p-s1", p->hatched, end, bar, inb_i_axis_place(&p->axis, row->more) - end);
        }
        rect(p, "p-bar p-s1", "stroke=\"currentColor\"", zero, bar, end - zero);
    }
    if (row->has_interval) {
        whisker(p, inb_i_axis_place(&p->axis, row->low), inb_i_axis_place(&p->axis, row->high),
            bar + BAR + 6);
    }
    if (row->has_mark) {
        diamond(p, inb_i_axis_place(&p->axis, row->mark), bar + BAR / 2.0);
    }
}

void inb_svg_bars(const inb_picture *picture, const inb_bars *bars, inb_buffer *out) {
    if (bars->row_count == 0) {
        return;
    }
    plot p = {.picture = picture, .bars = bars, .out = out};
    snprintf(p.hatched, sizeof p.hatched, "fill=\"url(#%s-hatch)\" stroke=\"currentColor\"",
        picture->id);
    for (size_t i = 0; i < bars->row_count; i++) {
        p.intervals = p.intervals || bars->rows[i].has_interval;
    }
    const char *const names[] = {
        bars->value_name, bars->more_name, bars->interval_name, bars->mark_name};
    double top = 2;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        top += names[i] != NULL ? LEGEND_ROW : 0;
    }
    p.top = top > 2 ? top + 6 : top;
    p.bottom = p.top;
    for (size_t i = 0; i < bars->row_count; i++) {
        p.bottom += row_height(&p, &bars->rows[i]);
    }
    p.axis = inb_i_axis_linear(
        highest_of(bars), picture->width < INB_PICTURE_DESK ? 4 : 7, 2, picture->width - 14.0);
    inb_i_svg_open(picture, out, p.bottom + 44, bars->title, bars->description);
    inb_buffer_format(out,
        "<defs><pattern id=\"%s-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><path class=\"p-s1\" stroke=\"currentColor\" "
        "stroke-width=\"2.4\" d=\"M0 0V6\"/></pattern></defs>\n",
        picture->id);
    (void)legend(&p);
    draw_axis(&p);
    double y = p.top;
    for (size_t i = 0; i < bars->row_count; i++) {
        draw_row(&p, &bars->rows[i], y);
        y += row_height(&p, &bars->rows[i]);
    }
    inb_buffer_text(out, "</svg>\n");
}
