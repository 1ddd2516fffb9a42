// SPDX-License-Identifier: EUPL-1.2
// The template compiler. It follows the HTML of the literal text (template_place.c), so it knows in
// which context each placeholder stands; both ends of a section must be in the same place, so a
// page is well escaped whichever sections are shown.

#include "template_i.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 16, MAX_INCLUDES = 8, MAX_PARTS = 20000 };

static const char name_characters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

bool inb_template_is_name(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (memchr(name_characters, text[i], sizeof name_characters - 1) == NULL) {
            return false;
        }
    }
    return length > 0 && length < INB_TEMPLATE_NAME;
}

typedef struct compiler {
    inb_template *out;
    inb_template_source source;
    void *payload;
    inb_place here;
    struct {
        size_t part;
        inb_place begin;
    } open[MAX_DEPTH];
    size_t depth;
    inb_error *err;
} compiler;

static inb_status add_part(
    compiler *c, inb_part_kind kind, inb_context where, const char *text, size_t length) {
    inb_template *out = c->out;
    if (out->count == MAX_PARTS) {
        return inb_fail(c->err, INB_TOO_LARGE, "%s: found a template that is too long", out->name);
    }
    if (out->count == out->size) {
        size_t size = out->size == 0 ? 64 : 2 * out->size;
        inb_part *parts = inb_realloc(out->parts, size, sizeof *parts);
        if (parts == NULL) {
            return inb_fail(c->err, INB_NO_MEMORY, "no memory for a template");
        }
        out->parts = parts;
        out->size = size;
    }
    if (kind != INB_PART_LITERAL) {
        text = inb_arena_text(out->arena, text, length);
        if (text == NULL) {
            return inb_fail(c->err, INB_NO_MEMORY, "no memory for a template");
        }
    }
    out->parts[out->count++] = (inb_part){kind, where, text, length, 0};
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
    if (!inb_place_fits_section(&c->here)) {
        return inb_fail(c->err, INB_BAD_INPUT,
            "%s:%zu: found a section in a place of the markup where none may begin", name, line);
    }
    c->open[c->depth].part = c->out->count;
    c->open[c->depth].begin = c->here;
    c->depth++;
    return add_part(c, empty ? INB_PART_EMPTY : INB_PART_SECTION, INB_IN_TEXT, word, length);
}

static inb_status close_section(
    compiler *c, const char *name, size_t line, size_t floor, const char *word, size_t length) {
    if (c->depth <= floor) {
        return inb_fail(
            c->err, INB_BAD_INPUT, "%s:%zu: found the end of a section, none is open", name, line);
    }
    c->depth--;
    inb_part *section = &c->out->parts[c->open[c->depth].part];
    if (!inb_equals(word, length, section->text)) {
        return inb_fail(c->err, INB_BAD_INPUT, "%s:%zu: found the end of another section than '%s'",
            name, line, section->text);
    }
    if (!inb_place_same(&c->here, &c->open[c->depth].begin)) {
        return inb_fail(c->err, INB_BAD_INPUT,
            "%s:%zu: section '%s' ends elsewhere in the markup than it began", name, line,
            section->text);
    }
    section->end = c->out->count;
    return INB_OK;
}

static inb_status include(
    compiler *c, const char *name, size_t line, const char *word, size_t length, size_t includes) {
    char wanted[INB_TEMPLATE_NAME];
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
    if (!inb_template_is_name(word, word_length)) {
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
            if (c->here.at != INB_HTML_TEXT) {
                return inb_fail(
                    c->err, INB_BAD_INPUT, "%s:%zu: found an include within a tag", name, line);
            }
            return include(c, name, line, word, word_length, includes);
        }
    }
    inb_context where = INB_IN_TEXT;
    if (!inb_place_take(&c->here, is_text, &where)) {
        return inb_fail(c->err, INB_BAD_INPUT,
            "%s:%zu: found '%.*s' where no value may stand (only text and quoted attributes)", name,
            line, (int)word_length, word);
    }
    return add_part(c, is_text ? INB_PART_TEXT : INB_PART_VALUE, where, word, word_length);
}

static inb_status compile_source(
    compiler *c, const char *name, const char *text, size_t length, size_t includes) {
    size_t line = 1;
    size_t from = 0;
    size_t floor = c->depth; // sections of an outer source are not closed in here
    for (size_t i = 0; i < length;) {
        if (i + 1 < length && text[i] == '{' && text[i + 1] == '{') {
            if (i > from) {
                INB_TRY(add_part(c, INB_PART_LITERAL, INB_IN_TEXT, text + from, i - from));
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
        if (!inb_place_follow(&c->here, text[i])) {
            return inb_fail(
                c->err, INB_BAD_INPUT, "%s:%zu: found markup that is not plain HTML", name, line);
        }
        line += text[i] == '\n';
        i++;
    }
    if (length > from) {
        INB_TRY(add_part(c, INB_PART_LITERAL, INB_IN_TEXT, text + from, length - from));
    }
    if (c->depth != floor) {
        return inb_fail(c->err, INB_BAD_INPUT, "%s:%zu: section '%s' has no end", name, line,
            c->out->parts[c->open[c->depth - 1].part].text);
    }
    if (c->here.at != INB_HTML_TEXT) {
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
        if (compiled->parts[i].kind == INB_PART_TEXT && index-- == 0) {
            return compiled->parts[i].text;
        }
    }
    return NULL;
}
