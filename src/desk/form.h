// SPDX-License-Identifier: EUPL-1.2
// The body of a form, application/x-www-form-urlencoded, as hostile input: a bounded number of
// fields, each of valid UTF-8 without NUL. Also the two headers that we read: Host,
// Accept-Language.
#ifndef INB_DESK_FORM_H
#define INB_DESK_FORM_H

#include <inbeeld/arena.h>
#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

enum { INB_FORM_MAX_BYTES = 64 * 1024, INB_FORM_MAX_FIELDS = 512, INB_FORM_MAX_NAME = 64 };

typedef struct inb_field {
    const char *name; // NUL-ended, owned by the arena
    const char *value;
    size_t length; // of the value
} inb_field;

typedef struct inb_form_data {
    const inb_field *fields;
    size_t count;
} inb_form_data;

// Parses text[0..length). A wrong form is INB_BAD_INPUT or INB_TOO_LARGE; no message holds any of
// its bytes. O(length).
inb_status inb_form_parse(const char *text, size_t length, inb_arena *arena,
    inb_form_data *ret_form, inb_error *err) INB_NODISCARD;

// The value of the only field of this name; NULL where there is none or more than one.
const char *inb_form_value(const inb_form_data *form, const char *name);

// Whether `host` (of the header) names this very server: 127.0.0.1, localhost or [::1] with `port`.
bool inb_host_allowed(const char *host, uint16_t port);

// The index of the language in `languages` (NULL-ended) that the header asks for most, by RFC 9110
// 12.5.4; 0 where it asks for none of them, is NULL or cannot be read.
size_t inb_accept_language(const char *header, const char *const *languages);

#endif
