// SPDX-License-Identifier: EUPL-1.2
// A hundred dots for all people that there may be, filled where they are seen: the answer to the
// report's question at one look. Dots are natural frequencies (Gigerenzer, Hoffrage 1995,
// doi:10.1037/0033-295X.102.4.684), easier to read than a percentage.

#include "markup.h"

#include <math.h>

enum { DOTS = 100 };

typedef enum dot_kind { DOT_SEEN, DOT_UNCERTAIN, DOT_UNSEEN } dot_kind;

static void dot(inb_buffer *out, dot_kind kind, double x, double y, double radius) {
    static const char *const styles[] = {
        "class=\"p-mark p-s1\" stroke=\"currentColor\" stroke-width=\"1.5\"",
        ("class=\"p-mark p-s1\" fill-opacity=\".3\" stroke=\"currentColor\" stroke-width=\"1.5\" "
         "stroke-dasharray=\"3 2\""),
        "class=\"p-off\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.2\"",
    };
    inb_buffer_format(out, "<circle %s", styles[kind]);
    inb_i_at(out, "cx", x);
    inb_i_at(out, "cy", y);
    inb_i_at(out, "r", radius);
    inb_buffer_text(out, "/>\n");
}

void inb_svg_seen(
    const inb_picture *picture, double low_share, double high_share, inb_buffer *out) {
    static const char *const keys[] = {"report.seen.in", "report.seen.between", "report.seen.out"};
    double low = round(low_share * DOTS);
    double high = round(high_share * DOTS);
    low = low < 0 ? 0 : low > DOTS ? DOTS : low;
    high = high < low ? low : high > DOTS ? DOTS : high;
    bool phone = picture->width < INB_PICTURE_DESK;
    unsigned columns = phone ? 20 : 25;
    double cell = (picture->width - 4.0) / columns;
    cell = cell > 26 ? 26 : cell;
    unsigned rows = (DOTS + columns - 1) / columns;
    double top = 2;
    double legend = top + rows * cell + 12;

    inb_buffer title = INB_BUFFER_INIT(4096);
    inb_buffer description = INB_BUFFER_INIT(4096);
    inb_i_number numbers[3] = {inb_i_people(picture, low), inb_i_people(picture, high - low),
        inb_i_people(picture, DOTS - high)};
    INB_SAY_PLAIN(picture, &title, "report.seen.title", "");
    INB_SAY_PLAIN(picture, &description, "report.seen.desc", numbers[0].text, numbers[1].text,
        numbers[2].text);
    if (out->status == INB_OK) {
        out->status = title.status != INB_OK ? title.status : description.status;
    }
    inb_i_svg_open(picture, out, legend + (high > low ? 66 : 44), inb_buffer_get(&title),
        inb_buffer_get(&description));
    inb_buffer_clear(&title);
    inb_buffer_clear(&description);

    for (unsigned i = 0; i < DOTS; i++) {
        dot_kind kind = i < low ? DOT_SEEN : i < high ? DOT_UNCERTAIN : DOT_UNSEEN;
        dot(out, kind, 2 + (i % columns + 0.5) * cell, top + (i / columns + 0.5) * cell,
            cell * 0.36);
    }
    double y = legend;
    for (dot_kind kind = DOT_SEEN; kind <= DOT_UNSEEN; kind++) {
        if (kind == DOT_UNCERTAIN && !(high > low)) {
            continue;
        }
        dot(out, kind, 10, y + 6, 6);
        inb_buffer_text(out, "<text x=\"26\"");
        inb_i_at(out, "y", y + 10.5);
        inb_buffer_char(out, '>');
        INB_SAY(picture, out, keys[kind], numbers[kind].text);
        inb_buffer_text(out, "</text>\n");
        y += 21;
    }
    inb_buffer_text(out, "</svg>\n");
}
