// SPDX-License-Identifier: EUPL-1.2
// What every picture and page of this station writes with: escaping, texts of the catalogue with
// things filled in, numbers as people write them, axes. Private to 5_publish.
#ifndef INB_PUBLISH_MARKUP_H
#define INB_PUBLISH_MARKUP_H

#include <inbeeld/publish.h>

// Text for element content and for double-quoted attribute values, both. Invalid UTF-8 and
// characters that XML does not allow become U+FFFD.
void inb_i_escape(inb_buffer *out, const char *text);

// The text at `key`, escaped; with {1}, {2} … replaced by the further arguments (plain texts, ended
// by NULL). A key without text makes the buffer fail with INB_BAD_CATALOGUE.
void inb_i_text(const inb_picture *picture, inb_buffer *out, const char *key);
void inb_i_say(
    const inb_picture *picture, inb_buffer *out, const char *key, const char *const *arguments);
#define INB_SAY(picture, out, key, ...)                                                            \
    inb_i_say((picture), (out), (key), (const char *const[]){__VA_ARGS__, NULL})

// The same, unescaped, into a buffer for a plain text that is escaped later.
void inb_i_say_plain(
    const inb_picture *picture, inb_buffer *out, const char *key, const char *const *arguments);
#define INB_SAY_PLAIN(picture, out, key, ...)                                                      \
    inb_i_say_plain((picture), (out), (key), (const char *const[]){__VA_ARGS__, NULL})

// Whether there is a text at `key`.
bool inb_i_has_text(const inb_picture *picture, const char *key);

// A number as the language writes it: "121.522" in Dutch, "121,522" in English; whole, rounded.
typedef struct inb_i_number {
    char text[48];
} inb_i_number;
inb_i_number inb_i_people(const inb_picture *picture, double value);
// With so many decimals (0..3).
inb_i_number inb_i_decimal(const inb_picture *picture, double value, unsigned decimals);

// A coordinate with at most two decimals.
void inb_i_coordinate(inb_buffer *out, double value);
// ` name="value"` with a coordinate.
void inb_i_at(inb_buffer *out, const char *name, double value);

// Opens <svg role="img"> with title and description (keys or plain texts, escaped here), ending
// after </desc>. height: of the viewBox.
void inb_i_svg_open(const inb_picture *picture, inb_buffer *out, double height, const char *title,
    const char *description);
// <text> at x, y; anchor "start", "middle" or "end"; class may be NULL.
void inb_i_svg_text(inb_buffer *out, double x, double y, const char *anchor, const char *class_name,
    const char *text);

// The first `most` characters of text, with an ellipsis where more follow.
typedef struct inb_i_short {
    char text[4 * 64 + 4];
} inb_i_short;
inb_i_short inb_i_shorten(const char *text, size_t most); // most: up to 64

// An axis from zero (linear) or from a power of ten (logarithmic) to beyond `highest`.
typedef struct inb_i_axis {
    bool logarithmic;
    double from;
    double to;
    double step;  // between ticks of a linear axis
    double start; // place of `from`
    double length;
} inb_i_axis;
inb_i_axis inb_i_axis_linear(double highest, unsigned ticks, double start, double length);
inb_i_axis inb_i_axis_logarithmic(double lowest, double highest, double start, double length);
double inb_i_axis_place(const inb_i_axis *axis, double value);

// A line of class_name from x, y: lying to `to_x`, upright to `to_y`, or straight to both. style:
// further attributes, NULL = none.
void inb_i_line_across(
    inb_buffer *out, const char *class_name, const char *style, double x, double y, double to_x);
void inb_i_line_up(
    inb_buffer *out, const char *class_name, const char *style, double x, double y, double to_y);
void inb_i_line(inb_buffer *out, const char *class_name, const char *style, double x, double y,
    double to_x, double to_y);
// The lying axis at `bottom`, and the number of a tick below it, kept inside the picture; digit:
// half the width of one.
void inb_i_axis_line(inb_buffer *out, const inb_i_axis *axis, double bottom);
void inb_i_axis_number(const inb_picture *picture, inb_buffer *out, double value, double x,
    double bottom, double digit);

// A text of the data, which is English: where there is a text at "report.<group>.<slug of it>" that
// one, otherwise the text itself, marked as English.
void inb_i_data_text(
    const inb_picture *picture, inb_buffer *out, const char *group, const char *text);
// The same as plain text, without the mark.
void inb_i_data_plain(
    const inb_picture *picture, inb_buffer *plain, const char *group, const char *text);
// Name of a series as plain text, borrowed: the catalogue's, or its id.
const char *inb_i_series_name(const inb_picture *picture, const inb_series *series);

// Whether there is a combination of lists that inb_svg_overlaps would draw.
bool inb_i_has_overlaps(const inb_histories *histories, bool published);

// A link to a source that is a web address, shown as the name of its site; otherwise its text.
void inb_i_source(inb_buffer *out, const char *source);
// The same with the whole address as its text.
void inb_i_source_whole(inb_buffer *out, const char *source);
// Writes the site of a web address ("nrc.nl") and returns true; false where it is none.
bool inb_i_site(const char *source, char *site, size_t size);

#endif
