// SPDX-License-Identifier: EUPL-1.2
// Case folding and decomposition by ICU (Unicode 15, UAX 15), with a quick way for ASCII; letters
// that do not decompose (l with stroke, o with stroke, sharp s) by a short table.

#include "plain_form.h"

#include "agency_name.h"
#include "base/text.h"
#include "latin.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

// ---- letters ----

static const struct {
    UChar32 letter;
    const char *plain;
} letters[] = {{0xDF, "ss"}, {0xE6, "ae"}, {0xF0, "d"}, {0xF8, "o"}, {0xFE, "th"}, {0x111, "d"},
    {0x127, "h"}, {0x131, "i"}, {0x138, "k"}, {0x142, "l"}, {0x14B, "ng"}, {0x153, "oe"},
    {0x167, "t"}, {0x180, "b"}, {0x268, "i"}};

struct writer {
    char *out;
    size_t used;
    bool gap; // a blank is due before the next letter
};

static void put(struct writer *writer, const char *text, size_t length) {
    if (writer->used + length + 1 > INB_PLAIN_MOST) {
        return;
    }
    if (writer->gap && writer->used > 0) {
        writer->out[writer->used++] = ' ';
    }
    writer->gap = false;
    memcpy(writer->out + writer->used, text, length);
    writer->used += length;
}

static void put_letter(struct writer *writer, UChar32 c) {
    int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) {
        return;
    }
    if (!u_isalnum(c) && type != U_COMBINING_SPACING_MARK) {
        writer->gap = writer->gap || (c != '\'' && c != 0x2019);
        return;
    }
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (letters[i].letter == c) {
            put(writer, letters[i].plain, strlen(letters[i].plain));
            return;
        }
    }
    char bytes[4];
    put(writer, bytes, inb_utf8_put((uint32_t)c, bytes));
}

static void put_folded(struct writer *writer, UChar32 c, const UNormalizer2 *decompose) {
    UChar parts[32];
    UErrorCode status = U_ZERO_ERROR;
    c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    int32_t length = decompose == NULL ? -1
                                       : unorm2_getDecomposition(decompose, c, parts,
                                             (int32_t)(sizeof parts / sizeof parts[0]), &status);
    if (length < 0 || U_FAILURE(status)) {
        put_letter(writer, c);
        return;
    }
    for (int32_t i = 0; i < length;) {
        UChar32 part = parts[i++];
        if ((parts[i - 1] & 0xFC00) == 0xD800 && i < length) {
            part = U16_GET_SUPPLEMENTARY(part, parts[i]);
            i++;
        }
        put_letter(writer, u_foldCase(part, U_FOLD_CASE_DEFAULT));
    }
}

// Letters of other scripts by the tables of latin.c, where they fit.
static const char *in_latin(const char *text, size_t *length, char out[static 2 * INB_PLAIN_MOST]) {
    bool ascii = true;
    for (size_t i = 0; i < *length && ascii; i++) {
        ascii = (unsigned char)text[i] < 0x80;
    }
    if (ascii) {
        return text;
    }
    bool certain;
    inb_alphabet alphabet = inb_alphabet_of(text, *length, &certain);
    size_t size = inb_latin(text, *length, alphabet, out, 2 * INB_PLAIN_MOST, NULL);
    *length = size == SIZE_MAX ? *length : size;
    return size == SIZE_MAX ? text : out;
}

size_t inb_plain_text(const char *text, size_t length, char out[static INB_PLAIN_MOST]) {
    char latin[2 * INB_PLAIN_MOST];
    text = in_latin(text, &length, latin);
    struct writer writer = {.out = out};
    const UNormalizer2 *decompose = NULL;
    for (size_t i = 0; i < length && i < INT32_MAX / 2;) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x80) {
            char lower = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            if ((lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9')) {
                put(&writer, &lower, 1);
            } else {
                writer.gap = writer.gap || byte != '\'';
            }
            i++;
            continue;
        }
        if (decompose == NULL) {
            UErrorCode status = U_ZERO_ERROR;
            decompose = unorm2_getNFKDInstance(&status);
            decompose = U_FAILURE(status) ? NULL : decompose;
        }
        size_t width = inb_utf8_width(text + i, length - i);
        if (width == 0) {
            i++;
            continue;
        }
        UChar32 c;
        int32_t at = 0;
        U8_NEXT((const uint8_t *)text + i, at, (int32_t)width, c);
        put_folded(&writer, c, decompose);
        i += width;
    }
    return writer.used;
}

