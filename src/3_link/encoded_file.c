// SPDX-License-Identifier: EUPL-1.2
// The file of an encoded list: a head of lines that a person can read, an empty line, then ids (NUL
// after each), filters and tokens, each as one block. Whatever two lists must share to be linked
// stands in the head, and nothing is read past what it announces.

#include <inbeeld/encoded.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[] = "inbeeld-encoded ";
static const char magic_line[] = "inbeeld-encoded 1\n";

enum { FILE_MOST_MB = 16384 };

size_t inb_encoded_group_of(unsigned groups, inb_encoded_field field) {
    static const unsigned char of_three[INB_ENCODED_FIELDS] = {0, 1, 1, 0, 0, 1, 2, 2, 2, 2, 2};
    static const unsigned char of_four[INB_ENCODED_FIELDS] = {0, 1, 1, 0, 0, 1, 2, 2, 3, 3, 3};
    static const unsigned char of_five[INB_ENCODED_FIELDS] = {0, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4};
    switch (groups) {
    case 1:
        return 0;
    case 3:
        return of_three[field];
    case 4:
        return of_four[field];
    case 5:
        return of_five[field];
    default:
        return SIZE_MAX;
    }
}

void inb_encoded_clear(inb_encoded *encoded) {
    inb_free(encoded->id_at);
    inb_free(encoded->ids);
    inb_free(encoded->filters);
    inb_free(encoded->tokens);
    *encoded = (inb_encoded){0};
}

const char *inb_encoded_id(const inb_encoded *encoded, size_t record) {
    return encoded->ids + encoded->id_at[record];
}

bool inb_encoded_is(const char *path) {
    char start[sizeof magic];
    struct stat at;
    if (stat(path, &at) != 0 || !S_ISREG(at.st_mode)) {
        return false; // what is taken out of a pipe is gone
    }
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    ssize_t got = read(file, start, sizeof magic - 1);
    (void)close(file);
    return got == (ssize_t)sizeof magic - 1 && memcmp(start, magic, sizeof magic - 1) == 0;
}

void inb_encoded_write(const inb_encoded *encoded, inb_buffer *out) {
    const inb_encoded_about *about = &encoded->about;
    inb_buffer_text(out, magic_line);
    inb_buffer_format(
        out, "key %s %u %s\n", about->key_kind, (unsigned)about->key_version, about->key_print);
    inb_buffer_format(out, "holder %u %s\n", (unsigned)about->holder_version,
        about->holder_print[0] == '\0' ? "-" : about->holder_print);
    inb_buffer_format(out, "groups %u\nbits %u\nfolded %u\nsalted %u\nnoise %u\n", about->groups,
        about->bits, about->folded, about->salted, about->noise);
    inb_buffer_format(out, "fields %u\nexacts %u\nrecords %zu\n\n", (unsigned)about->fields,
        (unsigned)about->exacts, encoded->count);
    inb_buffer_add(out, encoded->ids, encoded->id_at[encoded->count]);
    inb_buffer_add(out, (const char *)encoded->filters, encoded->count * encoded->filter_bytes);
    inb_buffer_add(out, (const char *)encoded->tokens,
        encoded->count * encoded->token_count * INB_ENCODED_TOKEN_BYTES);
}

// ---- reading ----

struct reading {
    const char *name;
    const char *data;
    size_t length;
    size_t at;
    size_t line;
};

static inb_status wrong(const struct reading *reading, const char *expected, inb_error *err) {
    return inb_fail(err, INB_BAD_INPUT, "%s:%zu:1: found a head out of order, expected %s",
        reading->name, reading->line, expected);
}

// The words after `word` on the next line, at most `most` of them, NUL-ended in `text`.
static inb_status next_line(struct reading *reading, const char *word, size_t count,
    char text[static 128], char *ret_words[], inb_error *err) {
    reading->line++;
    const char *from = reading->data + reading->at;
    size_t left = reading->length - reading->at;
    const char *end = memchr(from, '\n', left < 127 ? left : 127);
    size_t length = end == NULL ? 0 : (size_t)(end - from);
    if (end == NULL || memchr(from, '\0', length) != NULL) {
        return wrong(reading, word, err);
    }
    memcpy(text, from, length);
    text[length] = '\0';
    reading->at += length + 1;
    size_t skip = strlen(word);
    char *at = text;
    if (strncmp(at, word, skip) != 0) {
        return wrong(reading, word, err);
    }
    at += skip;
    for (size_t i = 0; i < count; i++) {
        if (*at != ' ') {
            return wrong(reading, word, err);
        }
        *at++ = '\0';
        ret_words[i] = at;
        at += strcspn(at, " ");
        if (at == ret_words[i]) {
            return wrong(reading, word, err);
        }
    }
    return *at == '\0' ? INB_OK : wrong(reading, word, err);
}

