// SPDX-License-Identifier: EUPL-1.2
// The text of a keyring. "inbeeld-keyring 1 NAME", then a line an entry, "ID MONTH KEY" with KEY
// sealed under the team's key in base64, or "-" where it was erased; last "check CHECK": keyed
// BLAKE2b over all before it, so that no entry is left out, put back or marked without the key.

#include "keyring_i.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    CHECK_BYTES = 32,
    VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
    SEALED_KEY = INB_SEAL_OVERHEAD + INB_SEAL_BLOCK, // of 32 bytes
    SEALED_TEXT = sodium_base64_ENCODED_LEN(SEALED_KEY, VARIANT),
    CHECK_TEXT = sodium_base64_ENCODED_LEN(CHECK_BYTES, VARIANT),
    ABOUT = 48
};

static const char start[] = "inbeeld-keyring 1 ";
static const char last[] = "check ";

inb_status inb_i_ring_new(inb_i_ring **ret_ring, inb_error *err) {
    inb_i_ring *ring = sodium_malloc(sizeof *ring);
    if (ring == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a keyring");
    }
    sodium_memzero(ring, sizeof *ring);
    *ret_ring = ring;
    return INB_OK;
}

void inb_i_ring_freep(inb_i_ring **ring) {
    sodium_free(*ring);
}

// ---- what binds a key to its place ----

static void about_ring(const char *name, char ret_text[ABOUT]) {
    (void)snprintf(ret_text, ABOUT, "keyring %s", name);
}

static void about_entry(const inb_i_ring_entry *entry, char ret_text[ABOUT]) {
    char month[11];
    inb_date_format(entry->month, month);
    (void)snprintf(ret_text, ABOUT, "%" PRId64 " %s", entry->id, month);
}

static void check_of(
    const inb_keys *team, const char *text, size_t length, unsigned char ret_check[CHECK_BYTES]) {
    (void)crypto_generichash(
        ret_check, CHECK_BYTES, (const unsigned char *)text, length, team->ring, sizeof team->ring);
}

// ---- writing ----

void inb_i_ring_check(const inb_keys *team, inb_buffer *out) {
    unsigned char check[CHECK_BYTES];
    char text[CHECK_TEXT];
    check_of(team, inb_buffer_get(out), out->length, check);
    (void)sodium_bin2base64(text, sizeof text, check, sizeof check, VARIANT);
    inb_buffer_format(out, "%s%s\n", last, text);
}

inb_status inb_i_ring_write(
    const inb_keys *team, const inb_i_ring *ring, inb_buffer *out, inb_error *err) {
    char record[ABOUT];
    about_ring(ring->name, record);
    inb_buffer_format(out, "%s%s\n", start, ring->name);
    for (size_t i = 0; i < ring->count; i++) {
        const inb_i_ring_entry *entry = &ring->entries[i];
        unsigned char sealed[SEALED_KEY];
        char text[SEALED_TEXT] = "-";
        char field[ABOUT];
        about_entry(entry, field);
        if (!entry->erased) {
            INB_TRY(inb_seal(team, record, field, entry->key, sizeof entry->key, sealed, err));
            (void)sodium_bin2base64(text, sizeof text, sealed, sizeof sealed, VARIANT);
        }
        inb_buffer_format(out, "%s %s\n", field, text);
    }
    INB_TRY(inb_buffer_check(out, err)); // before what is hashed
    inb_i_ring_check(team, out);
    return inb_buffer_check(out, err);
}

// ---- reading ----

// A line that ends with its line end; false where there is none.
static bool take_line(const char **at, const char *end, const char **ret_line, size_t *ret_length) {
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    if (stop == NULL) {
        return false;
    }
    *ret_line = *at;
    *ret_length = (size_t)(stop - *at);
    *at = stop + 1;
    return true;
}

// Leading bytes of text that are among `letters`.
static size_t span(const char *text, size_t length, const char *letters) {
    size_t count = 0;
    while (count < length && text[count] != '\0' && strchr(letters, text[count]) != NULL) {
        count++;
    }
    return count;
}

static bool is_name(const char *text, size_t length) {
    return length == INB_KEYRING_NAME - 1 && span(text, length, "0123456789abcdef") == length;
}

