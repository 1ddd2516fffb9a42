// SPDX-License-Identifier: EUPL-1.2
// JSON: what is refused and where, and the walker that finds a value's place again, against places
// that a writer in the test noted down while it made the text.

#include "base/json.h"

#include <inbeeld/buffer.h>
#include <inbeeld/rng.h>

#include "base/text.h"
#include "inb_file.h"
#include "inb_sweep.h"

#include <fcntl.h>
#include <stdint.h>

// ---- what is refused ----

static void bytes_fail(const char *text, size_t length, const char *place, const char *part) {
    inb_json json = INB_JSON_INIT;
    inb_error err = INB_ERROR_INIT;
    // A copy of the exact length, so that ASan sees a byte read past the end.
    char *copy = inb_alloc(length, 1);
    memcpy(copy, text, length);
    inb_status status = inb_json_parse("f", copy, length, &json, &err);
    ck_assert_msg(status == INB_BAD_INPUT, "'%s': status %d", text, (int)status);
    ck_assert_msg(strncmp(err.message, place, strlen(place)) == 0, "'%s': %s, expected %s", text,
        err.message, place);
    ck_assert_msg(
        strstr(err.message, part) != NULL, "'%s': %s, expected %s", text, err.message, part);
    ck_assert_ptr_null(json.root); // untouched
    inb_free(copy);
}

static void fails(const char *text, const char *place, const char *part) {
    bytes_fail(text, strlen(text), place, part);
}

INB_TEST(truncated) {
    static const char text[] = "{\"a\": [1, -2.5e3, \"x\\u0041\xC3\xA9\", null, true], \"b\": {}}";
    for (size_t length = 0; length < sizeof text - 1; length++) {
        bool in_character = length > 0 && text[length] == '\xA9';
        bytes_fail(text, length, "f:1:", in_character ? "not UTF-8" : "found ");
    }
    fails("{\"a\": 1", "f:1:7: ", "end of the text too early");
    fails("{\"a\":\n [1,", "f:2:4: ", "end of the text too early");
    fails("", "f:1:1: ", "expected valid JSON");
    inb_json json = INB_JSON_INIT;
    INB_FAILS(inb_json_parse("f", NULL, 0, &json, err), INB_BAD_INPUT, "f:1:1: ");
    fails("  ", "f:1:2: ", "expected valid JSON");
}
INB_END

INB_TEST(trailing_garbage) {
    fails("{} x", "f:1:4: ", "something after the JSON value");
    fails("{}\n\n}", "f:3:1: ", "something after the JSON value");
    fails("1 2", "f:1:3: ", "something after the JSON value");
    fails("[1,]", "f:1:4: ", "syntax error");
}
INB_END

INB_TEST(duplicate_keys) {
    fails("{\"a\": 1, \"a\": 2}", "f:1:10: ", "a duplicate key");
    fails("{\"a\": 1,\n \"\\u0061\": 2}", "f:2:2: ", "a duplicate key");
    inb_json json = INB_JSON_INIT;
    static const char apart[] = "{\"a\": {\"a\": 1}, \"A\": {\"a\": 2}}";
    INB_OK_IS(inb_json_parse("f", apart, sizeof apart - 1, &json, err));
    inb_json_clear(&json);
}
INB_END

INB_TEST(not_utf8) {
    fails("\xFF", "f:1:1: ", "not UTF-8");
    fails("{\"a\":\n \"\xC3\xA9\xE2\x82\xAC\xED\xA0\x80\"}", "f:2:5: ", "not UTF-8");
    fails("[\"\xC3\xA9\",\n\n\"\xC3\"]", "f:3:2: ", "not UTF-8");
    fails("{}\xEF\xBB\xBF", "f:1:", "after the JSON value"); // a mark elsewhere is no JSON
}
INB_END

