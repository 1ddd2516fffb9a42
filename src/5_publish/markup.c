// SPDX-License-Identifier: EUPL-1.2
// Escaping, filled-in texts, numbers and axes for pictures and pages. One escape serves element
// content and quoted attributes alike, so that there is no wrong one to choose; web addresses go
// through their own check before they become a link.

#include "markup.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// ---- text ----

static const char *entity(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

// XML 1.0, 2.2: no control characters but tab and line ends, no U+FFFE and U+FFFF.
static bool allowed(const char *text, size_t width) {
    unsigned char c = (unsigned char)text[0];
    if (width == 1) {
        return c >= 0x20 && c != 0x7f;
    }
    return !(width == 3 && c == 0xef && (unsigned char)text[1] == 0xbf &&
             (unsigned char)text[2] >= 0xbe);
}

void inb_i_escape(inb_buffer *out, const char *text) {
    const char *end = text + strlen(text);
    while (text < end) {
        size_t width = inb_utf8_width(text, (size_t)(end - text));
        const char *instead = entity(*text);
        if (instead != NULL) {
            inb_buffer_text(out, instead);
        } else if (width == 0 || !allowed(text, width)) {
            inb_buffer_text(out, "\xef\xbf\xbd");
        } else {
            inb_buffer_add(out, text, width);
        }
        text += width == 0 ? 1 : width;
    }
}

static const char *find_text(const inb_picture *picture, const char *key) {
    return inb_catalogue_text(picture->catalogue, picture->language, key);
}

bool inb_i_has_text(const inb_picture *picture, const char *key) {
    return find_text(picture, key) != NULL;
}

void inb_i_say_plain(
    const inb_picture *picture, inb_buffer *out, const char *key, const char *const *arguments) {
    const char *text = find_text(picture, key);
    if (text == NULL) {
        out->status = out->status == INB_OK ? INB_BAD_CATALOGUE : out->status;
        return;
    }
    size_t count = 0;
    while (arguments[count] != NULL) {
        count++;
    }
    while (*text != '\0') {
        if (text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' &&
            (size_t)(text[1] - '1') < count) {
            inb_buffer_text(out, arguments[text[1] - '1']);
            text += 3;
        } else {
            inb_buffer_char(out, *text++);
        }
    }
}

void inb_i_say(
    const inb_picture *picture, inb_buffer *out, const char *key, const char *const *arguments) {
    const char *text = find_text(picture, key);
    if (text == NULL) {
        out->status = out->status == INB_OK ? INB_BAD_CATALOGUE : out->status;
        return;
    }
    inb_buffer plain = INB_BUFFER_INIT(64 * 1024);
    inb_i_say_plain(picture, &plain, key, arguments);
    if (plain.status != INB_OK && out->status == INB_OK) {
        out->status = plain.status;
    }
    inb_i_escape(out, inb_buffer_get(&plain));
    inb_buffer_clear(&plain);
}

void inb_i_text(const inb_picture *picture, inb_buffer *out, const char *key) {
    const char *text = find_text(picture, key);
    if (text == NULL) {
        out->status = out->status == INB_OK ? INB_BAD_CATALOGUE : out->status;
        return;
    }
    inb_i_escape(out, text);
}

// "+40% on 2011" to "40-on-2011": letters and digits, runs of others as one dash, cut at SLUG_MOST.
enum { SLUG_MOST = 60 };

static void slug(const char *text, char *out) {
    size_t length = 0;
    for (; *text != '\0' && length < SLUG_MOST; text++) {
        char c = *text;
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c >= 'A' && c <= 'Z') {
            out[length++] = (char)(c - 'A' + 'a');
        } else if (plain) {
            out[length++] = c;
        } else if (length > 0 && out[length - 1] != '-') {
            out[length++] = '-';
        }
    }
    while (length > 0 && out[length - 1] == '-') {
        length--;
    }
    out[length] = '\0';
}

// The catalogue's text for a text of the data, or NULL.
static const char *data_text(const inb_picture *picture, const char *group, const char *text) {
    char short_text[SLUG_MOST + 1];
    char key[SLUG_MOST + 64];
    slug(text, short_text);
    snprintf(key, sizeof key, "report.%.32s.%s", group, short_text);
    const char *own = find_text(picture, key);
    return own == NULL && strcmp(picture->language, "en") == 0 ? text : own;
}

void inb_i_data_plain(
    const inb_picture *picture, inb_buffer *plain, const char *group, const char *text) {
    const char *own = data_text(picture, group, text);
    inb_buffer_text(plain, own == NULL ? text : own);
}

void inb_i_data_text(
    const inb_picture *picture, inb_buffer *out, const char *group, const char *text) {
    const char *own = data_text(picture, group, text);
    inb_buffer_text(out, own == NULL ? "<span lang=\"en\">" : "");
    inb_i_escape(out, own == NULL ? text : own);
    inb_buffer_text(out, own == NULL ? "</span>" : "");
}

