// SPDX-License-Identifier: EUPL-1.2
// jansson behind one error type, and a walker that finds the place of a value again in the text.
// The walker runs only after a complaint, over text that jansson has already found valid.

#include "base/json.h"

#include "base/alloc.h"
#include "base/text.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

// ---- memory ----

// jansson 2.14 ignores it when the buffer of a token cannot grow: it loses bytes, reads past them,
// or stops the program by an assertion. Other refusals it calls a syntax error. So its memory comes
// through the door, and the first refusal while a text is read is met from a spare piece that is
// large enough for the longest token, after which the text is said to end. The answer is then
// INB_NO_MEMORY whatever jansson made of it.
static _Thread_local struct {
    void *spare; // NULL outside load()
    size_t spare_size;
    bool refused;
} door;

static void *take_memory(size_t size) {
    void *memory = inb_alloc(size, 1);
    if (memory == NULL) {
        bool first = !door.refused;
        door.refused = true;
        return first && size <= door.spare_size ? door.spare : NULL;
    }
    return memory;
}

static void return_memory(void *memory) {
    if (memory != door.spare) {
        inb_free(memory);
    }
}

static void open_door(void) {
    json_set_alloc_funcs(take_memory, return_memory);
}

void inb_json_door(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, open_door);
}

// Bytes of the longest run that can be one token: a string, or what stands between blanks and
// signs.
static size_t longest_token(const char *text, size_t length) {
    size_t longest = 0;
    size_t start = 0;
    bool inside = false;
    for (size_t at = 0; at < length; at++) {
        if (inside && text[at] == '\\') {
            at++;
        } else if (text[at] == '"') {
            start = inside ? start : at;
            inside = !inside;
        } else if (!inside && memchr(" \t\r\n,:[]{}", text[at], 10) != NULL) {
            start = at;
        }
        longest = at + 1 - start > longest ? at + 1 - start : longest;
    }
    return longest;
}

struct source {
    const char *at;
    const char *end;
};

// One byte at a time, so that nothing is read after a refusal.
static size_t next_byte(void *bytes, size_t size, void *payload) {
    struct source *source = payload;
    if (door.refused || source->at == source->end || size == 0) {
        return 0;
    }
    *(char *)bytes = *source->at++;
    return 1;
}

// NULL where the text is wrong (see *ret_problem) or memory was refused (see *ret_refused).
static json_t *load(
    const char *text, size_t length, size_t flags, json_error_t *ret_problem, bool *ret_refused) {
    inb_json_door();
    // jansson doubles the buffer of a token, and adds a NUL.
    door.spare_size = 2 * longest_token(text, length) + 64;
    INB_CLEANUP(inb_freep) void *spare = inb_alloc(door.spare_size, 1);
    *ret_refused = true;
    if (spare == NULL) {
        return NULL;
    }
    door.spare = spare;
    door.refused = false;
    struct source source = {text, text + length};
    json_t *root = json_load_callback(next_byte, &source, flags, ret_problem);
    *ret_refused = door.refused;
    if (door.refused) {
        json_decref(root); // may hold the spare piece
        root = NULL;
    }
    door.spare = NULL;
    door.spare_size = 0;
    return root;
}

// ---- parsing ----

// Line and column (characters, from 1) of `place` in text.
static void place_of(const char *text, const char *place, size_t *ret_line, size_t *ret_column) {
    size_t line = 1;
    const char *start = text;
    for (const char *at = text; at < place; at++) {
        if (*at == '\n') {
            line++;
            start = at + 1;
        }
    }
    *ret_line = line;
    *ret_column = inb_utf8_count(start, (size_t)(place - start)) + 1;
}

