// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of LINK.ini and of lists through a whole link: any bytes give persons or a complaint with
// a place; what comes out is whole (every record in one cluster, probabilities in [0, 1]) and no
// different in its own second run. Input: the ini up to a NUL, then a list, then perhaps another.

#include "base/alloc.h"

#include "linked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check(const inb_linked *linked) {
    const inb_people *people = linked->people;
    demand(linked->persons >= 1 && linked->persons <= people->count);
    for (size_t r = 0; r < people->count; r++) {
        demand(linked->person[r] < linked->persons);
    }
    for (size_t i = 0; i < linked->pair_count; i++) {
        demand(linked->probability[i] >= 0 && linked->probability[i] <= 1);
        demand(isfinite(linked->weight[i]));
        demand(linked->pairs[i].a < linked->pairs[i].b && linked->pairs[i].b < people->count);
    }
    demand(linked->lost >= 0 && linked->lost < 1);
    for (size_t f = 0; f < linked->fit->layout.features; f++) {
        for (unsigned l = 1; l <= linked->fit->layout.top[f]; l++) {
            demand(linked->fit->m_level[f][l] >= 0 && linked->fit->u_level[f][l] >= 0);
        }
    }
}

static void link_and_check(const inb_people *people) {
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT((size_t)1 << 26);
    inb_link_options options = {1, 1};
    inb_error err = INB_ERROR_INIT;
    inb_status status = inb_link_run(people, &options, &linked, &err);
    if (status != INB_OK) {
        demand(linked == NULL && err.message[0] != '\0');
        demand(status == INB_BAD_INPUT || status == INB_NOT_IDENTIFIED);
        return;
    }
    check(linked);
    inb_linked_clusters_csv(linked, &out);
    inb_linked_pairs_csv(linked, &out);
    inb_linked_text(linked, &out);
    inb_linked_json(linked, &out);
    demand(inb_buffer_check(&out, &err) == INB_OK);
    if (people->file_count > 1) {
        demand(inb_linked_histories_csv(linked, &out, &err) == INB_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const names[] = {"a.csv", "b.csv"};
    // Copies of the exact size, so that a byte read past the end is seen.
    INB_CLEANUP(inb_link_map_freep) inb_link_map *map = NULL;
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    const char *parts[3] = {"", "", ""};
    size_t lengths[3] = {0};
    char *copies[3] = {NULL};
    size_t count = 0;
    size_t at = 0;
    for (; count < 3 && at <= size; count++) {
        const uint8_t *stop = at < size && count < 2 ? memchr(data + at, 0, size - at) : NULL;
        size_t length = stop == NULL ? size - at : (size_t)(stop - (data + at));
        copies[count] = inb_alloc(length, 1);
        demand(copies[count] != NULL);
        if (length > 0) {
            memcpy(copies[count], data + at, length);
        }
        parts[count] = copies[count];
        lengths[count] = length;
        at += length + 1;
    }
    inb_error err = INB_ERROR_INIT;
    inb_status status = inb_link_map_read_memory("LINK.ini", parts[0], lengths[0], &map, &err);
    demand(status == INB_OK || (status == INB_BAD_INPUT && err.message[0] != '\0'));
    if (count > 1) {
        err = (inb_error)INB_ERROR_INIT;
        status = inb_people_read_memory(
            names, parts + 1, lengths + 1, count - 1, map, NULL, 0, 1, &people, &err);
        demand(status == INB_OK ? people != NULL : status == INB_BAD_INPUT && people == NULL);
        if (status == INB_OK && inb_people_count(people) <= 200) {
            link_and_check(people);
        }
    }
    for (size_t i = 0; i < 3; i++) {
        inb_free(copies[i]);
    }
    return 0;
}
