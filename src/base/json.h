// SPDX-License-Identifier: EUPL-1.2
// JSON by jansson, with what it lacks: where in the text a value stands, so that a complaint about
// meaning has a line and a column as one about syntax has.
#ifndef INB_BASE_JSON_H
#define INB_BASE_JSON_H

#include <inbeeld/status.h>

#include <jansson.h>

// A document: the tree, and the text it came from (borrowed) for places.
typedef struct inb_json {
    json_t *root;     // owned
    const char *name; // borrowed, used in complaints
    const char *text; // borrowed
    size_t length;
} inb_json;

#define INB_JSON_INIT                                                                              \
    { NULL, NULL, NULL, 0 }

// Parses text[0..length) (UTF-8, one value, no duplicate keys, nothing after it).
inb_status inb_json_parse(const char *name, const char *text, size_t length, inb_json *ret_json,
    inb_error *err) INB_NODISCARD;

// From now on jansson takes its memory from base/alloc.h; inb_json_parse sees to it itself. Can be
// called any number of times, from any thread.
void inb_json_door(void);

// Releases; accepts a document that was never filled.
void inb_json_clear(inb_json *json);

// What a value is, in the words of a complaint ("a list"); static. Never the value itself.
const char *inb_json_kind(const json_t *value) INB_NODISCARD;

// A step in a path from the root: a key, or an index where key is NULL.
typedef struct inb_json_step {
    const char *key;
    size_t index;
} inb_json_step;

enum inb_json_part { INB_JSON_KEY, INB_JSON_VALUE }; // which part of the last step is meant

// Line and column (characters, from 1) of the key or value at `path`;
// where it is not found, of the last step on the way that is.
void inb_json_place(const inb_json *json, const inb_json_step *path, size_t steps,
    enum inb_json_part part, size_t *ret_line, size_t *ret_column);

// Fails with "name:line:column: " before the message.
inb_status inb_json_fail(const inb_json *json, const inb_json_step *path, size_t steps,
    enum inb_json_part part, inb_error *err, const char *format, ...) INB_PRINTF(6, 7);

// Reads a whole file (or standard input for "-") into memory of at most max bytes, NUL-ended.
// Owner of *ret_text: the caller (inb_free).
inb_status inb_read_file(const char *path, size_t max, char **ret_text, size_t *ret_length,
    inb_error *err) INB_NODISCARD;

#endif
