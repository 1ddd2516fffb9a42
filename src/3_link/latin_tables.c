// SPDX-License-Identifier: EUPL-1.2
// Letters to Latin. Ukrainian: Cabinet of Ministers resolution 55 of 27 January 2010; Russian and
// Belarusian: ICAO Doc 9303-3 section 6 B; Bulgarian: Transliteration Act 2009; Serbian and
// Macedonian: Gaj's letters without marks; Arabic: one letter a consonant, after UNGEGN 1972
// without its marks; Ethiopic: rows of the Unicode block with the vowels that Eritrean and
// Ethiopian papers use.

#include "latin.h"

#include <stddef.h>

typedef struct cyrillic {
    const char *common; // Ukrainian's, and of all whose own column is NULL
    const char *russian, *bulgarian, *belarusian, *serbian;
} cyrillic;

// U+0430 .. U+045F.
static const cyrillic cyrillic_letters[] = {
    {"a", NULL, NULL, NULL, NULL},       // а
    {"b", NULL, NULL, NULL, NULL},       // б
    {"v", NULL, NULL, NULL, NULL},       // в
    {"h", "g", "g", "h", "g"},           // г
    {"d", NULL, NULL, NULL, NULL},       // д
    {"e", NULL, NULL, NULL, NULL},       // е
    {"zh", NULL, NULL, NULL, "z"},       // ж
    {"z", NULL, NULL, NULL, NULL},       // з
    {"y", "i", "i", "i", "i"},           // и
    {"i", "i", "y", "i", "j"},           // й
    {"k", NULL, NULL, NULL, NULL},       // к
    {"l", NULL, NULL, NULL, NULL},       // л
    {"m", NULL, NULL, NULL, NULL},       // м
    {"n", NULL, NULL, NULL, NULL},       // н
    {"o", NULL, NULL, NULL, NULL},       // о
    {"p", NULL, NULL, NULL, NULL},       // п
    {"r", NULL, NULL, NULL, NULL},       // р
    {"s", NULL, NULL, NULL, NULL},       // с
    {"t", NULL, NULL, NULL, NULL},       // т
    {"u", NULL, NULL, NULL, NULL},       // у
    {"f", NULL, NULL, NULL, NULL},       // ф
    {"kh", "kh", "h", "kh", "h"},        // х
    {"ts", NULL, NULL, NULL, "c"},       // ц
    {"ch", NULL, NULL, NULL, "c"},       // ч
    {"sh", NULL, NULL, NULL, "s"},       // ш
    {"shch", "shch", "sht", NULL, NULL}, // щ
    {"", "ie", "a", NULL, NULL},         // ъ
    {"y", NULL, NULL, NULL, NULL},       // ы
    {"", "", "y", "", ""},               // ь
    {"e", NULL, NULL, NULL, NULL},       // э
    {"iu", "iu", "yu", NULL, NULL},      // ю
    {"ia", "ia", "ya", NULL, NULL},      // я
    {"e", NULL, NULL, NULL, NULL},       // ѐ
    {"io", "e", NULL, NULL, NULL},       // ё
    {"dj", NULL, NULL, NULL, NULL},      // ђ
    {"gj", NULL, NULL, NULL, NULL},      // ѓ
    {"ie", NULL, NULL, NULL, NULL},      // є
    {"dz", NULL, NULL, NULL, NULL},      // ѕ
    {"i", NULL, NULL, NULL, NULL},       // і
    {"i", NULL, NULL, NULL, NULL},       // ї
    {"j", NULL, NULL, NULL, NULL},       // ј
    {"lj", NULL, NULL, NULL, NULL},      // љ
    {"nj", NULL, NULL, NULL, NULL},      // њ
    {"c", NULL, NULL, NULL, NULL},       // ћ
    {"kj", NULL, NULL, NULL, NULL},      // ќ
    {"i", NULL, NULL, NULL, NULL},       // ѝ
    {"u", NULL, NULL, NULL, NULL},       // ў
    {"dz", NULL, NULL, NULL, NULL},      // џ
};

