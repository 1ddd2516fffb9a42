// SPDX-License-Identifier: EUPL-1.2
// The template compiler and its renderer. The compiler runs a cut-down form of the WHATWG HTML
// tokeniser (html.spec.whatwg.org, 13.2.5) over the literal text, so it knows in which state each
// placeholder stands; both ends of a section must be in the same state, so a page is well escaped
// whichever sections are shown. Escaping follows the OWASP rules for text, attribute and URL.

#include "template.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MAX_DEPTH = 16, MAX_INCLUDES = 8, MAX_NAME = 96, MAX_PREFIX = 32, MAX_PARTS = 20000 };

typedef enum context { IN_TEXT, IN_ATTRIBUTE, IN_URL_WHOLE, IN_URL_PART } context;

typedef enum part_kind { PART_LITERAL, PART_VALUE, PART_TEXT, PART_SECTION, PART_EMPTY } part_kind;

typedef struct part {
    part_kind kind;
    context where;
    const char *text; // literal (borrowed), or name or key (NUL-ended, in the arena)
    size_t length;
    size_t end; // of a section: the part after its last
} part;

struct inb_template {
    inb_arena *arena;
    const char *name;
    part *parts;
    size_t count;
    size_t size;
};

// ---- following the HTML ----

typedef enum html {
    HTML_TEXT,
    HTML_TAG_OPEN, // after <
    HTML_TAG_NAME,
    HTML_BEFORE_ATTRIBUTE, // in a tag, after blanks
    HTML_ATTRIBUTE,
    HTML_BEFORE_VALUE, // after =
    HTML_VALUE_DOUBLE,
    HTML_VALUE_SINGLE,
    HTML_VALUE_BARE,
    HTML_AFTER_VALUE, // right after the closing quote
    HTML_SLASH,       // / in a tag
    HTML_DECLARATION, // <! … >
    HTML_COMMENT,
    HTML_RAW, // within script or style
} html;

typedef struct position {
    html at;
    bool closing;            // the tag is an end tag
    char tag[32];            // lower case
    char attribute[32];      // lower case
    char prefix[MAX_PREFIX]; // beginning of the attribute's value
    size_t prefix_length;    // of the whole value so far; a placeholder counts as one
    char tail[10];           // last characters in raw text and comments
} position;

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_name(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool good = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
                    c == '-' || c == '.';
        if (!good) {
            return false;
        }
    }
    return length > 0 && length < MAX_NAME;
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

static void add_tail(position *p, char c) {
    size_t length = strlen(p->tail);
    if (length + 1 == sizeof p->tail) {
        memmove(p->tail, p->tail + 1, length);
        length--;
    }
    p->tail[length] = lower(c);
    p->tail[length + 1] = '\0';
}

static bool tail_is(const position *p, const char *word) {
    size_t length = strlen(p->tail);
    size_t wanted = strlen(word);
    return length >= wanted && strcmp(p->tail + length - wanted, word) == 0;
}

static void leave_tag(position *p) {
    bool raw = !p->closing && (strcmp(p->tag, "script") == 0 || strcmp(p->tag, "style") == 0);
    p->at = raw ? HTML_RAW : HTML_TEXT;
    p->closing = false;
    p->tail[0] = '\0';
    if (!raw) {
        p->tag[0] = '\0';
    }
    p->attribute[0] = '\0';
}

static void begin_attribute(position *p, char c) {
    p->attribute[0] = '\0';
    p->prefix_length = 0;
    p->prefix[0] = '\0';
    add_char(p->attribute, sizeof p->attribute, c);
    p->at = HTML_ATTRIBUTE;
}

static void add_value(position *p, char c) {
    if (p->prefix_length + 1 < MAX_PREFIX) {
        p->prefix[p->prefix_length] = lower(c);
        p->prefix[p->prefix_length + 1] = '\0';
    }
    p->prefix_length++;
}

