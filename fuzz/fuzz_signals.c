// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of signals: up to a NUL byte a map, after it (or without one: all of it) a file, CSV or
// JSON. Any bytes give signals or complaints with a place; what is accepted satisfies what a signal
// must; and written as JSON it reads back equal.

#include <inbeeld/buffer.h>
#include <inbeeld/signal.h>

#include "base/alloc.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool known(const char *id, size_t length, bool circumstance, void *payload) {
    (void)payload;
    return circumstance ? inb_equals(id, length, "CI-01") || inb_equals(id, length, "CI-23")
                        : inb_equals(id, length, "D1-01") || inb_equals(id, length, "CR-03") ||
                              inb_equals(id, length, "SX-12");
}

// ---- written again ----

static void member(inb_buffer *out, const char *key, const char *text) {
    if (text != NULL) {
        inb_buffer_format(out, "\"%s\":", key);
        inb_buffer_json(out, text);
        inb_buffer_char(out, ',');
    }
}

static void date(inb_buffer *out, const char *key, inb_date value) {
    char text[11];
    if (value.year != 0) {
        inb_date_format(value, text);
        member(out, key, text);
    }
}

static const char *role(int value) {
    return inb_role_code((inb_role)value);
}
static const char *profit(int value) {
    return inb_profit_code((inb_profit)value);
}
static const char *surrounding(int value) {
    return inb_surrounding_code((inb_surrounding)value);
}

static void bits(inb_buffer *out, const char *key, uint32_t set, const char *(*code)(int)) {
    inb_buffer_format(out, "\"%s\":[", key);
    const char *comma = "";
    for (int i = 0; i < 32; i++) {
        if ((set >> i & 1) != 0) {
            inb_buffer_format(out, "%s\"%s\"", comma, code(i));
            comma = ",";
        }
    }
    inb_buffer_char(out, ']');
}

static void add_person(inb_buffer *out, const inb_person *p) {
    static const char *const answers[] = {"yes", "no", "unknown"};
    inb_buffer_char(out, '{');
    member(out, "ref", p->ref);
    member(out, "name", p->name);
    member(out, "given_name", p->given_name);
    member(out, "prefix", p->prefix);
    member(out, "surname", p->surname);
    member(out, "birth_date", p->birth_date);
    member(out, "sex", p->sex);
    member(out, "nationality", p->nationality);
    member(out, "phone", p->phone);
    if (p->age.years >= 0) {
        inb_buffer_format(out, "\"age\":%d,", p->age.years);
    } else if (p->age.class_ != INB_AGE_UNKNOWN) {
        member(out, "age", p->age.class_ == INB_AGE_CHILD ? "child" : "adult");
    }
    bits(out, "roles", p->roles, role);
    inb_buffer_text(out, ",\"observations\":{");
    for (size_t i = 0; i < p->observation_count; i++) {
        inb_buffer_format(out, "%s\"%s\":\"%s\"", i == 0 ? "" : ",", p->observations[i].id,
            answers[p->observations[i].answer]);
    }
    inb_buffer_text(out, "},\"circumstances\":[");
    for (size_t i = 0; i < p->circumstance_count; i++) {
        inb_buffer_format(out, "%s\"%s\"", i == 0 ? "" : ",", p->circumstances[i]);
    }
    inb_buffer_text(out, "]}");
}

static const char *truth(bool value) {
    return value ? "true" : "false";
}

static void add_signal(inb_buffer *out, const inb_signal *s) {
    const inb_situation *around = &s->situation;
    inb_buffer_char(out, '{');
    member(out, "id", s->id);
    inb_buffer_text(out, "\"source\":{");
    member(out, "organisation", s->organisation);
    inb_buffer_format(out, "\"kind\":\"%s\"},", inb_reporter_code(s->source_kind));
    date(out, "seen", s->seen);
    date(out, "noted", s->noted);
    inb_buffer_text(out, "\"place\":{");
    member(out, "detail", s->place_detail);
    inb_buffer_text(out, "\"municipality\":");
    inb_buffer_json(out, s->municipality == NULL ? "" : s->municipality); // "" tells nothing
    inb_buffer_text(out, "},");
    member(out, "text", s->text);
    member(out, "ground", s->ground);
    inb_buffer_text(out, "\"persons\":[");
    for (size_t i = 0; i < s->person_count; i++) {
        inb_buffer_text(out, i == 0 ? "" : ",");
        add_person(out, &s->persons[i]);
    }
    inb_buffer_text(out, "],\"parties\":[");
    for (size_t i = 0; i < s->party_count; i++) {
        inb_buffer_text(out, i == 0 ? "{" : ",{");
        member(out, "value", s->parties[i].value);
        member(out, "kvk", s->parties[i].kvk);
        inb_buffer_format(out, "\"kind\":\"%s\"}", inb_party_kind_code(s->parties[i].kind));
    }
    inb_buffer_format(out, "],\"situation\":{\"danger_now\":%s,\"unaccompanied\":%s,\"denies\":%s,",
        truth(around->danger_now), truth(around->unaccompanied), truth(around->denies));
    bits(out, "profits", around->profits, profit);
    inb_buffer_char(out, ',');
    bits(out, "surroundings", around->surroundings, surrounding);
    inb_buffer_format(out, ",\"consent\":\"%s\",\"police\":\"%s\"}}",
        inb_consent_code(around->consent), inb_police_code(around->police));
}

