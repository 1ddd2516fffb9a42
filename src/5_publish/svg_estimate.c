// SPDX-License-Identifier: EUPL-1.2
// Pictures of one estimate: a forest of all rows, N against the threshold of stepwise, N against
// each pair's odds ratio, and the spread of replicates. N is on a logarithmic axis wherever it
// spans more than a factor ten, and it is named as such.

#include <inbeeld/plots.h>

#include "markup.h"

#include <math.h>
#include <string.h>

enum {
    WIDTH = 760,
    LABELS = 250, // room for the words at the left
    RIGHT = 24,
    ROW = 22,
    TOP = 66,
    HEIGHT = 300, // of a picture with N upright
    BINS = 40
};

static const double LOGARITHMIC_FROM = 10;

const char *inb_plot_name(inb_plot plot) {
#define NAME(number, name) name,
    static const char *const names[] = {INB_PLOTS(NAME)};
#undef NAME
    return names[plot];
}

static bool of_ensemble(const inb_ensemble_row *row) {
    return row->kind == INB_ENSEMBLE_METHOD || row->kind == INB_ENSEMBLE_WITHOUT ||
           row->kind == INB_ENSEMBLE_MERGED;
}

static bool takes_part(const inb_ensemble_row *row, inb_plot plot) {
    return plot == INB_PLOT_ENSEMBLE      ? of_ensemble(row)
           : plot == INB_PLOT_THRESHOLD   ? row->kind == INB_ENSEMBLE_THRESHOLD
           : plot == INB_PLOT_SENSITIVITY ? row->kind == INB_ENSEMBLE_ODDS_RATIO
                                          : false;
}

bool inb_plot_has(const inb_estimate *estimate, inb_plot plot) {
    if (plot == INB_PLOT_REPLICATES) {
        return estimate->total.sample_count > 1;
    }
    for (size_t i = 0; i < estimate->ensemble_count; i++) {
        if (takes_part(&estimate->ensemble[i], plot) && estimate->ensemble[i].has_estimate) {
            return true;
        }
    }
    return false;
}

// ---- tables ----

static void put_cell(inb_buffer *out, bool given, double value) {
    inb_buffer_char(out, ',');
    if (given) {
        inb_buffer_number(out, value, 12);
    }
}

void inb_plot_csv(const inb_estimate *estimate, inb_plot plot, inb_buffer *out) {
    if (plot == INB_PLOT_REPLICATES) {
        inb_buffer_text(out, "share,estimate\n");
        for (size_t i = 0; i < estimate->total.sample_count; i++) {
            inb_buffer_number(out, ((double)i + 0.5) / (double)estimate->total.sample_count, 12);
            put_cell(out, true, estimate->total.sample[i]);
            inb_buffer_char(out, '\n');
        }
        return;
    }
    inb_buffer_text(out, "kind,method,lists,at,observed,estimate,low,high,interval,note\n");
    for (size_t i = 0; i < estimate->ensemble_count; i++) {
        const inb_ensemble_row *row = &estimate->ensemble[i];
        if (!takes_part(row, plot)) {
            continue;
        }
        inb_buffer_format(out, "%s,", inb_ensemble_kind_name(row->kind));
        inb_buffer_cell(out, row->method);
        inb_buffer_char(out, ',');
        inb_buffer_cell(out, row->lists_text);
        put_cell(out, row->at > 0, row->at);
        inb_buffer_format(out, ",%lld", (long long)row->observed);
        put_cell(out, row->has_estimate, row->estimate);
        put_cell(out, row->has_interval, row->interval.low);
        put_cell(out, row->has_interval, row->interval.high);
        inb_buffer_format(
            out, ",%s,", row->has_interval ? inb_interval_kind_name(row->interval.kind) : "");
        inb_buffer_cell(out, row->note);
        inb_buffer_char(out, '\n');
    }
}

// ---- parts of a picture ----

typedef struct drawing {
    const inb_estimate *estimate;
    inb_buffer *out;
    double height;
    inb_i_axis axis; // of N
} drawing;

