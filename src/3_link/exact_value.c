// SPDX-License-Identifier: EUPL-1.2
// Exact values of KvK numbers, plates, handles, accounts and e-mail, and of the parties of a
// signal. IBAN: ISO 13616, check digits by ISO 7064 mod 97-10.

#include <inbeeld/normalise.h>

#include "latin.h"

#include <string.h>

enum { FOLD = 256 }; // room for a folded text; longer ones carry nothing here

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool one_repeated(const char *text, size_t length) {
    for (size_t i = 1; i < length; i++) {
        if (text[i] != text[0]) {
            return false;
        }
    }
    return true;
}

static bool keep(char ret_value[INB_EXACT_SIZE], const char *text, size_t length) {
    if (length >= INB_EXACT_SIZE) {
        return false;
    }
    memcpy(ret_value, text, length);
    ret_value[length] = '\0';
    return true;
}

bool inb_exact_kvk(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    char folded[FOLD];
    size_t size = inb_latin(text, length, INB_ALPHABET_UKRAINIAN, folded, sizeof folded, NULL);
    char digits[12];
    size_t count = 0;
    for (size_t i = 0; size != SIZE_MAX && i < size; i++) {
        if (is_digit(folded[i])) {
            if (count == sizeof digits) {
                return false;
            }
            digits[count++] = folded[i];
        }
    }
    if (count == 12 && memcmp(digits + 8, "0000", 4) == 0) {
        count = 8;
    }
    if (count != 7 && count != 8) {
        return false;
    }
    char whole[8] = {'0'};
    memcpy(whole + 8 - count, digits, count);
    return !one_repeated(whole, sizeof whole) && keep(ret_value, whole, sizeof whole);
}