const char *inb_i_series_name(const inb_picture *picture, const inb_series *series) {
    const char *name = find_text(picture, series->key);
    return name == NULL ? series->id : name;
}

// ---- numbers ----

inb_i_number inb_i_decimal(const inb_picture *picture, double value, unsigned decimals) {
    inb_i_number number = {""};
    bool dutch = strcmp(picture->language, "nl") == 0;
    double scale = decimals == 0 ? 1 : decimals == 1 ? 10 : decimals == 2 ? 100 : 1000;
    double scaled = round(fabs(value) * scale);
    if (!isfinite(value) || scaled > 9e15) {
        snprintf(number.text, sizeof number.text, "%s", "?");
        return number;
    }
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%0*lld", (int)decimals + 1, (long long)scaled);
    int whole = length - (int)decimals;
    size_t at = 0;
    if (value < 0 && scaled > 0) {
        number.text[at++] = '-';
    }
    for (int i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) {
            number.text[at++] = dutch ? '.' : ',';
        }
        number.text[at++] = digits[i];
    }
    if (decimals > 0) {
        number.text[at++] = dutch ? ',' : '.';
        for (int i = whole; i < length; i++) {
            number.text[at++] = digits[i];
        }
    }
    number.text[at] = '\0';
    return number;
}

inb_i_number inb_i_people(const inb_picture *picture, double value) {
    return inb_i_decimal(picture, value, 0);
}

void inb_i_coordinate(inb_buffer *out, double value) {
    long long hundredths = isfinite(value) && fabs(value) < 1e9 ? llround(value * 100) : 0;
    long long size = hundredths < 0 ? -hundredths : hundredths;
    inb_buffer_format(out, "%s%lld", hundredths < 0 ? "-" : "", size / 100);
    if (size % 100 != 0) {
        inb_buffer_format(out, ".%lld", size % 100 / 10);
        if (size % 10 != 0) {
            inb_buffer_format(out, "%lld", size % 10);
        }
    }
}

void inb_i_at(inb_buffer *out, const char *name, double value) {
    inb_buffer_format(out, " %s=\"", name);
    inb_i_coordinate(out, value);
    inb_buffer_char(out, '"');
}

// ---- drawing ----

void inb_i_svg_open(const inb_picture *picture, inb_buffer *out, double height, const char *title,
    const char *description) {
    inb_buffer_format(out,
        "<svg class=\"p-picture\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
        "aria-labelledby=\"%s-title %s-desc\" viewBox=\"0 0 %u ",
        picture->id, picture->id, picture->width);
    inb_i_coordinate(out, height);
    inb_buffer_format(out, "\" width=\"%u\" height=\"", picture->width);
    inb_i_coordinate(out, height);
    inb_buffer_format(out,
        "\" font-family=\"sans-serif\" font-size=\"%d\" fill=\"currentColor\">\n"
        "<title id=\"%s-title\">",
        picture->width < INB_PICTURE_DESK ? 14 : 13, picture->id);
    inb_i_escape(out, title);
    inb_buffer_format(out, "</title>\n<desc id=\"%s-desc\">", picture->id);
    inb_i_escape(out, description);
    inb_buffer_text(out, "</desc>\n");
}

void inb_i_svg_text(inb_buffer *out, double x, double y, const char *anchor, const char *class_name,
    const char *text) {
    inb_buffer_text(out, "<text");
    inb_i_at(out, "x", x);
    inb_i_at(out, "y", y);
    if (strcmp(anchor, "start") != 0) {
        inb_buffer_format(out, " text-anchor=\"%s\"", anchor);
    }
    if (class_name != NULL) {
        inb_buffer_format(out, " class=\"%s\"", class_name);
    }
    inb_buffer_char(out, '>');
    inb_i_escape(out, text);
    inb_buffer_text(out, "</text>\n");
}

inb_i_short inb_i_shorten(const char *text, size_t most) {
    inb_i_short result = {""};
    size_t left = strlen(text);
    bool whole = inb_utf8_count(text, left) <= most;
    size_t at = 0;
    for (size_t i = 0; left > 0 && i + (whole ? 0 : 1) < most; i++) {
        size_t width = inb_utf8_width(text, left);
        size_t take = width == 0 ? 1 : width;
        memcpy(result.text + at, text, take);
        at += take;
        text += take;
        left -= take;
    }
    if (!whole) {
        memcpy(result.text + at, "\xe2\x80\xa6", 3);
        at += 3;
    }
    result.text[at] = '\0';
    return result;
}

