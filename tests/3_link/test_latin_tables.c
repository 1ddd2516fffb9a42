// SPDX-License-Identifier: EUPL-1.2
// The tables hold what they should for each letter of an alphabet, and answer for nothing else.

#include "latin.h"

#include "inb_test.h"

#include <string.h>

// Alphabets and their official spellings, inside a word.
INB_TEST(ukrainian_alphabet) {
    // а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я, resolution 55 of 2010.
    static const struct {
        uint32_t letter;
        const char *begins, *inside;
    } table[] = {{0x430, "a", "a"}, {0x431, "b", "b"}, {0x432, "v", "v"}, {0x433, "h", "h"},
        {0x491, "g", "g"}, {0x434, "d", "d"}, {0x435, "e", "e"}, {0x454, "ye", "ie"},
        {0x436, "zh", "zh"}, {0x437, "z", "z"}, {0x438, "y", "y"}, {0x456, "i", "i"},
        {0x457, "yi", "i"}, {0x439, "y", "i"}, {0x43A, "k", "k"}, {0x43B, "l", "l"},
        {0x43C, "m", "m"}, {0x43D, "n", "n"}, {0x43E, "o", "o"}, {0x43F, "p", "p"},
        {0x440, "r", "r"}, {0x441, "s", "s"}, {0x442, "t", "t"}, {0x443, "u", "u"},
        {0x444, "f", "f"}, {0x445, "kh", "kh"}, {0x446, "ts", "ts"}, {0x447, "ch", "ch"},
        {0x448, "sh", "sh"}, {0x449, "shch", "shch"}, {0x44C, "", ""}, {0x44E, "yu", "iu"},
        {0x44F, "ya", "ia"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        ck_assert_str_eq(
            inb_cyrillic_letter(table[i].letter, INB_ALPHABET_UKRAINIAN, true), table[i].begins);
        ck_assert_str_eq(
            inb_cyrillic_letter(table[i].letter, INB_ALPHABET_UKRAINIAN, false), table[i].inside);
    }
}
INB_END

INB_TEST(languages_differ) {
    static const struct {
        uint32_t letter;
        const char *by_tongue[5]; // uk ru bg be sr
    } table[] = {{0x433, {"h", "g", "g", "h", "g"}}, {0x438, {"y", "i", "i", "i", "i"}},
        {0x439, {"i", "i", "y", "i", "j"}}, {0x445, {"kh", "kh", "h", "kh", "h"}},
        {0x449, {"shch", "shch", "sht", "shch", "shch"}}, {0x44A, {"", "ie", "a", "", ""}},
        {0x446, {"ts", "ts", "ts", "ts", "c"}}, {0x451, {"io", "e", "io", "io", "io"}},
        {0x44E, {"iu", "iu", "yu", "iu", "iu"}}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        for (int alphabet = 0; alphabet < 5; alphabet++) {
            ck_assert_str_eq(inb_cyrillic_letter(table[i].letter, (inb_alphabet)alphabet, false),
                table[i].by_tongue[alphabet]);
        }
    }
}
INB_END

INB_TEST(no_answer_for_others) {
    ck_assert_ptr_null(inb_cyrillic_letter('a', INB_ALPHABET_RUSSIAN, false));
    ck_assert_ptr_null(inb_cyrillic_letter(0x410, INB_ALPHABET_RUSSIAN, false)); // capital
    ck_assert_ptr_null(inb_cyrillic_letter(0x460, INB_ALPHABET_RUSSIAN, false));
    ck_assert_ptr_null(inb_arabic_letter('a'));
    ck_assert_ptr_null(inb_arabic_letter(0x620));
    ck_assert_ptr_null(inb_arabic_letter(0x640 - 5)); // unassigned
    ck_assert_ptr_null(inb_special_letter('l'));
    const char *consonant;
    const char *vowel;
    ck_assert(!inb_ethiopic_syllable(0x11FF, &consonant, &vowel));
    ck_assert(!inb_ethiopic_syllable(0x1358, &consonant, &vowel));
}
INB_END

INB_TEST(every_answer_is_small_ascii) {
    for (uint32_t c = 0; c < 0x1400; c++) {
        const char *texts[8] = {inb_arabic_letter(c), inb_special_letter(c)};
        size_t count = 2;
        for (int alphabet = 0; alphabet < 5; alphabet++) {
            texts[count++] = inb_cyrillic_letter(c, (inb_alphabet)alphabet, c % 2 == 0);
        }
        const char *consonant = NULL;
        const char *vowel = NULL;
        if (inb_ethiopic_syllable(c, &consonant, &vowel)) {
            ck_assert_uint_le(strlen(consonant) + strlen(vowel), 4);
            ck_assert_uint_eq(strspn(vowel, "aeiouw"), strlen(vowel));
            texts[count++] = consonant;
        }
        for (size_t i = 0; i < count; i++) {
            ck_assert(texts[i] == NULL ||
                      strspn(texts[i], "abcdefghijklmnopqrstuvwxyz") == strlen(texts[i]));
        }
    }
}
INB_END

INB_TEST(arabic_alphabet) {
    // ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ غ ف ق ك ل م ن ه
    static const struct {
        uint32_t letter;
        const char *latin;
    } table[] = {{0x627, "a"}, {0x628, "b"}, {0x62A, "t"}, {0x62B, "th"}, {0x62C, "j"},
        {0x62D, "h"}, {0x62E, "kh"}, {0x62F, "d"}, {0x630, "dh"}, {0x631, "r"}, {0x632, "z"},
        {0x633, "s"}, {0x634, "sh"}, {0x635, "s"}, {0x636, "d"}, {0x637, "t"}, {0x638, "z"},
        {0x639, ""}, {0x63A, "gh"}, {0x641, "f"}, {0x642, "q"}, {0x643, "k"}, {0x644, "l"},
        {0x645, "m"}, {0x646, "n"}, {0x647, "h"}, {0x648, "w"}, {0x649, "a"}, {0x64A, "y"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        ck_assert_str_eq(inb_arabic_letter(table[i].letter), table[i].latin);
    }
}
INB_END

INB_TEST_MAIN("3_link/latin_tables", ukrainian_alphabet, languages_differ, no_answer_for_others,
    every_answer_is_small_ascii, arabic_alphabet)
