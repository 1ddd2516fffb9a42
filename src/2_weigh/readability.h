// SPDX-License-Identifier: EUPL-1.2
// How hard a text is to read: Flesch-Douma for Dutch (Douma 1960: 206.84 - 0.77 syllables per 100
// words - 0.93 words per sentence), Flesch Reading Ease for English (Flesch 1948: 206.835 - 84.6
// syllables per word - 1.015 words per sentence). Higher is easier; 60 and more is about B1. A
// measure of word and sentence length only: it says nothing of what a reader understands.
#ifndef INB_WEIGH_READABILITY_H
#define INB_WEIGH_READABILITY_H

#include <stddef.h>

typedef struct inb_readability {
    size_t words;
    size_t sentences;
    size_t syllables;
    size_t longest; // words in the longest sentence
} inb_readability;

// Counts over UTF-8 text[0..length). Web addresses and numbers count as a word of one syllable.
// language: "nl" or "en" (others are counted as "nl"). O(length).
inb_readability inb_readability_count(const char *language, const char *text, size_t length);

// The score by the formula of `language`; 100 where there are no words.
double inb_readability_score(const char *language, const inb_readability *counts);

#endif
