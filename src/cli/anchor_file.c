// SPDX-License-Identifier: EUPL-1.2
// Anchors of the log in a file: a line for each chain, "CHAIN SEQUENCE HASH", to be kept elsewhere
// than the store. Whoever cuts the log or hashes it anew cannot change a file that they do not
// have.

#include "cli/cli.h"

#include <inbeeld/store.h>

#include "base/text.h"

#include <string.h>

enum { HASH_DIGITS = 2 * INB_STORE_HASH_BYTES };

static const char head[] = "inbeeld-anchor 1\n";

void inb_anchor_head(inb_buffer *text) {
    inb_buffer_text(text, head);
}

void inb_anchor_write(inb_buffer *text, const char *chain, const inb_log_anchor *anchor) {
    inb_buffer_format(text, "%s %lld ", chain, (long long)anchor->sequence);
    for (size_t i = 0; i < INB_STORE_HASH_BYTES; i++) {
        inb_buffer_format(text, "%02x", anchor->hash[i]);
    }
    inb_buffer_char(text, '\n');
}

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// A name of a chain, as the store takes it.
static bool is_code(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (c < '0' || c > '9') && c != '_' && c != '.' && c != '-') {
            return false;
        }
    }
    return length > 0 && length <= INB_STORE_CODE_MOST;
}

// line[0..length) without its end.
static bool parse(const char *line, size_t length, inb_anchor *ret_anchor) {
    const char *end = line + length;
    const char *number = memchr(line, ' ', length);
    size_t name = number == NULL ? 0 : (size_t)(number - line);
    if (!is_code(line, name)) {
        return false;
    }
    number++;
    const char *hash = memchr(number, ' ', (size_t)(end - number));
    inb_anchor anchor = {0};
    if (hash == NULL || end - (hash + 1) != HASH_DIGITS ||
        !inb_parse_int64(number, (size_t)(hash - number), &anchor.anchor.sequence) ||
        anchor.anchor.sequence < 0) {
        return false;
    }
    hash++;
    for (size_t i = 0; i < INB_STORE_HASH_BYTES; i++) {
        int high = digit(hash[2 * i]);
        int low = digit(hash[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        anchor.anchor.hash[i] = (unsigned char)(16 * high + low);
    }
    memcpy(anchor.chain, line, name);
    *ret_anchor = anchor;
    return true;
}

inb_status inb_anchor_next(const char *name, const char *text, size_t length, size_t *at,
    size_t *line, inb_anchor *ret_anchor, bool *ret_found, inb_error *err) {
    if (*at == 0) {
        *line = 1;
        if (length < sizeof head - 1 || memcmp(text, head, sizeof head - 1) != 0) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s:1:1: found something else, expected a file of anchors (inbeeld audit anchor)",
                name);
        }
        *at = sizeof head - 1;
    }
    *ret_found = *at < length;
    if (!*ret_found) {
        return INB_OK;
    }
    ++*line;
    const char *end = memchr(text + *at, '\n', length - *at);
    if (end == NULL || !parse(text + *at, (size_t)(end - text) - *at, ret_anchor)) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:%zu:1: found a damaged line, expected CHAIN SEQUENCE HASH", name, *line);
    }
    *at = (size_t)(end - text) + 1;
    return INB_OK;
}
