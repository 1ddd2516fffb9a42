// SPDX-License-Identifier: EUPL-1.2
// The norm's texts per language: key and text from catalogue/texts/<language>/*.csv, sorted by key
// and found by bisection. A new language is a new folder and a word in catalogue.ini.

#include "catalogue_i.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inb_status add(inb_catalogue *catalogue, inb_texts *texts, const inb_csv *csv, size_t key,
    size_t text, inb_error *err) {
    if (inb_csv_length(csv, key) == 0) {
        return inb_csv_fail(csv, key, err, "found an empty key, expected one");
    }
    if (texts->count == texts->size) {
        size_t size = texts->size == 0 ? 512 : texts->size * 2;
        inb_text *items = inb_arena_get(catalogue->arena, size, sizeof *items);
        if (items == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
        }
        if (texts->count > 0) {
            memcpy(items, texts->items, texts->count * sizeof *items);
        }
        texts->items = items;
        texts->size = size;
    }
    char place[256] = "";
    (void)snprintf(place, sizeof place, "%s:%zu", inb_csv_name(csv), inb_csv_line(csv, key));
    inb_arena *arena = catalogue->arena;
    inb_text *item = &texts->items[texts->count];
    item->key = inb_arena_text(arena, inb_csv_field(csv, key), inb_csv_length(csv, key));
    item->text = inb_arena_text(arena, inb_csv_field(csv, text), inb_csv_length(csv, text));
    item->place = inb_arena_text(arena, place, strlen(place));
    if (item->key == NULL || item->text == NULL || item->place == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the catalogue");
    }
    texts->count++;
    return INB_OK;
}

static inb_status load_file(inb_catalogue *catalogue, inb_texts *texts, const inb_source *source,
    const char *path, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_source_csv(source, path, &csv, err));
    size_t key;
    size_t text;
    INB_TRY(inb_csv_require(csv, "key", &key, err));
    INB_TRY(inb_csv_require(csv, "text", &text, err));
    for (bool more;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return INB_OK;
        }
        INB_TRY(add(catalogue, texts, csv, key, text, err));
    }
}

static int by_key(const void *a, const void *b) {
    return strcmp(((const inb_text *)a)->key, ((const inb_text *)b)->key);
}

inb_status inb_texts_load(inb_catalogue *catalogue, const inb_source *source, inb_error *err) {
    for (size_t i = 0; i < catalogue->language_count; i++) {
        inb_texts *texts = &catalogue->texts[i];
        char folder[64];
        snprintf(folder, sizeof folder, "texts/%s", texts->language);
        const char **paths;
        size_t count;
        INB_TRY(inb_source_list(source, folder, catalogue->arena, &paths, &count, err));
        for (size_t file = 0; file < count; file++) {
            INB_TRY(load_file(catalogue, texts, source, paths[file], err));
        }
        if (texts->count > 0) {
            qsort(texts->items, texts->count, sizeof *texts->items, by_key);
        }
        for (size_t item = 1; item < texts->count; item++) {
            if (strcmp(texts->items[item - 1].key, texts->items[item].key) == 0) {
                return inb_fail(err, INB_BAD_CATALOGUE,
                    "%s: found key '%s', which also stands at %s; expected each key once",
                    texts->items[item].place, texts->items[item].key, texts->items[item - 1].place);
            }
        }
    }
    return INB_OK;
}

const inb_text *inb_texts_find(const inb_texts *texts, const char *key) {
    inb_text wanted = {key, NULL, NULL};
    if (texts->count == 0) {
        return NULL;
    }
    return bsearch(&wanted, texts->items, texts->count, sizeof wanted, by_key);
}

const char *inb_catalogue_text(
    const inb_catalogue *catalogue, const char *language, const char *key) {
    for (size_t i = 0; i < catalogue->language_count; i++) {
        if (strcmp(catalogue->texts[i].language, language) == 0) {
            const inb_text *found = inb_texts_find(&catalogue->texts[i], key);
            if (found != NULL) {
                return found->text;
            }
        }
    }
    const inb_text *first = inb_texts_find(&catalogue->texts[0], key);
    return first == NULL ? NULL : first->text;
}

// The text at a key that was put together, NULL where there is none or the key did not fit.
static const char *text_at(const inb_catalogue *catalogue, const char *language, const char *key,
    int length, size_t size) {
    return (size_t)length < size ? inb_catalogue_text(catalogue, language, key) : NULL;
}

const char *inb_catalogue_label(const inb_catalogue *catalogue, const char *language,
    const char *group, const char *id, const char *part) {
    char key[160];
    int length = snprintf(key, sizeof key, part == NULL ? "%s.%s" : "%s.%s.%s", group, id, part);
    const char *text = text_at(catalogue, language, key, length, sizeof key);
    return text == NULL ? id : text;
}

const char *inb_finding_say(const inb_catalogue *catalogue, const inb_finding *finding,
    const char *language, const char *group, const char *id) {
    char key[160];
    int length = snprintf(key, sizeof key, "%s.%s.%s", group, id, finding->voice);
    const char *text = text_at(catalogue, language, key, length, sizeof key);
    return text == NULL ? inb_catalogue_label(catalogue, language, group, id, NULL) : text;
}

const char *inb_catalogue_language(const inb_catalogue *catalogue, size_t index) {
    return index < catalogue->language_count ? catalogue->texts[index].language : NULL;
}
