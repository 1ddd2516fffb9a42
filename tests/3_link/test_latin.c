// SPDX-License-Identifier: EUPL-1.2
// Texts in the scripts of this field as small ASCII: the spellings of passports, composed and
// decomposed letters alike, no byte that is not asked for, and room that is never overrun.

#include "latin.h"

#include "inb_test.h"

#include <string.h>

static const char *latin(const char *text, inb_alphabet alphabet) {
    static char out[128];
    size_t length = inb_latin(text, strlen(text), alphabet, out, sizeof out, NULL);
    ck_assert_uint_eq(length, strlen(out));
    return out;
}

// By the alphabet that the text tells.
static const char *told(const char *text) {
    bool certain;
    return latin(text, inb_alphabet_of(text, strlen(text), &certain));
}

INB_TEST(latin_letters) {
    ck_assert_str_eq(told("Wa\xC5\x82\xC4\x99sa"), "walesa");
    ck_assert_str_eq(told("\xC8\x98tefan \xC5\xA2\xC3\xA2ru"), "stefan taru");
    ck_assert_str_eq(told("M\xC3\xBCller-Stra\xC3\x9F"
                          "e"),
        "muller-strasse");
    ck_assert_str_eq(told("Mu\xCC\x88ller"), "muller"); // u and a mark
    ck_assert_str_eq(told("S\xC3\xB8rensen \xC3\x86"), "sorensen ae");
    ck_assert_str_eq(told("O\xE2\x80\x99"
                          "Brien"),
        "o'brien");
    ck_assert_str_eq(told("\xEF\xBC\xA1\xEF\xBD\x82"), "ab"); // full width
    ck_assert_str_eq(told("\xC4\xB2sbrand"), "ijsbrand");
    ck_assert_str_eq(told("Nguy\xE1\xBB\x85n"), "nguyen"); // two marks
    ck_assert_str_eq(told("a\xE2\x80\x93"
                          "b\xC2\xA0"
                          "c\xC2\xAD"
                          "d"),
        "a-b cd");
    ck_assert_str_eq(told("a\xFF\xC3"), "a"); // invalid bytes
}
INB_END

INB_TEST(cyrillic_by_language) {
    ck_assert_str_eq(told("Юлія Ковальчук"), "yuliia kovalchuk");
    ck_assert_str_eq(told("Згурський Євген"), "zghurskyi yevhen");
    ck_assert_str_eq(told("Сергій"), "serhii");
    ck_assert_str_eq(latin("Сергей", INB_ALPHABET_RUSSIAN), "sergei");
    ck_assert_str_eq(told("Сыроежкин"), "syroezhkin"); // ы tells
    ck_assert_str_eq(told("Щербакова Эмилия"), "shcherbakova emiliia");
    ck_assert_str_eq(told("Българов Ангел"), "balgarov angel");
    ck_assert_str_eq(latin("Щерев Христо", INB_ALPHABET_BULGARIAN), "shterev hristo");
    ck_assert_str_eq(told("Ђорђевић Љиљана"), "djordjevic ljiljana");
    ck_assert_str_eq(told("Быкаў Ігар"), "bykau ihar");
    ck_assert_str_eq(told("Сергии\xCC\x86"), "serhyi"); // й in two code points; г as Ukrainian
}
INB_END

