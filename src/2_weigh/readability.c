// SPDX-License-Identifier: EUPL-1.2
// Words, sentences and syllables by simple rules: a syllable is a group of vowels, "ij" is one, a
// vowel with a trema starts a new one; in English a final silent e is none. See readability.h.

#include "readability.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

// The plain letter of a code point, 0 for what is no letter: é -> e, ï -> 'I' (a new syllable).
static char plain_letter(const char *at, size_t width) {
    static const struct {
        const char *from;
        char to;
    } marked[] = {{"é", 'e'}, {"è", 'e'}, {"ê", 'e'}, {"ë", 'E'}, {"ï", 'I'}, {"ö", 'O'},
        {"ü", 'U'}, {"á", 'a'}, {"à", 'a'}, {"ó", 'o'}, {"í", 'i'}, {"ú", 'u'}, {"ä", 'A'},
        {"ç", 'c'}, {"É", 'e'}};
    if (width == 1) {
        char c = *at;
        return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c >= 'a' && c <= 'z' ? c : '\0';
    }
    for (size_t i = 0; i < sizeof marked / sizeof marked[0]; i++) {
        if (strlen(marked[i].from) == width && memcmp(marked[i].from, at, width) == 0) {
            return marked[i].to;
        }
    }
    return 'x'; // another letter or sign: no vowel
}

static bool is_vowel(char c) {
    return strchr("aeiouyAEIOU", c) != NULL; // c is a letter
}

struct counter {
    inb_readability counts;
    size_t in_sentence;
    bool english;
    char word[64]; // plain letters of the current word
    size_t letters;
    bool other; // the word holds digits or signs
};

static size_t syllables(const struct counter *c) {
    size_t count = 0;
    bool in_vowels = false;
    for (size_t i = 0; i < c->letters; i++) {
        char letter = c->word[i];
        bool vowel = is_vowel(letter);
        bool starts_new = letter <= 'Z';
        bool ij = !c->english && letter == 'j' && i > 0 && c->word[i - 1] == 'i';
        if (vowel && (!in_vowels || starts_new)) {
            count++;
        }
        in_vowels = vowel || ij;
    }
    bool silent_e = c->english && c->letters > 2 && c->word[c->letters - 1] == 'e' &&
                    !is_vowel(c->word[c->letters - 2]) && c->word[c->letters - 2] != 'l';
    count -= silent_e && count > 1 ? 1 : 0;
    return count == 0 ? 1 : count;
}

static void end_word(struct counter *c) {
    if (c->letters > 0 || c->other) {
        c->counts.words++;
        c->in_sentence++;
        c->counts.syllables += c->other ? 1 : syllables(c);
    }
    c->letters = 0;
    c->other = false;
}

static void end_sentence(struct counter *c) {
    if (c->in_sentence > 0) {
        c->counts.sentences++;
        c->counts.longest = c->in_sentence > c->counts.longest ? c->in_sentence : c->counts.longest;
    }
    c->in_sentence = 0;
}

inb_readability inb_readability_count(const char *language, const char *text, size_t length) {
    struct counter c = {.english = strcmp(language, "en") == 0};
    for (size_t at = 0; at < length;) {
        size_t width = inb_utf8_width(text + at, length - at);
        width = width == 0 ? 1 : width;
        char byte = text[at];
        bool before_blank =
            at + width >= length || text[at + width] == ' ' || text[at + width] == '\n';
        char letter = plain_letter(text + at, width);
        if (byte == ' ' || byte == '\n') {
            end_word(&c);
        } else if (letter != '\0' && c.letters < sizeof c.word) {
            c.word[c.letters++] = letter;
        } else if ((byte >= '0' && byte <= '9') ||
                   ((byte == '/' || byte == '.') && !before_blank)) {
            c.other = true; // a number or a web address
        }
        if ((byte == '.' || byte == '?' || byte == '!' || byte == ':' || byte == ';') &&
            before_blank) {
            end_word(&c);
            end_sentence(&c);
        }
        at += width;
    }
    end_word(&c);
    end_sentence(&c);
    return c.counts;
}

double inb_readability_score(const char *language, const inb_readability *counts) {
    if (counts->words == 0) {
        return 100;
    }
    double words = (double)counts->words;
    double per_word = (double)counts->syllables / words;
    double per_sentence = words / (double)counts->sentences;
    return strcmp(language, "en") == 0 ? 206.835 - 84.6 * per_word - 1.015 * per_sentence
                                       : 206.84 - 77.0 * per_word - 0.93 * per_sentence;
}
