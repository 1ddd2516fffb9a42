// SPDX-License-Identifier: EUPL-1.2
// Addresses into postcode, number, suffix, street and place, and the key made of them. Dutch
// postcodes: four digits from 1000 and two letters (PostNL; made-up addresses end in SA, SD, SS,
// which are not given out); a postcode with a number and a suffix is one address of the Dutch
// register of addresses (BAG).

#include <inbeeld/normalise.h>

#include "latin.h"

#include <string.h>

enum { FOLD = 384 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_small(char c) {
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_word(char c) {
    return is_digit(c) || is_small(c);
}

// A word of a folded text.
typedef struct word {
    const char *text;
    size_t length;
    bool comma_before; // a comma, semicolon or line end stands before it
} word;

enum { MOST_WORDS = 32 };

// Splits at everything but letters and digits, and between a digit and a letter ("12a" is two).
static size_t split_words(const char *text, word words[MOST_WORDS]) {
    size_t count = 0;
    bool comma = false;
    for (const char *at = text; *at != '\0' && count < MOST_WORDS;) {
        if (!is_word(*at)) {
            // An apostrophe or point joins nothing: "v.d." is two words, "'s" one.
            comma = comma || *at == ',' || *at == ';';
            at++;
            continue;
        }
        const char *start = at;
        bool digit = is_digit(*at);
        while (digit ? is_digit(*at) : is_small(*at)) {
            at++;
        }
        words[count++] = (word){start, (size_t)(at - start), comma};
        comma = false;
    }
    return count;
}

static bool word_is(const word *w, const char *text) {
    return strlen(text) == w->length && memcmp(w->text, text, w->length) == 0;
}

static bool numeric(const word *w) {
    return w->length > 0 && is_digit(w->text[0]);
}

// Adds a word to a NUL-ended text of `size` bytes, with a blank between where `apart`; what does
// not fit is left out.
static void add_word(char *text, size_t size, const char *more, size_t length, bool apart) {
    size_t have = strlen(text);
    size_t gap = apart && have > 0 ? 1 : 0;
    if (have + gap + length >= size) {
        return;
    }
    if (gap > 0) {
        text[have] = ' ';
    }
    memcpy(text + have + gap, more, length);
    text[have + gap + length] = '\0';
}

static const char *const street_short[][2] = {
    {"str", "straat"},
    {"ln", "laan"},
    {"pl", "plein"},
    {"burg", "burgemeester"},
    {"st", "sint"},
    {"ul", ""},
    {"ulica", ""},
    {"vd", "van der"},
};

// Writes abbreviations out; "kerkstr" becomes "kerkstraat".
static void add_street(char *street, size_t size, const word *w) {
    for (size_t i = 0; i < sizeof street_short / sizeof street_short[0]; i++) {
        if (word_is(w, street_short[i][0])) {
            const char *whole = street_short[i][1];
            bool tail = i < 3 && street[0] != '\0'; // "kerk str."
            add_word(street, size, whole, strlen(whole), !tail && whole[0] != '\0');
            return;
        }
    }
    add_word(street, size, w->text, w->length, true);
    if (w->length > 5 && memcmp(w->text + w->length - 3, "str", 3) == 0) {
        add_word(street, size, "aat", 3, false);
    }
}

// A part of a suffix ("a", "2", "ii", "hs") in its common form; NULL where the word is none.
static const char *suffix_part(const word *w) {
    static const char *const forms[][2] = {{"i", "1"}, {"ii", "2"}, {"iii", "3"}, {"iv", "4"},
        {"huis", "hs"}, {"hs", "hs"}, {"bis", "bis"}, {"rd", "rd"}, {"zw", "zw"}, {"bg", "bg"},
        {"bv", "bv"}, {"boven", "bv"}, {"ben", "bg"}, {"beneden", "bg"}, {"hoog", ""}, {"bus", ""},
        {"app", ""}, {"apt", ""}, {"kamer", ""}, {"unit", ""}, {"m", ""}, {"lok", ""}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (word_is(w, forms[i][0])) {
            return forms[i][1];
        }
    }
    return NULL;
}

static void add_suffix(char *suffix, size_t size, const word *w) {
    const char *form = suffix_part(w);
    if (form != NULL) {
        add_word(suffix, size, form, strlen(form), false);
    } else {
        size_t skip = 0; // "01" is "1"
        while (numeric(w) && skip + 1 < w->length && w->text[skip] == '0') {
            skip++;
        }
        add_word(suffix, size, w->text + skip, w->length - skip, false);
    }
}

// How many words from words[at] are the suffix of a house number.
static size_t take_suffix(const word *words, size_t count, size_t at, char *suffix, size_t size) {
    size_t taken = 0;
    while (at + taken < count && !words[at + taken].comma_before && taken < 4) {
        const word *w = &words[at + taken];
        bool ordinal = numeric(w) && at + taken + 1 < count &&
                       (word_is(&words[at + taken + 1], "e") ||
                           word_is(&words[at + taken + 1], "de")); // "3e verdieping"
        bool part =
            numeric(w) ? w->length <= 3 && !ordinal : w->length == 1 || suffix_part(w) != NULL;
        if (!part) {
            break;
        }
        add_suffix(suffix, size, w);
        taken++;
    }
    return taken;
}

static bool is_postcode(const word *digits, const word *letters) {
    return numeric(digits) && digits->length == 4 && digits->text[0] != '0' &&
           letters->length == 2 && !numeric(letters) && is_small(letters->text[0]) &&
           (unsigned char)letters->text[0] < 0x80 && (unsigned char)letters->text[1] < 0x80 &&
           !letters->comma_before && letters->text - (digits->text + 4) <= 2;
}

static void add_place(inb_address *address, const word *w) {
    static const char *const countries[] = {
        "nl", "nederland", "netherlands", "holland", "the", "niederlande"};
    for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++) {
        if (word_is(w, countries[i])) {
            return;
        }
    }
    add_word(address->place, sizeof address->place, w->text, w->length, true);
}

// Two places have two official names each.
static void settle_place(inb_address *address) {
    static const char *const twice[][2] = {{"s gravenhage", "den haag"}, {"the hague", "den haag"},
        {"hague", "den haag"}, {"s hertogenbosch", "den bosch"}};
    for (size_t i = 0; i < sizeof twice / sizeof twice[0]; i++) {
        if (strcmp(address->place, twice[i][0]) == 0) {
            memcpy(address->place, twice[i][1], strlen(twice[i][1]) + 1);
        }
    }
}

static void set_number(inb_address *address, const word *w) {
    size_t skip = 0;
    while (skip + 1 < w->length && w->text[skip] == '0') {
        skip++;
    }
    if (w->length - skip < sizeof address->number) {
        address->number[0] = '\0';
        add_word(address->number, sizeof address->number, w->text + skip, w->length - skip, false);
    }
}

// Street, number, suffix from words; returns the first word after them. The number is the first
// run of digits that is no ordinal ("2e kerkstraat"), before or after the street.
static size_t take_street(const word *words, size_t count, inb_address *address) {
    size_t at = 0;
    bool begins = count > 0 && numeric(&words[0]) && count > 1 && !word_is(&words[1], "e") &&
                  !word_is(&words[1], "de") && !word_is(&words[1], "ste");
    if (begins) { // "12 High Street"
        set_number(address, &words[0]);
        at = 1;
        if (at + 1 < count && words[at].length == 1 && !numeric(&words[at])) {
            add_suffix(address->suffix, sizeof address->suffix, &words[at++]);
        }
    }
    for (; at < count; at++) {
        bool ordinal =
            at + 1 < count && (word_is(&words[at + 1], "e") || word_is(&words[at + 1], "de") ||
                                  word_is(&words[at + 1], "ste"));
        if (numeric(&words[at]) && !ordinal) {
            if (begins) {
                return at;
            }
            set_number(address, &words[at]);
            at++;
            return at +
                   take_suffix(words + at, count - at, 0, address->suffix, sizeof address->suffix);
        }
        if (begins && words[at].comma_before) {
            return at;
        }
        bool label = word_is(&words[at], "nr") || word_is(&words[at], "no");
        if (numeric(&words[at])) {
            add_word(
                address->street, sizeof address->street, words[at].text, words[at].length, true);
        } else if (!label) {
            add_street(address->street, sizeof address->street, &words[at]);
        }
    }
    return count;
}

void inb_address_parse(const char *text, size_t length, inb_address *ret_address) {
    *ret_address = (inb_address){.postcode = ""};
    char folded[FOLD];
    if (inb_latin(text, length, INB_ALPHABET_UKRAINIAN, folded, sizeof folded, NULL) == SIZE_MAX) {
        return;
    }
    word words[MOST_WORDS];
    size_t count = split_words(folded, words);
    size_t post = SIZE_MAX; // where the postcode stands
    for (size_t i = 0; i + 1 < count; i++) {
        // The last one that fits: "plein 1944 in 1017 ga".
        post = is_postcode(&words[i], &words[i + 1]) ? i : post;
    }
    if (post != SIZE_MAX) {
        char *postcode = ret_address->postcode;
        add_word(postcode, sizeof ret_address->postcode, words[post].text, 4, false);
        add_word(postcode, sizeof ret_address->postcode, words[post + 1].text, 2, false);
    }
    size_t before = post == SIZE_MAX ? count : post;
    size_t at = take_street(words, before, ret_address);
    for (; at < before; at++) {
        if (!numeric(&words[at])) {
            add_place(ret_address, &words[at]);
        }
    }
    size_t after = post == SIZE_MAX ? count : post + 2;
    if (ret_address->number[0] == '\0' && after < count) { // "1017GA 12"
        for (size_t i = after; i < count; i++) {
            if (numeric(&words[i])) {
                set_number(ret_address, &words[i]);
                size_t next = i + 1;
                next += take_suffix(
                    words, count, next, ret_address->suffix, sizeof ret_address->suffix);
                for (size_t k = after; k < i; k++) {
                    add_street(ret_address->street, sizeof ret_address->street, &words[k]);
                }
                after = next;
                break;
            }
        }
    }
    for (; after < count; after++) {
        if (!numeric(&words[after])) {
            add_place(ret_address, &words[after]);
        }
    }
    settle_place(ret_address);
}

static size_t fold_column(const char *column, char folded[FOLD], word words[MOST_WORDS]) {
    if (column == NULL ||
        inb_latin(column, strlen(column), INB_ALPHABET_UKRAINIAN, folded, FOLD, NULL) == SIZE_MAX) {
        return 0;
    }
    return split_words(folded, words);
}

void inb_address_columns(const char *postcode, const char *street, const char *house_number,
    const char *place, inb_address *ret_address) {
    *ret_address = (inb_address){.postcode = ""};
    char folded[FOLD];
    word words[MOST_WORDS];
    size_t count = fold_column(postcode, folded, words);
    for (size_t i = 0; i < count; i++) {
        add_word(ret_address->postcode, sizeof ret_address->postcode, words[i].text,
            words[i].length, false);
    }
    count = fold_column(street, folded, words);
    (void)take_street(words, count, ret_address);
    count = fold_column(house_number, folded, words);
    size_t at = 0;
    while (at < count && !numeric(&words[at])) { // "nr 12"
        at++;
    }
    if (at < count) {
        ret_address->suffix[0] = '\0';
        set_number(ret_address, &words[at]);
        (void)take_suffix(words, count, at + 1, ret_address->suffix, sizeof ret_address->suffix);
    }
    count = fold_column(place, folded, words);
    for (size_t i = 0; i < count; i++) {
        add_place(ret_address, &words[i]);
    }
    settle_place(ret_address);
}

// Adds `part` without blanks after a dash.
static void add_part(char key[INB_EXACT_SIZE], const char *part) {
    if (part[0] == '\0') {
        return;
    }
    if (key[0] != '\0') {
        add_word(key, INB_EXACT_SIZE, "-", 1, false);
    }
    for (const char *at = part; *at != '\0'; at++) {
        if (*at != ' ') {
            add_word(key, INB_EXACT_SIZE, at, 1, false);
        }
    }
}

bool inb_address_key(const inb_address *address, char ret_value[INB_EXACT_SIZE]) {
    bool street_and_place = address->street[0] != '\0' && address->place[0] != '\0';
    if (address->number[0] == '\0' || (address->postcode[0] == '\0' && !street_and_place)) {
        return false;
    }
    char key[INB_EXACT_SIZE] = "";
    bool coded = address->postcode[0] != '\0';
    add_part(key, coded ? address->postcode : address->street);
    add_part(key, address->number);
    add_part(key, address->suffix);
    if (!coded) {
        add_part(key, address->place);
    }
    memcpy(ret_value, key, sizeof key);
    return true;
}

bool inb_exact_address(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    inb_address address;
    inb_address_parse(text, length, &address);
    return inb_address_key(&address, ret_value);
}
