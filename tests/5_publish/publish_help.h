// SPDX-License-Identifier: EUPL-1.2
// What the tests of publishing share: the texts, a place to draw in, tables to draw, and a strict
// reader of markup that is apart from what writes it: every element closed in order, every
// attribute quoted, every "&" a known entity, every id once, nothing that runs or loads.
#ifndef INB_PUBLISH_HELP_H
#define INB_PUBLISH_HELP_H

#include "inb_test.h"
#include "markup.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

static inline const inb_catalogue *norm(void) {
    static inb_catalogue *catalogue;
    if (catalogue == NULL) {
        INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    }
    return catalogue;
}

static inline inb_picture place(const char *language, unsigned width) {
    return (inb_picture){.catalogue = norm(), .language = language, .id = "t", .width = width};
}

static inline inb_public_figures *figures_of(const char *text) {
    inb_public_figures *figures = NULL;
    INB_OK_IS(inb_public_figures_read_memory("f.csv", text, strlen(text), &figures, err));
    return figures;
}

static inline inb_series_set *series_of(const inb_public_figures *figures, inb_series_kind kind) {
    inb_series_set *set = NULL;
    INB_OK_IS(inb_series_pick(figures, kind, &set, err));
    return set;
}

static inline inb_histories *lists_of(const char *text) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", text, strlen(text), NULL, 0, &histories, err));
    return histories;
}

static inline size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part)) {
        count++;
    }
    return count;
}

static inline bool holds(const char *text, const char *part) {
    return strstr(text, part) != NULL;
}

// ---- the reader of markup ----

enum { MARKUP_DEEP = 64, MARKUP_IDS = 512, MARKUP_NAME = 64 };

typedef struct markup {
    const char *start;
    const char *at;
    char open[MARKUP_DEEP][MARKUP_NAME];
    size_t depth;
    char ids[MARKUP_IDS][MARKUP_NAME];
    size_t id_count;
} markup;

static inline void markup_demand(const markup *m, bool holds_true, const char *what) {
    ck_assert_msg(
        holds_true, "markup at byte %zu: %s: %.60s", (size_t)(m->at - m->start), what, m->at);
}

static inline void markup_entity(const markup *m) {
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        found = found || strncmp(m->at, known[i], strlen(known[i])) == 0;
    }
    markup_demand(m, found, "an entity");
}

static inline size_t markup_name(const markup *m, char name[MARKUP_NAME]) {
    size_t length =
        strspn(m->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    markup_demand(m, length > 0 && length < MARKUP_NAME, "a name");
    memcpy(name, m->at, length);
    name[length] = '\0';
    return length;
}

static inline void markup_attribute(markup *m) {
    char name[MARKUP_NAME];
    m->at += markup_name(m, name);
    markup_demand(m, strncmp(name, "on", 2) != 0, "no handler");
    markup_demand(m, strcmp(name, "style") != 0 && strcmp(name, "src") != 0, "nothing loaded");
    if (*m->at != '=') {
        markup_demand(m, strcmp(name, "open") == 0, "a value");
        return;
    }
    m->at++;
    markup_demand(m, *m->at == '"', "a quote");
    const char *value = ++m->at;
    for (; *m->at != '"'; m->at++) {
        markup_demand(m, *m->at != '\0' && *m->at != '<', "a whole value");
        if (*m->at == '&') {
            markup_entity(m);
        }
    }
    size_t length = (size_t)(m->at - value);
    m->at++;
    if (strcmp(name, "href") == 0) {
        markup_demand(m, value[0] == '#' || strncmp(value, "http", 4) == 0, "a fine address");
    }
    if (strcmp(name, "id") == 0) {
        markup_demand(m, length > 0 && length < MARKUP_NAME && m->id_count < MARKUP_IDS, "an id");
        for (size_t i = 0; i < m->id_count; i++) {
            markup_demand(m, strncmp(m->ids[i], value, length) != 0 || m->ids[i][length] != '\0',
                "an id used once");
        }
        memcpy(m->ids[m->id_count], value, length);
        m->ids[m->id_count++][length] = '\0';
    }
}

static inline void markup_element(markup *m) {
    char name[MARKUP_NAME];
    bool closes = m->at[1] == '/';
    m->at += closes ? 2 : 1;
    m->at += markup_name(m, name);
    static const char *const refused[] = {"script", "iframe", "object", "embed", "link", "img"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        markup_demand(m, strcmp(name, refused[i]) != 0, "nothing that runs or loads");
    }
    if (closes) {
        markup_demand(m, *m->at == '>' && m->depth > 0 && strcmp(m->open[m->depth - 1], name) == 0,
            "the element that is open");
        m->depth--;
        m->at++;
        return;
    }
    while (*m->at == ' ') {
        m->at++;
        markup_attribute(m);
    }
    bool alone = strncmp(m->at, "/>", 2) == 0;
    markup_demand(m, alone || *m->at == '>', "the end of a tag");
    m->at += alone ? 2 : 1;
    if (alone || strcmp(name, "meta") == 0) {
        return;
    }
    markup_demand(m, m->depth < MARKUP_DEEP, "fewer elements in each other");
    memcpy(m->open[m->depth++], name, sizeof name);
    if (strcmp(name, "style") == 0) {
        const char *end = strstr(m->at, "</style>");
        markup_demand(m, end != NULL, "the end of the style");
        m->at = end;
    }
}

static inline void check_markup(const char *text) {
    static markup m;
    memset(&m, 0, sizeof m);
    m.start = text;
    m.at = text;
    if (strncmp(m.at, "<!DOCTYPE html>", 15) == 0) {
        m.at += 15;
    }
    while (*m.at != '\0') {
        if (*m.at == '<') {
            markup_element(&m);
        } else {
            if (*m.at == '&') {
                markup_entity(&m);
            }
            markup_demand(&m, *m.at != '>', "no stray >");
            m.at++;
        }
    }
    markup_demand(&m, m.depth == 0, "everything closed");
}

#endif