// One step; false where the markup is something that this reader does not follow.
static bool follow(position *p, char c) {
    switch (p->at) {
    case HTML_TEXT:
        if (c == '<') {
            p->at = HTML_TAG_OPEN;
            p->closing = false;
            p->tag[0] = '\0';
        }
        return true;
    case HTML_TAG_OPEN:
        if (c == '!') {
            p->at = HTML_DECLARATION;
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
        p->at = HTML_TAG_NAME;
        return true;
    case HTML_TAG_NAME:
        if (c == '>') {
            leave_tag(p);
        } else if (is_blank(c)) {
            p->at = HTML_BEFORE_ATTRIBUTE;
        } else if (c == '/') {
            p->at = HTML_SLASH;
        } else if (is_name(&c, 1)) {
            add_char(p->tag, sizeof p->tag, c);
        } else {
            return false;
        }
        return true;
    case HTML_SLASH:
        if (c != '>') {
            return false;
        }
        leave_tag(p);
        return true;
    case HTML_BEFORE_ATTRIBUTE:
        if (is_blank(c)) {
            return true;
        }
        if (c == '>') {
            leave_tag(p);
        } else if (c == '/') {
            p->at = HTML_SLASH;
        } else if (c == '=') {
            return false; // blanks around = are not needed here
        } else if (c == '"' || c == '\'' || c == '<') {
            return false;
        } else {
            begin_attribute(p, c);
        }
        return true;
    case HTML_ATTRIBUTE:
        if (c == '=') {
            p->at = HTML_BEFORE_VALUE;
        } else if (is_blank(c)) {
            p->at = HTML_BEFORE_ATTRIBUTE; // a = after blanks is refused, so the name has ended
        } else if (c == '>') {
            leave_tag(p);
        } else if (c == '/') {
            p->at = HTML_SLASH;
        } else if (c == '"' || c == '\'' || c == '<') {
            return false;
        } else {
            add_char(p->attribute, sizeof p->attribute, c);
        }
        return true;
    case HTML_BEFORE_VALUE:
        if (c == '"') {
            p->at = HTML_VALUE_DOUBLE;
        } else if (c == '\'') {
            p->at = HTML_VALUE_SINGLE;
        } else if (is_blank(c) || c == '>') {
            return false;
        } else {
            p->at = HTML_VALUE_BARE;
        }
        return true;
    case HTML_VALUE_DOUBLE:
    case HTML_VALUE_SINGLE:
        if (c == (p->at == HTML_VALUE_DOUBLE ? '"' : '\'')) {
            p->at = HTML_AFTER_VALUE;
        } else {
            add_value(p, c);
        }
        return true;
    case HTML_VALUE_BARE:
        if (is_blank(c)) {
            p->at = HTML_BEFORE_ATTRIBUTE;
        } else if (c == '>') {
            leave_tag(p);
        }
        return true;
    case HTML_AFTER_VALUE:
        if (is_blank(c)) {
            p->at = HTML_BEFORE_ATTRIBUTE;
        } else if (c == '>') {
            leave_tag(p);
        } else if (c == '/') {
            p->at = HTML_SLASH;
        } else {
            return false;
        }
        return true;
    case HTML_DECLARATION:
        add_tail(p, c);
        if (strcmp(p->tail, "--") == 0) {
            p->at = HTML_COMMENT;
            p->tail[0] = '\0';
        } else if (c == '>') {
            p->at = HTML_TEXT;
        }
        return true;
    case HTML_COMMENT:
        add_tail(p, c);
        if (tail_is(p, "-->")) {
            p->at = HTML_TEXT;
        }
        return true;
    case HTML_RAW: {
        add_tail(p, c);
        char end[40];
        snprintf(end, sizeof end, "</%s>", p->tag);
        if (tail_is(p, end)) {
            p->at = HTML_TEXT;
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

// The context of a placeholder here; false where none may stand.
static bool context_of(const position *p, bool is_catalogue_text, context *ret_context) {
    if (p->at == HTML_TEXT) {
        *ret_context = IN_TEXT;
        return true;
    }
    if (p->at != HTML_VALUE_DOUBLE && p->at != HTML_VALUE_SINGLE) {
        return false;
    }
    static const char *const closed_tags[] = {"script", "style", "base", "object", "embed",
        "iframe", "link", "meta", "animate", "set", "animatetransform", NULL};
    if (p->closing || one_of(p->tag, closed_tags) || is_closed_attribute(p->attribute)) {
        return false;
    }
    if (!is_url_attribute(p->attribute)) {
        *ret_context = IN_ATTRIBUTE;
        return true;
    }
    if (is_catalogue_text) {
        return false; // an address is a value or a literal, never a translation
    }
    if (p->prefix_length == 0) {
        *ret_context = IN_URL_WHOLE;
        return true;
    }
    // A literal beginning decides what kind of address it is; the value is a component of it.
    bool path = p->prefix[0] == '/' && p->prefix[1] != '/' && p->prefix[1] != '\\';
    bool fragment = p->prefix[0] == '#';
    bool https = strncmp(p->prefix, "https://", 8) == 0 && p->prefix[8] != '\0' &&
                 strchr(p->prefix + 8, '/') != NULL; // never a part of the host's name
    bool other = strncmp(p->prefix, "tel:", 4) == 0 || strncmp(p->prefix, "mailto:", 7) == 0;
    *ret_context = IN_URL_PART;
    return path || fragment || https || other;
}

// Whether two places are the same for whatever follows.
static bool same_position(const position *a, const position *b) {
    return a->at == b->at && a->closing == b->closing && strcmp(a->tag, b->tag) == 0 &&
           (a->at == HTML_TEXT || a->at == HTML_BEFORE_ATTRIBUTE ||
               (strcmp(a->attribute, b->attribute) == 0 && !is_url_attribute(a->attribute)));
}

// ---- compiling ----

typedef struct compiler {
    inb_template *out;
    inb_template_source source;
    void *payload;
    position here;
    struct {
        size_t part;
        position begin;
    } open[MAX_DEPTH];
    size_t depth;
    inb_error *err;
} compiler;

static inb_status add_part(
    compiler *c, part_kind kind, context where, const char *text, size_t length) {
    inb_template *out = c->out;
    if (out->count == MAX_PARTS) {
        return inb_fail(c->err, INB_TOO_LARGE, "%s: found a template that is too long", out->name);
    }
    if (out->count == out->size) {
        size_t size = out->size == 0 ? 64 : 2 * out->size;
        part *parts = inb_realloc(out->parts, size, sizeof *parts);
        if (parts == NULL) {
            return inb_fail(c->err, INB_NO_MEMORY, "no memory for a template");
        }
        out->parts = parts;
        out->size = size;
    }
    if (kind != PART_LITERAL) {
        text = inb_arena_text(out->arena, text, length);
        if (text == NULL) {
            return inb_fail(c->err, INB_NO_MEMORY, "no memory for a template");
        }
    }
    out->parts[out->count++] = (part){kind, where, text, length, 0};
    return INB_OK;
}

static inb_status compile_source(
    compiler *c, const char *name, const char *text, size_t length, size_t includes);

static inb_status open_section(
    compiler *c, const char *name, size_t line, bool empty, const char *word, size_t length) {
    if (c->depth == MAX_DEPTH) {
        return inb_fail(
            c->err, INB_BAD_INPUT, "%s:%zu: found sections nested too deep", name, line);
    }
    html at = c->here.at;
    bool fits = at == HTML_TEXT || at == HTML_BEFORE_ATTRIBUTE ||
                ((at == HTML_VALUE_DOUBLE || at == HTML_VALUE_SINGLE) &&
                    !is_url_attribute(c->here.attribute));
    if (!fits) {
        return inb_fail(c->err, INB_BAD_INPUT,
            "%s:%zu: found a section in a place of the markup where none may begin", name, line);
    }
    c->open[c->depth].part = c->out->count;
    c->open[c->depth].begin = c->here;
    c->depth++;
    return add_part(c, empty ? PART_EMPTY : PART_SECTION, IN_TEXT, word, length);
}

static inb_status close_section(
    compiler *c, const char *name, size_t line, size_t floor, const char *word, size_t length) {
    if (c->depth <= floor) {
        return inb_fail(
            c->err, INB_BAD_INPUT, "%s:%zu: found the end of a section, none is open", name, line);
    }
    c->depth--;
    part *section = &c->out->parts[c->open[c->depth].part];
    if (!inb_equals(word, length, section->text)) {
        return inb_fail(c->err, INB_BAD_INPUT, "%s:%zu: found the end of another section than '%s'",
            name, line, section->text);
    }
    if (!same_position(&c->here, &c->open[c->depth].begin)) {
        return inb_fail(c->err, INB_BAD_INPUT,
            "%s:%zu: section '%s' ends elsewhere in the markup than it began", name, line,
            section->text);
    }
    section->end = c->out->count;
    return INB_OK;
}

static inb_status include(
    compiler *c, const char *name, size_t line, const char *word, size_t length, size_t includes) {
    char wanted[MAX_NAME];
    size_t source_length = 0;
    snprintf(wanted, sizeof wanted, "%.*s", (int)length, word);
    const char *source = c->source == NULL ? NULL : c->source(wanted, &source_length, c->payload);
    if (source == NULL) {
        return inb_fail(
            c->err, INB_BAD_INPUT, "%s:%zu: found no template '%s' to include", name, line, wanted);
    }
    if (includes == MAX_INCLUDES) {
        return inb_fail(
            c->err, INB_BAD_INPUT, "%s:%zu: found templates that include too deep", name, line);
    }
    return compile_source(c, wanted, source, source_length, includes + 1);
}

static inb_status compile_tag(compiler *c, const char *name, size_t line, size_t floor,
    const char *tag, size_t length, size_t includes) {
    char sigil = length > 0 ? tag[0] : '\0';
    bool is_text = length > 2 && tag[0] == 't' && tag[1] == ' ';
    size_t skip = is_text                                                        ? 2
                  : sigil == '#' || sigil == '^' || sigil == '/' || sigil == '>' ? 1
                                                                                 : 0;
    if (sigil == '!') {
        return INB_OK;
    }
    const char *word = tag + skip;
    size_t word_length = length - skip;
    while (word_length > 0 && *word == ' ') {
        word++;
        word_length--;
    }
    while (word_length > 0 && word[word_length - 1] == ' ') {
        word_length--;
    }
    if (!is_name(word, word_length)) {
        return inb_fail(
            c->err, INB_BAD_INPUT, "%s:%zu: found a placeholder without a proper name", name, line);
    }
    if (skip == 1) {
        switch (sigil) {
        case '#':
        case '^':
            return open_section(c, name, line, sigil == '^', word, word_length);
        case '/':
            return close_section(c, name, line, floor, word, word_length);
        default:
            if (c->here.at != HTML_TEXT) {
                return inb_fail(
                    c->err, INB_BAD_INPUT, "%s:%zu: found an include within a tag", name, line);
            }
            return include(c, name, line, word, word_length, includes);
        }
    }
    context where = IN_TEXT;
    if (!context_of(&c->here, is_text, &where)) {
        return inb_fail(c->err, INB_BAD_INPUT,
            "%s:%zu: found '%.*s' where no value may stand (only text and quoted attributes)", name,
            line, (int)word_length, word);
    }
    if (c->here.at != HTML_TEXT) {
        add_value(&c->here, 'x');
    }
    return add_part(c, is_text ? PART_TEXT : PART_VALUE, where, word, word_length);
}

static inb_status compile_source(
    compiler *c, const char *name, const char *text, size_t length, size_t includes) {
    size_t line = 1;
    size_t from = 0;
    size_t floor = c->depth; // sections of an outer source are not closed in here
    for (size_t i = 0; i < length;) {
        if (i + 1 < length && text[i] == '{' && text[i + 1] == '{') {
            if (i > from) {
                INB_TRY(add_part(c, PART_LITERAL, IN_TEXT, text + from, i - from));
            }
            const char *close = memmem(text + i, length - i, "}}", 2);
            if (close == NULL) {
                return inb_fail(c->err, INB_BAD_INPUT, "%s:%zu: found {{ without }}", name, line);
            }
            const char *tag = text + i + 2;
            INB_TRY(compile_tag(c, name, line, floor, tag, (size_t)(close - tag), includes));
            for (const char *at = tag; at < close; at++) {
                line += *at == '\n';
            }
            i = (size_t)(close - text) + 2;
            from = i;
            continue;
        }
        if (!follow(&c->here, text[i])) {
            return inb_fail(
                c->err, INB_BAD_INPUT, "%s:%zu: found markup that is not plain HTML", name, line);
        }
        line += text[i] == '\n';
        i++;
    }
    if (length > from) {
        INB_TRY(add_part(c, PART_LITERAL, IN_TEXT, text + from, length - from));
    }
    if (c->depth != floor) {
        return inb_fail(c->err, INB_BAD_INPUT, "%s:%zu: section '%s' has no end", name, line,
            c->out->parts[c->open[c->depth - 1].part].text);
    }
    if (c->here.at != HTML_TEXT) {
        return inb_fail(c->err, INB_BAD_INPUT, "%s:%zu: ends within a tag or comment", name, line);
    }
    return INB_OK;
}

inb_status inb_template_compile(const char *name, const char *text, size_t length,
    inb_template_source source, void *payload, inb_template **ret_template, inb_error *err) {
    INB_CLEANUP(inb_template_freep) inb_template *out = inb_alloc(1, sizeof *out);
    if (out == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a template");
    }
    INB_TRY(inb_arena_new(0, &out->arena, err));
    out->name = inb_arena_text(out->arena, name, strlen(name));
    if (out->name == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a template");
    }
    compiler c = {.out = out, .source = source, .payload = payload, .err = err};
    INB_TRY(compile_source(&c, out->name, text, length, 0));
    *ret_template = INB_TAKE(out);
    return INB_OK;
}

void inb_template_free(inb_template *compiled) {
    if (compiled != NULL) {
        inb_arena_free(compiled->arena);
        inb_free(compiled->parts);
        inb_free(compiled);
    }
}

void inb_template_freep(inb_template **compiled) {
    inb_template_free(*compiled);
}

const char *inb_template_text_key(const inb_template *compiled, size_t index) {
    for (size_t i = 0; i < compiled->count; i++) {
        if (compiled->parts[i].kind == PART_TEXT && index-- == 0) {
            return compiled->parts[i].text;
        }
    }
    return NULL;
}

// ---- values ----

typedef enum value_kind { VALUE_TEXT, VALUE_FLAG, VALUE_LIST } value_kind;

typedef struct value {
    struct value *next;
    const char *name;
    value_kind kind;
    bool flag;
    const char *text;
    inb_scope *first;
    inb_scope *last;
} value;

struct inb_scope {
    inb_arena *arena;
    const inb_scope *parent;
    inb_scope *next; // item of the same list
    value *values;
    bool *failed; // one for the whole tree
};

inb_scope *inb_scope_new(inb_arena *arena) {
    inb_scope *scope = inb_arena_get(arena, 1, sizeof *scope);
    bool *failed = inb_arena_get(arena, 1, sizeof *failed);
    if (scope == NULL || failed == NULL) {
        return NULL;
    }
    scope->arena = arena;
    scope->failed = failed;
    return scope;
}

static value *own_value(const inb_scope *scope, const char *name) {
    for (value *v = scope->values; v != NULL; v = v->next) {
        if (strcmp(v->name, name) == 0) {
            return v;
        }
    }
    return NULL;
}

// The value `name` of this scope, made where it was not there; NULL when memory is out.
static value *make_value(inb_scope *scope, const char *name, value_kind kind) {
    if (scope == NULL) {
        return NULL;
    }
    value *v = own_value(scope, name);
    if (v == NULL) {
        v = inb_arena_get(scope->arena, 1, sizeof *v);
        if (v == NULL) {
            *scope->failed = true;
            return NULL;
        }
        v->name = name;
        v->next = scope->values;
        scope->values = v;
    }
    v->kind = kind;
    return v;
}

void inb_scope_text(inb_scope *scope, const char *name, const char *text) {
    value *v = make_value(scope, name, VALUE_TEXT);
    if (v != NULL) {
        v->text = text == NULL ? "" : text;
    }
}

void inb_scope_format(inb_scope *scope, const char *name, const char *format, ...) {
    if (scope == NULL) {
        return;
    }
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *copy = NULL;
    if (length >= 0 && (size_t)length < sizeof text) {
        copy = inb_arena_text(scope->arena, text, (size_t)length);
    }
    if (copy == NULL) {
        *scope->failed = true;
        return;
    }
    inb_scope_text(scope, name, copy);
}

void inb_scope_flag(inb_scope *scope, const char *name, bool flag) {
    value *v = make_value(scope, name, VALUE_FLAG);
    if (v != NULL) {
        v->flag = flag;
    }
}

inb_scope *inb_scope_item(inb_scope *scope, const char *name) {
    value *v = make_value(scope, name, VALUE_LIST);
    if (v == NULL) {
        return NULL;
    }
    inb_scope *item = inb_arena_get(scope->arena, 1, sizeof *item);
    if (item == NULL) {
        *scope->failed = true;
        return NULL;
    }
    item->arena = scope->arena;
    item->parent = scope;
    item->failed = scope->failed;
    if (v->last == NULL) {
        v->first = item;
    } else {
        v->last->next = item;
    }
    v->last = item;
    return item;
}

bool inb_scope_ok(const inb_scope *scope) {
    return scope != NULL && !*scope->failed;
}

static const value *find_value(const inb_scope *scope, const char *name) {
    for (; scope != NULL; scope = scope->parent) {
        const value *v = own_value(scope, name);
        if (v != NULL) {
            return v;
        }
    }
    return NULL;
}

// ---- rendering ----

static void write_escaped(inb_buffer *out, const char *text, size_t length) {
    size_t from = 0;
    for (size_t i = 0; i < length;) {
        const char *entity = NULL;
        size_t width = inb_utf8_width(text + i, length - i);
        switch (text[i]) {
        case '&':
            entity = "&amp;";
            break;
        case '<':
            entity = "&lt;";
            break;
        case '>':
            entity = "&gt;";
            break;
        case '"':
            entity = "&#34;";
            break;
        case '\'':
            entity = "&#39;";
            break;
        default: {
            unsigned char c = (unsigned char)text[i];
            bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
            entity = width == 0 || control ? "\xEF\xBF\xBD" : NULL; // U+FFFD
        }
        }
        if (entity != NULL) {
            inb_buffer_add(out, text + from, i - from);
            inb_buffer_text(out, entity);
            i += width == 0 ? 1 : width;
            from = i;
        } else {
            i += width;
        }
    }
    inb_buffer_add(out, text + from, length - from);
}

bool inb_url_allowed(const char *url) {
    for (const char *c = url; *c != '\0'; c++) {
        if ((unsigned char)*c <= 0x20 || *c == 0x7f || *c == '\\') {
            return false;
        }
    }
    return (url[0] == '/' && url[1] != '/') || url[0] == '#' ||
           strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "tel:", 4) == 0 ||
           strncasecmp(url, "mailto:", 7) == 0;
}

static void write_component(inb_buffer *out, const char *text) {
    if (text[0] == '\0') {
        inb_buffer_char(out, '_'); // never an empty step, which could make // of a path
    }
    for (; *text != '\0'; text++) {
        char c = *text;
        bool plain = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '_' || c == '.' || c == '~';
        if (plain) {
            inb_buffer_char(out, c);
        } else {
            inb_buffer_format(out, "%%%02X", (unsigned)(unsigned char)c);
        }
    }
}

static void write_value(inb_buffer *out, context where, const char *text) {
    switch (where) {
    case IN_TEXT:
    case IN_ATTRIBUTE:
        write_escaped(out, text, strlen(text));
        break;
    case IN_URL_WHOLE:
        text = inb_url_allowed(text) ? text : "#";
        write_escaped(out, text, strlen(text));
        break;
    case IN_URL_PART:
        write_component(out, text);
        break;
    }
}

typedef struct renderer {
    const inb_template *compiled;
    inb_text_source texts;
    const void *payload;
    inb_buffer *out;
    inb_error *err;
} renderer;

static inb_status need_text(
    const renderer *r, const inb_scope *scope, const char *name, const char **ret_text) {
    const value *v = find_value(scope, name);
    if (v == NULL || v->kind != VALUE_TEXT) {
        return inb_fail(r->err, INB_INTERNAL, "template %s: found no value named '%s'",
            r->compiled->name, name);
    }
    *ret_text = v->text;
    return INB_OK;
}

// A text of the catalogue, with {name} replaced; all of it is escaped, literal and value alike.
static inb_status write_catalogue_text(const renderer *r, const part *p, const inb_scope *scope) {
    const char *text = r->texts == NULL ? NULL : r->texts(p->text, r->payload);
    text = text == NULL ? p->text : text; // a page never shows nothing
    for (;;) {
        const char *brace = strchr(text, '{');
        const char *close = brace == NULL ? NULL : strchr(brace, '}');
        size_t length = close == NULL ? 0 : (size_t)(close - brace - 1);
        if (close == NULL || !is_name(brace + 1, length)) {
            write_escaped(r->out, text, strlen(text));
            return INB_OK;
        }
        char name[MAX_NAME];
        snprintf(name, sizeof name, "%.*s", (int)length, brace + 1);
        const char *found = NULL;
        INB_TRY(need_text(r, scope, name, &found));
        write_escaped(r->out, text, (size_t)(brace - text));
        write_escaped(r->out, found, strlen(found));
        text = close + 1;
    }
}

static inb_status render_range(const renderer *r, size_t from, size_t to, const inb_scope *scope);

static inb_status render_section(const renderer *r, size_t at, const inb_scope *scope) {
    const part *p = &r->compiled->parts[at];
    const value *v = find_value(scope, p->text);
    bool shown = false;
    if (v != NULL) {
        shown = v->kind == VALUE_FLAG   ? v->flag
                : v->kind == VALUE_TEXT ? v->text[0] != '\0'
                                        : v->first != NULL;
    }
    if (p->kind == PART_EMPTY) {
        return shown ? INB_OK : render_range(r, at + 1, p->end, scope);
    }
    if (!shown) {
        return INB_OK;
    }
    if (v->kind != VALUE_LIST) {
        return render_range(r, at + 1, p->end, scope);
    }
    for (const inb_scope *item = v->first; item != NULL; item = item->next) {
        INB_TRY(render_range(r, at + 1, p->end, item));
    }
    return INB_OK;
}

static inb_status render_range(const renderer *r, size_t from, size_t to, const inb_scope *scope) {
    for (size_t i = from; i < to; i++) {
        const part *p = &r->compiled->parts[i];
        switch (p->kind) {
        case PART_LITERAL:
            inb_buffer_add(r->out, p->text, p->length);
            break;
        case PART_VALUE: {
            const char *text = NULL;
            INB_TRY(need_text(r, scope, p->text, &text));
            write_value(r->out, p->where, text);
            break;
        }
        case PART_TEXT:
            INB_TRY(write_catalogue_text(r, p, scope));
            break;
        case PART_SECTION:
        case PART_EMPTY:
            INB_TRY(render_section(r, i, scope));
            i = p->end - 1;
            break;
        }
    }
    return INB_OK;
}

inb_status inb_template_render(const inb_template *compiled, const inb_scope *scope,
    inb_text_source texts, const void *payload, inb_buffer *out, inb_error *err) {
    if (!inb_scope_ok(scope)) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a page");
    }
    renderer r = {compiled, texts, payload, out, err};
    INB_TRY(render_range(&r, 0, compiled->count, scope));
    return inb_buffer_check(out, err);
}