static void open_svg(drawing *d, double height, const char *title, const char *description) {
    d->height = height;
    inb_buffer_format(d->out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %.0f\" "
        "width=\"%d\" height=\"%.0f\" font-family=\"sans-serif\" font-size=\"13\">\n<title>",
        (int)WIDTH, height, (int)WIDTH, height);
    inb_i_escape(d->out, title);
    inb_buffer_text(d->out, "</title>\n<desc>");
    inb_i_escape(d->out, description);
    inb_buffer_text(d->out, "</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
                            "<text x=\"12\" y=\"20\" font-size=\"15\" font-weight=\"bold\">");
    inb_i_escape(d->out, title);
    inb_buffer_text(d->out, "</text>\n<text x=\"12\" y=\"38\" fill=\"#444\">");
    inb_i_escape(d->out, description);
    inb_buffer_text(d->out, "</text>\n");
}

static void put_text(drawing *d, double x, double y, const char *anchor, const char *text) {
    inb_i_svg_text(d->out, x, y, anchor, NULL, text);
}

static void put_line(drawing *d, double x1, double y1, double x2, double y2, const char *style) {
    inb_buffer_text(d->out, "<line");
    inb_i_at(d->out, "x1", x1);
    inb_i_at(d->out, "y1", y1);
    inb_i_at(d->out, "x2", x2);
    inb_i_at(d->out, "y2", y2);
    inb_buffer_format(d->out, " %s/>\n", style);
}

static void put_dot(drawing *d, double x, double y, double radius, const char *fill) {
    inb_buffer_text(d->out, "<circle");
    inb_i_at(d->out, "cx", x);
    inb_i_at(d->out, "cy", y);
    inb_i_at(d->out, "r", radius);
    inb_buffer_format(d->out, " fill=\"%s\"/>\n", fill);
}

static inb_i_number people(double value) {
    static const inb_picture english = {.language = "en"};
    return inb_i_people(&english, value);
}

typedef struct extent {
    double lowest;
    double highest;
} extent;

static void take(extent *e, double value) {
    e->lowest = e->lowest == 0 || value < e->lowest ? value : e->lowest;
    e->highest = value > e->highest ? value : e->highest;
}

static extent extent_of(const inb_estimate *estimate, inb_plot plot) {
    extent e = {0, 0};
    for (size_t i = 0; i < estimate->ensemble_count; i++) {
        const inb_ensemble_row *row = &estimate->ensemble[i];
        if (!takes_part(row, plot) || !row->has_estimate) {
            continue;
        }
        take(&e, row->estimate);
        if (row->has_interval) {
            take(&e, fmax(row->interval.low, 1));
            take(&e, row->interval.high);
        }
    }
    return e;
}

static inb_i_axis axis_of(const extent *e, double start, double length) {
    return e->lowest > 0 && e->highest > LOGARITHMIC_FROM * e->lowest
               ? inb_i_axis_logarithmic(e->lowest, e->highest, start, length)
               : inb_i_axis_linear(e->highest, 6, start, length);
}

// Ticks of N: lines across, numbers at the foot (lying axis) or at the left (upright).
static void put_ticks(drawing *d, bool upright, double from, double to) {
    const inb_i_axis *axis = &d->axis;
    double value = axis->from;
    while (value <= axis->to * 1.0001) {
        double at = inb_i_axis_place(axis, value);
        static const char grid[] = "stroke=\"#ddd\"";
        if (upright) {
            put_line(d, from, at, to, at, grid);
            put_text(d, from - 6, at + 4, "end", people(value).text);
        } else {
            put_line(d, at, from, at, to, grid);
            put_text(d, at, to + 16, "middle", people(value).text);
        }
        value = axis->logarithmic ? value * 10 : value + axis->step;
    }
    const char *name = axis->logarithmic ? "people in all (logarithmic)" : "people in all";
    if (upright) {
        put_text(d, from, TOP - 4, "start", name);
    } else {
        put_text(d, (from > 0 ? axis->start : 0), to + 34, "start", name);
    }
}

// ---- ensemble ----

static void row_label(const inb_ensemble_row *row, inb_buffer *label) {
    inb_buffer_reset(label);
    if (row->kind == INB_ENSEMBLE_METHOD) {
        inb_buffer_text(label, row->method);
    } else {
        inb_buffer_format(label, "%s %s (%s)",
            row->kind == INB_ENSEMBLE_WITHOUT ? "without" : "as one:", row->lists_text,
            row->method);
    }
}