static inb_status next_number(struct reading *reading, const char *word, int64_t least,
    int64_t most, int64_t *ret_value, inb_error *err) {
    char text[128];
    char *words[1];
    INB_TRY(next_line(reading, word, 1, text, words, err));
    if (!inb_parse_int64(words[0], strlen(words[0]), ret_value) || *ret_value < least ||
        *ret_value > most) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:%zu:1: found a number out of range, expected '%s' from %lld to %lld", reading->name,
            reading->line, word, (long long)least, (long long)most);
    }
    return INB_OK;
}

static bool is_print(const char *text) {
    size_t length = strlen(text);
    return length < INB_ENCODED_PRINT_MOST && strspn(text, "0123456789abcdef-") == length;
}

static inb_status read_keys(struct reading *reading, inb_encoded_about *about, inb_error *err) {
    char text[128];
    char *words[3];
    int64_t version = 0;
    INB_TRY(next_line(reading, "key", 3, text, words, err));
    bool known = strcmp(words[0], "hit") == 0 || strcmp(words[0], "count") == 0 ||
                 strcmp(words[0], "team") == 0;
    if (!known || !inb_parse_int64(words[1], strlen(words[1]), &version) || version < 1 ||
        version > UINT32_MAX || !is_print(words[2])) {
        return wrong(reading, "the kind, version and fingerprint of a key", err);
    }
    memcpy(about->key_kind, words[0], strlen(words[0]) + 1);
    about->key_version = (uint32_t)version;
    memcpy(about->key_print, words[2], strlen(words[2]) + 1);
    INB_TRY(next_line(reading, "holder", 2, text, words, err));
    if (!inb_parse_int64(words[0], strlen(words[0]), &version) || version < 0 ||
        version > UINT32_MAX || !is_print(words[1]) ||
        (version == 0) != (strcmp(words[1], "-") == 0)) {
        return wrong(reading, "the version and fingerprint of a key holder, or '0 -'", err);
    }
    about->holder_version = (uint32_t)version;
    if (version != 0) {
        memcpy(about->holder_print, words[1], strlen(words[1]) + 1);
    }
    return INB_OK;
}

static inb_status read_head(struct reading *reading, inb_encoded *encoded, inb_error *err) {
    inb_encoded_about *about = &encoded->about;
    size_t same = sizeof magic_line - 1;
    reading->line = 1;
    if (reading->length < same || memcmp(reading->data, magic_line, same) != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found something else or another version, expected an encoded list of "
            "inbeeld, version 1",
            reading->name);
    }
    reading->at = same;
    INB_TRY(read_keys(reading, about, err));
    int64_t groups = 0;
    int64_t bits = 0;
    int64_t folded = 0;
    int64_t salted = 0;
    int64_t noise = 0;
    int64_t fields = 0;
    int64_t exacts = 0;
    int64_t records = 0;
    INB_TRY(next_number(reading, "groups", 1, INB_ENCODED_GROUPS_MOST, &groups, err));
    if (inb_encoded_group_of((unsigned)groups, INB_ENCODED_GIVEN) == SIZE_MAX) {
        return wrong(reading, "1, 3, 4 or 5 groups", err);
    }
    INB_TRY(next_number(reading, "bits", 512, 1024, &bits, err));
    if (bits != 512 && bits != 1024) {
        return wrong(reading, "512 or 1024 bits", err);
    }
    INB_TRY(next_number(reading, "folded", 0, 1, &folded, err));
    INB_TRY(next_number(reading, "salted", 0, 1, &salted, err));
    INB_TRY(next_number(reading, "noise", 0, 5000, &noise, err));
    INB_TRY(next_number(reading, "fields", 0, (1 << INB_ENCODED_FIELDS) - 1, &fields, err));
    INB_TRY(next_number(reading, "exacts", 0, (1 << INB_ENCODED_EXACTS) - 1, &exacts, err));
    INB_TRY(next_number(reading, "records", 0, INB_ENCODED_RECORDS_MOST, &records, err));
    if ((exacts != 0) != (about->holder_version != 0)) {
        return wrong(reading, "tokens and a key holder together", err);
    }
    char text[128];
    INB_TRY(next_line(reading, "", 0, text, NULL, err));
    about->groups = (unsigned)groups;
    about->bits = (unsigned)bits;
    about->folded = folded != 0;
    about->salted = salted != 0;
    about->noise = (unsigned)noise;
    about->fields = (uint32_t)fields;
    about->exacts = (uint32_t)exacts;
    encoded->count = (size_t)records;
    encoded->filter_bytes = about->groups * (about->bits / 8);
    encoded->token_count = (size_t)__builtin_popcount(about->exacts);
    return INB_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inb_status ids_differ(const inb_encoded *encoded, const char *name, inb_error *err) {
    INB_CLEANUP(inb_freep) const char **sorted = inb_alloc(encoded->count, sizeof *sorted);
    if (sorted == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for an encoded list");
    }
    for (size_t i = 0; i < encoded->count; i++) {
        sorted[i] = inb_encoded_id(encoded, i);
    }
    qsort(sorted, encoded->count, sizeof *sorted, by_text);
    for (size_t i = 1; i < encoded->count; i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0) {
            return inb_fail(
                err, INB_BAD_INPUT, "%s: found two records with one id, expected one", name);
        }
    }
    return INB_OK;
}