// jansson says where it stopped, just after the token: back to where a number or a key begins.
static size_t token_start(const char *text, size_t stopped, enum json_error_code code) {
    size_t at = stopped > 0 ? stopped - 1 : 0;
    if (code == json_error_numeric_overflow) {
        while (at > 0 && strchr("+-.0123456789eE", text[at - 1]) != NULL) {
            at--;
        }
    } else if (code == json_error_duplicate_key) {
        for (; at > 0; at--) {
            size_t slashes = 0;
            while (slashes < at - 1 && text[at - 2 - slashes] == '\\') {
                slashes++;
            }
            if (text[at - 1] == '"' && slashes % 2 == 0) {
                return at - 1;
            }
        }
    }
    return at;
}

inb_status inb_json_parse(
    const char *name, const char *text, size_t length, inb_json *ret_json, inb_error *err) {
    json_error_t problem;
    text = length == 0 ? "" : text;                            // may be NULL
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { // a byte order mark is no character
        text += 3;
        length -= 3;
    }
    // jansson 2.14 passes over a NUL after a number.
    const char *nul = memchr(text, 0, length);
    size_t plain = nul == NULL ? length : (size_t)(nul - text);
    size_t bad = inb_utf8_valid(text, plain);
    inb_json json = {NULL, name, text, length};
    if (bad != length) { // jansson's own words would quote the input
        size_t line;
        size_t column;
        place_of(text, text + bad, &line, &column);
        return inb_fail(err, INB_BAD_INPUT, "%s:%zu:%zu: found a %s", name, line, column,
            bad == plain ? "NUL byte, expected text" : "byte that is not UTF-8, expected UTF-8");
    }
    bool refused;
    json.root = load(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem, &refused);
    if (refused) {
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory to read", name);
    }
    if (json.root == NULL) {
        enum json_error_code code = json_error_code(&problem);
        size_t at = problem.position < 0 ? 0 : (size_t)problem.position;
        size_t line;
        size_t column;
        place_of(text, text + token_start(text, at > length ? length : at, code), &line, &column);
        return inb_fail(err, INB_BAD_INPUT, "%s:%zu:%zu: found %s, expected valid JSON", name, line,
            column,
            code == json_error_premature_end_of_input  ? "the end of the text too early"
            : code == json_error_duplicate_key         ? "a duplicate key"
            : code == json_error_end_of_input_expected ? "something after the JSON value"
            : code == json_error_stack_overflow        ? "too many levels of nesting"
            : code == json_error_numeric_overflow      ? "a number that is too large"
            : code == json_error_null_character        ? "a NUL character"
                                                       : "a syntax error");
    }
    *ret_json = json;
    return INB_OK;
}

const char *inb_json_kind(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "a list";
    case JSON_STRING:
        return "a text";
    case JSON_INTEGER:
        return "a whole number";
    case JSON_REAL:
        return "a fraction";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    default:
        return "null";
    }
}

void inb_json_clear(inb_json *json) {
    json_decref(json->root);
    *json = (inb_json)INB_JSON_INIT;
}

// ---- finding a place again ----

struct walker {
    const char *at;
    const char *end;
};

static void skip_blank(struct walker *w) {
    while (
        w->at < w->end && (*w->at == ' ' || *w->at == '\t' || *w->at == '\n' || *w->at == '\r')) {
        w->at++;
    }
}

static void skip_string(struct walker *w) {
    w->at++;
    while (w->at < w->end && *w->at != '"') {
        w->at += *w->at == '\\' ? 2 : 1;
    }
    w->at = w->at < w->end ? w->at + 1 : w->end;
}

// Over one value, whatever it is.
static void skip_value(struct walker *w) {
    size_t depth = 0;
    do {
        skip_blank(w);
        if (w->at >= w->end) {
            return;
        }
        if (*w->at == '"') {
            skip_string(w);
        } else if (*w->at == '{' || *w->at == '[') {
            depth++;
            w->at++;
        } else if (*w->at == '}' || *w->at == ']') {
            depth--;
            w->at++;
        } else if (*w->at == ',' || *w->at == ':') {
            w->at++;
        } else {
            while (w->at < w->end && strchr(" \t\r\n,:]}", *w->at) == NULL) {
                w->at++;
            }
        }
    } while (depth > 0);
}

