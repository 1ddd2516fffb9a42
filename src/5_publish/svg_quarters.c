// SPDX-License-Identifier: EUPL-1.2
// Counts by quarter as standing bars from zero. A break in what is counted is a dashed upright with
// a number; a hidden count is a hatched box of one height; a quarter that is not over is open.

#include "markup.h"

#include <stdio.h>

typedef struct plot {
    const inb_picture *picture;
    const inb_quarters *quarters;
    inb_buffer *out;
    double left;
    double column;
    double top;
    double bottom;
    inb_i_axis axis; // upwards from `bottom`
} plot;

static double height_of(const plot *p, double value) {
    return inb_i_axis_place(&p->axis, value);
}

static void rect(plot *p, const char *class_name, const char *style, size_t index, double height) {
    double width = p->column > 6 ? p->column - 4 : p->column * 0.7;
    inb_buffer_format(p->out, "<rect class=\"%s\" %s", class_name, style);
    inb_i_at(p->out, "x", p->left + (double)index * p->column + (p->column - width) / 2);
    inb_i_at(p->out, "y", p->bottom - height);
    inb_i_at(p->out, "width", width);
    inb_i_at(p->out, "height", height);
    inb_buffer_text(p->out, "/>\n");
}

static void draw_axis(plot *p) {
    for (double value = 0; value <= p->axis.to + p->axis.step / 2; value += p->axis.step) {
        double y = p->bottom - height_of(p, value);
        inb_i_line(
            p->out, "p-grid", "stroke-opacity=\".35\"", p->left, y, p->picture->width - 2.0, y);
        inb_i_svg_text(
            p->out, p->left - 6, y + 4.5, "end", "p-tick", inb_i_people(p->picture, value).text);
    }
    inb_i_svg_text(p->out, 2, 12, "start", "p-unit", p->quarters->unit);
}

// The box of a hidden count is as high as the largest that it can be, and high enough to be seen.
static void draw_count(plot *p, const inb_quarter *one, size_t index) {
    double x = p->left + ((double)index + 0.5) * p->column;
    double height = height_of(p, one->hidden ? INB_SMALL_CELL - 1 : (double)one->count);
    char style[128];
    if (one->hidden) {
        height = height < 8 ? 8 : height;
        snprintf(style, sizeof style,
            "fill=\"url(#%s-hatch)\" stroke=\"currentColor\" stroke-dasharray=\"2 2\"",
            p->picture->id);
        rect(p, "p-bar p-s1", style, index, height);
        return;
    }
    rect(p, "p-bar p-s1",
        one->open ? "fill-opacity=\".25\" stroke=\"currentColor\" stroke-dasharray=\"4 3\""
                  : "stroke=\"currentColor\"",
        index, height);
    inb_i_number number = inb_i_people(p->picture, (double)one->count);
    if (p->column >= 26) {
        inb_i_svg_text(p->out, x, p->bottom - height - 5, "middle", "p-value", number.text);
    }
}

static void draw_names(plot *p) {
    const inb_quarters *all = p->quarters;
    for (size_t i = 0; i < all->count; i++) {
        double x = p->left + (double)i * p->column;
        char text[16];
        if (p->column >= 14) {
            snprintf(text, sizeof text, "%d", all->items[i].quarter);
            inb_i_svg_text(p->out, x + p->column / 2, p->bottom + 16, "middle", "p-tick", text);
        }
        if (i == 0 || all->items[i].quarter == 1) {
            size_t of_year = 0;
            while (i + of_year < all->count && all->items[i + of_year].year == all->items[i].year) {
                of_year++;
            }
            snprintf(text, sizeof text, "%d", all->items[i].year);
            if ((double)of_year * p->column >= 34) {
                inb_i_svg_text(p->out, x + 2, p->bottom + 33, "start", NULL, text);
            }
            inb_i_line(p->out, "p-grid", "stroke-opacity=\".6\"", x, p->bottom, x, p->bottom + 34);
        }
    }
}

static void draw_break(plot *p, const inb_quarter *one, size_t index) {
    double x = p->left + (double)index * p->column;
    char text[16];
    snprintf(text, sizeof text, "%u", one->breaks);
    inb_i_line(p->out, "p-break p-s2", "stroke-width=\"1.6\" stroke-dasharray=\"4 3\"", x,
        p->top - 2, x, p->bottom);
    inb_buffer_text(p->out, "<circle class=\"p-s2\" fill=\"none\" stroke=\"currentColor\" r=\"8\"");
    inb_i_at(p->out, "cx", x);
    inb_i_at(p->out, "cy", p->top - 10);
    inb_buffer_text(p->out, "/>\n");
    inb_i_svg_text(p->out, x, p->top - 5.5, "middle", "p-strong", text);
}

void inb_svg_quarters(const inb_picture *picture, const inb_quarters *quarters, inb_buffer *out) {
    if (quarters->count == 0) {
        return;
    }
    double highest = INB_SMALL_CELL;
    bool any_hidden = false;
    for (size_t i = 0; i < quarters->count; i++) {
        const inb_quarter *one = &quarters->items[i];
        any_hidden = any_hidden || one->hidden;
        highest = !one->hidden && (double)one->count > highest ? (double)one->count : highest;
    }
    plot p = {.picture = picture, .quarters = quarters, .out = out, .left = 52, .top = 42};
    p.bottom = p.top + 190;
    p.column = (picture->width - p.left - 2) / (double)quarters->count;
    p.column = p.column > 60 ? 60 : p.column;
    p.axis = inb_i_axis_linear(highest, 4, 0, p.bottom - p.top - 18);
    inb_i_svg_open(
        picture, out, p.bottom + (any_hidden ? 66 : 42), quarters->title, quarters->description);
    inb_buffer_format(out,
        "<defs><pattern id=\"%s-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><path class=\"p-s1\" stroke=\"currentColor\" "
        "stroke-width=\"2.4\" d=\"M0 0V6\"/></pattern></defs>\n",
        picture->id);
    draw_axis(&p);
    for (size_t i = 0; i < quarters->count; i++) {
        draw_count(&p, &quarters->items[i], i);
    }
    for (size_t i = 0; i < quarters->count; i++) {
        if (quarters->items[i].breaks > 0) {
            draw_break(&p, &quarters->items[i], i);
        }
    }
    draw_names(&p);
    if (any_hidden) {
        inb_buffer_format(out,
            "<rect class=\"p-bar p-s1\" fill=\"url(#%s-hatch)\" stroke=\"currentColor\" "
            "stroke-dasharray=\"2 2\" x=\"2\" width=\"24\" height=\"12\"",
            picture->id);
        inb_i_at(out, "y", p.bottom + 46);
        inb_buffer_text(out, "/>\n");
        inb_i_svg_text(out, 36, p.bottom + 57, "start", NULL, quarters->hidden_name);
    }
    inb_buffer_text(out, "</svg>\n");
}
