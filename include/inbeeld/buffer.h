// SPDX-License-Identifier: EUPL-1.2
// A growing piece of text with a maximum, to build output in. Once a write fails the buffer stays
// failed and later writes do nothing, so a run of writes needs one check at the end.
#ifndef INBEELD_BUFFER_H
#define INBEELD_BUFFER_H

#include <inbeeld/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct inb_buffer {
    char *data;    // NUL-ended when size > 0; NULL when nothing was written
    size_t length; // bytes without the NUL
    size_t size;
    size_t max;
    inb_status status; // the first failure, INB_OK so far
} inb_buffer;

// An empty buffer that may hold at most max bytes.
#define INB_BUFFER_INIT(max_bytes)                                                                 \
    { NULL, 0, 0, (max_bytes), INB_OK }

void inb_buffer_add(inb_buffer *buffer, const char *text, size_t length);
void inb_buffer_text(inb_buffer *buffer, const char *text); // text: NUL-ended
void inb_buffer_char(inb_buffer *buffer, char c);
void inb_buffer_format(inb_buffer *buffer, const char *format, ...) INB_PRINTF(2, 3);

// A double without regard to locale: %.<digits>g with digits 1..17, "null" where not finite.
void inb_buffer_number(inb_buffer *buffer, double value, int digits);

// A JSON string with its quotes; invalid UTF-8 becomes U+FFFD.
void inb_buffer_json(inb_buffer *buffer, const char *text);

// A cell of CSV (RFC 4180), in quotes where it has a comma, semicolon, quote, line end or blank at
// an end.
void inb_buffer_cell(inb_buffer *buffer, const char *text); // NULL = empty
void inb_buffer_cell_bytes(inb_buffer *buffer, const char *text, size_t length);

// The first failure, with a message.
inb_status inb_buffer_check(const inb_buffer *buffer, inb_error *err) INB_NODISCARD;

// The NUL-ended text ("" when empty), borrowed until the next write.
const char *inb_buffer_get(const inb_buffer *buffer);

// Empties, keeps the memory.
void inb_buffer_reset(inb_buffer *buffer);
// Releases; the buffer can be used again.
void inb_buffer_clear(inb_buffer *buffer); // wiped first

#ifdef __cplusplus
}
#endif
#endif
