// SPDX-License-Identifier: EUPL-1.2
// Spellings to sounds: the longest pattern first, from left to right, then what all languages do
// (doubled letters, glides, last letters). The patterns are the ways in which passports and offices
// of this field's countries write the same letters (docs/methods/names.md).

#include "name_reduce.h"

#include <stdbool.h>
#include <string.h>

enum { CONT = 1 << INB_CONTINENTAL, ENGL = 1 << INB_ENGLISH, FREN = 1 << INB_FRENCH };
enum { ALL = CONT | ENGL | FREN };

typedef struct pattern {
    const char *letters;
    const char *sounds;
    int readings;
} pattern;

// By first letter, longer ones first.
static const pattern patterns[] = {
    {"aa", "a", ALL},
    {"ae", "a", CONT},
    {"ae", "e", ENGL | FREN},
    {"cqu", "k", ALL},
    {"chtch", "X", ALL},
    {"ck", "k", ALL},
    {"cz", "C", ALL},
    {"ch", "h", CONT},
    {"ch", "C", ENGL},
    {"ch", "S", FREN},
    {"dsch", "J", ALL},
    {"dzh", "J", ALL},
    {"dzj", "J", ALL},
    {"dj", "J", ALL},
    {"dh", "d", ALL},
    {"dt", "t", ALL},
    {"ee", "e", CONT},
    {"ee", "i", ENGL | FREN},
    {"gh", "g", ALL},
    {"gue", "ge", FREN},
    {"gui", "gi", FREN},
    {"kh", "h", ALL},
    {"oo", "u", ALL},
    {"ou", "u", ALL},
    {"oe", "u", CONT | FREN},
    {"oe", "o", ENGL},
    {"ph", "f", ALL},
    {"qu", "k", ALL},
    {"rh", "r", ALL},
    {"schtsch", "X", ALL},
    {"shtsch", "X", ALL},
    {"shtch", "X", ALL},
    {"shch", "X", ALL},
    {"sjtsj", "X", ALL},
    {"szcz", "X", ALL},
    {"sch", "S", ALL},
    {"sh", "S", ALL},
    {"sj", "S", ALL},
    {"sz", "S", ALL},
    {"tsch", "C", ALL},
    {"tch", "C", ALL},
    {"tsj", "C", ALL},
    {"tj", "C", ALL},
    {"ts", "c", ALL},
    {"tz", "c", ALL},
    {"th", "t", ALL},
    {"ue", "u", CONT},
    {"wh", "v", ALL},
    {"zh", "J", ALL},
    {"zj", "J", ALL},
};

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static const pattern *match(const char *text, size_t left, int reading) {
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        const pattern *p = &patterns[i];
        if (p->letters[0] != text[0] || (p->readings & reading) == 0) {
            continue;
        }
        size_t width = strlen(p->letters);
        if (width <= left && memcmp(p->letters, text, width) == 0) {
            return p;
        }
    }
    return NULL;
}

// One letter without a pattern.
static const char *letter(const char *text, size_t left, enum inb_reading reading) {
    bool front = left > 1 && (text[1] == 'e' || text[1] == 'i' || text[1] == 'y');
    switch (text[0]) {
    case 'c':
        return !front ? "k" : reading == INB_CONTINENTAL ? "c" : "s";
    case 'j':
        return reading == INB_CONTINENTAL ? "i" : "J";
    case 'q':
        return "k";
    case 'w':
        return "v";
    case 'x':
        return "ks";
    case 'y':
        return "i";
    case '\'':
        return "";
    default:
        return NULL; // itself
    }
}

// Adds sounds without doubling the last.
static size_t add(char *out, size_t used, const char *sounds, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool doubled = used > 0 && out[used - 1] == sounds[i];
        if (!doubled && used < INB_REDUCED_SIZE - 1) {
            out[used++] = sounds[i];
        }
    }
    return used;
}

// Glides before e that some alphabets write and others do not (Ekaterina, Yekaterina; Andreev,
// Andreyev), and a last h (Fatimah).
static size_t finish(char *out, size_t used) {
    size_t kept = 0;
    for (size_t i = 0; i < used; i++) {
        bool glide = out[i] == 'i' && i + 1 < used && out[i + 1] == 'e' &&
                     (i == 0 || (kept > 0 && is_vowel(out[kept - 1])));
        bool doubled = kept > 0 && out[kept - 1] == out[i];
        if (!glide && !doubled) {
            out[kept++] = out[i];
        }
    }
    if (kept > 2 && out[kept - 1] == 'h') {
        kept--;
    }
    return kept;
}

size_t inb_name_reduce(
    const char *text, size_t length, enum inb_reading reading, char out[static INB_REDUCED_SIZE]) {
    size_t used = 0;
    for (size_t at = 0; at < length;) {
        // Only at the start: "Christina", not "Bouchra".
        bool chr = at == 0 && length > 2 && memcmp(text, "chr", 3) == 0;
        bool off = length - at == 2 && at > 2 && memcmp(text + at, "ff", 2) == 0;
        if (chr || off) { // "Ivanoff"
            used = add(out, used, chr ? "kr" : "v", chr ? 2 : 1);
            at += chr ? 3 : 2;
            continue;
        }
        const pattern *p = match(text + at, length - at, 1 << reading);
        if (p != NULL) {
            used = add(out, used, p->sounds, strlen(p->sounds));
            at += strlen(p->letters);
            continue;
        }
        const char *sounds = letter(text + at, length - at, reading);
        used =
            sounds == NULL ? add(out, used, text + at, 1) : add(out, used, sounds, strlen(sounds));
        at++;
    }
    return finish(out, used);
}

size_t inb_name_skeleton(const char *reduced, size_t length, char out[static INB_REDUCED_SIZE]) {
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        char c = reduced[i];
        if (is_vowel(c) || c == 'v' || (c == 'h' && i + 1 == length)) {
            continue;
        }
        out[used++] = (char)(c == 'c' ? 's' : c);
    }
    return used;
}

int inb_name_ambiguous(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        char next = i + 1 < length ? text[i + 1] : '\0';
        if (c == 'j' || c == 'c' ||
            (next == 'e' && (c == 'a' || c == 'e' || c == 'o' || c == 'u')) ||
            (c == 'g' && next == 'u')) {
            return 1;
        }
    }
    return 0;
}

uint32_t inb_name_number(const char *text, size_t length) {
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3U;
    }
    hash ^= hash >> 32;
    uint32_t number = (uint32_t)(hash * 0x9E3779B97F4A7C15U >> 32);
    return number == 0 ? 1 : number;
}
