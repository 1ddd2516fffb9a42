// SPDX-License-Identifier: EUPL-1.2
// The values of a page, and its bytes. Escaping follows the OWASP rules for text, attribute and
// URL.

#include "template_i.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

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
        bool plain = c == '~' || inb_template_is_name(&c, 1);
        if (plain) {
            inb_buffer_char(out, c);
        } else {
            inb_buffer_format(out, "%%%02X", (unsigned)(unsigned char)c);
        }
    }
}

static void write_value(inb_buffer *out, inb_context where, const char *text) {
    switch (where) {
    case INB_IN_TEXT:
    case INB_IN_ATTRIBUTE:
        write_escaped(out, text, strlen(text));
        break;
    case INB_IN_URL_WHOLE:
        text = inb_url_allowed(text) ? text : "#";
        write_escaped(out, text, strlen(text));
        break;
    case INB_IN_URL_PART:
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
static inb_status write_catalogue_text(
    const renderer *r, const inb_part *p, const inb_scope *scope) {
    const char *text = r->texts == NULL ? NULL : r->texts(p->text, r->payload);
    text = text == NULL ? p->text : text; // a page never shows nothing
    for (;;) {
        const char *brace = strchr(text, '{');
        const char *close = brace == NULL ? NULL : strchr(brace, '}');
        size_t length = close == NULL ? 0 : (size_t)(close - brace - 1);
        if (close == NULL || !inb_template_is_name(brace + 1, length)) {
            write_escaped(r->out, text, strlen(text));
            return INB_OK;
        }
        char name[INB_TEMPLATE_NAME];
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
    const inb_part *p = &r->compiled->parts[at];
    const value *v = find_value(scope, p->text);
    bool shown = false;
    if (v != NULL) {
        shown = v->kind == VALUE_FLAG   ? v->flag
                : v->kind == VALUE_TEXT ? v->text[0] != '\0'
                                        : v->first != NULL;
    }
    if (p->kind == INB_PART_EMPTY) {
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
        const inb_part *p = &r->compiled->parts[i];
        switch (p->kind) {
        case INB_PART_LITERAL:
            inb_buffer_add(r->out, p->text, p->length);
            break;
        case INB_PART_VALUE: {
            const char *text = NULL;
            INB_TRY(need_text(r, scope, p->text, &text));
            write_value(r->out, p->where, text);
            break;
        }
        case INB_PART_TEXT:
            INB_TRY(write_catalogue_text(r, p, scope));
            break;
        case INB_PART_SECTION:
        case INB_PART_EMPTY:
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
