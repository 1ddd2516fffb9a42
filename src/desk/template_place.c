// SPDX-License-Identifier: EUPL-1.2
// Follows the HTML of a template character by character, so that its compiler knows in which state
// each placeholder stands. What it does not know it refuses: a template is ours, and can be plain.

#include "template_place.h"

#include <stdio.h>
#include <string.h>

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_name_char(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static void add_char(char *word, size_t size, char c) {
    size_t length = strlen(word);
    if (length + 1 < size) {
        word[length] = lower(c);
        word[length + 1] = '\0';
    } else {
        word[0] = '?'; // longer than anything known: never taken for a known name
    }
}

static void add_tail(inb_place *p, char c) {
    size_t length = strlen(p->tail);
    if (length + 1 == sizeof p->tail) {
        memmove(p->tail, p->tail + 1, length);
        length--;
    }
    p->tail[length] = lower(c);
    p->tail[length + 1] = '\0';
}

static bool tail_is(const inb_place *p, const char *word) {
    size_t length = strlen(p->tail);
    size_t wanted = strlen(word);
    return length >= wanted && strcmp(p->tail + length - wanted, word) == 0;
}

static void leave_tag(inb_place *p) {
    bool raw = !p->closing && (strcmp(p->tag, "script") == 0 || strcmp(p->tag, "style") == 0);
    p->at = raw ? INB_HTML_RAW : INB_HTML_TEXT;
    p->closing = false;
    p->tail[0] = '\0';
    if (!raw) {
        p->tag[0] = '\0';
    }
    p->attribute[0] = '\0';
}

static void begin_attribute(inb_place *p, char c) {
    p->attribute[0] = '\0';
    p->prefix_length = 0;
    p->prefix[0] = '\0';
    add_char(p->attribute, sizeof p->attribute, c);
    p->at = INB_HTML_ATTRIBUTE;
}

static void add_value(inb_place *p, char c) {
    if (p->prefix_length + 1 < INB_PLACE_PREFIX) {
        p->prefix[p->prefix_length] = lower(c);
        p->prefix[p->prefix_length + 1] = '\0';
    }
    p->prefix_length++;
}

bool inb_place_follow(inb_place *p, char c) {
    switch (p->at) {
    case INB_HTML_TEXT:
        if (c == '<') {
            p->at = INB_HTML_TAG_OPEN;
            p->closing = false;
            p->tag[0] = '\0';
        }
        return true;
    case INB_HTML_TAG_OPEN:
        if (c == '!') {
            p->at = INB_HTML_DECLARATION;
            p->tail[0] = '\0';
            return true;
        }
        if (c == '/' && !p->closing) {
            p->closing = true;
            return true;
        }
        if (lower(c) < 'a' || lower(c) > 'z') {
            return false; // "a < b" is written with &lt;
        }
        add_char(p->tag, sizeof p->tag, c);
        p->at = INB_HTML_TAG_NAME;
        return true;
    case INB_HTML_TAG_NAME:
        if (c == '>') {
            leave_tag(p);
        } else if (is_blank(c)) {
            p->at = INB_HTML_BEFORE_ATTRIBUTE;
        } else if (c == '/') {
            p->at = INB_HTML_SLASH;
        } else if (is_name_char(c)) {
            add_char(p->tag, sizeof p->tag, c);
        } else {
            return false;
        }
        return true;
    case INB_HTML_SLASH:
        if (c != '>') {
            return false;
        }
        leave_tag(p);
        return true;
    case INB_HTML_BEFORE_ATTRIBUTE:
        if (is_blank(c)) {
            return true;
        }
        if (c == '>') {
            leave_tag(p);
        } else if (c == '/') {
            p->at = INB_HTML_SLASH;
        } else if (c == '=') {
            return false; // blanks around = are not needed here
        } else if (c == '"' || c == '\'' || c == '<') {
            return false;
        } else {
            begin_attribute(p, c);
        }
        return true;
    case INB_HTML_ATTRIBUTE:
        if (c == '=') {
            p->at = INB_HTML_BEFORE_VALUE;
        } else if (is_blank(c)) {
            p->at = INB_HTML_BEFORE_ATTRIBUTE; // a = after blanks is refused, so the name has ended
        } else if (c == '>') {
            leave_tag(p);
        } else if (c == '/') {
            p->at = INB_HTML_SLASH;
        } else if (c == '"' || c == '\'' || c == '<') {
            return false;
        } else {
            add_char(p->attribute, sizeof p->attribute, c);
        }
        return true;
    case INB_HTML_BEFORE_VALUE:
        if (c == '"') {
            p->at = INB_HTML_VALUE_DOUBLE;
        } else if (c == '\'') {
            p->at = INB_HTML_VALUE_SINGLE;
        } else if (is_blank(c) || c == '>') {
            return false;
        } else {
            p->at = INB_HTML_VALUE_BARE;
        }
        return true;
    case INB_HTML_VALUE_DOUBLE:
    case INB_HTML_VALUE_SINGLE:
        if (c == (p->at == INB_HTML_VALUE_DOUBLE ? '"' : '\'')) {
            p->at = INB_HTML_AFTER_VALUE;
        } else {
            add_value(p, c);
        }
        return true;
    case INB_HTML_VALUE_BARE:
        if (is_blank(c)) {
            p->at = INB_HTML_BEFORE_ATTRIBUTE;
        } else if (c == '>') {
            leave_tag(p);
        }
        return true;
    case INB_HTML_AFTER_VALUE:
        if (is_blank(c)) {
            p->at = INB_HTML_BEFORE_ATTRIBUTE;
        } else if (c == '>') {
            leave_tag(p);
        } else if (c == '/') {
            p->at = INB_HTML_SLASH;
        } else {
            return false;
        }
        return true;
    case INB_HTML_DECLARATION:
        add_tail(p, c);
        if (strcmp(p->tail, "--") == 0) {
            p->at = INB_HTML_COMMENT;
            p->tail[0] = '\0';
        } else if (c == '>') {
            p->at = INB_HTML_TEXT;
        }
        return true;
    case INB_HTML_COMMENT:
        add_tail(p, c);
        if (tail_is(p, "-->")) {
            p->at = INB_HTML_TEXT;
        }
        return true;
    case INB_HTML_RAW: {
        add_tail(p, c);
        char end[40];
        snprintf(end, sizeof end, "</%s>", p->tag);
        if (tail_is(p, end)) {
            p->at = INB_HTML_TEXT;
            p->tag[0] = '\0';
        }
        return true;
    }
    }
    return false;
}

static bool one_of(const char *word, const char *const *list) {
    for (; *list != NULL; list++) {
        if (strcmp(word, *list) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_url_attribute(const char *attribute) {
    static const char *const names[] = {"href", "action", "src", "formaction", "cite", "poster",
        "data", "background", "manifest", "ping", "xlink:href", "longdesc", NULL};
    return one_of(attribute, names);
}

// Attributes whose value is a language of its own, or that make a tag mean something else.
static bool is_closed_attribute(const char *attribute) {
    static const char *const names[] = {"style", "srcdoc", "srcset", "imagesrcset", "content",
        "http-equiv", "integrity", "nonce", "sandbox", "target", "attributename", "values", "from",
        "to", "by", "rel", "type", NULL};
    return strncmp(attribute, "on", 2) == 0 || attribute[0] == '?' || one_of(attribute, names);
}

static bool context_of(const inb_place *p, bool is_catalogue_text, inb_context *ret_context) {
    if (p->at == INB_HTML_TEXT) {
        *ret_context = INB_IN_TEXT;
        return true;
    }
    if (p->at != INB_HTML_VALUE_DOUBLE && p->at != INB_HTML_VALUE_SINGLE) {
        return false;
    }
    static const char *const closed_tags[] = {"script", "style", "base", "object", "embed",
        "iframe", "link", "meta", "animate", "set", "animatetransform", NULL};
    if (p->closing || one_of(p->tag, closed_tags) || is_closed_attribute(p->attribute)) {
        return false;
    }
    if (!is_url_attribute(p->attribute)) {
        *ret_context = INB_IN_ATTRIBUTE;
        return true;
    }
    if (is_catalogue_text) {
        return false; // an address is a value or a literal, never a translation
    }
    if (p->prefix_length == 0) {
        *ret_context = INB_IN_URL_WHOLE;
        return true;
    }
    // A literal beginning decides what kind of address it is; the value is a component of it.
    bool path = p->prefix[0] == '/' && p->prefix[1] != '/' && p->prefix[1] != '\\';
    bool fragment = p->prefix[0] == '#';
    bool https = strncmp(p->prefix, "https://", 8) == 0 && p->prefix[8] != '\0' &&
                 strchr(p->prefix + 8, '/') != NULL; // never a part of the host's name
    bool other = strncmp(p->prefix, "tel:", 4) == 0 || strncmp(p->prefix, "mailto:", 7) == 0;
    *ret_context = INB_IN_URL_PART;
    return path || fragment || https || other;
}

bool inb_place_same(const inb_place *a, const inb_place *b) {
    return a->at == b->at && a->closing == b->closing && strcmp(a->tag, b->tag) == 0 &&
           (a->at == INB_HTML_TEXT || a->at == INB_HTML_BEFORE_ATTRIBUTE ||
               (strcmp(a->attribute, b->attribute) == 0 && !is_url_attribute(a->attribute)));
}

bool inb_place_fits_section(const inb_place *p) {
    return p->at == INB_HTML_TEXT || p->at == INB_HTML_BEFORE_ATTRIBUTE ||
           ((p->at == INB_HTML_VALUE_DOUBLE || p->at == INB_HTML_VALUE_SINGLE) &&
               !is_url_attribute(p->attribute));
}

bool inb_place_take(inb_place *p, bool is_catalogue_text, inb_context *ret_context) {
    if (!context_of(p, is_catalogue_text, ret_context)) {
        return false;
    }
    if (p->at != INB_HTML_TEXT) {
        add_value(p, 'x'); // whatever it will be
    }
    return true;
}