// ---- what must hold ----

static void demand_text(const char *text, size_t most) {
    if (text != NULL) {
        size_t length = strlen(text);
        demand(length > 0 && length <= most && inb_utf8_valid(text, length) == length);
    }
}

static void demand_signal(const inb_signal *s) {
    demand(s->id != NULL && (int)s->source_kind >= 0 && s->source_kind < INB_REPORTER_COUNT);
    demand_text(s->id, 128);
    demand_text(s->organisation, 128);
    demand_text(s->place_detail, 1024);
    demand_text(s->text, INB_SIGNAL_TEXT_MOST);
    demand_text(s->ground, 512);
    demand(s->municipality == NULL || (strlen(s->municipality) == 6 && s->municipality[0] == 'G'));
    demand(s->person_count <= INB_SIGNAL_PERSONS_MOST);
    demand(s->party_count <= INB_SIGNAL_PARTIES_MOST);
    for (size_t i = 0; i < s->person_count; i++) {
        const inb_person *p = &s->persons[i];
        demand(p->ref != NULL && p->roles < 1u << INB_ROLE_COUNT);
        demand(p->age.years >= INB_YEARS_UNKNOWN && p->age.years <= INB_YEARS_MOST);
        demand_text(p->ref, 32);
        demand_text(p->name, 256);
        demand_text(p->phone, 64);
        demand_text(p->birth_date, 32);
        for (size_t j = 0; j < i; j++) {
            demand(strcmp(p->ref, s->persons[j].ref) != 0);
        }
    }
    for (size_t i = 0; i < s->party_count; i++) {
        demand(s->parties[i].value != NULL || s->parties[i].kvk != NULL);
        demand_text(s->parties[i].value, 512);
        demand(s->parties[i].kvk == NULL || strlen(s->parties[i].kvk) == 8);
    }
}

static void demand_complaint(const inb_error *err) {
    const char *message = err->message;
    demand(err->status == INB_BAD_INPUT);
    size_t name = strncmp(message, "map:", 4) == 0 ? 4 : 2;
    demand(strncmp(message, "f:", 2) == 0 || name == 4);
    demand(message[name] >= '1' && message[name] <= '9'); // a line
    demand(strstr(message, ": found ") != NULL);
}

// Reads everything, written again into `out` as a list; the map is that of the first reading.
static void read_all(const char *data, size_t length, const char *map, inb_buffer *out) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    inb_error err = INB_ERROR_INIT;
    inb_status status =
        inb_signal_reader_open_memory("f", data, length, map, known, NULL, &reader, &err);
    if (status != INB_OK) {
        demand_complaint(&err);
        return;
    }
    inb_buffer_char(out, '[');
    uint64_t offset = 0;
    size_t count = 0;
    while (inb_signal_reader_can_go_on(reader)) {
        const inb_signal *signal = NULL;
        inb_error problem = INB_ERROR_INIT;
        status = inb_signal_reader_next(reader, &signal, &problem);
        demand(inb_signal_reader_offset(reader) >= offset);
        offset = inb_signal_reader_offset(reader);
        if (status == INB_OK && signal == NULL) {
            break;
        }
        size_t raw_length;
        const char *raw = inb_signal_reader_raw(reader, &raw_length);
        demand(raw == NULL || memmem(data, length, raw, raw_length) != NULL);
        if (status == INB_OK) {
            demand(raw != NULL);
            demand_signal(signal);
            inb_buffer_text(out, count++ == 0 ? "" : ",\n");
            add_signal(out, signal);
        } else {
            demand_complaint(&problem);
        }
    }
    inb_buffer_char(out, ']');
    status = inb_signal_reader_finish(reader, &err);
    if (status != INB_OK) {
        demand_complaint(&err);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer once = INB_BUFFER_INIT((size_t)1 << 28);
    INB_CLEANUP(inb_buffer_clear) inb_buffer twice = INB_BUFFER_INIT((size_t)1 << 28);
    const uint8_t *nul = size == 0 ? NULL : memchr(data, 0, size);
    size_t skip = nul == NULL ? 0 : (size_t)(nul - data) + 1;
    // Copies of the exact size, so that a byte read past the end is seen.
    INB_CLEANUP(inb_freep) char *map = inb_alloc(skip, 1);
    INB_CLEANUP(inb_freep) char *file = inb_alloc(size - skip, 1);
    demand(map != NULL && file != NULL);
    if (size > 0) {
        memcpy(map, data, skip);
        memcpy(file, data + skip, size - skip);
    }
    read_all(file, size - skip, nul == NULL ? NULL : map, &once);
    demand(inb_buffer_check(&once, NULL) == INB_OK);
    if (once.length > 0) {
        read_all(once.data, once.length, NULL, &twice);
        demand(twice.length == once.length && memcmp(once.data, twice.data, once.length) == 0);
    }
    return 0;
}