const char *inb_cyrillic_letter(uint32_t c, inb_alphabet alphabet, bool begins) {
    if (c == 0x491) { // ґ
        return "g";
    }
    if (c < 0x430 || c > 0x45F) {
        return NULL;
    }
    if (begins && alphabet == INB_ALPHABET_UKRAINIAN) { // a glide is written at the start of a word
        switch (c) {
        case 0x454: // є
            return "ye";
        case 0x457: // ї
            return "yi";
        case 0x439: // й
            return "y";
        case 0x44E: // ю
            return "yu";
        case 0x44F: // я
            return "ya";
        default:
            break;
        }
    }
    const cyrillic *row = &cyrillic_letters[c - 0x430];
    const char *own = alphabet == INB_ALPHABET_RUSSIAN      ? row->russian
                      : alphabet == INB_ALPHABET_BULGARIAN  ? row->bulgarian
                      : alphabet == INB_ALPHABET_BELARUSIAN ? row->belarusian
                      : alphabet == INB_ALPHABET_SERBIAN    ? row->serbian
                                                            : NULL;
    return own == NULL ? row->common : own;
}

const char *inb_arabic_letter(uint32_t c) {
    // U+0621 .. U+064A; waw and yaa by their place in latin.c.
    static const char *const letters[] = {"", "a", "a", "u", "i", "i", "a", "b", "a", "t", "th",
        "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "", "gh", NULL, NULL,
        NULL, NULL, NULL, "", "f", "q", "k", "l", "m", "n", "h", "w", "a", "y"};
    if (c >= 0x621 && c <= 0x64A) {
        return letters[c - 0x621];
    }
    switch (c) {
    case 0x64B: // marks for short vowels, where somebody wrote them
    case 0x64E:
        return "a";
    case 0x64C:
    case 0x64F:
        return "u";
    case 0x64D:
    case 0x650:
        return "i";
    case 0x671:
        return "a";
    case 0x67E: // Persian, Urdu, Kurdish, Pashto
        return "p";
    case 0x686:
        return "ch";
    case 0x698:
        return "zh";
    case 0x6A9:
    case 0x643:
        return "k";
    case 0x6AF:
        return "g";
    case 0x6A4:
        return "v";
    case 0x6BA:
        return "n";
    case 0x6BE:
    case 0x6C1:
    case 0x6D5:
        return "h";
    case 0x6C3:
        return "a";
    case 0x6C6:
        return "o";
    case 0x6CC:
    case 0x6CE:
    case 0x6D2:
        return "y";
    case 0x679:
        return "t";
    case 0x688:
        return "d";
    case 0x691:
        return "r";
    default:
        return NULL;
    }
}

const char *inb_special_letter(uint32_t c) {
    switch (c) {
    case 0x142: // ł
        return "l";
    case 0xF8: // ø
        return "o";
    case 0x111: // đ
    case 0xF0:  // ð
        return "d";
    case 0xFE: // þ
        return "th";
    case 0xDF: // ß
        return "ss";
    case 0xE6: // æ
        return "ae";
    case 0x153: // œ
        return "oe";
    case 0x131: // ı
        return "i";
    case 0x259: // ə
        return "a";
    case 0x127: // ħ
        return "h";
    case 0x14B: // ŋ
        return "n";
    case 0x167: // ŧ
        return "t";
    case 0x192: // ƒ
        return "f";
    default:
        return NULL;
    }
}

bool inb_ethiopic_syllable(uint32_t c, const char **ret_consonant, const char **ret_vowel) {
    // Consonants of U+1200, U+1208 …; a labialised row has its own sound at 0, 2, 3, 4, 5.
    static const char *const rows[] = {"h", "l", "h", "m", "s", "r", "s", "sh", "q", "qw", "q",
        "qw", "b", "v", "t", "ch", "h", "hw", "n", "gn", "", "k", "kw", "h", "hw", "w", "", "z",
        "zh", "y", "d", "d", "j", "g", "gw", "g", "t", "ch", "p", "ts", "ts", "f", "p"};
    static const char *const vowels[8] = {"e", "u", "i", "a", "e", "", "o", "wa"};
    if (c < 0x1200 || c > 0x1357) {
        return false;
    }
    uint32_t row = (c - 0x1200) / 8;
    uint32_t order = (c - 0x1200) % 8;
    const char *consonant = rows[row];
    const char *vowel = vowels[order];
    // Rows that are sounded in the throat: the first order is "a", the sixth keeps a vowel.
    bool throat = row == 0 || row == 2 || row == 16 || row == 20 || row == 26;
    if (throat && order == 0) {
        vowel = "a";
    } else if ((row == 20 || row == 26) && order == 5) {
        vowel = "i";
    }
    *ret_consonant = consonant;
    *ret_vowel = vowel;
    return true;
}