// ---- kinds of values ----

static size_t without_blanks(char *text, size_t length) {
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ') {
            text[kept++] = text[i];
        }
    }
    return kept;
}

static size_t digits_only(const char *text, size_t length, char *out) {
    size_t kept = 0;
    for (size_t i = 0; i < length && kept < INB_PLAIN_MOST; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            out[kept++] = text[i];
        }
    }
    return kept;
}

static bool is_word(const char *text, size_t length, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (inb_equals(text, length, words[i])) {
            return true;
        }
    }
    return false;
}

static const char *const particles[] = {"van", "de", "der", "den", "het", "t", "ten", "ter", "von",
    "vd", "v", "d", "du", "la", "le", "el", "al", "bin", "ibn", "op", "in", "zu", "zum", "zur"};

static size_t first_word(const char *text, size_t length) {
    const char *blank = memchr(text, ' ', length);
    return blank == NULL ? length : (size_t)(blank - text);
}

// A surname without the particles before it: they stand in a column of their own elsewhere.
static size_t without_particles(char *text, size_t length) {
    size_t start = 0;
    for (;;) {
        size_t word = first_word(text + start, length - start);
        if (start + word == length ||
            !is_word(text + start, word, particles, sizeof particles / sizeof particles[0])) {
            break;
        }
        start += word + 1;
    }
    memmove(text, text + start, length - start);
    return length - start;
}

// The key of normalise.h; a number too short for one as its digits, six at least.
static size_t plain_phone(const char *text, size_t length, char *out) {
    enum { LEAST = 6 };
    char value[INB_EXACT_SIZE];
    if (inb_exact_phone(text, length, value)) {
        size_t size = strlen(value);
        memcpy(out, value, size);
        return size;
    }
    size_t digits = digits_only(text, length, out);
    bool varied = false;
    for (size_t i = 1; i < digits; i++) {
        varied = varied || out[i] != out[0];
    }
    return digits == LEAST && varied ? digits : 0;
}

// The exact value where there is one (normalise.h), else the digits.
static size_t plain_kvk(const char *text, size_t length, char *out) {
    char value[INB_EXACT_SIZE];
    if (!inb_exact_kvk(text, length, value)) {
        return digits_only(text, length, out);
    }
    size_t size = strlen(value);
    memcpy(out, value, size);
    return size;
}

// "12 II", "12-2" and "12 2hoog" as "12-2"; a text without a number as it stands.
static size_t plain_house(const char *text, size_t length, char out[static INB_PLAIN_MOST]) {
    char column[INB_PLAIN_MOST];
    inb_address address = {.number = ""};
    if (length < sizeof column) {
        memcpy(column, text, length);
        column[length] = '\0';
        inb_address_columns(NULL, NULL, column, NULL, &address);
    }
    if (address.number[0] == '\0') {
        return without_blanks(out, inb_plain_text(text, length, out));
    }
    size_t number = strlen(address.number);
    size_t suffix = strlen(address.suffix);
    memcpy(out, address.number, number);
    out[number] = '-';
    memcpy(out + number + 1, address.suffix, suffix);
    return suffix == 0 ? number : number + 1 + suffix;
}

// The words of an agency without its legal form.
static size_t plain_agency(const char *text, size_t length, char out[static INB_PLAIN_MOST]) {
    inb_agency_name name;
    inb_agency_name other;
    if (!inb_agency_read(text, length, &name, &other)) {
        return inb_plain_text(text, length, out);
    }
    size_t used = 0;
    for (size_t i = 0; i < name.count; i++) { // 192 letters and 15 blanks at most
        if (i > 0) {
            out[used++] = ' ';
        }
        memcpy(out + used, name.text + name.words[i].at, name.words[i].length);
        used += name.words[i].length;
    }
    return used;
}

