// SPDX-License-Identifier: EUPL-1.2
// Words, sentences and syllables of texts counted by hand, in Dutch and English, and the two
// formulas at values worked out on paper.

#include "readability.h"

#include "inb_test.h"

#include <string.h>

static const struct {
    const char *language, *text;
    size_t words, sentences, syllables, longest;
} cases[] = {
    {"nl", "", 0, 0, 0, 0}, {"nl", " \n ", 0, 0, 0, 0}, {"nl", "?!", 0, 0, 0, 0},
    {"nl", "kat", 1, 1, 1, 1}, {"nl", "De kat slaapt.", 3, 1, 3, 3},
    {"nl", "De kat slaapt. De hond niet!", 6, 2, 6, 3}, {"nl", "Wie? Ik; jij: wij", 4, 4, 4, 1},
    {"nl", "altijd mijn", 2, 1, 3, 2}, // "ij" is one sound
    {"nl", "bijenkorf", 1, 1, 2, 1},   // i-j-e: one group of vowels by this rule
    {"nl", "jij", 1, 1, 1, 1},         // a j that begins is no vowel
    {"nl", "ja", 1, 1, 1, 1},
    {"nl", "be\xc3\xafnvloeden", 1, 1, 4, 1}, // a trema begins a new syllable
    {"nl", "idee\xc3\xabn", 1, 1, 3, 1}, {"nl", "co\xc3\xb6rdinator", 1, 1, 5, 1},
    {"nl", "caf\xc3\xa9 \xc3\xa9\xc3\xa9n", 2, 1, 3, 2}, {"nl", "\xc3\x89\xc3\xa9n", 1, 1, 1, 1},
    {"nl", "na\xe2\x80\x99s", 1, 1, 1, 1}, // another sign is no vowel
    {"nl", "KAT", 1, 1, 1, 1},
    {"nl", "112 0800-5151", 2, 1, 2, 2},              // a number is a word of one syllable
    {"nl", "www.politie.nl/aangifte nu", 2, 1, 2, 2}, // an address too
    {"nl", "een.twee", 1, 1, 1, 1}, {"nl", "Zin een.\nZin twee.", 4, 2, 4, 2},
    {"nl", "psst", 1, 1, 1, 1},  // no vowel: one syllable all the same
    {"en", "make", 1, 1, 1, 1},  // a silent e
    {"en", "table", 1, 1, 2, 1}, // after an l it sounds
    {"en", "the", 1, 1, 1, 1}, {"en", "be", 1, 1, 1, 1}, {"en", "see", 1, 1, 1, 1},
    {"en", "bijou", 1, 1, 2, 1}, // no "ij" in English
    {"en", "You can ask for help.", 5, 1, 5, 5}, {"en", "person, possible victim", 3, 1, 7, 3},
    {"xx", "mijn", 1, 1, 1, 1}, // another language is counted as Dutch
};

INB_TEST(counted_by_hand) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_readability counts =
            inb_readability_count(cases[i].language, cases[i].text, strlen(cases[i].text));
        ck_assert_msg(counts.words == cases[i].words && counts.sentences == cases[i].sentences &&
                          counts.syllables == cases[i].syllables &&
                          counts.longest == cases[i].longest,
            "%s '%s': %zu words, %zu sentences, %zu syllables, longest %zu", cases[i].language,
            cases[i].text, counts.words, counts.sentences, counts.syllables, counts.longest);
    }
}
INB_END

// Only text[0..length) is read, and a word of any length and broken UTF-8 are words.
INB_TEST(odd_texts) {
    inb_readability counts = inb_readability_count("nl", "kat hond", 3);
    ck_assert_uint_eq(counts.words, 1);
    static char longest[500];
    memset(longest, 'a', sizeof longest - 1);
    counts = inb_readability_count("nl", longest, sizeof longest - 1);
    ck_assert_uint_eq(counts.words, 1);
    counts = inb_readability_count("nl", "\xff\xfe kat\xc3", 7);
    ck_assert_uint_eq(counts.words, 1);
}
INB_END

INB_TEST(scores) {
    inb_readability counts = {.words = 10, .sentences = 1, .syllables = 15, .longest = 10};
    INB_NEAR_ABS(inb_readability_score("nl", &counts), 206.84 - 77.0 * 1.5 - 9.3, 1e-9);
    INB_NEAR_ABS(inb_readability_score("en", &counts), 206.835 - 84.6 * 1.5 - 10.15, 1e-9);
    inb_readability none = {0};
    INB_NEAR_ABS(inb_readability_score("en", &none), 100, 0);
    counts.syllables = 16; // more syllables, longer sentences: harder
    ck_assert(inb_readability_score("nl", &counts) < 206.84 - 77.0 * 1.5 - 9.3);
}
INB_END

INB_TEST_MAIN("2_weigh/readability", counted_by_hand, odd_texts, scores)
