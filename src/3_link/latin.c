// SPDX-License-Identifier: EUPL-1.2
// Text to small ASCII letters: one pass over code points, composed by ICU as they come, then a
// table of the script, or ICU's full compatibility decomposition (Unicode Standard Annex 15)
// without marks.

#include "latin.h"

#include "base/text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

typedef struct writer {
    char *out;
    size_t size, length;
    bool full;
    inb_latin_notes notes;
} writer;

static void put(writer *w, const char *text, size_t length) {
    if (w->full || length >= w->size - w->length) {
        w->full = true;
        return;
    }
    memcpy(w->out + w->length, text, length);
    w->length += length;
}

static void put_text(writer *w, const char *text) {
    put(w, text, strlen(text));
}

static bool is_mark(UChar32 c) {
    return ((uint32_t)U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

static bool is_letter(UChar32 c) {
    return c > 0 && (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

static bool is_arabic(UChar32 c) {
    return c >= 0x600 && c <= 0x6FF;
}

enum { ALEF = 0x627, LAM = 0x644, WAW = 0x648, YEH = 0x64A, FARSI_YEH = 0x6CC, ALEF_MADDA = 0x622 };

// True where an Arabic letter was written: waw and yaa are consonants at the start of a word and
// beside a long a, else long vowels.
static bool put_arabic(writer *w, UChar32 before, UChar32 c, UChar32 after) {
    const char *letter = inb_arabic_letter((uint32_t)c);
    if (letter == NULL) {
        return false;
    }
    w->notes.bare = true;
    bool begins = !is_letter(before);
    bool beside_a = before == ALEF || before == ALEF_MADDA || after == ALEF || after == ALEF_MADDA;
    if (c == WAW && !begins && !beside_a) {
        letter = "u";
    } else if ((c == YEH || c == FARSI_YEH) && !begins && (!beside_a || !is_letter(after))) {
        letter = "i";
    } else if (c == 0x639 && begins) {
        letter = "a"; // ain at the start carries a vowel
    }
    put_text(w, letter);
    return true;
}

static void put_other(writer *w, UChar32 c, int depth);

// The letters of a compatibility decomposition; false where there is none.
static bool put_decomposed(writer *w, UChar32 c, int depth) {
    UErrorCode failed = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&failed);
    UChar parts[20]; // U+FDFA has the longest decomposition of all, 18
    int32_t count = U_FAILURE(failed) ? -1
                                      : unorm2_getDecomposition(nfkc, c, parts,
                                            (int32_t)(sizeof parts / sizeof parts[0]), &failed);
    if (U_FAILURE(failed) || count <= 0 || depth > 2) {
        return false;
    }
    for (int32_t at = 0; at < count;) {
        uint32_t part = parts[at++];
        if ((part & 0xFC00) == 0xD800 && at < count) { // the first of a pair
            part = 0x10000 + ((part & 0x3FF) << 10) + (parts[at++] & 0x3FF);
        }
        put_other(w, (UChar32)part, depth + 1);
    }
    return true;
}

// A code point on its own, without regard to its neighbours.
static void put_other(writer *w, UChar32 c, int depth) {
    c = u_tolower(c);
    if (c < 0x80) {
        char byte = (char)(c < 0x20 || c == 0x7F ? ' ' : c);
        put(w, &byte, 1);
        return;
    }
    const char *letter = inb_special_letter((uint32_t)c);
    int32_t digit = u_charDigitValue(c);
    if (letter == NULL && is_arabic(c)) {
        letter = inb_arabic_letter((uint32_t)c);
        w->notes.bare = w->notes.bare || letter != NULL;
    }
    if (letter != NULL) {
        put_text(w, letter);
    } else if (digit >= 0) {
        char byte = (char)('0' + digit);
        put(w, &byte, 1);
    } else if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2BC || c == 0x2B9 || c == 0x60 ||
               c == 0xB4 || c == 0x2032) {
        put(w, "'", 1);
    } else if (c == 0xAD || is_mark(c) || u_charType(c) == U_FORMAT_CHAR) {
        // nothing is seen of it
    } else if (u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212) {
        put(w, "-", 1);
    } else if (!put_decomposed(w, c, depth)) {
        if (is_letter(c)) {
            char bytes[4];
            put(w, bytes, inb_utf8_put((uint32_t)c, bytes));
            w->notes.foreign = true;
        } else {
            put(w, " ", 1);
        }
    }
}

// The next code point, with the marks that ICU can compose into it; 0 at the end.
static UChar32 next_point(const char *text, size_t length, size_t *at) {
    while (*at < length) {
        size_t width = inb_utf8_width(text + *at, length - *at);
        if (width == 0) { // an invalid byte
            (*at)++;
            continue;
        }
        int32_t inside = 0;
        UChar32 c;
        U8_NEXT_UNSAFE((const uint8_t *)text + *at, inside, c);
        *at += width;
        UErrorCode failed = U_ZERO_ERROR;
        const UNormalizer2 *nfc = c < 0x41 ? NULL : unorm2_getNFCInstance(&failed);
        while (
            nfc != NULL && U_SUCCESS(failed) && *at < length && (unsigned char)text[*at] >= 0x80) {
            size_t more = inb_utf8_width(text + *at, length - *at);
            UChar32 mark = 0;
            inside = 0;
            if (more > 0) {
                U8_NEXT_UNSAFE((const uint8_t *)text + *at, inside, mark);
            }
            UChar32 both =
                more > 0 && is_mark(mark) ? unorm2_composePair(nfc, c, mark) : U_SENTINEL;
            if (both < 0) {
                break;
            }
            c = both;
            *at += more;
        }
        return c == 0 ? ' ' : c;
    }
    return 0;
}

static UChar32 peek(const char *text, size_t length, size_t at) {
    return next_point(text, length, &at);
}

size_t inb_latin(const char *text, size_t length, inb_alphabet alphabet, char *out, size_t size,
    inb_latin_notes *ret_notes) {
    writer w = {.out = out, .size = size, .full = size == 0};
    size_t at = 0;
    UChar32 before = 0;
    for (UChar32 c; !w.full && (c = next_point(text, length, &at)) != 0; before = c) {
        if (c < 0x80) {
            char byte = (char)(c < 0x20 || c == 0x7F  ? ' '
                               : c == '`'             ? '\''
                               : c >= 'A' && c <= 'Z' ? c - 'A' + 'a'
                                                      : c);
            put(&w, &byte, 1);
            continue;
        }
        UChar32 small = u_tolower(c);
        bool begins = !is_letter(before);
        const char *letter = inb_cyrillic_letter((uint32_t)small, alphabet, begins);
        const char *vowel = NULL;
        if (letter != NULL) {
            // зг is "zgh", lest it reads as zh.
            bool zgh = small == 0x433 && alphabet == INB_ALPHABET_UKRAINIAN && before == 0x437;
            put_text(&w, zgh ? "gh" : letter);
            w.notes.cyrillic = true;
        } else if (c == ALEF && begins && peek(text, length, at) == LAM) {
            (void)next_point(text, length, &at); // the article, where a word follows it
            put_text(&w, is_letter(peek(text, length, at)) ? "al-" : "al");
            w.notes.bare = true;
            small = '-'; // the word begins here
        } else if (is_arabic(c) && put_arabic(&w, before, c, peek(text, length, at))) {
            // written
        } else if (inb_ethiopic_syllable((uint32_t)c, &letter, &vowel)) {
            put_text(&w, letter);
            put_text(&w, vowel);
            w.notes.ethiopic = true;
        } else {
            put_other(&w, c, 0);
        }
        c = small;
    }
    if (w.full) {
        return SIZE_MAX;
    }
    out[w.length] = '\0';
    if (ret_notes != NULL) {
        *ret_notes = w.notes;
    }
    return w.length;
}

inb_alphabet inb_alphabet_of(const char *text, size_t length, bool *ret_certain) {
    size_t at = 0;
    bool dotted = false, ukrainian = false, belarusian = false, serbian = false, russian = false;
    bool bulgarian = false;
    UChar32 before = 0;
    for (UChar32 c; (c = u_tolower(next_point(text, length, &at))) != 0; before = c) {
        UChar32 after = u_tolower(peek(text, length, at));
        dotted = dotted || c == 0x456;                                     // і
        ukrainian = ukrainian || c == 0x457 || c == 0x454 || c == 0x491 || // ї є ґ
                    (c == 0x44C && before != 0x43B && after == 0x43A);     // ськ, зьк, цьк
        belarusian = belarusian || c == 0x45E;                             // ў
        russian = russian || c == 0x44B || c == 0x44D || c == 0x451;       // ы э ё
        serbian = serbian || (c >= 0x452 && c <= 0x45F && c != 0x454 && c != 0x456 && c != 0x457 &&
                                 c != 0x45D && c != 0x45E); // ђ ѓ ѕ ј љ њ ћ ќ џ
        if (c == 0x44A) { // ъ is a vowel in Bulgarian, in Russian it stands before е ё ю я
            bool soft = after == 0x435 || after == 0x451 || after == 0x44E || after == 0x44F;
            russian = russian || soft;
            bulgarian = bulgarian || !soft;
        }
    }
    *ret_certain = dotted || ukrainian || belarusian || serbian || russian || bulgarian;
    return belarusian || (dotted && russian) ? INB_ALPHABET_BELARUSIAN
           : serbian                         ? INB_ALPHABET_SERBIAN
           : dotted || ukrainian             ? INB_ALPHABET_UKRAINIAN
           : bulgarian                       ? INB_ALPHABET_BULGARIAN
           : russian                         ? INB_ALPHABET_RUSSIAN
                                             : INB_ALPHABET_UKRAINIAN;
}
