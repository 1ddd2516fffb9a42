// SPDX-License-Identifier: EUPL-1.2
// A byte machine over a 64 kB window: strings with their escapes, and a stack of open brackets as
// the bits of a word. Grammar of what lies between elements: RFC 8259.

#include "json_slices.h"

#include <inbeeld/buffer.h>

#include "base/alloc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { WINDOW = 64 * 1024, NOT_A_BYTE = -1 };

enum state {
    START,  // before anything
    FIRST,  // after '['
    LATER,  // after an element of a list
    SINGLE, // after the only value
    END,
    BROKEN
};

struct inb_slices {
    char *name;
    FILE *file;         // NULL for memory
    const char *memory; // NULL for a file
    size_t memory_left;
    unsigned char *window;
    size_t used;
    size_t at;
    bool at_end;
    size_t line; // of the next byte
    size_t column;
    uint64_t offset;
    enum state state;
    inb_buffer element;
};

// ---- bytes ----

static inb_status refill(inb_slices *s, inb_error *err) {
    if (s->memory != NULL) {
        s->used = s->memory_left < WINDOW ? s->memory_left : WINDOW;
        memcpy(s->window, s->memory, s->used);
        s->memory += s->used;
        s->memory_left -= s->used;
    } else {
        s->used = fread(s->window, 1, WINDOW, s->file);
        if (ferror(s->file)) {
            s->state = BROKEN;
            return inb_fail(err, INB_IO, "%s: reading failed: %s", s->name, strerror(errno));
        }
    }
    s->at = 0;
    s->at_end = s->used == 0;
    return INB_OK;
}

static inb_status peek(inb_slices *s, int *ret_byte, inb_error *err) {
    if (s->at == s->used && !s->at_end) {
        INB_TRY(refill(s, err));
    }
    *ret_byte = s->at_end ? NOT_A_BYTE : s->window[s->at];
    return INB_OK;
}

static void take(inb_slices *s, int byte) {
    s->at++;
    s->offset++;
    if (byte == '\n') {
        s->line++;
        s->column = 1;
    } else if ((byte & 0xC0) != 0x80) { // a continuation byte is no character
        s->column++;
    }
}

