// SPDX-License-Identifier: EUPL-1.2
// The one line that a key file is. Format 1, a team's key: "inbeeld-key 1 KEY CHECK". Format 2, any
// kind: "inbeeld-key 2 KIND VERSION DATE NAME KEY CHECK", with "-" for no name. KEY and CHECK are
// in base64; a client's KEY is followed by its holder's public point. CHECK is BLAKE2b over all
// that stands before it and finds a damaged copy early.

#include "keys_i.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    CHECK_BYTES = 16,
    MOST_BYTES = INB_I_MASTER_BYTES + INB_I_POINT_BYTES,
    VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
    MOST_TEXT = sodium_base64_ENCODED_LEN(MOST_BYTES, VARIANT), // with its NUL
    CHECK_TEXT = sodium_base64_ENCODED_LEN(CHECK_BYTES, VARIANT),
    WORDS = 8
};

static const char start_1[] = "inbeeld-key 1 ";
static const char start_2[] = "inbeeld-key 2 ";

struct word {
    const char *text;
    size_t length;
};

static const unsigned char purpose[] = "inbeeld key file check";

static void check_of_1(
    const struct inb_i_key_content *content, unsigned char ret_check[CHECK_BYTES]) {
    (void)crypto_generichash(
        ret_check, CHECK_BYTES, content->master, INB_I_MASTER_BYTES, purpose, sizeof purpose);
}

static void check_of_2(const struct inb_i_key_content *content, const char *before, size_t length,
    unsigned char ret_check[CHECK_BYTES]) {
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, content->master, INB_I_MASTER_BYTES, CHECK_BYTES);
    (void)crypto_generichash_update(&state, purpose, sizeof purpose);
    (void)crypto_generichash_update(&state, (const unsigned char *)before, length);
    (void)crypto_generichash_final(&state, ret_check, CHECK_BYTES);
    sodium_memzero(&state, sizeof state);
}

// Words between single blanks, up to a line end that ends the text; 0 where it is not so.
static size_t split(const char *line, struct word words[WORDS]) {
    size_t length = strlen(line);
    if (length < 2 || line[length - 1] != '\n') {
        return 0;
    }
    size_t count = 0;
    const char *from = line;
    for (const char *at = line;; at++) {
        if (*at == ' ' || at == line + length - 1) {
            if (at == from || count == WORDS) {
                return 0;
            }
            words[count++] = (struct word){from, (size_t)(at - from)};
            from = at + 1;
            if (at == line + length - 1) {
                return count;
            }
        } else if (*at < '!' || *at > '~') {
            return 0; // libsodium 1.0.18 takes bytes above 127 for '_'
        }
    }
}

static bool decode(const struct word *word, unsigned char *ret_bytes, size_t size) {
    size_t got = 0;
    return word->length == sodium_base64_ENCODED_LEN(size, VARIANT) - 1 &&
           sodium_base642bin(
               ret_bytes, size, word->text, word->length, NULL, &got, NULL, VARIANT) == 0 &&
           got == size;
}

static bool same_check(const unsigned char check[CHECK_BYTES], const struct word *word) {
    unsigned char given[CHECK_BYTES];
    return decode(word, given, sizeof given) && sodium_memcmp(check, given, CHECK_BYTES) == 0;
}

static bool parse_1(const struct word *words, size_t count, struct inb_i_key_content *content) {
    content->about = (inb_key_about){.kind = INB_KEY_TEAM, .version = 1};
    unsigned char check[CHECK_BYTES];
    if (count != 4 || !decode(&words[2], content->master, INB_I_MASTER_BYTES)) {
        return false;
    }
    check_of_1(content, check);
    return same_check(check, &words[3]);
}