INB_TEST(wrong_values) {
    fails("{\"a\": 'x'}", "f:1:7: ", "syntax error");
    fails("{a: 1}", "f:1:2: ", "syntax error");
    fails("[NaN]", "f:1:4: ", "syntax error");
    fails("[01]", "f:1:2: ", "syntax error");
    fails("[1e999]", "f:1:2: ", "too large");
    fails("[123456789012345678901234567890]", "f:1:2: ", "too large");
    fails("[\"a\nb\"]", "f:1:3: ", "syntax error");
    fails("[\"\\uD800\"]", "f:1:", "syntax error");
    fails("[\"\\u0000\"]", "f:1:", "NUL");
    fails("\"\xC3\xA9\" x", "f:1:5: ", "something after"); // columns count characters
}
INB_END

INB_TEST(nul_bytes) {
    bytes_fail("[\0]", 3, "f:1:2: ", "NUL byte");
    bytes_fail("[1]\0", 4, "f:1:4: ", "NUL byte");
    bytes_fail("[1]\0x", 5, "f:1:4: ", "NUL byte");
    bytes_fail("\0", 1, "f:1:1: ", "NUL byte");
    bytes_fail("[1,\n\xC3\xA9\0,2]", 9, "f:2:2: ", "NUL byte");
    bytes_fail("[1\0,2]", 6, "f:1:3: ", "NUL byte"); // jansson would read [1,2]
    bytes_fail("[\"\xFF\0\"]", 6, "f:1:3: ", "not UTF-8");
    bytes_fail("[\"\0\"]", 5, "f:1:3: ", "NUL byte");
}
INB_END

INB_TEST(deep_nesting) {
    enum { DEEP = 100000 };
    char *text = inb_alloc(DEEP + 1, 1);
    memset(text, '[', DEEP);
    fails(text, "f:1:20", "too many levels of nesting"); // jansson's limit of 2048
    for (size_t depth = 1; depth <= 2000; depth += 333) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        inb_json json = INB_JSON_INIT;
        INB_OK_IS(inb_json_parse("f", text, 2 * depth, &json, err));
        inb_json_step path[2000];
        for (size_t i = 0; i < depth; i++) {
            path[i] = (inb_json_step){NULL, 0};
        }
        size_t line;
        size_t column;
        inb_json_place(&json, path, depth - 1, INB_JSON_VALUE, &line, &column);
        ck_assert_uint_eq(column, depth);
        inb_json_clear(&json);
    }
    inb_free(text);
}
INB_END

INB_TEST(any_value_is_a_document) {
    static const char *const texts[] = {
        "1", "-0.5", "\"x\"", "null", "true", " [] ", "\n{}\n", "123456789012345678"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        inb_json json = INB_JSON_INIT;
        INB_OK_IS(inb_json_parse("f", texts[i], strlen(texts[i]), &json, err));
        ck_assert_ptr_nonnull(json.root);
        inb_json_clear(&json);
        ck_assert_ptr_null(json.root);
        inb_json_clear(&json);
    }
}
INB_END

// ---- places ----

static void place_is(const char *text, const inb_json_step *path, size_t steps,
    enum inb_json_part part, size_t expected_line, size_t expected_column) {
    inb_json json = INB_JSON_INIT;
    INB_OK_IS(inb_json_parse("f", text, strlen(text), &json, err));
    size_t line = 0;
    size_t column = 0;
    inb_json_place(&json, path, steps, part, &line, &column);
    inb_json_clear(&json);
    ck_assert_msg(line == expected_line && column == expected_column,
        "%s: %zu:%zu, expected %zu:%zu", text, line, column, expected_line, expected_column);
}

#define KEY(name)                                                                                  \
    { name, 0 }
#define INDEX(i)                                                                                   \
    { NULL, i }
#define PATH(...)                                                                                  \
    (const inb_json_step[]){__VA_ARGS__},                                                          \
        sizeof((const inb_json_step[]){__VA_ARGS__}) / sizeof(inb_json_step)