static void put_row(drawing *d, const inb_ensemble_row *row, double y, inb_buffer *label) {
    row_label(row, label);
    put_text(d, LABELS - 8, y + 4, "end", inb_i_shorten(inb_buffer_get(label), 38).text);
    if (row->has_interval && row->has_estimate) {
        put_line(d, inb_i_axis_place(&d->axis, row->interval.low), y,
            inb_i_axis_place(&d->axis, row->interval.high), y,
            "stroke=\"#7a9cc6\" stroke-width=\"6\"");
    }
    if (row->has_estimate) {
        put_dot(d, inb_i_axis_place(&d->axis, row->estimate), y, 4.5, "#123a6b");
    } else {
        put_text(d, LABELS + 4, y + 4, "start", "no number");
    }
}

static void draw_ensemble(drawing *d) {
    const inb_estimate *e = d->estimate;
    size_t rows = 0;
    for (size_t i = 0; i < e->ensemble_count; i++) {
        rows += of_ensemble(&e->ensemble[i]);
    }
    extent range = extent_of(e, INB_PLOT_ENSEMBLE);
    double bottom = TOP + (double)rows * ROW + 6;
    open_svg(d, bottom + 44, "Every way of looking at the same lists",
        "Estimate and interval by each method, with a list left out, with two lists as one");
    d->axis = axis_of(&range, LABELS, WIDTH - LABELS - RIGHT);
    put_ticks(d, false, TOP, bottom);
    inb_buffer label = INB_BUFFER_INIT(1 << 16);
    double y = TOP + ROW / 2.0;
    for (size_t i = 0; i < e->ensemble_count; i++) {
        if (of_ensemble(&e->ensemble[i])) {
            put_row(d, &e->ensemble[i], y, &label);
            y += ROW;
        }
    }
    inb_buffer_clear(&label);
}

// ---- threshold ----

static double place_threshold(double at, double start, double length) {
    double low = log10(1e-8);
    double share = (log10(at) - low) / (log10(0.5) - low);
    return start + fmin(fmax(share, 0), 1) * length;
}

static void draw_threshold(drawing *d) {
    const inb_estimate *e = d->estimate;
    double start = 90;
    double length = WIDTH - 90.0 - RIGHT;
    extent range = extent_of(e, INB_PLOT_THRESHOLD);
    open_svg(d, TOP + HEIGHT + 52, "The number against the threshold of stepwise",
        "A pair of lists enters the model below this p; bars are intervals, model as given");
    d->axis = axis_of(&range, TOP + HEIGHT, -(double)HEIGHT);
    put_ticks(d, true, start, start + length);
    double last_x = 0;
    double last_y = 0;
    bool joined = false;
    for (size_t i = 0; i < e->ensemble_count; i++) {
        const inb_ensemble_row *row = &e->ensemble[i];
        if (row->kind != INB_ENSEMBLE_THRESHOLD) {
            continue;
        }
        double x = place_threshold(row->at, start + 8, length - 16);
        if (!row->has_estimate) {
            joined = false;
            continue;
        }
        double y = inb_i_axis_place(&d->axis, row->estimate);
        if (row->has_interval) {
            put_line(d, x, inb_i_axis_place(&d->axis, row->interval.low), x,
                inb_i_axis_place(&d->axis, row->interval.high),
                "stroke=\"#7a9cc6\" stroke-width=\"5\"");
        }
        if (joined) {
            put_line(d, last_x, last_y, x, y, "stroke=\"#123a6b\"");
        }
        put_dot(d, x, y, 4, row->at == e->threshold ? "#b3261e" : "#123a6b");
        last_x = x;
        last_y = y;
        joined = true;
    }
    static const double ticks[] = {1e-8, 1e-6, 1e-4, 1e-2, 0.1, 0.4};
    static const char *const names[] = {"1e-8", "1e-6", "1e-4", "0.01", "0.1", "0.4"};
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++) {
        put_text(d, place_threshold(ticks[i], start + 8, length - 16), TOP + HEIGHT + 18, "middle",
            names[i]);
    }
    put_text(d, start, TOP + HEIGHT + 38, "start",
        "threshold (logarithmic); red: the one that was asked for");
}

// ---- sensitivity ----