static bool parse_about(const struct word *words, inb_key_about *about) {
    char kind[8] = {0};
    int64_t version;
    if (words[2].length >= sizeof kind || words[5].length > INB_KEY_NAME_MOST) {
        return false;
    }
    memcpy(kind, words[2].text, words[2].length);
    bool named = !inb_equals(words[5].text, words[5].length, "-");
    memset(about->name, 0, sizeof about->name);
    if (named) {
        memcpy(about->name, words[5].text, words[5].length);
    }
    if (!inb_key_kind_parse(kind, &about->kind) ||
        !inb_parse_int64(words[3].text, words[3].length, &version) || version < 1 ||
        version > UINT32_MAX || !inb_date_parse(words[4].text, words[4].length, &about->made)) {
        return false;
    }
    about->version = (uint32_t)version;
    return true;
}

static bool parse_2(
    const char *line, const struct word *words, size_t count, struct inb_i_key_content *content) {
    if (count != 8 || !parse_about(words, &content->about)) {
        return false;
    }
    unsigned char key[MOST_BYTES];
    bool client = content->about.kind == INB_KEY_CLIENT;
    bool good = decode(&words[6], key, client ? (size_t)MOST_BYTES : INB_I_MASTER_BYTES);
    if (good) {
        memcpy(content->master, key, INB_I_MASTER_BYTES);
        if (client) {
            memcpy(content->public, key + INB_I_MASTER_BYTES, INB_I_POINT_BYTES);
        }
        unsigned char check[CHECK_BYTES];
        check_of_2(content, line, (size_t)(words[7].text - line), check);
        good = same_check(check, &words[7]);
    }
    sodium_memzero(key, sizeof key);
    return good;
}

inb_status inb_i_key_line_parse(
    const char *line, const char *path, struct inb_i_key_content *ret_content, inb_error *err) {
    struct word words[WORDS];
    size_t count = split(line, words);
    bool good = false;
    if (strncmp(line, start_1, sizeof start_1 - 1) == 0) {
        good = parse_1(words, count, ret_content);
    } else if (strncmp(line, start_2, sizeof start_2 - 1) == 0) {
        good = parse_2(line, words, count, ret_content);
    }
    if (!good) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found something else or a damaged key, expected a key file of inbeeld", path);
    }
    return INB_OK;
}

size_t inb_i_key_line_make(
    const struct inb_i_key_content *content, char ret_line[INB_I_KEY_LINE_MOST]) {
    const inb_key_about *about = &content->about;
    unsigned char key[MOST_BYTES];
    unsigned char check[CHECK_BYTES];
    char key_text[MOST_TEXT];
    char check_text[CHECK_TEXT];
    memcpy(key, content->master, INB_I_MASTER_BYTES);
    memcpy(key + INB_I_MASTER_BYTES, content->public, INB_I_POINT_BYTES);
    bool client = about->kind == INB_KEY_CLIENT;
    (void)sodium_bin2base64(
        key_text, sizeof key_text, key, client ? (size_t)MOST_BYTES : INB_I_MASTER_BYTES, VARIANT);
    bool first = about->made.year == 0; // the first format, which knows no date
    int before;
    if (first) {
        before = snprintf(ret_line, INB_I_KEY_LINE_MOST, "%s%s ", start_1, key_text);
    } else {
        char date[11];
        inb_date_format(about->made, date);
        before = snprintf(ret_line, INB_I_KEY_LINE_MOST, "%s%s %u %s %s %s ", start_2,
            inb_key_kind_text(about->kind), (unsigned)about->version, date,
            about->name[0] == '\0' ? "-" : about->name, key_text);
    }
    size_t length = (size_t)before;
    if (first) {
        check_of_1(content, check);
    } else {
        check_of_2(content, ret_line, length, check);
    }
    (void)sodium_bin2base64(check_text, sizeof check_text, check, sizeof check, VARIANT);
    length += (size_t)snprintf(ret_line + length, INB_I_KEY_LINE_MOST - length, "%s\n", check_text);
    sodium_memzero(key, sizeof key);
    sodium_memzero(key_text, sizeof key_text);
    return length;
}