// Whether the JSON string from `from` to `to` (quotes included) decodes to `key`.
static bool string_is(const char *from, const char *to, const char *key) {
    json_error_t problem;
    bool refused;
    json_t *string = load(from, (size_t)(to - from), JSON_DECODE_ANY, &problem, &refused);
    bool same =
        string != NULL && json_is_string(string) && strcmp(json_string_value(string), key) == 0;
    json_decref(string);
    return same;
}

// Moves into the container at w to the child of `step`. *ret_key: where its key or value begins.
static bool enter(struct walker *w, const inb_json_step *step, const char **ret_key) {
    skip_blank(w);
    if (w->at >= w->end || (*w->at != '{' && *w->at != '[')) {
        return false;
    }
    bool object = *w->at == '{';
    w->at++;
    for (size_t i = 0;; i++) {
        skip_blank(w);
        if (w->at >= w->end || *w->at == '}' || *w->at == ']') {
            return false;
        }
        *ret_key = w->at;
        bool found = !object && step->key == NULL && i == step->index;
        if (object) {
            skip_string(w);
            found = step->key != NULL && string_is(*ret_key, w->at, step->key);
            skip_blank(w);
            w->at += w->at < w->end ? 1 : 0; // the colon
            skip_blank(w);
        }
        if (found) {
            return true;
        }
        skip_value(w);
        skip_blank(w);
        w->at += w->at < w->end && *w->at == ',' ? 1 : 0;
    }
}

void inb_json_place(const inb_json *json, const inb_json_step *path, size_t steps,
    enum inb_json_part part, size_t *ret_line, size_t *ret_column) {
    struct walker w = {json->text, json->text + json->length};
    skip_blank(&w);
    const char *place = w.at;
    for (size_t i = 0; i < steps; i++) {
        const char *key = w.at;
        if (!enter(&w, &path[i], &key)) {
            break;
        }
        place = part == INB_JSON_KEY && i + 1 == steps ? key : w.at;
    }
    place_of(json->text, place, ret_line, ret_column);
}

inb_status inb_json_fail(const inb_json *json, const inb_json_step *path, size_t steps,
    enum inb_json_part part, inb_error *err, const char *format, ...) {
    char text[INB_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t line;
    size_t column;
    inb_json_place(json, path, steps, part, &line, &column);
    return inb_fail(err, INB_BAD_INPUT, "%s:%zu:%zu: %s", json->name, line, column,
        length < 0 ? "wrong" : text);
}

// ---- whole files ----

static void close_file(FILE **file) {
    if (*file != NULL && *file != stdin) {
        (void)fclose(*file); // opened for reading: nothing can be lost
    }
}

inb_status inb_read_file(
    const char *path, size_t max, char **ret_text, size_t *ret_length, inb_error *err) {
    INB_CLEANUP(close_file) FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file == NULL) {
        return inb_fail(err, errno == ENOENT ? INB_BAD_INPUT : INB_IO, "%s: cannot be opened: %s",
            path, strerror(errno));
    }
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t size = 0;
    size_t length = 0;
    for (;;) {
        if (length + 1 >= size) {
            size_t larger = size == 0 ? 16384 : size * 2;
            char *grown = inb_realloc(text, larger, 1);
            if (grown == NULL) {
                return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory to read", path);
            }
            text = grown;
            size = larger;
        }
        size_t got = fread(text + length, 1, size - length - 1, file);
        length += got;
        if (length > max) {
            return inb_fail(
                err, INB_BAD_INPUT, "%s: found more than %zu bytes, expected fewer", path, max);
        }
        if (got == 0) {
            break;
        }
    }
    if (ferror(file)) {
        return inb_fail(err, INB_IO, "%s: reading failed: %s", path, strerror(errno));
    }
    text[length] = '\0';
    *ret_text = INB_TAKE(text);
    *ret_length = length;
    return INB_OK;
}