INB_TEST(which_language) {
    static const struct {
        const char *text;
        inb_alphabet alphabet;
        bool certain;
    } cases[] = {{"Ivan", INB_ALPHABET_UKRAINIAN, false}, {"Ольга", INB_ALPHABET_UKRAINIAN, false},
        {"Їжак", INB_ALPHABET_UKRAINIAN, true}, {"Ковальська", INB_ALPHABET_UKRAINIAN, true},
        {"Крылов", INB_ALPHABET_RUSSIAN, true}, {"Подъячев", INB_ALPHABET_RUSSIAN, true},
        {"Първанов", INB_ALPHABET_BULGARIAN, true}, {"Быкаў", INB_ALPHABET_BELARUSIAN, true},
        {"Крыжэвіч", INB_ALPHABET_BELARUSIAN, true}, {"Јовић", INB_ALPHABET_SERBIAN, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool certain;
        inb_alphabet alphabet = inb_alphabet_of(cases[i].text, strlen(cases[i].text), &certain);
        ck_assert_msg(
            alphabet == cases[i].alphabet && certain == cases[i].certain, "%s", cases[i].text);
    }
}
INB_END

INB_TEST(arabic_without_vowels) {
    ck_assert_str_eq(told("محمد"), "mhmd");
    ck_assert_str_eq(told("مُحَمَّد"), "muhamad"); // with its vowels written
    ck_assert_str_eq(told("أحمد"), "ahmd");
    ck_assert_str_eq(told("محمود"), "mhmud");
    ck_assert_str_eq(told("مروان"), "mrwan");
    ck_assert_str_eq(told("يوسف"), "yusf");
    ck_assert_str_eq(told("علي"), "ali");
    ck_assert_str_eq(told("فاطمة"), "fatma");
    ck_assert_str_eq(told("عبد الرحمن"), "abd al-rhmn");
    ck_assert_str_eq(told("حسين الأسد"), "hsin al-asd");
    ck_assert_str_eq(told("ال"), "al");
    ck_assert_str_eq(told("گلی"), "gli"); // Persian letters
    inb_latin_notes notes;
    char out[64];
    ck_assert(
        inb_latin("محمد", strlen("محمد"), INB_ALPHABET_UKRAINIAN, out, sizeof out, &notes) == 4);
    ck_assert(notes.bare && !notes.cyrillic && !notes.ethiopic && !notes.foreign);
}
INB_END

INB_TEST(ethiopic_syllables) {
    ck_assert_str_eq(told("ሰላም"), "selam");
    ck_assert_str_eq(told("ተስፋይ"), "tesfay");
    ck_assert_str_eq(told("ገብረ ኪዳነ"), "gebre kidane");
    ck_assert_str_eq(told("ሓጎስ"), "hagos");
    ck_assert_str_eq(told("ሚካኤል"), "mikael");
    ck_assert_str_eq(told("አብርሃም"), "abrham");
    ck_assert_str_eq(told("ዮሃንስ"), "yohans");
}
INB_END

INB_TEST(other_scripts_are_kept) {
    inb_latin_notes notes;
    char out[64];
    ck_assert(inb_latin("ΓΙΩΡΓΟΣ", strlen("ΓΙΩΡΓΟΣ"), INB_ALPHABET_UKRAINIAN, out, sizeof out,
                  &notes) > 0);
    ck_assert(notes.foreign);
    ck_assert_str_eq(out, "γιωργοσ");
    ck_assert_str_eq(told("\xE2\x98\x83"), " "); // a snowman is no letter
}
INB_END

INB_TEST(room) {
    char out[16];
    const char *text = "щщщщ"; // four letters, sixteen bytes
    memset(out, '#', sizeof out);
    ck_assert(inb_latin(text, strlen(text), INB_ALPHABET_RUSSIAN, out, 16, NULL) == SIZE_MAX);
    ck_assert(inb_latin("щщщ", strlen("щщщ"), INB_ALPHABET_RUSSIAN, out, 13, NULL) == 12);
    ck_assert(inb_latin("щщщ", strlen("щщщ"), INB_ALPHABET_RUSSIAN, out, 12, NULL) == SIZE_MAX);
    ck_assert(inb_latin("abc", 3, INB_ALPHABET_RUSSIAN, out, 3, NULL) == SIZE_MAX);
    ck_assert(inb_latin("abc", 3, INB_ALPHABET_RUSSIAN, out, 4, NULL) == 3);
    ck_assert(inb_latin("", 0, INB_ALPHABET_RUSSIAN, out, 1, NULL) == 0);
    ck_assert(inb_latin("", 0, INB_ALPHABET_RUSSIAN, out, 0, NULL) == SIZE_MAX);
}
INB_END

INB_TEST_MAIN("3_link/latin", latin_letters, cyrillic_by_language, which_language,
    arabic_without_vowels, ethiopic_syllables, other_scripts_are_kept, room)