static bool is_blank(int byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static inb_status skip_blank(inb_slices *s, int *ret_byte, inb_error *err) {
    INB_TRY(peek(s, ret_byte, err));
    while (is_blank(*ret_byte)) {
        take(s, *ret_byte);
        INB_TRY(peek(s, ret_byte, err));
    }
    return INB_OK;
}

static inb_status broken(inb_slices *s, inb_error *err, const char *text) {
    s->state = BROKEN;
    return inb_fail(err, INB_BAD_INPUT, "%s:%zu:%zu: %s", s->name, s->line, s->column, text);
}

// ---- an element ----

struct scan {
    uint32_t brackets; // bit per open one, the innermost lowest: 1 = '{'
    int depth;
    bool inside;  // a string
    bool escaped; // the byte before was a backslash in a string
    bool scalar;  // it is a number, a word or something that is no JSON
};

// Whether an element that began stands complete before `byte`.
static bool ends_before(const struct scan *scan, int byte) {
    return scan->scalar && (is_blank(byte) || byte == ',' || byte == ']' || byte == '}');
}

static inb_status open_bracket(inb_slices *s, struct scan *scan, int byte, inb_error *err) {
    if (scan->depth == INB_SLICE_DEEPEST) {
        return broken(s, err, "found brackets more than 32 deep, expected a signal");
    }
    scan->brackets = scan->brackets << 1 | (byte == '{' ? 1u : 0u);
    scan->depth++;
    return INB_OK;
}

static inb_status close_bracket(inb_slices *s, struct scan *scan, int byte, inb_error *err) {
    if (scan->depth == 0 || (scan->brackets & 1u) != (byte == '}' ? 1u : 0u)) {
        return broken(s, err, "found a closing bracket that matches no open one, expected JSON");
    }
    scan->brackets >>= 1;
    scan->depth--;
    return INB_OK;
}

// Takes `byte` into account; *ret_done where it is the last one of its element.
static inb_status step(inb_slices *s, struct scan *scan, int byte, bool *ret_done, inb_error *err) {
    if (scan->inside) {
        bool closes = byte == '"' && !scan->escaped;
        scan->escaped = byte == '\\' && !scan->escaped;
        scan->inside = !closes;
        *ret_done = closes && scan->depth == 0;
        return INB_OK;
    }
    if (byte == '"') {
        scan->inside = true;
    } else if (byte == '{' || byte == '[') {
        INB_TRY(open_bracket(s, scan, byte, err));
    } else if (byte == '}' || byte == ']') {
        INB_TRY(close_bracket(s, scan, byte, err));
        *ret_done = scan->depth == 0;
    } else if (scan->depth == 0) {
        scan->scalar = true;
    }
    return INB_OK;
}

// Bytes of the window from `from` to the next one into the element; *ret_large where they do not
// fit.
static void keep_bytes(inb_slices *s, size_t from, bool *ret_large) {
    size_t length = s->at - from;
    *ret_large = *ret_large || length > INB_SLICE_MOST - s->element.length;
    if (!*ret_large) {
        inb_buffer_add(&s->element, (const char *)s->window + from, length);
    }
}

static inb_status element(inb_slices *s, inb_slice *ret_slice, inb_error *err) {
    struct scan scan = {0};
    bool too_large = false;
    inb_buffer_reset(&s->element);
    inb_slice slice = {NULL, 0, s->line, s->column};
    ret_slice->line = s->line;
    ret_slice->column = s->column;
    size_t from = s->at;
    for (bool done = false; !done;) {
        int byte;
        if (s->at == s->used) { // the window is about to be filled again
            keep_bytes(s, from, &too_large);
            from = 0;
        }
        INB_TRY(peek(s, &byte, err));
        if (byte == NOT_A_BYTE && !scan.scalar) {
            return broken(s, err, "found the end of the file, expected the end of a JSON value");
        }
        if (byte == NOT_A_BYTE || ends_before(&scan, byte)) {
            break;
        }
        INB_TRY(step(s, &scan, byte, &done, err));
        take(s, byte);
    }
    keep_bytes(s, from, &too_large);
    if (too_large) {
        inb_buffer_reset(&s->element);
        return inb_fail(err, INB_BAD_INPUT,
            "%s:%zu:%zu: found a signal of more than 4 MB, expected a smaller one", s->name,
            slice.line, slice.column);
    }
    inb_status status = inb_buffer_check(&s->element, err);
    if (status != INB_OK) {
        s->state = BROKEN;
        return status;
    }
    slice.text = inb_buffer_get(&s->element);
    slice.length = s->element.length;
    *ret_slice = slice;
    return INB_OK;
}

// ---- between elements ----

// Moves to where an element begins, or to the end.
static inb_status go_to_element(inb_slices *s, inb_error *err) {
    int byte;
    INB_TRY(skip_blank(s, &byte, err));
    if (s->state == SINGLE) {
        if (byte != NOT_A_BYTE) {
            return broken(s, err,
                "found something after the JSON value, expected nothing: one signal or a list");
        }
        s->state = END;
        return INB_OK;
    }
    if (s->state == START) {
        if (byte != '[') {
            return byte != NOT_A_BYTE
                       ? INB_OK
                       : broken(s, err, "found nothing, expected a signal or a list of signals");
        }
        take(s, byte);
        s->state = FIRST;
        INB_TRY(skip_blank(s, &byte, err));
    } else if (byte == ',') {
        take(s, byte);
        INB_TRY(skip_blank(s, &byte, err));
        if (byte == ']') {
            return broken(s, err, "found the end of the list after a comma, expected a signal");
        }
    } else if (byte != ']') {
        return broken(s, err, "found something after a signal, expected ',' or ']'");
    }
    if (byte == ']') {
        take(s, byte);
        s->state = SINGLE; // nothing may follow
        return go_to_element(s, err);
    }
    if (byte == ',') {
        return broken(s, err, "found a comma, expected a signal");
    }
    return INB_OK;
}

// ---- public ----

static inb_status skip_mark(inb_slices *s, inb_error *err) {
    INB_TRY(refill(s, err));
    if (s->used >= 3 && memcmp(s->window, "\xEF\xBB\xBF", 3) == 0) {
        s->at = 3;
        s->offset = 3;
    }
    return INB_OK;
}

inb_status inb_slices_open(const char *name, const char *path, const char *data, size_t length,
    inb_slices **ret_slices, inb_error *err) {
    INB_CLEANUP(inb_slices_freep) inb_slices *s = inb_alloc(1, sizeof *s);
    if (s != NULL) {
        s->element = (inb_buffer)INB_BUFFER_INIT(INB_SLICE_MOST + 1);
        s->line = 1;
        s->column = 1;
        s->name = inb_alloc(strlen(name) + 1, 1);
        s->window = inb_alloc(WINDOW, 1);
    }
    if (s == NULL || s->name == NULL || s->window == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "%s: not enough memory to read", name);
    }
    memcpy(s->name, name, strlen(name));
    if (path == NULL) {
        s->memory = length == 0 ? "" : data;
        s->memory_left = length;
    } else {
        s->file = fopen(path, "rb");
        if (s->file == NULL) {
            return inb_fail(err, errno == ENOENT ? INB_BAD_INPUT : INB_IO,
                "%s: cannot be opened: %s", path, strerror(errno));
        }
    }
    INB_TRY(skip_mark(s, err));
    *ret_slices = INB_TAKE(s);
    return INB_OK;
}

inb_status inb_slices_next(
    inb_slices *slices, inb_slice *ret_slice, bool *ret_more, inb_error *err) {
    *ret_slice = (inb_slice){NULL, 0, slices->line, slices->column};
    if (slices->state == BROKEN) {
        return broken(slices, err, "reading cannot go on after what was found before");
    }
    if (slices->state != END) {
        INB_TRY(go_to_element(slices, err));
    }
    if (slices->state == END) {
        *ret_more = false;
        return INB_OK;
    }
    slices->state = slices->state == START ? SINGLE : LATER;
    INB_TRY(element(slices, ret_slice, err));
    *ret_more = true;
    return INB_OK;
}

bool inb_slices_can_go_on(const inb_slices *slices) {
    return slices->state != BROKEN;
}

uint64_t inb_slices_offset(const inb_slices *slices) {
    return slices->offset;
}

void inb_slices_free(inb_slices *slices) {
    if (slices == NULL) {
        return;
    }
    if (slices->file != NULL) {
        (void)fclose(slices->file); // opened for reading: nothing can be lost
    }
    inb_free(slices->name);
    inb_free(slices->window);
    inb_buffer_clear(&slices->element);
    inb_free(slices);
}

void inb_slices_freep(inb_slices **slices) {
    inb_slices_free(*slices);
}