static inb_status read_body(struct reading *reading, inb_encoded *encoded, inb_error *err) {
    size_t left = reading->length - reading->at;
    size_t token_bytes = encoded->token_count * INB_ENCODED_TOKEN_BYTES;
    size_t fixed = encoded->count * (encoded->filter_bytes + token_bytes);
    // Every id has at least one byte and its NUL.
    if (fixed > left || left - fixed < 2 * encoded->count) {
        return inb_fail(err, INB_BAD_INPUT, "%s: found a file that is cut, expected %zu records",
            reading->name, encoded->count);
    }
    size_t id_bytes = left - fixed;
    encoded->id_at = inb_alloc(encoded->count + 1, sizeof *encoded->id_at);
    encoded->ids = inb_alloc(id_bytes, 1);
    encoded->filters = inb_alloc(encoded->count, encoded->filter_bytes);
    encoded->tokens = inb_alloc(encoded->count, token_bytes);
    if (encoded->id_at == NULL || encoded->ids == NULL || encoded->filters == NULL ||
        encoded->tokens == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for an encoded list");
    }
    const char *body = reading->data + reading->at;
    memcpy(encoded->ids, body, id_bytes);
    memcpy(encoded->filters, body + id_bytes, encoded->count * encoded->filter_bytes);
    memcpy(encoded->tokens, body + id_bytes + encoded->count * encoded->filter_bytes,
        encoded->count * token_bytes);
    size_t at = 0;
    for (size_t i = 0; i < encoded->count; i++) {
        const char *end = memchr(encoded->ids + at, '\0', id_bytes - at);
        size_t length = end == NULL ? 0 : (size_t)(end - encoded->ids) - at;
        if (length == 0 || length > INB_ENCODED_ID_MOST ||
            inb_utf8_valid(encoded->ids + at, length) != length) {
            return inb_fail(err, INB_BAD_INPUT, "%s: found no good id for record %zu of %zu",
                reading->name, i + 1, encoded->count);
        }
        encoded->id_at[i] = at;
        at += length + 1;
    }
    encoded->id_at[encoded->count] = at;
    if (at != id_bytes) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found more bytes than its %zu records need, expected a whole file", reading->name,
            encoded->count);
    }
    return ids_differ(encoded, reading->name, err);
}

inb_status inb_encoded_parse(
    const char *name, const void *data, size_t length, inb_encoded *ret_encoded, inb_error *err) {
    struct reading reading = {.name = name, .data = data, .length = length};
    INB_CLEANUP(inb_encoded_clear) inb_encoded encoded = {0};
    INB_TRY(read_head(&reading, &encoded, err));
    INB_TRY(read_body(&reading, &encoded, err));
    *ret_encoded = encoded;
    encoded = (inb_encoded){0};
    return INB_OK;
}

inb_status inb_encoded_read(const char *path, inb_encoded *ret_encoded, inb_error *err) {
    INB_CLEANUP(inb_freep) char *data = NULL;
    size_t length = 0;
    INB_TRY(inb_read_file(path, (size_t)FILE_MOST_MB << 20, &data, &length, err));
    return inb_encoded_parse(path, data, length, ret_encoded, err);
}

inb_status inb_encoded_same(const inb_encoded_about *a, const char *name_a,
    const inb_encoded_about *b, const char *name_b, inb_error *err) {
    const char *what = NULL;
    if (strcmp(a->key_print, b->key_print) != 0 || a->key_version != b->key_version ||
        strcmp(a->key_kind, b->key_kind) != 0) {
        what = "keys";
    } else if (a->groups != b->groups || a->bits != b->bits || a->folded != b->folded) {
        what = "groups or sizes of filters";
    } else if (a->salted != b->salted) {
        what = "salts: one with the birth year, one without";
    } else if (a->exacts != 0 && b->exacts != 0 &&
               (strcmp(a->holder_print, b->holder_print) != 0 ||
                   a->holder_version != b->holder_version)) {
        what = "keys of the key holder";
    }
    if (what != NULL) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s and %s: found lists encoded with different %s (%s key version %u, %s key "
            "version %u), expected the same",
            name_a, name_b, what, a->key_kind, (unsigned)a->key_version, b->key_kind,
            (unsigned)b->key_version);
    }
    return INB_OK;
}
