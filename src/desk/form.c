// SPDX-License-Identifier: EUPL-1.2
// Parses what a browser sends: form bodies by the URL standard (url.spec.whatwg.org, 5.1, with its
// leniencies left out), the Host header, and Accept-Language by RFC 9110. Written for fuzz_http.

#include "form.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

// Decodes text[0..length) into the arena; unlike browsers it refuses a stray %, NUL and bytes that
// are not UTF-8, which no form of ours sends.
static inb_status decode(const char *text, size_t length, inb_arena *arena, const char **ret_text,
    size_t *ret_length, inb_error *err) {
    char *out = inb_arena_get(arena, length + 1, 1);
    if (out == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a form");
    }
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < length ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < length ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return inb_fail(err, INB_BAD_INPUT, "form: found a %% without two digits");
            }
            c = (char)(high << 4 | low);
            i += 2;
        }
        if (c == '\0') {
            return inb_fail(err, INB_BAD_INPUT, "form: found a zero byte");
        }
        out[n++] = c;
    }
    if (inb_utf8_valid(out, n) != n) {
        return inb_fail(err, INB_BAD_INPUT, "form: found text that is not UTF-8");
    }
    *ret_text = out;
    *ret_length = n;
    return INB_OK;
}

inb_status inb_form_parse(
    const char *text, size_t length, inb_arena *arena, inb_form_data *ret_form, inb_error *err) {
    if (length > INB_FORM_MAX_BYTES) {
        return inb_fail(err, INB_TOO_LARGE, "form: found more than %d bytes", INB_FORM_MAX_BYTES);
    }
    size_t most = 0;
    for (size_t i = 0; i < length; i++) {
        most += text[i] == '&';
    }
    most = length == 0 ? 0 : most + 1;
    if (most > INB_FORM_MAX_FIELDS) {
        return inb_fail(err, INB_TOO_LARGE, "form: found more than %d fields", INB_FORM_MAX_FIELDS);
    }
    inb_field *fields = inb_arena_get(arena, most + 1, sizeof *fields);
    if (fields == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a form");
    }
    size_t count = 0;
    for (size_t from = 0; from < length;) {
        const char *ampersand = memchr(text + from, '&', length - from);
        size_t end = ampersand == NULL ? length : (size_t)(ampersand - text);
        const char *equals = memchr(text + from, '=', end - from);
        if (equals == NULL) {
            return inb_fail(err, INB_BAD_INPUT, "form: found a field without a value");
        }
        size_t name_length = (size_t)(equals - (text + from));
        inb_field *field = &fields[count];
        size_t decoded = 0;
        INB_TRY(decode(text + from, name_length, arena, &field->name, &decoded, err));
        if (decoded == 0 || decoded > INB_FORM_MAX_NAME) {
            return inb_fail(err, INB_BAD_INPUT, "form: found a field whose name is empty or long");
        }
        INB_TRY(decode(
            equals + 1, end - from - name_length - 1, arena, &field->value, &field->length, err));
        count++;
        from = end + 1;
    }
    ret_form->fields = fields;
    ret_form->count = count;
    return INB_OK;
}

const char *inb_form_value(const inb_form_data *form, const char *name) {
    const char *found = NULL;
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].name, name) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = form->fields[i].value;
        }
    }
    return found;
}

bool inb_host_allowed(const char *host, uint16_t port) {
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "%s:%u", names[i], (unsigned)port);
        if (strcasecmp(host, wanted) == 0 || (port == 80 && strcasecmp(host, names[i]) == 0)) {
            return true;
        }
    }
    return false;
}

// A weight "1", "0.8", "0.125" in thousandths; -1 where it is not one.
static int quality(const char *text, size_t length) {
    if (length == 0 || length > 5 || (text[0] != '0' && text[0] != '1')) {
        return -1;
    }
    int value = (text[0] - '0') * 1000;
    if (length > 1 && text[1] != '.') {
        return -1;
    }
    int step = 100;
    for (size_t i = 2; i < length; i++, step /= 10) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value += (text[i] - '0') * step;
    }
    return value <= 1000 ? value : -1;
}

size_t inb_accept_language(const char *header, const char *const *languages) {
    size_t best = 0;
    int best_quality = 0;
    for (const char *at = header; at != NULL && *at != '\0';) {
        at += strspn(at, " \t,");
        size_t length = strcspn(at, ",");
        size_t tag = strcspn(at, "-;, \t");
        const char *weight = memmem(at, length, "q=", 2);
        int q = 1000;
        if (weight != NULL) {
            size_t rest = length - (size_t)(weight + 2 - at);
            while (rest > 0 && (weight[1 + rest] == ' ' || weight[1 + rest] == '\t')) {
                rest--;
            }
            q = quality(weight + 2, rest);
        }
        for (size_t i = 0; languages[i] != NULL; i++) {
            bool same = tag == strlen(languages[i]) && strncasecmp(at, languages[i], tag) == 0;
            if (same && q > best_quality) {
                best = i;
                best_quality = q;
            }
        }
        at += length;
    }
    return best;
}
