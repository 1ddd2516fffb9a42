// SPDX-License-Identifier: EUPL-1.2
// Names of agencies and employers: words, without the legal form. Legal forms are the rows of
// data/names/legal_forms.csv, which is looked through in place: nothing is loaded, nothing can
// fail.

#include "agency_name.h"

#include "base/assets.h"
#include "base/text.h"
#include "latin.h"

#include <string.h>

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

// Where the folded text says "trading as", its first byte, else its end.
static const char *trading_as(const char *text, const char **ret_after) {
    static const char *const words[] = {
        "h.o.d.n.", "h.o.d.n", "hodn ", "handelend onder de naam", "t/a ", "trading as ", "d/b/a "};
    const char *end = text + strlen(text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *at = strstr(text, words[i]);
        if (at != NULL && at != text && !is_word(at[-1])) {
            *ret_after = at + strlen(words[i]);
            return at;
        }
    }
    *ret_after = end;
    return end;
}

// Splits text[0..end) into words; points between single letters join them ("b.v." is "bv").
static void split_words(const char *text, const char *end, inb_agency_name *name) {
    size_t used = 0;
    bool single = false; // the last word is letters joined by points
    bool point = false;
    for (const char *at = text; at < end;) {
        if (!is_word(*at)) {
            point = *at == '.' && at > text && is_word(at[-1]);
            bool joins = *at == '\'' && at > text && is_word(at[-1]);
            if (joins) { // "mc'donald" is one word
                at++;
                single = name->count > 0;
                continue;
            }
            single = single && point;
            at++;
            continue;
        }
        const char *start = at;
        while (at < end && is_word(*at)) {
            at++;
        }
        size_t length = (size_t)(at - start);
        bool joins = single && name->count > 0 && (length == 1 || start[-1] == '\'');
        if (used + length >= sizeof name->text || (!joins && name->count == INB_AGENCY_WORDS)) {
            break;
        }
        memcpy(name->text + used, start, length);
        if (joins) {
            name->words[name->count - 1].length =
                (uint8_t)(name->words[name->count - 1].length + length);
        } else {
            name->words[name->count++] = (inb_agency_word){(uint8_t)used, (uint8_t)length};
        }
        used += length;
        single = length == 1 && at < end && *at == '.';
        point = false;
    }
    name->text[used] = '\0';
}

bool inb_legal_form(const char *text, size_t length, bool at_start) {
    const inb_asset *table = inb_asset_find("data/names/legal_forms.csv");
    const char *line = table == NULL ? NULL : table->data;
    const char *end = table == NULL ? NULL : table->data + table->length;
    for (; line != NULL && line < end;) {
        const char *comma = memchr(line, ',', (size_t)(end - line));
        const char *next = memchr(line, '\n', (size_t)(end - line));
        if (comma != NULL && (size_t)(comma - line) == length && memcmp(line, text, length) == 0) {
            const char *where = comma + 1;
            bool both = memcmp(where, "both,", 5) == 0;
            return both ||
                   (at_start ? memcmp(where, "start,", 6) == 0 : memcmp(where, "end,", 4) == 0);
        }
        line = next == NULL ? NULL : next + 1;
    }
    return false;
}

// How many words from the start (or the end) of words first .. last-1 are a legal form.
static size_t form_width(const inb_agency_name *name, size_t first, size_t last, bool at_start) {
    for (size_t width = 4; width > 0; width--) {
        if (width > last - first) {
            continue;
        }
        size_t from = at_start ? first : last - width;
        const inb_agency_word *begin = &name->words[from];
        const inb_agency_word *finish = &name->words[from + width - 1];
        size_t length = (size_t)(finish->at + finish->length - begin->at);
        if (inb_legal_form(name->text + begin->at, length, at_start)) {
            return width;
        }
    }
    return 0;
}

static bool is_and(const inb_agency_name *name, const inb_agency_word *w) {
    static const char *const words[] = {"en", "and", "und", "et", "i", "si", "y", "und"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (inb_equals(name->text + w->at, w->length, words[i])) {
            return true;
        }
    }
    return false;
}

static void strip(inb_agency_name *name) {
    size_t first = 0;
    size_t last = name->count;
    for (size_t width; last > first && (width = form_width(name, first, last, false)) > 0;) {
        last -= width;
    }
    for (size_t width; last > first && (width = form_width(name, first, last, true)) > 0;) {
        first += width;
    }
    size_t kept = 0;
    for (size_t i = first; i < last; i++) {
        bool inner = i > first && i + 1 < last;
        if (!inner || !is_and(name, &name->words[i])) {
            name->words[kept++] = name->words[i];
        }
    }
    name->count = kept;
}

bool inb_agency_read(
    const char *text, size_t length, inb_agency_name *ret_name, inb_agency_name *ret_other) {
    char folded[256];
    *ret_name = (inb_agency_name){.count = 0};
    *ret_other = (inb_agency_name){.count = 0};
    bool certain;
    inb_alphabet alphabet = inb_alphabet_of(text, length, &certain);
    if (inb_latin(text, length, alphabet, folded, sizeof folded, NULL) == SIZE_MAX) {
        return false;
    }
    const char *after;
    const char *end = trading_as(folded, &after);
    split_words(folded, end, ret_name);
    strip(ret_name);
    split_words(after, after + strlen(after), ret_other);
    strip(ret_other);
    return ret_name->count > 0;
}

size_t inb_agency_join(const inb_agency_name *name, char ret_joined[INB_EXACT_SIZE]) {
    size_t used = 0;
    for (size_t i = 0; i < name->count; i++) {
        const inb_agency_word *w = &name->words[i];
        if (used + w->length >= INB_EXACT_SIZE) {
            return SIZE_MAX;
        }
        memcpy(ret_joined + used, name->text + w->at, w->length);
        used += w->length;
    }
    ret_joined[used] = '\0';
    return used;
}

bool inb_exact_agency(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    inb_agency_name name;
    inb_agency_name other;
    char joined[INB_EXACT_SIZE];
    if (!inb_agency_read(text, length, &name, &other)) {
        return false;
    }
    size_t size = inb_agency_join(&name, joined);
    if (size == SIZE_MAX || size < 2) {
        return false;
    }
    memcpy(ret_value, joined, size + 1);
    return true;
}