INB_TEST(places_by_hand) {
    static const char text[] = "{\"a\": 1,\n"
                               " \"b\": [10, {\"c\": \"x]}\\\"\"}, [[], [7]] ],\n"
                               " \"\xC3\xA9\xE2\x82\xAC\": {\"d\" : null}, \"e\":true}";
    place_is(text, NULL, 0, INB_JSON_VALUE, 1, 1);
    place_is(text, PATH(KEY("a")), INB_JSON_KEY, 1, 2);
    place_is(text, PATH(KEY("a")), INB_JSON_VALUE, 1, 7);
    place_is(text, PATH(KEY("b")), INB_JSON_KEY, 2, 2);
    place_is(text, PATH(KEY("b")), INB_JSON_VALUE, 2, 7);
    place_is(text, PATH(KEY("b"), INDEX(0)), INB_JSON_VALUE, 2, 8);
    place_is(text, PATH(KEY("b"), INDEX(1)), INB_JSON_VALUE, 2, 12);
    place_is(text, PATH(KEY("b"), INDEX(1), KEY("c")), INB_JSON_KEY, 2, 13);
    place_is(text, PATH(KEY("b"), INDEX(1), KEY("c")), INB_JSON_VALUE, 2, 18);
    place_is(text, PATH(KEY("b"), INDEX(2), INDEX(1), INDEX(0)), INB_JSON_VALUE, 2, 34);
    place_is(text, PATH(KEY("\xC3\xA9\xE2\x82\xAC"), KEY("d")), INB_JSON_KEY, 3, 9);
    place_is(text, PATH(KEY("\xC3\xA9\xE2\x82\xAC"), KEY("d")), INB_JSON_VALUE, 3, 15);
    place_is(text, PATH(KEY("e")), INB_JSON_KEY, 3, 22);
    place_is(" \n  5", NULL, 0, INB_JSON_VALUE, 2, 3);
}
INB_END

INB_TEST(escapes_in_keys) {
    static const char text[] = "{\"\\u0062\\\"\": 0, \"\\u0061\": 1, \"\\ud834\\udd1e\": 2, "
                               "\"\\\\\": 3}";
    place_is(text, PATH(KEY("a")), INB_JSON_KEY, 1, 17);
    place_is(text, PATH(KEY("b\"")), INB_JSON_KEY, 1, 2);
    place_is(text, PATH(KEY("\xF0\x9D\x84\x9E")), INB_JSON_VALUE, 1, 46);
    place_is(text, PATH(KEY("\\")), INB_JSON_VALUE, 1, 55);
}
INB_END

// Of what is not there: the last step that is.
INB_TEST(places_not_found) {
    static const char text[] = "\n {\"a\": [1, {\"b\": 2}]}";
    place_is(text, PATH(KEY("x")), INB_JSON_VALUE, 2, 2);
    place_is(text, PATH(INDEX(0)), INB_JSON_VALUE, 2, 2);
    place_is(text, PATH(KEY("a"), INDEX(2)), INB_JSON_VALUE, 2, 8);
    place_is(text, PATH(KEY("a"), KEY("b")), INB_JSON_VALUE, 2, 8);
    place_is(text, PATH(KEY("a"), INDEX(1), KEY("c")), INB_JSON_KEY, 2, 12);
    place_is(text, PATH(KEY("a"), KEY("c")), INB_JSON_KEY, 2, 8);
    place_is(text, PATH(KEY("a"), INDEX(0), KEY("c"), INDEX(7)), INB_JSON_KEY, 2, 9);
    place_is("[]", PATH(INDEX(0)), INB_JSON_VALUE, 1, 1);
}
INB_END

INB_TEST(complaint_about_meaning) {
    static const char text[] = "{\"a\":\n  [1, 2]}";
    inb_json json = INB_JSON_INIT;
    INB_OK_IS(inb_json_parse("facts.json", text, sizeof text - 1, &json, err));
    const inb_json_step path[] = {KEY("a"), INDEX(1)};
    INB_FAILS(inb_json_fail(&json, path, 2, INB_JSON_VALUE, err, "found %d, expected %s", 2, "1"),
        INB_BAD_INPUT, "facts.json:2:7: found 2, expected 1");
    inb_json_clear(&json);
}
INB_END