static bool decode(const char *text, size_t length, unsigned char *ret_bytes, size_t size) {
    size_t got = 0;
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return length == sodium_base64_ENCODED_LEN(size, VARIANT) - 1 &&
           span(text, length, letters) == length && // libsodium 1.0.18 takes more
           sodium_base642bin(ret_bytes, size, text, length, NULL, &got, NULL, VARIANT) == 0 &&
           got == size;
}

// "ID MONTH KEY", in the one way that it is written.
static bool parse_entry(const inb_keys *team, const char *record, const char *line, size_t length,
    inb_i_ring_entry *ret_entry) {
    const char *month = memchr(line, ' ', length);
    inb_i_ring_entry entry = {0};
    char field[ABOUT];
    if (month == NULL || !inb_parse_int64(line, (size_t)(month - line), &entry.id) ||
        entry.id < 1) {
        return false;
    }
    month++;
    size_t left = length - (size_t)(month - line);
    if (left < 9 || month[7] != ' ' || !inb_date_parse(month, 7, &entry.month)) {
        return false;
    }
    about_entry(&entry, field);
    size_t about = (size_t)(month + 7 - line);
    if (strlen(field) != about || memcmp(field, line, about) != 0) {
        return false; // written otherwise: +1, 01
    }
    const char *text = month + 8;
    left -= 8;
    entry.erased = inb_equals(text, left, "-");
    if (!entry.erased) {
        unsigned char sealed[SEALED_KEY];
        char plain[SEALED_KEY];
        size_t got = 0;
        bool good =
            decode(text, left, sealed, sizeof sealed) &&
            inb_unseal(team, record, field, sealed, sizeof sealed, plain, &got, NULL) == INB_OK &&
            got == sizeof entry.key;
        if (good) {
            memcpy(entry.key, plain, sizeof entry.key);
        }
        sodium_memzero(plain, sizeof plain);
        if (!good) {
            return false;
        }
    }
    *ret_entry = entry;
    sodium_memzero(&entry, sizeof entry);
    return true;
}

static bool known(const inb_i_ring *ring, int64_t id) {
    for (size_t i = 0; i < ring->count; i++) {
        if (ring->entries[i].id == id) {
            return true;
        }
    }
    return false;
}

// The last line, which must be right for all that stands before it.
static bool check_is_right(const inb_keys *team, const char *text, size_t length) {
    const size_t last_length = sizeof last - 1 + CHECK_TEXT - 1 + 1;
    unsigned char own[CHECK_BYTES];
    unsigned char given[CHECK_BYTES];
    if (length < last_length) {
        return false;
    }
    size_t before = length - last_length;
    const char *line = text + before;
    check_of(team, text, before, own);
    return (before == 0 || text[before - 1] == '\n') && memcmp(line, last, sizeof last - 1) == 0 &&
           text[length - 1] == '\n' &&
           decode(line + sizeof last - 1, CHECK_TEXT - 1, given, sizeof given) &&
           sodium_memcmp(own, given, sizeof own) == 0;
}

static bool parse(const inb_keys *team, const char *text, size_t length, inb_i_ring *ring) {
    const char *at = text;
    const char *line;
    size_t size;
    char record[ABOUT];
    if (!check_is_right(team, text, length)) {
        return false;
    }
    const char *end = text + length - (sizeof last - 1 + CHECK_TEXT);
    if (!take_line(&at, end, &line, &size) || size < sizeof start - 1 ||
        memcmp(line, start, sizeof start - 1) != 0 ||
        !is_name(line + sizeof start - 1, size - (sizeof start - 1))) {
        return false;
    }
    memcpy(ring->name, line + sizeof start - 1, INB_KEYRING_NAME - 1);
    ring->name[INB_KEYRING_NAME - 1] = '\0';
    ring->count = 0;
    about_ring(ring->name, record);
    while (at < end) {
        if (ring->count == INB_KEYRING_MOST || !take_line(&at, end, &line, &size)) {
            return false;
        }
        inb_i_ring_entry *entry = &ring->entries[ring->count];
        if (!parse_entry(team, record, line, size, entry) || known(ring, entry->id)) {
            return false;
        }
        ring->count++;
    }
    return true;
}

inb_status inb_i_ring_parse(const inb_keys *team, const char *path, const char *text, size_t length,
    inb_i_ring *ring, inb_error *err) {
    if (!parse(team, text, length, ring)) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found something else, or a keyring that is damaged or of another key, expected "
            "the keyring of this store",
            path);
    }
    return INB_OK;
}