// A Latin letter for a Cyrillic one that looks like it, on plates of Ukraine and its neighbours.
static char look_alike(uint32_t c) {
    static const struct {
        uint16_t cyrillic;
        char latin;
    } pairs[] = {{0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'}, {0x456, 'i'}, {0x43A, 'k'}, {0x43C, 'm'},
        {0x43D, 'h'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'},
        {0x445, 'x'}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (pairs[i].cyrillic == c || pairs[i].cyrillic == c + 0x20 ||
            (c == 0x406 && pairs[i].latin == 'i')) {
            return pairs[i].latin;
        }
    }
    return '\0';
}

bool inb_exact_vehicle(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    char plate[10];
    size_t count = 0;
    bool digit = false;
    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)text[at];
        char c = '\0';
        if (byte == 0xD0 || byte == 0xD1) { // U+0400 .. U+047F in two bytes
            unsigned char low = at + 1 < length ? (unsigned char)text[at + 1] : 0;
            c = look_alike((uint32_t)(byte & 0x1F) << 6 | (low & 0x3F));
            at += 2;
        } else {
            c = text[at++];
            c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
        if (is_digit(c) || is_small(c)) {
            if (count == sizeof plate) {
                return false;
            }
            digit = digit || is_digit(c);
            plate[count++] = c;
        }
    }
    return digit && count >= 4 && !one_repeated(plate, count) && keep(ret_value, plate, count);
}

// Passes over "https://host/", "www.host/" and "platform:"; a query, a fragment or a slash after
// the name is cut off.
static void only_name(const char **text, size_t *length) {
    const char *at = *text;
    size_t left = *length;
    const char *scheme = memmem(at, left, "://", 3);
    bool address = scheme != NULL || (left > 4 && memcmp(at, "www.", 4) == 0);
    if (scheme != NULL) {
        left -= (size_t)(scheme + 3 - at);
        at = scheme + 3;
    }
    const char *slash = memchr(at, '/', left);
    bool dotted = slash != NULL && memchr(at, '.', (size_t)(slash - at)) != NULL;
    if ((address || dotted) && slash != NULL) {
        left -= (size_t)(slash + 1 - at);
        at = slash + 1;
    }
    const char *colon = scheme == NULL ? memchr(at, ':', left) : NULL;
    if (colon != NULL) {
        left -= (size_t)(colon + 1 - at);
        at = colon + 1;
    }
    // Parts of a path that stand before the name on common platforms.
    static const char *const before[] = {"profile.php?id=", "in/", "company/", "groups/", "pages/",
        "people/", "joinchat/", "user/", "channel/", "c/", "u/", "s/", "add/"};
    for (size_t i = 0; slash != NULL && i < sizeof before / sizeof before[0]; i++) {
        size_t width = strlen(before[i]);
        if (left > width && memcmp(at, before[i], width) == 0) {
            at += width;
            left -= width;
            break;
        }
    }
    size_t stop = strcspn(at, "?#/&");
    left = stop < left ? stop : left;
    while (left > 0 && (*at == ' ' || *at == '@')) {
        at++;
        left--;
    }
    while (left > 0 && at[left - 1] == ' ') {
        left--;
    }
    *text = at;
    *length = left;
}

bool inb_exact_handle(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    char folded[FOLD];
    size_t size = inb_latin(text, length, INB_ALPHABET_UKRAINIAN, folded, sizeof folded, NULL);
    if (size == SIZE_MAX) {
        return false;
    }
    const char *name = folded;
    only_name(&name, &size);
    size_t letters = 0;
    for (size_t i = 0; i < size; i++) {
        letters += is_small(name[i]) || is_digit(name[i]) || (unsigned char)name[i] >= 0x80;
    }
    return letters >= 2 && memchr(name, ' ', size) == NULL && keep(ret_value, name, size);
}

bool inb_exact_account(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    char folded[FOLD];
    size_t size = inb_latin(text, length, INB_ALPHABET_UKRAINIAN, folded, sizeof folded, NULL);
    char value[FOLD];
    size_t count = 0;
    size_t digits = 0;
    bool varied = false;
    char first = '\0';
    for (const char *at = folded; size != SIZE_MAX && *at != '\0'; at++) {
        if (is_digit(*at)) {
            varied = varied || (first != '\0' && *at != first);
            first = first == '\0' ? *at : first;
            digits++;
        }
        if (is_digit(*at) || is_small(*at)) {
            value[count++] = *at;
        }
    }
    const char *from = value;
    while (count > 4 && memcmp(from, "iban", 4) == 0) { // the label
        from += 4;
        count -= 4;
    }
    return digits >= 6 && varied && keep(ret_value, from, count);
}

bool inb_iban_holds(const char *value) {
    size_t length = strlen(value);
    if (length < 15 || length > 34 || !is_small(value[0]) || !is_small(value[1]) ||
        !is_digit(value[2]) || !is_digit(value[3])) {
        return false;
    }
    unsigned rest = 0;
    for (size_t i = 0; i < length; i++) {
        char c = value[(i + 4) % length]; // the first four characters come last
        if (is_digit(c)) {
            rest = (rest * 10 + (unsigned)(c - '0')) % 97;
        } else if (is_small(c)) {
            rest = (rest * 100 + (unsigned)(c - 'a') + 10) % 97;
        } else {
            return false;
        }
    }
    return rest == 1;
}

bool inb_exact_email(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) {
    char folded[FOLD];
    size_t size = inb_latin(text, length, INB_ALPHABET_UKRAINIAN, folded, sizeof folded, NULL);
    if (size == SIZE_MAX) {
        return false;
    }
    char *at = folded;
    while (*at == ' ' || *at == '<') {
        at++;
    }
    if (memcmp(at, "mailto:", strnlen(at, 7) < 7 ? 0 : 7) == 0 && strnlen(at, 7) == 7) {
        at += 7;
    }
    size_t end = strcspn(at, " >,;?");
    at[end] = '\0';
    char *sign = strrchr(at, '@');
    if (sign == NULL || sign == at || strchr(sign, '.') == NULL || strchr(at, '@') != sign ||
        sign[1] == '.') {
        return false;
    }
    char *label = memchr(at, '+', (size_t)(sign - at));
    char value[FOLD];
    size_t local = (size_t)((label == NULL || label == at ? sign : label) - at);
    size_t host = strlen(sign);
    memcpy(value, at, local);
    memcpy(value + local, sign, host);
    return keep(ret_value, value, local + host);
}

size_t inb_exact_party(const inb_party *party, inb_exact ret_exact[INB_EXACT_PER_PARTY]) {
    static const struct {
        const char *kind;
        bool (*value)(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]);
    } ways[INB_PARTY_KIND_COUNT] = {
        [INB_PARTY_AGENCY] = {"agency", inb_exact_agency},
        [INB_PARTY_EMPLOYER] = {"agency", inb_exact_agency},
        [INB_PARTY_ADDRESS] = {"address", inb_exact_address},
        [INB_PARTY_VEHICLE] = {"vehicle", inb_exact_vehicle},
        [INB_PARTY_PHONE] = {"phone", inb_exact_phone},
        [INB_PARTY_HANDLE] = {"handle", inb_exact_handle},
        [INB_PARTY_ACCOUNT] = {"account", inb_exact_account},
    };
    size_t count = 0;
    if (party->kvk != NULL &&
        inb_exact_kvk(party->kvk, strlen(party->kvk), ret_exact[count].value)) {
        ret_exact[count++].kind = "kvk";
    }
    size_t kind = (size_t)party->kind;
    if (party->value != NULL && kind < INB_PARTY_KIND_COUNT &&
        ways[kind].value(party->value, strlen(party->value), ret_exact[count].value)) {
        ret_exact[count++].kind = ways[kind].kind;
    }
    return count;
}