static void draw_sensitivity(drawing *d) {
    const inb_estimate *e = d->estimate;
    size_t pairs = e->list_count * (e->list_count - 1) / 2;
    extent range = extent_of(e, INB_PLOT_SENSITIVITY);
    double bottom = TOP + (double)pairs * ROW + 6;
    open_svg(d, bottom + 44, "The number against the dependence of each pair of lists",
        "Odds ratio fixed at 1/4, 1/2, 1 (dark), 2 and 4, the rest of the model estimated");
    d->axis = axis_of(&range, LABELS, WIDTH - LABELS - RIGHT);
    put_ticks(d, false, TOP, bottom);
    double y = TOP - ROW / 2.0;
    inb_list_set last = 0;
    double before = -1;
    for (size_t i = 0; i < e->ensemble_count; i++) {
        const inb_ensemble_row *row = &e->ensemble[i];
        if (row->kind != INB_ENSEMBLE_ODDS_RATIO) {
            continue;
        }
        if (row->lists != last) {
            y += ROW;
            last = row->lists;
            before = -1;
            put_text(d, LABELS - 8, y + 4, "end", inb_i_shorten(row->lists_text, 38).text);
        }
        if (!row->has_estimate) {
            before = -1;
            continue;
        }
        double x = inb_i_axis_place(&d->axis, row->estimate);
        if (before >= 0) {
            put_line(d, before, y, x, y, "stroke=\"#7a9cc6\" stroke-width=\"3\"");
        }
        put_dot(d, x, y, row->at == 1 ? 5 : 3.5, row->at == 1 ? "#123a6b" : "#7a9cc6");
        before = x;
    }
}

// ---- replicates ----

static void draw_replicates(drawing *d) {
    const inb_figures *total = &d->estimate->total;
    size_t count = total->sample_count;
    // The outer half per cent on either side is not drawn, and it is said; but the interval, which
    // may reach further (BCa), and the estimate are.
    double marks[] = {total->interval.low, total->interval.high, total->estimate};
    double low = total->sample[count / 200];
    double high = total->sample[count - 1 - count / 200];
    for (size_t m = total->has_interval ? 0 : 2; m < 3; m++) {
        low = fmin(low, marks[m]);
        high = fmax(high, marks[m]);
    }
    high = high > low ? high : low + 1;
    size_t bins[BINS] = {0};
    size_t most = 1;
    bool logarithmic = low > 0 && high > LOGARITHMIC_FROM * low;
    for (size_t i = count / 200; i < count - count / 200; i++) {
        double share = logarithmic ? log(total->sample[i] / low) / log(high / low)
                                   : (total->sample[i] - low) / (high - low);
        size_t bin = (size_t)fmin(share * BINS, BINS - 1);
        bins[bin]++;
        most = bins[bin] > most ? bins[bin] : most;
    }
    bool posterior = total->has_posterior;
    open_svg(d, TOP + HEIGHT + 52,
        posterior ? "The posterior of the number" : "The number in tables drawn anew",
        "The outer half per cent on either side is left out; red: the estimate; grey: the "
        "interval");
    double start = 44;
    double width = (WIDTH - 88.0) / BINS;
    for (size_t b = 0; b < BINS; b++) {
        double height = HEIGHT * (double)bins[b] / (double)most;
        inb_buffer_text(d->out, "<rect fill=\"#7a9cc6\"");
        inb_i_at(d->out, "x", start + (double)b * width);
        inb_i_at(d->out, "y", TOP + HEIGHT - height);
        inb_i_at(d->out, "width", width - 1);
        inb_i_at(d->out, "height", height);
        inb_buffer_text(d->out, "/>\n");
    }
    for (size_t t = 0; t <= 4; t++) {
        double share = (double)t / 4;
        double value = logarithmic ? low * pow(high / low, share) : low + share * (high - low);
        put_text(d, start + share * BINS * width, TOP + HEIGHT + 18, "middle", people(value).text);
    }
    for (size_t m = total->has_interval ? 0 : 2; m < 3; m++) {
        double share = logarithmic ? log(fmax(marks[m], 1) / low) / log(high / low)
                                   : (marks[m] - low) / (high - low);
        double x = start + fmin(share, 1) * BINS * width;
        put_line(d, x, TOP, x, TOP + HEIGHT,
            m == 2 ? "stroke=\"#b3261e\" stroke-width=\"2\""
                   : "stroke=\"#666\" stroke-dasharray=\"5 3\"");
    }
    put_text(d, start, TOP + HEIGHT + 38, "start",
        logarithmic ? "people in all (logarithmic)" : "people in all");
}

void inb_plot_svg(const inb_estimate *estimate, inb_plot plot, inb_buffer *out) {
    if (!inb_plot_has(estimate, plot)) {
        return;
    }
    drawing d = {.estimate = estimate, .out = out};
    void (*const draw[])(drawing *) = {
        draw_ensemble, draw_threshold, draw_sensitivity, draw_replicates};
    draw[plot](&d);
    inb_buffer_text(out, "</svg>\n");
}
