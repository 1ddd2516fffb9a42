// SPDX-License-Identifier: EUPL-1.2
// The exact value of a person: the parts of the whole name in Latin letters, in the order of the
// alphabet, with the full date of birth. Name order, prefixes in a column of their own, accents and
// scripts make no difference; a typing error does: finding those is the work of comparing.

#include <inbeeld/date.h>
#include <inbeeld/normalise.h>

#include "base/alloc.h"

#include "latin.h"

#include <string.h>

enum { PARTS_MOST = 12, PART_LEAST = 2 };

struct parts {
    char text[INB_EXACT_SIZE];
    size_t used;
    const char *part[PARTS_MOST];
    size_t length[PARTS_MOST];
    size_t count;
    bool full;
};

static bool is_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

// Adds the parts of one text; "van der" stands first or last, in a field of its own or not.
static void add_parts(struct parts *parts, const char *text) {
    if (text == NULL || parts->full) {
        return;
    }
    bool certain;
    size_t length = strlen(text);
    char *at = parts->text + parts->used;
    size_t written = inb_latin(text, length, inb_alphabet_of(text, length, &certain), at,
        sizeof parts->text - parts->used, NULL);
    if (written == SIZE_MAX) {
        parts->full = true;
        return;
    }
    parts->used += written;
    for (size_t i = 0; i < written;) {
        size_t from = i;
        while (i < written && is_part(at[i])) {
            i++;
        }
        if (i > from && parts->count == PARTS_MOST) {
            parts->full = true;
            return;
        }
        if (i > from) {
            parts->part[parts->count] = at + from;
            parts->length[parts->count++] = i - from;
        }
        i += i == from ? 1 : 0;
    }
}

static int compare(const struct parts *parts, size_t a, size_t b) {
    size_t shorter = parts->length[a] < parts->length[b] ? parts->length[a] : parts->length[b];
    int order = memcmp(parts->part[a], parts->part[b], shorter);
    return order != 0
               ? order
               : (parts->length[a] > parts->length[b]) - (parts->length[a] < parts->length[b]);
}

static void sort(struct parts *parts) {
    for (size_t i = 1; i < parts->count; i++) {
        for (size_t j = i; j > 0 && compare(parts, j, j - 1) < 0; j--) {
            const char *part = parts->part[j];
            size_t length = parts->length[j];
            parts->part[j] = parts->part[j - 1];
            parts->length[j] = parts->length[j - 1];
            parts->part[j - 1] = part;
            parts->length[j - 1] = length;
        }
    }
}

static void wipe(struct parts *parts) {
    explicit_bzero(parts, sizeof *parts);
}

bool inb_exact_person(const inb_person *person, char ret_value[INB_EXACT_SIZE]) {
    inb_date born;
    if (person->birth_date == NULL ||
        !inb_date_parse(person->birth_date, strlen(person->birth_date), &born) || born.day == 0) {
        return false;
    }
    INB_CLEANUP(wipe) struct parts parts = {.used = 0};
    bool apart = person->surname != NULL || person->given_name != NULL;
    add_parts(&parts, apart ? person->given_name : person->name);
    add_parts(&parts, apart ? person->prefix : NULL);
    add_parts(&parts, apart ? person->surname : NULL);
    sort(&parts);
    char value[INB_EXACT_SIZE] = {0};
    size_t used = 0;
    size_t telling = 0; // parts longer than an initial
    for (size_t i = 0; i < parts.count; i++) {
        if (parts.full || used + parts.length[i] + 1 + 11 > sizeof value) {
            return false;
        }
        memcpy(value + used, parts.part[i], parts.length[i]);
        used += parts.length[i];
        value[used++] = '-';
        telling += parts.length[i] >= PART_LEAST ? 1 : 0;
    }
    if (telling < 2) {
        explicit_bzero(value, sizeof value);
        return false;
    }
    inb_date_format(born, value + used);
    memcpy(ret_value, value, sizeof value);
    explicit_bzero(value, sizeof value);
    return true;
}
