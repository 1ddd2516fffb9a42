// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of JSON places: any bytes give a tree or a complaint with a place inside the text; every
// value and key of a tree is found again where its first character stands; refused memory is no
// crash and no wrong answer (jansson's own handling of it was both).

#include "base/json.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_DEPTH = 24, MAX_VALUES = 300 };

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

// The character at line:column, counted anew.
static char character_at(const inb_json *json, size_t line, size_t column) {
    const char *at = json->text;
    const char *end = json->text + json->length;
    for (size_t l = 1; l < line; at++) {
        demand(at < end);
        l += *at == '\n';
    }
    for (size_t c = 1; c < column; c++) {
        demand(at < end && *at != '\n');
        size_t width = inb_utf8_width(at, (size_t)(end - at));
        demand(width > 0);
        at += width;
    }
    demand(at < end);
    return *at;
}

static bool begins(const json_t *value, char c) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return c == '{';
    case JSON_ARRAY:
        return c == '[';
    case JSON_STRING:
        return c == '"';
    case JSON_TRUE:
        return c == 't';
    case JSON_FALSE:
        return c == 'f';
    case JSON_NULL:
        return c == 'n';
    default:
        return c == '-' || (c >= '0' && c <= '9');
    }
}

static void walk(const inb_json *json, json_t *value, inb_json_step path[MAX_DEPTH], size_t steps,
    size_t *visited) {
    if (steps == MAX_DEPTH || (*visited)++ > MAX_VALUES) {
        return;
    }
    size_t line;
    size_t column;
    inb_json_place(json, path, steps, INB_JSON_VALUE, &line, &column);
    demand(begins(value, character_at(json, line, column)));
    const char *key;
    size_t index;
    json_t *child;
    if (json_is_object(value)) {
        json_object_foreach(value, key, child) {
            path[steps] = (inb_json_step){key, 0};
            inb_json_place(json, path, steps + 1, INB_JSON_KEY, &line, &column);
            demand(character_at(json, line, column) == '"');
            walk(json, child, path, steps + 1, visited);
        }
    } else if (json_is_array(value)) {
        json_array_foreach(value, index, child) {
            path[steps] = (inb_json_step){NULL, index};
            walk(json, child, path, steps + 1, visited);
        }
    }
}

static void refuse(const char *text, size_t size, size_t nth, inb_status expected) {
    inb_json json = INB_JSON_INIT;
    inb_error err = INB_ERROR_INIT;
    inb_alloc_fail_from(nth);
    inb_status status = inb_json_parse("f", text, size, &json, &err);
    bool refused = inb_alloc_count() >= nth;
    inb_alloc_fail_from(0);
    demand(status == (refused ? INB_NO_MEMORY : expected));
    inb_json_clear(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    // A copy of the exact size, so that a byte read past the end is seen.
    INB_CLEANUP(inb_freep) char *text = inb_alloc(size, 1);
    demand(text != NULL);
    memcpy(text, data, size);
    inb_json json = INB_JSON_INIT;
    inb_error err = INB_ERROR_INIT;
    inb_status status = inb_json_parse("f", text, size, &json, &err);
    if (status == INB_OK) {
        inb_json_step path[MAX_DEPTH];
        size_t visited = 0;
        walk(&json, json.root, path, 0, &visited);
        inb_json_clear(&json);
    } else {
        demand(status == INB_BAD_INPUT && err.status == status);
        demand(
            strncmp(err.message, "f:", 2) == 0 && err.message[2] >= '1' && err.message[2] <= '9');
    }
    refuse(text, size, 1 + (size == 0 ? 0 : data[size / 2] % 32U), status);
    return 0;
}
