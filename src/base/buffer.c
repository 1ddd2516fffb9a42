// SPDX-License-Identifier: EUPL-1.2
// A growing text buffer with a maximum and a sticky failure; see buffer.h. Its text may hold a
// name, so no copy of it stays behind where it moves or ends.

#include <inbeeld/buffer.h>

#include "base/alloc.h"
#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// Makes room for `more` bytes and the NUL.
static int make_room(inb_buffer *buffer, size_t more) {
    if (buffer->status != INB_OK) {
        return 0;
    }
    if (more > buffer->max - buffer->length || more >= SIZE_MAX - buffer->length) {
        buffer->status = INB_TOO_LARGE;
        return 0;
    }
    size_t wanted = buffer->length + more + 1;
    if (wanted <= buffer->size) {
        return 1;
    }
    size_t size = buffer->size < 128 ? 128 : buffer->size;
    while (size < wanted) {
        size = size > SIZE_MAX / 2 ? wanted : size * 2;
    }
    char *data = inb_alloc(size, 1); // realloc would leave a copy where it moves
    if (data == NULL) {
        buffer->status = INB_NO_MEMORY;
        return 0;
    }
    if (buffer->data != NULL) {
        memcpy(data, buffer->data, buffer->length + 1);
        explicit_bzero(buffer->data, buffer->size);
        inb_free(buffer->data);
    }
    buffer->data = data;
    buffer->size = size;
    return 1;
}

void inb_buffer_add(inb_buffer *buffer, const char *text, size_t length) {
    if (!make_room(buffer, length)) {
        return;
    }
    if (length > 0) {
        memcpy(buffer->data + buffer->length, text, length);
    }
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void inb_buffer_text(inb_buffer *buffer, const char *text) {
    inb_buffer_add(buffer, text, strlen(text));
}

void inb_buffer_char(inb_buffer *buffer, char c) {
    inb_buffer_add(buffer, &c, 1);
}

void inb_buffer_format(inb_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->status = buffer->status == INB_OK ? INB_INTERNAL : buffer->status;
    } else if (make_room(buffer, (size_t)length)) {
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void inb_buffer_number(inb_buffer *buffer, double value, int digits) {
    char text[INB_DOUBLE_SIZE];
    if (!isfinite(value)) {
        inb_buffer_text(buffer, "null");
        return;
    }
    inb_format_double(value, digits, text);
    inb_buffer_text(buffer, text);
}

void inb_buffer_json(inb_buffer *buffer, const char *text) {
    inb_buffer_char(buffer, '"');
    const char *end = text + strlen(text);
    while (text < end) {
        size_t width = inb_utf8_width(text, (size_t)(end - text));
        unsigned char c = (unsigned char)*text;
        if (width == 0) {
            inb_buffer_text(buffer, "\xEF\xBF\xBD");
            text++;
        } else if (c == '"' || c == '\\') {
            inb_buffer_char(buffer, '\\');
            inb_buffer_char(buffer, *text++);
        } else if (c < 0x20 || c == 0x7f) {
            inb_buffer_format(buffer, "\\u%04x", c);
            text++;
        } else {
            inb_buffer_add(buffer, text, width);
            text += width;
        }
    }
    inb_buffer_char(buffer, '"');
}

void inb_buffer_cell(inb_buffer *buffer, const char *text) {
    if (text != NULL) {
        inb_buffer_cell_bytes(buffer, text, strlen(text));
    }
}

void inb_buffer_cell_bytes(inb_buffer *buffer, const char *text, size_t length) {
    bool plain = length == 0 || (text[0] != ' ' && text[length - 1] != ' ');
    for (size_t i = 0; plain && i < length; i++) {
        plain = memchr(",;\"\r\n", text[i], 5) == NULL;
    }
    if (plain) {
        inb_buffer_add(buffer, text, length);
        return;
    }
    inb_buffer_char(buffer, '"');
    for (size_t i = 0; i < length; i++) {
        inb_buffer_text(buffer, text[i] == '"' ? "\"" : "");
        inb_buffer_char(buffer, text[i]);
    }
    inb_buffer_char(buffer, '"');
}

inb_status inb_buffer_check(const inb_buffer *buffer, inb_error *err) {
    if (buffer->status == INB_OK) {
        return INB_OK;
    }
    if (buffer->status == INB_TOO_LARGE) {
        return inb_fail(err, INB_TOO_LARGE, "the text grew beyond %zu bytes", buffer->max);
    }
    return inb_fail(err, buffer->status, "%s", inb_status_text(buffer->status));
}

const char *inb_buffer_get(const inb_buffer *buffer) {
    return buffer->data == NULL ? "" : buffer->data;
}

void inb_buffer_reset(inb_buffer *buffer) {
    buffer->length = 0;
    buffer->status = INB_OK;
    if (buffer->data != NULL) {
        buffer->data[0] = '\0';
    }
}

void inb_buffer_clear(inb_buffer *buffer) {
    if (buffer->data != NULL) {
        explicit_bzero(buffer->data, buffer->size);
    }
    inb_free(buffer->data);
    buffer->data = NULL;
    buffer->length = 0;
    buffer->size = 0;
    buffer->status = INB_OK;
}