// ---- random documents ----

enum { MAX_PLACES = 400, MAX_DEPTH = 6, KEY_SIZE = 24 };

struct note {
    inb_json_step path[MAX_DEPTH];
    char keys[MAX_DEPTH][KEY_SIZE];
    size_t steps;
    size_t key_line, key_column, line, column;
};

struct writer {
    inb_rng rng;
    inb_buffer *text;
    struct note *notes;
    size_t count;
    size_t line, column;
};

// Writes and counts characters as a reader of the file would.
static void put(struct writer *w, const char *text) {
    inb_buffer_text(w->text, text);
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            w->line++;
            w->column = 1;
        } else {
            w->column += ((unsigned char)*text & 0xC0) != 0x80;
        }
    }
}

static void put_blank(struct writer *w) {
    static const char *const blanks[] = {"", "", "", " ", "\n", "\t ", "\r\n", "\n\n  "};
    put(w, blanks[inb_rng_below(&w->rng, 8)]);
}

static void put_scalar(struct writer *w) {
    static const char *const scalars[] = {"1", "-2.5e-3", "true", "null", "\"\"", "\"]}\\\"[{\"",
        "\"a, b: c\"", "\"\\\\\"", "\"\xC3\xA9\\u00e9\xF0\x9D\x84\x9E\"", "\"\\n\"",
        "\"\\\\\\\"\""};
    put(w, scalars[inb_rng_below(&w->rng, 11)]);
}

static void put_key(struct writer *w, size_t number, char key[KEY_SIZE]) {
    static const struct {
        const char *json, *plain;
    } kinds[] = {{"k", "k"}, {"\\u006b", "k"}, {"\xC3\xA9", "\xC3\xA9"}, {"\\u00E9", "\xC3\xA9"},
        {"\\\"", "\""}, {"}", "}"}, {"\\\\", "\\"}, {"\xF0\x9D\x84\x9E", "\xF0\x9D\x84\x9E"}};
    size_t kind = inb_rng_below(&w->rng, 8);
    char json[64];
    snprintf(json, sizeof json, "\"%zu%s\"", number, kinds[kind].json);
    snprintf(key, KEY_SIZE, "%zu%s", number, kinds[kind].plain);
    put(w, json);
}

static void put_value(struct writer *w, const struct note *path) {
    if (w->count == MAX_PLACES) {
        put(w, "0");
        return;
    }
    struct note *note = &w->notes[w->count++];
    *note = *path;
    note->line = w->line;
    note->column = w->column;
    uint32_t kind = path->steps == MAX_DEPTH ? 9 : inb_rng_below(&w->rng, 6);
    if (kind > 3 && path->steps > 0) {
        put_scalar(w);
        return;
    }
    bool object = kind % 2 == 0;
    size_t children = inb_rng_below(&w->rng, 5);
    put(w, object ? "{" : "[");
    for (size_t i = 0; i < children; i++) {
        struct note child = *path;
        put(w, i == 0 ? "" : ",");
        put_blank(w);
        child.key_line = w->line;
        child.key_column = w->column;
        child.path[child.steps] = (inb_json_step){NULL, i};
        child.keys[child.steps][0] = '\0';
        if (object) {
            put_key(w, i, child.keys[child.steps]);
            put_blank(w);
            put(w, ":");
            put_blank(w);
        }
        child.steps++;
        put_value(w, &child);
        put_blank(w);
    }
    put_blank(w);
    put(w, object ? "}" : "]");
}