inb_i_axis inb_i_axis_linear(double highest, unsigned ticks, double start, double length) {
    inb_i_axis axis = {.start = start, .length = length};
    double rough = (highest > 0 ? highest : 1) / (ticks > 0 ? ticks : 1);
    double power = pow(10, floor(log10(rough)));
    double lead = rough / power;
    axis.step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    axis.step = axis.step < 1 ? 1 : axis.step; // people are whole
    axis.to = axis.step * ceil((highest > 0 ? highest : 1) / axis.step);
    return axis;
}

inb_i_axis inb_i_axis_logarithmic(double lowest, double highest, double start, double length) {
    inb_i_axis axis = {.logarithmic = true, .start = start, .length = length};
    axis.from = pow(10, floor(log10(lowest > 1 ? lowest : 1)));
    axis.to = pow(10, ceil(log10(highest > 10 ? highest : 10)));
    if (axis.to <= axis.from) {
        axis.to = axis.from * 10;
    }
    return axis;
}

double inb_i_axis_place(const inb_i_axis *axis, double value) {
    double share;
    if (axis->logarithmic) {
        double least = value > axis->from ? value : axis->from;
        share = log(least / axis->from) / log(axis->to / axis->from);
    } else {
        share = (value - axis->from) / (axis->to - axis->from);
    }
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return axis->start + share * axis->length;
}

static void line_begin(
    inb_buffer *out, const char *class_name, const char *style, double x, double y) {
    inb_buffer_format(out, "<path class=\"%s\" fill=\"none\" stroke=\"currentColor\"%s%s d=\"M",
        class_name, style == NULL ? "" : " ", style == NULL ? "" : style);
    inb_i_coordinate(out, x);
    inb_buffer_char(out, ' ');
    inb_i_coordinate(out, y);
}

void inb_i_line_across(
    inb_buffer *out, const char *class_name, const char *style, double x, double y, double to_x) {
    line_begin(out, class_name, style, x, y);
    inb_buffer_char(out, 'H');
    inb_i_coordinate(out, to_x);
    inb_buffer_text(out, "\"/>\n");
}

void inb_i_line_up(
    inb_buffer *out, const char *class_name, const char *style, double x, double y, double to_y) {
    line_begin(out, class_name, style, x, y);
    inb_buffer_char(out, 'V');
    inb_i_coordinate(out, to_y);
    inb_buffer_text(out, "\"/>\n");
}

void inb_i_line(inb_buffer *out, const char *class_name, const char *style, double x, double y,
    double to_x, double to_y) {
    line_begin(out, class_name, style, x, y);
    inb_buffer_char(out, 'L');
    inb_i_coordinate(out, to_x);
    inb_buffer_char(out, ' ');
    inb_i_coordinate(out, to_y);
    inb_buffer_text(out, "\"/>\n");
}

void inb_i_axis_line(inb_buffer *out, const inb_i_axis *axis, double bottom) {
    inb_i_line_across(
        out, "p-grid", "stroke-opacity=\".6\"", axis->start, bottom, axis->start + axis->length);
}

void inb_i_axis_number(const inb_picture *picture, inb_buffer *out, double value, double x,
    double bottom, double digit) {
    inb_i_number number = inb_i_people(picture, value);
    double half = digit * (double)strlen(number.text);
    double left = x - half < 0 ? half : x;
    double inside = left + half > picture->width ? picture->width - half : left;
    inb_i_svg_text(out, inside, bottom + 17, "middle", "p-tick", number.text);
}

// ---- sources ----

static bool is_address_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~:/?#[]@!$&'()*+,;=%", c) != NULL);
}

bool inb_i_site(const char *source, char *site, size_t size) {
    const char *host = strncmp(source, "https://", 8) == 0  ? source + 8
                       : strncmp(source, "http://", 7) == 0 ? source + 7
                                                            : NULL;
    if (host == NULL) {
        return false;
    }
    for (const char *c = source; *c != '\0'; c++) {
        if (!is_address_byte(*c)) {
            return false;
        }
    }
    host += strncmp(host, "www.", 4) == 0 ? 4 : 0;
    size_t length = strcspn(host, "/?#");
    if (length == 0 || length >= size || memchr(host, '@', length) != NULL) {
        return false;
    }
    memcpy(site, host, length);
    site[length] = '\0';
    return true;
}

static void link_to(inb_buffer *out, const char *address, const char *text) {
    inb_buffer_text(out, "<a rel=\"noopener noreferrer external\" href=\"");
    inb_i_escape(out, address);
    inb_buffer_text(out, "\">");
    inb_i_escape(out, text);
    inb_buffer_text(out, "</a>");
}

void inb_i_source(inb_buffer *out, const char *source) {
    char site[128];
    if (inb_i_site(source, site, sizeof site)) {
        link_to(out, source, site);
    } else {
        inb_i_escape(out, source);
    }
}

void inb_i_source_whole(inb_buffer *out, const char *source) {
    char site[128];
    if (inb_i_site(source, site, sizeof site)) {
        link_to(out, source, source);
    } else {
        inb_i_escape(out, source);
    }
}
