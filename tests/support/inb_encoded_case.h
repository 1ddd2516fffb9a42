// SPDX-License-Identifier: EUPL-1.2
// Made-up lists (inb_made_people.h) encoded and linked in memory, and how well: F1 over the pairs
// that the clusters imply. For tests and benches of encodings.
#ifndef INB_ENCODED_CASE_H
#define INB_ENCODED_CASE_H

#include "inb_made_people.h"

#include <inbeeld/encode.h>

#include <stdlib.h>
#include <string.h>

// A new key in guarded memory whose file is gone again.
static inline inb_status inb_case_key(
    inb_key_kind kind, const char *path, inb_keys **ret_keys, inb_error *err) {
    inb_key_about about = {.kind = kind, .version = 1, .made = {2026, 11, 24}};
    INB_TRY(inb_keyfile_make(path, &about, NULL, err));
    inb_status status = inb_keyfile_open(path, kind, ret_keys, err);
    (void)remove(path);
    return status;
}

static inline inb_status inb_case_ask(void *holder, const unsigned char *inputs, size_t count,
    unsigned char *ret_tokens, inb_error *err) {
    for (size_t i = 0; i < count; i++) {
        INB_TRY(inb_oprf_direct(holder, inputs + i * INB_OPRF_INPUT_BYTES, INB_OPRF_INPUT_BYTES,
            ret_tokens + i * INB_OPRF_BYTES, err));
    }
    return INB_OK;
}

// holder may be NULL: no tokens. map may be NULL without dummies.
static inline inb_status inb_case_encode(const inb_keys *keys, inb_keys *holder,
    const inb_buffer *list, const inb_encode_options *options, inb_encoded *ret_encoded,
    inb_buffer *map, inb_error *err) {
    inb_encoded_reader *reader;
    INB_TRY(inb_encoded_reader_open_memory("list.csv", list->data, list->length, &reader, err));
    inb_encode_tokens tokens = {0};
    if (holder != NULL) {
        tokens = (inb_encode_tokens){inb_case_ask, holder, inb_keys_about(holder)};
    }
    inb_status status = inb_encode(keys, reader, options, &tokens, ret_encoded, map, err);
    inb_encoded_reader_free(reader);
    return status;
}

// Person of an id: "a12" and "b12" are 12; of a weak list, doubles follow its `entities`.
static inline size_t inb_case_entity(const char *id, size_t entities) {
    bool two = *id == 'a' || *id == 'b';
    size_t number = strtoull(id + (two ? 1 : 0), NULL, 10);
    return two || number < entities ? number : 9 * (number - entities);
}

struct inb_case_row {
    size_t cluster;
    size_t entity;
};

static inline int inb_case_order(const void *a, const void *b) {
    const struct inb_case_row *x = (const struct inb_case_row *)a;
    const struct inb_case_row *y = (const struct inb_case_row *)b;
    if (x->cluster != y->cluster) {
        return x->cluster < y->cluster ? -1 : 1;
    }
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

// F1 of clusters in CSV form (cluster,source,id); `true_pairs` pairs are of one person.
static inline double inb_case_f1(const inb_buffer *clusters, size_t entities, size_t true_pairs) {
    size_t size = 1;
    for (size_t i = 0; i < clusters->length; i++) {
        size += clusters->data[i] == '\n';
    }
    struct inb_case_row *rows = (struct inb_case_row *)calloc(size, sizeof *rows);
    size_t count = 0;
    for (const char *line = strchr(clusters->data, '\n') + 1; *line != '\0';
         line = strchr(line, '\n') + 1) {
        const char *id = strchr(strchr(line, ',') + 1, ',') + 1;
        rows[count++] =
            (struct inb_case_row){strtoull(line, NULL, 10), inb_case_entity(id, entities)};
    }
    qsort(rows, count, sizeof *rows, inb_case_order);
    size_t found = 0;
    size_t right = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && rows[j].cluster == rows[i].cluster; j++) {
            found++;
            right += rows[j].entity == rows[i].entity;
        }
    }
    free(rows);
    return 2.0 * (double)right / (double)(found + true_pairs);
}

// Encodes (b may be NULL), links and gives F1; ret_text may be NULL.
static inline inb_status inb_case_linked_f1(const inb_keys *keys, inb_keys *holder,
    const inb_buffer *a, const inb_buffer *b, const inb_encode_options *options, size_t threads,
    size_t entities, size_t true_pairs, double *ret_f1, inb_buffer *clusters, inb_error *err) {
    static const char *const paths[] = {"a.enc", "b.enc"};
    inb_encoded lists[2] = {{{{0}}}};
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    size_t count = b == NULL ? 1 : 2;
    inb_link_options how = {1, threads};
    inb_status status = inb_case_encode(keys, holder, a, options, &lists[0], NULL, err);
    if (status == INB_OK && b != NULL) {
        status = inb_case_encode(keys, holder, b, options, &lists[1], NULL, err);
    }
    if (status == INB_OK) {
        status = inb_link_encoded(paths, lists, count, &how, &people, &linked, err);
    }
    if (status == INB_OK) {
        inb_buffer_reset(clusters);
        inb_linked_clusters_csv(linked, clusters);
        status = inb_buffer_check(clusters, err);
    }
    if (status == INB_OK) {
        *ret_f1 = inb_case_f1(clusters, entities, true_pairs);
    }
    inb_linked_free(linked);
    inb_people_free(people);
    inb_encoded_clear(&lists[0]);
    inb_encoded_clear(&lists[1]);
    return status;
}

#endif