INB_TEST(random_documents) {
    static struct note notes[MAX_PLACES];
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    size_t checked = 0;
    for (uint64_t seed = 0; seed < 1500; seed++) {
        inb_buffer_reset(&text);
        struct writer w = {
            .rng = inb_rng_make(9, seed), .text = &text, .notes = notes, .line = 1, .column = 1};
        struct note root = {.steps = 0};
        put_blank(&w);
        root.key_line = w.line;
        root.key_column = w.column;
        put_value(&w, &root);
        put_blank(&w);
        inb_json json = INB_JSON_INIT;
        inb_error err = INB_ERROR_INIT;
        INB_HOLDS(inb_json_parse("f", text.data, text.length, &json, &err) == INB_OK, "%s\n%s",
            err.message, text.data);
        for (size_t i = 0; i < w.count; i++) {
            struct note *note = &notes[i];
            for (size_t j = 0; j < note->steps; j++) {
                note->path[j].key = note->keys[j][0] == '\0' ? NULL : note->keys[j];
            }
            size_t line;
            size_t column;
            inb_json_place(&json, note->path, note->steps, INB_JSON_VALUE, &line, &column);
            INB_HOLDS(line == note->line && column == note->column,
                "seed %zu value %zu: %zu:%zu, expected %zu:%zu in\n%s", (size_t)seed, i, line,
                column, note->line, note->column, text.data);
            inb_json_place(&json, note->path, note->steps, INB_JSON_KEY, &line, &column);
            INB_HOLDS(line == note->key_line && column == note->key_column,
                "seed %zu key %zu: %zu:%zu, expected %zu:%zu in\n%s", (size_t)seed, i, line, column,
                note->key_line, note->key_column, text.data);
            checked++;
        }
        inb_json_clear(&json);
    }
    ck_assert_uint_gt(checked, 10000);
    inb_buffer_clear(&text);
}
INB_END

// ---- whole files ----

INB_TEST(whole_files) {
    static const size_t sizes[] = {0, 1, 16382, 16383, 16384, 16385, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *data = inb_alloc(sizes[i], 1);
        for (size_t at = 0; at < sizes[i]; at++) {
            data[at] = (char)(at * 7);
        }
        char path[INB_TEMP_PATH];
        inb_temp_file(path, data, sizes[i]);
        char *text = NULL;
        size_t length = 99;
        INB_OK_IS(inb_read_file(path, sizes[i], &text, &length, err));
        ck_assert_uint_eq(length, sizes[i]);
        ck_assert_int_eq(memcmp(text, data, length), 0);
        ck_assert_int_eq(text[length], '\0');
        inb_free(text);
        if (sizes[i] > 0) {
            text = NULL;
            INB_FAILS(inb_read_file(path, sizes[i] - 1, &text, &length, err), INB_BAD_INPUT,
                "expected fewer");
            ck_assert_ptr_null(text);
        }
        unlink(path);
        inb_free(data);
    }
}
INB_END

INB_TEST(files_that_cannot_be_read) {
    char *text = NULL;
    size_t length = 99;
    INB_FAILS(inb_read_file("/nonexistent/f", 10, &text, &length, err), INB_BAD_INPUT,
        "/nonexistent/f: cannot be opened");
    INB_FAILS(inb_read_file("/tmp", 10, &text, &length, err), INB_IO, "/tmp: reading failed");
    INB_FAILS(inb_read_file("/dev/zero", 100000, &text, &length, err), INB_BAD_INPUT,
        "more than 100000 bytes");
    ck_assert_ptr_null(text);
    ck_assert_uint_eq(length, 99);
}
INB_END

INB_TEST(standard_input) {
    char path[INB_TEMP_PATH];
    inb_temp_file(path, "from stdin", 10);
    int kept = dup(0);
    int file = open(path, O_RDONLY);
    ck_assert_int_ge(dup2(file, 0), 0);
    close(file);
    char *text = NULL;
    size_t length = 0;
    INB_OK_IS(inb_read_file("-", 100, &text, &length, err));
    ck_assert_int_ge(dup2(kept, 0), 0);
    close(kept);
    ck_assert_str_eq(text, "from stdin");
    inb_free(text);
    unlink(path);
}
INB_END

// ---- memory ----