static size_t plain_email(const char *text, size_t length, char *out) {
    size_t kept = 0;
    for (size_t i = 0; i < length && kept < INB_PLAIN_MOST; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c > ' ') {
            out[kept++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
    }
    return kept;
}

static size_t plain_sex(char *text, size_t length) {
    static const char *const men[] = {
        "m", "man", "male", "h", "homme", "boy", "jongen", "mannelijk"};
    static const char *const women[] = {
        "f", "v", "w", "vrouw", "female", "woman", "girl", "meisje", "vrouwelijk"};
    static const char *const unknown[] = {"unknown", "onbekend", "u", "o", "na", "nb"};
    if (is_word(text, length, unknown, sizeof unknown / sizeof unknown[0])) {
        return 0;
    }
    if (is_word(text, length, men, sizeof men / sizeof men[0])) {
        text[0] = 'm';
        return 1;
    }
    if (is_word(text, length, women, sizeof women / sizeof women[0])) {
        text[0] = 'f';
        return 1;
    }
    return length;
}

size_t inb_plain_value(
    enum inb_feature feature, const char *text, size_t length, char out[static INB_PLAIN_MOST]) {
    switch (feature) {
    case INB_PHONE:
        return plain_phone(text, length, out);
    case INB_EMAIL:
        return plain_email(text, length, out);
    case INB_KVK:
        return plain_kvk(text, length, out);
    case INB_HOUSE:
        return plain_house(text, length, out);
    case INB_ORGANISATION:
        return plain_agency(text, length, out);
    case INB_SURNAME:
        return without_particles(out, inb_plain_text(text, length, out));
    case INB_SEX:
        return plain_sex(out, inb_plain_text(text, length, out));
    case INB_POSTCODE:
    case INB_NUMBER:
        return without_blanks(out, inb_plain_text(text, length, out));
    default:
        return inb_plain_text(text, length, out);
    }
}

void inb_plain_split(const char *text, size_t length, char given[static INB_PLAIN_MOST],
    size_t *ret_given, char surname[static INB_PLAIN_MOST], size_t *ret_surname) {
    const char *comma = memchr(text, ',', length);
    if (comma != NULL) { // "surname, given"
        size_t before = (size_t)(comma - text);
        *ret_surname = inb_plain_value(INB_SURNAME, text, before, surname);
        *ret_given = inb_plain_value(INB_GIVEN, comma + 1, length - before - 1, given);
        return;
    }
    size_t whole = inb_plain_text(text, length, given);
    size_t last = whole;
    while (last > 0 && given[last - 1] != ' ') {
        last--;
    }
    memcpy(surname, given + last, whole - last);
    *ret_surname = whole - last;
    size_t end = last > 0 ? last - 1 : 0;
    for (;;) { // particles between the two belong to the surname
        size_t start = end;
        while (start > 0 && given[start - 1] != ' ') {
            start--;
        }
        if (start == 0 || !is_word(given + start, end - start, particles,
                              sizeof particles / sizeof particles[0])) {
            break;
        }
        end = start - 1;
    }
    *ret_given = end;
}

// ---- dates ----

bool inb_plain_date(const char *text, size_t length, unsigned ret_parts[static 3]) {
    unsigned parts[3] = {0};
    size_t widths[3] = {0};
    size_t count = 0;
    bool inside = false;
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (digit && !inside && count == 3) {
            break; // a time of day after the date
        }
        count += digit && !inside ? 1 : 0;
        if (digit) {
            if (widths[count - 1] == 8) {
                return false;
            }
            parts[count - 1] = parts[count - 1] * 10 + (unsigned)(text[i] - '0');
            widths[count - 1]++;
        }
        inside = digit;
    }
    if (count == 1 && widths[0] == 8) {
        parts[2] = parts[0] % 100;
        parts[1] = parts[0] / 100 % 100;
        parts[0] /= 10000;
    } else if (count == 3 && widths[2] == 4 && widths[0] <= 2 && widths[1] <= 2) {
        unsigned day = parts[0];
        parts[0] = parts[2];
        parts[2] = day;
    } else if (count == 0 || widths[0] != 4 || widths[1] > 2 || widths[2] > 2) {
        return false;
    }
    memcpy(ret_parts, parts, sizeof parts);
    return true;
}
