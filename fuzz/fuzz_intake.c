// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of intake: any file of signals; what the reader takes and intake takes comes back as it
// was told, and the same facts are weighed. What was told in words of eight bytes or more stands in
// no sealed part and in no open text but an id, an organisation and a code.

#include <inbeeld/road.h>

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inb_catalogue *norm;
static inb_keys *keys;
static const inb_record_key key = {.bytes = {1, 2, 3}, .since = 1};

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void prepare(void) {
    char folder[] = "/tmp/inb_fuzz_XXXXXX";
    char path[64];
    if (norm != NULL) {
        return;
    }
    demand(mkdtemp(folder) != NULL);
    memcpy(path, folder, sizeof folder);
    memcpy(path + sizeof folder - 1, "/key", 5);
    demand(inb_keyfile_new(path, NULL) == INB_OK && inb_keys_open(path, &keys, NULL) == INB_OK);
    (void)unlink(path);
    (void)rmdir(folder);
    demand(inb_catalogue_load(NULL, &norm, NULL) == INB_OK);
}

static void same(const char *one, const char *other) {
    demand(one == NULL ? other == NULL : other != NULL && strcmp(one, other) == 0);
}

static void same_date(inb_date one, inb_date other) {
    demand(one.year == other.year && one.month == other.month && one.day == other.day);
}

static void nowhere(const inb_stored_signal *stored, const char *text) {
    size_t length = text == NULL ? 0 : strlen(text);
    for (size_t i = 0; length >= 8 && i < stored->part_count; i++) {
        demand(memmem(stored->parts[i].bytes, stored->parts[i].length, text, length) == NULL);
    }
}

static void check_person(
    const inb_signal *told, const inb_signal *back, const inb_stored_signal *stored, size_t index) {
    const inb_person *p = &told->persons[index];
    const inb_person *q = &back->persons[index];
    const char *const texts[][2] = {{p->ref, q->ref}, {p->name, q->name},
        {p->given_name, q->given_name}, {p->prefix, q->prefix}, {p->surname, q->surname},
        {p->birth_date, q->birth_date}, {p->sex, q->sex}, {p->phone, q->phone},
        {told->ground == NULL ? NULL : p->nationality, q->nationality}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        same(texts[i][0], texts[i][1]);
        nowhere(stored, i == 0 ? NULL : texts[i][0]);
    }
    demand(p->age.class_ == q->age.class_ && p->age.years == q->age.years);
    inb_facts one;
    inb_facts other;
    demand(inb_facts_from_signal(norm, told, index, &one, NULL) == INB_OK &&
           inb_facts_from_signal(norm, back, index, &other, NULL) == INB_OK);
    demand(memcmp(&one, &other, sizeof one) == 0);
}

static void check(const inb_signal *told, const inb_stored_signal *stored, const inb_signal *back) {
    same(told->id, back->id);
    same(told->organisation, back->organisation);
    same(told->municipality, back->municipality);
    same(told->place_detail, back->place_detail);
    same(told->text, back->text);
    same(told->ground, back->ground);
    same_date(told->seen, back->seen);
    same_date(told->noted, back->noted);
    nowhere(stored, told->text);
    nowhere(stored, told->place_detail);
    demand(stored->seen.day == 0 && stored->noted.day == 0);
    demand(told->person_count == back->person_count && told->party_count == back->party_count);
    for (size_t i = 0; i < told->person_count; i++) {
        check_person(told, back, stored, i);
    }
    for (size_t i = 0; i < told->party_count; i++) {
        demand(told->parties[i].kind == back->parties[i].kind);
        same(told->parties[i].value, back->parties[i].value);
        same(told->parties[i].kvk, back->parties[i].kvk);
        nowhere(stored, told->parties[i].value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    prepare();
    if (inb_arena_new(0, &arena, NULL) != INB_OK ||
        inb_signal_reader_open_memory("f", (const char *)data, size, NULL, inb_catalogue_knows,
            norm, &reader, NULL) != INB_OK) {
        return 0;
    }
    while (inb_signal_reader_can_go_on(reader)) {
        const inb_signal *told = NULL;
        inb_stored_signal stored;
        inb_status status = inb_signal_reader_next(reader, &told, NULL);
        if (status == INB_OK && told == NULL) {
            break;
        }
        inb_arena_reset(arena);
        if (status == INB_OK && inb_intake(keys, norm, told, (inb_date){2026, 11, 24}, &key, 1,
                                    arena, &stored, NULL, NULL) == INB_OK) {
            const inb_signal *back = NULL;
            demand(inb_recall(keys, &key, &stored, arena, &back, NULL) == INB_OK);
            check(told, &stored, back);
        }
    }
    return 0;
}