static inb_status parse_once(const char *text, inb_error *err) {
    inb_json json = INB_JSON_INIT;
    INB_TRY(inb_json_parse("f", text, strlen(text), &json, err));
    inb_json_clear(&json);
    return INB_OK;
}

static inb_status read_once(const char *path, inb_error *err) {
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    return inb_read_file(path, (size_t)1 << 20, &text, &length, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(parse_once("{\"a\": [1, 2.5, 123456789012345678, -12345678901234.125e-17, \"a longer "
                         "piece of text, escaped \\u0061\", [2,3,4,5,6,7,8,9,10,11,12]], "
                         "\"b\": {\"c\": null, \"d\": true, \"e\": [], \"f\": {}, \"g\": 0, "
                         "\"h\": false, \"i\": \"\", \"j\": 1, \"k\": 2, \"l\": 3, "
                         "\"a long key that does not fit into sixteen bytes\": 4}}",
        err));
    INB_SWEEP(parse_once("123456789012345678", err));
    INB_SWEEP(parse_once("\"a text that is longer than the first sixteen bytes\"", err));
    INB_SWEEP(parse_once("[1.23456789012345678901234567890123456789]", err));
    // The buffer of a token grows at every byte of it, its end included.
    for (size_t length = 1; length <= 70; length++) {
        char text[96];
        memset(text, '1', sizeof text);
        text[0] = '[';
        text[2] = '.';
        text[length + 2] = '0';
        memcpy(text + length + 3, ",2]", 4);
        INB_SWEEP(parse_once(text, err));
    }
    static char large[40000];
    char path[INB_TEMP_PATH];
    memset(large, 'x', sizeof large);
    inb_temp_file(path, large, sizeof large);
    INB_SWEEP(read_once(path, err));
    unlink(path);
}
INB_END

// A place is still given where memory runs out on the way: of the last step that was found.
INB_TEST(place_without_memory) {
    static const char text[] = "{\"a\": [1, 2], \"b\": 3}";
    inb_json json = INB_JSON_INIT;
    INB_OK_IS(inb_json_parse("f", text, sizeof text - 1, &json, err));
    const inb_json_step path[] = {KEY("a"), INDEX(1)};
    for (size_t nth = 1; nth < 8; nth++) {
        size_t line = 0;
        size_t column = 0;
        inb_alloc_fail_from(nth);
        inb_json_place(&json, path, 2, INB_JSON_VALUE, &line, &column);
        inb_alloc_fail_from(0);
        ck_assert_uint_eq(line, 1);
        ck_assert(column == 1 || column == 11);
    }
    inb_json_clear(&json);
}
INB_END

// Columns are counted after the mark.
INB_TEST(a_byte_order_mark) {
    static const char good[] = "\xEF\xBB\xBF{\"a\":1}";
    inb_json json = INB_JSON_INIT;
    INB_OK_IS(inb_json_parse("m.json", good, sizeof good - 1, &json, err));
    inb_json_step step = {"a", 0};
    INB_FAILS(inb_json_fail(&json, &step, 1, INB_JSON_VALUE, err, "found it"), INB_BAD_INPUT,
        "m.json:1:6: found it");
    inb_json_clear(&json);
    static const char bad[] = "\xEF\xBB\xBF{\"a\":}";
    INB_FAILS(
        inb_json_parse("m.json", bad, sizeof bad - 1, &json, err), INB_BAD_INPUT, "m.json:1:");
    INB_FAILS(inb_json_parse("m.json", good, 3, &json, err), INB_BAD_INPUT, "too early");
}
INB_END

INB_TEST_MAIN("base/json", a_byte_order_mark, truncated, trailing_garbage, duplicate_keys, not_utf8,
    wrong_values, nul_bytes, deep_nesting, any_value_is_a_document, places_by_hand, escapes_in_keys,
    places_not_found, complaint_about_meaning, random_documents, whole_files,
    files_that_cannot_be_read, standard_input, memory_refused, place_without_memory)
